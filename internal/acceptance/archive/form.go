package archive

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
)

// Acceptance is the archive acceptance of a project as its unit records it.
type Acceptance struct {
	Name, Code, Kind           string
	Version                    int64
	Organiser, Result, Opinion string
	On                         calendar.Date
	Mend                       string
}

// Results of an archive acceptance.
const (
	Qualified   = "qualified"
	Unqualified = "unqualified"
)

// Results are the words for them.
var Results = []form.Option{{ID: Qualified, Label: "合格"}, {ID: Unqualified, Label: "不合格（整改）"}}

var acceptanceForm = form.For[Acceptance](
	form.Section{Key: "project", Title: "一、项目", Clauses: []string{"A21.1"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(a *Acceptance) *string { return &a.Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(a *Acceptance) *string { return &a.Code }, form.ReadOnly),
		form.TextField("kind", "建设性质", func(a *Acceptance) *string { return &a.Kind }, form.ReadOnly),
		form.IntField("list_version", "归档清单版本", func(a *Acceptance) *int64 { return &a.Version }, form.ReadOnly),
	}},
	form.Section{Key: "result", Title: "二、档案验收结果", Clauses: []string{"A21.1"}, Fields: []form.Field{
		form.TextField("organiser", "组织单位", func(a *Acceptance) *string { return &a.Organiser }, form.Max(100), form.Required),
		form.DateField("accepted_on", "验收日期", func(a *Acceptance) *calendar.Date { return &a.On }, form.Required),
		form.ChoiceField("result", "验收结果", Results, func(a *Acceptance) *string { return &a.Result }, form.Required, form.Cite("A21.1")),
		form.LongField("opinion", "验收意见", func(a *Acceptance) *string { return &a.Opinion }, form.Max(2000), form.Required),
		form.LongField("mend", "整改要求", func(a *Acceptance) *string { return &a.Mend }, form.Max(2000), form.Help("不合格的，写明要整改什么；整改后另行验收")),
	}},
)

// Item is a row of the archive list.
type Item struct {
	Title, Key, Category, Stage string
	Must                        bool
	Files                       string // names of the attachments that exist
	Status, Reason              string
	Medium, Retention, Place    string
}

var items = &matter.Lines{Table: "archive_item", Title: "归档材料", Max: 60, Fixed: true, Form: form.For[Item](form.Section{Key: "item", Title: "归档材料", Clauses: []string{"A21.1"}, Fields: []form.Field{
	form.TextField("title", "材料", func(i *Item) *string { return &i.Title }, form.ReadOnly),
	form.TextField("item", "编号", func(i *Item) *string { return &i.Key }, form.ReadOnly),
	form.TextField("category", "类别", func(i *Item) *string { return &i.Category }, form.ReadOnly, form.Column),
	form.TextField("stage", "阶段", func(i *Item) *string { return &i.Stage }, form.ReadOnly),
	form.CheckField("must", "必备", func(i *Item) *bool { return &i.Must }, form.ReadOnly, form.Column),
	form.LongField("files", "案卷中已有的附件", func(i *Item) *string { return &i.Files }, form.ReadOnly),
	form.ChoiceField("status", "归档情况", statuses, func(i *Item) *string { return &i.Status }, form.Column),
	form.LongField("reason", "说明", func(i *Item) *string { return &i.Reason }, form.Max(500), form.Help("缺的写明原因和补齐时间；不涉及的写明理由"), form.Column),
	form.ChoiceField("medium", "载体", media, func(i *Item) *string { return &i.Medium }),
	form.ChoiceField("retention", "保管期限", retentions, func(i *Item) *string { return &i.Retention }, form.Column),
	form.TextField("place", "存放位置", func(i *Item) *string { return &i.Place }, form.Max(100)),
}})}
