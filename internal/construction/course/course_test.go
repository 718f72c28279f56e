package course

import (
	"testing"

	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, c := range measures.Checks(Rules()...) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := Changing().Validate(); err != nil {
		t.Error(err)
	}
}
