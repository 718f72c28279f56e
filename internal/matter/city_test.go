package matter_test

import (
	"context"
	"errors"
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
	"zhengcheng/internal/problem"
)

// opening is the moment every test city starts at.
var opening = time.Date(2026, 5, 20, 10, 0, 0, 0, calendar.Shanghai)

// city is a small jurisdiction with the test procedures on a real database.
type city struct {
	ctx   context.Context
	t     *testing.T
	db    *db.DB
	clock *calendar.Clock
	e     *matter.Engine
}

// inCity runs a test in a fresh city, on SQLite and on PostgreSQL.
func inCity(t *testing.T, fn func(t *testing.T, c *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { fn(t, build(t, d)) })
}

var units = []identity.Unit{
	{ID: "bureau", Jurisdiction: "city", Name: "市大数据发展管理局", Office: identity.BigData},
	{ID: "ndrc", Jurisdiction: "city", Name: "市发展和改革委员会", Office: identity.NDRC},
	{ID: "cac", Jurisdiction: "city", Name: "市委网络安全和信息化委员会办公室", Office: identity.CAC},
	{ID: "water", Jurisdiction: "city", Name: "市水务局"},
	{ID: "health", Jurisdiction: "city", Name: "市卫生健康局"},
	{ID: "hospital", Jurisdiction: "city", Name: "市人民医院", ParentID: "health", Kind: "institution"},
	{ID: "far", Jurisdiction: "elsewhere", Name: "邻市大数据局", Office: identity.BigData},
}

// people beside the clerk, clerk2 and head that every unit has; a section
// "panel" seats an expert on the panel.
var people = []identity.Person{
	{Login: "bureau.both", UnitID: "bureau", Roles: []string{identity.Clerk, identity.Head}},
	{Login: "ndrc.both", UnitID: "ndrc", Roles: []string{identity.Clerk, identity.Head}},
	// Two people of one name: a name must not open what a seat keeps shut.
	{Login: "expert1", Name: "李明", UnitID: "health", Section: "panel", Roles: []string{identity.Expert}},
	{Login: "expert2", Name: "李明", UnitID: "health", Section: "panel", Roles: []string{identity.Expert}},
	{Login: "expert3", Name: "候补专家", UnitID: "health", Roles: []string{identity.Expert}},
	{Login: "auditor", UnitID: "health", Roles: []string{identity.Auditor}},
	{Login: "sysadmin", UnitID: "bureau", Roles: []string{identity.SysAdmin}},
}

func build(t *testing.T, d *db.DB) *city {
	t.Helper()
	c := &city{ctx: t.Context(), t: t, db: d, clock: calendar.Fixed(opening)}
	must(t, d.Write(c.ctx, func(tx *db.Tx) error { return settle(c.ctx, tx) }))
	dir, err := identity.LoadDirectory(c.ctx, d)
	must(t, err)
	store, err := attachment.OpenStore(t.TempDir())
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	c.e, err = matter.New(d, c.clock, dir, store, filing(), cosign(), notice(), panel())
	must(t, err)
	return c
}

func settle(ctx context.Context, tx *db.Tx) error {
	if _, err := tx.Exec(ctx, `INSERT INTO jurisdiction (id, name, area_code, numbering, measures)
		VALUES ('city', '试验市', '5202', '试验', 'own'), ('elsewhere', '邻市', '5203', '邻', 'own')`); err != nil {
		return err
	}
	all := people
	for _, u := range units {
		u.ShortName, u.Code = u.Name, u.ID
		if u.Kind == "" {
			u.Kind = "department"
		}
		if _, err := identity.AddUnit(ctx, tx, u); err != nil {
			return err
		}
		all = append(all, identity.Person{Login: u.ID + ".clerk", UnitID: u.ID, Jurisdiction: u.Jurisdiction, Roles: []string{identity.Clerk}},
			identity.Person{Login: u.ID + ".clerk2", UnitID: u.ID, Jurisdiction: u.Jurisdiction, Roles: []string{identity.Clerk}},
			identity.Person{Login: u.ID + ".head", UnitID: u.ID, Jurisdiction: u.Jurisdiction, Roles: []string{identity.Head}})
	}
	for _, p := range all {
		p.ID = p.Login
		if p.Name == "" {
			p.Name = p.Login
		}
		if p.Jurisdiction == "" {
			p.Jurisdiction = "city"
		}
		if _, err := identity.AddPerson(ctx, tx, p, opening.UnixMilli()); err != nil {
			return err
		}
	}
	return nil
}

// as is a person as signed in now.
func (c *city) as(login string) identity.Actor {
	c.t.Helper()
	a, err := identity.ActorByLogin(c.ctx, c.db, login)
	if err != nil {
		c.t.Fatalf("sign in %s: %v", login, err)
	}
	return a
}

// open drafts a case of the person's own unit with one line per estimate in 万元.
func (c *city) open(login, procedure string, estimates ...string) string {
	c.t.Helper()
	r := matter.OpenRequest{Procedure: procedure, Year: 2027, Form: map[string]string{"subject": "供水监测"}}
	for i, s := range estimates {
		r.Lines = append(r.Lines, map[string]string{"name": fmt.Sprintf("项目%d", i+1), "estimate": s})
	}
	res, err := c.e.Open(c.ctx, c.as(login), r)
	must(c.t, err)
	return res.Matter
}

// try asks for an act and hands back whatever comes.
func (c *city) try(login, id string, do matter.Action, more ...func(*matter.Request)) (matter.Result, error) {
	c.t.Helper()
	r := matter.Request{Matter: id, Action: do}
	for _, m := range more {
		m(&r)
	}
	return c.e.Act(c.ctx, c.as(login), r)
}

// act carries out an act that must succeed.
func (c *city) act(login, id string, do matter.Action, more ...func(*matter.Request)) matter.Result {
	c.t.Helper()
	res, err := c.try(login, id, do, more...)
	if err != nil {
		c.t.Fatalf("%s %s: %v", login, do, err)
	}
	return res
}

func because(reason string) func(*matter.Request) {
	return func(r *matter.Request) { r.Reason = reason }
}

func only(lines ...string) func(*matter.Request) {
	return func(r *matter.Request) { r.Lines = lines }
}

func once(key string) func(*matter.Request) { return func(r *matter.Request) { r.Idem = key } }

func seen(rev int64) func(*matter.Request) { return func(r *matter.Request) { r.Rev = rev } }

func answer(rule, reason string) func(*matter.Request) {
	return func(r *matter.Request) { r.Answers = map[string]string{rule: reason} }
}

// reported brings a filing of a unit to the bureau's desk.
func (c *city) reported(unit string, estimates ...string) string {
	c.t.Helper()
	id := c.open(unit+".clerk", "t-filing", estimates...)
	c.act(unit+".clerk", id, matter.Submit)
	c.act(unit+".head", id, matter.SignOff)
	return id
}

func (c *city) load(login, id string) *matter.Case {
	c.t.Helper()
	m, err := c.e.Load(c.ctx, c.as(login), id)
	if err != nil {
		c.t.Fatalf("%s loads the case: %v", login, err)
	}
	return m
}

func (c *city) history(login, id string) []matter.Entry {
	c.t.Helper()
	list, err := c.e.History(c.ctx, c.as(login), c.load(login, id))
	must(c.t, err)
	return list
}

// rows counts every row that an act could write, and the revisions of cases.
func (c *city) rows() string {
	c.t.Helper()
	var out []string
	for _, table := range []string{"event", "event_part", "event_pending", "task", "finding", "seat", "number_series", "receipt", "plan_item"} {
		out = append(out, fmt.Sprintf("%s %d", table, c.count(`SELECT COUNT(*) FROM `+table)))
	}
	sums := c.count(`SELECT CAST(COALESCE(SUM(rev + 1000 * form_rev + 1000000 * version), 0) AS BIGINT) FROM matter`)
	open := c.count(`SELECT COUNT(*) FROM task WHERE closed_at = 0`)
	return strings.Join(out, ", ") + fmt.Sprintf(", revisions %d, open tasks %d", sums, open)
}

func (c *city) count(text string, args ...any) int64 {
	c.t.Helper()
	n, err := db.Value[int64](c.ctx, c.db, text, args...)
	must(c.t, err)
	return n
}

// inbox lists the cases a person is asked to act on.
func (c *city) inbox(login string) []string {
	c.t.Helper()
	list, err := c.e.Inbox(c.ctx, c.as(login), 100)
	must(c.t, err)
	out := []string{}
	for _, t := range list {
		out = append(out, t.Matter)
	}
	return out
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused demands a refusal of one kind.
func refused(t *testing.T, what string, err error, kind problem.Kind) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: allowed, want %s", what, kind)
	} else if problem.KindOf(err) != kind {
		t.Errorf("%s: %v, want %s", what, err, kind)
	}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func asError[T error](t *testing.T, err error) T {
	t.Helper()
	var want T
	if !errors.As(err, &want) {
		t.Fatalf("got %v, want a %T", err, want)
	}
	return want
}
