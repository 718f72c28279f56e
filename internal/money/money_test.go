package money

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestParseWan(t *testing.T) {
	t.Parallel()
	refused := []struct {
		in   string
		kind error
		text string
	}{
		{"", ErrEmpty, "金额不能为空"},
		{" 　", ErrEmpty, "金额不能为空"},
		{"-5", ErrNegative, "金额不能为负"},
		{"－0.1234567", ErrNegative, "金额不能为负"},
		{"-abc", ErrNotNumber, "金额不是数字"},
		{"--5", ErrNotNumber, "金额不是数字"},
		{"约100", ErrNotNumber, "金额不是数字"},
		{"860元", ErrNotNumber, "金额不是数字"},
		{"万元", ErrNotNumber, "金额不是数字"},
		{"1e5", ErrNotNumber, "金额不是数字"},
		{"1.2.3", ErrNotNumber, "金额不是数字"},
		{"5.", ErrNotNumber, "金额不是数字"},
		{".5", ErrNotNumber, "金额不是数字"},
		{"1 280", ErrNotNumber, "金额不是数字"},
		{"1.000,5", ErrNotNumber, "金额不是数字"},
		{"1,28", ErrNotNumber, "金额不是数字：千分位逗号位置不对"},
		{",128", ErrNotNumber, "金额不是数字：千分位逗号位置不对"},
		{"1280,000", ErrNotNumber, "金额不是数字：千分位逗号位置不对"},
		{"1.0000000", ErrPrecision, "金额最多 6 位小数（精确到分）"},
		{"1000000000", ErrTooLarge, "金额过大"},
	}
	for _, tt := range refused {
		got, err := ParseWan(tt.in)
		if got != 0 || !errors.Is(err, tt.kind) || err.Error() != tt.text {
			t.Errorf("ParseWan(%q) = %d, %v; want 0, %s", tt.in, got, err, tt.text)
		}
	}
	read := []struct {
		in   string
		want Fen
	}{
		{"0", 0},
		{"860", 860_000_000},
		{"1,280.00", 1_280_000_000},
		{"１４８．００", 148_000_000},
		{"１，２８０", 1_280_000_000},
		{"132.00万元", 132_000_000},
		{" 12.5 万 ", 12_500_000},
		{"￥12.5", 12_500_000},
		{"0.000001", 1},
		{"007", 7_000_000},
		{"999,999,999.999999", 999_999_999_999_999},
	}
	for _, tt := range read {
		if got, err := ParseWan(tt.in); err != nil || got != tt.want {
			t.Errorf("ParseWan(%q) = %d, %v; want %d", tt.in, got, err, tt.want)
		}
	}
}

func TestParseYuan(t *testing.T) {
	t.Parallel()
	for in, kind := range map[string]error{
		"": ErrEmpty, "-1": ErrNegative, "1.234": ErrPrecision,
		"12万元": ErrNotNumber, "10000000000000": ErrTooLarge,
	} {
		if _, err := ParseYuan(in); !errors.Is(err, kind) {
			t.Errorf("ParseYuan(%q): %v; want %v", in, err, kind)
		}
	}
	for in, want := range map[string]Fen{
		"12,800,000.00": 1_280_000_000, "0.5元": 50, "9999999999999.99": 999_999_999_999_999,
	} {
		if got, err := ParseYuan(in); err != nil || got != want {
			t.Errorf("ParseYuan(%q) = %d, %v; want %d", in, got, err, want)
		}
	}
}

func TestFormat(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in                   Fen
		wan, exact, yuan, js string
	}{
		{0, "0.00", "0", "0.00", `"0.00"`},
		{1, "0.00", "0.000001", "0.01", `"0.01"`},
		{-1, "0.00", "-0.000001", "-0.01", `"-0.01"`},
		{4_999, "0.00", "0.004999", "49.99", `"49.99"`},
		{5_000, "0.01", "0.005", "50.00", `"50.00"`},
		{-5_000, "-0.01", "-0.005", "-50.00", `"-50.00"`},
		{12_500_000, "12.50", "12.5", "125,000.00", `"125000.00"`},
		{1_280_000_000, "1,280.00", "1280", "12,800,000.00", `"12800000.00"`},
		{10_000_000, "10.00", "10", "100,000.00", `"100000.00"`},
		{math.MinInt64, "-9,223,372,036,854.78", "-9223372036854.775808", "-92,233,720,368,547,758.08", `"-92233720368547758.08"`},
	}
	for _, tt := range tests {
		if got := tt.in.Wan(); got != tt.wan {
			t.Errorf("Fen(%d).Wan() = %q; want %q", tt.in, got, tt.wan)
		}
		if got := tt.in.WanExact(); got != tt.exact {
			t.Errorf("Fen(%d).WanExact() = %q; want %q", tt.in, got, tt.exact)
		}
		if got := tt.in.Yuan(); got != tt.yuan {
			t.Errorf("Fen(%d).Yuan() = %q; want %q", tt.in, got, tt.yuan)
		}
		if got, err := json.Marshal(tt.in); err != nil || string(got) != tt.js {
			t.Errorf("json.Marshal(Fen(%d)) = %s, %v; want %s", tt.in, got, err, tt.js)
		}
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	t.Parallel()
	for in, kind := range map[string]error{
		`1.00`: ErrNotNumber, `null`: ErrNotNumber, `""`: ErrNotNumber, `"1"`: ErrNotNumber, `"1.0"`: ErrNotNumber,
		`"1,000.00"`: ErrNotNumber, `"01.00"`: ErrNotNumber, `"-0.00"`: ErrNotNumber, `" 1.00"`: ErrNotNumber,
		`"+1.00"`: ErrNotNumber, `{}`: ErrNotNumber, `"92233720368547758.08"`: ErrTooLarge,
	} {
		f := Fen(7)
		if err := json.Unmarshal([]byte(in), &f); !errors.Is(err, kind) || f != 7 {
			t.Errorf("Unmarshal(%s) = %d, %v; want %v and the amount untouched", in, f, err, kind)
		}
	}
}

func TestWithinPercent(t *testing.T) {
	t.Parallel()
	tests := []struct {
		part, whole Fen
		percent     int64
		want        bool
	}{
		{1_001, 10_000, 10, false}, // 10.01 %
		{1_000, 10_000, 10, true},  // 10.00 %
		{999, 10_000, 10, true},    // 9.99 %
		{1, 0, 10, false},
		{0, 0, 10, true},
		{-1, 0, 10, true},
		{math.MaxInt64, math.MaxInt64, 99, false},
		{math.MaxInt64, math.MaxInt64, 100, true},
	}
	for _, tt := range tests {
		if got := WithinPercent(tt.part, tt.whole, tt.percent); got != tt.want {
			t.Errorf("WithinPercent(%d, %d, %d) = %v", tt.part, tt.whole, tt.percent, got)
		}
	}
}

func TestSum(t *testing.T) {
	t.Parallel()
	for _, in := range [][]Fen{{math.MaxInt64, 1}, {math.MinInt64, -1}} {
		if got, err := Sum(in...); got != 0 || !errors.Is(err, ErrTooLarge) {
			t.Errorf("Sum(%v) = %d, %v; want ErrTooLarge", in, got, err)
		}
	}
	if got, err := Sum(); got != 0 || err != nil {
		t.Errorf("Sum() = %d, %v", got, err)
	}
	if got, err := Sum(5, -7, math.MaxInt64); got != math.MaxInt64-2 || err != nil {
		t.Errorf("Sum = %d, %v", got, err)
	}
}

func TestRoundTrips(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := Fen(rapid.Int64Range(0, 999_999_999_999_999).Draw(t, "fen"))
		for name, back := range map[string]func() (Fen, error){
			"WanExact": func() (Fen, error) { return ParseWan(f.WanExact()) },
			"Yuan":     func() (Fen, error) { return ParseYuan(f.Yuan()) },
		} {
			if got, err := back(); err != nil || got != f {
				t.Fatalf("%s: %d became %d, %v", name, f, got, err)
			}
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		f := Fen(rapid.Int64().Draw(t, "fen"))
		data, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		var got Fen
		if err := json.Unmarshal(data, &got); err != nil || got != f {
			t.Fatalf("%d became %s became %d, %v", f, data, got, err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"860", "1,280.00", "１４８．００", "132.00万元", " 12.5 万 ", "-1", "1,28", "￥5元"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, err := ParseWan(s); err == nil {
			if back, err := ParseWan(got.WanExact()); got < 0 || err != nil || back != got {
				t.Errorf("ParseWan(%q) = %d, back %d, %v", s, got, back, err)
			}
		}
		if got, err := ParseYuan(s); err == nil {
			if back, err := ParseYuan(got.Yuan()); got < 0 || err != nil || back != got {
				t.Errorf("ParseYuan(%q) = %d, back %d, %v", s, got, back, err)
			}
		}
	})
}
