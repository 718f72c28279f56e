package systemregister

import (
	"bytes"
	"reflect"
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
	want := []Row{{2, "市水务局", map[string]string{"name": "水务门户网站", "functions": "信息公开，办事指南", "system_state": "operating"}}, {6, "SWJ", map[string]string{"name": "旧办公系统", "system_state": "idle"}}}
	if !reflect.DeepEqual(got, want) {
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
	want := []Row{{2, "市水务局", map[string]string{"name": "旧办公系统", "functions": "公文流转", "system_state": "retired", "replaced_by": "市级协同办公平台"}},
		{4, "市水务局", map[string]string{"name": "12345 热线平台", "system_state": "operating"}}}
	if !reflect.DeepEqual(got, want) {
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

func TestReadListTakesTheWholeSheet(t *testing.T) {
	t.Parallel()
	got, err := ReadList(strings.NewReader("单位,系统名称,状态,类别,上线日期,累计投资,所在网络,没有标题的列\n"))
	if !problem.Is(err, problem.Invalid) || !strings.Contains(problem.Message(err), "不认识的列“没有标题的列”") {
		t.Errorf("%v, %v", got, err)
	}
	got, err = ReadList(strings.NewReader("单位,系统名称,状态,类别,上线日期,累计投资,所在网络\n市水务局,水务门户网站,运行,机关内部办公系统,2019-05-01,\"1,250.5\",电子政务外网\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Row{{2, "市水务局", map[string]string{"name": "水务门户网站", "system_state": "operating", "category": "office_app", "launched_on": "2019-05-01", "invested": "1,250.5", "network": "extranet"}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
