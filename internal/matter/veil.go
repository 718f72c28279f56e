package matter

import (
	"context"
	"slices"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
)

// What a blind step hides, and from whom. The organiser learns who has handed
// in, never what, until the step is over. Those who judge and those judged
// learn of no other seat: not who sits there, not how many, not what they said;
// they learn it when the step is over or, where a conclusion follows, when
// Seating.Known says so.

// blinds lists the blind steps of the case that still hide something.
func (c *Case) blinds() []StateDef {
	var out []StateDef
	for _, d := range c.Procedure.States {
		if s := d.Seats; s != nil && s.Blind && (d.State == c.State || s.Known != nil && !s.Known(c)) {
			out = append(out, d)
		}
	}
	return out
}

// hidden reports whether seats of a state are still secret to everybody else.
func (c *Case) hidden(s State) bool {
	def := c.Procedure.state(s)
	return def.Seats != nil && def.Seats.Blind && c.State == s
}

// veiled reports whether the seats of a state are withheld from those outside.
func (c *Case) veiled(s State) bool {
	return slices.ContainsFunc(c.blinds(), func(d StateDef) bool { return d.State == s })
}

// outside reports whether the actor is one from whom a blind step of the case
// hides its seats: who sits in it, and who is judged. At the organising office
// that is whoever drafted or signed a case of their own unit (自建).
func (e *Engine) outside(ctx context.Context, q db.Querier, actor identity.Actor, c *Case, seats []Seat) (bool, error) {
	blinds := c.blinds()
	if len(blinds) == 0 || actor.IsSystem() {
		return false, nil
	}
	if !actor.OverseesAll() && (actor.UnitID == c.UnitID || actor.UnitID == c.ParentUnitID) {
		return true, nil
	}
	if slices.ContainsFunc(seats, func(t Seat) bool { return t.Taken(actor) && c.veiled(State(t.State)) }) {
		return true, nil
	}
	if actor.UnitID != c.UnitID || !slices.ContainsFunc(blinds, func(d StateDef) bool { return d.Seats.Known != nil }) {
		return false, nil
	}
	return ownerActed(ctx, q, actor, c)
}

func ownerActed(ctx context.Context, q db.Querier, actor identity.Actor, c *Case) (bool, error) {
	n, err := db.Value[int64](ctx, q, `SELECT COUNT(*) FROM event WHERE matter_id = $1 AND actor_id = $2 AND capacity = 'owner'`, c.ID, actor.ID)
	return n > 0, err
}

// Veiled reports whether the seats of a blind step, and all that tells of them,
// are withheld from the actor as the case stands.
func (e *Engine) Veiled(ctx context.Context, actor identity.Actor, c *Case) (bool, error) {
	if len(c.blinds()) == 0 {
		return false, nil
	}
	q := e.DB.Reader(ctx)
	seats, err := seatsOf(ctx, q, c.ID)
	if err != nil {
		return false, err
	}
	return e.outside(ctx, q, actor, c, seats)
}

// Seats lists the seats of the case, oldest round first, as the actor may know
// them: while a blind step runs, the opinions of others are withheld.
func (e *Engine) Seats(ctx context.Context, actor identity.Actor, c *Case) ([]Seat, error) {
	q := e.DB.Reader(ctx)
	all, err := seatsOf(ctx, q, c.ID)
	if err != nil {
		return nil, err
	}
	outside, err := e.outside(ctx, q, actor, c, all)
	if err != nil {
		return nil, err
	}
	out := all[:0]
	for _, t := range all {
		if t.Taken(actor) {
			out = append(out, t)
			continue
		}
		if outside && c.veiled(State(t.State)) {
			continue
		}
		if c.hidden(State(t.State)) {
			t.Opinion, t.Body, t.Reason, t.GivenAt = "", "{}", "", 0
		}
		out = append(out, t)
	}
	return out, nil
}
