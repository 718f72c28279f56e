package page

import (
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

// lineColumns are the fields a table of lines shows: those declared as columns,
// otherwise the name, then choices and amounts, and all short ones of rows the
// program lists; at most five.
func lineColumns(l *matter.Lines) []form.Field {
	all := l.Form.Fields()
	out := all[:1:1]
	if i := slices.IndexFunc(all, func(f form.Field) bool { return f.Column }); i >= 0 {
		for _, f := range all[1:] {
			if f.Column {
				out = append(out, f)
			}
		}
		return out
	}
	for _, f := range all[1:] {
		if len(out) < 5 && !internal(f) && (f.Required || f.Kind == form.Money || f.Kind == form.Long && len(all) <= 5 || l.Fixed && f.Kind != form.Long) {
			out = append(out, f)
		}
	}
	return out
}

// gridLines bounds the lines that are filled in within their table.
const gridLines = 300

// grid reports whether the lines are filled in within their table.
func (v CaseView) grid(g *matter.Lines) bool {
	return v.May && len(v.Case.LinesOf(g.Key)) <= gridLines && slices.ContainsFunc(g.Form.Fields(), func(f form.Field) bool { return f.Column && !f.ReadOnly })
}

// stated reports whether the table of lines says their states: those that the
// program lists only where they differ.
func (v CaseView) stated(g *matter.Lines) bool {
	lines := v.Case.LinesOf(g.Key)
	return !g.Fixed || slices.ContainsFunc(lines, func(ln matter.Line) bool { return ln.State != lines[0].State })
}

// fillable reports whether a cell of the grid is an input.
func fillable(ln matter.Line, f form.Field) bool {
	return f.Column && !f.ReadOnly && (ln.State == matter.LineDraft || ln.State == matter.LineReturned)
}

func nameOr(s string) string {
	if s == "—" {
		return "（未填名称）"
	}
	return s
}

func lineState(c *matter.Case, s string) string {
	if s == matter.LineReturned && !c.StateDef().Edit {
		return "—"
	}
	return map[string]string{matter.LineDraft: "填报中", matter.LineHeld: "已提交", matter.LineReturned: "待修改", matter.LineAccepted: "已备案"}[s]
}

// internal fields hold ids and copies for exports; people never see them.
func internal(f form.Field) bool {
	return f.Hidden || f.ReadOnly && (strings.HasSuffix(f.Key, "_id") || f.Key == "key" || f.Key == "item") || f.Key == "unit_id"
}

// unfilled sections are those the program fills and has not yet.
func unfilled(s form.Section, body any) bool {
	for _, f := range s.Fields {
		if !f.ReadOnly || !f.Empty(body) {
			return false
		}
	}
	return true
}

// split parts fields into those to show with their values and the names of
// those that are empty.
func split(fields []form.Field, body any) (filled []form.Field, blank string) {
	var empty []string
	for _, f := range fields {
		switch {
		case internal(f):
		case f.Empty(body) && !f.ReadOnly:
			empty = append(empty, f.Label)
		case !f.Empty(body):
			filled = append(filled, f)
		}
	}
	return filled, strings.Join(empty, "、")
}

// lineSums are the sums of the money columns of at least two lines, nil when
// there is nothing to add. A price is no sum, and what is cumulative is one already.
func lineSums(lines []matter.Line, cols []form.Field) []string {
	if len(lines) < 2 {
		return nil
	}
	out, any := make([]string, len(cols)), false
	for i, f := range cols {
		if f.Kind != form.Money || f.Key == "price" || f.Cumulative {
			continue
		}
		var sum money.Fen
		for _, ln := range lines {
			sum += money.Fen(f.Raw(ln.Body).(int64))
		}
		out[i], any = sum.Wan(), true
	}
	if !any {
		return nil
	}
	return out
}

func lineChange(kind string) string {
	return map[string]string{"added": "新增", "removed": "删去", "changed": "有改动"}[kind]
}

func filesOf(all []attachment.File, kind string) []attachment.File {
	var out []attachment.File
	for _, f := range all {
		if f.Kind == kind {
			out = append(out, f)
		}
	}
	return out
}

func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", max(1, n>>10))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

func answerOf(v CaseView, f measures.Finding) string {
	if a := v.Answers[f.RuleID]; a != "" {
		return a
	}
	return f.Reason
}

// earlier reports whether an older version was handed in before entry i.
func earlier(all []matter.Entry, i int) bool {
	for _, n := range all[i+1:] {
		if n.Frozen {
			return true
		}
	}
	return false
}

// offer fills the choices of kept lists into a copy of the sections.
func offer(sections []form.Section, offers map[string][]form.Option) []form.Section {
	out := slices.Clone(sections)
	for i := range out {
		out[i].Fields = slices.Clone(out[i].Fields)
		for k := range out[i].Fields {
			if f := &out[i].Fields[k]; f.List != "" {
				f.Options = offers[f.List]
			}
		}
	}
	return out
}

func offered(f form.Field, chosen []string) []form.Option {
	out := slices.Clone(f.Options)
	for _, c := range chosen {
		if !slices.ContainsFunc(out, func(o form.Option) bool { return o.ID == c }) {
			out = append(out, form.Option{ID: c, Label: c + "（不在现行清单）"})
		}
	}
	return out
}

// openNeeds are how many documents that are not there yet stand open in the list.
const openNeeds = 8

// needs are the documents the case asks for: those that are there, or those that are not.
func (v CaseView) needs(there bool) []matter.Need {
	var out []matter.Need
	for _, n := range v.Case.Procedure.Needs {
		if v.Case.Has(n.Kind) == there {
			out = append(out, n)
		}
	}
	return out
}

// elsewhere are the rules that are met on the page of the project, by the card that
// offers what is to be done.
var elsewhere = map[string]string{"A21.1-archived": "#acceptance", "A17.0-contracts": "#contracts", "A17.0-contracted": "#contracts", "A19.1-breaches": "#contracts"}

// mendHref leads to what must be mended: a field of the case, or the project it is about.
func (v CaseView) mendHref(f measures.Finding, p measures.Problem) string {
	if at, ok := elsewhere[f.RuleID]; ok && v.ofProject() {
		return "/projects/" + v.Case.SubjectID + at
	}
	return anchorHref(v.Case, p.Anchor)
}
