package workbook

// TableRow is a row of a plain table: its number in the sheet and its cells from column A on.
type TableRow struct {
	Number int
	Cells  []string
}

// Table reads the first visible sheet with content as it stands, within the
// limits of every workbook. A *FileError refuses the file.
func Table(data []byte) ([]TableRow, error) {
	b, err := openBook(data)
	if err != nil {
		return nil, err
	}
	if b.c.oversized {
		return nil, errBomb
	}
	for _, s := range b.sheets {
		if s.hidden {
			continue
		}
		g, err := b.full(s)
		if err != nil {
			return nil, err
		}
		if len(g.lines) == 0 {
			continue
		}
		out := make([]TableRow, len(g.lines))
		for i, l := range g.lines {
			last := 0
			for col := range l.cells {
				last = max(last, col)
			}
			out[i] = TableRow{l.row, make([]string, last)}
			for col, cell := range l.cells {
				out[i].Cells[col-1] = cell.text
			}
		}
		return out, nil
	}
	return nil, refuse(NoSheet, "工作簿里没有内容。第一行写栏目名称，从第二行起每行一项")
}
