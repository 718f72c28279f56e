package responsibility

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
)

// OfUnit is how a unit stands: its list, and what its catalogue says beside it.
type OfUnit struct {
	UnitID   string        `json:"unit_id"`
	ListID   string        `json:"list_id"` // "" while it has none
	Version  int64         `json:"version"`
	State    string        `json:"state"` // signed, filed
	Entries  int64         `json:"entries"`
	SignedOn calendar.Date `json:"signed_on"`
	FiledOn  calendar.Date `json:"filed_on"`
	Offered  int64         `json:"offered"`  // published entries that may be shared
	Unlisted int64         `json:"unlisted"` // of them not on the list
}

// Gone is how many entries of the list may not be shared any more.
func (u OfUnit) Gone() int64 { return u.Entries - (u.Offered - u.Unlisted) }

// Behind reports whether the list lags behind the catalogue.
func (u OfUnit) Behind() bool { return u.ListID != "" && (u.Unlisted > 0 || u.Gone() > 0) }

// within is the jurisdiction whose lists an actor may read, all of it or nothing:
// a signed list is there for every unit.
func within(actor identity.Actor) string {
	if actor.Administrator() || len(actor.Roles) == 0 && !actor.IsSystem() {
		return ""
	}
	return actor.Jurisdiction
}

// Units lists the units that have a list or something to list.
func Units(ctx context.Context, q db.Querier, actor identity.Actor) ([]OfUnit, error) {
	return db.All(ctx, q, func(s db.Scanner) (OfUnit, error) {
		var u OfUnit
		err := s.Scan(&u.UnitID, &u.ListID, &u.Version, &u.State, &u.Entries, &u.SignedOn, &u.FiledOn, &u.Offered, &u.Unlisted)
		return u, err
	}, `SELECT u.id, COALESCE(s.id, ''), COALESCE(s.version, 0), COALESCE(s.state, ''), COALESCE(s.entries, 0), COALESCE(s.signed_on, ''), COALESCE(s.filed_on, ''),
		COALESCE(o.offered, 0), COALESCE(o.unlisted, 0)
		FROM unit u LEFT JOIN responsibility_list s ON s.unit_id = u.id AND s.standing = 1
		LEFT JOIN (SELECT r.unit_id, COUNT(*) AS offered, SUM(CASE WHEN EXISTS (SELECT 1 FROM responsibility_line l JOIN responsibility_list t ON t.id = l.matter_id AND t.standing = 1
			WHERE l.resource_id = r.id) THEN 0 ELSE 1 END) AS unlisted FROM resource r WHERE r.jurisdiction = $1 AND `+catalogue.Offered+` GROUP BY r.unit_id) o ON o.unit_id = u.id
		WHERE u.jurisdiction = $1 AND (s.id IS NOT NULL OR o.offered > 0) ORDER BY u.id LIMIT 2000`, within(actor))
}

// Filter narrows what is published: one unit, or one signed list instead of the
// standing ones; zero values do not narrow.
type Filter struct{ UnitID, ListID string }

// Published is an entry of a signed list with what is true of it today.
type Published struct {
	UnitID    string
	Version   int64
	SignedOn  calendar.Date
	Line      Line
	Entry     catalogue.Shareable
	Service   string // where it is served, once shelved
	UpdatedOn calendar.Date
}

// MostPublished is how many entries one export takes.
const MostPublished = 20_000

// Entries lists what is published: of the standing lists of the city, of one unit,
// or of one signed list. What may not be shared any more is not in it, whatever the
// list said when it was signed, nor an item that has become sensitive or kept back.
func Entries(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) ([]Published, error) {
	var args db.Args
	where := "s.jurisdiction = " + args.Add(within(actor)) + " AND " + catalogue.Offered
	if f.ListID != "" {
		where += " AND s.id = " + args.Add(f.ListID) + " AND s.state <> 'returned'"
	} else {
		where += " AND s.standing = 1"
	}
	if f.UnitID != "" {
		where += " AND s.unit_id = " + args.Add(f.UnitID)
	}
	from := ` FROM responsibility_list s JOIN responsibility_line l ON l.matter_id = s.id JOIN resource r ON r.id = l.resource_id`
	out, err := db.All(ctx, q, func(s db.Scanner) (Published, error) {
		var p Published
		l := &p.Line
		if err := s.Scan(&p.UnitID, &p.Version, &p.SignedOn, &l.Name, &l.Items, &l.Cycle, &l.Service, &l.Provision, &l.Office, &l.Keeper, &l.Code, &l.Resource, &l.Entry, &p.Service, &p.UpdatedOn); err != nil {
			return p, err
		}
		var err error
		p.Entry, err = entryOf(l.Entry)
		return p, err
	}, `SELECT s.unit_id, s.version, s.signed_on, l.name, l.items, l.cycle, l.service, l.provision, l.office, l.keeper, l.code, l.resource_id, l.entry, r.service, r.updated_on`+from+
		` WHERE `+where+` ORDER BY s.unit_id, l.seq LIMIT `+args.Add(int64(MostPublished+1)), args.List()...)
	if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, problem.New(problem.NotFound, "没有已经签发、现在可以共享开放的责任清单事项")
	}
	if len(out) > MostPublished {
		return nil, problem.New(problem.Invalid, "清单事项超过 %d 项，请按单位导出", MostPublished)
	}
	return out, withhold(ctx, q, out)
}

// withhold takes out of a list the items that are sensitive or kept back today.
func withhold(ctx context.Context, q db.Querier, list []Published) error {
	back := map[[2]string]bool{}
	unit, many := list[0].UnitID, false
	for _, p := range list {
		many = many || p.UnitID != unit
	}
	where, args := "1 = 1", []any(nil)
	if !many {
		where, args = "r.unit_id = $1", []any{unit}
	}
	if err := db.Together(ctx, q, db.Each(func(s db.Scanner) error {
		var k [2]string
		err := s.Scan(&k[0], &k[1])
		back[k] = true
		return err
	}, `SELECT i.resource_id, i.name FROM resource_item i JOIN resource r ON r.id = i.resource_id WHERE (i.sensitive = 1 OR i.kept_back = 1) AND `+where, args...)); err != nil {
		return err
	}
	for n := range list {
		p := &list[n]
		kept := make([]catalogue.SharedItem, 0, len(p.Entry.Items))
		for _, i := range p.Entry.Items {
			if !back[[2]string{p.Entry.ID, i.Name}] {
				kept = append(kept, i)
			}
		}
		p.Entry.Items, p.Line.Items = kept, names(kept)
	}
	return nil
}
