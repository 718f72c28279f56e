// Package db opens the two databases the program runs on and gives them one
// face: SQL text with $1 placeholders in a portable subset, one writer at a
// time on SQLite, serializable transactions on PostgreSQL.
//
// The portable subset: no FOR UPDATE, no ILIKE, no arrays, no now(), no
// SELECT *; instants are BIGINT unix milliseconds, dates TEXT YYYY-MM-DD,
// money BIGINT fen, flags BIGINT 0 or 1. Every ORDER BY names NOT NULL columns.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	"modernc.org/sqlite"

	"zhengcheng/internal/problem"
)

// Dialect names the engine behind a DB.
type Dialect string

const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// DB is an open database. Reads go to a pool; on SQLite writes go through one
// connection.
type DB struct {
	dialect Dialect
	read    *pool
	write   *pool
}

type pool struct {
	*sql.DB
	keeps bool // statements of transactions are prepared once for all
	mu    sync.RWMutex
	stmts map[string]*sql.Stmt
}

// Open opens spec: a postgres:// URL, or the path of a SQLite file.
func Open(ctx context.Context, spec string) (*DB, error) {
	if strings.HasPrefix(spec, "postgres://") || strings.HasPrefix(spec, "postgresql://") {
		return openPostgres(ctx, spec)
	}
	return openSQLite(ctx, spec)
}

func openPostgres(ctx context.Context, spec string) (*DB, error) {
	h, err := sql.Open("pgx", spec)
	if err != nil {
		return nil, fmt.Errorf("open postgres: %w", err)
	}
	h.SetMaxOpenConns(16)
	h.SetMaxIdleConns(16)
	p := &pool{DB: h, stmts: map[string]*sql.Stmt{}}
	d := &DB{dialect: Postgres, read: p, write: p}
	return d, d.selfTest(ctx)
}

// SQLite: 4 readers with a page cache of 16 MiB each, one writer, every commit
// on disk before it is acknowledged (synchronous=FULL), BEGIN IMMEDIATE so that
// read-then-write never loses to a busy lock.
func openSQLite(ctx context.Context, path string) (*DB, error) {
	dsn := func(extra ...string) string {
		q := url.Values{}
		for _, p := range append([]string{"busy_timeout(10000)", "foreign_keys(1)", "journal_mode(WAL)", "synchronous(FULL)", "temp_store(MEMORY)"}, extra...) {
			q.Add("_pragma", p)
		}
		q.Set("_txlock", "immediate")
		return "file:" + path + "?" + q.Encode()
	}
	w, err := sql.Open("sqlite", dsn("cache_size(-16384)"))
	if err != nil {
		return nil, fmt.Errorf("open sqlite: %w", err)
	}
	w.SetMaxOpenConns(1)
	r, err := sql.Open("sqlite", dsn("cache_size(-8192)", "query_only(1)"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open sqlite: %w", err), w.Close())
	}
	r.SetMaxOpenConns(4)
	r.SetMaxIdleConns(4)
	d := &DB{
		dialect: SQLite,
		read:    &pool{DB: r, stmts: map[string]*sql.Stmt{}},
		write:   &pool{DB: w, keeps: true, stmts: map[string]*sql.Stmt{}},
	}
	return d, d.selfTest(ctx)
}

// selfTest refuses a driver that binds $2 before $1 by position of appearance.
func (d *DB) selfTest(ctx context.Context) error {
	var a, b string
	err := d.write.QueryRowContext(ctx, `SELECT CAST($2 AS TEXT), CAST($1 AS TEXT)`, "one", "two").Scan(&a, &b)
	if err != nil {
		return errors.Join(fmt.Errorf("open %s: %w", d.dialect, err), d.Close())
	}
	if a != "two" || b != "one" {
		return errors.Join(fmt.Errorf("open %s: the driver binds $N by appearance", d.dialect), d.Close())
	}
	return nil
}

// Dialect tells which engine this is.
func (d *DB) Dialect() Dialect { return d.dialect }

// SQL is the writing handle, for migrations and tests only.
func (d *DB) SQL() *sql.DB { return d.write.DB }

// Close ends all connections.
func (d *DB) Close() error {
	for _, p := range []*pool{d.read, d.write} {
		p.mu.Lock()
		for _, s := range p.stmts {
			s.Close() //nolint:errcheck // the handle closes below
		}
		p.stmts = map[string]*sql.Stmt{}
		p.mu.Unlock()
	}
	if d.read == d.write {
		return d.write.Close()
	}
	return errors.Join(d.read.Close(), d.write.Close())
}

// Querier is what reading code needs: a DB or a running Tx.
type Querier interface {
	query(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

// most prepared statements of one pool; texts beyond it run unprepared.
const most = 1000

// prepared is the kept statement of a text, or nil when no more are kept.
func (p *pool) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	p.mu.RLock()
	s, full := p.stmts[text], len(p.stmts) >= most
	p.mu.RUnlock()
	if s != nil || full {
		return s, nil
	}
	s, err := p.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if old := p.stmts[text]; old != nil {
		s.Close() //nolint:errcheck // another goroutine prepared it first
		return old, nil
	}
	p.stmts[text] = s
	return s, nil
}

// storable refuses a text that PostgreSQL cannot keep, so that both databases
// answer alike to what no door has caught.
func storable(args []any) error {
	for _, a := range args {
		if s, ok := a.(string); ok && (!utf8.ValidString(s) || strings.ContainsRune(s, 0)) {
			return problem.New(problem.Invalid, "内容含有无法识别的字符，请删去后重新提交")
		}
	}
	return nil
}

func (d *DB) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	count(ctx)
	if err := storable(args); err != nil {
		return nil, err
	}
	s, err := d.read.prepared(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	if s == nil {
		return d.read.QueryContext(ctx, text, args...)
	}
	return s.QueryContext(ctx, args...)
}

// Tx is a running write transaction.
type Tx struct {
	tx   *sql.Tx
	pool *pool
	met  map[string]*sql.Stmt // texts the pool had not prepared; from their second run on prepared here
	line *pipeline            // nil on SQLite
}

// stmt is the prepared statement of a text, or nil for one met for the first
// time. The pool prepares with a connection of its own, and on SQLite the
// transaction holds the only one: such texts wait until it has ended.
// PostgreSQL's driver keeps statements by itself.
func (t *Tx) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	if !t.pool.keeps {
		return nil, nil
	}
	t.pool.mu.RLock()
	s := t.pool.stmts[text]
	t.pool.mu.RUnlock()
	if s != nil {
		return t.tx.StmtContext(ctx, s), nil
	}
	s, again := t.met[text]
	if again && s == nil {
		var err error
		if s, err = t.tx.PrepareContext(ctx, text); err != nil {
			return nil, err
		}
	}
	t.met[text] = s
	return s, nil
}

func (t *Tx) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	count(ctx)
	if err := storable(args); err != nil {
		return nil, err
	}
	if err := t.line.flush(ctx); err != nil {
		return nil, err
	}
	s, err := t.stmt(ctx, text)
	switch {
	case err != nil:
		return nil, err
	case s != nil:
		return s.QueryContext(ctx, args...)
	}
	return t.tx.QueryContext(ctx, text, args...)
}

// Exec runs a statement that returns no rows.
func (t *Tx) Exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	count(ctx)
	if err := storable(args); err != nil {
		return nil, err
	}
	if err := t.line.flush(ctx); err != nil {
		return nil, err
	}
	s, err := t.stmt(ctx, text)
	switch {
	case err != nil:
		return nil, err
	case s != nil:
		return s.ExecContext(ctx, args...)
	}
	return t.tx.ExecContext(ctx, text, args...)
}

// Write runs fn in one transaction. The function may run again when PostgreSQL
// reports a serialization failure, so it must have no effect outside the
// database. A panic rolls back.
func (d *DB) Write(ctx context.Context, fn func(tx *Tx) error) error {
	if tx := d.shared(ctx); tx != nil {
		return tx.savepoint(ctx, fn)
	}
	return d.patiently(ctx, fn)
}

// patiently runs a transaction again while PostgreSQL cannot serialize it.
func (d *DB) patiently(ctx context.Context, fn func(tx *Tx) error) error {
	var err error
	for try := range 12 {
		if err = d.once(ctx, fn); err == nil || !retryable(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(rand.Int64N(int64(2 * time.Millisecond << min(try, 7))))):
		}
	}
	return &problem.Error{Kind: problem.Conflict, Msg: "同一时间办理的人较多，请再点一次", Err: err}
}

func (d *DB) once(ctx context.Context, fn func(tx *Tx) error) (err error) {
	t, end, err := d.begin(ctx)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer end()
	if err := fn(t); err != nil {
		return err
	}
	if err := t.line.flush(ctx); err != nil {
		return err
	}
	if err := t.tx.Commit(); err != nil {
		if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil { // its context ended and took it back
			err = ctx.Err()
		}
		return fmt.Errorf("commit: %w", err)
	}
	for text := range t.met {
		_, _ = d.write.prepared(ctx, text) // for the next time; whoever runs it then hears what is wrong
	}
	return nil
}

// begin starts a transaction; end rolls back what was not committed.
func (d *DB) begin(ctx context.Context) (t *Tx, end func(), err error) {
	t = &Tx{pool: d.write, met: map[string]*sql.Stmt{}}
	if d.dialect == SQLite {
		t.tx, err = d.write.BeginTx(ctx, nil)
		return t, func() { t.tx.Rollback() }, err //nolint:errcheck // no effect after commit
	}
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	t.line = &pipeline{conn: conn}
	t.tx, err = conn.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelSerializable})
	end = func() {
		t.tx.Rollback() //nolint:errcheck // no effect after commit
		conn.Close()    //nolint:errcheck // goes back to the pool
	}
	if err != nil {
		conn.Close() //nolint:errcheck // the begin says what is wrong
	}
	return t, end, err
}

func retryable(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// IsUnique reports whether err is a broken unique or primary key constraint.
func IsUnique(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "23505"
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && (lite.Code() == 2067 || lite.Code() == 1555)
}

// OneRow turns "no row was changed" into the given problem and keeps a failed
// database apart from it.
func OneRow(res sql.Result, err error, none error) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	if n == 0 {
		return none
	}
	return nil
}

type counterKey struct{}

// WithCounter makes a context in which every statement is counted, for tests
// that hold a page to a constant number of queries.
func WithCounter(ctx context.Context) (context.Context, *atomic.Int64) {
	n := new(atomic.Int64)
	return context.WithValue(ctx, counterKey{}, n), n
}

func count(ctx context.Context) {
	if n, ok := ctx.Value(counterKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
}
