package registry_test

import (
	"slices"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/registry"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		p := c.add("water", "河道水质监测5G平台", 1)
		c.add("water", "河道采砂视频监管", 1)
		c.add("water", "政务云Cloud扩容", 1, func(p *registry.Project) { p.Code = "LPS-2027-SWJ-K-003" })
		find := func(query string, limit int64) []string {
			t.Helper()
			list, err := registry.Search(c.ctx, c.db, actor("water"), query, limit)
			must(t, err)
			return namesOf(list)
		}
		const river, sand, cloud = "河道水质监测5G平台", "河道采砂视频监管", "政务云Cloud扩容"
		for _, tc := range []struct {
			query string
			want  []string
		}{
			{"河道", []string{sand, river}},
			{"河道监测", []string{}}, // 道监 stands in no name
			{"河道 监测", []string{river}},
			{"监测 河道", []string{river}},
			{"砂", []string{sand}},
			{"５ｇ", []string{river}},
			{"CLOUD", []string{cloud}},
			{"LPS-2027-SWJ-K-003", []string{cloud}},
			{"道河", []string{}},
			{"河道 云", []string{}},
			{"%", []string{}},
			{"' OR 1=1 --", []string{}},
			{"", []string{}},
			{"，。", []string{}},
		} {
			if got := find(tc.query, 10); !slices.Equal(got, tc.want) {
				t.Errorf("“%s” finds %q, want %q", tc.query, got, tc.want)
			}
		}
		if got := find("河道", 1); !slices.Equal(got, []string{sand}) {
			t.Errorf("at most one: %q", got)
		}

		c.write(func(tx *db.Tx) error { return registry.Index(c.ctx, tx, "city", "project", p.ID, "湖泊水质") })
		if got := find("河道", 10); !slices.Equal(got, []string{sand}) {
			t.Errorf("found by words it no longer has: %q", got)
		}
		if got := find("湖泊", 10); !slices.Equal(got, []string{river}) {
			t.Errorf("not found by new words: %q", got)
		}
		c.write(func(tx *db.Tx) error { return registry.Index(c.ctx, tx, "city", "project", p.ID, "") })
		if got := find("湖泊", 10); len(got) != 0 {
			t.Errorf("found without words: %q", got)
		}
	})
}

func TestSystems(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		add := func(unit, name, state string) {
			t.Helper()
			c.write(func(tx *db.Tx) error {
				return registry.AddSystem(c.ctx, tx, registry.System{Jurisdiction: actor(unit).Jurisdiction, UnitID: unit, Name: name, State: state}, 1)
			})
		}
		add("water", "水务平台", "operating")
		add("water", "“水务”平台", "idle") // the same, spelled otherwise
		add("water", "档案系统", "retired")
		add("health", "水务平台", "building")
		add("county", "县域平台", "operating")
		list := func(systems []registry.System, err error) []string {
			t.Helper()
			must(t, err)
			out := []string{}
			for _, y := range systems {
				out = append(out, y.UnitID+" "+y.Name+" "+y.State)
			}
			slices.Sort(out)
			return out
		}
		seen := func(unit string, f registry.SystemFilter) []string {
			t.Helper()
			return list(registry.Systems(c.ctx, c.db, actor(unit), f))
		}
		for _, tc := range []struct {
			name      string
			got, want []string
		}{
			{"every one of the unit", list(registry.EverySystem(c.ctx, c.db, "city", "water")), []string{"water “水务”平台 idle", "water 档案系统 retired"}},
			{"live of the city", seen("bureau", registry.SystemFilter{}), []string{"health 水务平台 building", "water “水务”平台 idle"}},
			{"of one unit", seen("bureau", registry.SystemFilter{UnitID: "water"}), []string{"water “水务”平台 idle"}},
			{"a unit of another jurisdiction", seen("bureau", registry.SystemFilter{UnitID: "county"}), []string{}},
			{"a unit sees its own", seen("water", registry.SystemFilter{}), []string{"water “水务”平台 idle"}},
			{"and no other, though it asks", seen("water", registry.SystemFilter{UnitID: "health"}), []string{}},
			{"an office of Article 5 too", seen("finance", registry.SystemFilter{}), []string{}},
			{"the auditor sees all", list(registry.Systems(c.ctx, c.db, actor("health", identity.Auditor), registry.SystemFilter{})), []string{"health 水务平台 building", "water “水务”平台 idle"}},
			{"an administrator none", list(registry.Systems(c.ctx, c.db, actor("water", identity.SysAdmin), registry.SystemFilter{})), []string{}},
			{"retired when asked for", seen("bureau", registry.SystemFilter{State: "retired"}), []string{"water 档案系统 retired"}},
			{"of a state", seen("bureau", registry.SystemFilter{State: "building"}), []string{"health 水务平台 building"}},
			{"of no state there is", seen("bureau", registry.SystemFilter{State: "broken"}), []string{}},
			{"by a part of the name", seen("bureau", registry.SystemFilter{Text: "水务 平"}), []string{"health 水务平台 building", "water “水务”平台 idle"}},
			{"by words of no name", seen("bureau", registry.SystemFilter{Text: "档案"}), []string{}},
			{"a sign is no wildcard", seen("bureau", registry.SystemFilter{Text: "水%台"}), []string{}},
			{"only signs", seen("bureau", registry.SystemFilter{Text: "%"}), []string{}},
		} {
			if !slices.Equal(tc.got, tc.want) {
				t.Errorf("%s: %q, want %q", tc.name, tc.got, tc.want)
			}
		}
		if n, err := registry.LiveCount(c.ctx, c.db, "water"); n != 1 || err != nil {
			t.Errorf("%d live systems, %v", n, err)
		}
	})
}

func TestSystemsArePagedByName(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		for _, name := range []string{"戊", "甲", "丁", "乙", "丙"} {
			c.write(func(tx *db.Tx) error {
				return registry.AddSystem(c.ctx, tx, registry.System{Jurisdiction: "city", UnitID: "water", Name: name + "平台", State: "operating"}, 1)
			})
		}
		// the same name in another unit sorts beside it and must not be lost between pages
		c.write(func(tx *db.Tx) error {
			return registry.AddSystem(c.ctx, tx, registry.System{Jurisdiction: "city", UnitID: "health", Name: "丁平台", State: "operating"}, 1)
		})
		read := func(f registry.SystemFilter) []registry.System {
			t.Helper()
			rows, err := registry.Systems(c.ctx, c.db, actor("bureau"), f)
			must(t, err)
			return rows
		}
		whole := read(registry.SystemFilter{})
		if len(whole) != 6 {
			t.Fatalf("%d systems", len(whole))
		}
		var paged []registry.System
		f := registry.SystemFilter{Limit: 1}
		for range whole {
			rows := read(f)
			if len(rows) != 1 {
				t.Fatalf("a page of %d", len(rows))
			}
			paged, f.After = append(paged, rows[0]), rows[0].ID
		}
		if !slices.Equal(paged, whole) || len(read(f)) != 0 {
			t.Errorf("page by page %v, at once %v", paged, whole)
		}
		if rows := read(registry.SystemFilter{After: "nosuch"}); len(rows) != 0 {
			t.Errorf("after a row that is not: %v", rows)
		}
		if n, err := registry.CountSystems(c.ctx, c.db, actor("bureau"), registry.SystemFilter{Text: "丁", Limit: 1, After: whole[0].ID}); n != 2 || err != nil {
			t.Errorf("%d of the name, %v", n, err)
		}
	})
}
