package conformity

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
)

// Application is the acceptance of a project from application to filing.
type Application struct {
	Name, Code, Kind                     string
	Version                              int64
	System, Preliminary, Where, Use      string
	PreliminaryOn, TrialFrom, TrialTo    calendar.Date
	AppliedOn, CompletedOn               calendar.Date
	Delay                                string
	Ceiling, Budget, Contracted, Paid    money.Fen // as they stood when handed in
	Rounds                               int64
	PassedOn                             calendar.Date
	PassNumber                           string
	Organiser, Experts, Result, Problems string
	MetOn                                calendar.Date
	Settled                              money.Fen
}

// Conclusions of an acceptance meeting.
const (
	Passed = "passed"
	Mended = "mended"
	Failed = "failed"
)

// Results are the words for them.
var Results = []form.Option{{ID: Passed, Label: "合格"}, {ID: Mended, Label: "整改后合格"}, {ID: Failed, Label: "不合格"}}

// asPassed reports whether a conclusion lets the project pass.
func asPassed(result string) bool { return result == Passed || result == Mended }

// early reports whether a meeting was held before the conformity check passed: a fact
// that leads to nothing (Article 20).
func early(met, passed calendar.Date) bool { return passed == "" || met < passed }

// lets reports whether the meeting lets the project pass.
func (a *Application) lets() bool { return asPassed(a.Result) && !early(a.MetOn, a.PassedOn) }

var applicationForm = form.For[Application](
	form.Section{Key: "project", Title: "一、项目", Clauses: []string{"A20.2"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(a *Application) *string { return &a.Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(a *Application) *string { return &a.Code }, form.ReadOnly),
		form.TextField("kind", "建设性质", func(a *Application) *string { return &a.Kind }, form.ReadOnly),
		form.IntField("list_version", "审查清单版本", func(a *Application) *int64 { return &a.Version }, form.ReadOnly),
		form.TextField("system", "建成系统名称", func(a *Application) *string { return &a.System }, form.Max(100), form.Cite("A20.4"), form.Help("验收备案后登入系统台账；没有形成系统的不填")),
	}},
	form.Section{Key: "completion", Title: "二、完成情况", Clauses: []string{"A20.1"}, Fields: []form.Field{
		form.DateField("completed_on", "完工日期", func(a *Application) *calendar.Date { return &a.CompletedOn }, form.ReadOnly),
		form.DateField("preliminary_on", "初步验收日期", func(a *Application) *calendar.Date { return &a.PreliminaryOn }, form.Help("运维项目没有初步验收、试运行的不填")),
		form.TextField("preliminary", "初步验收结论", func(a *Application) *string { return &a.Preliminary }),
		form.DateField("trial_from", "试运行开始", func(a *Application) *calendar.Date { return &a.TrialFrom }),
		form.DateField("trial_to", "试运行结束", func(a *Application) *calendar.Date { return &a.TrialTo }),
		form.TextField("deployed", "上线地址和部署方式", func(a *Application) *string { return &a.Where }),
		form.TextField("usage", "用户数和业务量", func(a *Application) *string { return &a.Use }),
		form.DateField("applied_on", "申请验收日期", func(a *Application) *calendar.Date { return &a.AppliedOn }, form.Required),
		form.LongField("delay", "延期说明", func(a *Application) *string { return &a.Delay }, form.Max(1000)),
	}},
	form.Section{Key: "money", Title: "三、资金（万元，提交时）", Clauses: []string{"A17.0"}, Fields: []form.Field{
		form.MoneyField("ceiling", "概算", func(a *Application) *money.Fen { return &a.Ceiling }, form.ReadOnly),
		form.MoneyField("budget", "预算合计", func(a *Application) *money.Fen { return &a.Budget }, form.ReadOnly),
		form.MoneyField("contracted", "合同合计", func(a *Application) *money.Fen { return &a.Contracted }, form.ReadOnly),
		form.MoneyField("paid", "已支付", func(a *Application) *money.Fen { return &a.Paid }, form.ReadOnly),
	}},
	form.Section{Key: "conclusion", Title: "四、审查和验收", Clauses: []string{"A20.2", "A20.3"}, Fields: []form.Field{
		form.IntField("rounds", "补正轮次", func(a *Application) *int64 { return &a.Rounds }, form.ReadOnly),
		form.DateField("passed_on", "通过审查日期", func(a *Application) *calendar.Date { return &a.PassedOn }, form.ReadOnly),
		form.TextField("pass_number", "审查通过文号", func(a *Application) *string { return &a.PassNumber }, form.ReadOnly),
		form.TextField("organiser", "验收组织单位", func(a *Application) *string { return &a.Organiser }, form.ReadOnly),
		form.DateField("met_on", "验收日期", func(a *Application) *calendar.Date { return &a.MetOn }, form.ReadOnly),
		form.TextField("experts", "验收专家", func(a *Application) *string { return &a.Experts }, form.ReadOnly),
		form.ChoiceField("result", "验收结论", Results, func(a *Application) *string { return &a.Result }, form.ReadOnly),
		form.LongField("problems", "遗留问题", func(a *Application) *string { return &a.Problems }, form.ReadOnly),
		form.MoneyField("settled", "决算金额", func(a *Application) *money.Fen { return &a.Settled }, form.ReadOnly),
	}},
)

// Comparison sets what was completed beside what was approved.
type Comparison struct{ Approved, Completed, Done, Deviation string }

var extents = []form.Option{{ID: "full", Label: "全部完成"}, {ID: "part", Label: "部分完成"}, {ID: "none", Label: "没有实施"}, {ID: "more", Label: "超出批复"}}

var comparisons = &matter.Lines{Table: "completion_line", Title: "完成对照", Max: 60, Form: form.For[Comparison](form.Section{Key: "comparison", Title: "批复与完成对照", Clauses: []string{"A20.2", "A15.1"}, Fields: []form.Field{
	form.LongField("approved", "批复内容", func(l *Comparison) *string { return &l.Approved }, form.Max(3000), form.Required),
	form.LongField("completed", "完成情况", func(l *Comparison) *string { return &l.Completed }, form.Max(3000), form.Required),
	form.ChoiceField("done", "完成程度", extents, func(l *Comparison) *string { return &l.Done }, form.Required, form.Column),
	form.LongField("deviation", "偏差说明", func(l *Comparison) *string { return &l.Deviation }, form.Max(1000), form.Column, form.Help("没有全部完成或者超出批复的，写明原因和经过的调整程序")),
}})}

// Item is an item of the checklist as the unit answers it.
type Item struct {
	Title, Key, Need, Status, Found string
	Waived                          bool
	Reason                          string
}

var checklist = &matter.Lines{Key: "item", Table: "conformity_item", Title: "审查材料", Max: 60, Fixed: true, Form: form.For[Item](form.Section{Key: "item", Title: "审查材料", Clauses: []string{"A20.2"}, Fields: []form.Field{
	form.TextField("title", "材料", func(i *Item) *string { return &i.Title }, form.ReadOnly),
	form.TextField("item", "编号", func(i *Item) *string { return &i.Key }, form.ReadOnly),
	form.ChoiceField("need", "要求", needs, func(i *Item) *string { return &i.Need }, form.ReadOnly),
	form.ChoiceField("status", "提交时", statuses, func(i *Item) *string { return &i.Status }, form.ReadOnly),
	form.LongField("found", "依据", func(i *Item) *string { return &i.Found }, form.ReadOnly),
	form.CheckField("waived", "不涉及", func(i *Item) *bool { return &i.Waived }),
	form.LongField("reason", "不涉及的理由", func(i *Item) *string { return &i.Reason }, form.Max(500)),
}})}

// Completion is the day a project was completed, as it is recorded.
type Completion struct {
	Date  calendar.Date
	Basis string
}

var completionForm = form.For[Completion](form.Section{Key: "completion", Title: "完工", Clauses: []string{"A20.1"}, Fields: []form.Field{
	form.DateField("date", "完工日期", func(k *Completion) *calendar.Date { return &k.Date }, form.Required),
	form.ChoiceField("basis", "以什么为完工", []form.Option{{ID: "trial", Label: "试运行结束"}, {ID: "contract", Label: "合同履行完毕"}}, func(k *Completion) *string { return &k.Basis }, form.Required),
}})

// Supplement is what the bureau asks to be mended, and by when.
type Supplement struct{ Due calendar.Date }

var supplementForm = form.For[Supplement](form.Section{Key: "supplement", Title: "补正", Clauses: []string{"A20.2"}, Fields: []form.Field{
	form.DateField("due", "补正期限", func(s *Supplement) *calendar.Date { return &s.Due }, form.Required),
}})

// Meeting is an acceptance meeting as the unit records it.
type Meeting struct {
	Organiser, Experts, Result, Problems string
	Date                                 calendar.Date
	Settled                              money.Fen
}

var meetingForm = form.For[Meeting](form.Section{Key: "meeting", Title: "验收会议", Clauses: []string{"A20.3"}, Fields: []form.Field{
	form.TextField("organiser", "组织单位", func(m *Meeting) *string { return &m.Organiser }, form.Max(100), form.Required),
	form.DateField("date", "验收日期", func(m *Meeting) *calendar.Date { return &m.Date }, form.Required),
	form.TextField("experts", "验收专家", func(m *Meeting) *string { return &m.Experts }, form.Required, form.Help("姓名之间用顿号隔开")),
	form.ChoiceField("result", "验收结论", Results, func(m *Meeting) *string { return &m.Result }, form.Required),
	form.MoneyField("settled", "决算金额", func(m *Meeting) *money.Fen { return &m.Settled }, form.Required, form.Cite("A17.0")),
	form.LongField("problems", "遗留问题", func(m *Meeting) *string { return &m.Problems }, form.Max(2000)),
}})

// Account is a final account that is recorded before any acceptance.
type Account struct {
	Amount money.Fen
	Date   calendar.Date
}

var accountForm = form.For[Account](form.Section{Key: "account", Title: "决算", Clauses: []string{"A17.0"}, Fields: []form.Field{
	form.MoneyField("amount", "决算金额", func(a *Account) *money.Fen { return &a.Amount }, form.Required),
	form.DateField("date", "决算日期", func(a *Account) *calendar.Date { return &a.Date }, form.Required),
}})
