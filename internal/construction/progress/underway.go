package progress

import (
	"cmp"
	"context"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/course"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Most is how many projects one list shows: those whose oldest open milestone is due
// first.
const Most = 300

// UnderWay is a project being built and how it stands, nil before its start is
// registered.
type UnderWay struct {
	ProjectID, Code, Name, UnitID string
	Stage                         registry.Stage
	Standing                      *Standing
}

// rank orders by what needs a look: late, then reported too long ago, then on time,
// then what has no plan to be held against.
func (u UnderWay) rank() int {
	switch s := u.Standing; {
	case s == nil:
		return 4
	case s.Status.Mark == Severe:
		return 0
	case s.Status.Mark == Behind:
		return 1
	case s.Status.Stale || s.Last.On == "":
		return 2
	}
	return 3
}

func (u UnderWay) late() int {
	if u.Standing == nil {
		return 0
	}
	return u.Standing.Status.Late
}

// List is the projects under way that an actor may see, of one unit where one is
// named, worst first; more than Most are cut.
func List(ctx context.Context, q db.Querier, actor identity.Actor, unit string, on calendar.Date, v measures.Values) ([]UnderWay, error) {
	var args db.Args
	where := actor.SeesProject("p", &args)
	if unit != "" {
		where += " AND p.unit_id = " + args.Add(unit)
	}
	known := map[string]*Standing{}
	list, err := db.All(ctx, q, func(s db.Scanner) (UnderWay, error) {
		var u UnderWay
		var n Standing
		var named int64
		var comes money.Fen
		err := s.Scan(&u.ProjectID, &u.Code, &u.Name, &u.UnitID, (*string)(&u.Stage), &n.Matter, &n.StartedOn, &named, &n.Supervisor, &n.Completed, &comes)
		if n.Matter != "" {
			n.Key = named == 1 || isKey(comes, v)
			u.Standing, known[u.ProjectID] = &n, &n
		}
		return u, err
	}, `SELECT p.id, p.code, p.name, p.unit_id, p.stage, COALESCE(i.matter_id, ''), COALESCE(i.started_on, ''), `+named+`, `+supervisor+`, COALESCE(i.completed_on, ''), `+worth+`
		FROM project p LEFT JOIN implementation i ON i.project_id = p.id WHERE `+where+` AND p.stage IN ('building','suspended') AND COALESCE(i.completed_on, '') = ''
		ORDER BY COALESCE((SELECT MIN(l.planned_on) FROM milestone_line l WHERE l.matter_id = i.matter_id AND l.done_on = ''), '9999'), p.id DESC LIMIT `+args.Add(int64(Most+1)), args.List()...)
	if err != nil {
		return nil, err
	}
	if err := assess(ctx, q, known, on, v); err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b UnderWay) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(b.late(), a.late()), cmp.Compare(a.Code, b.Code))
	})
	return list, nil
}

// Lag is how many of the projects under way are late.
type Lag struct {
	Behind, Severe int64         // Behind counts both
	Since          calendar.Date // the oldest milestone that is overdue, "" when none is
}

// LagOf counts the projects of a list that are late today.
func LagOf(list []UnderWay, today calendar.Date) Lag {
	var l Lag
	for _, u := range list {
		if u.rank() > 1 {
			continue
		}
		l.Behind++
		if u.rank() == 0 {
			l.Severe++
		}
		if day := today.AddDays(-u.late()); u.late() > 0 && (l.Since == "" || day < l.Since) {
			l.Since = day
		}
	}
	return l
}

// assess reads the milestones, the newest reports and the changes of projects at once
// and computes how each stands.
func assess(ctx context.Context, q db.Querier, known map[string]*Standing, on calendar.Date, v measures.Values) error {
	var projects, matters []string
	at := map[string]*Standing{}
	for id, n := range known {
		projects, matters, at[n.Matter] = append(projects, id), append(matters, n.Matter), n
	}
	var args db.Args
	_, err := db.All(ctx, q, func(s db.Scanner) (struct{}, error) {
		var m Milestone
		var id string
		err := s.Scan(&id, &m.Name, &m.PlannedOn, &m.Percent, &m.Pay, &m.DoneOn)
		if n := at[id]; n != nil {
			n.Milestones = append(n.Milestones, m)
		}
		return struct{}{}, err
	}, `SELECT matter_id, name, planned_on, percent, pay, done_on FROM milestone_line WHERE matter_id IN `+args.In(matters...)+` ORDER BY matter_id, seq, id`, args.List()...)
	if err != nil {
		return err
	}
	args = db.Args{}
	_, err = db.All(ctx, q, func(s db.Scanner) (struct{}, error) {
		var r Report
		var id string
		err := s.Scan(&id, &r.On, &r.Percent, &r.Paid, &r.Rating, &r.Problem)
		if n := known[id]; n != nil {
			n.Last = r
		}
		return struct{}{}, err
	}, `SELECT r.project_id, r.reported_on, r.percent, r.paid, r.rating, r.problem FROM progress_report r WHERE r.project_id IN `+args.In(projects...)+`
		AND NOT EXISTS (SELECT 1 FROM progress_report n WHERE n.project_id = r.project_id AND (n.reported_on > r.reported_on OR n.reported_on = r.reported_on AND n.event_id > r.event_id))`, args.List()...)
	if err != nil {
		return err
	}
	changes, err := course.Standings(ctx, q, projects...)
	if err != nil {
		return err
	}
	for id, n := range known {
		n.judge(on, changes[id], v)
	}
	return nil
}

// judge moves the plan by what was made known of the project and computes its status;
// what rests does not fall behind.
func (n *Standing) judge(on calendar.Date, changed course.Standing, v measures.Values) {
	if s := changed.Suspended; s != "" && s < on {
		on = s
	}
	plan := postponed(n.Milestones, changed.Until)
	n.Milestones, n.Status = plan.Milestones, Assess(on, plan, n.Last, n.Completed, v)
}

// Next is the first milestone that is not done, false when all are.
func (n *Standing) Next() (Milestone, bool) {
	i := slices.IndexFunc(n.Milestones, func(m Milestone) bool { return m.DoneOn == "" })
	if i < 0 {
		return Milestone{}, false
	}
	return n.Milestones[i], true
}
