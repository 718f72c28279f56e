package interpretation

import (
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// Kinds of notes, Article 37.
const (
	Reading = "reading" // 解释: the bureau alone
	Rules   = "rules"   // 细则: made with the offices concerned
)

// Kinds with the words of the Measures.
var Kinds = []form.Option{{ID: Reading, Label: "解释"}, {ID: Rules, Label: "实施细则"}}

// Draft is the note a case publishes.
type Draft struct {
	Kind, Title, Number, Text, Replaces                string
	From                                               calendar.Date
	Finance, NDRC, CAC, Secrecy, Police, EGov, Service bool // 会同
	Others                                             string
}

// offices lists with whom the note was made.
func (d *Draft) offices() []string {
	var out []string
	for _, o := range []struct {
		with bool
		name string
	}{{d.Finance, identity.OfficeName(identity.Finance)}, {d.NDRC, identity.OfficeName(identity.NDRC)}, {d.CAC, identity.OfficeName(identity.CAC)}, {d.Secrecy, identity.OfficeName(identity.Secrecy)},
		{d.Police, identity.OfficeName(identity.Police)}, {d.EGov, identity.OfficeName(identity.EGov)}, {d.Service, identity.OfficeName(identity.Service)}} {
		if o.with {
			out = append(out, o.name)
		}
	}
	if other := strings.TrimSpace(d.Others); other != "" {
		out = append(out, other)
	}
	return out
}

var draftForm = form.For[Draft](
	form.Section{Key: "note", Title: "一、文件", Clauses: []string{"A37.1"}, Fields: []form.Field{
		form.ChoiceField("kind", "种类", Kinds, func(d *Draft) *string { return &d.Kind }, form.Required),
		form.TextField("title", "标题", func(d *Draft) *string { return &d.Title }, form.Required),
		form.TextField("number", "文号", func(d *Draft) *string { return &d.Number }, form.Max(60), form.Required, form.Help("如 六盘水数发〔2026〕3号")),
		form.DateField("from_on", "施行日期", func(d *Draft) *calendar.Date { return &d.From }, form.Required),
		form.TextField("replaces", "代替的文号", func(d *Draft) *string { return &d.Replaces }, form.Max(60), form.Help("代替已发布的解释或细则时填写；原件自施行之日起失效")),
		form.LongField("text", "正文", func(d *Draft) *string { return &d.Text }, form.Max(20000), form.Required, form.Help("公开发布，不得写入涉密内容")),
	}},
	form.Section{Key: "with", Title: "二、会同部门", Clauses: []string{"A37.1"}, Fields: []form.Field{
		office("finance", identity.Finance, func(d *Draft) *bool { return &d.Finance }), office("ndrc", identity.NDRC, func(d *Draft) *bool { return &d.NDRC }),
		office("cac", identity.CAC, func(d *Draft) *bool { return &d.CAC }), office("secrecy", identity.Secrecy, func(d *Draft) *bool { return &d.Secrecy }),
		office("police", identity.Police, func(d *Draft) *bool { return &d.Police }), office("egov", identity.EGov, func(d *Draft) *bool { return &d.EGov }),
		office("service", identity.Service, func(d *Draft) *bool { return &d.Service }),
		form.TextField("others", "其他部门", func(d *Draft) *string { return &d.Others }, form.Help("用顿号分开")),
	}},
)

func office(key, code string, at func(*Draft) *bool) form.Field {
	return form.CheckField("with_"+key, identity.OfficeName(code), at)
}

// Place is a sentence the note belongs to.
type Place struct{ Sentence string }

var places = &matter.Lines{Table: "interpretation_sentence", Title: "条文", Max: 80, Form: form.For[Place](form.Section{Key: "sentence", Title: "解释的条文", Clauses: []string{"A37.1"}, Fields: []form.Field{
	form.ChoiceField("sentence", "条文", sentences(), func(p *Place) *string { return &p.Sentence }, form.Required),
}})}

// sentences are the choices: article and the first words.
func sentences() []form.Option {
	var out []form.Option
	for _, s := range measures.Sentences() {
		out = append(out, form.Option{ID: s.ID, Label: fmt.Sprintf("第%d条：%s", s.Article, begin(measures.Readable(s.Text)))})
	}
	return out
}

func begin(text string) string {
	if r := []rune(text); len(r) > 28 {
		return string(r[:28]) + "…"
	}
	return text
}
