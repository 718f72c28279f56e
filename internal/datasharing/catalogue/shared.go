package catalogue

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
)

// Shareable is a published entry as others may know it: its metadata and the
// items that are shared, no others. The keys are those of the form, so that an
// entry can be read in again.
type Shareable struct {
	ID             string        `json:"id"`
	Code           string        `json:"code"`
	Name           string        `json:"name"`
	System         string        `json:"system"`
	Abstract       string        `json:"abstract"`
	Format         string        `json:"format"`
	Range          string        `json:"range,omitempty"`
	Cycle          string        `json:"cycle"`
	CycleNote      string        `json:"cycle_note,omitempty"`
	Related        string        `json:"related,omitempty"`
	Level          string        `json:"data_level"`
	Personal       bool          `json:"personal,omitempty"`
	Authorised     bool          `json:"authorised,omitempty"`
	ShareType      string        `json:"share_type"`
	ShareCondition string        `json:"share_condition,omitempty"`
	Way            string        `json:"share_way"`
	OpenType       string        `json:"open_type"`
	OpenCondition  string        `json:"open_condition,omitempty"`
	Office         string        `json:"office"`
	Keeper         string        `json:"keeper"`
	Phone          string        `json:"phone,omitempty"`
	PublishedOn    calendar.Date `json:"published_on"`
	Items          []SharedItem  `json:"items"`
}

// SharedItem is an information item that is shared.
type SharedItem struct {
	Name  string `json:"name"`
	Field string `json:"field_name,omitempty"`
	Type  string `json:"data_type"`
	Size  string `json:"size,omitempty"`
	Main  bool   `json:"main_key,omitempty"`
}

// Offered is the predicate over published entries r that may be shared now: what
// is suspended, withdrawn or not shared is not offered, nor what has items and
// each of them sensitive or kept back; what has not passed its secrecy check was
// never published.
const Offered = `r.state IN ('published', 'shelved') AND r.share_type <> 'none'
	AND (r.items = 0 OR EXISTS (SELECT 1 FROM resource_item i WHERE i.resource_id = r.id AND i.sensitive = 0 AND i.kept_back = 0))`

// Shared lists the entries of a unit that may be shared, by name, with the items
// that are.
func Shared(ctx context.Context, q db.Querier, unitID string) ([]Shareable, error) {
	all, err := db.All(ctx, q, func(s db.Scanner) (Shareable, error) {
		e := Shareable{Items: []SharedItem{}}
		var personal, authorised int64
		err := s.Scan(&e.ID, &e.Code, &e.Name, &e.System, &e.Abstract, &e.Format, &e.Range, &e.Cycle, &e.CycleNote, &e.Related, &e.Level, &personal, &authorised,
			&e.ShareType, &e.ShareCondition, &e.Way, &e.OpenType, &e.OpenCondition, &e.Office, &e.Keeper, &e.Phone, &e.PublishedOn)
		e.Personal, e.Authorised = personal == 1, authorised == 1
		return e, err
	}, `SELECT r.id, r.code, r.name, y.name, r.abstract, r.format, r.data_range, r.cycle, r.cycle_note, r.related, r.data_level, r.personal, r.authorised,
		r.share_type, r.share_condition, r.share_way, r.open_type, r.open_condition, r.office, r.keeper, r.phone, r.published_on
		FROM resource r JOIN info_system y ON y.id = r.system_id WHERE r.unit_id = $1 AND `+Offered+`
		ORDER BY r.sort_key, r.id`, unitID)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, e := range all {
		at[e.ID] = i
	}
	err = db.Together(ctx, q, db.Each(func(s db.Scanner) error {
		var id string
		var i SharedItem
		var main int64
		if err := s.Scan(&id, &i.Name, &i.Field, &i.Type, &i.Size, &main); err != nil {
			return err
		}
		i.Main = main == 1
		if n, ok := at[id]; ok {
			all[n].Items = append(all[n].Items, i)
		}
		return nil
	}, `SELECT i.resource_id, i.name, i.field_name, i.data_type, i.size, i.main_key FROM resource r JOIN resource_item i ON i.resource_id = r.id
		WHERE r.unit_id = $1 AND `+Offered+` AND i.sensitive = 0 AND i.kept_back = 0 ORDER BY i.resource_id, i.seq`, unitID))
	return all, err
}
