package course

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/money"
)

// Kinds of change.
const (
	Suspend   = "suspend"
	Resume    = "resume"
	Terminate = "terminate"
	Extend    = "extend"
)

// Kinds names them.
var Kinds = []form.Option{{ID: Suspend, Label: "暂停"}, {ID: Resume, Label: "恢复"}, {ID: Terminate, Label: "终止"}, {ID: Extend, Label: "延期"}}

// Change is what a unit makes known.
type Change struct {
	Name, Code, Stage, Kind                 string
	Reason, Contracts, Settlement, Document string
	Contracted, Paid                        money.Fen
	On, Until                               calendar.Date
}

var changeForm = form.For[Change](
	form.Section{Key: "project", Title: "一、项目", Fields: []form.Field{
		form.TextField("name", "项目名称", func(c *Change) *string { return &c.Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(c *Change) *string { return &c.Code }, form.ReadOnly),
		form.TextField("stage", "现在的阶段", func(c *Change) *string { return &c.Stage }, form.ReadOnly),
		form.MoneyField("contracted", "已登记合同", func(c *Change) *money.Fen { return &c.Contracted }, form.ReadOnly),
		form.MoneyField("paid", "已支付", func(c *Change) *money.Fen { return &c.Paid }, form.ReadOnly),
	}},
	form.Section{Key: "change", Title: "二、变更", Fields: []form.Field{
		form.ChoiceField("kind", "变更事项", Kinds, func(c *Change) *string { return &c.Kind }, form.Required),
		form.DateField("on_date", "自何日起", func(c *Change) *calendar.Date { return &c.On }, form.Required),
		form.DateField("until", "新的完成日期", func(c *Change) *calendar.Date { return &c.Until }, form.Help("延期、恢复必填；暂停填预计恢复的日期，不能确定的不填")),
		form.LongField("reason", "原因", func(c *Change) *string { return &c.Reason }, form.Max(3000), form.Required),
		form.TextField("document", "有关文件", func(c *Change) *string { return &c.Document }, form.Max(200), form.Help("名称和文号；由上级或市政府决定的请写明")),
	}},
	form.Section{Key: "settlement", Title: "三、合同和资金", Fields: []form.Field{
		form.LongField("contracts", "合同怎样处理", func(c *Change) *string { return &c.Contracts }, form.Max(2000), form.Help("终止、暂停必填；没有签订合同的写明“没有签订合同”")),
		form.LongField("settlement", "资金怎样处理", func(c *Change) *string { return &c.Settlement }, form.Max(2000), form.Help("已支付、未支付的各怎样处理；终止、暂停必填")),
	}},
)
