package matter

import (
	"context"
	"fmt"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
)

// Administration is where the three administrators keep people and units.
func (e *Engine) Administration() identity.Administration {
	return identity.Administration{DB: e.DB, Units: e.Units, Clock: e.Clock, Title: func(key string) string {
		if p, ok := e.procedures[key]; ok {
			return p.Title
		}
		return key
	}}
}

// Left is what became of the work of a person who left.
type Left struct {
	Tasks    int64 `json:"tasks"`    // went back to their post
	Replaced int64 `json:"replaced"` // seats taken by a substitute
	Gone     int64 `json:"gone"`     // seats without which the panel goes on: nobody was left to step in
	Waiting  int64 `json:"waiting"`  // seats that stay empty: their procedure knows no substitute
}

// Says tells it in words.
func (l Left) Says() string {
	out := fmt.Sprintf("%d 件待办退回岗位", l.Tasks)
	if l.Replaced > 0 {
		out += fmt.Sprintf("，%d 个评审席位由抽取名单递补", l.Replaced)
	}
	if l.Gone > 0 {
		out += fmt.Sprintf("，%d 个评审席位已没有人可以递补，评审不再等它", l.Gone)
	}
	if l.Waiting > 0 {
		out += fmt.Sprintf("，%d 个席位仍空着，请大数据主管部门重新组织", l.Waiting)
	}
	return out
}

// Leave takes a person out of their unit: open tasks go back to the post, seats
// of theirs go to the substitute that the procedure names, sessions end.
func (e *Engine) Leave(ctx context.Context, actor identity.Actor, personID string, rev int64, reason string, confirmed bool) (Left, error) {
	var left Left
	err := e.DB.Write(ctx, func(tx *db.Tx) error {
		left = Left{}
		p, reason, err := e.Administration().MayLeave(ctx, tx, actor, personID, rev, reason, confirmed)
		if err != nil {
			return err
		}
		if left.Tasks, err = db.Value[int64](ctx, tx, `SELECT COUNT(*) FROM task WHERE person_id = $1 AND closed_at = 0 AND seat_id = ''`, p.ID); err != nil {
			return err
		}
		if err := identity.Leave(ctx, tx, p.ID); err != nil {
			return err
		}
		if err := e.vacate(ctx, tx, p, &left); err != nil {
			return err
		}
		return identity.Record(ctx, tx, actor, identity.Act{Kind: identity.OfPerson, Subject: p.ID, Title: p.Name, Do: "leave", Capacity: identity.AsAdministrator, Reason: reason,
			At: e.Clock.Now().UnixMilli(), Changes: []form.Change{{Key: "active", Label: "状态", Before: "在岗", After: "离岗"}, {Key: "work", Label: "手里的事", Before: "—", After: left.Says()}}})
	})
	return left, err
}

// vacate gives the open seats of a person to substitutes.
func (e *Engine) vacate(ctx context.Context, tx *db.Tx, p identity.Person, left *Left) error {
	open, err := db.All(ctx, tx, scanSeat, `SELECT `+seatColumns+` FROM seat WHERE person_id = $1 AND status = 'open' ORDER BY id LIMIT 100`, p.ID)
	if err != nil {
		return err
	}
	system := identity.System(p.Jurisdiction)
	for _, s := range open { // a person sits on few panels at once
		c, err := e.load(ctx, tx, system, s.MatterID)
		if err != nil {
			return err
		}
		def := c.StateDef()
		switch {
		case def.Seats == nil || string(c.State) != s.State:
			continue // that step is over
		case def.Seats.Left == nil:
			left.Waiting++
			continue
		}
		d := &Doing{Tx: tx, Engine: e, Case: c, Actor: system, EventID: NewID(), Act: Request{Action: AddSigner, Reason: s.Title + "已离岗，由抽取名单递补"}}
		if err := e.substitute(ctx, d, s, left); err != nil {
			return err
		}
	}
	return nil
}

// substitute empties one seat; when it was the last that had not spoken, the
// step that follows is taken.
func (e *Engine) substitute(ctx context.Context, d *Doing, s Seat, left *Left) error {
	before, err := seatsOf(ctx, d.Tx, d.Case.ID)
	if err != nil {
		return err
	}
	if err := d.Case.StateDef().Seats.Left(ctx, d, s); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `UPDATE task SET closed_at = $1, closed_by = $2 WHERE seat_id = $3 AND closed_at = 0`, d.Case.Now.UnixMilli(), d.Actor.ID, s.ID); err != nil {
		return err
	}
	if err := e.recordAside(ctx, d, "system", ""); err != nil {
		return err
	}
	after, err := seatsOf(ctx, d.Tx, d.Case.ID)
	if err != nil {
		return err
	}
	n := unspoken(after)
	if n == unspoken(before) {
		left.Replaced++
	} else {
		left.Gone++
	}
	if n > 0 {
		return nil
	}
	_, err = e.resolve(ctx, d, after, s.Round)
	return err
}

func unspoken(seats []Seat) int {
	n := 0
	for _, t := range seats {
		if t.Status == "open" && !t.Aside {
			n++
		}
	}
	return n
}
