package reserve

import (
	"testing"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	checks := append(measures.Checks(AnswerRules()...), measures.Checks(Rules()...)...)
	checks = append(checks, measures.Checks(OutlineRules()...)...)
	for _, c := range append(checks, measures.Checks(mayExtend, stillValid)...) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
}

func TestTheFlowIsSound(t *testing.T) {
	t.Parallel()
	for _, p := range []interface{ Validate() error }{Application(), Publishing()} {
		if err := p.Validate(); err != nil {
			t.Error(err)
		}
	}
}

// Worked by hand from “储备库有效期3年” and “顺延累计不超过3年”.
func TestHowLongAnEntryLives(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		entered  calendar.Date
		periodic bool
		changed  bool
		last     calendar.Date // last day it may be scheduled on
	}{
		{"2026-09-20", false, false, "2029-09-20"},
		{"2026-09-20", true, false, "2032-09-20"},
		{"2026-09-20", true, true, "2029-09-20"},
		{"2028-02-29", false, false, "2031-02-28"},
		{"2028-02-29", true, false, "2034-02-28"},
	} {
		e := Entry{EnteredOn: c.entered, ValidUntil: ValidUntil(c.entered), Periodic: c.periodic, Changed: c.changed, State: "valid"}
		if until := e.asOf("2099-12-31").ValidUntil; until != c.last || !e.Schedulable(c.last) || e.Schedulable(c.last.AddDays(1)) {
			t.Errorf("entered %s, periodic %v, changed %v: valid until %s, want %s", c.entered, c.periodic, c.changed, until, c.last)
		}
	}
}

func TestEveryChapterHasItsText(t *testing.T) {
	t.Parallel()
	var s Scheme
	for _, o := range first {
		for _, c := range o.Chapters {
			if s.Text(c.Key) == nil {
				t.Errorf("outline %s: chapter %s has no text", o.Kind, c.Key)
			}
			if _, ok := schemeForm.Field("c_" + c.Key); !ok {
				t.Errorf("outline %s: chapter %s has no field", o.Kind, c.Key)
			}
		}
	}
}
