package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"zhengcheng/internal/app"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/unitplan"
)

// drafted is a plan ready to be handed in, with the clerk of its unit.
type drafted struct {
	id    string
	clerk identity.Actor
}

// drafts opens plans of three projects, one per unit.
func drafts(tb testing.TB, a *app.App, units []identity.Unit, n int) []drafted {
	tb.Helper()
	ctx := context.Background()
	var out []drafted
	for _, u := range units {
		if len(out) == n {
			break
		}
		clerk, err := identity.ActorByLogin(ctx, a.DB, strings.ToLower(u.Code)+"-clerk")
		if db.None(err) || u.Office != "" || u.ParentID != "" {
			continue
		}
		must(tb, err)
		var lines []map[string]string
		for i := range 3 {
			lines = append(lines, line(fmt.Sprintf("%s%s%s平台", u.ShortName, areas[(len(out)+i)%len(areas)], things[(len(out)*3+i)%len(things)])))
		}
		res, err := a.Engine.Open(ctx, clerk, matter.OpenRequest{Procedure: unitplan.Key, Year: 2027, Lines: lines,
			Form: map[string]string{"leader": "何川", "contact": "陈丽", "contact_phone": "0858-5550100", "doc_no": "函〔2026〕12号"}})
		must(tb, err)
		out = append(out, drafted{res.Matter, clerk})
	}
	return out
}

func line(name string) map[string]string {
	long := "围绕业务功能、数据资源和配套安全设施，完成部署、培训和试运行，支撑本单位履职业务线上办理。"
	return map[string]string{"name": name, "build_kind": "new", "system_class": "business_app", "priority": "important", "start_on": "2027-03-01", "end_on": "2027-12-31",
		"basis_level": "city", "basis_issuer": "市人民政府办公室", "basis_title": "六盘水市市级政务信息系统建设管理办法", "basis_number": "第六条",
		"goal": long, "content": long, "functions": long, "data_resources": long, "security": long, "operation": long,
		"estimate": "120", "year_amount": "120", "fund_general": "120", "reuse": "复用统一身份认证、数据共享交换平台和政务云。"}
}

var answers = map[string]string{"A06.0-deadline": "集体研究推迟。", "A06.1-count": "替代纸质台账。", "A06.1-overlap": "服务对象不同，已商定共用接口。",
	"A03.1-fiscal": "按非财政资金记录。", "A05.2-reuse": "接入统一身份认证。"}

// BenchmarkAct measures the CPU of handing in a plan of three projects, with its
// rules, tasks and record, against the writes it makes.
func BenchmarkAct(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			database := ""
			if engine == "postgres" {
				database = dbtest.Postgres(b)
			}
			a := openCity(b, b.TempDir(), database)
			size := sizes[0]
			size.searchable, size.waiting = false, 0
			g := grow(b, a, size)
			ready := drafts(b, a, g.units, turn+1)
			act := func(d drafted, action matter.Action) matter.Result {
				res, err := a.Engine.Act(context.Background(), d.clerk, matter.Request{Matter: d.id, Action: action, Answers: answers})
				must(b, err)
				return res
			}
			sample, rest := ready[0], ready[1:]
			floor := newFloor(b, a, act(sample, matter.Submit).Event, sample.id)
			ctx, n := db.WithCounter(context.Background())
			_, err := a.Engine.Act(ctx, rest[0].clerk, matter.Request{Matter: rest[0].id, Action: matter.Submit, Answers: answers})
			must(b, err)
			act(rest[0], matter.Withdraw)
			b.Run("submit", func(b *testing.B) {
				done := 0
				against(b, func() { act(rest[done], matter.Submit); done++ }, floor.run, func() {
					for ; done > 0; done-- {
						act(rest[done-1], matter.Withdraw)
					}
				})
				b.ReportMetric(float64(n.Load()), "statements")
				b.ReportMetric(writes, "writes")
			})
		})
	}
}
