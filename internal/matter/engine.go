package matter

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// Engine is the one way to change the state of a case.
type Engine struct {
	DB    *db.DB
	Clock *calendar.Clock
	Units *identity.Directory
	Store *attachment.Store

	procedures map[string]*Procedure
	order      []*Procedure
	judges     map[ruleKey]measures.Check
}

type ruleKey struct {
	id      string
	version int
}

// New makes an engine over declared procedures.
func New(d *db.DB, clock *calendar.Clock, units *identity.Directory, store *attachment.Store, procedures ...*Procedure) (*Engine, error) {
	e := &Engine{DB: d, Clock: clock, Units: units, Store: store, procedures: map[string]*Procedure{}, judges: map[ruleKey]measures.Check{}}
	for _, p := range procedures {
		if err := p.Validate(); err != nil {
			return nil, err
		}
		if e.procedures[p.Key] != nil {
			return nil, fmt.Errorf("procedure %s declared twice", p.Key)
		}
		e.procedures[p.Key] = p
		e.order = append(e.order, p)
		for _, c := range p.Checks() {
			e.judges[ruleKey{c.ID, c.Version}] = c
		}
	}
	return e, nil
}

// Procedures lists the declared procedures in order.
func (e *Engine) Procedures() []*Procedure { return e.order }

// Procedure finds a procedure by key.
func (e *Engine) Procedure(key string) (*Procedure, bool) {
	p, ok := e.procedures[key]
	return p, ok
}

// DutyKind describes a kind of duty; an unknown one is empty.
func (e *Engine) DutyKind(key string) duty.Kind {
	for _, p := range e.order {
		for _, k := range p.Duties {
			if k.Key == key {
				return k
			}
		}
	}
	return duty.Kind{Key: key}
}

// NewID makes a UUIDv7.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }

// OpenRequest asks for a new draft.
type OpenRequest struct {
	Procedure string
	UnitID    string // "" is the actor's own unit
	Year      int64
	SubjectID string
	Form      map[string]string
	Lines     []map[string]string
	Origin    Origin // "" is Own
	Idem      string
}

// Open makes a draft. Opening what may exist only once is a Conflict that names
// the existing case.
func (e *Engine) Open(ctx context.Context, actor identity.Actor, r OpenRequest) (Result, error) {
	p, ok := e.procedures[r.Procedure]
	if !ok {
		return Result{}, problem.Missing("这项业务")
	}
	if r.UnitID == "" {
		r.UnitID = actor.UnitID
	}
	if r.Origin == "" {
		r.Origin = Own
	}
	if r.Year != 0 && (r.Year < 2000 || r.Year > 2100) {
		return Result{}, problem.Field("year", "年度应是 2000 到 2100 之间的年份")
	}
	unit, ok := e.Units.ByID(r.UnitID)
	if !ok || unit.Jurisdiction != actor.Jurisdiction {
		return Result{}, problem.Missing("这个单位")
	}
	var res Result
	err := e.DB.Write(ctx, func(tx *db.Tx) error {
		if done, err := e.replayed(ctx, tx, actor, Request{Action: Open, Idem: r.Idem}, p.Key, &res); done || err != nil {
			return err
		}
		c := &Case{ID: NewID(), Jurisdiction: actor.Jurisdiction, Procedure: p, UnitID: unit.ID, ParentUnitID: unit.ParentID, Unit: unit,
			Year: r.Year, SubjectID: r.SubjectID, State: Draft, Rev: 1, Form: p.Form.New(), FormRev: 1, Origin: r.Origin, OwnBuild: unit.Office == identity.BigData && p.Start.Side == identity.OwnerSide,
			OpenedBy: actor.ID, Now: e.Clock.Now()}
		c.Today = calendar.Of(c.Now)
		c.OpenedAt, c.StateSince = c.Now.UnixMilli(), c.Now.UnixMilli()
		if err := mayOpen(actor, c); err != nil {
			return err
		}
		if p.About.Kind != "" && !p.About.Optional && c.SubjectID == "" {
			return problem.New(problem.Invalid, "%s要指明是%s", p.Title, p.About.asks())
		}
		var err error
		if c.Values, err = e.Parameters(ctx, tx, c.Jurisdiction, c.Today); err != nil {
			return err
		}
		var known []Line
		if p.Prepare != nil {
			if known, err = p.Prepare(ctx, tx, c); err != nil {
				return err
			}
		}
		c.OwnBuild = c.OwnBuild && c.ProviderID == ""
		if err := p.Form.Apply(c.Form, r.Form, ""); err != nil {
			return err
		}
		if err := c.name(); err != nil {
			return err
		}
		if err := e.insert(ctx, tx, c); err != nil {
			return err
		}
		for _, ln := range known {
			if _, err := c.put(ctx, tx, ln); err != nil {
				return err
			}
		}
		for i, body := range r.Lines {
			if _, err := e.addLine(ctx, tx, c, "", body, fmt.Sprintf("line:%d/", i+1)); err != nil {
				return err
			}
		}
		if err := e.summarise(ctx, tx, c); err != nil {
			return err
		}
		d := &Doing{Tx: tx, Case: c, Actor: actor, Engine: e, EventID: NewID(), Act: Request{Action: Open, Idem: r.Idem}}
		if err := e.openTasks(ctx, d); err != nil {
			return err
		}
		capacity := "owner"
		if c.Origin == ByProxy {
			capacity = "office"
		}
		if err := e.record(ctx, d, entry{from: "", capacity: capacity}); err != nil {
			return err
		}
		res = Result{Matter: c.ID, State: c.State, Rev: c.Rev, Event: d.EventID}
		return nil
	})
	return res, err
}

func mayOpen(actor identity.Actor, c *Case) error {
	if actor.IsSystem() {
		return nil
	}
	if c.Origin == Own {
		if c.Procedure.holds(actor, c, c.Procedure.Start) {
			return nil
		}
		return problem.New(problem.Forbidden, "%s由%s办理，您不能新建", c.Procedure.Title, c.Procedure.Start.Title())
	}
	if c.Procedure.Proxy.Side != "" && c.Procedure.holds(actor, c, c.Procedure.Proxy) {
		return nil
	}
	return problem.New(problem.Forbidden, "您不能为其他单位代录%s", c.Procedure.Title)
}

// holds reports whether the actor is the party for the case.
func (p *Procedure) holds(actor identity.Actor, c *Case, by identity.Party) bool {
	if actor.Jurisdiction != c.Jurisdiction {
		return false
	}
	if by.Post != "" && !actor.Is(by.Post) {
		return false
	}
	switch by.Side {
	case identity.OwnerSide:
		return actor.UnitID == c.UnitID
	case identity.ParentSide:
		return c.ParentUnitID != "" && actor.UnitID == c.ParentUnitID
	case identity.ProviderSide:
		return c.ProviderID != "" && actor.UnitID == c.ProviderID
	case identity.OfficeSide:
		return actor.Office == by.Office
	case identity.SystemSide:
		return actor.IsSystem()
	}
	return false
}

func (c *Case) name() error {
	c.Title = c.Procedure.Title
	if c.Procedure.Name != nil {
		c.Title = c.Procedure.Name(c)
	}
	if c.Procedure.Once != nil {
		c.Key = c.Procedure.Once(c)
	}
	return nil
}

func (e *Engine) insert(ctx context.Context, tx *db.Tx, c *Case) error {
	if c.Key != "" {
		old, err := db.Value[string](ctx, tx, `SELECT id FROM matter WHERE jurisdiction = $1 AND procedure = $2 AND key = $3`, c.Jurisdiction, c.Procedure.Key, c.Key)
		if err == nil {
			return &Exists{Matter: old, Title: c.Title}
		}
		if !db.None(err) {
			return err
		}
	}
	_, err := tx.Exec(ctx, `INSERT INTO matter (id, jurisdiction, procedure, title, unit_id, parent_unit_id, year, subject_id, key,
		state, rev, form, form_rev, origin, own_build, opened_by, opened_at, state_since, provider_unit_id)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)`,
		c.ID, c.Jurisdiction, c.Procedure.Key, c.Title, c.UnitID, c.ParentUnitID, c.Year, c.SubjectID, c.Key,
		string(c.State), c.Rev, string(c.Procedure.Form.Encode(c.Form)), c.FormRev, string(c.Origin), db.Flag(c.OwnBuild), c.OpenedBy, c.OpenedAt, c.StateSince, c.ProviderID)
	if db.IsUnique(err) {
		return &Exists{Title: c.Title}
	}
	return err
}

// Exists says that the case that may exist only once is already there.
type Exists struct{ Matter, Title string }

func (x *Exists) Error() string { return "conflict: " + x.Message() }
func (x *Exists) Message() string {
	return "已经有一份“" + x.Title + "”，请在原来那一份上继续"
}
func (x *Exists) ProblemKind() problem.Kind { return problem.Conflict }

// replayed answers a repeated request with the result of its first run; a key
// that came with another request is refused, or this one would seem done. The
// result of a last opinion is that of the step the system took upon it. What is
// opened has no case yet and is known by its procedure.
func (e *Engine) replayed(ctx context.Context, tx *db.Tx, actor identity.Actor, r Request, procedure string, res *Result) (bool, error) {
	if r.Idem == "" {
		return false, nil
	}
	if len(r.Idem) > 300 {
		return false, problem.Field("idem", "防重复标识最多 300 个字符")
	}
	var action Action
	var kind string
	prior, err := db.One(ctx, tx, func(s db.Scanner) (Result, error) {
		var r Result
		err := s.Scan(&r.Matter, &r.State, &r.Rev, &r.Number, &r.Event, &action, &kind)
		return r, err
	}, `SELECT e.matter_id, COALESCE(n.to_state, e.to_state), COALESCE(n.rev, e.rev), COALESCE(n.number, e.number), e.id, e.action, e.procedure
		FROM event e LEFT JOIN event n ON n.actor_id = 'system' AND n.idem = e.id WHERE e.actor_id = $1 AND e.idem = $2`, actor.ID, r.Idem)
	if db.None(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if action != r.Action || r.Matter != "" && r.Matter != prior.Matter || procedure != "" && procedure != kind {
		return false, problem.New(problem.Conflict, "这一页刚才已办过另一件事，这次没有办理。请刷新页面，看过最新内容再办")
	}
	prior.Repeated = true
	*res = prior
	return true, nil
}

// Result is what an act came to.
type Result struct {
	Matter   string             `json:"matter"`
	State    State              `json:"state"`
	Rev      int64              `json:"rev"`
	Number   string             `json:"number,omitempty"` // the number it issued
	Event    string             `json:"event"`
	Repeated bool               `json:"repeated,omitempty"` // the same request had already been carried out
	Findings []measures.Finding `json:"findings,omitempty"`
}

type entry struct {
	from     State
	capacity string
	number   string
	seat     string
	findings []measures.Finding
	facts    any
}

// record appends the event of an act to the tamper-evident record.
func (e *Engine) record(ctx context.Context, d *Doing, n entry) error {
	c := d.Case
	ev := ledger.Event{
		ID: d.EventID, Jurisdiction: c.Jurisdiction, MatterID: c.ID, Procedure: c.Procedure.Key, Action: string(d.Act.Action),
		FromState: string(n.from), ToState: string(c.State), Rev: c.Rev, ActorID: d.Actor.ID, ActorName: d.Actor.Name, UnitID: d.Actor.UnitID,
		Capacity: n.capacity, At: c.Now.UnixMilli(), Idem: d.Act.Idem, Number: n.number, SeatID: n.seat,
	}
	add := func(name string, body []byte) { ev.Parts = append(ev.Parts, ledger.Part{Name: name, Body: body}) }
	if d.freeze {
		add("form", c.Procedure.Form.Encode(c.Form))
		for _, g := range c.Procedure.Groups() {
			add(g.part(), g.encode(c.Lines))
		}
		for _, f := range c.Files {
			add("file:"+f.Kind+":"+f.ID, []byte(f.Digest))
		}
	}
	if d.Act.Reason != "" {
		add("reason", []byte(d.Act.Reason))
	}
	if len(d.Act.Lines) > 0 {
		raw, err := json.Marshal(d.Act.Lines)
		if err != nil {
			return err
		}
		add("selected", raw)
	}
	if d.inputRaw != nil {
		add("input", d.inputRaw)
	}
	ev.Parts = append(ev.Parts, d.notes...)
	if n.facts != nil {
		if err := addJudgement(add, c, n); err != nil {
			return err
		}
		for _, f := range n.findings {
			ev.Findings = append(ev.Findings, ledger.FindingRef{RuleID: f.RuleID, Version: f.Version, Outcome: string(f.Outcome)})
		}
	}
	if err := ledger.Append(ctx, d.Tx, ev); err != nil {
		return err
	}
	return e.keepFindings(ctx, d, n.findings)
}

func addJudgement(add func(string, []byte), c *Case, n entry) error {
	for _, part := range []struct {
		name string
		body any
	}{{"facts", n.facts}, {"parameters", c.Values}, {"findings", n.findings}} {
		raw, err := json.Marshal(part.body)
		if err != nil {
			return err
		}
		add(part.name, raw)
	}
	return nil
}

func (e *Engine) keepFindings(ctx context.Context, d *Doing, fs []measures.Finding) error {
	if len(fs) == 0 {
		return nil
	}
	var args db.Args
	text := `INSERT INTO finding (event_id, rule_id, version, clause, matter_id, effect, outcome) VALUES `
	for i, f := range fs {
		if i > 0 {
			text += ", "
		}
		text += "(" + args.Add(d.EventID) + "," + args.Add(f.RuleID) + "," + args.Add(int64(f.Version)) + "," + args.Add(f.Clause) + "," +
			args.Add(d.Case.ID) + "," + args.Add(string(f.Effect)) + "," + args.Add(string(f.Outcome)) + ")"
	}
	return d.Tx.Later(ctx, text, args.List()...)
}

// Time of a unix-millisecond instant in Shanghai.
func Time(ms int64) time.Time { return time.UnixMilli(ms).In(calendar.Shanghai) }

// Advance takes every timed step of a jurisdiction up to today. It may be called
// late, twice or by several nodes: nothing is done twice.
func (e *Engine) Advance(ctx context.Context, jurisdiction string) error {
	for _, p := range e.Procedures() {
		if p.Tick == nil {
			continue
		}
		if err := p.Tick(ctx, e, jurisdiction, e.Clock.Today()); err != nil {
			return fmt.Errorf("advance %s in %s: %w", p.Key, jurisdiction, err)
		}
	}
	return nil
}
