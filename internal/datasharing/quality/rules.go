package quality

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

const inForce calendar.Date = "2025-12-01"

// Facts are what is judged when an issue is raised.
type Facts struct {
	On     calendar.Date `json:"on"`
	Found  calendar.Date `json:"found"`
	Says   bool          `json:"says"`
	Secret string        `json:"secret,omitempty"`
}

func gather(_ context.Context, _ db.Querier, c *matter.Case) (Facts, error) {
	i := matter.FormOf[Issue](c)
	return Facts{On: c.Today, Found: i.FoundOn, Says: hanzi.Given(i.Says), Secret: measures.SecretField(issueForm, i)}, nil
}

// Rules are asked when an issue is raised.
func Rules() []measures.Rule[Facts] { return []measures.Rule[Facts]{secret, said} }

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2026-09-21", Found: "2026-09-18", Says: true}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

var secret = measures.Rule[Facts]{
	ID: "A30.1-quality", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容，不能录入本系统，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same), ex(measures.ExampleFail, measures.Fail, "描述写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "问题描述" })},
}

var said = measures.Rule[Facts]{
	ID: "A22.1-said", Clause: "A22.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true, Title: "问题说得清楚", Quote: "保障数据质量",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if !f.Says {
			ps = append(ps, measures.Problem{Anchor: "form/says", Message: "请写明哪里不对"})
		}
		if f.Found > f.On {
			ps = append(ps, measures.Problem{Anchor: "form/found_on", Message: "发现日期不晚于今天"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "写明了", "可以更正", same),
		ex(measures.ExampleFail, measures.Fail, "描述写“略”", "无从更正", func(f *Facts) { f.Says = false }),
		ex(measures.ExampleBoundary, measures.Pass, "今天发现", "不晚于今天", func(f *Facts) { f.Found = "2026-09-21" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天发现", "还没有发现", func(f *Facts) { f.Found = "2026-09-22" })},
}

// MendingFacts are what is judged of a mending.
type MendingFacts struct {
	On      calendar.Date `json:"on"`
	Found   calendar.Date `json:"found"`
	Due     calendar.Date `json:"due"`
	Date    calendar.Date `json:"date"`
	Measure bool          `json:"measure"`
}

func gatherMending(_ context.Context, _ db.Querier, c *matter.Case) (MendingFacts, error) {
	i := matter.FormOf[Issue](c)
	f := MendingFacts{On: c.Today, Found: i.FoundOn, Due: i.Due}
	if m, ok := c.Input.(*Mending); ok {
		f.Date, f.Measure = m.On, hanzi.Given(m.Measure)
	}
	return f, nil
}

func mendEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*MendingFacts)) measures.Example[MendingFacts] {
	f := MendingFacts{On: "2026-10-09", Found: "2026-09-18", Due: "2026-10-12", Date: "2026-10-08", Measure: true}
	change(&f)
	return measures.Example[MendingFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

var mended = measures.Rule[MendingFacts]{
	ID: "A22.1-mended", Clause: "A22.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "更正写得出来、对得上", Source: "提出的单位据此核对，核对无误才销号",
	Judge: func(f MendingFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if !f.Measure {
			ps = append(ps, measures.Problem{Anchor: "input/measure", Message: "请写明怎样更正的，或者为什么不是问题"})
		}
		switch {
		case f.Date == "" || f.Date > f.On:
			ps = append(ps, measures.Problem{Anchor: "input/on_date", Message: "请填写更正日期，不晚于今天"})
		case f.Date < f.Found:
			ps = append(ps, measures.Problem{Anchor: "input/on_date", Message: "更正早于发现的 " + string(f.Found)})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[MendingFacts]{mendEx(measures.ExamplePass, measures.Pass, "昨天更正", "写明、对得上", func(*MendingFacts) {}),
		mendEx(measures.ExampleFail, measures.Fail, "没有写情况", "无从核对", func(f *MendingFacts) { f.Measure = false }),
		mendEx(measures.ExampleBoundary, measures.Pass, "发现当天更正", "可以", func(f *MendingFacts) { f.Date = "2026-09-18" }),
		mendEx(measures.ExampleBoundary, measures.Fail, "发现前一天更正", "对不上", func(f *MendingFacts) { f.Date = "2026-09-17" }),
		mendEx(measures.ExampleBoundary, measures.Pass, "今天更正", "不晚于今天", func(f *MendingFacts) { f.Date = "2026-10-09" }),
		mendEx(measures.ExampleBoundary, measures.Fail, "明天更正", "还没有更正", func(f *MendingFacts) { f.Date = "2026-10-10" })},
}

var inTime = measures.Rule[MendingFacts]{
	ID: "A22.1-intime", Clause: "A22.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: inForce, Boundary: true, Title: "在期限内更正", Source: "“保障数据质量”：10 个工作日内更正或者说明", Params: []measures.Param{MendDays},
	Judge: func(f MendingFacts, _ measures.Values) measures.Verdict {
		if f.On > f.Due {
			return measures.Failed("", "应在 %s 前更正，迟了 %d 天，请说明原因", f.Due, f.Due.DaysUntil(f.On))
		}
		return measures.Passed("%s 前更正", f.Due)
	},
	Examples: []measures.Example[MendingFacts]{mendEx(measures.ExamplePass, measures.Pass, "期限前三天", "及时", func(*MendingFacts) {}),
		mendEx(measures.ExampleFail, measures.Fail, "迟了一个月", "应在 10 月 12 日前", func(f *MendingFacts) { f.On = "2026-11-12" }),
		mendEx(measures.ExampleBoundary, measures.Pass, "第十个工作日", "9 月 21 日提出，10 月 12 日是第 10 个工作日", func(f *MendingFacts) { f.On = "2026-10-12" }),
		mendEx(measures.ExampleBoundary, measures.Fail, "第十一个工作日", "迟 1 天", func(f *MendingFacts) { f.On = "2026-10-13" })},
}
