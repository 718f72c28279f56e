package upward

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/money"
)

// Levels of Article 5: 向上级.
var Levels = []form.Option{{ID: "state", Label: "国家"}, {ID: "province", Label: "省"}}

// What the higher level may answer.
const (
	Granted = "granted"
	Partly  = "partly"
	Refused = "refused"
)

// Results with the words people use.
var Results = []form.Option{{ID: Granted, Label: "获批"}, {ID: Partly, Label: "部分获批"}, {ID: Refused, Label: "未获批"}}

// Application is what a unit applies for.
type Application struct {
	Name, Level, Receiver, Title, Number string // of the notice that calls for applications
	Purpose                              string
	Total, Applied                       money.Fen
	Deadline                             calendar.Date
	Contact, Phone                       string
}

var applicationForm = form.For[Application](
	form.Section{Key: "project", Title: "一、申报项目", Clauses: []string{"A05.2"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(a *Application) *string { return &a.Name }, form.Max(100), form.Required),
		form.ChoiceField("level", "申报级别", Levels, func(a *Application) *string { return &a.Level }, form.Required),
		form.TextField("receiver", "受理部门", func(a *Application) *string { return &a.Receiver }, form.Required, form.Help("如 省大数据局")),
		form.DateField("deadline", "申报截止", func(a *Application) *calendar.Date { return &a.Deadline }),
		form.TextField("basis_title", "申报通知", func(a *Application) *string { return &a.Title }, form.Required),
		form.TextField("basis_number", "文号", func(a *Application) *string { return &a.Number }, form.Max(60), form.Required),
		form.LongField("purpose", "建设内容和申报理由", func(a *Application) *string { return &a.Purpose }, form.Max(3000), form.Required),
	}},
	form.Section{Key: "money", Title: "二、资金（万元）", Clauses: []string{"A05.2", "A12.3"}, Fields: []form.Field{
		form.MoneyField("total", "总投资", func(a *Application) *money.Fen { return &a.Total }, form.Required),
		form.MoneyField("applied", "申请上级资金", func(a *Application) *money.Fen { return &a.Applied }, form.Required),
		form.TextField("contact", "联系人", func(a *Application) *string { return &a.Contact }, form.Max(30), form.Required),
		form.TextField("contact_phone", "联系电话", func(a *Application) *string { return &a.Phone }, form.Max(30), form.Required),
	}},
)

// Report is the document the bureau sends the application up with.
type Report struct {
	Number string
	Date   calendar.Date
}

var reportForm = form.For[Report](form.Section{Key: "report", Title: "上报", Clauses: []string{"A05.2"}, Fields: []form.Field{
	form.TextField("number", "上报文号", func(r *Report) *string { return &r.Number }, form.Max(60), form.Required),
	form.DateField("date", "上报日期", func(r *Report) *calendar.Date { return &r.Date }, form.Required),
}})

// Answer is what the higher level answered.
type Answer struct {
	Result, Number string
	Granted        money.Fen
	Date           calendar.Date
}

var answerForm = form.For[Answer](form.Section{Key: "answer", Title: "申报结果", Clauses: []string{"A05.2"}, Fields: []form.Field{
	form.ChoiceField("result", "结果", Results, func(a *Answer) *string { return &a.Result }, form.Required),
	form.MoneyField("granted", "获批资金", func(a *Answer) *money.Fen { return &a.Granted }),
	form.TextField("number", "文号", func(a *Answer) *string { return &a.Number }, form.Max(60), form.Required, form.Help("没有文号的，填通知方式和日期")),
	form.DateField("date", "日期", func(a *Answer) *calendar.Date { return &a.Date }, form.Required),
}})
