package protection_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection/inspection"
	"zhengcheng/internal/protection/plan"
	"zhengcheng/internal/protection/yearly"
)

// city has the bureau, which owes too, a water office, and a district office, which
// owes nothing; what is said of the bureau in a year is the same as of every other.
type city struct {
	t     *testing.T
	d     *db.DB
	e     *matter.Engine
	clock *calendar.Clock
	paper attachment.Stored
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func build(t *testing.T, d *db.DB) *city {
	t.Helper()
	c := &city{t: t, d: d, clock: calendar.Fixed(time.Date(2026, 3, 1, 10, 0, 0, 0, calendar.Shanghai))}
	must(t, d.Write(t.Context(), c.settle))
	units, err := identity.LoadDirectory(t.Context(), d)
	must(t, err)
	store, err := attachment.OpenStore(t.TempDir())
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	c.paper, err = store.Put("report.pdf", strings.NewReader("%PDF-1.4 report"))
	must(t, err)
	c.e, err = matter.New(d, c.clock, units, store, plan.Filing(), yearly.Filing(), inspection.Inspecting(units))
	must(t, err)
	return c
}

func (c *city) settle(tx *db.Tx) error {
	if _, err := tx.Exec(c.t.Context(), `INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ('city', '试验市', '5202', '试验', 'own')`); err != nil {
		return err
	}
	for _, u := range []identity.Unit{{ID: "bureau", Name: "市大数据发展管理局", Kind: "department", Office: identity.BigData}, {ID: "water", Name: "市水务局", Kind: "department"}, {ID: "east", Name: "东区", Kind: "district"}} {
		if err := c.add(tx, u); err != nil {
			return err
		}
	}
	return nil
}

func (c *city) add(tx *db.Tx, u identity.Unit) error {
	ctx := c.t.Context()
	u.Jurisdiction, u.ShortName, u.Code = "city", u.Name, u.ID
	if _, err := identity.AddUnit(ctx, tx, u); err != nil {
		return err
	}
	for _, post := range []string{identity.Clerk, identity.Head} {
		login := u.ID + "." + post
		if _, err := identity.AddPerson(ctx, tx, identity.Person{ID: login, Jurisdiction: "city", UnitID: u.ID, Name: login, Login: login, Roles: []string{post}}, 1); err != nil {
			return err
		}
	}
	return nil
}

func (c *city) as(login string) identity.Actor {
	a, err := identity.ActorByLogin(c.t.Context(), c.d, login)
	must(c.t, err)
	return a
}

// filed is a case of the water office that is kept.
func filed(procedure, paper string, form map[string]string) func(*city) {
	return func(c *city) {
		c.t.Helper()
		ctx := c.t.Context()
		res, err := c.e.Open(ctx, c.as("water.clerk"), matter.OpenRequest{Procedure: procedure, Form: form})
		must(c.t, err)
		_, err = c.e.Attach(ctx, c.as("water.clerk"), res.Matter, paper, c.paper)
		must(c.t, err)
		p, _ := c.e.Procedure(procedure)
		answers := map[string]string{}
		for _, r := range p.Checks() {
			if r.Effect == measures.Warn {
				answers[r.ID] = "情况属实"
			}
		}
		for _, a := range []struct {
			login string
			do    matter.Action
		}{{"water.clerk", matter.Submit}, {"water.head", matter.SignOff}, {"bureau.clerk", matter.Acknowledge}} {
			r := matter.Request{Matter: res.Matter, Action: a.do}
			if a.do == matter.Submit {
				r.Answers = answers
			}
			_, err := c.e.Act(ctx, c.as(a.login), r)
			must(c.t, err)
		}
	}
}

func task(kind string, year int, on calendar.Date) func(*city) {
	return filed(yearly.Key, yearly.Report, map[string]string{"kind": kind, "for_year": fmt.Sprint(year), "done_on": string(on), "way": "own", "scope": "全部在用系统"})
}

func reviewed(on calendar.Date) func(*city) {
	return filed(plan.Key, "plan", map[string]string{"leader": "吴海", "leader_post": "副局长", "keeper": "陈丽", "keeper_office": "办公室", "keeper_phone": "13800000000", "data_keeper": "陈丽", "title": "应急预案", "issued_on": "2025-02-01",
		"reviewed_on": string(on), "network": "1", "data": "1"})
}

// owed are the duties of a unit and kind as they stand.
func (c *city) owed(unit, kind string) string {
	list, err := db.Column[string](context.Background(), c.d, `SELECT due || ' ' || CASE WHEN satisfied_on = '' THEN 'open ' || reminded ELSE 'met ' || satisfied_on END FROM duty WHERE unit_id = $1 AND kind = $2 ORDER BY due`, unit, kind)
	must(c.t, err)
	return strings.Join(list, "|")
}

type step struct {
	on   calendar.Date
	do   func(*city)
	want map[string]string // by unit and kind; what is not said is as before
}

const net, data, drill, review, inspect = "yearly-net-test", "yearly-data-risk", "yearly-drill", plan.Key, inspection.Key

// Worked by hand: three tasks a year until 31 December, a review every 12 months; the
// list opens 90 days before and counts 60, 30 and 0 days before.
var years = []step{
	{"2026-10-01", nil, map[string]string{"water " + net: "", "water " + review: "", "bureau " + net: "", "bureau " + inspect: "", "water " + inspect: "", "east " + net: "", "east " + review: ""}},
	{"2026-10-02", nil, map[string]string{"water " + net: "2026-12-31 open 0", "water " + data: "2026-12-31 open 0", "water " + drill: "2026-12-31 open 0", "bureau " + net: "2026-12-31 open 0", "bureau " + inspect: "2026-12-31 open 0", "water " + review: "2026-12-31 open 0"}},
	{"2026-11-01", nil, map[string]string{"water " + net: "2026-12-31 open 1", "water " + data: "2026-12-31 open 1", "water " + drill: "2026-12-31 open 1", "bureau " + net: "2026-12-31 open 1", "bureau " + inspect: "2026-12-31 open 1", "water " + review: "2026-12-31 open 1"}},
	// what was done in September and is filed in November counts on the day it was done
	{"2026-11-20", task("net-test", 2026, "2026-09-10"), map[string]string{"water " + net: "2026-12-31 met 2026-09-10"}},
	{"2026-11-21", reviewed("2026-05-06"), map[string]string{"water " + review: "2026-12-31 met 2026-11-21"}},
	{"2026-12-01", nil, map[string]string{"water " + data: "2026-12-31 open 2", "water " + drill: "2026-12-31 open 2", "bureau " + net: "2026-12-31 open 2", "bureau " + inspect: "2026-12-31 open 2"}},
	{"2027-01-01", nil, map[string]string{"water " + data: "2026-12-31 open 3", "water " + drill: "2026-12-31 open 3", "bureau " + net: "2026-12-31 open 3", "bureau " + inspect: "2026-12-31 open 3"}},
	// done late for the year before: late by nine days, the new year is still owed
	{"2027-01-12", task("drill", 2026, "2027-01-09"), map[string]string{"water " + drill: "2026-12-31 met 2027-01-09"}},
	{"2027-02-04", nil, nil},
	{"2027-02-05", nil, map[string]string{"water " + review: "2026-12-31 met 2026-11-21|2027-05-06 open 0"}},
	// filed before the list opens: it is owed and met at once, and not opened again in October
	{"2027-03-15", task("net-test", 2027, "2027-03-01"), map[string]string{"water " + net: "2026-12-31 met 2026-09-10|2027-12-31 met 2027-03-01", "water " + review: "2026-12-31 met 2026-11-21|2027-05-06 open 1"}},
	{"2027-05-06", nil, map[string]string{"water " + review: "2026-12-31 met 2026-11-21|2027-05-06 open 3"}},
	{"2027-05-20", reviewed("2027-05-10"), map[string]string{"water " + review: "2026-12-31 met 2026-11-21|2027-05-06 met 2027-05-10"}},
	{"2027-10-02", nil, map[string]string{"water " + data: "2026-12-31 open 3|2027-12-31 open 0", "water " + drill: "2026-12-31 met 2027-01-09|2027-12-31 open 0", "bureau " + net: "2026-12-31 open 3|2027-12-31 open 0", "bureau " + inspect: "2026-12-31 open 3|2027-12-31 open 0"}},
	{"2028-01-05", nil, map[string]string{"water " + data: "2026-12-31 open 3|2027-12-31 open 3", "water " + drill: "2026-12-31 met 2027-01-09|2027-12-31 open 3", "bureau " + net: "2026-12-31 open 3|2027-12-31 open 3", "bureau " + inspect: "2026-12-31 open 3|2027-12-31 open 3"}},
	// a unit that came later owes nothing of the years before, and has 30 days for the rest
	{"2028-12-01", func(c *city) {
		must(c.t, c.d.Write(c.t.Context(), func(tx *db.Tx) error {
			return c.add(tx, identity.Unit{ID: "new", Name: "市新局", Kind: "department", AddedAt: c.clock.Now().UnixMilli()})
		}))
	}, map[string]string{"new " + drill: "2028-12-31 open 2", "new " + review: "2028-12-31 open 2", "water " + review: "2026-12-31 met 2026-11-21|2027-05-06 met 2027-05-10|2028-05-10 open 3", "water " + net: "2026-12-31 met 2026-09-10|2027-12-31 met 2027-03-01|2028-12-31 open 2", "water " + data: "2026-12-31 open 3|2027-12-31 open 3|2028-12-31 open 2", "water " + drill: "2026-12-31 met 2027-01-09|2027-12-31 open 3|2028-12-31 open 2",
		"bureau " + net: "2026-12-31 open 3|2027-12-31 open 3|2028-12-31 open 2", "bureau " + inspect: "2026-12-31 open 3|2027-12-31 open 3|2028-12-31 open 2"}},
	{"2028-12-02", func(c *city) {
		must(c.t, c.d.Write(c.t.Context(), func(tx *db.Tx) error {
			return c.add(tx, identity.Unit{ID: "late", Name: "市晚局", Kind: "department", AddedAt: c.clock.Now().UnixMilli()})
		}))
	}, map[string]string{"late " + drill: "", "late " + review: "2029-01-01 open 2"}},
}

func TestWhatUnitsOweOverTheYears(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		want := map[string]string{}
		for _, y := range years {
			c.clock.Set(y.on.Time().Add(10 * time.Hour))
			if y.do != nil {
				y.do(c)
			}
			maps.Copy(want, y.want)
			for _, nth := range []string{"first", "second"} {
				must(t, c.e.Advance(t.Context(), "city"))
				c.hold(nth+" tick on "+string(y.on), want)
			}
		}
	})
}

func (c *city) hold(at string, want map[string]string) {
	c.t.Helper()
	for who, w := range want {
		unit, kind, _ := strings.Cut(who, " ")
		if got := c.owed(unit, kind); got != w {
			c.t.Errorf("%s: %s owes %q, want %q", at, who, got, w)
		}
	}
}

// A job that runs only on one of the days comes to the same as one that ran on each.
func TestALateTickOfTheUnitsComesToTheSame(t *testing.T) {
	t.Parallel()
	for _, first := range []int{2, 5, 8, 11, 14} {
		t.Run(string(years[first].on), func(t *testing.T) {
			t.Parallel()
			c := build(t, dbtest.SQLite(t))
			want := map[string]string{}
			for _, y := range years[:first+1] {
				c.clock.Set(y.on.Time().Add(10 * time.Hour))
				if y.do != nil {
					y.do(c)
				}
				maps.Copy(want, y.want)
			}
			must(t, c.e.Advance(t.Context(), "city"))
			c.hold("late", want)
		})
	}
}
