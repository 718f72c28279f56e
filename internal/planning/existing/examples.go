package existing

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
)

// The examples are worked by hand from the text. They are the tests of the
// rules, and the law page shows them.

// with is a sound registration, changed: approved in March 2024 with 360 万元,
// begun in May, in operation, 342 万元 paid.
func with(change func(*Facts)) Facts {
	f := Facts{On: "2026-06-20", BuildKind: "new", Stage: "operating", Start: "2024-05-10", ApprovedOn: "2024-03-18", Issuer: true, Title: true, Number: true,
		Approved: 360_000_000, Paid: 342_000_000, System: true}
	change(&f)
	return f
}

func started(day calendar.Date) Facts { return with(func(f *Facts) { f.Start = day }) }

func dates(approved, start calendar.Date) Facts {
	return with(func(f *Facts) { f.ApprovedOn, f.Start = approved, start })
}

var sound = with(func(*Facts) {})

var examples = map[string][]measures.Example[Facts]{
	secret.ID: {
		{Name: "没有涉密内容", Kind: measures.ExamplePass, Facts: sound, Want: measures.Pass, Why: "各栏均无涉密字样"},
		{Name: "建设内容写到涉密", Kind: measures.ExampleFail, Facts: with(func(f *Facts) { f.Secret = "建设内容" }), Want: measures.Fail, Why: "“按国家保密有关法律法规执行”：不得进入本系统"},
	},
	begun.ID: {
		{Name: "2024 年 5 月开工", Kind: measures.ExamplePass, Facts: sound, Want: measures.Pass, Why: "2024-05-10 早于 2025-12-01"},
		{Name: "2026 年 3 月开工", Kind: measures.ExampleFail, Facts: started("2026-03-02"), Want: measures.Fail, Why: "《办法》已施行，按第六条报送计划"},
		{Name: "施行前一天开工", Kind: measures.ExampleBoundary, Facts: started("2025-11-30"), Want: measures.Pass, Why: "2025-11-30 早于 2025-12-01 一天"},
		{Name: "施行当天开工", Kind: measures.ExampleBoundary, Facts: started("2025-12-01"), Want: measures.Fail, Why: "施行当天已受《办法》约束"},
		{Name: "启用前一天开工", Kind: measures.ExampleBoundary, Facts: started("2026-03-31"), Params: map[string]string{Installed.Key: "2026-04-01"}, Want: measures.Pass, Why: "本系统 2026-04-01 启用，早一天"},
		{Name: "启用当天开工", Kind: measures.ExampleBoundary, Facts: started("2026-04-01"), Params: map[string]string{Installed.Key: "2026-04-01"}, Want: measures.Fail, Why: "启用当天起在本系统办理"},
		{Name: "启用早于施行", Kind: measures.ExampleBoundary, Facts: started("2025-11-30"), Params: map[string]string{Installed.Key: "2025-06-01"}, Want: measures.Pass, Why: "两个日期以晚的为准：2025-12-01"},
	},
	approval.ID: {
		{Name: "五项齐全", Kind: measures.ExamplePass, Facts: sound, Want: measures.Pass, Why: "机关、名称、文号、日期、金额都有"},
		{Name: "没有批准机关", Kind: measures.ExampleFail, Facts: with(func(f *Facts) { f.Issuer = false }), Want: measures.Fail, Why: "不知谁批准的"},
		{Name: "没有文件名称", Kind: measures.ExampleFail, Facts: with(func(f *Facts) { f.Title = false }), Want: measures.Fail, Why: "不知是哪份文件"},
		{Name: "没有文号", Kind: measures.ExampleFail, Facts: with(func(f *Facts) { f.Number = false }), Want: measures.Fail, Why: "无从查证"},
		{Name: "没有批准日期", Kind: measures.ExampleFail, Facts: with(func(f *Facts) { f.ApprovedOn = "" }), Want: measures.Fail, Why: "不知归入哪一年度"},
		{Name: "没有批准金额", Kind: measures.ExampleFail, Facts: with(func(f *Facts) { f.Approved, f.Paid = 0, 0 }), Want: measures.Fail, Why: "以后的合同、支付无从比较"},
		{Name: "批准 1 分", Kind: measures.ExampleBoundary, Facts: with(func(f *Facts) { f.Approved, f.Paid = 1, 0 }), Want: measures.Pass, Why: "大于 0 即已填写"},
	},
	past.ID: {
		{Name: "都是以前的日期", Kind: measures.ExamplePass, Facts: sound, Want: measures.Pass, Why: "2024-03-18、2024-05-10 都在 2026-06-20 以前"},
		{Name: "批准日期误写为 2042 年", Kind: measures.ExampleFail, Facts: dates("2042-03-18", "2024-05-10"), Want: measures.Fail, Why: "还没有到"},
		{Name: "当天批准", Kind: measures.ExampleBoundary, Facts: dates("2026-06-20", "2024-05-10"), Want: measures.Pass, Why: "今天不在今天以后"},
		{Name: "明天批准", Kind: measures.ExampleBoundary, Facts: dates("2026-06-21", "2024-05-10"), Want: measures.Fail, Why: "在今天以后一天"},
		{Name: "明天开工", Kind: measures.ExampleBoundary, Facts: dates("2024-03-18", "2026-06-21"), Want: measures.Fail, Why: "在今天以后一天"},
	},
	order.ID: {
		{Name: "先批准后开工", Kind: measures.ExamplePass, Facts: sound, Want: measures.Pass, Why: "2024-03-18 早于 2024-05-10"},
		{Name: "先开工后批准", Kind: measures.ExampleFail, Facts: dates("2024-09-01", "2024-05-10"), Want: measures.Fail, Why: "批准在开工以后，照实登记并说明"},
		{Name: "同一天", Kind: measures.ExampleBoundary, Facts: dates("2024-05-10", "2024-05-10"), Want: measures.Pass, Why: "当天批准当天开工，批准不在开工以后"},
		{Name: "晚一天批准", Kind: measures.ExampleBoundary, Facts: dates("2024-05-11", "2024-05-10"), Want: measures.Fail, Why: "晚一天也是先开工"},
		{Name: "没有批准日期", Kind: measures.ExamplePass, Facts: dates("", "2024-05-10"), Want: measures.NotApplies, Why: "由 A37.2-approval 指出"},
	},
	once.ID: {
		{Name: "没有同名项目", Kind: measures.ExamplePass, Facts: sound, Want: measures.Pass, Why: "本单位第一次登记"},
		{Name: "已有同名项目", Kind: measures.ExampleFail, Facts: with(func(f *Facts) { f.Known = "LPS-2024-SWJ-N-001" }), Want: measures.Fail, Why: "再登记就有两条"},
	},
	built.ID: {
		{Name: "运行并写明系统", Kind: measures.ExamplePass, Facts: sound, Want: measures.Pass, Why: "建成系统已写明"},
		{Name: "已验收未写系统", Kind: measures.ExampleFail, Facts: with(func(f *Facts) { f.Stage, f.System = "accepted", false }), Want: measures.Fail, Why: "验收的是建成的系统"},
		{Name: "建设中未写系统", Kind: measures.ExamplePass, Facts: with(func(f *Facts) { f.Stage, f.System = "building", false }), Want: measures.NotApplies, Why: "还没有建成"},
		{Name: "运维项目未写系统", Kind: measures.ExamplePass, Facts: with(func(f *Facts) { f.BuildKind, f.System = "om", false }), Want: measures.NotApplies, Why: "运维的是已有系统"},
	},
	paid.ID: {
		{Name: "付了 342 万元", Kind: measures.ExamplePass, Facts: sound, Want: measures.Pass, Why: "342 ≤ 360"},
		{Name: "付了 400 万元", Kind: measures.ExampleFail, Facts: with(func(f *Facts) { f.Paid = 400_000_000 }), Want: measures.Fail, Why: "400 > 360，照实登记并说明"},
		{Name: "正好付清", Kind: measures.ExampleBoundary, Facts: with(func(f *Facts) { f.Paid = 360_000_000 }), Want: measures.Pass, Why: "相等不超过"},
		{Name: "多付 1 分", Kind: measures.ExampleBoundary, Facts: with(func(f *Facts) { f.Paid = 360_000_001 }), Want: measures.Fail, Why: "360,000,001 分 > 360,000,000 分"},
	},
}
