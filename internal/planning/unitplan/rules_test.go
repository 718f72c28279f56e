package unitplan

import (
	"testing"

	"zhengcheng/internal/identity"
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
	p := Filing(&identity.Directory{})
	_, err := measures.NewBook(p.Checks(), Params, []measures.ProcedureRef{{Key: p.Key, Title: p.Title, Clauses: p.Clauses}})
	if err != nil {
		t.Error(err)
	}
	for _, p := range []interface{ Validate() error }{p, Announcing(), Reminding()} {
		if err := p.Validate(); err != nil {
			t.Error(err)
		}
	}
}
