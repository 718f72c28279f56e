package registry_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// booking runs fn as the effect of an act would.
func (c *city) booking(fn func(d *matter.Doing) error) error {
	return c.db.Write(c.ctx, func(tx *db.Tx) error {
		return fn(&matter.Doing{Tx: tx, Case: &matter.Case{ID: "act", Now: time.UnixMilli(5)}, EventID: "event"})
	})
}

func (c *city) book(b ...registry.Booking) {
	c.t.Helper()
	if err := c.booking(func(d *matter.Doing) error { return registry.Book(c.ctx, d, b...) }); err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) grant(b registry.Booking) error {
	return c.booking(func(d *matter.Doing) error { return registry.Grant(c.ctx, d, b) })
}

func (c *city) moneyHolds() {
	c.t.Helper()
	c.totalsHold()
	if wrong, err := registry.CheckMoney(c.ctx, c.db); len(wrong) > 0 || err != nil {
		c.t.Errorf("money: %v %q", err, wrong)
	}
}

// A17.0 概算控制预算: 概算 300 万元，先后安排 100 万元、200 万元；再多一分也不能。
func TestBudgetsKeepWithinTheEstimate(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		const wan = money.Fen(10_000_00)
		p := c.add("water", "河道监测", 300*wan)
		at := func(kind registry.MoneyKind, amount money.Fen) registry.Booking {
			return registry.Booking{Project: p.ID, Kind: kind, Amount: amount, Year: 2027, Title: "河道监测"}
		}
		if err := c.grant(at(registry.Budget, 1)); !problem.Is(err, problem.Conflict) {
			t.Errorf("budget without an estimate: %v", err)
		}
		c.book(at(registry.Ceiling, 300*wan))
		for _, tt := range []struct {
			amount money.Fen
			ok     bool
		}{{100 * wan, true}, {200*wan + 1, false}, {200 * wan, true}, {1, false}} {
			err := c.grant(at(registry.Budget, tt.amount))
			if tt.ok && err != nil || !tt.ok && (!problem.Is(err, problem.Conflict) || !strings.Contains(err.Error(), "概算控制预算")) {
				t.Errorf("grant of %s: %v", tt.amount.Wan(), err)
			}
		}
		// what happened outside is booked whatever it comes to
		c.book(at(registry.Contracted, 320*wan), at(registry.Paid, 310*wan), at(registry.Settled, 320*wan))
		got, err := registry.ChainOf(c.ctx, c.db, p.ID, "")
		want := registry.Money{Ceiling: 300 * wan, Budget: 300 * wan, Contracted: 320 * wan, Paid: 310 * wan, Settled: 320 * wan}
		if err != nil || got.Money != want {
			t.Errorf("chain %+v %v, want %+v", got.Money, err, want)
		}
		if p, err := registry.Load(c.ctx, c.db, actor("bureau"), p.ID); err != nil || p.Money != want {
			t.Errorf("project %+v %v", p.Money, err)
		}
		if total := c.total(actor("bureau"), registry.Filter{UnitID: "water"}); total.Money != want {
			t.Errorf("total %+v", total.Money)
		}
		c.moneyHolds()
		// a move of the project carries its money to the sums of its new stage
		c.write(func(tx *db.Tx) error {
			return registry.Move(c.ctx, tx, p.ID, registry.Planned, func(p *registry.Project) { p.Stage = registry.Building }, 6)
		})
		if total := c.total(actor("bureau"), registry.Filter{Stage: registry.Building}); total.Money != want {
			t.Errorf("total of the new stage %+v", total.Money)
		}
		c.moneyHolds()
	})
}

func TestMoneyChangedByHandIsReported(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		p := c.add("water", "河道监测", 300_00)
		c.book(registry.Booking{Project: p.ID, Kind: registry.Ceiling, Amount: 300_00, Title: "x"})
		for _, text := range []string{`UPDATE money_chain SET budget = 1`, `UPDATE project SET paid = 1`, `UPDATE money_entry SET amount = 299`, `DELETE FROM money_entry`} {
			undo := errors.New("undo")
			err := c.db.Write(c.ctx, func(tx *db.Tx) error {
				if err := tx.Later(c.ctx, text); err != nil {
					return err
				}
				wrong, err := registry.CheckMoney(c.ctx, tx)
				if len(wrong) == 0 || err != nil {
					t.Errorf("%s goes unnoticed: %v", text, err)
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Fatal(err)
			}
		}
		c.moneyHolds()
	})
}

// No order of grants, concurrent ones included, brings the budgets above the
// estimate, and what was refused left nothing behind.
func TestNoOrderOfGrantsExceedsTheEstimate(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		n := 0
		rapid.Check(t, func(r *rapid.T) {
			n++
			p := c.add("water", strings.Repeat("测", n+1), 100)
			kinds := rapid.SampledFrom([]registry.MoneyKind{registry.Budget, registry.Contracted, registry.Paid, registry.Settled})
			c.book(registry.Booking{Project: p.ID, Kind: registry.Ceiling, Amount: 100, Title: "概算"})
			var left sync.WaitGroup
			var mu sync.Mutex
			granted := money.Fen(0)
			for _, amounts := range rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(1, 60), 1, 3), 1, 3).Draw(r, "grants") {
				left.Go(func() {
					for _, a := range amounts {
						if c.grant(registry.Booking{Project: p.ID, Amount: money.Fen(a), Title: "安排"}) == nil {
							mu.Lock()
							granted += money.Fen(a)
							mu.Unlock()
						}
					}
				})
			}
			left.Wait()
			c.book(registry.Booking{Project: p.ID, Kind: kinds.Filter(func(k registry.MoneyKind) bool { return k != registry.Budget }).Draw(r, "fact"), Amount: 1000, Title: "事实"})
			got, err := registry.ChainOf(c.ctx, c.db, p.ID, "")
			if err != nil || got.Budget > got.Ceiling || got.Budget != granted {
				r.Errorf("budget %d of %d, granted %d: %v", got.Budget, got.Ceiling, granted, err)
			}
		})
		c.moneyHolds()
	})
}

// Recurring operation is held together by service period.
func TestPeriodsOfOperation(t *testing.T) {
	t.Parallel()
	if got := registry.Period(registry.Operate, 2027); got != "2027" {
		t.Error(got)
	}
	if got := registry.Period(registry.Rebuild, 2027); got != "" {
		t.Error(got)
	}
	inCity(t, func(t *testing.T, c *city) {
		p := c.add("hydro", "水文遥测运维", 200_00, func(p *registry.Project) { p.BuildKind, p.Stage = registry.Operate, registry.Reserved })
		for year, amount := range map[int64]money.Fen{2027: 200_00, 2028: 150_00} {
			if err := c.booking(func(d *matter.Doing) error { return registry.Plan(c.ctx, d, p.ID, year, amount) }); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.grant(registry.Booking{Project: p.ID, Period: "2028", Amount: 150_01, Title: "运维"}); !problem.Is(err, problem.Conflict) {
			t.Errorf("more than the period's plan: %v", err)
		}
		if err := c.grant(registry.Booking{Project: p.ID, Period: "2028", Amount: 150_00, Title: "运维"}); err != nil {
			t.Error(err)
		}
		chains, err := registry.Chains(c.ctx, c.db, p.ID)
		if err != nil || len(chains) != 2 || chains[0].Period != "2028" || chains[0].Budget != 150_00 || chains[1].Ceiling != 200_00 || !slices.ContainsFunc(registry.Bases, func(o form.Option) bool { return o.ID == chains[0].Basis }) {
			t.Errorf("chains %+v %v", chains, err)
		}
		c.moneyHolds()
	})
}
