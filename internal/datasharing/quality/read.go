package quality

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// Raised is an issue as it stands.
type Raised struct {
	ID         string        `json:"id"`
	ResourceID string        `json:"resource_id"`
	Resource   string        `json:"resource"`
	UnitID     string        `json:"unit_id"`
	ProviderID string        `json:"provider_unit_id"`
	Kind       string        `json:"kind"`
	State      matter.State  `json:"state"`
	Round      int64         `json:"round"`
	RaisedOn   calendar.Date `json:"raised_on"`
	Due        calendar.Date `json:"due"`
	MendedOn   calendar.Date `json:"mended_on"`
	ClosedOn   calendar.Date `json:"closed_on"`
}

// Overdue are by how many days the mending of an issue is being missed today.
func (r Raised) Overdue(today calendar.Date) int {
	if r.State != Mend {
		return 0
	}
	return max(0, r.Due.DaysUntil(today))
}

// Filter narrows the issues; zero values do not narrow.
type Filter struct {
	ResourceID, ProviderID string
	Open                   bool // not closed
	After                  string
	Limit                  int64
}

// List pages through the issues that an actor may see, newest first: they are for
// the two units, and for those who oversee all.
func List(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) ([]Raised, error) {
	var args db.Args
	where := actor.Sees("m", &args)
	for _, c := range [][2]string{{"s.resource_id", f.ResourceID}, {"s.provider_unit_id", f.ProviderID}} {
		if c[1] != "" {
			where += " AND " + c[0] + " = " + args.Add(c[1])
		}
	}
	if f.Open {
		where += " AND s.closed_on = ''"
	}
	if f.After != "" {
		where += " AND s.id < " + args.Add(f.After)
	}
	if f.Limit < 1 || f.Limit > 500 {
		f.Limit = 100
	}
	return db.All(ctx, q, func(s db.Scanner) (Raised, error) {
		var r Raised
		err := s.Scan(&r.ID, &r.ResourceID, &r.Resource, &r.UnitID, &r.ProviderID, &r.Kind, &r.State, &r.Round, &r.RaisedOn, &r.Due, &r.MendedOn, &r.ClosedOn)
		return r, err
	}, `SELECT s.id, s.resource_id, r.name, s.unit_id, s.provider_unit_id, s.kind, m.state, s.round, s.raised_on, s.due, s.mended_on, s.closed_on
		FROM quality_issue s JOIN matter m ON m.id = s.id JOIN resource r ON r.id = s.resource_id WHERE `+where+` ORDER BY s.id DESC LIMIT `+args.Add(f.Limit), args.List()...)
}
