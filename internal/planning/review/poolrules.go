package review

import (
	"context"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// PoolFacts are what the rules of enrolling an expert judge.
type PoolFacts struct {
	Name     string `json:"name"`
	Login    string `json:"login"`
	Taken    bool   `json:"taken,omitempty"`  // somebody else signs in with it
	Before   string `json:"before,omitempty"` // name and login under which they are enrolled already
	Employer string `json:"employer"`
	Unit     string `json:"unit,omitempty"` // of the city, as typed
	Known    bool   `json:"known,omitempty"`
	Twins    int64  `json:"twins,omitempty"` // of the same name and employer in the pool
}

func poolFacts(units *identity.Directory) func(ctx context.Context, q db.Querier, c *matter.Case) (PoolFacts, error) {
	return func(ctx context.Context, q db.Querier, c *matter.Case) (PoolFacts, error) {
		e := matter.FormOf[Expert](c)
		f := PoolFacts{Name: e.Name, Login: e.Login, Employer: e.Employer, Unit: strings.TrimSpace(e.EmployerUnit)}
		u, ok := units.Match(c.Jurisdiction, f.Unit)
		f.Known = ok && u.Jurisdiction == c.Jurisdiction
		var err error
		if f.Before, err = db.Value[string](ctx, q, `SELECT p.name || ' ' || p.login FROM expert e JOIN person p ON p.id = e.id WHERE e.matter_id = $1`, c.ID); err != nil && !db.None(err) {
			return f, err
		}
		taken, err := db.Value[int64](ctx, q, `SELECT COUNT(*) FROM person p WHERE p.login = $1 AND NOT EXISTS (SELECT 1 FROM expert e WHERE e.id = p.id AND e.matter_id = $2)`, e.Login, c.ID)
		if err != nil {
			return f, err
		}
		f.Taken = taken > 0
		list, err := db.Column[string](ctx, q, `SELECT employer FROM expert WHERE jurisdiction = $1 AND name = $2 AND active = 1 AND matter_id <> $3 ORDER BY id`, c.Jurisdiction, e.Name, c.ID)
		for _, employer := range list {
			if hanzi.NormalName(employer) == hanzi.NormalName(e.Employer) {
				f.Twins++
			}
		}
		return f, err
	}
}

// PoolRules are asked when an expert is enrolled or their particulars change.
func PoolRules() []measures.Rule[PoolFacts] {
	return []measures.Rule[PoolFacts]{expertLogin, expertSame, expertUnit, expertTwin}
}

var expertLogin = measures.Rule[PoolFacts]{
	ID: "A08.1-expert-login", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01",
	Source: "一名专家一个登录名", Title: "登录名没有别人使用",
	Judge: func(f PoolFacts, _ measures.Values) measures.Verdict {
		if f.Taken {
			return measures.Failed("form/login", "登录名“%s”已有人使用", f.Login)
		}
		return measures.Passed("可以使用")
	},
	Examples: []measures.Example[PoolFacts]{
		{Name: "新登录名", Kind: measures.ExamplePass, Facts: PoolFacts{Login: "zhangsan"}, Want: measures.Pass, Why: "没有人使用"},
		{Name: "已有人使用", Kind: measures.ExampleFail, Facts: PoolFacts{Login: "zhangsan", Taken: true}, Want: measures.Fail, Why: "会混为一人"},
	},
}

var expertSame = measures.Rule[PoolFacts]{
	ID: "A08.1-expert-same", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01",
	Source: "已在库的专家换人须另行登记，过去的意见才不会记到别人名下", Title: "姓名和登录名不变",
	Judge: func(f PoolFacts, _ measures.Values) measures.Verdict {
		if f.Before != "" && f.Before != f.Name+" "+f.Login {
			return measures.Failed("form/name", "已在库的专家不能改姓名和登录名（原为 %s）；换人请另行登记", f.Before)
		}
		return measures.Passed("没有换人")
	},
	Examples: []measures.Example[PoolFacts]{
		{Name: "新登记", Kind: measures.ExamplePass, Facts: PoolFacts{Name: "张三", Login: "zhangsan"}, Want: measures.Pass, Why: "还不在库"},
		{Name: "只改工作单位", Kind: measures.ExamplePass, Facts: PoolFacts{Name: "张三", Login: "zhangsan", Before: "张三 zhangsan"}, Want: measures.Pass, Why: "还是同一人"},
		{Name: "换成李四", Kind: measures.ExampleFail, Facts: PoolFacts{Name: "李四", Login: "zhangsan", Before: "张三 zhangsan"}, Want: measures.Fail, Why: "换了人"},
	},
}

var expertUnit = measures.Rule[PoolFacts]{
	ID: "A08.1-expert-unit", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01",
	Source: "回避按单位核对，所属的本市单位须对得上", Title: "所属的本市单位对得上",
	Judge: func(f PoolFacts, _ measures.Values) measures.Verdict {
		if f.Unit != "" && !f.Known {
			return measures.Failed("form/employer_unit", "没有“%s”这个单位，请核对名称；不属于本市单位的不填", f.Unit)
		}
		return measures.Passed("对得上，或不属于本市单位")
	},
	Examples: []measures.Example[PoolFacts]{
		{Name: "市水务局", Kind: measures.ExamplePass, Facts: PoolFacts{Unit: "市水务局", Known: true}, Want: measures.Pass, Why: "有这个单位"},
		{Name: "高校教师", Kind: measures.ExamplePass, Facts: PoolFacts{}, Want: measures.Pass, Why: "不属于本市单位"},
		{Name: "写错的单位", Kind: measures.ExampleFail, Facts: PoolFacts{Unit: "市水利局"}, Want: measures.Fail, Why: "对不上就不会回避"},
	},
}

var expertTwin = measures.Rule[PoolFacts]{
	ID: "A08.1-expert-twin", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: "2025-12-01",
	Source: "同一名专家重复入库会多一次抽中的机会", Title: "没有重复入库",
	Judge: func(f PoolFacts, _ measures.Values) measures.Verdict {
		if f.Twins > 0 {
			return measures.Failed("form/name", "%s 已有一位同名专家“%s”在库，请说明是不是同一人", f.Employer, f.Name)
		}
		return measures.Passed("没有同名同单位的")
	},
	Examples: []measures.Example[PoolFacts]{
		{Name: "没有同名", Kind: measures.ExamplePass, Facts: PoolFacts{Name: "张三", Employer: "贵州大学"}, Want: measures.Pass, Why: "没有重复"},
		{Name: "同名同单位", Kind: measures.ExampleFail, Facts: PoolFacts{Name: "张三", Employer: "贵州大学", Twins: 1}, Want: measures.Fail, Why: "可能是同一人"},
	},
}
