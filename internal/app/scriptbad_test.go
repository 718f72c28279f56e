package app_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// The commands of bad input:
//
//	craft FILE KIND             make a file nobody should send: exe, bomb, million, text N, json N,
//	                            deep N, many N, utf8; or a workbook: table FILE with tabs between cells
//	[!] post PATH [K=V|K=@FILE]...  send a form as a page does
//	[!] send METHOD PATH TYPE FILE  send raw bytes to the API; TYPE - sends no content type
//	memory MB                   the city has never held more than MB megabytes

var workbookParts = []struct{ name, text string }{
	{"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`},
}

// zipBook is a workbook with one more part, written by fill.
func zipBook(ts *testscript.TestScript, part string, fill func(io.Writer) error) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range workbookParts {
		w, err := z.Create(p.name)
		ts.Check(err)
		_, err = io.WriteString(w, p.text)
		ts.Check(err)
	}
	w, err := z.Create(part)
	ts.Check(err)
	ts.Check(fill(w))
	ts.Check(z.Close())
	return b.Bytes()
}

// table makes a workbook of texts: a line per row, tabs between cells; a line
// [name] begins a sheet.
func table(ts *testscript.TestScript, text string) []byte {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // in memory
	sheet, row := "Sheet1", 0
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if name, ok := strings.CutPrefix(line, "["); ok {
			sheet, row = strings.TrimSuffix(name, "]"), 0
			_, err := f.NewSheet(sheet)
			ts.Check(err)
			continue
		}
		row++
		for i, cell := range strings.Split(line, "\t") {
			at, err := excelize.CoordinatesToCellName(i+1, row)
			ts.Check(err)
			ts.Check(f.SetCellValue(sheet, at, cell))
		}
	}
	if len(f.GetSheetList()) > 1 {
		ts.Check(f.DeleteSheet("Sheet1"))
	}
	b, err := f.WriteToBuffer()
	ts.Check(err)
	return b.Bytes()
}

func craft(ts *testscript.TestScript, neg bool, args []string) {
	n := 0
	if len(args) > 2 && args[1] != "table" {
		var err error
		n, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	var raw []byte
	switch args[1] {
	case "table":
		raw = table(ts, ts.ReadFile(args[2]))
	case "exe":
		raw = append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00"), make([]byte, 4096)...)
	case "bomb": // a gigabyte of empty rows
		raw = zipBook(ts, "xl/worksheets/sheet1.xml", func(w io.Writer) error {
			for range 1024 {
				if _, err := w.Write(bytes.Repeat([]byte("<row>\n</row>\n    "), 1<<16)); err != nil {
					return err
				}
			}
			return nil
		})
	case "million":
		raw = zipBook(ts, "xl/worksheets/sheet1.xml", func(w io.Writer) error {
			if _, err := io.WriteString(w, "<worksheet><sheetData>"); err != nil {
				return err
			}
			for i := range 1_000_000 {
				if _, err := fmt.Fprintf(w, `<row r="%d"><c r="A%d"><v>1</v></c></row>`, i+1, i+1); err != nil {
					return err
				}
			}
			_, err := io.WriteString(w, "</sheetData></worksheet>")
			return err
		})
	case "text": // n characters
		raw = []byte(strings.Repeat("长", n))
	case "json": // n characters in one field
		raw = []byte(`{"year":2027,"lines":[{"name":"甲","goal":"` + strings.Repeat("长", n) + `"}]}`)
	case "deep":
		raw = []byte(`{"year":2027,"form":` + strings.Repeat(`{"a":`, n) + `1` + strings.Repeat(`}`, n) + `}`)
	case "many": // n lines
		raw = []byte(`{"year":2027,"lines":[` + strings.TrimSuffix(strings.Repeat(`{"name":"甲"},`, n), ",") + `]}`)
	case "utf8":
		raw = []byte("{\"year\":2027,\"form\":{\"leader\":\"\xff\xfe\"}}")
	default:
		ts.Fatalf("craft: no kind %s", args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), raw, 0o600))
}

func post(ts *testscript.TestScript, neg bool, args []string) {
	v := url.Values{}
	for _, a := range args[1:] {
		key, value, _ := strings.Cut(a, "=")
		if file, ok := strings.CutPrefix(value, "@"); ok {
			value = ts.ReadFile(file)
		}
		if raw, err := url.QueryUnescape(value); err == nil && strings.Contains(value, "%") {
			value = raw
		}
		v.Add(key, value)
	}
	status, raw, _ := of(ts).browse(ts, "POST", args[0], strings.NewReader(v.Encode()), formType)
	shown(ts, neg, "post "+args[0], status, raw)
}

func send(ts *testscript.TestScript, neg bool, args []string) {
	kind := strings.TrimPrefix(args[2], "-")
	status, raw := of(ts).do(ts, args[0], args[1], strings.NewReader(ts.ReadFile(args[3])), kind)
	fmt.Fprintf(ts.Stdout(), "%d %s\n", status, raw)
	if neg && (status < 400 || status >= 500) || !neg && status >= 400 {
		ts.Fatalf("%s %s: %d %s", args[0], args[1], status, raw)
	}
}

var peak = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// memory reads the high-water mark of the city's resident memory.
func memory(ts *testscript.TestScript, neg bool, args []string) {
	limit, err := strconv.Atoi(args[0])
	ts.Check(err)
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", of(ts).server.Process.Pid))
	ts.Check(err)
	m := peak.FindSubmatch(raw)
	if m == nil {
		ts.Fatalf("no high-water mark in %s", raw)
	}
	kb, err := strconv.Atoi(string(m[1]))
	ts.Check(err)
	fmt.Fprintf(ts.Stdout(), "at most %d MB\n", kb>>10)
	if kb>>10 > limit {
		ts.Fatalf("the city held %d MB, more than %d", kb>>10, limit)
	}
}
