package retirement

import (
	"context"
	"testing"

	"zhengcheng/internal/db"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	p := Retiring(nil, func(context.Context, db.Querier, string) (string, error) { return "", nil })
	for _, c := range p.Checks() {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
}
