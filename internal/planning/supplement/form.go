package supplement

import (
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Application is what a unit applies for, with what was decided about it.
type Application struct {
	Name, BuildKind, SystemClass          string
	Level, Issuer, Title, Number, Excerpt string // the document that arranges it
	IssuedOn, Deadline                    calendar.Date
	Unplanned                             string // why the annual plan does not have it
	Goal, Content, Data, Security         string
	Estimate, YearAmount                  money.Fen
	Funds                                 registry.Funds
	Checked, Approved                     money.Fen // by both offices; by the government
	RequestNumber, DecisionNumber         string
	RequestedOn, DecidedOn                calendar.Date
}

// levels of a temporary arrangement: “国家、省和市”, not a department.
var levels = slices.DeleteFunc(slices.Clone(registry.BasisLevels), func(o form.Option) bool { return o.ID == "sector" })

var applicationForm = form.For[Application](
	form.Section{Key: "basis", Title: "一、临时安排依据", Clauses: []string{"A11.1"}, Fields: []form.Field{
		form.ChoiceField("basis_level", "安排级别", levels, func(a *Application) *string { return &a.Level }, form.Cite("A11.1")),
		form.TextField("basis_issuer", "发文机关", func(a *Application) *string { return &a.Issuer }),
		form.TextField("basis_title", "文件名称", func(a *Application) *string { return &a.Title }),
		form.TextField("basis_number", "文号", func(a *Application) *string { return &a.Number }, form.Max(60), form.Help("会议纪要、批示等没有文号的，填期号或批办单号")),
		form.DateField("basis_date", "日期", func(a *Application) *calendar.Date { return &a.IssuedOn }),
		form.LongField("basis_excerpt", "原文摘录", func(a *Application) *string { return &a.Excerpt }, form.Max(2000), form.Help("摘录安排这个项目的原话")),
		form.LongField("unplanned", "为何未列入年度计划", func(a *Application) *string { return &a.Unplanned }, form.Max(1000), form.Required, form.Cite("A11.1")),
		form.DateField("deadline", "要求完成时间", func(a *Application) *calendar.Date { return &a.Deadline }, form.Required),
	}},
	form.Section{Key: "project", Title: "二、项目", Clauses: []string{"A11.1"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(a *Application) *string { return &a.Name }, form.Max(100), form.Required),
		form.ChoiceField("build_kind", "建设性质", registry.BuildKinds, func(a *Application) *string { return &a.BuildKind }, form.Required, form.Cite("A03.1")),
		form.ChoiceField("system_class", "系统类别", registry.SystemClasses, func(a *Application) *string { return &a.SystemClass }, form.Cite("A03.2"), form.Help("按《政务信息系统定义和范围》选择；市属企事业单位可以不填")),
		form.LongField("goal", "总体目标", func(a *Application) *string { return &a.Goal }, form.Max(3000), form.Required),
		form.LongField("content", "建设内容", func(a *Application) *string { return &a.Content }, form.Required),
		form.LongField("data_resources", "数据资源", func(a *Application) *string { return &a.Data }, form.Max(3000), form.Required),
		form.LongField("security", "安全保障", func(a *Application) *string { return &a.Security }, form.Max(3000), form.Required),
	}},
	form.Section{Key: "money", Title: "三、投资和资金来源（万元）", Clauses: []string{"A11.1"}, Fields: slices.Concat([]form.Field{
		form.MoneyField("estimate", "估算总投资", func(a *Application) *money.Fen { return &a.Estimate }, form.Required),
		form.MoneyField("year_amount", "本年度资金", func(a *Application) *money.Fen { return &a.YearAmount }, form.Required),
	}, registry.FundFields("A11.1", func(a *Application) *registry.Funds { return &a.Funds }))},
	form.Section{Key: "conclusion", Title: "四、审核和批复", Clauses: []string{"A11.1"}, Fields: []form.Field{
		form.MoneyField("checked", "审核金额（两家取低）", func(a *Application) *money.Fen { return &a.Checked }, form.ReadOnly),
		form.TextField("request_number", "联合请示文号", func(a *Application) *string { return &a.RequestNumber }, form.ReadOnly),
		form.DateField("request_date", "请示日期", func(a *Application) *calendar.Date { return &a.RequestedOn }, form.ReadOnly),
		form.TextField("decision_number", "市政府批复文号", func(a *Application) *string { return &a.DecisionNumber }, form.ReadOnly),
		form.DateField("decision_date", "批复日期", func(a *Application) *calendar.Date { return &a.DecidedOn }, form.ReadOnly),
		form.MoneyField("approved", "批准金额", func(a *Application) *money.Fen { return &a.Approved }, form.ReadOnly),
	}},
)

// Checking is what an office says beside its agreement.
type checking struct {
	Amount  money.Fen
	Comment string
}

var checkingForm = form.For[checking](form.Section{Key: "check", Title: "审核", Clauses: []string{"A11.1"}, Fields: []form.Field{
	form.MoneyField("amount", "审核金额", func(k *checking) *money.Fen { return &k.Amount }, form.Required, form.Help("不超过申请的估算总投资")),
	form.LongField("comment", "审核意见", func(k *checking) *string { return &k.Comment }, form.Max(2000)),
}})

// Request is the joint request to the municipal government.
type Request struct {
	Number string
	Date   calendar.Date
	Amount money.Fen
}

var requestForm = form.For[Request](form.Section{Key: "request", Title: "联合报批", Clauses: []string{"A11.1"}, Fields: []form.Field{
	form.TextField("number", "联合请示文号", func(r *Request) *string { return &r.Number }, form.Max(60), form.Required),
	form.DateField("date", "请示日期", func(r *Request) *calendar.Date { return &r.Date }, form.Required),
	form.MoneyField("amount", "审核金额", func(r *Request) *money.Fen { return &r.Amount }, form.Required, form.Help("不超过两家各自的审核金额")),
}})
