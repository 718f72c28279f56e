package inventory

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

const inForce calendar.Date = "2025-12-01"

// Facts are what the rules of a confirmation judge.
type Facts struct {
	On      calendar.Date `json:"on"`
	Due     calendar.Date `json:"due"`
	Missing []string      `json:"missing,omitempty"` // systems of the register that it does not list
	Systems []SystemFacts `json:"systems"`
	Secret  string        `json:"secret,omitempty"`
}

// SystemFacts are the facts of one system.
type SystemFacts struct {
	Seq    int64  `json:"seq"`
	Name   string `json:"name"`
	State  string `json:"state"`
	Cloud  bool   `json:"cloud,omitempty"`
	Users  int64  `json:"users,omitempty"`
	Active int64  `json:"active,omitempty"`
	Daily  int64  `json:"daily,omitempty"`
	Rates  int64  `json:"rates,omitempty"` // the highest
	Remark bool   `json:"remark,omitempty"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	f := Facts{On: c.Today, Due: due(c.Year, c.Values), Systems: []SystemFacts{}, Secret: measures.SecretField(confirmationForm, matter.FormOf[Confirmation](c))}
	missing, err := unlisted(ctx, q, c)
	if err != nil {
		return f, err
	}
	for _, y := range missing {
		f.Missing = append(f.Missing, y.Name)
	}
	clouded, err := db.Column[string](ctx, q, `SELECT y.id FROM info_system y WHERE y.unit_id = $1 AND y.hosting IN `+cloudList+` ORDER BY y.id`, c.UnitID)
	cloud := map[string]bool{}
	for _, id := range clouded {
		cloud[id] = true
	}
	for _, ln := range c.LinesOf("") {
		u := matter.BodyOf[Used](ln)
		f.Systems = append(f.Systems, SystemFacts{ln.Seq, u.Name, u.State, cloud[u.SystemID], u.Users, u.Active, u.Daily, max(u.CPU, u.Memory, u.Storage), hanzi.Given(u.Remark)})
		if s := measures.SecretField(systems.Form, u); s != "" {
			f.Secret = fmt.Sprintf("第 %d 个系统的%s", ln.Seq, s)
		}
	}
	return f, err
}

// Rules are asked when a confirmation is handed in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{secret, listed, used, resting, active, clouded, timely}
}

// one system on the cloud, confirmed for 2026 on 2027-03-01
func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2027-03-01", Due: "2027-03-31", Systems: []SystemFacts{{Seq: 1, Name: "河长制信息平台", State: "operating", Cloud: true, Users: 300, Active: 120, Daily: 40, Rates: 35}}}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

// each asks of every system.
func each(f Facts, fn func(SystemFacts, func(field, format string, args ...any))) measures.Verdict {
	var ps []measures.Problem
	for _, y := range f.Systems {
		fn(y, func(field, format string, args ...any) {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/%s", y.Seq, field), Message: "“" + y.Name + "”：" + fmt.Sprintf(format, args...)})
		})
	}
	return measures.FailedWith(ps...)
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-inventory", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容。涉密系统不得在本系统登记，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same),
		ex(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "说明" })},
}

var listed = measures.Rule[Facts]{
	ID: "A06.1-listed", Clause: "A06.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "台账里的系统逐个确认", Source: "“只减不增”要有准数，漏了一个就不准",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if len(f.Missing) > 0 {
			return measures.Failed("", "台账里的“%s”没有列出，请点“按台账补列”", strings.Join(f.Missing, "”“"))
		}
		return measures.Passed("%d 个系统都已列出", len(f.Systems))
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "都已列出", "没有漏", same),
		ex(measures.ExampleFail, measures.Fail, "之后登记了一个", "漏了一个", func(f *Facts) { f.Missing = []string{"水务门户网站"} })},
}

var used = measures.Rule[Facts]{
	ID: "A06.1-used", Clause: "A06.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "运行的系统写明使用情况", Source: "没有用户也没有业务量，看不出它在运行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f, func(y SystemFacts, fail func(string, string, ...any)) {
			if y.State == "operating" && y.Users == 0 && y.Active == 0 && y.Daily == 0 && !y.Remark {
				fail("users", "请填写用户数、月活跃用户或者业务量；确实没有的，请在说明里写明")
			}
		})
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "有用户", "看得出在用", same),
		ex(measures.ExamplePass, measures.Pass, "只有业务量", "后台系统没有用户", func(f *Facts) { f.Systems[0].Users, f.Systems[0].Active = 0, 0 }),
		ex(measures.ExamplePass, measures.Pass, "都没有，有说明", "有说明", func(f *Facts) { f.Systems[0] = SystemFacts{Seq: 1, Name: "甲", State: "operating", Remark: true} }),
		ex(measures.ExamplePass, measures.Pass, "在建，没有使用", "还没有运行", func(f *Facts) { f.Systems[0] = SystemFacts{Seq: 1, Name: "甲", State: "building"} }),
		ex(measures.ExampleFail, measures.Fail, "运行，什么都没有填", "看不出在用", func(f *Facts) { f.Systems[0] = SystemFacts{Seq: 1, Name: "甲", State: "operating"} })},
}

var resting = measures.Rule[Facts]{
	ID: "A06.1-resting", Clause: "A06.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "闲置的系统写明打算", Source: "闲置的要停用、并入或者恢复使用",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f, func(y SystemFacts, fail func(string, string, ...any)) {
			if y.State == "idle" && !y.Remark {
				fail("remark", "闲置的请写明打算：停用、并入哪个系统，还是恢复使用")
			}
		})
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "运行", "没有闲置", same),
		ex(measures.ExamplePass, measures.Pass, "闲置，有打算", "写明了", func(f *Facts) { f.Systems[0].State, f.Systems[0].Remark = "idle", true }),
		ex(measures.ExampleFail, measures.Fail, "闲置，没有打算", "不知道怎么办", func(f *Facts) { f.Systems[0].State = "idle" })},
}

var active = measures.Rule[Facts]{
	ID: "A06.1-active", Clause: "A06.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: inForce, Boundary: true, Title: "活跃用户不多于用户", Source: "活跃用户是用户的一部分；没有账户的系统只填活跃用户",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f, func(y SystemFacts, fail func(string, string, ...any)) {
			if y.Users > 0 && y.Active > y.Users {
				fail("monthly_active", "月活跃用户 %d 多于用户数 %d，可能填错", y.Active, y.Users)
			}
		})
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "300 个用户，120 个活跃", "是一部分", same),
		ex(measures.ExamplePass, measures.Pass, "没有账户，120 个活跃", "公开网站", func(f *Facts) { f.Systems[0].Users = 0 }),
		ex(measures.ExampleFail, measures.Fail, "300 个用户，3000 个活跃", "不会比用户多", func(f *Facts) { f.Systems[0].Active = 3000 }),
		ex(measures.ExampleBoundary, measures.Pass, "300 个用户，300 个活跃", "每人都用", func(f *Facts) { f.Systems[0].Active = 300 }),
		ex(measures.ExampleBoundary, measures.Fail, "300 个用户，301 个活跃", "多出一个", func(f *Facts) { f.Systems[0].Active = 301 })},
}

var clouded = measures.Rule[Facts]{
	ID: "A06.1-clouded", Clause: "A06.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: inForce, Title: "云上的系统写明利用率", Source: "云资源按利用率核减，没有数字的按 0 看待",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return each(f, func(y SystemFacts, fail func(string, string, ...any)) {
			if y.Cloud && y.State == "operating" && y.Rates == 0 {
				fail("cpu_rate", "部署在云上，没有填写 CPU、内存、存储利用率")
			}
		})
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "云上，有利用率", "写明了", same),
		ex(measures.ExamplePass, measures.Pass, "自建机房，没有利用率", "不在云上", func(f *Facts) { f.Systems[0].Cloud, f.Systems[0].Rates = false, 0 }),
		ex(measures.ExampleFail, measures.Fail, "云上，没有利用率", "按 0 看待", func(f *Facts) { f.Systems[0].Rates = 0 })},
}

var timely = measures.Rule[Facts]{
	ID: "A06.1-confirmed", Clause: "A06.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: inForce, Boundary: true, Title: "按时确认", Params: []measures.Param{DueDay}, Source: "日期是参数，逾期仍可确认，说明原因",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.On > f.Due {
			return measures.Failed("", "应在 %s 前确认，已逾期 %d 天", f.Due, f.Due.DaysUntil(f.On))
		}
		return measures.Passed("%s 前", f.Due)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "提前一个月", "按时", same),
		ex(measures.ExampleFail, measures.Fail, "晚一个月", "逾期", func(f *Facts) { f.On = "2027-04-30" }),
		ex(measures.ExampleBoundary, measures.Pass, "截止当天", "按时", func(f *Facts) { f.On = "2027-03-31" }),
		ex(measures.ExampleBoundary, measures.Fail, "截止后一天", "逾期 1 天", func(f *Facts) { f.On = "2027-04-01" })},
}
