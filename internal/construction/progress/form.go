package progress

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
)

// Start is how a project is begun.
type Start struct {
	Name, Code, Supervisor string
	StartedOn, Due         calendar.Date // due: the approved completion, "" where none was approved
	Key                    bool
}

var startForm = form.For[Start](form.Section{Key: "start", Title: "项目实施", Clauses: []string{"A15.1", "A15.2"}, Fields: []form.Field{
	form.TextField("name", "项目名称", func(s *Start) *string { return &s.Name }, form.ReadOnly),
	form.TextField("code", "项目编号", func(s *Start) *string { return &s.Code }, form.ReadOnly),
	form.CheckField("key_project", "重点项目", func(s *Start) *bool { return &s.Key }, form.ReadOnly, form.Cite("A15.2")),
	form.DateField("started_on", "开工日期", func(s *Start) *calendar.Date { return &s.StartedOn }, form.Required),
	form.DateField("due_on", "批准的完成日期", func(s *Start) *calendar.Date { return &s.Due }, form.ReadOnly, form.Cite("A15.1"), form.Help("实施方案的拟完成日期；增补项目是要求完成的时间，存量项目没有登记")),
	form.TextField("supervisor", "监理单位和合同", func(s *Start) *string { return &s.Supervisor }, form.Max(200), form.Cite("A15.2"), form.Help("没有委托监理的不填")),
}})

// Milestone is a step of the plan; percentage and payment are cumulative.
type Milestone struct {
	Name              string
	PlannedOn, DoneOn calendar.Date
	Percent           int64
	Pay               money.Fen
}

var milestones = &matter.Lines{Table: "milestone_line", Title: "里程碑", Max: 60, Form: form.For[Milestone](form.Section{Key: "milestone", Title: "里程碑", Clauses: []string{"A15.1"}, Fields: []form.Field{
	form.TextField("name", "里程碑", func(m *Milestone) *string { return &m.Name }, form.Max(100), form.Required),
	form.DateField("planned_on", "计划完成", func(m *Milestone) *calendar.Date { return &m.PlannedOn }, form.Required, form.Column),
	form.IntField("percent", "累计进度（%）", func(m *Milestone) *int64 { return &m.Percent }, form.Max(100), form.Required, form.Column),
	form.MoneyField("pay", "累计计划支付", func(m *Milestone) *money.Fen { return &m.Pay }, form.Column, form.Cumulative),
	form.DateField("done_on", "实际完成", func(m *Milestone) *calendar.Date { return &m.DoneOn }, form.ReadOnly, form.Column),
}})}

// Ratings of a unit about its own project.
var Ratings = []form.Option{{ID: OnTime, Label: "正常"}, {ID: Behind, Label: "滞后"}, {ID: Severe, Label: "严重滞后"}}

// Report is what the unit says of its progress on a day.
type Report struct {
	On              calendar.Date
	Percent         int64
	Paid            money.Fen
	Rating, Problem string
}

var reportForm = form.For[Report](form.Section{Key: "report", Title: "进度报告", Clauses: []string{"A15.1"}, Fields: []form.Field{
	form.DateField("on", "截至日期", func(r *Report) *calendar.Date { return &r.On }, form.Required),
	form.IntField("percent", "累计进度（%）", func(r *Report) *int64 { return &r.Percent }, form.Max(100)),
	form.MoneyField("paid", "累计已支付", func(r *Report) *money.Fen { return &r.Paid }),
	form.ChoiceField("rating", "自评", Ratings, func(r *Report) *string { return &r.Rating }, form.Required),
	form.LongField("problem", "存在的问题", func(r *Report) *string { return &r.Problem }, form.Max(2000)),
}})

// Completion is the fact that the work is done.
type Completion struct{ On calendar.Date }

var completionForm = form.For[Completion](form.Section{Key: "completion", Title: "完成", Clauses: []string{"A15.1"}, Fields: []form.Field{
	form.DateField("on", "完成日期", func(c *Completion) *calendar.Date { return &c.On }, form.Required)}})
