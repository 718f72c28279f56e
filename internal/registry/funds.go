package registry

import (
	"zhengcheng/internal/form"
	"zhengcheng/internal/money"
)

// Funds are amounts by source of money (经费来源), in fen.
type Funds struct {
	General    money.Fen // 一般公共预算
	GovFund    money.Fen // 政府性基金
	SOE        money.Fen // 国有资本经营预算
	Central    money.Fen // 中央资金
	Provincial money.Fen // 省级资金
	Bond       money.Fen // 专项债、特别国债
	Own        money.Fen // 单位自有资金
	Other      money.Fen // 其他
}

// Total is the sum of all sources.
func (f Funds) Total() money.Fen { return f.Fiscal() + f.Own + f.Other }

// Fiscal is fiscal money (财政资金) of any level.
func (f Funds) Fiscal() money.Fen { return f.City() + f.Upper() }

// City is money of the municipal budgets.
func (f Funds) City() money.Fen { return f.General + f.GovFund + f.SOE }

// Upper is money of the centre and the province, and of bonds.
func (f Funds) Upper() money.Fen { return f.Central + f.Provincial + f.Bond }

// FundFields declares one field per source, citing the clause that asks for them.
func FundFields[T any](clause string, at func(*T) *Funds) []form.Field {
	source := func(key, label string, of func(*Funds) *money.Fen) form.Field {
		return form.MoneyField("fund_"+key, label, func(v *T) *money.Fen { return of(at(v)) }, form.Cite(clause))
	}
	return []form.Field{
		source("general", "一般公共预算", func(f *Funds) *money.Fen { return &f.General }),
		source("gov", "政府性基金", func(f *Funds) *money.Fen { return &f.GovFund }),
		source("soe", "国有资本经营预算", func(f *Funds) *money.Fen { return &f.SOE }),
		source("central", "中央资金", func(f *Funds) *money.Fen { return &f.Central }),
		source("provincial", "省级资金", func(f *Funds) *money.Fen { return &f.Provincial }),
		source("bond", "专项债、特别国债", func(f *Funds) *money.Fen { return &f.Bond }),
		source("own", "单位自有资金", func(f *Funds) *money.Fen { return &f.Own }),
		source("other", "其他", func(f *Funds) *money.Fen { return &f.Other }),
	}
}

// Priorities order projects by 轻重缓急 (Article 7).
var Priorities = []form.Option{{ID: "urgent", Label: "紧急"}, {ID: "important", Label: "重要"}, {ID: "normal", Label: "一般"}, {ID: "deferrable", Label: "可缓"}}

// BasisLevels are the levels a basis document may come from.
var BasisLevels = []form.Option{{ID: "state", Label: "国家"}, {ID: "province", Label: "省"}, {ID: "city", Label: "市"}, {ID: "sector", Label: "部门"}}
