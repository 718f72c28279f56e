package contract

import (
	"context"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/money"
)

// Record is a contract on file.
type Record struct {
	ID            string        `json:"id"`
	Receipt       string        `json:"receipt"` // number of its filing
	ProjectID     string        `json:"project_id"`
	UnitID        string        `json:"unit_id"`
	ProcurementID string        `json:"procurement_id"`
	OriginalID    string        `json:"original_id"`
	Supplementary bool          `json:"supplementary"`
	Period        string        `json:"period"`
	Number        string        `json:"number"`
	Title         string        `json:"title"`
	Kind          string        `json:"kind"`
	Supplier      string        `json:"supplier"`
	USCC          string        `json:"uscc"`
	Signed        calendar.Date `json:"signed_on"`
	Amount        money.Fen     `json:"amount"` // as signed
	Marks         []string      `json:"marks"`
	ClosedAs      string        `json:"closed_as"` // "" while it runs
	ClosedOn      calendar.Date `json:"closed_on"`
	Settled       money.Fen     `json:"settled"`
	Paid          money.Fen     `json:"paid"`
}

// Worth is what the contract has come to: as signed, or as settled.
func (r Record) Worth() money.Fen {
	if r.ClosedAs != "" {
		return r.Settled
	}
	return r.Amount
}

// KindLabel is what the contract is for, in a word.
func (r Record) KindLabel() string { return form.Label(Kinds, r.Kind) }

// MarkLabels are the words for its marks.
func (r Record) MarkLabels() []string {
	var out []string
	for _, m := range r.Marks {
		out = append(out, MarkLabel(m))
	}
	return out
}

// Label names the contract in a list of choices.
func (r Record) Label() string {
	return r.Receipt + " " + r.Title + "，" + r.Supplier + "，" + r.Amount.WanExact() + " 万元"
}

const columns = `k.id, m.number, k.project_id, k.unit_id, k.procurement_id, k.original_id, k.supplementary, k.period, k.contract_number, k.title, k.kind, k.supplier, k.uscc, k.signed_on, k.amount,
	k.marks || ' ' || k.closed_marks, k.closed_as, k.closed_on, k.settled, CAST(COALESCE((SELECT SUM(y.amount) FROM payment y WHERE y.project_id = k.project_id AND y.contract_id = k.id), 0) AS BIGINT)`

func scan(s db.Scanner) (Record, error) {
	var r Record
	var marks string
	var supplementary int64
	err := s.Scan(&r.ID, &r.Receipt, &r.ProjectID, &r.UnitID, &r.ProcurementID, &r.OriginalID, &supplementary, &r.Period, &r.Number, &r.Title, &r.Kind, &r.Supplier, &r.USCC, &r.Signed, &r.Amount,
		&marks, &r.ClosedAs, &r.ClosedOn, &r.Settled, &r.Paid)
	r.Supplementary, r.Marks = supplementary == 1, strings.Fields(marks)
	return r, err
}

// Of lists the contracts of a project in the order they were begun, at most 200.
func Of(ctx context.Context, q db.Querier, projectID string) ([]Record, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM contract k JOIN matter m ON m.id = k.id WHERE k.project_id = $1 ORDER BY k.id LIMIT 200`, projectID)
}

// Paid is a payment on record.
type Paid struct {
	ID         string        `json:"id"`
	ContractID string        `json:"contract_id"`
	Node       string        `json:"node"`
	On         calendar.Date `json:"on"`
	Amount     money.Fen     `json:"amount"`
	Voucher    string        `json:"voucher"`
	Marks      []string      `json:"marks"`
}

// Payments lists what was paid for a project, by day, at most 500.
func Payments(ctx context.Context, q db.Querier, projectID string) ([]Paid, error) {
	return db.All(ctx, q, func(s db.Scanner) (Paid, error) {
		var p Paid
		var marks string
		err := s.Scan(&p.ID, &p.ContractID, &p.Node, &p.On, &p.Amount, &p.Voucher, &marks)
		p.Marks = strings.Fields(marks)
		return p, err
	}, `SELECT y.id, y.contract_id, y.node, y.paid_on, y.amount, y.voucher, y.marks FROM payment y WHERE y.project_id = $1 ORDER BY y.paid_on, y.id LIMIT 500`, projectID)
}

// ScheduleNode is a line of the payment schedule of a contract on file.
type ScheduleNode struct {
	ContractID string
	Node
}

// Schedule lists the payment schedules of the contracts of a project.
func Schedule(ctx context.Context, q db.Querier, projectID string) ([]ScheduleNode, error) {
	return db.All(ctx, q, func(s db.Scanner) (ScheduleNode, error) {
		var n ScheduleNode
		err := s.Scan(&n.ContractID, &n.Node.Node, &n.Percent, &n.Amount, &n.Due)
		return n, err
	}, `SELECT k.id, n.node, n.percent, n.amount, n.due_on FROM contract k JOIN contract_node n ON n.matter_id = k.id WHERE k.project_id = $1 ORDER BY k.id, n.seq, n.id LIMIT 2000`, projectID)
}
