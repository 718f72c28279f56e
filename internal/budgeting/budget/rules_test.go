package budget

import (
	"slices"
	"testing"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, c := range slices.Concat(measures.Checks(DeclaredRules()...), measures.Checks(ProposedRules()...)) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	for _, err := range []error{Declaring().Validate(), Arranging(&identity.Directory{}).Validate()} {
		if err != nil {
			t.Error(err)
		}
	}
}
