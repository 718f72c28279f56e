package money

import (
	"strconv"
	"strings"
)

// Wan returns the amount in 万元 with two decimals and thousands commas,
// rounded half away from zero: "1,280.00". What rounds to nothing has no sign.
func (f Fen) Wan() string {
	const step = uint64(Wan / 100)
	return f.sign((f.magnitude() + step/2) / step)
}

// Yuan returns the exact amount in 元 with thousands commas: "12,800,000.00".
func (f Fen) Yuan() string { return f.sign(f.magnitude()) }

// WanExact returns the exact amount in 万元 with no commas and no more decimals
// than needed: "1280", "12.5". ParseWan reads it back if 0 ≤ f < 10^18.
func (f Fen) WanExact() string {
	s := f.signIf(true) + decimal(f.magnitude(), wan.places)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// sign prints hundredths with commas and the sign of f.
func (f Fen) sign(hundredths uint64) string {
	s := decimal(hundredths, 2)
	for i := len(s) - len(".00") - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return f.signIf(hundredths != 0) + s
}

func (f Fen) signIf(shown bool) string {
	if f < 0 && shown {
		return "-"
	}
	return ""
}

// decimal prints n with its last places digits behind the point.
func decimal(n uint64, places int) string {
	s := strconv.FormatUint(n, 10)
	if missing := places + 1 - len(s); missing > 0 {
		s = strings.Repeat("0", missing) + s
	}
	return s[:len(s)-places] + "." + s[len(s)-places:]
}
