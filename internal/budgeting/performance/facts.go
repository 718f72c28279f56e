package performance

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

func gatherTree(_ context.Context, _ db.Querier, c *matter.Case) (Facts, error) {
	f := Facts{On: c.Today}
	for _, ln := range c.LinesOf("") {
		i := matter.BodyOf[Indicator](ln)
		f.Tree = append(f.Tree, IndicatorFacts{Seq: ln.Seq, Level1: i.Level1, Weight: i.Weight})
	}
	return f, nil
}

func gatherAssessment(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	f, err := gatherTree(ctx, q, c)
	if err != nil {
		return f, err
	}
	a := matter.FormOf[Assessment](c)
	f.Score, f.Result, f.Secret = a.sum(), a.Result, measures.SecretField(assessmentForm, a)
	p, err := registry.Subject(ctx, q, c)
	f.Budgeted = p.Money.Budget
	return f, err
}

func gatherMonitoring(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	m := matter.FormOf[Monitoring](c)
	f := Facts{On: c.Today, Year: c.Year, CutOff: m.CutOff, Secret: measures.SecretField(monitoringForm, m)}
	for _, ln := range c.LinesOf("") {
		t := matter.BodyOf[Tracked](ln)
		f.Tree = append(f.Tree, IndicatorFacts{Seq: ln.Seq, Level1: t.Level1, Weight: t.Weight, Likely: t.Likely, Reason: hanzi.Given(t.Reason), Remedy: hanzi.Given(t.Action)})
	}
	var err error
	_, f.Assessed, err = indicatorsOf(ctx, q, c)
	return f, err
}

func gatherEvaluation(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	v := matter.FormOf[Evaluation](c)
	f := Facts{On: c.Today, Year: c.Year, Due: due(c.Year, c.Values), Secret: measures.SecretField(evaluationForm, v)}
	for _, ln := range c.LinesOf("") {
		s := matter.BodyOf[Scored](ln)
		f.Tree = append(f.Tree, IndicatorFacts{Seq: ln.Seq, Level1: s.Level1, Target: s.Target, Actual: s.Actual, Weight: s.Weight, Score: s.Score, Reason: hanzi.Given(s.Reason)})
	}
	var err error
	_, f.Assessed, err = indicatorsOf(ctx, q, c)
	return f, err
}

// indicatorsOf are the indicators of the project's signed assessment, or of the
// library where there is none; it reports which.
func indicatorsOf(ctx context.Context, q db.Querier, c *matter.Case) ([]Indicator, bool, error) {
	list, err := db.All(ctx, q, scanIndicator, `SELECT l.level1, l.level2, l.name, l.target, l.weight FROM indicator_line l JOIN performance_result r ON r.matter_id = l.matter_id
		WHERE r.project_id = $1 AND r.kind = 'assessment' ORDER BY l.seq, l.id`, c.SubjectID)
	if err != nil || len(list) > 0 {
		return list, true, err
	}
	list, err = Library(ctx, q, c.Jurisdiction, c.Today)
	return list, false, err
}

// SpendingOf is what was arranged for a project in a year and paid in it.
func SpendingOf(ctx context.Context, q db.Querier, project string, year int64) (Spending, error) {
	s, err := db.One(ctx, q, func(s db.Scanner) (Spending, error) {
		var v Spending
		err := s.Scan(&v.Budget, &v.Paid)
		return v, err
	}, `SELECT CAST(COALESCE(SUM(CASE WHEN kind = 'budget' THEN amount ELSE 0 END), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN kind = 'paid' THEN amount ELSE 0 END), 0) AS BIGINT)
		FROM money_entry WHERE project_id = $1 AND year = $2`, project, year)
	if s.Budget > 0 {
		s.Rate = decimal(s.tenths()) + "%"
	}
	return s, err
}

// owing selects what was budgeted before the moment $3 for projects in the years
// from $1 to $2 and has no result of the kind $4.
const owing = ` FROM money_entry e JOIN project p ON p.id = e.project_id WHERE e.kind = 'budget' AND e.year >= $1 AND e.year <= $2 AND e.booked_at < $3
	AND NOT EXISTS (SELECT 1 FROM performance_result r WHERE r.project_id = e.project_id AND r.kind = $4 AND r.year = e.year)`

// owed is a part that units owe of a year: of what was budgeted before a moment.
type owed struct {
	duty   duty.Kind
	result string
	year   int64
	due    calendar.Date
	before int64
}

func evaluationOf(year int64, v measures.Values) owed {
	return owed{Duty, "evaluation", year, due(year, v), math.MaxInt64}
}

// monitoringOf is the monitoring of what was budgeted by the day it is due.
func monitoringOf(year int64, v measures.Values) owed {
	month, day := WatchDay.MonthDay(v)
	on := calendar.Date(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
	return owed{WatchDuty, "monitoring", year, on, on.EndOfDay().UnixMilli() + 1}
}

func (o owed) period() string { return strconv.FormatInt(o.year, 10) }

// watchLead is how many days before it is due the monitoring is asked for.
const watchLead = 31

// openDuties asks from 1 January every unit that had a funded project last year
// for the self-evaluation of that year, and in the last month before it is due for
// the monitoring of this one.
func openDuties(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error {
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		values, err := e.Parameters(ctx, tx, jurisdiction, today)
		if err != nil {
			return err
		}
		year, first := int64(today.Year()), int64(FirstYear.Int(values))
		var asked []owed
		if year-1 >= first {
			asked = append(asked, evaluationOf(year-1, values))
		}
		if m := monitoringOf(year, values); year >= first && today >= m.due.AddDays(-watchLead) {
			asked = append(asked, m)
		}
		for _, o := range asked {
			if err := o.open(ctx, tx, jurisdiction, e.Clock.Now().UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (o owed) open(ctx context.Context, tx *db.Tx, jurisdiction string, at int64) error {
	units, err := db.Column[string](ctx, tx, `SELECT DISTINCT x.unit_id FROM (SELECT p.unit_id, e.project_id`+owing+` AND p.jurisdiction = $5
		GROUP BY p.unit_id, e.project_id HAVING SUM(e.amount) > 0) x ORDER BY x.unit_id`, o.year, o.year, o.before, o.result, jurisdiction)
	if err != nil {
		return err
	}
	for _, u := range units {
		if _, err := duty.Open(ctx, tx, duty.Duty{Jurisdiction: jurisdiction, UnitID: u, Kind: o.duty.Key, Clause: o.duty.Clause, Title: fmt.Sprintf(o.duty.Title, o.period()), Period: o.period(), Due: o.due}, at); err != nil {
			return err
		}
	}
	return nil
}

// settle fulfils the duty of a unit once the part is done for all its funded
// projects of the year.
func (o owed) settle(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	left, err := db.Value[int64](ctx, d.Tx, `SELECT COUNT(*) FROM (SELECT e.project_id`+owing+` AND p.unit_id = $5 GROUP BY e.project_id HAVING SUM(e.amount) > 0) x`,
		o.year, o.year, o.before, o.result, c.UnitID)
	if err != nil || left > 0 {
		return err
	}
	return duty.Satisfy(ctx, d.Tx, c.UnitID, o.duty.Key, o.period(), c.Today, d.EventID)
}

// Standing is how a project stands when money is arranged for it.
type Standing struct {
	Grade string // of its last self-evaluation, "" while there is none
	Year  int64  // of that
	Owes  int64  // first year whose self-evaluation is overdue, 0: none
}

// Poor reports whether the last grade is 差.
func (s Standing) Poor() bool { return s.Grade == Poor }

// Standings reads how projects stand on a day (A13.3), by project id.
func Standings(ctx context.Context, q db.Querier, on calendar.Date, v measures.Values, projects ...string) (map[string]Standing, error) {
	out := map[string]Standing{}
	if len(projects) == 0 {
		return out, nil
	}
	last := int64(on.Year()) - 1
	if due(last, v) >= on {
		last--
	}
	var graded, owes db.Args
	return out, db.Together(ctx, q, db.Each(func(s db.Scanner) error {
		var id string
		var n Standing
		err := s.Scan(&id, &n.Grade, &n.Year)
		out[id] = n // the latest year comes last
		return err
	}, `SELECT project_id, grade, year FROM performance_result WHERE kind = 'evaluation' AND project_id IN `+graded.In(projects...)+` ORDER BY project_id, year`, graded.List()...),
		db.Each(func(s db.Scanner) error {
			var id string
			var year int64
			err := s.Scan(&id, &year)
			n := out[id]
			n.Owes = year
			out[id] = n
			return err
		}, `SELECT x.project_id, MIN(x.year) FROM (SELECT e.project_id, e.year`+owingBy(&owes, int64(FirstYear.Int(v)), last)+` AND e.project_id IN `+owes.In(projects...)+
			` GROUP BY e.project_id, e.year HAVING SUM(e.amount) > 0) x GROUP BY x.project_id ORDER BY x.project_id`, owes.List()...))
}

// UnitGrades are the lowest grades that the self-evaluations of units came to in their
// latest year, by unit id: a reference for every later budget of the unit (A13.3).
func UnitGrades(ctx context.Context, q db.Querier, jurisdiction string) (map[string]string, error) {
	out := map[string]string{}
	return out, db.Together(ctx, q, db.Each(func(s db.Scanner) error {
		var unit, grade string
		err := s.Scan(&unit, &grade)
		if _, is := out[unit]; !is { // the lowest score comes first
			out[unit] = grade
		}
		return err
	}, `SELECT p.unit_id, r.grade FROM performance_result r JOIN project p ON p.id = r.project_id WHERE p.jurisdiction = $1 AND r.kind = 'evaluation'
		AND r.year = (SELECT MAX(x.year) FROM performance_result x JOIN project y ON y.id = x.project_id WHERE x.kind = 'evaluation' AND y.unit_id = p.unit_id) ORDER BY p.unit_id, r.score, r.project_id`, jurisdiction))
}

// Rank orders grades for a proposal: the better ones lead, who has none stands between 良 and 中.
func Rank(grade string) int {
	return map[string]int{"excellent": 0, "good": 1, "": 2, "fair": 3, Poor: 4}[grade]
}

func owingBy(args *db.Args, from, to int64) string {
	args.Add(from)
	args.Add(to)
	args.Add(int64(math.MaxInt64))
	args.Add("evaluation")
	return owing
}

// Result is what one part came to, as the project page shows it.
type Result struct {
	Kind, Matter, Grade string
	Year, Score         int64 // in tenths
	On                  calendar.Date
}

// Points are the score as people read it.
func (r Result) Points() string { return decimal(r.Score) }

// Results lists what a project's assessment, monitorings and self-evaluations
// came to, the newest first.
func Results(ctx context.Context, q db.Querier, project string) ([]Result, error) {
	return db.All(ctx, q, func(s db.Scanner) (Result, error) {
		var r Result
		err := s.Scan(&r.Kind, &r.Matter, &r.Grade, &r.Year, &r.Score, &r.On)
		return r, err
	}, `SELECT kind, matter_id, grade, year, score, signed_on FROM performance_result WHERE project_id = $1 ORDER BY year DESC, kind LIMIT 60`, project)
}
