package app_test

import (
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
