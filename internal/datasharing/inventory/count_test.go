package inventory_test

import (
	"fmt"
	"testing"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/inventory"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/registry"
)

// Worked by hand as of 2028-05-01: what was launched or entered by the last day of a
// year counts at its end, what was retired by then does not.
func TestNumbersOverTheYears(t *testing.T) {
	t.Parallel()
	list := []struct {
		name, state       string
		added             calendar.Date
		launched, retired string
	}{
		{"of old", "operating", "2025-12-08", "2016-03-01", ""},                    // 2025, 2026, 2027, now
		{"entered on the last day", "operating", "2026-12-31", "", ""},             // 2026, 2027, now
		{"entered on New Year", "operating", "2027-01-01", "", ""},                 // 2027, now
		{"launched before it was entered", "idle", "2028-02-01", "2026-12-31", ""}, // 2026, 2027, now
		{"retired on the last day", "retired", "2026-01-01", "", "2027-12-31"},     // 2026
		{"retired on New Year", "retired", "2026-01-01", "", "2028-01-01"},         // 2026, 2027
		{"long gone", "retired", "2026-01-01", "2010-01-01", "2024-06-01"},         // never
		{"being built", "building", "2028-04-30", "", ""},                          // now
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		build(t, d) // the water office has one system since 2026-03-01
		must(t, d.Write(t.Context(), func(tx *db.Tx) error {
			for _, y := range list {
				if err := registry.AddSystem(t.Context(), tx, registry.System{ID: y.name, Jurisdiction: "city", UnitID: "health", Name: y.name, State: y.state}, y.added.Time().UnixMilli()); err != nil {
					return err
				}
				if _, err := tx.Exec(t.Context(), `UPDATE info_system SET launched_on = $1, retired_on = $2 WHERE id = $3`, y.launched, y.retired, y.name); err != nil {
					return err
				}
			}
			return nil
		}))
		const today calendar.Date = "2028-05-01"
		got, err := inventory.Count(t.Context(), d, identity.System("city"), "", today)
		must(t, err)
		if want := "[{health [1 5 5] 5} {water [0 1 1] 1}]"; fmt.Sprint(got) != want {
			t.Errorf("%v, want %s", got, want)
		}
		if sum := inventory.Total(got); fmt.Sprint(sum) != "{ [1 6 6] 6}" || sum.Change() != 0 || got[0].Change() != 0 {
			t.Errorf("in sum %v", sum)
		}
		if one, err := inventory.Count(t.Context(), d, identity.System("city"), "water", today); err != nil || len(one) != 1 {
			t.Errorf("of one unit %v %v", one, err)
		}
	})
	if got := fmt.Sprint(inventory.Ends("2025-12-31"), inventory.Ends("2026-01-01"), inventory.Ends("2033-01-01")); got != "[] [2025] [2028 2029 2030 2031 2032]" {
		t.Errorf("years %s", got)
	}
}
