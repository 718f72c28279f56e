package form

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/problem"
)

// FromTable reads rows that were copied from a spreadsheet, or a CSV text, into
// values by field key. The first row names the columns, by label or key and in
// any order; a heading that is not known is refused, since a mistyped one would
// lose its column without a word. Blank rows are passed over, choices may be
// written as people read them.
func (s Spec) FromTable(text string) ([]map[string]string, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	if first, _, _ := strings.Cut(text, "\n"); strings.Contains(first, "\t") {
		r.Comma = '\t'
	}
	var columns []Field
	var out []map[string]string
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, problem.Field("table", "表格无法读取：%v", err)
		}
		if strings.TrimSpace(strings.Join(cells, "")) == "" {
			continue
		}
		if columns == nil {
			if columns, err = s.headed(cells); err != nil {
				return nil, err
			}
			continue
		}
		row := map[string]string{}
		for i, cell := range cells {
			if cell = hanzi.Tidy(cell); cell != "" && i < len(columns) && columns[i].Key != "" {
				row[columns[i].Key] = columns[i].idOf(cell)
			}
		}
		out = append(out, row)
	}
	if len(out) == 0 {
		return nil, problem.Field("table", "没有读到内容：第一行写栏目名称，从第二行起每行一项")
	}
	return out, nil
}

func (s Spec) headed(cells []string) ([]Field, error) {
	var out []Field
	seen := map[string]bool{}
	for _, cell := range cells {
		title := hanzi.Fold(cell)
		var at Field
		for _, f := range s.fields {
			if !f.ReadOnly && title != "" && (title == f.Key || title == hanzi.Fold(f.Label)) {
				at = f
			}
		}
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
