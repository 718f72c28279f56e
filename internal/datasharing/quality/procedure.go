package quality

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// States of an issue beyond the draft.
const (
	Mend     matter.State = "mending"
	Checking matter.State = "checking"
	Closed   matter.State = "closed"
	Dropped  matter.State = "dropped"
)

// Acts of an issue.
const (
	Answer matter.Action = "mend"
	Close  matter.Action = "close"
	Reopen matter.Action = "reopen"
	Drop   matter.Action = "drop"
)

// MendDays are counted from the day an issue was raised, or raised again.
var MendDays = measures.Param{Key: "quality.mend_days", Title: "数据质量问题应在多少个工作日内更正", Unit: "个工作日", Kind: measures.KindDays, Default: "10", Clause: "A22.1", Basis: measures.Reading,
	Note: "第二十二条只说“保障数据质量”；按工作日历计算，没有节假日安排的年份按周一至周五"}

// Duty is owed by the providing unit, anew for each round.
var Duty = duty.Kind{Key: "quality-mend", Clause: "A22.1", Title: "更正数据质量问题：%s", Short: "更正数据质量问题", Act: "更正", Consequence: "逾期未更正的说明原因，列在资源页面，直到提出的单位销号"}

// Raising is the procedure.
func Raising(units *identity.Directory) *matter.Procedure {
	return &matter.Procedure{
		Key: Key, Title: "数据质量反馈", Clauses: []string{"A22.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写数据质量问题", Edit: true, Stage: "提出"},
			{State: Mend, Title: "待更正", Mark: matter.MarkDoing, Holder: identity.ProvideClerk, Task: "更正数据质量问题", Stage: "提供方更正", Due: func(c *matter.Case) calendar.Date { return matter.FormOf[Issue](c).Due }},
			{State: Checking, Title: "待核对", Mark: matter.MarkDoing, Holder: identity.OwnerClerk, Task: "核对更正情况", Stage: "提出单位核对"},
			{State: Closed, Title: "已销号", Mark: matter.MarkDone, Final: true, Stage: "销号"},
			{State: Dropped, Title: "已撤销", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提出", Says: "送资源提供方，在期限内更正或者说明。", To: Mend, By: identity.OwnerClerk, Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Ready: clock, Effect: raise},
			{From: Mend, Do: Answer, Title: "登记更正", Says: "送提出的单位核对；核对无误才销号。", To: Checking, By: identity.ProvideClerk, Input: &mendingForm, Judge: matter.JudgeBy(gatherMending, mended, inTime), Effect: mend,
				Suggest: func(c *matter.Case) map[string]string { return map[string]string{"on_date": string(c.Today)} }},
			{From: Mend, Do: Drop, Title: "撤销反馈", Says: "提错了的，写明理由撤销。", To: Dropped, By: identity.OwnerClerk, Reason: true, Danger: true, Effect: drop},
			{From: Checking, Do: Close, Title: "核对无误，销号", Says: "问题办结，记录保留。", To: Closed, By: identity.OwnerClerk, Effect: closed},
			{From: Checking, Do: Reopen, Title: "仍有问题，退回更正", Says: "写明还有什么问题，重新计算期限。", To: Mend, By: identity.OwnerClerk, Reason: true, Ready: clock, Effect: raise},
		},
		Form: issueForm, Params: []measures.Param{MendDays}, Duties: []duty.Kind{Duty},
		Sections: func(_ context.Context, _ db.Querier, c *matter.Case) ([]form.Section, error) {
			if c.State == matter.Draft {
				return issueForm.Sections[:2], nil
			}
			return issueForm.Sections, nil
		},
		Needs: []matter.Need{{Kind: "evidence", Label: "问题截图、比对结果", Clause: "A22.1"}},
		About: matter.Subject{Kind: matter.AboutResource, Stages: []string{string(catalogue.Published), string(catalogue.Shelved), string(catalogue.Suspended)}, Others: true}, Start: identity.OwnerClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			r, err := catalogue.OthersSubject(ctx, q, c)
			if err == nil && r.State == string(catalogue.Withdrawn) {
				err = problem.New(problem.Conflict, "“%s”的目录已经撤销", r.Name)
			}
			i := matter.FormOf[Issue](c)
			i.Resource, i.Code, i.Provider, i.FoundOn, c.Year = r.Name, r.Code, units.Name(r.UnitID), c.Today, int64(c.Today.Year())
			return nil, err
		},
		Name: func(c *matter.Case) string {
			i := matter.FormOf[Issue](c)
			if i.Kind == "" {
				return i.Resource + " 数据质量反馈"
			}
			return i.Resource + " " + form.Label(Kinds, i.Kind)
		},
	}
}

// clock begins a round: its last day is counted in working days from today.
func clock(ctx context.Context, d *matter.Doing) error {
	w, err := duty.Workdays(ctx, d.Tx)
	if err != nil {
		return err
	}
	i, complete := matter.FormOf[Issue](d.Case), false
	i.Due, complete = w.AddWorkdays(d.Case.Today, MendDays.Int(d.Case.Values))
	i.DueNote = ""
	if !complete {
		i.DueNote = fmt.Sprintf("缺 %d 年节假日安排，按周一至周五计算", i.Due.Year())
	}
	i.Round++
	return nil
}

func (i *Issue) period(c *matter.Case) string { return fmt.Sprintf("%s/%d", c.ID, i.Round) }

// raise puts an issue before the providing unit, the first time or again.
func raise(ctx context.Context, d *matter.Doing) error {
	i, c := matter.FormOf[Issue](d.Case), d.Case
	i.Result, i.Measure, i.MendedOn = "", "", ""
	if _, err := duty.Open(ctx, d.Tx, duty.Duty{Jurisdiction: c.Jurisdiction, UnitID: c.ProviderID, Kind: Duty.Key, Clause: Duty.Clause, Title: fmt.Sprintf(Duty.Title, i.Resource), Period: i.period(c), SubjectID: c.ID, Due: i.Due},
		c.Now.UnixMilli()); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `INSERT INTO quality_issue (id, jurisdiction, resource_id, unit_id, provider_unit_id, kind, round, raised_on, due) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
		ON CONFLICT (id) DO UPDATE SET round = excluded.round, due = excluded.due, mended_on = ''`,
		c.ID, c.Jurisdiction, c.SubjectID, c.UnitID, c.ProviderID, i.Kind, i.Round, string(c.Today), string(i.Due)); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

func mend(ctx context.Context, d *matter.Doing) error {
	i, c, m := matter.FormOf[Issue](d.Case), d.Case, d.Input.(*Mending)
	i.Result, i.Measure, i.MendedOn = m.Result, m.Measure, m.On
	if err := duty.Satisfy(ctx, d.Tx, c.ProviderID, Duty.Key, i.period(c), c.Today, d.EventID); err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `UPDATE quality_issue SET mended_on = $1 WHERE id = $2`, string(m.On), c.ID); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

func closed(ctx context.Context, d *matter.Doing) error {
	matter.FormOf[Issue](d.Case).ClosedOn = d.Case.Today
	if err := d.Tx.Later(ctx, `UPDATE quality_issue SET closed_on = $1 WHERE id = $2`, string(d.Case.Today), d.Case.ID); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

func drop(ctx context.Context, d *matter.Doing) error {
	if _, err := duty.TakeBack(ctx, d.Tx, d.Case.ProviderID, Duty.Key, matter.FormOf[Issue](d.Case).period(d.Case)); err != nil {
		return err
	}
	return closed(ctx, d)
}
