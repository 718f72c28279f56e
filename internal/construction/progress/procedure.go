package progress

import (
	"cmp"
	"context"
	"slices"

	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/existing"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "implementation"

// States beyond the draft.
const (
	Signing   matter.State = "signing"
	Building  matter.State = "building"
	Reporting matter.State = "reporting"
	Completed matter.State = "completed"
)

// Acts on a project under way.
const (
	Tell   matter.Action = "report"
	Write  matter.Action = "draft-report"
	Finish matter.Action = "complete"
)

// Implementing is the procedure, once per project.
func Implementing() *matter.Procedure {
	open := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: Key, Title: "项目实施", Clauses: []string{"A15.1", "A15.2", "A05.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写项目实施", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发项目实施", Stage: "单位签发"},
			{State: Building, Title: "实施中", Mark: matter.MarkDoing, Stage: "实施"},
			{State: Reporting, Title: "待签发进度", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发进度报告"},
			{State: Completed, Title: "已完成", Mark: matter.MarkDone, Final: true, Stage: "完成"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gatherStart, StartRules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: Signing, Do: matter.SignOff, Title: "签发开工", Says: "项目进入建设，此后按月报告进度。", To: Building, By: identity.OwnerHead, Effect: begin},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: open},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: open},
			{From: Building, Do: Tell, Title: "报告进度", Says: "选中已经完成的里程碑；系统按公开的算法另行评定。", To: Building, By: identity.OwnerHead, Input: &reportForm,
				Suggest: today, Judge: matter.JudgeBy(gatherReport, ReportRules()...), Lines: matter.LineMove{Selected: true}, Effect: tell},
			{From: Building, Do: Write, Title: "拟写进度报告", Says: "选中已经完成的里程碑；送本单位负责人签发，签发前可以撤回。", To: Reporting, By: identity.OwnerClerk, Input: &reportForm,
				Suggest: today, Judge: matter.JudgeBy(gatherReport, ReportRules()...), Lines: matter.LineMove{Selected: true}},
			{From: Reporting, Do: matter.SignOff, Title: "签发进度报告", Says: "签发后记入进度；系统按公开的算法另行评定。", To: Building, By: identity.OwnerHead, Effect: signed},
			{From: Reporting, Do: matter.Return, Title: "退回经办人", Says: "退回重新拟写，没有记入进度。", To: Building, By: identity.OwnerHead, Reason: true},
			{From: Reporting, Do: matter.Withdraw, Title: "撤回", Says: "撤回重新拟写。", To: Building, By: identity.OwnerClerk},
			{From: Building, Do: Finish, Title: "报告完成", Says: "完成后应及时开展验收。", To: Completed, By: identity.OwnerHead, Input: &completionForm, Suggest: today,
				Judge: matter.JudgeBy(gatherCompletion, CompletionRules()...), Effect: finish},
		},
		Form: startForm, Lines: milestones, Start: identity.OwnerClerk, About: matter.Subject{Kind: matter.AboutProject, Stages: registry.Under},
		Params: []measures.Param{KeyFrom, LagPoints, LagDays, PayPoints, StaleDays},
		Needs:  []matter.Need{{Kind: "rules", Label: "项目管理制度", Clause: "A15.1"}, {Kind: "supervision", Label: "监理合同", Clause: "A15.2"}},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			p, err := registry.OwnSubject(ctx, q, c, registry.Under)
			s := matter.FormOf[Start](c)
			if err != nil {
				return nil, err
			}
			named, err := isNamed(ctx, q, p.ID)
			if err != nil {
				return nil, err
			}
			s.Name, s.Code, s.StartedOn, s.Key = p.Name, p.Code, c.Today, named || isKey(worthOf(p), c.Values)
			c.Year = p.Year
			plan, err := scheduleOf(ctx, q, p)
			if err != nil {
				return nil, err
			}
			if p.Origin == existing.Key && plan.from != "" {
				s.StartedOn = plan.from
			}
			s.Due = plan.to
			return plan.milestones(), nil
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Start](c).Name + " 项目实施" },
		Once: func(c *matter.Case) string { return c.SubjectID },
	}
}

func today(c *matter.Case) map[string]string { return map[string]string{"on": string(c.Today)} }

func isKey(worth money.Fen, v measures.Values) bool { return worth >= wan*moneyOf(KeyFrom.Int(v)) }

// worthOf is what a project comes to: its approved estimate or what stands in for it,
// before that the reviewed amount, and the unit's own figure only where there is neither.
func worthOf(p registry.Project) money.Fen {
	return cmp.Or(p.Money.Ceiling, p.Reviewed, p.Estimate)
}

// worth is worthOf in a query.
const worth = `CASE WHEN p.ceiling <> 0 THEN p.ceiling WHEN p.reviewed <> 0 THEN p.reviewed ELSE p.estimate END`

func begin(ctx context.Context, d *matter.Doing) error {
	s := matter.FormOf[Start](d.Case)
	by := s.Supervisor
	if !hanzi.Given(by) && d.Case.Has("supervision") {
		by = "见监理合同"
	}
	if err := d.Tx.Later(ctx, `INSERT INTO implementation (project_id, matter_id, started_on, supervisor) VALUES ($1,$2,$3,$4)`,
		d.Case.SubjectID, d.Case.ID, string(s.StartedOn), by); err != nil {
		return err
	}
	if err := d.MarkBy(ctx, matter.JudgeBy(gatherStart, managed, inScheme, supervised)); err != nil {
		return err
	}
	p, err := registry.Subject(ctx, d.Tx, d.Case)
	if err != nil || p.Stage != registry.Approved {
		return err
	}
	return registry.Move(ctx, d.Tx, p.ID, registry.Approved, func(p *registry.Project) { p.Stage = registry.Building }, d.Case.Now.UnixMilli())
}

func tell(ctx context.Context, d *matter.Doing) error {
	return told(ctx, d, *d.Input.(*Report), d.Act.Lines)
}

// signed counts the report that the clerk has written.
func signed(ctx context.Context, d *matter.Doing) error {
	r, ok, err := matter.LastInput[Report](ctx, d.Tx, d.Case, Write)
	if err != nil {
		return err
	}
	if !ok {
		return problem.New(problem.Conflict, "还没有拟写进度报告")
	}
	act, err := matter.LastAct(ctx, d.Tx, d.Case, Write)
	if err != nil {
		return err
	}
	return told(ctx, d, *r, act.Selected)
}

// told keeps a report, and the day of the milestones that it says are done.
func told(ctx context.Context, d *matter.Doing, r Report, done []string) error {
	for _, ln := range d.Case.LinesOf("") {
		m := matter.BodyOf[Milestone](ln)
		if m.DoneOn == "" && slices.Contains(done, ln.ID) {
			m.DoneOn = r.On
			if err := d.KeepLine(ctx, ln); err != nil {
				return err
			}
		}
	}
	return d.Tx.Later(ctx, `INSERT INTO progress_report (event_id, project_id, matter_id, reported_on, percent, paid, rating, problem) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		d.EventID, d.Case.SubjectID, d.Case.ID, string(r.On), r.Percent, int64(r.Paid), r.Rating, r.Problem)
}

// lastReport is the newest report about a project, empty when there is none.
func lastReport(ctx context.Context, q db.Querier, project string) (Report, error) {
	r, err := db.One(ctx, q, func(s db.Scanner) (Report, error) {
		var r Report
		err := s.Scan(&r.On, &r.Percent, &r.Paid, &r.Rating, &r.Problem)
		return r, err
	}, `SELECT reported_on, percent, paid, rating, problem FROM progress_report WHERE project_id = $1 ORDER BY reported_on DESC, event_id DESC LIMIT 1`, project)
	if db.None(err) {
		return Report{}, nil
	}
	return r, err
}
