package review

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

// Convening is what the bureau decides when it calls a panel.
type Convening struct {
	Mode, Field, Agency string
	Size                int64
	Due                 calendar.Date
}

// Modes of a review, Article 8.
const (
	ByExperts = "experts"
	ByAgency  = "agency"
)

// ConveningForm declares it.
var ConveningForm = form.For[Convening](form.Section{Key: "panel", Title: "组织评审", Clauses: []string{"A08.1"}, Fields: []form.Field{
	form.ChoiceField("mode", "评审方式", []form.Option{{ID: ByExperts, Label: "组织专家"}, {ID: ByAgency, Label: "委托第三方机构"}}, func(c *Convening) *string { return &c.Mode }, form.Required),
	form.IntField("size", "专家人数", func(c *Convening) *int64 { return &c.Size }, form.Max(15), form.Required, form.Help("单数，不少于 3 人")),
	form.ChoiceField("field", "专业领域", Specialities, func(c *Convening) *string { return &c.Field }, form.Help("不选则从全库抽取")),
	form.TextField("agency", "第三方机构名称", func(c *Convening) *string { return &c.Agency }, form.Max(100), form.Help("委托第三方时填写，从该机构在库人员中抽取")),
	form.DateField("due", "评审截止", func(c *Convening) *calendar.Date { return &c.Due }, form.Required),
}})

// Results of a review.
const (
	Pass   = "pass"
	Revise = "revise"
	Reject = "reject"
)

// Results are the words for them.
var Results = []form.Option{{ID: Pass, Label: "通过"}, {ID: Revise, Label: "修改后通过"}, {ID: Reject, Label: "不通过"}}

// Conclusion is the group opinion with the result the bureau proposes.
type Conclusion struct {
	Result, Leader, Opinion, Points string
	Reviewed                        money.Fen
}

// ConclusionForm declares it.
var ConclusionForm = form.For[Conclusion](form.Section{Key: "conclusion", Title: "评审意见", Clauses: []string{"A08.1", "A08.2"}, Fields: []form.Field{
	form.ChoiceField("result", "评审结论", Results, func(c *Conclusion) *string { return &c.Result }, form.Required),
	form.MoneyField("reviewed", "审定金额", func(c *Conclusion) *money.Fen { return &c.Reviewed }),
	form.TextField("leader", "专家组组长", func(c *Conclusion) *string { return &c.Leader }, form.Max(30), form.Required),
	form.LongField("opinion", "专家组意见", func(c *Conclusion) *string { return &c.Opinion }, form.Max(3000), form.Required),
	form.LongField("points", "须逐条答复的意见", func(c *Conclusion) *string { return &c.Points }, form.Max(3000), form.Help("修改后通过的填写，每行一条")),
}})

// Opinions an expert may give. Who declares a conflict gives no marks and is
// replaced by the next of the draw.
var Opinions = []matter.OpinionDef{
	{Key: Pass, Title: "通过", Mark: matter.MarkDone},
	{Key: Revise, Title: "修改后通过", Mark: matter.MarkWarn},
	{Key: Reject, Title: "不通过", Reason: true, Mark: matter.MarkStop},
	{Key: recuse, Title: "回避", Reason: true, Bare: true, Mark: matter.MarkWait},
}

const recuse = "recuse"

// Advice is what an office may say that is asked within a review (A05.6).
var Advice = []matter.OpinionDef{{Key: "none", Title: "无意见", Mark: matter.MarkDone}, {Key: "remarks", Title: "有意见", Reason: true, Mark: matter.MarkWarn}}

// Subject says how a review reads the case it is part of.
type Subject struct {
	Scheme    func(c *matter.Case) Scheme // what the conflict rules compare an expert with
	Sheet     func(c *matter.Case) int64  // version of the scoring sheet it keeps
	Cuts      string                      // table of the lines experts may propose to cut
	Concluded func(c *matter.Case) bool   // a conclusion has been signed
	Next      matter.Action               // follows when all have spoken
}

// Panel seats the experts.
func Panel(s Subject) *matter.Seating {
	sheetOf := func(ctx context.Context, q db.Querier, c *matter.Case) (Sheet, error) {
		return SheetAt(ctx, q, c.Jurisdiction, c.Today, s.Sheet(c))
	}
	instead := func(ctx context.Context, d *matter.Doing, t matter.Seat) error {
		return replace(ctx, d, t, s.Scheme(d.Case))
	}
	return &matter.Seating{
		Blind: true, Known: s.Concluded, Opinions: Opinions, Advice: Advice, Cuts: s.Cuts, AddBy: identity.BigDataClerk,
		Form: &anyScore,
		Sheet: func(ctx context.Context, q db.Querier, c *matter.Case) (form.Spec, error) {
			sheet, err := sheetOf(ctx, q, c)
			return sheet.Form(), err
		},
		Resolve: func(*matter.Case, []matter.Seat) matter.Action { return s.Next },
		Seats: func(ctx context.Context, d *matter.Doing) ([]matter.SeatSpec, error) {
			call := d.Input.(*Convening)
			if call.Due < d.Case.Today {
				return nil, problem.Field("input/due", "评审截止 %s 已经过了", call.Due)
			}
			drawing, err := drawFor(ctx, d, call, s.Scheme(d.Case))
			if err != nil {
				return nil, err
			}
			var out []matter.SeatSpec
			for _, c := range drawing.Panel() {
				out = append(out, seatOf(c, call.Due))
			}
			return out, nil
		},
		Given: func(ctx context.Context, d *matter.Doing, t matter.Seat, lines []matter.LineOpinion) error {
			if t.Aside {
				return nil
			}
			if t.Opinion == recuse {
				return instead(ctx, d, t)
			}
			if err := cutsWithin(d.Case, lines); err != nil {
				return err
			}
			sheet, err := sheetOf(ctx, d.Tx, d.Case)
			if err != nil {
				return err
			}
			return sheet.check(t)
		},
		Left: instead,
	}
}

func seatOf(c Candidate, due calendar.Date) matter.SeatSpec {
	return matter.SeatSpec{PersonID: c.ID, Title: "专家 " + c.Name, Due: due}
}

func drawFor(ctx context.Context, d *matter.Doing, call *Convening, s Scheme) (Drawing, error) {
	pool, err := Pool(ctx, d.Tx, d.Case.Jurisdiction, call.Field)
	if err != nil {
		return Drawing{}, err
	}
	agency := ""
	if call.Mode == ByAgency {
		agency = call.Agency
	}
	drawing := Draw(rand.Text(), int(call.Size), candidates(pool, s, agency))
	drawing.Field, drawing.Agency = call.Field, agency
	if n := len(drawing.Panel()); n < int(call.Size) {
		return drawing, problem.Field("input/size", "符合条件的专家只有 %d 人，不够抽取 %d 人；请减少人数、放宽领域或补充专家库", n, call.Size)
	}
	raw, err := json.Marshal(drawing)
	if err != nil {
		return drawing, err
	}
	d.Note(DrawPart, raw)
	return drawing, nil
}

// DrawPart is the name under which a draw stands in the record of its act.
const DrawPart = "draw"

// SubstitutePart is the name under which the record of an opinion names the
// substitute of whoever declared a conflict.
const SubstitutePart = "substitute"

// Substitution is one expert who declared a conflict or left and who came
// instead, "" when the draw had nobody left.
type Substitution struct {
	Out    string   `json:"out"`
	Left   bool     `json:"left,omitempty"` // no conflict: they are gone
	In     string   `json:"in"`
	Passed []Passed `json:"passed,omitempty"` // whose turn it was before
}

// Passed is a candidate who could have come instead when the draw was made, and
// may not any more.
type Passed struct {
	ID  string `json:"id"`
	Why string `json:"why"`
}

// replace seats the next of the draw for an expert who declared a conflict or has
// left; who has left the pool since, or has a conflict by what the pool now knows,
// is passed over. A conflict is always taken down: with nobody left the panel goes
// on without the seat, and rule A08.1-quorum judges whether those who remain suffice.
func replace(ctx context.Context, d *matter.Doing, s matter.Seat, scheme Scheme) error {
	raw, err := matter.LastNote(ctx, d.Tx, d.Case, DrawPart)
	if err != nil {
		return err
	}
	var drawing Drawing
	if err := json.Unmarshal(raw, &drawing); err != nil {
		return err
	}
	seats, err := matter.SeatsNow(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	had := map[string]bool{}
	for _, t := range seats {
		had[t.PersonID] = had[t.PersonID] || t.Round == s.Round
	}
	pool, err := Pool(ctx, d.Tx, d.Case.Jurisdiction, "")
	if err != nil {
		return err
	}
	out := map[string]string{} // of those still in the pool: why they may not judge
	for _, c := range candidates(pool, scheme, "") {
		out[c.ID] = c.Out
	}
	sub := Substitution{Out: s.PersonID, Left: s.Opinion != recuse}
	next, ok := drawing.Next(had)
	for ; ok; next, ok = drawing.Next(had) {
		why, there := out[next.ID]
		if !there {
			why = "已出库"
		}
		if why == "" {
			break
		}
		sub.Passed = append(sub.Passed, Passed{next.ID, why})
		had[next.ID] = true
	}
	sub.In = next.ID
	if raw, err = json.Marshal(sub); err != nil {
		return err
	}
	d.Note(SubstitutePart, raw)
	if err := d.VoidSeat(ctx, s.ID); err != nil || !ok {
		return err
	}
	return d.SeatFor(ctx, s, seatOf(next, s.Due))
}

// cutsWithin refuses a cut larger than the line it is proposed for.
func cutsWithin(c *matter.Case, says []matter.LineOpinion) error {
	bad := map[string]string{}
	for _, o := range says {
		for _, ln := range c.Lines {
			if f, ok := ln.Of.Form.Field("amount"); ok && ln.ID == o.Line && int64(o.Amount) > f.Raw(ln.Body).(int64) {
				bad["said/"+ln.ID] = fmt.Sprintf("第 %d 项核减 %s 万元，超过送审金额 %s 万元", ln.Seq, o.Amount.Wan(), f.Show(ln.Body))
			}
		}
	}
	return problem.Fields(bad)
}

// check refuses marks that the opinion contradicts.
func (sh Sheet) check(s matter.Seat) error {
	v, err := anyScore.Decode([]byte(s.Body))
	if err != nil {
		return err
	}
	score := v.(*Score)
	switch total := score.Total(); {
	case total == 0:
		return problem.Field("input/"+sh.Form().Fields()[0].Key, "请按评分表打分")
	case s.Opinion == Pass && len(sh.Vetoed(score)) > 0:
		return problem.Field("opinion", "否决项“%s”没有给分，不能选“通过”", sh.Vetoed(score)[0])
	case s.Opinion == Pass && total < 60:
		return problem.Field("opinion", "总分 %d 分，低于 60 分，不能选“通过”", total)
	}
	return nil
}

// LastRound are the experts' seats of the newest round that have spoken.
func LastRound(seats []matter.Seat) []matter.Seat {
	round := int64(0)
	for _, t := range seats {
		if !t.Aside {
			round = max(round, t.Round)
		}
	}
	var out []matter.Seat
	for _, t := range seats {
		if !t.Aside && t.Round == round && t.Status == "given" {
			out = append(out, t)
		}
	}
	return out
}

// Totals are the marks of the newest round.
func Totals(seats []matter.Seat) ([]int64, error) {
	var out []int64
	for _, s := range LastRound(seats) {
		v, err := anyScore.Decode([]byte(s.Body))
		if err != nil {
			return nil, err
		}
		out = append(out, v.(*Score).Total())
	}
	return out, nil
}
