package yearly

import (
	"testing"

	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	p := Filing()
	for _, c := range p.Checks() {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
	if _, err := measures.NewBook(p.Checks(), p.Params, []measures.ProcedureRef{{Key: p.Key, Title: p.Title, Clauses: p.Clauses}}); err != nil {
		t.Error(err)
	}
}
