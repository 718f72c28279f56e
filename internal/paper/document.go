package paper

import (
	"bytes"
	"fmt"
	"strings"
)

// Document is an official document. Every field may be empty and is then left
// out; all are plain text.
type Document struct {
	Title     string  // a line feed starts a new line of the title
	Recipient string  // 主送机关; the closing colon is added if missing
	Number    string  // 发文字号, complete: 六盘水数据函〔2026〕1号
	Blocks    []Block // the text, and after it the annexes
	Issuer    string  // 发文机关署名
	Date      string  // 成文日期, as printed: 2026年6月30日
}

// Block is a piece of a document: [Heading1], [Heading2], [Paragraph],
// [Guidance], [Table], [PageBreak] or [Annex].
type Block interface {
	write(b *body) error
}

// Heading1 is a heading of the first level in 黑体, with its number: 一、总体要求.
type Heading1 string

// Heading2 is a heading of the second level in 楷体, with its number: （一）目标.
type Heading2 string

// Paragraph is text in 仿宋, indented by two characters. Every line feed starts
// a new paragraph; blank lines are left out.
type Paragraph string

// Guidance tells in grey what to write in its place. Lines are as in Paragraph.
type Guidance string

// Table is a table as wide as the text. Its header row is repeated on every
// page. DOCX refuses a table without columns and a row with more cells than
// there are columns; a short row ends in empty cells.
type Table struct {
	Columns []Column
	Rows    [][]Cell
}

// PageBreak starts a new page, if anything follows.
type PageBreak struct{}

// Annex starts an annex on a new page with its label in 黑体: 附件1. Issuer and
// date stand before the first annex, and without any at the end.
type Annex string

func (h Heading1) write(b *body) error { b.para("Heading1", "", string(h)); return nil }
func (h Heading2) write(b *body) error { b.para("Heading2", "", string(h)); return nil }

func (p Paragraph) write(b *body) error { b.lines("BodyText", string(p)); return nil }
func (g Guidance) write(b *body) error  { b.lines("Guidance", string(g)); return nil }

func (PageBreak) write(b *body) error { b.newPage = true; return nil }

func (a Annex) write(b *body) error {
	b.newPage = true
	b.para("Annex", "", string(a))
	return nil
}

func (t Table) write(b *body) error {
	if err := shape(t.Columns, t.Rows); err != nil {
		return err
	}
	b.table(t)
	return nil
}

// DOCX is the document as a file for Word and WPS. The only errors come from
// tables whose rows do not fit their columns.
func (d Document) DOCX() ([]byte, error) {
	b := new(body)
	d.head(b)
	signed := false
	for i, block := range d.Blocks {
		if _, annex := block.(Annex); annex && !signed {
			d.sign(b)
			signed = true
		}
		if err := block.write(b); err != nil {
			return nil, fmt.Errorf("block %d: %w", i+1, err)
		}
	}
	if !signed {
		d.sign(b)
	}
	var out bytes.Buffer
	if err := pack(&out, docxParts(d.Title, b.xml.String())); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (d Document) head(b *body) {
	if d.Number != "" {
		b.para("Number", "", d.Number)
	}
	if d.Title != "" {
		b.para("Title", "", d.Title)
	}
	if to := strings.TrimRight(d.Recipient, "：: "); to != "" {
		b.para("Recipient", "", to+"：")
	}
}

// sign sets issuer and date as for a sealed document: the date four characters
// from the right edge, the issuer centred above it. An issuer too long for that
// ends at the edge.
func (d Document) sign(b *body) {
	const dateInset = 8 // half-width characters
	if d.Issuer != "" {
		b.para("Issuer", inset(max(0, dateInset+(halves(d.Date)-halves(d.Issuer))/2)), d.Issuer)
	}
	if d.Date != "" {
		b.para("Date", inset(dateInset), d.Date)
	}
}

// inset moves a right-aligned line in by so many half-width characters. Word
// reads rightChars, in hundredths of a character; others read right, in twips.
func inset(halves int) string {
	return fmt.Sprintf(`<w:ind w:rightChars="%d" w:right="%d"/>`, halves*50, halves*charPitch/2)
}
