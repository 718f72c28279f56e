package app_test

import (
	"context"
	"testing"

	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/budgeting/budget"
	"zhengcheng/internal/construction/adjustment"
	"zhengcheng/internal/db"
)

// A figure of a record changed by hand differs from what its entries and lines add up
// to; the demo city as it is has none that does.
func TestRecordsChangedByHandAreReported(t *testing.T) {
	t.Parallel()
	a := cityOn(t, t.TempDir(), "", "2026-12-28")
	first := func(table, column string) (string, string) {
		one := ` WHERE id = (SELECT MIN(id) FROM ` + table + ` WHERE ` + column + ` > 1)`
		return `UPDATE ` + table + ` SET ` + column + ` = ` + column + ` + 1` + one, `UPDATE ` + table + ` SET ` + column + ` = ` + column + ` - 1` + one
	}
	for _, c := range []struct {
		table, column string
		check         func(context.Context, db.Querier) ([]string, error)
	}{
		{"contract", "amount", contract.Check}, {"payment", "amount", contract.Check}, {"budget_line", "arranged", budget.Check},
	} {
		change, undo := first(c.table, c.column)
		changedByHand(t, a.DB, c.table+"."+c.column, c.check, change, undo)
	}
	one := ` WHERE id = (SELECT MIN(id) FROM mark)`
	changedByHand(t, a.DB, "mark.year", a.Engine.CheckMarks, `UPDATE mark SET year = year + 1`+one, `UPDATE mark SET year = year - 1`+one)
	changedByHand(t, a.DB, "mark.reason", a.Engine.CheckMarks, `UPDATE mark SET reason = reason || 'x'`+one, `UPDATE mark SET reason = RTRIM(reason, 'x')`+one)
	for _, column := range []string{"increase", "decrease", "moved"} {
		one := ` WHERE matter_id = (SELECT MIN(matter_id) FROM adjustment)`
		changedByHand(t, a.DB, "adjustment."+column, adjustment.Check, `UPDATE adjustment SET `+column+` = `+column+` + 1`+one, `UPDATE adjustment SET `+column+` = `+column+` - 1`+one)
	}
}

func changedByHand(t *testing.T, d *db.DB, what string, check func(context.Context, db.Querier) ([]string, error), change, undo string) {
	t.Helper()
	for _, s := range []struct {
		text string
		want int
	}{{"", 0}, {change, 1}, {undo, 0}} {
		if s.text != "" {
			_, err := d.SQL().Exec(s.text)
			must(t, err)
		}
		found, err := check(t.Context(), d)
		must(t, err)
		if len(found) != s.want {
			t.Errorf("%s after %q: %d reported, want %d: %v", what, s.text, len(found), s.want, found)
		}
	}
}
