package reserve

import (
	"context"
	"fmt"
	"strconv"

	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// adopt takes the conclusion that was proposed into the form, so that the act of
// the head who signs it can follow it.
func adopt(ctx context.Context, d *matter.Doing) error {
	end, ok, err := matter.LastInput[review.Conclusion](ctx, d.Tx, d.Case, Conclude)
	if err != nil || !ok {
		return err
	}
	s := matter.FormOf[Scheme](d.Case)
	s.Result, s.Reviewed, s.Leader, s.Opinion = end.Result, end.Reviewed, end.Leader, end.Opinion
	return nil
}

// concluded writes the signed conclusion into the case and does what follows.
func concluded(ctx context.Context, d *matter.Doing) error {
	c, s := d.Case, matter.FormOf[Scheme](d.Case)
	if err := d.KeepForm(ctx); err != nil {
		return err
	}
	switch s.Result {
	case review.Revise:
		end, _, err := matter.LastInput[review.Conclusion](ctx, d.Tx, c, Conclude)
		if err != nil {
			return err
		}
		for _, p := range pointsOf(end.Points) {
			if _, err := d.PutLine(ctx, points, &Point{Point: p}); err != nil {
				return err
			}
		}
		return d.MoveLines(ctx, costs, matter.LineReturned, "按评审意见修改")
	case review.Pass:
		return admit(ctx, d)
	}
	return nil
}

// admit enters the project into the reserve (A08.2): only a passed review comes here.
func admit(ctx context.Context, d *matter.Doing) error {
	if err := mayEnter(ctx, d); err != nil {
		return err
	}
	c, s := d.Case, matter.FormOf[Scheme](d.Case)
	at := c.Now.UnixMilli()
	project := c.SubjectID
	if project == "" {
		p, err := registry.Enter(ctx, d, registry.Project{Name: s.Name, Year: c.Year, BuildKind: s.BuildKind, Stage: registry.Reserved, Origin: "reserve", Goal: s.texts[0],
			Estimate: total(c), Reviewed: s.Reviewed})
		if err != nil {
			return err
		}
		project = p.ID
	} else if err := registry.Move(ctx, d.Tx, project, registry.Planned, func(p *registry.Project) {
		p.Stage, p.Estimate, p.Reviewed = registry.Reserved, total(c), s.Reviewed
	}, at); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `INSERT INTO reserve_entry (matter_id, jurisdiction, unit_id, parent_unit_id, project_id, name, sort_key, build_kind, periodic, priority, place, year, amount, entered_on, valid_until, state)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,'valid')`,
		c.ID, c.Jurisdiction, c.UnitID, c.ParentUnitID, project, s.Name, hanzi.SortKey(s.Name), s.BuildKind, db.Flag(s.Periodic), s.Priority, s.Place, c.Year, int64(s.Reviewed),
		string(c.Today), string(ValidUntil(c.Today))); err != nil {
		return fmt.Errorf("enter reserve: %w", err)
	}
	return settleDuty(ctx, d)
}

// settleDuty satisfies the duty of September when no filed project of the year is left outside.
func settleDuty(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	left, err := db.Value[int64](ctx, d.Tx, `SELECT COUNT(*) FROM project WHERE unit_id = $1 AND year = $2 AND stage = 'filed' AND origin = 'plan'`, c.UnitID, c.Year)
	if err != nil || left > 0 {
		return err
	}
	return duty.Satisfy(ctx, d.Tx, c.UnitID, Duty.Key, strconv.FormatInt(c.Year, 10), c.Today, d.EventID)
}

// end closes an entry; one that expired ended on its last valid day, whenever
// the clock came by.
func end(ctx context.Context, d *matter.Doing, state string, stage registry.Stage) error {
	e, err := EntryOf(ctx, d.Tx, d.Case.ID)
	if err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `UPDATE reserve_entry SET state = $1, ended_on = $2 WHERE matter_id = $3`, state, string(min(d.Case.Today, e.ValidUntil)), e.MatterID); err != nil {
		return err
	}
	if err := duty.Satisfy(ctx, d.Tx, e.UnitID, ExpiryDuty, e.period(), d.Case.Today, d.EventID); err != nil {
		return err
	}
	now, err := db.Value[registry.Stage](ctx, d.Tx, `SELECT stage FROM project WHERE id = $1`, e.ProjectID)
	if err != nil || now != registry.Reserved {
		return err // a periodic project that stands in an approved plan goes on
	}
	return registry.Move(ctx, d.Tx, e.ProjectID, registry.Reserved, func(p *registry.Project) { p.Stage = stage }, d.Case.Now.UnixMilli())
}

// leave ends an entry before its time, but not under the eyes of the government:
// its decision would be about what is no longer there.
func leave(ctx context.Context, d *matter.Doing) error {
	free, err := db.Value[int64](ctx, d.Tx, `SELECT COUNT(*) FROM reserve_entry r WHERE r.matter_id = $1 AND `+decided, d.Case.ID)
	if err != nil {
		return err
	}
	if free == 0 {
		return problem.New(problem.Conflict, "列入这个项目的年度计划已报市政府，批复以前不能出库")
	}
	return end(ctx, d, "left", registry.Terminated)
}

// expire ends the entry; the project may apply again.
func expire(ctx context.Context, d *matter.Doing) error {
	return end(ctx, d, "expired", registry.Planned)
}

func extend(ctx context.Context, d *matter.Doing) error {
	e, err := EntryOf(ctx, d.Tx, d.Case.ID)
	if err != nil {
		return err
	}
	e = e.next()
	return d.Tx.Later(ctx, `UPDATE reserve_entry SET extended = $1, valid_until = $2 WHERE matter_id = $3`, e.Extended, string(e.ValidUntil), e.MatterID)
}

func changed(ctx context.Context, d *matter.Doing) error {
	return d.Tx.Later(ctx, `UPDATE reserve_entry SET changed = 1 WHERE matter_id = $1`, d.Case.ID)
}

// scheduled stops the clock of an entry that is not periodic: it stands in an approved plan.
func scheduled(ctx context.Context, d *matter.Doing) error {
	if matter.FormOf[Scheme](d.Case).Periodic {
		return nil
	}
	e, err := EntryOf(ctx, d.Tx, d.Case.ID)
	if err != nil {
		return err
	}
	if err := duty.Satisfy(ctx, d.Tx, e.UnitID, ExpiryDuty, e.period(), d.Case.Today, d.EventID); err != nil {
		return err
	}
	return d.Tx.Later(ctx, `UPDATE reserve_entry SET state = 'planned' WHERE matter_id = $1`, e.MatterID)
}

// revive brings a cancelled plan item back with its old end date [reading], and
// with the duty that stood before it.
func revive(ctx context.Context, d *matter.Doing) error {
	e, err := EntryOf(ctx, d.Tx, d.Case.ID)
	if err != nil {
		return err
	}
	if err := duty.Reopen(ctx, d.Tx, e.UnitID, ExpiryDuty, e.period()); err != nil {
		return err
	}
	return d.Tx.Later(ctx, `UPDATE reserve_entry SET state = 'valid' WHERE matter_id = $1`, d.Case.ID)
}
