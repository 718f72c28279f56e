package conformity_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/acceptance/conformity"
	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// books are what was recorded of a project, kept beside the program: sums and marks
// are worked out again from the text of the rules.
type books struct {
	*city
	r             *rand.Rand
	project, code string
	kind          string
	chains        map[string]*registry.Money
	bought        []*bought
	signed        []*signed
	n             int
}

type bought struct {
	number, period string
	takes          money.Fen // of the budgets
	award          money.Fen
	contracted     money.Fen
	notice         calendar.Date
}

type signed struct {
	number, period string
	amount, worth  money.Fen
	paid           money.Fen
	supplements    money.Fen
	supplementary  bool
	closed         bool
	scheduled      money.Fen // of the one node, which has no date
	payments       []payment
}

type payment struct {
	on     calendar.Date
	amount money.Fen
	named  bool // the node
}

// early reports whether a payment of a day comes before the node that makes it due.
func (k *signed) early(p payment) bool {
	if k.closed || k.scheduled == 0 {
		return false
	}
	sum, named := p.amount, p.named
	for _, o := range k.payments {
		if o.on <= p.on {
			sum, named = sum+o.amount, named || o.named
		}
	}
	if sum = min(sum, k.worth); named {
		return sum > k.scheduled
	}
	return sum > 0
}

func (b *books) chain(period string) *registry.Money {
	if b.chains[period] == nil {
		b.chains[period] = &registry.Money{}
	}
	return b.chains[period]
}

// near is an amount about a limit: often just what is left of it, or one fen more.
func (b *books) near(left money.Fen) money.Fen {
	switch b.r.IntN(6) {
	case 0, 1:
		return max(1, left)
	case 2:
		return max(1, left+1)
	case 3:
		return max(1, left-1)
	case 4:
		return money.Fen(1 + b.r.Int64N(900*int64(wan)))
	}
	return pick(b.r, 1, 50*wan, 1_000_000*wan)
}

func (b *books) day(from, most int) calendar.Date { return today.AddDays(-from - b.r.IntN(most)) }

func chosen[T any](r *rand.Rand, list []T) (T, bool) {
	if len(list) == 0 || r.IntN(4) == 0 {
		var none T
		return none, false
	}
	return list[r.IntN(len(list))], true
}

// marked demands that a record bears those marks and no others.
func (b *books) marked(what, table, column, id string, want map[string]bool) {
	b.t.Helper()
	got, err := db.Value[string](b.ctx, b.d, `SELECT `+column+` FROM `+table+` WHERE id = $1`, id)
	must(b.t, err)
	var ids []string
	for k, broken := range want {
		if broken {
			ids = append(ids, k)
		}
	}
	have := strings.Fields(got)
	slices.Sort(ids)
	slices.Sort(have)
	if !slices.Equal(ids, have) {
		b.t.Errorf("%s %s (%s): marked %v, want %v", b.code, what, b.kind, have, ids)
	}
}

func (b *books) budget() {
	b.t.Helper()
	amount := b.near(300 * wan)
	b.act(deed{login: "finance.clerk", matter: b.declared(b.code, "fund_central", amount), do: matter.Acknowledge})
	b.chain(registry.Period(b.kind, year)).Budget += amount
}

func (b *books) procure() {
	b.t.Helper()
	budgetYear := int64(year - b.r.IntN(2))
	period := registry.Period(b.kind, budgetYear)
	left := b.chain(period).Budget
	for _, k := range b.bought {
		if k.period == period {
			left -= k.takes
		}
	}
	asked := b.near(left)
	award, limit, awarded := b.near(asked), money.Fen(0), b.r.IntN(5) > 0
	if b.r.IntN(2) == 0 {
		limit = b.near(asked)
	}
	opened, notice := b.day(40, 30), b.day(0, 60)
	said := map[string]string{"item": fmt.Sprintf("采购 %d", b.n), "plan_number": "CG-1", "method": "open_tender", "budget_year": fmt.Sprint(budgetYear), "source": "general", "budget": asked.WanExact(), "mixed": procurement.AllFiscal,
		"result": procurement.Failed, "opened_on": string(opened)}
	if limit > 0 {
		said["price_limit"] = limit.WanExact()
	}
	if awarded {
		maps.Copy(said, map[string]string{"result": procurement.Awarded, "supplier": "贵州某某科技有限公司", "uscc": "91520200MA6TT0001F", "award": award.WanExact(), "notice_on": string(notice)})
	}
	id := b.open("water.clerk", procurement.Key, b.project, said, nil)
	number := b.act(append(submitted(id), deed{login: "bureau.clerk", matter: id, do: matter.Acknowledge})...)
	b.marked("procurement "+asked.WanExact(), "procurement", "marks", id, map[string]bool{
		"A18.1-budget": awarded && (b.chain(period).Budget == 0 || asked > left),
		"A18.1-year":   awarded && b.chain(period).Budget > 0 && budgetYear != year,
		"A18.1-award":  limit > asked || awarded && (award > asked || limit > 0 && award > limit),
		"A18.2-order":  awarded && notice < opened,
	})
	if awarded {
		b.bought = append(b.bought, &bought{number: number, period: period, takes: award, award: award, notice: notice})
	}
}

func (b *books) sign() {
	b.t.Helper()
	b.n++
	budgetYear := int64(year - b.r.IntN(2))
	chain := b.chain(registry.Period(b.kind, budgetYear))
	left := chain.Budget - chain.Contracted
	said := map[string]string{"contract_number": fmt.Sprintf("HT-%s-%d", b.code, b.n), "budget_year": fmt.Sprint(budgetYear)}
	from, has := chosen(b.r, b.bought)
	original, filed := chosen(b.r, slices.DeleteFunc(slices.Clone(b.signed), func(k *signed) bool { return k.supplementary }))
	supplementary := b.r.IntN(3) == 0
	if has = has && !supplementary; has {
		said["procurement"], left = from.number, from.award-from.contracted
	}
	if filed = filed && supplementary; filed {
		said["original"], left = original.number, original.amount/10-original.supplements
	}
	if supplementary {
		said["supplementary"] = "1"
	}
	amount, on, code := b.near(left), b.day(0, 60), b.r.IntN(4) > 0
	scheduled := pick(b.r, amount, amount, amount, amount+1, 0)
	var lines []map[string]string
	if scheduled > 0 {
		lines = []map[string]string{{"node": "验收", "amount": scheduled.WanExact()}}
	}
	if !code {
		said["uscc"] = ""
	}
	said["amount"], said["signed_on"] = amount.WanExact(), string(on)
	id := b.contract(b.project, said, lines...)
	number := b.act(deed{login: "bureau.clerk", matter: id, do: matter.Acknowledge})
	b.marked("contract "+amount.WanExact(), "contract", "marks", id, map[string]bool{
		"A18.2-contract":      !supplementary && !has,
		"A19.1-award":         has && from.contracted+amount > from.award,
		"A19.1-budget":        chain.Contracted+amount > chain.Budget,
		"A19.1-supplementary": supplementary && (!filed || (original.supplements+amount)*100 > original.amount*10),
		"A19.1-signed":        has && (on < from.notice || from.notice.DaysUntil(on) > 30),
		"A19.1-late":          workdays(on, today) > 15,
		"A19.1-schedule":      scheduled != amount,
		"A19.1-uscc":          !code,
	})
	chain.Contracted += amount
	if has {
		from.contracted += amount
	}
	if filed {
		original.supplements += amount
	}
	b.signed = append(b.signed, &signed{number: number, period: registry.Period(b.kind, budgetYear), amount: amount, worth: amount, supplementary: supplementary, scheduled: scheduled})
}

// workdays are the Mondays to Fridays after a day, up to another: this city keeps no holidays.
func workdays(after, until calendar.Date) int {
	n := 0
	for d := after.AddDays(1); d <= until; d = d.AddDays(1) {
		t, _ := time.Parse(time.DateOnly, string(d))
		if w := t.Weekday(); w != time.Saturday && w != time.Sunday {
			n++
		}
	}
	return n
}

func (b *books) pay() {
	b.t.Helper()
	on, k, is := b.day(0, 500), (*signed)(nil), false
	said := map[string]string{"paid_on": string(on), "voucher": "PZ-1", "contract": ""}
	period, left := registry.Period(b.kind, int64(on.Year())), 100*wan
	if k, is = chosen(b.r, b.signed); is {
		said["contract"], period, left = k.number, k.period, k.worth-k.paid
	}
	amount := b.near(left)
	said["amount"] = amount.WanExact()
	p := payment{on, amount, b.r.IntN(2) == 0}
	if p.named {
		said["node"] = "验收"
	}
	id := b.open("water.clerk", contract.PaymentKey, b.project, said, nil)
	b.act(submitted(id)...)
	b.marked("payment "+amount.WanExact(), "payment", "marks", id, map[string]bool{"A19.1-unfiled": !is, "A19.1-paid": is && k.paid+amount > k.worth, "A19.1-early": is && k.early(p),
		"A17.0-paid": b.chain(period).Paid+amount > b.chain(period).Budget})
	b.chain(period).Paid += amount
	if is {
		k.paid += amount
		k.payments = append(k.payments, p)
	}
}

func (b *books) end() {
	b.t.Helper()
	k, is := chosen(b.r, slices.DeleteFunc(slices.Clone(b.signed), func(k *signed) bool { return k.closed }))
	if !is {
		return
	}
	amount, how := b.near(pick(b.r, k.amount, k.paid)), contract.Settled
	if b.r.IntN(4) == 0 {
		how = contract.Terminated
		if b.r.IntN(2) == 0 {
			amount = 0
		}
	}
	said := map[string]string{"contract": k.number, "kind": how, "ended_on": string(b.day(0, 400)), "reason": "双方协商一致。"}
	if amount > 0 {
		said["amount"] = amount.WanExact()
	}
	id := b.open("water.clerk", contract.SettlementKey, b.project, said, nil)
	b.attach("water.clerk", id, contract.Paper)
	b.act(submitted(id)...)
	of, err := db.Value[string](b.ctx, b.d, `SELECT k.id FROM contract k JOIN matter m ON m.id = k.id WHERE m.number = $1`, k.number)
	must(b.t, err)
	b.marked("settlement "+amount.WanExact(), "contract", "closed_marks", of, map[string]bool{"A19.1-settled": amount > k.amount, "A19.1-overpaid": k.paid > amount})
	b.chain(k.period).Contracted += amount - k.amount
	k.worth, k.closed = amount, true
}

// What has happened is recorded: procurements, contracts with those that supplement
// them, payments and settlements in whatever order, of whatever amount, before any
// budget and dated long ago come to their end once the marks are answered; each is
// marked where its figures break a rule and nowhere else.
func TestFactsAreRecordedInAnyOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := dice(t)
		c := build(t, d)
		for n := range 4 {
			b := &books{city: c, r: r, code: fmt.Sprintf("SS-%d", n+1), kind: pick(r, registry.New, registry.Operate), chains: map[string]*registry.Money{}}
			stage := pick(r, registry.Planned, registry.Reserved, registry.Approved, registry.Building, registry.Suspended, registry.Accepted, registry.Operating, registry.Terminated)
			ceiling := 300 * wan
			b.project = c.begin(b.code, b.kind, stage, ceiling)
			b.chain(registry.Period(b.kind, year)).Ceiling = ceiling
			for range 16 {
				pick(r, b.budget, b.procure, b.procure, b.sign, b.sign, b.sign, b.pay, b.pay, b.end)()
			}
			if slices.Contains(registry.Unaccepted, string(stage)) {
				b.account()
			}
			for period, want := range b.chains {
				if got, err := registry.ChainOf(c.ctx, d, b.project, period); err != nil || got.Money != *want {
					t.Errorf("%s %s: booked %v %v, recorded %v", b.code, period, got.Money, err, want)
				}
			}
		}
		c.whole()
	})
}

// account records a final account and an archive, although the project may have been
// suspended or ended: then its acceptance is not applied for.
func (b *books) account() {
	b.t.Helper()
	amount := b.near(300 * wan)
	id := b.open("water.clerk", conformity.Key, b.project, nil, nil)
	ln := b.load("water.clerk", id).LinesOf("")[0]
	_, err := b.e.Save(b.ctx, b.as("water.clerk"), matter.SaveRequest{Matter: id, Line: ln.ID, Rev: ln.Rev, Values: map[string]string{"completed": "没有建成", "done": "none", "deviation": "项目终止"}})
	must(b.t, err)
	b.attach("water.clerk", id, conformity.FinalAccount)
	b.act(deed{login: "water.clerk", matter: id, do: conformity.Settle, input: map[string]string{"amount": amount.WanExact(), "date": string(today)}}, deed{login: "water.head", matter: id, do: matter.SignOff},
		deed{login: "bureau.clerk", matter: b.archived(b.project, pick(b.r, archive.Qualified, archive.Unqualified), today), do: matter.Acknowledge})
	if b.r.IntN(2) == 0 { // a meeting that no check preceded
		amount = b.near(300 * wan)
		w := &road{city: b.city, acceptance: id}
		b.act(w.meeting(pick(b.r, conformity.Passed, conformity.Mended, conformity.Failed), amount), deed{login: "water.head", matter: id, do: matter.SignOff})
		if n, err := db.Value[int64](b.ctx, b.d, `SELECT COUNT(*) FROM mark WHERE matter_id = $1 AND rule_id = 'A20.3-before' AND rectify = 'A32.1'`, id); err != nil || n != 1 {
			b.t.Errorf("%s: a meeting before the check is marked %d times, %v", b.code, n, err)
		}
	}
	b.chain(registry.Period(b.kind, year)).Settled += amount
	p, err := registry.Load(b.ctx, b.d, b.as("water.clerk"), b.project)
	must(b.t, err)
	if _, err := b.try(deed{login: "water.clerk", matter: id, do: matter.Submit}); !slices.Contains(registry.Under, string(p.Stage)) && (err == nil || !strings.Contains(says(err), "A20.2-stage")) {
		b.t.Errorf("%s %s applies for its acceptance: %v", b.code, p.Stage, err)
	}
}

// Two contracts that each fit into the budgets, put on file at the same moment, and
// two payments that each fit the contract: the one that comes second is marked.
func TestOneOfTwoAtOnceIsMarked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		b := &books{city: c, code: "TS-1"}
		b.project = c.begin(b.code, registry.New, registry.Building, 300*wan)
		c.act(deed{login: "finance.clerk", matter: c.declared(b.code, "fund_own", 100*wan), do: matter.Acknowledge})
		together := func(table, mark string, deeds ...deed) {
			t.Helper()
			var all sync.WaitGroup
			for _, x := range deeds {
				c.as(x.login)
				all.Go(func() {
					if _, err := c.try(x); err != nil {
						t.Errorf("%s: %s", x, says(err))
					}
				})
			}
			all.Wait()
			n, err := db.Value[int64](c.ctx, d, `SELECT COUNT(*) FROM `+table+` WHERE ' ' || marks || ' ' LIKE $1`, "% "+mark+" %")
			if err != nil || n != 1 {
				t.Errorf("%d of two are marked %s, %v", n, mark, err)
			}
		}
		var deeds []deed
		for n := range 2 {
			id := c.contract(b.project, map[string]string{"amount": "60", "contract_number": fmt.Sprintf("HT-%d", n)})
			deeds = append(deeds, deed{login: "bureau.clerk", matter: id, do: matter.Acknowledge})
		}
		together("contract", "A19.1-budget", deeds...)
		number, err := db.Value[string](c.ctx, d, `SELECT number FROM matter WHERE id = $1`, deeds[0].matter)
		must(t, err)
		deeds = nil
		for range 2 {
			id := c.open("water.clerk", contract.PaymentKey, b.project, map[string]string{"paid_on": string(today), "voucher": "PZ-1", "contract": number, "amount": "40"}, nil)
			c.act(deed{login: "water.clerk", matter: id, do: matter.Submit})
			deeds = append(deeds, deed{login: "water.head", matter: id, do: matter.SignOff})
		}
		together("payment", "A19.1-paid", deeds...)
		c.whole()
	})
}

// A final account is a fact like the others: it waits neither for a budget nor for
// the conformity check, and the acceptance as passed is held by it all the same.
func TestAFinalAccountWaitsForNoCheck(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		project := c.begin("JS-1", registry.New, registry.Building, 90*wan)
		id := c.applying(project, registry.New)
		account := func(amount money.Fen, then matter.Action) {
			t.Helper()
			c.act(deed{login: "water.clerk", matter: id, do: conformity.Settle, input: map[string]string{"amount": amount.WanExact(), "date": "2025-01-08"}}, deed{login: "water.head", matter: id, do: then})
		}
		for _, tt := range []struct {
			amount money.Fen
			then   matter.Action
			booked money.Fen
		}{{120 * wan, matter.Return, 0}, {110 * wan, matter.SignOff, 110 * wan}, {85 * wan, matter.SignOff, 85 * wan}} {
			account(tt.amount, tt.then)
			chain, err := registry.ChainOf(c.ctx, d, project, "")
			if k := c.load("water.clerk", id); err != nil || chain.Settled != tt.booked || k.State != matter.Draft {
				t.Errorf("%s of %s: booked %s, %s, %v", tt.then, tt.amount.WanExact(), chain.Settled.WanExact(), k.State, err)
			}
		}
		c.checked(id)
		c.act(deed{login: "bureau.clerk", matter: c.archived(project, archive.Qualified, today), do: matter.Acknowledge},
			deed{login: "finance.clerk", matter: c.declared("JS-1", "fund_own", 80*wan), do: matter.Acknowledge})
		w := &road{city: c, acceptance: id}
		if _, err := c.try(w.meeting(conformity.Passed, 85*wan)); err == nil || !strings.Contains(says(err), "A17.0-settled") {
			t.Errorf("85 of 80: %v", err)
		}
		account(80*wan, matter.SignOff)
		if k := c.load("water.clerk", id); k.State != conformity.Organising {
			t.Errorf("after the check it is %s", k.State)
		}
		c.act(w.meeting(conformity.Passed, 80*wan), deed{login: "water.head", matter: id, do: matter.SignOff})
		c.stands()
		c.whole()
	})
}

// To file the papers of an acceptance is owed once a meeting is recorded as passed;
// a record that is taken back or returned owes nothing, and a failed one does not.
func TestAMeetingNobodySignedOwesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		project := c.begin("HY-1", registry.New, registry.Building, 90*wan)
		c.act(deed{login: "finance.clerk", matter: c.declared("HY-1", "fund_own", 80*wan), do: matter.Acknowledge})
		w := &road{city: c, acceptance: c.organising(project, registry.New)}
		c.act(deed{login: "bureau.clerk", matter: c.archived(project, archive.Qualified, today), do: matter.Acknowledge})
		for _, tt := range []struct {
			result, login string
			then          matter.Action
			open, after   int64
		}{{conformity.Passed, "water.clerk", matter.Withdraw, 1, 0}, {conformity.Mended, "water.head", matter.Return, 1, 0}, {conformity.Failed, "water.head", matter.SignOff, 0, 0}, {conformity.Passed, "water.head", matter.SignOff, 1, 1}} {
			owed := func(want int64) {
				t.Helper()
				if n, err := db.Value[int64](c.ctx, d, `SELECT COUNT(*) FROM duty WHERE kind = $1`, conformity.FileDuty.Key); err != nil || n != want {
					t.Errorf("%s %s: %d duties to file, want %d, %v", tt.result, tt.then, n, want, err)
				}
			}
			c.act(w.meeting(tt.result, 80*wan))
			owed(tt.open)
			c.act(deed{login: tt.login, matter: w.acceptance, do: tt.then})
			owed(tt.after)
		}
	})
}
