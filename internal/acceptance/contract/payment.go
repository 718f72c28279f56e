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
	"zhengcheng/internal/registry"
)

// PaymentKey names the record of payments in URLs and the record.
const PaymentKey = "payment"

// PaidOut is where a payment stands once its head has signed.
const PaidOut matter.State = "recorded"

// Payment is a payment as the unit records it. Contract is a receipt number.
type Payment struct {
	Name, Code, Unit        string // of the project
	Contract, Node, Voucher string
	Amount                  money.Fen
	On                      calendar.Date
	Note                    string
	Refund                  bool
}

// flow is the money that moved to the supplier: what came back is below zero.
func (p *Payment) flow() money.Fen {
	if p.Refund {
		return -p.Amount
	}
	return p.Amount
}

var paymentForm = form.For[Payment](
	form.Section{Key: "project", Title: "一、项目和合同", Clauses: []string{"A19.1"}, Fields: []form.Field{
		form.TextField("name", "项目名称", func(p *Payment) *string { return &p.Name }, form.ReadOnly),
		form.TextField("code", "项目编号", func(p *Payment) *string { return &p.Code }, form.ReadOnly),
		form.TextField("unit", "付款单位", func(p *Payment) *string { return &p.Unit }, form.ReadOnly),
		form.TextField("contract", "对应的合同", func(p *Payment) *string { return &p.Contract }, form.Max(60), form.Help("合同的备案号；没有备案合同的提交时说明理由")),
		form.TextField("node", "付款节点", func(p *Payment) *string { return &p.Node }, form.Max(60), form.Help("合同付款计划中的节点")),
	}},
	form.Section{Key: "payment", Title: "二、支付", Clauses: []string{"A19.1"}, Fields: []form.Field{
		form.DateField("paid_on", "支付日期", func(p *Payment) *calendar.Date { return &p.On }, form.Required),
		form.MoneyField("amount", "支付金额", func(p *Payment) *money.Fen { return &p.Amount }, form.Required),
		form.CheckField("refund", "这是收回的款项（退款）", func(p *Payment) *bool { return &p.Refund }),
		form.TextField("voucher", "支付凭证号", func(p *Payment) *string { return &p.Voucher }, form.Max(60), form.Required),
		form.LongField("note", "说明", func(p *Payment) *string { return &p.Note }, form.Max(500)),
	}},
)

// PaymentFacts are what the rules of a payment judge.
type PaymentFacts struct {
	On      calendar.Date `json:"on"`
	PaidOn  calendar.Date `json:"paid_on"`
	Voucher bool          `json:"voucher"`
	Amount  money.Fen     `json:"amount"`
	Unknown bool          `json:"unknown,omitempty"` // the contract it names is not on file
	Named   bool          `json:"named"`
	Worth   money.Fen     `json:"worth"` // of the contract
	Before  money.Fen     `json:"before"`
	Nodes   []NodeFacts   `json:"nodes,omitempty"` // of the contract while it runs
	By      money.Fen     `json:"by,omitempty"`    // paid on the contract up to the day, this one aside
	Budget  money.Fen     `json:"budget"`          // of the chain
	Spent   money.Fen     `json:"spent"`           // on the chain before this one
}

// NodeFacts are the facts of one node of the payment schedule.
type NodeFacts struct {
	Due    calendar.Date `json:"due,omitempty"`
	Amount money.Fen     `json:"amount"`
	Named  bool          `json:"named,omitempty"` // by this payment or one before
}

func ofContract(ctx context.Context, q db.Querier, projectID, receipt string) (*Record, error) {
	if receipt == "" {
		return nil, nil
	}
	k, err := db.One(ctx, q, scan, `SELECT `+columns+` FROM contract k JOIN matter m ON m.id = k.id WHERE k.project_id = $1 AND m.number = $2`, projectID, receipt)
	if db.None(err) {
		return nil, nil
	}
	return &k, err
}

func readPayment(ctx context.Context, q db.Querier, c *matter.Case) (PaymentFacts, *Record, error) {
	x := matter.FormOf[Payment](c)
	f := PaymentFacts{On: c.Today, PaidOn: x.On, Voucher: hanzi.Given(x.Voucher), Amount: x.flow(), Named: x.Contract != ""}
	k, err := ofContract(ctx, q, c.SubjectID, x.Contract)
	if err != nil {
		return f, nil, err
	}
	f.Unknown = f.Named && k == nil
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return f, nil, err
	}
	period := registry.Period(p.BuildKind, int64(x.On.Year()))
	if k != nil {
		f.Worth, f.Before, period = k.Worth(), k.Paid, k.Period
	}
	chain, err := registry.ChainOf(ctx, q, p.ID, period)
	f.Budget, f.Spent = chain.Budget, chain.Paid
	if err != nil || k == nil || k.ClosedAs != "" {
		return f, k, err
	}
	return f, k, f.readSchedule(ctx, q, k, x)
}

// readSchedule reads the nodes of a running contract, and what was paid on it by the
// day of the payment.
func (f *PaymentFacts) readSchedule(ctx context.Context, q db.Querier, k *Record, x *Payment) error {
	all, err := Schedule(ctx, q, k.ProjectID)
	if err != nil {
		return err
	}
	payments, err := Payments(ctx, q, k.ProjectID)
	if err != nil {
		return err
	}
	named := map[string]bool{hanzi.NormalName(x.Node): true}
	for _, p := range payments {
		if p.ContractID == k.ID && p.On <= x.On {
			f.By += p.Amount
			named[hanzi.NormalName(p.Node)] = true
		}
	}
	for _, n := range all {
		if n.ContractID == k.ID {
			f.Nodes = append(f.Nodes, NodeFacts{n.Due, n.Amount, named[hanzi.NormalName(n.Node.Node)]})
		}
	}
	return nil
}

func gatherPayment(ctx context.Context, q db.Querier, c *matter.Case) (PaymentFacts, error) {
	f, _, err := readPayment(ctx, q, c)
	return f, err
}

// PaymentRules are asked when a payment is handed in.
func PaymentRules() []measures.Rule[PaymentFacts] {
	return []measures.Rule[PaymentFacts]{payable, unfiled, overpaid, early, aboveBudgets, refunded}
}

type paymentExample = measures.Example[PaymentFacts]

// onePayment is a payment of 50 万元 on a contract of 176 with 100 paid before.
func onePayment(change func(*PaymentFacts)) PaymentFacts {
	f := PaymentFacts{On: "2026-09-10", PaidOn: "2026-09-08", Voucher: true, Amount: 50_000_000, Named: true, Worth: 176_000_000, Before: 100_000_000, Budget: 300_000_000, Spent: 120_000_000}
	change(&f)
	return f
}

var usual = onePayment(func(*PaymentFacts) {})

var payable = measures.Rule[PaymentFacts]{
	ID: "A19.1-payment", Clause: "A19.1", Version: 1, Basis: measures.Practice, Effect: measures.Block, From: from, Boundary: true,
	Source: "登记的是已经支付的款项，有凭证号；写明的合同应是这个项目已经备案的", Title: "款项已支付，有凭证",
	Judge: func(f PaymentFacts, _ measures.Values) measures.Verdict {
		var ps []measures.Problem
		if f.PaidOn > f.On {
			ps = append(ps, measures.Problem{Anchor: "form/paid_on", Message: fmt.Sprintf("支付日期 %s 还没有到", f.PaidOn)})
		}
		if !f.Voucher {
			ps = append(ps, measures.Problem{Anchor: "form/voucher", Message: "请填写支付凭证号"})
		}
		if f.Unknown {
			ps = append(ps, measures.Problem{Anchor: "form/contract", Message: "这个项目没有这个备案号的合同；合同没有备案的留空"})
		}
		return measures.FailedWith(ps...)
	},
	Examples: []paymentExample{{Name: "前天支付", Kind: measures.ExamplePass, Want: measures.Pass, Why: "已经支付", Facts: usual},
		{Name: "凭证号写“无”", Kind: measures.ExampleFail, Want: measures.Fail, Why: "无从查证", Facts: onePayment(func(f *PaymentFacts) { f.Voucher = false })},
		{Name: "合同备案号写错", Kind: measures.ExampleFail, Want: measures.Fail, Why: "找不到", Facts: onePayment(func(f *PaymentFacts) { f.Unknown = true })},
		{Name: "今天支付", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "已经支付", Facts: onePayment(func(f *PaymentFacts) { f.PaidOn = "2026-09-10" })},
		{Name: "明天支付", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "还没有支付", Facts: onePayment(func(f *PaymentFacts) { f.PaidOn = "2026-09-11" })}},
}

var unfiled = measures.Rule[PaymentFacts]{
	ID: "A19.1-unfiled", Clause: "A19.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "没有备案合同", Rectify: "A32.1"},
	Source: "合同签订后先备案，支付对照备案的合同登记；没有备案合同的支付如实登记、说明并标记", Title: "对应已备案的合同",
	Judge: func(f PaymentFacts, _ measures.Values) measures.Verdict {
		if !f.Named {
			return measures.Failed("form/contract", "没有写明对应的合同，请说明理由")
		}
		return measures.Passed("对应备案的合同")
	},
	Examples: []paymentExample{{Name: "写明合同", Kind: measures.ExamplePass, Want: measures.Pass, Why: "已经备案", Facts: usual},
		{Name: "没有合同", Kind: measures.ExampleFail, Want: measures.Fail, Why: "不知按什么支付", Facts: onePayment(func(f *PaymentFacts) { f.Named, f.Worth, f.Before = false, 0, 0 })}},
}

var overpaid = measures.Rule[PaymentFacts]{
	ID: "A19.1-paid", Clause: "A19.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "支付超合同"}, Boundary: true,
	Source: "合同的支付合计不超过合同金额（已结算的，不超过结算金额）；超过的如实登记、说明并标记", Title: "支付合计不超过合同金额",
	Judge: func(f PaymentFacts, _ measures.Values) measures.Verdict {
		if !f.Named || f.Unknown {
			return measures.NotApplicable("没有备案的合同可比")
		}
		if sum := f.Before + f.Amount; sum > f.Worth {
			return measures.Failed("form/amount", "支付合计 %s 万元（此前 %s 万元），超过合同 %s 万元，超出 %s 万元", sum.WanExact(), f.Before.WanExact(), f.Worth.WanExact(), (sum - f.Worth).WanExact())
		}
		return measures.Passed("支付合计 %s 万元，合同 %s 万元", (f.Before + f.Amount).Wan(), f.Worth.Wan())
	},
	Examples: []paymentExample{{Name: "没有付完", Kind: measures.ExamplePass, Want: measures.Pass, Why: "100 + 50 = 150 ≤ 176", Facts: usual},
		{Name: "付超", Kind: measures.ExampleFail, Want: measures.Fail, Why: "100 + 80 = 180 > 176", Facts: onePayment(func(f *PaymentFacts) { f.Amount = 80_000_000 })},
		{Name: "没有合同", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "由 A19.1-unfiled 指出", Facts: onePayment(func(f *PaymentFacts) { f.Named = false })},
		{Name: "正好付清", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "100 + 76 = 176", Facts: onePayment(func(f *PaymentFacts) { f.Amount = 76_000_000 })},
		{Name: "多付一分", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "超过 176 万元", Facts: onePayment(func(f *PaymentFacts) { f.Amount = 76_000_001 })}},
}

var early = measures.Rule[PaymentFacts]{
	ID: "A19.1-early", Clause: "A19.1", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "早于付款节点"}, Boundary: true,
	Source: "合同的付款节点是约定的支付安排：支付合计不超过支付日期以前到期的节点合计，没有约定日期的节点以支付登记写明为到期；提前支付的如实登记、说明并标记", Title: "按付款节点支付",
	Judge: func(f PaymentFacts, _ measures.Values) measures.Verdict {
		if len(f.Nodes) == 0 || f.Amount < 0 {
			return measures.NotApplicable("没有付款节点可比，或者是收回的款项")
		}
		var due money.Fen
		for _, n := range f.Nodes {
			if n.Due != "" && n.Due <= f.PaidOn || n.Due == "" && n.Named {
				due += n.Amount
			}
		}
		// what exceeds the contract itself is said by A19.1-paid
		if sum := min(f.By+f.Amount, f.Worth); sum > due {
			return measures.Failed("form/amount", "截至 %s 按付款节点到期应付 %s 万元，支付合计 %s 万元，提前 %s 万元", f.PaidOn, due.WanExact(), sum.WanExact(), (sum - due).WanExact())
		}
		return measures.Passed("到期应付 %s 万元", due.Wan())
	},
	Examples: []paymentExample{{Name: "两个节点都已到期", Kind: measures.ExamplePass, Want: measures.Pass, Why: "100 + 50 = 150 ≤ 100 + 76", Facts: onePayment(func(f *PaymentFacts) { f.scheduled("2026-09-01") })},
		{Name: "第二个节点明年到期", Kind: measures.ExampleFail, Want: measures.Fail, Why: "150 > 100，提前 50 万元", Facts: onePayment(func(f *PaymentFacts) { f.scheduled("2027-03-01") })},
		{Name: "节点没有日期，登记写明是它", Kind: measures.ExamplePass, Want: measures.Pass, Why: "写明即到期", Facts: onePayment(func(f *PaymentFacts) { f.scheduled(""); f.Nodes[1].Named = true })},
		{Name: "节点没有日期，登记没有写", Kind: measures.ExampleFail, Want: measures.Fail, Why: "150 > 100", Facts: onePayment(func(f *PaymentFacts) { f.scheduled("") })},
		{Name: "没有付款节点", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "没有可比的", Facts: usual},
		{Name: "收回", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "不是支付", Facts: onePayment(func(f *PaymentFacts) { f.scheduled("2027-03-01"); f.Amount = -1 })},
		{Name: "当天到期", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "9 月 8 日支付，9 月 8 日到期", Facts: onePayment(func(f *PaymentFacts) { f.scheduled("2026-09-08") })},
		{Name: "早一天", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "9 月 9 日才到期", Facts: onePayment(func(f *PaymentFacts) { f.scheduled("2026-09-09") })},
		{Name: "正好付清到期的", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "60 + 40 = 100", Facts: onePayment(func(f *PaymentFacts) { f.scheduled("2027-03-01"); f.By, f.Amount = 60_000_000, 40_000_000 })},
		{Name: "多一分", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "比到期的 100 万元多一分", Facts: onePayment(func(f *PaymentFacts) { f.scheduled("2027-03-01"); f.By, f.Amount = 60_000_000, 40_000_001 })}},
}

// scheduled gives the contract of the examples nodes of 100 万元, due and paid, and
// of 76 due on a day.
func (f *PaymentFacts) scheduled(due calendar.Date) {
	f.By, f.Nodes = f.Before, []NodeFacts{{"2026-08-01", 100_000_000, true}, {due, 76_000_000, false}}
}

var aboveBudgets = measures.Rule[PaymentFacts]{
	ID: "A17.0-paid", Clause: "A17.0", Version: 1, Basis: measures.Reading, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "支付合计超预算", Rectify: "A32.1"}, Boundary: true,
	Source: "“预算控制决算”，支付合计也不超过各年度预算合计（运维项目按服务期计）；超过的如实登记、说明并标记", Title: "支付合计不超过预算合计",
	Judge: func(f PaymentFacts, _ measures.Values) measures.Verdict {
		if sum := f.Spent + f.Amount; sum > f.Budget {
			return measures.Failed("form/amount", "支付合计 %s 万元（含本次 %s 万元），超过预算合计 %s 万元，超出 %s 万元", sum.WanExact(), f.Amount.WanExact(), f.Budget.WanExact(), (sum - f.Budget).WanExact())
		}
		return measures.Passed("支付合计 %s 万元，预算合计 %s 万元", (f.Spent + f.Amount).Wan(), f.Budget.Wan())
	},
	Examples: []paymentExample{{Name: "在预算以内", Kind: measures.ExamplePass, Want: measures.Pass, Why: "120 + 50 = 170 ≤ 300", Facts: usual},
		{Name: "没有预算", Kind: measures.ExampleFail, Want: measures.Fail, Why: "170 > 0", Facts: onePayment(func(f *PaymentFacts) { f.Budget = 0 })},
		{Name: "正好用完", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "120 + 50 = 170", Facts: onePayment(func(f *PaymentFacts) { f.Budget = 170_000_000 })},
		{Name: "多一分", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "超过预算一分", Facts: onePayment(func(f *PaymentFacts) { f.Budget = 169_999_999 })}},
}

var refunded = measures.Rule[PaymentFacts]{
	ID: "A19.1-refund", Clause: "A19.1", Version: 1, Basis: measures.Practice, Effect: measures.Warn, From: from, Mark: measures.Mark{Word: "收回超支付"}, Boundary: true,
	Source: "收回的款项从支付合计中减去；收回超过已登记支付的，说明哪一笔支付没有登记", Title: "收回的不超过已登记的支付",
	Judge: func(f PaymentFacts, _ measures.Values) measures.Verdict {
		switch {
		case f.Amount >= 0:
			return measures.NotApplicable("不是收回的款项")
		case f.Spent+f.Amount < 0:
			return measures.Failed("form/amount", "收回 %s 万元，已登记的支付只有 %s 万元", (-f.Amount).WanExact(), f.Spent.WanExact())
		}
		return measures.Passed("收回后支付合计 %s 万元", (f.Spent + f.Amount).Wan())
	},
	Examples: []paymentExample{{Name: "支付", Kind: measures.ExamplePass, Want: measures.NotApplies, Why: "没有收回", Facts: usual},
		{Name: "收回多付的", Kind: measures.ExamplePass, Want: measures.Pass, Why: "120 - 50 = 70", Facts: onePayment(func(f *PaymentFacts) { f.Amount = -50_000_000 })},
		{Name: "收回多于支付", Kind: measures.ExampleFail, Want: measures.Fail, Why: "130 > 120", Facts: onePayment(func(f *PaymentFacts) { f.Amount = -130_000_000 })},
		{Name: "全部收回", Kind: measures.ExampleBoundary, Want: measures.Pass, Why: "120 - 120 = 0", Facts: onePayment(func(f *PaymentFacts) { f.Amount = -120_000_000 })},
		{Name: "多收回一分", Kind: measures.ExampleBoundary, Want: measures.Fail, Why: "已登记的不够收回", Facts: onePayment(func(f *PaymentFacts) { f.Amount = -120_000_001 })}},
}

// Paying is the procedure: what the head has signed stands as a fact.
func Paying(units *identity.Directory) *matter.Procedure {
	return &matter.Procedure{
		Key: PaymentKey, Title: "支付登记", Clauses: []string{"A19.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写支付登记", Edit: true, Stage: "填报"},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发", Stage: "单位签发"},
			{State: PaidOut, Title: "已登记", Mark: matter.MarkDone, Final: true, Stage: "已登记"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk, Judge: matter.JudgeBy(gatherPayment, PaymentRules()...), Submit: true},
			{From: Signing, Do: matter.SignOff, Title: "签发登记", Says: "签发后记入资金链，市大数据发展管理局和市财政局可以查看。", To: PaidOut, By: identity.OwnerHead, Effect: pay},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回后经办人修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk},
		},
		Form: paymentForm, Needs: []matter.Need{{Kind: "voucher", Label: "支付凭证", Clause: "A19.1"}}, Sections: matter.Choosing(paymentForm, payOffers),
		About: matter.Subject{Kind: matter.AboutProject}, Start: identity.OwnerClerk,
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			p, err := registry.OwnSubject(ctx, q, c, nil)
			if err != nil {
				return nil, err
			}
			x := matter.FormOf[Payment](c)
			x.Name, x.Code, x.Unit, c.Year = p.Name, p.Code, units.Name(p.UnitID), p.Year
			running, err := open(ctx, q, p.ID)
			if len(running) == 1 {
				x.Contract = running[0].Receipt
			}
			return nil, err
		},
		Name: func(c *matter.Case) string {
			x := matter.FormOf[Payment](c)
			return strings.TrimSpace(x.Name+" "+x.Node) + " 支付登记"
		},
		Sum: func(c *matter.Case) int64 { return int64(matter.FormOf[Payment](c).Amount) },
	}
}

// open are the contracts of a project that have not ended.
func open(ctx context.Context, q db.Querier, projectID string) ([]Record, error) {
	all, err := Of(ctx, q, projectID)
	var out []Record
	for _, k := range all {
		if k.ClosedAs == "" {
			out = append(out, k)
		}
	}
	return out, err
}

func payOffers(ctx context.Context, q db.Querier, c *matter.Case) (map[string][]form.Option, error) {
	all, err := Of(ctx, q, c.SubjectID)
	if err != nil {
		return nil, err
	}
	out := map[string][]form.Option{}
	for _, k := range all {
		out["contract"] = append(out["contract"], form.Option{ID: k.Receipt, Label: k.Label()})
	}
	return out, nil
}

func pay(ctx context.Context, d *matter.Doing) error {
	c, x := d.Case, matter.FormOf[Payment](d.Case)
	p, err := registry.Subject(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	k, err := ofContract(ctx, d.Tx, p.ID, x.Contract)
	if err != nil {
		return err
	}
	year := int64(x.On.Year())
	period, id := registry.Period(p.BuildKind, year), ""
	if k != nil {
		period, id = k.Period, k.ID
	}
	// booked first: whoever books on the chain at the same time waits
	if err := registry.Book(ctx, d, registry.Booking{Project: p.ID, Period: period, Kind: registry.Paid, Amount: x.flow(), Year: year, Title: c.Title}); err != nil {
		return err
	}
	f, err := gatherPayment(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	f.Spent -= x.flow()
	return d.Tx.Later(ctx, `INSERT INTO payment (id, jurisdiction, project_id, contract_id, period, node, paid_on, amount, voucher, marks, recorded_on) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
		c.ID, c.Jurisdiction, p.ID, id, period, x.Node, string(x.On), int64(x.flow()), x.Voucher, strings.Join(d.Mark(p.ID, measures.Checks(PaymentRules()...), f), " "), string(c.Today))
}
