package matter_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// together runs fn in n goroutines and waits for all.
func together(n int, fn func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { fn(i) })
	}
	wg.Wait()
}

// pressing asks again when the database was too busy, as the message tells
// people to; the key makes sure that it is done once.
func pressing(fn func() (matter.Result, error)) (matter.Result, error) {
	for range 20 {
		res, err := fn()
		var busy *problem.Error
		if !errors.As(err, &busy) || busy.Err == nil {
			return res, err
		}
	}
	return fn()
}

func same(t *testing.T, what string, got, first matter.Result) {
	t.Helper()
	equal(t, what+": matter", got.Matter, first.Matter)
	equal(t, what+": state", got.State, first.State)
	equal(t, what+": revision", got.Rev, first.Rev)
	equal(t, what+": number", got.Number, first.Number)
	equal(t, what+": event", got.Event, first.Event)
}

func TestRetryWithTheSameKeyGivesTheSameResultOnce(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		open := matter.OpenRequest{Procedure: "t-filing", Form: map[string]string{"subject": "供水"}, Lines: []map[string]string{{"name": "泵站"}}, Idem: "open"}
		opened, err := c.e.Open(c.ctx, c.as("water.clerk"), open)
		must(t, err)
		again, err := c.e.Open(c.ctx, c.as("water.clerk"), open)
		must(t, err)
		same(t, "open", again, opened)
		equal(t, "cases", c.count(`SELECT COUNT(*) FROM matter`), 1)
		c.act("water.clerk", opened.Matter, matter.Submit)
		c.act("water.head", opened.Matter, matter.SignOff)

		first := c.act("bureau.clerk", opened.Matter, matter.Acknowledge, once("ack"))
		before := c.rows()
		second := c.act("bureau.clerk", opened.Matter, matter.Acknowledge, once("ack"))
		same(t, "acknowledge", second, first)
		equal(t, "marked as repeated", [2]bool{first.Repeated, second.Repeated}, [2]bool{false, true})
		equal(t, "rows", c.rows(), before)
		_, err = c.try("bureau.clerk", opened.Matter, matter.Acknowledge, once("another key"))
		refused(t, "a new request for what is done", err, problem.Conflict)
		_, err = c.try("bureau.clerk2", opened.Matter, matter.Acknowledge, once("ack"))
		refused(t, "the key of another person", err, problem.Conflict)
	})
}

// A page that was left open sends its key again, with another button or for
// another case: nothing may seem done that was not.
func TestAKeyOfAnotherRequestIsRefused(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		a, b := c.reported("water", "30"), c.reported("health", "30")
		c.act("bureau.clerk", a, matter.Acknowledge, once("page"))
		before := c.rows()
		_, err := c.try("bureau.clerk", b, matter.Acknowledge, once("page"))
		refused(t, "the key of another case", err, problem.Conflict)
		_, err = c.try("bureau.clerk", a, matter.Return, because("缺"), once("page"))
		refused(t, "the key of another act", err, problem.Conflict)
		_, err = c.e.Open(c.ctx, c.as("bureau.clerk"), matter.OpenRequest{Procedure: "t-panel", Idem: "page"})
		refused(t, "the key of an act on opening", err, problem.Conflict)
		equal(t, "rows", c.rows(), before)

		opened, err := c.e.Open(c.ctx, c.as("bureau.clerk"), matter.OpenRequest{Procedure: "t-panel", Idem: "new"})
		must(t, err)
		_, err = c.e.Open(c.ctx, c.as("bureau.clerk"), matter.OpenRequest{Procedure: "t-filing", Idem: "new"})
		refused(t, "the key of another procedure", err, problem.Conflict)
		_, err = c.try("bureau.clerk", opened.Matter, matter.Submit, once("new"))
		refused(t, "the key of the opening", err, problem.Conflict)
		equal(t, "cases", c.count(`SELECT COUNT(*) FROM matter`), 3)
	})
}

// The last opinion moves the case by itself; its retry must tell the same.
func TestRetryOfTheLastOpinion(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.sent()
		opine := func(login string) (matter.Result, error) {
			s := c.seat(login, id, c.as(login).UnitID)
			return c.e.Opine(c.ctx, c.as(login), matter.OpineRequest{Matter: id, Seat: s.ID, Opinion: "agree", Idem: "opinion"})
		}
		for _, login := range []string{"bureau.head", "ndrc.head", "cac.head"} {
			first, err := opine(login)
			must(t, err)
			before := c.rows()
			second, err := opine(login)
			must(t, err)
			same(t, login, second, first)
			equal(t, "rows", c.rows(), before)
		}
		equal(t, "state", c.load("water.clerk", id).State, approved)
	})
}

func TestDoubleClickFromEightGoroutines(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id, actor := c.reported("water", "30"), c.as("bureau.clerk")
		events := c.count(`SELECT COUNT(*) FROM event`)
		results, errs := make([]matter.Result, 8), make([]error, 8)
		together(8, func(i int) {
			results[i], errs[i] = c.e.Act(c.ctx, actor, matter.Request{Matter: id, Action: matter.Acknowledge, Idem: "click"})
		})
		fresh := 0
		for i := range results {
			must(t, errs[i])
			same(t, fmt.Sprintf("click %d", i), results[i], results[0])
			if !results[i].Repeated {
				fresh++
			}
		}
		equal(t, "carried out", fresh, 1)
		equal(t, "events", c.count(`SELECT COUNT(*) FROM event`), events+1)
		equal(t, "receipts", c.count(`SELECT COUNT(*) FROM receipt`), 1)
		equal(t, "last number", c.count(`SELECT last FROM number_series`), 1)
	})
}

func TestOpeningFromEightGoroutines(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		actor := c.as("water.clerk")
		results, errs := make([]matter.Result, 8), make([]error, 8)
		together(8, func(i int) {
			results[i], errs[i] = c.e.Open(c.ctx, actor, matter.OpenRequest{Procedure: "t-filing", Idem: "open"})
		})
		for i := range results {
			must(t, errs[i])
			same(t, fmt.Sprintf("open %d", i), results[i], results[0])
		}
		equal(t, "cases", c.count(`SELECT COUNT(*) FROM matter`), 1)
		equal(t, "tasks", c.count(`SELECT COUNT(*) FROM task`), 1)
	})
}

func TestEightPeopleActAtOnceAndOneIsFirst(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id, actor := c.reported("water", "30"), c.as("bureau.clerk")
		errs := make([]error, 8)
		together(8, func(i int) {
			_, errs[i] = c.e.Act(c.ctx, actor, matter.Request{Matter: id, Action: matter.Acknowledge})
		})
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else {
				refused(t, "the slower ones", err, problem.Conflict)
			}
		}
		equal(t, "done", done, 1)
		equal(t, "receipts", c.count(`SELECT COUNT(*) FROM receipt`), 1)
	})
}

func TestThreeSeatsGivenAtOnceResolveOnce(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.sent()
		logins := []string{"bureau.head", "ndrc.head", "cac.head"}
		var asked []func() error
		for _, login := range logins {
			a, s := c.as(login), c.seat(login, id, c.as(login).UnitID)
			asked = append(asked, func() error {
				_, err := c.e.Opine(c.ctx, a, matter.OpineRequest{Matter: id, Seat: s.ID, Opinion: "agree"})
				return err
			})
		}
		errs := make([]error, 3)
		together(3, func(i int) { errs[i] = asked[i]() })
		for _, err := range errs {
			must(t, err)
		}
		m := c.load("water.clerk", id)
		equal(t, "state", m.State, approved)
		equal(t, "the case moved once", c.count(`SELECT COUNT(*) FROM event WHERE action = 'approve'`), 1)
	})
}

func TestNumbersHaveNoGaps(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		actor := c.as("bureau.clerk")
		ids := make([]string, 10)
		for i := range ids {
			ids[i] = c.reported("water", "30")
		}
		refusedOne := c.open("water.clerk", "t-filing", "30")
		numbers, errs := make([]string, 10), make([]error, 10)
		together(10, func(i int) {
			_, err := c.e.Act(c.ctx, actor, matter.Request{Matter: refusedOne, Action: matter.Acknowledge})
			if err == nil {
				errs[i] = fmt.Errorf("a draft was acknowledged")
				return
			}
			res, err := pressing(func() (matter.Result, error) {
				return c.e.Act(c.ctx, actor, matter.Request{Matter: ids[i], Action: matter.Acknowledge, Idem: ids[i]})
			})
			numbers[i], errs[i] = res.Number, err
		})
		for _, err := range errs {
			must(t, err)
		}
		for n := 1; n <= 10; n++ {
			if want := fmt.Sprintf("试验备〔2026〕%d号", n); !slices.Contains(numbers, want) {
				t.Errorf("%s is missing from %v", want, numbers)
			}
		}
		equal(t, "receipts", c.count(`SELECT COUNT(*) FROM receipt`), 10)
		equal(t, "cases with their receipt's number", c.count(`SELECT COUNT(*) FROM receipt r JOIN matter m ON m.id = r.matter_id AND m.number = r.number`), 10)
	})
}

func TestNumbersStartAnewEachYear(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		first, second := c.reported("water", "30"), c.reported("health", "30")
		c.act("bureau.clerk", first, matter.Acknowledge)
		c.clock.Set(opening.AddDate(1, 0, 0))
		equal(t, "next year's first", c.act("bureau.clerk", second, matter.Acknowledge).Number, "试验备〔2027〕1号")
	})
}

func TestBulkWithOneIllegalItem(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		a, b, draft := c.reported("water", "30"), c.reported("health", "40"), c.open("water.clerk", "t-filing", "30")
		done := c.reported("water", "50")
		c.act("bureau.clerk", done, matter.Acknowledge)
		asked := matter.Request{Action: matter.Acknowledge, Idem: "bulk", Rev: 99}
		items, err := c.e.Bulk(c.ctx, c.as("bureau.clerk"), asked, []string{a, draft, done, "nothing", b})
		must(t, err)
		want := []problem.Kind{problem.Internal, problem.NotFound, problem.Conflict, problem.NotFound, problem.Internal}
		for i, item := range items {
			if want[i] == problem.Internal {
				must(t, item.Err)
			} else {
				refused(t, fmt.Sprintf("item %d", i), item.Err, want[i])
			}
		}
		equal(t, "numbers", items[0].Result.Number+" "+items[4].Result.Number, "试验备〔2026〕2号 试验备〔2026〕3号")
		equal(t, "the illegal one is untouched", c.load("water.clerk", draft).State, matter.Draft)

		before := c.rows()
		again, err := c.e.Bulk(c.ctx, c.as("bureau.clerk"), asked, []string{a, b})
		must(t, err)
		must(t, again[1].Err)
		same(t, "the bulk act sent twice", again[1].Result, items[4].Result)
		equal(t, "rows", c.rows(), before)
		_, err = c.e.Bulk(c.ctx, c.as("bureau.clerk"), asked, nil)
		refused(t, "nothing ticked", err, problem.Invalid)
		_, err = c.e.Bulk(c.ctx, c.as("bureau.clerk"), asked, make([]string, 501))
		refused(t, "too many", err, problem.Invalid)
	})
}
