package budget

import (
	"fmt"

	"zhengcheng/internal/budgeting/performance"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// ReviewFrom is from which declared amount of a project the finance bureau's
// budget review (财政预算评审, Article 5) is asked for; the text names none.
var ReviewFrom = measures.Param{Key: "budget.review_from", Title: "须做财政预算评审的项目年度申报额", Unit: "万元", Kind: measures.KindInt, Default: "100", Clause: "A12.2", Basis: measures.Reading,
	Note: "第五条规定市财政局开展财政预算评审，没有规定哪些项目须评审"}

// DeclaredRules are asked when a unit hands in.
func DeclaredRules() []measures.Rule[Declared] {
	return []measures.Rule[Declared]{content, codes, planned, documents, others}
}

// ProposedRules are asked when the finance bureau proposes, by its clerk and by its head.
func ProposedRules() []measures.Rule[Proposed] {
	return []measures.Rule[Proposed]{fromPlan, review, paper, notMore, withinEstimate, performed}
}

const wan = money.Fen(10_000_00)

func one(change func(*LineFacts)) Declared {
	l := LineFacts{Seq: 1, Code: "LPS-2027-SWJ-N-001", Known: true, Planned: true, Category: true, City: 120 * wan}
	change(&l)
	return Declared{On: "2026-11-25", Year: 2027, Lines: []LineFacts{l}}
}

func lineEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*LineFacts)) measures.Example[Declared] {
	return measures.Example[Declared]{Name: name, Kind: kind, Want: want, Why: why, Facts: one(change)}
}

func nothing(*LineFacts) {}

func eachLine(f Declared, fn func(LineFacts, func(field, format string, args ...any))) measures.Verdict {
	var ps []measures.Problem
	for _, l := range f.Lines {
		fn(l, func(field, format string, args ...any) {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/%s", l.Seq, field), Message: fmt.Sprintf("第 %d 项：", l.Seq) + fmt.Sprintf(format, args...)})
		})
	}
	return measures.FailedWith(ps...)
}

var content = measures.Rule[Declared]{
	ID: "A12.1-lines", Clause: "A12.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "预算内容分项列明", Quote: "预算内容应包括政务信息系统建设和运维服务,以及配套的咨询、监理、审计、测评等",
	Judge: func(f Declared, _ measures.Values) measures.Verdict {
		if len(f.Lines) == 0 {
			return measures.Failed("lines", "还没有申报预算项")
		}
		return eachLine(f, func(l LineFacts, fail func(string, string, ...any)) {
			if !l.Category {
				fail("category", "请选择费用类别：是建设、运维，还是配套的咨询、监理、审计、测评")
			}
			if l.City+l.Others <= 0 {
				fail("fund_general", "没有金额；不申报的请删去这一项")
			}
		})
	},
	Examples: []measures.Example[Declared]{
		lineEx(measures.ExamplePass, measures.Pass, "类别和金额齐", "建设、运维和配套内容分项列明", nothing),
		lineEx(measures.ExampleFail, measures.Fail, "没有费用类别", "看不出是建设、运维还是配套", func(l *LineFacts) { l.Category = false }),
		lineEx(measures.ExampleBoundary, measures.Fail, "金额 0.00", "没有申报", func(l *LineFacts) { l.City = 0 }),
		lineEx(measures.ExampleBoundary, measures.Pass, "金额 0.01 元", "有申报", func(l *LineFacts) { l.City = 1 }),
		{Name: "一项也没有", Kind: measures.ExampleFail, Want: measures.Fail, Why: "没有预算内容", Facts: Declared{On: "2026-11-25", Year: 2027}},
	},
}

var codes = measures.Rule[Declared]{
	ID: "A12.2-known", Clause: "A12.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Title: "项目编号是本单位的项目",
	Source: "预算按项目归集，编号写错就归到别的项目",
	Judge: func(f Declared, _ measures.Values) measures.Verdict {
		return eachLine(f, func(l LineFacts, fail func(string, string, ...any)) {
			if !l.Known {
				fail("code", "项目总库中没有本单位编号为“%s”的项目", l.Code)
			}
		})
	},
	Examples: []measures.Example[Declared]{lineEx(measures.ExamplePass, measures.Pass, "本单位项目", "归集到该项目", nothing),
		lineEx(measures.ExampleFail, measures.Fail, "编号不存在", "无从归集", func(l *LineFacts) { l.Known, l.Planned = false, false })},
}

var planned = measures.Rule[Declared]{
	ID: "A12.2-planned", Clause: "A12.2", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: "2025-12-01", Title: "已列入批准的年度计划", Quote: "市财政局根据年度计划批准情况,提出预算安排建议",
	Judge: func(f Declared, _ measures.Values) measures.Verdict {
		return eachLine(f, func(l LineFacts, fail func(string, string, ...any)) {
			if l.Known && !l.Planned {
				fail("code", "项目还没有列入批准的 %d 年度计划或者增补，批准以前不能安排", f.Year)
			}
		})
	},
	Examples: []measures.Example[Declared]{lineEx(measures.ExamplePass, measures.Pass, "年度计划已批准", "可以提出安排建议", nothing),
		lineEx(measures.ExampleFail, measures.Fail, "计划还没有批准", "先申报，批准后才能安排", func(l *LineFacts) { l.Planned = false })},
}

var documents = measures.Rule[Declared]{
	ID: "A12.3-document", Clause: "A12.3", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: "2025-12-01", Title: "其他来源的资金有文件",
	Source: "中央、省级和自有资金不由市财政安排，凭各自的下达或者安排文件计入项目预算",
	Judge: func(f Declared, _ measures.Values) measures.Verdict {
		return eachLine(f, func(l LineFacts, fail func(string, string, ...any)) {
			if l.Others > 0 && !l.Document {
				fail("document", "有 %s 万元不是市级财政资金，没有资金来源文件，暂不计入项目预算", l.Others.Wan())
			}
		})
	},
	Examples: []measures.Example[Declared]{lineEx(measures.ExamplePass, measures.Pass, "省级资金有下达文件", "凭文件计入", func(l *LineFacts) { l.Others, l.Document = 50*wan, true }),
		lineEx(measures.ExamplePass, measures.Pass, "只有市级资金", "由市财政安排", nothing),
		lineEx(measures.ExampleFail, measures.Fail, "自有资金没有文件", "还没有落实", func(l *LineFacts) { l.Others = 50 * wan })},
}

// OtherRules are asked again when the money of other sources is taken into the budget.
func OtherRules() []measures.Rule[Declared] { return []measures.Rule[Declared]{others} }

var others = measures.Rule[Declared]{
	ID: "A17.0-others", Clause: "A17.0", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: "2025-12-01", Mark: measures.Mark{Word: "其他来源计入后超概算", Rectify: "A32.1"}, Boundary: true, Title: "其他来源计入后预算合计不超过概算", Quote: "概算控制预算",
	Judge: func(f Declared, _ measures.Values) measures.Verdict {
		return eachLine(f, func(l LineFacts, fail func(string, string, ...any)) {
			if sum := l.Budget + l.Coming; l.Others > 0 && l.Document && l.Known && sum > l.Ceiling {
				fail("fund_own", "已安排预算 %s 万元，其他来源再计入 %s 万元，合计 %s 万元，超过概算 %s 万元；追加投资按第十七条办理，请说明", l.Budget.Wan(), l.Coming.Wan(), sum.WanExact(), l.Ceiling.WanExact())
			}
		})
	},
	Examples: []measures.Example[Declared]{
		lineEx(measures.ExamplePass, measures.Pass, "概算 300，已安排 100，省级 50", "150 ≤ 300", func(l *LineFacts) {
			l.Others, l.Coming, l.Document, l.Ceiling, l.Budget = 50*wan, 50*wan, true, 300*wan, 100*wan
		}),
		lineEx(measures.ExamplePass, measures.Pass, "没有其他来源", "不在这里计入", nothing),
		lineEx(measures.ExampleFail, measures.Fail, "概算 161.70 已安排完，自有 100", "261.70 > 161.70", func(l *LineFacts) {
			l.Others, l.Coming, l.Document, l.Ceiling, l.Budget = 100*wan, 100*wan, true, 161_700_000, 161_700_000
		}),
		lineEx(measures.ExampleBoundary, measures.Pass, "正好用完概算", "250 + 50 = 300", func(l *LineFacts) {
			l.Others, l.Coming, l.Document, l.Ceiling, l.Budget = 50*wan, 50*wan, true, 300*wan, 250*wan
		}),
		lineEx(measures.ExampleBoundary, measures.Fail, "多一分", "超过 300 万元", func(l *LineFacts) {
			l.Others, l.Coming, l.Document, l.Ceiling, l.Budget = 50*wan+1, 50*wan+1, true, 300*wan, 250*wan
		}),
	},
}

func item(change func(*ItemFacts)) Proposed {
	i := ItemFacts{Seq: 1, Name: "智慧养老服务平台", Planned: true, Declared: 90 * wan, Proposed: 90 * wan}
	change(&i)
	i.Project = i.Declared
	return Proposed{On: "2026-12-02", Year: 2027, Items: []ItemFacts{i}, Chains: []ChainFacts{{Seq: 1, Name: i.Name, Ceiling: 300 * wan, Basis: registry.OnReview, Proposed: i.Proposed}}}
}

func itemEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*ItemFacts)) measures.Example[Proposed] {
	return measures.Example[Proposed]{Name: name, Kind: kind, Want: want, Why: why, Facts: item(change)}
}

func same(*ItemFacts) {}

func eachItem(f Proposed, fn func(ItemFacts, func(field, format string, args ...any))) measures.Verdict {
	var ps []measures.Problem
	for _, i := range f.Items {
		fn(i, func(field, format string, args ...any) {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/%s", i.Seq, field), Message: fmt.Sprintf("第 %d 项“%s”：", i.Seq, i.Name) + fmt.Sprintf(format, args...)})
		})
	}
	return measures.FailedWith(ps...)
}

var fromPlan = measures.Rule[Proposed]{
	ID: "A12.2-approved", Clause: "A12.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Title: "只对批准的年度计划和增补提出安排建议", Quote: "市财政局根据年度计划批准情况,提出预算安排建议",
	Judge: func(f Proposed, _ measures.Values) measures.Verdict {
		if len(f.Items) == 0 {
			return measures.Failed("lines", "还没有可以安排的申报；单位申报经受理后才能提出建议")
		}
		return eachItem(f, func(i ItemFacts, fail func(string, string, ...any)) {
			if i.Proposed > 0 && !i.Planned {
				fail("proposed", "没有列入批准的 %d 年度计划或者增补，不能安排", f.Year)
			}
		})
	},
	Examples: []measures.Example[Proposed]{itemEx(measures.ExamplePass, measures.Pass, "计划已批准", "根据批准情况提出", same),
		itemEx(measures.ExamplePass, measures.Pass, "计划没有批准，不安排", "没有提出安排", func(i *ItemFacts) { i.Planned, i.Proposed = false, 0 }),
		itemEx(measures.ExampleFail, measures.Fail, "计划没有批准", "没有批准的依据", func(i *ItemFacts) { i.Planned = false })},
}

var review = measures.Rule[Proposed]{
	ID: "A12.2-review", Clause: "A12.2", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01", Boundary: true, Title: "达到数额的先做财政预算评审，安排不超过评审金额",
	Source: "第五条由市财政局开展财政预算评审；须评审的数额是参数", Params: []measures.Param{ReviewFrom},
	Judge: func(f Proposed, v measures.Values) measures.Verdict {
		from := money.Fen(ReviewFrom.Int(v)) * wan
		return eachItem(f, func(i ItemFacts, fail func(string, string, ...any)) {
			switch {
			case i.Proposed > 0 && i.Checked == 0 && i.Project >= from:
				fail("checked", "项目本年申报 %s 万元，达到 %s 万元，须先做财政预算评审", i.Project.Wan(), from.Wan())
			case i.Checked > 0 && i.Proposed > i.Checked:
				fail("proposed", "建议 %s 万元，超过预算评审的 %s 万元", i.Proposed.Wan(), i.Checked.Wan())
			}
		})
	},
	Examples: []measures.Example[Proposed]{itemEx(measures.ExamplePass, measures.Pass, "90 万元，不到 100 万元", "不须评审", same),
		itemEx(measures.ExampleFail, measures.Fail, "120 万元没有评审", "须先评审", func(i *ItemFacts) { i.Declared, i.Proposed = 120*wan, 120*wan }),
		itemEx(measures.ExampleFail, measures.Fail, "建议超过评审", "评审核减后又加", func(i *ItemFacts) { i.Checked = 80 * wan }),
		itemEx(measures.ExampleBoundary, measures.Fail, "正好 100 万元没有评审", "达到数额", func(i *ItemFacts) { i.Declared, i.Proposed = 100*wan, 100*wan }),
		itemEx(measures.ExampleBoundary, measures.Pass, "99.999999 万元", "差一分，不到数额", func(i *ItemFacts) { i.Declared, i.Proposed = 100*wan-1, 100*wan-1 }),
		itemEx(measures.ExampleBoundary, measures.Pass, "建议等于评审", "没有超过", func(i *ItemFacts) { i.Declared, i.Checked, i.Proposed = 120*wan, 110*wan, 110*wan }),
		itemEx(measures.ExampleBoundary, measures.Fail, "建议多一分", "超过评审", func(i *ItemFacts) { i.Declared, i.Checked, i.Proposed = 120*wan, 110*wan, 110*wan+1 })},
}

var paper = measures.Rule[Proposed]{
	ID: "A12.2-paper", Clause: "A12.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true, Title: "预算评审金额有评审结论",
	Source: "第五条由市财政局开展财政预算评审；评审金额凭结论认定，写明文号或名称和日期，附结论，可以查证",
	Judge: func(f Proposed, _ measures.Values) measures.Verdict {
		dates := map[string]calendar.Date{} // of each conclusion, as first written
		v := eachItem(f, func(i ItemFacts, fail func(string, string, ...any)) {
			if i.Checked == 0 {
				if i.Review != "" {
					fail("checked", "写明了评审结论，没有填写评审金额")
				}
				return
			}
			if i.Review == "" {
				fail("review_number", "请写明预算评审结论的文号或名称")
			}
			first, again := dates[hanzi.NormalName(i.Review)]
			switch {
			case i.ReviewedOn == "":
				fail("reviewed_on", "请填写评审结论日期")
			case i.ReviewedOn > f.On:
				fail("reviewed_on", "评审结论日期 %s 还没有到", i.ReviewedOn)
			case i.ReviewedOn < i.DeclaredOn:
				fail("reviewed_on", "评审结论日期 %s 早于单位申报的 %s", i.ReviewedOn, i.DeclaredOn)
			case again && first != i.ReviewedOn:
				fail("reviewed_on", "“%s”的日期在前面写的是 %s", i.Review, first)
			}
			if i.Review != "" && !again {
				dates[hanzi.NormalName(i.Review)] = i.ReviewedOn
			}
		})
		if f.Papers < len(dates) {
			v = measures.FailedWith(append(v.Problems, measures.Problem{Anchor: "file/" + ReviewPaper, Message: fmt.Sprintf("写明了 %d 份预算评审结论，上传了 %d 份，请逐份上传", len(dates), f.Papers)})...)
		}
		return v
	},
	Examples: []measures.Example[Proposed]{
		paperEx(measures.ExamplePass, measures.Pass, "结论有文号、日期，附了一份", "可以查证", func(*Proposed) {}),
		paperEx(measures.ExamplePass, measures.Pass, "没有评审", "不须写结论", func(f *Proposed) {
			f.Papers, f.Items[0].Checked, f.Items[0].Review, f.Items[0].ReviewedOn = 0, 0, "", ""
		}),
		paperEx(measures.ExampleFail, measures.Fail, "只有金额", "没有写明哪份结论", func(f *Proposed) { f.Items[0].Review = "" }),
		paperEx(measures.ExampleFail, measures.Fail, "写明了结论，没有金额", "审定多少不清楚", func(f *Proposed) { f.Items[0].Checked = 0 }),
		paperEx(measures.ExampleFail, measures.Fail, "同一文号两个日期", "一份结论只有一个日期", func(f *Proposed) {
			f.Items = append(f.Items, f.Items[0])
			f.Items[1].Seq, f.Items[1].ReviewedOn = 2, "2026-11-30"
		}),
		paperEx(measures.ExampleBoundary, measures.Fail, "一份结论，附了 0 份", "没有凭据", func(f *Proposed) { f.Papers = 0 }),
		paperEx(measures.ExampleBoundary, measures.Pass, "两项同出一份结论，附了 1 份", "一份就够", func(f *Proposed) {
			f.Items = append(f.Items, f.Items[0])
			f.Items[1].Seq = 2
		}),
		paperEx(measures.ExampleBoundary, measures.Pass, "今天出的结论", "已经评审", func(f *Proposed) { f.Items[0].ReviewedOn = f.On }),
		paperEx(measures.ExampleBoundary, measures.Fail, "明天的日期", "还没有评审", func(f *Proposed) { f.Items[0].ReviewedOn = "2026-12-03" }),
		paperEx(measures.ExampleBoundary, measures.Pass, "申报当天评审", "不早于申报", func(f *Proposed) { f.Items[0].ReviewedOn = "2026-11-25" }),
		paperEx(measures.ExampleBoundary, measures.Fail, "申报前一天", "先申报后评审", func(f *Proposed) { f.Items[0].ReviewedOn = "2026-11-24" }),
	},
}

// paperEx declares 120 on 25 November, reviewed at 110 on the 29th.
func paperEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Proposed)) measures.Example[Proposed] {
	f := item(func(i *ItemFacts) {
		i.Declared, i.Checked, i.Proposed = 120*wan, 110*wan, 110*wan
		i.Review, i.ReviewedOn, i.DeclaredOn = "六盘水财评〔2026〕31号", "2026-11-29", "2026-11-25"
	})
	f.Papers = 1
	change(&f)
	return measures.Example[Proposed]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

var notMore = measures.Rule[Proposed]{
	ID: "A12.2-declared", Clause: "A12.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true, Title: "安排不超过申报", Source: "申报多少由单位提出，财政只核减",
	Judge: func(f Proposed, _ measures.Values) measures.Verdict {
		return eachItem(f, func(i ItemFacts, fail func(string, string, ...any)) {
			if i.Proposed > i.Declared {
				fail("proposed", "建议 %s 万元，超过申报的 %s 万元", i.Proposed.Wan(), i.Declared.Wan())
			}
		})
	},
	Examples: []measures.Example[Proposed]{itemEx(measures.ExamplePass, measures.Pass, "核减 10 万元", "少于申报", func(i *ItemFacts) { i.Proposed = 80 * wan }),
		itemEx(measures.ExampleFail, measures.Fail, "多 10 万元", "超过申报", func(i *ItemFacts) { i.Proposed = 100 * wan }),
		itemEx(measures.ExampleBoundary, measures.Pass, "等于申报", "没有超过", same),
		itemEx(measures.ExampleBoundary, measures.Fail, "多一分", "超过申报", func(i *ItemFacts) { i.Proposed = 90*wan + 1 })},
}

func chainOf(ceiling, budget, proposed money.Fen) Proposed {
	f := item(func(i *ItemFacts) { i.Proposed, i.Declared = proposed, proposed })
	f.Chains[0].Ceiling, f.Chains[0].Budget = ceiling, budget
	return f
}

func chainEx(kind measures.ExampleKind, want measures.Outcome, name, why string, ceiling, budget, proposed money.Fen) measures.Example[Proposed] {
	return measures.Example[Proposed]{Name: name, Kind: kind, Want: want, Why: why, Facts: chainOf(ceiling, budget, proposed)}
}

var withinEstimate = measures.Rule[Proposed]{
	ID: "A17.0-budget", Clause: "A17.0", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true, Title: "各年预算合计不超过概算", Quote: "概算控制预算",
	Judge: func(f Proposed, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, c := range f.Chains {
			if sum := c.Budget + c.Proposed; c.Proposed > 0 && sum > c.Ceiling {
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/proposed", c.Seq), Message: fmt.Sprintf("“%s”概算 %s 万元（%s），以前已安排 %s 万元，本次建议 %s 万元，合计 %s 万元，超过 %s 万元",
					c.Name, c.Ceiling.Wan(), form.Label(registry.Bases, c.Basis), c.Budget.Wan(), c.Proposed.Wan(), sum.Wan(), (sum - c.Ceiling).WanExact())})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Proposed]{
		chainEx(measures.ExamplePass, measures.Pass, "概算 300，已安排 100，建议 90", "合计 190", 300*wan, 100*wan, 90*wan),
		chainEx(measures.ExampleFail, measures.Fail, "概算 300，已安排 250，建议 90", "合计 340，超过 40", 300*wan, 250*wan, 90*wan),
		chainEx(measures.ExampleFail, measures.Fail, "没有概算", "没有可以控制的数额", 0, 0, 90*wan),
		chainEx(measures.ExampleBoundary, measures.Pass, "合计正好 300", "没有超过", 300*wan, 210*wan, 90*wan),
		chainEx(measures.ExampleBoundary, measures.Fail, "多一分", "超过概算", 300*wan, 210*wan+1, 90*wan),
		chainEx(measures.ExampleBoundary, measures.Pass, "已超概算，本次不安排", "没有新的安排", 300*wan, 310*wan, 0),
	},
}

func standEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*ChainFacts)) measures.Example[Proposed] {
	f := item(same)
	change(&f.Chains[0])
	return measures.Example[Proposed]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

var performed = measures.Rule[Proposed]{
	ID: "A13.3-result", Clause: "A13.3", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: "2025-12-01", Title: "绩效自评结果作为安排的参考", Quote: "结果作为后续年度预算安排的重要参考",
	Judge: func(f Proposed, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, c := range f.Chains {
			bad := func(format string, args ...any) {
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/proposed", c.Seq), Message: "“" + c.Name + "”" + fmt.Sprintf(format, args...)})
			}
			if c.Proposed > 0 && c.Grade == performance.Poor {
				bad("%d 年度绩效自评等次为差", c.Graded)
			}
			if c.Proposed > 0 && c.Owes > 0 {
				bad("到期没有提交 %d 年度绩效自评报告", c.Owes)
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Proposed]{
		standEx(measures.ExamplePass, measures.Pass, "上年自评为良", "没有需要说明的", func(c *ChainFacts) { c.Grade, c.Graded = "good", 2026 }),
		standEx(measures.ExamplePass, measures.Pass, "还没有自评过，也没有到期", "首次安排", func(*ChainFacts) {}),
		standEx(measures.ExamplePass, measures.Pass, "上年为差，本次不安排", "没有新的安排", func(c *ChainFacts) { c.Grade, c.Graded, c.Proposed = performance.Poor, 2026, 0 }),
		standEx(measures.ExampleFail, measures.Fail, "上年自评为差", "说明为什么仍然安排", func(c *ChainFacts) { c.Grade, c.Graded = performance.Poor, 2026 }),
		standEx(measures.ExampleFail, measures.Fail, "到期没有自评", "没有结果可以参考", func(c *ChainFacts) { c.Owes = 2026 }),
	},
}
