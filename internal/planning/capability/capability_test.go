package capability

import (
	"slices"
	"testing"

	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, c := range measures.Checks(Rules()...) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	p := Publishing()
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
	if _, err := measures.NewBook(p.Checks(), nil, []measures.ProcedureRef{{Key: p.Key, Title: p.Title, Clauses: p.Clauses}}); err != nil {
		t.Error(err)
	}
}

func TestTheFirstListWouldPassItsOwnRules(t *testing.T) {
	t.Parallel()
	var f Facts
	for n, i := range first.Items {
		f.Items = append(f.Items, NameFacts{int64(n + 1), i.Name})
	}
	if v := named.Judge(f, nil); v.Outcome != measures.Pass {
		t.Error(v.Message)
	}
	if got := first.Unlisted([]string{"电子印章", "自建印章"}); !slices.Equal(got, []string{"自建印章"}) {
		t.Errorf("unlisted %v", got)
	}
}
