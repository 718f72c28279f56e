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
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// drop forgets what was queued: its savepoint is rolled back.
func (p *pipeline) drop() {
	if p != nil {
		p.queued = nil
	}
}
