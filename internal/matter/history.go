package matter

import (
	"context"
	"encoding/json"
	"fmt"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// Entry is one act in the history of a case.
type Entry struct {
	Event    string `json:"event"`
	Title    string `json:"title"`
	Actor    string `json:"actor"`
	UnitID   string `json:"unit_id"`
	Reason   string `json:"reason"`
	Number   string `json:"number"`
	Seat     string `json:"seat"`
	Action   Action `json:"action"`
	From     State  `json:"from"`
	To       State  `json:"to"`
	Capacity string `json:"capacity"`
	At       int64  `json:"at"`
	Rev      int64  `json:"rev"`
	Frozen   bool   `json:"frozen"` // form and lines were handed in with it

	Warned []measures.Finding `json:"warned,omitempty"` // warnings answered when it was handed in
}

// History lists the acts on a case, newest first. What was said in blind seats
// is shown only when the step is over, or to whoever sat there; those from whom
// the step is veiled read neither who was asked nor why the office acted.
func (e *Engine) History(ctx context.Context, actor identity.Actor, c *Case) ([]Entry, error) {
	type row struct {
		Entry
		by string
	}
	all, err := db.All(ctx, e.DB.Reader(ctx), func(s db.Scanner) (row, error) {
		var n row
		var frozen int64
		var findings string
		err := s.Scan(&n.Event, &n.by, &n.Action, &n.From, &n.To, &n.Actor, &n.UnitID, &n.Capacity, &n.At, &n.Rev, &n.Number, &n.Seat, &n.Reason, &frozen, &findings)
		n.Frozen = frozen > 0
		if err == nil && n.Frozen {
			n.Warned, err = answered(findings)
		}
		return n, err
	}, `SELECT e.id, e.actor_id, e.action, e.from_state, e.to_state, e.actor_name, e.unit_id, e.capacity, e.at, e.rev, e.number, e.seat_id,
		COALESCE(r.body, ''), CASE WHEN f.event_id IS NULL THEN 0 ELSE 1 END, COALESCE(g.body, '')
		FROM event e LEFT JOIN event_part r ON r.event_id = e.id AND r.name = 'reason' LEFT JOIN event_part f ON f.event_id = e.id AND f.name = 'form'
		LEFT JOIN event_part g ON f.event_id = e.id AND g.event_id = e.id AND g.name = 'findings'
		WHERE e.matter_id = $1 ORDER BY e.id DESC`, c.ID)
	if err != nil {
		return nil, err
	}
	veiled, err := e.Veiled(ctx, actor, c)
	if err != nil {
		return nil, err
	}
	out := make([]Entry, 0, len(all))
	for _, n := range all {
		said := n.Action == Opinion && (c.hidden(n.From) || veiled && c.veiled(n.From))
		asked := n.Action == AddSigner && veiled && c.veiled(n.From)
		if (said || asked) && n.by != actor.ID {
			continue
		}
		if veiled && n.Capacity == "office" && n.To != Draft {
			n.Reason = "" // a panel called again, a conclusion sent back
		}
		n.Title = c.Procedure.actTitle(n.Entry)
		out = append(out, n.Entry)
	}
	return out, nil
}

// Reached is when the first case of a procedure came to a state.
type Reached struct {
	Procedure string
	State     State
	At        int64
}

// ReachedBy lists when the first of some cases, all open to the reader, came to
// each state.
func (e *Engine) ReachedBy(ctx context.Context, ids ...string) ([]Reached, error) {
	var args db.Args
	return db.All(ctx, e.DB.Reader(ctx), func(s db.Scanner) (Reached, error) {
		var r Reached
		err := s.Scan(&r.Procedure, &r.State, &r.At)
		return r, err
	}, `SELECT procedure, to_state, MIN(at) FROM event WHERE matter_id IN `+args.In(ids...)+` AND from_state <> to_state
		GROUP BY procedure, to_state ORDER BY MIN(at), procedure, to_state`, args.List()...)
}

// answered are the warnings among stored findings that a reason was given for; a
// purged part has none.
func answered(raw string) ([]measures.Finding, error) {
	if raw == "" {
		return nil, nil
	}
	var all, out []measures.Finding
	if err := json.Unmarshal([]byte(raw), &all); err != nil {
		return nil, fmt.Errorf("decode findings: %w", err)
	}
	for _, f := range all {
		if f.Effect == measures.Warn && f.Outcome == measures.Fail {
			out = append(out, f)
		}
	}
	return out, nil
}

func (p *Procedure) actTitle(n Entry) string {
	if st, ok := p.step(n.From, n.Action); ok {
		return st.Title
	}
	return map[Action]string{Open: "新建草稿", Opinion: "出具意见", AddSigner: "增加会签", Reassign: "改派"}[n.Action]
}

// Frozen is what was handed in with an act.
type Frozen struct {
	Form  any
	Lines []Line
}

// FrozenAt reads the form and lines handed in with an event of the case.
func (e *Engine) FrozenAt(ctx context.Context, c *Case, eventID string) (Frozen, error) {
	var out Frozen
	parts, err := e.parts(ctx, c.ID, eventID)
	if err != nil {
		return out, err
	}
	if raw, ok := parts["form"]; !ok {
		return out, problem.Missing("这一版")
	} else if raw == "" {
		return out, problem.New(problem.NotFound, "这一版有内容已按规定清除，只留摘要")
	}
	if out.Form, err = c.Procedure.Form.Decode([]byte(parts["form"])); err != nil {
		return out, err
	}
	for _, g := range c.Procedure.Groups() {
		raw := parts[g.part()]
		if raw == "" {
			continue
		}
		lines, err := g.decode([]byte(raw))
		if err != nil {
			return out, err
		}
		out.Lines = append(out.Lines, lines...)
	}
	return out, nil
}

func (e *Engine) parts(ctx context.Context, matterID, eventID string) (map[string]string, error) {
	type part struct{ name, body string }
	rows, err := db.All(ctx, e.DB.Reader(ctx), func(s db.Scanner) (part, error) {
		var p part
		err := s.Scan(&p.name, &p.body)
		return p, err
	}, `SELECT p.name, p.body FROM event_part p JOIN event e ON e.id = p.event_id WHERE e.matter_id = $1 AND e.id = $2`, matterID, eventID)
	out := map[string]string{}
	for _, p := range rows {
		out[p.name] = p.body
	}
	return out, err
}

func (l *Lines) decode(raw []byte) ([]Line, error) {
	var rows []struct {
		ID    string          `json:"id"`
		Seq   int64           `json:"seq"`
		State string          `json:"state"`
		Body  json.RawMessage `json:"body"`
	}
	if err := json.Unmarshal(raw, &rows); err != nil {
		return nil, fmt.Errorf("decode lines: %w", err)
	}
	out := make([]Line, 0, len(rows))
	for _, r := range rows {
		body, err := l.Form.Decode(r.Body)
		if err != nil {
			return nil, err
		}
		out = append(out, Line{Of: l, ID: r.ID, Seq: r.Seq, State: r.State, Body: body})
	}
	return out, nil
}

// LineChange is what became of one line between two versions.
type LineChange struct {
	Title   string
	Kind    string // added, removed, changed
	Changes []form.Change
}

// Diff compares two frozen versions of a case.
func (p *Procedure) Diff(before, after Frozen) ([]form.Change, []LineChange) {
	return p.Form.Diff(before.Form, after.Form), diffLines(before.Lines, after.Lines)
}

func diffLines(before, after []Line) []LineChange {
	old := map[string]Line{}
	for _, ln := range before {
		old[ln.ID] = ln
	}
	var out []LineChange
	title := func(ln Line) string {
		return fmt.Sprintf("%s第 %d 项 %s", ln.Of.Title, ln.Seq, ln.Of.Form.Fields()[0].Show(ln.Body))
	}
	for _, ln := range after {
		was, ok := old[ln.ID]
		delete(old, ln.ID)
		if !ok {
			out = append(out, LineChange{Title: title(ln), Kind: "added"})
		} else if ch := ln.Of.Form.Diff(was.Body, ln.Body); len(ch) > 0 {
			out = append(out, LineChange{Title: title(ln), Kind: "changed", Changes: ch})
		}
	}
	for _, ln := range before {
		if _, gone := old[ln.ID]; gone {
			out = append(out, LineChange{Title: title(ln), Kind: "removed"})
		}
	}
	return out
}

// Replay judges the facts of an old act again, with the rule versions and
// parameters of then, and reports each finding beside its replayed verdict. A
// purged part replays as Purged; an act without rules has nothing to replay. From
// whom a blind step is veiled the acts of the office are as well: their facts
// tell how many sit there and what is concluded.
func (e *Engine) Replay(ctx context.Context, actor identity.Actor, c *Case, eventID string) ([]Replayed, error) {
	if err := e.mayReadAct(ctx, actor, c, eventID); err != nil {
		return nil, err
	}
	parts, err := e.parts(ctx, c.ID, eventID)
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		known, err := db.Value[int64](ctx, e.DB.Reader(ctx), `SELECT COUNT(*) FROM event WHERE matter_id = $1 AND id = $2`, c.ID, eventID)
		if err == nil && known == 0 {
			err = problem.Missing("这次办理")
		}
		return []Replayed{}, err
	}
	if _, judged := parts["findings"]; !judged {
		return []Replayed{}, nil
	}
	if parts["findings"] == "" || parts["facts"] == "" || parts["parameters"] == "" {
		return []Replayed{{Purged: true}}, nil
	}
	var was []measures.Finding
	var values measures.Values
	if err := json.Unmarshal([]byte(parts["findings"]), &was); err != nil {
		return nil, fmt.Errorf("replay %s: %w", eventID, err)
	}
	if err := json.Unmarshal([]byte(parts["parameters"]), &values); err != nil {
		return nil, fmt.Errorf("replay %s: %w", eventID, err)
	}
	var out []Replayed
	for _, f := range was {
		check, ok := e.judges[ruleKey{f.RuleID, f.Version}]
		if !ok {
			return nil, fmt.Errorf("replay %s: rule %s version %d is gone", eventID, f.RuleID, f.Version)
		}
		v, err := check.Replay([]byte(parts["facts"]), values)
		if err != nil {
			return nil, err
		}
		out = append(out, Replayed{Was: f, Now: v, Same: v.Outcome == f.Outcome})
	}
	return out, nil
}

// mayReadAct refuses what an office did within a review to those from whom it is veiled.
func (e *Engine) mayReadAct(ctx context.Context, actor identity.Actor, c *Case, eventID string) error {
	veiled, err := e.Veiled(ctx, actor, c)
	if err != nil || !veiled {
		return err
	}
	n, err := db.Value[int64](ctx, e.DB.Reader(ctx), `SELECT COUNT(*) FROM event WHERE matter_id = $1 AND id = $2 AND (capacity = 'owner' OR actor_id = $3)`, c.ID, eventID, actor.ID)
	if err == nil && n == 0 {
		err = problem.Missing("这次办理")
	}
	return err
}

// Recorded reads what an act of the case recorded beside the form, such as a
// decision's number and date; nothing for an act without an input.
func (e *Engine) Recorded(ctx context.Context, actor identity.Actor, c *Case, eventID string) (form.Spec, any, error) {
	if err := e.mayReadAct(ctx, actor, c, eventID); err != nil {
		return form.Spec{}, nil, err
	}
	type row struct {
		action Action
		from   State
		body   string
	}
	r, err := db.One(ctx, e.DB.Reader(ctx), func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.action, &r.from, &r.body)
		return r, err
	}, `SELECT e.action, e.from_state, p.body FROM event e JOIN event_part p ON p.event_id = e.id AND p.name = 'input' WHERE e.matter_id = $1 AND e.id = $2`, c.ID, eventID)
	if err != nil && !db.None(err) {
		return form.Spec{}, nil, err
	}
	step, ok := c.Procedure.step(r.from, r.action)
	if db.None(err) || !ok || step.Input == nil || r.body == "" {
		return form.Spec{}, nil, problem.Missing("这次办理记录的内容")
	}
	v, err := step.Input.Decode([]byte(r.body))
	return *step.Input, v, err
}

// Replayed is an old finding and the verdict of the same rule version today.
type Replayed struct {
	Was    measures.Finding `json:"was"`
	Now    measures.Verdict `json:"now"`
	Same   bool             `json:"same"`
	Purged bool             `json:"purged"`
}
