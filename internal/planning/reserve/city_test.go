package reserve_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/review"
)

// city has the bureau and a water office with a clerk and a head each, and a
// pool of experts without ties.
type city struct {
	t       *testing.T
	d       *db.DB
	e       *matter.Engine
	clock   *calendar.Clock
	tick    func(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error
	report  attachment.Stored
	experts []string
}

func build(t *testing.T, d *db.DB, experts int) *city {
	t.Helper()
	ctx := t.Context()
	must(t, d.Write(ctx, func(tx *db.Tx) error { return settle(ctx, tx) }))
	units, err := identity.LoadDirectory(ctx, d)
	must(t, err)
	store, err := attachment.OpenStore(t.TempDir())
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	c := &city{t: t, d: d, clock: calendar.Fixed(time.Date(2026, 9, 1, 10, 0, 0, 0, calendar.Shanghai))}
	application := reserve.Application()
	c.tick = application.Tick
	c.e, err = matter.New(d, c.clock, units, store, application, review.Enrolling(units))
	must(t, err)
	c.report, err = store.Put("report.pdf", strings.NewReader("%PDF-1.4 feasible"))
	must(t, err)
	for n := range experts {
		c.enrol(fmt.Sprintf("expert%d", n+1))
	}
	return c
}

func settle(ctx context.Context, tx *db.Tx) error {
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
	return nil
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (c *city) as(login string) identity.Actor {
	c.t.Helper()
	a, err := identity.ActorByLogin(c.t.Context(), c.d, login)
	must(c.t, err)
	return a
}

func (c *city) try(login string, r matter.Request) error {
	c.t.Helper()
	_, err := c.e.Act(c.t.Context(), c.as(login), r)
	return err
}

func (c *city) act(login, id string, do matter.Action) {
	c.t.Helper()
	must(c.t, c.try(login, matter.Request{Matter: id, Action: do}))
}

func (c *city) enrol(login string) {
	c.t.Helper()
	res, err := c.e.Open(c.t.Context(), c.as("bureau.clerk"), matter.OpenRequest{Procedure: review.PoolKey,
		Form: map[string]string{"name": "专家" + login, "login": login, "rank": "教授", "employer": "某高校", "first": "egov"}})
	must(c.t, err)
	c.act("bureau.clerk", res.Matter, matter.Submit)
	c.act("bureau.head", res.Matter, matter.SignOff)
	c.experts = append(c.experts, login)
}

// called brings a scheme of 100 万元 to its panel of three.
func (c *city) called(name string, change map[string]string) string {
	c.t.Helper()
	form := map[string]string{"name": name, "build_kind": "om", "priority": "urgent", "place": "1", "no_plan": "上级今年部署", "feasible_on": "2026-08-20", "feasible": "可行",
		"compiled_by": "市水务局", "cipher": "已同步规划", "fund_general": "100"}
	for _, key := range []string{"overview", "present", "build", "organise", "safety", "invest", "operation", "effect"} {
		form["c_"+key] = strings.Repeat("本章内容齐全。", 4)
	}
	for k, v := range change {
		form[k] = v
	}
	res, err := c.e.Open(c.t.Context(), c.as("water.clerk"), matter.OpenRequest{Procedure: reserve.Key, Form: form, Lines: []map[string]string{{"name": "运维", "category": "om", "amount": "100"}}})
	must(c.t, err)
	_, err = c.e.Attach(c.t.Context(), c.as("water.clerk"), res.Matter, "feasibility", c.report)
	must(c.t, err)
	c.act("water.clerk", res.Matter, matter.Submit)
	c.act("water.head", res.Matter, matter.SignOff)
	must(c.t, c.convene(res.Matter))
	return res.Matter
}

func (c *city) convene(id string) error {
	c.t.Helper()
	return c.try("bureau.clerk", matter.Request{Matter: id, Action: reserve.Convene,
		Input: map[string]string{"mode": review.ByExperts, "size": "3", "due": string(c.clock.Today().AddDays(9))}})
}

// opine gives the opinion of the first expert who has an open seat.
func (c *city) opine(id, opinion string) matter.State {
	c.t.Helper()
	input := map[string]string{}
	for _, m := range review.First.Marks {
		input[m.Key] = fmt.Sprint(m.Max)
	}
	if opinion == "recuse" {
		input = nil
	}
	for _, login := range c.experts {
		m, err := c.e.Load(c.t.Context(), c.as(login), id)
		if err != nil {
			continue
		}
		seats, err := c.e.Seats(c.t.Context(), c.as(login), m)
		must(c.t, err)
		for _, s := range seats {
			if s.Status == "open" {
				res, err := c.e.Opine(c.t.Context(), c.as(login), matter.OpineRequest{Matter: id, Seat: s.ID, Opinion: opinion, Reason: "理由", Input: input})
				must(c.t, err)
				return res.State
			}
		}
	}
	c.t.Fatal("nobody has an open seat")
	return ""
}

func (c *city) conclude(id, result string) error {
	c.t.Helper()
	return c.try("bureau.clerk", matter.Request{Matter: id, Action: reserve.Conclude,
		Input: map[string]string{"result": result, "leader": "组长", "opinion": "可行", "reviewed": "98"}})
}

// reserved brings a scheme into the reserve.
func (c *city) reserved(name string, change map[string]string) string {
	c.t.Helper()
	id := c.called(name, change)
	for range 3 {
		c.opine(id, review.Pass)
	}
	must(c.t, c.conclude(id, review.Pass))
	c.act("bureau.head", id, matter.SignOff)
	return id
}

// on moves the clock to a day and takes its timed steps.
func (c *city) on(day calendar.Date) {
	c.t.Helper()
	c.clock.Set(day.Time().Add(10 * time.Hour))
	must(c.t, c.tick(c.t.Context(), c.e, "city", day))
}

// rows are all that the clock may have written, in order, as one text per table.
func (c *city) rows(queries ...string) string {
	c.t.Helper()
	var out strings.Builder
	for _, q := range queries {
		list, err := db.Column[string](c.t.Context(), c.d, q)
		must(c.t, err)
		out.WriteString(strings.Join(list, "\n") + "\n\n")
	}
	return out.String()
}

const (
	entryRows = `SELECT name || ' ' || state || ' ' || valid_until || ' ' || extended || ' ' || changed || ' ' || ended_on FROM reserve_entry ORDER BY name`
	caseRows  = `SELECT title || ' ' || state || ' ' || rev FROM matter WHERE procedure = 'reserve' ORDER BY title`
	stageRows = `SELECT name || ' ' || stage FROM project ORDER BY name`
	openRows  = `SELECT kind || ' ' || title || ' ' || due || ' ' || reminded FROM duty WHERE satisfied_on = '' ORDER BY title, due`
	dutyRows  = `SELECT id || ' ' || title || ' ' || due || ' ' || reminded || ' ' || reminded_at || ' ' || opened_at || ' ' || satisfied_on || satisfied_by FROM duty ORDER BY id`
	eventRows = `SELECT id || ' ' || action FROM event ORDER BY id`
)
