package existing

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Existing is a project as its unit declares it.
type Existing struct {
	Name, BuildKind, Class, Content, Stage string
	Start                                  calendar.Date
	Issuer, Title, Number                  string // of the approval document
	ApprovedOn                             calendar.Date
	Approved, Paid                         money.Fen
	System                                 string // name of the system it has built
}

// stages are those a project can be in that was approved before.
var stages = choices(registry.Approved, registry.Building, registry.Accepted, registry.Operating)

func choices(list ...registry.Stage) []form.Option {
	var out []form.Option
	for _, s := range list {
		out = append(out, form.Option{ID: string(s), Label: form.Label(registry.Stages, string(s))})
	}
	return out
}

var existingForm = form.For[Existing](
	form.Section{Key: "project", Title: "一、项目", Clauses: []string{"A37.2"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(x *Existing) *string { return &x.Name }, form.Max(100), form.Required),
		form.ChoiceField("build_kind", "建设性质", registry.BuildKinds, func(x *Existing) *string { return &x.BuildKind }, form.Required, form.Cite("A03.1")),
		form.ChoiceField("class", "项目类别", registry.SystemClasses, func(x *Existing) *string { return &x.Class }, form.Required, form.Cite("A03.2"),
			form.Help("按《政务信息系统定义和范围》选择")),
		form.LongField("content", "建设内容", func(x *Existing) *string { return &x.Content }, form.Required),
	}},
	// The approval is judged by rules of their own, which say why it is needed.
	form.Section{Key: "approval", Title: "二、原批准文件", Clauses: []string{"A37.2"}, Fields: []form.Field{
		form.TextField("approval_issuer", "批准机关", func(x *Existing) *string { return &x.Issuer }, form.Max(100)),
		form.TextField("approval_title", "文件名称", func(x *Existing) *string { return &x.Title }),
		form.TextField("approval_number", "文号", func(x *Existing) *string { return &x.Number }, form.Max(60)),
		form.DateField("approved_on", "批准日期", func(x *Existing) *calendar.Date { return &x.ApprovedOn }),
		form.MoneyField("approved_amount", "批准金额", func(x *Existing) *money.Fen { return &x.Approved }),
	}},
	form.Section{Key: "progress", Title: "三、实际进展", Clauses: []string{"A37.2"}, Fields: []form.Field{
		form.DateField("start_on", "实际开工日期", func(x *Existing) *calendar.Date { return &x.Start }, form.Required),
		form.ChoiceField("stage", "实际所处阶段", stages, func(x *Existing) *string { return &x.Stage }, form.Required),
		form.TextField("system", "建成系统名称", func(x *Existing) *string { return &x.System }, form.Max(100), form.Help("已验收或运行的项目须填写，运维项目除外")),
		form.MoneyField("paid", "已支付金额", func(x *Existing) *money.Fen { return &x.Paid }, form.Help("没有支付的不填")),
	}},
)
