package inspection

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
)

// PlanFacts are what the rules of a plan judge.
type PlanFacts struct {
	On     calendar.Date `json:"on"`
	Year   int64         `json:"year"`
	Begin  calendar.Date `json:"begin"`
	End    calendar.Date `json:"end"`
	Secret string        `json:"secret,omitempty"`
}

func gatherPlan(_ context.Context, _ db.Querier, c *matter.Case) (PlanFacts, error) {
	x := matter.FormOf[Campaign](c)
	return PlanFacts{On: c.Today, Year: x.Year, Begin: x.Begin, End: x.End, Secret: measures.SecretField(campaignForm, x)}, nil
}

// ResultFacts are what the rules of the results judge.
type ResultFacts struct {
	On      calendar.Date `json:"on"`
	Summary bool          `json:"summary,omitempty"`
	Units   []UnitFacts   `json:"units,omitempty"`
	Secret  string        `json:"secret,omitempty"`
}

// UnitFacts are what was found in one unit.
type UnitFacts struct {
	Seq      int64         `json:"seq"`
	Name     string        `json:"name"`
	Known    bool          `json:"known,omitempty"`
	Twice    bool          `json:"twice,omitempty"`
	On       calendar.Date `json:"on"`
	Findings int64         `json:"findings,omitempty"`
	Serious  int64         `json:"serious,omitempty"`
	Demand   bool          `json:"demand,omitempty"`
	MendBy   calendar.Date `json:"mend_by,omitempty"`
}

func gatherResults(units *identity.Directory) func(context.Context, db.Querier, *matter.Case) (ResultFacts, error) {
	return func(_ context.Context, _ db.Querier, c *matter.Case) (ResultFacts, error) {
		x := matter.FormOf[Campaign](c)
		f := ResultFacts{On: c.Today, Summary: hanzi.Given(x.Summary), Secret: measures.SecretField(campaignForm, x)}
		seen := map[string]bool{}
		for _, ln := range c.LinesOf("") {
			r := matter.BodyOf[Result](ln)
			u, ok := units.Match(c.Jurisdiction, r.Unit)
			f.Units = append(f.Units, UnitFacts{Seq: ln.Seq, Name: r.Unit, Known: ok && u.Jurisdiction == c.Jurisdiction, Twice: ok && seen[u.ID], On: r.On, Findings: r.Findings, Serious: r.Serious, Demand: hanzi.Given(r.Demand), MendBy: r.MendBy})
			seen[u.ID] = true
			if f.Secret == "" {
				f.Secret = measures.SecretField(results.Form, r)
			}
		}
		return f, nil
	}
}

// PlanRules are asked when a plan is handed in and when it is signed.
func PlanRules() []measures.Rule[PlanFacts] { return []measures.Rule[PlanFacts]{dated, planSecret} }

// ResultRules are asked when the results are handed in and when they are signed.
func ResultRules() []measures.Rule[ResultFacts] {
	return []measures.Rule[ResultFacts]{told, demanded, resultSecret}
}

func planEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*PlanFacts)) measures.Example[PlanFacts] {
	f := PlanFacts{On: "2026-10-08", Year: 2026, Begin: "2026-10-12", End: "2026-11-13"}
	change(&f)
	return measures.Example[PlanFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

var dated = measures.Rule[PlanFacts]{
	ID: "A27.1-plan", Clause: "A27.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "检查的年度和起止日期相符", Source: "检查有起止日期，属于哪一年写得清",
	Judge: func(f PlanFacts, _ measures.Values) measures.Verdict {
		switch {
		case f.End < f.Begin:
			return measures.Failed("form/end_on", "结束日期早于开始日期")
		case int64(f.Begin.Year()) > f.Year+1 || int64(f.Begin.Year()) < f.Year:
			return measures.Failed("form/for_year", "%s 开始的检查不是 %d 年度的", f.Begin, f.Year)
		}
		return measures.Passed("%s 至 %s", f.Begin, f.End)
	},
	Examples: []measures.Example[PlanFacts]{planEx(measures.ExamplePass, measures.Pass, "10 月至 11 月", "当年", func(*PlanFacts) {}),
		planEx(measures.ExampleFail, measures.Fail, "前一年就开始", "不是这一年的", func(f *PlanFacts) { f.Begin = "2025-12-31" }),
		planEx(measures.ExampleBoundary, measures.Pass, "次年 1 月补做", "晚了仍是这一年的", func(f *PlanFacts) { f.Begin, f.End = "2027-01-04", "2027-01-29" }),
		planEx(measures.ExampleBoundary, measures.Fail, "后年", "不是这一年的", func(f *PlanFacts) { f.Begin, f.End = "2028-01-04", "2028-01-29" }),
		planEx(measures.ExampleBoundary, measures.Pass, "只有一天", "起止同一天", func(f *PlanFacts) { f.End = "2026-10-12" }),
		planEx(measures.ExampleBoundary, measures.Fail, "结束早一天", "先后颠倒", func(f *PlanFacts) { f.End = "2026-10-11" })},
}

var planSecret = measures.Rule[PlanFacts]{
	ID: "A30.1-inspection", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Title: "不含国家秘密", Quote: protection.SecretQuote,
	Judge: func(f PlanFacts, _ measures.Values) measures.Verdict { return protection.NoSecret(f.Secret) },
	Examples: []measures.Example[PlanFacts]{planEx(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", func(*PlanFacts) {}),
		planEx(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *PlanFacts) { f.Secret = "检查内容和方式" })},
}

func resultEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*ResultFacts)) measures.Example[ResultFacts] {
	f := ResultFacts{On: "2026-11-20", Summary: true, Units: []UnitFacts{{Seq: 1, Name: "市水务局", Known: true, On: "2026-10-15", Findings: 3, Serious: 1, Demand: true, MendBy: "2026-12-15"}}}
	change(&f)
	return measures.Example[ResultFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func unit(change func(*UnitFacts)) func(*ResultFacts) {
	return func(f *ResultFacts) { change(&f.Units[0]) }
}

var told = measures.Rule[ResultFacts]{
	ID: "A27.1-results", Clause: "A27.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "逐个单位写明检查情况", Source: "通报说得清查了哪些单位、哪一天、有多少问题",
	Judge: func(f ResultFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if len(f.Units) == 0 {
			ps = append(ps, measures.Problem{Anchor: "lines", Message: "请登记检查的单位"})
		}
		if !f.Summary {
			ps = append(ps, measures.Problem{Anchor: "form/summary", Message: "请填写总体情况"})
		}
		for _, u := range f.Units {
			at := func(field, message string) {
				ps = append(ps, measures.Problem{Anchor: protection.LineAt(u.Seq, field), Message: "“" + u.Name + "”" + message})
			}
			switch {
			case !u.Known:
				at("unit_name", "不是本市的单位")
			case u.Twice:
				at("unit_name", "登记了两次")
			case u.On > f.On:
				at("checked_on", "检查日期晚于今天")
			case u.Serious > u.Findings:
				at("serious", "严重问题多于问题数")
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[ResultFacts]{resultEx(measures.ExamplePass, measures.Pass, "一个单位", "说得清", func(*ResultFacts) {}),
		resultEx(measures.ExampleFail, measures.Fail, "没有单位", "没有检查", func(f *ResultFacts) { f.Units = nil }),
		resultEx(measures.ExampleFail, measures.Fail, "不认识的单位", "不知是谁", unit(func(u *UnitFacts) { u.Known = false })),
		resultEx(measures.ExampleFail, measures.Fail, "同一单位两次", "以哪一次为准", unit(func(u *UnitFacts) { u.Twice = true })),
		resultEx(measures.ExampleFail, measures.Fail, "没有总体情况", "不成通报", func(f *ResultFacts) { f.Summary = false }),
		resultEx(measures.ExampleBoundary, measures.Pass, "今天检查", "等于今天", unit(func(u *UnitFacts) { u.On = "2026-11-20" })),
		resultEx(measures.ExampleBoundary, measures.Fail, "明天检查", "还没有发生", unit(func(u *UnitFacts) { u.On = "2026-11-21" })),
		resultEx(measures.ExampleBoundary, measures.Pass, "3 个都严重", "3 不多于 3", unit(func(u *UnitFacts) { u.Serious = 3 })),
		resultEx(measures.ExampleBoundary, measures.Fail, "3 个问题 4 个严重", "4 多于 3", unit(func(u *UnitFacts) { u.Serious = 4 }))},
}

var demanded = measures.Rule[ResultFacts]{
	ID: "A27.1-demand", Clause: "A27.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Boundary: true, Title: "严重问题提出整改要求和期限", Source: "检查发现的严重问题要有整改要求和期限，没有的说明理由",
	Judge: func(f ResultFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, u := range f.Units {
			if u.Serious > 0 && (!u.Demand || u.MendBy == "") {
				ps = append(ps, measures.Problem{Anchor: protection.LineAt(u.Seq, "demand"), Message: "“" + u.Name + "”有严重问题，没有整改要求或者期限"})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[ResultFacts]{resultEx(measures.ExamplePass, measures.Pass, "有要求有期限", "可以督促", func(*ResultFacts) {}),
		resultEx(measures.ExampleFail, measures.Fail, "没有期限", "无从督促", unit(func(u *UnitFacts) { u.MendBy = "" })),
		resultEx(measures.ExampleBoundary, measures.Pass, "没有严重问题", "0 个", unit(func(u *UnitFacts) { u.Serious, u.Demand = 0, false })),
		resultEx(measures.ExampleBoundary, measures.Fail, "1 个严重，没有要求", "无从督促", unit(func(u *UnitFacts) { u.Demand = false }))},
}

var resultSecret = measures.Rule[ResultFacts]{
	ID: "A30.1-inspected", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Title: "通报不含国家秘密", Quote: protection.SecretQuote,
	Judge: func(f ResultFacts, _ measures.Values) measures.Verdict { return protection.NoSecret(f.Secret) },
	Examples: []measures.Example[ResultFacts]{resultEx(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", func(*ResultFacts) {}),
		resultEx(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *ResultFacts) { f.Secret = "整改要求" })},
}
