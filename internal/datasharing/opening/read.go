package opening

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// Standing is how a resource that is open was opened.
type Standing struct {
	MatterID string
	Opening
	Masks []Mask
}

// Of reads how a resource was opened; the zero Standing while it is not open.
func Of(ctx context.Context, q db.Querier, resourceID string) (Standing, error) {
	var s Standing
	var err error
	if s.MatterID, err = db.Value[string](ctx, q, `SELECT opening_id FROM resource WHERE id = $1`, resourceID); err != nil || s.MatterID == "" {
		return s, err
	}
	o, err := matter.StoredForm[Opening](ctx, q, openingForm, s.MatterID)
	if err != nil {
		return s, err
	}
	s.Opening = *o
	s.Masks, err = db.All(ctx, q, func(r db.Scanner) (Mask, error) {
		var m Mask
		err := r.Scan(&m.Item, &m.Method, &m.How)
		return m, err
	}, `SELECT item, method, how FROM opening_mask WHERE matter_id = $1 ORDER BY seq LIMIT 100`, s.MatterID)
	return s, err
}

// Applied is an application of the public, and how it stands.
type Applied struct {
	ID         string        `json:"id"`
	ResourceID string        `json:"resource_id"`
	Resource   string        `json:"resource"`
	UnitID     string        `json:"unit_id"`
	State      matter.State  `json:"state"`
	ReceivedOn calendar.Date `json:"received_on"`
	Due        calendar.Date `json:"answer_due"`
	ExtendedOn calendar.Date `json:"extended_on"`
	Answer     string        `json:"answer"`
	AnsweredOn calendar.Date `json:"answered_on"`
}

// LateDays are by how many days the answer was missed, or is being missed today.
func (a Applied) LateDays(today calendar.Date) int {
	end := today
	if a.AnsweredOn != "" {
		end = a.AnsweredOn
	}
	return max(0, a.Due.DaysUntil(end))
}

// Requests lists the applications that an actor may see, newest first: about one
// resource, or with "" about all.
func Requests(ctx context.Context, q db.Querier, actor identity.Actor, resourceID string) ([]Applied, error) {
	var args db.Args
	where := actor.Sees("m", &args)
	if resourceID != "" {
		where += " AND s.resource_id = " + args.Add(resourceID)
	}
	return db.All(ctx, q, func(s db.Scanner) (Applied, error) {
		var a Applied
		err := s.Scan(&a.ID, &a.ResourceID, &a.Resource, &a.UnitID, &a.State, &a.ReceivedOn, &a.Due, &a.ExtendedOn, &a.Answer, &a.AnsweredOn)
		return a, err
	}, `SELECT s.id, s.resource_id, r.name, s.unit_id, m.state, s.received_on, s.answer_due, s.extended_on, s.answer, s.answered_on
		FROM opening_request s JOIN matter m ON m.id = s.id JOIN resource r ON r.id = s.resource_id WHERE `+where+` ORDER BY s.id DESC LIMIT 100`, args.List()...)
}
