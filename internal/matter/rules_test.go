package matter_test

import (
	"testing"
	"time"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

func (c *city) set(value, from string) error {
	return c.e.SetParameter(c.ctx, c.as("bureau.head"), []measures.Param{limit}, limit.Key, value, calendar.Date(from), "会议纪要")
}

// verdicts are the outcomes of the two rules in an act, by rule and version.
func (c *city) verdicts(event string) map[string]string {
	c.t.Helper()
	rows, err := db.All(c.ctx, c.db, func(s db.Scanner) ([2]string, error) {
		var r [2]string
		err := s.Scan(&r[0], &r[1])
		return r, err
	}, `SELECT rule_id || '/' || version, outcome FROM finding WHERE event_id = $1 ORDER BY rule_id, version`, event)
	must(c.t, err)
	out := map[string]string{}
	for _, r := range rows {
		out[r[0]] = r[1]
	}
	return out
}

func TestAWarningPassesWhenItIsAnswered(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("water.clerk", "t-filing", "100", "1")
		_, err := c.try("water.clerk", id, matter.Submit)
		stop := asError[*measures.Refusal](t, err)
		equal(t, "findings told", len(stop.Findings), 2)
		equal(t, "unanswered", measures.Unanswered(stop.Findings)[0].Message, "合计 101 万元，超过 100 万元")
		res := c.act("water.clerk", id, matter.Submit, answer("T-limit", " 分期建设 "))
		equal(t, "the answer stands in the finding", res.Findings[1].Reason, "分期建设")
		v := c.verdicts(res.Event)
		equal(t, "kept verdicts", v["T-items/1"]+" "+v["T-limit/1"], "pass fail")
		_, err = c.try("water.head", id, matter.SignOff)
		refused(t, "the head answers for themselves", err, problem.Blocked)
		c.act("water.head", id, matter.SignOff, answer("T-limit", "同意分期"))
		counts, err := c.e.RuleCounts(c.ctx, c.as("bureau.clerk"), "T-limit")
		must(t, err)
		equal(t, "counts", counts["T-limit"], matter.RuleCount{Judged: 2, Failed: 2})
		counts, err = c.e.RuleCounts(c.ctx, c.as("health.clerk"), "T-limit")
		must(t, err)
		equal(t, "counts of who sees nothing", len(counts), 0)
	})
}

// 100 is within a limit of 100 up to 30 June 23:59:59 and not from 1 July on.
func TestTheRuleChangesWhileTheCaseIsOpen(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id, early := c.open("water.clerk", "t-filing", "100"), c.open("health.clerk", "t-filing", "100")
		submitted := c.act("water.clerk", id, matter.Submit)
		c.act("health.clerk", early, matter.Submit)
		c.clock.Set(time.Date(2026, 6, 30, 23, 59, 59, 999000000, calendar.Shanghai))
		lastSecond := c.act("health.head", early, matter.SignOff)
		equal(t, "30 June to the last second", c.verdicts(lastSecond.Event)["T-limit/1"], "pass")
		c.clock.Advance(time.Millisecond)
		_, err := c.try("water.head", id, matter.SignOff)
		stop := asError[*measures.Refusal](t, err)
		equal(t, "judged by the version in force", measures.Unanswered(stop.Findings)[0].Version, 2)
		signed := c.act("water.head", id, matter.SignOff, answer("T-limit", "照旧"))

		if v := c.verdicts(submitted.Event); v["T-limit/1"] != "pass" || len(v) != 2 {
			t.Errorf("verdicts of May: %v", v)
		}
		if v := c.verdicts(signed.Event); v["T-limit/2"] != "fail" || len(v) != 2 {
			t.Errorf("verdicts of July: %v", v)
		}
		c.replays(t, id, submitted.Event, measures.Pass)
		c.replays(t, id, signed.Event, measures.Fail)
	})
}

// replays demands that the limit rule judges the old facts as it did then.
func (c *city) replays(t *testing.T, id, event string, want measures.Outcome) {
	t.Helper()
	list, err := c.e.Replay(c.ctx, c.as("water.clerk"), c.load("water.clerk", id), event)
	must(t, err)
	if len(list) != 2 {
		t.Fatalf("%d findings replayed, want 2", len(list))
	}
	equal(t, "replayed rule", list[1].Was.RuleID, "T-limit")
	equal(t, "replayed verdict", list[1].Now.Outcome, want)
	equal(t, "same as then", list[0].Same && list[1].Same, true)
}

func TestAParameterChangesWhileTheCaseIsOpen(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("water.clerk", "t-filing", "80")
		submitted := c.act("water.clerk", id, matter.Submit)
		must(t, c.set("79", "2026-05-21"))
		m := c.load("water.head", id)
		step := m.Procedure.Steps(signing)[0]
		found, err := c.e.Check(c.ctx, m, step)
		must(t, err)
		equal(t, "today the old value holds", found[1].Outcome, measures.Pass)
		c.clock.Set(opening.AddDate(0, 0, 1))
		_, err = c.try("water.head", id, matter.SignOff)
		refused(t, "tomorrow the new one", err, problem.Blocked)
		must(t, c.set("80", "2026-05-21"))
		signed := c.act("water.head", id, matter.SignOff)
		must(t, c.set("10", "2026-05-21"))
		c.replays(t, id, submitted.Event, measures.Pass)
		c.replays(t, id, signed.Event, measures.Pass)

		other := c.open("water.clerk", "t-filing", "11")
		_, err = c.try("water.clerk", other, matter.Submit)
		refused(t, "the newest value judges the next act", err, problem.Blocked)
	})
}

func TestReplayOfWhatWasPurgedOrNeverJudged(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		id := c.open("water.clerk", "t-filing", "80")
		submitted := c.act("water.clerk", id, matter.Submit)
		withdrawn := c.act("water.clerk", id, matter.Withdraw)
		must(t, c.db.Write(c.ctx, func(tx *db.Tx) error {
			return ledger.Purge(c.ctx, tx, submitted.Event, "facts", opening.UnixMilli())
		}))
		m := c.load("water.clerk", id)
		list, err := c.e.Replay(c.ctx, c.as("water.clerk"), m, submitted.Event)
		must(t, err)
		equal(t, "purged facts", len(list) == 1 && list[0].Purged, true)
		list, err = c.e.Replay(c.ctx, c.as("water.clerk"), m, withdrawn.Event)
		must(t, err)
		equal(t, "findings of an act without rules", len(list), 0)
		_, err = c.e.Replay(c.ctx, c.as("water.clerk"), m, "nothing")
		refused(t, "an unknown act", err, problem.NotFound)
		other := c.act("health.clerk", c.open("health.clerk", "t-filing", "80"), matter.Submit)
		_, err = c.e.Replay(c.ctx, c.as("water.clerk"), m, other.Event)
		refused(t, "an act of another case", err, problem.NotFound)
	})
}

func TestWhoSetsAParameter(t *testing.T) {
	inCity(t, func(t *testing.T, c *city) {
		set := func(login, key, value string, from calendar.Date, reason string) error {
			return c.e.SetParameter(c.ctx, c.as(login), []measures.Param{limit}, key, value, from, reason)
		}
		refused(t, "a clerk", set("bureau.clerk", limit.Key, "50", "2026-05-20", "纪要"), problem.Forbidden)
		refused(t, "the head of another office", set("ndrc.head", limit.Key, "50", "2026-05-20", "纪要"), problem.Forbidden)
		refused(t, "an unknown key", set("bureau.head", "nothing", "50", "2026-05-20", "纪要"), problem.NotFound)
		refused(t, "not a number", set("bureau.head", limit.Key, "many", "2026-05-20", "纪要"), problem.Invalid)
		refused(t, "yesterday", set("bureau.head", limit.Key, "50", "2026-05-19", "纪要"), problem.Invalid)
		refused(t, "without a reason", set("bureau.head", limit.Key, "50", "2026-05-20", " "), problem.Invalid)
		equal(t, "parameters", c.count(`SELECT COUNT(*) FROM parameter`), 0)
		must(t, set("far.head", limit.Key, "1", "2026-05-20", "邻市纪要"))
		id := c.open("water.clerk", "t-filing", "80")
		c.act("water.clerk", id, matter.Submit) // the neighbour's value does not bind here
	})
}
