package operation_test

import (
	"strings"
	"testing"
	"time"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/datasharing/operation"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/registry"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	p := operation.Recording()
	for _, c := range p.Checks() {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
}

// city has the bureau and a water office with one resource that may be operated.
type city struct {
	t        *testing.T
	d        *db.DB
	e        *matter.Engine
	clock    *calendar.Clock
	p        *matter.Procedure
	resource string
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func build(t *testing.T, d *db.DB) *city {
	t.Helper()
	c := &city{t: t, d: d, p: operation.Recording(), clock: calendar.Fixed(time.Date(2026, 3, 2, 10, 0, 0, 0, calendar.Shanghai))}
	must(t, d.Write(t.Context(), c.settle))
	units, err := identity.LoadDirectory(t.Context(), d)
	must(t, err)
	store, err := attachment.OpenStore(t.TempDir())
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	c.e, err = matter.New(d, c.clock, units, store, catalogue.Cataloguing(units), c.p)
	must(t, err)
	res, err := c.e.Open(t.Context(), c.as("water.clerk"), matter.OpenRequest{Procedure: catalogue.Key, SubjectID: "levels", Form: map[string]string{"name": "水位数据", "class": "3", "class_item": "07", "class_target": "025",
		"abstract": "各站水位", "format": "database", "cycle": "daily", "data_level": "general_1", "authorised": "1", "share_type": "unconditional", "share_way": "interface", "open_type": "none", "office": "水文科", "keeper": "甲"},
		Lines: []map[string]string{{"name": "水位", "data_type": "N"}}})
	must(t, err)
	c.resource = res.Matter
	c.act("water.clerk", res.Matter, matter.Submit, nil)
	c.act("water.head", res.Matter, catalogue.Clear, map[string]string{"reviewer": "water.head", "on_date": "2026-03-02", "note": "可以"})
	c.act("bureau.clerk", res.Matter, catalogue.Publish, nil)
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
	return registry.AddSystem(ctx, tx, registry.System{ID: "levels", Jurisdiction: "city", UnitID: "water", Name: "水情采集", State: "operating"}, c.clock.Now().UnixMilli())
}

func (c *city) as(login string) identity.Actor {
	a, err := identity.ActorByLogin(c.t.Context(), c.d, login)
	must(c.t, err)
	return a
}

func (c *city) act(login, id string, do matter.Action, input map[string]string) {
	c.t.Helper()
	answers := map[string]string{"A22.1-operator": "核对无误", "A22.1-term": "如实登记", "A25.1-way": "适用"}
	_, err := c.e.Act(c.t.Context(), c.as(login), matter.Request{Matter: id, Action: do, Input: input, Reason: "写明", Answers: answers})
	must(c.t, err)
}

// record enters an operation and gives its id.
func (c *city) record(operator string, from, until calendar.Date) string {
	c.t.Helper()
	res, err := c.e.Open(c.t.Context(), c.as("water.clerk"), matter.OpenRequest{Procedure: operation.Key, SubjectID: c.resource, Form: map[string]string{"operator": operator, "uscc": "91520200MA6DL1234X", "purpose": "防汛保险产品", "approval": "授权批复",
		"number": "六盘水府函〔2026〕9号", "approved_on": "2026-03-01", "from": string(from), "until": string(until)}})
	must(c.t, err)
	c.act("water.clerk", res.Matter, matter.Submit, nil)
	c.act("water.head", res.Matter, matter.SignOff, nil)
	return res.Matter
}

func (c *city) stands() string {
	list, err := db.Column[string](c.t.Context(), c.d, `SELECT o.operator || ' ' || m.state || ' ' || o.until_on FROM data_operation o JOIN matter m ON m.id = o.id ORDER BY o.operator`)
	must(c.t, err)
	return strings.Join(list, "|")
}

// Worked by hand: the last day of the term is within it, the day after is past it;
// what was entered past its term says so at once.
func TestWhatTheTermsComeToOverTheYears(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		var a, b string
		for _, y := range []struct {
			on   calendar.Date
			do   func()
			want string
		}{
			{"2026-03-02", func() { a = c.record("甲", "2026-03-02", "2028-02-29") }, "甲 running 2028-02-29"},
			{"2026-06-01", func() { b = c.record("乙", "2026-03-05", "2026-05-31") }, "乙 expired 2026-05-31|甲 running 2028-02-29"},
			{"2028-02-29", nil, "乙 expired 2026-05-31|甲 running 2028-02-29"},
			{"2028-03-01", nil, "乙 expired 2026-05-31|甲 expired 2028-02-29"},
			{"2028-03-20", func() {
				c.act("water.head", a, operation.Renew, map[string]string{"approval": "续期批复", "number": "六盘水府函〔2028〕2号", "until": "2030-02-28"})
			}, "乙 expired 2026-05-31|甲 running 2030-02-28"},
			{"2028-04-01", func() { c.act("water.head", b, operation.Finish, map[string]string{"on_date": "2026-05-31"}) }, "乙 ended 2026-05-31|甲 running 2030-02-28"},
			{"2030-02-28", nil, "乙 ended 2026-05-31|甲 running 2030-02-28"},
			{"2031-01-01", nil, "乙 ended 2026-05-31|甲 expired 2030-02-28"},
			// renewed for a term that is over by then, as a fact
			{"2031-01-02", func() {
				c.act("water.head", a, operation.Renew, map[string]string{"approval": "补办批复", "number": "六盘水府函〔2030〕1号", "until": "2030-12-31"})
			}, "乙 ended 2026-05-31|甲 expired 2030-12-31"},
		} {
			c.clock.Set(y.on.Time().Add(10 * time.Hour))
			if y.do != nil {
				y.do()
			}
			for range 2 { // a doubled job changes nothing
				must(t, c.p.Tick(t.Context(), c.e, "city", c.clock.Today()))
				if got := c.stands(); got != y.want {
					t.Fatalf("on %s %s, want %s", y.on, got, y.want)
				}
			}
		}
		acts, err := db.Value[int64](t.Context(), d, `SELECT COUNT(*) FROM event WHERE action = 'expire'`)
		must(t, err)
		if acts != 2 {
			t.Errorf("the clock acted %d times, want twice", acts)
		}
	})
}
