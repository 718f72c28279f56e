package unitplan

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

// The examples are worked by hand from the text. They are the tests of the
// rules, and the law page shows them.

func good() ItemFacts {
	i := ItemFacts{Seq: 1, Name: "智慧养老服务平台", BuildKind: "new", SystemClass: "business_app", Basis: BasisFacts{Level: true, Title: true, Number: true},
		Estimate: 16500000, Year: 16500000, Funds: 16500000, Fiscal: 16500000, Reuse: true}
	for _, s := range [][2]string{{"goal", "总体目标"}, {"content", "建设内容"}, {"functions", "功能应用"}, {"data_resources", "数据资源"}, {"security", "安全保障"}, {"operation", "运维服务"}} {
		i.Sections = append(i.Sections, SectionFacts{Key: s[0], Title: s[1], Runes: 20})
	}
	i.Sections = append(i.Sections, SectionFacts{Key: fundKey, Title: "经费来源", Runes: 1})
	return i
}

func with(change func(*Facts)) Facts {
	f := Facts{PlanYear: 2027, On: "2026-06-20", Department: true, Live: 6, Items: []ItemFacts{good()}}
	change(&f)
	return f
}

func item(change func(*ItemFacts)) Facts { return with(func(f *Facts) { change(&f.Items[0]) }) }

func pass(name, why string, f Facts) measures.Example[Facts] {
	return measures.Example[Facts]{Name: name, Kind: measures.ExamplePass, Facts: f, Want: measures.Pass, Why: why}
}

func fail(name, why string, f Facts) measures.Example[Facts] {
	return measures.Example[Facts]{Name: name, Kind: measures.ExampleFail, Facts: f, Want: measures.Fail, Why: why}
}

func edge(name, why string, want measures.Outcome, f Facts) measures.Example[Facts] {
	return measures.Example[Facts]{Name: name, Kind: measures.ExampleBoundary, Facts: f, Want: want, Why: why}
}

func section(key string, runes int, filler string) Facts {
	return item(func(i *ItemFacts) {
		for n := range i.Sections {
			if i.Sections[n].Key == key {
				i.Sections[n].Runes, i.Sections[n].Filler = runes, filler
			}
		}
	})
}

func likeness(percent int64) Facts {
	return item(func(i *ItemFacts) {
		i.Overlaps = []Overlap{{With: "全民健康信息平台", Unit: "市卫生健康局", System: true, Percent: percent, Words: []string{"健康档案"}}}
	})
}

func amounts(estimate, year, funds, fiscal money.Fen) Facts {
	return item(func(i *ItemFacts) { i.Estimate, i.Year, i.Funds, i.Fiscal = estimate, year, funds, fiscal })
}

func on(day string) Facts { return with(func(f *Facts) { f.On = calendar.Date(day) }) }

func systems(live, retire, add int64) Facts {
	return with(func(f *Facts) { f.Live, f.Retire, f.Add = live, retire, add })
}

// withExamples attaches the worked examples to their rules.
func withExamples() []measures.Rule[Facts] {
	ok := with(func(*Facts) {})
	set := map[string][]measures.Example[Facts]{
		secret.ID: {pass("没有涉密内容", "各栏均无涉密字样", ok),
			fail("名称写到涉密", "“按国家保密有关法律法规执行”：不得进入本系统", item(func(i *ItemFacts) { i.Secret = "项目名称" }))},
		nilReport.ID: {pass("有一个项目", "有项目，未勾选无项目", ok), pass("无项目报告", "没有项目，已勾选", with(func(f *Facts) { f.Nil, f.Items = true, nil })),
			fail("什么都没填", "既无项目也未勾选", with(func(f *Facts) { f.Items = nil })), fail("勾选了又有项目", "两者矛盾", with(func(f *Facts) { f.Nil = true }))},
		basis.ID: {pass("级别、名称、文号齐", "有一条完整依据", ok), fail("没有文件名称", "“应依据充分”", item(func(i *ItemFacts) { i.Basis.Title = false })),
			fail("没有文号", "依据无从查证", item(func(i *ItemFacts) { i.Basis.Number = false }))},
		sections.ID: {pass("七项都有", "六段文字和经费来源均已填写", ok), fail("运维服务空白", "七项之一为空", section("operation", 0, "")),
			fail("没有经费来源", "“经费来源”是七项之一", section(fundKey, 0, ""))},
		substance.ID: {pass("每项二十字", "20 字不少于 10 字", ok), fail("写“同上”", "没有实际内容", section("goal", 2, "同上")),
			edge("九字", "9 < 10", measures.Fail, section("goal", 9, "")), edge("十字", "不少于 10 字，等于也算", measures.Pass, section("goal", 10, "")),
			edge("十一字", "11 > 10", measures.Pass, section("goal", 11, ""))},
		funds.ID: {pass("来源合计等于年度资金", "165 = 165 ≤ 165", ok), fail("两个来源没有分金额", "合计 0，需求 690 万元", amounts(69000000, 69000000, 0, 0)),
			edge("差 1 分", "16,499,999 分 ≠ 16,500,000 分", measures.Fail, amounts(16500000, 16500000, 16499999, 16499999)),
			edge("年度资金等于总投资", "不超过即可", measures.Pass, amounts(16500000, 16500000, 16500000, 16500000)),
			edge("年度资金多 1 分", "16,500,001 分 > 16,500,000 分", measures.Fail, amounts(16500000, 16500001, 16500001, 16500001))},
		class.ID: {pass("已选类别", "重点业务信息系统", ok), fail("市直单位未选类别", "适用范围以标准为准", item(func(i *ItemFacts) { i.SystemClass = "" })),
			{Name: "市属医院未选类别", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "企事业单位“参照执行”，不要求归类",
				Facts: with(func(f *Facts) { f.Department = false; f.Items[0].SystemClass = "" })}},
		onPaper.ID: {{Name: "要求时齐备", Kind: measures.ExamplePass, Params: map[string]string{Stamped.Key: "yes"}, Want: measures.Pass, Why: "公文号和扫描件都有",
			Facts: with(func(f *Facts) { f.DocNo, f.Stamped = true, true })},
			{Name: "要求时缺扫描件", Kind: measures.ExampleFail, Params: map[string]string{Stamped.Key: "yes"}, Want: measures.Fail, Why: "只有公文号", Facts: with(func(f *Facts) { f.DocNo = true })},
			{Name: "不要求", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "默认不要求", Facts: ok}},
		deadline.ID: {pass("六月二十日", "2026-06-20 在 2026-06-30 之前", on("2026-06-20")), fail("七月三日", "2026-07-03 晚 3 天", on("2026-07-03")),
			edge("六月三十日当天", "“6月底前”含 30 日", measures.Pass, on("2026-06-30")), edge("七月一日", "过了 6 月底 1 天", measures.Fail, on("2026-07-01"))},
		count.ID: {pass("停一个加一个", "6 → 6", systems(6, 1, 1)), fail("净增一个", "6 → 7", systems(6, 0, 1)), fail("停用多于现有", "现有 2 个，停 3 个", systems(2, 3, 0)),
			edge("刚好不变", "6 − 2 + 2 = 6，没有增加", measures.Pass, systems(6, 2, 2)), edge("多一个", "6 − 2 + 3 = 7", measures.Fail, systems(6, 2, 3))},
		overlap.ID: {pass("没有相近", "重合 0%", ok), fail("与现有系统重合 80%", "“功能只合不分”", likeness(80)),
			edge("59%", "低于 60%", measures.Pass, likeness(59)), edge("60%", "达到 60% 即提示", measures.Fail, likeness(60))},
		fiscal.ID: {pass("全部是财政资金", "165 万元一般公共预算", ok), fail("全部自有", "财政资金为 0", amounts(36000000, 36000000, 36000000, 0)),
			edge("财政资金 1 分", "有财政资金即适用", measures.Pass, amounts(36000000, 36000000, 36000000, 1))},
		reuse.ID: {pass("写了复用", "已说明", ok), pass("运维项目", "不新建功能", item(func(i *ItemFacts) { i.BuildKind, i.Reuse = "om", false })),
			fail("新建未写复用", "先复用、后建设", item(func(i *ItemFacts) { i.Reuse = false }))},
		listed.ID: {pass("都在清单内", "所选均为现行清单", ok), fail("清单没有的能力", "清单修订后已删去", item(func(i *ItemFacts) { i.Unlisted = []string{"视频会议"} }))},
	}
	rules := []measures.Rule[Facts]{secret, nilReport, basis, sections, substance, funds, class, onPaper, deadline, count, overlap, fiscal, reuse, listed}
	for n := range rules {
		rules[n].Examples = set[rules[n].ID]
	}
	return rules
}
