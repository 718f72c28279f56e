// Package dbtest gives tests real databases: SQLite files in temporary folders
// and one PostgreSQL server per test run, started from the installed binaries.
//
// make test starts the server in a temporary folder, once for all packages, and
// hands its address over in ZHENGCHENG_TEST_POSTGRES.
package dbtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"zhengcheng/internal/db"
)

// EnvPostgres names the variable with the address of a running test server.
const EnvPostgres = "ZHENGCHENG_TEST_POSTGRES"

// Each runs a test on SQLite and on PostgreSQL, with an empty migrated database each.
func Each(t *testing.T, fn func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		fn(t, open(t, filepath.Join(t.TempDir(), "test.db")))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		fn(t, open(t, Postgres(t)))
	})
}

// SQLite is an empty migrated SQLite database.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "test.db"))
}

func open(t testing.TB, spec string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := d.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return d
}

// Postgres makes an empty migrated database on the test server, copied from a
// template so that the schema is built once for all packages, and returns its address.
func Postgres(t testing.TB) string {
	t.Helper()
	base := os.Getenv(EnvPostgres)
	if base == "" {
		t.Fatalf("no PostgreSQL for the tests: run `make test`, or set %s to the address of a server (docs/testing.md)", EnvPostgres)
	}
	ctx := context.Background()
	template := makeTemplate(t, ctx, base)
	name := "t_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	administer(t, ctx, base, fmt.Sprintf(`CREATE DATABASE %s TEMPLATE %s`, name, template))
	t.Cleanup(func() { administer(t, ctx, base, fmt.Sprintf(`DROP DATABASE %s WITH (FORCE)`, name)) })
	return at(t, base, name)
}

func at(t testing.TB, base, name string) string {
	t.Helper()
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func administer(t testing.TB, ctx context.Context, base, statement string) {
	t.Helper()
	c, err := pgx.Connect(ctx, base)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx) //nolint:errcheck // administrative connection
	if _, err := c.Exec(ctx, statement); err != nil {
		t.Fatal(err)
	}
}

var templateOnce sync.Mutex

// makeTemplate builds the template database of this schema unless another
// package has; a lock on the server keeps two packages from building it at once.
func makeTemplate(t testing.TB, ctx context.Context, base string) string {
	t.Helper()
	templateOnce.Lock()
	defer templateOnce.Unlock()
	name := "template_" + db.SchemaDigest()[:16]
	c, err := pgx.Connect(ctx, base)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx) //nolint:errcheck // gives the lock back
	if _, err := c.Exec(ctx, `SELECT pg_advisory_lock(7070)`); err != nil {
		t.Fatal(err)
	}
	var have bool
	if err := c.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)`, name).Scan(&have); err != nil {
		t.Fatal(err)
	}
	if have {
		return name
	}
	draft := "draft_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	administer(t, ctx, base, `CREATE DATABASE `+draft)
	d, err := db.Open(ctx, at(t, base, draft))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Migrate(ctx), d.Close()); err != nil {
		t.Fatal(err)
	}
	administer(t, ctx, base, fmt.Sprintf(`ALTER DATABASE %s RENAME TO %s`, draft, name))
	return name
}
