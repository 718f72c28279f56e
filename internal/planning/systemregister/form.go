package systemregister

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/registry"
)

// Register is the head of a registration.
type Register struct{ Contact, ContactPhone, Remark string }

// System is one system of it.
type System struct {
	Name, Normal, Functions, State, ReplacedBy string
	RetiredOn                                  calendar.Date
	Sheet                                      registry.Sheet
}

var registerForm = form.For[Register](form.Section{Key: "contact", Title: "一、登记单位", Fields: []form.Field{
	form.TextField("contact", "联系人", func(r *Register) *string { return &r.Contact }, form.Max(30), form.Required),
	form.TextField("contact_phone", "联系电话", func(r *Register) *string { return &r.ContactPhone }, form.Max(30), form.Required),
	form.LongField("remark", "说明", func(r *Register) *string { return &r.Remark }, form.Max(1000)),
}})

var systemForm = form.For[System](append([]form.Section{{Key: "system", Title: "系统", Clauses: []string{"A06.1"}, Fields: []form.Field{
	form.TextField("name", "系统名称", func(y *System) *string { return &y.Name }, form.Max(100), form.Required),
	form.LongField("functions", "主要功能", func(y *System) *string { return &y.Functions }, form.Max(2000), form.Column),
	// system_state, since a line has a state of its own in its table.
	form.ChoiceField("system_state", "系统状态", registry.SystemStates, func(y *System) *string { return &y.State }, form.Required, form.Column),
	form.TextField("replaced_by", "由哪个系统替代", func(y *System) *string { return &y.ReplacedBy }, form.Max(100), form.Help("停用或整合的填写替代它的系统名称")),
	form.DateField("retired_on", "停用日期", func(y *System) *calendar.Date { return &y.RetiredOn }, form.Cite("A26.1"),
		form.Help("只登记 2025-12-01 以前已经停用的系统；在用系统停用走“系统停用”")),
}}}, registry.SheetSections(func(y *System) *registry.Sheet { return &y.Sheet })...)...)

var systems = &matter.Lines{
	Table: "system_line", Title: "系统", Max: 300, Form: systemForm,
	Derive:  func(v any) { y := v.(*System); y.Normal = hanzi.NormalName(y.Name) },
	Derived: []form.Field{form.TextField("normal_name", "规范名称", func(y *System) *string { return &y.Normal })},
}
