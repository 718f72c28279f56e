package holidays

import "testing"

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	p := Publishing()
	for _, c := range p.Checks() {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
}
