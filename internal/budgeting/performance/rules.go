package performance

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

const from calendar.Date = "2025-12-01"

const evalRules = "《项目支出绩效评价管理办法》（财预〔2020〕10号）"

// executionPoints are the points of the execution of the budget; the indicators
// have the other 90 (财预〔2020〕10号).
const executionPoints = 10

// DueDay is when the self-evaluation of a year is due; the text says “每年”.
var DueDay = measures.Param{Key: "performance.evaluation_due", Title: "上年度绩效自评报告提交截止日", Kind: measures.KindMonthDay, Default: "03-31", Clause: "A13.2", Basis: measures.Reading,
	Note: "第十三条规定每年提交，没有规定日期"}

// WatchDay is when the monitoring of a year is due; the text names no day.
var WatchDay = measures.Param{Key: "performance.monitoring_due", Title: "当年度绩效监控截止日", Kind: measures.KindMonthDay, Default: "08-31", Clause: "A13.1", Basis: measures.Reading,
	Note: "第十三条要求开展绩效监控，没有规定日期；监控的是这一天以前安排的预算"}

// FirstYear is the first year whose money is monitored and self-evaluated under the Measures.
var FirstYear = measures.Param{Key: "performance.first_year", Title: "开始绩效监控和提交绩效自评的预算年度", Unit: "年", Kind: measures.KindInt, Default: "2026", Clause: "A13.2", Basis: measures.Reading,
	Note: "《办法》自 2025 年 12 月 1 日起施行，2026 年度资金起自评"}

// SupportFrom is the score from which support needs no further reason.
var SupportFrom = measures.Param{Key: "performance.support_from", Title: "事前绩效评估“予以支持”的最低得分", Unit: "分", Kind: measures.KindInt, Default: "60", Clause: "A13.1", Basis: measures.Reading,
	Note: "《办法》没有规定得分与结论的关系"}

// Facts are what the rules of all parts judge; each reads what it needs.
type Facts struct {
	On       calendar.Date    `json:"on"`
	Year     int64            `json:"year,omitempty"`
	Due      calendar.Date    `json:"due,omitempty"`
	CutOff   calendar.Date    `json:"cut_off,omitempty"`
	Tree     []IndicatorFacts `json:"tree,omitempty"`
	Score    int64            `json:"score,omitempty"` // of the five aspects
	Result   string           `json:"result,omitempty"`
	Budgeted money.Fen        `json:"budgeted,omitempty"` // arranged for the project already
	Secret   string           `json:"secret,omitempty"`
	Assessed bool             `json:"assessed"` // the tree comes from an assessment
}

// IndicatorFacts are the facts of one indicator.
type IndicatorFacts struct {
	Seq    int64  `json:"seq"`
	Level1 string `json:"level1,omitempty"`
	Target string `json:"target,omitempty"`
	Actual string `json:"actual,omitempty"`
	Weight int64  `json:"weight"`
	Score  int64  `json:"score,omitempty"`
	Likely string `json:"likely,omitempty"`
	Reason bool   `json:"reason,omitempty"`
	Remedy bool   `json:"remedy,omitempty"`
}

// AssessmentRules are asked when an assessment is handed in.
func AssessmentRules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{weights("A13.1-weights"), kinds, before, supported, secret("A30.1-assessment")}
}

// LibraryRules are asked of a version of the indicator library.
func LibraryRules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{weights("A13.1-library")}
}

// MonitoringRules are asked when a monitoring is handed in.
func MonitoringRules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{assessed("A13.1-tree"), cutOff, deviation, secret("A30.1-monitoring")}
}

// EvaluationRules are asked when a self-evaluation is handed in.
func EvaluationRules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{assessed("A13.1-assessed"), yearBegun, inTime, points, missed, exceeded, secret("A30.1-evaluation")}
}

func tree(weights ...int64) []IndicatorFacts {
	var out []IndicatorFacts
	for i, w := range weights {
		out = append(out, IndicatorFacts{Seq: int64(i + 1), Level1: Levels[min(i, 2)].ID, Weight: w, Score: w, Likely: Sure})
	}
	return out
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2027-03-10", Year: 2026, Due: "2027-03-31", CutOff: "2026-07-31", Tree: tree(50, 30, 10), Score: 80, Result: Support, Assessed: true}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Facts: f, Want: want, Why: why}
}

func same(*Facts) {}

func each(f Facts, fn func(IndicatorFacts, func(field, format string, args ...any))) measures.Verdict {
	var ps []measures.Problem
	for _, i := range f.Tree {
		fn(i, func(field, format string, args ...any) {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/%s", i.Seq, field), Message: fmt.Sprintf("第 %d 项指标：", i.Seq) + fmt.Sprintf(format, args...)})
		})
	}
	return measures.FailedWith(ps...)
}

func weights(id string) measures.Rule[Facts] {
	return measures.Rule[Facts]{
		ID: id, Clause: "A13.1", Version: 1, Basis: measures.Other, Effect: measures.Block, From: from, Boundary: true, Title: "指标分值合计 100 分",
		Source: evalRules + "：预算执行率 10 分，产出、效益和满意度指标 90 分，合计 100 分",
		Judge: func(f Facts, _ measures.Values) measures.Verdict {
			var ps []measures.Problem
			sum := int64(executionPoints)
			for _, i := range f.Tree {
				sum += i.Weight
				if i.Weight < 1 {
					ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/weight", i.Seq), Message: fmt.Sprintf("第 %d 项指标没有分值", i.Seq)})
				}
			}
			if sum != 100 {
				ps = append(ps, measures.Problem{Anchor: "lines", Message: fmt.Sprintf("指标分值合计 %d 分，加预算执行率 %d 分为 %d 分，应为 100 分", sum-executionPoints, executionPoints, sum)})
			}
			return measures.FailedWith(ps...)
		},
		Examples: []measures.Example[Facts]{
			ex(measures.ExamplePass, measures.Pass, "50＋30＋10", "加执行率 10 分，合计 100", same),
			ex(measures.ExampleFail, measures.Fail, "没有指标", "只有执行率 10 分", func(f *Facts) { f.Tree = nil }),
			ex(measures.ExampleFail, measures.Fail, "一项分值为 0", "不计分的不是评价指标", func(f *Facts) { f.Tree = tree(50, 40, 0) }),
			ex(measures.ExampleBoundary, measures.Fail, "合计 99", "49＋30＋10＋10", func(f *Facts) { f.Tree = tree(49, 30, 10) }),
			ex(measures.ExampleBoundary, measures.Pass, "合计正好 100", "40＋40＋10＋10", func(f *Facts) { f.Tree = tree(40, 40, 10) }),
			ex(measures.ExampleBoundary, measures.Fail, "合计 101", "51＋30＋10＋10", func(f *Facts) { f.Tree = tree(51, 30, 10) }),
		},
	}
}

var kinds = measures.Rule[Facts]{
	ID: "A13.1-levels", Clause: "A13.1", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Title: "产出、效益、满意度都有指标",
	Source: evalRules + "：指标体系由产出、效益和满意度等一级指标构成；不设的说明理由",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		have := map[string]bool{}
		for _, i := range f.Tree {
			have[i.Level1] = true
		}
		var ps []measures.Problem
		for _, l := range Levels {
			if !have[l.ID] {
				ps = append(ps, measures.Problem{Anchor: "lines", Message: "没有“" + l.Label + "”类指标"})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "三类都有", "体系完整", same),
		ex(measures.ExampleFail, measures.Fail, "只有产出和效益", "看不出服务对象是否满意", func(f *Facts) { f.Tree = tree(50, 40) })},
}

var before = measures.Rule[Facts]{
	ID: "A13.1-before", Clause: "A13.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Title: "事前评估在安排预算以前",
	Source: "事前绩效评估是安排预算的依据；安排以后补做的说明原因，如实记录",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Budgeted > 0 {
			return measures.Failed("form/conclusion", "项目已安排预算 %s 万元，这是事后补做的评估", f.Budgeted.Wan())
		}
		return measures.Passed("还没有安排预算")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "还没有预算", "评估在先", same),
		ex(measures.ExampleFail, measures.Fail, "已安排 100 万元", "先安排后评估", func(f *Facts) { f.Budgeted = 100 * 10_000_00 })},
}

var supported = measures.Rule[Facts]{
	ID: "A13.1-conclusion", Clause: "A13.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Boundary: true, Title: "结论与得分相称",
	Source: "得分低于参数仍予以支持的，说明理由", Params: []measures.Param{SupportFrom},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		if least := int64(SupportFrom.Int(v)); f.Result == Support && f.Score < least {
			return measures.Failed("form/result", "五个方面合计 %d 分，不到 %d 分，结论却是“予以支持”", f.Score, least)
		}
		return measures.Passed("%d 分，%s", f.Score, form.Label(Conclusions, f.Result))
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "80 分，予以支持", "相称", same),
		ex(measures.ExamplePass, measures.Pass, "40 分，不予支持", "相称", func(f *Facts) { f.Score, f.Result = 40, Against }),
		ex(measures.ExampleFail, measures.Fail, "40 分，予以支持", "不相称", func(f *Facts) { f.Score = 40 }),
		ex(measures.ExampleBoundary, measures.Fail, "59 分，予以支持", "差 1 分", func(f *Facts) { f.Score = 59 }),
		ex(measures.ExampleBoundary, measures.Pass, "60 分，予以支持", "达到", func(f *Facts) { f.Score = 60 })},
}

func assessed(id string) measures.Rule[Facts] {
	return measures.Rule[Facts]{
		ID: id, Clause: "A13.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Title: "做过事前绩效评估", Quote: "按要求开展事前绩效评估、绩效监控、绩效自评等工作",
		Judge: func(f Facts, _ measures.Values) measures.Verdict {
			if !f.Assessed {
				return measures.Failed("lines", "这个项目没有做过事前绩效评估，指标取自指标库")
			}
			return measures.Passed("指标取自事前绩效评估")
		},
		Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "评估过", "按评估的指标", same),
			ex(measures.ExampleFail, measures.Fail, "没有评估过", "“按要求开展事前绩效评估”", func(f *Facts) { f.Assessed = false })},
	}
}

var cutOff = measures.Rule[Facts]{
	ID: "A13.1-cutoff", Clause: "A13.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "监控截止日期在当年，不晚于今天",
	Source: "监控的是预算年度内已经发生的情况",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case int64(f.CutOff.Year()) != f.Year:
			return measures.Failed("form/cut_off", "截止日期 %s 不在 %d 年", f.CutOff, f.Year)
		case f.CutOff > f.On:
			return measures.Failed("form/cut_off", "截止日期 %s 还没有到", f.CutOff)
		}
		return measures.Passed("截至 %s", f.CutOff)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "7 月末", "当年，已过", same),
		ex(measures.ExampleFail, measures.Fail, "上一年", "不是这一年度", func(f *Facts) { f.CutOff = "2025-07-31" }),
		ex(measures.ExampleBoundary, measures.Pass, "当天", "等于今天", func(f *Facts) { f.On, f.CutOff = "2026-07-31", "2026-07-31" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天", "还没有到", func(f *Facts) { f.On, f.CutOff = "2026-07-30", "2026-07-31" }),
		ex(measures.ExampleBoundary, measures.Pass, "年末最后一天", "仍在当年", func(f *Facts) { f.CutOff = "2026-12-31" }),
		ex(measures.ExampleBoundary, measures.Fail, "次年元旦", "不在当年", func(f *Facts) { f.CutOff = "2027-01-01" })},
}

var deviation = measures.Rule[Facts]{
	ID: "A13.1-deviation", Clause: "A13.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Title: "有偏差的指标写明原因和纠偏措施",
	Source: "绩效监控表对不能确定完成的指标要求偏差原因和纠偏措施",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f, func(i IndicatorFacts, fail func(string, string, ...any)) {
			if i.Likely == Sure {
				return
			}
			if !i.Reason {
				fail("reason", "不能确定完成，请写明偏差原因")
			}
			if !i.Remedy {
				fail("remedy", "不能确定完成，请写明纠偏措施")
			}
		})
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "都能完成", "没有偏差", same),
		ex(measures.ExamplePass, measures.Pass, "有可能完成，写了原因和措施", "有交代", func(f *Facts) { f.Tree[0].Likely, f.Tree[0].Reason, f.Tree[0].Remedy = "maybe", true, true }),
		ex(measures.ExampleFail, measures.Fail, "完全不可能，没有措施", "没有交代怎么办", func(f *Facts) { f.Tree[1].Likely, f.Tree[1].Reason = "no", true })},
}

var yearBegun = measures.Rule[Facts]{
	ID: "A13.2-year", Clause: "A13.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "自评的年度已经开始",
	Source: "自评说的是已经发生的情况；年内完成的项目可以提前自评",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Year > int64(f.On.Year()) {
			return measures.Failed("form/actual", "%d 年还没有开始", f.Year)
		}
		return measures.Passed("%d 年度", f.Year)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "上年度", "年度已过", same),
		ex(measures.ExampleFail, measures.Fail, "三年以后", "还没有发生", func(f *Facts) { f.Year = 2030 }),
		ex(measures.ExampleBoundary, measures.Pass, "当年最后一天", "年度已经开始", func(f *Facts) { f.On = "2026-12-31" }),
		ex(measures.ExampleBoundary, measures.Fail, "前一年最后一天", "还没有开始", func(f *Facts) { f.On = "2025-12-31" })},
}

var inTime = measures.Rule[Facts]{
	ID: "A13.2-due", Clause: "A13.2", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Boundary: true, Title: "按期提交自评报告",
	Source: "第十三条规定每年提交；日期是参数，逾期仍可提交，说明原因", Params: []measures.Param{DueDay},
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.On > f.Due {
			return measures.Failed("", "%d 年度自评应在 %s 前提交，已逾期 %d 天", f.Year, f.Due, f.Due.DaysUntil(f.On))
		}
		return measures.Passed("%s 前提交", f.Due)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "3 月 10 日", "没有逾期", same),
		ex(measures.ExampleFail, measures.Fail, "5 月 1 日", "逾期 31 天", func(f *Facts) { f.On = "2027-05-01" }),
		ex(measures.ExampleBoundary, measures.Pass, "3 月 31 日", "最后一天", func(f *Facts) { f.On = "2027-03-31" }),
		ex(measures.ExampleBoundary, measures.Fail, "4 月 1 日", "逾期 1 天", func(f *Facts) { f.On = "2027-04-01" })},
}

var points = measures.Rule[Facts]{
	ID: "A13.1-points", Clause: "A13.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "得分不超过分值",
	Source: "超额完成不加分",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f, func(i IndicatorFacts, fail func(string, string, ...any)) {
			if i.Score > i.Weight {
				fail("score", "得 %d 分，超过分值 %d 分", i.Score, i.Weight)
			}
		})
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "40 / 50", "没有超过", func(f *Facts) { f.Tree[0].Score, f.Tree[0].Reason = 40, true }),
		ex(measures.ExampleFail, measures.Fail, "60 / 50", "超过", func(f *Facts) { f.Tree[0].Score = 60 }),
		ex(measures.ExampleBoundary, measures.Pass, "50 / 50", "满分", same),
		ex(measures.ExampleBoundary, measures.Fail, "51 / 50", "多 1 分", func(f *Facts) { f.Tree[0].Score = 51 })},
}

var missed = measures.Rule[Facts]{
	ID: "A13.1-missed", Clause: "A13.1", Version: 1, Basis: measures.Other, Effect: measures.Block, From: from, Boundary: true, Title: "没有达到指标的写明原因和改进措施",
	Source: evalRules + "：项目支出绩效自评表“偏差原因分析及改进措施”",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f, func(i IndicatorFacts, fail func(string, string, ...any)) {
			if i.Score < i.Weight && !i.Reason {
				fail("reason", "得 %d 分，没有得满 %d 分，请写明偏差原因和改进措施", i.Score, i.Weight)
			}
		})
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "都得满分", "没有偏差", same),
		ex(measures.ExamplePass, measures.Pass, "40 / 50，写了原因", "有交代", func(f *Facts) { f.Tree[0].Score, f.Tree[0].Reason = 40, true }),
		ex(measures.ExampleFail, measures.Fail, "0 / 50，没有原因", "没有交代", func(f *Facts) { f.Tree[0].Score = 0 }),
		ex(measures.ExampleBoundary, measures.Fail, "49 / 50，没有原因", "差 1 分也要说明", func(f *Facts) { f.Tree[0].Score = 49 }),
		ex(measures.ExampleBoundary, measures.Pass, "50 / 50", "得满", func(f *Facts) { f.Tree[0].Score = 50 })},
}

func secret(id string) measures.Rule[Facts] {
	return measures.Rule[Facts]{
		ID: id, Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
		Judge: func(f Facts, _ measures.Values) measures.Verdict {
			if f.Secret != "" {
				return measures.Failed("", "“%s”写到涉密内容，不能录入本系统，请立即删去并走线下渠道", f.Secret)
			}
			return measures.Passed("没有涉密字样")
		},
		Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same),
			ex(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "结论说明" })},
	}
}
