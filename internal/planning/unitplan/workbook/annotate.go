package workbook

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Annotated writes the sheet that was read with every problem as a comment at
// its cell: refusals red, questions yellow. Cells stand where they stood and say
// what they said; a secret row is blank but for its refusal.
//
// It is built from the preview and not from the file: the file need not be kept,
// and nothing of a secret row can come along in shared strings, caches or hidden
// sheets.
func Annotated(p *Preview) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	sheet := p.Sheet
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		sheet = "汇总表"
		if err := f.SetSheetName("Sheet1", sheet); err != nil {
			return nil, err
		}
	}
	a := annotator{f: f, sheet: sheet}
	if err := a.content(p); err != nil {
		return nil, fmt.Errorf("annotated workbook: %w", err)
	}
	if err := a.comments(p); err != nil {
		return nil, fmt.Errorf("annotated workbook comments: %w", err)
	}
	return bytesOf(f)
}

// maxComments bounds the comments: excelize takes longer for each one. Cells
// beyond it are only coloured.
const maxComments = 1000

type annotator struct {
	f     *excelize.File
	sheet string
}

func (a annotator) content(p *Preview) error {
	body := styled(a.f, &excelize.Style{Border: thin, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	bold := styled(a.f, &excelize.Style{Border: thin, Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true}})
	steps := []error{body.err, bold.err}
	for _, l := range p.Lines {
		for _, c := range l.Cells {
			steps = append(steps, a.f.SetCellValue(a.sheet, c.Ref, c.Text), a.f.SetCellStyle(a.sheet, c.Ref, c.Ref, bold.id))
		}
	}
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			steps = append(steps, a.f.SetCellValue(a.sheet, c.Ref, written(c)), a.f.SetCellStyle(a.sheet, c.Ref, c.Ref, body.id))
		}
	}
	for _, m := range p.Merges {
		if s, ok := parseSpan(m); ok && !overSecret(p, s) {
			steps = append(steps, a.f.MergeCell(a.sheet, ref(s.col1, s.row1), ref(s.col2, s.row2)))
		}
	}
	widths := map[Field]float64{Seq: 6, Name: 30, UnitName: 18, Estimate: 12, YearAmount: 12, BuildKind: 10}
	for _, c := range p.Header.Columns {
		w, ok := widths[c.Field]
		if !ok {
			w = 22
		}
		steps = append(steps, a.f.SetColWidth(a.sheet, c.Letter, c.Letter, w))
	}
	return first(steps)
}

// written is what the cell said; a number stays one.
func written(c Cell) any {
	if isMoney(c.Field) || c.Field == Seq {
		if n, err := strconv.ParseFloat(c.As, 64); err == nil && plainAmount.MatchString(c.As) {
			return n
		}
	}
	return c.As
}

// overSecret reports whether a merged range touches a secret row: its comment
// needs a cell of its own.
func overSecret(p *Preview, s span) bool {
	for _, r := range p.Rows {
		if r.Secret && s.row1 <= r.Row && r.Row <= s.row2 {
			return true
		}
	}
	return false
}

func (a annotator) comments(p *Preview) error {
	red := styled(a.f, &excelize.Style{Border: thin, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#FBE3E1"}}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	yellow := styled(a.f, &excelize.Style{Border: thin, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#FFF4D6"}}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	steps := []error{red.err, yellow.err}
	at := map[string][]string{}
	var order []string
	refused := map[string]bool{}
	for _, q := range p.Problems {
		cell := q.Cell
		if cell == "" {
			cell = "A1"
		}
		if at[cell] == nil {
			order = append(order, cell)
		}
		at[cell] = append(at[cell], comment(q))
		refused[cell] = refused[cell] || q.Level == LevelRefuse
	}
	for i, cell := range order {
		if i < maxComments {
			steps = append(steps, a.f.AddComment(a.sheet, excelize.Comment{Cell: cell, Author: "政程", Text: strings.Join(at[cell], "\n"), Width: 260, Height: 100}))
		}
		id := yellow.id
		if refused[cell] {
			id = red.id
		}
		steps = append(steps, a.f.SetCellStyle(a.sheet, cell, cell, id))
	}
	return first(steps)
}

func comment(q Problem) string {
	s := "请确认：" + q.Message
	if q.Level == LevelRefuse {
		s = "不能导入：" + q.Message
	}
	if q.Clause != "" {
		s += "（依据 " + article(q.Clause) + "）"
	}
	return s
}

// article names the article of an obligation id: A06.2 is 《办法》第6条.
func article(clause string) string {
	n, err := strconv.Atoi(strings.TrimPrefix(strings.SplitN(clause, ".", 2)[0], "A"))
	if err != nil {
		return clause
	}
	return fmt.Sprintf("《办法》第%d条", n)
}
