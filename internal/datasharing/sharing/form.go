// Package sharing is the request of one unit for a data resource of another
// (数据共享申请, Articles 22 and 24). What the catalogue shares without condition
// is granted by the catalogue itself; what it shares on condition is answered by
// the unit that provides it, within the working days that other law gives; what it
// does not share is not asked for. Delivery, use and end are facts on record.
package sharing

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/form"
)

// Key names the procedure in URLs and the record.
const Key = "data-sharing"

// Answers to a request.
const (
	Granted = "grant"
	Refused = "refuse"
)

// Answers in Chinese.
var Answers = []form.Option{{ID: Granted, Label: "同意共享"}, {ID: Refused, Label: "不予共享"}}

// Request is what a unit asks for, and what became of it.
type Request struct {
	Resource, Code, Provider, ShareType, Condition string // filled by the program
	Purpose, Business, Items, Way, Keeper, Phone   string
	From, Until                                    calendar.Date

	Due, AnsweredOn, DeliveredOn, UsedOn, EndedOn      calendar.Date
	DueNote, Answer, Scope, Extra, Reason, Basis, Used string
	Service                                            string
}

var request = form.Section{Key: "request", Title: "申请", Clauses: []string{"A24.1"}, Fields: []form.Field{
	form.LongField("purpose", "使用目的", func(r *Request) *string { return &r.Purpose }, form.Required, form.Max(500), form.Help("为履行什么职责，怎样使用；不得用于其他目的")),
	form.TextField("business", "业务事项", func(r *Request) *string { return &r.Business }, form.Required, form.Max(100), form.Help("权责清单或者办事指南上的名称")),
	form.LongField("items", "需要的信息项", func(r *Request) *string { return &r.Items }, form.Max(2000), form.Help("目录里的名称，用顿号隔开；不填为目录可以共享的全部信息项")),
	form.ChoiceField("way", "希望的提供方式", catalogue.Ways, func(r *Request) *string { return &r.Way }, form.Required),
	form.DateField("from", "使用开始", func(r *Request) *calendar.Date { return &r.From }, form.Required),
	form.DateField("until", "使用结束", func(r *Request) *calendar.Date { return &r.Until }, form.Required),
	form.TextField("keeper", "使用责任人", func(r *Request) *string { return &r.Keeper }, form.Required, form.Max(30)),
	form.TextField("phone", "联系电话", func(r *Request) *string { return &r.Phone }, form.Max(30)),
}}

var answered = form.Section{Key: "answer", Title: "答复", Clauses: []string{"A24.1"}, Fields: []form.Field{
	form.DateField("answer_due", "应答复", func(r *Request) *calendar.Date { return &r.Due }, form.ReadOnly),
	form.TextField("due_note", "期限说明", func(r *Request) *string { return &r.DueNote }, form.ReadOnly),
	form.ChoiceField("answer", "答复", Answers, func(r *Request) *string { return &r.Answer }, form.ReadOnly),
	form.DateField("answered_on", "答复日期", func(r *Request) *calendar.Date { return &r.AnsweredOn }, form.ReadOnly),
	form.TextField("scope", "提供的范围", func(r *Request) *string { return &r.Scope }, form.ReadOnly, form.Max(500)),
	form.LongField("extra", "目录以外的条件", func(r *Request) *string { return &r.Extra }, form.ReadOnly),
	form.LongField("refusal", "不予共享的理由", func(r *Request) *string { return &r.Reason }, form.ReadOnly),
	form.LongField("refusal_basis", "不予共享的依据", func(r *Request) *string { return &r.Basis }, form.ReadOnly),
	form.DateField("delivered_on", "提供日期", func(r *Request) *calendar.Date { return &r.DeliveredOn }, form.ReadOnly),
	form.TextField("service", "接口、库表或文件标识", func(r *Request) *string { return &r.Service }, form.ReadOnly),
	form.DateField("used_on", "最近使用", func(r *Request) *calendar.Date { return &r.UsedOn }, form.ReadOnly),
	form.TextField("used_for", "使用情况", func(r *Request) *string { return &r.Used }, form.ReadOnly, form.Max(500)),
	form.DateField("ended_on", "停止日期", func(r *Request) *calendar.Date { return &r.EndedOn }, form.ReadOnly),
}}

var requestForm = form.For[Request](
	form.Section{Key: "resource", Title: "申请的资源", Clauses: []string{"A24.1"}, Fields: []form.Field{
		form.TextField("resource", "资源名称", func(r *Request) *string { return &r.Resource }, form.ReadOnly),
		form.TextField("code", "资源代码", func(r *Request) *string { return &r.Code }, form.ReadOnly),
		form.TextField("provider", "资源提供方", func(r *Request) *string { return &r.Provider }, form.ReadOnly),
		form.ChoiceField("share_type", "共享类型", catalogue.ShareTypes, func(r *Request) *string { return &r.ShareType }, form.ReadOnly),
		form.LongField("share_condition", "目录的共享条件", func(r *Request) *string { return &r.Condition }, form.ReadOnly),
	}}, request, answered)

// Grant is a proposed consent.
type Grant struct{ Scope, Extra string }

var grantForm = form.For[Grant](form.Section{Key: "grant", Title: "同意共享", Clauses: []string{"A24.1"}, Fields: []form.Field{
	form.TextField("scope", "提供的范围", func(g *Grant) *string { return &g.Scope }, form.Required, form.Max(500), form.Help("信息项、数据范围和方式，如“全部信息项，接口”")),
	form.LongField("extra", "目录以外的条件", func(g *Grant) *string { return &g.Extra }, form.Max(500), form.Help("没有的不填；条件以目录发布的为准，另加的要说明理由")),
}})

// Refusal is a proposed refusal.
type Refusal struct{ Reason, Basis string }

var refusalForm = form.For[Refusal](form.Section{Key: "refusal", Title: "不予共享", Clauses: []string{"A24.1"}, Fields: []form.Field{
	form.LongField("reason", "理由", func(r *Refusal) *string { return &r.Reason }, form.Required, form.Max(500), form.Help("申请的哪一点不符合")),
	form.LongField("basis", "依据", func(r *Refusal) *string { return &r.Basis }, form.Required, form.Max(500), form.Help("法律、法规、规章的名称和条款，如《……法》第几条；或者目录发布的共享条件")),
}})

// Delivery says how what was granted is provided.
type Delivery struct {
	Way, Service string
	On           calendar.Date
}

var deliveryForm = form.For[Delivery](form.Section{Key: "delivery", Title: "提供", Clauses: []string{"A24.1"}, Fields: []form.Field{
	form.ChoiceField("way", "提供方式", catalogue.Ways, func(d *Delivery) *string { return &d.Way }, form.Required),
	form.TextField("service", "接口、库表或文件标识", func(d *Delivery) *string { return &d.Service }, form.Required),
	form.DateField("on_date", "提供日期", func(d *Delivery) *calendar.Date { return &d.On }, form.Required),
}})

// Use says what the data were used for.
type Use struct {
	On   calendar.Date
	Note string
}

var useForm = form.For[Use](form.Section{Key: "use", Title: "使用", Clauses: []string{"A22.1"}, Fields: []form.Field{
	form.DateField("on_date", "使用日期", func(u *Use) *calendar.Date { return &u.On }, form.Required),
	form.TextField("note", "使用情况", func(u *Use) *string { return &u.Note }, form.Required, form.Max(500), form.Help("在什么业务里用了，减了什么材料、环节")),
}})

// End says when the sharing ended.
type End struct{ On calendar.Date }

var endForm = form.For[End](form.Section{Key: "end", Title: "停止", Clauses: []string{"A22.1"}, Fields: []form.Field{
	form.DateField("on_date", "停止日期", func(e *End) *calendar.Date { return &e.On }, form.Required),
}})
