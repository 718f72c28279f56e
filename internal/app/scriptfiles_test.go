package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// xlsx prints a sheet of a workbook as a reader shows it: a line per row, tabs between cells.
func xlsx(ts *testscript.TestScript, neg bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close() //nolint:errcheck // only read
	rows, err := f.GetRows(args[1])
	if (err != nil) != neg {
		ts.Fatalf("xlsx %s %s: %v", args[0], args[1], err)
	}
	for _, r := range rows {
		fmt.Fprintln(ts.Stdout(), strings.Join(r, "\t"))
	}
}

// fill writes the same values on every main line of a case.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	s := of(ts)
	_, raw := s.do(ts, "GET", "/api/v1/matters/"+args[0], nil, "")
	var c struct {
		Lines []struct {
			ID  string
			Rev int64
		}
	}
	ts.Check(json.Unmarshal(raw, &c))
	for _, l := range c.Lines {
		body := fmt.Sprintf(`{"rev":%d,"values":%s}`, l.Rev, strings.Join(args[1:], " "))
		if status, raw := s.do(ts, "PATCH", "/api/v1/matters/"+args[0]+"/lines/"+l.ID, strings.NewReader(body), "application/json"); status >= 400 {
			ts.Fatalf("fill %s: %d %s", l.ID, status, raw)
		}
	}
}

// book writes a workbook: a hidden sheet first, then one with the lines of a text.
func book(ts *testscript.TestScript, neg bool, args []string) {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // written below
	ts.Check(f.SetCellStr("Sheet1", "A1", "说明"))
	_, err := f.NewSheet("信息项")
	ts.Check(err)
	ts.Check(f.SetSheetVisible("信息项", true))
	f.SetActiveSheet(1)
	ts.Check(f.SetSheetVisible("Sheet1", false))
	rows := strings.Split(strings.TrimRight(ts.ReadFile(args[1]), "\n"), "\n")
	if len(args) > 2 {
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		for i := range n {
			rows = append(rows, fmt.Sprintf("%s\t字符型", "第"+strconv.Itoa(i)+"项"))
		}
	}
	for i, row := range rows {
		cells := strings.Split(row, "\t")
		ts.Check(f.SetSheetRow("信息项", "A"+strconv.Itoa(i+1), &cells))
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[0])))
}

// sheetOf uploads a workbook as the page of a case does; a success leads back to it.
func sheetOf(ts *testscript.TestScript, neg bool, args []string) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", filepath.Base(args[1]))
	ts.Check(err)
	_, err = io.WriteString(part, ts.ReadFile(args[1]))
	ts.Check(err)
	ts.Check(form.Close())
	status, raw := of(ts).do(ts, "POST", "/matters/"+args[0]+"/table", &body, form.FormDataContentType())
	fmt.Fprintf(ts.Stdout(), "%d %s\n", status, textOf(raw))
	if neg && (status < 400 || status >= 500) || !neg && status >= 400 {
		ts.Fatalf("sheet %s: %d %s", args[1], status, textOf(raw))
	}
}
