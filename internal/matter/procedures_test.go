package matter_test

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

const (
	signing  matter.State = "signing"
	checking matter.State = "checking"
	filed    matter.State = "filed"
	asking   matter.State = "asking"
	approved matter.State = "approved"
	scoring  matter.State = "scoring"
	scored   matter.State = "scored"

	approve  matter.Action = "approve"
	sendBack matter.Action = "send-back"
	conclude matter.Action = "conclude"
)

type letter struct{ Subject, DocNo string }

type item struct {
	Name, Remark string
	Estimate     money.Fen
}

type score struct {
	Points  int64
	Comment string
}

var letterForm = form.For[letter](form.Section{Key: "letter", Fields: []form.Field{
	form.TextField("subject", "事由", func(l *letter) *string { return &l.Subject }, form.Required),
	form.TextField("doc_no", "文号", func(l *letter) *string { return &l.DocNo }, form.Max(20)),
}})

var items = &matter.Lines{Table: "plan_item", Title: "项目", Max: 3, Form: form.For[item](form.Section{Key: "item", Fields: []form.Field{
	form.TextField("name", "项目名称", func(i *item) *string { return &i.Name }, form.Required),
	form.MoneyField("estimate", "总投资", func(i *item) *money.Fen { return &i.Estimate }),
	form.LongField("remark", "备注", func(i *item) *string { return &i.Remark }),
}})}

// limit is how much a filing may ask for without an explanation, in 万元.
var limit = measures.Param{Key: "t_limit", Title: "说明理由的限额", Unit: "万元", Kind: measures.KindInt, Default: "100"}

// sums are the facts of the test rules, in 万元.
type sums struct{ Items, Total int64 }

func gather(_ context.Context, _ db.Querier, c *matter.Case) (sums, error) {
	f := sums{Items: int64(len(c.Lines))}
	for _, ln := range c.Lines {
		f.Total += int64(matter.BodyOf[item](ln).Estimate) / 1000000
	}
	return f, nil
}

var (
	hasItems = measures.Rule[sums]{ID: "T-items", Clause: "A06.0", Version: 1, Effect: measures.Block, From: "2026-01-01",
		Judge: func(f sums, _ measures.Values) measures.Verdict {
			if f.Items == 0 {
				return measures.Failed("lines", "至少填写一个项目")
			}
			return measures.Passed("有 %d 个项目", f.Items)
		}}
	// Up to June the limit itself is within the limit, from July it is not.
	withinLimit = measures.Rule[sums]{ID: "T-limit", Clause: "A06.0", Version: 1, Effect: measures.Warn, From: "2026-01-01", To: "2026-06-30",
		Judge: func(f sums, v measures.Values) measures.Verdict {
			if f.Total > int64(limit.Int(v)) {
				return measures.Failed("", "合计 %d 万元，超过 %d 万元", f.Total, limit.Int(v))
			}
			return measures.Passed("没有超过")
		}}
	belowLimit = measures.Rule[sums]{ID: "T-limit", Clause: "A06.0", Version: 2, Effect: measures.Warn, From: "2026-07-01",
		Judge: func(f sums, v measures.Values) measures.Verdict {
			if f.Total >= int64(limit.Int(v)) {
				return measures.Failed("", "合计 %d 万元，达到 %d 万元", f.Total, limit.Int(v))
			}
			return measures.Passed("没有达到")
		}}
)

// filing is a plan with items: drafted, signed, acknowledged with a number or
// returned whole or item by item.
func filing() *matter.Procedure {
	judge := matter.JudgeBy(gather, hasItems, withinLimit, belowLimit)
	back := matter.LineMove{To: matter.LineReturned, Selected: true}
	return &matter.Procedure{
		Key: "t-filing", Title: "试验备案", Start: identity.OwnerClerk, Proxy: identity.BigDataClerk, Form: letterForm, Lines: items, Params: []measures.Param{limit},
		Needs: []matter.Need{{Kind: "basis", Label: "依据"}},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Holder: identity.OwnerClerk, Task: "填写", Edit: true},
			{State: signing, Title: "待签发", Holder: identity.OwnerHead, Task: "签发"},
			{State: checking, Title: "待备案", Holder: identity.BigDataClerk, Task: "备案"},
			{State: filed, Title: "已备案", Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交", To: signing, By: identity.OwnerClerk, Judge: judge, Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: signing, Do: matter.SignOff, Title: "签发", To: checking, By: identity.OwnerHead, Judge: judge},
			{From: signing, Do: matter.Withdraw, Title: "撤回", To: matter.Draft, By: identity.OwnerClerk, Lines: matter.LineMove{To: matter.LineDraft}},
			{From: checking, Do: matter.Acknowledge, Title: "备案", To: filed, By: identity.BigDataClerk, Lines: matter.LineMove{To: matter.LineAccepted},
				Issue: &matter.Series{Key: "t-filing", Word: "备", Title: "备案回执"}},
			{From: checking, Do: matter.Return, Title: "退回", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Lines: back},
			{From: checking, Do: matter.Withdraw, Title: "撤回报送", To: matter.Draft, By: identity.OwnerHead, Lines: matter.LineMove{To: matter.LineDraft}},
		},
		Sum: func(c *matter.Case) int64 {
			var sum int64
			for _, ln := range c.Lines {
				sum += int64(matter.BodyOf[item](ln).Estimate)
			}
			return sum
		},
	}
}

var agreeOrReturn = []matter.OpinionDef{{Key: "agree", Title: "同意"}, {Key: "return", Title: "退回", Reason: true}}

// notice is noted by the bureau; the cyberspace office is told beside it.
func notice() *matter.Procedure {
	p := cosign()
	p.Key, p.Title = "t-notice", "试验知悉"
	p.States[1].Seats.Seats = func(_ context.Context, d *matter.Doing) ([]matter.SeatSpec, error) {
		bureau, _ := d.Engine.Units.ByOffice(d.Case.Jurisdiction, identity.BigData)
		cac, _ := d.Engine.Units.ByOffice(d.Case.Jurisdiction, identity.CAC)
		return []matter.SeatSpec{{UnitID: bureau.ID, Post: identity.Head, Title: "大数据局"}, {UnitID: cac.ID, Post: identity.Head, Title: "网信办", Aside: true}}, nil
	}
	p.States[1].Seats.Advice = []matter.OpinionDef{{Key: "noted", Title: "已知悉"}, {Key: "remark", Title: "有意见", Reason: true}}
	return p
}

// cosign is an open countersignature of three offices.
func cosign() *matter.Procedure {
	return &matter.Procedure{
		Key: "t-cosign", Title: "试验会签", Start: identity.OwnerClerk, Form: letterForm,
		Needs: []matter.Need{{Kind: "basis", Label: "依据"}},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Holder: identity.OwnerClerk, Task: "填写", Edit: true},
			{State: asking, Title: "会签", Task: "会签", Seats: &matter.Seating{
				Seats: threeOffices, Opinions: agreeOrReturn, AddBy: identity.BigDataClerk,
				Resolve: func(_ *matter.Case, seats []matter.Seat) matter.Action {
					for _, s := range seats {
						if s.Opinion != "agree" {
							return sendBack
						}
					}
					return approve
				},
			}},
			{State: approved, Title: "已会签", Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "送会签", To: asking, By: identity.OwnerClerk, Submit: true},
			{From: asking, Do: matter.Withdraw, Title: "撤回", To: matter.Draft, By: identity.OwnerClerk},
			{From: asking, Do: approve, Title: "会签通过", To: approved, By: identity.Itself},
			{From: asking, Do: sendBack, Title: "退回修改", To: matter.Draft, By: identity.Itself},
		},
	}
}

func threeOffices(_ context.Context, d *matter.Doing) ([]matter.SeatSpec, error) {
	var out []matter.SeatSpec
	for _, office := range []string{identity.BigData, identity.NDRC, identity.CAC} {
		u, _ := d.Engine.Units.ByOffice(d.Case.Jurisdiction, office)
		out = append(out, matter.SeatSpec{UnitID: u.ID, Post: identity.Head, Title: u.ShortName})
	}
	return out, nil
}

// panel is a blind panel of the experts whose section is "panel", organised by
// the bureau.
func panel() *matter.Procedure {
	scores := form.For[score](form.Section{Key: "score", Fields: []form.Field{
		form.IntField("points", "得分", func(s *score) *int64 { return &s.Points }, form.Max(100), form.Required),
		form.LongField("comment", "评语", func(s *score) *string { return &s.Comment }),
	}})
	return &matter.Procedure{
		Key: "t-panel", Title: "试验评审", Start: identity.BigDataClerk, Form: letterForm, Lines: items,
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Holder: identity.OwnerClerk, Task: "组织", Edit: true},
			{State: scoring, Title: "评审", Task: "评分", Seats: &matter.Seating{
				Seats: experts, Opinions: agreeOrReturn, Form: &scores, Blind: true, AddBy: identity.BigDataClerk,
				Resolve: func(*matter.Case, []matter.Seat) matter.Action { return conclude },
			}},
			{State: scored, Title: "已评审", Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "送评审", To: scoring, By: identity.OwnerClerk, Submit: true},
			{From: scoring, Do: conclude, Title: "评审结束", To: scored, By: identity.Itself},
		},
	}
}

func experts(ctx context.Context, d *matter.Doing) ([]matter.SeatSpec, error) {
	return db.All(ctx, d.Tx, func(s db.Scanner) (matter.SeatSpec, error) {
		var p matter.SeatSpec
		err := s.Scan(&p.PersonID, &p.Title)
		return p, err
	}, `SELECT id, name FROM person WHERE jurisdiction = $1 AND section = 'panel' AND active = 1 ORDER BY id`, d.Case.Jurisdiction)
}
