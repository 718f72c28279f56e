package page

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// told is one thing a refusal asks for, and where.
type told struct{ Text, Href string }

// told lists what a refusal asks for in the order of the page: fields of the case,
// then its lines, where rows that lack the same are one sentence.
func (v CaseView) told() []told {
	left := maps.Clone(v.Refusal.Fields)
	var out []told
	take := func(key string) {
		if text, ok := left[key]; ok {
			out = append(out, told{text, anchorHref(v.Case, key)})
			delete(left, key)
		}
	}
	for _, d := range v.papers() {
		for _, f := range d.Input.Fields() {
			take("input/" + f.Key)
		}
	}
	for _, sec := range v.Sections {
		for _, f := range sec.Fields {
			take("form/" + f.Key)
		}
	}
	rows := map[string][]matter.Line{} // by what they lack
	var order []string
	for _, ln := range v.Case.Lines {
		var lacks []string
		for _, f := range ln.Of.Form.Fields() {
			if text, ok := left[ln.Anchor(f.Key)]; ok {
				lacks = append(lacks, text)
				delete(left, ln.Anchor(f.Key))
			}
		}
		if len(lacks) == 0 {
			continue
		}
		key := ln.Of.Title + "\n" + joinAsked(lacks)
		if rows[key] == nil {
			order = append(order, key)
		}
		rows[key] = append(rows[key], ln)
	}
	for _, key := range order {
		title, lacks, _ := strings.Cut(key, "\n")
		lines := rows[key]
		at := "/matters/" + v.Case.ID + "/lines/" + lines[0].ID
		if v.grid(lines[0].Of) && len(lines) > 1 {
			at = "#lines" + lines[0].Of.Key
		}
		out = append(out, told{title + numbers(lines) + "：" + lacks, at})
	}
	for _, key := range slices.Sorted(maps.Keys(left)) {
		take(key)
	}
	return out
}

// joinAsked says “请填写” once for several fields.
func joinAsked(texts []string) string {
	out := texts[0]
	for _, t := range texts[1:] {
		if name, ok := strings.CutPrefix(t, "请填写"); ok && strings.HasPrefix(texts[0], "请填写") {
			out += "、" + name
			continue
		}
		out += "；" + t
	}
	return out
}

// numbers names lines by their places: 第 1、3 至 5 项.
func numbers(lines []matter.Line) string {
	var parts []string
	for i := 0; i < len(lines); {
		k := i
		for k+1 < len(lines) && lines[k+1].Seq == lines[k].Seq+1 {
			k++
		}
		part := num(lines[i].Seq)
		if k > i+1 {
			part += " 至 " + num(lines[k].Seq)
		} else if k > i {
			part += "、" + num(lines[k].Seq)
		}
		parts = append(parts, part)
		i = k + 1
	}
	return "第 " + strings.Join(parts, "、") + " 项"
}

// openProblems are how many problems of a rule stand open.
const openProblems = 6

// asks are the problems of a rule as the page says them: of a required field that is
// empty, only that it is to be filled in.
func (v CaseView) asks(f measures.Finding) []measures.Problem {
	var out []measures.Problem
	for _, p := range f.Problems {
		if field := v.blank(p.Anchor); field != nil {
			p.Message = "请填写" + field.Label
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// blank is the required field of a draft that a problem is about, when it is empty.
func (v CaseView) blank(anchor string) *form.Field {
	key, ok := strings.CutPrefix(anchor, "form/")
	if !ok || !v.May {
		return nil
	}
	f, ok := v.Case.Procedure.Form.Field(key)
	if !ok || !f.Required || !f.Empty(v.Case.Form) {
		return nil
	}
	return &f
}

// early reports whether a rule can say nothing yet, for want of required fields.
func (v CaseView) early(f measures.Finding) bool {
	return len(f.Problems) > 0 && !slices.ContainsFunc(f.Problems, func(p measures.Problem) bool { return v.blank(p.Anchor) == nil })
}

var numerals = strings.Split("一二三四五六七八九十", "")

// numbered are the sections to show, their titles numbered without a gap.
func numbered(sections []form.Section, body any) []form.Section {
	var out []form.Section
	n := 0
	for _, s := range sections {
		if unfilled(s, body) {
			continue
		}
		if _, title, ok := strings.Cut(s.Title, "、"); ok && startsWithNumeral(s.Title) && n < len(numerals) {
			s.Title = numerals[n] + "、" + title
			n++
		}
		out = append(out, s)
	}
	return out
}

func startsWithNumeral(s string) bool {
	return slices.ContainsFunc(numerals, func(n string) bool { return strings.HasPrefix(s, n+"、") })
}

// foldedProblems says how many problems are folded away.
func foldedProblems(n int) string { return fmt.Sprintf("另有 %d 处", n-openProblems) }
