package reserve_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/planning/season"
	"zhengcheng/internal/problem"
)

// With nobody left to come instead, a conflict is still taken down; what cannot
// follow is a pass by two.
func TestTooFewExpertsLeftCannotPass(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d, 3)
		id := c.called("防汛会商运维", nil)
		for _, s := range []struct {
			opinion string
			want    matter.State
		}{{"recuse", reserve.Panel}, {review.Pass, reserve.Panel}, {review.Pass, reserve.Summing}} {
			if got := c.opine(id, s.opinion); got != s.want {
				t.Fatalf("after %s the case is %s, want %s", s.opinion, got, s.want)
			}
		}
		var r *measures.Refusal
		if err := c.conclude(id, review.Pass); !errors.As(err, &r) || !failed(r, "A08.1-quorum") {
			t.Fatalf("two experts pass a scheme: %v", err)
		}
		must(t, c.try("bureau.clerk", matter.Request{Matter: id, Action: reserve.Dissolve, Reason: "专家不够"}))
		if err := c.convene(id); err != nil {
			t.Fatalf("calling the same three again: %v", err)
		}
		// the marks of the first round do not count in the second
		for range 3 {
			c.opine(id, "recuse")
		}
		if err := c.conclude(id, review.Pass); !errors.As(err, &r) || !failed(r, "A08.1-opinions") {
			t.Fatalf("a round without opinions passes a scheme: %v", err)
		}
	})
}

func failed(r *measures.Refusal, rule string) bool {
	for _, f := range r.Findings {
		if f.RuleID == rule {
			return f.Outcome == measures.Fail
		}
	}
	return false
}

func TestARunningPanelWithoutExpertsIsNotCalled(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d, 3)
		id := c.called("河道采砂监管运维", nil)
		must(t, c.try("bureau.clerk", matter.Request{Matter: id, Action: reserve.Dissolve, Reason: "专家不够"}))
		_, err := c.e.Act(t.Context(), c.as("bureau.head"), matter.Request{Matter: c.memberOf("expert1"), Action: "remove", Reason: "调离"})
		must(t, err)
		before := c.rows(caseRows, eventRows)
		if err := c.convene(id); !problem.Is(err, problem.Invalid) {
			t.Fatalf("three of two: %v", err)
		}
		if after := c.rows(caseRows, eventRows); after != before {
			t.Errorf("a refusal wrote\n%s\nbefore it was\n%s", after, before)
		}
	})
}

func (c *city) memberOf(login string) string {
	c.t.Helper()
	id, err := db.Value[string](c.t.Context(), c.d, `SELECT e.matter_id FROM expert e JOIN person p ON p.id = e.id WHERE p.login = $1`, login)
	must(c.t, err)
	return id
}

// The first expert brings the unit of the pool with them, and every page knows its name.
func TestTheUnitOfThePoolIsKnownAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d, 1)
		if got := c.e.Units.Name(c.as("expert1").UnitID); got != "评审专家" {
			t.Errorf("the directory calls the unit of the first expert %q", got)
		}
	})
}

// Whoever left the pool, left the program, or took on a tie since the draw is not
// seated instead; the record says why they were passed over and can be repeated.
func TestASubstituteMustStillBeInThePool(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d, 7)
		id := c.called("城乡供水监测运维", nil)
		record := func() review.Record {
			t.Helper()
			m, err := c.e.Load(t.Context(), c.as("bureau.head"), id)
			must(t, err)
			r, err := review.RecordOf(t.Context(), c.e, c.as("bureau.head"), m)
			must(t, err)
			must(t, r.Repeat())
			return r
		}
		login := func(rank int) string { return strings.TrimPrefix(record().Candidates[rank].Name, "专家") }
		must(t, c.try("bureau.head", matter.Request{Matter: c.memberOf(login(3)), Action: "remove", Reason: "调离"}))
		gone := record().Candidates[4].ID
		c.experts = slices.DeleteFunc(c.experts, func(l string) bool { return l == login(4) })
		must(t, d.Write(t.Context(), func(tx *db.Tx) error { return identity.Leave(t.Context(), tx, gone) }))
		left := login(4)
		c.experts = slices.DeleteFunc(c.experts, func(l string) bool { return l == left })
		c.tied(login(5), "市水务局")

		c.opine(id, "recuse")
		r := record()
		k := r.Candidates
		if want := (review.Substitution{Out: r.Substitutions[0].Out, In: k[6].ID, Passed: []review.Passed{{ID: k[3].ID, Why: "已出库"}, {ID: k[4].ID, Why: "已出库"}, {ID: k[5].ID, Why: "申报单位或其主管部门的人员"}}}); !reflect.DeepEqual(r.Substitutions[0], want) {
			t.Errorf("substitution %+v, want %+v", r.Substitutions[0], want)
		}
		if got := r.Result(k[3].Candidate); got != "候补，未递补：已出库" {
			t.Errorf("the one who left the pool: %s", got)
		}
		c.opine(id, "recuse")
		if last := record().Substitutions[1]; last.In != "" || len(last.Passed) != 3 {
			t.Errorf("with nobody left: %+v", last)
		}

		must(t, c.try("bureau.clerk", matter.Request{Matter: id, Action: reserve.Dissolve, Reason: "重抽"}))
		must(t, c.convene(id))
		for _, again := range record().Candidates {
			if again.ID == k[3].ID || again.ID == k[4].ID {
				t.Errorf("%s left and is drawn from", again.Name)
			}
		}
	})
}

// tied notes that an expert now works for a unit of the city.
func (c *city) tied(login, unit string) {
	c.t.Helper()
	id := c.memberOf(login)
	c.act("bureau.clerk", id, "revise")
	m, err := c.e.Load(c.t.Context(), c.as("bureau.clerk"), id)
	must(c.t, err)
	_, err = c.e.Save(c.t.Context(), c.as("bureau.clerk"), matter.SaveRequest{Matter: id, Rev: m.FormRev, Values: map[string]string{"employer_unit": unit}})
	must(c.t, err)
	c.act("bureau.clerk", id, matter.Submit)
	c.act("bureau.head", id, matter.SignOff)
}

// The bureau is warned of opinions that are due; a panel that was dissolved owes none.
func TestADissolvedPanelOwesNoOpinions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d, 3)
		id := c.called("泵站自动化运维", nil)
		due := func() int64 {
			t.Helper()
			list, err := season.Warnings(t.Context(), c.d, c.as("bureau.head"), c.e.Units, 2027, c.clock.Today().AddDays(9))
			must(t, err)
			for _, w := range list {
				if w.Title == "评审意见将到期未交" {
					return w.Count
				}
			}
			return 0
		}
		c.opine(id, review.Pass)
		if got := due(); got != 2 {
			t.Errorf("%d opinions are due, want 2", got)
		}
		must(t, c.try("bureau.clerk", matter.Request{Matter: id, Action: reserve.Dissolve, Reason: "重抽"}))
		if got := due(); got != 0 {
			t.Errorf("%d opinions are due of a panel that was dissolved", got)
		}
	})
}
