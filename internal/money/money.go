// Package money keeps amounts as integer fen and shows them in 万元, the unit
// of plans and budgets. No amount ever passes through a float.
package money

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// Fen is an amount in fen, a hundredth of a yuan.
type Fen int64

// Why an amount cannot be read; the texts are for people.
var (
	ErrEmpty     = errors.New("金额没有填写")
	ErrNegative  = errors.New("金额不能为负")
	ErrPrecision = errors.New("金额最多精确到分")
	ErrTooLarge  = errors.New("金额过大，最多 12 位整数")
	ErrNotNumber = errors.New("不是数字")
	ErrCommas    = errors.New("千分位逗号位置不对")
	ErrOverflow  = errors.New("金额合计超出范围")
)

const maxDigits = 12

// ParseWan reads an amount in 万元 as people type it: 860, 1,280.00,
// １４８．００, 132.00万元. Up to six decimals make fen exact.
func ParseWan(s string) (Fen, error) { return parse(s, 6, "万元", "万") }

// ParseYuan reads an amount in yuan with up to two decimals.
func ParseYuan(s string) (Fen, error) { return parse(s, 2, "元") }

func parse(s string, decimals int, suffixes ...string) (Fen, error) {
	s = strings.TrimSpace(strings.ReplaceAll(width.Narrow.String(s), "\u00a0", " "))
	for _, x := range suffixes {
		s = strings.TrimSpace(strings.TrimSuffix(s, x))
	}
	switch {
	case s == "":
		return 0, ErrEmpty
	case strings.HasPrefix(s, "-"), strings.HasPrefix(s, "−"):
		return 0, ErrNegative
	}
	whole, frac, dotted := strings.Cut(s, ".")
	if dotted && frac == "" || whole == "" {
		return 0, ErrNotNumber
	}
	if strings.Contains(whole, ",") {
		if err := commas(whole); err != nil {
			return 0, err
		}
		whole = strings.ReplaceAll(whole, ",", "")
	}
	if strings.Trim(whole+frac, "0123456789") != "" {
		return 0, ErrNotNumber
	}
	frac = strings.TrimRight(frac, "0")
	if len(frac) > decimals {
		return 0, ErrPrecision
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > maxDigits {
		return 0, ErrTooLarge
	}
	n, err := strconv.ParseInt("0"+whole+frac+strings.Repeat("0", decimals-len(frac)), 10, 64)
	if err != nil {
		return 0, ErrTooLarge
	}
	return Fen(n), nil
}

func commas(whole string) error {
	parts := strings.Split(whole, ",")
	for i, p := range parts {
		if i == 0 && (p == "" || len(p) > 3) || i > 0 && len(p) != 3 {
			return ErrCommas
		}
	}
	return nil
}

// Wan shows the amount in 万元 with two decimals and thousands commas, half a
// hundredth rounded away from zero.
func (f Fen) Wan() string {
	neg, n := f < 0, uint64(f)
	if neg {
		n = uint64(-f)
	}
	n = (n + 5000) / 10000
	return sign(neg && n > 0) + group(n/100) + fmt.Sprintf(".%02d", n%100)
}

// WanExact shows the amount in 万元 without commas and without loss.
func (f Fen) WanExact() string {
	neg, n := f < 0, uint64(f)
	if neg {
		n = uint64(-f)
	}
	s := sign(neg) + strconv.FormatUint(n/1000000, 10)
	if frac := strings.TrimRight(fmt.Sprintf("%06d", n%1000000), "0"); frac != "" {
		s += "." + frac
	}
	return s
}

// Yuan shows the amount in yuan with two decimals and thousands commas.
func (f Fen) Yuan() string {
	neg, n := f < 0, uint64(f)
	if neg {
		n = uint64(-f)
	}
	return sign(neg) + group(n/100) + fmt.Sprintf(".%02d", n%100)
}

func sign(neg bool) string {
	if neg {
		return "-"
	}
	return ""
}

func group(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// MarshalJSON writes yuan with two decimals as a string, exact in every client.
func (f Fen) MarshalJSON() ([]byte, error) {
	return json.Marshal(strings.ReplaceAll(f.Yuan(), ",", ""))
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (f *Fen) UnmarshalJSON(raw []byte) error {
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return fmt.Errorf("amount: %w", err)
	}
	neg := strings.HasPrefix(s, "-")
	n, err := ParseYuan(strings.TrimPrefix(s, "-"))
	if err != nil {
		return fmt.Errorf("amount %q: %w", s, err)
	}
	if neg {
		n = -n
	}
	*f = n
	return nil
}

// WithinPercent reports part ≤ percent % of whole, on fen and without rounding.
// Part and whole must not be negative.
func WithinPercent(part, whole Fen, percent int64) bool {
	ahi, alo := bits.Mul64(uint64(part), 100)
	bhi, blo := bits.Mul64(uint64(whole), uint64(percent))
	return ahi < bhi || ahi == bhi && alo <= blo
}

// Sum adds amounts and refuses an overflow.
func Sum(list ...Fen) (Fen, error) {
	var sum Fen
	for _, f := range list {
		next := sum + f
		if (f > 0) != (next > sum) && f != 0 {
			return 0, ErrOverflow
		}
		sum = next
	}
	return sum, nil
}
