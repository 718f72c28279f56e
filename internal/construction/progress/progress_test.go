package progress

import (
	"testing"

	"zhengcheng/internal/calendar"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	p := Implementing()
	for _, c := range p.Checks() {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
}

// By hand: 50 % by 30 June and 100 % by 30 November; payment 40 and 100 万元.
func TestAssess(t *testing.T) {
	t.Parallel()
	half, all := Milestone{Name: "上线", PlannedOn: "2027-06-30", Percent: 50, Pay: 40 * wan}, Milestone{Name: "终验", PlannedOn: "2027-11-30", Percent: 100, Pay: 100 * wan}
	done := half
	done.DoneOn = "2027-06-20"
	for _, c := range []struct {
		name      string
		on        calendar.Date
		first     Milestone
		last      Report
		completed bool
		mark      string
		stale     bool
	}{
		{"到期当天", "2027-06-30", half, Report{On: "2027-06-30", Percent: 50, Paid: 40 * wan}, false, OnTime, false},
		{"逾期一天", "2027-07-01", half, Report{On: "2027-06-30", Percent: 50}, false, Behind, false},
		{"逾期三十天", "2027-07-30", half, Report{On: "2027-06-30", Percent: 50}, false, Behind, false},
		{"逾期三十一天", "2027-07-31", half, Report{On: "2027-06-30", Percent: 50}, false, Severe, false},
		{"低 9 个百分点", "2027-07-01", done, Report{On: "2027-06-30", Percent: 41}, false, OnTime, false},
		{"低 10 个百分点", "2027-07-01", done, Report{On: "2027-06-30", Percent: 40}, false, Behind, false},
		{"低 30 个百分点", "2027-07-01", done, Report{On: "2027-06-30", Percent: 20}, false, Severe, false},
		{"支付超前 10%", "2027-07-01", done, Report{On: "2027-06-30", Percent: 50, Paid: 50 * wan}, false, Behind, false},
		{"差一分", "2027-07-01", done, Report{On: "2027-06-30", Percent: 50, Paid: 50*wan - 1}, false, OnTime, false},
		{"四十五天前", "2027-08-14", done, Report{On: "2027-06-30", Percent: 50}, false, OnTime, false},
		{"四十六天前", "2027-08-15", done, Report{On: "2027-06-30", Percent: 50}, false, OnTime, true},
		{"已完成", "2028-03-01", half, Report{On: "2027-06-30"}, true, OnTime, false},
	} {
		s := Assess(c.on, []Milestone{c.first, all}, c.last, c.completed, nil)
		if s.Mark != c.mark || s.Stale != c.stale {
			t.Errorf("%s: %s %v %v, want %s %v", c.name, s.Mark, s.Stale, s.Why, c.mark, c.stale)
		}
	}
}

// By hand: 30 June and 30 November; extended to 30 December, 30 days later.
func TestWhatIsNotDoneIsPostponed(t *testing.T) {
	t.Parallel()
	plan := []Milestone{{PlannedOn: "2027-03-31", DoneOn: "2027-04-02"}, {PlannedOn: "2027-06-30"}, {PlannedOn: "2027-11-30"}}
	for _, c := range []struct {
		until calendar.Date
		want  []calendar.Date
	}{
		{"", []calendar.Date{"2027-03-31", "2027-06-30", "2027-11-30"}},
		{"2027-11-30", []calendar.Date{"2027-03-31", "2027-06-30", "2027-11-30"}},
		{"2027-12-01", []calendar.Date{"2027-03-31", "2027-07-01", "2027-12-01"}},
		{"2027-12-30", []calendar.Date{"2027-03-31", "2027-07-30", "2027-12-30"}},
	} {
		for i, m := range postponed(plan, c.until) {
			if m.PlannedOn != c.want[i] {
				t.Errorf("until %q: %d is planned on %s, want %s", c.until, i, m.PlannedOn, c.want[i])
			}
		}
	}
}
