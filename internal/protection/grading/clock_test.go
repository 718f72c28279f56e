package grading_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/protection/grading"
	"zhengcheng/internal/registry"
)

// city has the bureau and a water office with two systems: one is graded, the
// other never says anything.
type city struct {
	t     *testing.T
	d     *db.DB
	e     *matter.Engine
	clock *calendar.Clock
	p     *matter.Procedure
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func build(t *testing.T, d *db.DB) *city {
	t.Helper()
	c := &city{t: t, d: d, p: grading.Filing(), clock: calendar.Fixed(time.Date(2026, 3, 1, 10, 0, 0, 0, calendar.Shanghai))}
	must(t, d.Write(t.Context(), c.settle))
	units, err := identity.LoadDirectory(t.Context(), d)
	must(t, err)
	store, err := attachment.OpenStore(t.TempDir())
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	c.e, err = matter.New(d, c.clock, units, store, c.p)
	must(t, err)
	return c
}

func (c *city) settle(tx *db.Tx) error {
	ctx := c.t.Context()
	if _, err := tx.Exec(ctx, `INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ('city', '试验市', '5202', '试验', 'own')`); err != nil {
		return err
	}
	for _, u := range []identity.Unit{{ID: "bureau", Name: "市大数据发展管理局", Code: "DSJ", Office: identity.BigData}, {ID: "water", Name: "市水务局", Code: "SWJ"}} {
		u.Jurisdiction, u.ShortName, u.Kind = "city", u.Name, "department"
		if _, err := identity.AddUnit(ctx, tx, u); err != nil {
			return err
		}
		for _, post := range []string{identity.Clerk, identity.Head} {
			login := u.ID + "." + post
			if _, err := identity.AddPerson(ctx, tx, identity.Person{ID: login, Jurisdiction: "city", UnitID: u.ID, Name: login, Login: login, Roles: []string{post}}, 1); err != nil {
				return err
			}
		}
	}
	for _, name := range []string{"graded", "silent"} {
		if err := registry.AddSystem(ctx, tx, registry.System{ID: name, Jurisdiction: "city", UnitID: "water", Name: name, State: "operating"}, c.clock.Now().UnixMilli()); err != nil {
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

// step is what happens on a day: a form that is kept, or nothing but the clock.
type step struct {
	on   calendar.Date
	form map[string]string
	do   func(*city)
}

func (c *city) at(day calendar.Date) { c.clock.Set(day.Time().Add(10 * time.Hour)) }

func (c *city) tick() { must(c.t, c.p.Tick(c.t.Context(), c.e, "city", c.clock.Today())) }

func (c *city) take(s step) {
	c.t.Helper()
	c.at(s.on)
	if s.do != nil {
		s.do(c)
	}
	if s.form == nil {
		return
	}
	ctx := c.t.Context()
	res, err := c.e.Open(ctx, c.as("water.clerk"), matter.OpenRequest{Procedure: grading.Key, SubjectID: "graded", Form: s.form})
	must(c.t, err)
	answers := map[string]string{}
	for _, r := range grading.Rules() {
		answers[r.ID] = "情况属实"
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

// duties are all that were ever owed, as they stand.
func (c *city) duties() string {
	list, err := db.Column[string](context.Background(), c.d, `SELECT subject_id || ' ' || due || ' ' || CASE WHEN satisfied_on = '' THEN 'open ' || reminded ELSE 'met ' || satisfied_on END FROM duty ORDER BY subject_id, due`)
	must(c.t, err)
	return strings.Join(list, "|")
}

func assessed(level string, on calendar.Date) map[string]string {
	return map[string]string{"level": level, "leveled_on": "2026-02-01", "number": "52020099001-26001", "authority": "市公安局", "filed_on": "2026-02-20",
		"assessed_on": string(on), "agency": "测评机构", "report": "R", "conclusion": "conforms", "mending": "none"}
}

func retire(c *city) {
	must(c.t, c.d.Write(c.t.Context(), func(tx *db.Tx) error { return registry.Retire(c.t.Context(), tx, "graded", c.clock.Today(), "") }))
}

// Worked by hand: level 3 for 12 months from each assessment, level 2 for 24; the
// list opens 90 days before and counts 60, 30 and 0 days before.
var years = []struct {
	step
	want string
}{
	{step{on: "2026-10-01"}, ""},
	{step{on: "2026-10-02"}, "graded 2026-12-31 open 0|silent 2026-12-31 open 0"},
	{step{on: "2026-10-31"}, "graded 2026-12-31 open 0|silent 2026-12-31 open 0"},
	{step{on: "2026-11-01"}, "graded 2026-12-31 open 1|silent 2026-12-31 open 1"},
	{step{on: "2026-11-20", form: assessed("3", "2026-11-10")}, "graded 2026-12-31 met 2026-11-20|silent 2026-12-31 open 1"},
	{step{on: "2027-01-01"}, "graded 2026-12-31 met 2026-11-20|silent 2026-12-31 open 3"},
	{step{on: "2027-08-11"}, "graded 2026-12-31 met 2026-11-20|silent 2026-12-31 open 3"},
	{step{on: "2027-08-12"}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 open 0|silent 2026-12-31 open 3"},
	{step{on: "2027-09-11"}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 open 1|silent 2026-12-31 open 3"},
	{step{on: "2027-10-11"}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 open 2|silent 2026-12-31 open 3"},
	{step{on: "2027-11-10"}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 open 3|silent 2026-12-31 open 3"},
	// recorded late, done in time: what counts is the day of the assessment
	{step{on: "2027-12-05", form: assessed("3", "2027-11-08")}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 met 2027-11-08|silent 2026-12-31 open 3"},
	{step{on: "2028-08-10"}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 met 2027-11-08|graded 2028-11-08 open 0|silent 2026-12-31 open 3"},
	// the level is corrected, nothing was assessed: the old date is taken back
	{step{on: "2028-08-20", form: assessed("2", "2027-11-08")}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 met 2027-11-08|silent 2026-12-31 open 3"},
	{step{on: "2029-08-10"}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 met 2027-11-08|graded 2029-11-08 open 0|silent 2026-12-31 open 3"},
	{step{on: "2030-02-01"}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 met 2027-11-08|graded 2029-11-08 open 3|silent 2026-12-31 open 3"},
	{step{on: "2030-02-10", form: assessed("2", "2030-02-03")}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 met 2027-11-08|graded 2029-11-08 met 2030-02-03|silent 2026-12-31 open 3"},
	{step{on: "2031-12-04"}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 met 2027-11-08|graded 2029-11-08 met 2030-02-03|graded 2032-02-03 open 0|silent 2026-12-31 open 3"},
	{step{on: "2031-12-05"}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 met 2027-11-08|graded 2029-11-08 met 2030-02-03|graded 2032-02-03 open 1|silent 2026-12-31 open 3"},
	// retired, it owes nothing more
	{step{on: "2031-12-20", do: retire}, "graded 2026-12-31 met 2026-11-20|graded 2027-11-10 met 2027-11-08|graded 2029-11-08 met 2030-02-03|silent 2026-12-31 open 3"},
}

func TestWhatTheClockComesToOverTheYears(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		for _, y := range years {
			c.take(y.step)
			c.tick()
			if got := c.duties(); got != y.want {
				t.Fatalf("on %s\n%s\nwant\n%s", y.on, got, y.want)
			}
			c.tick()
			if got := c.duties(); got != y.want {
				t.Fatalf("a second tick on %s gives\n%s", y.on, got)
			}
		}
	})
}

// A job that runs only on one of the days comes to the same as one that ran on each.
func TestALateTickComesToTheSame(t *testing.T) {
	t.Parallel()
	for _, first := range []int{5, 11, 13, 15, 17, len(years) - 1} {
		t.Run(fmt.Sprint(years[first].on), func(t *testing.T) {
			t.Parallel()
			c := build(t, dbtest.SQLite(t))
			for _, y := range years[:first+1] {
				c.take(y.step)
			}
			c.tick()
			if got := c.duties(); got != years[first].want {
				t.Errorf("got\n%s\nwant\n%s", got, years[first].want)
			}
		})
	}
}
