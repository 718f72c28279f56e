package db_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/problem"
)

const insertTally = `INSERT INTO tally (name, n, code) VALUES ($1, $2, $3)`

func TestLaterIsPartOfItsTransaction(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	onTable(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		must(t, d.Write(ctx, func(tx *db.Tx) error {
			must(t, tx.Later(ctx, insertTally, "a", int64(1), "a"))
			must(t, tx.Later(ctx, insertTally, "b", int64(1), "b"))
			wantNames(t, tx, "a", "b") // a query comes after what was put off
			must(t, tx.Later(ctx, insertTally, "c", int64(1), "c"))
			res, err := tx.Exec(ctx, `UPDATE tally SET n = 2 WHERE name = 'c'`)
			must(t, db.OneRow(res, err, boom))
			return tx.Later(ctx, insertTally, "d", int64(1), "d")
		}))
		wantNames(t, d, "a", "b", "c", "d")

		for name, write := range map[string]func(tx *db.Tx) error{
			"its function fails": func(tx *db.Tx) error { return errors.Join(tx.Later(ctx, insertTally, "e", int64(1), "e"), boom) },
			"the last one breaks": func(tx *db.Tx) error {
				return errors.Join(insert(ctx, tx, "e"), tx.Later(ctx, insertTally, "f", int64(1), "a"))
			},
			"one before a query breaks": func(tx *db.Tx) error {
				if err := tx.Later(ctx, insertTally, "f", int64(1), "a"); err != nil {
					return err
				}
				_, err := db.Column[string](ctx, tx, `SELECT name FROM tally`)
				return err
			},
		} {
			err := d.Write(ctx, write)
			if err == nil || !errors.Is(err, boom) && !db.IsUnique(err) {
				t.Errorf("%s: %v", name, err)
			}
			wantNames(t, d, "a", "b", "c", "d")
		}
		if err := d.Write(ctx, func(tx *db.Tx) error { return tx.Later(ctx, insertTally, "\xff", int64(1), "x") }); !problem.Is(err, problem.Invalid) {
			t.Errorf("text that cannot be kept: %v", err)
		}
	})
}

// In a batch, what a failed write put off goes with its savepoint, and what the
// others put off stays.
func TestLaterKeepsToItsSavepoint(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	onTable(t, func(t *testing.T, d *db.DB) {
		must(t, d.Batch(t.Context(), func(ctx context.Context) error {
			put := func(name, code string, fail error) error {
				return d.Write(ctx, func(tx *db.Tx) error { return errors.Join(tx.Later(ctx, insertTally, name, int64(0), code), fail) })
			}
			must(t, put("a", "a", nil))
			if err := put("b", "b", boom); !errors.Is(err, boom) {
				t.Errorf("failed write: %v", err)
			}
			if err := put("c", "a", nil); !db.IsUnique(err) {
				t.Errorf("broken constraint: %v", err)
			}
			return put("d", "d", nil)
		}))
		wantNames(t, d, "a", "d")
	})
}

func TestTogether(t *testing.T) {
	t.Parallel()
	onTable(t, func(t *testing.T, d *db.DB) {
		ctx, statements := db.WithCounter(t.Context())
		look := func(q db.Querier) ([]string, int64) {
			var names []string
			var sum int64
			must(t, db.Together(ctx, q,
				db.Into(&names, func(s db.Scanner) (string, error) {
					var name string
					err := s.Scan(&name)
					return name, err
				}, `SELECT name FROM tally WHERE n >= $1 ORDER BY name`, int64(1)),
				db.Each(func(s db.Scanner) error { return s.Scan(&sum) }, `SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM tally`)))
			return names, sum
		}
		if names, sum := look(d); len(names) != 0 || sum != 0 {
			t.Errorf("empty table: %v, %d", names, sum)
		}
		must(t, d.Write(ctx, func(tx *db.Tx) error {
			must(t, tx.Later(ctx, insertTally, "a", int64(1), "a"))
			must(t, tx.Later(ctx, insertTally, "b", int64(2), "b"))
			if names, sum := look(tx); !slices.Equal(names, []string{"a", "b"}) || sum != 3 {
				t.Errorf("within the transaction: %v, %d", names, sum)
			}
			return nil
		}))
		if names, sum := look(d); !slices.Equal(names, []string{"a", "b"}) || sum != 3 {
			t.Errorf("after it: %v, %d", names, sum)
		}
		if n := statements.Load(); n != 8 {
			t.Errorf("%d statements counted, want 8", n)
		}
		if err := db.Together(ctx, d, db.Each(func(db.Scanner) error { return nil }, `SELECT nothing FROM tally`)); err == nil {
			t.Error("a query that cannot be answered is no error")
		}
	})
}
