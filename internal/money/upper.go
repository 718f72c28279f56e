package money

import "strings"

const upperDigits = "零壹贰叁肆伍陆柒捌玖"

// Upper returns the amount in 人民币大写, without the words 人民币, as 支付结算办法
// annex 1 writes it: 整 follows 元 and is left out after 角 and 分; a 零 that
// the annex makes optional (before 仟 and before 角) is left out.
//
//	10_700_053 → 壹拾万柒仟元伍角叁分
func (f Fen) Upper() string {
	if f == 0 {
		return "零元整"
	}
	var b strings.Builder
	if f < 0 {
		b.WriteString("负")
	}
	n := f.magnitude()
	whole, jiao, fen := n/100, n/10%10, n%10
	if whole > 0 {
		writeUpper(&b, whole)
		b.WriteString("元")
	}
	switch {
	case jiao == 0 && fen == 0:
		b.WriteString("整")
	case jiao > 0:
		writeDigit(&b, jiao)
		b.WriteString("角")
	case whole > 0:
		b.WriteString("零")
	}
	if fen > 0 {
		writeDigit(&b, fen)
		b.WriteString("分")
	}
	return b.String()
}

// writeUpper writes n > 0. It splits n at the largest unit it reaches; the
// lower part takes a 零 in front if its first place is empty.
func writeUpper(b *strings.Builder, n uint64) {
	for _, u := range []struct {
		size uint64
		name string
	}{{1e8, "亿"}, {1e4, "万"}, {1000, "仟"}, {100, "佰"}, {10, "拾"}} {
		if n < u.size {
			continue
		}
		writeUpper(b, n/u.size)
		b.WriteString(u.name)
		rest := n % u.size
		if rest == 0 {
			return
		}
		if rest < u.size/10 {
			b.WriteString("零")
		}
		writeUpper(b, rest)
		return
	}
	writeDigit(b, n)
}

func writeDigit(b *strings.Builder, d uint64) {
	const size = len("零")
	b.WriteString(upperDigits[d*uint64(size) : (d+1)*uint64(size)])
}
