package conformity

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/estimate"
	"zhengcheng/internal/construction/progress"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// operates reports whether the case is about recurring operation.
func operates(c *matter.Case) bool {
	return matter.FormOf[Application](c).Kind == form.Label(registry.BuildKinds, registry.Operate)
}

// period is the service period the case concerns, "" for what is built.
func period(c *matter.Case) string {
	if operates(c) {
		return strconv.FormatInt(c.Year, 10)
	}
	return ""
}

// prepare takes over what the register says of the project, its approved content and
// the checklist in force.
func prepare(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
	p, err := registry.OwnSubject(ctx, q, c, registry.Unaccepted)
	if err != nil {
		return nil, err
	}
	per, err := estimate.PeriodOf(ctx, q, p, c)
	if err != nil {
		return nil, err
	}
	list := ListAt(c.Today)
	a := matter.FormOf[Application](c)
	a.Name, a.Code, a.Kind, a.Version, a.AppliedOn = p.Name, p.Code, form.Label(registry.BuildKinds, p.BuildKind), list.Version, c.Today
	if p.BuildKind != registry.Operate {
		a.System = p.Name
	}
	if a.CompletedOn, err = completedOn(ctx, q, c); err != nil {
		return nil, err
	}
	chain, err := registry.ChainOf(ctx, q, p.ID, per)
	if err != nil {
		return nil, err
	}
	a.takeMoney(chain.Money)
	out := []matter.Line{{Of: comparisons, Body: &Comparison{Approved: p.Goal}}}
	for _, m := range list.Materials {
		if need := m.Need(p.BuildKind); need != "" {
			out = append(out, matter.Line{Of: checklist, Body: &Item{Title: m.Title, Key: m.Key, Need: need}})
		}
	}
	return out, nil
}

func (a *Application) takeMoney(m registry.Money) {
	a.Ceiling, a.Budget, a.Contracted, a.Paid = m.Ceiling, m.Budget, m.Contracted, m.Paid
}

// dutyPeriod is what a duty of the project is about: its number, with the year of operation.
func dutyPeriod(c *matter.Case) string {
	if p := period(c); p != "" {
		return matter.FormOf[Application](c).Code + " " + p
	}
	return matter.FormOf[Application](c).Code
}

// completedOn is the day the implementation reported complete; recurring operation is
// complete with each of its service periods.
func completedOn(ctx context.Context, q db.Querier, c *matter.Case) (calendar.Date, error) {
	if operates(c) {
		return "", nil
	}
	return progress.CompletedOn(ctx, q, c.SubjectID)
}

// completed notes the day of completion and opens the duty to accept.
func completed(ctx context.Context, d *matter.Doing, on calendar.Date) error {
	matter.FormOf[Application](d.Case).CompletedOn = on
	p, err := registry.Subject(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	return progress.OweAcceptance(ctx, d, p, dutyPeriod(d.Case), on)
}

func complete(ctx context.Context, d *matter.Doing) error {
	if err := completed(ctx, d, d.Input.(*Completion).Date); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

// handedIn keeps money and checklist as they stood, and takes the end of the trial run
// for the completion where none was recorded.
func handedIn(ctx context.Context, d *matter.Doing) error {
	a := matter.FormOf[Application](d.Case)
	k, err := knownOf(ctx, d.Tx, d.Case)
	if err != nil {
		return err
	}
	a.takeMoney(k.chain.Money)
	told, err := completedOn(ctx, d.Tx, d.Case)
	switch {
	case err != nil:
		return err
	case told != "":
		a.CompletedOn = told
	case a.CompletedOn == "" && a.TrialTo != "":
		if err := completed(ctx, d, a.TrialTo); err != nil {
			return err
		}
	}
	for _, x := range compute(k, d.Case) {
		i := matter.BodyOf[Item](x.Line)
		if found := x.sentence(); i.Status != x.Status || i.Found != found {
			i.Status, i.Found = x.Status, found
			if err := d.KeepLine(ctx, x.Line); err != nil {
				return err
			}
		}
	}
	return d.KeepForm(ctx)
}

// sentence is the item in words, as it is printed.
func (k Checked) sentence() string {
	var out []string
	for _, e := range k.Evidence {
		out = append(out, e.Title)
	}
	if k.Says != "" {
		out = append(out, k.Says)
	}
	return strings.Join(out, "；")
}

func mended(ctx context.Context, d *matter.Doing) error {
	matter.FormOf[Application](d.Case).Rounds++
	return handedIn(ctx, d)
}

// passed grants the conformity check.
func passed(ctx context.Context, d *matter.Doing) error {
	a := matter.FormOf[Application](d.Case)
	a.PassedOn = d.Case.Today
	if err := d.MarkBy(ctx, matter.JudgeBy(gather, trial)); err != nil {
		return err
	}
	return d.KeepForm(ctx)
}

// recorded keeps what was said of the meeting until its head has signed; what was
// accepted is to be filed soon after (A20.4).
func recorded(ctx context.Context, d *matter.Doing) error {
	a, m := matter.FormOf[Application](d.Case), d.Input.(*Meeting)
	a.PassNumber = d.Case.Number
	a.Organiser, a.Experts, a.Result, a.Problems, a.MetOn, a.Settled = m.Organiser, m.Experts, m.Result, m.Problems, m.Date, m.Settled
	if a.lets() {
		if err := oweFiling(ctx, d, m.Date.AddDays(FileDays.Int(d.Case.Values))); err != nil {
			return err
		}
	}
	return d.KeepForm(ctx)
}

// unrecorded takes back what a meeting that nobody signed would have owed.
func unrecorded(ctx context.Context, d *matter.Doing) error {
	_, err := duty.TakeBack(ctx, d.Tx, d.Case.UnitID, FileDuty.Key, dutyPeriod(d.Case))
	return err
}

func oweFiling(ctx context.Context, d *matter.Doing, due calendar.Date) error {
	c := d.Case
	if _, err := duty.TakeBack(ctx, d.Tx, c.UnitID, FileDuty.Key, dutyPeriod(c)); err != nil { // a corrected date
		return err
	}
	_, err := duty.Open(ctx, d.Tx, duty.Duty{Jurisdiction: c.Jurisdiction, UnitID: c.UnitID, Kind: FileDuty.Key, Clause: FileDuty.Clause, Title: fmt.Sprintf(FileDuty.Title, matter.FormOf[Application](c).Name),
		Period: dutyPeriod(c), SubjectID: c.ID, Due: due}, c.Now.UnixMilli())
	return err
}

// booking brings the final account of the chain to an amount.
func booking(ctx context.Context, d *matter.Doing, amount money.Fen) (registry.Project, registry.Chain, registry.Booking, error) {
	p, err := registry.Subject(ctx, d.Tx, d.Case)
	if err != nil {
		return p, registry.Chain{}, registry.Booking{}, err
	}
	chain, err := registry.ChainOf(ctx, d.Tx, p.ID, registry.Period(p.BuildKind, d.Case.Year))
	return p, chain, registry.Booking{Project: p.ID, Period: chain.Period, Kind: registry.Settled, Amount: amount - chain.Settled, Year: int64(d.Case.Today.Year()), Title: d.Case.Title}, err
}

// settled books a final account as the fact it is.
func settled(ctx context.Context, d *matter.Doing) error {
	in, ok, err := matter.LastInput[Account](ctx, d.Tx, d.Case, Settle)
	if err != nil {
		return err
	}
	if !ok {
		return problem.New(problem.Conflict, "还没有登记决算")
	}
	p, chain, b, err := booking(ctx, d, in.Amount)
	if err != nil {
		return err
	}
	d.Mark(p.ID, measures.Checks(accountOver), AccountFacts{On: d.Case.Today, Date: in.Date, Budget: chain.Budget, Settled: in.Amount, Paper: true})
	d.Unmark(exceeds.ID)
	matter.FormOf[Application](d.Case).Settled = in.Amount
	if err := d.KeepForm(ctx); err != nil {
		return err
	}
	return bookIfAny(ctx, d, b)
}

func bookIfAny(ctx context.Context, d *matter.Doing, b registry.Booking) error {
	if b.Amount == 0 {
		return nil
	}
	return registry.Book(ctx, d, b)
}

// accepted keeps the meeting. One that failed, or was held before the check passed, is
// a fact; one that lets the project pass holds the final account to the budgets, whoever
// else acts at the same time.
func accepted(ctx context.Context, d *matter.Doing) error {
	c, a := d.Case, matter.FormOf[Application](d.Case)
	p, chain, b, err := booking(ctx, d, a.Settled)
	if err != nil {
		return err
	}
	if a.lets() {
		if err := underWay(p); err != nil {
			return err
		}
		err = registry.Accept(ctx, d, b)
	} else {
		err = bookIfAny(ctx, d, b)
	}
	if err != nil {
		return err
	}
	rules := []measures.Rule[MeetingFacts]{exceeds, paidOut, inTime}
	ahead := early(a.MetOn, a.PassedOn)
	if ahead { // which no later meeting undoes
		rules = append(rules, before)
	}
	if err := d.MarkBy(ctx, matter.JudgeBy(meetingFacts, rules...)); err != nil {
		return err
	}
	d.Unmark(accountOver.ID) // the final account of the meeting has taken its place
	if err := d.Tx.Later(ctx, `INSERT INTO acceptance_meeting (event_id, matter_id, project_id, period, met_on, organiser, conclusion, settled, budget, early, signed_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
		d.EventID, c.ID, p.ID, chain.Period, string(a.MetOn), a.Organiser, a.Result, int64(a.Settled), int64(chain.Budget), db.Flag(ahead), c.Now.UnixMilli()); err != nil {
		return err
	}
	if !a.lets() {
		return nil
	}
	if err := duty.Satisfy(ctx, d.Tx, c.UnitID, progress.AcceptDuty.Key, dutyPeriod(c), a.MetOn, d.EventID); err != nil {
		return err
	}
	if err := reported(ctx, d); err != nil {
		return err
	}
	if p.BuildKind == registry.Operate {
		return nil
	}
	return move(ctx, d, p, registry.Accepted)
}

// reported fulfils the duty to file, and notes by how many days it was late.
func reported(ctx context.Context, d *matter.Doing) error {
	c, a := d.Case, matter.FormOf[Application](d.Case)
	if err := duty.Satisfy(ctx, d.Tx, c.UnitID, FileDuty.Key, dutyPeriod(c), c.Today, d.EventID); err != nil {
		return err
	}
	return d.SetLate(ctx, int64(max(0, a.MetOn.AddDays(FileDays.Int(c.Values)).DaysUntil(c.Today))))
}

func unfiled(ctx context.Context, d *matter.Doing) error {
	return duty.Reopen(ctx, d.Tx, d.Case.UnitID, FileDuty.Key, dutyPeriod(d.Case))
}

func refiled(ctx context.Context, d *matter.Doing) error { return reported(ctx, d) }

// underWay refuses to let pass what was suspended or terminated since it applied,
// operation included.
func underWay(p registry.Project) error {
	if !slices.Contains(registry.Under, string(p.Stage)) {
		return problem.New(problem.Conflict, "项目“%s”现在是“%s”，不能通过验收", p.Name, form.Label(registry.Stages, string(p.Stage)))
	}
	return nil
}

func move(ctx context.Context, d *matter.Doing, p registry.Project, to registry.Stage) error {
	return registry.Move(ctx, d.Tx, p.ID, p.Stage, func(m *registry.Project) { m.Stage = to }, d.Case.Now.UnixMilli())
}

// filed lets what was built operate and enters its system into the register.
func filed(ctx context.Context, d *matter.Doing) error {
	a := matter.FormOf[Application](d.Case)
	p, err := registry.Subject(ctx, d.Tx, d.Case)
	if err != nil || p.BuildKind == registry.Operate {
		return err
	}
	if p.Stage == registry.Accepted {
		if err := move(ctx, d, p, registry.Operating); err != nil {
			return err
		}
	}
	if !hanzi.Given(a.System) {
		return nil
	}
	return registry.Operates(ctx, d, p, a.System, p.Goal)
}
