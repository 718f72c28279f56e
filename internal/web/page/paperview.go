package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/unitplan"
)

// formTitle heads the filled form of a case: what is applied for or registered
// is a 表, other papers have the title of their case.
func formTitle(c *matter.Case) string {
	kind := c.Procedure.Title
	switch {
	case c.Procedure.Key == unitplan.Key:
		return c.Title + "申报表"
	case strings.HasSuffix(c.Title, "申报"), strings.HasSuffix(c.Title, "申请"):
		return c.Title + "表"
	case strings.HasSuffix(kind, "登记"):
		return kind + "表"
	}
	return c.Title
}

// formRows lays fields out on paper: two short ones to a row, a long one alone.
// What only the program fills is left out while it is empty; what people left
// empty stays to be seen.
func formRows(fields []form.Field, body any) [][]form.Field {
	var rows [][]form.Field
	half := false // the last row has room
	for _, f := range fields {
		if internal(f) || f.ReadOnly && f.Empty(body) {
			continue
		}
		long := f.Kind == form.Long || f.Kind == form.Many || utf8.RuneCountInString(f.Show(body)) > 22
		switch {
		case long:
			rows, half = append(rows, []form.Field{f}), false
		case half:
			rows[len(rows)-1], half = append(rows[len(rows)-1], f), false
		default:
			rows, half = append(rows, []form.Field{f}), true
		}
	}
	return rows
}

// lineGroup is the lines of one kind in a case.
type lineGroup struct {
	Of    *matter.Lines
	Lines []matter.Line
}

func lineGroups(c *matter.Case) []lineGroup {
	var out []lineGroup
	for _, ln := range c.Lines {
		if n := len(out); n > 0 && out[n-1].Of == ln.Of {
			out[n-1].Lines = append(out[n-1].Lines, ln)
		} else {
			out = append(out, lineGroup{ln.Of, []matter.Line{ln}})
		}
	}
	return out
}

// listed are the columns of a list the program gives, but for the long texts that stand
// in other cases; nil where they take more room than a row has.
func (g lineGroup) listed() []form.Field {
	if !g.Of.Fixed {
		return nil
	}
	var cols []form.Field
	declared := false
	for _, f := range g.Of.Form.Fields() {
		used := slices.ContainsFunc(g.Lines, func(ln matter.Line) bool { return !f.Empty(ln.Body) })
		switch {
		case !used || internal(f) || f.ReadOnly && f.Kind == form.Long:
		case f.Kind == form.Long && !f.ReadOnly && !f.Column:
			return nil
		default:
			declared = declared || f.Column
			cols = append(cols, f)
		}
	}
	if !declared || len(cols) > 9 {
		return nil
	}
	return cols
}

// columns are the fields of lines that are short enough for one table, those
// that no line has left out; nil when each line needs a table of its own.
func (g lineGroup) columns() []form.Field {
	if cols := g.listed(); cols != nil {
		return cols
	}
	var cols []form.Field
	for _, f := range g.Of.Form.Fields() {
		used := false
		for _, ln := range g.Lines {
			used = used || !f.Empty(ln.Body)
			if utf8.RuneCountInString(f.Show(ln.Body)) > 40 {
				return nil
			}
		}
		if used && !internal(f) {
			cols = append(cols, f)
		}
	}
	if len(cols) > 6 {
		return nil
	}
	return cols
}
