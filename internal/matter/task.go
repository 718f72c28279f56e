package matter

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
)

// Task is something a post or a person is asked to do.
type Task struct {
	ID          string        `json:"id"`
	Matter      string        `json:"matter"`
	Procedure   string        `json:"procedure"`
	MatterTitle string        `json:"matter_title"`
	Title       string        `json:"title"`
	Seat        string        `json:"seat"`
	UnitID      string        `json:"unit_id"` // of the case
	State       State         `json:"state"`
	Amount      int64         `json:"amount"`
	Due         calendar.Date `json:"due"`
	OpenedAt    int64         `json:"opened_at"`
	PersonID    string        `json:"person_id"`
}

// moveTasks closes what the old state asked and opens what the new one asks. A case
// that ends is still to be read by the seats that were told of it (Seat.Remarks).
func (e *Engine) moveTasks(ctx context.Context, d *Doing) error {
	err := d.Tx.Later(ctx, `UPDATE task SET closed_at = $1, closed_by = $2 WHERE matter_id = $3 AND closed_at = 0
		AND ($4 = 0 OR seat_id NOT IN (SELECT s.id FROM seat s WHERE s.matter_id = $3 AND s.aside = 1 AND s.added_by = ''))`,
		d.Case.Now.UnixMilli(), d.Actor.ID, d.Case.ID, db.Flag(d.Case.StateDef().Final))
	if err != nil {
		return err
	}
	return e.openTasks(ctx, d)
}

func (e *Engine) openTasks(ctx context.Context, d *Doing) error {
	def := d.Case.StateDef()
	if def.Seats != nil {
		return e.openSeats(ctx, d, def)
	}
	if def.Holder.Side == "" || def.Holder.Side == identity.SystemSide {
		return nil
	}
	unit, err := e.unitOf(d.Case, def.Holder)
	if err != nil {
		return err
	}
	return insertTask(ctx, d, task{unit: unit, post: def.Holder.Post, title: d.Case.asked(def), due: d.Case.Due})
}

// ProxyTask is what the clerk of a unit is asked to do with a draft that was
// entered for them.
const ProxyTask = "代录待补全"

// asked is what the holder of a state is asked to do.
func (c *Case) asked(def StateDef) string {
	if c.State == Draft && c.Origin == ByProxy && c.Version == 0 {
		return ProxyTask
	}
	return def.Task
}

type task struct {
	unit, post, person, title, seat string
	due                             calendar.Date
}

func insertTask(ctx context.Context, d *Doing, t task) error {
	return d.Tx.Later(ctx, `INSERT INTO task (id, matter_id, jurisdiction, seat_id, unit_id, post, person_id, title, due, opened_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		NewID(), d.Case.ID, d.Case.Jurisdiction, t.seat, t.unit, t.post, t.person, t.title, string(t.due), d.Case.Now.UnixMilli())
}

// unitOf finds the unit that a party means for a case.
func (e *Engine) unitOf(c *Case, by identity.Party) (string, error) {
	switch by.Side {
	case identity.OwnerSide:
		return c.UnitID, nil
	case identity.ParentSide:
		return c.ParentUnitID, nil
	case identity.ProviderSide:
		return c.ProviderID, nil
	case identity.OfficeSide:
		u, ok := e.Units.ByOffice(c.Jurisdiction, by.Office)
		if !ok {
			return "", problem.New(problem.Conflict, "本辖区还没有设置“%s”，请系统管理员在单位中指定", identity.OfficeName(by.Office))
		}
		return u.ID, nil
	}
	return "", fmt.Errorf("party %s has no unit", by)
}

// Inbox lists the open tasks of an actor, overdue first, at most limit.
func (e *Engine) Inbox(ctx context.Context, actor identity.Actor, limit int64) ([]Task, error) {
	var args db.Args
	mine := inboxWhere(actor, &args)
	return db.All(ctx, e.DB.Reader(ctx), scanTask, `SELECT t.id, t.matter_id, m.procedure, m.title, t.title, t.seat_id, m.unit_id, m.state, m.amount, t.due, t.opened_at, t.person_id
		FROM task t JOIN matter m ON m.id = t.matter_id WHERE `+mine+`
		ORDER BY CASE WHEN t.due = '' THEN 1 ELSE 0 END, t.due, t.opened_at, t.id LIMIT `+args.Add(limit), args.List()...)
}

func scanTask(s db.Scanner) (Task, error) {
	var t Task
	err := s.Scan(&t.ID, &t.Matter, &t.Procedure, &t.MatterTitle, &t.Title, &t.Seat, &t.UnitID, &t.State, &t.Amount, &t.Due, &t.OpenedAt, &t.PersonID)
	return t, err
}

// InboxSize counts the open tasks of an actor and those past their due date.
func (e *Engine) InboxSize(ctx context.Context, actor identity.Actor, today calendar.Date) (open, late int64, err error) {
	var args db.Args
	day := args.Add(string(today))
	type pair struct{ open, late int64 }
	p, err := db.One(ctx, e.DB.Reader(ctx), func(s db.Scanner) (pair, error) {
		var p pair
		err := s.Scan(&p.open, &p.late)
		return p, err
	}, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN t.due <> '' AND t.due < `+day+` THEN 1 ELSE 0 END), 0) FROM task t WHERE `+inboxWhere(actor, &args), args.List()...)
	return p.open, p.late, err
}

func inboxWhere(actor identity.Actor, args *db.Args) string {
	if actor.Administrator() {
		return "1 = 0"
	}
	me := args.Add(actor.ID)
	where := "t.closed_at = 0 AND (t.person_id = " + me + " AND t.person_id <> ''" // as the index task_person says it
	var posts []string
	for _, p := range []identity.Post{identity.Clerk, identity.Head} {
		if actor.Is(p) {
			posts = append(posts, p)
		}
	}
	if len(posts) > 0 {
		where += " OR (t.unit_id = " + args.Add(actor.UnitID) + " AND t.post IN " + args.In(posts...) + " AND t.person_id = '')"
	}
	return where + ")"
}

// Assign gives the open task of a case to one person of the unit that holds it,
// or back to the post with an empty person. Only the head of that unit may.
func (e *Engine) Assign(ctx context.Context, actor identity.Actor, matterID, personID string) error {
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := e.load(ctx, tx, actor, matterID)
		if err != nil {
			return err
		}
		if !actor.Is(identity.Head) {
			return problem.New(problem.Forbidden, "改派由负责人办理")
		}
		name := ""
		if personID != "" {
			name, err = db.Value[string](ctx, tx, `SELECT p.name FROM person p JOIN person_role r ON r.person_id = p.id AND r.role = 'clerk'
				WHERE p.id = $1 AND p.unit_id = $2 AND p.active = 1`, personID, actor.UnitID)
			if db.None(err) {
				return problem.Field("person", "请选择本单位在岗的经办人")
			}
			if err != nil {
				return err
			}
		}
		res, err := tx.Exec(ctx, `UPDATE task SET person_id = $1 WHERE matter_id = $2 AND unit_id = $3 AND post = 'clerk' AND seat_id = '' AND closed_at = 0`, personID, c.ID, actor.UnitID)
		if err := db.OneRow(res, err, problem.New(problem.Conflict, "这份案卷现在不在本单位经办人手里，不能改派")); err != nil {
			return err
		}
		d := &Doing{Tx: tx, Engine: e, Case: c, Actor: actor, Act: Request{Action: Reassign, Reason: name}, EventID: NewID()}
		return e.recordAside(ctx, d, "office", "")
	})
}

// recordAside records what does not move the case: its state and revision stay.
func (e *Engine) recordAside(ctx context.Context, d *Doing, capacity, seat string) error {
	return e.record(ctx, d, entry{from: d.Case.State, capacity: capacity, seat: seat})
}
