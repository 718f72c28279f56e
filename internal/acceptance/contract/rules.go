package contract

import (
	"fmt"

	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

const from calendar.Date = "2025-12-01"

// SupplementPercent is the limit of the procurement law for supplementary
// contracts. It is not the limit of Article 17, which is about the estimate.
var SupplementPercent = measures.Param{Key: "contract.supplement-percent", Title: "补充合同金额的上限", Unit: "%", Kind: measures.KindPercent, Default: "10",
	Clause: "A19.1", Basis: measures.Other, Note: "《中华人民共和国政府采购法》第四十九条，占原合同采购金额的比例；与第十七条的项目调整无关"}

// Rules are asked when a contract is handed in; the warnings are asked again for
// its marks when it is put on file.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{secret, complete, known, once, bought, winner, aboveAward, aboveBudget, supplementary, signedLate, filedLate, schedule, code}
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-contract", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from,
	Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容。涉密合同不得在本系统备案，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []example{pass("没有涉密内容", "各栏均无", good()), fail("合同名称写到涉密", "不得进入本系统", with(func(f *Facts) { f.Secret = "合同名称" }))},
}

var complete = measures.Rule[Facts]{
	ID: "A19.1-complete", Clause: "A19.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Title: "已签订的合同，材料齐全", Source: "第十九条：签订合同后报备案。备案的是已经签订的合同，有编号、供应商、日期、预算年度和扫描件才能核对",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, p := range []struct {
			ok          bool
			anchor, say string
		}{
			{f.Number, "form/contract_number", "请填写合同编号"},
			{f.Supplier != "", "form/supplier", "请填写供应商"},
			{f.Signed <= f.On, "form/signed_on", fmt.Sprintf("签订日期 %s 还没有到，签订以后才能备案", f.Signed)},
			{f.End == "" || f.Begin <= f.End, "form/end_on", fmt.Sprintf("履行结束 %s 早于履行开始 %s", f.End, f.Begin)},
			{f.Year >= 2000, "form/budget_year", "请填写四位年度，如 2026"},
			{f.Scan, "file/" + Scan, "请上传合同扫描件"},
		} {
			if !p.ok {
				ps = append(ps, measures.Problem{Anchor: p.anchor, Message: p.say})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("内容和扫描件齐全", "签订以后备案", good()), fail("没有扫描件", "合同无凭据", with(func(f *Facts) { f.Scan = false })),
		fail("没有合同编号", "合同无从查证", with(func(f *Facts) { f.Number = false })), fail("结束早于开始", "2026-06-30 早于 2026-07-20", with(func(f *Facts) { f.End = "2026-06-30" })),
		edge(measures.Pass, "今天签订", "已经签订", with(func(f *Facts) { f.Signed = "2026-08-03" })),
		edge(measures.Fail, "明天签订", "还没有签订", with(func(f *Facts) { f.Signed = "2026-08-04" })),
		edge(measures.Pass, "一天的合同", "开始当天结束", with(func(f *Facts) { f.End = f.Begin }))},
}

var known = measures.Rule[Facts]{
	ID: "A19.1-known", Clause: "A19.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from,
	Source: "写明的采购登记、原合同应是这个项目已经备案的；没有的不填，提交时说明理由", Title: "写明的采购登记和原合同存在",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		say := map[string]string{"procurement": "这个项目没有这个备案号的中标（成交）采购；没有采购登记的留空", "original": "这个项目没有这个备案号的原合同；原合同没有备案的留空"}
		for _, field := range f.Unknown {
			ps = append(ps, measures.Problem{Anchor: "form/" + field, Message: say[field]})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []example{pass("都在备案中", "找得到", good()), fail("采购登记号写错", "找不到", with(func(f *Facts) { f.Unknown = []string{"procurement"} })),
		fail("原合同号写错", "找不到", with(func(f *Facts) { f.Unknown = []string{"original"} }))},
}

var once = measures.Rule[Facts]{
	ID: "A19.1-once", Clause: "A19.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from,
	Source: "一份合同只备案一次，重复备案会重复记入资金链", Title: "合同没有备案过",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Twin != "" {
			return measures.Failed("form/contract_number", "这个编号的合同已经备案（%s）", f.Twin)
		}
		return measures.Passed("第一次备案")
	},
	Examples: []example{pass("第一次备案", "没有同编号的合同", good()), fail("同一编号又报一次", "会重复记账", with(func(f *Facts) { f.Twin = "六盘水数合备〔2026〕3号" }))},
}

var bought = measures.Rule[Facts]{
	ID: "A18.2-contract", Clause: "A18.2", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "没有采购登记"},
	Source: "合同由采购而来，先有采购登记；没有的说明理由，如框架协议下的订单、存量项目的合同", Title: "有对应的采购登记",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Supplementary:
			return measures.NotApplicable("补充合同随原合同")
		case f.Procurement == nil:
			return measures.Failed("form/procurement", "没有写明对应的采购登记，请说明理由")
		}
		return measures.Passed("有采购登记")
	},
	Examples: []example{pass("写明采购登记", "中标后签订", good()), fail("没有采购登记", "不知如何采购", with(func(f *Facts) { f.Procurement = nil })),
		{Name: "补充合同", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "随原合同", Facts: with(func(f *Facts) { f.Procurement, f.Supplementary, f.Original = nil, true, &Original{Amount: 1} })}},
}

var winner = measures.Rule[Facts]{
	ID: "A19.1-supplier", Clause: "A19.1", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "与中标供应商不符", Rectify: "A32.1"},
	Source: "《中华人民共和国政府采购法》第四十六条：采购人与中标、成交供应商签订政府采购合同", Title: "供应商是中标（成交）供应商",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Procurement == nil:
			return measures.NotApplicable("没有写明采购登记")
		case f.Procurement.Supplier != f.Supplier:
			return measures.Failed("form/supplier", "乙方与采购登记的中标（成交）供应商“%s”不同", f.Procurement.Supplier)
		}
		return measures.Passed("与中标（成交）供应商相符")
	},
	Examples: []example{pass("同一供应商", "名称相同", good()), fail("另一家供应商", "不是中标供应商", with(func(f *Facts) { f.Supplier = "贵州另一科技有限公司" })),
		{Name: "没有采购登记", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "由 A18.2-contract 指出", Facts: with(func(f *Facts) { f.Procurement = nil })}},
}

var aboveAward = measures.Rule[Facts]{
	ID: "A19.1-award", Clause: "A19.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "超中标金额"}, Boundary: true,
	Source: "同一采购的合同金额合计（补充合同除外）不超过中标（成交）金额；超过的如实备案、说明并标记", Title: "合同金额不超过中标金额",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Procurement == nil || f.Supplementary {
			return measures.NotApplicable("没有采购登记，或者是补充合同")
		}
		if sum := f.Procurement.Contracted + f.Amount; sum > f.Procurement.Award {
			return measures.Failed("form/amount", "这次采购的合同合计 %s 万元，超过中标（成交）金额 %s 万元，超出 %s 万元", sum.WanExact(), f.Procurement.Award.WanExact(), (sum - f.Procurement.Award).WanExact())
		}
		return measures.Passed("不超过中标（成交）金额")
	},
	Examples: []example{pass("低于中标金额", "170 ≤ 176", with(func(f *Facts) { f.Amount = 170_000_000 })), fail("高于中标金额", "180 > 176", with(func(f *Facts) { f.Amount = 180_000_000 })),
		fail("分两份签，合计高于", "100 + 80 = 180 > 176", with(func(f *Facts) { f.Procurement.Contracted, f.Amount = 100_000_000, 80_000_000 })),
		edge(measures.Pass, "等于中标金额", "176 = 176", good()), edge(measures.Fail, "多一分", "超过 176 万元", with(func(f *Facts) { f.Amount = 176_000_001 })),
		edge(measures.Pass, "两份合计相等", "100 + 76 = 176", with(func(f *Facts) { f.Procurement.Contracted, f.Amount = 100_000_000, 76_000_000 }))},
}

var aboveBudget = measures.Rule[Facts]{
	ID: "A19.1-budget", Clause: "A19.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "合同合计超预算", Rectify: "A32.1"}, Boundary: true,
	Source: "“预算控制决算”，合同合计也不超过各年度预算合计（运维项目按服务期计）；超过的如实备案、说明并标记", Title: "合同合计不超过预算合计",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		sum := f.Contracted + f.Amount
		if sum > f.Budget {
			return measures.Failed("form/amount", "合同合计 %s 万元（含本合同 %s 万元），超过预算合计 %s 万元，超出 %s 万元", sum.WanExact(), f.Amount.WanExact(), f.Budget.WanExact(), (sum - f.Budget).WanExact())
		}
		return measures.Passed("合同合计 %s 万元，预算合计 %s 万元", sum.Wan(), f.Budget.Wan())
	},
	Examples: []example{pass("在预算之内", "100 + 176 = 276 ≤ 300", good()), fail("没有预算", "0 < 176", with(func(f *Facts) { f.Budget, f.Contracted = 0, 0 })),
		fail("合同 23.50 万元，预算 22 万元", "23.50 > 22.00", with(func(f *Facts) { f.Budget, f.Contracted, f.Amount = 22_000_000, 0, 23_500_000 })),
		edge(measures.Pass, "用完预算", "124 + 176 = 300", with(func(f *Facts) { f.Contracted = 124_000_000 })),
		edge(measures.Fail, "多一分", "124 万元零一分 + 176 > 300", with(func(f *Facts) { f.Contracted = 124_000_001 }))},
}

var supplementary = measures.Rule[Facts]{
	ID: "A19.1-supplementary", Clause: "A19.1", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "补充合同超限", Rectify: "A32.1"}, Boundary: true, Params: []measures.Param{SupplementPercent},
	Source: "《中华人民共和国政府采购法》第四十九条：所有补充合同的采购金额不得超过原合同采购金额的百分之十（与第十七条的项目调整无关）", Title: "补充合同不超过原合同的百分之十",
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		limit := int64(SupplementPercent.Int(v))
		switch {
		case !f.Supplementary:
			return measures.NotApplicable("不是补充合同")
		case f.Original == nil:
			return measures.Failed("form/original", "没有写明所补充的原合同，无法核对是否超过原合同的 %d%%，请说明理由", limit)
		}
		sum, err := money.Sum(f.Original.Supplements, f.Amount)
		if err != nil || !money.WithinPercent(sum, f.Original.Amount, limit) {
			return measures.Failed("form/amount", "补充合同合计 %s 万元，超过原合同 %s 万元的 %d%%", sum.WanExact(), f.Original.Amount.WanExact(), limit)
		}
		return measures.Passed("补充合同合计 %s 万元，不超过原合同 %s 万元的 %d%%", sum.WanExact(), f.Original.Amount.WanExact(), limit)
	},
	Examples: []example{{Name: "不是补充合同", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "没有原合同", Facts: good()},
		pass("补充 12 万元", "12 ≤ 176 × 10% = 17.6", supplements(12_000_000, 0)), fail("补充 20 万元", "20 > 17.6", supplements(20_000_000, 0)),
		fail("没有写明原合同", "无从核对", with(func(f *Facts) { f.Supplementary = true })),
		edge(measures.Pass, "正好百分之十", "17.6 = 17.6", supplements(17_600_000, 0)), edge(measures.Fail, "多一分", "17.6 万元零一分", supplements(17_600_001, 0)),
		edge(measures.Pass, "两次合计百分之十", "10 + 7.6 = 17.6", supplements(7_600_000, 10_000_000)), edge(measures.Fail, "两次合计多一分", "累计计算", supplements(7_600_001, 10_000_000))},
}

var signedLate = measures.Rule[Facts]{
	ID: "A19.1-signed", Clause: "A19.1", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "签订逾期", Rectify: "A32.1"}, Boundary: true, Params: []measures.Param{procurement.SignDays},
	Source: "《中华人民共和国政府采购法》第四十六条：中标、成交通知书发出之日起三十日内签订政府采购合同", Title: "中标通知书发出后三十日内签订",
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		if f.Procurement == nil || f.Supplementary {
			return measures.NotApplicable("没有采购登记，或者是补充合同")
		}
		days, limit := f.Procurement.NoticeOn.DaysUntil(f.Signed), procurement.SignDays.Int(v)
		switch {
		case days < 0:
			return measures.Failed("form/signed_on", "签订日期 %s 早于中标（成交）通知书 %s", f.Signed, f.Procurement.NoticeOn)
		case days > limit:
			return measures.Failed("form/signed_on", "通知书 %s 发出，%s 签订，隔 %d 天，超过 %d 天", f.Procurement.NoticeOn, f.Signed, days, limit)
		}
		return measures.Passed("通知书发出后第 %d 天签订", days)
	},
	Examples: []example{pass("第 20 天签订", "6 月 26 日至 7 月 16 日", good()), fail("第 38 天签订", "6 月 26 日至 8 月 3 日，4 + 31 + 3 = 38", with(func(f *Facts) { f.Signed = "2026-08-03" })),
		fail("先签订后发通知书", "6 月 25 日早于 6 月 26 日", with(func(f *Facts) { f.Signed = "2026-06-25" })),
		edge(measures.Pass, "第 30 天", "6 月 26 日至 7 月 26 日，4 + 26 = 30", with(func(f *Facts) { f.Signed = "2026-07-26" })),
		edge(measures.Fail, "第 31 天", "7 月 27 日", with(func(f *Facts) { f.Signed = "2026-07-27" })),
		edge(measures.Pass, "当天签订", "第 0 天", with(func(f *Facts) { f.Signed = "2026-06-26" }))},
}

var filedLate = measures.Rule[Facts]{
	ID: "A19.1-late", Clause: "A19.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "备案逾期"}, Boundary: true, Params: []measures.Param{procurement.FileDays},
	Source: "第十九条“签订合同后报……备案”没有规定时间；签订后 15 个工作日内报备案，逾期的说明理由", Title: "签订后及时报备案",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.On > f.Due {
			return measures.Failed("form/signed_on", "%s 签订，应在 %s 以前报备案，逾期 %d 天", f.Signed, f.Due, f.Due.DaysUntil(f.On))
		}
		return measures.Passed("%s 以前报备案", f.Due)
	},
	Examples: []example{pass("签订后第 12 个工作日报", "7 月 16 日（周四）签订，8 月 3 日（周一）报，8 月 6 日到期", good()),
		fail("隔一个月报", "8 月 17 日晚于 8 月 6 日", with(func(f *Facts) { f.On = "2026-08-17" })),
		edge(measures.Pass, "第 15 个工作日", "8 月 6 日当天", with(func(f *Facts) { f.On = "2026-08-06" })),
		edge(measures.Fail, "次日", "8 月 7 日", with(func(f *Facts) { f.On = "2026-08-07" }))},
}

var schedule = measures.Rule[Facts]{
	ID: "A19.1-schedule", Clause: "A19.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "付款计划不符"}, Boundary: true,
	Source: "付款节点逐个列出，金额合计等于合同金额，以后的支付对照节点登记", Title: "付款计划与合同金额一致",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Nodes == 0:
			return measures.Failed("", "没有列出付款节点")
		case f.Scheduled != f.Amount:
			return measures.Failed("form/amount", "付款节点合计 %s 万元，合同金额 %s 万元，相差 %s 万元", f.Scheduled.WanExact(), f.Amount.WanExact(), (f.Scheduled - f.Amount).WanExact())
		}
		return measures.Passed("%d 个节点，合计等于合同金额", f.Nodes)
	},
	Examples: []example{pass("三个节点", "合计 176 = 176", good()), fail("没有节点", "不知如何付款", with(func(f *Facts) { f.Nodes, f.Scheduled = 0, 0 })),
		fail("少列质保金", "158.4 ≠ 176", with(func(f *Facts) { f.Scheduled = 158_400_000 })), edge(measures.Fail, "差一分", "应当相等", with(func(f *Facts) { f.Scheduled-- })),
		edge(measures.Pass, "一次付清", "一个节点 176 = 176", with(func(f *Facts) { f.Nodes = 1 }))},
}

var code = measures.Rule[Facts]{
	ID: "A19.1-uscc", Clause: "A19.1", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "信用代码存疑"},
	Source: "GB 32100—2015《法人和其他组织统一社会信用代码编码规则》", Title: "供应商信用代码校验相符",
	Judge: func(f Facts, _ measures.Values) measures.Verdict { return procurement.CodeVerdict(f.Code) },
	Examples: []example{pass("校验相符", "第 18 位按前 17 位算得", good()), fail("末位错", "校验位不符", with(func(f *Facts) { f.Code = "91520200MA6TT00011" })),
		fail("没有填写", "供应商无从查证", with(func(f *Facts) { f.Code = "" }))},
}
