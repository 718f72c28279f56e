package registry_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

func TestTotalsFollowTheProjects(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		c.totalsHold()
		bureau, all := actor("bureau"), registry.Filter{}
		a := c.add("water", "河道监测", 300_00)
		c.add("water", "水库大坝", 500_00)
		c.add("hydro", "水文遥测", 200_00, func(p *registry.Project) { p.BuildKind = registry.Operate })
		c.add("health", "全民健康", 700_00, func(p *registry.Project) { p.Year = 2028 })
		c.add("county", "县域云", 900_00)
		c.totalsHold()
		if got, want := c.total(bureau, all), (registry.Totals{Projects: 4, Estimate: 1700_00}); got != want {
			t.Errorf("totals %+v, want %+v", got, want)
		}

		c.write(func(tx *db.Tx) error {
			return registry.Move(c.ctx, tx, a.ID, registry.Planned, func(p *registry.Project) {
				p.Stage, p.Reviewed, p.Planned = registry.Reserved, 280_00, 100_00
			}, 2)
		})
		c.totalsHold()
		if got, want := c.total(bureau, all), (registry.Totals{Projects: 4, Estimate: 1700_00, Reviewed: 280_00, Planned: 100_00}); got != want {
			t.Errorf("totals after the move %+v, want %+v", got, want)
		}
		for name, tc := range map[string]struct {
			f    registry.Filter
			want registry.Totals
		}{
			"stage left":    {registry.Filter{Stage: registry.Planned}, registry.Totals{Projects: 3, Estimate: 1400_00}},
			"stage entered": {registry.Filter{Stage: registry.Reserved}, registry.Totals{Projects: 1, Estimate: 300_00, Reviewed: 280_00, Planned: 100_00}},
			"year":          {registry.Filter{Year: 2028}, registry.Totals{Projects: 1, Estimate: 700_00}},
			"unit":          {registry.Filter{UnitID: "water"}, registry.Totals{Projects: 2, Estimate: 800_00, Reviewed: 280_00, Planned: 100_00}},
			"kind":          {registry.Filter{BuildKind: registry.Operate}, registry.Totals{Projects: 1, Estimate: 200_00}},
			"all of them":   {registry.Filter{Year: 2027, UnitID: "water", Stage: registry.Planned, BuildKind: registry.New}, registry.Totals{Projects: 1, Estimate: 500_00}},
			"none":          {registry.Filter{Year: 2029}, registry.Totals{}},
		} {
			if got := c.total(bureau, tc.f); got != tc.want {
				t.Errorf("%s: %+v, want %+v", name, got, tc.want)
			}
		}
	})
}

func TestATotalChangedByHandIsReported(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		c.add("water", "河道监测", 300)
		c.add("health", "全民健康", 700)
		hand := func(text string) {
			c.write(func(tx *db.Tx) error {
				_, err := tx.Exec(c.ctx, text)
				return err
			})
		}
		hand(`UPDATE project_total SET estimate = estimate + 1 WHERE unit_id = 'water'`)
		c.totalsDiffer("city/water/2027/filed/new: 记的是 {1 301 0 0}，实际是 {1 300 0 0}")
		hand(`DELETE FROM project_total WHERE unit_id = 'water'`)
		c.totalsDiffer("city/water/2027/filed/new: 记的是 {0 0 0 0}，实际是 {1 300 0 0}")
		hand(`INSERT INTO project_total (jurisdiction, unit_id, year, stage, build_kind, projects, estimate, reviewed, planned) VALUES
			('city', 'water', 2027, 'filed', 'new', 1, 300, 0, 0), ('city', 'water', 2026, 'filed', 'new', 1, 5, 0, 0), ('city', 'water', 2025, 'filed', 'new', 0, 0, 0, 0)`)
		c.totalsDiffer("city/water/2026/filed/new: 记的是 {1 5 0 0}，实际没有")
		hand(`DELETE FROM project_total WHERE year = 2026`)
		hand(`UPDATE project SET planned = 9 WHERE unit_id = 'health'`)
		c.totalsDiffer("city/health/2027/filed/new: 记的是 {1 700 0 0}，实际是 {1 700 0 9}")
	})
}

func TestAMoveIsGuardedByTheStage(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		p := c.add("water", "河道监测", 300)
		move := func(from, to registry.Stage) error {
			return c.db.Write(c.ctx, func(tx *db.Tx) error {
				return registry.Move(c.ctx, tx, p.ID, from, func(p *registry.Project) { p.Stage, p.Estimate = to, 200 }, 2)
			})
		}
		err := move(registry.Reserved, registry.Approved)
		if !problem.Is(err, problem.Conflict) || problem.Message(err) != "项目“河道监测”现在是“计划已备案”，不能再按“已入储备库”办理" {
			t.Errorf("from another stage: %v", err)
		}
		must(t, move(registry.Planned, registry.Reserved))
		if err := move(registry.Planned, registry.Reserved); !problem.Is(err, problem.Conflict) {
			t.Errorf("a second time: %v", err)
		}
		got, err := registry.Load(c.ctx, c.db, actor("water"), p.ID)
		want := p
		want.Stage, want.Estimate, want.ChangedAt = registry.Reserved, 200, 2
		if err != nil || got != want {
			t.Errorf("moved to %+v, %v; want %+v", got, err, want)
		}
		p.ID = "nothing"
		if err := move(registry.Planned, registry.Reserved); !db.None(err) {
			t.Errorf("what does not exist: %v", err)
		}
		c.totalsHold()
	})
}

func TestAFailedActLeavesNoProject(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		p := c.add("water", "河道监测", 300)
		err := c.db.Write(c.ctx, func(tx *db.Tx) error {
			_, err := registry.Add(c.ctx, tx, p, 1)
			return err
		})
		if !db.IsUnique(err) {
			t.Errorf("the same code again: %v", err)
		}
		boom := errors.New("boom")
		err = c.db.Write(c.ctx, func(tx *db.Tx) error {
			q := p
			q.Code = "another"
			_, err := registry.Add(c.ctx, tx, q, 1)
			return errors.Join(err, boom)
		})
		if !errors.Is(err, boom) || db.IsUnique(err) {
			t.Errorf("act: %v", err)
		}
		c.totalsHold()
		if got := c.total(actor("bureau"), registry.Filter{}); got.Projects != 1 {
			t.Errorf("totals %+v", got)
		}
	})
}

func TestWhoSeesWhichProject(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		ids := map[string]string{}
		for i, unit := range []string{"water", "hydro", "health", "county"} {
			name := "监测 " + unit
			ids[name] = c.add(unit, name, 1<<i).ID
		}
		all := []string{"监测 health", "监测 hydro", "监测 water"} // newest first
		for _, tc := range []struct {
			name string
			a    identity.Actor
			want []string
		}{
			{"bureau", actor("bureau"), all},
			{"finance", actor("finance"), all},
			{"auditor", actor("health", identity.Auditor), all},
			{"system", identity.System("city"), all},
			{"department", actor("water"), all[1:]},
			{"second-level unit", actor("hydro"), all[1:2]},
			{"another department", actor("health"), all[:1]},
			{"county", actor("county"), []string{"监测 county"}},
			{"expert at home in an office", actor("finance", identity.Expert), nil},
			{"system administrator", actor("bureau", identity.SysAdmin), nil},
			{"security administrator", actor("water", identity.SecAdmin), nil},
			{"audit administrator", actor("bureau", identity.AudAdmin), nil},
			{"who holds no role", identity.Actor{ID: "x", Jurisdiction: "city", UnitID: "water"}, nil},
		} {
			t.Run(tc.name, func(t *testing.T) {
				c.t = t
				if got := c.names(tc.a, registry.Filter{Year: 2027}); !slices.Equal(got, tc.want) {
					t.Errorf("lists %q, want %q", got, tc.want)
				}
				found, err := registry.Search(c.ctx, c.db, tc.a, "监测", 10)
				if err != nil || !slices.Equal(namesOf(found), tc.want) {
					t.Errorf("finds %q, %v; want %q", namesOf(found), err, tc.want)
				}
				want := registry.Totals{}
				for name, id := range ids {
					p, err := registry.Load(c.ctx, c.db, tc.a, id)
					switch {
					case slices.Contains(tc.want, name) && (err != nil || p.Name != name):
						t.Errorf("load of %s: %+v, %v", name, p, err)
					case !slices.Contains(tc.want, name) && !problem.Is(err, problem.NotFound):
						t.Errorf("load of %s: %v", name, err)
					}
					if slices.Contains(tc.want, name) {
						want.Projects++
						want.Estimate += p.Estimate
					}
				}
				if got := c.total(tc.a, registry.Filter{Year: 2027}); got != want {
					t.Errorf("totals %+v, want %+v", got, want)
				}
			})
		}
	})
}

func TestPagesOfTheList(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		var ids []string
		for _, name := range []string{"1", "2", "3", "4", "5"} {
			ids = append(ids, c.add("water", name, 1).ID)
		}
		f := registry.Filter{Limit: 2}
		for _, want := range []string{"5 4", "3 2", "1", ""} {
			list, err := registry.Projects(c.ctx, c.db, actor("water"), f)
			if got := strings.Join(namesOf(list), " "); err != nil || got != want {
				t.Errorf("page %q, %v; want %q", got, err, want)
			}
			if len(list) > 0 {
				f.After = list[len(list)-1].ID
			}
		}
		if f.After != ids[0] {
			t.Errorf("the last page ends with %s, want %s", f.After, ids[0])
		}
	})
}

func TestNamed(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		p := c.add("water", "“智慧水务”平台（一期）", 1)
		for _, tc := range []struct {
			unit, name string
			want       bool
		}{
			{"water", "智慧水务平台(一期)", true}, {"water", " 智慧水务 平台一期", true}, {"water", "智慧水务平台", false}, {"health", "智慧水务平台（一期）", false},
		} {
			got, ok, err := registry.Named(c.ctx, c.db, tc.unit, tc.name)
			if err != nil || ok != tc.want || ok && got.ID != p.ID {
				t.Errorf("“%s” of %s: %v, %s, %v", tc.name, tc.unit, ok, got.ID, err)
			}
		}
	})
}
