package matter

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
)

// RuleCount is how often a rule has judged, and how.
type RuleCount struct{ Judged, Failed int64 }

// RuleCounts counts the verdicts of the rules over the cases an actor may see.
func (e *Engine) RuleCounts(ctx context.Context, actor identity.Actor, rules ...string) (map[string]RuleCount, error) {
	out := map[string]RuleCount{}
	if len(rules) == 0 {
		return out, nil
	}
	type row struct {
		rule string
		n    RuleCount
	}
	var args db.Args
	rows, err := db.All(ctx, e.DB.Reader(ctx), func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.rule, &r.n.Judged, &r.n.Failed)
		return r, err
	}, `SELECT f.rule_id, COUNT(*), CAST(SUM(CASE WHEN f.outcome = 'fail' THEN 1 ELSE 0 END) AS BIGINT) FROM finding f JOIN matter m ON m.id = f.matter_id JOIN event e ON e.id = f.event_id
		WHERE f.rule_id IN `+args.In(rules...)+` AND `+mayKnow(actor, &args)+` GROUP BY f.rule_id ORDER BY f.rule_id`, args.List()...)
	for _, r := range rows {
		out[r.rule] = r.n
	}
	return out, err
}

// Judgement is the newest verdict that rules gave on one case.
type Judgement struct {
	Matter, Title, UnitID, Rule string
	Outcome                     measures.Outcome
	At                          int64
}

// JudgedBy lists the newest cases an actor may see that the rules have judged,
// at most ten: a failed verdict before a passed one of the same act.
func (e *Engine) JudgedBy(ctx context.Context, actor identity.Actor, rules ...string) ([]Judgement, error) {
	if len(rules) == 0 {
		return nil, nil
	}
	var args db.Args
	list := args.In(rules...)
	// the newest act of each case that the rules judged, then one verdict of it
	return db.All(ctx, e.DB.Reader(ctx), func(s db.Scanner) (Judgement, error) {
		var j Judgement
		err := s.Scan(&j.Matter, &j.Title, &j.UnitID, &j.Outcome, &j.Rule, &j.At)
		return j, err
	}, `SELECT m.id, m.title, m.unit_id, CASE WHEN SUM(CASE WHEN f.outcome = 'fail' THEN 1 ELSE 0 END) > 0 THEN 'fail' WHEN SUM(CASE WHEN f.outcome = 'pass' THEN 1 ELSE 0 END) > 0 THEN 'pass'
			ELSE 'not_applicable' END, COALESCE(MIN(CASE WHEN f.outcome = 'fail' THEN f.rule_id END), MIN(f.rule_id)), e.at
		FROM (SELECT g.matter_id, MAX(g.event_id) AS event_id FROM finding g WHERE g.rule_id IN `+list+` GROUP BY g.matter_id) last
		JOIN finding f ON f.event_id = last.event_id JOIN event e ON e.id = last.event_id JOIN matter m ON m.id = last.matter_id
		WHERE f.rule_id IN `+list+` AND `+mayKnow(actor, &args)+` GROUP BY m.id, m.title, m.unit_id, last.event_id, e.at ORDER BY last.event_id DESC LIMIT 10`, args.List()...)
}

// mayKnow is which verdicts an actor may know of: those on cases they see. What
// was judged when an office acted, a veiled review perhaps, is for those who
// oversee it and for that office.
func mayKnow(actor identity.Actor, args *db.Args) string {
	w := actor.Sees("m", args)
	if !actor.OverseesAll() {
		w += " AND (e.capacity <> 'office' OR e.unit_id = " + args.Add(actor.UnitID) + ")"
	}
	return w
}
