package conformity_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/acceptance/conformity"
	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/budgeting/budget"
	"zhengcheng/internal/construction/adjustment"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/decision"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

const wan = money.Wan

// road is a project whose acceptance is organised while its money and its archive
// move.
type road struct {
	*city
	r                                       *rand.Rand
	project, code, kind, period, acceptance string
	ready                                   []move // that wait for their last signature
	passed                                  int
	taken                                   []string
}

// move is an act that one person takes at once.
type move struct {
	says string
	run  func() error
}

func (c *city) move(d deed) move {
	c.as(d.login)
	return move{d.String(), func() error { _, err := c.try(d); return err }}
}

// footing is what an acceptance as passed stands on.
type footing struct {
	archive                              string
	ceiling, budget, contracted, settled money.Fen
}

func (w *road) footing() footing {
	w.t.Helper()
	s, err := archive.StandingOf(w.ctx, w.d, w.project, w.period)
	must(w.t, err)
	chain, err := registry.ChainOf(w.ctx, w.d, w.project, w.period)
	must(w.t, err)
	return footing{s.Result, chain.Ceiling, chain.Budget, chain.Contracted, chain.Settled}
}

// take takes moves, two of them at the same moment, and holds every acceptance as
// passed that comes of it to what it stood on just before or just after.
func (w *road) take(moves ...move) []error {
	w.t.Helper()
	before, errs := w.footing(), make([]error, len(moves))
	var all sync.WaitGroup
	for i, m := range moves {
		all.Go(func() { errs[i] = m.run() })
	}
	all.Wait()
	for i, m := range moves {
		w.taken = append(w.taken, fmt.Sprintf("%d of %d: %s: %s", i+1, len(moves), m.says, outcome(errs[i])))
		if errs[i] != nil && problem.KindOf(errs[i]) == problem.Internal {
			w.fail("%s: %v", m.says, errs[i])
		}
	}
	met, err := conformity.Meetings(w.ctx, w.d, w.project)
	must(w.t, err)
	after, passed := w.footing(), 0
	for _, m := range met {
		if m.Result != conformity.Failed && m.Period == w.period && !m.Early {
			passed++
		}
	}
	if p, err := registry.Load(w.ctx, w.d, w.as("water.clerk"), w.project); err != nil || passed == 0 && !slices.Contains(registry.Under, string(p.Stage)) {
		w.fail("nothing has passed, and the project is %s, %v", p.Stage, err)
	}
	if passed > w.passed {
		last := met[0]
		if before.archive != archive.Qualified && after.archive != archive.Qualified {
			w.fail("passed, and the archive acceptance was %q and is %q", before.archive, after.archive)
		}
		if last.Settled > max(before.budget, after.budget) || last.Settled > last.Budget || last.Budget != before.budget && last.Budget != after.budget {
			w.fail("passed with a final account of %s and budgets of %s; they were %s and are %s", last.Settled.WanExact(), last.Budget.WanExact(), before.budget.WanExact(), after.budget.WanExact())
		}
		if before.budget > before.ceiling && after.budget > after.ceiling {
			w.fail("passed with budgets of %s and an estimate of %s", after.budget.WanExact(), after.ceiling.WanExact())
		}
		if before.contracted > before.budget && after.contracted > after.budget {
			w.fail("passed with contracts of %s and budgets of %s", after.contracted.WanExact(), after.budget.WanExact())
		}
		if after.settled != last.Settled {
			w.fail("passed with %s, booked is %s", last.Settled.WanExact(), after.settled.WanExact())
		}
	}
	if passed > 1 {
		w.fail("passed %d times", passed)
	}
	w.passed = passed
	return errs
}

func outcome(err error) string {
	if err != nil {
		return says(err)
	}
	return "done"
}

// fail ends the test with every act that led to it.
func (w *road) fail(format string, args ...any) {
	w.t.Helper()
	for _, line := range w.taken {
		w.t.Log(line)
	}
	w.t.Fatalf("%s (%s): "+format, append([]any{w.code, w.kind}, args...)...)
}

// amount is between nothing and 60 万元, often a round one so that sums meet.
func (w *road) amount() money.Fen {
	if w.r.IntN(3) > 0 {
		return money.Fen(1+w.r.IntN(6)) * 10 * wan
	}
	return money.Fen(1 + w.r.IntN(60*int(wan)))
}

// prepare brings another case to its last signature.
func (w *road) prepare() {
	w.t.Helper()
	switch w.r.IntN(7) {
	case 0, 1:
		w.ready = append(w.ready, w.move(deed{login: "finance.clerk", matter: w.declared(w.code, pick(w.r, "fund_own", "fund_central"), w.amount()), do: matter.Acknowledge}))
	case 2:
		w.arrange()
	case 3:
		w.contractAndPayment()
	case 4:
		w.adjust()
	default:
		if !w.under() {
			return
		}
		on := today.AddDays(-w.r.IntN(3))
		w.ready = append(w.ready, w.move(deed{login: "bureau.clerk", matter: w.archived(w.project, pick(w.r, archive.Qualified, archive.Unqualified), on), do: matter.Acknowledge}))
	}
}

// arrange proposes municipal money, up to the second signature under its approval;
// what would pass the estimate does not come so far.
func (w *road) arrange() {
	w.t.Helper()
	w.act(deed{login: "finance.clerk", matter: w.declared(w.code, "fund_general", w.amount()), do: matter.Acknowledge})
	id := w.open("finance.clerk", budget.ArrangementKey, "", nil, nil)
	for _, d := range []deed{{login: "finance.clerk", matter: id, do: matter.Submit}, {login: "finance.head", matter: id, do: matter.SignOff}} {
		if err := w.take(w.move(d))[0]; err != nil {
			return
		}
	}
	w.attach("finance.clerk", id, decision.Kind)
	w.act(deed{login: "finance.clerk", matter: id, do: decision.Record, input: map[string]string{"number": "市财预〔2027〕1号", "date": string(today), "result": decision.Approve}})
	w.ready = append(w.ready, w.move(deed{login: "finance.head", matter: id, do: decision.Confirm}))
}

func (w *road) contractAndPayment() {
	w.t.Helper()
	id := w.contract(w.project, map[string]string{"amount": w.amount().WanExact(), "contract_number": fmt.Sprintf("HT-%s-%d", w.code, len(w.taken))})
	w.ready = append(w.ready, w.move(deed{login: "bureau.clerk", matter: id, do: matter.Acknowledge}))
	id = w.open("water.clerk", contract.PaymentKey, w.project, map[string]string{"paid_on": string(today), "amount": w.amount().WanExact(), "voucher": "PZ-1", "contract": ""}, nil)
	w.act(deed{login: "water.clerk", matter: id, do: matter.Submit})
	w.ready = append(w.ready, w.move(deed{login: "water.head", matter: id, do: matter.SignOff}))
}

// contract brings a contract to the bureau's desk.
func (c *city) contract(project string, said map[string]string, lines ...map[string]string) string {
	c.t.Helper()
	id := c.open("water.clerk", contract.Key, project, map[string]string{"title": "建设合同", "kind": "build", "budget_year": fmt.Sprint(year), "buyer": "市水务局", "supplier": "贵州某某科技有限公司",
		"uscc": "91520200MA6TT0001F", "signed_on": string(today), "procurement": ""}, said, lines...)
	c.attach("water.clerk", id, contract.Scan)
	c.act(submitted(id)...)
	return id
}

// under reports whether the project is still under way.
func (w *road) under() bool {
	w.t.Helper()
	p, err := registry.Load(w.ctx, w.d, w.as("water.clerk"), w.project)
	must(w.t, err)
	return slices.Contains(registry.Under, string(p.Stage))
}

// adjust moves a little money within the estimate.
func (w *road) adjust() {
	w.t.Helper()
	if !w.under() {
		return
	}
	id := w.open("water.clerk", adjustment.Key, w.project, map[string]string{"situation": "improved", "goal": "yes", "must": "yes", "why": "完善方案。", "schedule": "不影响进度", "meeting": "党组会议",
		"decided_on": string(today)}, nil, map[string]string{"name": "新项", "category": "dev", "after_amount": "0.5", "after_content": "新增内容"})
	w.attach("water.clerk", id, "minutes")
	ln := w.load("water.clerk", id).Lines[0]
	left := matter.BodyOf[adjustment.Row](ln).Before - wan/2
	_, err := w.e.Save(w.ctx, w.as("water.clerk"), matter.SaveRequest{Matter: id, Line: ln.ID, Rev: ln.Rev, Values: map[string]string{"after_amount": left.WanExact(), "after_content": "相应减少"}})
	must(w.t, err)
	if err := w.take(w.move(deed{login: "water.clerk", matter: id, do: matter.Submit}))[0]; err == nil {
		w.ready = append(w.ready, w.move(deed{login: "water.head", matter: id, do: matter.SignOff}))
	}
}

// next is what may be done with the acceptance where it stands.
func (w *road) next() (deed, bool) {
	w.t.Helper()
	state, err := db.Value[string](w.ctx, w.d, `SELECT state FROM matter WHERE id = $1`, w.acceptance)
	must(w.t, err)
	head := pick(w.r, "water.head", "water.head2")
	var all []deed
	switch matter.State(state) {
	case conformity.Organising:
		all = []deed{w.meeting(pick(w.r, conformity.Passed, conformity.Passed, conformity.Mended, conformity.Failed), w.amount()), w.meeting(conformity.Passed, w.footing().budget), w.early(conformity.Passed),
			{login: "water.clerk", do: conformity.Settle, input: map[string]string{"amount": w.amount().WanExact(), "date": string(today)}}}
	case conformity.Settling:
		all = []deed{{login: head, do: matter.SignOff}, {login: head, do: matter.SignOff}, {login: head, do: matter.Return}}
	case conformity.Accepting:
		all = []deed{{login: head, do: matter.SignOff}, {login: head, do: matter.SignOff}, {login: head, do: matter.SignOff}, {login: head, do: matter.Return}, {login: "water.clerk", do: matter.Withdraw}}
	case conformity.Filing:
		all = []deed{{login: "bureau.clerk", do: matter.Acknowledge}, {login: "bureau.clerk", do: matter.Return}}
	case conformity.Completing:
		all = []deed{{login: head, do: matter.Submit}}
	default:
		return deed{}, false
	}
	d := pick(w.r, all...)
	d.matter = w.acceptance
	return d, true
}

// early is a meeting on the day before the conformity check passed.
func (w *road) early(result string) deed {
	d := w.meeting(result, w.amount())
	d.input["date"] = string(today.AddDays(-1))
	return d
}

func (w *road) meeting(result string, settled money.Fen) deed {
	return deed{login: "water.clerk", matter: w.acceptance, do: conformity.Record, input: map[string]string{"organiser": "市水务局", "date": string(today), "experts": "王一、李二", "result": result, "settled": settled.WanExact()}}
}

// cut takes back some of the budgets, as a correction of the books would.
func (w *road) cut(amount money.Fen) move {
	return move{"budgets are cut by " + amount.WanExact(), func() error { return w.correct(w.project, w.period, -amount) }}
}

// step takes a random move or, half of the times, two at the same moment.
func (w *road) step() {
	w.t.Helper()
	var moves []move
	if d, ok := w.next(); ok && (len(w.ready) == 0 || w.r.IntN(4) > 0) {
		moves = append(moves, w.move(d))
		if w.r.IntN(6) == 0 { // another signs the same, or the same person twice
			moves = append(moves, w.move(d))
		}
	}
	if len(w.ready) > 0 && len(moves) < 2 && (len(moves) == 0 || w.r.IntN(2) == 0) {
		i := w.r.IntN(len(w.ready))
		moves, w.ready = append(moves, w.ready[i]), slices.Delete(w.ready, i, i+1)
	}
	if now := w.footing().budget; now > 0 && w.passed == 0 && len(moves) < 2 && w.r.IntN(4) == 0 {
		moves = append(moves, w.cut(min(now, w.amount())))
	}
	if len(moves) > 0 {
		w.take(moves...)
	}
}

// finish lets the project pass, which nothing that happened before may prevent.
func (w *road) finish() {
	w.t.Helper()
	if w.passed == 0 {
		w.act(deed{login: "bureau.clerk", matter: w.archived(w.project, archive.Qualified, today), do: matter.Acknowledge})
		w.act(deed{login: "finance.clerk", matter: w.declared(w.code, "fund_own", max(60*wan, w.footing().contracted-w.footing().budget)), do: matter.Acknowledge})
		if over := w.footing().budget - w.footing().ceiling; over > 0 {
			w.raise(w.project, w.period, over)
		}
		state, err := db.Value[string](w.ctx, w.d, `SELECT state FROM matter WHERE id = $1`, w.acceptance)
		must(w.t, err)
		if state != string(conformity.Organising) {
			w.act(deed{login: "water.head", matter: w.acceptance, do: matter.Return})
		}
		w.act(w.meeting(conformity.Passed, w.footing().budget))
		if err := w.take(w.move(deed{login: "water.head2", matter: w.acceptance, do: matter.SignOff}))[0]; err != nil {
			w.fail("with a qualified archive acceptance, contracts within the budgets and a final account that uses them up: %s", says(err))
		}
	}
}

// stands demands of the database that every acceptance as passed rests on contracts
// and a final account within the budgets and on a qualified archive acceptance.
func (c *city) stands() {
	c.t.Helper()
	type row struct {
		project, period, facts string
		settled, budget        money.Fen
		archives               int64
	}
	rows, err := db.All(c.ctx, c.d, func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.project, &r.period, &r.settled, &r.budget, &r.facts, &r.archives)
		return r, err
	}, `SELECT a.project_id, a.period, a.settled, a.budget, p.body, (SELECT COUNT(*) FROM archive_acceptance k WHERE k.project_id = a.project_id AND k.period = a.period AND k.result = 'qualified')
		FROM acceptance_meeting a JOIN event_part p ON p.event_id = a.event_id AND p.name = 'facts' WHERE a.conclusion IN ('passed', 'mended') AND a.early = 0 ORDER BY a.event_id`)
	must(c.t, err)
	if len(rows) == 0 {
		c.t.Error("nothing has passed")
	}
	for _, r := range rows {
		var f conformity.MeetingFacts
		must(c.t, json.Unmarshal([]byte(r.facts), &f))
		if r.settled > r.budget || f.Budget > f.Ceiling || f.Settled != r.settled || f.Budget != r.budget || f.Contracted > f.Budget || f.Archive != archive.Qualified || r.archives == 0 || f.PassedOn == "" || f.Date < f.PassedOn {
			c.t.Errorf("%s %s passed with %s of %s, archive %s (%d qualified); judged on %+v", r.project, r.period, r.settled.WanExact(), r.budget.WanExact(), f.Archive, r.archives, f)
		}
	}
}

// A17.0 and A21.1: whatever happens to budgets, contracts, payments, archive and
// final account, in whatever order and at the same moment, no acceptance as passed
// has a final account above the budgets or no qualified archive acceptance; and none
// of it keeps a project from passing once both are in order.
func TestNoOrderOfActsLetsAnAcceptancePassUnheld(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := dice(t)
		c := build(t, d)
		for n := range 3 {
			w := &road{city: c, r: r, code: fmt.Sprintf("SZ-%d", n+1), kind: pick(r, registry.New, registry.Extend, registry.Operate)}
			w.period = registry.Period(w.kind, year)
			w.project = c.begin(w.code, w.kind, pick(r, registry.Approved, registry.Building), 90*wan)
			w.act(deed{login: "finance.clerk", matter: w.declared(w.code, "fund_own", w.amount()), do: matter.Acknowledge})
			w.acceptance = c.applying(w.project, w.kind)
			for range r.IntN(3) { // before anyone has checked
				w.take(w.move(w.meeting(pick(r, conformity.Passed, conformity.Mended, conformity.Failed), w.amount())))
				w.take(w.move(deed{login: "water.head", matter: w.acceptance, do: pick(r, matter.SignOff, matter.SignOff, matter.Return)}))
				if k := c.load("water.clerk", w.acceptance); k.State != matter.Draft {
					w.fail("a meeting before the check left its case %s", k.State)
				}
			}
			c.checked(w.acceptance)
			for range 24 {
				if len(w.ready) < 3 && r.IntN(3) == 0 {
					w.prepare()
				}
				w.step()
			}
			w.finish()
		}
		c.stands()
		c.whole()
	})
}

// The head signs an acceptance as passed, with a final account that uses up the
// budgets, in the moment in which something takes away what it stands on.
func TestAnAcceptanceSignedAtTheMomentItLosesItsFooting(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := dice(t)
		c := build(t, d)
		for n := range 2 {
			for i, other := range []func(w *road) move{
				func(w *road) move { return w.cut(1) },
				func(w *road) move {
					return w.move(deed{login: "bureau.clerk", matter: w.archived(w.project, archive.Unqualified, today), do: matter.Acknowledge})
				},
				func(w *road) move {
					return w.move(deed{login: "water.head2", matter: w.acceptance, do: matter.SignOff})
				},
			} {
				w := &road{city: c, r: r, code: fmt.Sprintf("TS-%d-%d", n, i), kind: registry.New}
				w.project = c.begin(w.code, w.kind, registry.Building, 90*wan)
				w.act(deed{login: "finance.clerk", matter: w.declared(w.code, "fund_own", 40*wan), do: matter.Acknowledge})
				w.acceptance = c.organising(w.project, w.kind)
				w.act(deed{login: "bureau.clerk", matter: w.archived(w.project, archive.Qualified, today), do: matter.Acknowledge}, w.meeting(conformity.Passed, 40*wan))
				second := other(w)
				both := []move{w.move(deed{login: "water.head", matter: w.acceptance, do: matter.SignOff}), second}
				if r.IntN(2) == 0 {
					slices.Reverse(both)
				}
				errs := w.take(both...)
				if i < 2 && errs[slices.IndexFunc(both, func(m move) bool { return m.says == second.says })] != nil {
					w.fail("a fact was refused: %v", errs)
				}
				if i == 2 && (errs[0] == nil) == (errs[1] == nil) {
					w.fail("signed by two: %v", errs)
				}
			}
		}
		c.stands()
		c.whole()
	})
}

// What was suspended or terminated since it applied does not pass, whether it was
// built or is operated; what the meeting found is recorded as a fact.
func TestAProjectStoppedMeanwhileDoesNotPass(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		for n, tt := range []struct {
			kind string
			to   registry.Stage
		}{{registry.New, registry.Suspended}, {registry.Operate, registry.Terminated}} {
			code := fmt.Sprintf("ZT-%d", n)
			project := c.begin(code, tt.kind, registry.Building, 90*wan)
			c.act(deed{login: "finance.clerk", matter: c.declared(code, "fund_own", 40*wan), do: matter.Acknowledge})
			w := &road{city: c, acceptance: c.organising(project, tt.kind)}
			c.act(deed{login: "bureau.clerk", matter: c.archived(project, archive.Qualified, today), do: matter.Acknowledge}, w.meeting(conformity.Passed, 40*wan))
			must(t, d.Write(c.ctx, func(tx *db.Tx) error {
				return registry.Move(c.ctx, tx, project, registry.Building, func(p *registry.Project) { p.Stage = tt.to }, 6)
			}))
			signs := deed{login: "water.head", matter: w.acceptance, do: matter.SignOff}
			if _, err := c.try(signs); !problem.Is(err, problem.Conflict) {
				t.Errorf("%s %s passes: %v", tt.kind, tt.to, err)
			}
			c.act(deed{login: "water.clerk", matter: w.acceptance, do: matter.Withdraw}, w.meeting(conformity.Failed, 41*wan), signs)
		}
		c.whole()
	})
}
