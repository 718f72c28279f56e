package supplement

import (
	"context"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// What an office may say about an application.
const (
	Agree  = "agree"
	Back   = "return"
	Reject = "refuse"
)

// jointChecking seats the heads of the bureau and of the finance bureau
// (“会同”, Article 11), open to each other.
func jointChecking() *matter.Seating {
	return &matter.Seating{
		Opinions: []matter.OpinionDef{{Key: Agree, Title: "同意", Mark: matter.MarkDone}, {Key: Back, Title: "退回", Reason: true, Bare: true, Mark: matter.MarkWarn},
			{Key: Reject, Title: "不予增补", Reason: true, Bare: true, Mark: matter.MarkStop}},
		Form: &checkingForm,
		Seats: func(_ context.Context, d *matter.Doing) ([]matter.SeatSpec, error) {
			var out []matter.SeatSpec
			for _, o := range []string{identity.BigData, identity.Finance} {
				u, ok := d.Engine.Units.ByOffice(d.Case.Jurisdiction, o)
				if !ok {
					return nil, problem.New(problem.Conflict, "本辖区还没有设置“%s”，不能送审核", identity.OfficeName(o))
				}
				out = append(out, matter.SeatSpec{UnitID: u.ID, Post: identity.Head, Title: u.ShortName})
			}
			return out, nil
		},
		Resolve: resolve,
		Given:   given,
	}
}

// resolve names what follows: one refusal ends the case, otherwise one return
// sends it back.
func resolve(_ *matter.Case, seats []matter.Seat) matter.Action {
	next := agreed
	for _, s := range seats {
		switch s.Opinion {
		case Reject:
			return refuse
		case Back:
			next = sendBack
		}
	}
	return next
}

// given holds a checked amount to what was applied for: checking only cuts.
func given(_ context.Context, d *matter.Doing, s matter.Seat, _ []matter.LineOpinion) error {
	if s.Opinion != Agree {
		return nil
	}
	k, err := checked(s)
	if err != nil {
		return err
	}
	if most := matter.FormOf[Application](d.Case).Estimate; k.Amount > most {
		return problem.Field("input/amount", "审核金额 %s 万元，超过申请的估算总投资 %s 万元；审核不增加投资", k.Amount.Wan(), most.Wan())
	}
	return nil
}
