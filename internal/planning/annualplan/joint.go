package annualplan

import (
	"context"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// What an office may say about a version and about an item.
const (
	Agree  = "agree"
	Strike = "strike"
	Back   = "return"
	Assess = "assess" // 发展改革: agreed, and the item needs a decision assessment (A05.4)
)

// agrees reports whether an opinion about an item is an agreement.
func agrees(opinion string) bool { return opinion == Agree || opinion == Assess }

var overall = []matter.OpinionDef{{Key: Agree, Title: "同意", Mark: matter.MarkDone}, {Key: Back, Title: "退回", Mark: matter.MarkWarn}}

var perItem = []matter.OpinionDef{{Key: Agree, Title: "同意", Mark: matter.MarkDone}, {Key: Assess, Title: "同意，须决策评估", Reason: true, Mark: matter.MarkDone}, {Key: Strike, Title: "剔除", Reason: true, Mark: matter.MarkStop}, {Key: Back, Title: "退回", Reason: true, Mark: matter.MarkWarn}}

// jointReview seats the heads of the three offices, open to each other.
func jointReview(units *identity.Directory) *matter.Seating {
	return &matter.Seating{
		Opinions: overall, Lines: perItem,
		Seats: func(_ context.Context, d *matter.Doing) ([]matter.SeatSpec, error) {
			var out []matter.SeatSpec
			for _, o := range Offices {
				u, ok := units.ByOffice(d.Case.Jurisdiction, o)
				if !ok {
					return nil, problem.New(problem.Conflict, "本辖区还没有设置“%s”，不能送联合审查", identity.OfficeName(o))
				}
				out = append(out, matter.SeatSpec{UnitID: u.ID, Post: identity.Head, Title: u.ShortName})
			}
			return out, nil
		},
		Resolve: func(_ *matter.Case, seats []matter.Seat) matter.Action {
			for _, s := range seats {
				if s.Opinion != Agree {
					return reopen
				}
			}
			return allAgreed
		},
		Given: given(units),
	}
}

// given completes what an office said: agreeing to a version is agreeing to each
// of its items as they stand, and an item struck or returned is no agreement.
func given(units *identity.Directory) func(ctx context.Context, d *matter.Doing, s matter.Seat, lines []matter.LineOpinion) error {
	return func(ctx context.Context, d *matter.Doing, s matter.Seat, lines []matter.LineOpinion) error {
		u, _ := units.ByID(s.UnitID)
		said, against := map[string]bool{}, 0
		for _, l := range lines {
			said[l.Line] = true
			if l.Opinion == Assess && u.Office != identity.NDRC {
				return problem.Field("said/"+l.Line, "是否须决策评估审核由市发展改革委提出")
			}
			if !agrees(l.Opinion) {
				against++
			}
		}
		switch {
		case s.Opinion == Agree && against > 0:
			return problem.Field("opinion", "有 %d 项剔除或退回，整体意见请选“退回”", against)
		case s.Opinion == Back && against == 0 && s.Reason == "":
			return problem.Field("reason", "整体退回的，请写明理由，或注明剔除、退回哪些项目")
		case s.Opinion == Back && against == 0:
			return nil // the version as a whole: nothing is said about its items
		}
		standing, err := Stand(ctx, d.Tx, units, d.Case)
		if err != nil {
			return err
		}
		for _, ln := range d.Case.Lines {
			was := standing[u.Office][ln.ID]
			if !matter.BodyOf[Entry](ln).Included || said[ln.ID] || was.Agrees() {
				continue
			}
			now, reason := Agree, ""
			if was.Opinion == Assess { // the item changed, its need of an assessment did not
				now, reason = Assess, was.Reason
			}
			if err := d.Say(ctx, s, ln, now, reason); err != nil {
				return err
			}
		}
		return nil
	}
}
