package paper

import "fmt"

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordNS  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	pkgRel  = `http://schemas.openxmlformats.org/package/2006/relationships`
	docRel  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	wordCT  = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
)

// docxParts is the package around the text. Attributes and children stand in
// the order of the schema, which Word insists on.
func docxParts(title, text string) []part {
	document := `<w:document ` + wordNS + `><w:body>` + text + section + `</w:body></w:document>`
	parts := []part{{coreName, coreProperties(title)}}
	for _, p := range []struct{ name, xml string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"word/document.xml", document},
		{"word/_rels/document.xml.rels", documentRels},
		{"word/styles.xml", styles},
		{"word/settings.xml", settings},
		{"word/footer1.xml", footer("right")}, // odd pages
		{"word/footer2.xml", footer("left")},  // even pages
	} {
		parts = append(parts, part{p.name, []byte(xmlHead + p.xml)})
	}
	return parts
}

const coreName = "docProps/core.xml"

// coreProperties is the part with the title of a document or workbook.
func coreProperties(title string) []byte {
	return []byte(xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escape(legal(title)) + `</dc:title></cp:coreProperties>`)
}

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + wordCT + `document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + wordCT + `styles+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + wordCT + `settings+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="` + wordCT + `footer+xml"/>` +
	`<Override PartName="/word/footer2.xml" ContentType="` + wordCT + `footer+xml"/>` +
	`</Types>`

const packageRels = `<Relationships xmlns="` + pkgRel + `">` +
	`<Relationship Id="rId1" Type="` + docRel + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="` + pkgRel + `/metadata/core-properties" Target="docProps/core.xml"/>` +
	`</Relationships>`

const documentRels = `<Relationships xmlns="` + pkgRel + `">` +
	`<Relationship Id="rId1" Type="` + docRel + `/styles" Target="styles.xml"/>` +
	`<Relationship Id="rId2" Type="` + docRel + `/settings" Target="settings.xml"/>` +
	`<Relationship Id="rId3" Type="` + docRel + `/footer" Target="footer1.xml"/>` +
	`<Relationship Id="rId4" Type="` + docRel + `/footer" Target="footer2.xml"/>` +
	`</Relationships>`

const settings = `<w:settings ` + wordNS + `><w:evenAndOddHeaders/>` +
	`<w:characterSpacingControl w:val="compressPunctuation"/>` +
	`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
	`<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

var section = fmt.Sprintf(`<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/>`+
	`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="851" w:footer="%d" w:gutter="0"/></w:sectPr>`,
	pageWidth, pageHeight, marginTop, marginRight, marginBottom, marginLeft, footerEdge)

// footer is the page number one character in from the outer edge.
func footer(side string) string {
	return `<w:ftr ` + wordNS + `><w:p><w:pPr><w:pStyle w:val="Footer"/>` +
		`<w:ind w:` + side + `Chars="100" w:` + side + `="280"/><w:jc w:val="` + side + `"/></w:pPr>` +
		`<w:r><w:t xml:space="preserve">— </w:t></w:r>` +
		`<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>` +
		`<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`
}
