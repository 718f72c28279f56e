package procurement

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Facts are what the rules of a record judge, kept with the event.
type Facts struct {
	On        calendar.Date `json:"on"`
	Year      int64         `json:"year"` // of the budget
	Method    string        `json:"method"`
	Source    string        `json:"source"`
	Mixed     string        `json:"mixed"`
	Reason    bool          `json:"reason"` // for parting or not
	Budget    money.Fen     `json:"budget"`
	Ceiling   money.Fen     `json:"ceiling"`
	Chain     money.Fen     `json:"chain"`   // budgets of the project, or of its service period
	InYear    money.Fen     `json:"in_year"` // of them in the year it names
	Earlier   money.Fen     `json:"earlier"` // procured before from them
	Result    string        `json:"result"`
	Supplier  bool          `json:"supplier"`
	Code      string        `json:"code"`
	Award     money.Fen     `json:"award"`
	Announced calendar.Date `json:"announced"`
	Opened    calendar.Date `json:"opened"`
	NoticeOn  calendar.Date `json:"notice_on"`
	Secret    string        `json:"secret,omitempty"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	x := matter.FormOf[Procurement](c)
	f := Facts{On: c.Today, Year: x.BudgetYear, Method: x.Method, Source: x.Source, Mixed: x.Mixed, Reason: hanzi.Given(x.Parting), Budget: x.Budget, Ceiling: x.Ceiling, Result: x.Result,
		Supplier: hanzi.Given(x.Supplier), Code: Fold(x.USCC), Award: x.Award, Announced: x.Announced, Opened: x.Opened, NoticeOn: x.NoticeOn, Secret: measures.SecretField(procurementForm, x)}
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return f, err
	}
	period := registry.Period(p.BuildKind, x.BudgetYear)
	chain, err := registry.ChainOf(ctx, q, p.ID, period)
	if err != nil {
		return f, err
	}
	f.Chain = chain.Budget
	if f.InYear, err = db.Value[money.Fen](ctx, q, `SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM money_entry WHERE project_id = $1 AND period = $2 AND kind = 'budget' AND year = $3`, p.ID, period, x.BudgetYear); err != nil {
		return f, err
	}
	// what was awarded counts as awarded: the rest is free again
	f.Earlier, err = db.Value[money.Fen](ctx, q, `SELECT CAST(COALESCE(SUM(CASE WHEN result = 'failed' THEN 0 WHEN award > 0 THEN award ELSE budget END), 0) AS BIGINT)
		FROM procurement WHERE project_id = $1 AND period = $2 AND id <> $3`, p.ID, period, c.ID)
	return f, err
}

// Fold is a credit code as it is compared: without blanks, in capitals.
func Fold(code string) string {
	return strings.ToUpper(strings.Join(strings.Fields(hanzi.Fold(code)), ""))
}

// enter puts an acknowledged procurement on record; an award opens the duty to
// file its contract.
func enter(ctx context.Context, d *matter.Doing) error {
	c, x := d.Case, matter.FormOf[Procurement](d.Case)
	p, err := registry.Subject(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	f, err := gather(ctx, d.Tx, c)
	if err != nil {
		return err
	}
	if x.Result == Failed {
		x.Supplier, x.USCC, x.Award, x.NoticeOn = "", "", 0, ""
	}
	if err := d.Tx.Later(ctx, `INSERT INTO procurement (id, jurisdiction, project_id, period, item, plan_number, method, budget_year, source, budget, result, supplier, uscc, award, notice_on, marks, recorded_on)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`, c.ID, c.Jurisdiction, p.ID, registry.Period(p.BuildKind, x.BudgetYear), x.Item, x.Plan, x.Method, x.BudgetYear, x.Source,
		int64(x.Budget), x.Result, x.Supplier, Fold(x.USCC), int64(x.Award), string(x.NoticeOn), strings.Join(d.Mark(p.ID, measures.Checks(Rules()...), f), " "), string(c.Today)); err != nil {
		return err
	}
	if x.Result != Awarded {
		return nil
	}
	days, err := duty.Workdays(ctx, d.Tx)
	if err != nil {
		return err
	}
	_, err = duty.Open(ctx, d.Tx, duty.Duty{Jurisdiction: c.Jurisdiction, UnitID: c.UnitID, Kind: ContractDuty.Key, Clause: ContractDuty.Clause, Title: fmt.Sprintf(ContractDuty.Title, p.Name+" "+x.Item+" "),
		Period: c.ID, SubjectID: p.ID, Due: FilingDue(days, x.NoticeOn.AddDays(SignDays.Int(c.Values)), c.Values)}, c.Now.UnixMilli())
	return err
}

// Record is a procurement on record.
type Record struct {
	ID         string        `json:"id"`
	Number     string        `json:"number"` // of the receipt
	ProjectID  string        `json:"project_id"`
	Period     string        `json:"period"`
	Item       string        `json:"item"`
	Plan       string        `json:"plan_number"`
	Method     string        `json:"method"`
	BudgetYear int64         `json:"budget_year"`
	Source     string        `json:"source"`
	Budget     money.Fen     `json:"budget"`
	Result     string        `json:"result"`
	Supplier   string        `json:"supplier"`
	USCC       string        `json:"uscc"`
	Award      money.Fen     `json:"award"`
	NoticeOn   calendar.Date `json:"notice_on"`
	Marks      []string      `json:"marks"`
}

// Of lists the procurements of a project in the order they were recorded, at most 200.
func Of(ctx context.Context, q db.Querier, projectID string) ([]Record, error) {
	return db.All(ctx, q, func(s db.Scanner) (Record, error) {
		var r Record
		var marks string
		err := s.Scan(&r.ID, &r.Number, &r.ProjectID, &r.Period, &r.Item, &r.Plan, &r.Method, &r.BudgetYear, &r.Source, &r.Budget, &r.Result, &r.Supplier, &r.USCC, &r.Award, &r.NoticeOn, &marks)
		r.Marks = strings.Fields(marks)
		return r, err
	}, `SELECT b.id, m.number, b.project_id, b.period, b.item, b.plan_number, b.method, b.budget_year, b.source, b.budget, b.result, b.supplier, b.uscc, b.award, b.notice_on, b.marks
		FROM procurement b JOIN matter m ON m.id = b.id WHERE b.project_id = $1 ORDER BY b.id LIMIT 200`, projectID)
}
