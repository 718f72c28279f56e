// Package responsibility is the list of what a unit shares and opens
// (数据共享开放责任清单, Article 25). The clerk generates it from the published
// entries of the unit's catalogue, which are copied and frozen; the head signs it,
// and from then on it stands until a newer one is signed. The bureau files it,
// which is not an approval. The citywide list is the newest signed list of every
// unit; what may not be shared any more is left out of it at once.
package responsibility

import (
	"encoding/json"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
)

// Key names the procedure in URLs and the record.
const Key = "responsibility"

// MostLines is how many entries one list takes.
const MostLines = 2000

// List is the head of a responsibility list.
type List struct {
	Unit    string
	Version int64
	Drawn   calendar.Date // when it was generated from the catalogue
	Before  string        // case of the version it is compared with
	Former  string        // what that is called
}

var listForm = form.For[List](form.Section{Key: "list", Title: "责任清单", Clauses: []string{"A25.1"}, Fields: []form.Field{
	form.TextField("unit", "编制单位", func(l *List) *string { return &l.Unit }, form.ReadOnly),
	form.IntField("version", "版次", func(l *List) *int64 { return &l.Version }, form.ReadOnly),
	form.DateField("drawn_on", "生成日期", func(l *List) *calendar.Date { return &l.Drawn }, form.ReadOnly),
	form.TextField("former", "上一版", func(l *List) *string { return &l.Former }, form.ReadOnly),
	form.TextField("before", "上一版案卷", func(l *List) *string { return &l.Before }, form.Hidden),
}})

// Line is one entry of the list: what Article 25 names, who answers for it, and
// the entry it was copied from as exports give it.
type Line struct {
	Name, Items, Cycle, Service, Provision string
	Office, Keeper, Code                   string
	Resource, Entry                        string
}

var lines = &matter.Lines{Table: "responsibility_line", Title: "清单事项", Max: MostLines, Fixed: true, Form: form.For[Line](form.Section{Key: "line", Title: "清单事项", Clauses: []string{"A25.1"}, Fields: []form.Field{
	form.TextField("name", "共享开放信息名称", func(l *Line) *string { return &l.Name }, form.ReadOnly),
	form.LongField("items", "信息项", func(l *Line) *string { return &l.Items }, form.ReadOnly, form.Column, form.Help("敏感和不共享的信息项不列")),
	form.TextField("cycle", "数据更新周期", func(l *Line) *string { return &l.Cycle }, form.ReadOnly, form.Column),
	form.LongField("service", "共享开放服务方式", func(l *Line) *string { return &l.Service }, form.ReadOnly, form.Column),
	form.TextField("provision", "数据提供方式", func(l *Line) *string { return &l.Provision }, form.ReadOnly, form.Column),
	form.TextField("office", "责任科室", func(l *Line) *string { return &l.Office }, form.ReadOnly, form.Column),
	form.TextField("keeper", "责任人", func(l *Line) *string { return &l.Keeper }, form.ReadOnly, form.Column),
	form.TextField("code", "目录代码", func(l *Line) *string { return &l.Code }, form.ReadOnly, form.Column),
	form.TextField("resource_id", "目录", func(l *Line) *string { return &l.Resource }, form.Hidden),
	form.LongField("entry", "目录原文", func(l *Line) *string { return &l.Entry }, form.Hidden),
}})}

// lineOf copies an entry of the catalogue. How a service is offered is its sharing
// and its opening type with their conditions; how data are provided is the way
// they are handed over: the Measures name both and define neither.
func lineOf(e catalogue.Shareable) *Line {
	raw, err := json.Marshal(e)
	if err != nil {
		panic(err) // strings, flags and dates always marshal
	}
	return &Line{Name: e.Name, Items: names(e.Items), Cycle: cycleOf(e), Service: serviceOf(e), Provision: form.Label(catalogue.Ways, e.Way),
		Office: e.Office, Keeper: e.Keeper, Code: e.Code, Resource: e.ID, Entry: string(raw)}
}

func entryOf(text string) (catalogue.Shareable, error) {
	var e catalogue.Shareable
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		return e, fmt.Errorf("decode entry of a responsibility list: %w", err)
	}
	return e, nil
}

func names(items []catalogue.SharedItem) string {
	out := make([]string, len(items))
	for i, it := range items {
		out[i] = it.Name
	}
	return strings.Join(out, "、")
}

func cycleOf(e catalogue.Shareable) string {
	return with(form.Label(catalogue.Cycles, e.Cycle), e.CycleNote)
}

// with adds in brackets what a choice is subject to.
func with(label, condition string) string {
	if condition == "" {
		return label
	}
	return label + "（" + condition + "）"
}

func serviceOf(e catalogue.Shareable) string {
	return with(form.Label(catalogue.ShareTypes, e.ShareType), e.ShareCondition) + "；" + with(form.Label(catalogue.OpenTypes, e.OpenType), e.OpenCondition)
}
