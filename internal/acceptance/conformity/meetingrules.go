package conformity

import (
	"slices"

	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/progress"
	"zhengcheng/internal/form"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

// MeetingRules are asked when an acceptance meeting is recorded.
func MeetingRules() []measures.Rule[MeetingFacts] {
	return slices.Concat(PassRules(), []measures.Rule[MeetingFacts]{held, before, exceeds, paidOut, inTime, meetingSecret})
}

// SigningRules are asked when the unit's head signs what was recorded.
func SigningRules() []measures.Rule[MeetingFacts] {
	return append(PassRules(), report, mendReport)
}

// PassRules hold an acceptance as passed, whoever looks at it.
func PassRules() []measures.Rule[MeetingFacts] {
	return []measures.Rule[MeetingFacts]{afterPass, archived, budgeted, contracted, controlled}
}

// AccountRules are asked when a final account is recorded.
func AccountRules() []measures.Rule[AccountFacts] {
	return []measures.Rule[AccountFacts]{accountPaper, accountOver}
}

func met(change func(*MeetingFacts)) MeetingFacts {
	f := MeetingFacts{On: "2026-12-10", Date: "2026-12-08", Result: Passed, PassedOn: "2026-12-01", CompletedOn: "2026-10-31", Archive: archive.Qualified, ArchiveOn: "2026-11-25", Ceiling: 310 * wan, Budget: 300 * wan, Contracted: 280 * wan, Paid: 270 * wan, Settled: 290 * wan, Report: true}
	change(&f)
	return f
}

func metEx(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*MeetingFacts)) measures.Example[MeetingFacts] {
	return measures.Example[MeetingFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: met(change)}
}

func asItWas(*MeetingFacts) {}

// onlyPassed is the verdict on what is recorded as a fact.
func onlyPassed(f MeetingFacts) measures.Verdict {
	if f.Early {
		return measures.NotApplicable("通过审查以前的验收，如实记录，不作为通过的验收")
	}
	return measures.NotApplicable("验收结论为%s，如实记录", form.Label(Results, f.Result))
}

var held = measures.Rule[MeetingFacts]{
	ID: "A20.3-held", Clause: "A20.3", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "验收已经举行", Source: "登记的是已经举行的验收",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		if f.Date > f.On {
			return measures.Failed("input/date", "验收日期 %s 还没有到", f.Date)
		}
		return measures.Passed("%s 验收", f.Date)
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "前天验收", "已经举行", asItWas),
		metEx(measures.ExampleFail, measures.Fail, "下月验收", "还没有举行", func(f *MeetingFacts) { f.Date = "2027-01-08" }),
		metEx(measures.ExampleBoundary, measures.Pass, "今天验收", "已经举行", func(f *MeetingFacts) { f.Date = "2026-12-10" }),
		metEx(measures.ExampleBoundary, measures.Fail, "明天验收", "还没有举行", func(f *MeetingFacts) { f.Date = "2026-12-11" }),
	},
}

var afterPass = measures.Rule[MeetingFacts]{
	ID: "A20.3-passed", Clause: "A20.3", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true, Title: "通过符合性审查以后组织验收", Quote: "审查通过的由市直单位按程序组织验收",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		switch {
		case !f.AsPassed():
			return onlyPassed(f)
		case f.PassedOn == "":
			return measures.Failed("", "还没有通过验收符合性审查，不能通过验收")
		case f.Date < f.PassedOn:
			return measures.Failed("input/date", "验收日期 %s 早于通过审查的 %s；审查通过以前举行的不能作为通过的验收", f.Date, f.PassedOn)
		}
		return measures.Passed("%s 通过审查，%s 验收", f.PassedOn, f.Date)
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "12 月 1 日通过，8 日验收", "先审查后验收", asItWas),
		metEx(measures.ExamplePass, measures.NotApplies, "不合格的验收", "是事实，如实记录", func(f *MeetingFacts) { f.Result, f.PassedOn = Failed, "" }),
		metEx(measures.ExampleFail, measures.Fail, "没有通过审查", "不能组织验收", func(f *MeetingFacts) { f.PassedOn = "" }),
		metEx(measures.ExampleBoundary, measures.Pass, "通过当天验收", "已经通过", func(f *MeetingFacts) { f.Date = "2026-12-01" }),
		metEx(measures.ExampleBoundary, measures.Fail, "通过前一天验收", "还没有通过", func(f *MeetingFacts) { f.Date = "2026-11-30" }),
	},
}

var before = measures.Rule[MeetingFacts]{
	ID: "A20.3-before", Clause: "A20.3", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: inForce, Mark: measures.Mark{Word: "未经审查先行验收", Rectify: "A32.1"}, Boundary: true,
	Title: "通过审查以前举行的验收说明原因", Quote: "审查通过的由市直单位按程序组织验收",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		switch {
		case f.PassedOn == "":
			return measures.Failed("input/date", "%s 举行的验收没有经过验收符合性审查：如实登记，请说明原因；不作为通过的验收，仍须申请审查", f.Date)
		case early(f.Date, f.PassedOn):
			return measures.Failed("input/date", "验收日期 %s 早于通过审查的 %s：如实登记，请说明原因；不作为通过的验收，须再组织验收", f.Date, f.PassedOn)
		}
		return measures.Passed("%s 通过审查，%s 验收", f.PassedOn, f.Date)
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "12 月 1 日通过，8 日验收", "先审查后验收", asItWas),
		metEx(measures.ExampleFail, measures.Fail, "没有申请审查，验收不合格", "如实登记并说明", func(f *MeetingFacts) { f.PassedOn, f.Result, f.Early = "", Failed, true }),
		metEx(measures.ExampleFail, measures.Fail, "没有申请审查，验收合格", "如实登记，不作为通过的验收", func(f *MeetingFacts) { f.PassedOn, f.Early = "", true }),
		metEx(measures.ExampleBoundary, measures.Pass, "通过当天验收", "已经通过", func(f *MeetingFacts) { f.Date = "2026-12-01" }),
		metEx(measures.ExampleBoundary, measures.Fail, "通过前一天验收", "还没有通过", func(f *MeetingFacts) { f.Date, f.Early = "2026-11-30", true }),
	},
}

var archived = measures.Rule[MeetingFacts]{
	ID: "A21.1-archived", Clause: "A21.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "档案验收合格", Quote: "未进行档案验收或者档案验收不合格的,不得通过项目验收",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		switch {
		case !f.AsPassed():
			return onlyPassed(f)
		case f.Archive == "":
			return measures.Failed("", "还没有进行档案验收（或者没有备案），不得通过项目验收；请从项目页面办理档案验收")
		case f.Archive != archive.Qualified:
			return measures.Failed("", "%s 的档案验收不合格，不得通过项目验收；整改后另行档案验收", f.ArchiveOn)
		}
		return measures.Passed("%s 档案验收合格", f.ArchiveOn)
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "档案验收合格", "可以通过", asItWas),
		metEx(measures.ExamplePass, measures.NotApplies, "没有档案验收，项目验收不合格", "没有通过项目验收", func(f *MeetingFacts) { f.Archive, f.Result = "", Failed }),
		metEx(measures.ExampleFail, measures.Fail, "未进行档案验收", "“未进行档案验收……的，不得通过项目验收”", func(f *MeetingFacts) { f.Archive, f.ArchiveOn = "", "" }),
		metEx(measures.ExampleFail, measures.Fail, "档案验收不合格", "“档案验收不合格的，不得通过项目验收”", func(f *MeetingFacts) { f.Archive = archive.Unqualified }),
		metEx(measures.ExampleFail, measures.Fail, "档案验收不合格，整改后合格的项目验收", "整改后合格也是通过", func(f *MeetingFacts) { f.Archive, f.Result = archive.Unqualified, Mended }),
	},
}

var budgeted = measures.Rule[MeetingFacts]{
	ID: "A17.0-estimated", Clause: "A17.0", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true, Title: "预算合计不超过概算", Quote: "概算控制预算",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		switch {
		case !f.AsPassed():
			return onlyPassed(f)
		case f.Budget > f.Ceiling:
			return measures.Failed("input/result", "预算合计 %s 万元，超过概算 %s 万元，超出 %s 万元，不能通过验收；追加投资先按第十七条办理项目调整", f.Budget.Wan(), f.Ceiling.Wan(), (f.Budget - f.Ceiling).WanExact())
		}
		return measures.Passed("预算合计 %s 万元，概算 %s 万元", f.Budget.Wan(), f.Ceiling.Wan())
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "概算 310，预算 300", "没有超过", asItWas),
		metEx(measures.ExamplePass, measures.NotApplies, "预算 400，验收不合格", "没有通过，如实记录", func(f *MeetingFacts) { f.Budget, f.Result = 400*wan, Failed }),
		metEx(measures.ExampleFail, measures.Fail, "自有资金计入后预算 410", "超过 100", func(f *MeetingFacts) { f.Budget = 410 * wan }),
		metEx(measures.ExampleBoundary, measures.Pass, "相等", "没有超过", func(f *MeetingFacts) { f.Budget = 310 * wan }),
		metEx(measures.ExampleBoundary, measures.Fail, "多一分", "超过概算", func(f *MeetingFacts) { f.Budget = 310*wan + 1 }),
	},
}

var contracted = measures.Rule[MeetingFacts]{
	ID: "A17.0-contracts", Clause: "A17.0", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: inForce, Boundary: true, Title: "验收时合同合计不超过预算合计",
	Source: "审查通过以后备案的合同也在“概算控制预算，预算控制决算”之间：合同合计超过预算合计的，不能通过验收",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		if !f.AsPassed() {
			return onlyPassed(f)
		}
		return contracts("input/result", f.Contracted, f.Budget)
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "预算 300，合同 280", "没有超过", asItWas),
		metEx(measures.ExamplePass, measures.NotApplies, "合同 320，验收不合格", "没有通过，如实记录", func(f *MeetingFacts) { f.Contracted, f.Result = 320*wan, Failed }),
		metEx(measures.ExampleFail, measures.Fail, "审查后又备案补充合同，合计 320", "超过 20", func(f *MeetingFacts) { f.Contracted = 320 * wan }),
		metEx(measures.ExampleBoundary, measures.Pass, "相等", "没有超过", func(f *MeetingFacts) { f.Contracted = 300 * wan }),
		metEx(measures.ExampleBoundary, measures.Fail, "多一分", "超过", func(f *MeetingFacts) { f.Contracted = 300*wan + 1 }),
	},
}

var controlled = measures.Rule[MeetingFacts]{
	ID: "A17.0-settled", Clause: "A17.0", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Boundary: true, Title: "决算不超过预算合计", Quote: "预算控制决算",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		switch {
		case !f.AsPassed():
			return onlyPassed(f)
		case f.Settled > f.Budget:
			return measures.Failed("input/settled", "决算 %s 万元，超过预算合计 %s 万元，超出 %s 万元，不能通过验收；决算可以先如实登记，按第十七条办理调整、追加预算以后再验收",
				f.Settled.Wan(), f.Budget.Wan(), (f.Settled - f.Budget).WanExact())
		}
		return measures.Passed("决算 %s 万元，预算合计 %s 万元", f.Settled.Wan(), f.Budget.Wan())
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "预算 300，决算 290", "没有超过", asItWas),
		metEx(measures.ExamplePass, measures.NotApplies, "决算 320，验收不合格", "没有通过，如实记录", func(f *MeetingFacts) { f.Settled, f.Result = 320*wan, Failed }),
		metEx(measures.ExampleFail, measures.Fail, "预算 300，决算 320", "超过 20", func(f *MeetingFacts) { f.Settled = 320 * wan }),
		metEx(measures.ExampleFail, measures.Fail, "没有预算", "没有可以控制的数额", func(f *MeetingFacts) { f.Budget = 0 }),
		metEx(measures.ExampleBoundary, measures.Pass, "相等", "没有超过", func(f *MeetingFacts) { f.Settled = 300 * wan }),
		metEx(measures.ExampleBoundary, measures.Fail, "多一分", "超过预算", func(f *MeetingFacts) { f.Settled = 300*wan + 1 }),
	},
}

func over(settled, budget money.Fen) measures.Verdict {
	if settled > budget {
		return measures.Failed("input/settled", "决算 %s 万元，超过预算合计 %s 万元，超出 %s 万元，如实登记，请说明原因", settled.Wan(), budget.Wan(), (settled - budget).WanExact())
	}
	return measures.Passed("决算 %s 万元，预算合计 %s 万元", settled.Wan(), budget.Wan())
}

var exceeds = measures.Rule[MeetingFacts]{
	ID: "A17.0-exceeds", Clause: "A17.0", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: inForce, Mark: measures.Mark{Word: "决算超预算", Rectify: "A32.1"}, Boundary: true, Title: "不能通过的验收中决算超过预算的说明原因", Quote: "预算控制决算",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		if f.AsPassed() {
			return measures.NotApplicable("通过的验收另行控制")
		}
		return over(f.Settled, f.Budget)
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "不合格，决算 290", "没有超过", func(f *MeetingFacts) { f.Result = Failed }),
		metEx(measures.ExampleFail, measures.Fail, "不合格，决算 320", "记录并说明", func(f *MeetingFacts) { f.Result, f.Settled = Failed, 320*wan }),
		metEx(measures.ExampleBoundary, measures.Pass, "不合格，相等", "没有超过", func(f *MeetingFacts) { f.Result, f.Settled = Failed, 300*wan }),
		metEx(measures.ExampleBoundary, measures.Fail, "不合格，多一分", "超过", func(f *MeetingFacts) { f.Result, f.Settled = Failed, 300*wan+1 }),
	},
}

var paidOut = measures.Rule[MeetingFacts]{
	ID: "A17.0-unsettled", Clause: "A17.0", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: inForce, Mark: measures.Mark{Word: "支付超决算"}, Boundary: true, Title: "支付合计不超过决算", Source: "决算以后多付的应当收回；没有收回的说明怎样处理",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		if f.Paid > f.Settled {
			return measures.Failed("input/settled", "已支付 %s 万元，超过决算 %s 万元，多付 %s 万元，请说明怎样收回", f.Paid.Wan(), f.Settled.Wan(), (f.Paid - f.Settled).WanExact())
		}
		return measures.Passed("已支付 %s 万元，决算 %s 万元", f.Paid.Wan(), f.Settled.Wan())
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "支付 270，决算 290", "没有多付", asItWas),
		metEx(measures.ExampleFail, measures.Fail, "支付 295，决算 290", "多付 5", func(f *MeetingFacts) { f.Paid = 295 * wan }),
		metEx(measures.ExampleBoundary, measures.Pass, "相等", "正好付清", func(f *MeetingFacts) { f.Paid = 290 * wan }),
		metEx(measures.ExampleBoundary, measures.Fail, "多一分", "多付一分", func(f *MeetingFacts) { f.Paid = 290*wan + 1 }),
	},
}

var inTime = measures.Rule[MeetingFacts]{
	ID: "A20.1-time", Clause: "A20.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: inForce, Mark: measures.Mark{Word: "验收逾期"}, Boundary: true, Title: "完工后及时验收", Params: []measures.Param{progress.AcceptDays},
	Source: "“项目完成后应及时开展验收”没有规定天数，逾期的说明理由",
	Judge: func(f MeetingFacts, v measures.Values) measures.Verdict {
		if f.CompletedOn == "" {
			return measures.NotApplicable("没有登记完工日期")
		}
		if due := f.CompletedOn.AddDays(progress.AcceptDays.Int(v)); f.Date > due {
			return measures.Failed("input/date", "%s 完工，应在 %s 以前验收，晚了 %d 天，请说明理由", f.CompletedOn, due, due.DaysUntil(f.Date))
		}
		return measures.Passed("%s 完工，%s 验收", f.CompletedOn, f.Date)
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "10 月 31 日完工，12 月 8 日验收", "38 天", asItWas),
		metEx(measures.ExampleFail, measures.Fail, "一年前完工", "超过 180 天", func(f *MeetingFacts) { f.CompletedOn = "2025-12-08" }),
		metEx(measures.ExampleBoundary, measures.Pass, "6 月 11 日完工", "到 12 月 8 日正好 180 天", func(f *MeetingFacts) { f.CompletedOn = "2026-06-11" }),
		metEx(measures.ExampleBoundary, measures.Fail, "6 月 10 日完工", "181 天", func(f *MeetingFacts) { f.CompletedOn = "2026-06-10" }),
	},
}

var report = measures.Rule[MeetingFacts]{
	ID: "A20.4-report", Clause: "A20.4", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "验收报告齐备", Quote: "验收完成后,应将验收报告等材料报市大数据发展管理局备案",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		switch {
		case !f.AsPassed():
			return onlyPassed(f)
		case !f.Report:
			return measures.Failed("file/"+Report, "请上传验收报告，和结论一起报备；退回经办人补上")
		}
		return measures.Passed("有验收报告")
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "有验收报告", "可以报备", asItWas),
		metEx(measures.ExampleFail, measures.Fail, "没有验收报告", "没有可以报备的", func(f *MeetingFacts) { f.Report = false }),
	},
}

var mendReport = measures.Rule[MeetingFacts]{
	ID: "A20.4-mended", Clause: "A20.4", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "整改后合格的有整改报告", Source: "结论为整改后合格的，以整改报告为凭",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		switch {
		case f.Result != Mended || f.Early:
			return measures.NotApplicable("没有整改要求")
		case !f.Mending:
			return measures.Failed("file/"+MendReport, "结论为整改后合格，请上传整改报告")
		}
		return measures.Passed("有整改报告")
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "整改后合格，有整改报告", "已经整改", func(f *MeetingFacts) { f.Result, f.Mending = Mended, true }),
		metEx(measures.ExampleFail, measures.Fail, "整改后合格，没有整改报告", "看不出整改没有", func(f *MeetingFacts) { f.Result = Mended }),
	},
}

var meetingSecret = measures.Rule[MeetingFacts]{
	ID: "A30.1-meeting", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "验收记录不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f MeetingFacts, _ measures.Values) measures.Verdict {
		if f.Secret {
			return measures.Failed("input/problems", "遗留问题写到涉密内容，请立即删去")
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[MeetingFacts]{
		metEx(measures.ExamplePass, measures.Pass, "没有涉密字样", "可以录入", asItWas),
		metEx(measures.ExampleFail, measures.Fail, "遗留问题写“涉密”", "不得录入", func(f *MeetingFacts) { f.Secret = true }),
	},
}

func acct(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*AccountFacts)) measures.Example[AccountFacts] {
	f := AccountFacts{On: "2026-12-10", Date: "2026-12-01", Budget: 300 * wan, Settled: 290 * wan, Paper: true}
	change(&f)
	return measures.Example[AccountFacts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

var accountPaper = measures.Rule[AccountFacts]{
	ID: "A17.0-account", Clause: "A17.0", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "决算有文件，日期不在今天以后", Source: "登记的是已经作出的决算",
	Judge: func(f AccountFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if f.Date > f.On {
			ps = append(ps, measures.Problem{Anchor: "input/date", Message: "决算日期 " + string(f.Date) + " 还没有到"})
		}
		if !f.Paper {
			ps = append(ps, measures.Problem{Anchor: "file/" + FinalAccount, Message: "请先上传决算文件"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[AccountFacts]{
		acct(measures.ExamplePass, measures.Pass, "有文件", "有凭据", func(*AccountFacts) {}),
		acct(measures.ExampleFail, measures.Fail, "没有文件", "无凭据", func(f *AccountFacts) { f.Paper = false }),
		acct(measures.ExampleBoundary, measures.Pass, "今天", "已经作出", func(f *AccountFacts) { f.Date = "2026-12-10" }),
		acct(measures.ExampleBoundary, measures.Fail, "明天", "还没有作出", func(f *AccountFacts) { f.Date = "2026-12-11" }),
	},
}

var accountOver = measures.Rule[AccountFacts]{
	ID: "A17.0-final", Clause: "A17.0", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: inForce, Mark: measures.Mark{Word: "决算超预算", Rectify: "A32.1"}, Boundary: true, Title: "决算超过预算合计的说明原因", Quote: "预算控制决算",
	Judge: func(f AccountFacts, _ measures.Values) measures.Verdict {
		v := over(f.Settled, f.Budget)
		for i := range v.Problems {
			v.Problems[i].Anchor = "input/amount"
		}
		return v
	},
	Examples: []measures.Example[AccountFacts]{
		acct(measures.ExamplePass, measures.Pass, "预算 300，决算 290", "没有超过", func(*AccountFacts) {}),
		acct(measures.ExampleFail, measures.Fail, "决算 320", "如实登记并说明", func(f *AccountFacts) { f.Settled = 320 * wan }),
		acct(measures.ExampleBoundary, measures.Pass, "相等", "没有超过", func(f *AccountFacts) { f.Settled = 300 * wan }),
		acct(measures.ExampleBoundary, measures.Fail, "多一分", "超过", func(f *AccountFacts) { f.Settled = 300*wan + 1 }),
	},
}

func day(change calendar.Date) CompletionFacts {
	return CompletionFacts{On: "2026-11-20", Date: change}
}

var past = measures.Rule[CompletionFacts]{
	ID: "A20.1-completed", Clause: "A20.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "完工日期不在今天以后", Source: "登记的是已经完工的项目",
	Judge: func(f CompletionFacts, _ measures.Values) measures.Verdict {
		if f.Date > f.On {
			return measures.Failed("input/date", "完工日期 %s 还没有到", f.Date)
		}
		return measures.Passed("%s 完工", f.Date)
	},
	Examples: []measures.Example[CompletionFacts]{
		{Name: "上月完工", Kind: measures.ExamplePass, Want: measures.Pass, Why: "已经完工", Facts: day("2026-10-31")},
		{Name: "下月完工", Kind: measures.ExampleFail, Want: measures.Fail, Why: "还没有完工", Facts: day("2026-12-31")},
		{Name: "今天", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "已经完工", Facts: day("2026-11-20")},
		{Name: "明天", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "还没有完工", Facts: day("2026-11-21")},
	},
}

var ahead = measures.Rule[CompletionFacts]{
	ID: "A20.2-mend-by", Clause: "A20.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "补正期限在今天以后", Source: "补正要留出时间",
	Judge: func(f CompletionFacts, _ measures.Values) measures.Verdict {
		if f.Date <= f.On {
			return measures.Failed("input/due", "补正期限 %s 应在今天以后", f.Date)
		}
		return measures.Passed("%s 以前补正", f.Date)
	},
	Examples: []measures.Example[CompletionFacts]{
		{Name: "两周后", Kind: measures.ExamplePass, Want: measures.Pass, Why: "有时间补正", Facts: day("2026-12-04")},
		{Name: "上周", Kind: measures.ExampleFail, Want: measures.Fail, Why: "已经过去", Facts: day("2026-11-13")},
		{Name: "今天", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "没有时间补正", Facts: day("2026-11-20")},
		{Name: "明天", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "在今天以后", Facts: day("2026-11-21")},
	},
}

var told = measures.Rule[CompletionFacts]{
	ID: "A20.1-told", Clause: "A20.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "完工日期与项目实施的报告一致", Source: "项目实施里已经报告完成的，以报告的日期为准，只登记一次",
	Judge: func(f CompletionFacts, _ measures.Values) measures.Verdict {
		if f.Told != "" && f.Date != f.Told {
			return measures.Failed("input/date", "项目实施里已经报告 %s 完成，这里不再另行登记", f.Told)
		}
		return measures.Passed("没有不同的日期")
	},
	Examples: []measures.Example[CompletionFacts]{
		{Name: "没有报告过", Kind: measures.ExamplePass, Want: measures.Pass, Why: "在这里登记", Facts: day("2026-10-31")},
		{Name: "同一天", Kind: measures.ExamplePass, Want: measures.Pass, Why: "一致", Facts: CompletionFacts{On: "2026-11-20", Date: "2026-10-31", Told: "2026-10-31"}},
		{Name: "另一天", Kind: measures.ExampleFail, Want: measures.Fail, Why: "两处不一", Facts: CompletionFacts{On: "2026-11-20", Date: "2026-10-31", Told: "2026-10-30"}},
	},
}
