package matter

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

// Row is a case in a list.
type Row struct {
	ID          string        `json:"id"`
	Procedure   string        `json:"procedure"`
	Title       string        `json:"title"`
	UnitID      string        `json:"unit_id"`
	Number      string        `json:"number"`
	Year        int64         `json:"year"`
	State       State         `json:"state"`
	Amount      money.Fen     `json:"amount"`
	Items       int64         `json:"items"`
	LateDays    int64         `json:"late_days"`
	Origin      Origin        `json:"origin"`
	OwnBuild    bool          `json:"own_build"`
	OwnReview   bool          `json:"own_review"`
	Due         calendar.Date `json:"due"`
	SubmittedAt int64         `json:"submitted_at"`
	StateSince  int64         `json:"state_since"`
	SubjectID   string        `json:"subject_id,omitempty"`
}

// Filter narrows a list of cases; zero values do not narrow.
type Filter struct {
	Procedure string
	Year      int64
	State     State
	UnitID    string
	About     string   // the subject of the case
	Also      []string // ids of further cases about it
	After     string   // id of the last row of the page before, newest first
	Limit     int64    // 1 to 500
}

// List pages through the cases an actor may see, newest first.
func (e *Engine) List(ctx context.Context, actor identity.Actor, f Filter) ([]Row, error) {
	var args db.Args
	where := actor.Sees("m", &args)
	if f.Procedure != "" {
		where += " AND m.procedure = " + args.Add(f.Procedure)
	}
	if f.Year != 0 {
		where += " AND m.year = " + args.Add(f.Year)
	}
	if f.State != "" {
		where += " AND m.state = " + args.Add(string(f.State))
	}
	if f.UnitID != "" {
		where += " AND m.unit_id = " + args.Add(f.UnitID)
	}
	if f.About != "" {
		where += " AND m.id IN (SELECT s.id FROM matter s WHERE s.subject_id = " + args.Add(f.About) + " AND s.subject_id <> '' UNION ALL SELECT o.id FROM matter o WHERE o.id IN " + args.In(f.Also...) + ")"
	}
	if f.After != "" {
		where += " AND m.id < " + args.Add(f.After)
	}
	if f.Limit < 1 || f.Limit > 500 {
		f.Limit = 100
	}
	return db.All(ctx, e.DB.Reader(ctx), scanRow, `SELECT `+rowColumns+` FROM matter m WHERE `+where+` ORDER BY m.id DESC LIMIT `+args.Add(f.Limit), args.List()...)
}

const rowColumns = `m.id, m.procedure, m.title, m.unit_id, m.number, m.year, m.state, m.amount, m.items, m.late_days,
	m.origin, m.own_build, m.own_review, m.due, m.submitted_at, m.state_since, m.subject_id`

func scanRow(s db.Scanner) (Row, error) {
	var r Row
	var build, review int64
	err := s.Scan(&r.ID, &r.Procedure, &r.Title, &r.UnitID, &r.Number, &r.Year, &r.State, &r.Amount, &r.Items, &r.LateDays,
		&r.Origin, &build, &review, &r.Due, &r.SubmittedAt, &r.StateSince, &r.SubjectID)
	r.OwnBuild, r.OwnReview = build == 1, review == 1
	return r, err
}

// Doable is an act an actor may take on a case now, or would but for a refusal
// that is known beforehand.
type Doable struct {
	Step
	Refused string // why they may not, "" when they may
}

// Doables lists the acts that belong to the actor in the state the case is in.
// Whoever drafted or signed a case of their own unit learns here that another
// person must decide it (自审), and whoever has not got the task, that they have not.
func (e *Engine) Doables(ctx context.Context, actor identity.Actor, c *Case) ([]Doable, error) {
	var mine []Step
	ownOffice := false
	for _, s := range c.Procedure.Steps(c.State) {
		if s.By.Side != identity.SystemSide && c.Procedure.holds(actor, c, s.By) {
			mine = append(mine, s)
			ownOffice = ownOffice || s.By.Side != identity.OwnerSide && actor.UnitID == c.UnitID
		}
	}
	if len(mine) == 0 {
		return nil, nil
	}
	q := e.DB.Reader(ctx)
	acted := false
	if ownOffice {
		var err error
		if acted, err = ownerActed(ctx, q, actor, c); err != nil {
			return nil, err
		}
	}
	var out []Doable
	for _, s := range mine {
		err := c.holders.admits(s.By.Post, actor)
		if err == nil && acted && s.By.Side != identity.OwnerSide {
			err = selfReview(s.Title)
		}
		one := Doable{Step: s}
		if err != nil {
			one.Refused = problem.Message(err)
		}
		out = append(out, one)
	}
	return out, nil
}

// ItemResult is what became of one case in a bulk act.
type ItemResult struct {
	Matter string `json:"matter"`
	Result Result `json:"result"`
	Err    error  `json:"-"`
}

// Bulk takes the same act on many cases. Each stands or falls alone: one that is
// refused leaves the others done.
func (e *Engine) Bulk(ctx context.Context, actor identity.Actor, act Request, matters []string) ([]ItemResult, error) {
	if len(matters) == 0 {
		return nil, problem.Field("matters", "请先勾选要办理的案卷")
	}
	if len(matters) > 500 {
		return nil, problem.Field("matters", "一次最多办理 500 份")
	}
	out := make([]ItemResult, 0, len(matters))
	for _, id := range matters {
		one := act
		one.Matter = id
		one.Rev = 0
		if one.Idem != "" {
			one.Idem += ":" + id
		}
		res, err := e.Act(ctx, actor, one)
		out = append(out, ItemResult{Matter: id, Result: res, Err: err})
	}
	return out, nil
}

// Holds reports whether the actor is the party for the case.
func (e *Engine) Holds(actor identity.Actor, c *Case, by identity.Party) bool {
	return c.Procedure.holds(actor, c, by)
}

// MayStart reports whether the actor may open a case of the procedure for their own unit.
func (e *Engine) MayStart(actor identity.Actor, p *Procedure) bool {
	return p.holds(actor, &Case{Jurisdiction: actor.Jurisdiction, UnitID: actor.UnitID}, p.Start)
}
