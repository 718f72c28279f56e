package paper

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Sheet is one table of a workbook: title, note, header row, rows, totals. It
// prints on A4 landscape, as wide as the page, with the header on every page.
type Sheet struct {
	// Name is on the tab: 1 to 31 characters, none of : \ / ? * [ ], no
	// apostrophe at either end, and not twice in a workbook in any case.
	Name    string
	Title   string // merged row at the top; "" leaves the row out
	Note    string // merged row under the title, such as 单位：万元; "" leaves it out
	Columns []Column
	Rows    [][]Cell
	Totals  []Cell // bold last row; empty leaves it out
}

// Workbook is the sheets as a file for Excel and WPS. It refuses: no sheet; a
// bad or repeated Name; a sheet without columns; a row with more cells than
// there are columns; a width over 255; text over 32,767 UTF-16 units in one
// cell, which would be cut; more rows than a sheet holds (1,048,576).
func Workbook(sheets ...Sheet) ([]byte, error) {
	if len(sheets) == 0 {
		return nil, errors.New("workbook without sheets")
	}
	f := excelize.NewFile()
	defer f.Close()
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &orderedZip{w: w} })
	b := book{f, map[look]int{}}
	for i, s := range sheets {
		if err := b.add(i, s); err != nil {
			return nil, fmt.Errorf("sheet %q: %w", s.Name, err)
		}
	}
	// SetDocProps would write the part without its prefixes, which some readers
	// need, and with a made-up date.
	f.Pkg.Store(coreName, coreProperties(sheets[0].Title))
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (b book) add(i int, s Sheet) error {
	if err := shape(s.Columns, s.withTotals()); err != nil {
		return err
	}
	if i == 0 {
		if err := b.f.SetSheetName("Sheet1", s.Name); err != nil {
			return err
		}
	} else if at, err := b.f.GetSheetIndex(s.Name); err != nil {
		return err
	} else if at >= 0 {
		return errors.New("two sheets of this name")
	} else if _, err := b.f.NewSheet(s.Name); err != nil {
		return err
	}
	header := s.headerRow()
	if err := b.page(s, header); err != nil {
		return err
	}
	sw, err := b.f.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	w := sheetWriter{Sheet: s, book: b, sw: sw, widths: widths(s.Columns, s.withTotals())}
	if err := w.write(header); err != nil {
		return err
	}
	return sw.Flush()
}

func (s Sheet) withTotals() [][]Cell { return append(slices.Clip(s.Rows), s.Totals) }

// headerRow is the number of the header row, from 1.
func (s Sheet) headerRow() int {
	row := 1
	if s.Title != "" {
		row++
	}
	if s.Note != "" {
		row++
	}
	return row
}

// page sets up printing. The stream copies these settings when it is opened.
func (b book) page(s Sheet, header int) error {
	a4, landscape, onePage, asNeeded, fit := 9, "landscape", 1, 0, true
	last := header + len(s.Rows)
	if len(s.Totals) > 0 {
		last++
	}
	end, err := excelize.CoordinatesToCellName(len(s.Columns), last)
	if err != nil {
		return err
	}
	return errors.Join(
		b.f.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		b.f.SetPageLayout(s.Name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &onePage, FitToHeight: &asNeeded}),
		b.f.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{OddFooter: "&C第 &P 页，共 &N 页"}),
		b.f.SetSheetDimension(s.Name, "A1:"+end),
		b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.Name,
			RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(s.Name, "'", "''"), header, header)}),
	)
}
