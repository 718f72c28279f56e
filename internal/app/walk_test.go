package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zhengcheng/internal/app"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/web"
)

// A door is one operation: a page, a form of a page, or an operation of the API.
type door struct {
	method, path string
	who          web.Who // "" for the API
	id           string  // of an operation of the API
}

func (d door) name() string {
	if d.id != "" {
		return d.id
	}
	return d.method + " " + d.path
}

// named is what the placeholders of paths stand for: the word before a
// placeholder says what it is.
type named map[string]string

var placeholder = regexp.MustCompile(`([a-z]+)/\{([a-z]+)\}`)

// at fills the placeholders of a path. A path of a new shape fails here: whoever
// adds it says what the placeholder stands for, and is tested with it.
func (g named) at(t testing.TB, path string) string {
	path = strings.TrimSuffix(path, "{$}")
	return placeholder.ReplaceAllStringFunc(path, func(m string) string {
		word, _, _ := strings.Cut(m, "/")
		v, ok := g[word]
		if !ok {
			t.Fatalf("%s: no test knows what stands behind %s/; add it to named of walk_test.go", path, word)
		}
		return word + "/" + v
	})
}

// doors lists every page and every operation of the API.
func doors(t testing.TB, a *app.App, h http.Handler) []door {
	t.Helper()
	var out []door
	for _, r := range web.Routes(web.City{Engine: a.Engine, Book: a.Book, Units: a.Units, Store: a.Store, Advance: a.Advance}) {
		method, path, _ := strings.Cut(r.Pattern, " ")
		out = append(out, door{method: method, path: path, who: r.Who})
	}
	status, raw := ask(t.Context(), h, http.MethodGet, "/api/v1/openapi.json", "", "", "")
	if status != http.StatusOK {
		t.Fatalf("the description of the API: %d %s", status, raw)
	}
	var spec struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
		} `json:"paths"`
	}
	must(t, json.Unmarshal(raw, &spec))
	var ops []door
	for path, methods := range spec.Paths {
		for method, op := range methods {
			ops = append(ops, door{method: strings.ToUpper(method), path: path, id: op.OperationID})
		}
	}
	slices.SortFunc(ops, func(a, b door) int { return strings.Compare(a.id, b.id) })
	if len(out) < 80 || len(ops) < 50 {
		t.Fatalf("only %d pages and %d operations found", len(out), len(ops))
	}
	return append(out, ops...)
}

// ask makes a request as a person of the demo.
func ask(ctx context.Context, h http.Handler, method, path, login, media, body string) (int, []byte) {
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
	if login != "" {
		r.Header.Set("Authorization", "Demo "+login)
	}
	if media != "" {
		r.Header.Set("Content-Type", media)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Body.Bytes()
}

// knock tries a door with values that name one of the given things in every field
// that may name one, and takes back whatever it wrote.
func knock(t testing.TB, a *app.App, h http.Handler, d door, g named, login string) (status int, body []byte) {
	t.Helper()
	path := g.at(t, d.path)
	undo := errors.New("undo")
	err := a.DB.Batch(t.Context(), func(ctx context.Context) error {
		switch {
		case d.method == http.MethodGet:
			q := url.Values{"year": {"2027"}, "unit": {g["units"]}, "subject": {g["projects"]}, "id": {g["matters"]}, "q": {g["name"]}}
			status, body = ask(ctx, h, d.method, path+"?"+q.Encode(), login, "", "")
		case d.id != "":
			raw, err := json.Marshal(g.body(d.id))
			must(t, err)
			status, body = ask(ctx, h, d.method, path, login, "application/json", string(raw))
		default:
			form := url.Values{"f.name": {"甲"}}
			for k, v := range g.values() {
				if s, ok := v.(string); ok {
					form.Set(k, s)
				}
			}
			form.Set("matter", g["matters"])
			status, body = ask(ctx, h, d.method, path, login, "application/x-www-form-urlencoded", form.Encode())
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatalf("%s as %s: %v", d.name(), login, err)
	}
	must(t, a.Units.Reload(t.Context(), a.DB))
	return status, body
}

// values are the fields that operations read, each naming a thing of the given ones.
func (g named) values() map[string]any {
	return map[string]any{"action": "acknowledge", "reason": "试一试", "unit": g["units"], "year": 2027, "person": g["people"], "seat": g["seats"], "opinion": "pass",
		"subject": g["projects"], "matters": []string{g["matters"]}, "lines": []any{}, "session": "none", "do": "grant", "role": "head", "key": "unit-plan.min-runes", "value": "1", "from": "2030-01-01",
		"password": "Anders-2026-x", "old": "Anders-2026-y", "procedure": "unit-plan", "text": "请报", "obliged": false, "day": "2026-01-01", "next": "/"}
}

// body is what is sent to an operation of the API: something it would carry out
// for the right person.
func (g named) body(op string) any {
	v := g.values()
	switch {
	case strings.HasPrefix(op, "open-"):
		return map[string]any{"year": 2029}
	case op == "add-line":
		return map[string]string{"name": "水库大坝监测"}
	case op == "act":
		v["action"] = "submit"
	case op == "add-seat":
		v["unit"] = "市公安局"
	case op == "add-unit":
		v["values"] = map[string]string{"name": "某某指挥部", "short_name": "某指挥部", "code": "ZHB", "kind": "department"}
	case op == "add-person":
		v["values"] = map[string]string{"name": "某某", "login": "moumou", "unit": g["unit-name"]}
	case op == "save-form" || op == "save-line":
		v["rev"], v["values"] = 1, map[string]string{}
	case op == "edit-unit" || op == "edit-person":
		v["values"] = map[string]string{"phone": "0858-5550999"}
	case op == "person-leaves":
		v["confirm"] = true
	}
	return v
}

// openSeason makes the demo city in September, with plans filed and schemes under review.
func openSeason(tb testing.TB) *app.App {
	tb.Helper()
	day := calendar.Date("2026-09-20")
	a, err := app.Open(context.Background(), app.Config{Data: tb.TempDir()}, calendar.Offset(day.Time().Add(9*3600e9)))
	must(tb, err)
	tb.Cleanup(func() {
		if err := a.Close(); err != nil {
			tb.Error(err)
		}
	})
	must(tb, a.Seed(context.Background(), day))
	return a
}

// namedOf finds one of everything in a jurisdiction.
func namedOf(tb testing.TB, a *app.App, jurisdiction, planUnit, login string) named {
	tb.Helper()
	one := func(text string, args ...any) string {
		tb.Helper()
		v, err := db.Value[string](context.Background(), a.DB, text, args...)
		if err != nil {
			tb.Fatalf("%s %v: %v", text, args, err)
		}
		return v
	}
	g := named{"cases": "unit-plan", "import": "none", "check": "submit", "files": "none", "seats": "none", "unit-name": planUnit}
	g["units"] = one(`SELECT id FROM unit WHERE jurisdiction = $1 AND short_name = $2`, jurisdiction, planUnit)
	g["people"] = one(`SELECT id FROM person WHERE login = $1`, login)
	g["projects"] = one(`SELECT id FROM project WHERE unit_id = $1 ORDER BY id LIMIT 1`, g["units"])
	g["systems"] = one(`SELECT COALESCE(MIN(id), 'none') FROM info_system WHERE unit_id = $1`, g["units"])
	g["catalogue"] = one(`SELECT COALESCE(MIN(id), 'none') FROM resource WHERE unit_id = $1`, g["units"])
	g["name"] = one(`SELECT name FROM project WHERE id = $1`, g["projects"])
	return g.on(tb, a, one(`SELECT id FROM matter WHERE unit_id = $1 AND procedure = 'unit-plan' AND state = 'filed' ORDER BY id LIMIT 1`, g["units"]))
}

// on is the same things with another case.
func (g named) on(tb testing.TB, a *app.App, matter string) named {
	tb.Helper()
	g = maps.Clone(g)
	g["matters"], g["annual"] = matter, matter
	for key, text := range map[string]string{
		"lines":   `SELECT COALESCE(MIN(id), 'none') FROM plan_item WHERE matter_id = $1`,
		"changes": `SELECT MIN(id) FROM event WHERE matter_id = $1`,
		"events":  `SELECT COALESCE((SELECT MIN(e.id) FROM event e JOIN event_part p ON p.event_id = e.id AND p.name = 'input' WHERE e.matter_id = $1 AND e.seat_id = ''), (SELECT MIN(id) FROM event WHERE matter_id = $1))`,
		"seats":   `SELECT COALESCE(MIN(id), 'none') FROM seat WHERE matter_id = $1 AND status = 'open' AND person_id <> ''`,
	} {
		v, err := db.Value[string](context.Background(), a.DB, text, matter)
		must(tb, err)
		g[key] = v
	}
	return g
}
