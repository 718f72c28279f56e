package contract

import (
	"slices"
	"testing"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	warned := map[string]bool{}
	for _, c := range slices.Concat(measures.Checks(Rules()...), measures.Checks(PaymentRules()...), measures.Checks(SettlementRules()...)) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
		if c.Effect == measures.Warn {
			warned[c.ID] = true
		}
	}
	for _, m := range Marks {
		if !warned[m.ID] {
			t.Errorf("%s marks a record and is no warning", m.ID)
		}
		delete(warned, m.ID)
	}
	if len(warned) > 0 {
		t.Errorf("without a word for their mark: %v", warned)
	}
}

func TestTheFlowsAreSound(t *testing.T) {
	t.Parallel()
	for _, declare := range []func(*identity.Directory) *matter.Procedure{Filing, Paying, Settling} {
		if err := declare(&identity.Directory{}).Validate(); err != nil {
			t.Error(err)
		}
	}
}
