package operation

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// States of an operation beyond the draft.
const (
	Signing matter.State = "signing"
	Running matter.State = "running"
	Expired matter.State = "expired"
	Ended   matter.State = "ended"
)

// Acts of an operation.
const (
	Watch  matter.Action = "watch"
	Renew  matter.Action = "renew"
	Finish matter.Action = "end"
	Expire matter.Action = "expire"
)

// Recording is the procedure.
func Recording() *matter.Procedure {
	back := matter.LineMove{To: matter.LineDraft}
	today := func(c *matter.Case) map[string]string { return map[string]string{"on_date": string(c.Today)} }
	days := matter.JudgeBy(gatherDay, dated)
	watching := func(from matter.State) matter.Step {
		return matter.Step{From: from, Do: Watch, Title: "记录监督", Says: "记下监督的情况，每次一条，留在办理经过里。", To: from, By: identity.OwnerClerk, Input: &watchingForm, Suggest: today, Judge: days, Effect: watch}
	}
	renewing := func(from matter.State) matter.Step {
		return matter.Step{From: from, Do: Renew, Title: "登记续期", Says: "按新的批准文件延长期限。", To: Running, Or: []matter.State{Expired}, Route: byTerm, By: identity.OwnerHead, Input: &renewalForm, Judge: matter.JudgeBy(gatherRenewal, renewed),
			Ready: renew, Effect: keep}
	}
	ending := func(from matter.State) matter.Step {
		return matter.Step{From: from, Do: Finish, Title: "登记终止", Says: "写明数据是否收回、服务是否关闭，记录保留。", To: Ended, By: identity.OwnerHead, Reason: true, Input: &endForm, Suggest: today, Judge: days, Danger: true, Effect: finish}
	}
	return &matter.Procedure{
		Key: Key, Title: "授权运营登记", Clauses: []string{"A22.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写授权运营登记", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发授权运营登记", Stage: "单位签发"},
			{State: Running, Title: "运营中", Mark: matter.MarkDone, Stage: "运营中"},
			{State: Expired, Title: "期限已过", Mark: matter.MarkWarn, Holder: identity.OwnerClerk, Task: "续期或者终止授权运营", Due: func(c *matter.Case) calendar.Date { return matter.FormOf[Operation](c).Until }},
			{State: Ended, Title: "已终止", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}, Effect: link},
			{From: Signing, Do: matter.SignOff, Title: "签发登记", Says: "登记已经批准的授权运营，不是批准；市大数据发展管理局可以查看。", To: Running, Or: []matter.State{Expired}, Route: byTerm, By: identity.OwnerHead, Effect: enter},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
			watching(Running), renewing(Running), ending(Running),
			{From: Running, Do: Expire, Title: "期限已过", Says: "期限届满的次日由系统标记。", To: Expired, By: identity.Itself},
			renewing(Expired), watching(Expired), ending(Expired),
		},
		Form: operationForm, Lines: operated,
		Sections: func(_ context.Context, _ db.Querier, c *matter.Case) ([]form.Section, error) {
			if c.State == matter.Draft || c.State == Signing {
				return operationForm.Sections[:2], nil
			}
			return operationForm.Sections, nil
		},
		Needs: []matter.Need{{Kind: "approval", Label: "授权批准文件、授权协议", Clause: "A22.1"}, {Kind: "watching", Label: "监督检查记录", Clause: "A22.1"}},
		About: matter.Subject{Kind: matter.AboutResource, Stages: []string{string(catalogue.Published), string(catalogue.Shelved)}}, Start: identity.OwnerClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			r, err := catalogue.OwnSubject(ctx, q, c)
			if err != nil {
				return nil, err
			}
			if !r.Authorised {
				return nil, problem.New(problem.Conflict, "“%s”的目录没有写明可用于授权运营，请先变更目录", r.Name)
			}
			c.Year = int64(c.Today.Year())
			return []matter.Line{{Of: operated, Body: &Operated{Code: r.Code, Name: r.Name, ResourceID: r.ID}}}, nil
		},
		Name: func(c *matter.Case) string {
			if o := matter.FormOf[Operation](c); hanzi.Given(o.Operator) {
				return o.Operator + " 授权运营"
			}
			return "授权运营登记"
		},
		Tick: tick,
	}
}

// byTerm sends on what is past its term already.
func byTerm(c *matter.Case) matter.State {
	if matter.FormOf[Operation](c).Until < c.Today {
		return Expired
	}
	return Running
}

// link hangs every line on the resource its code names; the rules have found them all.
func link(ctx context.Context, d *matter.Doing) error {
	found, err := named(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	for _, ln := range d.Case.LinesOf("") {
		o := matter.BodyOf[Operated](ln)
		r := found[o.Code]
		o.Name, o.ResourceID = r.name, r.id
		if err := d.KeepLine(ctx, ln); err != nil {
			return err
		}
	}
	return nil
}

func enter(ctx context.Context, d *matter.Doing) error {
	o, c := matter.FormOf[Operation](d.Case), d.Case
	return d.Tx.Later(ctx, `INSERT INTO data_operation (id, jurisdiction, unit_id, operator, uscc, from_on, until_on) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		c.ID, c.Jurisdiction, c.UnitID, o.Operator, o.USCC, string(o.From), string(o.Until))
}

func watch(ctx context.Context, d *matter.Doing) error {
	o, w := matter.FormOf[Operation](d.Case), d.Input.(*Watching)
	o.WatchedOn, o.Watched = w.On, w.Found
	return keep(ctx, d)
}

func renew(_ context.Context, d *matter.Doing) error {
	o, r := matter.FormOf[Operation](d.Case), d.Input.(*Renewal)
	o.Approval, o.Number, o.Until = r.Approval, r.Number, r.Until
	return nil
}

func finish(ctx context.Context, d *matter.Doing) error {
	matter.FormOf[Operation](d.Case).EndedOn = d.Input.(*End).On
	return keep(ctx, d)
}

// keep writes what the form says of the term and its supervision.
func keep(ctx context.Context, d *matter.Doing) error {
	o := matter.FormOf[Operation](d.Case)
	if err := d.Tx.Later(ctx, `UPDATE data_operation SET until_on = $1, watched_on = $2, ended_on = $3 WHERE id = $4`, string(o.Until), string(o.WatchedOn), string(o.EndedOn), d.Case.ID); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

// tick marks what is past its term: by stored dates, so that a late or doubled run
// comes to the same.
func tick(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error {
	past, err := db.Column[string](ctx, e.DB.Reader(ctx), `SELECT o.id FROM data_operation o JOIN matter m ON m.id = o.id WHERE o.jurisdiction = $1 AND o.ended_on = '' AND o.until_on < $2 AND m.state = 'running' ORDER BY o.id LIMIT 1000`, jurisdiction, string(today))
	if err != nil {
		return err
	}
	for _, id := range past {
		if _, err := e.Act(ctx, identity.System(jurisdiction), matter.Request{Matter: id, Action: Expire}); err != nil {
			return fmt.Errorf("operation %s: %w", id, err)
		}
	}
	return nil
}
