package contract

import (
	"context"
	"strings"

	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/progress"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Facts are what the rules of a filing judge, kept with the event.
type Facts struct {
	On            calendar.Date `json:"on"`
	Number        bool          `json:"number"`
	Supplier      string        `json:"supplier"`
	Code          string        `json:"code"`
	Amount        money.Fen     `json:"amount"`
	Signed        calendar.Date `json:"signed"`
	Begin         calendar.Date `json:"begin"`
	End           calendar.Date `json:"end"`
	Due           calendar.Date `json:"due"` // last day to file it
	Year          int64         `json:"year"`
	Scan          bool          `json:"scan"`
	Nodes         int           `json:"nodes"`
	Scheduled     money.Fen     `json:"scheduled"`
	Twin          string        `json:"twin,omitempty"`    // receipt of the same contract on file
	Unknown       []string      `json:"unknown,omitempty"` // fields that name what is not on record
	Procurement   *Bought       `json:"procurement,omitempty"`
	Supplementary bool          `json:"supplementary,omitempty"`
	Original      *Original     `json:"original,omitempty"`
	Budget        money.Fen     `json:"budget"`     // of the chain
	Contracted    money.Fen     `json:"contracted"` // on the chain before this one
	Secret        string        `json:"secret,omitempty"`
}

// Bought are the facts of the procurement a contract names.
type Bought struct {
	Supplier   string        `json:"supplier"`
	Award      money.Fen     `json:"award"`
	Contracted money.Fen     `json:"contracted"` // by other contracts, supplementary ones aside
	NoticeOn   calendar.Date `json:"notice_on"`
}

// Original are the facts of the contract that a supplementary one supplements.
type Original struct {
	Amount      money.Fen `json:"amount"`
	Supplements money.Fen `json:"supplements"` // on file before
}

// named is what a filing names, by its receipt.
type named struct {
	procurement *procurement.Record
	original    *Record
}

func read(ctx context.Context, q db.Querier, c *matter.Case) (Facts, named, error) {
	x := matter.FormOf[Contract](c)
	f := Facts{On: c.Today, Number: hanzi.Given(x.Number), Supplier: hanzi.NormalName(x.Supplier), Code: procurement.Fold(x.USCC), Amount: x.Amount, Signed: x.Signed, Begin: x.Begin, End: x.End, Year: x.BudgetYear,
		Scan: c.Has(Scan), Supplementary: x.Supplementary, Secret: measures.SecretField(contractForm, x)}
	var n named
	for _, ln := range c.LinesOf("") {
		f.Nodes++
		f.Scheduled += matter.BodyOf[Node](ln).Amount
	}
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return f, n, err
	}
	days, err := duty.Workdays(ctx, q)
	if err != nil {
		return f, n, err
	}
	f.Due = procurement.FilingDue(days, x.Signed, c.Values)
	chain, err := registry.ChainOf(ctx, q, p.ID, registry.Period(p.BuildKind, x.BudgetYear))
	if err != nil {
		return f, n, err
	}
	f.Budget, f.Contracted = chain.Budget, chain.Contracted
	f.Twin, err = db.Value[string](ctx, q, `SELECT m.number FROM contract k JOIN matter m ON m.id = k.id WHERE k.unit_id = $1 AND k.contract_number = $2 AND k.id <> $3`, c.UnitID, x.Number, c.ID)
	if err != nil && !db.None(err) {
		return f, n, err
	}
	others, err := Of(ctx, q, p.ID)
	if err != nil {
		return f, n, err
	}
	if err := f.readProcurement(ctx, q, x.Procurement, p.ID, others, c.ID, &n); err != nil {
		return f, n, err
	}
	f.readOriginal(x.Original, others, c.ID, &n)
	return f, n, nil
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	f, _, err := read(ctx, q, c)
	return f, err
}

func (f *Facts) readProcurement(ctx context.Context, q db.Querier, number, projectID string, others []Record, self string, n *named) error {
	if number == "" {
		return nil
	}
	all, err := procurement.Of(ctx, q, projectID)
	if err != nil {
		return err
	}
	for _, b := range all {
		if b.Number != number || b.Result != procurement.Awarded {
			continue
		}
		n.procurement = &b
		f.Procurement = &Bought{Supplier: hanzi.NormalName(b.Supplier), Award: b.Award, NoticeOn: b.NoticeOn}
		for _, k := range others {
			if k.ProcurementID == b.ID && !k.Supplementary && k.ID != self {
				f.Procurement.Contracted += k.Amount
			}
		}
		return nil
	}
	f.Unknown = append(f.Unknown, "procurement")
	return nil
}

func (f *Facts) readOriginal(receipt string, others []Record, self string, n *named) {
	if !f.Supplementary || receipt == "" {
		return
	}
	for _, k := range others {
		if k.Receipt == receipt && !k.Supplementary {
			n.original = &k
			f.Original = &Original{Amount: k.Amount}
		}
	}
	if n.original == nil {
		f.Unknown = append(f.Unknown, "original")
		return
	}
	for _, k := range others {
		if k.OriginalID == n.original.ID && k.ID != self {
			f.Original.Supplements += k.Amount
		}
	}
}

// handedIn fulfils the duty to file on the day the head signs, and keeps by how
// many days the filing is late.
func handedIn(ctx context.Context, d *matter.Doing) error {
	f, n, err := read(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	if n.procurement != nil {
		if err := duty.Satisfy(ctx, d.Tx, d.Case.UnitID, procurement.ContractDuty.Key, n.procurement.ID, d.Case.Today, d.EventID); err != nil {
			return err
		}
	}
	return d.SetLate(ctx, int64(max(0, f.Due.DaysUntil(d.Case.Today))))
}

// takenBack opens the duty again, unless another contract of the award is on file.
func takenBack(ctx context.Context, d *matter.Doing) error {
	f, n, err := read(ctx, d.Tx, d.Case)
	if err != nil || n.procurement == nil || f.Procurement.Contracted > 0 {
		return err
	}
	return duty.Reopen(ctx, d.Tx, d.Case.UnitID, procurement.ContractDuty.Key, n.procurement.ID)
}

// enter puts an acknowledged contract on file, books it and begins the construction
// of an approved project.
func enter(ctx context.Context, d *matter.Doing) error {
	c, x := d.Case, matter.FormOf[Contract](d.Case)
	p, err := registry.Subject(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	period := registry.Period(p.BuildKind, x.BudgetYear)
	// booked first: whoever books on the chain at the same time waits, and the marks tell what it came to
	if err := registry.Book(ctx, d, registry.Booking{Project: p.ID, Period: period, Kind: registry.Contracted, Amount: x.Amount, Year: x.BudgetYear, Title: c.Title}); err != nil {
		return err
	}
	f, n, err := read(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	f.Contracted -= x.Amount
	f.On = calendar.Of(matter.Time(c.SubmittedAt)) // when the unit filed; the bureau's time is not its delay
	// A19.1-once was asked when the case was handed in; another may have been filed since
	if f.Twin != "" {
		return problem.New(problem.Conflict, "合同编号 %s 已经备案（%s），不能再备案，请退回补正", x.Number, f.Twin)
	}
	procured, original := "", ""
	if n.procurement != nil {
		procured = n.procurement.ID
	}
	if n.original != nil {
		original = n.original.ID
	}
	if x.Kind == supervision {
		if err := progress.Supervise(ctx, d, x.Supplier); err != nil {
			return err
		}
	}
	if err := d.Tx.Later(ctx, `INSERT INTO contract (id, jurisdiction, project_id, unit_id, procurement_id, original_id, supplementary, period, contract_number, title, kind, supplier, uscc, signed_on, amount,
		begin_on, end_on, warranty, marks, recorded_on) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)`, c.ID, c.Jurisdiction, p.ID, c.UnitID, procured, original, db.Flag(x.Supplementary), period,
		x.Number, x.Title, x.Kind, x.Supplier, f.Code, string(x.Signed), int64(x.Amount), string(x.Begin), string(x.End), x.Warranty,
		strings.Join(d.Mark(p.ID, measures.Checks(Rules()...), f), " "), string(c.Today)); err != nil {
		return err
	}
	if p.Stage != registry.Approved {
		return nil
	}
	return registry.Move(ctx, d.Tx, p.ID, registry.Approved, func(p *registry.Project) { p.Stage = registry.Building }, c.Now.UnixMilli())
}
