package performance

import (
	"context"
	"fmt"
	"strconv"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Keys of the three parts in URLs and the record.
const (
	AssessmentKey = "performance-assessment"
	MonitoringKey = "performance-monitoring"
	EvaluationKey = "performance-evaluation"
)

// States beyond the draft.
const (
	Signing  matter.State = "signing"
	Consent  matter.State = "consent"
	Checking matter.State = "checking"
	Filed    matter.State = "filed"
	Noted    matter.State = "noted"
	Kept     matter.State = "kept"
	Issued   matter.State = "issued"
)

// Note is the finance bureau taking note of a self-evaluation.
const Note matter.Action = "note"

// receipts of self-evaluations: 六盘水数绩〔2027〕1号.
var receipts = &matter.Series{Key: "evaluation-receipt", Word: "绩", Title: "绩效自评备案回执"}

// Duty is the self-evaluation of a unit's funded projects of a year.
var Duty = duty.Kind{Key: EvaluationKey, Clause: "A13.2", Title: "提交 %s 年度绩效自评报告", Short: "绩效自评", Act: "去自评",
	Consequence: "没有提交的，在后续年度预算安排时逐项列出（第13条）"}

// WatchDuty is the monitoring of a unit's funded projects in the course of a year.
var WatchDuty = duty.Kind{Key: MonitoringKey, Clause: "A13.1", Title: "做好 %s 年度绩效监控", Short: "绩效监控", Act: "去监控",
	Consequence: "没有监控的年度，自评时看不出偏差何时发现（第13条）"}

// stages in which there is something to assess.
var planned = []string{string(registry.Planned), string(registry.Reserved), string(registry.Scheduled), string(registry.Approved), string(registry.Building)}

// funded are the stages of a project that money was arranged for; who ended one
// still owes the self-evaluation of its year.
var funded = []string{string(registry.Approved), string(registry.Building), string(registry.Accepted), string(registry.Operating), string(registry.Suspended), string(registry.Terminated)}

// signed is the flow of what the unit's head signs and keeps.
func signed(title string, judge *matter.Judge, effect, keep func(context.Context, *matter.Doing) error) ([]matter.StateDef, []matter.Step) {
	held, open := matter.LineMove{To: matter.LineHeld}, matter.LineMove{To: matter.LineDraft}
	return []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写" + title, Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发" + title, Stage: "单位签发"},
			{State: Kept, Title: "已签发", Mark: matter.MarkDone, Final: true, Stage: "已签发"},
		}, []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: judge, Submit: true, Lines: held, Effect: effect},
			{From: Signing, Do: matter.SignOff, Title: "签发", Says: "签发后记入项目，市大数据发展管理局可以查看。", To: Kept, By: identity.OwnerHead, Lines: matter.LineMove{To: matter.LineAccepted}, Effect: keep},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: open},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: open},
		}
}

// Assessing is 事前绩效评估, once per project.
func Assessing(units *identity.Directory) *matter.Procedure {
	states, flow := signed("事前绩效评估", matter.JudgeBy(gatherAssessment, AssessmentRules()...), total, keepAssessment)
	return &matter.Procedure{
		Key: AssessmentKey, Title: "事前绩效评估", Clauses: []string{"A13.1", "A05.1"}, States: states, Flow: flow,
		Form: assessmentForm, Lines: treeLines, Start: identity.OwnerClerk, About: matter.Subject{Kind: matter.AboutProject, Stages: planned},
		Params: []measures.Param{SupportFrom}, Needs: []matter.Need{{Kind: "report", Label: "评估报告", Clause: "A13.1"}},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			p, err := registry.OwnSubject(ctx, q, c, planned)
			if err != nil {
				return nil, err
			}
			c.Year = p.Year
			matter.FormOf[Assessment](c).About = aboutOf(units, p)
			list, err := Library(ctx, q, c.Jurisdiction, c.Today)
			return treeOf(list), err
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Assessment](c).Name + " 事前绩效评估" },
		Once: func(c *matter.Case) string { return c.SubjectID },
	}
}

// Watching is 绩效监控, once per project and year.
func Watching(units *identity.Directory) *matter.Procedure {
	states, flow := signed("绩效监控", matter.JudgeBy(gatherMonitoring, MonitoringRules()...), spent, keepMonitoring)
	return &matter.Procedure{
		Key: MonitoringKey, Title: "绩效监控", Clauses: []string{"A13.1", "A05.1"}, States: states, Flow: flow,
		Form: monitoringForm, Lines: trackedLines, Start: identity.OwnerClerk, About: matter.Subject{Kind: matter.AboutProject, Stages: funded},
		Params: []measures.Param{WatchDay}, Duties: []duty.Kind{WatchDuty}, // opened by the Tick of the self-evaluation
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			if c.Year == 0 {
				c.Year = int64(c.Today.Year())
			}
			p, err := registry.OwnSubject(ctx, q, c, funded)
			if err != nil {
				return nil, err
			}
			m := matter.FormOf[Monitoring](c)
			m.About, m.CutOff = aboutOf(units, p), c.Today
			if m.Spending, err = SpendingOf(ctx, q, p.ID, c.Year); err != nil {
				return nil, err
			}
			list, _, err := indicatorsOf(ctx, q, c)
			var out []matter.Line
			for _, i := range list {
				out = append(out, matter.Line{Of: trackedLines, Body: &Tracked{Indicator: i}})
			}
			return out, err
		},
		Name: func(c *matter.Case) string {
			return fmt.Sprintf("%s %d 年绩效监控", matter.FormOf[Monitoring](c).Name, c.Year)
		},
		Once: func(c *matter.Case) string { return c.SubjectID + "/" + strconv.FormatInt(c.Year, 10) },
	}
}

// Evaluating is 绩效自评, once per project and year, filed with the bureau and
// known to the finance bureau.
func Evaluating(units *identity.Directory) *matter.Procedure {
	open := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: EvaluationKey, Title: "绩效自评", Clauses: []string{"A13.2", "A13.1", "A13.3", "A05.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写绩效自评", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发绩效自评", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意绩效自评", Stage: "主管部门"},
			{State: Checking, Title: "待备案", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "备案绩效自评", Stage: "市大数据局备案"},
			{State: Filed, Title: "已备案", Mark: matter.MarkDone, Holder: identity.FinanceClerk, Task: "收阅绩效自评", Stage: "市财政局收阅"},
			{State: Noted, Title: "已备案，财政已收阅", Mark: matter.MarkDone, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gatherEvaluation, EvaluationRules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}, Effect: score},
			{From: Signing, Do: matter.SignOff, Title: "签发提交", Says: "签发后向市大数据发展管理局、市财政局提交；二级单位先经主管部门同意。", To: Checking, Or: []matter.State{Consent}, Route: viaParent, By: identity.OwnerHead, Effect: keepEvaluation},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: open},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: open},
			{From: Consent, Do: matter.Consent, Title: "同意提交", Says: "同意后向市大数据发展管理局、市财政局提交。", To: Checking, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true, Lines: open, Effect: unkeep},
			{From: Checking, Do: matter.Acknowledge, Title: "备案", Says: "备案不是审批：发给回执，转市财政局收阅。", To: Filed, By: identity.BigDataClerk, Lines: matter.LineMove{To: matter.LineAccepted}, Issue: receipts},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "退回单位补正；补正以前视为没有提交。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Lines: open, Effect: unkeep},
			{From: Filed, Do: Note, Title: "收阅", Says: "市财政局收到自评报告，作为后续年度预算安排的参考。", To: Noted, By: identity.FinanceClerk},
		},
		Form: evaluationForm, Lines: scoredLines, Start: identity.OwnerClerk, About: matter.Subject{Kind: matter.AboutProject, Stages: funded},
		Params: []measures.Param{DueDay, FirstYear, OverFrom}, Duties: []duty.Kind{Duty}, Tick: openDuties,
		Needs: []matter.Need{{Kind: "report", Label: "自评报告", Clause: "A13.2"}},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			if c.Year == 0 {
				c.Year = int64(c.Today.Year()) - 1
			}
			p, err := registry.OwnSubject(ctx, q, c, funded)
			if err != nil {
				return nil, err
			}
			v := matter.FormOf[Evaluation](c)
			v.About, v.Expected = aboutOf(units, p), p.Goal
			if v.Spending, err = SpendingOf(ctx, q, p.ID, c.Year); err != nil {
				return nil, err
			}
			if v.Budget <= 0 {
				return nil, problem.New(problem.Conflict, "项目“%s”%d 年度没有安排预算，不作这一年度的绩效自评", p.Name, c.Year)
			}
			list, _, err := indicatorsOf(ctx, q, c)
			var out []matter.Line
			for _, i := range list {
				out = append(out, matter.Line{Of: scoredLines, Body: &Scored{Indicator: i}})
			}
			return out, err
		},
		Name: func(c *matter.Case) string {
			return fmt.Sprintf("%s %d 年绩效自评", matter.FormOf[Evaluation](c).Name, c.Year)
		},
		Once: func(c *matter.Case) string { return c.SubjectID + "/" + strconv.FormatInt(c.Year, 10) },
	}
}

func viaParent(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return Checking
}

func aboutOf(units *identity.Directory, p registry.Project) About {
	return About{Name: p.Name, Code: p.Code, Unit: units.Name(p.UnitID)}
}

// due is when the self-evaluation of a year is due.
func due(year int64, v measures.Values) calendar.Date {
	month, day := DueDay.MonthDay(v)
	return calendar.Date(fmt.Sprintf("%04d-%02d-%02d", year+1, month, day))
}

// total adds up the five aspects.
func total(ctx context.Context, d *matter.Doing) error {
	a := matter.FormOf[Assessment](d.Case)
	a.Total = a.sum()
	return d.KeepForm(ctx)
}

func (a *Assessment) sum() (n int64) {
	for _, x := range a.Aspects {
		n += x.Score
	}
	return n
}

// spent brings the execution of the budget up to the day.
func spent(ctx context.Context, d *matter.Doing) (err error) {
	m := matter.FormOf[Monitoring](d.Case)
	if m.Spending, err = SpendingOf(ctx, d.Tx, d.Case.SubjectID, d.Case.Year); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

// score is what the self-evaluation comes to: 10 points for the execution of the
// budget and 90 for the indicators; without a budget in the year the indicators
// alone, on the scale of 100 [reading]: it may have been taken back since.
func score(ctx context.Context, d *matter.Doing) (err error) {
	v := matter.FormOf[Evaluation](d.Case)
	if v.Spending, err = SpendingOf(ctx, d.Tx, d.Case.SubjectID, d.Case.Year); err != nil {
		return err
	}
	tenths, execution := v.points(d.Case.LinesOf(""))
	v.Execution, v.Score, v.Grade = "不适用", decimal(tenths), gradeOf(tenths)
	if v.Budget > 0 {
		v.Execution = decimal(execution)
	}
	return d.KeepForm(ctx)
}

// points are the total and the points of execution, in tenths.
func (v *Evaluation) points(lines []matter.Line) (total, execution int64) {
	var got, of int64
	for _, ln := range lines {
		s := matter.BodyOf[Scored](ln)
		got, of = got+s.Score, of+s.Weight
	}
	if v.Budget > 0 {
		execution = v.tenths() * executionPoints / 100
		return got*10 + execution, execution
	}
	if of == 0 {
		return 0, 0
	}
	return got * 1000 / of, 0
}

func keepAssessment(ctx context.Context, d *matter.Doing) error {
	a := matter.FormOf[Assessment](d.Case)
	return keep(ctx, d, "assessment", 0, a.Total*10, a.Result)
}

func keepMonitoring(ctx context.Context, d *matter.Doing) error {
	worst := Sure
	for _, ln := range d.Case.LinesOf("") {
		switch l := matter.BodyOf[Tracked](ln).Likely; {
		case l == "no", l == "maybe" && worst == Sure:
			worst = l
		}
	}
	if err := keep(ctx, d, "monitoring", d.Case.Year, 0, worst); err != nil {
		return err
	}
	return monitoringOf(d.Case.Year, d.Case.Values).settle(ctx, d)
}

func keepEvaluation(ctx context.Context, d *matter.Doing) error {
	v, c := matter.FormOf[Evaluation](d.Case), d.Case
	tenths, _ := v.points(c.LinesOf(""))
	if err := keep(ctx, d, "evaluation", c.Year, tenths, v.Grade); err != nil {
		return err
	}
	if late := due(c.Year, c.Values).DaysUntil(c.Today); late > 0 {
		if err := d.SetLate(ctx, int64(late)); err != nil {
			return err
		}
	}
	return evaluationOf(c.Year, c.Values).settle(ctx, d)
}

func keep(ctx context.Context, d *matter.Doing, kind string, year, score int64, grade string) error {
	return d.Tx.Later(ctx, `INSERT INTO performance_result (project_id, kind, year, matter_id, score, grade, signed_on) VALUES ($1,$2,$3,$4,$5,$6,$7)
		ON CONFLICT (project_id, kind, year) DO UPDATE SET matter_id = excluded.matter_id, score = excluded.score, grade = excluded.grade, signed_on = excluded.signed_on`,
		d.Case.SubjectID, kind, year, d.Case.ID, score, grade, string(d.Case.Today))
}

// unkeep takes back what a returned self-evaluation had fulfilled.
func unkeep(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	if err := d.Tx.Later(ctx, `DELETE FROM performance_result WHERE project_id = $1 AND kind = 'evaluation' AND year = $2`, c.SubjectID, c.Year); err != nil {
		return err
	}
	return duty.Reopen(ctx, d.Tx, c.UnitID, Duty.Key, strconv.FormatInt(c.Year, 10))
}
