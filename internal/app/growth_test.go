package app_test

import (
	"context"
	"fmt"
	"strconv"
	"testing"

	"zhengcheng/internal/app"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/registry"
)

// growth is how much a city is filled beyond its demo: past years of projects,
// the cases they came from with their acts, and plans that wait to be filed.
type growth struct {
	projects, events int
	units, years     int // how many units and years they are spread over
	waiting          int // plans on the bureau's desk, one to a unit
	searchable       bool
}

const firstYear = 2017 // ten years up to the demo's own, 2027

// grown is what was written: ids to open pages with.
type grown struct {
	project, middle, plan, waiting, resource string // middle: a project half down the list
	units                                    []identity.Unit
}

// grow writes rows in bulk, without the engine: consistent enough for every
// page, not a record that verifies.
func grow(tb testing.TB, a *app.App, g growth) grown {
	tb.Helper()
	ctx := context.Background()
	units, err := identity.Units(ctx, a.DB, "lps")
	must(tb, err)
	all := units
	units = units[:min(g.units, len(units))]
	w := &writer{tb: tb, sheets: map[string]*sheet{}}
	out := grown{units: units}
	plans := map[string]string{}
	form := string(procedure(tb, a, unitplan.Key).Form.Encode(procedure(tb, a, unitplan.Key).Form.New()))
	scheme := string(procedure(tb, a, reserve.Key).Form.Encode(procedure(tb, a, reserve.Key).Form.New()))
	perProject := max(1, (g.events-4*len(units)*g.years)/max(1, g.projects))
	for i := range g.projects {
		u, year := units[i%len(units)], int64(firstYear+i/len(units)%g.years)
		at := int64(1483228800000) + int64(i)*1000
		key := u.ID + "/" + strconv.FormatInt(year, 10)
		plan := plans[key]
		if plan == "" {
			plan = w.matter(unitplan.Key, u, year, key, unitplan.Filed, form, at)
			plans[key] = plan
			w.acts(plan, unitplan.Key, u, at, 4)
			out.plan = plan
		}
		p := registry.Project{ID: matter.NewID(), Jurisdiction: "lps", UnitID: u.ID, ParentUnitID: u.ParentID, Year: year, MatterID: plan,
			BuildKind: registry.BuildKinds[i/7%len(registry.BuildKinds)].ID, Stage: registry.Stage(registry.Stages[i/11%len(registry.Stages)].ID)}
		p.Name = fmt.Sprintf("%s%s%s%s（%d）", u.ShortName, areas[i%len(areas)], things[i/3%len(things)], works[i/5%len(works)], i)
		p.Code = fmt.Sprintf("LPS-%d-%s-G-%05d", year, u.Code, i)
		p.Estimate, p.Reviewed = 100_000_00+amount(i), 90_000_00+amount(i)
		if i%5 > 0 { // four in five have money, one in four of these more contracted than budgeted
			p.Money = registry.Money{Ceiling: p.Reviewed, Budget: p.Reviewed - 1_000_00, Contracted: p.Reviewed - 2_000_00, Paid: p.Reviewed / 2, Settled: p.Reviewed / 3}
			if i%5 == 1 {
				p.Money.Contracted = p.Reviewed + 5_000_00
			}
		}
		w.project(p, at)
		if g.searchable {
			w.words(p)
		}
		w.item(plan, i, p.ID, p.Name, p.BuildKind, int64(p.Estimate))
		if perProject > 1 {
			m := w.matter(reserve.Key, u, year, "", reserve.Planned, scheme, at)
			w.acts(m, reserve.Key, u, at, perProject)
		}
		out.project = p.ID
		if i == g.projects/2 {
			out.middle = p.ID
		}
	}
	for i := range g.waiting {
		u := all[i]
		m := w.matter(unitplan.Key, u, 2027, u.ID+"/2027", unitplan.Checking, form, 1792000000000)
		w.acts(m, unitplan.Key, u, 1792000000000, 3)
		w.item(m, 1_000_000+i, "", u.ShortName+areas[i%len(areas)]+things[i%len(things)], registry.New, 1_000_000_00)
		bureau, _ := a.Units.ByOffice("lps", identity.BigData)
		w.task(m, bureau.ID, identity.Clerk, 1792000000000, 0)
		out.waiting = m
	}
	tx, err := a.DB.SQL().BeginTx(ctx, nil)
	must(tb, err)
	defer tx.Rollback() //nolint:errcheck // no effect after commit
	w.write(tx)
	for _, text := range []string{`DELETE FROM project_total`, sumTotals} {
		_, err := tx.Exec(text)
		must(tb, err)
	}
	must(tb, tx.Commit())
	return out
}

const (
	summed    = `, COUNT(*), SUM(estimate), SUM(reviewed), SUM(planned), SUM(ceiling), SUM(budget), SUM(contracted), SUM(paid), SUM(settled) FROM project GROUP BY jurisdiction, year`
	sumTotals = `INSERT INTO project_total (jurisdiction, unit_id, year, stage, build_kind, projects, estimate, reviewed, planned, ceiling, budget, contracted, paid, settled)
	SELECT jurisdiction, unit_id, year, stage, build_kind` + summed + `, unit_id, stage, build_kind UNION ALL
	SELECT jurisdiction, '', year, stage, build_kind` + summed + `, stage, build_kind UNION ALL SELECT jurisdiction, '*', year, '', ''` + summed
)

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func procedure(tb testing.TB, a *app.App, key string) *matter.Procedure {
	tb.Helper()
	p, ok := a.Engine.Procedure(key)
	if !ok {
		tb.Fatalf("no procedure %s", key)
	}
	return p
}

var (
	areas  = []string{"城市防洪", "河湖", "供水", "交通运输", "医疗保障", "森林防火", "矿山安全", "食品药品", "公共资源", "社会救助", "职业教育", "农村公路", "不动产", "档案", "气象灾害", "生态环境"}
	things = []string{"预警", "监测", "调度", "审批", "监管", "档案管理", "数据治理", "视频联网", "执法办案", "公众服务", "应急指挥", "统计分析", "移动办公"}
	works  = []string{"平台建设", "系统升级改造", "系统运维", "平台二期", "信息化项目", "数据库建设", "接口开发"}
)
