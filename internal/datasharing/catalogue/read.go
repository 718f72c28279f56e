package catalogue

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Resource is an entry of the catalogue as published.
type Resource struct {
	ID             string        `json:"id"`
	UnitID         string        `json:"unit_id"`
	SystemID       string        `json:"system_id"`
	System         string        `json:"system"`
	Code           string        `json:"code"`
	Name           string        `json:"name"`
	Abstract       string        `json:"abstract"`
	Class          string        `json:"class"`
	Format         string        `json:"format"`
	ShareType      string        `json:"share_type"`
	ShareCondition string        `json:"share_condition"`
	ShareBasis     string        `json:"share_basis"`
	Way            string        `json:"share_way"`
	OpenType       string        `json:"open_type"`
	OpenCondition  string        `json:"open_condition"`
	Cycle          string        `json:"cycle"`
	Level          string        `json:"data_level"`
	Personal       bool          `json:"personal"`
	Office         string        `json:"office"`
	Keeper         string        `json:"keeper"`
	Items          int64         `json:"items"`
	State          string        `json:"state"`
	PublishedOn    calendar.Date `json:"published_on"`
	ShelveDue      calendar.Date `json:"shelve_due"`
	ShelvedOn      calendar.Date `json:"shelved_on"`
	Service        string        `json:"service"`
	UpdatedOn      calendar.Date `json:"updated_on"`
	NextUpdate     calendar.Date `json:"next_update"`
	OpenedOn       calendar.Date `json:"opened_on"`
	Authorised     bool          `json:"authorised"`
}

// States of a published resource.
var States = []form.Option{{ID: string(Published), Label: "已发布，未上架"}, {ID: string(Shelved), Label: "已上架"}, {ID: string(Suspended), Label: "暂停"}, {ID: string(Withdrawn), Label: "已撤销"}}

// Troubles are what the catalogue is searched for on behalf of Articles 24 and 25.
var Troubles = []form.Option{{ID: "unshelved", Label: "逾期未上架"}, {ID: "stale", Label: "逾期未更新"}}

// Late is what is overdue of a resource today, "" when nothing is.
func (r Resource) Late(today calendar.Date) string {
	switch {
	case r.State == string(Published) && r.ShelveDue != "" && r.ShelveDue < today:
		return "unshelved"
	case r.NextUpdate != "" && r.NextUpdate < today:
		return "stale"
	}
	return ""
}

const columns = `r.id, r.unit_id, r.system_id, y.name, r.code, r.name, r.abstract, r.class, r.format, r.share_type, r.share_condition, r.share_basis, r.share_way, r.open_type, r.open_condition, r.cycle, r.data_level,
	r.personal, r.office, r.keeper, r.items, r.state, r.published_on, r.shelve_due, r.shelved_on, r.service, r.updated_on, r.next_update, r.opened_on, r.authorised`

func scan(s db.Scanner) (Resource, error) {
	var r Resource
	var personal, authorised int64
	err := s.Scan(&r.ID, &r.UnitID, &r.SystemID, &r.System, &r.Code, &r.Name, &r.Abstract, &r.Class, &r.Format, &r.ShareType, &r.ShareCondition, &r.ShareBasis, &r.Way, &r.OpenType, &r.OpenCondition, &r.Cycle, &r.Level,
		&personal, &r.Office, &r.Keeper, &r.Items, &r.State, &r.PublishedOn, &r.ShelveDue, &r.ShelvedOn, &r.Service, &r.UpdatedOn, &r.NextUpdate, &r.OpenedOn, &authorised)
	r.Personal, r.Authorised = personal == 1, authorised == 1
	return r, err
}

// Filter narrows the catalogue; zero values do not narrow, but withdrawn entries
// are listed only when they are asked for.
type Filter struct {
	UnitID, SystemID, State, ShareType, Level string
	Trouble                                   string                     // one of Troubles
	Text                                      string                     // words of the name, the items or the unit, or the beginning of a code
	Units                                     func(word string) []string // ids of the units that a word names; nil: none
	After                                     string                     // id of the last row of the page before, by name
	Limit                                     int64                      // 1 to 500, else 100
	Today                                     calendar.Date
}

// sees is what an actor may see of the catalogue: a published entry is there for
// every unit of the jurisdiction to find.
func sees(actor identity.Actor, args *db.Args) string {
	if actor.Administrator() || len(actor.Roles) == 0 && !actor.IsSystem() {
		return "1 = 0"
	}
	return "r.jurisdiction = " + args.Add(actor.Jurisdiction)
}

func (f Filter) where(actor identity.Actor, args *db.Args) string {
	w := sees(actor, args)
	for _, c := range [][2]string{{"r.unit_id", f.UnitID}, {"r.system_id", f.SystemID}, {"r.share_type", f.ShareType}, {"r.data_level", f.Level}, {"r.state", f.State}} {
		if c[1] != "" {
			w += " AND " + c[0] + " = " + args.Add(c[1])
		}
	}
	if f.State == "" {
		w += " AND r.state <> 'withdrawn'"
	}
	switch f.Trouble {
	case "unshelved":
		w += " AND r.state = 'published' AND r.shelve_due <> '' AND r.shelve_due < " + args.Add(string(f.Today))
	case "stale":
		w += " AND r.next_update <> '' AND r.next_update < " + args.Add(string(f.Today))
	}
	return w
}

// from is where a filter is looked for, and under which condition. A word that few
// entries have leads to them; others are asked of each entry in the order of the list,
// which has soon a page full.
func (f Filter) from(ctx context.Context, q db.Querier, actor identity.Actor, args *db.Args) (from, where string, err error) {
	from, where = "resource r", f.where(actor, args)
	words := strings.Fields(f.Text)
	for _, word := range words[:min(len(words), 4)] {
		var any []string
		tokens := hanzi.QueryTokens(word)
		tokens = tokens[:min(len(tokens), 8)]
		code := hanzi.Fold(word)
		if strings.Trim(code, "0123456789/") != "" {
			code = ""
		} else if len(code) > 4 { // longer than a year: nothing but a code
			tokens = nil
		}
		found := int64(registry.Common)
		if len(tokens) > 0 {
			if tokens, found, err = registry.RarestFirst(ctx, q, actor.Jurisdiction, Key, tokens); err != nil {
				return from, where, err
			}
		}
		has := func(token, ref string) string {
			return "SELECT o.ref FROM search_posting o WHERE o.token = " + args.Add(token) + " AND o.jurisdiction = " + args.Add(actor.Jurisdiction) + " AND o.kind = '" + Key + "'" + ref
		}
		if code != "" {
			any = append(any, fmt.Sprintf("SUBSTR(r.code, 1, %d) = ", len(code))+args.Add(code))
		}
		if f.Units != nil {
			if ids := f.Units(word); len(ids) > 0 {
				any = append(any, "r.unit_id IN "+args.In(ids...))
			}
		}
		switch {
		case len(tokens) > 0 && found < registry.Common && any == nil && from == "resource r":
			from, where = "("+has(tokens[0], "")+") h CROSS JOIN resource r", where+" AND r.id = h.ref"
			tokens = tokens[1:]
		case len(tokens) == 0 && any == nil:
			return from, where + " AND 1 = 0", nil
		}
		var each []string
		for _, t := range tokens {
			each = append(each, "EXISTS ("+has(t, " AND o.ref = r.id")+")")
		}
		if len(each) > 0 {
			any = append(any, "("+strings.Join(each, " AND ")+")")
		}
		if len(any) > 0 {
			where += " AND (" + strings.Join(any, " OR ") + ")"
		}
	}
	return from, where, nil
}

// List pages through the catalogue by name.
func List(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) ([]Resource, error) {
	var args db.Args
	from, where, err := f.from(ctx, q, actor, &args)
	if err != nil {
		return nil, err
	}
	if f.After != "" {
		after := args.Add(f.After)
		where += " AND (r.sort_key, r.id) > ((SELECT l.sort_key FROM resource l WHERE l.id = " + after + "), " + after + ")"
	}
	if f.Limit < 1 || f.Limit > 500 {
		f.Limit = 100
	}
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM `+from+` JOIN info_system y ON y.id = r.system_id WHERE `+where+` ORDER BY r.sort_key, r.id LIMIT `+args.Add(f.Limit), args.List()...)
}

// Counts are how many entries a filter finds, and what is overdue among them.
type Counts struct {
	All, Shelved, Unshelved, Stale int64
	More                           bool // a search found more than MostCounted, which are not counted on
}

// MostCounted is up to where the finds of a search are counted.
const MostCounted = 1000

// Count counts what List would list, from its first page on. The whole catalogue is
// counted by its indices.
func Count(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) (Counts, error) {
	scan := func(s db.Scanner) (Counts, error) {
		var c Counts
		err := s.Scan(&c.All, &c.Shelved, &c.Unshelved, &c.Stale)
		return c, err
	}
	var args db.Args
	if f.whole() {
		today := args.Add(string(f.Today))
		in := ` FROM resource r WHERE ` + sees(actor, &args)
		return db.One(ctx, q, scan, `SELECT CAST(COALESCE(SUM(c.n), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN c.state = 'shelved' THEN c.n END), 0) AS BIGINT),
			(SELECT COUNT(*)`+in+` AND r.state = 'published' AND r.shelve_due <> '' AND r.shelve_due < `+today+`),
			(SELECT COUNT(*)`+in+` AND r.next_update <> '' AND r.next_update < `+today+`)
			FROM (SELECT r.state, COUNT(*) AS n`+in+` GROUP BY r.state) c WHERE c.state <> 'withdrawn'`, args.List()...)
	}
	from, where, err := f.from(ctx, q, actor, &args)
	if err != nil {
		return Counts{}, err
	}
	today, limit := args.Add(string(f.Today)), ""
	if f.Text != "" {
		limit = " LIMIT " + args.Add(int64(MostCounted+1))
	}
	c, err := db.One(ctx, q, scan, `SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN r.state = 'shelved' THEN 1 ELSE 0 END), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN r.state = 'published' AND r.shelve_due <> '' AND r.shelve_due < `+today+` THEN 1 ELSE 0 END), 0) AS BIGINT),
		CAST(COALESCE(SUM(CASE WHEN r.next_update <> '' AND r.next_update < `+today+` THEN 1 ELSE 0 END), 0) AS BIGINT)
		FROM (SELECT r.state, r.shelve_due, r.next_update FROM `+from+` WHERE `+where+limit+`) r`, args.List()...)
	if c.More = c.All > MostCounted; c.More {
		c.All = MostCounted
	}
	return c, err
}

// whole reports whether nothing narrows the catalogue.
func (f Filter) whole() bool {
	return f.UnitID+f.SystemID+f.State+f.ShareType+f.Level+f.Trouble+f.Text == ""
}

// Share is how far the catalogue of a system has come.
type Share struct {
	SystemID                  string
	All, Shelved, ToBeShelved int64
}

// OfSystems counts the entries of systems, those with any.
func OfSystems(ctx context.Context, q db.Querier, systems []string) ([]Share, error) {
	var args db.Args
	return db.All(ctx, q, func(s db.Scanner) (Share, error) {
		var c Share
		err := s.Scan(&c.SystemID, &c.All, &c.Shelved, &c.ToBeShelved)
		return c, err
	}, `SELECT r.system_id, COUNT(*), CAST(SUM(CASE WHEN r.shelved_on <> '' THEN 1 ELSE 0 END) AS BIGINT), CAST(SUM(CASE WHEN r.state = 'published' AND r.share_type <> 'none' THEN 1 ELSE 0 END) AS BIGINT)
		FROM resource r WHERE r.system_id IN `+args.In(systems...)+` AND r.state <> 'withdrawn' GROUP BY r.system_id ORDER BY r.system_id`, args.List()...)
}

// Named is an item as published.
type Named struct {
	Seq       int64  `json:"seq"`
	Name      string `json:"name"`
	Field     string `json:"field_name"`
	Type      string `json:"data_type"`
	Size      string `json:"size"`
	Main      bool   `json:"main_key"`
	Sensitive bool   `json:"sensitive"`
	KeptBack  bool   `json:"kept_back"`
}

// ItemsOf lists the published items of a resource.
func ItemsOf(ctx context.Context, q db.Querier, resourceID string) ([]Named, error) {
	return db.All(ctx, q, func(s db.Scanner) (Named, error) {
		var n Named
		var main, sensitive, back int64
		err := s.Scan(&n.Seq, &n.Name, &n.Field, &n.Type, &n.Size, &main, &sensitive, &back)
		n.Main, n.Sensitive, n.KeptBack = main == 1, sensitive == 1, back == 1
		return n, err
	}, `SELECT seq, name, field_name, data_type, size, main_key, sensitive, kept_back FROM resource_item WHERE resource_id = $1 ORDER BY seq`, resourceID)
}

// Load reads one resource of the catalogue, withdrawn or not.
func Load(ctx context.Context, q db.Querier, actor identity.Actor, id string) (Resource, error) {
	var args db.Args
	r, err := db.One(ctx, q, scan, `SELECT `+columns+` FROM resource r JOIN info_system y ON y.id = r.system_id WHERE r.id = `+args.Add(id)+` AND `+sees(actor, &args), args.List()...)
	if db.None(err) {
		return r, problem.Missing("这条目录")
	}
	return r, err
}

// OfSystem lists the entries of a system that have not been withdrawn.
func OfSystem(ctx context.Context, q db.Querier, systemID string) ([]Resource, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM resource r JOIN info_system y ON y.id = r.system_id WHERE r.system_id = $1 AND r.state <> 'withdrawn' ORDER BY r.code`, systemID)
}
