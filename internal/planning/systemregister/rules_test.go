package systemregister

import (
	"testing"

	"zhengcheng/internal/measures"
)

func TestEveryRuleJudgesItsExamplesAsWorkedByHand(t *testing.T) {
	t.Parallel()
	for _, c := range measures.Checks(Rules()...) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
}

func TestTheRulesAgreeWithTheText(t *testing.T) {
	t.Parallel()
	p := Registering()
	if _, err := measures.NewBook(p.Checks(), p.Params, []measures.ProcedureRef{{Key: p.Key, Title: p.Title, Clauses: p.Clauses}}); err != nil {
		t.Error(err)
	}
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
}
