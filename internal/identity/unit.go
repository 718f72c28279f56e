package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/google/uuid"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
)

// UnitKinds are the sorts of unit of Article 3 and 36.
var UnitKinds = []form.Option{{ID: "department", Label: "市直单位"}, {ID: "institution", Label: "市属事业单位"}, {ID: "enterprise", Label: "市属企业"},
	{ID: "vertical", Label: "垂直管理单位"}, {ID: "district", Label: "县级（参照）"}}

// Unit is a department, institution or enterprise of a jurisdiction.
type Unit struct {
	ID, Jurisdiction, Name, ShortName, Code, USCC, Kind, Group, ParentID, Office, Phone string
	Active                                                                              bool
	Rev                                                                                 int64
	AddedAt                                                                             int64 // written only; 0: there from the first
}

const unitColumns = `u.id, u.jurisdiction, u.name, u.short_name, u.code, u.uscc, u.kind, u.grp, u.parent_id, u.office, u.phone, u.active, u.rev`

func scanUnit(s db.Scanner) (Unit, error) {
	var u Unit
	var active int64
	err := s.Scan(&u.ID, &u.Jurisdiction, &u.Name, &u.ShortName, &u.Code, &u.USCC, &u.Kind, &u.Group, &u.ParentID, &u.Office, &u.Phone, &active, &u.Rev)
	u.Active = active == 1
	return u, err
}

// AddUnit enters a unit; an empty id is made.
func AddUnit(ctx context.Context, tx *db.Tx, u Unit) (Unit, error) {
	if u.ID == "" {
		u.ID = uuid.Must(uuid.NewV7()).String()
	}
	u.Active, u.Rev = true, 1
	err := tx.Later(ctx, `INSERT INTO unit (id, jurisdiction, name, short_name, code, uscc, kind, grp, parent_id, office, phone, sort_key, normal_name, added_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
		u.ID, u.Jurisdiction, u.Name, u.ShortName, u.Code, u.USCC, u.Kind, u.Group, u.ParentID, u.Office, u.Phone, hanzi.SortKey(u.ShortName), hanzi.NormalName(u.Name), u.AddedAt)
	if err != nil {
		return u, fmt.Errorf("add unit %s: %w", u.Code, err)
	}
	return u, nil
}

// Units lists the active units of a jurisdiction by pinyin.
func Units(ctx context.Context, q db.Querier, jurisdiction string) ([]Unit, error) {
	return db.All(ctx, q, scanUnit, `SELECT `+unitColumns+` FROM unit u WHERE u.jurisdiction = $1 AND u.active = 1 AND u.kind <> 'panel' ORDER BY u.sort_key, u.id`, jurisdiction)
}

// UnitsOf lists the units of the actor's jurisdiction that are in use, or those that are not.
func (a Administration) UnitsOf(ctx context.Context, actor Actor, active bool) ([]Unit, error) {
	return db.All(ctx, a.DB.Reader(ctx), scanUnit, `SELECT `+unitColumns+` FROM unit u WHERE u.jurisdiction = $1 AND u.active = $2 AND u.kind <> 'panel' ORDER BY u.sort_key, u.id LIMIT 5000`,
		actor.Jurisdiction, db.Flag(active))
}

// Matches reports whether the unit is one that somebody looks for by name or code.
func (u Unit) Matches(text string) bool {
	text = strings.ToLower(hanzi.NormalName(text))
	for _, n := range []string{u.Name, u.ShortName, u.Code, u.USCC} {
		if strings.Contains(strings.ToLower(hanzi.NormalName(n)), text) {
			return true
		}
	}
	return strings.Contains(hanzi.SortKey(u.ShortName), text)
}

// Headcount counts the active people of each unit of the actor's jurisdiction.
func (a Administration) Headcount(ctx context.Context, actor Actor) (map[string]int64, error) {
	type row struct {
		unit string
		n    int64
	}
	rows, err := db.All(ctx, a.DB.Reader(ctx), func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.unit, &r.n)
		return r, err
	}, `SELECT unit_id, COUNT(*) FROM person WHERE jurisdiction = $1 AND active = 1 GROUP BY unit_id ORDER BY unit_id`, actor.Jurisdiction)
	out := map[string]int64{}
	for _, r := range rows {
		out[r.unit] = r.n
	}
	return out, err
}

// ObligedByKind is the obligation of a unit u where unit_year says nothing.
const ObligedByKind = `CASE WHEN u.office = 'bigdata' OR u.kind IN ('vertical','district','panel') THEN 0 ELSE 1 END`

// ObligedUnits lists the units that owe the yearly duties of a plan year: every
// municipal unit but the bureau (“其他市直单位”, Article 6), vertically managed
// offices and districts, unless unit_year says otherwise.
func ObligedUnits(ctx context.Context, q db.Querier, jurisdiction string, year int) ([]Unit, error) {
	return db.All(ctx, q, scanUnit, `SELECT `+unitColumns+` FROM unit u LEFT JOIN unit_year y ON y.unit_id = u.id AND y.year = $2
		WHERE u.jurisdiction = $1 AND u.active = 1 AND COALESCE(y.obliged, `+ObligedByKind+`) = 1
		ORDER BY u.sort_key, u.id`, jurisdiction, int64(year))
}

// USCCCheck reports whether the check character of an 18-character unified
// social credit code is right (GB 32100-2015). Some early real codes fail, so
// a failure is a warning, not an error.
func USCCCheck(s string) bool {
	const set = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	if len(s) != 18 {
		return false
	}
	weight, sum := 1, 0
	for i := range 17 {
		v := strings.IndexByte(set, s[i])
		if v < 0 {
			return false
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return set[(31-sum%31)%31] == s[17]
}

// Directory holds all units in memory, for names on pages and matching on
// import. Reload it after units change.
type Directory struct {
	reading  sync.Mutex // held by the one who reads the units again
	mu       sync.RWMutex
	byID     map[string]Unit
	byOffice map[string]Unit // jurisdiction/office
	byName   map[string]Unit // jurisdiction/folded full and short names; the counties of all under no jurisdiction
	lists    map[string][]Unit
	places   []Jurisdiction
}

// Jurisdiction has its own units, people, parameters and numbers (Article 36).
type Jurisdiction struct {
	ID, Name string
	Own      bool // the Measures bind; elsewhere they are followed by reference
}

// Jurisdiction finds a jurisdiction; one that does not exist is empty.
func (d *Directory) Jurisdiction(id string) Jurisdiction {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for _, j := range d.places {
		if j.ID == id {
			return j
		}
	}
	return Jurisdiction{}
}

// Jurisdictions lists all, the city first.
func (d *Directory) Jurisdictions() []Jurisdiction {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.places
}

// LoadDirectory reads every unit.
func LoadDirectory(ctx context.Context, d *db.DB) (*Directory, error) {
	dir := &Directory{}
	return dir, dir.Reload(ctx, d.Reader(ctx))
}

// Reload reads the units again. One at a time: a reading begun before a change
// must not replace one begun after it.
func (d *Directory) Reload(ctx context.Context, q db.Querier) error {
	d.reading.Lock()
	defer d.reading.Unlock()
	all, err := db.All(ctx, q, scanUnit, `SELECT `+unitColumns+` FROM unit u ORDER BY u.id`)
	if err != nil {
		return err
	}
	places, err := db.All(ctx, q, func(s db.Scanner) (Jurisdiction, error) {
		var j Jurisdiction
		var measures string
		err := s.Scan(&j.ID, &j.Name, &measures)
		j.Own = measures == "own"
		return j, err
	}, `SELECT id, name, measures FROM jurisdiction ORDER BY measures, id`)
	if err != nil {
		return err
	}
	byID, byOffice, byName := map[string]Unit{}, map[string]Unit{}, map[string]Unit{}
	for _, u := range all {
		byID[u.ID] = u
		if u.Office != "" && u.Active {
			byOffice[u.Jurisdiction+"/"+u.Office] = u
		}
		for _, n := range []string{u.Name, u.ShortName, strings.TrimPrefix(u.ShortName, "市"), strings.TrimPrefix(u.Name, "六盘水市"), u.Code} {
			for _, key := range []string{u.Jurisdiction + "/" + hanzi.NormalName(n), "/" + hanzi.NormalName(n)} {
				if old := byName[key]; (old.ID == "" || u.Active && !old.Active) && (key[0] != '/' || u.Kind == "district") {
					byName[key] = u
				}
			}
		}
	}
	lists := map[string][]Unit{}
	for _, u := range all {
		if u.Active && u.Kind != "panel" {
			lists[u.Jurisdiction] = append(lists[u.Jurisdiction], u)
		}
	}
	for _, l := range lists {
		slices.SortStableFunc(l, func(a, b Unit) int { return strings.Compare(hanzi.SortKey(a.ShortName), hanzi.SortKey(b.ShortName)) })
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.byID, d.byOffice, d.byName, d.lists, d.places = byID, byOffice, byName, lists, places
	return nil
}

// Of lists the active units of a jurisdiction by pinyin, as Units does. The
// list is shared: it must not be changed.
func (d *Directory) Of(jurisdiction string) []Unit {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.lists[jurisdiction]
}

// ByID finds a unit.
func (d *Directory) ByID(id string) (Unit, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	u, ok := d.byID[id]
	return u, ok
}

// ByOffice finds the unit that holds an office in a jurisdiction.
func (d *Directory) ByOffice(jurisdiction, office string) (Unit, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	u, ok := d.byOffice[jurisdiction+"/"+office]
	return u, ok
}

// Match finds a unit of a jurisdiction by what people write: full or short name,
// with or without the city's name before it. Of other jurisdictions it knows the
// counties themselves only, whose names are no secret, so that a row of theirs
// can be refused by name.
func (d *Directory) Match(jurisdiction, name string) (Unit, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	key := hanzi.NormalName(name)
	for _, within := range []string{jurisdiction + "/", "/"} {
		for _, k := range []string{key, strings.TrimPrefix(key, "六盘水市"), strings.TrimPrefix(key, "市")} {
			if u, ok := d.byName[within+k]; ok && k != "" {
				return u, true
			}
		}
	}
	return Unit{}, false
}

// Named lists the ids of the units whose name or short name has the word in it.
func (d *Directory) Named(jurisdiction, word string) []string {
	var out []string
	for _, u := range d.Of(jurisdiction) {
		if strings.Contains(u.Name, word) || strings.Contains(u.ShortName, word) {
			out = append(out, u.ID)
		}
	}
	return out
}

// Name is the short name of a unit id, or "" for an unknown one.
func (d *Directory) Name(id string) string {
	u, _ := d.ByID(id)
	return u.ShortName
}
