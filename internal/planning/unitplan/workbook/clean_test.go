package workbook

import (
	"strings"
	"testing"
)

// Only a file in which nothing speaks of secrets may be kept for reading again.
func TestClean(t *testing.T) {
	t.Parallel()
	template, err := Template(2027)
	if err != nil {
		t.Fatal(err)
	}
	withColumn := append(append([]any{}, plainHeader...), "是否涉密")
	marked := func(answer string) []byte {
		return sheetOf(t, withColumn, append(project("甲平台", nil), answer))
	}
	hidden := func(part, text string) []byte {
		return sheetXML(t, `<worksheet><sheetData><row r="1"><c t="str"><v>项目名称</v></c><c t="str"><v>申报单位</v></c><c t="str"><v>总投资</v></c></row></sheetData></worksheet>`, part, text)
	}
	for name, tt := range map[string]struct {
		data []byte
		want bool
	}{
		"the carried workbook":            {carried(t), false},
		"the empty template":              {template, true},
		"an ordinary table":               {sheetOf(t, plainHeader, project("甲平台", nil)), true},
		"a note above the table":          {sheetOf(t, []any{"涉密项目不得填报，请走线下渠道"}, plainHeader, project("甲平台", nil)), true},
		"the same words in a row":         {sheetOf(t, plainHeader, project("涉密项目不得填报", nil)), false},
		"a secret above the table":        {sheetOf(t, []any{"本表含涉密项目三个"}, plainHeader, project("甲平台", nil)), false},
		"not secret, said in a column":    {marked("否"), true},
		"secret, said in a column":        {marked("是"), false},
		"secret, under an unknown header": {sheetOf(t, []any{"啥", "涉密情况"}, []any{"甲", "是"}), false},
		"words without a header":          {sheetOf(t, []any{"啥"}, []any{"某涉密平台"}), false},
		"words in a comment":              {hidden("xl/comments1.xml", `<c><t>此行涉</t><t>密</t></c>`), false},
		"words in the properties":         {hidden("docProps/core.xml", `<t>涉密项目汇总</t>`), false},
		"a harmless comment":              {hidden("xl/comments1.xml", `<c><t>请填写全称</t></c>`), true},
		"something embedded":              {hidden("xl/embeddings/a.bin", "x"), false},
	} {
		if p := mustRead(t, tt.data, Options{}); p.Clean != tt.want {
			t.Errorf("%s: clean %v", name, p.Clean)
		}
	}
}

// What the form of the draft would not take refuses the row at its cell.
func TestFits(t *testing.T) {
	t.Parallel()
	fits := func(i Item) map[Field]string {
		if strings.HasPrefix(i.Name, "长") {
			return map[Field]string{Name: "项目名称最多 100 字", Remark: "备注最多 1000 字"}
		}
		return nil
	}
	p := mustRead(t, sheetOf(t, plainHeader, project("长平台", nil), project("甲平台", nil)), Options{Fits: fits})
	if p.Rows[0].Status != Refused || p.Rows[1].Status == Refused {
		t.Errorf("%s %s", p.Rows[0].Status, p.Rows[1].Status)
	}
	var at []string
	for _, q := range problemsOf(p, 2) {
		if q.Level == LevelRefuse {
			at = append(at, q.Cell)
		}
	}
	if strings.Join(at, " ") != "C2 P2" {
		t.Errorf("refused at %v", at)
	}
}

// A file read again with other columns still refuses the secret row.
func TestMappedAgain(t *testing.T) {
	t.Parallel()
	data := sheetOf(t, []any{"啥", "谁", "钱", "标记"}, []any{"甲平台", "市水务局", 30, "否"}, []any{"乙平台", "市水务局", 40, "是"})
	opts := Options{HeaderRow: 1, Mapping: map[string]Field{"A": Name, "B": UnitName, "C": Estimate}}
	if p := mustRead(t, data, opts); !p.Clean || p.Counts.Read != 2 || p.Counts.Refused != 0 {
		t.Errorf("%v %+v", p.Clean, p.Counts)
	}
	opts.Mapping["D"] = SecretMark
	if p := mustRead(t, data, opts); p.Clean || !p.Rows[1].Secret {
		t.Errorf("%v %+v", p.Clean, p.Rows[1])
	}
}
