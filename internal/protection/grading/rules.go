package grading

import (
	"context"
	"regexp"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
)

const (
	from   calendar.Date = "2025-12-01"
	rules  string        = "《信息安全等级保护管理办法》（公通字〔2007〕43号）"
	filing int64         = 2 // levels from here are filed and assessed
	last   int64         = 4 // the fifth is assessed by its special needs
)

// How many months an assessment holds, by level.
var (
	Cycle2 = measures.Param{Key: "protection.mlps_months_2", Title: "第二级系统等级测评周期", Unit: "个月", Kind: measures.KindInt, Default: "24", Clause: "A28.2", Basis: measures.Reading,
		Note: "第二级的周期没有规定，通行做法是每两年一次"}
	Cycle3 = measures.Param{Key: "protection.mlps_months_3", Title: "第三级系统等级测评周期", Unit: "个月", Kind: measures.KindInt, Default: "12", Clause: "A28.2", Basis: measures.Other,
		Note: rules + "第十四条：第三级每年至少一次"}
	Cycle4 = measures.Param{Key: "protection.mlps_months_4", Title: "第四级系统等级测评周期", Unit: "个月", Kind: measures.KindInt, Default: "6", Clause: "A28.2", Basis: measures.Other,
		Note: rules + "第十四条：第四级每半年至少一次"}
	FilingDays = measures.Param{Key: "protection.mlps_filing_days", Title: "定级后办理等级保护备案的时限", Unit: "天", Kind: measures.KindDays, Default: "30", Clause: "A28.2", Basis: measures.Other,
		Note: rules + "第十五条：30 日内"}
)

// nextDue is when a system is to be assessed next: counted from the assessment, and
// while there is none from the filing or else from the grading.
func nextDue(level int64, assessed, filed, leveled calendar.Date, v measures.Values) calendar.Date {
	months := map[int64]measures.Param{2: Cycle2, 3: Cycle3, 4: Cycle4}
	p, comes := months[level]
	for _, d := range []calendar.Date{assessed, filed, leveled} {
		if comes && d != "" {
			return d.AddMonths(p.Int(v))
		}
	}
	return ""
}

// Facts are what the rules judge.
type Facts struct {
	On         calendar.Date `json:"on"`
	Level      int64         `json:"level"`
	Reason     bool          `json:"reason,omitempty"`
	LeveledOn  calendar.Date `json:"leveled_on,omitempty"`
	Number     string        `json:"number,omitempty"`
	Authority  bool          `json:"authority,omitempty"`
	FiledOn    calendar.Date `json:"filed_on,omitempty"`
	AssessedOn calendar.Date `json:"assessed_on,omitempty"`
	Before     calendar.Date `json:"before,omitempty"` // assessment on record so far
	Agency     bool          `json:"agency,omitempty"`
	Report     bool          `json:"report,omitempty"`
	Conclusion string        `json:"conclusion,omitempty"`
	HighRisks  int64         `json:"high_risks,omitempty"`
	Mending    string        `json:"mending,omitempty"`
	Secret     string        `json:"secret,omitempty"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	g := matter.FormOf[Grading](c)
	r, err := protection.Of(ctx, q, c.SubjectID, protection.Graded, 0)
	return Facts{On: c.Today, Level: g.level(), Reason: hanzi.Given(g.Reason), LeveledOn: g.LeveledOn, Number: g.Number, Authority: hanzi.Given(g.Authority), FiledOn: g.FiledOn, AssessedOn: g.AssessedOn, Before: r.On,
		Agency: hanzi.Given(g.Agency), Report: hanzi.Given(g.Report), Conclusion: g.Conclusion, HighRisks: g.HighRisks, Mending: g.Mended, Secret: measures.SecretField(gradingForm, g)}, err
}

// Rules are asked when a case is handed in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{graded, filed, cycle, number, shown, outcome, newer, secret}
}

// a third-level system, filed in time and assessed on 2026-09-01, on 2026-10-08
func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2026-10-08", Level: 3, LeveledOn: "2026-06-01", Number: "52020099001-26001", Authority: true, FiledOn: "2026-06-20", AssessedOn: "2026-09-01", Agency: true, Report: true,
		Conclusion: protection.Conforms, Mending: "none"}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

func unassessed(f *Facts) {
	f.AssessedOn, f.Agency, f.Report, f.Conclusion, f.Mending = "", false, false, "", ""
}

func ungraded(f *Facts) { *f = Facts{On: f.On, Reason: true} }

var graded = measures.Rule[Facts]{
	ID: "A28.2-graded", Clause: "A28.2", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Boundary: true, Title: "做好定级、测评", Quote: "做好政务信息系统等级保护和分级保护的定级、测评等工作",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Level < filing:
			return measures.NotApplicable("第一级和不定级的系统不要求测评")
		case f.AssessedOn == "":
			return measures.Failed("form/assessed_on", "第二级以上的系统还没有等级测评")
		}
		return measures.Passed("%s 测评", f.AssessedOn)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "第三级，已测评", "做了", same),
		ex(measures.ExampleFail, measures.Fail, "第三级，没有测评", "“做好……测评等工作”", unassessed),
		ex(measures.ExampleBoundary, measures.Fail, "第二级，没有测评", "第二级起测评", func(f *Facts) { unassessed(f); f.Level = 2 }),
		ex(measures.ExampleBoundary, measures.NotApplies, "第一级，没有测评", "自主保护", func(f *Facts) { unassessed(f); f.Level = 1 })},
}

var filed = measures.Rule[Facts]{
	ID: "A28.2-filed", Clause: "A28.2", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Boundary: true, Title: "定级后 30 日内向公安机关备案", Source: rules + "第十五条", Params: []measures.Param{FilingDays},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		if f.Level < filing || f.LeveledOn == "" {
			return measures.NotApplicable("第二级以上、有定级日期的系统备案")
		}
		end := f.LeveledOn.AddDays(FilingDays.Int(v))
		switch {
		case f.FiledOn > end:
			return measures.Failed("form/filed_on", "应在 %s 前备案，迟了 %d 天", end, end.DaysUntil(f.FiledOn))
		case f.FiledOn == "" && f.On > end:
			return measures.Failed("form/filed_on", "应在 %s 前备案，还没有备案", end)
		case f.FiledOn == "":
			return measures.Passed("%s 前备案", end)
		}
		return measures.Passed("%s 备案", f.FiledOn)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "6 月 1 日定级，6 月 20 日备案", "19 天", same),
		ex(measures.ExampleFail, measures.Fail, "没有备案，定级已四个月", "超过 30 日", func(f *Facts) { f.FiledOn, f.Number = "", "" }),
		ex(measures.ExampleBoundary, measures.Pass, "第 30 日备案", "7 月 1 日是第 30 日", func(f *Facts) { f.FiledOn = "2026-07-01" }),
		ex(measures.ExampleBoundary, measures.Fail, "第 31 日备案", "迟 1 天", func(f *Facts) { f.FiledOn = "2026-07-02" }),
		ex(measures.ExampleBoundary, measures.Pass, "第 30 日还没有备案", "还有当天", func(f *Facts) { f.On, f.FiledOn, f.Number = "2026-07-01", "", "" }),
		ex(measures.ExampleBoundary, measures.NotApplies, "第一级", "不备案", func(f *Facts) { f.Level = 1 })},
}

var cycle = measures.Rule[Facts]{
	ID: "A28.2-cycle", Clause: "A28.2", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Boundary: true, Title: "按级别定期测评", Source: rules + "第十四条：第三级每年至少一次，第四级每半年至少一次；第二级通行每两年一次",
	Params: []measures.Param{Cycle2, Cycle3, Cycle4},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		due := nextDue(f.Level, f.AssessedOn, f.FiledOn, f.LeveledOn, v)
		switch {
		case f.Level < filing || f.Level > last:
			return measures.NotApplicable("这一级没有固定周期")
		case due == "":
			return measures.NotApplicable("没有测评、备案、定级日期")
		case due < f.On:
			return measures.Failed("form/assessed_on", "应在 %s 前再次测评，已逾期 %d 天", due, due.DaysUntil(f.On))
		}
		return measures.Passed("下次在 %s 前", due)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "第三级，一个月前测评", "一年内", same),
		ex(measures.ExampleFail, measures.Fail, "第三级，两年前测评", "超过一年", func(f *Facts) { f.AssessedOn = "2024-10-01" }),
		ex(measures.ExampleBoundary, measures.Pass, "第三级，整一年", "2025-10-08 起一年到 2026-10-08", func(f *Facts) { f.AssessedOn = "2025-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "第三级，一年零一天", "2026-10-07 到期", func(f *Facts) { f.AssessedOn = "2025-10-07" }),
		ex(measures.ExampleBoundary, measures.Pass, "第二级，整两年", "24 个月", func(f *Facts) { f.Level, f.AssessedOn = 2, "2024-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "第二级，两年零一天", "2026-10-07 到期", func(f *Facts) { f.Level, f.AssessedOn = 2, "2024-10-07" }),
		ex(measures.ExampleBoundary, measures.Pass, "第四级，整半年", "6 个月", func(f *Facts) { f.Level, f.AssessedOn = 4, "2026-04-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "第四级，半年零一天", "2026-10-07 到期", func(f *Facts) { f.Level, f.AssessedOn = 4, "2026-04-07" }),
		ex(measures.ExampleBoundary, measures.NotApplies, "第五级", "依据特殊安全需求测评", func(f *Facts) { f.Level, f.AssessedOn = 5, "2020-01-01" }),
		ex(measures.ExampleBoundary, measures.Fail, "第三级，没有测评，备案已一年零一天", "自备案起算", func(f *Facts) { unassessed(f); f.LeveledOn, f.FiledOn = "2025-09-20", "2025-10-07" })},
}

var numbers = regexp.MustCompile(`^\d{11}-\d{5}$`)

var number = measures.Rule[Facts]{
	ID: "A28.2-number", Clause: "A28.2", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Title: "备案证明编号的样子", Source: "备案证明编号通常是 11 位数字、短横线、5 位数字，写错的编号查不到备案",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Number == "":
			return measures.NotApplicable("没有备案")
		case !numbers.MatchString(f.Number):
			return measures.Failed("form/number", "“%s”不像备案证明编号，请对照备案证明", f.Number)
		}
		return measures.Passed("%s", f.Number)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "52020099001-26001", "11 位、5 位", same),
		ex(measures.ExampleFail, measures.Fail, "少一位", "10 位", func(f *Facts) { f.Number = "5202009900-26001" })},
}

var shown = measures.Rule[Facts]{
	ID: "A28.2-shown", Clause: "A28.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "定级、备案、测评写得出来、对得上", Source: "登记供监督检查查阅，须能核对",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		ask := func(wrong bool, field, message string) {
			if wrong {
				ps = append(ps, measures.Problem{Anchor: "form/" + field, Message: message})
			}
		}
		ask(f.Level == 0 && !f.Reason, "reason", "请写明不定级的理由")
		ask(f.Level == 0 && (f.Number != "" || f.AssessedOn != ""), "level", "有备案或者测评的系统请选择级别")
		ask(f.Level > 0 && (f.LeveledOn == "" || f.LeveledOn > f.On), "leveled_on", "请填写定级日期，不晚于今天")
		ask(f.FiledOn > f.On, "filed_on", "备案日期晚于今天")
		ask(f.FiledOn != "" && f.Number == "", "number", "请填写备案证明编号")
		ask(f.Number != "" && f.FiledOn == "", "filed_on", "请填写备案日期")
		ask(f.Number != "" && !f.Authority, "authority", "请填写备案机关")
		ask(f.AssessedOn > f.On, "assessed_on", "测评日期晚于今天")
		ask(f.AssessedOn == "" && (f.Report || f.Conclusion != ""), "assessed_on", "请填写测评日期")
		if f.AssessedOn != "" {
			ask(!f.Agency, "agency", "请填写测评机构")
			ask(!f.Report, "report", "请填写报告编号")
			ask(f.Conclusion == "", "conclusion", "请选择测评结论")
			ask(f.HighRisks > 0 && (f.Mending == "" || f.Mending == "none"), "mending", "有高风险问题的，请选择整改情况")
		}
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "都写明", "可以核对", same),
		ex(measures.ExamplePass, measures.Pass, "不定级，有理由", "可以核对", ungraded),
		ex(measures.ExampleFail, measures.Fail, "不定级，没有理由", "无从核对", func(f *Facts) { ungraded(f); f.Reason = false }),
		ex(measures.ExampleFail, measures.Fail, "有编号，没有备案日期", "对不上", func(f *Facts) { f.FiledOn = "" }),
		ex(measures.ExampleFail, measures.Fail, "有测评，没有机构", "对不上", func(f *Facts) { f.Agency = false }),
		ex(measures.ExampleFail, measures.Fail, "有高风险，没有整改情况", "对不上", func(f *Facts) { f.HighRisks = 1 }),
		ex(measures.ExampleBoundary, measures.Pass, "当天测评", "等于今天", func(f *Facts) { f.AssessedOn = "2026-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天测评", "还没有发生", func(f *Facts) { f.AssessedOn = "2026-10-09" })},
}

var outcome = measures.Rule[Facts]{
	ID: "A28.2-outcome", Clause: "A28.2", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Title: "不符合和高风险说明整改安排", Source: "测评发现的问题要整改，结论照实登记",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		switch {
		case f.Conclusion == protection.NotConform:
			return measures.Failed("form/conclusion", "测评结论为不符合，请说明整改安排")
		case f.HighRisks > 0 && f.Mending != mended:
			return measures.Failed("form/mending", "高风险问题 %d 个没有整改完，请说明整改安排", f.HighRisks)
		}
		return measures.Passed("没有未整改的高风险问题")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "符合，没有高风险", "没有问题", same),
		ex(measures.ExamplePass, measures.Pass, "2 个高风险，已整改", "改完了", func(f *Facts) { f.HighRisks, f.Mending = 2, mended }),
		ex(measures.ExampleFail, measures.Fail, "2 个高风险，正在整改", "没有改完", func(f *Facts) { f.HighRisks, f.Mending = 2, "doing" }),
		ex(measures.ExampleFail, measures.Fail, "不符合", "没有通过", func(f *Facts) { f.Conclusion = protection.NotConform })},
}

var newer = measures.Rule[Facts]{
	ID: "A28.2-newer", Clause: "A28.2", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Boundary: true, Title: "不早于在案的测评", Source: "后收存的代替先收存的；更正日期的说明理由",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Before != "" && f.AssessedOn < f.Before {
			return measures.Failed("form/assessed_on", "在案的测评日期是 %s；确属更正的请说明理由", f.Before)
		}
		return measures.Passed("没有更晚的测评在案")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "第一次登记", "没有在案的", same),
		ex(measures.ExampleFail, measures.Fail, "在案的晚三个月", "可能录错", func(f *Facts) { f.Before = "2026-12-01" }),
		ex(measures.ExampleBoundary, measures.Pass, "同一天", "补充内容", func(f *Facts) { f.Before = "2026-09-01" }),
		ex(measures.ExampleBoundary, measures.Fail, "早一天", "早于在案的", func(f *Facts) { f.Before = "2026-09-02" })},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-grading", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容。涉密系统不得在本系统登记，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same),
		ex(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "说明" })},
}
