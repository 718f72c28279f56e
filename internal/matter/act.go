package matter

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"unicode/utf8"

	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// Request asks for one act on one case.
type Request struct {
	Matter  string            `json:"-"`
	Action  Action            `json:"action"`
	Rev     int64             `json:"rev,omitempty"`  // the revision the person saw; 0 does not check
	Idem    string            `json:"idem,omitempty"` // same key, same result, once
	Reason  string            `json:"reason,omitempty"`
	Answers map[string]string `json:"answers,omitempty"` // rule id to the reason given for its warning
	Input   map[string]string `json:"input,omitempty"`   // what the act records
	Lines   []string          `json:"lines,omitempty"`   // the lines it concerns
}

// Doing is an act in progress, given to the effect of its step. Everything an
// effect writes goes through Tx and stands or falls with the act.
type Doing struct {
	Tx      *db.Tx
	Engine  *Engine
	Case    *Case
	Actor   identity.Actor
	Act     Request
	Step    Step
	Input   any // typed input of the step
	EventID string

	inputRaw []byte
	notes    []ledger.Part
	marks    marks
	freeze   bool
	units    bool     // the effect changed units
	purged   []string // tables the effect has purged something from
}

// Act carries out one act: permission, state and revision, rules, new state,
// effect, tasks, record and number in one transaction. Refusals are problems;
// a rule that blocks is a *measures.Refusal with every finding.
func (e *Engine) Act(ctx context.Context, actor identity.Actor, r Request) (Result, error) {
	var res Result
	units, purged := false, []string(nil)
	err := e.DB.Write(ctx, func(tx *db.Tx) error {
		if done, err := e.replayed(ctx, tx, actor, r, "", &res); done || err != nil {
			return err
		}
		c, err := e.load(ctx, tx, actor, r.Matter)
		if err != nil {
			return err
		}
		d := &Doing{Tx: tx, Engine: e, Case: c, Actor: actor, Act: r, EventID: NewID()}
		res, err = e.act(ctx, d)
		units, purged = d.units, d.purged
		return err
	})
	if err == nil && len(purged) > 0 {
		if err := errors.Join(e.Shred(ctx), e.DB.Scrub(ctx, purged...)); err != nil { // it is purged all the same, and tried again
			slog.Error("purge", "matter", r.Matter, "err", err)
		}
	}
	if err == nil && units {
		err = e.Units.Reload(ctx, e.DB.Reader(ctx))
	}
	return res, err
}

func (e *Engine) act(ctx context.Context, d *Doing) (Result, error) {
	c, r := d.Case, d.Act
	step, ok := c.Procedure.step(c.State, r.Action)
	if !ok {
		if !c.Procedure.knows(r.Action) {
			return Result{}, problem.Missing("这个办理动作")
		}
		return Result{}, problem.New(problem.Conflict, "这份案卷已到“%s”，不能再%s。请看最新的办理经过", c.StateDef().Title, c.Procedure.verb(r.Action))
	}
	d.Step = step
	capacity, err := e.mayAct(ctx, d)
	if err != nil {
		return Result{}, err
	}
	if r.Rev != 0 && r.Rev != c.Rev {
		return Result{}, problem.New(problem.Conflict, "您打开之后，这份案卷已被别人办理（现在是“%s”）。请看过最新内容再办", c.StateDef().Title)
	}
	if err := d.readInput(); err != nil {
		return Result{}, err
	}
	facts, findings, err := e.judge(ctx, d)
	if err != nil {
		return Result{}, err
	}
	from := c.State
	if err := e.transit(ctx, d); err != nil {
		return Result{}, err
	}
	if step.Effect != nil {
		if err := step.Effect(ctx, d); err != nil {
			return Result{}, err
		}
	}
	if err := e.keepMarks(ctx, d); err != nil {
		return Result{}, err
	}
	if err := e.moveTasks(ctx, d); err != nil {
		return Result{}, err
	}
	number := ""
	if step.Issue != nil {
		if number, err = e.issueNumber(ctx, d); err != nil {
			return Result{}, err
		}
	}
	if err := e.record(ctx, d, entry{from: from, capacity: capacity, number: number, findings: findings, facts: facts}); err != nil {
		return Result{}, err
	}
	if step.Issue != nil {
		if err := e.keepReceipt(ctx, d, number); err != nil {
			return Result{}, err
		}
	}
	return Result{Matter: c.ID, State: c.State, Rev: c.Rev, Number: number, Event: d.EventID, Findings: findings}, nil
}

func (p *Procedure) verb(a Action) string {
	for _, s := range p.Flow {
		if s.Do == a {
			return s.Title
		}
	}
	return "办理"
}

// mayAct says in which capacity the actor acts, or why they may not.
func (e *Engine) mayAct(ctx context.Context, d *Doing) (string, error) {
	c, by := d.Case, d.Step.By
	if !c.Procedure.holds(d.Actor, c, by) {
		return "", problem.New(problem.Forbidden, "这一步由%s办理，您不能%s", c.Procedure.Who(by), d.Step.Title)
	}
	if by.Side == identity.SystemSide {
		return "system", nil
	}
	if by.Side == identity.OwnerSide {
		return "owner", c.holders.admits(by.Post, d.Actor)
	}
	if by.Side == identity.ProviderSide {
		return "provider", c.holders.admits(by.Post, d.Actor)
	}
	if d.Actor.UnitID == c.UnitID {
		if err := e.ownReview(ctx, d, d.Step.Title); err != nil {
			return "", err
		}
	}
	return "office", c.holders.admits(by.Post, d.Actor)
}

// ownReview (自审) marks a case on which an office acts for its own unit, and
// refuses whoever drafted or signed it there.
func (e *Engine) ownReview(ctx context.Context, d *Doing, act string) error {
	acted, err := ownerActed(ctx, d.Tx, d.Actor, d.Case)
	if err != nil {
		return err
	}
	if acted {
		return selfReview(act)
	}
	d.Case.OwnReview = true
	return nil
}

func selfReview(act string) error {
	return problem.New(problem.Forbidden, "这是本单位的案卷，您经办或签发过，须由另一人%s（自审）", act)
}

// holders are the persons that open tasks of a unit were given to by post; an
// empty id means any holder of the post.
type holders map[identity.Post][]string

func askHolders(into holders, matterID, unitID string) db.Ask {
	return db.Each(func(s db.Scanner) error {
		var post identity.Post
		var person string
		err := s.Scan(&post, &person)
		into[post] = append(into[post], person)
		return err
	}, `SELECT post, person_id FROM task WHERE matter_id = $1 AND closed_at = 0 AND unit_id = $2 AND seat_id = ''`, matterID, unitID)
}

// admits refuses an act whose task was given to another person by name.
func (h holders) admits(post identity.Post, actor identity.Actor) error {
	who := h[post]
	if len(who) == 0 || slices.Contains(who, "") || slices.Contains(who, actor.ID) {
		return nil
	}
	return problem.New(problem.Forbidden, "这件事已指定由他人办理；如需您办，请负责人改派")
}

// maxReason bounds every reason that goes with an act, in runes.
const maxReason = 2000

// told says what is wrong with a reason, "" when it can stand.
func told(reason string) string {
	if !hanzi.Legible(reason) {
		return "理由含有无法识别的字符，请删去后重新填写"
	}
	if n := utf8.RuneCountInString(reason); n > maxReason {
		return fmt.Sprintf("理由最多 %d 字，现有 %d 字", maxReason, n)
	}
	return ""
}

func (d *Doing) readReason() error {
	if m := told(d.Act.Reason); m != "" {
		return problem.Field("reason", "%s", m)
	}
	bad := map[string]string{}
	for rule, answer := range d.Act.Answers {
		if m := told(answer); m != "" {
			bad["answers/"+rule] = m
		}
	}
	d.Act.Reason = strings.TrimSpace(d.Act.Reason)
	return problem.Fields(bad)
}

func (d *Doing) readInput() error {
	if err := d.readReason(); err != nil {
		return err
	}
	if d.Step.Reason && d.Act.Reason == "" {
		return problem.Field("reason", "请写明%s的理由", d.Step.Title)
	}
	if err := d.Case.checkPicked(d.Act.Lines); err != nil {
		return err
	}
	d.Case.Picked = d.Act.Lines
	if d.Step.Input == nil {
		return nil
	}
	d.Input = d.Step.Input.New()
	if err := d.Step.Input.Apply(d.Input, d.Act.Input, "input/"); err != nil {
		return err
	}
	if err := problem.Fields(d.Step.Input.Missing(d.Input, "input/")); err != nil {
		return err
	}
	d.inputRaw = d.Step.Input.Encode(d.Input)
	d.Case.Input = d.Input
	return nil
}

// judge asks the rules of the step. Warnings need an answer; blocks refuse.
func (e *Engine) judge(ctx context.Context, d *Doing) (any, []measures.Finding, error) {
	c := d.Case
	if d.Step.Submit {
		missing := c.Procedure.Form.Missing(c.Form, "form/")
		for _, ln := range c.Lines {
			for k, v := range ln.Of.Form.Missing(ln.Body, ln.Anchor("")) {
				missing[k] = v
			}
		}
		if err := problem.Fields(missing); err != nil {
			return nil, nil, err
		}
	}
	if d.Step.Judge == nil {
		return nil, nil, nil
	}
	facts, err := d.Step.Judge.Gather(ctx, d.Tx, c)
	if err != nil {
		return nil, nil, err
	}
	findings := measures.JudgeAll(d.Step.Judge.Checks, facts, c.Values, c.Today)
	for i := range findings {
		findings[i].Reason = strings.TrimSpace(d.Act.Answers[findings[i].RuleID])
	}
	if len(measures.Blocking(findings)) > 0 || len(measures.Unanswered(findings)) > 0 {
		return nil, nil, &measures.Refusal{Findings: findings}
	}
	return facts, findings, nil
}

// Check judges a case as it stands now without acting, for the panel beside the
// form. Step is the act that would be taken.
func (e *Engine) Check(ctx context.Context, c *Case, step Step) ([]measures.Finding, error) {
	if step.Judge == nil {
		return nil, nil
	}
	facts, err := step.Judge.Gather(ctx, e.DB.Reader(ctx), c)
	if err != nil {
		return nil, err
	}
	return measures.JudgeAll(step.Judge.Checks, facts, c.Values, c.Today), nil
}

// transit moves the case to its new state by a guarded UPDATE.
func (e *Engine) transit(ctx context.Context, d *Doing) error {
	c, step := d.Case, d.Step
	from, rev := c.State, c.Rev
	if step.Ready != nil {
		if err := step.Ready(ctx, d); err != nil {
			return err
		}
	}
	c.State = step.To
	if step.Route != nil {
		c.State = step.Route(c)
	}
	c.Rev++
	for _, g := range c.Procedure.Groups() {
		if err := g.move(ctx, d.Tx, c, step.Lines, d.Act.Lines, d.Act.Reason); err != nil {
			return err
		}
	}
	if step.Submit {
		c.Version++
		d.freeze = true
	}
	if err := d.leave(ctx); err != nil {
		return err
	}
	if err := e.refresh(c); err != nil {
		return err
	}
	if c.State != from {
		c.StateSince = c.Now.UnixMilli()
	}
	c.Due = ""
	def := c.StateDef()
	if def.Due != nil {
		c.Due = def.Due(c)
	}
	c.Published = c.Published || def.Public
	if def.Final {
		c.ClosedAt = c.Now.UnixMilli()
	}
	res, err := d.Tx.Exec(ctx, `UPDATE matter SET state = $1, rev = $2, version = $3, submitted_at = $4, title = $5, amount = $6, items = $7,
		due = $8, closed_at = $9, state_since = $10, own_review = $11, published = $12 WHERE id = $13 AND state = $14 AND rev = $15`,
		string(c.State), c.Rev, c.Version, c.SubmittedAt, c.Title, int64(c.Amount), c.Items,
		string(c.Due), c.ClosedAt, c.StateSince, db.Flag(c.OwnReview), db.Flag(c.Published), c.ID, string(from), rev)
	return db.OneRow(res, err, problem.New(problem.Conflict, "这份案卷刚被别人办理，请看过最新内容再办"))
}

// leave notes when a case first leaves its unit: from then on those above may
// read it. What the unit takes back before anybody outside has decided on it is
// its own again; what an office has decided stays readable, with the case.
func (d *Doing) leave(ctx context.Context) error {
	c, def := d.Case, d.Case.StateDef()
	switch outside := c.State != Draft && (def.Holder.Side != identity.OwnerSide || def.Seats != nil || def.Final); {
	case outside && c.SubmittedAt == 0:
		c.SubmittedAt = c.Now.UnixMilli()
	case d.Step.Do == Withdraw && c.State == Draft && c.SubmittedAt > 0:
		decided, err := db.Value[int64](ctx, d.Tx, `SELECT COUNT(*) FROM event WHERE matter_id = $1 AND (capacity = 'seat' OR capacity IN ('office', 'provider') AND from_state <> '' AND from_state <> to_state)`, c.ID)
		if err != nil {
			return err
		}
		if decided == 0 {
			c.SubmittedAt = 0
		}
	}
	return nil
}

func (e *Engine) refresh(c *Case) error {
	if c.Procedure.Name != nil {
		c.Title = c.Procedure.Name(c)
	}
	c.Items = int64(len(c.LinesOf("")))
	if c.Procedure.Sum != nil {
		c.Amount = moneyOf(c.Procedure.Sum(c))
	}
	return nil
}

// SetLate records on the case by how many days it missed a due date.
func (d *Doing) SetLate(ctx context.Context, days int64) error {
	d.Case.LateDays = days
	return d.Tx.Later(ctx, `UPDATE matter SET late_days = $1 WHERE id = $2`, days, d.Case.ID)
}
