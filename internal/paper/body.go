package paper

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// Measures of the page, in twips: a twentieth of a point, 56.7 to the millimetre.
const (
	pageWidth    = 11906 // 210 mm
	pageHeight   = 16838 // 297 mm
	marginTop    = 2098  // 37 mm
	marginBottom = 1984  // 35 mm
	marginLeft   = 1588  // 28 mm
	marginRight  = 1474  // 26 mm
	textWidth    = pageWidth - marginLeft - marginRight
	footerEdge   = 1304 // 23 mm: puts the page number 7 mm below the text
	linePitch    = 560  // 28 pt: 22 lines to the page
	charPitch    = 315  // 15.75 pt: 28 characters to the line, which 16 pt alone would not give
)

// body collects the WordprocessingML of the text.
type body struct {
	xml     strings.Builder
	newPage bool // the next paragraph starts a page
}

// para writes a paragraph in a style. ppr is what it has over the style: a w:ind
// or w:jc element, or "".
func (b *body) para(style, ppr, s string) {
	fmt.Fprintf(&b.xml, `<w:p><w:pPr><w:pStyle w:val="%s"/>`, style)
	if b.newPage {
		b.xml.WriteString(`<w:pageBreakBefore/>`)
		b.newPage = false
	}
	b.xml.WriteString(ppr + `</w:pPr>`)
	b.run(s)
	b.xml.WriteString(`</w:p>`)
}

// lines writes a paragraph for each line that is not blank.
func (b *body) lines(style, s string) {
	for line := range strings.SplitSeq(legal(s), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			b.para(style, "", line)
		}
	}
}

func (b *body) run(s string) {
	if s = legal(s); s == "" {
		return
	}
	b.xml.WriteString(`<w:r>`)
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.xml.WriteString(`<w:br/>`)
		}
		for j, piece := range strings.Split(line, "\t") {
			if j > 0 {
				b.xml.WriteString(`<w:tab/>`)
			}
			if piece != "" {
				b.xml.WriteString(`<w:t xml:space="preserve">` + escape(piece) + `</w:t>`)
			}
		}
	}
	b.xml.WriteString(`</w:r>`)
}

// escape makes legal text fit for an element.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder does not fail
	return b.String()
}

// table writes a table and an empty paragraph behind it, without which Word
// would join it with a table that follows.
func (b *body) table(t Table) {
	if b.newPage {
		b.para("TableText", "", "") // a table cannot ask for a page itself
	}
	grid := shares(widths(t.Columns, t.Rows))
	fmt.Fprintf(&b.xml, `<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="%d" w:type="dxa"/>`+
		`<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, textWidth)
	for _, w := range grid {
		fmt.Fprintf(&b.xml, `<w:gridCol w:w="%d"/>`, w)
	}
	b.xml.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, c := range t.Columns {
		b.cell(grid[i], "TableHead", Center, c.Name)
	}
	b.xml.WriteString(`</w:tr>`)
	for _, row := range t.Rows {
		b.xml.WriteString(`<w:tr>`)
		for i, c := range t.Columns {
			v := at(row, i)
			b.cell(grid[i], "TableText", c.align(v.kind), v.String())
		}
		b.xml.WriteString(`</w:tr>`)
	}
	b.xml.WriteString(`</w:tbl>`)
	b.para("TableText", "", "")
}

func (b *body) cell(width int, style string, a Align, s string) {
	fmt.Fprintf(&b.xml, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`, width)
	b.para(style, `<w:jc w:val="`+a.word()+`"/>`, s)
	b.xml.WriteString(`</w:tc>`)
}

// word is the alignment in the words both Office formats use.
func (a Align) word() string {
	switch a {
	case Center:
		return "center"
	case Right:
		return "right"
	default:
		return "left"
	}
}

// shares divides the text width in proportion, to the last twip.
func shares(widths []float64) []int {
	total := 0.0
	for _, w := range widths {
		total += w
	}
	out := make([]int, len(widths))
	sum, done := 0.0, 0
	for i, w := range widths {
		sum += w
		edge := int(sum/total*textWidth + 0.5)
		out[i], done = edge-done, edge
	}
	return out
}
