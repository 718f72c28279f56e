package registry_test

import (
	"context"
	"slices"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// city has its bureau, a finance office, a department with a second-level unit,
// another department, and a county beside it.
type city struct {
	t   *testing.T
	ctx context.Context
	db  *db.DB
}

func inCity(t *testing.T, fn func(t *testing.T, c *city)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := &city{t: t, ctx: t.Context(), db: d}
		c.write(func(tx *db.Tx) error {
			if _, err := tx.Exec(c.ctx, `INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ('city', '试验市', '5202', '试验', 'own'), ('county', '试验县', '520221', '试验', 'reference')`); err != nil {
				return err
			}
			for _, id := range []string{"bureau", "finance", "water", "hydro", "health", "county"} {
				a := actor(id)
				u := identity.Unit{ID: id, Jurisdiction: a.Jurisdiction, Name: id, ShortName: id, Code: id, Kind: "department", Office: a.Office, ParentID: a.ParentUnitID}
				if _, err := identity.AddUnit(c.ctx, tx, u); err != nil {
					return err
				}
			}
			return nil
		})
		fn(t, c)
	})
}

// actor is somebody of a unit, its clerk unless roles are given.
func actor(unit string, roles ...string) identity.Actor {
	a := identity.Actor{ID: unit, Jurisdiction: "city", UnitID: unit, Roles: roles}
	if len(roles) == 0 {
		a.Roles = []string{identity.Clerk}
	}
	switch unit {
	case "bureau":
		a.Office = identity.BigData
	case "finance":
		a.Office = identity.Finance
	case "hydro":
		a.ParentUnitID = "water"
	case "county":
		a.Jurisdiction = "county"
	}
	return a
}

// add enters a project for 2027, new and filed unless change says otherwise.
func (c *city) add(unit, name string, estimate money.Fen, change ...func(p *registry.Project)) registry.Project {
	c.t.Helper()
	a := actor(unit)
	p := registry.Project{Jurisdiction: a.Jurisdiction, UnitID: unit, ParentUnitID: a.ParentUnitID, Code: "LPS-2027-" + unit + "-" + name, Name: name,
		Year: 2027, BuildKind: registry.New, Stage: registry.Planned, Origin: "plan", Estimate: estimate}
	for _, fn := range change {
		fn(&p)
	}
	c.write(func(tx *db.Tx) error {
		var err error
		p, err = registry.Add(c.ctx, tx, p, 1)
		return err
	})
	return p
}

func (c *city) write(fn func(tx *db.Tx) error) {
	c.t.Helper()
	must(c.t, c.db.Write(c.ctx, fn))
}

func (c *city) total(a identity.Actor, f registry.Filter) registry.Totals {
	c.t.Helper()
	sum, err := registry.Total(c.ctx, c.db, a, f)
	must(c.t, err)
	return sum
}

func (c *city) names(a identity.Actor, f registry.Filter) []string {
	c.t.Helper()
	list, err := registry.Projects(c.ctx, c.db, a, f)
	must(c.t, err)
	return namesOf(list)
}

func namesOf(list []registry.Listed) []string {
	out := []string{}
	for _, p := range list {
		out = append(out, p.Name)
	}
	return out
}

func (c *city) totalsHold() {
	c.t.Helper()
	if got, err := registry.CheckTotals(c.ctx, c.db); err != nil || len(got) != 0 {
		c.t.Errorf("check of the totals says %q, %v", got, err)
	}
}

func (c *city) totalsDiffer(want string) {
	c.t.Helper()
	if got, err := registry.CheckTotals(c.ctx, c.db); err != nil || !slices.Contains(got, want) {
		c.t.Errorf("check of the totals says %q, %v; want “%s”", got, err, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
