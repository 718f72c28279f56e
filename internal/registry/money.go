package registry

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

// MoneyKind is a link of the chain “概算控制预算，预算控制决算” (Article 17), with
// what lies between.
type MoneyKind string

// The links in order.
const (
	Ceiling    MoneyKind = "ceiling"    // 概算: the approved estimate, or what stands in for it
	Budget     MoneyKind = "budget"     // 预算, approved
	Contracted MoneyKind = "contracted" // 合同
	Paid       MoneyKind = "paid"       // 支付
	Settled    MoneyKind = "settled"    // 决算
)

// MoneyKinds names the links.
var MoneyKinds = []form.Option{{ID: string(Ceiling), Label: "概算"}, {ID: string(Budget), Label: "预算"}, {ID: string(Contracted), Label: "合同"},
	{ID: string(Paid), Label: "支付"}, {ID: string(Settled), Label: "决算"}}

// Money is what has been booked on a chain, in fen.
type Money struct {
	Ceiling    money.Fen `json:"ceiling"`
	Budget     money.Fen `json:"budget"`
	Contracted money.Fen `json:"contracted"`
	Paid       money.Fen `json:"paid"`
	Settled    money.Fen `json:"settled"`
}

func (m *Money) of(k MoneyKind) *money.Fen {
	return map[MoneyKind]*money.Fen{Ceiling: &m.Ceiling, Budget: &m.Budget, Contracted: &m.Contracted, Paid: &m.Paid, Settled: &m.Settled}[k]
}

func (m Money) String() string {
	return fmt.Sprintf("概算 %s 预算 %s 合同 %s 支付 %s 决算 %s", m.Ceiling.WanExact(), m.Budget.WanExact(), m.Contracted.WanExact(), m.Paid.WanExact(), m.Settled.WanExact())
}

// Of is the sum booked under a kind.
func (m Money) Of(k MoneyKind) money.Fen { return *m.of(k) }

func (m Money) args(sign int64) []any {
	return []any{sign * int64(m.Ceiling), sign * int64(m.Budget), sign * int64(m.Contracted), sign * int64(m.Paid), sign * int64(m.Settled)}
}

func (m *Money) dest() []any {
	// plain types: the database layer copies those without reflection
	return []any{(*int64)(&m.Ceiling), (*int64)(&m.Budget), (*int64)(&m.Contracted), (*int64)(&m.Paid), (*int64)(&m.Settled)}
}

// What a ceiling stands on. Article 16 asks for an approved estimate; until one
// is recorded the reviewed amount of the approved plan stands in [reading].
const (
	OnReview   = "reviewed"
	OnPlan     = "plan" // the year's plan, for recurring operation
	OnApproval = "approval"
	OnExisting = "existing"
)

// Bases say what a ceiling stands on.
var Bases = []form.Option{{ID: OnReview, Label: "以年度计划审定金额暂代，本市口径"}, {ID: OnPlan, Label: "本服务期年度计划金额"}, {ID: OnApproval, Label: "概算批复"}, {ID: OnExisting, Label: "存量项目原批准金额"}}

// Chain is the money of a project, or of one service period of it.
type Chain struct {
	Project string `json:"project"`
	Period  string `json:"period"`
	Basis   string `json:"basis"`
	Money
}

// Period is the service period that money of a year belongs to: recurring
// operation is held together year by year, everything else over its whole life
// (Article 17).
func Period(buildKind string, year int64) string {
	if buildKind == Operate {
		return strconv.FormatInt(year, 10)
	}
	return ""
}

// Booking is one movement of money. Amount may be negative to take something
// back; Basis is for ceilings only.
type Booking struct {
	Project, Period string
	Kind            MoneyKind
	Amount          money.Fen
	Year            int64
	Title           string
	Basis           string
}

// Book records facts: it never refuses, whatever they add up to.
func Book(ctx context.Context, d *matter.Doing, bookings ...Booking) error {
	for _, b := range bookings {
		if err := chain(ctx, d, b); err != nil {
			return err
		}
		if b.Amount == 0 { // it says at most what the ceiling stands on
			continue
		}
		if err := keepTotals(ctx, d, b); err != nil {
			return err
		}
	}
	return nil
}

// Grant arranges a budget: refused where the budgets of the chain would exceed
// its ceiling, “概算控制预算” (Article 17), whoever else arranges at the same time.
func Grant(ctx context.Context, d *matter.Doing, b Booking) error {
	b.Kind = Budget
	res, err := d.Tx.Exec(ctx, `UPDATE money_chain SET budget = budget + $1 WHERE project_id = $2 AND period = $3 AND budget + $1 <= ceiling`, int64(b.Amount), b.Project, b.Period)
	over := problem.New(problem.Conflict, "“%s”安排后预算合计会超过概算（第十七条“概算控制预算”），请刷新后按余额安排", b.Title)
	if err := db.OneRow(res, err, over); err != nil {
		return err
	}
	return keepTotals(ctx, d, b)
}

// Accept books the final account with which a project passes its acceptance, as far
// as it differs from what is booked: refused where it or the contracts would exceed the
// budgets of the chain, or these its estimate, “概算控制预算,预算控制决算” (Article 17),
// whoever else books at the same time.
func Accept(ctx context.Context, d *matter.Doing, b Booking) error {
	b.Kind = Settled
	res, err := d.Tx.Exec(ctx, `UPDATE money_chain SET settled = settled + $1 WHERE project_id = $2 AND period = $3 AND settled + $1 <= budget AND contracted <= budget AND budget <= ceiling`, int64(b.Amount), b.Project, b.Period)
	over := problem.New(problem.Conflict, "“%s”的决算或者合同合计超过预算合计，或者预算合计超过概算（第十七条“概算控制预算，预算控制决算”），不能通过验收", b.Title)
	if err := db.OneRow(res, err, over); err != nil || b.Amount == 0 {
		return err
	}
	return keepTotals(ctx, d, b)
}

func chain(ctx context.Context, d *matter.Doing, b Booking) error {
	var m Money
	*m.of(b.Kind) = b.Amount
	args := append([]any{b.Project, b.Period, b.Basis}, m.args(1)...)
	return d.Tx.Later(ctx, `INSERT INTO money_chain (project_id, period, basis, ceiling, budget, contracted, paid, settled) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
		ON CONFLICT (project_id, period) DO UPDATE SET basis = CASE WHEN excluded.basis = '' THEN money_chain.basis ELSE excluded.basis END,
		ceiling = money_chain.ceiling + excluded.ceiling, budget = money_chain.budget + excluded.budget, contracted = money_chain.contracted + excluded.contracted,
		paid = money_chain.paid + excluded.paid, settled = money_chain.settled + excluded.settled`, args...)
}

// keepTotals writes the entry and carries it into the sums of the project and of
// the lists.
func keepTotals(ctx context.Context, d *matter.Doing, b Booking) error {
	at := d.Case.Now.UnixMilli()
	if err := d.Tx.Later(ctx, `INSERT INTO money_entry (id, project_id, period, kind, amount, year, title, matter_id, event_id, booked_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		uuid.Must(uuid.NewV7()).String(), b.Project, b.Period, string(b.Kind), int64(b.Amount), b.Year, b.Title, d.Case.ID, d.EventID, at); err != nil {
		return err
	}
	var m Money
	*m.of(b.Kind) = b.Amount
	sums := append([]any{b.Project}, m.args(1)...)
	if err := d.Tx.Later(ctx, `UPDATE project SET ceiling = ceiling + $2, budget = budget + $3, contracted = contracted + $4, paid = paid + $5, settled = settled + $6 WHERE id = $1`, sums...); err != nil {
		return err
	}
	const row = `0, 0, 0, 0, CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), CAST($5 AS BIGINT), CAST($6 AS BIGINT) FROM project WHERE id = $1`
	return d.Tx.Later(ctx, `INSERT INTO project_total (jurisdiction, unit_id, year, stage, build_kind, projects, estimate, reviewed, planned, ceiling, budget, contracted, paid, settled)
		SELECT jurisdiction, unit_id, year, stage, build_kind, `+row+` UNION ALL SELECT jurisdiction, '', year, stage, build_kind, `+row+` UNION ALL SELECT jurisdiction, '*', year, '', '', `+row+`
		ON CONFLICT (jurisdiction, unit_id, year, stage, build_kind) DO UPDATE SET ceiling = project_total.ceiling + excluded.ceiling, budget = project_total.budget + excluded.budget,
		contracted = project_total.contracted + excluded.contracted, paid = project_total.paid + excluded.paid, settled = project_total.settled + excluded.settled`, sums...)
}

func scanChain(s db.Scanner) (Chain, error) {
	var c Chain
	err := s.Scan(append([]any{&c.Project, &c.Period, &c.Basis}, c.dest()...)...)
	return c, err
}

const chainColumns = `c.project_id, c.period, c.basis, c.ceiling, c.budget, c.contracted, c.paid, c.settled`

// ChainOf reads one chain; one that nothing was booked on is empty.
func ChainOf(ctx context.Context, q db.Querier, project, period string) (Chain, error) {
	c, err := db.One(ctx, q, scanChain, `SELECT `+chainColumns+` FROM money_chain c WHERE c.project_id = $1 AND c.period = $2`, project, period)
	if db.None(err) {
		return Chain{Project: project, Period: period}, nil
	}
	return c, err
}

// Chains reads the chains of projects, the newest period first.
func Chains(ctx context.Context, q db.Querier, projects ...string) ([]Chain, error) {
	var args db.Args
	return db.All(ctx, q, scanChain, `SELECT `+chainColumns+` FROM money_chain c WHERE c.project_id IN `+args.In(projects...)+` ORDER BY c.project_id, c.period DESC`, args.List()...)
}

// Entry is a booking as it was made.
type Entry struct {
	Period   string    `json:"period"`
	Kind     MoneyKind `json:"kind"`
	Amount   money.Fen `json:"amount"`
	Year     int64     `json:"year"`
	Title    string    `json:"title"`
	MatterID string    `json:"matter_id"`
	BookedAt int64     `json:"booked_at"`
}

// Entries lists what was booked on a project, the newest first, at most limit.
func Entries(ctx context.Context, q db.Querier, project string, limit int64) ([]Entry, error) {
	return db.All(ctx, q, func(s db.Scanner) (Entry, error) {
		var e Entry
		err := s.Scan(&e.Period, &e.Kind, &e.Amount, &e.Year, &e.Title, &e.MatterID, &e.BookedAt)
		return e, err
	}, `SELECT period, kind, amount, year, title, matter_id, booked_at FROM money_entry WHERE project_id = $1 ORDER BY booked_at DESC, id DESC LIMIT $2`, project, limit)
}

// CheckMoney adds the entries up again and names every chain and project whose
// kept sums differ.
func CheckMoney(ctx context.Context, q db.Querier) ([]string, error) {
	type sums struct {
		at string
		m  Money
	}
	read := func(text string) ([]sums, error) {
		return db.All(ctx, q, func(s db.Scanner) (sums, error) {
			var v sums
			err := s.Scan(append([]any{&v.at}, v.m.dest()...)...)
			return v, err
		}, text)
	}
	sum := ""
	for _, k := range MoneyKinds {
		sum += `, CAST(SUM(CASE WHEN e.kind = '` + k.ID + `' THEN e.amount ELSE 0 END) AS BIGINT)`
	}
	var out []string
	compare := func(what, kept, real string) error {
		want, err := read(real)
		if err != nil {
			return err
		}
		have, err := read(kept)
		if err != nil {
			return err
		}
		at := map[string]Money{}
		for _, v := range want {
			at[v.at] = v.m
		}
		for _, v := range have {
			if at[v.at] != v.m {
				out = append(out, fmt.Sprintf("%s %s: 记的是 %v，按记账合计是 %v", what, v.at, v.m, at[v.at]))
			}
			delete(at, v.at)
		}
		for k, m := range at {
			if m != (Money{}) {
				out = append(out, fmt.Sprintf("%s %s: 没有记，按记账合计是 %v", what, k, m))
			}
		}
		return nil
	}
	if err := compare("资金链", `SELECT p.code || ' ' || c.period, c.ceiling, c.budget, c.contracted, c.paid, c.settled FROM money_chain c JOIN project p ON p.id = c.project_id`,
		`SELECT p.code || ' ' || e.period`+sum+` FROM money_entry e JOIN project p ON p.id = e.project_id GROUP BY p.code, e.period`); err != nil {
		return nil, err
	}
	if err := compare("项目资金", `SELECT p.code, p.ceiling, p.budget, p.contracted, p.paid, p.settled FROM project p`,
		`SELECT p.code`+sum+` FROM money_entry e JOIN project p ON p.id = e.project_id GROUP BY p.code`); err != nil {
		return nil, err
	}
	slices.Sort(out)
	return out, nil
}
