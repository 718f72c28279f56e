package progress

import (
	"slices"
	"testing"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, p := range []*matter.Procedure{Implementing(), Naming(&identity.Directory{})} {
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
		completed calendar.Date
		mark      string
		stale     bool
	}{
		{"到期当天", "2027-06-30", half, Report{On: "2027-06-30", Percent: 50, Paid: 40 * wan}, "", OnTime, false},
		{"逾期一天", "2027-07-01", half, Report{On: "2027-06-30", Percent: 50}, "", Behind, false},
		{"逾期三十天", "2027-07-30", half, Report{On: "2027-06-30", Percent: 50}, "", Behind, false},
		{"逾期三十一天", "2027-07-31", half, Report{On: "2027-06-30", Percent: 50}, "", Severe, false},
		{"低 9 个百分点", "2027-07-01", done, Report{On: "2027-06-30", Percent: 41}, "", OnTime, false},
		{"低 10 个百分点", "2027-07-01", done, Report{On: "2027-06-30", Percent: 40}, "", Behind, false},
		{"低 30 个百分点", "2027-07-01", done, Report{On: "2027-06-30", Percent: 20}, "", Severe, false},
		{"支付超前 10%", "2027-07-01", done, Report{On: "2027-06-30", Percent: 50, Paid: 50 * wan}, "", Behind, false},
		{"差一分", "2027-07-01", done, Report{On: "2027-06-30", Percent: 50, Paid: 50*wan - 1}, "", OnTime, false},
		{"四十五天前", "2027-08-14", done, Report{On: "2027-06-30", Percent: 50}, "", OnTime, false},
		{"四十六天前", "2027-08-15", done, Report{On: "2027-06-30", Percent: 50}, "", OnTime, true},
		{"提前完成", "2028-03-01", half, Report{On: "2027-06-30"}, "2027-11-29", OnTime, false},
		{"当天完成", "2028-03-01", half, Report{On: "2027-06-30"}, "2027-11-30", OnTime, false},
		{"晚完成一天", "2028-03-01", half, Report{On: "2027-06-30"}, "2027-12-01", Behind, false},
		{"晚完成三十天", "2028-03-01", half, Report{On: "2027-06-30"}, "2027-12-30", Behind, false},
		{"晚完成三十一天", "2028-03-01", half, Report{On: "2027-06-30"}, "2027-12-31", Severe, false},
	} {
		s := Assess(c.on, Plan{[]Milestone{c.first, all}, all.PlannedOn}, c.last, c.completed, nil)
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
		for i, m := range postponed(plan, c.until).Milestones {
			if m.PlannedOn != c.want[i] {
				t.Errorf("until %q: %d is planned on %s, want %s", c.until, i, m.PlannedOn, c.want[i])
			}
		}
	}
}

// By hand: 1 March to 31 December are 305 days; a quarter is 76, three are 228.
func TestMilestonesBeginWithTheApprovedTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		plan schedule
		want []calendar.Date
	}{
		{schedule{"2027-03-01", "2027-12-31"}, []calendar.Date{"2027-05-16", "2027-10-15", "2027-12-31"}},
		{schedule{"2027-03-01", "2027-03-01"}, []calendar.Date{"2027-03-01", "2027-03-01", "2027-03-01"}},
		{schedule{"2027-03-02", "2027-03-01"}, nil},
		{schedule{"2024-07-01", ""}, nil},
		{schedule{"", "2027-12-31"}, nil},
	} {
		var got []calendar.Date
		for _, ln := range c.plan.milestones() {
			got = append(got, matter.BodyOf[Milestone](ln).PlannedOn)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.plan, got, c.want)
		}
	}
}
