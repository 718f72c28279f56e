package sharing

import (
	"testing"

	"zhengcheng/internal/calendar"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	p := Asking(nil)
	for _, c := range p.Checks() {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
}

func TestLateAndPast(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		asked Asked
		today calendar.Date
		late  int
		past  bool
	}{
		{"on the last day", Asked{Due: "2026-10-12", Until: "2027-09-30"}, "2026-10-12", 0, false},
		{"the day after", Asked{Due: "2026-10-12", Until: "2027-09-30"}, "2026-10-13", 1, false},
		{"answered two days late, looked at years later", Asked{Due: "2026-10-12", AnsweredOn: "2026-10-14", Answer: Refused, Until: "2027-09-30"}, "2029-01-01", 2, false},
		{"granted, on the last day of its term", Asked{AnsweredOn: "2026-09-21", Answer: Granted, Until: "2027-09-30"}, "2027-09-30", 0, false},
		{"granted, its term over", Asked{AnsweredOn: "2026-09-21", Answer: Granted, Until: "2027-09-30"}, "2027-10-01", 0, true},
		{"granted, stopped in time", Asked{AnsweredOn: "2026-09-21", Answer: Granted, Until: "2027-09-30", EndedOn: "2027-09-01"}, "2027-10-01", 0, false},
	} {
		if got := tc.asked.LateDays(tc.today); got != tc.late {
			t.Errorf("%s: late %d days, want %d", tc.name, got, tc.late)
		}
		if got := tc.asked.Past(tc.today); got != tc.past {
			t.Errorf("%s: past %v, want %v", tc.name, got, tc.past)
		}
	}
}
