package performance

import (
	"math/big"
	"regexp"
	"strings"

	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/measures"
)

// Sides of a target figure.
const (
	least = "≥"
	most  = "≤"
)

// figure is a value of an indicator that is one number, such as ≥99.5% or 30 天以内.
type figure struct {
	side   string // least, most or "": neither is said
	strict bool   // more or less than the number itself
	number *big.Rat
	unit   string
}

var figures = regexp.MustCompile(`^(≥|≤|>=|<=|>|<|=|不低于|不少于|大于|不超过|不高于|不多于|小于|少于)?([0-9]+(?:\.[0-9]+)?)([^0-9.]*?)(及?以上|及?以内|及?以下)?$`)

var sides = map[string]string{"≥": least, ">=": least, ">": least, "不低于": least, "不少于": least, "大于": least, "及以上": least, "以上": least,
	"≤": most, "<=": most, "<": most, "不超过": most, "不高于": most, "不多于": most, "小于": most, "少于": most, "及以内": most, "以内": most, "及以下": most, "以下": most}

// figureOf reads a text that says one number; false for every other.
func figureOf(text string) (figure, bool) {
	m := figures.FindStringSubmatch(strings.ReplaceAll(strings.ReplaceAll(hanzi.Fold(text), " ", ""), ",", ""))
	if m == nil || sides[m[1]] != "" && sides[m[4]] != "" {
		return figure{}, false
	}
	n, ok := new(big.Rat).SetString(m[2])
	return figure{side: sides[m[1]] + sides[m[4]], strict: m[1] == ">" || m[1] == "<" || m[1] == "大于" || m[1] == "小于" || m[1] == "少于", number: n, unit: m[3]}, ok
}

// compared are the figures of a target and of what was reached, where both are
// numbers of the same unit; the unit need not be said twice.
func compared(target, actual string) (of, got figure, ok bool) {
	of, is := figureOf(target)
	got, was := figureOf(actual)
	return of, got, is && was && got.side == "" && (got.unit == "" || got.unit == of.unit)
}

// met reports whether a figure reaches the target, where that says a side.
func (f figure) met(got *big.Rat) bool {
	c := got.Cmp(f.number)
	return c == 0 && !f.strict || c > 0 == (f.side == least) && c != 0
}

// deviationOf says by how much what was reached differs from the target, in per
// cent of it: 偏差 = (实际完成值 − 指标值) ÷ 指标值.
func deviationOf(target, actual string) string {
	if strings.TrimSpace(actual) == "" {
		return ""
	}
	of, got, ok := compared(target, actual)
	if !ok {
		return "不能按数值比较"
	}
	gap := new(big.Rat).Sub(got.number, of.number)
	text := strings.TrimSuffix(gap.FloatString(2), ".00") + of.unit
	if of.number.Sign() > 0 {
		text = gap.Mul(gap, big.NewRat(100, 1)).Quo(gap, of.number).FloatString(1) + "%"
	}
	if gap.Sign() > 0 {
		text = "+" + text
	}
	switch {
	case of.side == "":
		return text
	case of.met(got.number):
		return text + "，达到"
	}
	return text + "，没有达到"
}

// OverFrom is the share of a target above which what was reached is explained.
var OverFrom = measures.Param{Key: "performance.over_percent", Title: "超额完成超过指标值的多少须说明原因", Unit: "%", Kind: measures.KindInt, Default: "130", Clause: "A13.1", Basis: measures.Practice,
	Note: "远超指标值的，多半是指标值定得偏低"}

// exceeded asks why a target was left far behind; what must stay within a limit
// cannot be.
var exceeded = measures.Rule[Facts]{
	ID: "A13.1-over", Clause: "A13.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "远超指标值的写明原因", Params: []measures.Param{OverFrom},
	Source: "实际完成值超过指标值参数所定比例的，写明原因，说明指标值是否定得偏低；“≤”和“以内”的指标不比",
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		bound := big.NewRat(int64(OverFrom.Int(v)), 100)
		return each(f, func(i IndicatorFacts, fail func(string, string, ...any)) {
			of, got, ok := compared(i.Target, i.Actual)
			if !ok || of.side == most || of.number.Sign() == 0 || i.Reason {
				return
			}
			if share := new(big.Rat).Quo(got.number, of.number); share.Cmp(bound) > 0 {
				fail("reason", "实际完成 %s，超过指标值 %s 的 %d%%，请写明原因", i.Actual, i.Target, OverFrom.Int(v))
			}
		})
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "120 / ≥100", "120%，没有超过 130%", reached("≥100 次", "120 次")),
		ex(measures.ExampleFail, measures.Fail, "200 / ≥100", "200%", reached("≥100 次", "200 次")),
		ex(measures.ExamplePass, measures.Pass, "200 / ≥100，写了原因", "有交代", func(f *Facts) { reached("≥100 次", "200 次")(f); f.Tree[0].Reason = true }),
		ex(measures.ExamplePass, measures.Pass, "10 分钟 / 30 分钟以内", "不超过限度，不是超额", reached("30 分钟以内", "10 分钟")),
		ex(measures.ExamplePass, measures.Pass, "“已完成” / 按实施方案", "不是数值", reached("按实施方案", "已完成")),
		ex(measures.ExampleBoundary, measures.Pass, "正好 130%", "130 ÷ 100", reached("100 次以上", "130")),
		ex(measures.ExampleBoundary, measures.Fail, "130.1%", "130.1 ÷ 100", reached("100 次以上", "130.1"))},
}

// reached changes what was reached of the first indicator.
func reached(target, actual string) func(*Facts) {
	return func(f *Facts) { f.Tree[0].Target, f.Tree[0].Actual = target, actual }
}
