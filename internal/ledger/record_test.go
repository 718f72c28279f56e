package ledger_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/ledger/verify"
)

var opening = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)

// record is a database with cases that begin with their first act, and the
// signer of its checkpoints.
type record struct {
	t      *testing.T
	ctx    context.Context
	db     *db.DB
	signer *ledger.Signer
	acts   int
	rev    map[string]int64
}

func newRecord(t *testing.T, d *db.DB) *record {
	t.Helper()
	r := &record{t: t, ctx: t.Context(), db: d, signer: newSigner(t), rev: map[string]int64{}}
	r.exec(`INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ('city', '试验市', '5202', '试验', 'own')`)
	r.exec(`INSERT INTO unit (id, jurisdiction, name, short_name, code, kind, sort_key, normal_name) VALUES ('water', 'city', '市水务局', '水务局', 'SWJ', 'department', 's', '市水务局')`)
	return r
}

func newSigner(t *testing.T) *ledger.Signer {
	t.Helper()
	s, err := ledger.LoadSigner(filepath.Join(t.TempDir(), "ledger.key"), "测试 存证")
	must(t, err)
	return s
}

// eventID of the nth act, in the order the sequencer takes them.
func eventID(n int) string { return fmt.Sprintf("e%05d", n) }

func state(rev int64) string {
	if rev == 0 {
		return ""
	}
	return fmt.Sprintf("s%d", rev)
}

// act moves a case one step, the way the engine does: the case and its event in
// one transaction.
func (r *record) act(matter string) string {
	r.t.Helper()
	id, rev := eventID(r.acts), r.rev[matter]
	must(r.t, r.db.Write(r.ctx, func(tx *db.Tx) error { return appendAct(r.ctx, tx, id, matter, rev) }))
	r.acts++
	r.rev[matter]++
	return id
}

func appendAct(ctx context.Context, tx *db.Tx, id, matter string, rev int64) error {
	text := `UPDATE matter SET state = $1, rev = $2 WHERE id = $3 AND rev = $2 - 1`
	if rev == 0 {
		text = `INSERT INTO matter (id, jurisdiction, procedure, title, unit_id, state, rev, form, form_rev, origin, opened_by, opened_at, state_since)
			VALUES ($3, 'city', 'plan', '计划', 'water', $1, $2, '{}', 0, 'own', 'p', 0, 0)`
	}
	res, err := tx.Exec(ctx, text, state(rev+1), rev+1, matter)
	if err := db.OneRow(res, err, fmt.Errorf("case %s is not at %d", matter, rev)); err != nil {
		return err
	}
	err = ledger.Append(ctx, tx, ledger.Event{ID: id, Jurisdiction: "city", MatterID: matter, Procedure: "plan", Action: "submit",
		FromState: state(rev), ToState: state(rev + 1), Rev: rev + 1, ActorID: "p", ActorName: "张三", UnitID: "water", Capacity: "owner",
		At: opening.UnixMilli() + rev, Number: "LPS-" + id,
		Parts:    []ledger.Part{{Name: "reason", Body: []byte("情况属实")}, {Name: "form", Body: []byte(`{"name":"河道监测"}`)}},
		Findings: []ledger.FindingRef{{RuleID: "plan.late", Version: 1, Outcome: "pass"}}})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO finding (event_id, rule_id, version, clause, matter_id, effect, outcome) VALUES ($1, 'plan.late', 1, '7.1', $2, 'warn', 'pass')`, id, matter)
	return err
}

// sequencer of a node, with a clock of its own.
func (r *record) sequencer(holder string, now *time.Time) *ledger.Sequencer {
	return &ledger.Sequencer{DB: r.db, Signer: r.signer, Now: func() time.Time { return *now }, Holder: holder}
}

func (r *record) flush() {
	r.t.Helper()
	now := opening
	_, err := r.sequencer("node", &now).Flush(r.ctx)
	must(r.t, err)
}

func (r *record) verify() verify.Report {
	r.t.Helper()
	rep, err := verify.Run(r.ctx, r.db.SQL(), r.signer.Public())
	must(r.t, err)
	return rep
}

func (r *record) exec(text string, args ...any) {
	r.t.Helper()
	res, err := r.db.SQL().ExecContext(r.ctx, text, args...)
	must(r.t, err)
	n, err := res.RowsAffected()
	must(r.t, err)
	if n == 0 {
		r.t.Fatalf("no row changed by %s", text)
	}
}

// force runs statements as somebody who can switch off foreign keys.
func (r *record) force(texts ...string) {
	r.t.Helper()
	off, on := `PRAGMA foreign_keys = OFF`, `PRAGMA foreign_keys = ON`
	if r.db.Dialect() == db.Postgres {
		off, on = `SET session_replication_role = replica`, `SET session_replication_role = origin`
	}
	c, err := r.db.SQL().Conn(r.ctx)
	must(r.t, err)
	for _, text := range slices.Concat([]string{off}, texts, []string{on}) {
		if _, err := c.ExecContext(r.ctx, text); err != nil {
			r.t.Fatalf("%s: %v", text, err)
		}
	}
	must(r.t, c.Close())
}

var tables = []string{"matter", "event", "event_part", "event_pending", "finding", "ledger_entry", "ledger_node", "ledger_checkpoint"}

// keep copies the record aside, and restore puts it back.
func (r *record) keep() {
	r.t.Helper()
	for _, name := range tables {
		r.force(`CREATE TABLE kept_` + name + ` AS SELECT * FROM ` + name)
	}
}

func (r *record) restore() {
	r.t.Helper()
	var texts []string
	for _, name := range tables {
		texts = append(texts, `DELETE FROM `+name, `INSERT INTO `+name+` SELECT * FROM kept_`+name)
	}
	r.force(texts...)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// inRecord runs a test on both databases with five acts of case a and two of
// case b, under checkpoints of four and of seven: a a a b | a b a.
func inRecord(t *testing.T, fn func(t *testing.T, r *record)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		for i, matter := range []string{"a", "a", "a", "b", "a", "b", "a"} {
			r.act(matter)
			if i == 3 {
				r.flush()
			}
		}
		r.flush()
		fn(t, r)
	})
}
