package matter_test

import (
	"slices"
	"strings"
	"testing"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// sent brings a case of the water office to the countersignature.
func (c *city) sent() string {
	c.t.Helper()
	id := c.open("water.clerk", "t-cosign")
	c.act("water.clerk", id, matter.Submit)
	return id
}

// seat finds the newest seat of a unit or person as a person may see it.
func (c *city) seat(login, id, of string) matter.Seat {
	c.t.Helper()
	var found matter.Seat
	for _, s := range c.seats(login, id) {
		if s.UnitID == of || s.PersonID == of {
			found = s
		}
	}
	if found.ID == "" {
		c.t.Fatalf("%s sees no seat of %s", login, of)
	}
	return found
}

func (c *city) seats(login, id string) []matter.Seat {
	c.t.Helper()
	list, err := c.e.Seats(c.ctx, c.as(login), c.load(login, id))
	must(c.t, err)
	return list
}

// say gives the opinion of the newest seat of the person's office.
func (c *city) say(login, id, opinion, reason string) (matter.Result, error) {
	c.t.Helper()
	a := c.as(login)
	s := c.seat(login, id, a.UnitID)
	return c.e.Opine(c.ctx, a, matter.OpineRequest{Matter: id, Seat: s.ID, Rev: s.Rev, Opinion: opinion, Reason: reason})
}

func (c *city) says(login, id, opinion, reason string) matter.Result {
	c.t.Helper()
	res, err := c.say(login, id, opinion, reason)
	if err != nil {
		c.t.Fatalf("%s says %s: %v", login, opinion, err)
	}
	return res
}

func TestAllOfficesAgree(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.sent()
		rev := c.load("water.clerk", id).Rev
		c.says("bureau.head", id, "agree", "")
		c.says("cac.head", id, "agree", "")
		equal(t, "opinions do not move the case's revision", c.load("water.clerk", id).Rev, rev)
		res := c.says("ndrc.head", id, "agree", "")
		equal(t, "state", res.State, approved)
		equal(t, "revision", res.Rev, rev+1)
		last := c.history("water.clerk", id)[0]
		equal(t, "the step is taken by the system", last.Actor+" "+last.Capacity, "系统 system")
		equal(t, "open tasks", c.count(`SELECT COUNT(*) FROM task WHERE closed_at = 0`), 0)
	})
}

func TestOneOfficeReturnsDuringCountersigning(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.sent()
		_, err := c.say("cac.head", id, "return", " ")
		refused(t, "return without a reason", err, problem.Invalid)
		res := c.says("cac.head", id, "return", "缺网络安全方案")
		equal(t, "the others are still heard", res.State, asking)
		equal(t, "the other offices keep their task", slices.Contains(c.inbox("ndrc.head"), id), true)
		equal(t, "the one that has spoken has none", slices.Contains(c.inbox("cac.head"), id), false)
		equal(t, "an open countersignature shows the opinion", c.seat("ndrc.head", id, "cac").Reason, "缺网络安全方案")
		c.says("bureau.head", id, "agree", "")
		res = c.says("ndrc.head", id, "agree", "")
		equal(t, "one return sends it back", res.State, matter.Draft)

		equal(t, "the drafter is asked again", slices.Contains(c.inbox("water.clerk"), id), true)
		equal(t, "opinions stay readable", c.seat("water.clerk", id, "cac").Opinion, "return")
		equal(t, "the draft is open", c.load("water.clerk", id).CanEdit(c.as("water.clerk")), true)
	})
}

func TestTwoCountersignaturesReturnedInARow(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.sent()
		first := c.seat("cac.head", id, "cac")
		for round, opinion := range []string{"return", "return", "agree"} {
			if round > 0 {
				c.act("water.clerk", id, matter.Submit)
			}
			for _, who := range []string{"bureau.head", "ndrc.head"} {
				c.says(who, id, "agree", "")
			}
			want := matter.Draft
			if opinion == "agree" {
				want = approved
			}
			equal(t, "state", c.says("cac.head", id, opinion, "看过").State, want)
		}
		seats := c.seats("water.clerk", id)
		equal(t, "seats of three rounds", len(seats), 9)
		equal(t, "last round", seats[8].Round, 3)
		equal(t, "the first opinion was not overwritten", seats[2].Opinion+" "+seats[2].ID, "return "+first.ID)
		_, err := c.e.Opine(c.ctx, c.as("cac.head"), matter.OpineRequest{Matter: id, Seat: first.ID, Opinion: "agree"})
		refused(t, "speak for a round that is over", err, problem.Conflict)
	})
}

func TestAnExtraSignerIsAddedAndThenRejects(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.sent()
		add := func(login string, s matter.SeatSpec) error { return c.e.AddSeat(c.ctx, c.as(login), id, s) }
		extra := matter.SeatSpec{UnitID: "health", Post: identity.Head, Title: "市卫生健康局"}
		before := c.rows()
		_, err := c.e.Load(c.ctx, c.as("health.head"), id)
		refused(t, "read before being asked", err, problem.NotFound)
		refused(t, "the owner adds", add("water.clerk", extra), problem.Forbidden)
		refused(t, "an office adds", add("ndrc.head", extra), problem.Forbidden)
		refused(t, "add who is already asked", add("bureau.clerk", matter.SeatSpec{UnitID: "ndrc", Post: identity.Head, Title: "发改"}), problem.Conflict)
		refused(t, "add an unknown unit", add("bureau.clerk", matter.SeatSpec{UnitID: "nothing", Post: identity.Head, Title: "无"}), problem.NotFound)
		refused(t, "add a unit of another jurisdiction", add("bureau.clerk", matter.SeatSpec{UnitID: "far", Post: identity.Head, Title: "邻"}), problem.NotFound)
		refused(t, "add an unknown person", add("bureau.clerk", matter.SeatSpec{PersonID: "nothing", Title: "无"}), problem.NotFound)
		refused(t, "add a post nobody holds", add("bureau.clerk", matter.SeatSpec{UnitID: "health", Post: "mayor", Title: "无"}), problem.Invalid)
		equal(t, "rows", c.rows(), before)

		must(t, add("bureau.clerk", extra))
		for _, who := range []string{"bureau.head", "ndrc.head", "cac.head"} {
			equal(t, "still waiting for the extra signer", c.says(who, id, "agree", "").State, asking)
		}
		equal(t, "the extra signer is asked", slices.Contains(c.inbox("health.head"), id), true)
		equal(t, "the extra signer decides", c.says("health.head", id, "return", "与医院系统重复").State, matter.Draft)
		refused(t, "add after the round is over", add("bureau.clerk", extra), problem.Conflict)

		var acts []string
		for _, n := range c.history("water.clerk", id) {
			acts = append(acts, string(n.Action))
		}
		equal(t, "history, newest first", strings.Join(acts, " "), "send-back opinion opinion opinion opinion add-signer submit open")
		c.act("water.clerk", id, matter.Submit)
		equal(t, "the next round asks the three again", len(c.seats("water.clerk", id)), 7)
	})
}

func TestWithdrawingEndsTheCountersignature(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.sent()
		c.says("cac.head", id, "agree", "")
		seat := c.seat("ndrc.head", id, "ndrc")
		c.act("water.clerk", id, matter.Withdraw)
		equal(t, "nobody is asked", slices.Contains(c.inbox("ndrc.head"), id), false)
		_, err := c.e.Opine(c.ctx, c.as("ndrc.head"), matter.OpineRequest{Matter: id, Seat: seat.ID, Opinion: "agree"})
		refused(t, "speak after it was withdrawn", err, problem.Conflict)
		c.act("water.clerk", id, matter.Submit)
		_, err = c.e.Opine(c.ctx, c.as("ndrc.head"), matter.OpineRequest{Matter: id, Seat: seat.ID, Opinion: "agree"})
		refused(t, "speak from the seat of the old round", err, problem.Conflict)
		for _, who := range []string{"bureau.head", "ndrc.head"} {
			c.says(who, id, "agree", "")
		}
		equal(t, "who had agreed is asked again", c.says("cac.head", id, "agree", "").State, approved)
	})
}

func TestSeatsRefuseOthers(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.sent()
		seat := c.seat("ndrc.head", id, "ndrc")
		say := func(login, seat, opinion string, rev int64) error {
			_, err := c.e.Opine(c.ctx, c.as(login), matter.OpineRequest{Matter: id, Seat: seat, Rev: rev, Opinion: opinion, Reason: "看过"})
			return err
		}
		before := c.rows()
		refused(t, "another office", say("cac.head", seat.ID, "agree", 0), problem.NotFound)
		refused(t, "the clerk of the office", say("ndrc.clerk", seat.ID, "agree", 0), problem.NotFound)
		refused(t, "a unit without a seat", say("health.head", seat.ID, "agree", 0), problem.NotFound)
		refused(t, "another jurisdiction", say("far.head", seat.ID, "agree", 0), problem.NotFound)
		refused(t, "unknown seat", say("ndrc.head", "nothing", "agree", 0), problem.NotFound)
		refused(t, "unknown opinion", say("ndrc.head", seat.ID, "maybe", 0), problem.Invalid)
		refused(t, "old revision of the seat", say("ndrc.head", seat.ID, "agree", seat.Rev+1), problem.Conflict)
		_, err := c.e.Opine(c.ctx, c.as("ndrc.head"), matter.OpineRequest{Matter: id, Seat: seat.ID, Opinion: "return", Reason: strings.Repeat("长", 2001)})
		refused(t, "a reason without end", err, problem.Invalid)
		_, err = c.try("bureau.head", id, approve)
		refused(t, "a person takes the step of the system", err, problem.Forbidden)
		equal(t, "rows", c.rows(), before)

		must(t, say("ndrc.head", seat.ID, "agree", seat.Rev))
		after := c.rows()
		refused(t, "speak twice", say("ndrc.head", seat.ID, "return", 0), problem.Conflict)
		refused(t, "a colleague changes it", say("ndrc.both", seat.ID, "return", 0), problem.Conflict)
		equal(t, "rows after", c.rows(), after)
	})
}

// What is only told to an office holds nothing up, and is taken when the case has
// ended, too; what was asked for on the way is not.
func TestATellingIsAnsweredAfterTheRound(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("water.clerk", "t-notice")
		c.act("water.clerk", id, matter.Submit)
		old := c.seat("cac.head", id, "cac")
		equal(t, "returned", c.says("bureau.head", id, "return", "缺附件").State, matter.Draft)
		equal(t, "a return asks nothing of who was told", slices.Contains(c.inbox("cac.head"), id), false)
		_, err := c.e.Opine(c.ctx, c.as("cac.head"), matter.OpineRequest{Matter: id, Seat: old.ID, Opinion: "noted"})
		refused(t, "speak about a draft", err, problem.Conflict)

		c.act("water.clerk", id, matter.Submit)
		must(t, c.e.AddSeat(c.ctx, c.as("bureau.clerk"), id, matter.SeatSpec{UnitID: "health", Post: identity.Head, Title: "市卫生健康局"}))
		asked := c.seat("health.head", id, "health")
		equal(t, "who is told holds nothing up", c.says("bureau.head", id, "agree", "").State, approved)
		rev := c.load("water.clerk", id).Rev
		equal(t, "who was told still reads it", slices.Contains(c.inbox("cac.head"), id), true)
		equal(t, "who was asked is no longer asked", slices.Contains(c.inbox("health.head"), id), false)
		waiting, err := c.e.WaitingFor(c.ctx, c.as("bureau.head"), 10)
		must(t, err)
		equal(t, "nobody waits for it", len(waiting), 0)

		_, err = c.e.Opine(c.ctx, c.as("health.head"), matter.OpineRequest{Matter: id, Seat: asked.ID, Opinion: "noted"})
		refused(t, "advise on what is decided", err, problem.Conflict)
		_, err = c.e.Opine(c.ctx, c.as("cac.head"), matter.OpineRequest{Matter: id, Seat: old.ID, Opinion: "noted"})
		refused(t, "speak for the returned round", err, problem.Conflict)
		_, err = c.say("cac.head", id, "return", "不行")
		refused(t, "decide from aside", err, problem.Invalid)
		_, err = c.say("cac.head", id, "remark", " ")
		refused(t, "remark without words", err, problem.Invalid)
		res := c.says("cac.head", id, "remark", "请补做等级保护测评")
		equal(t, "state", res.State, approved)
		equal(t, "revision", c.load("water.clerk", id).Rev, rev)
		equal(t, "the remark is read", c.seat("water.clerk", id, "cac").Reason, "请补做等级保护测评")
		equal(t, "nothing left to read", slices.Contains(c.inbox("cac.head"), id), false)
		_, err = c.say("cac.head", id, "noted", "")
		refused(t, "speak twice", err, problem.Conflict)
	})
}
