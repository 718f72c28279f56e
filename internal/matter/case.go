package matter

import (
	"context"
	"fmt"
	"slices"
	"time"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

// Origin says who entered a case.
type Origin string

const (
	Own      Origin = "own"    // the unit itself
	ByProxy  Origin = "proxy"  // 代录: entered by the bureau for the unit
	BySystem Origin = "system" // opened by a clock or an event
)

// Case is a case as it stands.
type Case struct {
	ID           string
	Jurisdiction string
	Procedure    *Procedure
	Title        string
	UnitID       string
	ParentUnitID string
	ProviderID   string // unit that provides what the case of another unit is about, "" for none
	Year         int64
	SubjectID    string
	Key          string
	State        State
	Rev          int64 // moves with every act
	Form         any   // pointer to the procedure's form struct
	FormRev      int64 // moves with every save
	Version      int64 // how often it was handed in
	Number       string
	Amount       money.Fen
	Items        int64
	Origin       Origin
	OwnBuild     bool
	OwnReview    bool
	Published    bool
	Due          calendar.Date
	LateDays     int64
	OpenedBy     string
	OpenedAt     int64
	SubmittedAt  int64 // when it left its unit, 0 while it has not
	StateSince   int64
	ClosedAt     int64

	Lines []Line
	Files []attachment.File

	Unit    identity.Unit   // the owner
	holders holders         // of the open tasks of the unit that reads
	Input   any             // what the running act records, nil outside it
	Picked  []string        // lines the running act names, nil outside it
	Values  measures.Values // parameters in force for the act or the look
	Today   calendar.Date
	Now     time.Time
}

// StoredForm reads the form of a case as it stands, typed by its declaration.
func StoredForm[T any](ctx context.Context, q db.Querier, spec form.Spec, id string) (*T, error) {
	text, err := db.Value[string](ctx, q, `SELECT form FROM matter WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	v, err := spec.Decode([]byte(text))
	if err != nil {
		return nil, err
	}
	return v.(*T), nil
}

// FormOf gives the typed form of a case.
func FormOf[T any](c *Case) *T { return c.Form.(*T) }

// Sections are the sections of the form as the case reads them.
func (e *Engine) Sections(ctx context.Context, c *Case) ([]form.Section, error) {
	if c.Procedure.Sections == nil {
		return c.Procedure.Form.Sections, nil
	}
	return c.Procedure.Sections(ctx, e.DB.Reader(ctx), c)
}

// Sheets are what the seats of the case fill in, by the state that seats them.
func (e *Engine) Sheets(ctx context.Context, c *Case) (map[State]form.Spec, error) {
	out := map[State]form.Spec{}
	for _, d := range c.Procedure.States {
		if d.Seats == nil || d.Seats.Form == nil {
			continue
		}
		sheet, err := d.Seats.sheet(ctx, e.DB.Reader(ctx), c)
		if err != nil {
			return nil, err
		}
		out[d.State] = sheet
	}
	return out, nil
}

// StateDef describes the state the case is in.
func (c *Case) StateDef() StateDef { return c.Procedure.state(c.State) }

// Has reports whether a document of the kind is attached.
func (c *Case) Has(kind string) bool {
	for _, f := range c.Files {
		if f.Kind == kind && f.PurgedAt == 0 {
			return true
		}
	}
	return false
}

const caseColumns = `m.id, m.jurisdiction, m.procedure, m.title, m.unit_id, m.parent_unit_id, m.year, m.subject_id, m.key,
	m.state, m.rev, m.form, m.form_rev, m.version, m.number, m.amount, m.items, m.origin, m.own_build, m.own_review,
	m.due, m.late_days, m.opened_by, m.opened_at, m.submitted_at, m.state_since, m.closed_at, m.published, m.provider_unit_id`

func (e *Engine) scanCase(s db.Scanner) (*Case, error) {
	var c Case
	var procedure, raw string
	var ownBuild, ownReview, published int64
	err := s.Scan(&c.ID, &c.Jurisdiction, &procedure, &c.Title, &c.UnitID, &c.ParentUnitID, &c.Year, &c.SubjectID, &c.Key,
		&c.State, &c.Rev, &raw, &c.FormRev, &c.Version, &c.Number, &c.Amount, &c.Items, &c.Origin, &ownBuild, &ownReview,
		&c.Due, &c.LateDays, &c.OpenedBy, &c.OpenedAt, &c.SubmittedAt, &c.StateSince, &c.ClosedAt, &published, &c.ProviderID)
	if err != nil {
		return nil, err
	}
	c.OwnBuild, c.OwnReview, c.Published = ownBuild == 1, ownReview == 1, published == 1
	p, ok := e.procedures[procedure]
	if !ok {
		return nil, fmt.Errorf("case %s belongs to unknown procedure %s", c.ID, procedure)
	}
	c.Procedure = p
	if c.Form, err = p.Form.Decode([]byte(raw)); err != nil {
		return nil, fmt.Errorf("case %s: %w", c.ID, err)
	}
	return &c, nil
}

// Load reads a case the actor may see, with lines, documents and the parameters
// in force today. What they may not see is NotFound.
func (e *Engine) Load(ctx context.Context, actor identity.Actor, id string) (*Case, error) {
	return e.load(ctx, e.DB.Reader(ctx), actor, id)
}

func (e *Engine) load(ctx context.Context, q db.Querier, actor identity.Actor, id string) (*Case, error) {
	var args db.Args
	c, err := db.One(ctx, q, e.scanCase,
		`SELECT `+caseColumns+` FROM matter m WHERE m.id = `+args.Add(id)+` AND `+actor.Sees("m", &args), args.List()...)
	if db.None(err) {
		return nil, problem.Missing("这份案卷")
	}
	if err != nil {
		return nil, err
	}
	return c, e.complete(ctx, q, c, actor.UnitID)
}

func (e *Engine) complete(ctx context.Context, q db.Querier, c *Case, unitID string) error {
	c.Now = e.Clock.Now()
	c.Today = calendar.Of(c.Now)
	groups := c.Procedure.Groups()
	lines, values := make([][]Line, len(groups)), measures.Values{}
	c.holders = holders{}
	asks := []db.Ask{attachment.Ask(&c.Files, c.ID), askParameters(values, c.Jurisdiction, c.Today), askHolders(c.holders, c.ID, unitID)}
	for i, g := range groups {
		asks = append(asks, g.ask(&lines[i], c.ID))
	}
	if err := db.Together(ctx, q, asks...); err != nil {
		return err
	}
	c.Lines, c.Values = slices.Concat(lines...), values
	u, ok := e.Units.ByID(c.UnitID)
	if !ok {
		return fmt.Errorf("case %s belongs to unknown unit %s", c.ID, c.UnitID)
	}
	c.Unit = u
	return nil
}
