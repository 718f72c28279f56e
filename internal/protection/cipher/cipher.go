// Package cipher is the application of ciphers in a system (密码应用, Article 29):
// the plan, the evaluation before operation and the yearly one in operation, each
// with its result and its filing with the cipher administration.
package cipher

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "cipher"

// Exempt is the choice of a system that ciphers do not concern, with a reason.
const Exempt = "exempt"

// Stages are the checkpoints of 三同步一评估.
var Stages = []form.Option{{ID: protection.CipherRun, Label: "运行阶段评估"}, {ID: protection.CipherLaunch, Label: "运行前评估"}, {ID: protection.CipherPlan, Label: "密码应用方案评估"}, {ID: Exempt, Label: "不适用"}}

// Conclusions of an evaluation.
var Conclusions = []form.Option{{ID: protection.Conforms, Label: "符合"}, {ID: protection.Mostly, Label: "基本符合"}, {ID: protection.NotConform, Label: "不符合"}}

// Evaluation is one checkpoint of a system.
type Evaluation struct {
	Name, Code, Stage, Reason                  string
	On, FiledOn                                calendar.Date
	Agency, Report, Conclusion, Number, Remark string
}

var evaluationForm = form.For[Evaluation](
	form.Section{Key: "stage", Title: "密码应用", Clauses: []string{"A29.2"}, Fields: []form.Field{
		form.TextField("name", "系统名称", func(e *Evaluation) *string { return &e.Name }, form.ReadOnly),
		form.TextField("code", "系统编号", func(e *Evaluation) *string { return &e.Code }, form.ReadOnly),
		form.ChoiceField("stage", "阶段", Stages, func(e *Evaluation) *string { return &e.Stage }, form.Required),
		form.LongField("reason", "不适用的理由", func(e *Evaluation) *string { return &e.Reason }, form.Max(500), form.Help("选“不适用”时填写")),
	}},
	form.Section{Key: "evaluation", Title: "评估和备案", Clauses: []string{"A29.2"}, Fields: []form.Field{
		form.DateField("evaluated_on", "评估日期", func(e *Evaluation) *calendar.Date { return &e.On }, form.Help("评估报告的日期")),
		form.TextField("agency", "评估机构", func(e *Evaluation) *string { return &e.Agency }, form.Max(100)),
		form.TextField("report", "报告编号", func(e *Evaluation) *string { return &e.Report }, form.Max(60)),
		form.ChoiceField("conclusion", "评估结论", Conclusions, func(e *Evaluation) *string { return &e.Conclusion }),
		form.DateField("filed_on", "向密码管理部门备案的日期", func(e *Evaluation) *calendar.Date { return &e.FiledOn }),
		form.TextField("number", "备案编号", func(e *Evaluation) *string { return &e.Number }, form.Max(60)),
		form.LongField("remark", "说明", func(e *Evaluation) *string { return &e.Remark }, form.Max(1000)),
	}},
)

// Duty is the next evaluation of a system in operation, or its first entry.
var Duty = duty.Kind{Key: Key, Clause: "A29.2", Title: "密码应用安全性评估：%s", Short: "密码应用评估", Act: "看系统",
	Consequence: "逾期的系统亮红灯，没有按要求做好信息安全保障的要整改（第32条）"}

// Clock is the clock of evaluations in operation.
var Clock = protection.Clock{Record: protection.CipherRun, Duty: Duty, Concerns: protection.Ciphered}

// Filing is the procedure.
func Filing() *matter.Procedure {
	states, flow := protection.Filing("密码应用评估", matter.JudgeBy(gather, Rules()...), keep)
	return &matter.Procedure{
		Key: Key, Title: "密码应用评估", Clauses: []string{"A29.2", "A05.1"}, States: states, Flow: flow, Form: evaluationForm, Start: identity.OwnerClerk,
		About:  matter.Subject{Kind: matter.AboutSystem, Stages: registry.InUse},
		Params: append([]measures.Param{Cycle, FilingDays, protection.CipherAll, protection.CipherLevel}, protection.Params...), Duties: []duty.Kind{Duty}, Tick: Clock.Tick,
		Needs: []matter.Need{{Kind: "report", Label: "密码应用方案、评估报告", Clause: "A29.2"}},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			y, err := registry.OwnSystem(ctx, q, c)
			e := matter.FormOf[Evaluation](c)
			e.Name, e.Code, c.Year = y.Name, y.Code(), int64(c.Today.Year())
			return nil, err
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Evaluation](c).Name + " 密码应用评估" },
	}
}

// keep puts what was filed on record; only the evaluation in operation comes round.
func keep(ctx context.Context, d *matter.Doing) error {
	e, c := matter.FormOf[Evaluation](d.Case), d.Case
	r := protection.Record{Subject: c.SubjectID, Kind: e.Stage, Level: 1, Number: e.Number, On: e.On, Conclusion: e.Conclusion}
	switch e.Stage {
	case Exempt:
		r = protection.Record{Subject: c.SubjectID, Kind: protection.CipherRun}
	case protection.CipherRun:
		r.NextDue = e.On.AddMonths(Cycle.Int(c.Values))
	default:
		return protection.Put(ctx, d, r)
	}
	return Clock.Keep(ctx, d, r)
}
