package money

import (
	"math"
	"math/big"
)

// Fen is an amount in fen; 100 fen are 1 yuan. Negative amounts are
// differences and corrections: the parsers of typed text never return one.
type Fen int64

// Units of account.
const (
	Yuan Fen = 100
	Wan  Fen = 10_000 * Yuan
)

// Sum adds the amounts. It returns 0 and ErrTooLarge if the total, or any
// partial total from left to right, does not fit in a Fen.
func Sum(amounts ...Fen) (Fen, error) {
	var total Fen
	for _, a := range amounts {
		if a > 0 && total > math.MaxInt64-a || a < 0 && total < math.MinInt64-a {
			return 0, ErrTooLarge
		}
		total += a
	}
	return total, nil
}

// WithinPercent reports whether part is at most percent % of whole, exactly:
// part × 100 ≤ whole × percent. No product overflows. A limit such as 不超过 10%
// includes the limit itself.
func WithinPercent(part, whole Fen, percent int64) bool {
	l := new(big.Int).Mul(big.NewInt(int64(part)), big.NewInt(100))
	r := new(big.Int).Mul(big.NewInt(int64(whole)), big.NewInt(percent))
	return l.Cmp(r) <= 0
}

// magnitude returns |f|, also for the smallest Fen.
func (f Fen) magnitude() uint64 {
	if f < 0 {
		return -uint64(f)
	}
	return uint64(f)
}
