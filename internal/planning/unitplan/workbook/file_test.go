package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
)

// zipped writes parts in order: name, content, name, content.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	oneSheet = `<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`
	oneRel   = `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`
)

func sheetXML(t testing.TB, data string, more ...string) []byte {
	t.Helper()
	return zipped(t, append([]string{"xl/workbook.xml", oneSheet, "xl/_rels/workbook.xml.rels", oneRel, "xl/worksheets/sheet1.xml", data}, more...)...)
}

func compoundFile(stream string) []byte {
	b := []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600))
	for _, u := range utf16.Encode([]rune(stream)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return append(b, make([]byte, 100)...)
}

func rowsXML(n int, cell string) string {
	var b strings.Builder
	b.WriteString("<worksheet><sheetData>")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, `<row r="%d"><c r="A%d">%s</c></row>`, i, i, cell)
	}
	return b.String() + "</sheetData></worksheet>"
}

func TestFilesRefused(t *testing.T) {
	t.Parallel()
	big := strings.Repeat(" ", 65<<20)
	ok := sheetXML(t, rowsXML(3, "<v>1</v>"))
	lying := bytes.Clone(sheetXML(t, rowsXML(3, "<v>1</v>")+big[:2<<20]))
	at := bytes.LastIndex(lying, []byte("PK\x01\x02")) // the directory entry of the last part
	binary.LittleEndian.PutUint32(lying[at+24:], 100)  // claims 100 bytes
	tests := map[string]struct {
		data   []byte
		reason Reason
		want   string
	}{
		"empty":                {nil, NotXLSX, "文件是空的"},
		"eleven megabytes":     {make([]byte, MaxFile+1), TooBig, "文件超过 10 MB"},
		"old xls":              {compoundFile("Workbook"), NotXLSX, "旧版 Excel 文件（.xls）。请用 Excel 或 WPS 打开，“另存为”"},
		"encrypted":            {compoundFile("EncryptedPackage"), Encrypted, "设有打开密码"},
		"old word":             {compoundFile("WordDocument"), NotXLSX, "Word 文档"},
		"csv":                  {[]byte("序号,单位,项目名称\r\n1,市水务局,甲\r\n"), NotXLSX, "文本表格（.csv）"},
		"csv in GBK":           {[]byte("\xd0\xf2\xba\xc5,\xb5\xa5\xce\xbb\r\n1,2\r\n"), NotXLSX, "文本表格（.csv）"},
		"html named xls":       {[]byte("<html><table><tr><td>1</td></tr></table></html>"), NotXLSX, "网页格式"},
		"pdf":                  {[]byte("%PDF-1.7\n%\x00"), NotXLSX, "PDF"},
		"picture":              {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00"), NotXLSX, "这不是 Excel 工作簿"},
		"docx":                 {zipped(t, "word/document.xml", "<w/>"), NotXLSX, "Word 文档"},
		"ods":                  {zipped(t, "content.xml", "<w/>"), NotXLSX, "OpenDocument"},
		"xlsb":                 {zipped(t, "xl/workbook.bin", "x"), NotXLSX, ".xlsb"},
		"plain zip":            {zipped(t, "a.txt", "x"), NotXLSX, "压缩包"},
		"cut short":            {ok[:len(ok)-30], Damaged, "文件已损坏"},
		"no sheet":             {zipped(t, "xl/workbook.xml", "<workbook/>"), Damaged, "文件已损坏"},
		"no XML":               {sheetXML(t, "<worksheet><sheetData><row <"), Damaged, "文件已损坏"},
		"bomb in a picture":    {sheetXML(t, rowsXML(3, "<v>1</v>"), "xl/media/a.png", big), Bomb, "解压后超过 64 MB"},
		"bomb in two parts":    {sheetXML(t, rowsXML(3, "<v>1</v>"), "a", big[:40<<20], "b", big[:40<<20]), Bomb, "解压后超过 64 MB"},
		"bomb in the sheet":    {sheetXML(t, "<worksheet>"+strings.Repeat(`<row r="1"></row>`, 3<<20)), Bomb, "解压后超过 64 MB"},
		"lying directory":      {lying, Damaged, "文件已损坏"},
		"ten megabyte cell":    {sheetXML(t, rowsXML(1, "<is><t>"+big[:10<<20]+"</t></is>")), Damaged, "有一格文字过长"},
		"too many rows":        {sheetXML(t, rowsXML(5001, "<v>1</v>")), TooMany, "表格超过 5000 行，请拆分后导入"},
		"content far below":    {sheetXML(t, `<worksheet><row r="900000"><c><v>1</v></c></row></worksheet>`), TooMany, "第 900000 行还有内容"},
		"too many columns":     {sheetXML(t, `<worksheet><row r="1"><c r="ZZ1"><v>1</v></c></row></worksheet>`), Damaged, "超过 256 列"},
		"stamped as secret":    {sheetOf(t, []any{"机密★10年"}, plainHeader), Classified, "涉密文件不得上传"},
		"thousands of yuan":    {sheetOf(t, []any{"金额单位：千元"}, plainHeader), MoneyUnit, "单位是千元"},
		"same part twice":      {sheetXML(t, "<worksheet/>", "xl/workbook.xml", "<x/>"), Damaged, "文件已损坏"},
		"a million columns":    {sheetXML(t, `<worksheet><row>`+strings.Repeat(`<c><v>1</v></c>`, 1000)+`</row></worksheet>`), Damaged, "超过 256 列"},
		"text, no spreadsheet": {[]byte("hello"), NotXLSX, "文本文件"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(tt.data, Options{})
			var fe *FileError
			if !errors.As(err, &fe) || fe.Reason != tt.reason || !strings.Contains(fe.Message, tt.want) {
				t.Errorf("%v", err)
			}
		})
	}
}

// A million rows are refused after the first 5,001 of them.
func TestMillionRows(t *testing.T) {
	t.Parallel()
	data := sheetXML(t, rowsXML(1_000_000, "<v>1</v>"))
	if _, err := Read(data, Options{}); !errors.Is(err, errRows) {
		t.Fatal(err)
	}
	b, err := openBook(data)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.full(b.sheets[0]); !errors.Is(err, errRows) {
		t.Fatal(err)
	}
	if read := MaxUnzipped - b.c.budget; read > 1<<20 {
		t.Errorf("inflates %d bytes", read)
	}
}

// Formatted but empty rows and cells are no content.
func TestBlankRowsAreFree(t *testing.T) {
	t.Parallel()
	data := sheetXML(t, strings.Replace(rowsXML(9000, ""), "<sheetData>", `<sheetData><row r="1"><c r="A1"><v>7</v></c></row>`, 1))
	p, err := Read(data, Options{})
	if err != nil || len(p.Lines) != 1 {
		t.Fatalf("%v %+v", err, p)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(carried(f))
	f.Add(sheetOf(f, plainHeader, project("甲平台", nil)))
	f.Add(compoundFile("Workbook"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Read(data, Options{PlanYear: 2027, Match: cityMatch})
		var fe *FileError
		if err != nil && !errors.As(err, &fe) {
			t.Fatalf("%T: %v", err, err)
		}
		if err == nil && p.Counts.Read != len(p.Rows) {
			t.Fatal("miscounted")
		}
	})
}

// The sheet inside the container is where the work is done.
func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>项目名称</t></is></c><c t="str"><v>申报单位</v></c><c t="str"><v>总投资</v></c></row><row><c t="str"><v>甲</v></c><c t="str"><v>市水务局</v></c><c><v>1e2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells></worksheet>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		p, err := Read(sheetXML(t, sheet), Options{Match: cityMatch})
		if err != nil {
			return
		}
		if _, err := Annotated(p); err != nil {
			t.Fatal(err)
		}
	})
}
