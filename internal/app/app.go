// Package app is the composition root: it opens the database, binds the
// declared procedures to the engine and serves the doors. modules.go lists
// every procedure, one line each.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// Config says where a city lives. The zero value is no city; Data is required.
type Config struct {
	Data     string // folder of the database file, documents and signing key
	Database string // postgres:// address; empty: a SQLite file in Data
}

// App is an open city.
type App struct {
	DB        *db.DB
	Clock     *calendar.Clock
	Units     *identity.Directory
	Store     *attachment.Store
	Engine    *matter.Engine
	Book      *measures.Book
	Sequencer *ledger.Sequencer

	ready atomic.Bool // everything, the demo included, is loaded
}

// Open migrates and opens a city.
func Open(ctx context.Context, cfg Config, clock *calendar.Clock) (*App, error) {
	if err := os.MkdirAll(cfg.Data, 0o750); err != nil {
		return nil, fmt.Errorf("open data folder: %w", err)
	}
	spec := cfg.Database
	if spec == "" {
		spec = filepath.Join(cfg.Data, "zhengcheng.db")
	}
	d, err := db.Open(ctx, spec)
	if err != nil {
		return nil, err
	}
	a := &App{DB: d, Clock: clock}
	if err := a.bind(ctx, cfg); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return a, nil
}

func (a *App) bind(ctx context.Context, cfg Config) error {
	if err := a.DB.Migrate(ctx); err != nil {
		return err
	}
	var err error
	if a.Units, err = identity.LoadDirectory(ctx, a.DB); err != nil {
		return err
	}
	if a.Store, err = attachment.OpenStore(filepath.Join(cfg.Data, "documents")); err != nil {
		return err
	}
	procedures := Procedures(a.Units)
	if a.Engine, err = matter.New(a.DB, a.Clock, a.Units, a.Store, procedures...); err != nil {
		return err
	}
	if a.Book, err = NewBook(procedures); err != nil {
		return err
	}
	signer, err := ledger.LoadSigner(filepath.Join(cfg.Data, "ledger.key"), "zhengcheng")
	if err != nil {
		return err
	}
	a.Sequencer = &ledger.Sequencer{DB: a.DB, Signer: signer, Now: time.Now, Demo: a.Clock.Demo(), Holder: uuid.NewString()}
	return nil
}

// Close ends the city's connections.
func (a *App) Close() error { return errors.Join(a.Store.Close(), a.DB.Close()) }

// NewBook collects the rules, parameters and clauses of the procedures.
func NewBook(procedures []*matter.Procedure) (*measures.Book, error) {
	var rules []measures.Check
	var params []measures.Param
	refs := append([]measures.ProcedureRef{}, practices...)
	for _, p := range procedures {
		rules = append(rules, p.Checks()...)
		params = append(params, p.Params...)
		refs = append(refs, measures.ProcedureRef{Key: p.Key, Title: p.Title, Clauses: p.Clauses})
	}
	return measures.NewBook(rules, params, refs)
}

// Advance takes every timed step of every jurisdiction up to now.
func (a *App) Advance(ctx context.Context) error {
	all, err := db.Column[string](ctx, a.DB.Reader(ctx), `SELECT id FROM jurisdiction ORDER BY id`)
	if err != nil {
		return err
	}
	for _, j := range all {
		if err := a.Engine.Advance(ctx, j); err != nil {
			return err
		}
	}
	return nil
}

// Run keeps the clockwork going until the context ends: the record is sequenced
// every half second, timed steps are taken every minute.
func (a *App) Run(ctx context.Context) {
	go a.Sequencer.Run(ctx, 500*time.Millisecond)
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		// units that another node or the command line has changed
		if err := errors.Join(a.Units.Reload(ctx, a.DB.Reader(ctx)), a.Advance(ctx), identity.ForgetExpired(ctx, a.DB)); err != nil && ctx.Err() == nil {
			slog.Error("advance", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
