package adjustment

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/reserve"
)

// Answers and situations.
const (
	Yes  = "yes"
	No   = "no"
	None = "none"
)

// Situations in the exact words of Article 17.
var Situations = []form.Option{
	{ID: "deployed", Label: "（一）根据国家、省和市部署，确需改变建设内容的"},
	{ID: "improved", Label: "（二）确需对原项目实施方案进行完善优化的"},
	{ID: "business", Label: "（三）根据所建政务信息系统项目业务发展需要，在已批复项目实施方案的框架下适当调整有关建设内容及进度的"},
	{ID: None, Label: "以上都不是"},
}

// Tracks names them.
var Tracks = []form.Option{{ID: Filing, Label: "自行调整，同时备案"}, {ID: Review, Label: "报两家评审"}}

// Adjustment is what a unit adjusts in a project, with what was computed and
// decided about it.
type Adjustment struct {
	Name, Code, StandsOn               string
	Times                              int64
	Situation, Goal, Must              string
	Issuer, Title, Number              string // the basis document
	Why, Schedule, Supervision         string
	Meeting                            string
	CarriedOut                         bool
	DecidedOn                          calendar.Date
	Ceiling, Total, Increase, Decrease money.Fen
	Moved, Earlier, Counted, After     money.Fen
	Added                              money.Fen
	Share, Track, Sentence             string
	RequestNumber                      string
	RequestedOn                        calendar.Date
	DecisionNumber                     string
	GovernedOn                         calendar.Date
}

var adjustmentForm = form.For[Adjustment](
	form.Section{Key: "project", Title: "一、项目", Clauses: []string{"A17.1"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(a *Adjustment) *string { return &a.Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(a *Adjustment) *string { return &a.Code }, form.ReadOnly),
		form.TextField("stands_on", "概算依据", func(a *Adjustment) *string { return &a.StandsOn }, form.ReadOnly),
		form.IntField("times", "第几次调整", func(a *Adjustment) *int64 { return &a.Times }, form.ReadOnly),
	}},
	form.Section{Key: "reason", Title: "二、情形和理由", Clauses: []string{"A17.1", "A17.3"}, Fields: []form.Field{
		form.ChoiceField("situation", "符合哪一种情形", Situations, func(a *Adjustment) *string { return &a.Situation }, form.Required, form.Cite("A17.1")),
		form.ChoiceField("goal", "建设目标是否不变", []form.Option{{ID: Yes, Label: "不变"}, {ID: No, Label: "有改变"}}, func(a *Adjustment) *string { return &a.Goal }, form.Required, form.Cite("A17.1")),
		form.ChoiceField("must", "主要建设内容是否确需调整", []form.Option{{ID: Yes, Label: "确需调整"}, {ID: No, Label: "不是必须"}}, func(a *Adjustment) *string { return &a.Must }, form.Required, form.Cite("A17.1")),
		form.LongField("why", "调整理由", func(a *Adjustment) *string { return &a.Why }, form.Max(3000), form.Required),
		form.TextField("basis_issuer", "依据文件发文机关", func(a *Adjustment) *string { return &a.Issuer }, form.Help("情形（一）必填")),
		form.TextField("basis_title", "依据文件名称", func(a *Adjustment) *string { return &a.Title }),
		form.TextField("basis_number", "依据文件文号", func(a *Adjustment) *string { return &a.Number }, form.Max(60)),
		form.CheckField("carried_out", "调整内容已经先行实施", func(a *Adjustment) *bool { return &a.CarriedOut }, form.Cite("A17.2"), form.Help("如实填写；按评审办理而没有评审就实施的，说明理由、标记在案")),
		form.LongField("schedule", "对进度的影响", func(a *Adjustment) *string { return &a.Schedule }, form.Max(1000), form.Required, form.Help("没有影响的写明“不影响进度”")),
		form.LongField("supervision", "监理意见", func(a *Adjustment) *string { return &a.Supervision }, form.Max(1000), form.Help("没有委托监理的不填")),
	}},
	form.Section{Key: "decided", Title: "三、单位集体决策", Fields: []form.Field{
		form.TextField("meeting", "会议", func(a *Adjustment) *string { return &a.Meeting }, form.Max(100), form.Help("如“2026 年第 8 次党组会议”")),
		form.DateField("decided_on", "决定日期", func(a *Adjustment) *calendar.Date { return &a.DecidedOn }),
	}},
	form.Section{Key: "figures", Title: "四、计算结果（提交时由系统计算）", Clauses: []string{"A17.1", "A17.2"}, Fields: []form.Field{
		form.MoneyField("ceiling", "概算总投资", func(a *Adjustment) *money.Fen { return &a.Ceiling }, form.ReadOnly),
		form.MoneyField("total", "调整前总投资", func(a *Adjustment) *money.Fen { return &a.Total }, form.ReadOnly),
		form.MoneyField("increase", "调增合计", func(a *Adjustment) *money.Fen { return &a.Increase }, form.ReadOnly),
		form.MoneyField("decrease", "调减合计", func(a *Adjustment) *money.Fen { return &a.Decrease }, form.ReadOnly),
		form.MoneyField("moved", "本次资金调整数额", func(a *Adjustment) *money.Fen { return &a.Moved }, form.ReadOnly),
		form.MoneyField("earlier", "此前自行备案的调整", func(a *Adjustment) *money.Fen { return &a.Earlier }, form.ReadOnly),
		form.MoneyField("counted", "计入限额", func(a *Adjustment) *money.Fen { return &a.Counted }, form.ReadOnly),
		form.TextField("share", "占概算总投资", func(a *Adjustment) *string { return &a.Share }, form.ReadOnly),
		form.MoneyField("after", "调整后总投资", func(a *Adjustment) *money.Fen { return &a.After }, form.ReadOnly),
		form.MoneyField("added", "追加投资", func(a *Adjustment) *money.Fen { return &a.Added }, form.ReadOnly),
		form.ChoiceField("track", "办理方式", Tracks, func(a *Adjustment) *string { return &a.Track }, form.ReadOnly),
		form.LongField("sentence", "为什么", func(a *Adjustment) *string { return &a.Sentence }, form.ReadOnly),
	}},
	form.Section{Key: "conclusion", Title: "五、报批和批复", Clauses: []string{"A17.2"}, Fields: []form.Field{
		form.TextField("request_number", "联合请示文号", func(a *Adjustment) *string { return &a.RequestNumber }, form.ReadOnly),
		form.DateField("request_date", "请示日期", func(a *Adjustment) *calendar.Date { return &a.RequestedOn }, form.ReadOnly),
		form.TextField("decision_number", "市政府批复文号", func(a *Adjustment) *string { return &a.DecisionNumber }, form.ReadOnly),
		form.DateField("decision_date", "批复日期", func(a *Adjustment) *calendar.Date { return &a.GovernedOn }, form.ReadOnly),
	}},
)

// Row is one line of the table before and after.
type Row struct {
	Name, Category              string
	Before, After               money.Fen
	ContentBefore, ContentAfter string
	ItemID                      string // the line of the estimate, "" for what is new
}

// Difference is by how much the line grows, below zero where it shrinks.
func (r *Row) Difference() money.Fen { return r.After - r.Before }

// Changed are the rows of a case that change something.
func Changed(c *matter.Case) []*Row {
	var out []*Row
	for _, ln := range c.Lines {
		if r := matter.BodyOf[Row](ln); r.changed() {
			out = append(out, r)
		}
	}
	return out
}

func (r *Row) changed() bool {
	return r.Before != r.After || r.ContentBefore != r.ContentAfter
}

var rows = &matter.Lines{Table: "adjustment_line", Title: "调整项", Max: 300, Form: form.For[Row](form.Section{Key: "row", Title: "调整前后对照", Clauses: []string{"A17.1"}, Fields: []form.Field{
	form.TextField("name", "概算项", func(r *Row) *string { return &r.Name }, form.Max(100), form.Required),
	form.ChoiceField("category", "费用类别", reserve.Categories, func(r *Row) *string { return &r.Category }, form.Required, form.Column),
	form.MoneyField("before_amount", "调整前金额", func(r *Row) *money.Fen { return &r.Before }, form.ReadOnly, form.Column),
	form.MoneyField("after_amount", "调整后金额", func(r *Row) *money.Fen { return &r.After }, form.Column, form.Help("取消这一项的留空")),
	form.LongField("before_content", "调整前内容", func(r *Row) *string { return &r.ContentBefore }, form.ReadOnly),
	form.LongField("after_content", "调整后内容", func(r *Row) *string { return &r.ContentAfter }, form.Max(1000), form.Column),
	form.TextField("item_id", "概算项标识", func(r *Row) *string { return &r.ItemID }, form.ReadOnly),
}})}

type checking struct{ Comment string }

var checkingForm = form.For[checking](form.Section{Key: "check", Title: "评审", Clauses: []string{"A17.2"}, Fields: []form.Field{
	form.LongField("comment", "评审意见", func(k *checking) *string { return &k.Comment }, form.Max(2000), form.Required),
}})

// Request is the joint request to the municipal government.
type Request struct {
	Number string
	Date   calendar.Date
}

var requestForm = form.For[Request](form.Section{Key: "request", Title: "联合报批", Clauses: []string{"A17.2"}, Fields: []form.Field{
	form.TextField("number", "联合请示文号", func(r *Request) *string { return &r.Number }, form.Max(60), form.Required),
	form.DateField("date", "请示日期", func(r *Request) *calendar.Date { return &r.Date }, form.Required),
}})
