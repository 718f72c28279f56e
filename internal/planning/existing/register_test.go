package existing_test

import (
	"context"
	"testing"
	"time"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/existing"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// city has the bureau and a water office with a clerk and a head each.
type city struct {
	t *testing.T
	d *db.DB
	e *matter.Engine
}

func build(t *testing.T, d *db.DB) *city {
	t.Helper()
	ctx := t.Context()
	must(t, d.Write(ctx, func(tx *db.Tx) error { return settle(ctx, tx) }))
	units, err := identity.LoadDirectory(ctx, d)
	must(t, err)
	store, err := attachment.OpenStore(t.TempDir())
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	clock := calendar.Fixed(time.Date(2026, 6, 20, 10, 0, 0, 0, calendar.Shanghai))
	e, err := matter.New(d, clock, units, store, existing.Registering())
	must(t, err)
	return &city{t, d, e}
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

func (c *city) act(login, id string, do matter.Action) error {
	c.t.Helper()
	_, err := c.e.Act(c.t.Context(), c.as(login), matter.Request{Matter: id, Action: do})
	return err
}

// signed brings a registration to the bureau's desk.
func (c *city) signed(change map[string]string) string {
	c.t.Helper()
	form := map[string]string{"name": "河长制信息平台", "build_kind": "new", "class": "business_app", "content": "河湖巡查、问题处置、考核评价。",
		"approval_issuer": "六盘水市人民政府", "approval_title": "关于 2024 年度信息化项目的批复", "approval_number": "六盘水府函〔2024〕18号", "approved_on": "2024-03-18",
		"approved_amount": "360", "start_on": "2024-05-10", "stage": "operating", "system": "河长制信息平台", "paid": "342"}
	for k, v := range change {
		form[k] = v
	}
	res, err := c.e.Open(c.t.Context(), c.as("water.clerk"), matter.OpenRequest{Procedure: existing.Key, Form: form})
	must(c.t, err)
	must(c.t, c.act("water.clerk", res.Matter, matter.Submit))
	must(c.t, c.act("water.head", res.Matter, matter.SignOff))
	return res.Matter
}

func (c *city) systems() []registry.System {
	c.t.Helper()
	all, err := registry.EverySystem(c.t.Context(), c.d, "city", "water")
	must(c.t, err)
	return all
}

func TestConfirmingEntersTheRegister(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		must(t, c.act("bureau.clerk", c.signed(nil), existing.Confirm))
		must(t, c.act("bureau.clerk", c.signed(map[string]string{"name": "山洪灾害预警系统", "approved_on": "2025-02-01", "start_on": "2025-03-01", "approved_amount": "120.5",
			"paid": "", "stage": "building", "system": "山洪灾害预警系统"}), existing.Confirm))

		list, err := registry.Projects(t.Context(), d, c.as("bureau.clerk"), registry.Filter{})
		must(t, err)
		if len(list) != 2 {
			t.Fatalf("%d projects, want 2", len(list))
		}
		second := list[0]
		first, err := registry.Load(t.Context(), d, c.as("bureau.clerk"), list[1].ID)
		must(t, err)
		if first.Code != "CITY-2024-SWJ-N-001" || first.Year != 2024 || first.Origin != "existing" || first.Stage != registry.Operating || first.Estimate != 360_000_000 || first.Class != "business_app" {
			t.Errorf("first project %+v", first)
		}
		if second.Code != "CITY-2025-SWJ-N-001" || second.Stage != registry.Building || second.Estimate != 120_500_000 {
			t.Errorf("second project %+v", second)
		}
		sum, err := registry.Total(t.Context(), d, c.as("bureau.clerk"), registry.Filter{UnitID: "water"})
		must(t, err)
		if sum.Projects != 2 || sum.Estimate != 480_500_000 {
			t.Errorf("totals %+v, want 2 projects of 480.50 万元", sum)
		}
		wrong, err := registry.CheckTotals(t.Context(), d)
		must(t, err)
		if len(wrong) > 0 {
			t.Error(wrong)
		}
		// The project under construction has no system yet, whatever name it will bear.
		if all := c.systems(); len(all) != 1 || all[0].Name != "河长制信息平台" || all[0].State != "operating" || all[0].Functions != "河湖巡查、问题处置、考核评价。" {
			t.Errorf("systems %+v", all)
		}
	})
}

func TestTheFirstConfirmationOfANameWins(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		one, two := c.signed(nil), c.signed(map[string]string{"name": "“河长制”信息平台"})
		must(t, c.act("bureau.clerk", one, existing.Confirm))
		if err := c.act("bureau.clerk", two, existing.Confirm); !problem.Is(err, problem.Conflict) {
			t.Fatalf("a second project of the name: %v, want a conflict", err)
		}
		if n, err := db.Value[int64](t.Context(), d, `SELECT COUNT(*) FROM project`); err != nil || n != 1 {
			t.Errorf("%d projects, %v", n, err)
		}
	})
}

func TestAKnownSystemKeepsWhatItsRegistrationSays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		must(t, d.Write(t.Context(), func(tx *db.Tx) error {
			return registry.AddSystem(t.Context(), tx, registry.System{Jurisdiction: "city", UnitID: "water", Name: "河长制 信息平台", Functions: "巡河", State: "building", ReplacedBy: "智慧水务"}, 1)
		}))
		must(t, c.act("bureau.clerk", c.signed(nil), existing.Confirm))
		if all := c.systems(); len(all) != 1 || all[0].State != "operating" || all[0].Functions != "巡河" || all[0].ReplacedBy != "智慧水务" {
			t.Errorf("systems %+v", all)
		}
	})
}
