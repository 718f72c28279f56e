package inventory_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/inventory"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/registry"
)

// city has the bureau without a system, a water office with one, and a health
// office whose only system comes in May 2027.
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
	c := &city{t: t, d: d, p: inventory.Confirming(), clock: calendar.Fixed(time.Date(2026, 3, 1, 10, 0, 0, 0, calendar.Shanghai))}
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
	for _, u := range []identity.Unit{{ID: "bureau", Name: "市大数据发展管理局", Code: "DSJ", Office: identity.BigData}, {ID: "water", Name: "市水务局", Code: "SWJ"}, {ID: "health", Name: "市卫生健康局", Code: "WJJ"}} {
		u.Jurisdiction, u.ShortName, u.Kind, u.Phone = "city", u.Name, "department", "1"
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
	return registry.AddSystem(ctx, tx, registry.System{ID: "river", Jurisdiction: "city", UnitID: "water", Name: "河长制", State: "operating"}, c.clock.Now().UnixMilli())
}

func (c *city) as(login string) identity.Actor {
	a, err := identity.ActorByLogin(c.t.Context(), c.d, login)
	must(c.t, err)
	return a
}

func (c *city) at(day calendar.Date) { c.clock.Set(day.Time().Add(10 * time.Hour)) }

func (c *city) tick() { must(c.t, c.p.Tick(c.t.Context(), c.e, "city", c.clock.Today())) }

// confirm takes a year's confirmation of the water office as far as the act.
func confirm(year int64, last matter.Action) func(*city) {
	return func(c *city) {
		res, err := c.e.Open(c.t.Context(), c.as("water.clerk"), matter.OpenRequest{Procedure: inventory.Key, Year: year, Form: map[string]string{"contact": "甲"}})
		must(c.t, err)
		m, err := c.e.Load(c.t.Context(), c.as("water.clerk"), res.Matter)
		must(c.t, err)
		for _, ln := range m.Lines {
			_, err := c.e.Save(c.t.Context(), c.as("water.clerk"), matter.SaveRequest{Matter: m.ID, Line: ln.ID, Rev: 1, Values: map[string]string{"users": fmt.Sprint(year), "monthly_active": "20", "remark": "照实"}})
			must(c.t, err)
		}
		c.act(m.ID, last)
	}
}

func answers() map[string]string {
	out := map[string]string{}
	for _, r := range inventory.Rules() {
		out[r.ID] = "情况属实"
	}
	return out
}

func (c *city) act(id string, last matter.Action) {
	for _, a := range []struct {
		login string
		do    matter.Action
	}{{"water.clerk", matter.Submit}, {"water.head", matter.SignOff}, {"bureau.clerk", matter.Acknowledge}} {
		r := matter.Request{Matter: id, Action: a.do}
		if a.do == matter.Submit {
			r.Answers = answers()
		}
		_, err := c.e.Act(c.t.Context(), c.as(a.login), r)
		must(c.t, err)
		if a.do == last {
			return
		}
	}
}

// again takes an act on the newest case, as a person.
func again(login string, do matter.Action) func(*city) {
	return func(c *city) {
		id, err := db.Value[string](c.t.Context(), c.d, `SELECT MAX(id) FROM matter`)
		must(c.t, err)
		_, err = c.e.Act(c.t.Context(), c.as(login), matter.Request{Matter: id, Action: do, Reason: "核对", Answers: answers()})
		must(c.t, err)
	}
}

func enter(c *city) {
	must(c.t, c.d.Write(c.t.Context(), func(tx *db.Tx) error {
		return registry.AddSystem(c.t.Context(), tx, registry.System{ID: "clinic", Jurisdiction: "city", UnitID: "health", Name: "基层医疗", State: "building"}, c.clock.Now().UnixMilli())
	}))
}

func leave(c *city) {
	must(c.t, c.d.Write(c.t.Context(), func(tx *db.Tx) error {
		return registry.Retire(c.t.Context(), tx, "clinic", c.clock.Today(), "")
	}))
}

func (c *city) duties() string {
	list, err := db.Column[string](context.Background(), c.d, `SELECT unit_id || ' ' || period || ' ' || due || ' ' || CASE WHEN satisfied_on = '' THEN 'open ' || reminded ELSE 'met ' || satisfied_on END FROM duty ORDER BY unit_id, period`)
	must(c.t, err)
	return strings.Join(list, "|")
}

// Worked by hand: the year 2026 is the first, due on 31 March of the next; reminded
// 30 days before, from 1 March, and on the day.
var years = []struct {
	on   calendar.Date
	do   func(*city)
	want string
}{
	{"2026-12-31", nil, ""},
	{"2027-01-01", nil, "water 2026 2027-03-31 open 0"},
	{"2027-02-28", nil, "water 2026 2027-03-31 open 0"},
	{"2027-03-01", nil, "water 2026 2027-03-31 open 1"},
	{"2027-03-10", confirm(2026, matter.SignOff), "water 2026 2027-03-31 met 2027-03-10"},
	// returned to be completed it is owed again, and kept when signed anew
	{"2027-03-20", again("bureau.clerk", matter.Return), "water 2026 2027-03-31 open 1"},
	{"2027-03-31", nil, "water 2026 2027-03-31 open 2"},
	{"2027-04-02", again("water.clerk", matter.Submit), "water 2026 2027-03-31 open 2"},
	{"2027-04-03", func(c *city) {
		again("water.head", matter.SignOff)(c)
		again("bureau.clerk", matter.Acknowledge)(c)
	}, "water 2026 2027-03-31 met 2027-04-03"},
	{"2027-05-01", enter, "water 2026 2027-03-31 met 2027-04-03"}, // not there in 2026
	// corrected after it was kept: nothing is owed again
	{"2027-06-01", again("water.head", inventory.Correct), "water 2026 2027-03-31 met 2027-04-03"},
	{"2027-12-31", nil, "water 2026 2027-03-31 met 2027-04-03"},
	{"2028-01-01", nil, "health 2027 2028-03-31 open 0|water 2026 2027-03-31 met 2027-04-03|water 2027 2028-03-31 open 0"},
	{"2028-04-01", nil, "health 2027 2028-03-31 open 2|water 2026 2027-03-31 met 2027-04-03|water 2027 2028-03-31 open 2"},
	// its only system is retired: it owes nothing more
	{"2028-06-01", leave, "water 2026 2027-03-31 met 2027-04-03|water 2027 2028-03-31 open 2"},
	{"2029-01-02", nil, "water 2026 2027-03-31 met 2027-04-03|water 2027 2028-03-31 open 2|water 2028 2029-03-31 open 0"},
	{"2029-03-01", confirm(2028, matter.Acknowledge), "water 2026 2027-03-31 met 2027-04-03|water 2027 2028-03-31 open 2|water 2028 2029-03-31 met 2029-03-01"},
	// a year before is confirmed late: it counts, the newest figures stand
	{"2029-03-02", confirm(2027, matter.Acknowledge), "water 2026 2027-03-31 met 2027-04-03|water 2027 2028-03-31 met 2029-03-02|water 2028 2029-03-31 met 2029-03-01"},
}

func TestWhatAYearAsks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		for _, y := range years {
			c.at(y.on)
			c.tick()
			if y.do != nil {
				y.do(c)
			}
			for range 2 {
				c.tick()
				if got := c.duties(); got != y.want {
					t.Fatalf("on %s\n%s\nwant\n%s", y.on, got, y.want)
				}
			}
		}
		y, err := registry.LoadSystem(t.Context(), d, identity.System("city"), "river")
		must(t, err)
		if want := (registry.Use{Year: 2028, Users: 2028, MonthlyActive: 20}); y.Use != want {
			t.Errorf("stands %+v, want %+v", y.Use, want)
		}
	})
}

// A job that ran for the last time long ago comes to the same.
func TestALateTickComesToTheSame(t *testing.T) {
	t.Parallel()
	for _, first := range []int{1, 3, 6, 12, 13, len(years) - 3} {
		t.Run(string(years[first].on), func(t *testing.T) {
			t.Parallel()
			c := build(t, dbtest.SQLite(t))
			for _, y := range years[:first+1] {
				c.at(y.on)
				if y.do != nil {
					c.tick() // what is acted upon has been asked
					y.do(c)
				}
			}
			c.tick()
			if got := c.duties(); got != years[first].want {
				t.Errorf("got\n%s\nwant\n%s", got, years[first].want)
			}
		})
	}
}

// The list and the sentence of a system agree, and each limit is worked by hand: as
// of 2028-04-01 the year 2027 should have been confirmed.
func TestIdleCandidates(t *testing.T) {
	t.Parallel()
	type system struct {
		name, state, hosting, launched string
		added                          calendar.Date
		use                            registry.Use
		want                           string
	}
	used := func(change func(*registry.Use)) registry.Use {
		u := registry.Use{Year: 2027, Users: 100, MonthlyActive: 50, CPU: 30, Memory: 40, Storage: 5}
		change(&u)
		return u
	}
	same := func(*registry.Use) {}
	list := []system{
		{"used", "operating", "city_cloud", "", "2026-01-01", used(same), ""},
		{"said idle", "idle", "", "", "2026-01-01", used(same), "单位登记为闲置"},
		{"ten active", "operating", "", "", "2026-01-01", used(func(u *registry.Use) { u.MonthlyActive = 10 }), ""},
		{"nine active", "operating", "", "", "2026-01-01", used(func(u *registry.Use) { u.MonthlyActive = 9 }), "2027 年度月活跃用户 9 人，少于 10 人，没有业务量"},
		{"nine active, but cases", "operating", "", "", "2026-01-01", used(func(u *registry.Use) { u.MonthlyActive, u.DailyCases = 9, 1 }), ""},
		{"both at ten per cent", "operating", "leased", "", "2026-01-01", used(func(u *registry.Use) { u.CPU, u.Memory = 10, 10 }), ""},
		{"one below", "operating", "leased", "", "2026-01-01", used(func(u *registry.Use) { u.CPU, u.Memory = 9, 10 }), ""},
		{"both below", "operating", "leased", "", "2026-01-01", used(func(u *registry.Use) { u.CPU, u.Memory = 9, 9 }), "2027 年度云资源利用率 CPU 9%、内存 9%，都低于 10%"},
		{"both below, in its own room", "operating", "own_room", "", "2026-01-01", used(func(u *registry.Use) { u.CPU, u.Memory = 9, 9 }), ""},
		{"confirmed for the year before", "operating", "", "", "2026-01-01", used(func(u *registry.Use) { u.Year = 2026 }), "2027 年度没有确认使用情况"},
		{"never confirmed", "operating", "", "", "2027-12-31", registry.Use{}, "2027 年度没有确认使用情况"},
		{"entered after the year", "operating", "", "", "2028-01-01", registry.Use{}, ""},
		{"entered after it, launched in it", "operating", "", "2027-12-31", "2028-01-01", registry.Use{}, "2027 年度没有确认使用情况"},
		{"being built", "building", "", "", "2026-01-01", registry.Use{}, ""},
		{"retired", "retired", "", "", "2026-01-01", registry.Use{}, ""},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		must(t, d.Write(t.Context(), func(tx *db.Tx) error {
			for _, y := range list {
				if err := registry.AddSystem(t.Context(), tx, registry.System{ID: y.name, Jurisdiction: "city", UnitID: "health", Name: y.name, State: y.state}, y.added.Time().UnixMilli()); err != nil {
					return err
				}
				if _, err := tx.Exec(t.Context(), `UPDATE info_system SET hosting = $1, launched_on = $2, used_year = $3, users = $4, monthly_active = $5, daily_cases = $6, cpu_rate = $7, memory_rate = $8 WHERE id = $9`,
					y.hosting, y.launched, y.use.Year, y.use.Users, y.use.MonthlyActive, y.use.DailyCases, y.use.CPU, y.use.Memory, y.name); err != nil {
					return err
				}
			}
			return nil
		}))
		for _, day := range []calendar.Date{"2028-04-01", "2028-03-31", "2026-06-01"} {
			found, err := registry.Systems(t.Context(), d, identity.System("city"), registry.SystemFilter{UnitID: "health", Limit: 100, Where: func(args *db.Args) string { return inventory.IdleWhere(args, day, nil) }})
			must(t, err)
			var names []string
			for _, y := range found {
				names = append(names, y.ID)
			}
			for _, y := range list {
				one, err := registry.LoadSystem(t.Context(), c.d, identity.System("city"), y.name)
				must(t, err)
				says := strings.Join(inventory.Idle(one.System, day, nil), "；")
				if day == "2028-04-01" && says != y.want {
					t.Errorf("%s: %q, want %q", y.name, says, y.want)
				}
				if (says != "") != slices.Contains(names, y.name) {
					t.Errorf("on %s %s: says %q, listed %v", day, y.name, says, names)
				}
			}
		}
	})
}
