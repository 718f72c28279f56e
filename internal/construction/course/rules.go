package course

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Facts are what the rules judge when a change is handed in.
type Facts struct {
	On         calendar.Date  `json:"on"`
	Stage      registry.Stage `json:"stage"`
	Kind       string         `json:"kind"`
	From       calendar.Date  `json:"from"`
	Until      calendar.Date  `json:"until,omitempty"`
	Reason     bool           `json:"reason"`
	Contracts  bool           `json:"contracts"`
	Settlement bool           `json:"settlement"`
	Contracted money.Fen      `json:"contracted"`
	Paid       money.Fen      `json:"paid"`
	Twin       string         `json:"twin,omitempty"`
	Secret     string         `json:"secret,omitempty"`
}

// Rules are asked when the unit hands in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{secret, fits, dated, settled}
}

const from calendar.Date = "2025-12-01"

type example = measures.Example[Facts]

// 建设中的项目暂停，预计三个月后恢复。
func good() Facts {
	return Facts{On: "2026-05-06", Stage: registry.Building, Kind: Suspend, From: "2026-05-01", Until: "2026-08-01", Reason: true, Contracts: true, Settlement: true, Contracted: 100 * money.Wan, Paid: 40 * money.Wan}
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) example {
	f := good()
	change(&f)
	return example{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func pass(name, why string, change func(*Facts)) example {
	return ex(measures.ExamplePass, measures.Pass, name, why, change)
}

func fail(name, why string, change func(*Facts)) example {
	return ex(measures.ExampleFail, measures.Fail, name, why, change)
}

func edge(want measures.Outcome, name, why string, change func(*Facts)) example {
	return ex(measures.ExampleBoundary, want, name, why, change)
}

var fits = measures.Rule[Facts]{
	ID: "A15.1-course", Clause: "A15.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from,
	Source: "已批准、在建的可以暂停、终止、延期；已暂停的可以恢复、终止；一个项目同时只办一份变更", Title: "变更与项目现状相符",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		under := f.Stage == registry.Approved || f.Stage == registry.Building
		ok := map[string]bool{Suspend: under, Extend: under, Resume: f.Stage == registry.Suspended, Terminate: under || f.Stage == registry.Suspended}[f.Kind]
		switch {
		case !ok:
			return measures.Failed("form/kind", "项目现在是“%s”，不能%s", form.Label(registry.Stages, string(f.Stage)), form.Label(Kinds, f.Kind))
		case f.Twin != "":
			return measures.Failed("", "“%s”正在办理，请等它办结", f.Twin)
		}
		return measures.Passed("%s，可以%s", form.Label(registry.Stages, string(f.Stage)), form.Label(Kinds, f.Kind))
	},
	Examples: []example{pass("在建的暂停", "可以", func(*Facts) {}), pass("已暂停的恢复", "可以", func(f *Facts) { f.Stage, f.Kind = registry.Suspended, Resume }),
		pass("已暂停的终止", "可以", func(f *Facts) { f.Stage, f.Kind = registry.Suspended, Terminate }), fail("在建的恢复", "没有暂停过", func(f *Facts) { f.Kind = Resume }),
		fail("已暂停的再暂停", "已经暂停", func(f *Facts) { f.Stage = registry.Suspended }), fail("已验收的终止", "建设已经结束", func(f *Facts) { f.Stage, f.Kind = registry.Accepted, Terminate }),
		fail("另一份在办", "两份可能矛盾", func(f *Facts) { f.Twin = "智慧停车平台 延期" })},
}

var dated = measures.Rule[Facts]{
	ID: "A15.1-dates", Clause: "A15.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "变更写明自何日起；延期、恢复写明新的完成日期，晚于今天；暂停预计恢复的日期晚于暂停之日", Title: "日期写明",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Until == "" && (f.Kind == Extend || f.Kind == Resume):
			return measures.Failed("form/until", "请填写新的完成日期")
		case f.Until != "" && f.Kind == Terminate:
			return measures.Failed("form/until", "终止的项目没有新的完成日期，请清空")
		case f.Until != "" && f.Until <= f.From:
			return measures.Failed("form/until", "%s 不晚于变更之日 %s", f.Until, f.From)
		case f.Until != "" && f.Until <= f.On && f.Kind != Suspend:
			return measures.Failed("form/until", "新的完成日期 %s 已经过了", f.Until)
		}
		return measures.Passed("自 %s 起", f.From)
	},
	Examples: []example{pass("暂停到八月", "5 月 1 日起，预计 8 月 1 日恢复", func(*Facts) {}), pass("暂停，何时恢复不能确定", "可以不填", func(f *Facts) { f.Until = "" }),
		fail("延期没有新的日期", "延到哪一天不知道", func(f *Facts) { f.Kind, f.Until = Extend, "" }), fail("终止却有完成日期", "矛盾", func(f *Facts) { f.Kind = Terminate }),
		edge(measures.Fail, "延到今天", "今天已到", func(f *Facts) { f.Kind, f.Until = Extend, "2026-05-06" }), edge(measures.Pass, "延到明天", "晚于今天", func(f *Facts) { f.Kind, f.Until = Extend, "2026-05-07" }),
		edge(measures.Fail, "恢复之日就是暂停之日", "没有暂停", func(f *Facts) { f.Until = f.From })},
}

var settled = measures.Rule[Facts]{
	ID: "A15.1-settlement", Clause: "A15.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from,
	Source: "暂停、终止的写明合同和资金怎样处理", Title: "合同和资金的处理",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if !f.Reason {
			ps = append(ps, measures.Problem{Anchor: "form/reason", Message: "请写明变更的原因"})
		}
		if f.Kind == Suspend || f.Kind == Terminate {
			if !f.Contracts {
				ps = append(ps, measures.Problem{Anchor: "form/contracts", Message: fmt.Sprintf("已登记合同 %s 万元，请写明合同怎样处理", f.Contracted.Wan())})
			}
			if !f.Settlement {
				ps = append(ps, measures.Problem{Anchor: "form/settlement", Message: fmt.Sprintf("已支付 %s 万元，请写明资金怎样处理", f.Paid.Wan())})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("都写明", "合同中止，未付资金结转", func(*Facts) {}), pass("延期不涉及合同", "只写原因", func(f *Facts) { f.Kind, f.Contracts, f.Settlement = Extend, false, false }),
		fail("终止没有写合同", "合同 100 万元没有着落", func(f *Facts) { f.Kind, f.Contracts = Terminate, false }), fail("暂停没有写资金", "资金没有着落", func(f *Facts) { f.Settlement = false }),
		fail("原因写“略”", "没有原因", func(f *Facts) { f.Reason = false })},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-course", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from,
	Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("form/reason", "“%s”写到涉密内容。涉密项目不得在本系统办理，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []example{pass("没有涉密内容", "各栏均无", func(*Facts) {}), fail("写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "原因" })},
}
