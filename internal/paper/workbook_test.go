package paper

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"zhengcheng/internal/calendar"
)

var plan = Sheet{
	Name:  "年度计划",
	Title: "2027年度政务信息系统项目计划汇总表",
	Note:  "单位：万元",
	Columns: []Column{
		{Name: "序号", Width: 6, Align: Center}, {Name: "项目名称"}, {Name: "总投资（万元）", Width: 14}, {Name: "入库日期"}, {Name: "统一社会信用代码"},
	},
	Rows: [][]Cell{
		{Int(1), Text("应急指挥平台<&>\n二期"), Amount(1_280_000_001), Day("2026-06-30"), Text("11520200009390001X")},
		{Int(2), Text("运维\x00\x1f"), Amount(-5_000), Day(""), Text("007")},
		{Int(3), Text("短行")},
	},
	Totals: []Cell{{}, Text("合计"), Amount(1_279_995_001)},
}

func open(t testing.TB, sheets ...Sheet) *excelize.File {
	t.Helper()
	file, err := Workbook(sheets...)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestWorkbookValues(t *testing.T) {
	t.Parallel()
	f := open(t, plan)
	for cell, want := range map[string]string{
		"A1": "2027年度政务信息系统项目计划汇总表", "A2": "单位：万元",
		"A3": "序号", "C3": "总投资（万元）", "E3": "统一社会信用代码",
		"A4": "1", "B4": "应急指挥平台<&>\n二期", "C4": "1,280.00", "D4": "2026-06-30", "E4": "11520200009390001X",
		"A5": "2", "B5": "运维", "C5": "-0.01", "D5": "", "E5": "007",
		"A6": "3", "B6": "短行", "C6": "", "E6": "",
		"A7": "", "B7": "合计", "C7": "1,280.00", "A8": "",
	} {
		if got := must(f.GetCellValue(plan.Name, cell)); got != want {
			t.Errorf("%s shows %q; want %q", cell, got, want)
		}
	}
	raw := excelize.Options{RawCellValue: true}
	for cell, want := range map[string]string{"C4": "1280.000001", "C5": "-0.005", "C7": "1279.995001", "D4": "46203", "A4": "1"} {
		if got := must(f.GetCellValue(plan.Name, cell, raw)); got != want {
			t.Errorf("%s holds %s; want %s", cell, got, want)
		}
		if kind := must(f.GetCellType(plan.Name, cell)); kind != excelize.CellTypeNumber && kind != excelize.CellTypeUnset {
			t.Errorf("%s has type %v; want a number", cell, kind)
		}
	}
	if kind := must(f.GetCellType(plan.Name, "E5")); kind != excelize.CellTypeInlineString {
		t.Errorf("E5 has type %v; want text", kind)
	}
}

func TestWorkbookLooks(t *testing.T) {
	t.Parallel()
	f := open(t, plan)
	for cell, want := range map[string]struct {
		format, align string
		bold          bool
		borders       int
	}{
		"A1": {"@", "center", true, 0}, "A2": {"@", "left", false, 0}, "B3": {"@", "center", true, 4},
		"A4": {"0", "center", false, 4}, "B4": {"@", "left", false, 4}, "C4": {"#,##0.00", "right", false, 4},
		"D4": {"yyyy-mm-dd", "center", false, 4}, "E6": {"@", "left", false, 4}, "C7": {"#,##0.00", "right", true, 4},
	} {
		s := must(f.GetStyle(must(f.GetCellStyle(plan.Name, cell))))
		if s.CustomNumFmt == nil || *s.CustomNumFmt != want.format || s.Alignment.Horizontal != want.align ||
			s.Font.Bold != want.bold || len(s.Border) != want.borders || s.Font.Family != "宋体" {
			t.Errorf("%s has style %+v %+v; want %+v", cell, s, s.Font, want)
		}
	}
}

func TestWorkbookPage(t *testing.T) {
	t.Parallel()
	bare := Sheet{Name: "it's", Columns: []Column{{Name: "甲"}, {Name: "乙"}}}
	f := open(t, plan, bare)
	for name, header := range map[string]int{plan.Name: 3, bare.Name: 1} {
		p := must(f.GetPanes(name))
		if !p.Freeze || p.YSplit != header || p.XSplit != 0 || p.TopLeftCell != fmt.Sprintf("A%d", header+1) || p.ActivePane != "bottomLeft" {
			t.Errorf("%s: panes %+v", name, p)
		}
		l := must(f.GetPageLayout(name))
		if *l.Size != 9 || *l.Orientation != "landscape" || *l.FitToWidth != 1 || *l.FitToHeight != 0 || !*must(f.GetSheetProps(name)).FitToPage {
			t.Errorf("%s: page layout %+v", name, l)
		}
	}
	merged := must(f.GetMergeCells(plan.Name))
	if len(merged) != 2 || merged[0].GetStartAxis()+merged[0].GetEndAxis() != "A1E1" || merged[1].GetEndAxis() != "E2" {
		t.Errorf("merged cells %v", merged)
	}
	for column, want := range map[string]float64{"A": 6, "B": 17, "C": 14, "D": 12, "E": 20} {
		if got := must(f.GetColWidth(plan.Name, column)); got != want {
			t.Errorf("column %s is %v wide; want %v", column, got, want)
		}
	}
	names := f.GetDefinedName()
	if len(names) != 2 || names[0].RefersTo != "'年度计划'!$3:$3" || names[1].RefersTo != "'it''s'!$1:$1" {
		t.Errorf("header rows to repeat: %+v", names)
	}
	if got := must(f.GetSheetDimension(plan.Name)); got != "A1:E7" {
		t.Errorf("dimension %s; want A1:E7", got)
	}
	if got := must(f.GetDocProps()); got.Title != plan.Title || got.Creator+got.Created != "" {
		t.Errorf("properties %+v", got)
	}
}

func TestWorkbookNoFormulas(t *testing.T) {
	t.Parallel()
	attacks := []string{`=HYPERLINK("http://x","y")`, "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0", "_x003D_1+1", "</t></is><f>1+1</f>"}
	s := Sheet{Name: "=1+1", Title: attacks[0], Note: attacks[1], Columns: []Column{{Name: attacks[3]}}}
	for _, a := range attacks {
		s.Rows = append(s.Rows, []Cell{Text(a)})
	}
	file := must(Workbook(s))
	for name, xml := range parts(t, file) {
		if strings.HasPrefix(name, "xl/worksheets/") && (strings.Contains(xml, "<f>") || strings.Contains(xml, "<f ")) {
			t.Errorf("%s has a formula", name)
		}
	}
	f := open(t, s)
	for i, want := range append([]string{s.Title, s.Note, s.Columns[0].Name}, attacks...) {
		cell := fmt.Sprintf("A%d", i+1)
		if got := must(f.GetCellValue(s.Name, cell)); got != want {
			t.Errorf("%s is %q; want %q", cell, got, want)
		}
		if formula := must(f.GetCellFormula(s.Name, cell)); formula != "" {
			t.Errorf("%s has formula %q", cell, formula)
		}
		if kind := must(f.GetCellType(s.Name, cell)); kind != excelize.CellTypeInlineString {
			t.Errorf("%s has type %v; want text", cell, kind)
		}
	}
}

func TestWorkbookRefusals(t *testing.T) {
	t.Parallel()
	a := []Column{{Name: "甲"}}
	for name, tt := range map[string]struct {
		sheets []Sheet
		want   string
	}{
		"no sheet":        {nil, "workbook without sheets"},
		"no columns":      {[]Sheet{{Name: "一"}}, "table without columns"},
		"no name":         {[]Sheet{{Columns: a}}, "blank"},
		"name in use":     {[]Sheet{{Name: "ab", Columns: a}, {Name: "AB", Columns: a}}, "two sheets of this name"},
		"forbidden name":  {[]Sheet{{Name: "2026/2027", Columns: a}}, "can not contain"},
		"long name":       {[]Sheet{{Name: strings.Repeat("长", 32), Columns: a}}, "31 characters"},
		"row too long":    {[]Sheet{{Name: "一", Columns: a, Rows: [][]Cell{{Int(1), Int(2)}}}}, "row 1 has 2 cells for 1 columns"},
		"totals too long": {[]Sheet{{Name: "一", Columns: a, Totals: []Cell{{}, {}}}}, "row 1 has 2 cells for 1 columns"},
		"text too long":   {[]Sheet{{Name: "一", Columns: a, Rows: [][]Cell{{Text(strings.Repeat("长", 32768))}}}}, "column 甲: row 2: text over 32767"},
		"note too long":   {[]Sheet{{Name: "一", Columns: a, Title: "甲", Note: strings.Repeat("长", 32768)}}, "row 2: text over 32767"},
		"too wide":        {[]Sheet{{Name: "一", Columns: []Column{{Name: "甲", Width: 256}}}}, "255"},
	} {
		if _, err := Workbook(tt.sheets...); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v; want %s", name, err, tt.want)
		}
	}
	if _, err := Workbook(Sheet{Name: "Sheet1", Columns: a, Rows: [][]Cell{{Text(strings.Repeat("长", 32767))}}}); err != nil {
		t.Errorf("longest text: %v", err)
	}
}

func TestWorkbookDeterministic(t *testing.T) {
	t.Parallel()
	b, c := plan, plan
	b.Name, c.Name = "乙", "丙"
	first := must(Workbook(plan, b, c))
	for range 5 {
		if !bytes.Equal(first, must(Workbook(plan, b, c))) {
			t.Fatal("two runs differ")
		}
	}
}

func TestDayCells(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", "1899-12-31", "明天", "2026-02-30"} {
		if c := Day(calendar.Date(in)); c.kind != text || c.String() != in {
			t.Errorf("Day(%q) is %+v", in, c)
		}
	}
	f := open(t, Sheet{Name: "日", Columns: []Column{{Name: "日"}}, Rows: [][]Cell{{Day("1900-03-01")}, {Day("2100-12-31")}}})
	for cell, want := range map[string]string{"A2": "1900-03-01", "A3": "2100-12-31"} {
		if got := must(f.GetCellValue("日", cell)); got != want {
			t.Errorf("%s is %s; want %s", cell, got, want)
		}
	}
}

// BenchmarkWorkbook writes 10,000 rows of 20 columns and fails over 2 s.
func BenchmarkWorkbook(b *testing.B) {
	s := Sheet{Name: "汇总", Title: "大表"}
	for i := range 20 {
		s.Columns = append(s.Columns, Column{Name: fmt.Sprintf("第%d列", i+1)})
	}
	for i := range 10_000 {
		r := []Cell{Int(i), Amount(1_234_567_800), Day("2026-06-30")}
		for range 17 {
			r = append(r, Text("建设统一的应急指挥调度平台"))
		}
		s.Rows = append(s.Rows, r)
	}
	for b.Loop() {
		if _, err := Workbook(s); err != nil {
			b.Fatal(err)
		}
	}
	if took := b.Elapsed() / time.Duration(b.N); took > 2*time.Second {
		b.Errorf("10,000 rows take %v; want under 2 s", took)
	}
}
