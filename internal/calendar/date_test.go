package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": ErrDate.Error(), "明天": ErrDate.Error(), "2026-06": ErrDate.Error(), "26-06-30": ErrDate.Error(),
		"2026-06/30": ErrDate.Error(), "2026-06-30 1": ErrDate.Error(),
		"2026-06-31": "6 月没有 31 日", "2026年2月30日": "2 月没有 30 日", "2026-02-29": "2026 年 2 月没有 29 日",
		"2026-13-01": "没有 13 月", "2026-00-01": "没有 0 月", "2026-01-00": "1 月没有 0 日", "0026-01-01": "年份 26 不对",
	} {
		if got, err := ParseDate(in); got != "" || err == nil || err.Error() != want {
			t.Errorf("ParseDate(%q) = %q, %v; want %s", in, got, err, want)
		}
	}
	for _, in := range []string{"2026-06-30", "2026/6/30", "2026.6.30", "2026年6月30日", "2026年6月30", " 2026 年 06 月 30 日 ", "２０２６－０６－３０", "２０２６年６月３０日"} {
		if got, err := ParseDate(in); got != "2026-06-30" || err != nil {
			t.Errorf("ParseDate(%q) = %q, %v", in, got, err)
		}
	}
	if got, err := ParseDate("2028-2-29"); got != "2028-02-29" || err != nil {
		t.Errorf("leap day: %q, %v", got, err)
	}
}

func TestNoDay(t *testing.T) {
	t.Parallel()
	for _, d := range []Date{"", "2026-6-1", "2026-02-29", "x", "0000-01-01"} {
		if d.Valid() || d.Year() != 0 || d.Month() != 0 || d.Day() != 0 || !d.Time().IsZero() || !d.EndOfDay().IsZero() ||
			d.AddDays(1) != "" || d.AddMonths(1) != "" || d.Weekday() != "" || d.Short() != "" || d.Chinese() != "" ||
			d.DaysUntil("2026-01-01") != 0 || Date("2026-01-01").DaysUntil(d) != 0 {
			t.Errorf("%q is treated as a day", d)
		}
	}
	const d = Date("2026-01-01")
	if d.Before("") || d.After("") || Date("").Before(d) || Date("").After(d) || Date("").Compare(d) >= 0 {
		t.Error("no day must sort first, but be neither before nor after a day")
	}
	if got := Date("9999-12-31").AddDays(1); got != "" {
		t.Errorf("past the last year: %q", got)
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	const d = Date("2026-06-30")
	for _, tt := range []struct{ name, got, want string }{
		{"Of", string(Of(time.Date(2026, 6, 29, 16, 0, 0, 0, time.UTC))), "2026-06-30"},
		{"Of before midnight", string(Of(time.Date(2026, 6, 29, 15, 59, 59, 0, time.UTC))), "2026-06-29"},
		{"Time", d.Time().Format(time.RFC3339), "2026-06-30T00:00:00+08:00"},
		{"EndOfDay", d.EndOfDay().Format(time.RFC3339Nano), "2026-06-30T23:59:59.999+08:00"},
		{"Weekday", d.Weekday(), "周二"},
		{"Sunday", Date("2026-06-28").Weekday(), "周日"},
		{"Short", d.Short(), "06-30"},
		{"Chinese", Date("2026-06-03").Chinese(), "2026年6月3日"},
		{"AddDays", string(d.AddDays(1)), "2026-07-01"},
		{"AddDays back", string(Date("2026-01-01").AddDays(-1)), "2025-12-31"},
		{"AddMonths", string(Date("2026-01-31").AddMonths(1)), "2026-02-28"},
		{"AddMonths over year", string(Date("2026-12-31").AddMonths(2)), "2027-02-28"},
		{"AddMonths back", string(Date("2026-03-31").AddMonths(-1)), "2026-02-28"},
		{"AddYears", string(Date("2028-02-29").AddYears(1)), "2029-02-28"},
		{"AddYears leap", string(Date("2028-02-29").AddYears(4)), "2032-02-29"},
		{"LastDay", string(LastDay(2028, 2)), "2028-02-29"},
		{"LastDay December", string(LastDay(2026, 12)), "2026-12-31"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s = %q; want %q", tt.name, tt.got, tt.want)
		}
	}
	if d.Year() != 2026 || d.Month() != 6 || d.Day() != 30 || d.DaysUntil("2027-06-30") != 365 || d.DaysUntil("2026-06-01") != -29 {
		t.Error("year, month, day or distance is wrong")
	}
	if !d.Before("2026-07-01") || !d.After("2026-06-29") || d.Before(d) || d.After(d) || d.Compare(d) != 0 {
		t.Error("order is wrong")
	}
}

func genDate() *rapid.Generator[Date] {
	return rapid.Custom(func(t *rapid.T) Date {
		return Date("2000-01-01").AddDays(rapid.IntRange(0, 40_000).Draw(t, "day"))
	})
}

func TestDateProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, n := genDate().Draw(t, "d"), rapid.IntRange(-20_000, 20_000).Draw(t, "n")
		if got := d.DaysUntil(d.AddDays(n)); got != n {
			t.Fatalf("%s + %d days is %d days away", d, n, got)
		}
		if got, err := ParseDate(d.Chinese()); got != d || err != nil {
			t.Fatalf("%s reads %s, %v", d.Chinese(), got, err)
		}
		m := d.AddMonths(n % 600)
		if want := d.Year()*12 + d.Month() + n%600; m.Year()*12+m.Month() != want || m.Day() > d.Day() {
			t.Fatalf("%s + %d months = %s", d, n%600, m)
		}
		if m.Day() < d.Day() && m != LastDay(m.Year(), m.Month()) {
			t.Fatalf("%s + %d months = %s is clamped too far", d, n%600, m)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026-06-30", "２０２６年６月３０日", "2027年3-12月", "2027/4/1-2028/3/31", "2027-03 至 2027-12", "2027年全年", "2027.1—12"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); (err == nil) != d.Valid() {
			t.Errorf("ParseDate(%q) = %q, %v", s, d, err)
		}
		if a, b, err := ParsePeriod(s); err == nil && (!a.Valid() || !b.Valid() || b < a) || err != nil && (a != "" || b != "") {
			t.Errorf("ParsePeriod(%q) = %q, %q, %v", s, a, b, err)
		}
	})
}
