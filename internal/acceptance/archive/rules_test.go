package archive

import (
	"testing"

	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, c := range measures.Checks(Rules()...) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	p := Accepting()
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
	if _, err := measures.NewBook(p.Checks(), p.Params, []measures.ProcedureRef{{Key: p.Key, Title: p.Title, Clauses: p.Clauses}}); err != nil {
		t.Error(err)
	}
}

// What is known by kind of document stands on its row, everything else on the last.
func TestAttachmentsStandOnTheirRows(t *testing.T) {
	t.Parallel()
	l := ListAt("2026-11-20")
	at := l.sort([]file{{"contract", "contract", "合同.pdf"}, {"conformity", "test", "测试报告.pdf"}, {"unknown", "whatever", "杂件.pdf"}})
	for key, want := range map[string]string{"contract": "合同.pdf", "test": "测试报告.pdf", other: "杂件.pdf"} {
		if got := at[key]; len(got) != 1 || got[0] != want {
			t.Errorf("row %s has %v, want %s", key, got, want)
		}
	}
	categories, keys := map[string]bool{}, map[string]bool{}
	for _, m := range l.Materials {
		if keys[m.Key] {
			t.Errorf("two rows %s", m.Key)
		}
		keys[m.Key] = true
		categories[m.Category] = true
		if m.Operate && !m.Must(registry.Operate) || m.Build != m.Must(registry.New) {
			t.Errorf("row %s: mandatory for the wrong kind", m.Key)
		}
	}
	if len(categories) != 12 {
		t.Errorf("%d categories, want 12", len(categories))
	}
}

// What a person has said of a row stays when more is attached.
func TestARowKeepsWhatWasSaid(t *testing.T) {
	t.Parallel()
	i := Item{Status: Missing, Reason: "纸质待补"}
	i.take([]string{"新附件.pdf"})
	if i.Status != Missing || i.Files != "新附件.pdf" {
		t.Errorf("row %+v", i)
	}
	i = Item{}
	i.take([]string{"甲.pdf", "乙.pdf"})
	if i.Status != Found || i.Medium != "electronic" || i.Files != "甲.pdf\n乙.pdf" {
		t.Errorf("row %+v", i)
	}
}
