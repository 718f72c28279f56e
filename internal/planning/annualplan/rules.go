package annualplan

import (
	"fmt"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/decision"
)

type example = measures.Example[Facts]

func one(i ItemFacts) Facts { return Facts{On: "2026-10-16", Year: 2027, Items: []ItemFacts{i}} }

func good() ItemFacts {
	return ItemFacts{Seq: 1, Name: "智慧养老服务平台", Source: FromReserve, State: "valid", ValidUntil: "2029-09-20", Estimate: 157_800_000, Amount: 157_800_000, Funds: 157_800_000}
}

func with(change func(*ItemFacts)) Facts {
	i := good()
	change(&i)
	return one(i)
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, f Facts) example {
	return example{Name: name, Kind: kind, Facts: f, Want: want, Why: why}
}

func each(items []ItemFacts, fn func(ItemFacts, func(field, format string, args ...any))) measures.Verdict {
	var ps []measures.Problem
	for _, i := range items {
		fn(i, func(field, format string, args ...any) {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/%s", i.Seq, field), Message: fmt.Sprintf("第 %d 项“%s”：", i.Seq, i.Name) + fmt.Sprintf(format, args...)})
		})
	}
	return measures.FailedWith(ps...)
}

var compiled = measures.Rule[Facts]{
	ID: "A09.1-reserved", Clause: "A09.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "从已完成储备的项目编制", Quote: "对已完成储备的项目,汇总编制年度计划",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if len(f.Items) == 0 {
			return measures.Failed("lines", "还没有列入项目")
		}
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			switch {
			case i.Source == FromContinue:
				if i.State != "approved" && i.State != "building" {
					fail("included", "不是已批准、建设中的项目，不能作为续建列入")
				}
			case i.State == "left":
				fail("included", "已出库，不在储备库中，不能列入")
			case i.State == "planned":
				fail("included", "已列入获批的年度计划，不能再次列入")
			}
		})
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "有效储备", "已完成储备", one(good())),
		ex(measures.ExamplePass, measures.Pass, "续建", "建设中的项目安排当年资金", with(func(i *ItemFacts) { i.Source, i.State, i.ValidUntil = FromContinue, "building", "" })),
		ex(measures.ExampleFail, measures.Fail, "已出库", "不是已完成储备的项目", with(func(i *ItemFacts) { i.State = "left" })),
		ex(measures.ExampleFail, measures.Fail, "已列入别的年度计划", "不再是储备中的项目", with(func(i *ItemFacts) { i.State = "planned" })),
		ex(measures.ExampleFail, measures.Fail, "续建的项目已验收", "不再建设", with(func(i *ItemFacts) { i.Source, i.State, i.ValidUntil = FromContinue, "accepted", "" })),
		ex(measures.ExampleFail, measures.Fail, "没有列入任何项目", "没有可编制的内容", Facts{On: "2026-10-16", Year: 2027}),
	},
}

var valid = measures.Rule[Facts]{
	ID: "A07.2-plan", Clause: "A07.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "列入的项目在储备有效期内", Quote: "储备库有效期3年",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			if i.Source == FromReserve && (i.State == "expired" || i.ValidUntil < f.On) {
				fail("included", "储备有效期到 %s，已经到期，不能列入", i.ValidUntil)
			}
		})
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "有效储备", "三年内", one(good())),
		ex(measures.ExamplePass, measures.Pass, "续建", "已批准的项目不看储备有效期", with(func(i *ItemFacts) { i.Source, i.State, i.ValidUntil = FromContinue, "building", "" })),
		ex(measures.ExampleFail, measures.Fail, "已到期", "有效期届满已办结", with(func(i *ItemFacts) { i.State, i.ValidUntil = "expired", "2026-09-20" })),
		ex(measures.ExampleBoundary, measures.Pass, "有效期最后一天", "当天仍有效", with(func(i *ItemFacts) { i.ValidUntil = "2026-10-16" })),
		ex(measures.ExampleBoundary, measures.Fail, "有效期次日", "已过有效期", with(func(i *ItemFacts) { i.ValidUntil = "2026-10-15" })),
	},
}

var amounts = measures.Rule[Facts]{
	ID: "A09.1-amount", Clause: "A09.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "本年度计划资金大于零，加以前年度已安排不超过审定概算，并等于各来源之和", Title: "计划资金不超过审定概算",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f.Items, func(i ItemFacts, fail func(string, string, ...any)) {
			switch {
			case i.Amount == 0:
				fail("year_amount", "没有填写本年度计划资金")
			case i.Prior+i.Amount > i.Estimate:
				fail("year_amount", "以前年度已安排 %s 万元，加本年度 %s 万元，超过审定概算 %s 万元", i.Prior.Wan(), i.Amount.Wan(), i.Estimate.Wan())
			case i.Funds != i.Amount:
				fail("fund_city", "各来源合计 %s 万元，不等于本年度计划资金 %s 万元", i.Funds.Wan(), i.Amount.Wan())
			}
		})
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "一次安排", "等于审定概算", one(good())),
		ex(measures.ExampleFail, measures.Fail, "没有资金", "列入而无资金", with(func(i *ItemFacts) { i.Amount, i.Funds = 0, 0 })),
		ex(measures.ExampleFail, measures.Fail, "来源不等", "来源合计少 10 万元", with(func(i *ItemFacts) { i.Funds -= 10_000_000 })),
		ex(measures.ExampleBoundary, measures.Pass, "两年正好用完", "57.80 + 100.00 = 157.80", with(func(i *ItemFacts) { i.Prior, i.Amount, i.Funds = 57_800_000, 100_000_000, 100_000_000 })),
		ex(measures.ExampleBoundary, measures.Fail, "超过一分", "57.80 + 100.00 万元再多一分", with(func(i *ItemFacts) { i.Prior, i.Amount, i.Funds = 57_800_000, 100_000_001, 100_000_001 })),
	},
}

var limit = measures.Rule[Facts]{
	ID: "A09.1-limit", Clause: "A09.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: "2025-12-01", Boundary: true,
	Source: "市财政资金合计不超过市财政局提出的控制数", Title: "不超过市财政控制数",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Limit == 0:
			return measures.NotApplicable("没有设控制数")
		case f.City > f.Limit:
			return measures.Failed("form/limit", "市财政资金合计 %s 万元，超过控制数 %s 万元，多 %s 万元", f.City.Wan(), f.Limit.Wan(), (f.City - f.Limit).Wan())
		}
		return measures.Passed("控制数 %s 万元，余 %s 万元", f.Limit.Wan(), (f.Limit - f.City).Wan())
	},
	Examples: []example{
		ex(measures.ExamplePass, measures.Pass, "有余", "8,476.10 万元，控制数 8,500.00 万元", Facts{Limit: 8_500_000_000, City: 8_476_100_000}),
		ex(measures.ExampleFail, measures.Fail, "超出", "多 100 万元", Facts{Limit: 8_500_000_000, City: 8_600_000_000}),
		ex(measures.ExampleBoundary, measures.Pass, "正好用完", "不超过", Facts{Limit: 8_500_000_000, City: 8_500_000_000}),
	},
}

var joint = measures.Rule[JointFacts]{
	ID: "A10.1-joint", Clause: "A10.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "三部门联合审查后报批", Quote: "年度计划经市级大数据、发展改革、网信部门联合审查后,报市政府审批",
	Judge: func(f JointFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, o := range Offices {
			if n := f.Agreed[o]; n < f.Items {
				ps = append(ps, measures.Problem{Message: fmt.Sprintf("%s对 %d 项中的 %d 项还没有同意这一版", identity.OfficeName(o), f.Items, f.Items-n)})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[JointFacts]{
		{Name: "三家都同意", Kind: measures.ExamplePass, Facts: JointFacts{Items: 74, Agreed: map[string]int{"bigdata": 74, "ndrc": 74, "cac": 74}}, Want: measures.Pass, Why: "三部门联合审查"},
		{Name: "网信没有意见", Kind: measures.ExampleFail, Facts: JointFacts{Items: 74, Agreed: map[string]int{"bigdata": 74, "ndrc": 74}}, Want: measures.Fail, Why: "缺网信部门"},
		{Name: "发改少一项", Kind: measures.ExampleBoundary, Facts: JointFacts{Items: 74, Agreed: map[string]int{"bigdata": 74, "ndrc": 73, "cac": 74}}, Want: measures.Fail, Why: "改动过的一项须重新确认"},
	},
}

var someApproved = measures.Rule[decision.Facts]{
	ID: "A10.1-items", Clause: "A10.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "逐项批复的，至少批准一项才是批准年度计划；全部项目都没有批准的，按退回登记", Title: "至少批准一项",
	Judge: func(f decision.Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Back:
			return measures.NotApplicable("整份退回")
		case f.Struck >= f.Items:
			return measures.Failed("input/result", "%d 项都登记为未批准，没有批准任何项目；请把批复结果登记为“退回”", f.Items)
		}
		return measures.Passed("批准 %d 项，未批准 %d 项", f.Items-f.Struck, f.Struck)
	},
	Examples: []measures.Example[decision.Facts]{
		{Name: "全部批准", Kind: measures.ExamplePass, Facts: decision.Facts{Items: 74}, Want: measures.Pass, Why: "批准年度计划"},
		{Name: "全部未批准", Kind: measures.ExampleFail, Facts: decision.Facts{Items: 74, Struck: 74}, Want: measures.Fail, Why: "没有批准任何项目，不是批准"},
		{Name: "74 项中 73 项未批准", Kind: measures.ExampleBoundary, Facts: decision.Facts{Items: 74, Struck: 73}, Want: measures.Pass, Why: "还有一项获批"},
		{Name: "只有一项，未批准", Kind: measures.ExampleBoundary, Facts: decision.Facts{Items: 1, Struck: 1}, Want: measures.Fail, Why: "一项也没有获批"},
		{Name: "登记为退回的不问", Kind: measures.ExamplePass, Facts: decision.Facts{Items: 74, Struck: 74, Back: true}, Want: measures.NotApplies, Why: "不批准任何项目"},
	},
}

// stillTrue asks a rule of the freezing again when the version goes up: entries
// leave the reserve and expire, and projects are declared out of class, while
// the offices review.
func stillTrue(r measures.Rule[Facts]) measures.Rule[JointFacts] {
	again := measures.Rule[JointFacts]{ID: r.ID + "-report", Clause: r.Clause, Version: r.Version, Basis: r.Basis, Effect: r.Effect, From: r.From, To: r.To, Boundary: r.Boundary,
		Title: "报批时" + r.Title, Source: r.Source, Quote: r.Quote, Params: r.Params,
		Judge: func(f JointFacts, v measures.Values) measures.Verdict { return r.Judge(*f.Now, v) }}
	for _, e := range r.Examples {
		again.Examples = append(again.Examples, measures.Example[JointFacts]{Name: e.Name, Kind: e.Kind, Facts: JointFacts{Now: &e.Facts}, Params: e.Params, Want: e.Want, Why: e.Why})
	}
	return again
}

// ReportRules are asked when a version goes up to the government.
func ReportRules() []measures.Rule[JointFacts] {
	return []measures.Rule[JointFacts]{joint, stillTrue(inClass), stillTrue(compiled), stillTrue(valid)}
}

// Rules are asked when a version is frozen.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{inClass, compiled, valid, amounts, limit}
}
