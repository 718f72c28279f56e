package cipher

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
)

const (
	from  calendar.Date = "2025-12-01"
	rules string        = "《商用密码应用安全性评估管理办法》（国家密码管理局令第3号）"
)

// What other law asks of evaluations.
var (
	Cycle = measures.Param{Key: "protection.cipher_months", Title: "密码应用运行阶段评估周期", Unit: "个月", Kind: measures.KindInt, Default: "12", Clause: "A29.2", Basis: measures.Other,
		Note: rules + "：每年至少一次"}
	FilingDays = measures.Param{Key: "protection.cipher_filing_days", Title: "密码应用评估结果备案的时限", Unit: "天", Kind: measures.KindDays, Default: "30", Clause: "A29.2", Basis: measures.Other,
		Note: rules + "：30 日内"}
)

// Facts are what the rules judge.
type Facts struct {
	On         calendar.Date `json:"on"`
	Stage      string        `json:"stage"`
	Concerned  bool          `json:"concerned,omitempty"` // the system is one that is to be evaluated
	Reason     bool          `json:"reason,omitempty"`
	Done       calendar.Date `json:"done,omitempty"`
	Before     calendar.Date `json:"before,omitempty"` // evaluation of the stage on record so far
	FiledOn    calendar.Date `json:"filed_on,omitempty"`
	Agency     bool          `json:"agency,omitempty"`
	Report     bool          `json:"report,omitempty"`
	Conclusion string        `json:"conclusion,omitempty"`
	Secret     string        `json:"secret,omitempty"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	e := matter.FormOf[Evaluation](c)
	f := Facts{On: c.Today, Stage: e.Stage, Reason: hanzi.Given(e.Reason), Done: e.On, FiledOn: e.FiledOn, Agency: hanzi.Given(e.Agency), Report: hanzi.Given(e.Report), Conclusion: e.Conclusion,
		Secret: measures.SecretField(evaluationForm, e)}
	r, err := protection.Of(ctx, q, c.SubjectID, e.Stage, 0)
	if err != nil {
		return f, err
	}
	f.Before = r.On
	f.Concerned, err = protection.IsCiphered(ctx, q, c.SubjectID, c.Values)
	return f, err
}

// Rules are asked when a case is handed in.
func Rules() []measures.Rule[Facts] {
	return []measures.Rule[Facts]{applies, shown, filed, yearly, outcome, secret}
}

// the evaluation in operation of a third-level system, filed in time, on 2026-10-08
func ex(kind measures.ExampleKind, want measures.Outcome, name, why string, change func(*Facts)) measures.Example[Facts] {
	f := Facts{On: "2026-10-08", Stage: protection.CipherRun, Concerned: true, Done: "2026-09-01", FiledOn: "2026-09-20", Agency: true, Report: true, Conclusion: protection.Conforms}
	change(&f)
	return measures.Example[Facts]{Name: name, Kind: kind, Want: want, Why: why, Facts: f}
}

func same(*Facts) {}

func exempt(f *Facts) { *f = Facts{On: f.On, Stage: Exempt, Reason: true} }

var applies = measures.Rule[Facts]{
	ID: "A29.2-applies", Clause: "A29.2", Version: 1, Basis: measures.Text, Effect: measures.Warn, From: from, Title: "密码保障“三同步”", Quote: "密码保障系统与政务信息系统“三同步”",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Stage == Exempt && f.Concerned {
			return measures.Failed("form/stage", "按系统的等级应当做密码应用评估；确属不适用的请说明")
		}
		return measures.Passed("已填写")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "第三级，做了评估", "同步了", same),
		ex(measures.ExamplePass, measures.Pass, "第二级，不适用", "不在应当评估之列", exempt),
		ex(measures.ExampleFail, measures.Fail, "第三级，不适用", "“三同步”", func(f *Facts) { exempt(f); f.Concerned = true })},
}

var shown = measures.Rule[Facts]{
	ID: "A29.2-shown", Clause: "A29.2", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true, Title: "评估写得出来、对得上", Source: "登记供监督检查查阅，须能核对",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		ask := func(wrong bool, field, message string) {
			if wrong {
				ps = append(ps, measures.Problem{Anchor: "form/" + field, Message: message})
			}
		}
		if f.Stage == Exempt {
			ask(!f.Reason, "reason", "请写明不适用的理由")
			ask(f.Done != "", "stage", "有评估的请选择阶段")
			return measures.FailedWith(ps...)
		}
		ask(f.Done == "" || f.Done > f.On, "evaluated_on", "请填写评估日期，不晚于今天")
		ask(!f.Agency, "agency", "请填写评估机构")
		ask(!f.Report, "report", "请填写报告编号")
		ask(f.Conclusion == "", "conclusion", "请选择评估结论")
		ask(f.FiledOn != "" && (f.FiledOn > f.On || f.FiledOn < f.Done), "filed_on", "备案日期不早于评估日期，不晚于今天")
		return measures.FailedWith(ps...)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "都写明", "可以核对", same),
		ex(measures.ExampleFail, measures.Fail, "不适用，没有理由", "无从核对", func(f *Facts) { exempt(f); f.Reason = false }),
		ex(measures.ExampleFail, measures.Fail, "没有机构", "无从核对", func(f *Facts) { f.Agency = false }),
		ex(measures.ExampleBoundary, measures.Pass, "当天评估、当天备案", "等于今天", func(f *Facts) { f.Done, f.FiledOn = "2026-10-08", "2026-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "明天评估", "还没有发生", func(f *Facts) { f.Done, f.FiledOn = "2026-10-09", "" }),
		ex(measures.ExampleBoundary, measures.Fail, "评估前一天备案", "对不上", func(f *Facts) { f.FiledOn = "2026-08-31" })},
}

var filed = measures.Rule[Facts]{
	ID: "A29.2-filed", Clause: "A29.2", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Boundary: true, Title: "评估后 30 日内备案", Source: rules, Params: []measures.Param{FilingDays},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		if f.Stage == Exempt || f.Done == "" {
			return measures.NotApplicable("没有评估")
		}
		end := f.Done.AddDays(FilingDays.Int(v))
		switch {
		case f.FiledOn > end:
			return measures.Failed("form/filed_on", "应在 %s 前备案，迟了 %d 天", end, end.DaysUntil(f.FiledOn))
		case f.FiledOn == "" && f.On > end:
			return measures.Failed("form/filed_on", "应在 %s 前备案，还没有备案", end)
		}
		return measures.Passed("%s 前备案", end)
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "19 天备案", "30 日内", same),
		ex(measures.ExampleFail, measures.Fail, "37 天还没有备案", "超过 30 日", func(f *Facts) { f.FiledOn = "" }),
		ex(measures.ExampleBoundary, measures.Pass, "第 30 日备案", "10 月 1 日是第 30 日", func(f *Facts) { f.FiledOn = "2026-10-01" }),
		ex(measures.ExampleBoundary, measures.Fail, "第 31 日备案", "迟 1 天", func(f *Facts) { f.FiledOn = "2026-10-02" })},
}

var yearly = measures.Rule[Facts]{
	ID: "A29.2-yearly", Clause: "A29.2", Version: 1, Basis: measures.Other, Effect: measures.Warn, From: from, Boundary: true, Title: "每年评估一次，不早于在案的评估", Source: rules + "：运行后每年至少一次", Params: []measures.Param{Cycle},
	Judge: func(f Facts, v measures.Values) measures.Verdict {
		switch due := f.Done.AddMonths(Cycle.Int(v)); {
		case f.Stage != protection.CipherRun || f.Done == "":
			return measures.NotApplicable("不是运行阶段的评估")
		case f.Before != "" && f.Done < f.Before:
			return measures.Failed("form/evaluated_on", "在案的评估日期是 %s；确属更正的请说明理由", f.Before)
		case due < f.On:
			return measures.Failed("form/evaluated_on", "应在 %s 前再次评估，已逾期 %d 天", due, due.DaysUntil(f.On))
		default:
			return measures.Passed("下次在 %s 前", due)
		}
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "一个月前评估", "一年内", same),
		ex(measures.ExampleFail, measures.Fail, "两年前评估", "超过一年", func(f *Facts) { f.Done = "2024-10-01" }),
		ex(measures.ExampleBoundary, measures.Pass, "整一年", "到 2026-10-08", func(f *Facts) { f.Done = "2025-10-08" }),
		ex(measures.ExampleBoundary, measures.Fail, "一年零一天", "2026-10-07 到期", func(f *Facts) { f.Done = "2025-10-07" }),
		ex(measures.ExampleBoundary, measures.Fail, "比在案的早一天", "可能录错", func(f *Facts) { f.Before = "2026-09-02" })},
}

var outcome = measures.Rule[Facts]{
	ID: "A29.2-outcome", Clause: "A29.2", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Title: "不符合的说明整改安排", Source: "评估发现的问题要整改，结论照实登记",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Conclusion == protection.NotConform {
			return measures.Failed("form/conclusion", "评估结论为不符合，请说明整改安排")
		}
		return measures.Passed("没有不符合")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "符合", "没有问题", same),
		ex(measures.ExampleFail, measures.Fail, "不符合", "没有通过", func(f *Facts) { f.Conclusion = protection.NotConform })},
}

var secret = measures.Rule[Facts]{
	ID: "A30.1-cipher", Clause: "A30.1", Version: 1, Basis: measures.Text, Effect: measures.Block, From: from, Title: "不含国家秘密", Quote: "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行",
	Judge: func(f Facts, _ measures.Values) measures.Verdict {
		if f.Secret != "" {
			return measures.Failed("", "“%s”写到涉密内容，不能录入本系统，请立即删去并走线下渠道", f.Secret)
		}
		return measures.Passed("没有涉密字样")
	},
	Examples: []measures.Example[Facts]{ex(measures.ExamplePass, measures.Pass, "没有涉密内容", "各栏均无", same),
		ex(measures.ExampleFail, measures.Fail, "写到涉密", "不得进入本系统", func(f *Facts) { f.Secret = "说明" })},
}
