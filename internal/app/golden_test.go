package app_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zhengcheng/internal/app"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

var update = flag.Bool("update", false, "write the golden files and the generated documents anew")

// golden holds what the program says of itself to a file of the repository.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	path = filepath.Join("../..", path)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(want, got) {
		return
	}
	is, was := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for _, l := range is {
		if !slices.Contains(was, l) {
			t.Errorf("+ %s", l)
		}
	}
	for _, l := range was {
		if !slices.Contains(is, l) {
			t.Errorf("- %s", l)
		}
	}
	t.Errorf("%s is out of date; read the difference, then: scripts/with-postgres.sh go test ./internal/app -run '^%s$' -update", path, regexp.QuoteMeta(strings.Split(t.Name(), "/")[0]))
}

func lawBook(t *testing.T) (*measures.Book, []*matter.Procedure) {
	t.Helper()
	list := app.Procedures(&identity.Directory{})
	book, err := app.NewBook(list)
	if err != nil {
		t.Fatal(err)
	}
	return book, list
}

// A released version of a rule is immutable: old acts replay by it. A line that
// changes here is a version that changed; a change is a new version, which adds
// a line and ends the old one.
func TestReleasedRulesStand(t *testing.T) {
	t.Parallel()
	book, _ := lawBook(t)
	var out []string
	for _, r := range book.Rules {
		type worked struct {
			Name    string
			Verdict measures.Verdict
		}
		var list []worked
		for i, v := range r.Worked() {
			list = append(list, worked{r.Examples[i].Name, v})
		}
		raw, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(raw)
		out = append(out, fmt.Sprintf("%s v%d %s %s %s %s..%s %d %s", r.ID, r.Version, r.Clause, r.Basis, r.Effect, r.From, r.To, len(list), hex.EncodeToString(sum[:8])))
	}
	slices.Sort(out)
	head := "# rule version clause basis effect from..to examples digest-of-their-verdicts\n"
	golden(t, "testdata/rules.golden", []byte(head+strings.Join(out, "\n")+"\n"))
}

// Words that stand in the database and in URLs are data: renaming one orphans rows.
func TestStoredWordsStand(t *testing.T) {
	t.Parallel()
	_, list := lawBook(t)
	var b strings.Builder
	line := func(kind string, words ...string) { fmt.Fprintf(&b, "%s: %s\n", kind, strings.Join(words, " ")) }
	line("origins", string(matter.Own), string(matter.ByProxy), string(matter.BySystem))
	line("roles", identity.Clerk, identity.Head, identity.Expert, identity.Auditor, identity.SysAdmin, identity.SecAdmin, identity.AudAdmin)
	line("offices", identity.BigData, identity.Finance, identity.NDRC, identity.CAC, identity.Secrecy, identity.Police, identity.EGov, identity.Service)
	line("line-states", matter.LineDraft, matter.LineHeld, matter.LineReturned, matter.LineAccepted)
	line("bases", string(measures.Text), string(measures.Reading), string(measures.Other), string(measures.Practice))
	line("effects", string(measures.Block), string(measures.Warn), string(measures.Duty), string(measures.Record), string(measures.Power))
	line("outcomes", string(measures.Pass), string(measures.Fail), string(measures.NotApplies))
	line("build-kinds", ids(registry.BuildKinds)...)
	line("stages", ids(registry.Stages)...)
	line("system-classes", ids(registry.SystemClasses)...)
	for _, p := range slices.SortedFunc(slices.Values(list), func(a, b *matter.Procedure) int { return strings.Compare(a.Key, b.Key) }) {
		b.WriteString("\n")
		line("procedure", p.Key)
		line("start", p.Start.String())
		if p.Proxy.Side != "" {
			line("proxy", p.Proxy.String())
		}
		for _, d := range p.States {
			line("state", string(d.State), string(d.Mark))
			if d.Seats == nil {
				continue
			}
			line("  opinions", opinions(d.Seats.Opinions)...)
			if len(d.Seats.Advice) > 0 {
				line("  advice", opinions(d.Seats.Advice)...)
			}
			if len(d.Seats.Lines) > 0 {
				line("  line-opinions", opinions(d.Seats.Lines)...)
			}
			if d.Seats.Form != nil {
				line("  seat", fields(*d.Seats.Form)...)
			}
		}
		for _, s := range p.Flow {
			to := []string{string(s.To)}
			for _, o := range s.Or {
				to = append(to, string(o))
			}
			line("act", string(s.From), string(s.Do), strings.Join(to, "|"), s.By.String())
			if s.Input != nil {
				line("  input", fields(*s.Input)...)
			}
			if s.Issue != nil {
				line("  issues", s.Issue.Key, s.Issue.Word)
			}
		}
		line("form", fields(p.Form)...)
		for _, g := range p.Groups() {
			line("lines", append([]string{"[" + g.Key + "]", g.Table}, fields(g.Form)...)...)
		}
		for _, n := range p.Needs {
			line("file", n.Kind)
		}
		for _, d := range p.Duties {
			line("duty", d.Key, d.Clause)
		}
		for _, m := range p.Params {
			line("parameter", m.Key, string(m.Kind), m.Default)
		}
	}
	golden(t, "testdata/words.golden", []byte(b.String()))
}

func ids(options []form.Option) []string {
	var out []string
	for _, o := range options {
		out = append(out, o.ID)
	}
	return out
}

func opinions(list []matter.OpinionDef) []string {
	var out []string
	for _, o := range list {
		out = append(out, o.Key)
	}
	return out
}

// fields names the fields of a form with their kinds and the choices they store.
// Sentences of the Measures are held to the text by their own test.
func fields(s form.Spec) []string {
	var out []string
	for _, f := range s.Fields() {
		word := f.Key + ":" + string(f.Kind)
		if len(f.Options) > 0 && f.Key != "sentence" {
			word += "(" + strings.Join(ids(f.Options), "|") + ")"
		}
		out = append(out, word)
	}
	return out
}

// The schema that all migrations come to, on each engine.
func TestSchemaStands(t *testing.T) {
	t.Parallel()
	for engine, text := range map[string]string{
		"sqlite": `SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' ORDER BY tbl_name, type DESC, name`,
		"postgres": `SELECT line FROM (
			SELECT table_name AS t, 0 AS part, ordinal_position AS n, table_name || '.' || column_name || ' ' || data_type || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END || COALESCE(' default ' || column_default, '') AS line
				FROM information_schema.columns WHERE table_schema = 'public'
			UNION ALL SELECT conrelid::regclass::text, 1, 0, conrelid::regclass::text || ' constraint ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
			UNION ALL SELECT tablename, 2, 0, indexdef FROM pg_indexes WHERE schemaname = 'public') x
			WHERE t NOT LIKE 'goose%' ORDER BY t, part, n, line`,
	} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			d := dbtest.SQLite
			if engine == "postgres" {
				d = func(t testing.TB) *db.DB {
					d, err := db.Open(context.Background(), dbtest.Postgres(t))
					if err != nil {
						t.Fatal(err)
					}
					t.Cleanup(func() { d.Close() }) //nolint:errcheck // the database is dropped
					return d
				}
			}
			lines, err := db.Column[string](context.Background(), d(t), text)
			if err != nil {
				t.Fatal(err)
			}
			for i := range lines {
				lines[i] = strings.Join(strings.Fields(comment.ReplaceAllString(lines[i], "")), " ")
			}
			golden(t, "testdata/schema."+engine+".golden", []byte(strings.Join(lines, "\n")+"\n"))
		})
	}
}

var comment = regexp.MustCompile(`--[^\n]*`)
