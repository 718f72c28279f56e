package app_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"testing"

	"zhengcheng/internal/app"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

var (
	holdings = []string{"许可证", "巡查记录", "监测数据", "企业名录", "人员信息", "设施台账", "处罚决定", "检查结果", "统计报表", "影像资料"}
	facets   = []string{"编号", "名称", "类型", "所在地", "经度", "纬度", "起始日期", "截止日期", "状态", "负责人", "联系电话", "面积", "数量", "单位", "来源", "等级", "备注", "更新时间", "审批机关", "文号"}
)

// growCatalogue publishes entries with their items in bulk, spread over the systems
// of the demo, and gives the ids of one and of one half down the list: one in eight
// is overdue for the shelf, one in twelve for an update. The rare one is "冰川储量".
func growCatalogue(tb testing.TB, a *app.App, entries, items int) (one, middle string) {
	tb.Helper()
	ctx := context.Background()
	type system struct{ id, unit string }
	systems, err := db.All(ctx, a.DB, func(s db.Scanner) (system, error) {
		var y system
		err := s.Scan(&y.id, &y.unit)
		return y, err
	}, `SELECT id, unit_id FROM info_system WHERE jurisdiction = 'lps' ORDER BY id`)
	must(tb, err)
	w := &writer{tb: tb, sheets: map[string]*sheet{}}
	form := string(procedure(tb, a, catalogue.Key).Form.Encode(procedure(tb, a, catalogue.Key).Form.New()))
	for i := range entries {
		y := systems[i%len(systems)]
		u, _ := a.Units.ByID(y.unit)
		name := fmt.Sprintf("%s%s（%05d）", areas[i%len(areas)], holdings[i/3%len(holdings)], i)
		if i == entries/2 {
			name = "冰川储量" + name
		}
		state, service, due, next := "shelved", "svc", "2026-03-01", "2026-12-31"
		switch {
		case i%8 == 0:
			state, service, next = "published", "", ""
		case i%12 == 1:
			next = "2026-04-01"
		}
		id := w.entry(u, name, state, 1792000000000+int64(i), form)
		share := catalogue.ShareTypes[i%2].ID
		w.row(`resource (id, jurisdiction, unit_id, system_id, code, name, normal_name, sort_key, abstract, class, format, share_type, share_way, open_type, cycle, data_level, items, state, published_on, shelve_due, service, next_update)`,
			id, "lps", u.ID, y.id, fmt.Sprintf("3%02d%03d/%06d", i%90+10, i%7, i+500_000), name, hanzi.NormalName(name), name, name+"的登记、变更和注销", "3", "database", share, "interface", "none", "monthly", "general_2", int64(items),
			state, "2026-01-30", due, service, next)
		words := name
		for n := range items {
			item := things[(i+n)%len(things)] + facets[n%len(facets)]
			words += " " + item
			w.row(`resource_item (resource_id, seq, name, field_name, data_type, size, main_key, sensitive, kept_back)`, id, int64(n+1), item, fmt.Sprintf("F%d", n), "C", "50", db.Flag(n == 0), int64(0), int64(0))
		}
		for _, t := range hanzi.Tokens(words) {
			w.row(`search_posting (token, jurisdiction, kind, ref)`, t, "lps", catalogue.Key, id)
		}
		if one = id; i == entries/3 {
			middle = id
		}
	}
	tx, err := a.DB.SQL().BeginTx(ctx, nil)
	must(tb, err)
	defer tx.Rollback() //nolint:errcheck // no effect after commit
	w.write(tx)
	must(tb, tx.Commit())
	return one, middle
}

func (w *writer) entry(u identity.Unit, title, state string, at int64, form string) string {
	id := matter.NewID()
	w.row(`matter (id, jurisdiction, procedure, title, unit_id, parent_unit_id, year, key, state, rev, form, form_rev, version, origin, opened_by, opened_at, submitted_at, state_since, published)`,
		id, "lps", catalogue.Key, title, u.ID, u.ParentID, int64(0), "", state, int64(4), form, int64(2), int64(1), "own", "grown", at, at, at, int64(1))
	return id
}

// BenchmarkCatalogue measures the catalogue with 10,000 entries and 200,000 items.
func BenchmarkCatalogue(b *testing.B) {
	data := b.TempDir()
	a := openCity(b, data, "")
	grow(b, a, growth{projects: 200, events: 400, units: 50, years: 2})
	one, middle := growCatalogue(b, a, 10_000, 20)
	h := a.Handler(false)
	cookie := signIn(b, a, h, "zhoumin")
	read, err := sql.Open("sqlite", "file:"+filepath.Join(data, "zhengcheng.db")+"?_pragma=cache_size(-16384)&_pragma=query_only(1)")
	must(b, err)
	defer read.Close() //nolint:errcheck // read only
	floor := floorList(b, a, read)
	u, _ := a.Units.Match("lps", "市水务局")
	q := func(words string) string { return "/catalogue?q=" + url.QueryEscape(words) }
	for _, p := range []struct{ name, path string }{
		{"list", "/catalogue"}, {"list-deep", "/catalogue?after=" + middle}, {"filtered", "/catalogue?share=conditional&unit=" + u.ID}, {"stale", "/catalogue?late=stale"}, {"detail", "/catalogue/" + one},
		{"search-rare", q("冰川储量")}, {"search-common", q("监测数据")}, {"search-item", q("执法办案联系电话")}, {"search-unit", q("水务局 许可证")}, {"search-code", q("310000/")}, {"search-none", q("不存在的词")},
	} {
		b.Run(p.name, func(b *testing.B) {
			ctx, n := db.WithCounter(context.Background())
			get(b, h, ctx, p.path, cookie)
			statements := n.Load()
			against(b, func() { get(b, h, context.Background(), p.path, cookie) }, func() { get(b, floor, context.Background(), "/", cookie) }, func() {})
			b.ReportMetric(float64(statements), "statements")
		})
	}
}
