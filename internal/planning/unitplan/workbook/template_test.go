package workbook

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestTemplateRoundTrip(t *testing.T) {
	t.Parallel()
	data, err := Template(2027)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, name := range []string{"甲平台", "乙平台"} {
		row := project(name, map[string]any{"A": i + 1})
		if i == 1 {
			row[12] = "市财政50+省级46.5"
		}
		if err := f.SetSheetRow("项目计划申报表", ref(1, templateFirst+i), &row); err != nil {
			t.Fatal(err)
		}
	}
	valid, err := f.GetDataValidations("项目计划申报表")
	if err != nil || len(valid) != 4 {
		t.Errorf("%d drop-downs and limits, %v", len(valid), err)
	}
	filled, err := bytesOf(f)
	if err != nil {
		t.Fatal(err)
	}
	p := mustRead(t, filled, Options{PlanYear: 2027})
	if len(p.Problems) != 0 || p.Counts.Ready != 2 || len(p.Skipped) != 0 {
		t.Errorf("%+v %+v", p.Problems, p.Counts)
	}
	for _, c := range p.Header.Columns {
		if c.Confidence != Exact {
			t.Errorf("column %+v", c)
		}
	}
	if w := p.Sheets[1].Why; w != "没有项目表头，不导入" {
		t.Errorf("instruction sheet: %q", w)
	}
}

func TestEmptyTemplate(t *testing.T) {
	t.Parallel()
	data, err := Template(2027)
	if err != nil {
		t.Fatal(err)
	}
	if p := mustRead(t, data, Options{PlanYear: 2027}); len(p.Rows) != 0 || len(p.Problems) != 0 {
		t.Errorf("%+v %+v", p.Rows, p.Problems)
	}
	b, err := openBook(data)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(strings.Join(b.strings, "\n"), "涉密项目不得填报") {
		t.Error("the template does not warn of secrets")
	}
}

func TestAnnotated(t *testing.T) {
	t.Parallel()
	p := mustRead(t, carried(t), Options{PlanYear: 2027})
	data, err := Annotated(p)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	comments, err := f.GetComments("汇总表")
	if err != nil {
		t.Fatal(err)
	}
	text := map[string]string{}
	for _, c := range comments {
		text[c.Cell] = c.Text
	}
	for cell, want := range map[string]string{"M11": "请确认：两个资金来源，未分金额：690.00 万元中市财政、省级各多少？（依据 《办法》第6条）", "K11": "运维服务未填", "C53": "不能导入：涉密项目不得在本系统填报", "B58": "属于其他辖区"} {
		if !strings.Contains(text[cell], want) {
			t.Errorf("%s: %q", cell, text[cell])
		}
	}
	for cell, want := range map[string]string{"A3": "序号", "N4": "2027年度资金需求", "L8": "１４８．００", "L5": "860", "C53": "", "G53": "", "A62": "合计"} {
		if got, err := f.GetCellValue("汇总表", cell); err != nil || got != want {
			t.Errorf("%s is %q, want %q (%v)", cell, got, want, err)
		}
	}
	// what was annotated reads as before
	again := mustRead(t, data, Options{PlanYear: 2027})
	if again.Counts.Ready != p.Counts.Ready || again.Total != p.Total {
		t.Errorf("read again: %+v", again.Counts)
	}
}

// Merged ranges that lie over each other, which no program writes, are dropped:
// excelize would compare every cell of them.
func TestOverlappingMerges(t *testing.T) {
	t.Parallel()
	data := sheetXML(t, `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="20000"><c r="IV20000" t="str"><v>x</v></c></row></sheetData><mergeCells>`+
		`<mergeCell ref="A1:B2"/>`+strings.Repeat(`<mergeCell ref="A1:IV20000"/><mergeCell ref="B2:C3"/>`, 20)+`</mergeCells></worksheet>`)
	p := mustRead(t, data, Options{})
	if len(p.Merges) != 1 || p.Merges[0] != "A1:B2" {
		t.Errorf("%v", p.Merges)
	}
	if _, err := Annotated(p); err != nil {
		t.Error(err)
	}
}

// The largest workbook, with a problem in nearly every cell, stays bearable.
func BenchmarkLargest(b *testing.B) {
	rows := [][]any{plainHeader}
	for i := range MaxRows - 1 {
		rows = append(rows, []any{i, "市水务局", "平台" + strings.Repeat("甲", i%50), nil, nil, "无", "无", "无", "无", "无", "无", "x"})
	}
	data := sheetOf(b, rows...)
	b.ReportAllocs()
	for b.Loop() {
		p := mustRead(b, data, Options{})
		if _, err := Annotated(p); err != nil {
			b.Fatal(err)
		}
	}
}
