package scope

import (
	"zhengcheng/internal/form"
)

// Declaration is what the bureau declares about a project.
type Declaration struct {
	Name, Code, Unit, Class, UnitID string
	Ground, Clause, Reason          string
}

// grounds of a declaration: chapters of the standard, or the Measures.
var grounds = []form.Option{
	{ID: "definition", Label: "GB/T 40692—2021 第4章（政务信息系统的定义）"},
	{ID: "range", Label: "GB/T 40692—2021 第5章（政务信息系统的范围）"},
	{ID: "measures", Label: "《办法》第3条"},
}

func (d *Declaration) cited() string { return form.Label(grounds, d.Ground) + " " + d.Clause }

var declarationForm = form.For[Declaration](
	form.Section{Key: "project", Title: "一、项目", Clauses: []string{"A03.2"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(d *Declaration) *string { return &d.Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(d *Declaration) *string { return &d.Code }, form.ReadOnly),
		form.TextField("unit", "申报单位", func(d *Declaration) *string { return &d.Unit }, form.ReadOnly),
		form.TextField("class", "所选系统类别", func(d *Declaration) *string { return &d.Class }, form.ReadOnly),
		form.TextField("owner_id", "申报单位标识", func(d *Declaration) *string { return &d.UnitID }, form.ReadOnly),
	}},
	form.Section{Key: "declaration", Title: "二、认定", Clauses: []string{"A03.2"}, Fields: []form.Field{
		form.ChoiceField("ground", "依据", grounds, func(d *Declaration) *string { return &d.Ground }, form.Required),
		form.TextField("clause", "条款", func(d *Declaration) *string { return &d.Clause }, form.Required, form.Help("条号或原文，如 4.1")),
		form.LongField("reason", "理由", func(d *Declaration) *string { return &d.Reason }, form.Max(2000), form.Required),
	}},
)
