package opening

import (
	"context"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// States of an opening beyond the draft.
const (
	Verifying matter.State = "verifying"
	Signing   matter.State = "signing"
	Ready     matter.State = "ready"
	Opened    matter.State = "opened"
	Closed    matter.State = "closed"
)

// Acts of an opening.
const (
	Verify  matter.Action = "verify"
	Publish matter.Action = "open-data"
	Close   matter.Action = "close"
)

// Publishing is the procedure.
func Publishing() *matter.Procedure {
	back := matter.LineMove{To: matter.LineDraft}
	today := func(c *matter.Case) map[string]string { return map[string]string{"on_date": string(c.Today)} }
	return &matter.Procedure{
		Key: Key, Title: "数据开放", Clauses: []string{"A24.3", "A24.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "登记脱敏", Edit: true, Stage: "登记脱敏"},
			{State: Verifying, Title: "待复核脱敏", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "复核脱敏", Stage: "复核脱敏", Off: plain},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发开放", Clause: "A24.1", Stage: "单位签发", Off: func(c *matter.Case) bool { return !plain(c) }},
			{State: Ready, Title: "待开放", Mark: matter.MarkDoing, Holder: identity.OwnerClerk, Task: "向社会开放", Stage: "开放"},
			{State: Opened, Title: "已开放", Mark: matter.MarkDone, Stage: "已开放", Public: true},
			{State: Closed, Title: "已停止开放", Mark: matter.MarkStop, Final: true, Public: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交复核", Says: "含敏感数据的由另一人复核脱敏；不含的由本单位负责人签发。", To: Verifying, Or: []matter.State{Signing}, By: identity.OwnerClerk, Ready: refreshed, Route: route,
				Judge: matter.JudgeBy(gather, Rules()...), Submit: true, Lines: matter.LineMove{To: matter.LineHeld}, Effect: keep},
			{From: Verifying, Do: Verify, Title: "复核通过", Says: "记录复核；开放前必须经过这一步。", To: Ready, By: identity.OwnerHead, Input: &verificationForm, Suggest: today, Judge: matter.JudgeBy(gatherVerification, verified), Effect: verify},
			{From: Verifying, Do: matter.Return, Title: "退回重新脱敏", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
			{From: Verifying, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
			{From: Signing, Do: matter.SignOff, Title: "签发", Says: "签发后由经办人向社会开放。", To: Ready, By: identity.OwnerHead},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
			{From: Ready, Do: Publish, Title: "登记开放", Says: "登记已在开放平台发布；目录从此写明已开放。", To: Opened, By: identity.OwnerClerk, Input: &publicationForm, Suggest: today, Judge: matter.JudgeBy(gatherGate, gate), Effect: publish},
			{From: Ready, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿；再次开放前须重新复核。", To: matter.Draft, By: identity.OwnerClerk, Lines: back, Effect: unverify},
			{From: Opened, Do: Close, Title: "停止开放", Says: "从开放平台撤下，记录保留。", To: Closed, By: identity.OwnerHead, Reason: true, Danger: true, Effect: shut},
			{From: Opened, Do: catalogue.Lapse, Title: "开放中止", Says: "目录变更后不再符合，系统自动中止。", To: matter.Draft, Or: []matter.State{Closed}, By: identity.Itself, Ready: refreshed, Route: lapsed, Lines: back, Effect: lapse},
		},
		Form: openingForm, Lines: masks,
		Needs: []matter.Need{{Kind: "masking", Label: "脱敏方案、抽查记录", Clause: "A24.3"}},
		About: matter.Subject{Kind: matter.AboutResource, Stages: []string{string(catalogue.Published), string(catalogue.Shelved)}}, Start: identity.OwnerClerk,
		Prepare: prepare,
		Name:    func(c *matter.Case) string { return matter.FormOf[Opening](c).Resource + " 开放" },
	}
}

// prepare lists the sensitive items, so that none is forgotten.
func prepare(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
	r, err := catalogue.OwnSubject(ctx, q, c)
	if err != nil {
		return nil, err
	}
	if r.OpenedOn != "" {
		return nil, problem.New(problem.Conflict, "“%s”自 %s 起已经开放；要变更的，请先停止开放", r.Name, r.OpenedOn)
	}
	if says := openable(r.OpenType, r.Level, r.State); says != "" {
		return nil, problem.New(problem.Conflict, "%s", says)
	}
	o := matter.FormOf[Opening](c)
	o.Resource, o.Code, c.Year = r.Name, r.Code, int64(c.Today.Year())
	items, err := catalogue.ItemsOf(ctx, q, r.ID)
	if err != nil {
		return nil, err
	}
	describe(o, r, items)
	var known []matter.Line
	for _, name := range sensitive(items) {
		known = append(known, matter.Line{Of: masks, Body: &Mask{Item: name}})
	}
	return known, nil
}

// sensitive are the items marked so.
func sensitive(items []catalogue.Named) []string {
	var out []string
	for _, i := range items {
		if i.Sensitive {
			out = append(out, i.Name)
		}
	}
	return out
}

// describe says on the form what the catalogue says of opening and of sensitive data.
func describe(o *Opening, r catalogue.Resource, items []catalogue.Named) {
	o.OpenType, o.Condition = r.OpenType, r.OpenCondition
	names := sensitive(items)
	if len(names) > 0 {
		o.Sensitive = "敏感信息项：" + strings.Join(names, "、")
	} else {
		o.Sensitive = ""
	}
	if r.Personal {
		o.Sensitive = strings.TrimPrefix(o.Sensitive+"；含敏感个人信息或商业秘密", "；")
	}
}

// plain reports whether the resource holds nothing sensitive.
func plain(c *matter.Case) bool { return matter.FormOf[Opening](c).Sensitive == "" }

func route(c *matter.Case) matter.State {
	if plain(c) {
		return Signing
	}
	return Verifying
}

// lapsed says where an opening goes that the catalogue does not bear any more: to be
// de-identified anew, or to its end when the resource is not to be opened at all.
func lapsed(c *matter.Case) matter.State {
	if matter.FormOf[Opening](c).OpenType == catalogue.None {
		return Closed
	}
	return matter.Draft
}

// refreshed takes from the catalogue as it stands what is to be de-identified.
func refreshed(ctx context.Context, d *matter.Doing) error {
	r, err := catalogue.Subject(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	items, err := catalogue.ItemsOf(ctx, d.Tx, r.ID)
	describe(matter.FormOf[Opening](d.Case), r, items)
	if openable(r.OpenType, r.Level, r.State) != "" {
		matter.FormOf[Opening](d.Case).OpenType = catalogue.None
	}
	return err
}

func keep(ctx context.Context, d *matter.Doing) error { return d.KeepForm(ctx) }

func verify(ctx context.Context, d *matter.Doing) error {
	o, v := matter.FormOf[Opening](d.Case), d.Input.(*Verification)
	o.Verifier, o.VerifiedOn, o.Verified = v.Verifier, v.On, v.Note
	return d.KeepForm(ctx)
}

func unverify(ctx context.Context, d *matter.Doing) error {
	o := matter.FormOf[Opening](d.Case)
	o.Verifier, o.VerifiedOn, o.Verified = "", "", ""
	return d.KeepForm(ctx)
}

// publish is the one place where a resource comes to be open.
func publish(ctx context.Context, d *matter.Doing) error {
	o, p := matter.FormOf[Opening](d.Case), d.Input.(*Publication)
	o.Platform, o.Address, o.OpenedOn, o.ClosedOn = p.Platform, p.Address, p.On, ""
	res, err := d.Tx.Exec(ctx, `UPDATE resource SET opened_on = $1, opening_id = $2 WHERE id = $3 AND opening_id = ''`, string(p.On), d.Case.ID, d.Case.SubjectID)
	if err := db.OneRow(res, err, problem.New(problem.Conflict, "这条资源已经由另一份案卷开放")); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

func shut(ctx context.Context, d *matter.Doing) error { return end(ctx, d, d.Case.Today) }

func lapse(ctx context.Context, d *matter.Doing) error {
	o := matter.FormOf[Opening](d.Case)
	o.Verifier, o.VerifiedOn, o.Verified = "", "", ""
	return end(ctx, d, d.Case.Today)
}

func end(ctx context.Context, d *matter.Doing, on calendar.Date) error {
	matter.FormOf[Opening](d.Case).ClosedOn = on
	if err := d.Tx.Later(ctx, `UPDATE resource SET opened_on = '', opening_id = '' WHERE id = $1 AND opening_id = $2`, d.Case.SubjectID, d.Case.ID); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}
