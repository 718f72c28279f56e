package workbook

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/money"
)

func carried(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/plan-workbook-2027.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// cityMatch knows every unit whose name starts with 市, and three districts.
func cityMatch(name string) (UnitRef, bool) {
	switch name {
	case "水城区", "盘州市", "六盘水高新区管委会":
		return UnitRef{ID: name, Name: name, ShortName: name, Jurisdiction: name}, true
	}
	return UnitRef{ID: name, Name: "六盘水" + name, ShortName: name, Jurisdiction: "lps", SameJurisdiction: true}, strings.HasPrefix(name, "市")
}

func mustRead(t testing.TB, data []byte, opts Options) *Preview {
	t.Helper()
	if opts.Match == nil {
		opts.Match = cityMatch
	}
	p, err := Read(data, opts)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func rowOf(t *testing.T, p *Preview, seq int) Row {
	t.Helper()
	for _, r := range p.Rows {
		if r.Item.Seq == strconv.Itoa(seq) {
			return r
		}
	}
	t.Fatalf("no row with 序号 %d", seq)
	return Row{}
}

func problemsOf(p *Preview, row int) []Problem {
	var out []Problem
	for _, q := range p.Problems {
		if q.Row == row {
			out = append(out, q)
		}
	}
	return out
}

func TestCarriedRefusals(t *testing.T) {
	t.Parallel()
	p := mustRead(t, carried(t), Options{PlanYear: 2027})

	for _, seq := range []int{53, 54, 55} {
		r := rowOf(t, p, seq)
		ps := problemsOf(p, r.Row)
		if r.Status != Refused || len(ps) != 1 || ps[0].Clause != "A36.1" || !strings.Contains(ps[0].Message, "属于其他辖区") || ps[0].Cell != "B"+strconv.Itoa(seq+5) {
			t.Errorf("row %d: %s %+v", seq, r.Status, ps)
		}
	}
	ps := problemsOf(p, 53)
	if len(ps) != 1 || ps[0].Cell != "C53" || ps[0].Clause != "A30.1" || ps[0].Message != "涉密项目不得在本系统填报，请走线下渠道" || ps[0].Level != LevelRefuse {
		t.Errorf("secret row: %+v", ps)
	}
}

// The words of the secret row that no other row uses must be nowhere.
func TestSecretLeavesNothing(t *testing.T) {
	t.Parallel()
	p := mustRead(t, carried(t), Options{PlanYear: 2027})
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := Annotated(p)
	if err != nil {
		t.Fatal(err)
	}
	b, err := openBook(sheet)
	if err != nil {
		t.Fatal(err)
	}
	all := string(raw) + strings.Join(b.strings, "\n")
	for _, word := range []string{"线下办理", "纪委", "监委", "(涉密项目", "围绕“(涉密"} {
		if strings.Contains(all, word) {
			t.Errorf("%q survives", word)
		}
	}
	for _, r := range p.Rows {
		if r.Row == 53 && (!r.Secret || r.Key != "" || r.Unit.ID != "" || len(r.Cells) != 0 || r.Item.Goal != "") {
			t.Errorf("secret row keeps %+v", r)
		}
	}
}

func TestCarriedCounts(t *testing.T) {
	t.Parallel()
	p := mustRead(t, carried(t), Options{PlanYear: 2027})
	// 56 rows; 48 secret; 53 to 55 elsewhere; 16 with a question: operation missing
	// (7, 20, 33, 46), sources not split (7, 15, 21, 24, 33, 34, 37, 38, 43, 50),
	// level left open (4, 5, 6, 46, 56).
	want := Counts{Read: 56, Ready: 36, Ask: 16, Refused: 4, Units: 36}
	got := p.Counts
	if got.Read != want.Read || got.Ready != want.Ready || got.Ask != want.Ask || got.Refused != want.Refused || got.Units != want.Units {
		t.Errorf("counts %+v, want %+v", got, want)
	}
	// estimates added up by hand in 万元: 7,626 + 4,164 = 11,790, and 229 of the districts
	if got.ReadyAmount != 7_626_000_000 || got.AskAmount != 4_164_000_000 || got.RefusedAmount != 229_000_000 {
		t.Errorf("amounts %+v", got)
	}
	if p.Total != got.ReadyAmount+got.AskAmount || p.Total.Wan() != "11,790.00" {
		t.Errorf("total %s", p.Total.Wan())
	}
	if h := p.Header; !h.Found || h.First != 3 || h.Last != 4 || len(h.Columns) != 16 || len(h.Missing) != 0 {
		t.Errorf("header %+v", h)
	}
	if len(p.Skipped) != 2 || p.Skipped[0] != (SkippedRow{62, "合计行"}) || p.Skipped[1] != (SkippedRow{63, "签字行"}) {
		t.Errorf("skipped %+v", p.Skipped)
	}
	if len(p.Sheets) != 2 || !p.Sheets[0].Read || p.Sheets[1].Why != "没有项目表头，不导入" {
		t.Errorf("sheets %+v", p.Sheets)
	}
}

func TestCarriedQuestions(t *testing.T) {
	t.Parallel()
	p := mustRead(t, carried(t), Options{PlanYear: 2027})
	has := func(seq int, col, message, clause string) {
		t.Helper()
		r := rowOf(t, p, seq)
		for _, q := range problemsOf(p, r.Row) {
			if q.Cell == col+strconv.Itoa(r.Row) && strings.Contains(q.Message, message) && q.Clause == clause && q.Level == LevelAsk {
				return
			}
		}
		t.Errorf("row %d lacks %q: %+v", seq, message, problemsOf(p, r.Row))
	}
	for _, seq := range []int{7, 20, 33, 46} {
		has(seq, "K", "运维服务未填", "A06.2")
	}
	for _, seq := range []int{4, 5, 6, 46, 56} {
		has(seq, "J", "等保级别为“–”", "")
	}
	has(7, "M", "两个资金来源，未分金额：690.00 万元中市财政、省级各多少？", "A06.2")
	has(34, "M", "540.00 万元中中央、省级各多少？", "A06.2")
	has(43, "M", "780.00 万元中特别国债、市财政各多少？", "A06.2")
	if q := problemsOf(p, 5); len(q) != 0 {
		t.Errorf("row 1 is questioned: %+v", q)
	}
}

func TestCarriedValues(t *testing.T) {
	t.Parallel()
	p := mustRead(t, carried(t), Options{PlanYear: 2027})
	f, err := os.Open("testdata/projects-2027.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range records[1:] {
		if rec[0] == "48" {
			continue
		}
		seq, _ := strconv.Atoi(rec[0])
		r := rowOf(t, p, seq)
		fen, err := money.ParseWan(rec[5])
		if err != nil {
			t.Fatal(err)
		}
		level, _ := strconv.Atoi(rec[7])
		if r.Item.Estimate != fen || r.Item.YearAmount != fen {
			t.Errorf("row %d: amounts %s %s, want %s", seq, r.Item.Estimate.Wan(), r.Item.YearAmount.Wan(), rec[5])
		}
		if r.Item.BuildKind != rec[3] || r.Item.ProtectionLevel != level || r.Item.FundText != rec[6] {
			t.Errorf("row %d: %s %d %s, want %v", seq, r.Item.BuildKind, r.Item.ProtectionLevel, r.Item.FundText, rec)
		}
		if r.Unit.ShortName != rec[1] || hanzi.NormalName(r.Item.Name) != hanzi.NormalName(rec[2]) {
			t.Errorf("row %d: %s %q, want %s %q", seq, r.Unit.ShortName, r.Item.Name, rec[1], rec[2])
		}
		if n := len(r.Item.Bases); n != 1 || r.Item.Bases[0].Title != "六盘水市市级政务信息系统建设管理办法" {
			t.Errorf("row %d: bases %+v", seq, r.Item.Bases)
		}
	}
	periods := map[int][2]string{1: {"2027-03-01", "2027-12-31"}, 2: {"2027-01-01", "2027-12-31"}, 3: {"2027-01-01", "2027-12-31"}, 4: {"2027-04-01", "2028-03-31"}}
	for seq, want := range periods {
		if it := rowOf(t, p, seq).Item; string(it.Start) != want[0] || string(it.End) != want[1] {
			t.Errorf("row %d: %s to %s, want %v", seq, it.Start, it.End, want)
		}
	}
	if it := rowOf(t, p, 31).Item; it.FundSource != "own" || !it.Split || it.Funds[0].Amount != 360_000_000 {
		t.Errorf("row 31: %+v", it)
	}
	if it := rowOf(t, p, 7).Item; it.FundSource != "" || it.Split || it.Funds != nil {
		t.Errorf("row 7 is split: %+v", it.Funds)
	}
	if r := rowOf(t, p, 5); r.Item.Name != "政务信息系统统一等保测评(框架)" || r.Key != "市大数据局/政务信息系统统一等保测评框架" {
		t.Errorf("row 5: %q %q", r.Item.Name, r.Key)
	}
}

func TestCarriedFixes(t *testing.T) {
	t.Parallel()
	p := mustRead(t, carried(t), Options{PlanYear: 2027})
	want := map[string]string{"B6": "合并单元格按上一行补齐", "L6": "去掉千分位逗号", "L8": "全角数字", "C9": "去掉换行和多余空格", "L10": "去掉“万元”", "D11": "归为“改建”", "O6": "统一日期写法"}
	for _, f := range p.Fixes() {
		if want[f.Cell] == f.Message {
			delete(want, f.Cell)
		}
	}
	if len(want) != 0 {
		t.Errorf("not reported: %v", want)
	}
	if len(p.Fixes()) != p.Counts.Fixed {
		t.Errorf("%d fixes, counted %d", len(p.Fixes()), p.Counts.Fixed)
	}
}

func TestOnlyOwnRows(t *testing.T) {
	t.Parallel()
	p := mustRead(t, carried(t), Options{PlanYear: 2027, OnlyUnit: "市水务局"})
	// rows 33 and 34 are its own; 48 is secret; the rest is not its own
	if n := p.Counts; n.Ready+n.Ask != 2 || n.Refused != 54 {
		t.Errorf("counts %+v", n)
	}
	if q := problemsOf(p, 5); len(q) != 1 || q[0].Message != "不是本单位的项目" {
		t.Errorf("row 1: %+v", q)
	}
}

func TestPreviewSurvivesJSON(t *testing.T) {
	t.Parallel()
	p := mustRead(t, carried(t), Options{PlanYear: 2027})
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back Preview
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	again, _ := json.Marshal(&back)
	if string(again) != string(raw) || back.Total != p.Total {
		t.Error("the preview changed on its way through JSON")
	}
}
