package systemregister

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "system-register"

// States of a registration beyond the draft.
const (
	Signing  matter.State = "signing"
	Checking matter.State = "checking"
	Entered  matter.State = "entered"
)

// Confirm is the act of the bureau that enters the systems into the register.
const Confirm matter.Action = "confirm"

// Registering is the procedure.
func Registering() *matter.Procedure {
	returned := matter.LineMove{To: matter.LineReturned, Selected: true}
	reopened := matter.LineMove{To: matter.LineDraft}
	return &matter.Procedure{
		Key: Key, Title: "系统登记", Clauses: []string{"A06.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写并登记", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发", Stage: "单位签发"},
			{State: Checking, Title: "待确认", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "确认登记", Stage: "市大数据局确认"},
			{State: Entered, Title: "已登记", Mark: matter.MarkDone, Final: true, Stage: "已登记"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk,
				Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: Signing, Do: matter.SignOff, Title: "签发登记", Says: "签发后报市大数据发展管理局确认。", To: Checking, By: identity.OwnerHead},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回后经办人修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: returned},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: reopened},
			{From: Checking, Do: Confirm, Title: "确认登记", Says: "确认后系统进入系统台账；同名系统更新为这次登记的内容。", To: Entered, By: identity.BigDataClerk,
				Lines: matter.LineMove{To: matter.LineAccepted}, Effect: enter},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "勾选系统的只退回这些系统，不勾选的退回整份。已填内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true,
				Lines: returned, Danger: true},
			{From: Checking, Do: matter.Withdraw, Title: "撤回登记", Says: "确认前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead, Lines: reopened},
		},
		Form: registerForm, Lines: systems,
		Start: identity.OwnerClerk, Proxy: identity.BigDataClerk, About: matter.Subject{Kind: matter.AboutSystem, Stages: registry.InUse, Optional: true}, Prepare: prepare,
		Name: func(c *matter.Case) string { return c.Unit.ShortName + "系统登记" },
	}
}

// registered is a system as the register has it.
func registered(y registry.Described) System {
	return System{Name: y.Name, Normal: hanzi.NormalName(y.Name), Functions: y.Functions, State: y.State, ReplacedBy: y.ReplacedBy, RetiredOn: y.RetiredOn, Sheet: y.Sheet}
}

// prepare begins a registration that is opened from the page of a system with
// what the register says of it.
func prepare(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
	if c.SubjectID == "" {
		return nil, nil
	}
	y, err := registry.OwnSystem(ctx, q, c)
	if err != nil {
		return nil, err
	}
	now := registered(y)
	return []matter.Line{{Of: systems, Body: &now}}, nil
}

// enter puts every system of the case into the register.
func enter(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	live, left, err := standing(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	for _, ln := range c.Lines {
		y := matter.BodyOf[System](ln)
		if y.State == registry.Retired && (live[y.Normal] || left[y.Normal] >= inForce) {
			return problem.New(problem.Conflict, "“%s”的停用由“系统停用”办理，登记不改，请退回补正", y.Name)
		}
		if err := registry.AddSystem(ctx, d.Tx, registry.System{Jurisdiction: c.Jurisdiction, UnitID: c.UnitID, Name: y.Name, Functions: y.Functions, State: y.State,
			ReplacedBy: y.ReplacedBy, RetiredOn: y.RetiredOn, MatterID: c.ID}, c.Now.UnixMilli()); err != nil {
			return err
		}
		if err := registry.SetSheet(ctx, d.Tx, c.UnitID, y.Name, y.Sheet); err != nil {
			return err
		}
	}
	return nil
}

// standing says which systems of the unit the register has in use, and since when it
// has the others retired.
func standing(ctx context.Context, q db.Querier, c *matter.Case) (live map[string]bool, left map[string]calendar.Date, err error) {
	all, err := registry.EverySystem(ctx, q, c.Jurisdiction, c.UnitID)
	live, left = map[string]bool{}, map[string]calendar.Date{}
	for _, y := range all {
		n := hanzi.NormalName(y.Name)
		if live[n] = y.State != registry.Retired; !live[n] {
			left[n] = y.RetiredOn
		}
	}
	return live, left, err
}
