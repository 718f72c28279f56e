package money

import "strings"

var digits = []string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}

// Upper writes the amount in capital Chinese numerals (人民币大写) as on formal
// papers: 壹佰贰拾叁万元整.
func (f Fen) Upper() string {
	if f < 0 {
		return "负" + (-f).Upper()
	}
	n, jiao, fen := int64(f)/100, int64(f)/10%10, int64(f)%10
	var b strings.Builder
	if n > 0 {
		b.WriteString(upperInt(n) + "元")
	}
	switch {
	case jiao == 0 && fen == 0:
		if n == 0 {
			return "零元整"
		}
		return b.String() + "整"
	case jiao == 0:
		if n > 0 {
			b.WriteString("零")
		}
	default:
		b.WriteString(digits[jiao] + "角")
	}
	if fen == 0 {
		return b.String() + "整"
	}
	return b.String() + digits[fen] + "分"
}

func upperInt(n int64) string {
	units := []struct {
		size int64
		name string
	}{{1e16, "亿亿"}, {1e12, "万亿"}, {1e8, "亿"}, {1e4, "万"}, {1, ""}}
	var b strings.Builder
	gap := false // a group of zeros, or a leading zero, was passed
	wanOfYi := false
	for _, u := range units {
		g := n / u.size
		n %= u.size
		if g == 0 {
			gap = gap || b.Len() > 0
			if u.name == "亿" && wanOfYi {
				b.WriteString("亿")
			}
			continue
		}
		if b.Len() > 0 && (gap || g < 1000) {
			b.WriteString("零")
		}
		name := u.name
		if name == "万亿" {
			name, wanOfYi = "万", true
		}
		b.WriteString(upperGroup(g) + name)
		gap = false
	}
	return b.String()
}

func upperGroup(g int64) string {
	var b strings.Builder
	zero := false
	for _, u := range []struct {
		size int64
		name string
	}{{1000, "仟"}, {100, "佰"}, {10, "拾"}, {1, ""}} {
		d := g / u.size % 10
		if d == 0 {
			zero = b.Len() > 0
			continue
		}
		if zero {
			b.WriteString("零")
			zero = false
		}
		b.WriteString(digits[d] + u.name)
	}
	return b.String()
}
