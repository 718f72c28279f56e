// Package plan is who answers for network and data security in a unit, and its emergency
// plan (Article 28): on file per unit, reviewed again and again. The unit's head signs, the
// bureau keeps it; the next review follows from the last.
package plan

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
)

// Key names the procedure in URLs and the record.
const Key = "emergency-plan"

const (
	from    calendar.Date = "2025-12-01"
	thePlan string        = "plan"
)

// Sheet is what a unit says.
type Sheet struct {
	Leader, LeaderPost, Keeper, KeeperOffice, KeeperPhone, DataKeeper string
	Title, Number                                                     string
	IssuedOn, ReviewedOn                                              calendar.Date
	Network, Data                                                     bool
	Remark                                                            string
}

var sheetForm = form.For[Sheet](
	form.Section{Key: "people", Title: "责任人", Clauses: []string{"A28.1"}, Fields: []form.Field{
		form.TextField("leader", "网络安全和数据安全负责人", func(s *Sheet) *string { return &s.Leader }, form.Max(30), form.Required),
		form.TextField("leader_post", "职务", func(s *Sheet) *string { return &s.LeaderPost }, form.Max(60), form.Required),
		form.TextField("keeper", "网络安全联系人", func(s *Sheet) *string { return &s.Keeper }, form.Max(30), form.Required),
		form.TextField("keeper_office", "责任科室", func(s *Sheet) *string { return &s.KeeperOffice }, form.Max(60), form.Required),
		form.TextField("keeper_phone", "联系电话（全天可通）", func(s *Sheet) *string { return &s.KeeperPhone }, form.Max(30), form.Required),
		form.TextField("data_keeper", "数据安全联系人", func(s *Sheet) *string { return &s.DataKeeper }, form.Max(30), form.Help("与网络安全联系人是同一人的也填写")),
	}},
	form.Section{Key: "plan", Title: "应急预案", Clauses: []string{"A28.1"}, Fields: []form.Field{
		form.TextField("title", "预案名称", func(s *Sheet) *string { return &s.Title }, form.Required),
		form.TextField("number", "文号", func(s *Sheet) *string { return &s.Number }, form.Max(60)),
		form.DateField("issued_on", "印发日期", func(s *Sheet) *calendar.Date { return &s.IssuedOn }, form.Required),
		form.DateField("reviewed_on", "最近一次评审日期", func(s *Sheet) *calendar.Date { return &s.ReviewedOn }, form.Help("印发后还没有评审的不填，从印发日期起算")),
		form.CheckField("network", "含网络安全事件处置", func(s *Sheet) *bool { return &s.Network }),
		form.CheckField("data", "含数据安全事件处置", func(s *Sheet) *bool { return &s.Data }),
		form.LongField("remark", "说明", func(s *Sheet) *string { return &s.Remark }, form.Max(1000)),
	}},
)

// reviewed is the day the plan was looked at last.
func (s *Sheet) reviewed() calendar.Date { return max(s.IssuedOn, s.ReviewedOn) }

// Period is how long a review holds.
var Period = measures.Param{Key: "protection.plan_months", Title: "应急预案评审周期", Unit: "个月", Kind: measures.KindInt, Default: "12", Clause: "A28.1", Basis: measures.Reading,
	Note: "《办法》没有规定评审周期，按每年评审一次"}

// Duty is the next review, or the first entry.
var Duty = duty.Kind{Key: Key, Clause: "A28.1", Title: "安全责任人和应急预案：%s", Short: "应急预案评审", Act: "填报",
	Consequence: "逾期的单位亮红灯，没有按要求做好信息安全保障的要整改（第32条）"}

// Clock is the clock of reviews.
var Clock = protection.Clock{Record: protection.Plan, Duty: Duty, Units: true}

// Filing is the procedure.
func Filing() *matter.Procedure {
	states, flow := protection.Filing("安全责任人和应急预案", matter.JudgeBy(gather, Rules()...), keep)
	return &matter.Procedure{
		Key: Key, Title: "安全责任人和应急预案", Clauses: []string{"A28.1", "A05.1"}, States: states, Flow: flow, Form: sheetForm, Start: identity.OwnerClerk,
		Params: append([]measures.Param{Period}, protection.Params...), Duties: []duty.Kind{Duty}, Tick: Clock.Tick,
		Needs: []matter.Need{{Kind: thePlan, Label: "应急预案", Clause: "A28.1"}, {Kind: "duties", Label: "明确责任人的文件", Clause: "A28.1"}},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			c.Year = int64(c.Today.Year())
			r, err := protection.Of(ctx, q, c.UnitID, protection.Plan, 0)
			if err != nil || r.MatterID == "" {
				return nil, err
			}
			was, err := matter.StoredForm[Sheet](ctx, q, sheetForm, r.MatterID)
			if err == nil {
				was.Remark = ""
				*matter.FormOf[Sheet](c) = *was
			}
			return nil, err
		},
		Name: func(c *matter.Case) string { return c.Unit.ShortName + " 安全责任人和应急预案" },
	}
}

// keep puts what was filed on record.
func keep(ctx context.Context, d *matter.Doing) error {
	s, c := matter.FormOf[Sheet](d.Case), d.Case
	on := s.reviewed()
	return Clock.Keep(ctx, d, protection.Record{Subject: c.UnitID, Kind: protection.Plan, Level: 1, Number: s.Number, On: on, NextDue: on.AddMonths(Period.Int(c.Values))})
}

// Facts are what the rules judge.
type Facts struct {
	On       calendar.Date `json:"on"`
	IssuedOn calendar.Date `json:"issued_on"`
	Reviewed calendar.Date `json:"reviewed"`
	Network  bool          `json:"network,omitempty"`
	Data     bool          `json:"data,omitempty"`
	Keeper   bool          `json:"keeper,omitempty"` // of data security
	Plan     bool          `json:"plan,omitempty"`
	Before   calendar.Date `json:"before,omitempty"`
	Secret   string        `json:"secret,omitempty"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	s := matter.FormOf[Sheet](c)
	r, err := protection.Of(ctx, q, c.UnitID, protection.Plan, 0)
	return Facts{On: c.Today, IssuedOn: s.IssuedOn, Reviewed: s.ReviewedOn, Network: s.Network, Data: s.Data, Keeper: hanzi.Given(s.DataKeeper), Plan: c.Has(thePlan), Before: r.On,
		Secret: measures.SecretField(sheetForm, s)}, err
}

// Rules are asked when a case is handed in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{shown, both, current, newer, secret}
}

func (f Facts) last() calendar.Date { return max(f.IssuedOn, f.Reviewed) }

// a plan of 2025-03-01, reviewed on 2026-03-10, on 2026-10-08
func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2026-10-08", IssuedOn: "2025-03-01", Reviewed: "2026-03-10", Network: true, Data: true, Keeper: true, Plan: true}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

var shown = measures.Rule[Facts]{
	ID: "A28.1-shown", Clause: "A28.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "预案在案，日期对得上", Source: "登记供监督检查查阅，须能核对",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case !f.Plan:
			return measures.Failed("file/"+thePlan, "请上传应急预案")
		case f.IssuedOn > f.On:
			return measures.Failed("form/issued_on", "印发日期晚于今天")
		case f.Reviewed > f.On:
			return measures.Failed("form/reviewed_on", "评审日期晚于今天")
		case f.Reviewed != "" && f.Reviewed < f.IssuedOn:
			return measures.Failed("form/reviewed_on", "评审日期早于印发日期")
		}
		return measures.Passed("预案在案")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "去年印发，今年评审", "可以核对", same),
		ex(measures.ExampleFail, measures.Fail, "没有上传预案", "无从核对", func(f *Facts) { f.Plan = false }),
		ex(measures.ExampleBoundary, measures.Pass, "印发当天评审", "不早于印发", func(f *Facts) { f.Reviewed = "2025-03-01" }),
		ex(measures.ExampleBoundary, measures.Fail, "印发前一天评审", "早于印发", func(f *Facts) { f.Reviewed = "2025-02-28" }),
		ex(measures.ExampleBoundary, measures.Pass, "今天评审", "等于今天", func(f *Facts) { f.Reviewed = "2026-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天评审", "还没有发生", func(f *Facts) { f.Reviewed = "2026-10-09" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天印发", "还没有发生", func(f *Facts) { f.IssuedOn, f.Reviewed = "2026-10-09", "" })},
}

var both = measures.Rule[Facts]{
	ID: "A28.1-both", Clause: "A28.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Title: "网络安全和数据安全都有应急处置机制", Quote: "建立健全本行业、本单位网络安全和数据安全应急处置机制",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case !f.Network:
			return measures.Failed("form/network", "预案没有网络安全事件处置")
		case !f.Data:
			return measures.Failed("form/data", "预案没有数据安全事件处置")
		case !f.Keeper:
			return measures.Failed("form/data_keeper", "没有数据安全联系人")
		}
		return measures.Passed("两方面都有")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "两方面都有", "健全", same),
		ex(measures.ExampleFail, measures.Fail, "没有数据安全", "“网络安全和数据安全”", func(f *Facts) { f.Data = false }),
		ex(measures.ExampleFail, measures.Fail, "没有网络安全", "“网络安全和数据安全”", func(f *Facts) { f.Network = false }),
		ex(measures.ExampleFail, measures.Fail, "没有数据安全联系人", "不知由谁处置", func(f *Facts) { f.Keeper = false })},
}

var current = measures.Rule[Facts]{
	ID: "A28.1-current", Clause: "A28.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Boundary: true, Title: "在评审周期内", Source: "预案按参数所定的周期评审，过期的照实登记并说明", Params: []measures.Param{Period},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		due := f.last().AddMonths(Period.Int(v))
		if due < f.On {
			return measures.Failed("form/reviewed_on", "应在 %s 前评审，已逾期 %d 天", due, due.DaysUntil(f.On))
		}
		return measures.Passed("下次在 %s 前评审", due)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "七个月前评审", "一年以内", same),
		ex(measures.ExampleFail, measures.Fail, "印发后没有评审，一年半", "超过一年", func(f *Facts) { f.Reviewed = "" }),
		ex(measures.ExampleBoundary, measures.Pass, "整一年", "2025-10-08 起 12 个月到 2026-10-08", func(f *Facts) { f.Reviewed = "2025-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "一年零一天", "2026-10-07 到期", func(f *Facts) { f.Reviewed = "2025-10-07" })},
}

var newer = measures.Rule[Facts]{
	ID: "A28.1-newer", Clause: "A28.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Boundary: true, Title: "不早于在案的评审", Source: "后收存的代替先收存的；更正日期的说明理由",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Before != "" && f.last() < f.Before {
			return measures.Failed("form/reviewed_on", "在案的评审日期是 %s；确属更正的请说明理由", f.Before)
		}
		return measures.Passed("没有更晚的在案")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "第一次登记", "没有在案的", same),
		ex(measures.ExampleFail, measures.Fail, "在案的晚半年", "可能录错", func(f *Facts) { f.Before = "2026-09-10" }),
		ex(measures.ExampleBoundary, measures.Pass, "同一天", "补充内容", func(f *Facts) { f.Before = "2026-03-10" }),
		ex(measures.ExampleBoundary, measures.Fail, "早一天", "早于在案的", func(f *Facts) { f.Before = "2026-03-11" })},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-plan", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Title: "不含国家秘密", Quote: protection.SecretQuote,
	Judge: func(f Facts, _ measures.Values) measures.Verdict { return protection.NoSecret(f.Secret) },
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same),
		ex(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "说明" })},
}
