package scope

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// Facts are what the rules judge when a declaration is handed in and signed.
type Facts struct {
	Stage   registry.Stage `json:"stage"`
	Clause  string         `json:"clause"` // as cited, "" or a filler when none is
	Reason  int            `json:"reason"` // its length in runes
	Filler  string         `json:"filler,omitempty"`
	Already string         `json:"already,omitempty"` // clause of the declaration that stands
	Twin    string         `json:"twin,omitempty"`    // another declaration under way
}

// HearingFacts are what decides whether the bureau may go on without an answer.
type HearingFacts struct {
	On  calendar.Date `json:"on"`
	Due calendar.Date `json:"due"`
}

// AnswerDays is how long the unit has to answer.
var AnswerDays = measures.Param{Key: "scope.answer-days", Title: "范围认定听取单位意见的时间", Unit: "天", Kind: measures.KindDays, Default: "10",
	Clause: "A03.2", Basis: measures.Practice, Note: "不利于单位的认定先听取意见；《办法》未定时间"}

const from calendar.Date = "2025-12-01"

const minReason = 10

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{Stage: registry.Planned, Clause: "4.1", Reason: 30}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Facts: f, Want: want, Why: why}
}

var cited = measures.Rule[Facts]{
	ID: "A03.2-cited", Clause: "A03.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from,
	Title: "写明不属于哪一条", Quote: "符合《政务信息系统定义和范围》(GB/T40692—2021)规定的政务信息系统",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if f.Clause == "" {
			ps = append(ps, measures.Problem{Anchor: "form/clause", Message: "请写明不符合标准的哪一条款"})
		}
		if f.Filler != "" {
			ps = append(ps, measures.Problem{Anchor: "form/reason", Message: "理由写的是“" + f.Filler + "”，请写出实际内容"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "写明条款和理由", "“符合……规定的政务信息系统”", func(*Facts) {}),
		ex(measures.ExampleFail, measures.Fail, "没有条款", "不知不符合哪一条", func(f *Facts) { f.Clause = "" }),
		ex(measures.ExampleFail, measures.Fail, "理由写“略”", "没有实际内容", func(f *Facts) { f.Filler = "略" }),
	},
}

var substance = measures.Rule[Facts]{
	ID: "A03.2-substance", Clause: "A03.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "认定影响项目能否进入储备和计划，理由至少 10 字", Title: "理由具体",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Reason < minReason {
			return measures.Failed("form/reason", "理由只有 %d 字，请写明，至少 %d 字", f.Reason, minReason)
		}
		return measures.Passed("%d 字", f.Reason)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "三十字", "具体", func(*Facts) {}),
		ex(measures.ExampleFail, measures.Fail, "两个字", "看不出理由", func(f *Facts) { f.Reason = 2 }),
		ex(measures.ExampleBoundary, measures.Fail, "九字", "9 < 10", func(f *Facts) { f.Reason = 9 }),
		ex(measures.ExampleBoundary, measures.Pass, "十字", "等于也算", func(f *Facts) { f.Reason = 10 }),
	},
}

var once = measures.Rule[Facts]{
	ID: "A03.2-once", Clause: "A03.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from,
	Source: "一个项目同时只有一份认定", Title: "没有另一份认定",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Already != "":
			return measures.Failed("", "这个项目已认定不属于政务信息系统（%s）", f.Already)
		case f.Twin != "":
			return measures.Failed("", "“%s”正在办理，请在那一份上继续", f.Twin)
		}
		return measures.Passed("没有另一份认定")
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "第一份", "没有别的认定", func(*Facts) {}),
		ex(measures.ExampleFail, measures.Fail, "已经认定", "先撤销才能另行认定", func(f *Facts) { f.Already = "4.1" }),
		ex(measures.ExampleFail, measures.Fail, "另一份在办", "两份可能矛盾", func(f *Facts) { f.Twin = "智慧停车平台 范围认定" }),
	},
}

var late = measures.Rule[Facts]{
	ID: "A03.2-late", Clause: "A03.2", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from,
	Source: "认定不改变已经批准、建设的事实；已批准的项目如何处理须写明", Title: "项目还没有批准",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch f.Stage {
		case registry.Planned, registry.Reserved:
			return measures.Passed("还没有批准")
		}
		return measures.Failed("form/reason", "项目已批准或者在建、已建，认定不影响已作的批准，请写明后续如何处理")
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "计划已备案", "没有批准过", func(*Facts) {}),
		ex(measures.ExamplePass, measures.Pass, "已入储备库", "入库不是批准", func(f *Facts) { f.Stage = registry.Reserved }),
		ex(measures.ExampleFail, measures.Fail, "建设中", "批准在先", func(f *Facts) { f.Stage = registry.Building }),
	},
}

// Rules are asked when a declaration is handed in and again when it is signed.
func Rules() []measures.Rule[Facts] { return []measures.Rule[Facts]{cited, substance, once, late} }

func heardBy(on calendar.Date) HearingFacts { return HearingFacts{On: on, Due: "2026-07-05"} }

var heard = measures.Rule[HearingFacts]{
	ID: "A03.2-heard", Clause: "A03.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "不利于单位的认定先听取单位意见；单位到期没有答复的，如实记录后继续办理", Title: "听取单位意见的时间已过",
	Judge: func(f HearingFacts, _ measures.Values) measures.Verdict {
		if f.On <= f.Due {
			return measures.Failed("", "单位可在 %s 以前答复，过了这一天才能送签", f.Due)
		}
		return measures.Passed("单位到 %s 没有答复", f.Due)
	},
	Examples: []measures.Example[HearingFacts]{
		{Name: "过了一周", Kind: measures.ExamplePass, Facts: heardBy("2026-07-12"), Want: measures.Pass, Why: "7 月 5 日到期"},
		{Name: "刚告知", Kind: measures.ExampleFail, Facts: heardBy("2026-06-25"), Want: measures.Fail, Why: "还有 10 天"},
		{Name: "到期当天", Kind: measures.ExampleBoundary, Facts: heardBy("2026-07-05"), Want: measures.Fail, Why: "当天仍可答复"},
		{Name: "到期次日", Kind: measures.ExampleBoundary, Facts: heardBy("2026-07-06"), Want: measures.Pass, Why: "时间已过"},
	},
}
