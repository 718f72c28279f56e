package db_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
)

func TestMigrateTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		versions := func() int64 {
			n, err := db.Value[int64](t.Context(), d, `SELECT COUNT(*) FROM goose_db_version`)
			must(t, err)
			return n
		}
		before := versions()
		must(t, d.Migrate(t.Context()))
		if after := versions(); before == 0 || after != before {
			t.Errorf("%d migrations recorded, before %d", after, before)
		}
	})
}

func TestMigrateRefusesANewerSchema(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		applied := "1"
		if d.Dialect() == db.Postgres {
			applied = "TRUE"
		}
		if _, err := d.SQL().ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, `+applied+`)`); err != nil {
			t.Fatal(err)
		}
		if err := d.Migrate(t.Context()); err == nil || !strings.Contains(err.Error(), "99999, newer than this program") {
			t.Errorf("migrate: %v", err)
		}
	})
}

// Several nodes may start at once on an empty PostgreSQL.
func TestNodesMigrateAtOnce(t *testing.T) {
	t.Parallel()
	spec := dbtest.Postgres(t)
	d := opened(t, spec)
	if _, err := d.SQL().ExecContext(t.Context(), `DROP SCHEMA public CASCADE; CREATE SCHEMA public`); err != nil {
		t.Fatal(err)
	}
	nodes := make([]*db.DB, 2)
	for i := range nodes {
		nodes[i] = opened(t, spec)
	}
	var wg sync.WaitGroup
	for _, n := range nodes {
		wg.Go(func() {
			if err := n.Migrate(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n, err := db.Value[int64](t.Context(), nodes[0], `SELECT COUNT(*) FROM matter`); n != 0 || err != nil {
		t.Errorf("%d cases, %v", n, err)
	}
}

func opened(t *testing.T, spec string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), spec)
	must(t, err)
	t.Cleanup(func() { must(t, d.Close()) })
	return d
}

func TestOpenRefusesWhatItCannotReach(t *testing.T) {
	t.Parallel()
	for _, spec := range []string{filepath.Join(t.TempDir(), "no", "folder", "x.db"), "postgres://nobody@/nothing?host=" + t.TempDir()} {
		if d, err := db.Open(t.Context(), spec); err == nil {
			t.Errorf("opened %s", spec)
			must(t, d.Close())
		}
	}
}

// The SQLite driver is translated code and works with one version of its C
// library only.
func TestSQLiteHasTheLibraryItAsksFor(t *testing.T) {
	t.Parallel()
	var driver struct{ GoMod string }
	read(t, &driver, "list", "-m", "-json", "modernc.org/sqlite")
	var asks struct {
		Require []struct{ Path, Version string }
	}
	read(t, &asks, "mod", "edit", "-json", driver.GoMod)
	var have struct{ Version string }
	read(t, &have, "list", "-m", "-json", "modernc.org/libc")
	want := ""
	for _, r := range asks.Require {
		if r.Path == "modernc.org/libc" {
			want = r.Version
		}
	}
	if want == "" || have.Version != want {
		t.Errorf("modernc.org/libc is %s, modernc.org/sqlite asks for %q: set exactly that version in go.mod", have.Version, want)
	}
}

func read(t *testing.T, into any, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v: %s", strings.Join(args, " "), err, complaint.String())
	}
	must(t, json.Unmarshal(out, into))
}
