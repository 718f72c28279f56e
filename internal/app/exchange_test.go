package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhengcheng/internal/app"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/datasharing/responsibility"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// exchanged are entries of every kind that an export must carry over whole.
var exchanged = []struct {
	unit, clerk, head string
	form              map[string]string
	items             []map[string]string
}{
	{"市水务局", "chenli", "wuhai", map[string]string{"name": "往返测试 取水许可", "class": "3", "class_item": "07", "class_target": "025", "class_detail": "0019", "abstract": "发放、变更；“引号”与换行\n第二行", "format": "database", "range": "city",
		"cycle": "irregular", "cycle_note": "许可变更后五日内", "related": "307025001/000009", "data_level": "general_2", "personal": "1", "authorised": "1", "share_type": "conditional", "share_condition": "行政审批需要的部门", "share_way": "interface",
		"open_type": "none", "office": "水资源科", "keeper": "陈丽", "phone": "0858-555 0037（科室）"},
		[]map[string]string{{"name": "许可证编号", "field_name": "XKZBH", "data_type": "C", "size": "30", "main_key": "1"}, {"name": "身份证号", "data_type": "C", "sensitive": "1"}, {"name": "内部批注", "data_type": "M", "kept_back": "1"}, {"name": "许可水量、单位", "data_type": "N", "size": "12,2"}}},
	{"市水务局", "chenli", "wuhai", map[string]string{"name": "往返测试 水库照片", "class": "2", "class_item": "11", "class_target": "003", "abstract": "水库照片", "format": "picture", "cycle": "yearly", "data_level": "general_1", "share_type": "unconditional",
		"share_way": "file", "open_type": "unconditional", "office": "河湖科", "keeper": "陈丽"}, nil},
	{"市财政局", "luojing", "zhaogang", map[string]string{"name": "往返测试 评审结果", "class": "1", "class_item": "02", "class_target": "001", "class_detail": "7", "abstract": "财政评审结论", "format": "sheet", "cycle": "realtime", "data_level": "general_3",
		"share_type": "conditional", "share_condition": "项目单位", "share_way": "table", "open_type": "conditional", "open_condition": "依申请", "office": "经建科", "keeper": "贺燕"}, []map[string]string{{"name": "项目名称", "data_type": "C"}}},
	{"市财政局", "luojing", "zhaogang", map[string]string{"name": "往返测试 内部台账", "class": "1", "class_item": "02", "class_target": "001", "abstract": "不共享", "format": "file", "cycle": "yearly", "data_level": "general_4",
		"share_type": "none", "share_basis": "《中华人民共和国统计法》", "open_type": "none", "office": "经建科", "keeper": "贺燕"}, nil},
}

// exchange is a city whose people act by login.
type exchange struct {
	t *testing.T
	a *app.App
}

func (x exchange) actor(login string) identity.Actor {
	p, err := identity.ActorByLogin(x.t.Context(), x.a.DB, login)
	must(x.t, err)
	return p
}

func (x exchange) act(login, id string, do matter.Action, input map[string]string) {
	x.t.Helper()
	if _, err := x.a.Engine.Act(x.t.Context(), x.actor(login), matter.Request{Matter: id, Action: do, Input: input, Answers: map[string]string{"A25.1-way": "由平台转换"}}); err != nil {
		x.t.Fatalf("%s %s: %v", login, do, err)
	}
}

// through takes a draft past every gate of the catalogue.
func (x exchange) through(id, clerk, head string) {
	x.t.Helper()
	x.act(clerk, id, matter.Submit, nil)
	x.act(head, id, catalogue.Clear, map[string]string{"reviewer": "审查员", "on_date": "2026-09-20", "note": "不涉密"})
	x.act("zhoumin", id, catalogue.Publish, nil)
}

func (x exchange) sign(clerk, head string) {
	x.t.Helper()
	res, err := x.a.Engine.Open(x.t.Context(), x.actor(clerk), matter.OpenRequest{Procedure: responsibility.Key})
	must(x.t, err)
	x.act(clerk, res.Matter, matter.Submit, nil)
	x.act(head, res.Matter, matter.SignOff, nil)
}

func (x exchange) export(path string) []byte {
	x.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Authorization", "Demo zhoumin")
	w := httptest.NewRecorder()
	x.a.Handler(false).ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		x.t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	return w.Body.Bytes()
}

// entries reads an export as what comes in again, without what a city gives anew:
// ids, dates and the sequence of the code.
func entries(t *testing.T, raw []byte) []responsibility.Incoming {
	t.Helper()
	all, err := responsibility.ReadExport(bytes.NewReader(raw))
	must(t, err)
	all = slices.DeleteFunc(all, func(i responsibility.Incoming) bool { return !strings.HasPrefix(i.Entry.Name, "往返测试") })
	for i := range all {
		e := &all[i].Entry
		e.ID, e.PublishedOn = "", ""
		e.Code, _, _ = strings.Cut(e.Code, "/")
	}
	slices.SortFunc(all, func(a, b responsibility.Incoming) int { return strings.Compare(a.Entry.Name, b.Entry.Name) })
	return all
}

// The list goes out as JSON and as DCAT that holds to the recommendation, and comes
// into another city as drafts of the units it belongs to: past the same gates it is
// the same list again.
func TestTheListGoesOutAndComesInAgain(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			there := func() exchange {
				database := ""
				if engine == "postgres" {
					database = dbtest.Postgres(t)
				}
				return exchange{t, cityOn(t, t.TempDir(), database, "2026-09-20")}
			}
			one := there()
			for _, e := range exchanged {
				system, err := db.Value[string](t.Context(), one.a.DB, `SELECT MIN(y.id) FROM info_system y JOIN unit u ON u.id = y.unit_id WHERE u.short_name = $1 AND y.state <> 'retired'`, e.unit)
				must(t, err)
				res, err := one.a.Engine.Open(t.Context(), one.actor(e.clerk), matter.OpenRequest{Procedure: catalogue.Key, SubjectID: system, Form: e.form, Lines: e.items})
				must(t, err)
				one.through(res.Matter, e.clerk, e.head)
			}
			one.sign("chenli", "wuhai")
			one.sign("luojing", "zhaogang")
			asJSON, asDCAT := one.export("/responsibility.json"), one.export("/responsibility.jsonld")
			for _, hidden := range []string{"往返测试 内部台账", "身份证号", "内部批注"} {
				if bytes.Contains(asJSON, []byte(hidden)) || bytes.Contains(asDCAT, []byte(hidden)) {
					t.Errorf("%s is exported", hidden)
				}
			}
			faults, nodes, err := dcatFaults(asDCAT)
			must(t, err)
			for _, f := range faults {
				t.Error(f)
			}
			if nodes["dcat:Catalog"] != 1 || nodes["dcat:Dataset"] < 3 || nodes["dcat:Distribution"] != nodes["dcat:Dataset"] {
				t.Errorf("nodes of the export: %v", nodes)
			}
			want := entries(t, asJSON)
			if len(want) != 3 {
				t.Fatalf("%d entries exported, want 3", len(want))
			}
			if diff := cmp.Diff(want, entries(t, asDCAT)); diff != "" {
				t.Errorf("DCAT says something else than JSON:\n%s", diff)
			}
			two := there()
			two.comesIn(map[string][]byte{"sqlite": asDCAT, "postgres": asJSON}[engine]) // both read the same, see above
			if diff := cmp.Diff(want, entries(t, two.export("/responsibility.json"))); diff != "" {
				t.Errorf("the list that came in:\n%s", diff)
			}
		})
	}
}

// comesIn imports an export and takes the drafts past every gate.
func (x exchange) comesIn(raw []byte) {
	t := x.t
	list, err := responsibility.ReadExport(bytes.NewReader(raw))
	must(t, err)
	done, err := responsibility.Import(t.Context(), x.a.Engine, x.actor("zhoumin"), list, false)
	must(t, err)
	if done.Drafts != 3 || done.Others != 0 || len(done.Bad) != 0 {
		t.Fatalf("imported %+v, want 3 drafts", done)
	}
	again, err := responsibility.Import(t.Context(), x.a.Engine, x.actor("zhoumin"), list, false)
	must(t, err)
	if again.Drafts != 0 || again.Same != len(list) {
		t.Errorf("imported again: %+v", again)
	}
	published, err := db.Value[int64](t.Context(), x.a.DB, `SELECT COUNT(*) FROM resource WHERE name LIKE '往返测试%'`)
	must(t, err)
	if published != 0 {
		t.Errorf("%d entries published by the import", published)
	}
	for _, e := range exchanged[:3] {
		id, err := db.Value[string](t.Context(), x.a.DB, `SELECT id FROM matter WHERE procedure = 'catalogue' AND state = 'draft' AND title = $1`, e.form["name"])
		must(t, err)
		x.through(id, e.clerk, e.head)
	}
	x.sign("chenli", "wuhai")
	x.sign("luojing", "zhaogang")
}

// The table finds what is wrong: each fault is planted in a good export.
func TestFaultsOfDCATAreFound(t *testing.T) {
	t.Parallel()
	a := openCity(t, t.TempDir(), "")
	u, _ := a.Units.Match("lps", "市水务局")
	good, err := responsibility.DCAT([]responsibility.Published{{UnitID: u.ID, Version: 1, SignedOn: "2026-09-20", Service: "qsxk-01", Entry: catalogue.Shareable{ID: "00000000-0000-7000-8000-000000000001", Code: "307025/000001", Name: "甲", Abstract: "乙",
		Cycle: "monthly", ShareType: "unconditional", OpenType: "unconditional", Way: "interface", Office: "科", Keeper: "人", PublishedOn: "2026-09-20"}}}, a.Units, "六盘水市", "https://example.org", "2026-09-21")
	must(t, err)
	for _, c := range []struct {
		name   string
		change func(root, set map[string]any)
		want   string
	}{
		{"none", func(_, _ map[string]any) {}, ""},
		{"no title", func(_, set map[string]any) { delete(set, "dct:title") }, "has no dct:title"},
		{"no publisher of the catalogue", func(root, _ map[string]any) { delete(root, "dct:publisher") }, "has no dct:publisher"},
		{"address as text", func(_, set map[string]any) { set["dcat:distribution"].(map[string]any)["dcat:accessURL"] = "x" }, "not a resource"},
		{"publisher is a concept", func(_, set map[string]any) { set["dct:publisher"] = set["dcat:theme"] }, "not a foaf:Agent"},
		{"property of another class", func(_, set map[string]any) { set["dcat:endpointURL"] = map[string]any{"@id": "https://example.org"} }, "belongs to dcat:DataService"},
		{"unknown property", func(_, set map[string]any) { set["dcat:nothing"] = "x" }, "not in the table"},
		{"date without type", func(_, set map[string]any) { set["dct:issued"] = map[string]any{"@value": "2026"} }, "not a date"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var doc map[string]any
			must(t, json.Unmarshal(good, &doc))
			c.change(doc, doc["dcat:dataset"].([]any)[0].(map[string]any))
			raw, err := json.Marshal(doc)
			must(t, err)
			faults, _, err := dcatFaults(raw)
			must(t, err)
			if found := strings.Join(faults, "\n"); c.want == "" && found != "" || !strings.Contains(found, c.want) {
				t.Errorf("found %q, want %q", found, c.want)
			}
		})
	}
	var doc map[string]any
	must(t, json.Unmarshal(good, &doc))
	doc["@context"] = "https://example.org/context"
	raw, err := json.Marshal(doc)
	must(t, err)
	if _, _, err := dcatFaults(raw); err == nil || !strings.Contains(fmt.Sprint(err), "example.org/context") {
		t.Errorf("a context from elsewhere: %v", err)
	}
}
