package sharing

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// Asked is a request that reached its provider, and how it stands.
type Asked struct {
	ID          string        `json:"id"`
	ResourceID  string        `json:"resource_id"`
	Resource    string        `json:"resource"`
	UnitID      string        `json:"unit_id"`
	ProviderID  string        `json:"provider_unit_id"`
	Type        string        `json:"share_type"`
	State       matter.State  `json:"state"`
	AskedOn     calendar.Date `json:"asked_on"`
	Due         calendar.Date `json:"answer_due"`
	Answer      string        `json:"answer"`
	AnsweredOn  calendar.Date `json:"answered_on"`
	Until       calendar.Date `json:"until"`
	DeliveredOn calendar.Date `json:"delivered_on"`
	UsedOn      calendar.Date `json:"used_on"`
	EndedOn     calendar.Date `json:"ended_on"`
}

// LateDays are by how many days the answer was missed, or is being missed today.
func (a Asked) LateDays(today calendar.Date) int {
	end := today
	if a.AnsweredOn != "" {
		end = a.AnsweredOn
	}
	if a.Due == "" {
		return 0
	}
	return max(0, a.Due.DaysUntil(end))
}

// Past reports whether what was granted is past its term and has not been stopped.
func (a Asked) Past(today calendar.Date) bool {
	return a.Answer == Granted && a.EndedOn == "" && a.Until < today
}

// Filter narrows the requests; zero values do not narrow.
type Filter struct {
	ResourceID, UnitID, ProviderID string
	Late, Unused                   bool   // not answered in time; delivered and never used
	After                          string // id of the last row of the page before, newest first
	Limit                          int64
	Today                          calendar.Date
}

// List pages through the requests that an actor may see, newest first: they are
// for the two units, and for those who oversee all.
func List(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) ([]Asked, error) {
	var args db.Args
	where := actor.Sees("m", &args)
	for _, c := range [][2]string{{"s.resource_id", f.ResourceID}, {"s.unit_id", f.UnitID}, {"s.provider_unit_id", f.ProviderID}} {
		if c[1] != "" {
			where += " AND " + c[0] + " = " + args.Add(c[1])
		}
	}
	if f.Late {
		day := args.Add(string(f.Today))
		where += " AND s.answer_due <> '' AND (s.answered_on > s.answer_due OR s.answered_on = '' AND s.answer_due < " + day + ")"
	}
	if f.Unused {
		where += " AND s.delivered_on <> '' AND s.used_on = '' AND s.ended_on = ''"
	}
	if f.After != "" {
		where += " AND s.id < " + args.Add(f.After)
	}
	if f.Limit < 1 || f.Limit > 500 {
		f.Limit = 100
	}
	return db.All(ctx, q, func(s db.Scanner) (Asked, error) {
		var a Asked
		err := s.Scan(&a.ID, &a.ResourceID, &a.Resource, &a.UnitID, &a.ProviderID, &a.Type, &a.State, &a.AskedOn, &a.Due, &a.Answer, &a.AnsweredOn, &a.Until, &a.DeliveredOn, &a.UsedOn, &a.EndedOn)
		return a, err
	}, `SELECT s.id, s.resource_id, r.name, s.unit_id, s.provider_unit_id, s.share_type, m.state, s.asked_on, s.answer_due, s.answer, s.answered_on, s.until_on, s.delivered_on, s.used_on, s.ended_on
		FROM share_request s JOIN matter m ON m.id = s.id JOIN resource r ON r.id = s.resource_id WHERE `+where+` ORDER BY s.id DESC LIMIT `+args.Add(f.Limit), args.List()...)
}

// Users are the units that were granted the resources of a system and have not
// stopped, by resource.
func Users(ctx context.Context, q db.Querier, systemID string) (map[string][]string, error) {
	out := map[string][]string{}
	_, err := db.All(ctx, q, func(s db.Scanner) (struct{}, error) {
		var resource, unit string
		err := s.Scan(&resource, &unit)
		out[resource] = append(out[resource], unit)
		return struct{}{}, err
	}, `SELECT DISTINCT s.resource_id, s.unit_id FROM share_request s JOIN resource r ON r.id = s.resource_id WHERE r.system_id = $1 AND s.answer = '`+Granted+`' AND s.ended_on = '' ORDER BY s.resource_id, s.unit_id`, systemID)
	return out, err
}
