package matter_test

import (
	"slices"
	"testing"

	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

func TestFilingFromDraftToReceipt(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("water.clerk", "t-filing", "30", "40")
		equal(t, "the clerk's inbox", slices.Contains(c.inbox("water.clerk"), id), true)
		c.act("water.clerk", id, matter.Submit)
		equal(t, "the clerk's inbox after submitting", len(c.inbox("water.clerk")), 0)
		equal(t, "the head's inbox", slices.Contains(c.inbox("water.head"), id), true)
		c.act("water.head", id, matter.SignOff)
		res := c.act("bureau.clerk", id, matter.Acknowledge)
		equal(t, "number", res.Number, "试验备〔2026〕1号")
		equal(t, "state", res.State, filed)

		m := c.load("water.clerk", id)
		equal(t, "version", m.Version, 1)
		equal(t, "amount in fen", int64(m.Amount), 70000000)
		equal(t, "closed at", m.ClosedAt, opening.UnixMilli())
		equal(t, "line state", m.Lines[1].State, matter.LineAccepted)
		receipt, err := c.e.ReceiptOf(c.ctx, m)
		must(t, err)
		equal(t, "receipt stands on the act", receipt.Event, res.Event)
		equal(t, "open tasks", c.count(`SELECT COUNT(*) FROM task WHERE closed_at = 0`), 0)
		equal(t, "events", len(c.history("water.clerk", id)), 4)
	})
}

func TestTwoReturnsInARow(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.reported("water", "30", "40")
		c.act("bureau.clerk", id, matter.Return, because("缺依据"))
		for _, ln := range c.load("water.clerk", id).Lines {
			equal(t, "note of the first return", ln.Note, "缺依据")
		}
		c.act("water.clerk", id, matter.Submit)
		equal(t, "notes go with the new submission", c.load("water.clerk", id).Lines[0].Note, "")
		c.act("water.head", id, matter.SignOff)
		c.act("bureau.clerk2", id, matter.Return, because("金额有误"))

		m := c.load("water.clerk", id)
		equal(t, "state", m.State, matter.Draft)
		equal(t, "version", m.Version, 2)
		equal(t, "number", m.Number, "")
		equal(t, "note of the second return", m.Lines[1].Note, "金额有误")
		var reasons []string
		for _, n := range c.history("water.clerk", id) {
			if n.Action == matter.Return {
				reasons = append(reasons, n.Reason)
			}
		}
		if !slices.Equal(reasons, []string{"金额有误", "缺依据"}) {
			t.Errorf("both reasons stay, newest first: %v", reasons)
		}
		equal(t, "one open task", c.count(`SELECT COUNT(*) FROM task WHERE closed_at = 0 AND unit_id = 'water' AND post = 'clerk'`), 1)
		c.act("water.clerk", id, matter.Submit)
		c.act("water.head", id, matter.SignOff)
		equal(t, "the first number is not lost to returns", c.act("bureau.clerk", id, matter.Acknowledge).Number, "试验备〔2026〕1号")
	})
}

func TestReturnToStartThenWithdraw(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.reported("water", "30", "40")
		c.act("bureau.clerk", id, matter.Return, because("缺依据"))
		_, err := c.try("water.head", id, matter.Withdraw)
		refused(t, "withdraw what is already back", err, problem.Conflict)

		c.act("water.clerk", id, matter.Submit)
		c.act("water.clerk", id, matter.Withdraw)
		equal(t, "withdrawn before signing", c.load("water.clerk", id).State, matter.Draft)
		c.act("water.clerk", id, matter.Submit)
		c.act("water.head", id, matter.SignOff)
		c.act("water.head", id, matter.Withdraw)

		m := c.load("water.clerk", id)
		equal(t, "withdrawn after signing", m.State, matter.Draft)
		equal(t, "version", m.Version, 3)
		for _, ln := range m.Lines {
			equal(t, "line state", ln.State, matter.LineDraft)
			equal(t, "note", ln.Note, "")
		}
		equal(t, "the content stays", matter.FormOf[letter](m).Subject, "供水监测")
		equal(t, "nothing is left with the bureau", slices.Contains(c.inbox("bureau.clerk"), id), false)
		_, err = c.try("bureau.clerk", id, matter.Acknowledge)
		refused(t, "acknowledge what was withdrawn", err, problem.Conflict)
	})
}

func TestOnlyReturnedLinesAreOpen(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.reported("water", "30", "40", "20")
		lines := c.load("water.clerk", id).Lines
		c.act("bureau.clerk", id, matter.Return, because("第二项缺依据"), only(lines[1].ID))

		m := c.load("water.clerk", id)
		for i, want := range []string{matter.LineHeld, matter.LineReturned, matter.LineHeld} {
			equal(t, "line state", m.Lines[i].State, want)
			equal(t, "editable", m.Lines[i].Editable(), i == 1)
		}
		equal(t, "the others carry no note", m.Lines[0].Note, "")
		save := func(ln matter.Line) error {
			_, err := c.e.Save(c.ctx, c.as("water.clerk"), matter.SaveRequest{Matter: id, Line: ln.ID, Rev: ln.Rev, Values: map[string]string{"estimate": "45"}})
			return err
		}
		refused(t, "save a held line", save(m.Lines[0]), problem.Conflict)
		refused(t, "remove a held line", c.e.RemoveLine(c.ctx, c.as("water.clerk"), id, m.Lines[2].ID), problem.Conflict)
		must(t, save(m.Lines[1]))

		m = c.load("water.clerk", id)
		equal(t, "amount follows the line", int64(m.Amount), 95000000)
		equal(t, "revision of the changed line", m.Lines[1].Rev, lines[1].Rev+1)
		equal(t, "revision of a held line", m.Lines[0].Rev, lines[0].Rev)
		c.act("water.clerk", id, matter.Submit)
		equal(t, "all are held again", c.load("water.clerk", id).Lines[1].State, matter.LineHeld)
	})
}

// Every refusal leaves every table as it was.
func TestRefusalsChangeNothing(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		draft := c.open("water.clerk", "t-filing", "30")
		empty := c.open("water.clerk", "t-filing")
		blank := c.open("water.clerk", "t-filing", "30")
		m := c.load("water.clerk", blank)
		_, err := c.e.Save(c.ctx, c.as("water.clerk"), matter.SaveRequest{Matter: blank, Rev: m.FormRev, Values: map[string]string{"subject": " "}})
		must(t, err)
		dear := c.open("water.clerk", "t-filing", "101")
		atBureau := c.reported("water", "30", "40")
		foreign := c.load("water.clerk", draft).Lines[0].ID
		before := c.rows()

		for _, x := range []struct {
			name, who, id string
			do            matter.Action
			more          []func(*matter.Request)
			want          problem.Kind
		}{
			{"wrong post", "water.head", draft, matter.Submit, nil, problem.Forbidden},
			{"wrong side", "bureau.head", atBureau, matter.Acknowledge, nil, problem.Forbidden},
			{"the owner acknowledges", "water.clerk", atBureau, matter.Acknowledge, nil, problem.Forbidden},
			{"a unit that cannot see it", "health.clerk", atBureau, matter.Acknowledge, nil, problem.NotFound},
			{"the bureau before it is handed in", "bureau.clerk", draft, matter.Submit, nil, problem.NotFound},
			{"an administrator", "sysadmin", atBureau, matter.Acknowledge, nil, problem.NotFound},
			{"another jurisdiction", "far.clerk", atBureau, matter.Acknowledge, nil, problem.NotFound},
			{"unknown case", "bureau.clerk", "nothing", matter.Acknowledge, nil, problem.NotFound},
			{"unknown act", "bureau.clerk", atBureau, "dance", nil, problem.NotFound},
			{"wrong state", "water.clerk", atBureau, matter.Submit, nil, problem.Conflict},
			{"missing reason", "bureau.clerk", atBureau, matter.Return, nil, problem.Invalid},
			{"blank reason", "bureau.clerk", atBureau, matter.Return, []func(*matter.Request){because(" 　")}, problem.Invalid},
			{"unknown line", "bureau.clerk", atBureau, matter.Return, []func(*matter.Request){because("缺"), only("nothing")}, problem.NotFound},
			{"line of another case", "bureau.clerk", atBureau, matter.Return, []func(*matter.Request){because("缺"), only(foreign)}, problem.NotFound},
			{"old revision", "bureau.clerk", atBureau, matter.Acknowledge, []func(*matter.Request){seen(1)}, problem.Conflict},
			{"required field empty", "water.clerk", blank, matter.Submit, nil, problem.Invalid},
			{"a rule blocks", "water.clerk", empty, matter.Submit, nil, problem.Blocked},
			{"a block cannot be answered", "water.clerk", empty, matter.Submit, []func(*matter.Request){answer("T-items", "没有项目")}, problem.Blocked},
			{"a warning is unanswered", "water.clerk", dear, matter.Submit, nil, problem.Blocked},
			{"a blank answer is none", "water.clerk", dear, matter.Submit, []func(*matter.Request){answer("T-limit", "  ")}, problem.Blocked},
		} {
			_, err := c.try(x.who, x.id, x.do, x.more...)
			refused(t, x.name, err, x.want)
			equal(t, x.name+" writes", c.rows(), before)
		}
	})
}

func TestDraftsAreClosedToOthers(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		draft, atBureau := c.open("water.clerk", "t-filing", "30"), c.reported("water", "30")
		line := c.load("water.clerk", atBureau).Lines[0]
		before := c.rows()
		save := func(login, id, lineID string) error {
			_, err := c.e.Save(c.ctx, c.as(login), matter.SaveRequest{Matter: id, Line: lineID, Rev: 1, Values: map[string]string{}})
			return err
		}
		refused(t, "the head edits", save("water.head", draft, ""), problem.Forbidden)
		refused(t, "another unit edits", save("health.clerk", draft, ""), problem.NotFound)
		refused(t, "another jurisdiction edits", save("far.clerk", draft, ""), problem.NotFound)
		refused(t, "edit after handing in", save("water.clerk", atBureau, ""), problem.Conflict)
		refused(t, "edit a line after handing in", save("water.clerk", atBureau, line.ID), problem.Conflict)
		refused(t, "a line of another case", save("water.clerk", draft, line.ID), problem.NotFound)
		_, err := c.e.AddLine(c.ctx, c.as("water.clerk"), atBureau, "", map[string]string{"name": "加"})
		refused(t, "add a line after handing in", err, problem.Conflict)
		refused(t, "remove a line of another case", c.e.RemoveLine(c.ctx, c.as("water.clerk"), draft, line.ID), problem.NotFound)
		_, err = c.e.Open(c.ctx, c.as("water.head"), matter.OpenRequest{Procedure: "t-filing"})
		refused(t, "the head opens", err, problem.Forbidden)
		_, err = c.e.Open(c.ctx, c.as("water.clerk"), matter.OpenRequest{Procedure: "t-filing", UnitID: "health"})
		refused(t, "open for another unit", err, problem.Forbidden)
		_, err = c.e.Open(c.ctx, c.as("bureau.clerk"), matter.OpenRequest{Procedure: "t-filing", UnitID: "far", Origin: matter.ByProxy})
		refused(t, "enter for a unit of another jurisdiction", err, problem.NotFound)
		_, err = c.e.Open(c.ctx, c.as("water.clerk"), matter.OpenRequest{Procedure: "nothing"})
		refused(t, "unknown procedure", err, problem.NotFound)
		equal(t, "rows", c.rows(), before)

		proxy, err := c.e.Open(c.ctx, c.as("bureau.clerk"), matter.OpenRequest{Procedure: "t-filing", UnitID: "water", Origin: matter.ByProxy})
		must(t, err)
		must(t, save("bureau.clerk", proxy.Matter, ""))
		refused(t, "edit what was entered for another unit", save("health.clerk", proxy.Matter, ""), problem.NotFound)
	})
}
