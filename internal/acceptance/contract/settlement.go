package contract

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// SettlementKey names the record of how contracts ended.
const SettlementKey = "contract-settlement"

// Ended is where a settlement stands once its head has signed.
const Ended matter.State = "recorded"

// Paper is the kind of document that carries the settlement or the agreement to terminate.
const Paper = "settlement"

// How a contract ends.
const (
	Settled    = "settled"
	Terminated = "terminated"
)

// Endings are the words for it.
var Endings = []form.Option{{ID: Settled, Label: "履行完毕结算"}, {ID: Terminated, Label: "提前终止"}}

// Settlement is how a contract ended. Contract is a receipt number.
type Settlement struct {
	Name, Code, Unit       string // of the project
	Contract, Kind, Reason string
	On                     calendar.Date
	Amount                 money.Fen
}

var settlementForm = form.For[Settlement](
	form.Section{Key: "project", Title: "一、项目和合同", Clauses: []string{"A19.1"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(s *Settlement) *string { return &s.Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(s *Settlement) *string { return &s.Code }, form.ReadOnly),
		form.TextField("unit", "建设单位", func(s *Settlement) *string { return &s.Unit }, form.ReadOnly),
		form.TextField("contract", "合同", func(s *Settlement) *string { return &s.Contract }, form.Max(60), form.Required, form.Help("合同的备案号；补充合同另行登记")),
	}},
	form.Section{Key: "settlement", Title: "二、结算或终止", Clauses: []string{"A19.1"}, Fields: []form.Field{
		form.ChoiceField("kind", "结束方式", Endings, func(s *Settlement) *string { return &s.Kind }, form.Required),
		form.DateField("ended_on", "结算（终止）日期", func(s *Settlement) *calendar.Date { return &s.On }, form.Required),
		form.MoneyField("amount", "结算金额", func(s *Settlement) *money.Fen { return &s.Amount }, form.Help("终止且不付款的不填")),
		form.LongField("reason", "情况说明", func(s *Settlement) *string { return &s.Reason }, form.Max(1000), form.Help("提前终止的写明原因和善后")),
	}},
)

// SettlementFacts are what the rules of a settlement judge.
type SettlementFacts struct {
	On      calendar.Date `json:"on"`
	EndedOn calendar.Date `json:"ended_on"`
	Kind    string        `json:"kind"`
	Reason  bool          `json:"reason"`
	Paper   bool          `json:"paper"`
	Known   bool          `json:"known"`
	Already bool          `json:"already,omitempty"`
	Amount  money.Fen     `json:"amount"`
	Worth   money.Fen     `json:"worth"` // of the contract as signed
	Paid    money.Fen     `json:"paid"`
}

func gatherSettlement(ctx context.Context, q db.Querier, c *matter.Case) (SettlementFacts, error) {
	x := matter.FormOf[Settlement](c)
	f := SettlementFacts{On: c.Today, EndedOn: x.On, Kind: x.Kind, Reason: hanzi.Given(x.Reason), Paper: c.Has(Paper), Amount: x.Amount}
	k, err := ofContract(ctx, q, c.SubjectID, x.Contract)
	if k != nil {
		f.Known, f.Already, f.Worth, f.Paid = true, k.ClosedAs != "", k.Amount, k.Paid
	}
	return f, err
}

// SettlementRules are asked when a settlement is handed in.
func SettlementRules() []measures.Rule[SettlementFacts] {
	return []measures.Rule[SettlementFacts]{closing, aboveContract, paidMore}
}

type settlementExample = measures.Example[SettlementFacts]

// oneSettlement settles a contract of 176 万元 at 170 with 150 paid.
func oneSettlement(change func(*SettlementFacts)) SettlementFacts {
	f := SettlementFacts{On: "2026-12-28", EndedOn: "2026-12-24", Kind: Settled, Paper: true, Known: true, Amount: 170_000_000, Worth: 176_000_000, Paid: 150_000_000}
	change(&f)
	return f
}

var closing = measures.Rule[SettlementFacts]{
	ID: "A19.1-closing", Clause: "A19.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "登记的是已经结算或终止的备案合同，附结算书或终止协议；提前终止的写明原因，一份合同只结束一次", Title: "合同已结算或终止，有凭据",
	Judge: func(f SettlementFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		for _, p := range []struct {
			ok          bool
			anchor, say string
		}{
			{f.Known, "form/contract", "这个项目没有这个备案号的合同"},
			{!f.Already, "form/contract", "这份合同已经登记结算或终止"},
			{f.EndedOn <= f.On, "form/ended_on", fmt.Sprintf("日期 %s 还没有到", f.EndedOn)},
			{f.Kind != Terminated || f.Reason, "form/reason", "提前终止的，请写明原因和善后"},
			{f.Kind != Settled || f.Amount > 0, "form/amount", "请填写结算金额"},
			{f.Paper, "file/" + Paper, "请上传结算书或终止协议"},
		} {
			if !p.ok {
				ps = append(ps, measures.Problem{Anchor: p.anchor, Message: p.say})
			}
		}
		return measures.FailedWith(ps...)
	},
	Examples: []settlementExample{{Name: "履行完毕结算", Kind: measures.ExamplePass, Want: measures.Pass, Why: "有结算书", Facts: oneSettlement(func(*SettlementFacts) {})},
		{Name: "提前终止写明原因", Kind: measures.ExamplePass, Want: measures.Pass, Why: "没有付款", Facts: oneSettlement(func(f *SettlementFacts) { f.Kind, f.Reason, f.Amount, f.Paid = Terminated, true, 0, 0 })},
		{Name: "提前终止没有原因", Kind: measures.ExampleFail, Want: measures.Fail, Why: "不知为何终止", Facts: oneSettlement(func(f *SettlementFacts) { f.Kind = Terminated })},
		{Name: "没有结算书", Kind: measures.ExampleFail, Want: measures.Fail, Why: "没有凭据", Facts: oneSettlement(func(f *SettlementFacts) { f.Paper = false })},
		{Name: "登记过一次", Kind: measures.ExampleFail, Want: measures.Fail, Why: "只结束一次", Facts: oneSettlement(func(f *SettlementFacts) { f.Already = true })},
		{Name: "今天结算", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "已经结算", Facts: oneSettlement(func(f *SettlementFacts) { f.EndedOn = "2026-12-28" })},
		{Name: "明天结算", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "还没有结算", Facts: oneSettlement(func(f *SettlementFacts) { f.EndedOn = "2026-12-29" })}},
}

var aboveContract = measures.Rule[SettlementFacts]{
	ID: "A19.1-settled", Clause: "A19.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "结算超合同"}, Boundary: true,
	Source: "结算金额不超过合同金额，增加的内容另签补充合同；超过的如实登记、说明并标记", Title: "结算不超过合同金额",
	Judge: func(f SettlementFacts, _ measures.Values) measures.Verdict {
		switch {
		case !f.Known:
			return measures.NotApplicable("没有备案的合同可比")
		case f.Amount > f.Worth:
			return measures.Failed("form/amount", "结算 %s 万元，超过合同 %s 万元，超出 %s 万元", f.Amount.WanExact(), f.Worth.WanExact(), (f.Amount - f.Worth).WanExact())
		}
		return measures.Passed("结算 %s 万元，合同 %s 万元", f.Amount.Wan(), f.Worth.Wan())
	},
	Examples: []settlementExample{{Name: "低于合同", Kind: measures.ExamplePass, Want: measures.Pass, Why: "170 ≤ 176", Facts: oneSettlement(func(*SettlementFacts) {})},
		{Name: "超过合同", Kind: measures.ExampleFail, Want: measures.Fail, Why: "195 > 176", Facts: oneSettlement(func(f *SettlementFacts) { f.Amount = 195_000_000 })},
		{Name: "等于合同", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "176 = 176", Facts: oneSettlement(func(f *SettlementFacts) { f.Amount = 176_000_000 })},
		{Name: "多一分", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "超过 176 万元", Facts: oneSettlement(func(f *SettlementFacts) { f.Amount = 176_000_001 })}},
}

var paidMore = measures.Rule[SettlementFacts]{
	ID: "A19.1-overpaid", Clause: "A19.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "已付超结算"}, Boundary: true,
	Source: "已支付的不超过结算金额；多付的写明如何收回", Title: "已支付不超过结算金额",
	Judge: func(f SettlementFacts, _ measures.Values) measures.Verdict {
		if f.Paid > f.Amount {
			return measures.Failed("form/amount", "已支付 %s 万元，超过结算 %s 万元，请写明如何收回", f.Paid.WanExact(), f.Amount.WanExact())
		}
		return measures.Passed("已支付 %s 万元", f.Paid.Wan())
	},
	Examples: []settlementExample{{Name: "还有余款", Kind: measures.ExamplePass, Want: measures.Pass, Why: "150 ≤ 170", Facts: oneSettlement(func(*SettlementFacts) {})},
		{Name: "付多了", Kind: measures.ExampleFail, Want: measures.Fail, Why: "150 > 140", Facts: oneSettlement(func(f *SettlementFacts) { f.Amount = 140_000_000 })},
		{Name: "正好付清", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "170 = 170", Facts: oneSettlement(func(f *SettlementFacts) { f.Paid = 170_000_000 })},
		{Name: "多付一分", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "超过 170 万元", Facts: oneSettlement(func(f *SettlementFacts) { f.Paid = 170_000_001 })}},
}

// Settling is the procedure: what the head has signed stands as a fact.
func Settling(units *identity.Directory) *matter.Procedure {
	return &matter.Procedure{
		Key: SettlementKey, Title: "合同结算登记", Clauses: []string{"A19.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写结算登记", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发", Stage: "单位签发"},
			{State: Ended, Title: "已登记", Mark: matter.MarkDone, Final: true, Stage: "已登记"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: matter.JudgeBy(gatherSettlement, SettlementRules()...), Submit: true},
			{From: Signing, Do: matter.SignOff, Title: "签发登记", Says: "签发后合同结束，与合同金额的差额记入资金链。", To: Ended, By: identity.OwnerHead, Effect: settle},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回后经办人修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk},
		},
		Form: settlementForm, Needs: []matter.Need{{Kind: Paper, Label: "结算书或终止协议", Clause: "A19.1"}}, Sections: matter.Choosing(settlementForm, settleOffers),
		About: matter.Subject{Kind: matter.AboutProject}, Start: identity.OwnerClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			p, err := registry.OwnSubject(ctx, q, c, nil)
			if err != nil {
				return nil, err
			}
			x := matter.FormOf[Settlement](c)
			x.Name, x.Code, x.Unit, c.Year = p.Name, p.Code, units.Name(p.UnitID), p.Year
			running, err := open(ctx, q, p.ID)
			switch {
			case err != nil:
				return nil, err
			case len(running) == 0:
				return nil, problem.New(problem.Conflict, "项目“%s”没有备案的、尚未结束的合同，先办合同备案", p.Name)
			case len(running) == 1:
				x.Contract = running[0].Receipt
			}
			return nil, nil
		},
		Name: func(c *matter.Case) string { return matter.FormOf[Settlement](c).Name + " 合同结算登记" },
		Sum:  func(c *matter.Case) int64 { return int64(matter.FormOf[Settlement](c).Amount) },
	}
}

func settleOffers(ctx context.Context, q db.Querier, c *matter.Case) (map[string][]form.Option, error) {
	running, err := open(ctx, q, c.SubjectID)
	out := map[string][]form.Option{}
	for _, k := range running {
		out["contract"] = append(out["contract"], form.Option{ID: k.Receipt, Label: k.Label()})
	}
	return out, err
}

func settle(ctx context.Context, d *matter.Doing) error {
	c, x := d.Case, matter.FormOf[Settlement](d.Case)
	f, err := gatherSettlement(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	k, err := ofContract(ctx, d.Tx, c.SubjectID, x.Contract)
	if err != nil {
		return err
	}
	gone := problem.New(problem.Conflict, "这份合同刚登记过结算或终止，请退回经办人核对")
	if k == nil || k.ClosedAs != "" {
		return gone
	}
	res, err := d.Tx.Exec(ctx, `UPDATE contract SET closed_as = $1, closed_on = $2, settled = $3, closed_marks = $4 WHERE id = $5 AND closed_as = ''`,
		x.Kind, string(x.On), int64(x.Amount), strings.Join(d.Mark(c.SubjectID, measures.Checks(SettlementRules()...), f), " "), k.ID)
	if err := db.OneRow(res, err, gone); err != nil {
		return err
	}
	if x.Amount == k.Amount {
		return nil
	}
	return registry.Book(ctx, d, registry.Booking{Project: k.ProjectID, Period: k.Period, Kind: registry.Contracted, Amount: x.Amount - k.Amount, Year: int64(x.On.Year()), Title: c.Title})
}
