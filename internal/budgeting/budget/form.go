package budget

import (
	"slices"

	"zhengcheng/internal/budgeting/performance"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/registry"
)

// Declaration is the head of what a unit declares.
type Declaration struct {
	DocNo, Contact, Phone, Remark string
}

var declarationForm = form.For[Declaration](form.Section{Key: "declaration", Title: "申报说明", Clauses: []string{"A12.1"}, Fields: []form.Field{
	form.TextField("doc_no", "申报文号", func(d *Declaration) *string { return &d.DocNo }, form.Max(60), form.Help("没有单独行文的不填")),
	form.TextField("contact", "联系人", func(d *Declaration) *string { return &d.Contact }, form.Max(30), form.Required),
	form.TextField("contact_phone", "联系电话", func(d *Declaration) *string { return &d.Phone }, form.Max(30), form.Required),
	form.LongField("remark", "说明", func(d *Declaration) *string { return &d.Remark }, form.Max(2000)),
}})

// Line is what a project needs in the year for one category.
type Line struct {
	Code, Name, Category, Document, Remark string
	Funds                                  registry.Funds
	Arranged                               money.Fen
}

var lines = &matter.Lines{Table: "budget_line", Title: "预算项", Max: 500, Form: form.For[Line](form.Section{Key: "line", Title: "预算项（万元）", Clauses: []string{"A12.1"}, Fields: slices.Concat([]form.Field{
	form.TextField("name", "项目名称", func(l *Line) *string { return &l.Name }, form.Max(100), form.ReadOnly),
	form.TextField("code", "项目编号", func(l *Line) *string { return &l.Code }, form.Max(40), form.Required, form.Help("项目总库中的编号，如 LPS-2027-SWJ-N-001")),
	form.ChoiceField("category", "费用类别", reserve.Categories, func(l *Line) *string { return &l.Category }, form.Required, form.Column, form.Cite("A12.1"), form.Help("建设、运维，以及配套的咨询、监理、审计、测评")),
}, columns(registry.FundFields("A12.3", func(l *Line) *registry.Funds { return &l.Funds }), "fund_general", "fund_central", "fund_provincial"), []form.Field{
	form.TextField("document", "资金来源文件", func(l *Line) *string { return &l.Document }, form.Max(200), form.Cite("A12.3"), form.Help("中央、省级、债券、自有等资金的下达或者安排文件和文号；还没有的不填")),
	form.TextField("remark", "备注", func(l *Line) *string { return &l.Remark }, form.Max(200)),
	form.MoneyField("arranged", "已批准安排", func(l *Line) *money.Fen { return &l.Arranged }, form.ReadOnly),
})})}

// columns marks the sources that most projects have; the others stand on the page
// of the line.
func columns(fields []form.Field, keys ...string) []form.Field {
	for i := range fields {
		fields[i].Column = slices.Contains(keys, fields[i].Key)
	}
	return fields
}

// Arrangement is the head of a proposal of the finance bureau.
type Arrangement struct {
	Remark         string
	ApprovedNumber string
	ApprovedOn     calendar.Date
	OK             money.Fen
}

var arrangementForm = form.For[Arrangement](form.Section{Key: "arrangement", Title: "安排说明", Clauses: []string{"A12.2"}, Fields: []form.Field{
	form.LongField("remark", "说明", func(a *Arrangement) *string { return &a.Remark }, form.Max(2000)),
	form.TextField("approved_number", "批准文号", func(a *Arrangement) *string { return &a.ApprovedNumber }, form.ReadOnly),
	form.DateField("approved_on", "批准日期", func(a *Arrangement) *calendar.Date { return &a.ApprovedOn }, form.ReadOnly),
	form.MoneyField("approved", "批准安排", func(a *Arrangement) *money.Fen { return &a.OK }, form.ReadOnly),
}})

// Municipal sources, which alone the finance bureau arranges.
var municipal = []form.Option{{ID: "general", Label: "一般公共预算"}, {ID: "gov", Label: "政府性基金"}, {ID: "soe", Label: "国有资本经营预算"}}

// Item is one declared line and source as it is proposed.
type Item struct {
	LineID, ProjectID, Unit, Code, Name, Category, Source, Remark, Grade, UnitGrade string
	Declared, Checked, Proposed                                                     money.Fen
	ReviewNumber                                                                    string // of the conclusion Checked stands on
	ReviewedOn                                                                      calendar.Date
	Struck                                                                          bool
}

// ReviewPaper is the kind of document that carries the conclusion of a budget review.
const ReviewPaper = "budget-review"

var items = &matter.Lines{Table: "arrangement_line", Title: "安排项", Max: 3000, Fixed: true, Form: form.For[Item](
	form.Section{Key: "propose", Title: "建议（万元）", Clauses: []string{"A12.2"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(i *Item) *string { return &i.Name }, form.ReadOnly),
		form.TextField("unit", "单位", func(i *Item) *string { return &i.Unit }, form.ReadOnly, form.Column),
		form.TextField("code", "项目编号", func(i *Item) *string { return &i.Code }, form.ReadOnly),
		form.ChoiceField("category", "费用类别", reserve.Categories, func(i *Item) *string { return &i.Category }, form.ReadOnly),
		form.ChoiceField("source", "资金来源", municipal, func(i *Item) *string { return &i.Source }, form.ReadOnly),
		form.MoneyField("declared", "申报", func(i *Item) *money.Fen { return &i.Declared }, form.ReadOnly, form.Column),
		form.MoneyField("checked", "预算评审", func(i *Item) *money.Fen { return &i.Checked }, form.Column, form.Cite("A05.3"), form.Help("没有评审的不填")),
		form.TextField("review_number", "评审结论文号或名称", func(i *Item) *string { return &i.ReviewNumber }, form.Max(100), form.Column, form.Cite("A05.3"), form.Help("没有文号的填评审报告名称；几项同出一份结论的填同一个")),
		form.DateField("reviewed_on", "评审结论日期", func(i *Item) *calendar.Date { return &i.ReviewedOn }, form.Column, form.Cite("A05.3")),
		form.MoneyField("proposed", "建议安排", func(i *Item) *money.Fen { return &i.Proposed }, form.Column),
		form.ChoiceField("grade", "上次绩效自评", performance.Grades, func(i *Item) *string { return &i.Grade }, form.ReadOnly, form.Column, form.Cite("A13.3")),
		form.ChoiceField("unit_grade", "单位最低等次", performance.Grades, func(i *Item) *string { return &i.UnitGrade }, form.ReadOnly, form.Column, form.Cite("A13.3")),
		form.TextField("remark", "备注", func(i *Item) *string { return &i.Remark }, form.Max(200)),
	}},
	form.Section{Key: "known", Title: "来自申报", Fields: []form.Field{
		form.TextField("line_id", "申报项标识", func(i *Item) *string { return &i.LineID }, form.ReadOnly),
		form.TextField("project_id", "项目标识", func(i *Item) *string { return &i.ProjectID }, form.ReadOnly),
		form.CheckField("struck", "未批准", func(i *Item) *bool { return &i.Struck }, form.ReadOnly),
	}},
)}
