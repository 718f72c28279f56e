package db

import (
	"context"
	"fmt"
)

type batchKey struct{}

// Batch runs fn with a context in which every Write shares one commit: each
// keeps its own savepoint, so one that fails leaves nothing behind, and all are
// durable together when Batch returns. It is for seeding and bulk acts; nobody
// may be told of a success before Batch has returned. Like that of Write, the
// function may run again.
func (d *DB) Batch(ctx context.Context, fn func(ctx context.Context) error) error {
	if d.shared(ctx) != nil {
		return fn(ctx)
	}
	return d.patiently(ctx, func(tx *Tx) error {
		return fn(context.WithValue(ctx, batchKey{}, tx))
	})
}

func (d *DB) shared(ctx context.Context) *Tx {
	tx, _ := ctx.Value(batchKey{}).(*Tx)
	return tx
}

func (t *Tx) savepoint(ctx context.Context, fn func(tx *Tx) error) error {
	if err := t.line.flush(ctx); err != nil {
		return err
	}
	if _, err := t.tx.ExecContext(ctx, `SAVEPOINT step`); err != nil {
		return fmt.Errorf("savepoint: %w", err)
	}
	err := fn(t)
	if err == nil {
		err = t.line.flush(ctx)
	}
	if err != nil {
		t.line.drop()
		if _, rb := t.tx.ExecContext(ctx, `ROLLBACK TO SAVEPOINT step`); rb != nil {
			return fmt.Errorf("%w (and rollback: %v)", err, rb)
		}
		return err
	}
	if _, err := t.tx.ExecContext(ctx, `RELEASE SAVEPOINT step`); err != nil {
		return fmt.Errorf("release savepoint: %w", err)
	}
	return nil
}

// Reader is the database as reading code sees it: inside Batch the running
// transaction, so that what was just written is found, otherwise the pool.
func (d *DB) Reader(ctx context.Context) Querier {
	if tx := d.shared(ctx); tx != nil {
		return tx
	}
	return d
}
