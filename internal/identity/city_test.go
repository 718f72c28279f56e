package identity_test

import (
	"context"
	"testing"
	"time"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
)

var now = time.Date(2026, 6, 20, 10, 0, 0, 0, time.UTC)

// city is a jurisdiction with its bureau, finance office, two departments and a
// second-level unit, beside a county of its own.
type city struct {
	t   *testing.T
	ctx context.Context
	db  *db.DB
}

func inCity(t *testing.T, fn func(t *testing.T, c *city)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := &city{t: t, ctx: t.Context(), db: d}
		c.write(c.settle)
		fn(t, c)
	})
}

func (c *city) settle(tx *db.Tx) error {
	for _, j := range [][2]string{{"city", "六盘水市"}, {"county", "水城县"}} {
		if _, err := tx.Exec(c.ctx, `INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ($1, $2, '5202', '试验', 'own')`, j[0], j[1]); err != nil {
			return err
		}
	}
	for _, u := range []identity.Unit{
		{ID: "bureau", Name: "六盘水市大数据发展管理局", ShortName: "市大数据局", Code: "DSJ", Office: identity.BigData},
		{ID: "finance", Name: "六盘水市财政局", ShortName: "市财政局", Code: "CZJ", Office: identity.Finance},
		{ID: "water", Name: "六盘水市水务局", ShortName: "市水务局", Code: "SWJ"},
		{ID: "health", Name: "六盘水市卫生健康局", ShortName: "市卫健局", Code: "WJJ"},
		{ID: "hydro", Name: "六盘水市水文站", ShortName: "水文站", Code: "SWZ", Kind: "institution", ParentID: "water"},
		{ID: "gas", Name: "六盘水市燃气公司", ShortName: "燃气公司", Code: "RQ", Kind: "enterprise"},
		{ID: "tax", Name: "六盘水市税务局", ShortName: "市税务局", Code: "SW", Kind: "vertical"},
		{ID: "experts", Name: "专家库", ShortName: "专家库", Code: "ZJ", Kind: "panel"},
		{ID: "county", Jurisdiction: "county", Name: "水城县人民政府", ShortName: "水城县", Code: "D1", Kind: "district"},
		{ID: "county.bureau", Jurisdiction: "county", Name: "水城县大数据局", ShortName: "县大数据局", Code: "DSJ", Office: identity.BigData},
	} {
		if u.Jurisdiction == "" {
			u.Jurisdiction = "city"
		}
		if u.Kind == "" {
			u.Kind = "department"
		}
		if _, err := identity.AddUnit(c.ctx, tx, u); err != nil {
			return err
		}
	}
	for _, p := range []struct {
		id, unit string
		roles    []string
	}{
		{"bureau.clerk", "bureau", []string{identity.Clerk}}, {"finance.head", "finance", []string{identity.Head}},
		{"water.clerk", "water", []string{identity.Clerk}}, {"health.clerk", "health", []string{identity.Clerk}}, {"hydro.clerk", "hydro", []string{identity.Clerk}},
		{"expert", "experts", []string{identity.Expert}}, {"auditor", "bureau", []string{identity.Auditor}},
		{"sysadmin", "bureau", []string{identity.SysAdmin}}, {"secadmin", "bureau", []string{identity.SecAdmin}}, {"audadmin", "bureau", []string{identity.AudAdmin}},
		{"nobody", "water", nil}, {"county.clerk", "county.bureau", []string{identity.Clerk}},
	} {
		if _, err := identity.AddPerson(c.ctx, tx, c.person(p.id, p.unit, p.roles...), now.UnixMilli()); err != nil {
			return err
		}
	}
	return nil
}

func (c *city) person(id, unit string, roles ...string) identity.Person {
	j := "city"
	if unit == "county.bureau" {
		j = "county"
	}
	return identity.Person{ID: id, Jurisdiction: j, UnitID: unit, Name: id, Login: id, Roles: roles}
}

// write runs a change that must succeed.
func (c *city) write(fn func(tx *db.Tx) error) {
	c.t.Helper()
	must(c.t, c.db.Write(c.ctx, fn))
}

func (c *city) exec(text string, args ...any) {
	c.t.Helper()
	c.write(func(tx *db.Tx) error {
		_, err := tx.Exec(c.ctx, text, args...)
		return err
	})
}

func (c *city) as(id string) identity.Actor {
	c.t.Helper()
	a, err := identity.ActorByID(c.ctx, c.db, id)
	must(c.t, err)
	return a
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (c *city) admin() identity.Administration {
	c.t.Helper()
	dir, err := identity.LoadDirectory(c.ctx, c.db)
	must(c.t, err)
	return identity.Administration{DB: c.db, Units: dir, Clock: calendar.Fixed(now)}
}
