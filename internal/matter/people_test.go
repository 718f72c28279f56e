package matter_test

import (
	"io"
	"slices"
	"strings"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// leaves takes a person out of their unit.
func (c *city) leaves(login string) {
	c.t.Helper()
	must(c.t, c.db.Write(c.ctx, func(tx *db.Tx) error { return identity.Leave(c.ctx, tx, login) }))
}

func TestReassigningATask(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.reported("water", "30")
		assign := func(login, to string) error { return c.e.Assign(c.ctx, c.as(login), id, to) }
		before := c.rows()
		refused(t, "a clerk assigns", assign("bureau.clerk", "bureau.clerk2"), problem.Forbidden)
		refused(t, "to a person of another unit", assign("bureau.head", "water.clerk"), problem.Invalid)
		refused(t, "to a head", assign("bureau.head", "bureau.head"), problem.Invalid)
		refused(t, "to nobody known", assign("bureau.head", "nothing"), problem.Invalid)
		refused(t, "the owner's head, who does not hold it", assign("water.head", "water.clerk"), problem.Conflict)
		refused(t, "a head who cannot see it", assign("health.head", "health.clerk"), problem.NotFound)
		refused(t, "a head of another jurisdiction", assign("far.head", "far.clerk"), problem.NotFound)
		equal(t, "rows", c.rows(), before)

		must(t, assign("bureau.head", "bureau.clerk"))
		equal(t, "in the inbox of the assigned", slices.Contains(c.inbox("bureau.clerk"), id), true)
		equal(t, "not in the colleague's", slices.Contains(c.inbox("bureau.clerk2"), id), false)
		_, err := c.try("bureau.clerk2", id, matter.Acknowledge)
		refused(t, "the colleague acts on what was given by name", err, problem.Forbidden)
		must(t, assign("bureau.head", "bureau.clerk2"))
		_, err = c.try("bureau.clerk", id, matter.Acknowledge)
		refused(t, "the first after it was given to the second", err, problem.Forbidden)
		last := c.history("bureau.head", id)[0]
		equal(t, "history", last.Title+" "+last.Reason, "改派 bureau.clerk2")
		must(t, assign("bureau.head", ""))
		c.act("bureau.clerk", id, matter.Acknowledge)
	})
}

func TestTheHolderOfTheTaskLeaves(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		a, b := c.reported("water", "30"), c.reported("health", "30")
		for _, id := range []string{a, b} {
			must(t, c.e.Assign(c.ctx, c.as("bureau.head"), id, "bureau.clerk"))
		}
		c.leaves("bureau.clerk")
		_, err := identity.ActorByLogin(c.ctx, c.db, "bureau.clerk")
		equal(t, "who left signs in no more", db.None(err), true)
		equal(t, "the colleague is asked", len(c.inbox("bureau.clerk2")), 2)
		c.act("bureau.clerk2", a, matter.Acknowledge)
		refused(t, "assign to who left", c.e.Assign(c.ctx, c.as("bureau.head"), b, "bureau.clerk"), problem.Invalid)
		must(t, c.e.Assign(c.ctx, c.as("bureau.head"), b, "bureau.clerk2"))
		c.act("bureau.clerk2", b, matter.Acknowledge)
		equal(t, "who acted before leaving stays in the history", c.history("bureau.head", b)[1].Reason, "bureau.clerk2")
	})
}

func TestTheDrafterAndASignerLeave(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		draft, asked := c.open("water.clerk", "t-filing", "30"), c.sent()
		c.leaves("water.clerk")
		m := c.load("water.clerk2", draft)
		_, err := c.e.Save(c.ctx, c.as("water.clerk2"), matter.SaveRequest{Matter: draft, Rev: m.FormRev, Values: map[string]string{"doc_no": "水函1号"}})
		must(t, err)
		c.act("water.clerk2", draft, matter.Submit)
		equal(t, "who opened it stays known", c.load("water.clerk2", draft).OpenedBy, "water.clerk")

		c.leaves("ndrc.head")
		c.says("ndrc.both", asked, "agree", "")
		equal(t, "the office has spoken", c.seat("cac.head", asked, "ndrc").GivenBy, "ndrc.both")
	})
}

func TestNobodyDecidesForTheirOfficeOnWhatTheyDrafted(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("bureau.clerk", "t-filing", "30")
		c.act("bureau.clerk", id, matter.Submit)
		c.act("bureau.both", id, matter.SignOff)
		before := c.rows()
		for _, login := range []string{"bureau.clerk", "bureau.both"} {
			_, err := c.try(login, id, matter.Acknowledge)
			refused(t, login+" acknowledges what they drafted or signed", err, problem.Forbidden)
			_, err = c.try(login, id, matter.Return, because("缺"))
			refused(t, login+" returns what they drafted or signed", err, problem.Forbidden)
		}
		equal(t, "rows", c.rows(), before)
		equal(t, "not yet marked", c.load("bureau.head", id).OwnReview, false)
		c.act("bureau.clerk2", id, matter.Acknowledge)
		equal(t, "marked 自审", c.load("bureau.head", id).OwnReview, true)
		equal(t, "capacity", c.history("bureau.head", id)[0].Capacity, "office")

		other := c.reported("water", "30")
		c.act("bureau.clerk", other, matter.Acknowledge)
		equal(t, "another unit's case is not marked", c.load("bureau.head", other).OwnReview, false)
	})
}

func TestNobodyCountersignsWhatTheyDrafted(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("ndrc.both", "t-cosign")
		c.act("ndrc.both", id, matter.Submit)
		before := c.rows()
		_, err := c.say("ndrc.both", id, "agree", "")
		refused(t, "countersign what they drafted", err, problem.Forbidden)
		equal(t, "rows", c.rows(), before)
		equal(t, "not yet marked", c.load("ndrc.head", id).OwnReview, false)
		c.says("cac.head", id, "agree", "")
		equal(t, "another office does not mark it", c.load("ndrc.head", id).OwnReview, false)
		c.says("ndrc.head", id, "agree", "")
		equal(t, "marked 自审 at once", c.load("ndrc.head", id).OwnReview, true)
		c.says("bureau.head", id, "agree", "")
		m := c.load("ndrc.head", id)
		equal(t, "and still when it is approved", m.OwnReview && m.State == approved, true)
	})
}

// The permission to read follows from the task, not from the rank of the office.
func TestAnOfficeReadsACaseWhileItIsAsked(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id, other := c.open("water.clerk", "t-cosign"), c.sent()
		const text = "%PDF-1.4\n网络安全方案\n%%EOF\n"
		stored, err := c.e.Store.Put("方案.pdf", strings.NewReader(text))
		must(t, err)
		_, err = c.e.Attach(c.ctx, c.as("water.clerk"), id, "basis", stored)
		must(t, err)
		_, err = c.e.Attach(c.ctx, c.as("water.clerk"), id, "novel", stored)
		refused(t, "a document nobody asks for", err, problem.Invalid)
		_, err = c.e.Load(c.ctx, c.as("cac.head"), id)
		refused(t, "before it is asked", err, problem.NotFound)
		_, err = c.e.Attach(c.ctx, c.as("cac.head"), id, "basis", stored)
		refused(t, "attach to what they cannot see", err, problem.NotFound)
		c.act("water.clerk", id, matter.Submit)

		m := c.load("cac.head", id)
		if len(m.Files) != 1 {
			t.Fatalf("the office sees %d documents, want 1", len(m.Files))
		}
		f, err := c.e.Store.Open(m.Files[0])
		must(t, err)
		defer f.Close() //nolint:errcheck // read only
		body, err := io.ReadAll(f)
		must(t, err)
		equal(t, "the document", string(body), text)
		c.load("cac.clerk", id)
		list, err := c.e.List(c.ctx, c.as("cac.head"), matter.Filter{})
		must(t, err)
		equal(t, "cases the office sees", len(list), 2)
		_, err = c.e.Load(c.ctx, c.as("health.head"), id)
		refused(t, "a unit that is not asked", err, problem.NotFound)
		c.says("cac.head", other, "agree", "")
		equal(t, "what it decided on stays readable", c.seat("cac.head", other, "cac").Opinion, "agree")
	})
}

func TestWhoSeesAFiling(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("hospital.clerk", "t-filing", "30")
		sees := func(when string, want ...string) {
			t.Helper()
			for _, login := range []string{"hospital.clerk", "hospital.head", "health.clerk", "health.head", "bureau.clerk", "bureau.head", "auditor", "water.head", "ndrc.head", "expert1", "sysadmin", "far.head"} {
				_, err := c.e.Load(c.ctx, c.as(login), id)
				rows, listed := c.e.List(c.ctx, c.as(login), matter.Filter{})
				must(t, listed)
				if !slices.Contains(want, login) {
					refused(t, login+" "+when, err, problem.NotFound)
				} else if err != nil {
					t.Errorf("%s %s: %v", login, when, err)
				}
				equal(t, login+" lists it "+when, len(rows) == 1, slices.Contains(want, login))
			}
		}
		own := []string{"hospital.clerk", "hospital.head"}
		sees("while it is a draft", own...)
		c.act("hospital.clerk", id, matter.Submit)
		c.act("hospital.head", id, matter.SignOff)
		above := append(own, "health.clerk", "health.head", "bureau.clerk", "bureau.head", "auditor")
		sees("when it is handed in", above...)
		c.act("bureau.clerk", id, matter.Acknowledge)
		sees("when it is filed", above...)
		for login, want := range map[string]int{"hospital.clerk": 1, "health.head": 1, "auditor": 1, "water.head": 0, "far.head": 0} {
			list, err := c.e.Receipts(c.ctx, c.as(login), 10)
			must(t, err)
			equal(t, login+" sees receipts", len(list), want)
		}
	})
}

// What a unit takes back is its own again, unless somebody outside has decided on it.
func TestWhoSeesAFilingThatWasTakenBack(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		above := []string{"health.head", "bureau.clerk", "bureau.head", "auditor"}
		sees := func(when, id string, want bool) {
			t.Helper()
			for _, login := range above {
				_, err := c.e.Load(c.ctx, c.as(login), id)
				rows, listed := c.e.List(c.ctx, c.as(login), matter.Filter{})
				must(t, listed)
				equal(t, login+" lists it "+when, len(rows) == 1, want)
				if want {
					must(t, err)
					continue
				}
				refused(t, login+" "+when, err, problem.NotFound)
			}
			for _, login := range []string{"hospital.clerk", "hospital.head"} {
				c.load(login, id)
			}
		}
		id := c.reported("hospital", "30")
		sees("handed in", id, true)
		must(t, c.e.Assign(c.ctx, c.as("bureau.head"), id, "bureau.clerk"))
		c.act("hospital.head", id, matter.Withdraw)
		sees("taken back before anybody decided", id, false)
		_, err := c.try("bureau.clerk", id, matter.Return, because("缺"))
		refused(t, "return what was taken back", err, problem.NotFound)

		c.act("hospital.clerk", id, matter.Submit)
		sees("before it is signed again", id, false)
		c.act("hospital.head", id, matter.SignOff)
		sees("handed in again", id, true)
		c.act("bureau.clerk", id, matter.Return, because("缺依据"))
		c.act("hospital.clerk", id, matter.Submit)
		c.act("hospital.clerk", id, matter.Withdraw)
		sees("taken back by its clerk after it had been returned", id, true)
		c.act("hospital.clerk", id, matter.Submit)
		c.act("hospital.head", id, matter.SignOff)
		c.act("hospital.head", id, matter.Withdraw)
		sees("taken back after it had been returned", id, true)
	})
}

func TestWhoSeesACountersignatureThatWasTakenBack(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		quiet, spoken := c.sent(), c.sent()
		c.says("cac.head", spoken, "agree", "")
		for _, id := range []string{quiet, spoken} {
			c.act("water.clerk", id, matter.Withdraw)
		}
		_, err := c.e.Load(c.ctx, c.as("cac.head"), quiet)
		refused(t, "an office that was asked and had not spoken", err, problem.NotFound)
		equal(t, "what it said stays readable", c.seat("cac.head", spoken, "cac").Opinion, "agree")
		list, err := c.e.ActsOf(c.ctx, c.as("cac.head"), 10)
		must(t, err)
		equal(t, "and among its acts", len(list), 1)
	})
}
