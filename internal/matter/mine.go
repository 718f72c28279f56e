package matter

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
)

// Waiting is a case a person has acted on that now waits for somebody else.
type Waiting struct {
	Row
	With  string // unit that holds it; "" while persons sit on a panel
	Asked string // what they are asked to do
	Since int64
}

// WaitingFor lists the open cases an actor has acted on that others hold now,
// those waiting longest leading, at most limit.
func (e *Engine) WaitingFor(ctx context.Context, actor identity.Actor, limit int64) ([]Waiting, error) {
	var args db.Args
	me := args.Add(actor.ID)
	return db.All(ctx, e.DB.Reader(ctx), func(s db.Scanner) (Waiting, error) {
		var w Waiting
		row, err := scanRow(withMore{s, []any{&w.With, &w.Asked, &w.Since}})
		w.Row = row
		return w, err
	}, `SELECT `+rowColumns+`, t.unit_id, t.title, t.opened_at FROM (SELECT DISTINCT matter_id FROM event WHERE actor_id = `+me+`) v
		JOIN matter m ON m.id = v.matter_id JOIN task t ON t.id = (SELECT MIN(o.id) FROM task o WHERE o.matter_id = m.id AND o.closed_at = 0)
		WHERE m.closed_at = 0 AND `+actor.Sees("m", &args)+` AND NOT EXISTS (SELECT 1 FROM task t WHERE t.matter_id = m.id AND `+inboxWhere(actor, &args)+`)
		ORDER BY t.opened_at, m.id LIMIT `+args.Add(limit), args.List()...)
}

// withMore scans columns after those of a row.
type withMore struct {
	db.Scanner
	more []any
}

func (w withMore) Scan(dest ...any) error { return w.Scanner.Scan(append(dest, w.more...)...) }

// Taken is an act a person took.
type Taken struct {
	Matter, MatterTitle, Procedure string
	Action                         Action
	From, To                       State
	Number                         string
	At                             int64
}

// ActsOf lists the newest acts of an actor on cases they may see, at most limit.
func (e *Engine) ActsOf(ctx context.Context, actor identity.Actor, limit int64) ([]Taken, error) {
	var args db.Args
	return db.All(ctx, e.DB.Reader(ctx), func(s db.Scanner) (Taken, error) {
		var t Taken
		err := s.Scan(&t.Matter, &t.MatterTitle, &t.Procedure, &t.Action, &t.From, &t.To, &t.Number, &t.At)
		return t, err
	}, `SELECT v.matter_id, m.title, m.procedure, v.action, v.from_state, v.to_state, v.number, v.at FROM event v JOIN matter m ON m.id = v.matter_id
		WHERE v.actor_id = `+args.Add(actor.ID)+` AND `+actor.Sees("m", &args)+` ORDER BY v.id DESC LIMIT `+args.Add(limit), args.List()...)
}

// Title is the verb of the act as the procedure says it.
func (e *Engine) Title(t Taken) string {
	p, ok := e.procedures[t.Procedure]
	if !ok {
		return string(t.Action)
	}
	return p.actTitle(Entry{Action: t.Action, From: t.From, To: t.To})
}
