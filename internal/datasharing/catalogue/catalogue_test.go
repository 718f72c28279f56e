package catalogue

import (
	"testing"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	p := Cataloguing(nil)
	for _, c := range p.Checks() {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
}

// Overdue is what has passed one and a half cycles, by hand.
func TestNextUpdate(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		cycle string
		last  calendar.Date
		set   measures.Values
		want  calendar.Date
	}{
		{"daily", "2026-09-20", nil, "2026-09-21"},                                                          // 1.5 days: the second day is past
		{"weekly", "2026-09-20", nil, "2026-09-30"},                                                         // 10.5 days
		{"monthly", "2026-02-01", nil, "2026-03-18"},                                                        // 45 days, over the end of a short month
		{"quarterly", "2026-01-01", nil, "2026-05-17"},                                                      // 136.5 days
		{"yearly", "2024-02-29", nil, "2025-08-29"},                                                         // 547.5 days from a leap day
		{"monthly", "2026-02-01", measures.Values{"catalogue.update_grace": "0"}, "2026-03-03"},             // without grace
		{"realtime", "2026-09-20", nil, ""}, {"irregular", "2026-09-20", nil, ""}, {"monthly", "", nil, ""}, // no clock can say
	} {
		if got := NextUpdate(tc.last, tc.cycle, tc.set); got != tc.want {
			t.Errorf("%s from %s: %s, want %s", tc.cycle, tc.last, got, tc.want)
		}
	}
}
