package existing

import (
	"context"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record; it is also the origin of the
// projects that come into the register by it.
const Key = "existing"

// States of a registration beyond the draft.
const (
	Signing    matter.State = "signing"
	Consent    matter.State = "consent"
	Checking   matter.State = "checking"
	Registered matter.State = "registered"
)

// Confirm is the act of the bureau that enters the project into the register.
const Confirm matter.Action = "confirm"

// Registering is the procedure.
func Registering() *matter.Procedure {
	return &matter.Procedure{
		Key: Key, Title: "存量登记", Clauses: []string{"A37.2"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写并登记", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发", Stage: "单位签发"},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意登记", Stage: "主管部门"},
			{State: Checking, Title: "待确认", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "确认登记", Stage: "市大数据局确认"},
			{State: Registered, Title: "已登记", Mark: matter.MarkDone, Final: true, Stage: "已登记"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gather, Rules()...), Submit: true},
			{From: Signing, Do: matter.SignOff, Title: "签发登记", Says: "签发后报市大数据发展管理局确认；二级单位先经主管部门同意。", To: Checking, Or: []matter.State{Consent},
				By: identity.OwnerHead, Route: viaParent},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回后经办人修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk},
			{From: Consent, Do: matter.Consent, Title: "同意登记", Says: "同意后报市大数据发展管理局确认。", To: Checking, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true},
			{From: Checking, Do: Confirm, Title: "确认登记", Says: "确认后项目进入项目总库，标为存量；以后的办理适用《办法》。", To: Registered, By: identity.BigDataClerk, Effect: enter},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "退回单位补正，已填内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Danger: true},
			{From: Checking, Do: matter.Withdraw, Title: "撤回登记", Says: "确认前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead},
		},
		Form: existingForm, Params: Params,
		Needs: []matter.Need{{Kind: "approval", Label: "原批准文件", Clause: "A37.2"}},
		Start: identity.OwnerClerk,
		Name: func(c *matter.Case) string {
			if name := matter.FormOf[Existing](c).Name; name != "" {
				return "存量登记：" + name
			}
			return c.Unit.ShortName + "存量登记"
		},
		Sum: func(c *matter.Case) int64 { return int64(matter.FormOf[Existing](c).Approved) },
	}
}

func viaParent(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return Checking
}

// enter puts the project and the system it has built into the register.
func enter(ctx context.Context, d *matter.Doing) error {
	x := matter.FormOf[Existing](d.Case)
	// A37.2-once was asked when the case was handed in; another case may have
	// entered the project since.
	known, there, err := registry.Named(ctx, d.Tx, d.Case.UnitID, x.Name)
	if err != nil {
		return err
	}
	if there {
		return problem.New(problem.Conflict, "该单位同名项目已在项目总库（%s），不能再登记，请退回补正", known.Code)
	}
	stage := registry.Stage(x.Stage)
	arranged := min(x.Paid, x.Approved) // what has been paid had been arranged; a plan gives only the rest
	p, err := registry.Enter(ctx, d, registry.Project{Name: x.Name, Year: int64(x.ApprovedOn.Year()), BuildKind: x.BuildKind, Class: x.Class, Stage: stage, Origin: Key,
		Goal: x.Content, Estimate: x.Approved, Planned: arranged})
	if err != nil {
		return err
	}
	book := func(kind registry.MoneyKind, amount money.Fen, basis string) registry.Booking {
		return registry.Booking{Project: p.ID, Period: registry.Period(p.BuildKind, p.Year), Kind: kind, Amount: amount, Year: p.Year, Title: d.Case.Title, Basis: basis}
	}
	if err := registry.Book(ctx, d, book(registry.Ceiling, x.Approved, registry.OnExisting), book(registry.Budget, arranged, ""), book(registry.Paid, x.Paid, "")); err != nil {
		return err
	}
	if !given(x.System) || !hasSystem(stage) {
		return nil
	}
	return registry.Operates(ctx, d, p, x.System, x.Content)
}
