package paper

import (
	"fmt"
	"strconv"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/money"
)

// Column is a column of a [Table] or a [Sheet].
type Column struct {
	// Name stands in the header row. A column of amounts says 万元 here.
	Name string
	// Width is in half-width characters; a Han character takes two. 0 fits the
	// contents, within 6 to 40. A sheet takes the width as it is and refuses
	// more than 255; a table shares out the width of the page in proportion.
	Width float64
	// Align holds for the body of the column. The header row is centred.
	Align Align
}

// Align is where text stands in its cell.
type Align int

// The alignments. Auto puts text left, numbers right and days in the middle.
const (
	Auto Align = iota
	Left
	Center
	Right
)

type kind int

const (
	text kind = iota
	amount
	integer
	day
)

// Cell is one value of a table row. The zero Cell is empty.
type Cell struct {
	kind kind
	text string // text and day
	n    int64  // amount in fen, integer
}

// Text is a cell of text. It is never read as a number or a formula.
func Text(s string) Cell { return Cell{text: legal(s)} }

// Amount is a cell of money shown in 万元 with two decimals, rounded. A sheet
// holds the exact amount underneath, up to 2^53 fen.
func Amount(f money.Fen) Cell { return Cell{kind: amount, n: int64(f)} }

// Int is a cell with a whole number, shown without separators.
func Int(n int) Cell { return Cell{kind: integer, n: int64(n)} }

// Day is a cell with a day, shown as 2026-06-30. No day is an empty cell; what
// is not a day, or lies before 1900, where spreadsheets begin, is text.
func Day(d calendar.Date) Cell {
	if d.Year() < 1900 {
		return Text(string(d))
	}
	return Cell{kind: day, text: string(d)}
}

// String is the cell as it is printed.
func (c Cell) String() string {
	switch c.kind {
	case amount:
		return money.Fen(c.n).Wan()
	case integer:
		return strconv.FormatInt(c.n, 10)
	default:
		return c.text
	}
}

func (c Column) align(k kind) Align {
	switch {
	case c.Align != Auto:
		return c.Align
	case k == amount || k == integer:
		return Right
	case k == day:
		return Center
	}
	return Left
}

// shape checks that rows fit the columns. Short rows are allowed: their last
// cells are empty.
func shape(columns []Column, rows [][]Cell) error {
	if len(columns) == 0 {
		return fmt.Errorf("table without columns")
	}
	for i, r := range rows {
		if len(r) > len(columns) {
			return fmt.Errorf("row %d has %d cells for %d columns", i+1, len(r), len(columns))
		}
	}
	return nil
}

// at is cell i of a row that may be short.
func at(row []Cell, i int) Cell {
	if i < len(row) {
		return row[i]
	}
	return Cell{}
}

const (
	narrowest = 6
	widest    = 40
)

// widths gives every column its width. A heading may wrap once, so half of it
// counts.
func widths(columns []Column, rows [][]Cell) []float64 {
	fitted := make([]float64, len(columns))
	for i, c := range columns {
		if c.Width > 0 {
			fitted[i] = c.Width
			continue
		}
		w := max(narrowest, (longestLine(c.Name)+1)/2)
		for _, r := range rows {
			w = max(w, longestLine(at(r, i).String()))
		}
		fitted[i] = float64(min(w+2, widest))
	}
	return fitted
}
