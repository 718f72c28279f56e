package app_test

import (
	"database/sql"
	"strings"
	"testing"

	"zhengcheng/internal/app"
	"zhengcheng/internal/matter"
)

// floorAct is what the writes of one act cost at least: the rows that an act
// wrote, written again in one transaction with new ids; nothing is read or
// judged, and every statement is prepared.
type floorAct struct {
	tb                                  testing.TB
	db                                  *sql.DB
	matter                              string
	event, parts, findings              *copied
	lines, head, closing, open, pending *sql.Stmt
}

// copied are rows of one table whose first column is the id of an event.
type copied struct {
	wide int
	args []any
	into *sql.Stmt
}

// newFloor takes the rows of an act as the sample; the case is one the
// benchmark does not act on.
func newFloor(tb testing.TB, a *app.App, event, matterID string) *floorAct {
	tb.Helper()
	d := a.DB.SQL()
	prepare := func(text string) *sql.Stmt {
		s, err := d.Prepare(text)
		must(tb, err)
		tb.Cleanup(func() { s.Close() }) //nolint:errcheck // the database closes after it
		return s
	}
	sample := func(table, where string) *copied {
		rows, err := d.Query(`SELECT * FROM `+table+` WHERE `+where+` = $1`, event)
		must(tb, err)
		defer rows.Close() //nolint:errcheck // read to the end
		columns, err := rows.Columns()
		must(tb, err)
		c := &copied{wide: len(columns)}
		n := 0
		for ; rows.Next(); n++ {
			dest := make([]any, c.wide)
			for i := range dest {
				dest[i] = new(any)
			}
			must(tb, rows.Scan(dest...))
			for _, v := range dest {
				c.args = append(c.args, *v.(*any))
			}
		}
		must(tb, rows.Err())
		must(tb, rows.Close())
		s := sheet{head: table + " (" + strings.Join(columns, ", ") + ")", wide: c.wide}
		c.into = prepare(s.text(n))
		return c
	}
	return &floorAct{tb: tb, db: d, matter: matterID, event: sample("event", "id"), parts: sample("event_part", "event_id"), findings: sample("finding", "event_id"),
		lines: prepare(`UPDATE plan_item SET state = $1, note = $2 WHERE matter_id = $3`),
		head: prepare(`UPDATE matter SET state = $1, rev = rev + 1, version = $2, submitted_at = $3, title = $4, amount = $5, items = $6,
			due = $7, closed_at = $8, state_since = $9, own_review = $10, published = $11 WHERE id = $12`),
		closing: prepare(`UPDATE task SET closed_at = $1, closed_by = $2 WHERE matter_id = $3 AND closed_at = 0`),
		open:    prepare(`INSERT INTO task (id, matter_id, jurisdiction, unit_id, post, person_id, title, due, opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`),
		pending: prepare(`INSERT INTO event_pending (event_id) VALUES ($1)`)}
}

// writes is how many statements run makes.
const writes = 8

func (f *floorAct) run() {
	tx, err := f.db.Begin()
	must(f.tb, err)
	defer tx.Rollback() //nolint:errcheck // no effect after commit
	exec := func(s *sql.Stmt, args ...any) {
		_, err := tx.Stmt(s).Exec(args...)
		must(f.tb, err)
	}
	at, id := int64(1790000000000), matter.NewID()
	exec(f.lines, "held", "", f.matter)
	exec(f.head, "draft", int64(1), at, "市水务局 2027 年度部门项目计划", int64(1_000_000_00), int64(3), "2026-06-30", int64(0), at, int64(0), int64(0), f.matter)
	exec(f.closing, at, "grown", f.matter)
	exec(f.open, matter.NewID(), f.matter, "lps", "grown", "clerk", "", "填写并报送", "2026-06-30", at)
	for _, c := range []*copied{f.event, f.parts, f.findings} {
		for i := 0; i < len(c.args); i += c.wide {
			c.args[i] = id
		}
		exec(c.into, c.args...)
	}
	exec(f.pending, id)
	must(f.tb, tx.Commit())
}
