package workbook

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// book is an opened workbook: its sheets and shared texts.
type book struct {
	c        *container
	sheets   []sheetPart
	strings  []string
	date1904 bool
}

type sheetPart struct {
	name, path string
	hidden     bool
}

// line is one row with content: the texts of its cells by column, 1 based.
type line struct {
	row   int
	cells map[int]raw
}

// raw is a cell as the file has it.
type raw struct {
	text   string
	number bool
}

// span is a merged range, 1 based, both ends included.
type span struct{ col1, row1, col2, row2 int }

// grid is the content of a sheet.
type grid struct {
	lines  []line
	merges []span
}

// walk streams the tags and texts of a part. It keeps no tree and no stack, so
// that depth costs nothing. The visitor returns io.EOF to stop early.
func (c *container) walk(name string, visit func(xml.Token) error) error {
	r, err := c.part(name)
	if r == nil || err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	for tokens := 0; ; tokens++ {
		if tokens > maxTokens {
			return errBomb
		}
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = visit(t)
			if errors.Is(err, io.EOF) {
				return nil
			}
		}
		if err != nil {
			var fe *FileError
			if errors.As(err, &fe) {
				return fe
			}
			return errDamaged
		}
	}
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

func openBook(data []byte) (*book, error) {
	c, err := open(data)
	if err != nil {
		return nil, err
	}
	b := &book{c: c}
	targets := map[string]string{}
	err = c.walk("xl/_rels/workbook.xml.rels", func(t xml.Token) error {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "Relationship" {
			targets[attr(e, "Id")] = target(attr(e, "Target"))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = c.walk("xl/workbook.xml", func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "workbookPr":
			b.date1904 = attr(e, "date1904") == "1" || attr(e, "date1904") == "true"
		case "sheet":
			state := attr(e, "state")
			s := sheetPart{name: attr(e, "name"), path: targets[attr(e, "id")], hidden: state != "" && state != "visible"}
			if c.parts[strings.ToLower(s.path)] != nil && len(b.sheets) < 100 {
				b.sheets = append(b.sheets, s)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(b.sheets) == 0 {
		return nil, errDamaged
	}
	return b, b.loadStrings(targets)
}

func (b *book) loadStrings(targets map[string]string) error {
	name := "xl/sharedStrings.xml"
	for _, t := range targets {
		if strings.HasSuffix(strings.ToLower(t), "sharedstrings.xml") {
			name = t
		}
	}
	var cur strings.Builder
	inText, phonetic := false, false
	return b.c.walk(name, func(t xml.Token) error {
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "si":
				cur.Reset()
			case "t":
				inText = true
			case "rPh":
				phonetic = true
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "si":
				b.strings = append(b.strings, cur.String())
			case "t":
				inText = false
			case "rPh":
				phonetic = false
			}
		case xml.CharData:
			if inText && !phonetic {
				cur.Write(e)
			}
		}
		return nil
	})
}

// head reads the first n rows with content. It carries no merged ranges: the
// file lists them after the rows.
func (b *book) head(s sheetPart, n int) (*grid, error) { return b.read(s, n) }

// full reads the whole sheet, at most MaxRows rows with content.
func (b *book) full(s sheetPart) (*grid, error) { return b.read(s, 0) }

func (b *book) read(s sheetPart, stopAfter int) (*grid, error) {
	g := &grid{}
	var (
		cur          line
		col, row     int
		kind         string
		text         strings.Builder
		take, filled bool
	)
	err := b.c.walk(s.path, func(t xml.Token) error {
		switch e := t.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "row":
				row++
				if n, err := strconv.Atoi(attr(e, "r")); err == nil && n >= row && n <= 1<<20 {
					row = n
				}
				col, cur = 0, line{row: row, cells: map[int]raw{}}
			case "c":
				col++
				if n, _ := parseRef(attr(e, "r")); n > 0 {
					col = n
				}
				kind, filled = attr(e, "t"), false
				text.Reset()
			case "v", "t":
				take = true
			case "rPh":
				take = false
			case "mergeCell":
				if m, ok := parseSpan(attr(e, "ref")); ok && len(g.merges) < 4*MaxRows {
					g.merges = append(g.merges, m)
				}
			}
		case xml.CharData:
			if take {
				text.Write(e)
				filled = true
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "v", "t":
				take = false
			case "c":
				if !filled || cur.cells == nil || col < 1 { // tags are not matched: the row may be broken
					return nil
				}
				if v := b.value(kind, text.String()); strings.TrimSpace(v.text) != "" {
					if col > MaxColumns {
						return refuse(Damaged, "表格超过 %d 列，请删去多余的列后再导入", MaxColumns)
					}
					cur.cells[col] = v
				}
			case "row":
				if len(cur.cells) == 0 {
					return nil
				}
				g.lines = append(g.lines, cur)
				if len(g.lines) > MaxRows {
					return errRows
				}
				if row > lastRow {
					return refuse(TooMany, "第 %d 行还有内容，请删去表格下方多余的行后再导入", row)
				}
				cur = line{}
				if stopAfter > 0 && len(g.lines) >= stopAfter {
					return io.EOF
				}
			}
		}
		return nil
	})
	return g, err
}

func (b *book) value(kind, v string) raw {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(v))
		if err != nil || i < 0 || i >= len(b.strings) {
			return raw{}
		}
		return raw{text: b.strings[i]}
	case "", "n":
		return raw{text: plain(v), number: true}
	case "b":
		return raw{text: map[string]string{"1": "是", "0": "否"}[v]}
	}
	return raw{text: v} // inlineStr, str, e (#REF!), d
}

// plain writes a stored number as people know it: Excel keeps 15 digits, the
// file may show the 17 of its binary form.
func plain(v string) string {
	f, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) || math.Abs(f) >= 1e18 {
		return v
	}
	f, _ = strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64) // its own output
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// parseRef reads "M11" as column 13, row 11; 0 for what is no reference.
func parseRef(s string) (col, row int) {
	i := 0
	for i < len(s) && i < 4 && s[i] >= 'A' && s[i] <= 'Z' {
		col = col*26 + int(s[i]-'A'+1)
		i++
	}
	row, err := strconv.Atoi(s[i:])
	if err != nil || col == 0 || row < 1 || row > 1<<20 || col > 1<<14 {
		return 0, 0
	}
	return col, row
}

func parseSpan(s string) (span, bool) {
	a, b, ok := strings.Cut(s, ":")
	if !ok {
		return span{}, false
	}
	var m span
	m.col1, m.row1 = parseRef(a)
	m.col2, m.row2 = parseRef(b)
	return m, m.col1 > 0 && m.col2 >= m.col1 && m.row2 >= m.row1
}

// letter names a column, 1 based: 1 is A, 27 is AA.
func letter(col int) string {
	var s []byte
	for ; col > 0; col = (col - 1) / 26 {
		s = append([]byte{byte('A' + (col-1)%26)}, s...)
	}
	return string(s)
}

func ref(col, row int) string { return letter(col) + strconv.Itoa(row) }

func (m span) String() string { return ref(m.col1, m.row1) + ":" + ref(m.col2, m.row2) }

// at is the merged range that covers a cell.
func (g *grid) at(col, row int) (span, bool) {
	for _, m := range g.merges {
		if m.col1 <= col && col <= m.col2 && m.row1 <= row && row <= m.row2 {
			return m, true
		}
	}
	return span{}, false
}

// shown are the merged ranges worth showing: of a sensible size and apart from
// each other, as every spreadsheet program keeps them.
func (g *grid) shown() []string {
	var kept []span
	var out []string
	for _, m := range g.merges {
		if len(kept) == 1000 || m.col2 > MaxColumns || m.row2 > lastRow || m.col2-m.col1 > 64 || m.row2-m.row1 > 200 {
			continue
		}
		if !slices.ContainsFunc(kept, m.overlaps) {
			kept = append(kept, m)
			out = append(out, m.String())
		}
	}
	return out
}

func (m span) overlaps(o span) bool {
	return m.col1 <= o.col2 && o.col1 <= m.col2 && m.row1 <= o.row2 && o.row1 <= m.row2
}
