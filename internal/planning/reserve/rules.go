package reserve

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Facts are what the rules judge when a scheme is handed in.
type Facts struct {
	On         calendar.Date  `json:"on"`
	BuildKind  string         `json:"build_kind"`
	Priority   bool           `json:"priority"`
	Place      int64          `json:"place"`
	Periodic   bool           `json:"periodic"`
	Planned    bool           `json:"planned"` // a filed plan item stands behind it
	NoPlan     bool           `json:"no_plan"` // or the reason why not is given
	FeasibleOn calendar.Date  `json:"feasible_on"`
	Feasible   bool           `json:"feasible"`
	Report     bool           `json:"report"` // feasibility report attached
	Chapters   []ChapterFacts `json:"chapters"`
	Costs      int            `json:"costs"`
	Wrong      []int64        `json:"wrong,omitempty"` // lines whose amount is not quantity by price
	Estimate   money.Fen      `json:"estimate"`
	Funds      money.Fen      `json:"funds"`
	Twin       string         `json:"twin,omitempty"` // another open application for the same project
	Secret     string         `json:"secret,omitempty"`
	Points     []PointFacts   `json:"points,omitempty"`
	Reviewed   money.Fen      `json:"reviewed,omitempty"`     // by the review, when there was one
	OutOfClass string         `json:"out_of_class,omitempty"` // clause of the declaration, when there is one
}

// ChapterFacts measure a chapter the outline requires.
type ChapterFacts struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	Runes int    `json:"runes"`
}

// PointFacts say whether a point of the review has been answered.
type PointFacts struct {
	Seq      int64 `json:"seq"`
	Answered bool  `json:"answered"`
	Placed   bool  `json:"placed"`
}

// Parameters of a jurisdiction.
var (
	MinRunes = measures.Param{Key: "reserve.min-runes", Title: "实施方案每章最少字数", Unit: "字", Kind: measures.KindInt, Default: "20",
		Clause: "A07.1", Basis: measures.Reading, Note: "《办法》未定字数"}
	DueDay = measures.Param{Key: "reserve.due", Title: "次年度项目储备完成日", Kind: measures.KindMonthDay, Default: "09-30",
		Clause: "A07.4", Basis: measures.Text, Note: "原则上应于每年9月完成"}
	Remind = measures.Param{Key: "reserve.remind-days", Title: "储备到期提前提醒", Unit: "天", Kind: measures.KindDays, Default: "90",
		Clause: "A07.2", Basis: measures.Practice, Note: "到期前进入单位职责"}
	RemindAgain = measures.Param{Key: "reserve.remind-again-days", Title: "储备到期第二次提醒", Unit: "天", Kind: measures.KindDays, Default: "30",
		Clause: "A07.2", Basis: measures.Practice, Note: "在单位职责上标明已催办"}
	RemindLast = measures.Param{Key: "reserve.remind-last-days", Title: "储备到期最后提醒", Unit: "天", Kind: measures.KindDays, Default: "7",
		Clause: "A07.2", Basis: measures.Practice, Note: "在单位职责上标明已催办"}
	ReceiveDays = measures.Param{Key: "reserve.receive-days", Title: "受理、确认修改的办理时限", Unit: "天", Kind: measures.KindDays, Default: "10",
		Clause: "A08.1", Basis: measures.Practice, Note: "《办法》未定；提醒办理"}
	ConcludeDays = measures.Param{Key: "reserve.conclude-days", Title: "形成意见、签发结论的办理时限", Unit: "天", Kind: measures.KindDays, Default: "5",
		Clause: "A08.1", Basis: measures.Practice, Note: "《办法》未定；提醒办理"}
	ReviseDays = measures.Param{Key: "reserve.revise-days", Title: "单位答复和修改的时限", Unit: "天", Kind: measures.KindDays, Default: "30",
		Clause: "A08.1", Basis: measures.Practice, Note: "《办法》未定；提醒办理，逾期仍可提交"}
)

// Params lists them for the parameters page.
var Params = []measures.Param{MinRunes, DueDay, Remind, RemindAgain, RemindLast, ReceiveDays, ConcludeDays, ReviseDays}

// Rules are asked when a scheme is handed in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{secret, inClass, once, priority, outline, feasibility, estimate, funds, periodic, planned, arithmetic}
}

// AnswerRules are asked when a corrected scheme is handed in again.
func AnswerRules() []measures.Rule[Facts] {
	return append([]measures.Rule[Facts]{answers, within}, secret, inClass, priority, outline, feasibility, estimate, funds, periodic, arithmetic)
}

type example = measures.Example[Facts]

func good() Facts {
	return Facts{On: "2026-09-10", BuildKind: registry.New, Priority: true, Place: 1, Planned: true, FeasibleOn: "2026-09-01", Feasible: true, Report: true,
		Chapters: []ChapterFacts{{"overview", "项目概述", 200}, {"sharing", "信息资源共享分析", 120}}, Costs: 2, Estimate: 157_800_000, Funds: 157_800_000}
}

func with(change func(*Facts)) Facts {
	f := good()
	change(&f)
	return f
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, f Facts) example {
	return example{Name: name, Kind: kind, Facts: f, Want: want, Why: why}
}

func pass(name, why string, f Facts) example {
	return ex(measures.ExamplePass, measures.Pass, name, why, f)
}

func fail(name, why string, f Facts) example {
	return ex(measures.ExampleFail, measures.Fail, name, why, f)
}

func edge(want measures.Outcome, name, why string, f Facts) example {
	return ex(measures.ExampleBoundary, want, name, why, f)
}

var priority = measures.Rule[Facts]{
	ID: "A07.1-priority", Clause: "A07.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "按轻重缓急排序", Quote: "按照“轻重缓急”的原则编制项目实施方案",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if !f.Priority {
			ps = append(ps, measures.Problem{Anchor: "form/priority", Message: "请选择轻重缓急"})
		}
		if f.Place < 1 {
			ps = append(ps, measures.Problem{Anchor: "form/place", Message: "请填写在本单位项目中的排序，1 为最先"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("重要，第 1 位", "已排序", good()), fail("没有选", "“轻重缓急”未定", with(func(f *Facts) { f.Priority = false })),
		edge(measures.Fail, "排序为 0", "从 1 起排", with(func(f *Facts) { f.Place = 0 })), edge(measures.Pass, "排序为 1", "最先的一项", with(func(f *Facts) { f.Place = 1 }))},
}

var outline = measures.Rule[Facts]{
	ID: "A07.1-outline", Clause: "A07.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "实施方案按模板编制", Quote: "项目实施方案应按照市大数据发展管理局提供的模板编制", Params: []measures.Param{MinRunes},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		var ps []measures.Problem
		least := MinRunes.Int(v)
		for _, c := range f.Chapters {
			switch {
			case c.Runes == 0:
				ps = append(ps, measures.Problem{Anchor: "form/c_" + c.Key, Message: fmt.Sprintf("“%s”一章没有写", c.Title)})
			case c.Runes < least:
				ps = append(ps, measures.Problem{Anchor: "form/c_" + c.Key, Message: fmt.Sprintf("“%s”一章只有 %d 字，至少 %d 字", c.Title, c.Runes, least)})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("必写各章齐全", "模板要求的章都有", good()),
		fail("缺信息资源共享分析", "模板要求的一章没有写", with(func(f *Facts) { f.Chapters[1].Runes = 0 })),
		edge(measures.Pass, "正好 20 字", "最少 20 字", with(func(f *Facts) { f.Chapters[0].Runes = 20 })), edge(measures.Fail, "19 字", "少于 20 字", with(func(f *Facts) { f.Chapters[0].Runes = 19 }))},
}

var feasibility = measures.Rule[Facts]{
	ID: "A07.1-feasibility", Clause: "A07.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "完成可行性论证后报储备", Quote: "并完成可行性论证后报市大数据发展管理局储备",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		switch {
		case f.FeasibleOn == "":
			ps = append(ps, measures.Problem{Anchor: "form/feasible_on", Message: "请填写可行性论证完成日期"})
		case f.FeasibleOn > f.On:
			ps = append(ps, measures.Problem{Anchor: "form/feasible_on", Message: fmt.Sprintf("论证日期 %s 还没有到，论证完成后才能报储备", f.FeasibleOn)})
		}
		if !f.Feasible {
			ps = append(ps, measures.Problem{Anchor: "form/feasible", Message: "请填写论证结论"})
		}
		if !f.Report {
			ps = append(ps, measures.Problem{Anchor: "file/feasibility", Message: "请上传可行性论证报告"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("论证完成并附报告", "先论证后报", good()), fail("没有报告", "论证无凭据", with(func(f *Facts) { f.Report = false })),
		edge(measures.Pass, "当天论证当天报", "论证已完成", with(func(f *Facts) { f.FeasibleOn = f.On })), edge(measures.Fail, "明天才论证", "“完成可行性论证后”", with(func(f *Facts) { f.FeasibleOn = "2026-09-11" }))},
}

var estimate = measures.Rule[Facts]{
	ID: "A07.1-estimate", Clause: "A07.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01",
	Source: "实施方案附概算表，至少一项且合计大于零", Title: "附概算表",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Costs == 0 || f.Estimate == 0 {
			return measures.Failed("lines", "概算表还没有填写")
		}
		return measures.Passed("%d 项，合计 %s 万元", f.Costs, f.Estimate.Wan())
	},
	Examples: []example{pass("两项", "有概算", good()), fail("没有概算", "无从评审投资", with(func(f *Facts) { f.Costs, f.Estimate = 0, 0 }))},
}

var funds = measures.Rule[Facts]{
	ID: "A07.1-funds", Clause: "A07.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "各来源的金额相加等于概算合计", Title: "资金来源与概算一致",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Funds != f.Estimate {
			return measures.Failed("form/fund_general", "资金来源合计 %s 万元，概算合计 %s 万元，相差 %s 万元", f.Funds.Wan(), f.Estimate.Wan(), (f.Funds - f.Estimate).WanExact())
		}
		return measures.Passed("合计 %s 万元", f.Funds.Wan())
	},
	Examples: []example{pass("相等", "157.80 万元", good()), fail("少 10 万元", "来源没有落实", with(func(f *Facts) { f.Funds -= 10_000_000 })),
		edge(measures.Fail, "差一分", "应当相等", with(func(f *Facts) { f.Funds++ }))},
}

var arithmetic = measures.Rule[Facts]{
	ID: "A07.1-arithmetic", Clause: "A07.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: "2025-12-01",
	Source: "概算各行金额应等于数量乘单价", Title: "概算各行算得对",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, seq := range f.Wrong {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/amount", seq), Message: fmt.Sprintf("概算第 %d 项：数量乘单价不等于金额", seq)})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("都相等", "没有算错的行", good()), fail("第 2 项不等", "应核对", with(func(f *Facts) { f.Wrong = []int64{2} }))},
}

var planned = measures.Rule[Facts]{
	ID: "A07.1-plan", Clause: "A07.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01",
	Source: "储备的项目一般来自已备案的部门项目计划；没有的可以申报，须写明理由", Title: "来自部门项目计划",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if !f.Planned && !f.NoPlan {
			return measures.Failed("form/no_plan", "没有对应的已备案计划项目，请写明理由")
		}
		return measures.Passed("已有计划项目，或已写明理由")
	},
	Examples: []example{pass("来自计划", "有备案的计划项目", good()), pass("写明理由", "可以不来自计划", with(func(f *Facts) { f.Planned, f.NoPlan = false, true })),
		fail("既无计划又无理由", "须写明", with(func(f *Facts) { f.Planned = false }))},
}

var once = measures.Rule[Facts]{
	ID: "A07.1-once", Clause: "A07.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01",
	Source: "同一项目同时只办理一份储备申报", Title: "没有重复申报",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Twin != "" {
			return measures.Failed("", "这个项目已有一份储备申报正在办理或已在库：%s", f.Twin)
		}
		return measures.Passed("没有其他申报")
	},
	Examples: []example{pass("只有一份", "没有重复", good()), fail("已有一份在办", "请在原来那份上办理", with(func(f *Facts) { f.Twin = "智慧养老服务平台 储备申报" }))},
}

var periodic = measures.Rule[Facts]{
	ID: "A07.3-kind", Clause: "A07.3", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "周期项目限于运维、等保测评等", Quote: "需要周期实施且服务内容和资金需求不变的运维、等保测评等项目有效期自动顺延",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Periodic && f.BuildKind != registry.Operate {
			return measures.Failed("form/periodic", "建设类项目不是周期实施的运维、等保测评等项目，请去掉“周期实施”")
		}
		return measures.Passed("符合")
	},
	Examples: []example{pass("运维，周期", "条文所列", with(func(f *Facts) { f.BuildKind, f.Periodic = registry.Operate, true })), pass("新建，不周期", "不适用顺延", good()),
		fail("新建，周期", "新建不周期实施", with(func(f *Facts) { f.Periodic = true }))},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-scheme", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("form/name", "“%s”写到涉密内容。涉密项目不得在本系统申报，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []example{pass("没有涉密内容", "各栏均无", good()), fail("写到涉密", "不得进入本系统", with(func(f *Facts) { f.Secret = "建设方案" }))},
}

var within = measures.Rule[Facts]{
	ID: "A08.1-within", Clause: "A08.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "修改后的概算不超过评审审定金额", Title: "修改后的概算不超过审定金额",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Estimate > f.Reviewed {
			return measures.Failed("lines", "修改后的概算 %s 万元，超过审定金额 %s 万元", f.Estimate.WanExact(), f.Reviewed.WanExact())
		}
		return measures.Passed("概算 %s 万元，审定 %s 万元", f.Estimate.Wan(), f.Reviewed.Wan())
	},
	Examples: []example{pass("低于审定", "157.80 万元，审定 160 万元", with(func(f *Facts) { f.Reviewed = 160_000_000 })),
		fail("没有核减", "审定 150 万元，方案仍是 157.80 万元", with(func(f *Facts) { f.Reviewed = 150_000_000 })),
		edge(measures.Pass, "正好相等", "不超过", with(func(f *Facts) { f.Reviewed = f.Estimate })), edge(measures.Fail, "多一分", "超过", with(func(f *Facts) { f.Reviewed = f.Estimate - 1 }))},
}

var answers = measures.Rule[Facts]{
	ID: "A08.1-answers", Clause: "A08.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "修改后通过的，单位逐条答复评审意见并注明修改位置", Title: "逐条答复评审意见",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, p := range f.Points {
			if !p.Answered {
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("point:%d/answer", p.Seq), Message: fmt.Sprintf("第 %d 条意见没有答复", p.Seq)})
			} else if !p.Placed {
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("point:%d/place", p.Seq), Message: fmt.Sprintf("第 %d 条答复没有注明在方案中的位置", p.Seq)})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("两条都答复", "逐条", with(func(f *Facts) { f.Points = []PointFacts{{1, true, true}, {2, true, true}} })),
		fail("一条也没有答复", "应逐条", with(func(f *Facts) { f.Points = []PointFacts{{1, false, false}} })),
		edge(measures.Fail, "两条答复一条", "少一条也不行", with(func(f *Facts) { f.Points = []PointFacts{{1, true, true}, {2, false, false}} }))},
}
