package estimate

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/reserve"
)

// Approval is the approval of an estimate as the unit records it.
type Approval struct {
	Name, Code, StandsOn  string // of the project; what its ceiling stands on so far
	Ceiling, Budgets      money.Fen
	Issuer, Number, Title string
	Date                  calendar.Date
	Amount                money.Fen
	Note                  string
}

var approvalForm = form.For[Approval](
	form.Section{Key: "project", Title: "一、项目", Clauses: []string{"A16.1"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(a *Approval) *string { return &a.Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(a *Approval) *string { return &a.Code }, form.ReadOnly),
		form.MoneyField("ceiling", "登记前的概算", func(a *Approval) *money.Fen { return &a.Ceiling }, form.ReadOnly),
		form.TextField("stands_on", "登记前的依据", func(a *Approval) *string { return &a.StandsOn }, form.ReadOnly),
		form.MoneyField("budgets", "已安排的预算", func(a *Approval) *money.Fen { return &a.Budgets }, form.ReadOnly),
	}},
	form.Section{Key: "approval", Title: "二、概算批复", Clauses: []string{"A16.1"}, Fields: []form.Field{
		form.TextField("issuer", "批复机关", func(a *Approval) *string { return &a.Issuer }),
		form.TextField("title", "文件名称", func(a *Approval) *string { return &a.Title }),
		form.TextField("number", "文号", func(a *Approval) *string { return &a.Number }, form.Max(60)),
		form.DateField("date", "批复日期", func(a *Approval) *calendar.Date { return &a.Date }),
		form.MoneyField("amount", "批复概算总投资", func(a *Approval) *money.Fen { return &a.Amount }, form.Required, form.Help("万元；各概算项合计应等于这个数")),
		form.LongField("comment", "说明", func(a *Approval) *string { return &a.Note }, form.Max(2000)),
	}},
)

// lines of the approved estimate, by the same categories as those of a scheme.
var lines = &matter.Lines{Table: "approved_line", Title: "概算项", Max: 300, Form: form.For[reserve.Cost](form.Section{Key: "cost", Title: "概算项", Clauses: []string{"A16.1"}, Fields: []form.Field{
	form.TextField("name", "名称", func(c *reserve.Cost) *string { return &c.Name }, form.Max(100), form.Required),
	form.ChoiceField("category", "费用类别", reserve.Categories, func(c *reserve.Cost) *string { return &c.Category }, form.Required, form.Column),
	form.TextField("unit", "单位", func(c *reserve.Cost) *string { return &c.Unit }, form.Max(20), form.Column),
	form.IntField("quantity", "数量", func(c *reserve.Cost) *int64 { return &c.Quantity }, form.Column),
	form.MoneyField("price", "单价", func(c *reserve.Cost) *money.Fen { return &c.Price }, form.Column),
	form.MoneyField("amount", "金额", func(c *reserve.Cost) *money.Fen { return &c.Amount }, form.Required, form.Column),
	form.LongField("spec", "建设内容", func(c *reserve.Cost) *string { return &c.Spec }, form.Max(1000), form.Help("调整项目时作为“调整前内容”")),
}})}
