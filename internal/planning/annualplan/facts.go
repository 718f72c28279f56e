package annualplan

import (
	"context"
	"unicode/utf8"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/registry"
)

// available lists what may be taken into a plan: valid entries of the reserve for
// the year, and approved projects that still need money (续建 [reading]). The
// reviewed amount of a periodic project is that of one service year, so what
// earlier years had does not count against it (A17.0 [reading]).
func available(ctx context.Context, q db.Querier, units *identity.Directory, c *matter.Case) ([]*Entry, error) {
	list, err := db.All(ctx, q, func(s db.Scanner) (*Entry, error) {
		e := Entry{Source: FromReserve}
		err := s.Scan(&e.ReserveID, &e.UnitID, &e.ProjectID, &e.Name, &e.BuildKind, &e.Priority, &e.Estimate, &e.EnteredOn, &e.ValidUntil, &e.Prior, &e.Code, &e.Class)
		return &e, err
	}, `SELECT r.matter_id, r.unit_id, r.project_id, r.name, r.build_kind, r.priority, r.amount, r.entered_on, r.valid_until, CASE WHEN r.periodic = 1 THEN 0 ELSE p.planned END, p.code, p.class
		FROM reserve_entry r JOIN project p ON p.id = r.project_id
		WHERE r.jurisdiction = $1 AND r.state = 'valid' AND r.valid_until >= $2 AND r.year <= $3 ORDER BY r.unit_id, r.place, r.sort_key, r.matter_id`, c.Jurisdiction, string(c.Today), c.Year)
	if err != nil {
		return nil, err
	}
	running, err := db.All(ctx, q, func(s db.Scanner) (*Entry, error) {
		e := Entry{Source: FromContinue, BuildKind: registry.Continue}
		err := s.Scan(&e.UnitID, &e.ProjectID, &e.Name, &e.Estimate, &e.Prior, &e.Code, &e.Class)
		return &e, err
	}, `SELECT p.unit_id, p.id, p.name, CASE WHEN p.reviewed > 0 THEN p.reviewed ELSE p.estimate END, p.planned, p.code, p.class FROM project p
		WHERE p.jurisdiction = $1 AND p.stage IN ('approved','building') AND p.build_kind <> 'om' AND p.year < $2
		AND p.planned < CASE WHEN p.reviewed > 0 THEN p.reviewed ELSE p.estimate END ORDER BY p.unit_id, p.sort_key, p.id`, c.Jurisdiction, c.Year)
	if err != nil {
		return nil, err
	}
	if list, err = inClassOnly(ctx, q, append(list, running...)); err != nil {
		return nil, err
	}
	for _, e := range list {
		u, _ := units.ByID(e.UnitID)
		e.Unit = u.ShortName
	}
	return list, fill(ctx, q, list)
}

// fill takes over what the reserve cases say, so that nobody types it again.
func fill(ctx context.Context, q db.Querier, list []*Entry) error {
	at := map[string]*Entry{}
	var ids []string
	for _, e := range list {
		if e.ReserveID != "" {
			at[e.ReserveID] = e
			ids = append(ids, e.ReserveID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	type raw struct{ id, form string }
	var args db.Args
	rows, err := db.All(ctx, q, func(s db.Scanner) (raw, error) {
		var r raw
		err := s.Scan(&r.id, &r.form)
		return r, err
	}, `SELECT m.id, m.form FROM matter m WHERE m.id IN `+args.In(ids...), args.List()...)
	if err != nil {
		return err
	}
	spec := reserve.SchemeForm()
	for _, r := range rows {
		v, err := spec.Decode([]byte(r.form))
		if err != nil {
			return err
		}
		take(at[r.id], v.(*reserve.Scheme))
	}
	return nil
}

func take(e *Entry, s *reserve.Scheme) {
	e.Start, e.End, e.Level, e.Deploy, e.Conclusion, e.Assess = s.Start, s.End, s.Level, s.Deploy, s.Result, s.Assess
	e.Content, e.Basis = short(*s.Text("build"), 300), short(*s.Text("necessity"), 300)
	e.Year = e.Estimate
	e.City, e.Central, e.Provincial, e.Own = s.Funds.City(), s.Funds.Central+s.Funds.Bond, s.Funds.Provincial, s.Funds.Own+s.Funds.Other
	// what the review cut comes off municipal money first, money from above last: that is committed elsewhere
	cut := e.Funds() - e.Year
	for _, f := range []*money.Fen{&e.City, &e.Own, &e.Provincial, &e.Central} {
		off := max(0, min(cut, *f))
		*f -= off
		cut -= off
	}
}

func short(text string, runes int) string {
	if utf8.RuneCountInString(text) <= runes {
		return text
	}
	return string([]rune(text)[:runes-1]) + "…"
}

// Facts are what the rules judge when a version is frozen.
type Facts struct {
	On    calendar.Date `json:"on"`
	Year  int64         `json:"year"`
	Limit money.Fen     `json:"limit"`
	City  money.Fen     `json:"city"` // municipal money of the included items
	Items []ItemFacts   `json:"items"`
}

// ItemFacts are the facts of one included item.
type ItemFacts struct {
	Seq        int64         `json:"seq"`
	Name       string        `json:"name"`
	Source     string        `json:"source"`
	State      string        `json:"state"` // of the reserve entry, or the stage of the project
	ValidUntil calendar.Date `json:"valid_until"`
	Estimate   money.Fen     `json:"estimate"`
	Prior      money.Fen     `json:"prior"`
	Amount     money.Fen     `json:"amount"`
	Funds      money.Fen     `json:"funds"`
	OutOfClass string        `json:"out_of_class,omitempty"` // clause of the declaration, when there is one
}

// gather reads the reserve and the projects as they stand at the act.
func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	f := Facts{On: c.Today, Year: c.Year, Limit: matter.FormOf[Plan](c).Limit}
	type now struct {
		project, state, stage string
		until                 calendar.Date
	}
	rows, err := db.All(ctx, q, func(s db.Scanner) (now, error) {
		var n now
		err := s.Scan(&n.project, &n.stage, &n.state, &n.until)
		return n, err
	}, `SELECT e.project_id, p.stage, COALESCE(r.state, ''), COALESCE(r.valid_until, '') FROM plan_entry e JOIN project p ON p.id = e.project_id
		LEFT JOIN reserve_entry r ON r.matter_id = e.reserve_id WHERE e.matter_id = $1 AND e.included = 1`, c.ID)
	if err != nil {
		return f, err
	}
	at := map[string]now{}
	var ids []string
	for _, n := range rows {
		at[n.project] = n
		ids = append(ids, n.project)
	}
	excluded, err := registry.Excluded(ctx, q, ids...)
	if err != nil {
		return f, err
	}
	for _, ln := range c.Lines {
		e := matter.BodyOf[Entry](ln)
		if !e.Included {
			continue
		}
		n := at[e.ProjectID]
		i := ItemFacts{Seq: ln.Seq, Name: e.Name, Source: e.Source, State: n.state, ValidUntil: n.until, Estimate: e.Estimate, Prior: e.Prior, Amount: e.Year, Funds: e.Funds(), OutOfClass: excluded[e.ProjectID].Clause}
		if e.Source == FromContinue {
			i.State = n.stage
		}
		f.City += e.City
		f.Items = append(f.Items, i)
	}
	return f, nil
}

// Offices of the joint review, Article 10.
var Offices = []string{identity.BigData, identity.NDRC, identity.CAC}

// Standing is what an office last said about an item, if it still holds: an
// opinion holds while the item stands as it was.
type Standing struct {
	Opinion, Reason, Name string
	Holds                 bool
}

// Agrees reports whether the office agrees to the item as it stands.
func (s Standing) Agrees() bool { return s.Holds && agrees(s.Opinion) }

// Objects reports whether the office said 剔除 or 退回, also of an item that has
// changed since.
func (s Standing) Objects() bool { return s.Opinion != "" && !agrees(s.Opinion) }

// Stand reads what each office has said about each line: office, then line.
func Stand(ctx context.Context, q db.Querier, units *identity.Directory, c *matter.Case) (map[string]map[string]Standing, error) {
	said, err := matter.SaidOf(ctx, q, c)
	if err != nil {
		return nil, err
	}
	revs := map[string]int64{}
	for _, ln := range c.Lines {
		revs[ln.ID] = ln.Rev
	}
	out := map[string]map[string]Standing{}
	for _, s := range said {
		u, _ := units.ByID(s.UnitID)
		if out[u.Office] == nil {
			out[u.Office] = map[string]Standing{}
		}
		out[u.Office][s.Line] = Standing{s.Opinion, s.Reason, s.GivenName, s.Rev == revs[s.Line]}
	}
	return out, nil
}

// JointFacts are what the rules of the report to the government judge.
type JointFacts struct {
	Items  int            `json:"items"`
	Agreed map[string]int `json:"agreed"`        // office to the included items it agrees to as they stand
	Now    *Facts         `json:"now,omitempty"` // what the freezing judged, as it is now
}

func jointFacts(units *identity.Directory) func(ctx context.Context, q db.Querier, c *matter.Case) (JointFacts, error) {
	return func(ctx context.Context, q db.Querier, c *matter.Case) (JointFacts, error) {
		now, err := gather(ctx, q, c)
		f := JointFacts{Agreed: map[string]int{}, Now: &now}
		if err != nil {
			return f, err
		}
		standing, err := Stand(ctx, q, units, c)
		if err != nil {
			return f, err
		}
		for _, ln := range c.Lines {
			if !matter.BodyOf[Entry](ln).Included {
				continue
			}
			f.Items++
			for _, o := range Offices {
				if s := standing[o][ln.ID]; s.Agrees() {
					f.Agreed[o]++
				}
			}
		}
		return f, nil
	}
}

// PlansWith lists the annual plans that include a project.
func PlansWith(ctx context.Context, q db.Querier, projectID string) ([]string, error) {
	return db.Column[string](ctx, q, `SELECT matter_id FROM plan_entry WHERE project_id = $1 AND included = 1 ORDER BY matter_id`, projectID)
}
