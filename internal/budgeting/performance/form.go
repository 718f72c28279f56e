package performance

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
)

// Levels are the first-level indicators.
var Levels = []form.Option{{ID: "output", Label: "产出"}, {ID: "benefit", Label: "效益"}, {ID: "satisfaction", Label: "满意度"}}

// What an assessment concludes.
const (
	Support = "support"
	Partly  = "partly"
	Against = "against"
)

// Conclusions of an assessment before the project.
var Conclusions = []form.Option{{ID: Support, Label: "予以支持"}, {ID: Partly, Label: "部分支持"}, {ID: Against, Label: "不予支持"}}

// Grades of a self-evaluation: 优 from 90, 良 from 80, 中 from 60.
var Grades = []form.Option{{ID: "excellent", Label: "优"}, {ID: "good", Label: "良"}, {ID: "fair", Label: "中"}, {ID: Poor, Label: "差"}}

// Poor is the grade that later budgets have to answer for.
const Poor = "poor"

func gradeOf(tenths int64) string {
	switch {
	case tenths >= 900:
		return "excellent"
	case tenths >= 800:
		return "good"
	case tenths >= 600:
		return "fair"
	}
	return Poor
}

// About is the project a case is about, as the register has it.
type About struct{ Name, Code, Unit string }

func aboutFields[T any](of func(*T) *About) []form.Field {
	return []form.Field{
		form.TextField("name", "项目名称", func(v *T) *string { return &of(v).Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(v *T) *string { return &of(v).Code }, form.ReadOnly),
		form.TextField("unit", "建设单位", func(v *T) *string { return &of(v).Unit }, form.ReadOnly),
	}
}

// Aspect is one of the five aspects of an assessment.
type Aspect struct {
	Score int64
	Why   string
}

// aspects of an assessment, 20 points each [practice].
var aspects = [5]struct{ key, title, help string }{
	{"need", "立项必要性", "政策依据、业务需求和现有系统"},
	{"value", "投入经济性", "投入与产出、同类价格、可以复用的能力"},
	{"goal", "绩效目标合理性", "目标明确、可以衡量，与预算匹配"},
	{"plan", "实施方案可行性", "技术、进度、组织和风险"},
	{"funds", "筹资合规性", "资金来源合规、财力可以承受"},
}

// Assessment is 事前绩效评估.
type Assessment struct {
	About
	Aspects            [5]Aspect
	Result, Conclusion string
	Total              int64
}

func aspectFields() []form.Field {
	var out []form.Field
	for i, a := range aspects {
		out = append(out,
			form.IntField(a.key, a.title+"（满分 20）", func(v *Assessment) *int64 { return &v.Aspects[i].Score }, form.Max(20), form.Help(a.help)),
			form.LongField(a.key+"_why", a.title+"：评估意见", func(v *Assessment) *string { return &v.Aspects[i].Why }, form.Max(1000), form.Required))
	}
	return out
}

var assessmentForm = form.For[Assessment](
	form.Section{Key: "project", Title: "一、项目", Fields: aboutFields(func(v *Assessment) *About { return &v.About })},
	form.Section{Key: "aspects", Title: "二、评估", Clauses: []string{"A13.1"}, Fields: aspectFields()},
	form.Section{Key: "result", Title: "三、结论", Clauses: []string{"A13.1"}, Fields: []form.Field{
		form.ChoiceField("result", "评估结论", Conclusions, func(v *Assessment) *string { return &v.Result }, form.Required),
		form.LongField("conclusion", "结论说明", func(v *Assessment) *string { return &v.Conclusion }, form.Max(2000), form.Required, form.Help("部分支持和不予支持的，写明哪些内容、为什么")),
		form.IntField("total", "总分", func(v *Assessment) *int64 { return &v.Total }, form.ReadOnly),
	}},
)

// Indicator is a leaf of the indicator tree.
type Indicator struct {
	Level1, Level2, Name, Target string
	Weight                       int64
}

func indicatorFields[T any](of func(*T) *Indicator, set ...form.Setting) []form.Field {
	with := func(more ...form.Setting) []form.Setting { return append(more, set...) }
	return []form.Field{
		form.TextField("name", "三级指标", func(v *T) *string { return &of(v).Name }, with(form.Max(100))...),
		form.ChoiceField("level1", "一级指标", Levels, func(v *T) *string { return &of(v).Level1 }, with(form.Column)...),
		form.TextField("level2", "二级指标", func(v *T) *string { return &of(v).Level2 }, with(form.Max(40))...),
		form.TextField("target", "指标值", func(v *T) *string { return &of(v).Target }, with(form.Max(100), form.Column)...),
		form.IntField("weight", "分值", func(v *T) *int64 { return &of(v).Weight }, with(form.Max(100), form.Column)...),
	}
}

var treeLines = &matter.Lines{Table: "indicator_line", Title: "绩效指标", Max: 60, Form: form.For[Indicator](
	form.Section{Key: "indicator", Title: "绩效指标", Clauses: []string{"A13.1"}, Fields: indicatorFields(func(i *Indicator) *Indicator { return i }, form.Required)})}

// Spending is how much of the year's budget was spent, from the chain.
type Spending struct {
	Budget, Paid money.Fen
	Rate         string // "" while nothing is budgeted
}

// tenths is the rate in tenths of a per cent, at most 1000.
func (s Spending) tenths() int64 {
	if s.Budget <= 0 {
		return 0
	}
	return max(0, min(int64(s.Paid), int64(s.Budget))) * 1000 / int64(s.Budget)
}

func spendingFields[T any](of func(*T) *Spending) []form.Field {
	return []form.Field{
		form.MoneyField("budget", "本年预算", func(v *T) *money.Fen { return &of(v).Budget }, form.ReadOnly),
		form.MoneyField("paid", "本年已支付", func(v *T) *money.Fen { return &of(v).Paid }, form.ReadOnly),
		form.TextField("rate", "预算执行率", func(v *T) *string { return &of(v).Rate }, form.ReadOnly),
	}
}

// decimal writes tenths as people read them.
func decimal(tenths int64) string { return fmt.Sprintf("%d.%d", tenths/10, tenths%10) }

// Monitoring is 绩效监控 in the course of a year.
type Monitoring struct {
	About
	Spending
	CutOff  calendar.Date
	Summary string
}

var monitoringForm = form.For[Monitoring](
	form.Section{Key: "project", Title: "一、项目", Fields: aboutFields(func(v *Monitoring) *About { return &v.About })},
	form.Section{Key: "money", Title: "二、预算执行（万元）", Clauses: []string{"A13.1"}, Fields: append([]form.Field{
		form.DateField("cut_off", "监控截止日期", func(v *Monitoring) *calendar.Date { return &v.CutOff }, form.Required)}, spendingFields(func(v *Monitoring) *Spending { return &v.Spending })...)},
	form.Section{Key: "summary", Title: "三、总体情况", Clauses: []string{"A13.1"}, Fields: []form.Field{
		form.LongField("summary", "目标完成情况", func(v *Monitoring) *string { return &v.Summary }, form.Max(3000), form.Required)}},
)

// Likelihoods of reaching a target by the end of the year.
var Likelihoods = []form.Option{{ID: Sure, Label: "确定能"}, {ID: "maybe", Label: "有可能"}, {ID: "no", Label: "完全不可能"}}

// Sure says that a target will be reached.
const Sure = "sure"

// Tracked is an indicator as it stands in the course of the year.
type Tracked struct {
	Indicator
	SoFar, Forecast, Likely, Reason, Action string
}

var trackedLines = &matter.Lines{Table: "monitoring_line", Title: "指标", Max: 60, Fixed: true, Form: form.For[Tracked](
	form.Section{Key: "indicator", Title: "绩效指标", Clauses: []string{"A13.1"}, Fields: append(indicatorFields(func(t *Tracked) *Indicator { return &t.Indicator }, form.ReadOnly),
		form.TextField("so_far", "截至目前完成", func(t *Tracked) *string { return &t.SoFar }, form.Max(100), form.Required, form.Column),
		form.TextField("forecast", "预计全年完成", func(t *Tracked) *string { return &t.Forecast }, form.Max(100), form.Required, form.Column),
		form.ChoiceField("likely", "能否完成", Likelihoods, func(t *Tracked) *string { return &t.Likely }, form.Required, form.Column),
		form.LongField("reason", "偏差原因", func(t *Tracked) *string { return &t.Reason }, form.Max(500)),
		form.LongField("remedy", "纠偏措施", func(t *Tracked) *string { return &t.Action }, form.Max(500)),
	)})}

// Evaluation is 绩效自评 of a year.
type Evaluation struct {
	About
	Spending
	Expected, Actual, Lessons string
	Execution, Score, Grade   string
}

var evaluationForm = form.For[Evaluation](
	form.Section{Key: "project", Title: "一、项目", Fields: aboutFields(func(v *Evaluation) *About { return &v.About })},
	form.Section{Key: "money", Title: "二、预算执行（万元）", Clauses: []string{"A13.1"}, Fields: append(spendingFields(func(v *Evaluation) *Spending { return &v.Spending }),
		form.TextField("execution", "执行率得分（满分 10）", func(v *Evaluation) *string { return &v.Execution }, form.ReadOnly))},
	form.Section{Key: "goal", Title: "三、年度总体目标", Clauses: []string{"A13.2"}, Fields: []form.Field{
		form.LongField("expected", "预期目标", func(v *Evaluation) *string { return &v.Expected }, form.Max(3000), form.Required),
		form.LongField("actual", "实际完成情况", func(v *Evaluation) *string { return &v.Actual }, form.Max(3000), form.Required),
		form.LongField("lessons", "问题和改进", func(v *Evaluation) *string { return &v.Lessons }, form.Max(3000)),
	}},
	form.Section{Key: "result", Title: "四、自评结果", Clauses: []string{"A13.2"}, Fields: []form.Field{
		form.TextField("score", "总分", func(v *Evaluation) *string { return &v.Score }, form.ReadOnly),
		form.ChoiceField("grade", "等次", Grades, func(v *Evaluation) *string { return &v.Grade }, form.ReadOnly),
	}},
)

// Scored is an indicator with what was reached.
type Scored struct {
	Indicator
	Actual, Deviation, Reason string
	Score                     int64
}

var scoredLines = &matter.Lines{Table: "evaluation_line", Title: "指标", Max: 60, Fixed: true, Derive: func(v any) {
	s := v.(*Scored)
	s.Deviation = deviationOf(s.Target, s.Actual)
}, Form: form.For[Scored](
	form.Section{Key: "indicator", Title: "绩效指标", Clauses: []string{"A13.1"}, Fields: append(indicatorFields(func(s *Scored) *Indicator { return &s.Indicator }, form.ReadOnly),
		form.TextField("actual", "实际完成值", func(s *Scored) *string { return &s.Actual }, form.Max(100), form.Required, form.Column),
		form.TextField("deviation", "偏差", func(s *Scored) *string { return &s.Deviation }, form.ReadOnly, form.Column, form.Help("保存后按指标值计算")),
		form.IntField("score", "得分", func(s *Scored) *int64 { return &s.Score }, form.Max(100), form.Column),
		form.LongField("reason", "偏差原因分析及改进措施", func(s *Scored) *string { return &s.Reason }, form.Max(500)),
	)})}
