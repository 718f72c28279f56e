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

func TestSecretWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"(涉密项目, 线下办理)": true, "涉及国家秘密": true, "部署在非涉密网络": false, "本系统不涉密": false, "智慧养老服务平台": false, "非涉密网，另有涉密终端": true,
	} {
		if got := Secret(text); got != want {
			t.Errorf("Secret(%q) = %v, want %v", text, got, want)
		}
	}
}
