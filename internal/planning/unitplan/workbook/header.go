package workbook

import (
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/hanzi"
)

const headRows = 15 // a header lies in the first rows with content

// findHeader looks for the header: the row, or two rows, that name the most
// fields, the project name among them. Without one, Found is false and the
// columns are listed for mapping by hand.
func findHeader(g *grid, opts Options) HeaderInfo {
	var best HeaderInfo
	score := 2
	try := func(h HeaderInfo) {
		if n := h.fields(); n > score && h.has(Name) {
			best, score = h, n
			best.Found = true
		}
	}
	for i, ln := range g.lines[:min(len(g.lines), headRows)] {
		if opts.HeaderRow > 0 && ln.row != opts.HeaderRow {
			continue
		}
		one := columns(g, line{}, ln, opts.PlanYear)
		if i > 0 && g.lines[i-1].row == ln.row-1 {
			if two, ok := twoRows(g, g.lines[i-1], ln, opts.PlanYear); ok && two.fields() > one.fields() {
				try(two)
			}
		}
		try(one)
	}
	if opts.HeaderRow > 0 && !best.Found {
		best = byHand(g, opts)
	} else if !best.Found {
		best = HeaderInfo{Columns: blankColumns(g)}
		best.Found = len(opts.Mapping) > 0
	}
	best.mapByHand(opts.Mapping)
	best.resolve()
	return best
}

// byHand takes a row that a person named as the header, whatever it says.
func byHand(g *grid, opts Options) HeaderInfo {
	for _, ln := range g.lines {
		if ln.row == opts.HeaderRow {
			h := columns(g, line{}, ln, opts.PlanYear)
			h.Found = true
			return h
		}
	}
	return HeaderInfo{Found: true, First: opts.HeaderRow, Last: opts.HeaderRow, Columns: blankColumns(g)}
}

func blankColumns(g *grid) []Column {
	last := 0
	for _, ln := range g.lines {
		for c := range ln.cells {
			last = max(last, c)
		}
	}
	out := make([]Column, last)
	for i := range out {
		out[i] = Column{Letter: letter(i + 1), Confidence: Unknown}
	}
	return out
}

// columns reads the headings of a row under the merged headings of its parent.
func columns(g *grid, parent, ln line, planYear int) HeaderInfo {
	h := HeaderInfo{First: ln.row, Last: ln.row}
	two := parent.cells != nil
	if two {
		h.First = parent.row
	}
	last := 0
	for c := range ln.cells {
		last = max(last, c)
	}
	for c := range parent.cells {
		last = max(last, c)
	}
	for c := 1; c <= last; c++ {
		above, text := "", ln.cells[c].text
		if two {
			above = spread(g, parent, c)
		}
		col := Column{Letter: letter(c), Confidence: Unknown}
		switch {
		case text == "" && above == "":
			continue
		case text == "" && parent.cells[c].text == "":
			continue // under a wide heading that has no words of its own here
		case text == "":
			text, above = above, ""
		}
		col.Heading = hanzi.Tidy(text)
		if above != "" {
			col.Heading = hanzi.Tidy(above) + " / " + col.Heading
		}
		col.Field, col.Confidence = heading(above, text, planYear)
		h.Columns = append(h.Columns, col)
	}
	return h
}

// spread is the heading over a column: its own cell, or the merged cell that
// covers it.
func spread(g *grid, parent line, c int) string {
	if t := parent.cells[c].text; t != "" {
		return t
	}
	if m, ok := g.at(c, parent.row); ok && m.col2-m.col1 < 20 {
		return parent.cells[m.col1].text
	}
	return ""
}

// twoRows reads a header of two rows. Its second row must look like headings:
// at least half of its own texts are known.
func twoRows(g *grid, parent, ln line, planYear int) (HeaderInfo, bool) {
	known := 0
	for c, v := range ln.cells {
		if v.number {
			return HeaderInfo{}, false
		}
		if f, _ := heading(spread(g, parent, c), v.text, planYear); f != "" {
			known++
		}
	}
	return columns(g, parent, ln, planYear), known*2 >= len(ln.cells) && known > 0
}

func (h *HeaderInfo) fields() int {
	seen := map[Field]bool{}
	for _, c := range h.Columns {
		if c.Field != "" {
			seen[c.Field] = true
		}
	}
	return len(seen)
}

func (h *HeaderInfo) has(f Field) bool {
	return slices.ContainsFunc(h.Columns, func(c Column) bool { return c.Field == f })
}

func (h *HeaderInfo) mapByHand(m map[string]Field) {
	for l, f := range m {
		l = strings.ToUpper(strings.TrimSpace(l))
		n, _ := parseRef(l + "1")
		if n == 0 || n > MaxColumns || f != "" && !slices.Contains(Fields(), f) {
			continue
		}
		i := slices.IndexFunc(h.Columns, func(c Column) bool { return c.Letter == l })
		if i < 0 {
			h.Columns = append(h.Columns, Column{Letter: l})
			i = len(h.Columns) - 1
		}
		h.Columns[i].Field, h.Columns[i].Confidence = f, ByHand
	}
	slices.SortFunc(h.Columns, func(a, b Column) int { return colNumber(a.Letter) - colNumber(b.Letter) })
}

func colNumber(l string) int {
	n, _ := parseRef(l + "1")
	return n
}

var rank = map[Confidence]int{ByHand: 3, Exact: 2, Likely: 1}

// resolve settles columns that claim the same field: a hand-mapped one wins,
// then an exact one, then the first; the loser is marked ambiguous and left out.
func (h *HeaderInfo) resolve() {
	owner := map[Field]int{}
	for i := range h.Columns {
		f := h.Columns[i].Field
		if f == "" {
			continue
		}
		o, taken := owner[f]
		if !taken {
			owner[f] = i
			continue
		}
		loser := i
		if rank[h.Columns[i].Confidence] > rank[h.Columns[o].Confidence] {
			owner[f], loser = i, o
		}
		h.Columns[loser].Field, h.Columns[loser].Confidence = "", Ambiguous
	}
	if !h.Found {
		return
	}
	want := append([]Field{UnitName, Name, BuildKind, BasisText}, sections...)
	for _, f := range append(want, Estimate, YearAmount, Period) {
		if !h.has(f) {
			h.Missing = append(h.Missing, f)
		}
	}
	if !h.has(FundText) && !slices.ContainsFunc(h.Columns, func(c Column) bool { return fundFields[c.Field] != "" }) {
		h.Missing = append(h.Missing, FundText)
	}
}

// problems says what a person should look at in the header.
func (h *HeaderInfo) problems() []Problem {
	var out []Problem
	say := func(letter string, format string, args ...any) {
		p := Problem{Level: LevelAsk, Basis: FromPractice, Message: fmt.Sprintf(format, args...)}
		if letter != "" && h.Last > 0 {
			p.Cell, p.Row = fmt.Sprintf("%s%d", letter, h.Last), h.Last
		}
		out = append(out, p)
	}
	if !h.Found {
		say("", "没有认出表头。请指定表头所在的行，并把各列对应到项目名称、申报单位等栏目")
		return out
	}
	for _, c := range h.Columns {
		switch c.Confidence {
		case Ambiguous:
			say(c.Letter, "%s 列“%s”与另一列含义相同，没有读入，请核对列对应", c.Letter, c.Heading)
		case Unknown:
			if c.Heading != "" {
				say(c.Letter, "%s 列“%s”没有对应的栏目，没有读入", c.Letter, c.Heading)
			}
		}
	}
	for _, f := range h.Missing {
		if f != UnitName {
			say("", "没有“%s”列", f.Label())
		}
	}
	return out
}
