package sharing

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/matter"
)

// refreshed takes type and condition from the catalogue as it stands when the
// request is handed in.
func refreshed(ctx context.Context, d *matter.Doing) error {
	r, err := catalogue.Subject(ctx, d.Tx, d.Case)
	x := matter.FormOf[Request](d.Case)
	x.ShareType, x.Condition = r.ShareType, r.ShareCondition
	return err
}

// atCatalogue records as granted what the catalogue shares without condition.
func atCatalogue(ctx context.Context, d *matter.Doing) error {
	x, c := matter.FormOf[Request](d.Case), d.Case
	if atOnce(c) {
		x.Answer, x.AnsweredOn, x.Scope, x.DueNote = Granted, c.Today, "按目录", "无条件共享，按目录即为同意"
		if err := enter(ctx, d); err != nil {
			return err
		}
	}
	return d.KeepForm(ctx)
}

// clock finds the last day for the answer: working days from the day the request
// reaches the providing unit, that day left out.
func clock(ctx context.Context, d *matter.Doing) error {
	w, err := duty.Workdays(ctx, d.Tx)
	if err != nil {
		return err
	}
	x, complete := matter.FormOf[Request](d.Case), false
	x.Due, complete = w.AddWorkdays(d.Case.Today, AnswerDays.Int(d.Case.Values))
	x.DueNote = ""
	if !complete {
		x.DueNote = fmt.Sprintf("缺 %d 年节假日安排，按周一至周五计算", x.Due.Year())
	}
	return nil
}

// arrive puts the request before the providing unit.
func arrive(ctx context.Context, d *matter.Doing) error {
	x, c := matter.FormOf[Request](d.Case), d.Case
	x.Answer, x.AnsweredOn, x.Scope, x.Extra, x.Reason, x.Basis = "", "", "", "", "", ""
	if _, err := duty.Open(ctx, d.Tx, duty.Duty{Jurisdiction: c.Jurisdiction, UnitID: c.ProviderID, Kind: Duty.Key, Clause: Duty.Clause, Title: fmt.Sprintf(Duty.Title, x.Resource), Period: c.ID, SubjectID: c.ID, Due: x.Due},
		c.Now.UnixMilli()); err != nil {
		return err
	}
	if err := enter(ctx, d); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

// enter keeps the request among those that reached their provider.
func enter(ctx context.Context, d *matter.Doing) error {
	x, c := matter.FormOf[Request](d.Case), d.Case
	return d.Tx.Later(ctx, `INSERT INTO share_request (id, jurisdiction, resource_id, unit_id, provider_unit_id, share_type, asked_on, answer_due, answer, answered_on, until_on)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11) ON CONFLICT (id) DO UPDATE SET share_type = excluded.share_type, asked_on = excluded.asked_on, answer_due = excluded.answer_due,
		answer = excluded.answer, answered_on = excluded.answered_on, until_on = excluded.until_on`,
		c.ID, c.Jurisdiction, c.SubjectID, c.UnitID, c.ProviderID, x.ShareType, string(c.Today), string(x.Due), x.Answer, string(x.AnsweredOn), string(x.Until))
}

// takeBack takes the request from the providing unit, which owes it nothing more.
func takeBack(ctx context.Context, d *matter.Doing) error {
	x := matter.FormOf[Request](d.Case)
	x.Due, x.DueNote = "", ""
	if _, err := duty.TakeBack(ctx, d.Tx, d.Case.ProviderID, Duty.Key, d.Case.ID); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `DELETE FROM share_request WHERE id = $1`, d.Case.ID); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

// propose keeps what the clerk would answer; it is said when the head signs.
func propose(ctx context.Context, d *matter.Doing) error {
	x := matter.FormOf[Request](d.Case)
	x.Answer, x.Scope, x.Extra, x.Reason, x.Basis = "", "", "", "", ""
	switch in := d.Input.(type) {
	case *Grant:
		x.Answer, x.Scope, x.Extra = Granted, in.Scope, in.Extra
	case *Refusal:
		x.Answer, x.Reason, x.Basis = Refused, in.Reason, in.Basis
	}
	return d.KeepForm(ctx)
}

func answer(ctx context.Context, d *matter.Doing) error {
	x, c := matter.FormOf[Request](d.Case), d.Case
	x.AnsweredOn = c.Today
	if err := duty.Satisfy(ctx, d.Tx, c.ProviderID, Duty.Key, c.ID, c.Today, d.EventID); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `UPDATE share_request SET answer = $1, answered_on = $2 WHERE id = $3`, x.Answer, string(c.Today), c.ID); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

func deliver(ctx context.Context, d *matter.Doing) error {
	x, in := matter.FormOf[Request](d.Case), d.Input.(*Delivery)
	x.DeliveredOn, x.Service = in.On, in.Service
	return keepDay(ctx, d, "delivered_on", in.On)
}

func use(ctx context.Context, d *matter.Doing) error {
	x, in := matter.FormOf[Request](d.Case), d.Input.(*Use)
	x.UsedOn, x.Used = in.On, in.Note
	return keepDay(ctx, d, "used_on", in.On)
}

func finish(ctx context.Context, d *matter.Doing) error {
	x, in := matter.FormOf[Request](d.Case), d.Input.(*End)
	x.EndedOn = in.On
	return keepDay(ctx, d, "ended_on", in.On)
}

// keepDay writes a day of the request, named by its column.
func keepDay(ctx context.Context, d *matter.Doing, column string, on calendar.Date) error {
	if err := d.Tx.Later(ctx, `UPDATE share_request SET `+column+` = $1 WHERE id = $2`, string(on), d.Case.ID); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

// itemsOf are the published items by normal name, and whether each is kept back.
func itemsOf(ctx context.Context, q db.Querier, resourceID string) (map[string]bool, error) {
	list, err := catalogue.ItemsOf(ctx, q, resourceID)
	out := map[string]bool{}
	for _, i := range list {
		out[normal(i.Name)] = i.KeptBack
	}
	return out, err
}
