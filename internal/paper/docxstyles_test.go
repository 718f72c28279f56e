package paper

import (
	"bytes"
	"strings"
	"testing"
)

type style struct {
	ID   string `xml:"styleId,attr"`
	Font struct {
		EastAsia string `xml:"eastAsia,attr"`
	} `xml:"rPr>rFonts"`
	Size struct {
		HalfPoints int `xml:"val,attr"`
	} `xml:"rPr>sz"`
	Pitch struct {
		Val int `xml:"val,attr"`
	} `xml:"rPr>spacing"`
	Color struct {
		Val string `xml:"val,attr"`
	} `xml:"rPr>color"`
	Line struct {
		Twips int    `xml:"line,attr"`
		Rule  string `xml:"lineRule,attr"`
	} `xml:"pPr>spacing"`
	Indent struct {
		FirstLineChars int `xml:"firstLineChars,attr"`
	} `xml:"pPr>ind"`
}

func TestDocxStyles(t *testing.T) {
	t.Parallel()
	files := docx(t, example)
	var sheet struct {
		Styles []style `xml:"style"`
	}
	read(t, files["word/styles.xml"], &sheet)
	styles := map[string]style{}
	for _, s := range sheet.Styles {
		styles[s.ID] = s
	}
	for id, want := range map[string]struct {
		font                string
		size, indent, twips int
	}{
		"Title":     {"方正小标宋简体", 44, 0, 700},
		"Heading1":  {"黑体", 32, 200, 560},
		"Heading2":  {"楷体_GB2312", 32, 200, 560},
		"BodyText":  {"仿宋_GB2312", 32, 200, 560},
		"Guidance":  {"仿宋_GB2312", 32, 200, 560},
		"Recipient": {"仿宋_GB2312", 32, 0, 560},
		"Number":    {"仿宋_GB2312", 32, 0, 560},
		"Date":      {"仿宋_GB2312", 32, 0, 560},
		"Annex":     {"黑体", 32, 0, 560},
		"Footer":    {"宋体", 28, 0, 0},
	} {
		s := styles[id]
		if s.Font.EastAsia != want.font || s.Size.HalfPoints != want.size || s.Indent.FirstLineChars != want.indent || s.Line.Twips != want.twips {
			t.Errorf("%s is %+v; want %+v", id, s, want)
		}
		if want.twips > 0 && s.Line.Rule != "exact" {
			t.Errorf("%s has line rule %q", id, s.Line.Rule)
		}
	}
	if styles["Guidance"].Color.Val != "767676" || styles["BodyText"].Color.Val != "" {
		t.Error("guidance is not grey, or the text is")
	}
	// 28 characters of 16 pt, each drawn closer by Pitch, fit 156 mm; 29 do not.
	pitch := 16*20 + styles["BodyText"].Pitch.Val
	if 28*pitch > textWidth || 29*pitch <= textWidth {
		t.Errorf("%d twips to the character do not give 28 to a line of %d", pitch, textWidth)
	}
	// 22 lines of 28 pt fit the 225 mm between the margins; 23 do not.
	if high := pageHeight - marginTop - marginBottom; 22*linePitch > high || 23*linePitch <= high {
		t.Errorf("%d twips to the line do not give 22 to a page of %d", linePitch, high)
	}
	for _, used := range strings.Split(files["word/document.xml"]+files["word/footer1.xml"], `<w:pStyle w:val="`)[1:] {
		if id, _, _ := strings.Cut(used, `"`); styles[id].ID == "" {
			t.Errorf("style %s is used and missing", id)
		}
	}
}

func TestDocxDeterministic(t *testing.T) {
	t.Parallel()
	a, errA := example.DOCX()
	b, errB := example.DOCX()
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		t.Errorf("two runs differ: %d and %d bytes, %v, %v", len(a), len(b), errA, errB)
	}
	if !bytes.HasPrefix(a[30:], []byte("[Content_Types].xml")) {
		t.Error("the content types are not the first part")
	}
}

func TestDocxRefusals(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		table Table
		want  string
	}{
		"no columns":   {Table{}, "block 2: table without columns"},
		"row too long": {Table{Columns: []Column{{Name: "甲"}}, Rows: [][]Cell{{}, {Int(1), Int(2)}}}, "block 2: row 2 has 2 cells for 1 columns"},
	} {
		if _, err := (Document{Blocks: []Block{PageBreak{}, tt.table}}).DOCX(); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v; want %s", name, err, tt.want)
		}
	}
}

func TestDocxEmpty(t *testing.T) {
	t.Parallel()
	var d document
	read(t, docx(t, Document{Recipient: "：", Blocks: []Block{Paragraph(" \n\t"), Guidance(""), PageBreak{}}})["word/document.xml"], &d)
	if len(d.Paragraphs) != 0 {
		t.Errorf("an empty document has %d paragraphs", len(d.Paragraphs))
	}
	read(t, docx(t, Document{Recipient: "市发展改革委："})["word/document.xml"], &d)
	if len(d.Paragraphs) != 1 || d.Paragraphs[0].text() != "市发展改革委：" {
		t.Errorf("recipient: %v", d.Paragraphs)
	}
}
