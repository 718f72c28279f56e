package scope

import (
	"context"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "scope"

// States of a declaration beyond the draft.
const (
	Hearing  matter.State = "hearing"
	Signing  matter.State = "signing"
	Declared matter.State = "declared"
	Revoked  matter.State = "revoked"
	Dropped  matter.State = "dropped"
)

// Acts beyond the common ones.
const (
	answered matter.Action = "answered"
	Proceed  matter.Action = "proceed"
	Drop     matter.Action = "drop"
	Revoke   matter.Action = "revoke"
)

// What the unit may say.
const (
	Accept = "accept"
	Object = "object"
)

// Declaring is the procedure.
func Declaring(units *identity.Directory) *matter.Procedure {
	judge := matter.JudgeBy(gather, Rules()...)
	return &matter.Procedure{
		Key: Key, Title: "适用范围认定", Clauses: []string{"A03.2", "A03.1", "A05.2"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "拟写范围认定", Edit: true, Stage: "拟写"},
			{State: Hearing, Title: "听取单位意见", Mark: matter.MarkDoing, Task: "答复范围认定", Seats: hearing(), Stage: "听取意见", Due: matter.Within(AnswerDays)},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发范围认定", Stage: "签发"},
			{State: Declared, Title: "已认定范围外", Mark: matter.MarkWarn, Stage: "已认定"},
			{State: Revoked, Title: "已撤销认定", Mark: matter.MarkDone, Final: true},
			{State: Dropped, Title: "不予认定", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "告知单位", Says: "单位负责人可在期限内答复，之后送负责人签发。", To: Hearing, By: identity.OwnerClerk, Judge: judge, Submit: true},
			{From: Hearing, Do: answered, Title: "单位已答复", To: Signing, By: identity.Itself},
			{From: Hearing, Do: Proceed, Title: "到期送签", Says: "单位到期没有答复的，如实记录后送负责人签发。", To: Signing, By: identity.OwnerClerk, Judge: matter.JudgeBy(hearingFacts, heard)},
			{From: Hearing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿修改，修改后重新告知单位。", To: matter.Draft, By: identity.OwnerClerk},
			{From: Signing, Do: matter.SignOff, Title: "签发认定", Says: "签发后项目不能进入储备库和年度计划，直到撤销认定。", To: Declared, By: identity.OwnerHead, Judge: judge, Effect: declare},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回修改，修改后重新告知单位。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Signing, Do: Drop, Title: "不予认定", Says: "项目仍按政务信息系统办理，案卷办结。", To: Dropped, By: identity.OwnerHead, Reason: true, Danger: true},
			{From: Declared, Do: Revoke, Title: "撤销认定", Says: "撤销后项目可以申报储备、列入计划。", To: Revoked, By: identity.OwnerHead, Reason: true, Danger: true, Effect: revoked},
		},
		Form: declarationForm, Params: []measures.Param{AnswerDays}, About: matter.Subject{Kind: matter.AboutProject}, Start: identity.BigDataClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			return nil, prepare(ctx, q, units, c)
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Declaration](c).Name + " 范围认定" },
	}
}

// hearing seats the head of the unit whose project it is.
func hearing() *matter.Seating {
	return &matter.Seating{
		Opinions: []matter.OpinionDef{{Key: Accept, Title: "没有异议", Mark: matter.MarkDone}, {Key: Object, Title: "有异议", Reason: true, Mark: matter.MarkWarn}},
		Seats: func(_ context.Context, d *matter.Doing) ([]matter.SeatSpec, error) {
			x := matter.FormOf[Declaration](d.Case)
			return []matter.SeatSpec{{UnitID: x.UnitID, Post: identity.Head, Title: x.Unit, Due: d.Case.Due}}, nil
		},
		Resolve: func(*matter.Case, []matter.Seat) matter.Action { return answered },
	}
}

// prepare takes over what the register says of the project.
func prepare(ctx context.Context, q db.Querier, units *identity.Directory, c *matter.Case) error {
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return err
	}
	if p.Stage == registry.Terminated {
		return problem.New(problem.Conflict, "项目“%s”已经终止，不必认定", p.Name)
	}
	standing, err := registry.Excluded(ctx, q, p.ID)
	if err != nil {
		return err
	}
	if x, is := standing[p.ID]; is {
		return problem.New(problem.Conflict, "项目“%s”已认定不属于政务信息系统（%s），撤销后才能另行认定", p.Name, x.Clause)
	}
	d := matter.FormOf[Declaration](c)
	d.Name, d.Code, d.UnitID, d.Unit, d.Class = p.Name, p.Code, p.UnitID, units.Name(p.UnitID), form.Label(registry.SystemClasses, p.Class)
	c.Year = p.Year
	return nil
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	d := matter.FormOf[Declaration](c)
	f := Facts{Clause: strings.TrimSpace(d.Clause), Reason: hanzi.Runes(d.Reason), Filler: hanzi.Filler(d.Reason)}
	if hanzi.Filler(d.Clause) != "" {
		f.Clause = ""
	}
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return f, err
	}
	f.Stage = p.Stage
	standing, err := registry.Excluded(ctx, q, p.ID)
	if err != nil {
		return f, err
	}
	f.Already = standing[p.ID].Clause
	f.Twin, err = db.Value[string](ctx, q, `SELECT m.title FROM matter m WHERE m.subject_id = $1 AND m.procedure = $2 AND m.id <> $3 AND m.state IN ('hearing','signing') ORDER BY m.id LIMIT 1`,
		c.SubjectID, Key, c.ID)
	if db.None(err) {
		err = nil
	}
	return f, err
}

func hearingFacts(_ context.Context, _ db.Querier, c *matter.Case) (HearingFacts, error) {
	return HearingFacts{On: c.Today, Due: c.Due}, nil
}

func declare(ctx context.Context, d *matter.Doing) error {
	x := matter.FormOf[Declaration](d.Case)
	return registry.Exclude(ctx, d.Tx, d.Case.Jurisdiction, registry.Exclusion{ProjectID: d.Case.SubjectID, MatterID: d.Case.ID, Clause: x.cited(), Reason: x.Reason, On: d.Case.Today})
}

func revoked(ctx context.Context, d *matter.Doing) error {
	return registry.Include(ctx, d.Tx, d.Case.SubjectID)
}
