package yearly

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
)

const from calendar.Date = "2025-12-01"

// Facts are what the rules judge.
type Facts struct {
	On       calendar.Date `json:"on"`
	Kind     string        `json:"kind"`
	Year     int64         `json:"year"`
	DoneOn   calendar.Date `json:"done_on"`
	Agency   bool          `json:"agency,omitempty"`
	Agent    bool          `json:"agent,omitempty"` // done by another
	Report   bool          `json:"report,omitempty"`
	Findings int64         `json:"findings,omitempty"`
	Open     int64         `json:"open,omitempty"`
	Mending  bool          `json:"mending,omitempty"`
	Before   calendar.Date `json:"before,omitempty"` // of the same task of that year on record
	Secret   string        `json:"secret,omitempty"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	t := matter.FormOf[Task](c)
	r, err := protection.Of(ctx, q, c.UnitID, t.Kind, t.Year)
	return Facts{On: c.Today, Kind: t.Kind, Year: t.Year, DoneOn: t.On, Agency: hanzi.Given(t.Agency), Agent: t.Way != "own", Report: c.Has(Report), Findings: t.Findings, Open: t.Open, Mending: hanzi.Given(t.Mending),
		Before: r.On, Secret: measures.SecretField(taskForm, t)}, err
}

// Rules are asked when a case is handed in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{shown, yearly, mended, newer, secret}
}

// a test of 2026, done on 2026-09-10, on 2026-10-08
func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2026-10-08", Kind: protection.NetTest, Year: 2026, DoneOn: "2026-09-10", Report: true}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

var shown = measures.Rule[Facts]{
	ID: "A28.3-shown", Clause: "A28.3", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "有日期、有报告、对得上", Source: "登记供监督检查查阅，须能核对",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		ask := func(wrong bool, at, message string) {
			if wrong {
				ps = append(ps, measures.Problem{Anchor: at, Message: message})
			}
		}
		ask(f.DoneOn == "" || f.DoneOn > f.On, "form/done_on", "请填写完成日期，不晚于今天")
		ask(f.Year < 2000 || f.Year > int64(f.On.Year()), "form/for_year", "请填写哪一年的工作，不晚于今年")
		ask(f.Agent && !f.Agency, "form/agency", "请写明受托机构或者组织单位")
		ask(f.Open > f.Findings, "form/open", "没有整改完的多于发现的问题")
		ask(!f.Report, "file/"+Report, "请上传检测、评估报告或者演练记录")
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "9 月完成，有报告", "可以核对", same),
		ex(measures.ExampleFail, measures.Fail, "没有报告", "无从核对", func(f *Facts) { f.Report = false }),
		ex(measures.ExampleFail, measures.Fail, "委托机构没有写明", "无从核对", func(f *Facts) { f.Agent = true }),
		ex(measures.ExampleBoundary, measures.Pass, "今天完成", "等于今天", func(f *Facts) { f.DoneOn = "2026-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天完成", "还没有发生", func(f *Facts) { f.DoneOn = "2026-10-09" }),
		ex(measures.ExampleBoundary, measures.Fail, "明年的工作", "2027 晚于 2026", func(f *Facts) { f.Year = 2027 }),
		ex(measures.ExampleBoundary, measures.Pass, "3 个问题，都没有整改完", "3 不多于 3", func(f *Facts) { f.Findings, f.Open = 3, 3 }),
		ex(measures.ExampleBoundary, measures.Fail, "3 个问题，4 个没有整改完", "4 多于 3", func(f *Facts) { f.Findings, f.Open = 3, 4 })},
}

var yearly = measures.Rule[Facts]{
	ID: "A28.3-year", Clause: "A28.3", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Boundary: true, Title: "在当年开展", Quote: "每年定期开展网络安全和数据安全检测与风险评估、网络安全应急演练或模拟演练",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if done := int64(f.DoneOn.Year()); done != f.Year {
			return measures.Failed("form/done_on", "%d 年度的工作在 %s 完成，不在当年", f.Year, f.DoneOn)
		}
		return measures.Passed("%s 完成", f.DoneOn)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "2026 年的在 2026 年 9 月", "当年", same),
		ex(measures.ExampleFail, measures.Fail, "2025 年的在 2026 年 9 月", "晚了", func(f *Facts) { f.Year = 2025 }),
		ex(measures.ExampleBoundary, measures.Pass, "12 月 31 日", "还在当年", func(f *Facts) { f.On, f.DoneOn = "2027-01-05", "2026-12-31" }),
		ex(measures.ExampleBoundary, measures.Fail, "次年 1 月 1 日", "晚一天", func(f *Facts) { f.On, f.DoneOn = "2027-01-05", "2027-01-01" }),
		ex(measures.ExampleBoundary, measures.Pass, "1 月 1 日", "当年第一天", func(f *Facts) { f.DoneOn = "2026-01-01" })},
}

var mended = measures.Rule[Facts]{
	ID: "A28.3-mended", Clause: "A28.3", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Boundary: true, Title: "没有整改完的写明安排", Source: "检测、评估和演练发现的问题要整改，照实登记",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Open > 0 && !f.Mending {
			return measures.Failed("form/mending", "还有 %d 个问题没有整改完，请写明整改安排", f.Open)
		}
		return measures.Passed("没有未安排整改的问题")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有问题", "不需要整改", same),
		ex(measures.ExamplePass, measures.Pass, "2 个没有整改完，写明安排", "有安排", func(f *Facts) { f.Findings, f.Open, f.Mending = 5, 2, true }),
		ex(measures.ExampleFail, measures.Fail, "2 个没有整改完，没有安排", "不知怎样整改", func(f *Facts) { f.Findings, f.Open = 5, 2 }),
		ex(measures.ExampleBoundary, measures.Pass, "5 个都整改完", "0 个", func(f *Facts) { f.Findings = 5 }),
		ex(measures.ExampleBoundary, measures.Fail, "剩 1 个", "没有安排", func(f *Facts) { f.Findings, f.Open = 5, 1 })},
}

var newer = measures.Rule[Facts]{
	ID: "A28.3-newer", Clause: "A28.3", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Boundary: true, Title: "不早于在案的一次", Source: "同一年后收存的代替先收存的；更正日期的说明理由",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Before != "" && f.DoneOn < f.Before {
			return measures.Failed("form/done_on", "%d 年度在案的%s在 %s 完成；确属更正的请说明理由", f.Year, form.Label(Kinds, f.Kind), f.Before)
		}
		return measures.Passed("没有更晚的在案")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "第一次登记", "没有在案的", same),
		ex(measures.ExampleFail, measures.Fail, "在案的晚一个月", "可能录错", func(f *Facts) { f.Before = "2026-10-01" }),
		ex(measures.ExampleBoundary, measures.Pass, "同一天", "补充内容", func(f *Facts) { f.Before = "2026-09-10" }),
		ex(measures.ExampleBoundary, measures.Fail, "早一天", "早于在案的", func(f *Facts) { f.Before = "2026-09-11" })},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-yearly", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Title: "不含国家秘密", Quote: protection.SecretQuote,
	Judge: func(f Facts, _ measures.Values) measures.Verdict { return protection.NoSecret(f.Secret) },
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same),
		ex(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "说明" })},
}
