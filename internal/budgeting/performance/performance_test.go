package performance

import (
	"testing"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	units := &identity.Directory{}
	for _, p := range []*matter.Procedure{Publishing(), Assessing(units), Watching(units), Evaluating(units)} {
		for _, c := range p.Checks() {
			for _, err := range c.TryExamples() {
				t.Error(err)
			}
		}
		if err := p.Validate(); err != nil {
			t.Error(err)
		}
	}
}

func TestTheFirstLibraryAddsUp(t *testing.T) {
	t.Parallel()
	var f Facts
	for n, i := range first {
		f.Tree = append(f.Tree, IndicatorFacts{Seq: int64(n + 1), Weight: i.Weight})
	}
	if v := weights("A13.1-library").Judge(f, nil); v.Outcome != measures.Pass {
		t.Error(v.Message)
	}
}

// By hand: 200 万元 budgeted and 150 paid are 75.0%, 7.5 points; 80 of 90 points
// of the indicators make 87.5, 良.
func TestPoints(t *testing.T) {
	t.Parallel()
	line := func(score, weight int64) matter.Line {
		return matter.Line{Of: scoredLines, Body: &Scored{Indicator: Indicator{Weight: weight}, Score: score}}
	}
	const wan = 10_000_00
	for _, c := range []struct {
		name         string
		budget, paid int64
		got          []int64
		want         string
		grade        string
	}{
		{"良", 200 * wan, 150 * wan, []int64{50, 20, 10}, "87.5", "good"},
		{"满分", 200 * wan, 200 * wan, []int64{50, 30, 10}, "100.0", "excellent"},
		{"超支付不加分", 200 * wan, 250 * wan, []int64{50, 30, 10}, "100.0", "excellent"},
		{"正好 90", 200 * wan, 0, []int64{50, 30, 10}, "90.0", "excellent"},
		{"89.9", 200 * wan, 198 * wan, []int64{50, 30, 0}, "89.9", "good"},
		{"正好 80", 200 * wan, 0, []int64{50, 30, 0}, "80.0", "good"},
		{"79", 200 * wan, 0, []int64{49, 30, 0}, "79.0", "fair"},
		{"正好 60", 200 * wan, 0, []int64{50, 10, 0}, "60.0", "fair"},
		{"59.9", 200 * wan, 198 * wan, []int64{50, 0, 0}, "59.9", "poor"},
		{"没有预算，按 100 分折算", 0, 0, []int64{45, 0, 0}, "50.0", "poor"},
	} {
		v := Evaluation{}
		v.Budget, v.Paid = money.Fen(c.budget), money.Fen(c.paid)
		tenths, _ := v.points([]matter.Line{line(c.got[0], 50), line(c.got[1], 30), line(c.got[2], 10)})
		if got, grade := decimal(tenths), gradeOf(tenths); got != c.want || grade != c.grade {
			t.Errorf("%s: %s %s, want %s %s", c.name, got, grade, c.want, c.grade)
		}
	}
}

// By hand: 偏差 = (实际完成值 − 指标值) ÷ 指标值; 99.8 to 99.5 is 0.3 ÷ 99.5 = 0.3015 %.
func TestDeviation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ target, actual, want string }{
		{"≥99.5%", "99.8%", "+0.3%，达到"},
		{"≥90％", "81", "-10.0%，没有达到"},
		{"90%以上", "90%", "0.0%，达到"},
		{">90%", "90%", "0.0%，没有达到"},
		{"30 分钟以内", "33分钟", "+10.0%，没有达到"},
		{"≤30 分钟", "15 分钟", "-50.0%，达到"},
		{"不超过 1,000 人次", "900 人次", "-10.0%，达到"},
		{"12 个", "15 个", "+25.0%"},
		{"≤0 次", "2 次", "+2次，没有达到"},
		{"≤0 次", "0", "0次，达到"},
		{"100%", "", ""},
		{"按实施方案", "已完成", "不能按数值比较"},
		{"100%", "达到", "不能按数值比较"},
		{"≥60%", "约 65%", "不能按数值比较"},
		{"≥60%", "60%-70%", "不能按数值比较"},
		{"≥60%", "≥60%", "不能按数值比较"},
		{"≥10 次", "12 人", "不能按数值比较"},
		{"≤30 分钟 / ≤4 小时", "20 分钟", "不能按数值比较"},
	} {
		if got := deviationOf(c.target, c.actual); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.target, c.actual, got, c.want)
		}
	}
}
