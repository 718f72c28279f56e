// Package operation records the authorised operation of public data (公共数据授权
// 运营, Article 22): which operator works with which resources, until when, for what
// purpose, by which approval, and what the unit found when it supervised. These are
// facts; only what the catalogue says may be operated is entered, and what is past
// its term says so until it is renewed or ended.
package operation

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
)

// Key names the procedure in URLs and the record.
const Key = "data-operation"

// Operation is an operator's authorisation, as approved elsewhere.
type Operation struct {
	Operator, USCC, Purpose, Scene, Approval, Number, Safety string
	ApprovedOn, From, Until                                  calendar.Date

	WatchedOn, EndedOn calendar.Date // filled by the program
	Watched            string
}

var operationForm = form.For[Operation](
	form.Section{Key: "operator", Title: "运营单位", Clauses: []string{"A22.1"}, Fields: []form.Field{
		form.TextField("operator", "运营单位", func(o *Operation) *string { return &o.Operator }, form.Required, form.Max(100)),
		form.TextField("uscc", "统一社会信用代码", func(o *Operation) *string { return &o.USCC }, form.Required, form.Max(18)),
		form.LongField("purpose", "运营目的", func(o *Operation) *string { return &o.Purpose }, form.Required, form.Max(500)),
		form.LongField("scene", "应用场景和产品", func(o *Operation) *string { return &o.Scene }, form.Max(500)),
	}},
	form.Section{Key: "approval", Title: "授权", Clauses: []string{"A22.1"}, Fields: []form.Field{
		form.TextField("approval", "批准文件", func(o *Operation) *string { return &o.Approval }, form.Required, form.Max(200)),
		form.TextField("number", "文号", func(o *Operation) *string { return &o.Number }, form.Required, form.Max(60)),
		form.DateField("approved_on", "批准日期", func(o *Operation) *calendar.Date { return &o.ApprovedOn }, form.Required),
		form.DateField("from", "期限自", func(o *Operation) *calendar.Date { return &o.From }, form.Required),
		form.DateField("until", "期限至", func(o *Operation) *calendar.Date { return &o.Until }, form.Required),
		form.LongField("safety", "安全和监督要求", func(o *Operation) *string { return &o.Safety }, form.Max(500)),
	}},
	form.Section{Key: "watch", Title: "监督", Clauses: []string{"A22.1"}, Fields: []form.Field{
		form.DateField("watched_on", "最近监督", func(o *Operation) *calendar.Date { return &o.WatchedOn }, form.ReadOnly),
		form.LongField("watched", "监督情况", func(o *Operation) *string { return &o.Watched }, form.ReadOnly),
		form.DateField("ended_on", "终止日期", func(o *Operation) *calendar.Date { return &o.EndedOn }, form.ReadOnly),
	}},
)

// Operated is a resource of the operation.
type Operated struct{ Code, Name, Scope, ResourceID string }

var operated = &matter.Lines{Table: "operation_resource", Title: "数据资源", Max: 200, Form: form.For[Operated](form.Section{Key: "resource", Title: "数据资源", Clauses: []string{"A22.1"}, Fields: []form.Field{
	form.TextField("code", "资源代码", func(o *Operated) *string { return &o.Code }, form.Required, form.Max(40), form.Column, form.Help("本单位目录里写明“可用于授权运营”的资源")),
	form.TextField("name", "资源名称", func(o *Operated) *string { return &o.Name }, form.ReadOnly, form.Column),
	form.TextField("scope", "提供的范围", func(o *Operated) *string { return &o.Scope }, form.Max(200), form.Column, form.Help("哪些信息项、原始数据还是加工后的")),
}}), Derived: []form.Field{form.TextField("resource_id", "目录", func(o *Operated) *string { return &o.ResourceID }, form.ReadOnly)}}

// Watching is one supervision of an operation (监督).
type Watching struct {
	On    calendar.Date
	Found string
}

var watchingForm = form.For[Watching](form.Section{Key: "watching", Title: "监督记录", Clauses: []string{"A22.1"}, Fields: []form.Field{
	form.DateField("on_date", "监督日期", func(w *Watching) *calendar.Date { return &w.On }, form.Required),
	form.LongField("found", "监督情况", func(w *Watching) *string { return &w.Found }, form.Required, form.Max(1000), form.Help("查了什么，有没有超出范围、期限，数据安全怎样")),
}})

// Renewal is a new term by a new approval (续期).
type Renewal struct {
	Approval, Number string
	Until            calendar.Date
}

var renewalForm = form.For[Renewal](form.Section{Key: "renewal", Title: "续期", Clauses: []string{"A22.1"}, Fields: []form.Field{
	form.TextField("approval", "批准文件", func(r *Renewal) *string { return &r.Approval }, form.Required, form.Max(200)),
	form.TextField("number", "文号", func(r *Renewal) *string { return &r.Number }, form.Required, form.Max(60)),
	form.DateField("until", "期限至", func(r *Renewal) *calendar.Date { return &r.Until }, form.Required),
}})

// End says when an operation ended.
type End struct{ On calendar.Date }

var endForm = form.For[End](form.Section{Key: "end", Title: "终止", Clauses: []string{"A22.1"}, Fields: []form.Field{
	form.DateField("on_date", "终止日期", func(e *End) *calendar.Date { return &e.On }, form.Required),
}})
