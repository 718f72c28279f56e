package opening

import (
	"testing"

	"zhengcheng/internal/matter"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, p := range []*matter.Procedure{Publishing(), Receiving()} {
		for _, c := range p.Checks() {
			for _, err := range c.TryExamples() {
				t.Error(err)
			}
		}
		if err := p.Validate(); err != nil {
			t.Error(err)
		}
	}
}
