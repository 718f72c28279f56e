package matter_test

import (
	"testing"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// judged brings a case to the blind panel of expert1 and expert2.
func (c *city) judged() string {
	c.t.Helper()
	id := c.open("bureau.clerk", "t-panel", "30")
	c.act("bureau.clerk", id, matter.Submit)
	return id
}

// score hands in an expert's seat.
func (c *city) score(login, id, points, comment string) (matter.Result, error) {
	c.t.Helper()
	s := c.seat(login, id, login)
	return c.e.Opine(c.ctx, c.as(login), matter.OpineRequest{Matter: id, Seat: s.ID, Rev: s.Rev, Opinion: "return", Reason: "理由" + points,
		Input: map[string]string{"points": points, "comment": comment}})
}

func TestABlindPanelKeepsItsSecrets(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.judged()
		rev := c.load("bureau.clerk", id).Rev
		_, err := c.score("expert2", id, "71", "偏高")
		must(t, err)

		seats := c.seats("expert1", id)
		if len(seats) != 1 || seats[0].PersonID != "expert1" {
			t.Errorf("a seated expert sees other seats: %+v", seats)
		}
		for _, n := range c.history("expert1", id) {
			if n.Action == matter.Opinion {
				t.Errorf("a seated expert of the same name reads who handed in: %+v", n)
			}
		}
		equal(t, "the case does not move", c.load("expert1", id).Rev, rev)
		equal(t, "who handed in reads their own", c.seat("expert2", id, "expert2").Reason, "理由71")

		for _, login := range []string{"bureau.clerk", "bureau.head"} {
			s := c.seat(login, id, "expert2")
			equal(t, "the organiser sees who handed in", s.Status+" "+s.GivenBy, "given expert2")
			equal(t, "the organiser does not see what or when", s.Opinion+s.Body+s.Reason, "{}")
			equal(t, "time", s.GivenAt, 0)
			equal(t, "who has not", c.seat(login, id, "expert1").Status, "open")
			for _, n := range c.history(login, id) {
				if n.Action == matter.Opinion {
					t.Errorf("the history tells an opinion: %+v", n)
				}
			}
		}

		res, err := c.score("expert1", id, "90", "")
		must(t, err)
		equal(t, "state", res.State, scored)
		s := c.seat("bureau.clerk", id, "expert2")
		equal(t, "shown when it is over", s.Opinion+s.Body+s.Reason, `return{"points":71,"comment":"偏高"}理由71`)
	})
}

func TestAnExpertReadsWhatTheyJudgeAndNothingWider(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id, other := c.judged(), c.reported("water", "10")
		m := c.load("expert1", id)
		equal(t, "the form", matter.FormOf[letter](m).Subject, "供水监测")
		equal(t, "the lines", len(m.Lines), 1)
		equal(t, "no editing", m.CanEdit(c.as("expert1")), false)
		acts, err := c.e.Doables(c.ctx, c.as("expert1"), m)
		must(t, err)
		equal(t, "no acts", len(acts), 0)
		list, err := c.e.List(c.ctx, c.as("expert1"), matter.Filter{})
		must(t, err)
		equal(t, "cases of a seated expert", len(list), 1)
		_, err = c.e.Load(c.ctx, c.as("expert1"), other)
		refused(t, "a case without their seat", err, problem.NotFound)
		for _, login := range []string{"expert3", "health.head", "ndrc.head", "sysadmin", "far.head"} {
			_, err = c.e.Load(c.ctx, c.as(login), id)
			refused(t, login+" reads what they have no seat in", err, problem.NotFound)
		}
		equal(t, "the expert's inbox", len(c.inbox("expert1")), 1)
		_, err = c.score("expert1", id, "80", "")
		must(t, err)
		equal(t, "the expert's inbox after handing in", len(c.inbox("expert1")), 0)
		open, late, err := c.e.InboxSize(c.ctx, c.as("expert2"), c.clock.Today())
		must(t, err)
		equal(t, "size of the other's inbox", [2]int64{open, late}, [2]int64{1, 0})
	})
}

func TestSeatsAddedToABlindPanelStayBlind(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.judged()
		must(t, c.e.AddSeat(c.ctx, c.as("bureau.clerk"), id, matter.SeatSpec{PersonID: "expert3", UnitID: "health", Post: identity.Head, Title: "候补专家"}))
		_, err := c.e.Load(c.ctx, c.as("health.head"), id)
		refused(t, "the unit of an expert reads the case", err, problem.NotFound)
		must(t, c.e.AddSeat(c.ctx, c.as("bureau.clerk"), id, matter.SeatSpec{UnitID: "ndrc", Post: identity.Head, Title: "发改"}))
		_, err = c.score("expert1", id, "60", "")
		must(t, err)
		for login, own := range map[string]string{"expert2": "expert2", "expert3": "expert3", "ndrc.head": "ndrc"} {
			seats := c.seats(login, id)
			if len(seats) != 1 || (seats[0].PersonID != own && seats[0].UnitID != own) {
				t.Errorf("%s sees other seats: %+v", login, seats)
			}
			for _, n := range c.history(login, id) {
				if n.Action == matter.AddSigner {
					t.Errorf("%s reads who else judges: %+v", login, n)
				}
			}
		}
		added := 0
		for _, n := range c.history("bureau.clerk", id) {
			if n.Action == matter.AddSigner {
				added++
			}
		}
		equal(t, "the organiser reads whom they added", added, 2)
	})
}

func TestAPanelRefuses(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.judged()
		mine, theirs := c.seat("expert1", id, "expert1"), c.seat("expert2", id, "expert2")
		before := c.rows()
		opine := func(login, seat string, input map[string]string) error {
			_, err := c.e.Opine(c.ctx, c.as(login), matter.OpineRequest{Matter: id, Seat: seat, Opinion: "agree", Input: input})
			return err
		}
		full := map[string]string{"points": "80"}
		refused(t, "in another's seat", opine("expert1", theirs.ID, full), problem.NotFound)
		refused(t, "the organiser in a seat", opine("bureau.clerk", mine.ID, full), problem.NotFound)
		refused(t, "without a score", opine("expert1", mine.ID, nil), problem.Invalid)
		refused(t, "with too high a score", opine("expert1", mine.ID, map[string]string{"points": "101"}), problem.Invalid)
		refused(t, "with a field nobody asked for", opine("expert1", mine.ID, map[string]string{"points": "80", "bonus": "5"}), problem.Invalid)
		equal(t, "rows", c.rows(), before)
	})
}

func TestAPanelOfNobodyIsNotConvened(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("bureau.clerk", "t-panel", "30")
		_, err := c.db.SQL().ExecContext(c.ctx, `UPDATE person SET section = '' WHERE section = 'panel'`)
		must(t, err)
		before := c.rows()
		_, err = c.try("bureau.clerk", id, matter.Submit)
		refused(t, "a panel without seats would never end", err, problem.Conflict)
		equal(t, "rows", c.rows(), before)
	})
}
