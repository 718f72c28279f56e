package supplement

import (
	"fmt"

	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/decision"
)

// Rules are asked when the unit hands in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{secret, inClass, basis, unplanned, year, funds}
}

// ReportRules are asked when the bureau reports to the government: in the
// meantime the year may have ended, the plan may have got the project, and the
// bureau may have declared it out of class.
func ReportRules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{inClass, unplanned, year, request, amount}
}

var decided = decision.Rule("A11.1-decision", "A11.1", "联合报市政府审批")

type example = measures.Example[Facts]

func good() Facts {
	return Facts{On: "2026-08-10", Year: 2026, Estimate: 300_000_000, YearAmount: 200_000_000, Funds: 200_000_000,
		Basis:   BasisFacts{Level: true, Issuer: true, Title: true, Number: true, Excerpt: true, Date: "2026-07-20", Scan: true},
		Request: &RequestFacts{Number: true, Date: "2026-08-10", Amount: 260_000_000}, Checks: []CheckFacts{{"市大数据局", 280_000_000}, {"市财政局", 260_000_000}}}
}

func with(change func(*Facts)) Facts {
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

var basis = measures.Rule[Facts]{
	ID: "A11.1-basis", Clause: "A11.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "国家、省和市临时安排，有依据文件", Quote: "对国家、省和市临时安排",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, p := range []struct {
			given       bool
			anchor, say string
		}{
			{f.Basis.Level, "form/basis_level", "请选择是国家、省还是市的安排"},
			{f.Basis.Issuer, "form/basis_issuer", "请填写依据文件的发文机关"},
			{f.Basis.Title, "form/basis_title", "请填写依据文件的名称"},
			{f.Basis.Number, "form/basis_number", "请填写依据文件的文号"},
			{f.Basis.Date != "", "form/basis_date", "请填写依据文件的日期"},
			{f.Basis.Date <= f.On, "form/basis_date", fmt.Sprintf("依据文件的日期 %s 还没有到", f.Basis.Date)},
			{f.Basis.Excerpt, "form/basis_excerpt", "请摘录原文中安排这个项目的话"},
			{f.Basis.Scan, "file/basis", "请上传依据文件"},
		} {
			if !p.given {
				ps = append(ps, measures.Problem{Anchor: p.anchor, Message: p.say})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("有文件并附扫描件", "级别、文件、扫描件齐全", good()),
		fail("没有级别", "不知是否国家、省、市的安排", with(func(f *Facts) { f.Basis.Level = false })),
		fail("没有文号", "文件无从查证", with(func(f *Facts) { f.Basis.Number = false })),
		fail("没有扫描件", "安排无凭据", with(func(f *Facts) { f.Basis.Scan = false })),
		edge(measures.Pass, "文件当天印发", "已经安排", with(func(f *Facts) { f.Basis.Date = "2026-08-10" })),
		edge(measures.Fail, "文件日期是明天", "还没有安排", with(func(f *Facts) { f.Basis.Date = "2026-08-11" }))},
}

var inClass = measures.Rule[Facts]{
	ID: "A03.2-supplement", Clause: "A03.2", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01",
	Source: "增补的也是第三条所称的政务信息系统项目；认定不属于政务信息系统的，撤销认定以前不办增补", Title: "没有被认定为范围外",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.OutOfClass != "" {
			return measures.Failed("form/name", "市大数据发展管理局认定本单位这个名称的项目不属于政务信息系统（%s），不能增补", f.OutOfClass)
		}
		return measures.Passed("没有范围外的认定")
	},
	Examples: []example{pass("没有认定", "属于政务信息系统", good()),
		fail("认定为范围外", "不在第三条的适用范围", with(func(f *Facts) { f.OutOfClass = "GB/T 40692—2021 第5章 5.2" }))},
}

var unplanned = measures.Rule[Facts]{
	ID: "A11.1-unplanned", Clause: "A11.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "未纳入当年年度计划", Quote: "未纳入市级年度计划的项目",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Planned != "" {
			return measures.Failed("form/name", "%d 年度计划中已有本单位的“%s”，已列入的项目不办增补；要调整的按第十七条办理", f.Year, f.Planned)
		}
		return measures.Passed("%d 年度计划中没有本单位的同名项目", f.Year)
	},
	Examples: []example{pass("计划中没有", "未纳入年度计划", good()),
		fail("计划中已有同名项目", "已经纳入，不是增补", with(func(f *Facts) { f.Planned = "智慧养老服务平台 LPS-2026-MZ-N-001" }))},
}

var year = measures.Rule[Facts]{
	ID: "A11.1-year", Clause: "A11.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Title: "列入当年年度计划", Quote: "列入当年年度计划",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if now := int64(f.On.Year()); f.Year != now {
			return measures.Failed("", "增补只列入当年（%d 年）年度计划，这份申请是 %d 年度的。仍需要的请按当年另行申请；次年的项目走项目储备", now, f.Year)
		}
		return measures.Passed("%d 年度，今年", f.Year)
	},
	Examples: []example{pass("8 月申请当年", "当年 2026 年", good()), fail("申请次年", "次年走储备和年度计划", with(func(f *Facts) { f.Year = 2027 })),
		edge(measures.Pass, "12 月 31 日", "仍是当年", with(func(f *Facts) { f.On = "2026-12-31" })),
		edge(measures.Fail, "次年 1 月 1 日", "2026 年已过", with(func(f *Facts) { f.On = "2027-01-01" }))},
}

var funds = measures.Rule[Facts]{
	ID: "A11.1-funds", Clause: "A11.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "各来源的金额相加等于本年度资金，本年度资金不超过估算总投资", Title: "资金来源与本年度资金一致",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if f.Funds != f.YearAmount {
			ps = append(ps, measures.Problem{Anchor: "form/fund_general", Message: fmt.Sprintf("资金来源合计 %s 万元，本年度资金 %s 万元，相差 %s 万元",
				f.Funds.Wan(), f.YearAmount.Wan(), (f.Funds - f.YearAmount).WanExact())})
		}
		if f.YearAmount > f.Estimate {
			ps = append(ps, measures.Problem{Anchor: "form/year_amount", Message: fmt.Sprintf("本年度资金 %s 万元，超过估算总投资 %s 万元", f.YearAmount.Wan(), f.Estimate.Wan())})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("两年完成", "来源 200 = 本年 200，总投资 300", good()), fail("来源少 10 万元", "来源 190，本年 200", with(func(f *Facts) { f.Funds = 190_000_000 })),
		edge(measures.Fail, "来源差一分", "应当相等", with(func(f *Facts) { f.Funds++ })),
		edge(measures.Pass, "当年完成", "本年 300 = 总投资 300", with(func(f *Facts) { f.YearAmount, f.Funds = 300_000_000, 300_000_000 })),
		edge(measures.Fail, "本年多一分", "超过总投资", with(func(f *Facts) { f.YearAmount, f.Funds = 300_000_001, 300_000_001 }))},
}

var request = measures.Rule[Facts]{
	ID: "A11.1-request", Clause: "A11.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: "2025-12-01", Boundary: true,
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
	Examples: []example{pass("当天报出", "有文号和日期", good()), fail("没有文号", "请示无从查证", with(func(f *Facts) { f.Request.Number = false })),
		edge(measures.Pass, "日期是今天", "已经印发", with(func(f *Facts) { f.Request.Date = f.On })),
		edge(measures.Fail, "日期是明天", "还没有印发", with(func(f *Facts) { f.Request.Date = "2026-08-11" }))},
}

var amount = measures.Rule[Facts]{
	ID: "A11.1-amount", Clause: "A11.1", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: "2025-12-01", Boundary: true,
	Source: "报批的审核金额不超过两家各自审核的金额，也不超过申请的估算总投资", Title: "报批金额不超过审核金额",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		over := func(who string, most string) {
			ps = append(ps, measures.Problem{Anchor: "input/amount", Message: fmt.Sprintf("报批金额 %s 万元，超过%s %s 万元", f.Request.Amount.Wan(), who, most)})
		}
		if f.Request.Amount == 0 {
			ps = append(ps, measures.Problem{Anchor: "input/amount", Message: "请填写审核金额"})
		}
		for _, k := range f.Checks {
			if f.Request.Amount > k.Amount {
				over(k.Office+"审核的", k.Amount.Wan())
			}
		}
		if f.Request.Amount > f.Estimate {
			over("申请的估算总投资", f.Estimate.Wan())
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("取两家的低者", "280 与 260 取 260", good()), pass("低于两家", "可以再核减", with(func(f *Facts) { f.Request.Amount = 250_000_000 })),
		fail("取两家的高者", "280 超过市财政局的 260", with(func(f *Facts) { f.Request.Amount = 280_000_000 })),
		fail("超过申请", "审核不能增加投资", with(func(f *Facts) { f.Request.Amount, f.Checks = 310_000_000, nil })),
		edge(measures.Fail, "比低者多一分", "超过", with(func(f *Facts) { f.Request.Amount = 260_000_001 })),
		edge(measures.Pass, "等于申请", "三个数相等", with(func(f *Facts) {
			f.Request.Amount, f.Checks = 300_000_000, []CheckFacts{{"市大数据局", 300_000_000}, {"市财政局", 300_000_000}}
		}))},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-supplement", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: "2025-12-01",
	Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("form/name", "“%s”写到涉密内容。涉密项目不得在本系统申报，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []example{pass("没有涉密内容", "各栏均无", good()), fail("写到涉密", "不得进入本系统", with(func(f *Facts) { f.Secret = "原文摘录" }))},
}
