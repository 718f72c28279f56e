package form

import (
	"encoding/csv"
	"fmt"
	"strings"

	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/problem"
)

// Table is rows of values by field key, each with its place in what was handed in.
type Table struct {
	Rows   []map[string]string
	number []int          // of each row in its sheet; nil: counted below the heading
	letter map[string]int // column of each field, from 0
}

// Place names where a value stands, such as 第 3 行 B 列.
func (t Table) Place(row int, key string) string {
	if t.number == nil {
		return fmt.Sprintf("第 %d 行", row+1)
	}
	at := fmt.Sprintf("第 %d 行", t.number[row])
	if n, ok := t.letter[key]; ok {
		name := string(rune('A' + n%26))
		if n >= 26 {
			name = string(rune('A'+n/26-1)) + name
		}
		at += " " + name + " 列"
	}
	return at
}

// FromTable reads rows that were copied from a spreadsheet, or a CSV text, into
// values by field key. The first row names the columns, by label or key and in
// any order; a heading that is not known is refused, since a mistyped one would
// lose its column without a word. Blank rows are passed over, choices may be
// written as people read them.
func (s Spec) FromTable(text string) (Table, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	if first, _, _ := strings.Cut(text, "\n"); strings.Contains(first, "\t") {
		r.Comma = '\t'
	}
	rows, err := r.ReadAll()
	if err != nil {
		return Table{}, problem.Field("table", "表格无法读取：%v", err)
	}
	return s.fromRows(rows, nil)
}

// titleRows is how many rows may stand above the headings of a sheet.
const titleRows = 10

// FromSheet reads the rows of a sheet of a workbook, which carry their numbers.
// Titles may stand above the headings.
func (s Spec) FromSheet(rows [][]string, numbers []int) (Table, error) {
	for i, cells := range rows[:min(len(rows), titleRows)] {
		if s.heads(cells) {
			return s.fromRows(rows[i:], numbers[i:])
		}
	}
	return s.fromRows(rows, numbers)
}

func (s Spec) fromRows(rows [][]string, numbers []int) (Table, error) {
	var columns []Field
	var t Table
	for n, cells := range rows {
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		if columns == nil {
			var err error
			if columns, err = s.headed(cells); err != nil {
				return t, err
			}
			t.letter = map[string]int{}
			for i, f := range columns {
				if f.Key != "" {
					t.letter[f.Key] = i
				}
			}
			continue
		}
		row := map[string]string{}
		for i, cell := range cells {
			if cell = hanzi.Tidy(cell); cell != "" && i < len(columns) && columns[i].Key != "" {
				row[columns[i].Key] = columns[i].idOf(cell)
			}
		}
		t.Rows = append(t.Rows, row)
		if numbers != nil {
			t.number = append(t.number, numbers[n])
		}
	}
	if len(t.Rows) == 0 {
		return t, problem.Field("table", "没有读到内容：第一行写栏目名称，从第二行起每行一项")
	}
	return t, nil
}

// heads reports whether a row names a field.
func (s Spec) heads(cells []string) bool {
	for _, cell := range cells {
		if s.titled(hanzi.Fold(cell)).Key != "" {
			return true
		}
	}
	return false
}

// titled is the field that a heading names; the zero Field: none.
func (s Spec) titled(title string) Field {
	for _, f := range s.fields {
		if !f.ReadOnly && title != "" && (title == f.Key || title == hanzi.Fold(f.Label)) {
			return f
		}
	}
	return Field{}
}

func (s Spec) headed(cells []string) ([]Field, error) {
	var out []Field
	seen := map[string]bool{}
	for _, cell := range cells {
		title := hanzi.Fold(cell)
		at := s.titled(title)
		switch {
		case title == "":
		case at.Key == "":
			return nil, problem.Field("table", "第一行有不认识的栏目“%s”；可用的栏目：%s", cell, s.headings())
		case seen[at.Key]:
			return nil, problem.Field("table", "第一行有两个“%s”", at.Label)
		}
		seen[at.Key] = true
		out = append(out, at)
	}
	return out, nil
}

func (s Spec) headings() string {
	var out []string
	for _, f := range s.fields {
		if !f.ReadOnly {
			out = append(out, f.Label)
		}
	}
	return strings.Join(out, "、")
}

// idOf reads a choice, or yes and no, as the program or as people write it.
func (f Field) idOf(cell string) string {
	for _, o := range f.Options {
		if cell == o.Label {
			return o.ID
		}
	}
	if f.Kind == Check {
		switch cell {
		case "是", "√", "有":
			return "1"
		case "否", "×", "无":
			return ""
		}
	}
	return cell
}

// Headings is a row that FromTable reads, to copy into a spreadsheet.
func (s Spec) Headings() string { return strings.ReplaceAll(s.headings(), "、", "\t") }
