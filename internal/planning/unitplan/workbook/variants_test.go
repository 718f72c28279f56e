package workbook

import (
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sheetOf builds a workbook of one sheet; a cell "<" merges with the one on its
// left, "^" with the one above.
func sheetOf(t testing.TB, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, r := range rows {
		for j, v := range r {
			at := ref(j+1, i+1)
			var err error
			switch v {
			case "<":
				err = f.MergeCell("Sheet1", ref(j, i+1), at)
			case "^":
				err = f.MergeCell("Sheet1", ref(j+1, i), at)
			case nil:
			default:
				err = f.SetCellValue("Sheet1", at, v)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	data, err := bytesOf(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

var plainHeader = []any{"序号", "申报单位", "项目名称", "建设性质", "编制依据", "总体目标", "建设内容", "功能应用", "数据资源", "安全保障", "运维服务", "估算总投资", "资金来源", "年度资金需求", "拟实施时间", "备注"}

// project is a complete row under plainHeader; change sets single columns.
func project(name string, change map[string]any) []any {
	r := []any{1, "市水务局", name, "新建", "《数字水利规划》（水信息〔2026〕3号）", "实现水库安全预警全覆盖", "建设预警平台和移动端", "监测预警、调度指挥", "产生水情数据并编制目录共享",
		"拟定等保级别：2级", "免费运维期十二个月", 96.5, "市财政", 96.5, "2027年3月-2027年12月", ""}
	for l, v := range change {
		r[colNumber(l)-1] = v
	}
	return r
}

func TestHeaderVariants(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		rows [][]any
		opts Options
		want map[string]Field
	}{
		"one row": {rows: [][]any{plainHeader, project("甲平台", nil)},
			want: map[string]Field{"A": Seq, "B": UnitName, "C": Name, "L": Estimate, "M": FundText, "N": YearAmount, "O": Period}},
		"other order, synonyms, brackets and a break": {
			rows: [][]any{{"某某局信息化项目表"}, {"项目\n名称", "建设单位名称", "投资估算（万元）", "2027年度资金需求(万元)", "经费来源", "建设周期", "政策依据", "主要建设内容", "建设目标", "主要功能", "信息资源", "网络安全", "运行维护", "项目性质"},
				{"乙平台", "市水务局", 10, 10, "省级", "2027年全年"}},
			want: map[string]Field{"A": Name, "B": UnitName, "C": Estimate, "D": YearAmount, "E": FundText, "F": Period, "G": BasisText, "H": Content, "I": Goal, "J": Functions, "K": DataResources, "L": Security, "M": Operation, "N": BuildKind}},
		"two rows, amounts by source": {
			rows: [][]any{{"项目名称", "申报单位", "总投资", "资金来源（万元）", "<", "<", "备注"}, {"^", "^", "^", "市级财政", "中央", "自筹", "^"},
				{"丙平台", "市水务局", 30, 10, 20, nil, ""}},
			want: map[string]Field{"A": Name, "B": UnitName, "C": Estimate, "D": FundGeneral, "E": FundCentral, "F": FundOwn, "G": Remark}},
		"amounts of another year are left out": {
			rows: [][]any{{"项目名称", "申报单位", "总投资", "2026年度资金", "2027年度资金"}, {"丁平台", "市水务局", 30, 10, 20}},
			want: map[string]Field{"C": Estimate, "D": "", "E": YearAmount}},
		"mapped by hand without a header": {
			rows: [][]any{{"戊平台", "市水务局", 30}}, opts: Options{Mapping: map[string]Field{"A": Name, "b": UnitName, "C": Estimate}},
			want: map[string]Field{"A": Name, "B": UnitName, "C": Estimate}},
		"mapped by hand over a header": {
			rows: [][]any{{"项目名称", "申报单位", "总投资", "总额"}, {"己平台", "市水务局", 30, 20}}, opts: Options{Mapping: map[string]Field{"D": YearAmount}},
			want: map[string]Field{"C": Estimate, "D": YearAmount}},
		"a header row named by hand": {
			rows: [][]any{{"啥", "谁"}, {"庚平台", "市水务局"}}, opts: Options{HeaderRow: 1, Mapping: map[string]Field{"A": Name, "B": UnitName}},
			want: map[string]Field{"A": Name, "B": UnitName}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tt.opts.PlanYear = 2027
			p := mustRead(t, sheetOf(t, tt.rows...), tt.opts)
			got := map[string]Field{}
			for _, c := range p.Header.Columns {
				got[c.Letter] = c.Field
			}
			for l, f := range tt.want {
				if got[l] != f {
					t.Errorf("column %s is %q, want %q", l, got[l], f)
				}
			}
			if len(p.Rows) != 1 || p.Rows[0].Item.Name == "" || p.Rows[0].Unit.ID != "市水务局" {
				t.Fatalf("rows %+v", p.Rows)
			}
		})
	}
}

func TestAmountsBySource(t *testing.T) {
	t.Parallel()
	p := mustRead(t, sheetOf(t, []any{"项目名称", "申报单位", "总投资", "2027年资金", "资金来源", "<"}, []any{"^", "^", "^", "^", "市财政", "省级"},
		[]any{"丙平台", "市水务局", 30, 30, 10, 20}), Options{PlanYear: 2027})
	it := p.Rows[0].Item
	if !it.Split || len(it.Funds) != 2 || it.Funds[0] != (Fund{"general_budget", 10_000_000}) || it.Funds[1] != (Fund{"provincial", 20_000_000}) {
		t.Errorf("%+v", it)
	}
}

func TestNoHeader(t *testing.T) {
	t.Parallel()
	p := mustRead(t, sheetOf(t, []any{"会议签到表"}, []any{"姓名", "电话"}), Options{})
	if p.Header.Found || len(p.Rows) != 0 || len(p.Problems) != 1 || !strings.Contains(p.Problems[0].Message, "没有认出表头") || len(p.Header.Columns) != 2 {
		t.Errorf("%+v", p)
	}
}

func TestRowProblems(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change map[string]any
		cell   string
		level  Level
		want   string
	}{
		"unknown unit":          {map[string]any{"B": "某某公司"}, "B2", LevelRefuse, "没有找到单位“某某公司”"},
		"no unit":               {map[string]any{"B": ""}, "B2", LevelRefuse, "没有填申报单位"},
		"no name":               {map[string]any{"C": ""}, "C2", LevelRefuse, "没有填项目名称"},
		"negative":              {map[string]any{"L": "-5"}, "L2", LevelRefuse, "金额不能为负"},
		"sixteen digits":        {map[string]any{"L": "1234567890123456"}, "L2", LevelRefuse, "金额过大"},
		"yuan in a wan column":  {map[string]any{"L": 8600000}, "L2", LevelRefuse, "请核对单位"},
		"finer than fen":        {map[string]any{"L": "1.0000001"}, "L2", LevelRefuse, "精确到分"},
		"words":                 {map[string]any{"L": "约一百"}, "L2", LevelRefuse, "不是数字"},
		"long text":             {map[string]any{"G": strings.Repeat("长", 5001)}, "G2", LevelRefuse, "最多 5000 字"},
		"no amount":             {map[string]any{"L": "待定"}, "L2", LevelAsk, "估算总投资未填"},
		"year above total":      {map[string]any{"N": 97}, "N2", LevelAsk, "97.00 万元，大于估算总投资 96.50 万元"},
		"31 June":               {map[string]any{"O": "2027年3月1日-2027年6月31日"}, "O2", LevelAsk, "不能读入"},
		"a single date":         {map[string]any{"O": 46447}, "O2", LevelAsk, "只有一个日期 2027-03-01"},
		"no period":             {map[string]any{"O": ""}, "O2", LevelAsk, "拟实施时间未填"},
		"filler":                {map[string]any{"F": "无"}, "F2", LevelAsk, "总体目标写的是“无”"},
		"empty section":         {map[string]any{"H": nil}, "H2", LevelAsk, "功能应用未填"},
		"unknown kind":          {map[string]any{"D": "重建"}, "D2", LevelAsk, "“重建”不在"},
		"unknown source":        {map[string]any{"M": "老板出钱"}, "M2", LevelAsk, "没有认出"},
		"a district's treasury": {map[string]any{"M": "区财政"}, "M2", LevelAsk, "不是市级资金来源"},
		"split that is short":   {map[string]any{"M": "市财政50+省级40"}, "M2", LevelAsk, "合计 90.00 万元"},
		"secret in a remark":    {map[string]any{"P": "本项目涉 密"}, "P2", LevelRefuse, "涉密项目不得在本系统填报"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := mustRead(t, sheetOf(t, plainHeader, project("甲平台", tt.change)), Options{})
			ps := problemsOf(p, 2)
			if len(ps) != 1 || ps[0].Cell != tt.cell || ps[0].Level != tt.level || !strings.Contains(ps[0].Message, tt.want) {
				t.Fatalf("%+v", ps)
			}
			if want := (map[Level]Status{LevelAsk: Ask, LevelRefuse: Refused})[tt.level]; p.Rows[0].Status != want {
				t.Errorf("status %s, want %s", p.Rows[0].Status, want)
			}
		})
	}
}

func TestRowsUnderstood(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		change map[string]any
		check  func(Item) bool
	}{
		"float dust":           {map[string]any{"L": 0.1 + 0.2, "N": 0.3}, func(i Item) bool { return i.Estimate == 300_000 && i.YearAmount == 300_000 }},
		"fen":                  {map[string]any{"L": "96.500001"}, func(i Item) bool { return i.Estimate == 96_500_001 }},
		"yuan in the cell":     {map[string]any{"L": "965000元"}, func(i Item) bool { return i.Estimate == 96_500_000 }},
		"split in words":       {map[string]any{"M": "市财政50+省级46.5万元"}, func(i Item) bool { return i.Split && len(i.Funds) == 2 && i.Funds[1].Amount == 46_500_000 }},
		"same source twice":    {map[string]any{"M": "市财政+一般公共预算"}, func(i Item) bool { return i.FundSource == "general_budget" && i.Split }},
		"not secret":           {map[string]any{"P": "非涉密系统，不涉及国家秘密，是否涉密：否"}, func(i Item) bool { return i.Name == "甲平台" }},
		"cryptography":         {map[string]any{"J": "等保三级，涉密码应用改造"}, func(i Item) bool { return i.ProtectionLevel == 3 }},
		"several spellings":    {map[string]any{"O": "2027年3月1日至2027年12月31日"}, func(i Item) bool { return i.Start == "2027-03-01" && i.End == "2027-12-31" }},
		"a number with a year": {map[string]any{"E": "国发〔2022〕14号"}, func(i Item) bool { return len(i.Bases) == 1 && i.Bases[0].Number == "国发〔2022〕14号" }},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := mustRead(t, sheetOf(t, plainHeader, project("甲平台", tt.change)), Options{})
			if len(p.Problems) != 0 || p.Rows[0].Status != Ready || !tt.check(p.Rows[0].Item) {
				t.Fatalf("%+v %+v", p.Problems, p.Rows[0])
			}
		})
	}
}

func TestRowsAmongRows(t *testing.T) {
	t.Parallel()
	p := mustRead(t, sheetOf(t, []any{"单位：元"}, plainHeader,
		[]any{"栏次", nil, nil},
		project("甲平台", map[string]any{"L": 965000, "N": 965000}),
		project("“甲”平台", map[string]any{"A": 2, "L": 965000, "N": 965000}),
		plainHeader,
		project("乙平台", map[string]any{"A": 3, "B": nil, "F": "同上", "L": 965000, "N": 965000}),
		[]any{nil, "小计", nil, nil, nil, nil, nil, nil, nil, nil, nil, 965000},
		[]any{"注：涉密项目不得填报"}, []any{"涉密项目另报"}), Options{})
	if len(p.Rows) != 3 || len(p.Skipped) != 5 || !strings.HasPrefix(p.Skipped[4].Why, "写有涉密字样") {
		t.Fatalf("%d rows, skipped %+v", len(p.Rows), p.Skipped)
	}
	if it := p.Rows[0].Item; it.Estimate != 96_500_000 {
		t.Errorf("元: %s", it.Estimate.Wan())
	}
	if q := problemsOf(p, 5); len(q) != 1 || q[0].Message != "与第 4 行是同一单位的同名项目" || p.Rows[1].Status != Refused {
		t.Errorf("duplicate: %+v", q)
	}
	q := problemsOf(p, 7)
	if len(q) != 2 || !strings.Contains(q[0].Message, "已按上一行补为“市水务局”") || q[1].Suggest != "实现水库安全预警全覆盖" {
		t.Errorf("filled down: %+v", q)
	}
}

func TestChooseSheet(t *testing.T) {
	t.Parallel()
	f := excelize.NewFile()
	defer f.Close()
	for i, n := range []string{"一", "二"} {
		if _, err := f.NewSheet(n); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow(n, "A1", &plainHeader); err != nil {
			t.Fatal(err)
		}
		row := project(n+"号平台", map[string]any{"A": i})
		if err := f.SetSheetRow(n, "A2", &row); err != nil {
			t.Fatal(err)
		}
	}
	data, err := bytesOf(f)
	if err != nil {
		t.Fatal(err)
	}
	for ask, want := range map[string]string{"": "一", "二": "二"} {
		if p := mustRead(t, data, Options{Sheet: ask}); p.Sheet != want {
			t.Errorf("asked for %q, read %q", ask, p.Sheet)
		}
	}
	var fe *FileError
	if _, err := Read(data, Options{Sheet: "没有"}); !errors.As(err, &fe) || fe.Reason != NoSheet {
		t.Errorf("an unknown sheet: %v", err)
	}
}
