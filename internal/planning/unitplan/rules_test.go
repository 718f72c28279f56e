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

// Facts kept before plans could choose from the list of common capabilities
// replay as they did.
func TestOldFactsOfReuseReplay(t *testing.T) {
	t.Parallel()
	c := measures.Checks(reuse)[0]
	for facts, want := range map[string]measures.Outcome{
		`{"plan_year":2027,"items":[{"seq":1,"name":"甲","build_kind":"new","reuse":false}]}`: measures.Fail,
		`{"plan_year":2027,"items":[{"seq":1,"name":"甲","build_kind":"new","reuse":true}]}`:  measures.Pass,
		`{"plan_year":2027,"items":[{"seq":1,"name":"甲","build_kind":"om","reuse":false}]}`:  measures.Pass,
	} {
		if v, err := c.Replay([]byte(facts), nil); err != nil || v.Outcome != want {
			t.Errorf("%s: %v %v, want %s", facts, v.Outcome, err, want)
		}
	}
}
