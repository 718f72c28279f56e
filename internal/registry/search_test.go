package registry_test

import (
	"slices"
	"testing"

	"zhengcheng/internal/db"
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
		for _, tc := range []struct {
			name      string
			got, want []string
		}{
			{"live of the unit", list(registry.Systems(c.ctx, c.db, "city", "water")), []string{"water “水务”平台 idle"}},
			{"every one of the unit", list(registry.EverySystem(c.ctx, c.db, "city", "water")), []string{"water “水务”平台 idle", "water 档案系统 retired"}},
			{"live of the city", list(registry.Systems(c.ctx, c.db, "city", "")), []string{"health 水务平台 building", "water “水务”平台 idle"}},
			{"a unit of another jurisdiction", list(registry.Systems(c.ctx, c.db, "city", "county")), []string{}},
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
