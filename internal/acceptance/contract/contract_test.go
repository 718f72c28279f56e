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
	for _, c := range slices.Concat(measures.Checks(Rules()...), measures.Checks(PaymentRules()...), measures.Checks(SettlementRules()...)) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
		if c.Effect == measures.Warn && c.Mark.Word == "" {
			t.Errorf("%s has no word for its mark", c.ID)
		}
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
