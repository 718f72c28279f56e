package reserve

import (
	"zhengcheng/internal/measures"
)

// OutlineRules are asked when a new outline is handed in.
func OutlineRules() []measures.Rule[OutlineFacts] {
	return []measures.Rule[OutlineFacts]{outlineFrom, outlineRequired}
}

type outlineExample = measures.Example[OutlineFacts]

var outlineFrom = measures.Rule[OutlineFacts]{
	ID: "A07.1-outline-from", Clause: "A07.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "新提纲不追溯已经开始的申报", Title: "启用日期不早于今天",
	Judge: func(f OutlineFacts, _ measures.Values) measures.Verdict {
		if f.From < f.On {
			return measures.Failed("form/from_on", "启用日期 %s 已经过去，请填今天或以后", f.From)
		}
		return measures.Passed("自 %s 起启用", f.From)
	},
	Examples: []outlineExample{
		{Name: "下月启用", Kind: measures.ExamplePass, Facts: OutlineFacts{On: "2026-09-20", From: "2026-10-01"}, Want: measures.Pass, Why: "在今天以后"},
		{Name: "去年启用", Kind: measures.ExampleFail, Facts: OutlineFacts{On: "2026-09-20", From: "2025-12-01"}, Want: measures.Fail, Why: "会改变已开的申报所依据的"},
		{Name: "今天启用", Kind: measures.ExampleBoundary, Facts: OutlineFacts{On: "2026-09-20", From: "2026-09-20"}, Want: measures.Pass, Why: "不早于今天"},
		{Name: "昨天启用", Kind: measures.ExampleBoundary, Facts: OutlineFacts{On: "2026-09-20", From: "2026-09-19"}, Want: measures.Fail, Why: "早于今天"},
	},
}

var outlineRequired = measures.Rule[OutlineFacts]{
	ID: "A07.1-outline-required", Clause: "A07.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "章全部可不写的提纲不成其为模板", Title: "至少一章必写",
	Judge: func(f OutlineFacts, _ measures.Values) measures.Verdict {
		if f.Required == 0 {
			return measures.Failed("lines", "没有一章是必写的，按这份提纲交白卷也算齐全")
		}
		return measures.Passed("%d 章必写", f.Required)
	},
	Examples: []outlineExample{
		{Name: "十二章必写", Kind: measures.ExamplePass, Facts: OutlineFacts{Required: 12}, Want: measures.Pass, Why: "有必写的"},
		{Name: "都可不写", Kind: measures.ExampleFail, Facts: OutlineFacts{Required: 0}, Want: measures.Fail, Why: "模板没有约束"},
		{Name: "只有一章必写", Kind: measures.ExampleBoundary, Facts: OutlineFacts{Required: 1}, Want: measures.Pass, Why: "至少一章"},
	},
}
