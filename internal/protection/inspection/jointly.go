package inspection

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

const from calendar.Date = "2025-12-01"

// Jointly is the state in which the three offices sign.
const Jointly matter.State = "jointly"

// What an office may say.
const (
	Agree = "agree"
	Back  = "return"
)

const (
	agreed   matter.Action = "agreed"
	sendBack matter.Action = "send-back"
)

// offices are those that Article 27 names.
var offices = []string{identity.CAC, identity.Police, identity.Secrecy}

// jointly seats the heads of the three offices; one that returns it decides.
func jointly() *matter.Seating {
	return &matter.Seating{
		Opinions: []matter.OpinionDef{{Key: Agree, Title: "同意", Mark: matter.MarkDone}, {Key: Back, Title: "退回修改", Reason: true, Mark: matter.MarkWarn}},
		Seats: func(_ context.Context, d *matter.Doing) ([]matter.SeatSpec, error) {
			var out []matter.SeatSpec
			for _, o := range offices {
				u, ok := d.Engine.Units.ByOffice(d.Case.Jurisdiction, o)
				if !ok {
					return nil, problem.New(problem.Conflict, "本辖区还没有设置“%s”，不能会同办理", identity.OfficeName(o))
				}
				out = append(out, matter.SeatSpec{UnitID: u.ID, Post: identity.Head, Title: u.ShortName})
			}
			return out, nil
		},
		Resolve: func(_ *matter.Case, seats []matter.Seat) matter.Action {
			for _, s := range seats {
				if s.Opinion == Back {
					return sendBack
				}
			}
			return agreed
		},
	}
}

// joint is the flow from draft to the signature of the bureau's head.
func joint(judge *matter.Judge) []matter.Step {
	return []matter.Step{
		{From: matter.Draft, Do: matter.Submit, Title: "送会签", Says: "送市委网信办、市公安局、市委机要保密局会签，会签后送负责人签发。", To: Jointly, By: identity.OwnerClerk, Judge: judge, Submit: true},
		{From: Jointly, Do: agreed, Title: "会签完成", To: "signing", By: identity.Itself},
		{From: Jointly, Do: sendBack, Title: "会签退回", To: matter.Draft, By: identity.Itself},
		{From: Jointly, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿修改，修改后重新会签。", To: matter.Draft, By: identity.OwnerClerk},
		{From: "signing", Do: matter.Return, Title: "退回经办人", Says: "退回修改，修改后重新会签。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
	}
}

func jointStates(what string) []matter.StateDef {
	return []matter.StateDef{
		{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "拟写" + what, Edit: true, Stage: "拟写"},
		{State: Jointly, Title: "部门会签", Mark: matter.MarkDoing, Task: "会签" + what, Seats: jointly(), Stage: "会签"},
		{State: "signing", Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发" + what, Stage: "签发"},
	}
}
