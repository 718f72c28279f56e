package systemregister

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhengcheng/internal/problem"
)

func TestReadListTakesColumnsInAnyOrder(t *testing.T) {
	t.Parallel()
	got, err := ReadList(strings.NewReader("\ufeffstate,name,unit,functions\n运行,  水务门户网站 ,市水务局,\"信息公开，\n办事指南\"\n\n,,,\nidle,旧办公系统,SWJ\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{{Row: 2, Unit: "市水务局", Name: "水务门户网站", Functions: "信息公开，办事指南", State: "运行"}, {Row: 6, Unit: "SWJ", Name: "旧办公系统", State: "idle"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func workbook(t *testing.T, rows ...[]any) *bytes.Buffer {
	t.Helper()
	f := excelize.NewFile()
	for i, r := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("Sheet1", cell, &r); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReadListTakesAWorkbook(t *testing.T) {
	t.Parallel()
	got, err := ReadList(workbook(t, []any{"系统名称", "单位", "替代系统", "状态", "主要功能"}, []any{"旧办公系统", "市水务局", "市级协同办公平台", "停用", "公文流转"}, []any{}, []any{"12345 热线平台", "市水务局", nil, "运行"}))
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{{Row: 2, Unit: "市水务局", Name: "旧办公系统", Functions: "公文流转", State: "停用", ReplacedBy: "市级协同办公平台"}, {Row: 4, Unit: "市水务局", Name: "12345 热线平台", State: "运行"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestReadListRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, want string }{
		"nothing":         {"", "表格是空的"},
		"no state":        {"unit,name\n市水务局,甲\n", "表头缺少“状态”"},
		"unknown heading": {"unit,name,state,funktions\n", "不认识的列“funktions”"},
		"twice":           {"unit,name,state,状态\n", "两列“状态”"},
		"GBK":             {"unit,name,state\n\xcb\xae\xce\xf1,a,b\n", "UTF-8"},
		"open quote":      {"unit,name,state\n甲,\"乙,运行\n", "引号"},
		"too long":        {"unit,name,state\n" + strings.Repeat("甲,乙,运行\n", maxRows+1), "超过 5000 行"},
		"no workbook":     {"PK\x03\x04garbage", "Excel"},
	} {
		if _, err := ReadList(strings.NewReader(tc.in)); !problem.Is(err, problem.Invalid) || !strings.Contains(problem.Message(err), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
}
