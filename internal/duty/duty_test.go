package duty_test

import (
	"context"
	"slices"
	"testing"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
)

// city has three units that may owe the plan of a year.
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
			if _, err := tx.Exec(c.ctx, `INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ('city', '试验市', '5202', '试验', 'own')`); err != nil {
				return err
			}
			for _, u := range []identity.Unit{{ID: "water", ShortName: "水务局"}, {ID: "health", ShortName: "卫健局"}, {ID: "culture", ShortName: "文广局"}} {
				u.Jurisdiction, u.Name, u.Code, u.Kind = "city", u.ShortName, u.ID, "department"
				if _, err := identity.AddUnit(c.ctx, tx, u); err != nil {
					return err
				}
			}
			return nil
		})
		fn(t, c)
	})
}

func (c *city) write(fn func(tx *db.Tx) error) {
	c.t.Helper()
	if err := c.db.Write(c.ctx, fn); err != nil {
		c.t.Fatal(err)
	}
}

func plan(unit string) duty.Duty {
	return duty.Duty{Jurisdiction: "city", UnitID: unit, Kind: "plan", Clause: "7.1", Title: "报送 2027 年度部门项目计划", Period: "2027", Due: "2026-06-30"}
}

func (c *city) open(d duty.Duty, isNew bool) {
	c.t.Helper()
	c.write(func(tx *db.Tx) error {
		got, err := duty.Open(c.ctx, tx, d, 1)
		if got != isNew {
			c.t.Errorf("%s %s %s new: %v, want %v", d.UnitID, d.Kind, d.Period, got, isNew)
		}
		return err
	})
}

func (c *city) satisfy(unit string, on calendar.Date, event string) {
	c.t.Helper()
	c.write(func(tx *db.Tx) error { return duty.Satisfy(c.ctx, tx, unit, "plan", "2027", on, event) })
}

func (c *city) find(unit string) duty.Duty {
	c.t.Helper()
	d, err := duty.Find(c.ctx, c.db, unit, "plan", "2027")
	if err != nil {
		c.t.Fatal(err)
	}
	return d
}

func TestADutyIsOpenedOnce(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		c.open(plan("water"), true)
		again := plan("water")
		again.Due, again.Title = "2026-07-31", "改过的"
		c.open(again, false)
		next := plan("water")
		next.Period, next.Due = "2028", "2027-06-30"
		c.open(next, true)
		c.open(plan("health"), true)

		d := c.find("water")
		want := plan("water")
		want.ID = d.ID
		if d.ID == "" || d != want {
			t.Errorf("kept %+v, want %+v", d, want)
		}
		if _, err := duty.Find(c.ctx, c.db, "culture", "plan", "2027"); !db.None(err) {
			t.Errorf("a duty nobody opened: %v", err)
		}
		clerk := identity.Actor{Jurisdiction: "city", UnitID: "water", Roles: []string{identity.Clerk}}
		list, err := duty.OfUnit(c.ctx, c.db, clerk)
		if err != nil || len(list) != 2 || list[0].Period != "2027" || list[1].Period != "2028" {
			t.Errorf("open duties of the unit %+v, %v", list, err)
		}
		clerk.Roles = []string{identity.SysAdmin}
		if list, err := duty.OfUnit(c.ctx, c.db, clerk); len(list) != 0 || err != nil {
			t.Errorf("an administrator sees %+v, %v", list, err)
		}
	})
}

func TestTheFirstFulfilmentStaysUntilReopened(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		c.open(plan("water"), true)
		c.open(plan("health"), true)
		is := func(on calendar.Date, by string) {
			t.Helper()
			if d := c.find("water"); d.SatisfiedOn != on || d.SatisfiedBy != by {
				t.Errorf("satisfied on %q by %q, want %q by %q", d.SatisfiedOn, d.SatisfiedBy, on, by)
			}
		}
		c.satisfy("culture", "2026-06-20", "e0") // owes nothing
		is("", "")
		c.satisfy("water", "2026-06-20", "e1")
		c.satisfy("water", "2026-06-25", "e2")
		is("2026-06-20", "e1")
		c.open(plan("water"), false) // a late job
		is("2026-06-20", "e1")
		if d := c.find("health"); d.SatisfiedOn != "" {
			t.Errorf("the other unit's duty is satisfied too: %+v", d)
		}
		list, err := duty.OfUnit(c.ctx, c.db, identity.Actor{Jurisdiction: "city", UnitID: "water", Roles: []string{identity.Clerk}})
		if len(list) != 0 || err != nil {
			t.Errorf("still in the inbox: %+v, %v", list, err)
		}
		c.write(func(tx *db.Tx) error { return duty.Reopen(c.ctx, tx, "water", "plan", "2027") })
		is("", "")
		c.satisfy("water", "2026-07-02", "e3")
		is("2026-07-02", "e3")
	})
}

func TestLateDays(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name      string
		on, today calendar.Date
		want      int
	}{
		{name: "before the day", today: "2026-06-29", want: 0},
		{name: "on the day", today: "2026-06-30", want: 0},
		{name: "the day after", today: "2026-07-01", want: 1},
		{name: "over a year's end", today: "2027-01-01", want: 185},
		{name: "done in time, looked at later", on: "2026-06-30", today: "2026-09-01", want: 0},
		{name: "done late, looked at later", on: "2026-07-03", today: "2026-09-01", want: 3},
	} {
		d := plan("water")
		d.SatisfiedOn = tc.on
		if got := d.LateDays(tc.today); got != tc.want {
			t.Errorf("%s: %d, want %d", tc.name, got, tc.want)
		}
	}
}

func TestReminding(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		for _, unit := range []string{"water", "health", "culture"} {
			c.open(plan(unit), true)
		}
		other := plan("water")
		other.Period = "2028"
		c.open(other, true)
		c.satisfy("health", "2026-06-20", "e1")

		remind := func(at int64, units ...string) []string {
			t.Helper()
			var got []string
			c.write(func(tx *db.Tx) error {
				list, err := duty.Remind(c.ctx, tx, "city", "plan", "2027", units, at)
				for _, d := range list {
					got = append(got, d.UnitID)
				}
				return err
			})
			slices.Sort(got)
			return got
		}
		if got := remind(5, "water", "health"); !slices.Equal(got, []string{"water"}) {
			t.Errorf("reminded %v: only who owes is reminded", got)
		}
		if got := remind(7, "water", "culture"); !slices.Equal(got, []string{"culture", "water"}) {
			t.Errorf("reminded %v", got)
		}
		if got := remind(9); len(got) != 0 {
			t.Errorf("reminded %v without being named", got)
		}
		for unit, want := range map[string][2]int64{"water": {2, 7}, "culture": {1, 7}, "health": {0, 0}} {
			if d := c.find(unit); d.Reminded != want[0] || d.RemindedAt != want[1] {
				t.Errorf("%s reminded %d times, last at %d; want %v", unit, d.Reminded, d.RemindedAt, want)
			}
		}
		if d, err := duty.Find(c.ctx, c.db, "water", "plan", "2028"); err != nil || d.Reminded != 0 {
			t.Errorf("the next year's duty: %+v, %v", d, err)
		}
		list, err := duty.OfKind(c.ctx, c.db, "city", "plan", "2027")
		if err != nil || len(list) != 3 || list[0].UnitID != "water" || list[1].UnitID != "health" || list[2].UnitID != "culture" {
			t.Errorf("duties by pinyin of the unit: %+v, %v", list, err)
		}
	})
}
