package operation

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// Entered is an operation on record, and how it stands.
type Entered struct {
	ID        string        `json:"id"`
	UnitID    string        `json:"unit_id"`
	Operator  string        `json:"operator"`
	USCC      string        `json:"uscc"`
	State     matter.State  `json:"state"`
	From      calendar.Date `json:"from"`
	Until     calendar.Date `json:"until"`
	WatchedOn calendar.Date `json:"watched_on"`
	EndedOn   calendar.Date `json:"ended_on"`
	Resources int64         `json:"resources"`
}

// Past reports whether an operation is past its term and has not ended, whether or
// not a clock has come by.
func (e Entered) Past(today calendar.Date) bool { return e.EndedOn == "" && e.Until < today }

// Filter narrows the operations; zero values do not narrow.
type Filter struct {
	ResourceID, UnitID string
	Past               bool // past the term, not ended
	Today              calendar.Date
}

// List lists the operations that an actor may see, newest first: the unit's own, and
// all for those who oversee them.
func List(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) ([]Entered, error) {
	var args db.Args
	where := actor.Sees("m", &args)
	if f.ResourceID != "" {
		where += " AND EXISTS (SELECT 1 FROM operation_resource x WHERE x.matter_id = o.id AND x.resource_id = " + args.Add(f.ResourceID) + ")"
	}
	if f.UnitID != "" {
		where += " AND o.unit_id = " + args.Add(f.UnitID)
	}
	if f.Past {
		where += " AND o.ended_on = '' AND o.until_on < " + args.Add(string(f.Today))
	}
	return db.All(ctx, q, func(s db.Scanner) (Entered, error) {
		var e Entered
		err := s.Scan(&e.ID, &e.UnitID, &e.Operator, &e.USCC, &e.State, &e.From, &e.Until, &e.WatchedOn, &e.EndedOn, &e.Resources)
		return e, err
	}, `SELECT o.id, o.unit_id, o.operator, o.uscc, m.state, o.from_on, o.until_on, o.watched_on, o.ended_on, m.items
		FROM data_operation o JOIN matter m ON m.id = o.id WHERE `+where+` ORDER BY o.id DESC LIMIT 200`, args.List()...)
}
