package adjustment

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/decision"
	"zhengcheng/internal/registry"
)

// Rules are asked when the unit hands in.
func Rules() []measures.Rule[Facts] {
	return append([]measures.Rule[Facts]{secret, under, based, table, current, decidedOn, deployed, promptly, early}, append(TrackRules(), strict)...)
}

// SigningRules are asked when the head signs: the unit adjusts by these lines.
func SigningRules() []measures.Rule[Facts] {
	return append([]measures.Rule[Facts]{under, based, current}, TrackRules()...)
}

// ReportRules are asked when the bureau reports to the government.
func ReportRules() []measures.Rule[Facts] { return []measures.Rule[Facts]{under, request, same} }

var decided = decision.Rule("A17.2-decision", "A17.2", "确需增加的联合报市政府审批")

const from calendar.Date = "2025-12-01"

type example = measures.Example[Facts]

// 概算 300 万元，调增、调减各 15 万元，4 月 29 日决定，5 月 6 日报送。
func good() Facts {
	return Facts{Figures: Figures{Ceiling: 300 * wan, Total: 300 * wan, Increase: 15 * wan, Decrease: 15 * wan, Situation: "improved", Goal: Yes, Must: Yes},
		On: "2026-05-06", Stage: registry.Approved, Track: Filing, Changed: 2, DecidedOn: "2026-04-29", Working: 2, Meeting: true, Minutes: true, Basis: true, Scan: true,
		Request: &RequestFacts{Number: true, Date: "2026-05-06"}}
}

func but(change func(*Facts)) Facts {
	f := good()
	change(&f)
	return f
}

func pass(name, why string, f Facts) example {
	return example{Name: name, Kind: measures.ExamplePass, Want: measures.Pass, Why: why, Facts: f}
}

func fail(name, why string, f Facts) example {
	return example{Name: name, Kind: measures.ExampleFail, Want: measures.Fail, Why: why, Facts: f}
}

func edge(want measures.Outcome, name, why string, f Facts) example {
	return example{Name: name, Kind: measures.ExampleBoundary, Want: want, Why: why, Facts: f}
}

// with sets a parameter otherwise than by default.
func with(e example, p measures.Param, value string) example {
	e.Params = map[string]string{p.Key: value}
	return e
}

var under = measures.Rule[Facts]{
	ID: "A17.1-under", Clause: "A17.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from,
	Source: "调整的是已批准、正在建设的项目", Title: "项目已批准、在建",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Stage != registry.Approved && f.Stage != registry.Building {
			return measures.Failed("", "项目现在是“%s”，不能调整", form.Label(registry.Stages, string(f.Stage)))
		}
		return measures.Passed("%s", form.Label(registry.Stages, string(f.Stage)))
	},
	Examples: []example{pass("已批准", "可以调整", good()), pass("建设中", "可以调整", but(func(f *Facts) { f.Stage = registry.Building })),
		fail("已暂停", "恢复以后再调整", but(func(f *Facts) { f.Stage = registry.Suspended })), fail("已验收", "建设已经结束", but(func(f *Facts) { f.Stage = registry.Accepted }))},
}

var based = measures.Rule[Facts]{
	ID: "A16.1-base", Clause: "A16.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: from, Boundary: true,
	Source: "“概算总投资”是概算批复的金额；没有批复以前，以年度计划审定金额暂代", Title: "有概算总投资",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Ceiling <= 0 {
			return measures.Failed("", "项目还没有概算批复，也没有审定金额，请先登记概算批复")
		}
		return measures.Passed("%s 万元", f.Ceiling.Wan())
	},
	Examples: []example{pass("概算 300 万元", "有批复", good()), fail("没有概算", "10% 无从计算", but(func(f *Facts) { f.Ceiling = 0 })),
		edge(measures.Pass, "概算一分", "大于零", but(func(f *Facts) { f.Ceiling = 1 })), edge(measures.Fail, "概算为零", "没有概算", but(func(f *Facts) { f.Ceiling = 0 }))},
}

var table = measures.Rule[Facts]{
	ID: "A17.1-table", Clause: "A17.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "调整前后逐项对照；金额有变的写明调整后内容", Title: "调整前后对照",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Changed == 0 {
			return measures.Failed("lines", "各项调整前后都一样，请填写调整后的金额或内容")
		}
		var ps []measures.Problem
		for _, seq := range f.Silent {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/after_content", seq), Message: fmt.Sprintf("第 %d 项金额有变，请写明调整后内容", seq)})
		}
		if len(ps) == 0 {
			return measures.Passed("%d 项有变", f.Changed)
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("两项有变", "一增一减", good()), fail("金额变了没有写内容", "不知调整什么", but(func(f *Facts) { f.Silent = []int64{2} })),
		edge(measures.Pass, "一项有变", "只调减", but(func(f *Facts) { f.Changed = 1 })), edge(measures.Fail, "没有变", "不必调整", but(func(f *Facts) { f.Changed = 0 }))},
}

var current = measures.Rule[Facts]{
	ID: "A17.1-current", Clause: "A17.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "调整前金额是现行概算的金额；起草以后概算有变的，按现行概算更新", Title: "调整前金额与现行概算一致",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, s := range f.Stale {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/before_amount", s.Seq), Message: fmt.Sprintf("第 %d 项现行概算是 %s 万元，表上调整前是 %s 万元，请在草稿上点“按现行概算更新”", s.Seq, s.Now.WanExact(), s.Before.WanExact())})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("没有变动", "与现行概算一致", good()), fail("另一份调整先签发", "第 1 项已是 90 万元", but(func(f *Facts) { f.Stale = []StaleRow{{1, 100 * wan, 90 * wan}} })),
		edge(measures.Fail, "差一分", "不一致", but(func(f *Facts) { f.Stale = []StaleRow{{1, 100 * wan, 100*wan - 1}} })), edge(measures.Pass, "一分不差", "一致", good())},
}

var decidedOn = measures.Rule[Facts]{
	ID: "A17.1-decided", Clause: "A17.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "调整由单位集体决策，写明会议和日期，附会议纪要", Title: "单位集体决策",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, p := range []struct {
			given       bool
			anchor, say string
		}{
			{f.Meeting, "form/meeting", "请填写作出决定的会议"},
			{f.DecidedOn != "", "form/decided_on", "请填写决定日期"},
			{f.DecidedOn <= f.On, "form/decided_on", fmt.Sprintf("决定日期 %s 还没有到", f.DecidedOn)},
			{f.Minutes, "file/minutes", "请上传集体决策会议纪要"},
		} {
			if !p.given {
				ps = append(ps, measures.Problem{Anchor: p.anchor, Message: p.say})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("会议、日期、纪要齐", "集体决策", good()), fail("没有纪要", "决策无凭据", but(func(f *Facts) { f.Minutes = false })),
		edge(measures.Pass, "当天决定", "已经决定", but(func(f *Facts) { f.DecidedOn = f.On })), edge(measures.Fail, "日期是明天", "还没有决定", but(func(f *Facts) { f.DecidedOn = "2026-05-07" }))},
}

var deployed = measures.Rule[Facts]{
	ID: "A17.1-deployed", Clause: "A17.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from,
	Title: "根据国家、省和市部署的，有部署文件", Quote: "根据国家、省和市部署,确需改变建设内容的",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Situation != "deployed" {
			return measures.NotApplicable("不是情形（一）")
		}
		var ps []measures.Problem
		if !f.Basis {
			ps = append(ps, measures.Problem{Anchor: "form/basis_title", Message: "请填写部署文件的发文机关、名称和文号"})
		}
		if !f.Scan {
			ps = append(ps, measures.Problem{Anchor: "file/basis", Message: "请上传部署文件"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("有部署文件", "文件和扫描件齐", but(func(f *Facts) { f.Situation = "deployed" })),
		fail("没有文号", "部署无从查证", but(func(f *Facts) { f.Situation, f.Basis = "deployed", false })), fail("没有扫描件", "部署无凭据", but(func(f *Facts) { f.Situation, f.Scan = "deployed", false }))},
}

var promptly = measures.Rule[Facts]{
	ID: "A17.1-promptly", Clause: "A17.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "调整迟报"}, Boundary: true, Params: []measures.Param{FileDays},
	Source: "“同时”备案：决定作出后 5 个工作日内报送；迟报的如实备案、说明理由并标明迟报", Title: "调整后同时备案",
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		most := FileDays.Int(v)
		switch {
		case f.Track != Filing:
			return measures.NotApplicable("按评审办理")
		case f.Working > most:
			return measures.Failed("form/decided_on", "%s 作出决定，到今天已 %d 个工作日，超过 %d 个工作日。请说明迟报的理由", f.DecidedOn, f.Working, most)
		}
		return measures.Passed("作出决定后第 %d 个工作日，不超过 %d 个", f.Working, most)
	},
	Examples: []example{pass("决定后 2 个工作日", "4 月 29 日决定，30 日、5 月 6 日是工作日，其间五一放假", good()), fail("决定后 20 个工作日", "远超 5 个", but(func(f *Facts) { f.Working = 20 })),
		edge(measures.Pass, "第 5 个工作日", "等于", but(func(f *Facts) { f.Working = 5 })), edge(measures.Fail, "第 6 个工作日", "超过 1 个", but(func(f *Facts) { f.Working = 6 })),
		with(edge(measures.Pass, "参数 10 个工作日：第 6 个", "6 ≤ 10", but(func(f *Facts) { f.Working = 6 })), FileDays, "10")},
}

// MarkingRules are asked when the unit's head has signed: what they find stands on
// record until the case is taken back.
func MarkingRules() []measures.Rule[Facts] { return []measures.Rule[Facts]{promptly, early} }

var early = measures.Rule[Facts]{
	ID: "A17.2-early", Clause: "A17.2", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Boundary: true, Mark: measures.Mark{Word: "未经评审先行调整", Rectify: "A32.2"}, Params: []measures.Param{Percent, Cumulative, Larger},
	Title: "先评审，后调整", Quote: "超过10%或涉及追加投资的由其他市直单位报市大数据发展管理局、市财政局进行评审",
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		switch {
		case !f.Done:
			return measures.Passed("还没有实施")
		case f.Added() == 0 && f.Within(v):
			return measures.NotApplicable("不超过 %d%%，不追加投资", Percent.Int(v))
		case f.Added() > 0:
			return measures.Failed("form/carried_out", "追加投资 %s 万元，没有评审和审批已经实施。如实登记、标记，请说明理由", f.Added().WanExact())
		}
		return measures.Failed("form/carried_out", "调整 %s 万元，占概算的 %s，超过 %d%%，没有评审已经实施。如实登记、标记，请说明理由", f.Counted(v).WanExact(), Share(f.Counted(v), f.Ceiling), Percent.Int(v))
	},
	Examples: []example{pass("调整 40 万元，还没有实施", "先评审", move(4000, Review)), fail("调整 40 万元，已经实施", "13.33% > 10%", move(4000, Review, done)),
		fail("追加 20 万元，已经实施", "“涉及追加投资”", move(0, Review, grown(2000), done)),
		edge(measures.NotApplies, "正好 10%，已经实施", "30 ≤ 300 × 10%，单位自行调整", move(3000, Filing, done)), edge(measures.Fail, "超一百元，已经实施", "30.01 > 30", move(3001, Review, done))},
}

func done(f *Facts) { f.Done = true }

var request = measures.Rule[Facts]{
	ID: "A17.2-request", Clause: "A17.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "报批时联合请示已经印发，有文号和日期", Title: "联合请示已印发",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if !f.Request.Number {
			ps = append(ps, measures.Problem{Anchor: "input/number", Message: "请填写联合请示文号"})
		}
		if f.Request.Date == "" || f.Request.Date > f.On {
			ps = append(ps, measures.Problem{Anchor: "input/date", Message: "请填写联合请示的日期，不晚于今天"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("当天报出", "有文号和日期", good()), fail("没有文号", "请示无从查证", but(func(f *Facts) { f.Request = &RequestFacts{Date: f.On} })),
		edge(measures.Pass, "日期是今天", "已经印发", good()), edge(measures.Fail, "日期是明天", "还没有印发", but(func(f *Facts) { f.Request = &RequestFacts{Number: true, Date: "2026-05-07"} }))},
}

var same = measures.Rule[Facts]{
	ID: "A17.2-same", Clause: "A17.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "报批的追加投资是两家评审同意的数额；评审以后概算另有变动的，退回重新评审", Title: "追加投资与评审一致",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Added() != f.Request.Agreed {
			return measures.Failed("lines", "评审的追加投资是 %s 万元，现在算得 %s 万元，请退回单位重新提交", f.Request.Agreed.WanExact(), f.Added().WanExact())
		}
		return measures.Passed("追加 %s 万元", f.Added().WanExact())
	},
	Examples: []example{pass("追加 20 万元", "与评审一致", move(0, Review, grown(2000), agreedTo(2000))), fail("概算另有变动", "现在不追加", move(1500, Review, agreedTo(2000))),
		edge(measures.Pass, "一分不差", "20.00 = 20.00", move(0, Review, grown(2000), agreedTo(2000))), edge(measures.Fail, "差百元", "20.01 ≠ 20.00", move(0, Review, grown(2001), agreedTo(2000)))},
}

func agreedTo(hundredths int64) func(*Facts) {
	return func(f *Facts) {
		f.Request = &RequestFacts{Number: true, Date: f.On, Agreed: money.Fen(hundredths) * wan / 100}
	}
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-adjustment", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from,
	Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("form/why", "“%s”写到涉密内容。涉密项目不得在本系统办理，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []example{pass("没有涉密内容", "各栏均无", good()), fail("写到涉密", "不得进入本系统", but(func(f *Facts) { f.Secret = "调整理由" }))},
}
