package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// Scanner is one row.
type Scanner interface{ Scan(dest ...any) error }

// All reads every row of a query. It returns an empty, non-nil slice for none.
func All[T any](ctx context.Context, q Querier, scan func(Scanner) (T, error), text string, args ...any) ([]T, error) {
	rows, err := q.query(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	defer rows.Close() //nolint:errcheck // reading is over; rows.Err is checked
	out := []T{}
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("scan: %w", err)
		}
		out = append(out, v)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	return out, nil
}

// ErrNone says that a query for one row found none.
var ErrNone = sql.ErrNoRows

// One reads the first row of a query, or ErrNone.
func One[T any](ctx context.Context, q Querier, scan func(Scanner) (T, error), text string, args ...any) (T, error) {
	all, err := All(ctx, q, scan, text, args...)
	if err != nil {
		var zero T
		return zero, err
	}
	if len(all) == 0 {
		var zero T
		return zero, ErrNone
	}
	return all[0], nil
}

// Value reads a single column of a single row, or ErrNone.
func Value[T any](ctx context.Context, q Querier, text string, args ...any) (T, error) {
	return One(ctx, q, func(s Scanner) (T, error) {
		var v T
		err := s.Scan(&v)
		return v, err
	}, text, args...)
}

// Column reads the first column of every row.
func Column[T any](ctx context.Context, q Querier, text string, args ...any) ([]T, error) {
	return All(ctx, q, func(s Scanner) (T, error) {
		var v T
		err := s.Scan(&v)
		return v, err
	}, text, args...)
}

// None reports whether err says that there was no row.
func None(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// Args collects arguments and hands out their placeholders, so that a filter is
// built from constant pieces while every value stays bound.
type Args struct{ list []any }

// Add appends a value and returns its placeholder, such as $3.
func (a *Args) Add(v any) string {
	a.list = append(a.list, v)
	return fmt.Sprintf("$%d", len(a.list))
}

// In appends values and returns a parenthesised list of placeholders; an empty
// list matches nothing.
func (a *Args) In(vs ...string) string {
	if len(vs) == 0 {
		return "(NULL)"
	}
	marks := make([]string, len(vs))
	for i, v := range vs {
		marks[i] = a.Add(v)
	}
	return "(" + strings.Join(marks, ",") + ")"
}

// List is the collected arguments in order.
func (a *Args) List() []any { return a.list }

// Flag is a boolean as the databases keep it.
func Flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
