package money

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestUpper(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   Fen
		want string
	}{
		{0, "零元整"},
		{5, "伍分"},
		{50, "伍角"},
		{55, "伍角伍分"},
		{100, "壹元整"},
		{1_000, "壹拾元整"},
		{101, "壹元零壹分"},
		{32_504, "叁佰贰拾伍元零肆分"},
		{140_950, "壹仟肆佰零玖元伍角"},
		{168_032, "壹仟陆佰捌拾元叁角贰分"},
		{1_640_902, "壹万陆仟肆佰零玖元零贰分"},
		{10_700_053, "壹拾万柒仟元伍角叁分"},
		{600_714, "陆仟零柒元壹角肆分"},
		{10_000_700, "壹拾万零柒元整"},
		{123_000_000, "壹佰贰拾叁万元整"},
		{10_000_000_000, "壹亿元整"},
		{10_000_000_100, "壹亿零壹元整"},
		{10_000_700_000, "壹亿零柒仟元整"},
		{10_700_000_000, "壹亿零柒佰万元整"},
		{1_001_000_000_000, "壹佰亿壹仟万元整"},
		{100_000_000_000_000, "壹万亿元整"},
		{-12_500_000, "负壹拾贰万伍仟元整"},
		{math.MinInt64, "负玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零捌分"},
	}
	for _, tt := range tests {
		if got := tt.in.Upper(); got != tt.want {
			t.Errorf("Fen(%d).Upper() = %s; want %s", tt.in, got, tt.want)
		}
	}
}

// readUpper is an independent reader of non-negative capital numerals.
func readUpper(s string) Fen {
	values := map[rune]int64{'零': 0, '壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}
	var total, section, digit, fen int64 // total counts whole 亿, section what follows
	small := int64(0)
	for _, r := range s {
		switch r {
		case '拾':
			small, digit = small+digit*10, 0
		case '佰':
			small, digit = small+digit*100, 0
		case '仟':
			small, digit = small+digit*1000, 0
		case '万':
			section, small, digit = section+(small+digit)*10_000, 0, 0
		case '亿':
			total, section, small, digit = (total+section+small+digit)*100_000_000, 0, 0, 0
		case '元':
			total, section, small, digit = total+section+small+digit, 0, 0, 0
		case '角':
			fen, digit = fen+digit*10, 0
		case '分':
			fen, digit = fen+digit, 0
		case '整':
		default:
			digit = values[r]
		}
	}
	return Fen(total*100 + fen)
}

func TestUpperReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := Fen(rapid.Int64Range(0, math.MaxInt64).Draw(t, "fen"))
		if rapid.Bool().Draw(t, "round") {
			f -= f % Fen(math.Pow10(rapid.IntRange(0, 17).Draw(t, "zeros")))
		}
		s := f.Upper()
		if got := readUpper(s); got != f {
			t.Fatalf("%d is %s, which reads %d", f, s, got)
		}
		if f != 0 && (strings.Contains(s, "零零") || strings.Contains(s, "零元") || strings.HasPrefix(s, "零")) {
			t.Fatalf("%d is %s", f, s)
		}
	})
}
