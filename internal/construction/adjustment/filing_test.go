package adjustment_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/adjustment"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// city has the bureau, the finance bureau and a water office, and a project of
// it with an estimate of 300.00 万元.
type city struct {
	t       *testing.T
	d       *db.DB
	e       *matter.Engine
	minutes attachment.Stored
	project string
}

const ceiling = 300 * money.Wan

func build(t *testing.T, d *db.DB) *city {
	t.Helper()
	ctx := t.Context()
	must(t, d.Write(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ('city', '试验市', '5202', '试验', 'own')`); err != nil {
			return err
		}
		for _, u := range []identity.Unit{{ID: "bureau", Name: "市大数据发展管理局", Office: identity.BigData}, {ID: "finance", Name: "市财政局", Office: identity.Finance}, {ID: "water", Name: "市水务局"}} {
			u.Jurisdiction, u.ShortName, u.Code, u.Kind = "city", u.Name, u.ID, "department"
			if _, err := identity.AddUnit(ctx, tx, u); err != nil {
				return err
			}
			for _, post := range []string{identity.Clerk, identity.Head} {
				login := u.ID + "." + post
				if _, err := identity.AddPerson(ctx, tx, identity.Person{ID: login, Jurisdiction: "city", UnitID: u.ID, Name: login, Login: login, Roles: []string{post}}, 1); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	units, err := identity.LoadDirectory(ctx, d)
	must(t, err)
	store, err := attachment.OpenStore(t.TempDir())
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	c := &city{t: t, d: d}
	c.e, err = matter.New(d, calendar.Fixed(time.Date(2026, 5, 6, 10, 0, 0, 0, calendar.Shanghai)), units, store, adjustment.Adjusting())
	must(t, err)
	c.minutes, err = store.Put("minutes.pdf", strings.NewReader("%PDF-1.4 minutes"))
	must(t, err)
	return c
}

// begin enters a new project with its estimate.
func (c *city) begin(n int) {
	c.t.Helper()
	ctx := c.t.Context()
	must(c.t, c.d.Write(ctx, func(tx *db.Tx) error {
		p, err := registry.Add(ctx, tx, registry.Project{Jurisdiction: "city", UnitID: "water", Code: fmt.Sprintf("C-%d", n), Name: fmt.Sprintf("河道监测 %d", n), Year: 2026, BuildKind: registry.New,
			Stage: registry.Approved, Origin: "plan", MatterID: "m"}, 1)
		c.project = p.ID
		if err != nil {
			return err
		}
		return registry.Book(ctx, &matter.Doing{Tx: tx, Case: &matter.Case{ID: "m", Now: time.UnixMilli(5)}, EventID: "e"},
			registry.Booking{Project: p.ID, Kind: registry.Ceiling, Amount: ceiling, Title: "概算", Basis: registry.OnReview})
	}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (c *city) as(login string) identity.Actor {
	c.t.Helper()
	a, err := identity.ActorByLogin(c.t.Context(), c.d, login)
	must(c.t, err)
	return a
}

func (c *city) try(login, id string, do matter.Action) error {
	_, err := c.e.Act(c.t.Context(), c.as(login), matter.Request{Matter: id, Action: do, Reason: "理由"})
	return err
}

// draft is an adjustment that takes so much out of the estimate for something new.
func (c *city) draft(fen money.Fen) string {
	c.t.Helper()
	ctx, clerk := c.t.Context(), c.as("water.clerk")
	res, err := c.e.Open(ctx, clerk, matter.OpenRequest{Procedure: adjustment.Key, SubjectID: c.project, Form: map[string]string{"situation": "improved", "goal": "yes", "must": "yes", "why": "完善方案。",
		"schedule": "不影响进度", "meeting": "党组会议", "decided_on": "2026-05-06"}, Lines: []map[string]string{{"name": "新项", "category": "dev", "after_amount": fen.WanExact(), "after_content": "新增内容"}}})
	must(c.t, err)
	_, err = c.e.Attach(ctx, clerk, res.Matter, "minutes", c.minutes)
	must(c.t, err)
	k, err := c.e.Load(ctx, clerk, res.Matter)
	must(c.t, err)
	ln := k.Lines[0]
	left := matter.BodyOf[adjustment.Row](ln).Before - fen
	_, err = c.e.Save(ctx, clerk, matter.SaveRequest{Matter: res.Matter, Line: ln.ID, Rev: ln.Rev, Values: map[string]string{"after_amount": left.WanExact(), "after_content": "相应减少"}})
	must(c.t, err)
	return res.Matter
}

// submitted hands it in.
func (c *city) submitted(fen money.Fen) string {
	c.t.Helper()
	id := c.draft(fen)
	must(c.t, c.try("water.clerk", id, matter.Submit))
	return id
}

// filed is what was moved by self-filed adjustments, from their own lines.
func (c *city) filed() money.Fen {
	c.t.Helper()
	sum, err := db.Value[int64](c.t.Context(), c.d, `SELECT CAST(COALESCE(SUM(l.after_amount - l.before_amount), 0) AS BIGINT) FROM matter m JOIN adjustment_line l ON l.matter_id = m.id
		WHERE m.subject_id = $1 AND m.state IN ('checking', 'filed') AND l.after_amount > l.before_amount`, c.project)
	must(c.t, err)
	return money.Fen(sum)
}

// Two drafts of 20.00 are each within 10 % when they are handed in; signed at the
// same moment, only one of them is.
func TestTwoSignedAtOnceDoNotPassTheLimitTogether(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		c.begin(1)
		ids := []string{c.submitted(20 * money.Wan), c.submitted(20 * money.Wan)}
		// the second takes the money from a line that the first has changed meanwhile,
		// so what stops it is said at the line and by the limit
		errs := make([]error, len(ids))
		var both sync.WaitGroup
		head := c.as("water.head")
		for i, id := range ids {
			both.Go(func() {
				_, errs[i] = c.e.Act(t.Context(), head, matter.Request{Matter: id, Action: matter.SignOff})
			})
		}
		both.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("signed together: %v, %v; want one refused", errs[0], errs[1])
		}
		var no *measures.Refusal
		if !errors.As(errors.Join(errs...), &no) || !slices.ContainsFunc(measures.Blocking(no.Findings), func(f measures.Finding) bool { return f.RuleID == "A17.1-limit" }) {
			t.Errorf("the refusal %v does not name the limit", errors.Join(errs...))
		}
		if got := c.filed(); got != 20*money.Wan {
			t.Errorf("%s 万元 filed, want 20.00", got.Wan())
		}
	})
}

// Whatever is handed in, signed, acknowledged, returned and taken back in
// whatever order, what was self-filed comes to no more than 10 % of the estimate.
func TestFilingsKeepTheLimitInAnyOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		n := 0
		rapid.Check(t, func(r *rapid.T) {
			if n++; n > 12 {
				return // each round is a whole project; the pure figures have a test of their own
			}
			c.begin(n)
			var ids []string
			for range rapid.IntRange(8, 24).Draw(r, "acts") {
				if len(ids) == 0 || rapid.IntRange(0, 2).Draw(r, "new") == 0 {
					ids = append(ids, c.submitted(money.Fen(rapid.Int64Range(1000, 3100).Draw(r, "amount"))*money.Wan/100))
				}
				id := rapid.SampledFrom(ids).Draw(r, "case")
				do := rapid.SampledFrom([]struct {
					login string
					act   matter.Action
				}{{"water.head", matter.SignOff}, {"water.head", matter.SignOff}, {"bureau.clerk", matter.Acknowledge}, {"bureau.clerk", matter.Return}, {"water.head", matter.Withdraw},
					{"water.clerk", adjustment.Refresh}, {"water.clerk", matter.Submit}}).Draw(r, "act")
				_ = c.try(do.login, id, do.act) // refusals are as good as acts here
				if got := c.filed(); got*100 > ceiling*10 {
					r.Fatalf("%s 万元 filed of %s", got.Wan(), ceiling.Wan())
				}
			}
		})
	})
}
