package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/problem"
)

// onTable runs a test on both databases with a table of names and numbers.
func onTable(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if _, err := d.SQL().ExecContext(t.Context(), `CREATE TABLE tally (name TEXT PRIMARY KEY, n BIGINT NOT NULL, code TEXT NOT NULL UNIQUE)`); err != nil {
			t.Fatal(err)
		}
		fn(t, d)
	})
}

func insert(ctx context.Context, tx *db.Tx, name string) error {
	_, err := tx.Exec(ctx, `INSERT INTO tally (name, n, code) VALUES ($1, 0, $2)`, name, "code of "+name)
	return err
}

func names(t *testing.T, q db.Querier) []string {
	t.Helper()
	out, err := db.Column[string](t.Context(), q, `SELECT name FROM tally ORDER BY name`)
	must(t, err)
	return out
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantNames(t *testing.T, q db.Querier, want ...string) {
	t.Helper()
	if got := names(t, q); !slices.Equal(got, want) {
		t.Errorf("rows %q, want %q", got, want)
	}
}

func TestWriteKeepsAllOrNothing(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	onTable(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		err := d.Write(ctx, func(tx *db.Tx) error {
			must(t, insert(ctx, tx, "error"))
			wantNames(t, tx, "error")
			return fmt.Errorf("act: %w", boom)
		})
		if !errors.Is(err, boom) {
			t.Errorf("write returns %v", err)
		}
		wantNames(t, d)

		func() {
			defer func() {
				if p := recover(); p != boom {
					t.Errorf("recovered %v", p)
				}
			}()
			d.Write(ctx, func(tx *db.Tx) error { //nolint:errcheck // it panics
				must(t, insert(ctx, tx, "panic"))
				panic(boom)
			})
		}()
		wantNames(t, d)

		must(t, d.Write(ctx, func(tx *db.Tx) error { return insert(ctx, tx, "kept") }))
		wantNames(t, d, "kept")
	})
}

func TestConcurrentWritesLoseNothing(t *testing.T) {
	t.Parallel()
	onTable(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		must(t, d.Write(ctx, func(tx *db.Tx) error { return insert(ctx, tx, "counter") }))
		const people = 20
		increment := func() error {
			return d.Write(ctx, func(tx *db.Tx) error {
				n, err := db.Value[int64](ctx, tx, `SELECT n FROM tally WHERE name = 'counter'`)
				if err != nil {
					return err
				}
				_, err = tx.Exec(ctx, `UPDATE tally SET n = $1 WHERE name = 'counter'`, n+1)
				return err
			})
		}
		var wg sync.WaitGroup
		for range people {
			wg.Go(func() {
				err := increment()
				for problem.Is(err, problem.Conflict) { // the person clicks again, as asked
					err = increment()
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		n, err := db.Value[int64](ctx, d, `SELECT n FROM tally WHERE name = 'counter'`)
		if n != people || err != nil {
			t.Errorf("counter %d, %v; want %d", n, err, people)
		}
	})
}

func TestWriteEndsWithItsContext(t *testing.T) {
	t.Parallel()
	onTable(t, func(t *testing.T, d *db.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := d.Write(ctx, func(tx *db.Tx) error {
			must(t, insert(ctx, tx, "late"))
			cancel()
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("write returns %v", err)
		}
		wantNames(t, d)
	})
}

func TestBatch(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	onTable(t, func(t *testing.T, d *db.DB) {
		add := func(ctx context.Context, name string) error {
			return d.Write(ctx, func(tx *db.Tx) error { return insert(ctx, tx, name) })
		}
		must(t, d.Batch(t.Context(), func(ctx context.Context) error {
			must(t, add(ctx, "a"))
			err := d.Write(ctx, func(tx *db.Tx) error {
				must(t, insert(ctx, tx, "b"))
				return boom
			})
			if !errors.Is(err, boom) {
				t.Errorf("write that fails returns %v", err)
			}
			if err := add(ctx, "a"); !db.IsUnique(err) { // PostgreSQL ends a transaction here unless there is a savepoint
				t.Errorf("the same name again: %v", err)
			}
			must(t, d.Batch(ctx, func(ctx context.Context) error { return add(ctx, "c") }))
			wantNames(t, d.Reader(ctx), "a", "c")
			return nil
		}))
		wantNames(t, d, "a", "c")

		err := d.Batch(t.Context(), func(ctx context.Context) error {
			must(t, add(ctx, "d"))
			return boom
		})
		if !errors.Is(err, boom) {
			t.Errorf("batch that fails returns %v", err)
		}
		wantNames(t, d, "a", "c")
	})
}

func TestAnUnfinishedBatchIsSeenByNobodyElse(t *testing.T) {
	t.Parallel()
	onTable(t, func(t *testing.T, d *db.DB) {
		must(t, d.Batch(t.Context(), func(ctx context.Context) error {
			must(t, d.Write(ctx, func(tx *db.Tx) error { return insert(ctx, tx, "a") }))
			wantNames(t, d.Reader(t.Context()))
			return nil
		}))
		wantNames(t, d.Reader(t.Context()), "a")
	})
}

func TestIsUnique(t *testing.T) {
	t.Parallel()
	onTable(t, func(t *testing.T, d *db.DB) {
		must(t, d.Write(t.Context(), func(tx *db.Tx) error { return insert(t.Context(), tx, "a") }))
		for _, tc := range []struct {
			name, statement string
			want            bool
		}{
			{"primary key", `INSERT INTO tally (name, n, code) VALUES ('a', 0, 'x')`, true},
			{"unique column", `INSERT INTO tally (name, n, code) VALUES ('x', 0, 'code of a')`, true},
			{"update", `INSERT INTO tally (name, n, code) VALUES ('x', 0, 'x'), ('y', 0, 'x')`, true},
			{"null", `INSERT INTO tally (name, n, code) VALUES ('x', NULL, 'x')`, false},
			{"no such table", `INSERT INTO nothing (name) VALUES ('x')`, false},
			{"foreign key", `INSERT INTO unit (id, jurisdiction, name, short_name, code, kind, sort_key, normal_name) VALUES ('u', 'nowhere', '', '', '', 'district', '', '')`, false},
		} {
			t.Run(tc.name, func(t *testing.T) {
				err := d.Write(t.Context(), func(tx *db.Tx) error {
					_, err := tx.Exec(t.Context(), tc.statement)
					return err
				})
				if err == nil || db.IsUnique(err) != tc.want || db.IsUnique(fmt.Errorf("wrapped: %w", err)) != tc.want {
					t.Errorf("unique %v, want %v: %v", db.IsUnique(err), tc.want, err)
				}
			})
		}
		if db.IsUnique(nil) || db.IsUnique(errors.New("UNIQUE constraint failed")) {
			t.Error("unique without a database's word")
		}
	})
}

func TestArgs(t *testing.T) {
	t.Parallel()
	onTable(t, func(t *testing.T, d *db.DB) {
		must(t, d.Write(t.Context(), func(tx *db.Tx) error {
			return errors.Join(insert(t.Context(), tx, "a"), insert(t.Context(), tx, "b"), insert(t.Context(), tx, "c"))
		}))
		for _, tc := range []struct {
			in   []string
			want []string
		}{
			{nil, []string{}},
			{[]string{"b"}, []string{"b"}},
			{[]string{"a", "c", "x", "') OR 1=1 --"}, []string{"a", "c"}},
		} {
			var args db.Args
			text := `SELECT name FROM tally WHERE n = ` + args.Add(int64(0)) + ` AND name IN ` + args.In(tc.in...) + ` ORDER BY name`
			got, err := db.Column[string](t.Context(), d, text, args.List()...)
			if err != nil || got == nil || !slices.Equal(got, tc.want) {
				t.Errorf("in %q: %q, %v; want %q", tc.in, got, err, tc.want)
			}
		}
	})
}

func TestNoRow(t *testing.T) {
	t.Parallel()
	onTable(t, func(t *testing.T, d *db.DB) {
		if _, err := db.Value[int64](t.Context(), d, `SELECT n FROM tally`); !db.None(err) {
			t.Errorf("value of no row: %v", err)
		}
		if _, err := db.Value[int64](t.Context(), d, `SELECT n FROM nothing`); err == nil || db.None(err) {
			t.Errorf("value of no table: %v", err)
		}
		none := errors.New("nobody")
		must(t, d.Write(t.Context(), func(tx *db.Tx) error {
			res, err := tx.Exec(t.Context(), `UPDATE tally SET n = 1`)
			if got := db.OneRow(res, err, none); got != none {
				t.Errorf("no row changed: %v", got)
			}
			must(t, insert(t.Context(), tx, "a"))
			res, err = tx.Exec(t.Context(), `UPDATE tally SET n = 1`)
			return db.OneRow(res, err, none)
		}))
	})
}

func TestStatementsAreCounted(t *testing.T) {
	t.Parallel()
	onTable(t, func(t *testing.T, d *db.DB) {
		ctx, n := db.WithCounter(t.Context())
		must(t, d.Write(ctx, func(tx *db.Tx) error { return insert(ctx, tx, "a") }))
		if _, err := db.Column[string](ctx, d, `SELECT name FROM tally`); err != nil {
			t.Error(err)
		}
		wantNames(t, d, "a") // without the counter
		if got := n.Load(); got != 2 {
			t.Errorf("%d statements, want 2", got)
		}
	})
}

// Both databases refuse alike what PostgreSQL cannot keep.
func TestUnstorableTextIsRefusedAlike(t *testing.T) {
	t.Parallel()
	onTable(t, func(t *testing.T, d *db.DB) {
		for _, bad := range []string{"a\x00b", "\xff"} {
			err := d.Write(t.Context(), func(tx *db.Tx) error { return insert(t.Context(), tx, bad) })
			if !problem.Is(err, problem.Invalid) {
				t.Errorf("insert %q: %v", bad, err)
			}
			if _, err := db.Column[string](t.Context(), d, `SELECT name FROM tally WHERE name = $1`, bad); !problem.Is(err, problem.Invalid) {
				t.Errorf("select %q: %v", bad, err)
			}
		}
		if got := names(t, d); len(got) != 0 {
			t.Errorf("kept %v", got)
		}
	})
}
