package upward

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

// Facts are what the rules judge when an application is handed in.
type Facts struct {
	Basis   bool      `json:"basis"` // the notice is named with title and number
	Total   money.Fen `json:"total"`
	Applied money.Fen `json:"applied"`
	Secret  string    `json:"secret,omitempty"`
}

// DatedFacts are a date that must have come.
type DatedFacts struct {
	On    calendar.Date `json:"on"`
	Date  calendar.Date `json:"date"`
	After calendar.Date `json:"after,omitempty"` // what it cannot precede
}

// AnswerFacts are what the rules judge when a result is recorded.
type AnswerFacts struct {
	DatedFacts
	Result  string    `json:"result"`
	Applied money.Fen `json:"applied"`
	Granted money.Fen `json:"granted"`
}

const from calendar.Date = "2025-12-01"

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, f Facts) measures.Example[Facts] {
	return measures.Example[Facts]{Name: name, Kind: kind, Facts: f, Want: want, Why: why}
}

var basis = measures.Rule[Facts]{
	ID: "A05.2-upward-basis", Clause: "A05.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from,
	Source: "统筹申报须知道按哪一份通知申报", Title: "写明申报通知",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if !f.Basis {
			return measures.Failed("form/basis_title", "请写明申报通知的名称和文号")
		}
		return measures.Passed("已写明")
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "名称文号齐", "可以查证", Facts{Basis: true}),
		ex(measures.ExampleFail, measures.Fail, "写“待定”", "不知按哪一份通知", Facts{}),
	},
}

var amount = measures.Rule[Facts]{
	ID: "A05.2-upward-amount", Clause: "A05.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "申请的上级资金不超过项目总投资", Title: "申请资金不超过总投资",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Applied > f.Total {
			return measures.Failed("form/applied", "申请上级资金 %s 万元，超过总投资 %s 万元", f.Applied.Wan(), f.Total.Wan())
		}
		return measures.Passed("申请 %s 万元", f.Applied.Wan())
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "申请一半", "300 ≤ 600", Facts{Total: 60_000_000, Applied: 30_000_000}),
		ex(measures.ExampleFail, measures.Fail, "申请多于总投资", "700 > 600", Facts{Total: 60_000_000, Applied: 70_000_000}),
		ex(measures.ExampleBoundary, measures.Pass, "全部申请", "600 = 600", Facts{Total: 60_000_000, Applied: 60_000_000}),
		ex(measures.ExampleBoundary, measures.Fail, "多 1 分", "60,000,001 分 > 60,000,000 分", Facts{Total: 60_000_000, Applied: 60_000_001}),
	},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-upward", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from,
	Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("form/name", "“%s”写到涉密内容。涉密项目不得在本系统填报，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无涉密字样", Facts{}),
		ex(measures.ExampleFail, measures.Fail, "理由写到涉密", "“按国家保密有关法律法规执行”", Facts{Secret: "建设内容和申报理由"}),
	},
}

func judgeDate(f DatedFacts) measures.Verdict {
	switch {
	case f.Date > f.On:
		return measures.Failed("input/date", "日期 %s 在今天以后", f.Date)
	case f.Date < f.After:
		return measures.Failed("input/date", "日期 %s 早于上报日期 %s", f.Date, f.After)
	}
	return measures.Passed("%s", f.Date)
}

var reported = measures.Rule[DatedFacts]{
	ID: "A05.2-upward-date", Clause: "A05.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "登记的是已经发出的文件", Title: "上报日期已到",
	Judge: func(f DatedFacts, _ measures.Values) measures.Verdict { return judgeDate(f) },
	Examples: []measures.Example[DatedFacts]{
		{Name: "昨天上报", Kind: measures.ExamplePass, Facts: DatedFacts{On: "2026-06-20", Date: "2026-06-19"}, Want: measures.Pass, Why: "已经发出"},
		{Name: "下月上报", Kind: measures.ExampleFail, Facts: DatedFacts{On: "2026-06-20", Date: "2026-07-20"}, Want: measures.Fail, Why: "还没有发出"},
		{Name: "今天上报", Kind: measures.ExampleBoundary, Facts: DatedFacts{On: "2026-06-20", Date: "2026-06-20"}, Want: measures.Pass, Why: "当天"},
		{Name: "明天上报", Kind: measures.ExampleBoundary, Facts: DatedFacts{On: "2026-06-20", Date: "2026-06-21"}, Want: measures.Fail, Why: "差 1 天"},
	},
}

func answered(result string, granted money.Fen, date calendar.Date) AnswerFacts {
	return AnswerFacts{DatedFacts{On: "2026-09-20", Date: date, After: "2026-06-20"}, result, 30_000_000, granted}
}

var answerDate = measures.Rule[AnswerFacts]{
	ID: "A05.2-upward-answered", Clause: "A05.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "登记的是已经收到的结果", Title: "结果日期在上报以后、今天以前",
	Judge: func(f AnswerFacts, _ measures.Values) measures.Verdict { return judgeDate(f.DatedFacts) },
	Examples: []measures.Example[AnswerFacts]{
		{Name: "八月收到", Kind: measures.ExamplePass, Facts: answered(Granted, 30_000_000, "2026-08-15"), Want: measures.Pass, Why: "6 月上报，8 月收到"},
		{Name: "去年的结果", Kind: measures.ExampleFail, Facts: answered(Granted, 30_000_000, "2025-12-20"), Want: measures.Fail, Why: "那时还没有上报"},
		{Name: "上报当天", Kind: measures.ExampleBoundary, Facts: answered(Granted, 30_000_000, "2026-06-20"), Want: measures.Pass, Why: "等于上报日期"},
		{Name: "上报前一天", Kind: measures.ExampleBoundary, Facts: answered(Granted, 30_000_000, "2026-06-19"), Want: measures.Fail, Why: "早 1 天"},
	},
}

var consistent = measures.Rule[AnswerFacts]{
	ID: "A05.2-upward-result", Clause: "A05.2", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Boundary: true,
	Source: "结果与获批资金一般一致；不一致的如实登记并说明", Title: "结果与资金一致",
	Judge: func(f AnswerFacts, _ measures.Values) measures.Verdict {
		switch {
		case f.Result == Refused && f.Granted > 0:
			return measures.Failed("input/granted", "未获批而有获批资金 %s 万元，请说明", f.Granted.Wan())
		case f.Granted > f.Applied:
			return measures.Failed("input/granted", "获批 %s 万元，多于申请的 %s 万元，请说明", f.Granted.Wan(), f.Applied.Wan())
		case f.Result == Granted && f.Granted < f.Applied:
			return measures.Failed("input/granted", "获批 %s 万元，少于申请的 %s 万元，应为部分获批，请核对或说明", f.Granted.Wan(), f.Applied.Wan())
		}
		return measures.Passed("申请 %s 万元，获批 %s 万元", f.Applied.Wan(), f.Granted.Wan())
	},
	Examples: []measures.Example[AnswerFacts]{
		{Name: "部分获批", Kind: measures.ExamplePass, Facts: answered(Partly, 20_000_000, "2026-08-15"), Want: measures.Pass, Why: "申请 30，获批 20 万元"},
		{Name: "未获批却有资金", Kind: measures.ExampleFail, Facts: answered(Refused, 10_000_000, "2026-08-15"), Want: measures.Fail, Why: "两者矛盾"},
		{Name: "全额获批", Kind: measures.ExampleBoundary, Facts: answered(Granted, 30_000_000, "2026-08-15"), Want: measures.Pass, Why: "等于申请"},
		{Name: "多 1 分", Kind: measures.ExampleBoundary, Facts: answered(Granted, 30_000_001, "2026-08-15"), Want: measures.Fail, Why: "多于申请"},
		{Name: "少 1 分而称获批", Kind: measures.ExampleBoundary, Facts: answered(Granted, 29_999_999, "2026-08-15"), Want: measures.Fail, Why: "应为部分获批"},
	},
}

// Rules are asked when an application is handed in.
func Rules() []measures.Rule[Facts] { return []measures.Rule[Facts]{secret, basis, amount} }

// AnswerRules are asked when a result is recorded.
func AnswerRules() []measures.Rule[AnswerFacts] {
	return []measures.Rule[AnswerFacts]{answerDate, consistent}
}
