package upward

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
)

// Entry is one application in the register.
type Entry struct {
	Matter, UnitID, Name, Level, Receiver, Number string
	Applied                                       money.Fen
	On                                            calendar.Date
	Result                                        string // "" while the higher level has not answered
	Granted                                       money.Fen
	ResultNumber                                  string
	ResultOn                                      calendar.Date
}

// Register lists the applications an actor may see, the newest first.
func Register(ctx context.Context, q db.Querier, actor identity.Actor) ([]Entry, error) {
	var args db.Args
	return db.All(ctx, q, func(s db.Scanner) (Entry, error) {
		var e Entry
		err := s.Scan(&e.Matter, &e.UnitID, &e.Name, &e.Level, &e.Receiver, &e.Number, &e.Applied, &e.On, &e.Result, &e.Granted, &e.ResultNumber, &e.ResultOn)
		return e, err
	}, `SELECT a.matter_id, a.unit_id, a.name, a.level, a.receiver, a.number, a.applied, a.applied_on, a.result, a.granted, a.result_number, a.result_on
		FROM upward_application a WHERE `+actor.SeesProject("a", &args)+` ORDER BY a.applied_on DESC, a.matter_id DESC LIMIT 500`, args.List()...)
}

// sent enters the application into the register with the document it went up with.
func sent(ctx context.Context, d *matter.Doing) error {
	c, a := d.Case, matter.FormOf[Application](d.Case)
	r, _, err := matter.LastInput[Report](ctx, d.Tx, c, Propose)
	if err != nil {
		return err
	}
	return d.Tx.Later(ctx, `INSERT INTO upward_application (matter_id, jurisdiction, unit_id, parent_unit_id, name, level, receiver, number, applied, applied_on) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		c.ID, c.Jurisdiction, c.UnitID, c.ParentUnitID, a.Name, a.Level, a.Receiver, r.Number, int64(a.Applied), string(r.Date))
}

// recorded writes what the higher level answered.
func recorded(ctx context.Context, d *matter.Doing) error {
	a := d.Input.(*Answer)
	return d.Tx.Later(ctx, `UPDATE upward_application SET result = $1, granted = $2, result_number = $3, result_on = $4 WHERE matter_id = $5`,
		a.Result, int64(a.Granted), a.Number, string(a.Date), d.Case.ID)
}
