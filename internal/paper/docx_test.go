package paper

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
)

var example = Document{
	Title:     "关于报送2027年度\n项目计划的函",
	Recipient: "市数据局",
	Number:    "六盘水应急函〔2026〕12号",
	Issuer:    "六盘水市应急管理局",
	Date:      "2026年6月30日",
	Blocks: []Block{
		Heading1("一、总体要求"),
		Heading2("（一）目标"),
		Paragraph("第一段 <&>\"'\r\n\r\n第二段\x00\x0b\ufffe\xff末尾\t完"),
		Guidance("写明现状与存在的问题"),
		PageBreak{},
		Table{
			Columns: []Column{{Name: "序号", Width: 6}, {Name: "名称", Width: 30}, {Name: "金额（万元）", Width: 14}, {Name: "备注", Align: Center}},
			Rows: [][]Cell{
				{Int(1), Text("平台A<B>\n二期"), Amount(1_280_000_000), Text("续建")},
				{Int(2), Text("平台C"), Amount(5_000)},
			},
		},
		PageBreak{},
		Table{Columns: []Column{{Name: "日期"}}, Rows: [][]Cell{{Day("2026-06-30")}}},
		Annex("附件1"),
		Paragraph("清单"),
		Annex("附件2"),
		PageBreak{},
	},
}

// parts opens a package and returns its files, checking that each XML part is
// well formed to its end.
func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := out[f.Name]; twice {
			t.Errorf("%s is in the package twice", f.Name)
		}
		out[f.Name] = string(data)
		if !f.Modified.Equal(epoch) {
			t.Errorf("%s has the time %v", f.Name, f.Modified)
		}
		for d := xml.NewDecoder(bytes.NewReader(data)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return out
}

func docx(t *testing.T, d Document) map[string]string {
	t.Helper()
	file, err := d.DOCX()
	if err != nil {
		t.Fatal(err)
	}
	return parts(t, file)
}

func read(t *testing.T, s string, into any) {
	t.Helper()
	if err := xml.Unmarshal([]byte(s), into); err != nil {
		t.Fatal(err)
	}
}

type paragraph struct {
	Style struct {
		Val string `xml:"val,attr"`
	} `xml:"pPr>pStyle"`
	Breaks *struct{} `xml:"pPr>pageBreakBefore"`
	Align  struct {
		Val string `xml:"val,attr"`
	} `xml:"pPr>jc"`
	Indent struct {
		RightChars int `xml:"rightChars,attr"`
	} `xml:"pPr>ind"`
	Runs []struct {
		Inner string `xml:",innerxml"`
	} `xml:"r"`
}

// text is what a reader sees; line breaks and tabs are as in the source.
func (p paragraph) text() string {
	var b strings.Builder
	for _, r := range p.Runs {
		for d := xml.NewDecoder(strings.NewReader(r.Inner)); ; {
			token, err := d.Token()
			if err != nil {
				break
			}
			switch token := token.(type) {
			case xml.CharData:
				b.Write(token)
			case xml.StartElement:
				b.WriteString(map[string]string{"br": "\n", "tab": "\t"}[token.Name.Local])
			}
		}
	}
	return b.String()
}

type row struct {
	Header *struct{} `xml:"trPr>tblHeader"`
	Cells  []struct {
		Paragraphs []paragraph `xml:"p"`
	} `xml:"tc"`
}

type document struct {
	Paragraphs []paragraph `xml:"body>p"`
	Tables     []struct {
		Grid []struct {
			W int `xml:"w,attr"`
		} `xml:"tblGrid>gridCol"`
		Rows []row `xml:"tr"`
	} `xml:"body>tbl"`
	Section struct {
		Size struct {
			W int `xml:"w,attr"`
			H int `xml:"h,attr"`
		} `xml:"pgSz"`
		Margin struct {
			Top    int `xml:"top,attr"`
			Right  int `xml:"right,attr"`
			Bottom int `xml:"bottom,attr"`
			Left   int `xml:"left,attr"`
		} `xml:"pgMar"`
	} `xml:"body>sectPr"`
}

func TestDocxText(t *testing.T) {
	t.Parallel()
	var d document
	read(t, docx(t, example)["word/document.xml"], &d)
	var got []string
	for _, p := range d.Paragraphs {
		mark := ""
		if p.Breaks != nil {
			mark = "⏎"
		}
		got = append(got, mark+p.Style.Val+": "+p.text())
	}
	want := []string{
		"Number: 六盘水应急函〔2026〕12号",
		"Title: 关于报送2027年度\n项目计划的函",
		"Recipient: 市数据局：",
		"Heading1: 一、总体要求",
		"Heading2: （一）目标",
		"BodyText: 第一段 <&>\"'",
		"BodyText: 第二段末尾\t完",
		"Guidance: 写明现状与存在的问题",
		"⏎TableText: ", // the page break before the first table
		"TableText: ",
		"⏎TableText: ",
		"TableText: ",
		"Issuer: 六盘水市应急管理局",
		"Date: 2026年6月30日",
		"⏎Annex: 附件1",
		"BodyText: 清单",
		"⏎Annex: 附件2",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestDocxTable(t *testing.T) {
	t.Parallel()
	var d document
	read(t, docx(t, example)["word/document.xml"], &d)
	if len(d.Tables) != 2 {
		t.Fatalf("%d tables; want 2", len(d.Tables))
	}
	table, got := d.Tables[0], ""
	for _, r := range table.Rows {
		if r.Header != nil {
			got += "header "
		}
		for _, c := range r.Cells {
			got += "|" + c.Paragraphs[0].Align.Val + ":" + c.Paragraphs[0].text()
		}
		got += "\n"
	}
	want := "header |center:序号|center:名称|center:金额（万元）|center:备注\n" +
		"|right:1|left:平台A<B>\n二期|right:1,280.00|center:续建\n" +
		"|right:2|left:平台C|right:0.01|center:\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	sum := 0
	for _, c := range table.Grid {
		sum += c.W
	}
	if len(table.Grid) != 4 || sum != 8844 || table.Grid[1].W != 4574 {
		t.Errorf("grid %v sums to %d; want the 8844 twips of 156 mm", table.Grid, sum)
	}
	if p := d.Tables[1].Rows[1].Cells[0].Paragraphs[0]; p.text() != "2026-06-30" || p.Align.Val != "center" {
		t.Errorf("day cell is %q, %s", p.text(), p.Align.Val)
	}
}

func TestDocxPage(t *testing.T) {
	t.Parallel()
	var d document
	files := docx(t, example)
	read(t, files["word/document.xml"], &d)
	s := d.Section
	for name, v := range map[string]struct {
		twips int
		mm    float64
	}{
		"width": {s.Size.W, 210}, "height": {s.Size.H, 297}, "top": {s.Margin.Top, 37}, "bottom": {s.Margin.Bottom, 35},
		"left": {s.Margin.Left, 28}, "right": {s.Margin.Right, 26},
	} {
		if mm := float64(v.twips) / 1440 * 25.4; mm < v.mm-0.05 || mm > v.mm+0.05 {
			t.Errorf("%s is %.2f mm; want %v", name, mm, v.mm)
		}
	}
	for name, side := range map[string]string{"word/footer1.xml": "right", "word/footer2.xml": "left"} {
		var f struct {
			P paragraph `xml:"p"`
		}
		read(t, files[name], &f)
		if f.P.text() != "—  —" || f.P.Align.Val != side || !strings.Contains(files[name], `<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t>`) {
			t.Errorf("%s: %q %s", name, f.P.text(), f.P.Align.Val)
		}
	}
	if !strings.Contains(files["word/settings.xml"], "<w:evenAndOddHeaders/>") {
		t.Error("the footer of even pages is not switched on")
	}
}

func TestDocxSignature(t *testing.T) {
	t.Parallel()
	for issuer, want := range map[string][2]int{
		"六盘水市应急管理局": {300, 400}, // 9 characters over 6.5: 4 - 1.25, to the half
		"市府":        {600, 400},
		"六盘水市人民政府办公室电子政务信息系统管理中心": {0, 400},
	} {
		var d document
		read(t, docx(t, Document{Issuer: issuer, Date: "2026年6月30日"})["word/document.xml"], &d)
		if len(d.Paragraphs) != 2 {
			t.Fatalf("%d paragraphs; want 2", len(d.Paragraphs))
		}
		got := [2]int{d.Paragraphs[0].Indent.RightChars, d.Paragraphs[1].Indent.RightChars}
		if got != want {
			t.Errorf("%s: insets %v; want %v hundredths of a character", issuer, got, want)
		}
	}
}
