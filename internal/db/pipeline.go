package db

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// pipeline collects the writes of a transaction that nobody waits for, and sends
// them to PostgreSQL in one round trip.
type pipeline struct {
	conn   *sql.Conn
	queued *pgx.Batch
}

// Later runs a statement whose result nobody needs, at the latest with the next
// statement or the commit: what is wrong with it is reported there. SQLite,
// which has no round trips, runs it at once.
func (t *Tx) Later(ctx context.Context, text string, args ...any) error {
	if t.line == nil {
		_, err := t.Exec(ctx, text, args...)
		return err
	}
	count(ctx)
	if err := storable(args); err != nil {
		return err
	}
	if t.line.queued == nil {
		t.line.queued = &pgx.Batch{}
	}
	t.line.queued.Queue(text, args...)
	return nil
}

// Ask is a query that goes to the database together with others.
type Ask struct {
	text string
	args []any
	row  func(Scanner) error
}

// Each is an Ask whose rows are handed over one by one.
func Each(row func(Scanner) error, text string, args ...any) Ask { return Ask{text, args, row} }

// Into is an Ask whose rows are added to a list.
func Into[T any](out *[]T, scan func(Scanner) (T, error), text string, args ...any) Ask {
	return Each(func(s Scanner) error {
		v, err := scan(s)
		*out = append(*out, v)
		return err
	}, text, args...)
}

// Together puts several queries, which do not depend on each other, in one round
// trip on PostgreSQL; on SQLite one after the other.
func Together(ctx context.Context, q Querier, asks ...Ask) error {
	var line *pipeline
	switch q := q.(type) {
	case *Tx:
		line = q.line
	case *DB:
		if q.dialect == Postgres {
			conn, err := q.read.Conn(ctx)
			if err != nil {
				return fmt.Errorf("query: %w", err)
			}
			defer conn.Close() //nolint:errcheck // goes back to the pool
			line = &pipeline{conn: conn}
		}
	}
	if line != nil {
		return line.ask(ctx, asks)
	}
	for _, a := range asks {
		_, err := All(ctx, q, func(s Scanner) (struct{}, error) { return struct{}{}, a.row(s) }, a.text, a.args...)
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *pipeline) ask(ctx context.Context, asks []Ask) error {
	if p.queued == nil {
		p.queued = &pgx.Batch{}
	}
	for _, a := range asks {
		count(ctx)
		if err := storable(a.args); err != nil {
			return err
		}
		p.queued.Queue(a.text, a.args...).Query(func(rows pgx.Rows) error {
			for rows.Next() {
				if err := a.row(rows); err != nil {
					return err
				}
			}
			return rows.Err()
		})
	}
	return p.flush(ctx)
}

func (p *pipeline) flush(ctx context.Context) error {
	if p == nil || p.queued == nil {
		return nil
	}
	batch := p.queued
	p.queued = nil
	err := p.conn.Raw(func(driver any) error {
		return driver.(*stdlib.Conn).Conn().SendBatch(ctx, batch).Close()
	})
	if err != nil {
		return fmt.Errorf("pipeline: %w", err)
	}
	return nil
}

// drop forgets what was queued: its savepoint is rolled back.
func (p *pipeline) drop() {
	if p != nil {
		p.queued = nil
	}
}
