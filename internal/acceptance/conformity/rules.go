package conformity

import (
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

const inForce calendar.Date = "2025-12-01"

const wan = money.Fen(10_000_00)

// ApplicationRules are asked when a unit applies, and again after mending.
func ApplicationRules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{applied, under, dates, trial, compared, waived, marked, secret}
}

// CheckRules are asked when the bureau's clerk proposes the pass and when its head signs it.
func CheckRules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{under, allThere, others, marked, overContracted}
}

func good() Facts {
	return Facts{On: "2026-11-20", Stage: registry.Building, Letter: true, AppliedOn: "2026-11-20", PreliminaryOn: "2026-06-30", TrialFrom: "2026-07-01", TrialTo: "2026-10-31", Compared: 1,
		Items:  []ItemFacts{{Seq: 1, Key: "letter", Title: "验收申请（公文）", Status: Found, Must: true, Blocks: true, Always: true}, {Seq: 2, Key: "connection", Title: "接入证明", Status: Found, Must: true}},
		Budget: 300 * wan, Contracted: 280 * wan}
}

func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := good()
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

var applied = measures.Rule[Facts]{
	ID: "A20.2-application", Clause: "A20.2", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "验收前提交验收申请", Quote: "市直单位应提交验收申请至市大数据发展管理局进行验收符合性审查",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if !f.Letter {
			return measures.Failed("file/letter", "请上传盖章的验收申请公文")
		}
		return measures.Passed("有验收申请公文")
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "有申请公文", "已提交验收申请", same),
		ex(measures.ExampleFail, measures.Fail, "没有申请公文", "没有提出申请", func(f *Facts) { f.Letter = false }),
	},
}

var under = measures.Rule[Facts]{
	ID: "A20.2-stage", Clause: "A20.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "项目已批准或者在建", Source: "没有批准的、已终止的和已验收的项目不申请验收",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Stage != registry.Approved && f.Stage != registry.Building {
			return measures.Failed("", "项目现在是“%s”，不能申请验收", form.Label(registry.Stages, string(f.Stage)))
		}
		return measures.Passed("项目%s", form.Label(registry.Stages, string(f.Stage)))
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "建设中", "可以申请", same),
		ex(measures.ExamplePass, measures.Pass, "已批准", "运维项目可能没有建设阶段", func(f *Facts) { f.Stage = registry.Approved }),
		ex(measures.ExampleFail, measures.Fail, "已终止", "没有可以验收的", func(f *Facts) { f.Stage = registry.Terminated }),
	},
}

var dates = measures.Rule[Facts]{
	ID: "A20.2-dates", Clause: "A20.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Boundary: true, Title: "初验、试运行和申请的日期先后相符",
	Source: "初步验收在试运行以前，试运行结束后申请验收，都不晚于今天",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		fail := func(field, format string, args ...any) {
			ps = append(ps, measures.Problem{Anchor: "form/" + field, Message: fmt.Sprintf(format, args...)})
		}
		if !f.Operate {
			for _, d := range []struct {
				day          calendar.Date
				field, label string
			}{{f.PreliminaryOn, "preliminary_on", "初步验收日期"}, {f.TrialFrom, "trial_from", "试运行开始日期"}, {f.TrialTo, "trial_to", "试运行结束日期"}} {
				if d.day == "" {
					fail(d.field, "请填写%s", d.label)
				}
			}
		}
		if f.TrialFrom.Before(f.PreliminaryOn) {
			fail("trial_from", "试运行 %s 开始，早于初步验收的 %s", f.TrialFrom, f.PreliminaryOn)
		}
		if f.TrialTo.Before(f.TrialFrom) {
			fail("trial_to", "试运行 %s 结束，早于开始的 %s", f.TrialTo, f.TrialFrom)
		}
		if f.AppliedOn.Before(f.TrialTo) {
			fail("applied_on", "申请日期 %s 早于试运行结束的 %s", f.AppliedOn, f.TrialTo)
		}
		if f.AppliedOn.After(f.On) {
			fail("applied_on", "申请日期 %s 还没有到", f.AppliedOn)
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "6 月初验，7 至 10 月试运行，11 月申请", "先后相符", same),
		ex(measures.ExamplePass, measures.Pass, "运维项目没有初验和试运行", "不要求", func(f *Facts) { f.Operate, f.PreliminaryOn, f.TrialFrom, f.TrialTo = true, "", "", "" }),
		ex(measures.ExampleFail, measures.Fail, "没有试运行日期", "建设类项目要试运行", func(f *Facts) { f.TrialTo = "" }),
		ex(measures.ExampleFail, measures.Fail, "初验前试运行", "次序颠倒", func(f *Facts) { f.TrialFrom = "2026-06-01" }),
		ex(measures.ExampleBoundary, measures.Pass, "试运行结束当天申请", "已经结束", func(f *Facts) { f.AppliedOn = "2026-10-31" }),
		ex(measures.ExampleBoundary, measures.Fail, "试运行结束前一天申请", "还没有结束", func(f *Facts) { f.AppliedOn = "2026-10-30" }),
		ex(measures.ExampleBoundary, measures.Fail, "申请日期是明天", "还没有到", func(f *Facts) { f.AppliedOn = "2026-11-21" }),
	},
}

var trial = measures.Rule[Facts]{
	ID: "A20.2-trial", Clause: "A20.2", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: inForce, Mark: measures.Mark{Word: "试运行不足"}, Boundary: true, Title: "试运行时间够长", Params: []measures.Param{TrialDays},
	Source: "建设类项目试运行不少于参数所定的天数，短于的说明理由",
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		if f.Operate || f.TrialFrom == "" || f.TrialTo == "" {
			return measures.NotApplicable("没有试运行")
		}
		if n := f.TrialFrom.DaysUntil(f.TrialTo) + 1; n < TrialDays.Int(v) {
			return measures.Failed("form/trial_to", "试运行 %d 天，不到 %d 天，请说明理由", n, TrialDays.Int(v))
		}
		return measures.Passed("试运行 %s 至 %s", f.TrialFrom, f.TrialTo)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "7 月 1 日至 10 月 31 日", "123 天", same),
		ex(measures.ExampleFail, measures.Fail, "一个月", "不到 90 天", func(f *Facts) { f.TrialTo = "2026-07-31" }),
		ex(measures.ExampleBoundary, measures.Pass, "7 月 1 日至 9 月 28 日", "31+31+28=90 天", func(f *Facts) { f.TrialTo = "2026-09-28" }),
		ex(measures.ExampleBoundary, measures.Fail, "7 月 1 日至 9 月 27 日", "89 天", func(f *Facts) { f.TrialTo = "2026-09-27" }),
	},
}

var compared = measures.Rule[Facts]{
	ID: "A20.2-compared", Clause: "A20.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "批复和完成逐项对照", Source: "审查实际完成是否与批复相符，偏差须说明",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Compared == 0 {
			return measures.Failed("lines", "请逐项填写批复内容和完成情况")
		}
		var ps []measures.Problem
		for _, n := range f.Deviations {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("line:%d/deviation", n), Message: fmt.Sprintf("第 %d 项没有按批复完成，请写明偏差的原因和经过的调整程序", n)})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "一项对照，全部完成", "与批复相符", same),
		ex(measures.ExampleFail, measures.Fail, "没有对照", "看不出完成没有", func(f *Facts) { f.Compared = 0 }),
		ex(measures.ExampleFail, measures.Fail, "第 1 项部分完成，没有说明", "偏差须说明", func(f *Facts) { f.Deviations = []int64{1} }),
	},
}

var waived = measures.Rule[Facts]{
	ID: "A20.2-waived", Clause: "A20.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "不涉及的材料写明理由", Source: "不涉及由单位说明理由，必有的材料不能填不涉及",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, i := range f.Items {
			switch {
			case i.Waived && i.Always:
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("item:%d/waived", i.Seq), Message: "“" + i.Title + "”是每个项目都有的，不能填不涉及"})
			case i.Waived && !i.Reason:
				ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("item:%d/reason", i.Seq), Message: "“" + i.Title + "”请写明不涉及的理由"})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "接入证明不涉及，有理由", "说明了理由", func(f *Facts) { f.Items[1].Waived, f.Items[1].Reason, f.Items[1].Status = true, true, NotConcerned }),
		ex(measures.ExampleFail, measures.Fail, "不涉及没有理由", "看不出为何不涉及", func(f *Facts) { f.Items[1].Waived, f.Items[1].Status = true, Missing }),
		ex(measures.ExampleFail, measures.Fail, "验收申请填不涉及", "每个项目都有", func(f *Facts) { f.Items[0].Waived, f.Items[0].Reason = true, true }),
	},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-conformity", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: inForce, Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容，请立即删去；涉密项目走线下渠道验收", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "没有涉密字样", "可以录入", same),
		ex(measures.ExampleFail, measures.Fail, "完成情况写“涉密”", "不得录入", func(f *Facts) { f.Secret = "完成情况" }),
	},
}

func missing(f Facts, pick func(ItemFacts) bool) []measures.Problem {
	var ps []measures.Problem
	for _, i := range f.Items {
		if pick(i) {
			ps = append(ps, measures.Problem{Anchor: fmt.Sprintf("item:%d/title", i.Seq), Message: "“" + i.Title + "”" + form.Label(statuses, i.Status) + "：" + i.Message})
		}
	}
	return ps
}

func (i ItemFacts) short() bool { return i.Status == Missing || i.Status == NoRecord && i.Must }

var allThere = measures.Rule[Facts]{
	ID: "A20.2-items", Clause: "A20.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: inForce, Title: "审查清单中必须有的材料齐全", Source: "验收符合性审查按清单逐项进行，清单所定必须有的材料缺一不可",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return measures.FailedWith(missing(f, func(i ItemFacts) bool { return i.Blocks && i.short() })...)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "必须有的都有", "齐全", same),
		ex(measures.ExamplePass, measures.Pass, "必须有的一项不涉及，有理由", "说明了理由", func(f *Facts) { f.Items[0].Status = NotConcerned }),
		ex(measures.ExamplePass, measures.Pass, "缺的不是必须有的", "由另一项提示", func(f *Facts) { f.Items[1].Status = Missing }),
		ex(measures.ExampleFail, measures.Fail, "缺一项必须有的", "材料不全", func(f *Facts) { f.Items[0].Status = Missing }),
		ex(measures.ExampleFail, measures.Fail, "必须有的一项尚无记录", "没有凭据", func(f *Facts) { f.Items[0].Status = NoRecord }),
	},
}

var others = measures.Rule[Facts]{
	ID: "A20.2-others", Clause: "A20.2", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: inForce, Title: "其他材料缺少的说明怎样处理", Source: "清单中不必须的材料缺少时，审查人写明理由可以通过",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return measures.FailedWith(missing(f, func(i ItemFacts) bool {
			return !i.Blocks && i.Must && i.short() || !i.Must && i.Status == Missing && i.Key == "adjustment"
		})...)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "都有", "齐全", same),
		ex(measures.ExampleFail, measures.Fail, "接入证明尚无记录", "说明怎样处理", func(f *Facts) { f.Items[1].Status = NoRecord }),
		ex(measures.ExampleFail, measures.Fail, "项目调整没有办结", "说明怎样处理", func(f *Facts) { f.Items[1] = ItemFacts{Seq: 2, Key: "adjustment", Status: Missing} }),
	},
}

func contracts(anchor string, contracted, budget money.Fen) measures.Verdict {
	if contracted > budget {
		return measures.Failed(anchor, "合同合计 %s 万元，超过预算合计 %s 万元，超出 %s 万元；补足预算或者登记合同结算以后再办理", contracted.Wan(), budget.Wan(), (contracted - budget).WanExact())
	}
	return measures.Passed("合同合计 %s 万元，预算合计 %s 万元", contracted.Wan(), budget.Wan())
}

var overContracted = measures.Rule[Facts]{
	ID: "A17.0-contracted", Clause: "A17.0", Version: 1, Basis: measures.Reading, Effect: measures.Block, From: inForce, Boundary: true, Title: "合同合计不超过预算合计",
	Source: "合同在“概算控制预算，预算控制决算”之间：超过预算合计的合同如实备案、标记，在补足预算（按第十七条办理调整）或者合同结算到预算以内以前，不能通过验收符合性审查",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		return contracts("form/contracted", f.Contracted, f.Budget)
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "预算 300，合同 280", "没有超过", same),
		ex(measures.ExampleFail, measures.Fail, "预算 300，合同 320", "超过 20", func(f *Facts) { f.Contracted = 320 * wan }),
		ex(measures.ExampleBoundary, measures.Pass, "相等", "没有超过", func(f *Facts) { f.Contracted = 300 * wan }),
		ex(measures.ExampleBoundary, measures.Fail, "多一分", "超过", func(f *Facts) { f.Contracted = 300*wan + 1 }),
	},
}

var marked = measures.Rule[Facts]{
	ID: "A19.1-breaches", Clause: "A19.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: inForce, Title: "带标记的采购、合同和支付写明怎样处理",
	Source: "超出所受控制的采购、合同和支付如实备案并标记；申请时单位、审查时审查人都写明怎样处理，没有写明的不能通过",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if len(f.Breaches) > 0 {
			return measures.Failed("form/contracted", "有 %d 份记录带标记：%s。请写明怎样处理", len(f.Breaches), strings.Join(f.Breaches, "；"))
		}
		return measures.Passed("没有超出的记录")
	},
	Examples: []measures.Example[Facts]{
		ex(measures.ExamplePass, measures.Pass, "没有标记", "都在控制以内", same),
		ex(measures.ExampleFail, measures.Fail, "补充合同超限", "须写明怎样处理", func(f *Facts) { f.Breaches = []string{"补充合同备案（补充合同超限）"} }),
	},
}
