package identity_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
)

func TestUSCCCheck(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, code string
		want       bool
	}{
		{"example of the standard", "91350100M000100Y43", true},
		{"check character X or G", "9144030071526726XG", true},
		{"another check character", "91350100M000100Y44", false},
		{"two characters exchanged", "91350100M001000Y43", false},
		{"a letter the standard leaves out", "91350100I000100Y43", false},
		{"lower case", "91350100m000100y43", false},
		{"too short", "91350100M000100Y4", false},
		{"too long", "91350100M000100Y433", false},
		{"18 bytes of Chinese", "六盘水市水务", false},
		{"nothing", "", false},
	} {
		if got := identity.USCCCheck(tc.code); got != tc.want {
			t.Errorf("%s: %s is %v, want %v", tc.name, tc.code, got, tc.want)
		}
	}
}

func TestUnitsAreMatchedAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		dir, err := identity.LoadDirectory(c.ctx, c.db)
		must(t, err)
		for _, tc := range []struct{ written, want string }{
			{"六盘水市水务局", "water"}, {"市水务局", "water"}, {"水务局", "water"}, {" 六盘水市 水务局 ", "water"}, {"“市水务局”", "water"},
			{"SWJ", "water"}, {"swj", "water"}, {"ＳＷＪ", "water"},
			{"六盘水市卫生健康局", "health"}, {"卫生健康局", "health"}, {"市卫健局", "health"}, {"卫健局", "health"}, {"六盘水市卫健局", "health"},
			{"水文站", "hydro"}, {"六盘水市水文站", "hydro"},
			{"水务", ""}, {"县水务局", ""}, {"六盘水市", ""}, {"市", ""}, {"", ""}, {"——", ""},
		} {
			u, ok := dir.Match("city", tc.written)
			if u.ID != tc.want || ok != (tc.want != "") {
				t.Errorf("“%s” is %q, %v; want %q", tc.written, u.ID, ok, tc.want)
			}
		}
		for _, tc := range []struct{ from, written, want string }{
			{"county", "水城县大数据局", "county.bureau"}, {"county", "DSJ", "county.bureau"}, {"county", "市水务局", ""}, {"county", "SWJ", ""},
			{"city", "县大数据局", ""}, {"city", "DSJ", "bureau"}, {"city", "水城县", "county"}, {"county", "水城县", "county"},
		} {
			if u, _ := dir.Match(tc.from, tc.written); u.ID != tc.want {
				t.Errorf("“%s” from the %s is %q, want %q", tc.written, tc.from, u.ID, tc.want)
			}
		}
		if u, ok := dir.ByOffice("county", identity.BigData); !ok || u.ID != "county.bureau" {
			t.Errorf("the county's bureau is %+v", u)
		}
		if u, ok := dir.ByOffice("county", identity.Finance); ok {
			t.Errorf("the county's finance office is %+v", u)
		}
		if got := dir.Name("hydro") + dir.Name("nothing"); got != "水文站" {
			t.Errorf("names %s", got)
		}
		c.exec(`UPDATE unit SET short_name = '水文中心' WHERE id = 'hydro'`)
		must(t, dir.Reload(c.ctx, c.db))
		if u, ok := dir.Match("city", "水文中心"); !ok || u.ID != "hydro" {
			t.Errorf("after a change: %+v, %v", u, ok)
		}
	})
}

func TestWhoOwesTheYearlyDuties(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		c.exec(`INSERT INTO unit_year (unit_id, year, obliged, reason, set_by, set_at) VALUES ('gas', 2027, 0, '无财政资金', 'p', 0), ('tax', 2027, 1, '自愿', 'p', 0)`)
		c.exec(`UPDATE unit SET active = 0 WHERE id = 'hydro'`)
		for year, want := range map[int][]string{
			2026: {"finance", "gas", "health", "water"},
			2027: {"finance", "health", "tax", "water"},
		} {
			units, err := identity.ObligedUnits(c.ctx, c.db, "city", year)
			must(t, err)
			var got []string
			for _, u := range units {
				got = append(got, u.ID)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%d: %v, want %v", year, got, want)
			}
		}
		units, err := identity.Units(c.ctx, c.db, "city")
		if err != nil || len(units) != 6 || slices.ContainsFunc(units, func(u identity.Unit) bool { return u.ID == "hydro" || u.Kind == "panel" || u.Jurisdiction != "city" }) {
			t.Errorf("units %v, %v", units, err)
		}
	})
}

// A reading begun before a unit is added must not replace the one begun after.
func TestReadingsDoNotOvertake(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		dir, err := identity.LoadDirectory(c.ctx, c.db)
		must(t, err)
		stop, stopped := make(chan struct{}), make(chan error, 1)
		go func() {
			for {
				select {
				case <-stop:
					stopped <- nil
					return
				default:
					if err := dir.Reload(c.ctx, c.db); err != nil {
						stopped <- err
						return
					}
				}
			}
		}()
		for i := range 30 {
			id := fmt.Sprintf("new%d", i)
			c.write(func(tx *db.Tx) error {
				_, err := identity.AddUnit(c.ctx, tx, identity.Unit{ID: id, Jurisdiction: "city", Name: "新设" + id, ShortName: id, Code: id, Kind: "department"})
				return err
			})
			must(t, dir.Reload(c.ctx, c.db))
			for range 20 {
				if _, known := dir.ByID(id); !known {
					t.Fatalf("%s is forgotten", id)
				}
				runtime.Gosched()
			}
		}
		close(stop)
		must(t, <-stopped)
	})
}

// A unit is closed when nothing of it would be orphaned; what it still holds is
// counted and not named, for administrators see no business.
func TestAUnitWithProjectsOrSystemsIsNotClosed(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		closing := func() string {
			t.Helper()
			if err := c.admin().CloseUnit(c.ctx, c.as("sysadmin"), "gas", 0, "撤并"); err != nil {
				if problem.KindOf(err) != problem.Conflict {
					t.Fatal(err)
				}
				return problem.Message(err)
			}
			return ""
		}
		for _, p := range [][2]string{{"燃气调度平台", "filed"}, {"燃气收费系统改造", "operating"}, {"燃气巡检平台", "ended"}} {
			c.exec(`INSERT INTO project (id, jurisdiction, unit_id, parent_unit_id, code, name, normal_name, sort_key, year, build_kind, stage, origin, created_at, changed_at)
				VALUES ($1, 'city', 'gas', '', $1, $1, $1, $1, 2027, 'new', $2, 'plan', 0, 0)`, p[0], p[1])
		}
		for _, y := range [][2]string{{"燃气收费系统", "idle"}, {"燃气旧系统", "retired"}} {
			c.exec(`INSERT INTO info_system (id, jurisdiction, unit_id, name, normal_name, sort_key, functions, state, replaced_by, matter_id, added_at, seq)
				VALUES ($1, 'city', 'gas', $1, $1, $1, '', $2, '', '', 0, LENGTH($2))`, y[0], y[1]) // numbers 4 and 7
		}
		if got, want := closing(), "燃气公司还不能停用：还有 2 个项目在它名下，请先移交或终止；还有 1 个信息系统在它名下，请先移交或停用"; got != want {
			t.Errorf("closing says %q, want %q", got, want)
		}
		c.exec(`UPDATE project SET stage = 'ended' WHERE unit_id = 'gas'`)
		if got, want := closing(), "燃气公司还不能停用：还有 1 个信息系统在它名下，请先移交或停用"; got != want {
			t.Errorf("without projects it says %q, want %q", got, want)
		}
		c.exec(`UPDATE info_system SET state = 'retired' WHERE unit_id = 'gas'`)
		if got := closing(); got != "" {
			t.Errorf("with nothing left it says %q", got)
		}
	})
}
