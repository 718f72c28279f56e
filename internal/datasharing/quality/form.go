// Package quality tracks what is found wrong with a data resource (数据质量反馈,
// Article 22): a using unit or the bureau raises it, the unit that provides the
// resource mends it, and whoever raised it closes it, or has it mended again.
package quality

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
)

// Key names the procedure in URLs and the record.
const Key = "data-quality"

// Kinds of issues.
var Kinds = []form.Option{{ID: "catalogue", Label: "目录信息错误"}, {ID: "data", Label: "数据质量问题"}, {ID: "differs", Label: "挂接资源与目录不一致"}, {ID: "interface", Label: "接口问题"}, {ID: "other", Label: "其他"}}

// Results of mending.
const (
	Mended  = "mended"
	NoIssue = "no-issue"
)

// Results in Chinese.
var Results = []form.Option{{ID: Mended, Label: "已更正"}, {ID: NoIssue, Label: "不是问题，已说明"}}

// Issue is what was found, and what was done about it.
type Issue struct {
	Resource, Code, Provider  string // filled by the program
	Kind, Items, Says, Effect string
	FoundOn                   calendar.Date

	Due, MendedOn, ClosedOn  calendar.Date
	DueNote, Result, Measure string
	Round                    int64
}

var issueForm = form.For[Issue](
	form.Section{Key: "resource", Title: "资源", Clauses: []string{"A22.1"}, Fields: []form.Field{
		form.TextField("resource", "资源名称", func(i *Issue) *string { return &i.Resource }, form.ReadOnly),
		form.TextField("code", "资源代码", func(i *Issue) *string { return &i.Code }, form.ReadOnly),
		form.TextField("provider", "资源提供方", func(i *Issue) *string { return &i.Provider }, form.ReadOnly),
	}},
	form.Section{Key: "issue", Title: "问题", Clauses: []string{"A22.1"}, Fields: []form.Field{
		form.ChoiceField("kind", "问题类别", Kinds, func(i *Issue) *string { return &i.Kind }, form.Required),
		form.DateField("found_on", "发现日期", func(i *Issue) *calendar.Date { return &i.FoundOn }, form.Required),
		form.LongField("items", "涉及的信息项", func(i *Issue) *string { return &i.Items }, form.Max(500)),
		form.LongField("says", "问题描述", func(i *Issue) *string { return &i.Says }, form.Required, form.Max(1000), form.Help("哪里不对，应是什么；举例时不要写个人信息")),
		form.LongField("effect", "对业务的影响", func(i *Issue) *string { return &i.Effect }, form.Max(500)),
	}},
	form.Section{Key: "mending", Title: "更正", Clauses: []string{"A22.1"}, Fields: []form.Field{
		form.DateField("due", "应更正", func(i *Issue) *calendar.Date { return &i.Due }, form.ReadOnly),
		form.TextField("due_note", "期限说明", func(i *Issue) *string { return &i.DueNote }, form.ReadOnly),
		form.IntField("round", "第几次更正", func(i *Issue) *int64 { return &i.Round }, form.ReadOnly),
		form.ChoiceField("result", "结果", Results, func(i *Issue) *string { return &i.Result }, form.ReadOnly),
		form.LongField("measure", "更正情况", func(i *Issue) *string { return &i.Measure }, form.ReadOnly),
		form.DateField("mended_on", "更正日期", func(i *Issue) *calendar.Date { return &i.MendedOn }, form.ReadOnly),
		form.DateField("closed_on", "销号日期", func(i *Issue) *calendar.Date { return &i.ClosedOn }, form.ReadOnly),
	}},
)

// Mending is what the providing unit did about an issue (更正).
type Mending struct {
	Result, Measure string
	On              calendar.Date
}

var mendingForm = form.For[Mending](form.Section{Key: "mending", Title: "更正", Clauses: []string{"A22.1"}, Fields: []form.Field{
	form.ChoiceField("result", "结果", Results, func(m *Mending) *string { return &m.Result }, form.Required),
	form.DateField("on_date", "更正日期", func(m *Mending) *calendar.Date { return &m.On }, form.Required),
	form.LongField("measure", "更正情况", func(m *Mending) *string { return &m.Measure }, form.Required, form.Max(1000), form.Help("怎样更正的；目录有误的，写明已变更目录；不是问题的，写明为什么")),
}})
