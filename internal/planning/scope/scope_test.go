package scope

import (
	"testing"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, c := range append(measures.Checks(Rules()...), measures.Checks(heard)...) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	p := Declaring(&identity.Directory{})
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
	if _, err := measures.NewBook(p.Checks(), p.Params, []measures.ProcedureRef{{Key: p.Key, Title: p.Title, Clauses: p.Clauses}}); err != nil {
		t.Error(err)
	}
}
