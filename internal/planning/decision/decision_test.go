package decision

import (
	"testing"

	"zhengcheng/internal/measures"
)

func TestTheRuleByItsExamples(t *testing.T) {
	t.Parallel()
	for _, c := range measures.Checks(Rule("A10.1-decision", "A10.1", "报市政府审批")) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
}
