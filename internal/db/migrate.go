package db

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the schema to the newest version. It is safe to call at every
// start and by several nodes at once, and refuses a schema newer than the program.
func (d *DB) Migrate(ctx context.Context) error {
	p, err := d.provider()
	if err != nil {
		return err
	}
	at, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	newest := p.ListSources()[len(p.ListSources())-1].Version
	if at > newest {
		return fmt.Errorf("the database has schema version %d, newer than this program (%d)", at, newest)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func (d *DB) provider() (*goose.Provider, error) {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	if d.dialect == Postgres {
		l, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // asks every second, for five minutes
		if err != nil {
			return nil, err
		}
		return goose.NewProvider(goose.DialectPostgres, d.write.DB, sub, goose.WithSessionLocker(l))
	}
	return goose.NewProvider(goose.DialectSQLite3, d.write.DB, sub)
}

// SchemaDigest names the schema that Migrate builds: it changes with every
// migration.
func SchemaDigest() string {
	sum := sha256.New()
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		panic(err) // the files are embedded
	}
	for _, f := range files {
		raw, err := migrations.ReadFile("migrations/" + f.Name())
		if err != nil {
			panic(err) // the files are embedded
		}
		sum.Write(raw)
	}
	return hex.EncodeToString(sum.Sum(nil))
}
