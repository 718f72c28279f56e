package interpretation

import (
	"testing"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	checks := measures.Checks(Checked()...)
	for _, c := range checks {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	p := Publishing()
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
	if _, err := measures.NewBook(p.Checks(), nil, []measures.ProcedureRef{{Key: p.Key, Title: p.Title, Clauses: p.Clauses}}); err != nil {
		t.Error(err)
	}
}

func TestANoteIsInForceFromItsFirstToItsLastDay(t *testing.T) {
	t.Parallel()
	n := Note{From: "2026-07-01", To: "2026-09-30"}
	for day, want := range map[string]bool{"2026-06-30": false, "2026-07-01": true, "2026-09-30": true, "2026-10-01": false} {
		if got := n.InForce(calendar.Date(day)); got != want {
			t.Errorf("on %s: %v, want %v", day, got, want)
		}
	}
	if !(Note{From: "2026-07-01"}).InForce("2099-01-01") {
		t.Error("a note without an end has ended")
	}
}
