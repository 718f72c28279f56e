package workbook

import (
	"testing"

	"zhengcheng/internal/money"
)

// What people write in a cell is read or refused, never misread: an amount comes
// back as it was understood, a level is one of five, a day is a day.
func FuzzValues(f *testing.F) {
	for _, s := range []string{"860", "１２,８００．５０万元", "-3", "1234567890123456", "5e3", "￥12元", "市财政400+省级290万元", "中央、市财政", "–", "自筹",
		"拟定等保级别：–级", "等保三级", "《数字水利规划》（水信息〔2026〕3号）、国发〔2022〕14号", "《 》0", "45000", "36526.5", "升级改造", "", "\x00", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, yuan := range []bool{false, true} {
			if fen, err := amount(s, yuan); err == nil {
				if back, err := money.ParseWan(fen.WanExact()); fen < 0 || fen > 1_000_000*1_000_000 || err != nil || back != fen {
					t.Errorf("amount(%q, %v) = %d, back %d, %v", s, yuan, fen, back, err)
				}
			}
		}
		for _, p := range fundParts(s) {
			if p.word == "" || p.amount < 0 || !p.has && p.amount != 0 {
				t.Errorf("fundParts(%q): %+v", s, p)
			}
		}
		if level, dash := protectionLevel(s); level < 0 || level > 5 || dash && level > 0 {
			t.Errorf("protectionLevel(%q) = %d, %v", s, level, dash)
		}
		for _, old := range []bool{false, true} {
			if d := serialDay(s, old); d != "" && !d.Valid() {
				t.Errorf("serialDay(%q) = %q", s, d)
			}
		}
		if id, label := buildKind(s); (id == "") != (label == "") {
			t.Errorf("buildKind(%q) = %q, %q", s, id, label)
		}
		for _, b := range bases(s) {
			if b.Title == "" && b.Number == "" {
				t.Errorf("bases(%q) names nothing: %+v", s, b)
			}
		}
	})
}

// However a person maps columns, a preview is complete and a secret row leaves
// nothing behind.
func FuzzMapping(f *testing.F) {
	data := sheetOf(f, []any{"啥", "谁", "钱", "标记"}, []any{"甲平台", "市水务局", 30, "否"}, []any{"某涉密平台", "市水务局", 40, "是"})
	f.Add("A", "name", 1, "Sheet1")
	f.Add("zz", "", 2, "")
	f.Add("D", "secret", -1, "没有")
	f.Add("", "estimate", 1<<30, "Sheet1")
	f.Fuzz(func(t *testing.T, letter, field string, row int, sheet string) {
		p, err := Read(data, Options{HeaderRow: row, Sheet: sheet, Mapping: map[string]Field{letter: Field(field), "B": UnitName}, Match: cityMatch})
		if err != nil {
			return
		}
		if p.Clean || p.Counts.Read != len(p.Rows) {
			t.Errorf("clean %v, %d rows counted of %d", p.Clean, p.Counts.Read, len(p.Rows))
		}
		for _, r := range p.Rows {
			if r.Row == 3 && (!r.Secret || len(r.Cells) > 0 || r.Item.Name != "") {
				t.Errorf("the secret row keeps %+v", r)
			}
		}
	})
}
