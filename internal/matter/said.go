package matter

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

// readLineOpinions checks what a seat says about single lines and binds it to
// the lines as they stand.
func (c *Case) readLineOpinions(s *Seating, seat *Seat, says []LineOpinion) error {
	bad := map[string]string{}
	seen := map[string]bool{}
	for i := range says {
		o := &says[i]
		ln, err := c.line(o.Line)
		if err != nil {
			return err
		}
		o.Rev = ln.Rev
		at := "said/" + o.Line
		if seen[o.Line] {
			bad[at] = fmt.Sprintf("第 %d 项只能说一次", ln.Seq)
			continue
		}
		seen[o.Line] = true
		op := pickOpinion(s.Lines, o.Opinion)
		switch {
		case op == nil && (len(s.Lines) > 0 || o.Opinion != ""):
			bad[at] = fmt.Sprintf("第 %d 项请选择意见", ln.Seq)
		case op != nil && op.Reason && strings.TrimSpace(o.Reason) == "":
			bad[at] = fmt.Sprintf("第 %d 项意见为“%s”的，请写明理由", ln.Seq, op.Title)
		}
		if m := told(o.Reason); m != "" {
			bad[at] = fmt.Sprintf("第 %d 项%s", ln.Seq, m)
		}
		if o.Cut == "" {
			continue
		}
		if seat.Aside || s.Cuts != ln.Of.Table {
			bad[at] = "这里不能提出核减"
			continue
		}
		if o.Amount, err = money.ParseWan(o.Cut); err != nil {
			bad[at] = fmt.Sprintf("第 %d 项核减：%v", ln.Seq, err)
		} else if o.Amount > 0 && strings.TrimSpace(o.Reason) == "" {
			bad[at] = fmt.Sprintf("第 %d 项核减请写明理由", ln.Seq)
		}
	}
	return problem.Fields(bad)
}

func keepLineOpinions(ctx context.Context, d *Doing, seatID string, says []LineOpinion) error {
	for _, o := range says {
		if err := d.Tx.Later(ctx, `INSERT INTO seat_line (seat_id, line_id, line_rev, opinion, amount, reason) VALUES ($1, $2, $3, $4, $5, $6)`,
			seatID, o.Line, o.Rev, o.Opinion, int64(o.Amount), strings.TrimSpace(o.Reason)); err != nil {
			return err
		}
	}
	return nil
}

// Said is what a seat said about a line of a case.
type Said struct {
	LineOpinion
	Seat, UnitID, PersonID, Title, GivenName, Status string
	Round                                            int64
}

// SaidOf reads every opinion about single lines of a case, newest last. What a
// person may know of it while a blind step runs is decided by the caller, with
// the seats that Engine.Seats shows them.
func SaidOf(ctx context.Context, q db.Querier, c *Case) ([]Said, error) {
	return db.All(ctx, q, func(s db.Scanner) (Said, error) {
		var o Said
		err := s.Scan(&o.Line, &o.Rev, &o.Opinion, &o.Amount, &o.Reason, &o.Seat, &o.UnitID, &o.PersonID, &o.Title, &o.GivenName, &o.Status, &o.Round)
		return o, err
	}, `SELECT l.line_id, l.line_rev, l.opinion, l.amount, l.reason, s.id, s.unit_id, s.person_id, s.title, s.given_name, s.status, s.round
		FROM seat_line l JOIN seat s ON s.id = l.seat_id WHERE s.matter_id = $1 ORDER BY s.round, s.given_at, s.id, l.line_id`, c.ID)
}

// SeatsNow lists every seat of the case as the engine knows them, for effects
// and rules; what a person may know is Engine.Seats.
func SeatsNow(ctx context.Context, q db.Querier, c *Case) ([]Seat, error) {
	return seatsOf(ctx, q, c.ID)
}

// SeatFor adds a seat to the round of another within an act, such as a
// substitute for an expert who declared a conflict.
func (d *Doing) SeatFor(ctx context.Context, old Seat, spec SeatSpec) error {
	_, err := d.Engine.addSeat(ctx, d, old.Round, spec, d.Case.StateDef().Task, d.Actor.ID)
	return err
}

// VoidSeat takes a seat out of its round.
func (d *Doing) VoidSeat(ctx context.Context, id string) error {
	return d.Tx.Later(ctx, `UPDATE seat SET status = 'void' WHERE id = $1`, id)
}

// Say records what follows from an opinion for one line, as the line stands.
func (d *Doing) Say(ctx context.Context, s Seat, ln Line, opinion, reason string) error {
	return keepLineOpinions(ctx, d, s.ID, []LineOpinion{{Line: ln.ID, Rev: ln.Rev, Opinion: opinion, Reason: reason}})
}
