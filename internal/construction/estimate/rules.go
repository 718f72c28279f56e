package estimate

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Facts are what the rules judge when an approval is handed in and acknowledged.
type Facts struct {
	On         calendar.Date  `json:"on"`
	Stage      registry.Stage `json:"stage"`
	Issuer     bool           `json:"issuer"`
	Number     bool           `json:"number"`
	Date       calendar.Date  `json:"date"`
	Scan       bool           `json:"scan"`
	Amount     money.Fen      `json:"amount"`
	Lines      int            `json:"lines"`
	Sum        money.Fen      `json:"sum"` // of the lines
	Reviewed   money.Fen      `json:"reviewed"`
	Ceiling    money.Fen      `json:"ceiling"` // so far
	Budgets    money.Fen      `json:"budgets"`
	Standing   string         `json:"standing,omitempty"` // number of the approval in force
	StandingOn calendar.Date  `json:"standing_on,omitempty"`
	Secret     string         `json:"secret,omitempty"`
}

// Rules are asked when the unit hands in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{secret, approved, sums, later, above, control}
}

const from calendar.Date = "2025-12-01"

type example = measures.Example[Facts]

// 概算 300 万元，审定 320 万元，已安排 200 万元。
func good() Facts {
	return Facts{On: "2026-05-06", Stage: registry.Approved, Issuer: true, Number: true, Date: "2026-04-20", Scan: true, Amount: 300_000_000, Lines: 3, Sum: 300_000_000,
		Reviewed: 320_000_000, Ceiling: 320_000_000, Budgets: 200_000_000}
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) example {
	f := good()
	change(&f)
	return example{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func pass(name, why string, change func(*Facts)) example {
	return ex(measures.ExamplePass, measures.Pass, name, why, change)
}

func fail(name, why string, change func(*Facts)) example {
	return ex(measures.ExampleFail, measures.Fail, name, why, change)
}

func edge(want measures.Outcome, name, why string, change func(*Facts)) example {
	return ex(measures.ExampleBoundary, want, name, why, change)
}

func same(*Facts) {}

var approved = measures.Rule[Facts]{
	ID: "A16.1-approval", Clause: "A16.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: from, Boundary: true,
	Source: "以有权机关的概算批复为概算；登记须写明批复机关、文号、日期并附批复。没有批复以前，以年度计划审定金额暂代", Title: "概算批复有据",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, p := range []struct {
			given       bool
			anchor, say string
		}{
			{f.Stage == registry.Approved || f.Stage == registry.Building, "", "项目现在是“" + form.Label(registry.Stages, string(f.Stage)) + "”，概算批复在已批准、建设中时登记"},
			{f.Issuer, "form/issuer", "请填写批复机关"},
			{f.Number, "form/number", "请填写批复文号"},
			{f.Date != "", "form/date", "请填写批复日期"},
			{f.Date <= f.On, "form/date", fmt.Sprintf("批复日期 %s 还没有到", f.Date)},
			{f.Scan, "file/approval", "请上传概算批复"},
		} {
			if !p.given {
				ps = append(ps, measures.Problem{Anchor: p.anchor, Message: p.say})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("机关、文号、日期、批复齐", "可以查证", same), fail("没有文号", "批复无从查证", func(f *Facts) { f.Number = false }),
		fail("没有附批复", "批复无凭据", func(f *Facts) { f.Scan = false }), fail("项目已暂停", "恢复以后再登记", func(f *Facts) { f.Stage = registry.Suspended }),
		edge(measures.Pass, "当天批复", "已经批复", func(f *Facts) { f.Date = f.On }), edge(measures.Fail, "日期是明天", "还没有批复", func(f *Facts) { f.Date = "2026-05-07" })},
}

var sums = measures.Rule[Facts]{
	ID: "A16.1-lines", Clause: "A16.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "概算按费用类别分项，各项合计等于批复的概算总投资；项目调整以这些分项对照", Title: "概算项合计等于批复金额",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Lines == 0 {
			return measures.Failed("lines", "请按批复列出概算项")
		}
		if f.Sum != f.Amount {
			return measures.Failed("form/amount", "概算项合计 %s 万元，批复 %s 万元，相差 %s 万元", f.Sum.WanExact(), f.Amount.WanExact(), (f.Sum - f.Amount).WanExact())
		}
		return measures.Passed("%d 项合计 %s 万元", f.Lines, f.Sum.Wan())
	},
	Examples: []example{pass("三项合计 300", "150 + 100 + 50 = 300", same), fail("没有分项", "无从对照", func(f *Facts) { f.Lines, f.Sum = 0, 0 }),
		edge(measures.Fail, "少一分", "299,999,999 分 ≠ 300,000,000 分", func(f *Facts) { f.Sum-- }), edge(measures.Pass, "正好", "相等", same)},
}

var later = measures.Rule[Facts]{
	ID: "A16.1-later", Clause: "A16.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "后一份批复替换前一份；比现行批复更早的批复不能替换它", Title: "不早于现行的概算批复",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Standing == "":
			return measures.NotApplicable("这是第一份概算批复")
		case f.Date < f.StandingOn:
			return measures.Failed("form/date", "现行概算批复 %s 的日期是 %s，%s 的批复更早，不能替换它", f.Standing, f.StandingOn, f.Date)
		}
		return measures.Passed("替换 %s", f.Standing)
	},
	Examples: []example{pass("四月的批复替换一月的", "后一份替换前一份", func(f *Facts) { f.Standing, f.StandingOn = "甲〔2026〕1号", "2026-01-15" }),
		fail("补登去年的批复", "现行的是 2026 年的", func(f *Facts) { f.Standing, f.StandingOn, f.Date = "甲〔2026〕1号", "2026-01-15", "2025-12-30" }),
		edge(measures.Pass, "同一天", "不早于", func(f *Facts) { f.Standing, f.StandingOn = "甲〔2026〕1号", "2026-04-20" }),
		edge(measures.Fail, "早一天", "早于", func(f *Facts) { f.Standing, f.StandingOn = "甲〔2026〕1号", "2026-04-21" })},
}

var above = measures.Rule[Facts]{
	ID: "A16.1-above", Clause: "A16.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "概算高于审定"}, Boundary: true,
	Source: "概算批复一般不高于年度计划的审定金额；高于的如实登记，并说明追加投资是否已经市政府审批（第十七条）", Title: "不高于审定金额",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Reviewed == 0 {
			return measures.NotApplicable("没有审定金额")
		}
		if f.Amount > f.Reviewed {
			return measures.Failed("form/amount", "批复概算 %s 万元，高于审定金额 %s 万元，多 %s 万元。请说明追加投资的审批情况", f.Amount.Wan(), f.Reviewed.Wan(), (f.Amount - f.Reviewed).WanExact())
		}
		return measures.Passed("批复 %s 万元，审定 %s 万元", f.Amount.Wan(), f.Reviewed.Wan())
	},
	Examples: []example{pass("低于审定", "300 < 320", same), fail("高于审定", "350 > 320", func(f *Facts) { f.Amount = 350_000_000 }),
		edge(measures.Pass, "等于审定", "320 = 320", func(f *Facts) { f.Amount = 320_000_000 }), edge(measures.Fail, "多一分", "320,000,001 分 > 320,000,000 分", func(f *Facts) { f.Amount = 320_000_001 })},
}

var control = measures.Rule[Facts]{
	ID: "A17.0-estimate", Clause: "A17.0", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "预算超概算", Rectify: "A32.1"}, Boundary: true,
	Title: "概算控制预算", Quote: "概算控制预算,预算控制决算",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Budgets > f.Amount {
			return measures.Failed("form/amount", "已安排预算合计 %s 万元，超过批复概算 %s 万元，多 %s 万元。如实登记，请说明如何处理；超出期间不再安排预算", f.Budgets.Wan(), f.Amount.Wan(), (f.Budgets - f.Amount).WanExact())
		}
		return measures.Passed("已安排预算 %s 万元，概算 %s 万元", f.Budgets.Wan(), f.Amount.Wan())
	},
	Examples: []example{pass("预算在概算以内", "200 < 300", same), fail("预算已超概算", "310 > 300", func(f *Facts) { f.Budgets = 310_000_000 }),
		edge(measures.Pass, "预算等于概算", "300 = 300", func(f *Facts) { f.Budgets = 300_000_000 }), edge(measures.Fail, "多一分", "超过", func(f *Facts) { f.Budgets = 300_000_001 })},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-estimate", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from,
	Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("form/comment", "“%s”写到涉密内容。涉密项目不得在本系统办理，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []example{pass("没有涉密内容", "各栏均无", same), fail("写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "说明" })},
}
