package purge

import (
	"testing"

	"zhengcheng/internal/identity"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	p := Purging(nil, &identity.Directory{})
	for _, c := range p.Checks() {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
}
