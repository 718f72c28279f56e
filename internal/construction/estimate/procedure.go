package estimate

import (
	"context"
	"strconv"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "estimate"

// States of a record beyond the draft.
const (
	Signing  matter.State = "signing"
	Consent  matter.State = "consent"
	Checking matter.State = "checking"
	Recorded matter.State = "recorded"
)

// Recording is the procedure.
func Recording() *matter.Procedure {
	judge := matter.JudgeBy(gather, Rules()...)
	back := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: Key, Title: "概算批复登记", Clauses: []string{"A16.1", "A17.0"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写概算批复登记", Edit: true, Stage: "填写"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发概算批复登记", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意概算批复登记", Stage: "主管部门"},
			{State: Checking, Title: "待确认", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "确认概算批复登记", Stage: "市大数据局确认"},
			{State: Recorded, Title: "已登记", Mark: matter.MarkDone, Final: true, Stage: "已登记"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: judge, Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: Signing, Do: matter.SignOff, Title: "签发登记", Says: "签发后报市大数据发展管理局确认；二级单位先经主管部门同意。", To: Checking, Or: []matter.State{Consent}, Route: viaParent, By: identity.OwnerHead},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
			{From: Consent, Do: matter.Consent, Title: "同意登记", Says: "同意后报市大数据发展管理局确认。", To: Checking, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true, Lines: back},
			{From: Checking, Do: matter.Acknowledge, Title: "确认登记", Says: "确认的是批复属实、登记齐全；之后项目的概算以这份批复为准。", To: Recorded, By: identity.BigDataClerk,
				Judge: matter.JudgeBy(gather, later), Effect: enter, Lines: matter.LineMove{To: matter.LineAccepted}},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "登记与批复不符或者材料不齐的退回，内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Danger: true, Lines: back},
			{From: Checking, Do: matter.Withdraw, Title: "撤回登记", Says: "确认前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead, Lines: back},
		},
		Form: approvalForm, Lines: lines,
		Needs: []matter.Need{{Kind: "approval", Label: "概算批复", Clause: "A16.1"}},
		About: matter.Subject{Kind: matter.AboutProject, Stages: registry.Under}, Start: identity.OwnerClerk, Prepare: prepare, Replaces: true,
		Name: func(c *matter.Case) string { return matter.FormOf[Approval](c).Name + " 概算批复" },
		Sum:  func(c *matter.Case) int64 { return int64(matter.FormOf[Approval](c).Amount) },
	}
}

func viaParent(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return Checking
}

// prepare takes over what the register says, and the lines that are likely to
// have been approved: those of the approval in force, or of the scheme.
func prepare(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
	p, err := registry.OwnSubject(ctx, q, c, registry.Under)
	if err != nil {
		return nil, err
	}
	period, err := PeriodOf(ctx, q, p, c)
	if err != nil {
		return nil, err
	}
	chain, err := registry.ChainOf(ctx, q, p.ID, period)
	if err != nil {
		return nil, err
	}
	a := matter.FormOf[Approval](c)
	a.Name, a.Code, a.Ceiling, a.StandsOn, a.Budgets = p.Name, p.Code, chain.Ceiling, form.Label(registry.Bases, chain.Basis), chain.Budget
	items, err := Lines(ctx, q, p.ID, period)
	if err != nil {
		return nil, err
	}
	var out []matter.Line
	for _, l := range items {
		out = append(out, matter.Line{Of: lines, Body: &reserve.Cost{Name: l.Name, Category: l.Category, Unit: l.Unit, Quantity: l.Quantity, Price: l.Price, Amount: l.Amount, Spec: l.Spec}})
	}
	return out, nil
}

// PeriodOf is the service period of the money a case about a project concerns,
// and gives the case its year: for recurring operation the year asked for, or the
// newest one that has money.
func PeriodOf(ctx context.Context, q db.Querier, p registry.Project, c *matter.Case) (string, error) {
	if p.BuildKind != registry.Operate {
		c.Year = p.Year
		return "", nil
	}
	if c.Year == 0 {
		c.Year = p.Year
		chains, err := registry.Chains(ctx, q, p.ID)
		if err != nil {
			return "", err
		}
		if len(chains) > 0 {
			c.Year, _ = strconv.ParseInt(chains[0].Period, 10, 64) // a period of operation is a year
		}
	}
	return registry.Period(p.BuildKind, c.Year), nil
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	a := matter.FormOf[Approval](c)
	f := Facts{On: c.Today, Issuer: hanzi.Given(a.Issuer), Number: hanzi.Given(a.Number), Date: a.Date, Scan: c.Has("approval"), Amount: a.Amount, Lines: len(c.Lines), Secret: measures.SecretField(approvalForm, a)}
	for _, ln := range c.Lines {
		b := matter.BodyOf[reserve.Cost](ln)
		f.Sum += b.Amount
		if s := measures.SecretField(lines.Form, b); s != "" && f.Secret == "" {
			f.Secret = s
		}
	}
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return f, err
	}
	f.Stage, f.Reviewed = p.Stage, p.Reviewed
	period := registry.Period(p.BuildKind, c.Year)
	chain, err := registry.ChainOf(ctx, q, p.ID, period)
	if err != nil {
		return f, err
	}
	f.Ceiling, f.Budgets = chain.Ceiling, chain.Budget
	s, is, err := StandingOf(ctx, q, p.ID, period)
	if is {
		f.Standing, f.StandingOn = s.Number, s.ApprovedOn
	}
	return f, err
}

// enter puts the approval in force: the ceiling is moved to its amount.
func enter(ctx context.Context, d *matter.Doing) error {
	c, a := d.Case, matter.FormOf[Approval](d.Case)
	p, err := registry.Subject(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	period := registry.Period(p.BuildKind, c.Year)
	chain, err := registry.ChainOf(ctx, d.Tx, p.ID, period)
	if err != nil {
		return err
	}
	if err := d.Tx.Later(ctx, `INSERT INTO estimate_approval (matter_id, jurisdiction, project_id, period, issuer, number, approved_on, amount, replaced, budgets, recorded_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`, c.ID, c.Jurisdiction, p.ID, period, a.Issuer, a.Number, string(a.Date), int64(a.Amount), int64(chain.Ceiling), int64(chain.Budget), c.Now.UnixMilli()); err != nil {
		return err
	}
	if err := d.MarkBy(ctx, matter.JudgeBy(gather, above, control)); err != nil {
		return err
	}
	return registry.Book(ctx, d, registry.Booking{Project: p.ID, Period: period, Kind: registry.Ceiling, Amount: a.Amount - chain.Ceiling, Year: c.Year, Title: c.Title, Basis: registry.OnApproval})
}
