package app_test

import (
	"encoding/json"
	"fmt"
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
