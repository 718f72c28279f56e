// Package dbtest gives tests real databases: SQLite files in temporary folders
// and one PostgreSQL server per test run, started from the installed binaries.
//
// The first test process that needs PostgreSQL starts a server in a temporary
// folder; make test starts it once for all packages and hands its address over
// in ZHENGCHENG_TEST_POSTGRES.
package dbtest

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"

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

// Postgres makes an empty database on the test server, copied from a migrated
// template so that schemas are built once, and returns its address.
func Postgres(t testing.TB) string {
	t.Helper()
	base := os.Getenv(EnvPostgres)
	if base == "" {
		t.Fatalf("no PostgreSQL for the tests: run `make test`, or set %s to the address of a server (docs/testing.md)", EnvPostgres)
	}
	name := "t_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	ctx := context.Background()
	admin, err := db.Open(ctx, base)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close() //nolint:errcheck // administrative connection
	if _, err := admin.SQL().ExecContext(ctx, fmt.Sprintf(`CREATE DATABASE %s TEMPLATE template0`, name)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		a, err := db.Open(ctx, base)
		if err != nil {
			t.Log(err)
			return
		}
		defer a.Close() //nolint:errcheck // administrative connection
		if _, err := a.SQL().ExecContext(ctx, fmt.Sprintf(`DROP DATABASE %s WITH (FORCE)`, name)); err != nil {
			t.Log(err)
		}
	})
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}
