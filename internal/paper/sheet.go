package paper

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/money"
)

// sheetWriter writes one sheet from top to bottom.
type sheetWriter struct {
	Sheet
	book
	sw     *excelize.StreamWriter
	widths []float64
	row    int // the last one written
}

func (w *sheetWriter) write(header int) error {
	below := fmt.Sprintf("A%d", header+1)
	if err := w.sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: header, TopLeftCell: below, ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, width := range w.widths {
		if err := w.sw.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := errors.Join(w.merged(w.Title, titleLook, 21), w.merged(w.Note, noteLook, 15)); err != nil {
		return err
	}
	names := make([]Cell, len(w.Columns))
	for i, c := range w.Columns {
		names[i] = Text(c.Name)
	}
	if err := w.cells(names, func(int, kind) look { return headerLook }); err != nil {
		return err
	}
	for _, r := range w.Rows {
		if err := w.cells(r, func(i int, k kind) look { return look{kind: k, align: w.Columns[i].align(k)} }); err != nil {
			return err
		}
	}
	if len(w.Totals) == 0 {
		return nil
	}
	return w.cells(w.Totals, func(i int, k kind) look { return look{kind: k, align: w.Columns[i].align(k), bold: true} })
}

// merged writes one text over all columns, if there is any, in a row high
// enough for it: programs do not fit merged rows. line is points per line.
func (w *sheetWriter) merged(s string, l look, line float64) error {
	if s == "" {
		return nil
	}
	total := 0.0
	for _, width := range w.widths {
		total += width
	}
	if l == titleLook {
		total *= 11.0 / 16 // its font is larger than the one widths are measured in
	}
	lines := 0
	s = legal(s)
	for part := range strings.SplitSeq(s, "\n") {
		lines += 1 + max(0, halves(part)-1)/max(1, int(total))
	}
	id, err := w.style(l)
	if err != nil {
		return err
	}
	w.row++
	if err := w.fits(s); err != nil {
		return err
	}
	first, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return err
	}
	height := excelize.RowOpts{Height: min(409, line*float64(lines)+6)} // 409 is the most a row can have
	if err := w.sw.SetRow(first, []any{excelize.Cell{StyleID: id, Value: s}}, height); err != nil {
		return err
	}
	if len(w.Columns) == 1 {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(len(w.Columns), w.row)
	if err != nil {
		return err
	}
	return w.sw.MergeCell(first, last)
}

// cells writes a row with a cell, empty if need be, in every column.
func (w *sheetWriter) cells(row []Cell, looks func(column int, k kind) look) error {
	w.row++
	values := make([]any, len(w.Columns))
	for i, column := range w.Columns {
		c := at(row, i)
		if err := w.fits(c.text); err != nil {
			return fmt.Errorf("column %s: %w", column.Name, err)
		}
		id, err := w.style(looks(i, c.kind))
		if err != nil {
			return err
		}
		values[i] = excelize.Cell{StyleID: id, Value: c.value()}
	}
	first, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return err
	}
	return w.sw.SetRow(first, values)
}

// fits refuses what excelize would cut without a word.
func (w *sheetWriter) fits(s string) error {
	const most = excelize.TotalCellChars
	if len(s) > most && len(utf16.Encode([]rune(s))) > most { // bytes are at least as many, and cheaper
		return fmt.Errorf("row %d: text over %d characters", w.row, most)
	}
	return nil
}

// value is the cell in the types of excelize. A string is written as an inline
// string, which no program evaluates.
func (c Cell) value() any {
	switch {
	case c.kind == amount:
		return float64(c.n) / float64(money.Wan)
	case c.kind == integer:
		return c.n
	case c.kind == day:
		return calendar.Date(c.text).Time()
	case c.text == "":
		return nil
	}
	return c.text
}
