package app_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"zhengcheng/internal/app"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
)

// openCity makes the demo city in the spring, before any plan is filed.
func openCity(tb testing.TB, data, database string) *app.App {
	tb.Helper()
	return cityOn(tb, data, database, "2026-04-20")
}

// cityOn makes the demo city as it stands on a day.
func cityOn(tb testing.TB, data, database string, day calendar.Date) *app.App {
	tb.Helper()
	a, err := app.Open(context.Background(), app.Config{Data: data, Database: database}, calendar.Offset(day.Time().Add(9*time.Hour)))
	must(tb, err)
	tb.Cleanup(func() {
		if err := a.Close(); err != nil {
			tb.Error(err)
		}
	})
	must(tb, a.Seed(context.Background(), day))
	return a
}

// visit reads a page and counts its statements.
func visit(tb testing.TB, h http.Handler, path, login string) (body string, statements int64) {
	tb.Helper()
	ctx, n := db.WithCounter(context.Background())
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Demo "+login)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		tb.Fatalf("GET %s as %s: %d\n%s", path, login, w.Code, w.Body)
	}
	return w.Body.String(), n.Load()
}

// pages with the most statements each may take, shell and sign-in included.
var pages = []struct {
	path string
	most int64
}{
	{"/", 22}, {"/projects", 8}, {"/projects/{project}", 26}, {"/plans", 8}, {"/matters/{plan}", 12}, {"/matters/{waiting}", 16},
	{"/search?q=%E5%9F%8E%E5%B8%82%E9%98%B2%E6%B4%AA", 8}, {"/law", 8}, {"/law?s=s06.0", 12}, {"/systems", 8}, {"/systems?state=operating&q=%E5%B9%B3%E5%8F%B0", 8}, {"/systems?idle=1", 8}, {"/systems/years", 4}, {"/units", 8}, {"/progress", 12}, {"/catalogue", 6}, {"/catalogue?q=%E7%9B%91%E6%B5%8B%E6%95%B0%E6%8D%AE", 8}, {"/catalogue/{resource}", 16}, {"/responsibility", 6}, {"/connections", 6}, {"/protection", 8}, {"/protection?by=unit", 8}, {"/marks", 6},
}

var rows = regexp.MustCompile(`<tr|<li`)

func TestStatementsOfAPageAreConstant(t *testing.T) {
	t.Parallel()
	few := openCity(t, t.TempDir(), "")
	many := openCity(t, t.TempDir(), "")
	small := grow(t, few, growth{projects: 10, events: 100, units: 1, years: 1, waiting: 1, searchable: true})
	large := grow(t, many, growth{projects: 200, events: 2000, units: 1, years: 1, waiting: 50, searchable: true})
	small.resource, _ = growCatalogue(t, few, 3, 2)
	large.resource, _ = growCatalogue(t, many, 150, 30)
	for _, p := range pages {
		t.Run(p.path, func(t *testing.T) {
			var counts [2]int64
			var lines [2]int
			for i, c := range []struct {
				h http.Handler
				g grown
			}{{few.Handler(false), small}, {many.Handler(false), large}} {
				path := strings.NewReplacer("{project}", c.g.project, "{plan}", c.g.plan, "{waiting}", c.g.waiting, "{resource}", c.g.resource).Replace(p.path)
				var body string
				body, counts[i] = visit(t, c.h, path, "zhoumin")
				lines[i] = len(rows.FindAllString(body, -1))
			}
			t.Logf("%d statements; %d and %d rows", counts[0], lines[0], lines[1])
			if counts[0] != counts[1] {
				t.Errorf("%d statements with few rows, %d with many", counts[0], counts[1])
			}
			if counts[1] > p.most {
				t.Errorf("%d statements, at most %d", counts[1], p.most)
			}
		})
	}
}

// A resource that others asked for, complained of, operate and have open takes no more
// statements than a page may, however many they are.
func TestTheCardsOfAResourceTakeFewStatements(t *testing.T) {
	t.Parallel()
	a := cityOn(t, t.TempDir(), "", "2026-09-20")
	ids, err := db.Column[string](context.Background(), a.DB, `SELECT id FROM resource ORDER BY code`)
	must(t, err)
	if len(ids) < 3 {
		t.Fatalf("only %d resources in the demo city", len(ids))
	}
	for _, id := range ids {
		if body, n := visit(t, a.Handler(false), "/catalogue/"+id, "zhoumin"); n > 14 || !strings.Contains(body, "向社会开放") {
			t.Errorf("%s takes %d statements", id, n)
		}
	}
}
