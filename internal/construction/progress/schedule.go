package progress

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/course"
	"zhengcheng/internal/db"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/existing"
	"zhengcheng/internal/planning/supplement"
	"zhengcheng/internal/registry"
)

// schedule is when a project is to be carried out as it was approved: by its scheme
// in the approved annual plan, by its application when it was supplemented. What was
// begun before the Measures has its start only. The newest date of a change takes the
// place of the approved completion; what is not known is "".
type schedule struct{ from, to calendar.Date }

func scheduleOf(ctx context.Context, q db.Querier, p registry.Project) (schedule, error) {
	var s schedule
	var err error
	switch p.Origin {
	case registry.Supplemented:
		s.from, s.to, err = supplement.Term(ctx, q, p.MatterID)
	case existing.Key:
		s.from, err = existing.StartOf(ctx, q, p.MatterID)
	default:
		s, err = db.One(ctx, q, func(r db.Scanner) (schedule, error) {
			var s schedule
			err := r.Scan(&s.from, &s.to)
			return s, err
		}, `SELECT e.start_on, e.end_on FROM plan_entry e JOIN matter m ON m.id = e.matter_id
			WHERE e.project_id = $1 AND e.included = 1 AND e.struck = 0 AND e.end_on <> '' AND m.state = 'approved' ORDER BY m.year DESC, m.id DESC LIMIT 1`, p.ID)
	}
	if err != nil && !db.None(err) {
		return s, err
	}
	changed, err := course.StandingOf(ctx, q, p.ID)
	if changed.Until != "" {
		s.to = changed.Until
	}
	return s, err
}

// usual are the milestones a plan begins with: after how many quarters of the approved
// time each is due [system practice]. A unit changes them as its scheme has them.
var usual = []struct {
	name              string
	quarters, percent int64
}{{"合同签订", 1, 20}, {"初步验收（上线试运行）", 3, 80}, {"最终验收", 4, 100}}

// milestones spreads the usual ones over the approved time; none without both dates.
func (s schedule) milestones() []matter.Line {
	days := s.from.DaysUntil(s.to)
	if s.from == "" || s.to == "" || days < 0 {
		return nil
	}
	var out []matter.Line
	for _, u := range usual {
		out = append(out, matter.Line{Of: milestones, Body: &Milestone{Name: u.name, PlannedOn: s.from.AddDays(days * int(u.quarters) / 4), Percent: u.percent}})
	}
	return out
}
