package app_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"zhengcheng/internal/app"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/registry"
)

// countyPeople are the people of 钟山区 once its administrators have set it up.
var countyPeople = []struct{ login, unit, role string }{
	{"zs-zhou", "区大数据局", identity.Clerk}, {"zs-liu", "区大数据局", identity.Head}, {"zs-chen", "区水务局", identity.Clerk}, {"zs-wu", "区水务局", identity.Head},
	{"zs-he", "区财政局", identity.Head}, {"zs-yang", "区审计局", identity.Auditor},
}

// settleCounty lets the administrators of 钟山区 make units and people, and the
// people file a plan, with a project that enters the county's register.
func settleCounty(t *testing.T, a *app.App) {
	t.Helper()
	ctx, admin := t.Context(), a.Engine.Administration()
	who := func(login string) identity.Actor {
		t.Helper()
		p, err := identity.ActorByLogin(ctx, a.DB, login)
		must(t, err)
		return p
	}
	for _, u := range []map[string]string{
		{"name": "钟山区大数据局", "short_name": "区大数据局", "code": "ZSDSJ", "kind": "department", "office": identity.BigData}, {"name": "钟山区水务局", "short_name": "区水务局", "code": "ZSSWJ", "kind": "department"},
		{"name": "钟山区财政局", "short_name": "区财政局", "code": "ZSCZJ", "kind": "department", "office": identity.Finance}, {"name": "钟山区审计局", "short_name": "区审计局", "code": "ZSSJJ", "kind": "department", "office": identity.Audit},
	} {
		_, err := admin.SaveUnit(ctx, who("zs-xitong"), "", 0, u, "机构设置")
		must(t, err)
	}
	for _, p := range countyPeople {
		added, err := admin.SavePerson(ctx, who("zs-xitong"), "", 0, map[string]string{"name": "钟" + p.login[3:], "login": p.login, "unit": p.unit}, "新进", false)
		must(t, err)
		must(t, admin.Grant(ctx, who("zs-anquan"), added.ID, p.role, "任命"))
	}
	must(t, a.Engine.SetParameter(ctx, who("zs-liu"), a.Book.Params, "unit-plan.min-runes", "33", a.Clock.Today(), "区政府会议纪要"))
	res, err := a.Engine.Open(ctx, who("zs-chen"), matter.OpenRequest{Procedure: "unit-plan", Year: 2027, Form: map[string]string{"leader": "钟吴", "contact": "钟陈", "contact_phone": "0858-8220001"},
		Lines: []map[string]string{{"name": "凤凰山片区内涝监测", "build_kind": "new", "system_class": "business_app", "basis_level": "city", "basis_issuer": "钟山区人民政府", "basis_title": "防汛工作方案", "basis_number": "第三条",
			"goal":      strings.Repeat("提升内涝监测预警能力，", 5),
			"content":   strings.Repeat("建设内涝监测点位和预警应用，", 5),
			"functions": strings.Repeat("监测汇聚、预警发布、值守处置，", 5), "data_resources": strings.Repeat("内涝监测数据编目共享，", 5), "security": strings.Repeat("按等级保护第二级建设，", 5),
			"operation": strings.Repeat("免费运维期十二个月后按年采购，", 5), "estimate": "88", "year_amount": "88", "fund_general": "88"}}})
	must(t, err)
	act := func(login string, do matter.Action) {
		t.Helper()
		answers := map[string]string{"A05.2-reuse": "不涉及", "A06.0-deadline": "区里推迟", "A06.1-overlap": "不同", "A06.1-count": "新增一个"}
		_, err := a.Engine.Act(ctx, who(login), matter.Request{Matter: res.Matter, Action: do, Answers: answers})
		must(t, err)
	}
	act("zs-chen", matter.Submit)
	act("zs-wu", matter.SignOff)
	act("zs-zhou", matter.Acknowledge)
	_, err = registry.Publish(ctx, a.DB, a.Clock, who("zs-liu"), 2027, "首次公布")
	must(t, err)
}

// privateOf are words by which a jurisdiction would be recognised anywhere: its
// business, its units, people and parameters.
func privateOf(t *testing.T, a *app.App, jurisdiction string) []string {
	t.Helper()
	out := marks(t, a, jurisdiction)
	for _, text := range []string{`SELECT id FROM unit WHERE jurisdiction = $1`, `SELECT id FROM person WHERE jurisdiction = $1`, `SELECT login FROM person WHERE jurisdiction = $1 AND login NOT IN ('xitong', 'anquan', 'shenji')`, // which end the logins of the counties

		`SELECT id FROM event WHERE jurisdiction = $1`, `SELECT id FROM expert WHERE jurisdiction = $1`, `SELECT reason FROM parameter WHERE jurisdiction = $1`,
		// offices are named in the text of the Measures, and counties are no secret
		`SELECT name FROM unit WHERE jurisdiction = $1 AND office = '' AND kind IN ('department', 'institution') AND code NOT IN ('ZFB', 'CYZX')`,
		`SELECT uscc FROM unit WHERE jurisdiction = $1 AND uscc <> ''`} {
		list, err := db.Column[string](t.Context(), a.DB, text, jurisdiction)
		must(t, err)
		out = append(out, list...)
	}
	return out
}

// stateOf is everything that is kept of a jurisdiction, as counts and sums that
// no act leaves as they were.
func stateOf(t *testing.T, a *app.App, jurisdiction string) string {
	t.Helper()
	var b strings.Builder
	for _, text := range []string{
		`SELECT COUNT(*) FROM event WHERE jurisdiction = $1`, `SELECT COALESCE(SUM(rev + form_rev), 0) FROM matter WHERE jurisdiction = $1`, `SELECT COUNT(*) FROM matter WHERE jurisdiction = $1`,
		`SELECT COALESCE(SUM(rev), 0) FROM unit WHERE jurisdiction = $1`, `SELECT COALESCE(SUM(rev + active), 0) FROM person WHERE jurisdiction = $1`,
		`SELECT COUNT(*) FROM person_role r JOIN person p ON p.id = r.person_id WHERE p.jurisdiction = $1`, `SELECT COUNT(*) FROM parameter WHERE jurisdiction = $1`,
		`SELECT COUNT(*) FROM unit_year y JOIN unit u ON u.id = y.unit_id WHERE u.jurisdiction = $1`, `SELECT COUNT(*) FROM duty WHERE jurisdiction = $1`,
		`SELECT COALESCE(SUM(last), 0) FROM number_series WHERE jurisdiction = $1`, `SELECT COUNT(*) FROM task WHERE jurisdiction = $1 AND closed_at = 0`, `SELECT COUNT(*) FROM attachment WHERE jurisdiction = $1`,
		`SELECT COUNT(*) FROM person WHERE jurisdiction = $1 AND password <> ''`,
	} {
		n, err := db.Value[int64](t.Context(), a.DB, text, jurisdiction)
		must(t, err)
		fmt.Fprintf(&b, "%d ", n)
	}
	return b.String()
}

// Nothing of one jurisdiction leaks into another (A36.1): every page, form and
// operation is tried by every sort of person of one with the ids of the other.
// What they name is not found, what they list is their own, nothing changes.
func TestJurisdictionsAreApart(t *testing.T) {
	t.Parallel()
	a := openSeason(t)
	settleCounty(t, a)
	h := a.Handler(false)
	city, county := namedOf(t, a, "lps", "市水务局", "wjj-clerk"), namedOf(t, a, "zs", "区水务局", "zs-chen")
	strangers := []struct {
		of      string // whose things are tried
		theirs  named
		private []string
		own     string // a page on which the stranger sees their own business
		logins  []string
	}{
		{"lps", city, privateOf(t, a, "lps"), county["matters"], []string{"zs-chen", "zs-liu", "zs-yang", "zs-xitong", "zs-anquan", "zs-shenji"}},
		{"zs", county, privateOf(t, a, "zs"), city["matters"], []string{"chenli", "zhoumin", "zhaogang", "yangfan", "xitong", "anquan", "shenji", "expert-01"}},
	}
	all := doors(t, a, h)
	for _, s := range strangers {
		t.Run("things of "+s.of, func(t *testing.T) {
			if len(s.private) < 30 {
				t.Fatalf("only %d marks", len(s.private))
			}
			if status, _ := ask(t.Context(), h, http.MethodGet, "/matters/"+s.own, s.logins[0], "", ""); status != http.StatusOK {
				t.Fatalf("%s does not see their own case: %d", s.logins[0], status)
			}
			before := stateOf(t, a, s.of)
			for _, d := range all {
				if d.who == "demo" || d.path == "/signout" { // the demo's switch shows everybody on purpose
					continue
				}
				for _, login := range s.logins {
					status, body := knock(t, a, h, d, s.theirs, login)
					if m := found(body, s.private, s.theirs); m != "" {
						t.Errorf("%s as %s: %d, shows %q", d.name(), login, status, m)
					}
					if names(d) && status != http.StatusNotFound && status != http.StatusForbidden {
						t.Errorf("%s as %s: %d for what is another jurisdiction's\n%.300s", d.name(), login, status, body)
					}
				}
			}
			// once more without taking back, so that a change would stand
			for _, d := range all {
				if d.method != http.MethodGet && names(d) {
					for _, login := range s.logins {
						insist(t, h, d, s.theirs, login)
					}
				}
			}
			if after := stateOf(t, a, s.of); after != before {
				t.Errorf("what is kept of %s was %s, is %s", s.of, before, after)
			}
		})
	}
}

// names reports whether the path of a door names a thing of a jurisdiction.
func names(d door) bool {
	for _, word := range []string{"matters/{", "projects/{", "units/{", "people/{", "annual/{"} {
		if strings.Contains(d.path, word) {
			return true
		}
	}
	return false
}

func insist(t *testing.T, h http.Handler, d door, g named, login string) {
	t.Helper()
	if d.id == "" {
		ask(t.Context(), h, d.method, g.at(t, d.path), login, "application/x-www-form-urlencoded", "reason=x&rev=0&confirm=1")
		return
	}
	ask(t.Context(), h, d.method, g.at(t, d.path), login, "application/json", `{"reason":"x","confirm":true,"values":{}}`)
}

// A parameter set in one jurisdiction moves no other, numbers are gapless in
// each, and of a county the city knows only the totals it has published.
func TestParametersAndNumbersOfACounty(t *testing.T) {
	t.Parallel()
	a := openSeason(t)
	before, err := db.Value[int64](t.Context(), a.DB, `SELECT last FROM number_series WHERE jurisdiction = 'lps' AND series = 'filing' AND year = 2026`)
	must(t, err)
	settleCounty(t, a)
	for j, want := range map[string]string{"lps": "", "zs": "33", "lz": ""} {
		v, err := a.Engine.Parameters(t.Context(), a.DB, j, calendar.Date("2026-09-20"))
		must(t, err)
		if v["unit-plan.min-runes"] != want {
			t.Errorf("%s reads %q, want %q", j, v["unit-plan.min-runes"], want)
		}
	}
	number, err := db.Value[string](t.Context(), a.DB, `SELECT number FROM receipt WHERE jurisdiction = 'zs'`)
	if err != nil || number != "钟山数备〔2026〕1号" {
		t.Errorf("the county's first number is %q, %v", number, err)
	}
	after, err := db.Value[int64](t.Context(), a.DB, `SELECT last FROM number_series WHERE jurisdiction = 'lps' AND series = 'filing' AND year = 2026`)
	if err != nil || after != before {
		t.Errorf("the city's numbers went from %d to %d, %v", before, after, err)
	}
	for login, want := range map[string]int{"zhoumin": 1, "yangfan": 1, "chenli": 0, "xitong": 0, "zs-chen": 1} {
		p, err := identity.ActorByLogin(t.Context(), a.DB, login)
		must(t, err)
		list, err := registry.PublishedTotals(t.Context(), a.DB, p)
		if err != nil || len(list) != want {
			t.Errorf("%s sees %d published totals, want %d, %v", login, len(list), want, err)
		}
		if len(list) == 1 && (list[0].Units != 1 || list[0].Projects != 1 || list[0].Estimate != 88_0000_00) {
			t.Errorf("totals %+v", list[0])
		}
	}
}
