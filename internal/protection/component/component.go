package component

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "component"

// Declaration is what a unit says of the parts of what a project built.
type Declaration struct {
	Name, Code, Kind          string
	On                        calendar.Date
	Standards, Reason, Remark string
}

var declarationForm = form.For[Declaration](
	form.Section{Key: "project", Title: "项目", Clauses: []string{"A29.3"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(d *Declaration) *string { return &d.Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(d *Declaration) *string { return &d.Code }, form.ReadOnly),
		form.ChoiceField("build_kind", "建设性质", registry.BuildKinds, func(d *Declaration) *string { return &d.Kind }, form.ReadOnly),
	}},
	form.Section{Key: "parts", Title: "关键部件", Clauses: []string{"A29.3"}, Fields: []form.Field{
		form.DateField("checked_on", "部件验收日期", func(d *Declaration) *calendar.Date { return &d.On }, form.Help("到货验收的日期，测评结果在这一天应当有效")),
		form.LongField("standards", "执行的政府采购需求标准", func(d *Declaration) *string { return &d.Standards }, form.Max(1000), form.Help("写明标准名称和年份；采购的种类没有标准的照实写明")),
		form.LongField("none", "没有关键部件的理由", func(d *Declaration) *string { return &d.Reason }, form.Max(500), form.Help("没有采购关键部件的填写，如只使用政务云已有资源；填写了就不列部件")),
		form.LongField("remark", "说明", func(d *Declaration) *string { return &d.Remark }, form.Max(1000)),
	}},
)

// Part is one kind of part as it was put in.
type Part struct {
	Kind, Product, Version, Vendor, Grade, Notice, Normal string
	Quantity                                              int64
}

var parts = &matter.Lines{Table: "component_line", Title: "部件", Max: 200, Form: form.For[Part](form.Section{Key: "part", Title: "部件", Clauses: []string{"A29.3"}, Fields: []form.Field{
	form.ChoiceField("kind", "种类", Kinds, func(p *Part) *string { return &p.Kind }, form.Required, form.Column),
	form.TextField("product", "产品名称", func(p *Part) *string { return &p.Product }, form.Max(100), form.Required, form.Column),
	form.TextField("version", "型号版本", func(p *Part) *string { return &p.Version }, form.Max(100), form.Column),
	form.TextField("vendor", "单位名称", func(p *Part) *string { return &p.Vendor }, form.Max(100)),
	form.IntField("quantity", "数量", func(p *Part) *int64 { return &p.Quantity }, form.Required, form.Column),
	form.ChoiceField("grade", "等级", Grades, func(p *Part) *string { return &p.Grade }, form.Column),
	form.TextField("notice_no", "公告号", func(p *Part) *string { return &p.Notice }, form.Max(60), form.Column, form.Help("“其他”种类的部件没有等级和公告号的不填")),
}}),
	Derive:  func(v any) { p := v.(*Part); p.Normal = normal(p.Product, p.Version) },
	Derived: []form.Field{form.TextField("normal_name", "规范名称", func(p *Part) *string { return &p.Normal })},
}

var stages = []string{string(registry.Approved), string(registry.Building), string(registry.Accepted), string(registry.Operating)}

// Declaring is the procedure.
func Declaring() *matter.Procedure {
	states, flow := protection.Filing("关键部件登记", matter.JudgeBy(gather, Rules()...), keep)
	return &matter.Procedure{
		Key: Key, Title: "关键部件登记", Clauses: []string{"A29.3", "A05.1"}, States: states, Flow: flow, Form: declarationForm, Lines: parts, Start: identity.OwnerClerk,
		About: matter.Subject{Kind: matter.AboutProject, Stages: stages}, Replaces: true, Params: []measures.Param{ValidMonths},
		Needs: []matter.Need{{Kind: "delivery", Label: "到货验收单", Clause: "A29.3"}, {Kind: "notice", Label: "安全可靠测评结果公告", Clause: "A29.3"}},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			p, err := registry.OwnSubject(ctx, q, c, stages)
			d := matter.FormOf[Declaration](c)
			d.Name, d.Code, d.Kind, c.Year = p.Name, p.Code, p.BuildKind, p.Year
			return nil, err
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Declaration](c).Name + " 关键部件登记" },
	}
}

// keep puts the parts on record, with what is wrong with them.
func keep(ctx context.Context, d *matter.Doing) error {
	c, f := d.Case, matter.FormOf[Declaration](d.Case)
	facts, err := gather(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	d.Mark(c.SubjectID, measures.Checks(Rules()...), facts)
	r := protection.Record{Subject: c.SubjectID, Kind: protection.Components, On: f.On, Number: string(facts.List), OpenRisks: int64(len(facts.short(c.Values)))}
	if len(facts.Parts) > 0 {
		r.Level, r.Conclusion = 1, protection.Conforms
	}
	if r.OpenRisks > 0 {
		r.Conclusion = protection.NotConform
	}
	return protection.Put(ctx, d, r)
}

// Standing is how the parts of a project stand, held against the list of today.
type Standing struct {
	MatterID string
	On       calendar.Date
	None     string // why there are no parts
	List     calendar.Date
	Parts    int
	Short    []string // what is wrong, part by part
}

// Says is the standing in a sentence.
func (s Standing) Says() string {
	switch {
	case s.None != "":
		return s.None
	case s.List == "":
		return "按申报记录，清单尚未导入，未核对清单"
	}
	return "已按 " + string(s.List) + " 的清单核对"
}

// StandingOf reads the newest parts on record of a project; the zero value when there are none.
func StandingOf(ctx context.Context, q db.Querier, project registry.Project, v measures.Values) (Standing, error) {
	r, err := protection.Of(ctx, q, project.ID, protection.Components, 0)
	if err != nil || r.MatterID == "" {
		return Standing{}, err
	}
	d, err := matter.StoredForm[Declaration](ctx, q, declarationForm, r.MatterID)
	if err != nil {
		return Standing{}, err
	}
	rows, err := db.All(ctx, q, func(s db.Scanner) (numbered, error) {
		var n numbered
		err := s.Scan(&n.seq, &n.Kind, &n.Product, &n.Version, &n.Grade, &n.Notice)
		return n, err
	}, `SELECT seq, kind, product, version, grade, notice_no FROM component_line WHERE matter_id = $1 ORDER BY seq`, r.MatterID)
	if err != nil {
		return Standing{}, err
	}
	f := Facts{CheckedOn: d.On, New: d.Kind == registry.New, Reason: hanzi.Given(d.Reason), Standards: hanzi.Given(d.Standards)}
	if err := f.hold(ctx, q, project.Jurisdiction, rows); err != nil {
		return Standing{}, err
	}
	out := Standing{MatterID: r.MatterID, On: d.On, List: f.List, Parts: len(rows), Short: f.short(v)}
	if len(rows) == 0 {
		out.None = d.Reason
	}
	return out, nil
}

type numbered struct {
	seq int64
	Part
}
