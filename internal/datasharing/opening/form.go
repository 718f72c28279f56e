// Package opening opens a data resource to the public (数据开放, Article 24): what
// is sensitive is de-identified by one person and verified by another first. That
// gate stands where the resource is opened, whatever came before, and is judged by
// the catalogue as it stands that day. When a later change of the catalogue is not
// borne by what was de-identified, the opening lapses by itself.
package opening

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
)

// Key names the procedure in URLs and the record.
const Key = "data-opening"

// Methods of de-identification.
var Methods = []form.Option{{ID: "mask", Label: "掩码"}, {ID: "generalise", Label: "泛化"}, {ID: "substitute", Label: "置换"}, {ID: "remove", Label: "删除"}, {ID: "encrypt", Label: "加密"}}

// Opening is how a resource is opened.
type Opening struct {
	Resource, Code, OpenType, Condition, Sensitive string // filled by the program
	Masker, Tool, Scope, Remark                    string
	MaskedOn                                       calendar.Date

	Verifier, Verified, Platform, Address string
	VerifiedOn, OpenedOn, ClosedOn        calendar.Date
}

var openingForm = form.For[Opening](
	form.Section{Key: "resource", Title: "开放的资源", Clauses: []string{"A24.1"}, Fields: []form.Field{
		form.TextField("resource", "资源名称", func(o *Opening) *string { return &o.Resource }, form.ReadOnly),
		form.TextField("code", "资源代码", func(o *Opening) *string { return &o.Code }, form.ReadOnly),
		form.ChoiceField("open_type", "开放类型", catalogue.OpenTypes, func(o *Opening) *string { return &o.OpenType }, form.ReadOnly),
		form.LongField("open_condition", "开放条件", func(o *Opening) *string { return &o.Condition }, form.ReadOnly),
		form.LongField("sensitive", "需要脱敏的", func(o *Opening) *string { return &o.Sensitive }, form.ReadOnly),
		form.LongField("scope", "开放的内容", func(o *Opening) *string { return &o.Scope }, form.Required, form.Max(500), form.Help("向社会开放哪些信息项、哪个范围")),
	}},
	form.Section{Key: "masking", Title: "脱敏", Clauses: []string{"A24.3"}, Fields: []form.Field{
		form.TextField("masker", "脱敏人", func(o *Opening) *string { return &o.Masker }, form.Max(30), form.Help("含敏感数据的必填；由另一人复核")),
		form.DateField("masked_on", "脱敏日期", func(o *Opening) *calendar.Date { return &o.MaskedOn }),
		form.TextField("tool", "脱敏工具", func(o *Opening) *string { return &o.Tool }, form.Max(100)),
		form.LongField("remark", "说明", func(o *Opening) *string { return &o.Remark }, form.Max(500)),
	}},
	form.Section{Key: "opened", Title: "复核和开放", Clauses: []string{"A24.3"}, Fields: []form.Field{
		form.TextField("verifier", "复核人", func(o *Opening) *string { return &o.Verifier }, form.ReadOnly),
		form.DateField("verified_on", "复核日期", func(o *Opening) *calendar.Date { return &o.VerifiedOn }, form.ReadOnly),
		form.LongField("verified", "复核意见", func(o *Opening) *string { return &o.Verified }, form.ReadOnly),
		form.TextField("platform", "开放平台", func(o *Opening) *string { return &o.Platform }, form.ReadOnly),
		form.TextField("address", "开放网址", func(o *Opening) *string { return &o.Address }, form.ReadOnly),
		form.DateField("opened_on", "开放日期", func(o *Opening) *calendar.Date { return &o.OpenedOn }, form.ReadOnly),
		form.DateField("closed_on", "停止开放", func(o *Opening) *calendar.Date { return &o.ClosedOn }, form.ReadOnly),
	}},
)

// Mask is how one item was de-identified (脱敏).
type Mask struct{ Item, Method, How string }

var masks = &matter.Lines{Table: "opening_mask", Title: "脱敏字段", Max: catalogue.MaxItems, Form: form.For[Mask](form.Section{Key: "mask", Title: "脱敏字段", Clauses: []string{"A24.3"}, Fields: []form.Field{
	form.TextField("item", "信息项", func(m *Mask) *string { return &m.Item }, form.Required, form.Max(100), form.Column),
	form.ChoiceField("method", "方法", Methods, func(m *Mask) *string { return &m.Method }, form.Required, form.Column),
	form.TextField("how", "规则", func(m *Mask) *string { return &m.How }, form.Required, form.Max(200), form.Column, form.Help("如“只留姓”“只留出生年”“不开放这一项”")),
}})}

// Verification is the check of what was de-identified, by another person (复核).
type Verification struct {
	Verifier, Note string
	On             calendar.Date
}

var verificationForm = form.For[Verification](form.Section{Key: "verification", Title: "复核脱敏", Clauses: []string{"A24.3"}, Fields: []form.Field{
	form.TextField("verifier", "复核人", func(v *Verification) *string { return &v.Verifier }, form.Required, form.Max(30), form.Help("脱敏人、填报人以外的人")),
	form.DateField("on_date", "复核日期", func(v *Verification) *calendar.Date { return &v.On }, form.Required),
	form.LongField("note", "复核意见", func(v *Verification) *string { return &v.Note }, form.Required, form.Max(500), form.Help("抽查了多少条，能不能还原到个人、企业")),
}})

// Publication says where the resource was opened.
type Publication struct {
	Platform, Address string
	On                calendar.Date
}

var publicationForm = form.For[Publication](form.Section{Key: "publication", Title: "开放", Clauses: []string{"A24.3"}, Fields: []form.Field{
	form.TextField("platform", "开放平台", func(p *Publication) *string { return &p.Platform }, form.Required, form.Max(100), form.Help("如贵州省政府数据开放平台六盘水专区")),
	form.TextField("address", "开放网址", func(p *Publication) *string { return &p.Address }, form.Max(200)),
	form.DateField("on_date", "开放日期", func(p *Publication) *calendar.Date { return &p.On }, form.Required),
}})
