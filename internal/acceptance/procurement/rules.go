package procurement

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
)

const from calendar.Date = "2025-12-01"

// Rules are asked when a procurement is handed in; the warnings are asked again
// for its marks when it is put on record.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{secret, complete, past, budget, inYear, award, order, dated, parting, law, code}
}

// Breaches are the marks of a procurement that went beyond its budget or the law it is under.
var Breaches = []string{budget.ID, award.ID, law.ID}

type example = measures.Example[Facts]

// good is a sound procurement: 300 万元 of budgets, 100 procured before, 180 now,
// awarded for 176.
func good() Facts {
	return Facts{On: "2026-08-10", Year: 2026, Method: "open_tender", Source: "general", Mixed: AllFiscal, Budget: 180_000_000, Ceiling: 178_000_000, Chain: 300_000_000, InYear: 300_000_000, Earlier: 100_000_000,
		Result: Awarded, Supplier: true, Code: "91520200MA6TT0001F", Award: 176_000_000, Announced: "2026-06-01", Opened: "2026-06-23", NoticeOn: "2026-06-26"}
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

var secret = measures.Rule[Facts]{
	ID: "A30.1-procurement", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from,
	Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容。涉密采购不得在本系统登记，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []example{pass("没有涉密内容", "各栏均无", good()), fail("采购内容写到涉密", "不得进入本系统", with(func(f *Facts) { f.Secret = "采购内容" }))},
}

var complete = measures.Rule[Facts]{
	ID: "A18.2-complete", Clause: "A18.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "登记的是已有结果的采购：有中标（成交）的写明供应商、金额和通知书日期；列入的部门预算写明年度", Title: "采购结果写明",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		ask := func(ok bool, field, please string) {
			if !ok {
				ps = append(ps, measures.Problem{Anchor: "form/" + field, Message: please})
			}
		}
		ask(f.Year >= 2000, "budget_year", "请填写四位年度，如 2026")
		if f.Result == Awarded {
			ask(f.Supplier, "supplier", "请填写中标（成交）供应商")
			ask(f.Award > 0, "award", "请填写中标（成交）金额")
			ask(f.NoticeOn != "", "notice_on", "请填写中标（成交）通知书日期")
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("三项齐全", "供应商、金额、日期都有", good()),
		pass("采购失败", "没有中标供应商", with(func(f *Facts) { f.Result, f.Supplier, f.Award, f.NoticeOn = Failed, false, 0, "" })),
		fail("没有供应商", "不知谁中标", with(func(f *Facts) { f.Supplier = false })),
		fail("没有通知书日期", "不知何时起算签订合同的时间", with(func(f *Facts) { f.NoticeOn = "" })),
		fail("年度写成 26", "不是四位年度", with(func(f *Facts) { f.Year = 26 })),
		edge(measures.Pass, "中标 1 分", "大于 0 即已填写", with(func(f *Facts) { f.Award = 1 })),
		edge(measures.Fail, "中标 0", "没有填写", with(func(f *Facts) { f.Award = 0 }))},
}

var past = measures.Rule[Facts]{
	ID: "A18.2-past", Clause: "A18.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "登记的是已经发生的事，日期不能在今天以后", Title: "日期不在今天以后",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, d := range f.dates() {
			if d.day > f.On {
				ps = append(ps, measures.Problem{Anchor: "form/" + d.field, Message: fmt.Sprintf("%s %s 还没有到", d.label, d.day)})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("都是以前的日期", "6 月的采购，8 月登记", good()), fail("开标日期写成明年", "还没有到", with(func(f *Facts) { f.Opened = "2027-06-23" })),
		edge(measures.Pass, "今天发出通知书", "已经发出", with(func(f *Facts) { f.NoticeOn = "2026-08-10" })),
		edge(measures.Fail, "明天发出通知书", "还没有发出", with(func(f *Facts) { f.NoticeOn = "2026-08-11" }))},
}

type dateOf struct {
	day          calendar.Date
	field, label string
}

// dates are those of the procurement in the order they should have.
func (f Facts) dates() []dateOf {
	return []dateOf{{f.Announced, "announced_on", "公告日期"}, {f.Opened, "opened_on", "开标日期"}, {f.NoticeOn, "notice_on", "通知书日期"}}
}

var budget = measures.Rule[Facts]{
	ID: "A18.1-budget", Clause: "A18.1", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "超预算或没有预算", Rectify: "A32.1"}, Boundary: true,
	Title: "采购在部门预算之内", Quote: "采购需纳入部门预算并与预算编制同步",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		left := f.Chain - f.Earlier
		switch {
		case f.Result == Failed:
			return measures.NotApplicable("采购没有成交，不占用预算")
		case f.Chain == 0:
			return measures.Failed("form/budget", "这个项目还没有批准的预算；采购已经发生的，写明情况后如实登记并标记")
		case f.Budget > left:
			return measures.Failed("form/budget", "采购预算 %s 万元，超过剩余预算 %s 万元（预算合计 %s 万元，此前已采购 %s 万元）", f.Budget.Wan(), left.Wan(), f.Chain.Wan(), f.Earlier.Wan())
		}
		return measures.Passed("采购预算 %s 万元，剩余预算 %s 万元", f.Budget.Wan(), left.Wan())
	},
	Examples: []example{pass("在剩余预算之内", "300 − 100 = 200，采购 180", good()), fail("没有预算", "采购没有纳入部门预算", with(func(f *Facts) { f.Chain, f.Earlier = 0, 0 })),
		fail("超过剩余预算", "300 − 100 = 200，采购 250", with(func(f *Facts) { f.Budget = 250_000_000 })),
		{Name: "采购失败", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "没有成交", Facts: with(func(f *Facts) { f.Result, f.Chain = Failed, 0 })},
		edge(measures.Pass, "用完剩余预算", "200 = 300 − 100", with(func(f *Facts) { f.Budget = 200_000_000 })),
		edge(measures.Fail, "多一分", "超过 200 万元", with(func(f *Facts) { f.Budget = 200_000_001 })),
		edge(measures.Fail, "此前已超", "300 − 301 不足 0", with(func(f *Facts) { f.Earlier = 301_000_000 }))},
}

var inYear = measures.Rule[Facts]{
	ID: "A18.1-year", Clause: "A18.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "当年没有预算"}, Boundary: true,
	Source: "采购与预算编制同步：采购写明的预算年度有这个项目的预算；用其他年度结转的预算采购，说明来源", Title: "采购写明的年度有预算",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Result == Failed || f.Chain == 0:
			return measures.NotApplicable("采购没有成交，或者由 A18.1-budget 指出")
		case f.InYear <= 0:
			return measures.Failed("form/budget_year", "这个项目没有 %d 年度的预算，预算合计 %s 万元在其他年度；请说明", f.Year, f.Chain.Wan())
		}
		return measures.Passed("%d 年度预算 %s 万元", f.Year, f.InYear.Wan())
	},
	Examples: []example{pass("当年有预算", "2026 年度有 300 万元", good()), fail("写明 2031 年度", "没有这一年的预算", with(func(f *Facts) { f.Year, f.InYear = 2031, 0 })),
		{Name: "采购失败", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "没有成交", Facts: with(func(f *Facts) { f.Result, f.InYear = Failed, 0 })},
		edge(measures.Pass, "当年只有一分", "有预算", with(func(f *Facts) { f.InYear = 1 })), edge(measures.Fail, "当年追减到零", "没有预算", with(func(f *Facts) { f.InYear = 0 }))},
}

var award = measures.Rule[Facts]{
	ID: "A18.1-award", Clause: "A18.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "超采购预算或限价"}, Boundary: true,
	Source: "采购纳入预算，最高限价和中标（成交）金额都不超过采购预算金额，中标（成交）金额不超过最高限价", Title: "限价和中标金额不超过采购预算",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if f.Ceiling > f.Budget {
			ps = append(ps, measures.Problem{Anchor: "form/price_limit", Message: fmt.Sprintf("最高限价 %s 万元，超过采购预算 %s 万元", f.Ceiling.WanExact(), f.Budget.WanExact())})
		}
		if f.Award > f.Budget {
			ps = append(ps, measures.Problem{Anchor: "form/award", Message: fmt.Sprintf("中标（成交）金额 %s 万元，超过采购预算 %s 万元", f.Award.WanExact(), f.Budget.WanExact())})
		} else if f.Ceiling > 0 && f.Award > f.Ceiling {
			ps = append(ps, measures.Problem{Anchor: "form/award", Message: fmt.Sprintf("中标（成交）金额 %s 万元，超过最高限价 %s 万元", f.Award.WanExact(), f.Ceiling.WanExact())})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("逐级不超过", "176 ≤ 178 ≤ 180", good()), pass("没有限价", "176 ≤ 180", with(func(f *Facts) { f.Ceiling = 0 })),
		fail("中标超过预算", "190 > 180", with(func(f *Facts) { f.Award = 190_000_000 })), fail("限价超过预算", "185 > 180", with(func(f *Facts) { f.Ceiling = 185_000_000 })),
		edge(measures.Pass, "三个数相等", "180 = 180 = 180", with(func(f *Facts) { f.Award, f.Ceiling = 180_000_000, 180_000_000 })),
		edge(measures.Pass, "中标等于限价", "178 = 178", with(func(f *Facts) { f.Award = 178_000_000 })),
		edge(measures.Fail, "比限价多一分", "178 万元零一分", with(func(f *Facts) { f.Award = 178_000_001 }))},
}

var order = measures.Rule[Facts]{
	ID: "A18.2-order", Clause: "A18.2", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "采购日期颠倒"}, Boundary: true,
	Source: "先公告，后开标，再发中标（成交）通知书；没有的日期不比较", Title: "采购日期先后相符",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		var last dateOf
		for _, d := range f.dates() {
			if d.day == "" {
				continue
			}
			if d.day < last.day {
				ps = append(ps, measures.Problem{Anchor: "form/" + d.field, Message: fmt.Sprintf("%s %s，早于%s %s", d.label, d.day, last.label, last.day)})
			}
			last = d
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("先后相符", "6 月 1 日、23 日、26 日", good()), pass("没有公告日期", "单一来源等没有公告", with(func(f *Facts) { f.Announced = "" })),
		fail("开标在公告前", "5 月 20 日早于 6 月 1 日", with(func(f *Facts) { f.Opened = "2026-05-20" })),
		edge(measures.Pass, "开标当天发通知书", "不早于开标", with(func(f *Facts) { f.NoticeOn = "2026-06-23" })),
		edge(measures.Fail, "开标前一天发通知书", "早一天", with(func(f *Facts) { f.NoticeOn = "2026-06-22" }))},
}

var dated = measures.Rule[Facts]{
	ID: "A18.2-method", Clause: "A18.2", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "采购方式尚未施行", Rectify: "A32.1"}, Boundary: true,
	Source: "《中华人民共和国政府采购法》及竞争性磋商、框架协议、合作创新采购等采购方式的管理办法，各自施行以后才能采用", Title: "采购方式已经施行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		m, day := methodOf(f.Method), f.On
		for _, d := range f.dates() {
			if d.day != "" {
				day = min(day, d.day)
			}
		}
		if day < m.from {
			return measures.Failed("form/method", "%s自 %s 起施行（%s），这次采购 %s 已经开始", m.label, m.from, m.source, day)
		}
		return measures.Passed("%s", m.label)
	},
	Examples: []example{pass("公开招标", "2003 年起", good()), pass("合作创新采购", "2024 年 6 月起", with(func(f *Facts) { f.Method = "innovation" })),
		fail("2021 年用框架协议", "2022 年 3 月起", with(func(f *Facts) { f.Method, f.Announced = "framework", "2021-10-08" })),
		edge(measures.Pass, "合作创新采购施行当天", "2024-06-01", with(func(f *Facts) { f.Method, f.Announced = "innovation", "2024-06-01" })),
		edge(measures.Fail, "合作创新采购施行前一天", "2024-05-31", with(func(f *Facts) { f.Method, f.Announced = "innovation", "2024-05-31" }))},
}

var parting = measures.Rule[Facts]{
	ID: "A18.2-separable", Clause: "A18.2", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "能否分割未说明", Rectify: "A32.1"},
	Title: "非财政资金能否分割采购已说明", Quote: "使用非财政性资金的项目若无法与财政资金分割采购,则统一适用政府采购法规采购",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Mixed == AllFiscal && !fiscal(f.Source):
			return measures.Failed("form/mixed", "资金来源是%s，不是“全部为财政资金”", form.Label(Sources, f.Source))
		case f.Mixed == NoFiscal && fiscal(f.Source):
			return measures.Failed("form/mixed", "资金来源是%s，不是“全部为非财政资金”", form.Label(Sources, f.Source))
		case f.Mixed == AllFiscal || f.Mixed == NoFiscal:
			return measures.NotApplicable("没有财政资金与非财政资金混合")
		case !f.Reason:
			return measures.Failed("form/parting", "含非财政资金，请写明能否与财政资金分割采购的理由")
		}
		return measures.Passed("已说明")
	},
	Examples: []example{pass("无法分割并写明理由", "统一适用政府采购法", with(func(f *Facts) { f.Mixed, f.Reason = Joint, true })),
		{Name: "全部为财政资金", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "没有混合", Facts: good()},
		fail("无法分割没有理由", "没有说明", with(func(f *Facts) { f.Mixed = Joint })), fail("能分割没有理由", "没有说明", with(func(f *Facts) { f.Mixed = Parted })),
		fail("自有资金写成全部财政资金", "两处不一致", with(func(f *Facts) { f.Source = "own" }))},
}

var law = measures.Rule[Facts]{
	ID: "A18.2-law", Clause: "A18.2", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "未适用政府采购法", Rectify: "A32.1"},
	Title: "应适用政府采购法的已适用", Quote: "确保资金使用符合《中华人民共和国政府采购法》及实施条例",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Method != OwnMethod:
			return measures.Passed("按政府采购的方式采购")
		case fiscal(f.Source):
			return measures.Failed("form/method", "使用财政资金，适用政府采购法，不能自行采购；已经自行采购的写明情况")
		case f.Mixed == Joint:
			return measures.Failed("form/method", "非财政资金无法与财政资金分割，统一适用政府采购法；已经自行采购的写明情况")
		}
		return measures.Passed("非财政资金，不适用政府采购法")
	},
	Examples: []example{pass("财政资金公开招标", "适用政府采购法", good()), pass("自有资金自行采购", "没有财政资金", with(func(f *Facts) { f.Method, f.Source, f.Mixed = OwnMethod, "own", NoFiscal })),
		pass("能分割的自有资金自行采购", "分割后只是自有资金", with(func(f *Facts) { f.Method, f.Source, f.Mixed, f.Reason = OwnMethod, "own", Parted, true })),
		fail("财政资金自行采购", "“适用政府采购法规”", with(func(f *Facts) { f.Method = OwnMethod })),
		fail("不能分割的自有资金自行采购", "“统一适用政府采购法规采购”", with(func(f *Facts) { f.Method, f.Source, f.Mixed, f.Reason = OwnMethod, "own", Joint, true }))},
}

var code = measures.Rule[Facts]{
	ID: "A18.2-uscc", Clause: "A18.2", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "信用代码存疑"},
	Source: "GB 32100—2015《法人和其他组织统一社会信用代码编码规则》", Title: "供应商信用代码校验相符",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Result == Failed {
			return measures.NotApplicable("没有中标供应商")
		}
		return CodeVerdict(f.Code)
	},
	Examples: []example{pass("校验相符", "第 18 位按前 17 位算得", good()), fail("末位错", "校验位不符", with(func(f *Facts) { f.Code = "91520200MA6TT00011" })),
		fail("没有填写", "供应商无从查证", with(func(f *Facts) { f.Code = "" })), fail("17 位", "少一位", with(func(f *Facts) { f.Code = "91520200MA6TT0001" })),
		{Name: "采购失败", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "没有供应商", Facts: with(func(f *Facts) { f.Result, f.Code = Failed, "" })}},
}

// CodeVerdict says what is wrong with the credit code of a supplier.
func CodeVerdict(code string) measures.Verdict {
	switch {
	case code == "":
		return measures.Failed("form/uscc", "没有填写供应商的统一社会信用代码")
	case !identity.USCCCheck(code):
		return measures.Failed("form/uscc", "统一社会信用代码 %s 不是 18 位或者校验位不符，请核对；早年的代码确实不符的写明情况", code)
	}
	return measures.Passed("校验位相符")
}
