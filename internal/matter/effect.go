package matter

import (
	"context"
	"encoding/json"
	"fmt"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/ledger"
)

// What an effect may do beyond its own tables. Everything runs in the
// transaction of the act and stands or falls with it.

// KeepForm writes the form as an effect changed it, such as a conclusion that
// an office reached about the case.
func (d *Doing) KeepForm(ctx context.Context) error {
	c := d.Case
	if err := d.Engine.refresh(c); err != nil {
		return err
	}
	c.FormRev++
	return d.Tx.Later(ctx, `UPDATE matter SET form = $1, form_rev = $2, title = $3, amount = $4 WHERE id = $5`,
		string(c.Procedure.Form.Encode(c.Form)), c.FormRev, c.Title, int64(c.Amount), c.ID)
}

// About says that the case is henceforth about another thing of the register, of the
// same kind.
func (d *Doing) About(ctx context.Context, subjectID string) error {
	d.Case.SubjectID = subjectID
	return d.Tx.Later(ctx, `UPDATE matter SET subject_id = $1 WHERE id = $2`, subjectID, d.Case.ID)
}

// ReloadUnits says that the effect has changed units: the directory reads them
// again once the act stands.
func (d *Doing) ReloadUnits() { d.units = true }

// MoveLines puts all lines of one kind into a line state.
func (d *Doing) MoveLines(ctx context.Context, group *Lines, to, note string) error {
	return group.move(ctx, d.Tx, d.Case, LineMove{To: to}, nil, note)
}

// LastInput reads what the newest act of that name recorded on the case; false
// when it was never taken.
func LastInput[T any](ctx context.Context, q db.Querier, c *Case, action Action) (*T, bool, error) {
	raw, err := db.Value[string](ctx, q, `SELECT p.body FROM event e JOIN event_part p ON p.event_id = e.id AND p.name = 'input'
		WHERE e.matter_id = $1 AND e.action = $2 ORDER BY e.id DESC LIMIT 1`, c.ID, string(action))
	if db.None(err) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if raw == "" { // purged
		return nil, false, nil
	}
	for _, s := range c.Procedure.Flow {
		if s.Do == action && s.Input != nil {
			v, err := s.Input.Decode([]byte(raw))
			if err != nil {
				return nil, false, err
			}
			return v.(*T), true, nil
		}
	}
	return nil, false, fmt.Errorf("act %s of %s records nothing", action, c.Procedure.Key)
}

// Note records more of what happened with the act, such as the draw of a panel.
// The name must not be one of the engine's own.
func (d *Doing) Note(name string, body []byte) {
	d.notes = append(d.notes, ledger.Part{Name: name, Body: body})
}

// LastNote reads the newest note of that name on a case; db.ErrNone when there is none,
// or it is purged.
func LastNote(ctx context.Context, q db.Querier, c *Case, name string) ([]byte, error) {
	s, err := db.Value[string](ctx, q, `SELECT p.body FROM event e JOIN event_part p ON p.event_id = e.id AND p.name = $1
		WHERE e.matter_id = $2 ORDER BY e.id DESC LIMIT 1`, name, c.ID)
	if err == nil && s == "" {
		err = db.ErrNone
	}
	return []byte(s), err
}

// NoteOf is one note with the act that made it.
type NoteOf struct {
	Name, Event string
	At          int64 // unix milliseconds
	Body        []byte
}

// Notes lists the notes of those names on a case, oldest first.
func Notes(ctx context.Context, q db.Querier, c *Case, names ...string) ([]NoteOf, error) {
	var args db.Args
	return db.All(ctx, q, func(s db.Scanner) (NoteOf, error) {
		var n NoteOf
		var body string
		err := s.Scan(&n.Name, &n.Event, &n.At, &body)
		n.Body = []byte(body)
		return n, err
	}, `SELECT p.name, e.id, e.at, p.body FROM event e JOIN event_part p ON p.event_id = e.id WHERE e.matter_id = `+args.Add(c.ID)+` AND p.name IN `+args.In(names...)+
		` ORDER BY e.id, p.name`, args.List()...)
}

// Follow takes an act on another case within the act that is running, as the
// system: news travels to the case it concerns.
func (d *Doing) Follow(ctx context.Context, matterID string, action Action, reason string) (Result, error) {
	system := identity.System(d.Case.Jurisdiction)
	c, err := d.Engine.load(ctx, d.Tx, system, matterID)
	if err != nil {
		return Result{}, err
	}
	return d.Engine.act(ctx, &Doing{Tx: d.Tx, Engine: d.Engine, Case: c, Actor: system, EventID: NewID(),
		Act: Request{Matter: matterID, Action: action, Reason: reason}})
}

// Act is one act on a case as effects and rules look back on it.
type Act struct {
	Event, ActorID string
	At             int64    // unix milliseconds
	Selected       []string // the lines it named
}

// LastAct reads the newest act of that name; db.ErrNone when it was never taken.
func LastAct(ctx context.Context, q db.Querier, c *Case, action Action) (Act, error) {
	return db.One(ctx, q, func(s db.Scanner) (Act, error) {
		var a Act
		var selected string
		if err := s.Scan(&a.Event, &a.ActorID, &a.At, &selected); err != nil || selected == "" {
			return a, err
		}
		return a, json.Unmarshal([]byte(selected), &a.Selected)
	}, `SELECT e.id, e.actor_id, e.at, COALESCE(p.body, '') FROM event e LEFT JOIN event_part p ON p.event_id = e.id AND p.name = 'selected'
		WHERE e.matter_id = $1 AND e.action = $2 ORDER BY e.id DESC LIMIT 1`, c.ID, string(action))
}
