package paper

import (
	"fmt"
	"strings"
)

// The fonts of GB/T 9704, by the names Chinese computers know them under.
const (
	xiaobiaosong = "方正小标宋简体"
	fangsong     = "仿宋_GB2312"
	kaiti        = "楷体_GB2312"
	heiti        = "黑体"
	songti       = "宋体"
)

// Sizes in half points.
const (
	erhao   = 44 // 二号, 22 pt
	sanhao  = 32 // 三号, 16 pt
	sihao   = 28 // 四号, 14 pt
	xiaosi  = 24 // 小四, 12 pt
	indent  = `<w:ind w:firstLineChars="200" w:firstLine="630"/>`
	center  = `<w:jc w:val="center"/>`
	right   = `<w:jc w:val="right"/>`
	justify = `<w:jc w:val="both"/>`
	grey    = `<w:color w:val="767676"/>` // the lightest with contrast 4.5 on white
)

// paragraphStyle is one style. ppr are the paragraph properties around the
// spacing, in schema order: before it and after it.
type paragraphStyle struct {
	id, name    string
	font        string
	size        int
	before, ppr string // before: keepNext; ppr: ind, jc, outlineLvl
	above, down int    // empty space over and under, in twips
	line        int    // exact line height in twips; 0 is single spacing
	rpr         string // color, before spacing and size
}

var paragraphStyles = []paragraphStyle{
	{id: "BodyText", name: "Body Text", font: fangsong, size: sanhao, line: linePitch, ppr: indent + justify},
	{id: "Heading1", name: "heading 1", font: heiti, size: sanhao, line: linePitch, before: `<w:keepNext/>`, ppr: indent + `<w:outlineLvl w:val="0"/>`},
	{id: "Heading2", name: "heading 2", font: kaiti, size: sanhao, line: linePitch, before: `<w:keepNext/>`, ppr: indent + `<w:outlineLvl w:val="1"/>`},
	{id: "Guidance", name: "Guidance", font: fangsong, size: sanhao, line: linePitch, ppr: indent + justify, rpr: grey},
	{id: "Number", name: "Number", font: fangsong, size: sanhao, line: linePitch, down: 2 * linePitch, ppr: center},
	{id: "Title", name: "Title", font: xiaobiaosong, size: erhao, line: 700, down: linePitch, ppr: center},
	{id: "Recipient", name: "Recipient", font: fangsong, size: sanhao, line: linePitch, ppr: justify},
	{id: "Issuer", name: "Issuer", font: fangsong, size: sanhao, line: linePitch, before: `<w:keepNext/>`, above: 2 * linePitch, ppr: right},
	{id: "Date", name: "Date", font: fangsong, size: sanhao, line: linePitch, ppr: right},
	{id: "Annex", name: "Annex", font: heiti, size: sanhao, line: linePitch, before: `<w:keepNext/>`, down: linePitch, ppr: `<w:outlineLvl w:val="0"/>`},
	{id: "TableText", name: "Table Text", font: fangsong, size: xiaosi},
	{id: "TableHead", name: "Table Head", font: heiti, size: xiaosi, before: `<w:keepNext/>`, ppr: center},
	{id: "Footer", name: "footer", font: songti, size: sihao},
}

func (s paragraphStyle) xml() string {
	spacing := fmt.Sprintf(`<w:spacing w:before="%d" w:after="%d"`, s.above, s.down)
	if s.line > 0 {
		spacing += fmt.Sprintf(` w:line="%d" w:lineRule="exact"`, s.line)
	}
	pitch := ""
	if s.size == sanhao {
		pitch = fmt.Sprintf(`<w:spacing w:val="%d"/>`, charPitch-sanhao*10)
	}
	return `<w:style w:type="paragraph" w:styleId="` + s.id + `"><w:name w:val="` + s.name + `"/><w:basedOn w:val="Normal"/><w:qFormat/>` +
		`<w:pPr>` + s.before + spacing + `/>` + s.ppr + `</w:pPr>` +
		`<w:rPr>` + fonts(s.font) + s.rpr + pitch + size(s.size) + `</w:rPr></w:style>`
}

// fonts names one font for all scripts: quotation marks and dashes belong to no
// script, and a second font would give them a foreign shape.
func fonts(name string) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%[1]s" w:hAnsi="%[1]s" w:eastAsia="%[1]s" w:cs="%[1]s"/>`, name)
}

func size(halfPoints int) string {
	return fmt.Sprintf(`<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, halfPoints)
}

var styles = func() string {
	var b strings.Builder
	b.WriteString(`<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts(fangsong) + size(sanhao) +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:widowControl w:val="0"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`)
	for _, s := range paragraphStyles {
		b.WriteString(s.xml())
	}
	b.WriteString(`<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="auto"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>`)
	return b.String()
}()
