package app_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zhengcheng/internal/app"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// asked are the people whose access is measured, one of each sort; the expert is
// one who sits on the panel.
func asked(expert string) [][2]string {
	return [][2]string{{"chenli", "unit-clerk"}, {"wuhai", "unit-head"}, {"zhoumin", "bureau-clerk"}, {"liufeng", "bureau-head"}, {"zhaogang", "finance"}, {expert, "expert"},
		{"yangfan", "auditor"}, {"xitong", "sysadmin"}, {"anquan", "secadmin"}, {"shenji", "audadmin"}}
}

// verdict is how a door answered: yes where it opened, the status where it did
// not. 409 and 422 are answers to what was asked; 403 and 404 to who asked.
func verdict(status int) string {
	if status < 400 {
		return "yes"
	}
	return fmt.Sprint(status)
}

// cases are the cases on which the operations are measured: those that read a
// filed plan, those that draft a draft of the same unit, those of seats a scheme
// under review.
type cases struct{ filed, draft, review named }

func (c cases) of(op string) named {
	switch op {
	case "add-line", "save-line", "remove-line", "save-form", "act", "check-matter":
		return c.draft
	case "opine", "draw", "seats", "add-seat", "matter-input":
		return c.review
	}
	return c.filed
}

// Who may use which page, and how every operation of the API answers every sort
// of person, is written down: a widened right is a visible difference.
func TestAccess(t *testing.T) {
	t.Parallel()
	a := openSeason(t)
	h := a.Handler(false)
	type seated struct{ matter, login string }
	s, err := db.One(t.Context(), a.DB, func(s db.Scanner) (seated, error) {
		var x seated
		err := s.Scan(&x.matter, &x.login)
		return x, err
	}, `SELECT s.matter_id, p.login FROM seat s JOIN person p ON p.id = s.person_id JOIN matter m ON m.id = s.matter_id
		WHERE s.status = 'open' AND m.state = s.state ORDER BY s.id LIMIT 1`)
	must(t, err)
	clerk, err := identity.ActorByLogin(t.Context(), a.DB, "chenli")
	must(t, err)
	draft, err := a.Engine.Open(t.Context(), clerk, matter.OpenRequest{Procedure: "unit-plan", Year: 2028, Lines: []map[string]string{{"name": "水库大坝监测"}}})
	must(t, err)
	filed := namedOf(t, a, "lps", "市水务局", "wjj-clerk")
	on := cases{filed: filed, draft: filed.on(t, a, draft.Matter), review: filed.on(t, a, s.matter)}

	var pages, ops strings.Builder
	pages.WriteString("# page: who may use it\n")
	fmt.Fprintf(&ops, "\n# operation of the API:")
	for _, p := range asked(s.login) {
		fmt.Fprintf(&ops, " %s", p[1])
	}
	ops.WriteString("\n")
	for _, d := range doors(t, a, h) {
		if d.id == "" {
			fmt.Fprintf(&pages, "%-6s %-42s %s\n", d.method, d.path, d.who)
			continue
		}
		fmt.Fprintf(&ops, "%-26s %-6s %-44s", d.id, d.method, strings.TrimPrefix(d.path, "/api/v1"))
		for _, p := range asked(s.login) {
			status, body := knock(t, a, h, d, on.of(d.id), p[0])
			if status >= 500 {
				t.Errorf("%s as %s: %d %s", d.name(), p[0], status, body)
			}
			fmt.Fprintf(&ops, " %-4s", verdict(status))
		}
		ops.WriteString("\n")
	}
	golden(t, "testdata/access.golden", []byte(pages.String()+strings.ReplaceAll(ops.String(), " \n", "\n")))
}

// marks are words by which the business of a jurisdiction would be recognised:
// ids of cases, projects and their events, titles, numbers and codes. Interpretations are published to all (Article 37).
func marks(t testing.TB, a *app.App, jurisdiction string) []string {
	t.Helper()
	var out []string
	for _, text := range []string{
		`SELECT id FROM matter WHERE jurisdiction = $1`, `SELECT title FROM matter WHERE jurisdiction = $1 AND procedure <> 'interpretation'`, `SELECT number FROM matter WHERE jurisdiction = $1 AND number <> ''`,
		`SELECT id FROM project WHERE jurisdiction = $1`, `SELECT name FROM project WHERE jurisdiction = $1`, `SELECT code FROM project WHERE jurisdiction = $1`,
		`SELECT e.id FROM event e JOIN matter m ON m.id = e.matter_id WHERE m.jurisdiction = $1`, `SELECT number FROM receipt WHERE jurisdiction = $1`,
		`SELECT id FROM duty WHERE jurisdiction = $1`, `SELECT name FROM info_system WHERE jurisdiction = $1`,
	} {
		list, err := db.Column[string](context.Background(), a.DB, text, jurisdiction)
		must(t, err)
		out = append(out, list...)
	}
	return out
}

var uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// found is the first of the marks that a page shows, other than those it was asked about.
func found(body []byte, list []string, g named) string {
	page, ids := string(body), map[string]bool{}
	for _, id := range uuids.FindAllString(page, -1) {
		ids[id] = true
	}
	asked := slices.Collect(maps.Values(g))
	echo := func(m string) bool { // a page shows what it was asked for, and every part of it
		return slices.ContainsFunc(asked, func(a string) bool { return strings.Contains(a, m) })
	}
	for _, m := range list {
		isID := len(m) == 36 && m[8] == '-'
		if (isID && ids[m] || !isID && strings.Contains(page, m)) && !echo(m) {
			return m
		}
	}
	return ""
}

// None of the three administrators sees business data: every page and every
// operation refuses them, or shows nothing of it.
func TestAdministratorsSeeNoBusiness(t *testing.T) {
	t.Parallel()
	a := openSeason(t)
	h := a.Handler(false)
	g := namedOf(t, a, "lps", "市水务局", "wjj-clerk")
	business := marks(t, a, "lps")
	if len(business) < 500 {
		t.Fatalf("only %d marks", len(business))
	}
	status, body := ask(t.Context(), h, http.MethodGet, "/plans", "zhoumin", "", "")
	if status != http.StatusOK || found(body, business, nil) == "" {
		t.Fatal("the marks would not be found on a page of the bureau")
	}
	for _, d := range doors(t, a, h) {
		for _, login := range []string{"xitong", "anquan", "shenji"} {
			status, body := knock(t, a, h, d, g, login)
			if m := found(body, business, g); m != "" {
				t.Errorf("%s as %s: %d, shows %q", d.name(), login, status, m)
			}
			if d.method == http.MethodGet && strings.Contains(d.path, "matters/{id}") && status < 400 {
				t.Errorf("%s as %s: %d", d.name(), login, status)
			}
		}
	}
}
