package money

import (
	"errors"
	"strconv"
	"strings"
)

// Refusals. Error() is the text to show.
var (
	ErrEmpty     = errors.New("金额不能为空")
	ErrNotNumber = errors.New("金额不是数字")
	ErrNegative  = errors.New("金额不能为负")
	ErrPrecision = errors.New("金额小数位数过多（精确到分）")
	ErrTooLarge  = errors.New("金额过大")
)

// refusal says one of the Err values more precisely.
type refusal struct {
	text string
	kind error
}

func (r *refusal) Error() string { return r.text }
func (r *refusal) Unwrap() error { return r.kind }

var (
	errWanPrecision  = &refusal{"金额最多 6 位小数（精确到分）", ErrPrecision}
	errYuanPrecision = &refusal{"金额最多 2 位小数（精确到分）", ErrPrecision}
	errComma         = &refusal{"金额不是数字：千分位逗号位置不对", ErrNotNumber}
)

// unit describes how one unit of account is typed.
type unit struct {
	suffixes []string
	places   int // decimals down to one fen
	digits   int // most integer digits: both units end below 10^15 fen, so that thousands add up without running over
	tooFine  error
}

var (
	wan  = unit{[]string{"万元", "万"}, 6, 9, errWanPrecision}
	yuan = unit{[]string{"元"}, 2, 13, errYuanPrecision}
)

// ParseWan reads an amount typed in 万元: "860", "1,280.00", "１４８．００",
// "132.00万元". At most 6 decimals and 9 integer digits. Commas must part
// groups of three. An amount marked 元 is refused as ErrNotNumber.
func ParseWan(s string) (Fen, error) { return wan.parse(s) }

// ParseYuan reads an amount typed in 元, with at most 2 decimals and 13 integer
// digits, the same range as ParseWan.
func ParseYuan(s string) (Fen, error) { return yuan.parse(s) }

func (u unit) parse(s string) (Fen, error) {
	s = strings.TrimSpace(strings.Map(halfWidth, s))
	if s == "" {
		return 0, ErrEmpty
	}
	s = strings.TrimSpace(strings.TrimPrefix(s, "¥"))
	for _, suffix := range u.suffixes {
		if rest, ok := strings.CutSuffix(s, suffix); ok {
			s = strings.TrimSpace(rest)
			break
		}
	}
	s, negative := strings.CutPrefix(s, "-")
	f, err := u.number(s)
	if negative && !errors.Is(err, ErrNotNumber) {
		return 0, ErrNegative
	}
	return f, err
}

// number reads an unsigned decimal in plain ASCII.
func (u unit) number(s string) (Fen, error) {
	whole, fraction, dotted := strings.Cut(s, ".")
	if strings.Contains(whole, ",") {
		groups := strings.Split(whole, ",")
		whole = strings.Join(groups, "")
		if !allDigits(whole) {
			return 0, ErrNotNumber
		}
		for i, g := range groups {
			if len(g) > 3 || g == "" || i > 0 && len(g) != 3 {
				return 0, errComma
			}
		}
	}
	if !allDigits(whole) || dotted && !allDigits(fraction) {
		return 0, ErrNotNumber
	}
	if len(fraction) > u.places {
		return 0, u.tooFine
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > u.digits {
		return 0, ErrTooLarge
	}
	// At most 18 digits: always within int64.
	n, err := strconv.ParseInt("0"+whole+fraction+strings.Repeat("0", u.places-len(fraction)), 10, 64)
	if err != nil {
		return 0, ErrTooLarge
	}
	return Fen(n), nil
}

// allDigits reports whether s is one or more ASCII digits.
func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// halfWidth maps the full-width forms a Chinese keyboard types to ASCII.
func halfWidth(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '−':
		return '-'
	case r == '￥':
		return '¥'
	}
	return r
}
