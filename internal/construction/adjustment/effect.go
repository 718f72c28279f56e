package adjustment

import (
	"context"

	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/decision"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// compute writes the arithmetic and the track into the form, before which
// nothing is signed.
func compute(ctx context.Context, d *matter.Doing) error {
	c, a := d.Case, matter.FormOf[Adjustment](d.Case)
	f, s, err := figures(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	r := f.Decide(c.Values)
	a.Times, a.Ceiling, a.Total, a.Increase, a.Decrease = s.Times+1, f.Ceiling, f.Total, f.Increase, f.Decrease
	a.Moved, a.Earlier, a.Counted, a.After, a.Added = f.Moved(c.Values), f.Earlier, f.Counted(c.Values), f.After(), f.Added()
	a.Share, a.Track, a.Sentence = Share(a.Counted, f.Ceiling), r.Track, r.Sentence
	a.RequestNumber, a.RequestedOn, a.DecisionNumber, a.GovernedOn = "", "", "", ""
	return d.KeepForm(ctx)
}

// signed computes anew what the head signs. On the filing track the unit adjusts
// now: it counts, and late when the decision lies too far back.
func signed(ctx context.Context, d *matter.Doing) error {
	if err := compute(ctx, d); err != nil {
		return err
	}
	if err := d.MarkBy(ctx, matter.JudgeBy(gather, MarkingRules()...)); err != nil {
		return err
	}
	c, a := d.Case, matter.FormOf[Adjustment](d.Case)
	if a.Track != Filing {
		return nil
	}
	days, err := duty.Workdays(ctx, d.Tx)
	if err != nil {
		return err
	}
	n, _ := days.Between(a.DecidedOn, c.Today)
	late := max(0, int64(n-FileDays.Int(c.Values)))
	if err := d.SetLate(ctx, late); err != nil {
		return err
	}
	return count(ctx, d, 0, late)
}

// count enters the adjustment among those that count.
func count(ctx context.Context, d *matter.Doing, raised, late int64) error {
	c, a := d.Case, matter.FormOf[Adjustment](d.Case)
	_, s, err := figures(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	return d.Tx.Later(ctx, `INSERT INTO adjustment (matter_id, project_id, period, track, increase, decrease, moved, raised, base, decided_on, late, counted_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
		c.ID, s.Chain.Project, s.Chain.Period, a.Track, int64(a.Increase), int64(a.Decrease), int64(a.Moved), raised, s.Approval, string(a.DecidedOn), late, c.Now.UnixMilli())
}

// uncount takes it out again: it was returned or taken back.
func uncount(ctx context.Context, d *matter.Doing) error {
	d.Unmark()
	return d.Tx.Later(ctx, `DELETE FROM adjustment WHERE matter_id = $1`, d.Case.ID)
}

// refresh brings the lines to the estimate as it stands now. What the unit has
// not changed follows it; what it has changed stays as it wrote it.
func refresh(ctx context.Context, d *matter.Doing) error {
	_, s, err := figures(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	list, err := s.items(ctx, d.Tx, d.Case.ID)
	if err != nil {
		return err
	}
	had, now := map[string]matter.Line{}, map[string]bool{}
	for _, ln := range d.Case.Lines {
		had[matter.BodyOf[Row](ln).ItemID] = ln
	}
	for _, i := range list {
		now[i.ID] = true
		ln, is := had[i.ID]
		if !is {
			if _, err := d.PutLine(ctx, rows, i.row()); err != nil {
				return err
			}
			continue
		}
		r := matter.BodyOf[Row](ln)
		if r.Before == i.Amount && r.ContentBefore == i.Content {
			continue
		}
		if !r.changed() {
			r.After, r.ContentAfter = i.Amount, i.Content
		}
		r.Before, r.ContentBefore = i.Amount, i.Content
		if err := d.KeepLine(ctx, ln); err != nil {
			return err
		}
	}
	for id, ln := range had {
		if id == "" || now[id] {
			continue
		}
		r := matter.BodyOf[Row](ln) // the line is gone, with a new approved estimate
		r.Before, r.ContentBefore, r.ItemID = 0, "", ""
		if err := d.KeepLine(ctx, ln); err != nil {
			return err
		}
	}
	return nil
}

// jointReview seats the heads of the bureau and of the finance bureau, open to
// each other.
func jointReview() *matter.Seating {
	return &matter.Seating{
		Opinions: []matter.OpinionDef{{Key: Agree, Title: "同意调整", Mark: matter.MarkDone}, {Key: Back, Title: "退回", Reason: true, Bare: true, Mark: matter.MarkWarn},
			{Key: Reject, Title: "不予调整", Reason: true, Bare: true, Mark: matter.MarkStop}},
		Form: &checkingForm,
		Seats: func(_ context.Context, d *matter.Doing) ([]matter.SeatSpec, error) {
			var out []matter.SeatSpec
			for _, o := range []string{identity.BigData, identity.Finance} {
				u, ok := d.Engine.Units.ByOffice(d.Case.Jurisdiction, o)
				if !ok {
					return nil, problem.New(problem.Conflict, "本辖区还没有设置“%s”，不能送评审", identity.OfficeName(o))
				}
				out = append(out, matter.SeatSpec{UnitID: u.ID, Post: identity.Head, Title: u.ShortName})
			}
			return out, nil
		},
		Resolve: resolve,
	}
}

// resolve names what follows: one refusal ends the case, otherwise one return
// sends it back.
func resolve(_ *matter.Case, seats []matter.Seat) matter.Action {
	next := agreed
	for _, s := range seats {
		switch s.Opinion {
		case Reject:
			return refuse
		case Back:
			next = sendBack
		}
	}
	return next
}

// reviewed puts a reviewed adjustment in force, unless the government has to decide.
func reviewed(ctx context.Context, d *matter.Doing) error {
	if d.Case.State == ToGov {
		return nil
	}
	return count(ctx, d, 0, 0)
}

func reported(ctx context.Context, d *matter.Doing) error {
	a, r := matter.FormOf[Adjustment](d.Case), d.Input.(*Request)
	a.RequestNumber, a.RequestedOn = r.Number, r.Date
	return d.KeepForm(ctx)
}

// raise puts in force what the government has approved: the ceiling rises by the
// additional investment.
func raise(ctx context.Context, d *matter.Doing, got *decision.Decision) error {
	c, a := d.Case, matter.FormOf[Adjustment](d.Case)
	a.DecisionNumber, a.GovernedOn = got.Number, got.Date
	if err := d.KeepForm(ctx); err != nil {
		return err
	}
	p, err := registry.Subject(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	if err := count(ctx, d, int64(a.Added), 0); err != nil {
		return err
	}
	return registry.Book(ctx, d, registry.Booking{Project: p.ID, Period: registry.Period(p.BuildKind, c.Year), Kind: registry.Ceiling, Amount: a.Added, Year: c.Year, Title: c.Title})
}
