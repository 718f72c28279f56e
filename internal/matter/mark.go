package matter

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/measures"
)

// Facts are recorded even where a rule warns of them. What then stands on record is
// marked, with the answer that was given, until a later act judges it otherwise.

// marking is a verdict on what an act puts on record about a thing of the register.
type marking struct {
	Subject string `json:"subject"`
	Rule    string `json:"rule"`
	Version int    `json:"version"`
	Clause  string `json:"clause"`
	Rectify string `json:"rectify,omitempty"`
	Fails   bool   `json:"fails"`
	Mended  bool   `json:"mended,omitempty"` // whichever case put the mark on, it is taken off
	Says    string `json:"says,omitempty"`
	Reason  string `json:"reason,omitempty"`
}

// marks are what one act says of marks.
type marks struct {
	Lifted  bool      `json:"lifted,omitempty"` // what the case was marked with is taken off first
	Verdict []marking `json:"verdict"`
}

const marksPart = "marks"

// Mark judges what an act puts on record about a thing of the register: warnings that
// fail mark it, those that pass take their mark off. It gives the ids of those that fail.
func (d *Doing) Mark(subject string, checks []measures.Check, facts any) []string {
	var ids []string
	for _, c := range checks {
		if c.Mark.Word == "" {
			continue
		}
		for _, f := range measures.JudgeAll([]measures.Check{c}, facts, d.Case.Values, d.Case.Today) {
			m := marking{Subject: subject, Rule: f.RuleID, Version: f.Version, Clause: f.Clause, Rectify: c.Mark.Rectify, Fails: f.Outcome == measures.Fail}
			if m.Fails {
				m.Says, ids = said(f), append(ids, f.RuleID)
			}
			d.marks.Verdict = append(d.marks.Verdict, m)
		}
	}
	return ids
}

// MarkBy reads the facts and marks the subject of the case.
func (d *Doing) MarkBy(ctx context.Context, j *Judge) error {
	facts, err := j.Gather(ctx, d.Tx, d.Case)
	if err == nil {
		d.Mark(d.Case.SubjectID, j.Checks, facts)
	}
	return err
}

// Unmark takes off marks of the case, all of them where none is named: what it put on
// record does not stand, or something else has taken its place.
func (d *Doing) Unmark(rules ...string) {
	d.marks.Lifted = d.marks.Lifted || len(rules) == 0
	for _, id := range rules {
		d.marks.Verdict = append(d.marks.Verdict, marking{Subject: d.Case.SubjectID, Rule: id})
	}
}

// Mend takes the mark of a rule off a thing of the register, whichever case put it
// there: what was missing has come.
func (d *Doing) Mend(subject, rule string) {
	d.marks.Verdict = append(d.marks.Verdict, marking{Subject: subject, Rule: rule, Mended: true})
}

// said is what a verdict says, all of it.
func said(f measures.Finding) string {
	var out []string
	for _, p := range f.Problems {
		out = append(out, p.Message)
	}
	if len(out) == 0 {
		return f.Message
	}
	return strings.Join(out, "；")
}

// keepMarks writes what the act says of marks, and has the record vouch for it.
func (e *Engine) keepMarks(ctx context.Context, d *Doing) error {
	if len(d.marks.Verdict) == 0 && !d.marks.Lifted {
		return nil
	}
	if err := d.answerMarks(ctx); err != nil {
		return err
	}
	raw, err := json.Marshal(d.marks)
	if err != nil {
		return err
	}
	d.Note(marksPart, raw)
	c := d.Case
	if d.marks.Lifted {
		if err := d.Tx.Later(ctx, `DELETE FROM mark WHERE matter_id = $1`, c.ID); err != nil {
			return err
		}
	}
	for _, m := range d.marks.Verdict {
		switch {
		case m.Mended:
			err = d.Tx.Later(ctx, `DELETE FROM mark WHERE subject_id = $1 AND rule_id = $2`, m.Subject, m.Rule)
		case !m.Fails:
			err = d.Tx.Later(ctx, `DELETE FROM mark WHERE matter_id = $1 AND rule_id = $2 AND subject_id = $3`, c.ID, m.Rule, m.Subject)
		default:
			err = d.Tx.Later(ctx, `INSERT INTO mark (id, jurisdiction, matter_id, procedure, year, subject_id, rule_id, version, clause, rectify, says, reason, event_id, marked_on)
				VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14) ON CONFLICT (matter_id, rule_id, subject_id)
				DO UPDATE SET version = excluded.version, clause = excluded.clause, rectify = excluded.rectify, says = excluded.says, reason = excluded.reason, event_id = excluded.event_id`,
				NewID(), c.Jurisdiction, c.ID, c.Procedure.Key, c.Year, m.Subject, m.Rule, int64(m.Version), m.Clause, m.Rectify, m.Says, m.Reason, d.EventID, string(c.Today))
		}
		if err != nil {
			return err
		}
		if c.Procedure.Replaces {
			if err := d.Tx.Later(ctx, `DELETE FROM mark WHERE subject_id = $1 AND procedure = $2 AND year = $3 AND rule_id = $4 AND matter_id <> $5`, m.Subject, c.Procedure.Key, c.Year, m.Rule, c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// answerMarks puts to each mark the newest answer of the unit, with this act or
// before, or else what the office answered.
func (d *Doing) answerMarks(ctx context.Context) error {
	var earlier map[string]string
	for i := range d.marks.Verdict {
		m := &d.marks.Verdict[i]
		if !m.Fails {
			continue
		}
		now := strings.TrimSpace(d.Act.Answers[m.Rule])
		if now != "" && d.Actor.UnitID == d.Case.UnitID {
			m.Reason = now
			continue
		}
		if earlier == nil {
			var err error
			if earlier, err = answersOf(ctx, d.Tx, d.Case.ID); err != nil {
				return err
			}
		}
		m.Reason = cmp.Or(earlier[m.Rule], now)
	}
	return nil
}

// answersOf are the newest answers a unit gave to warnings on its case, by rule.
func answersOf(ctx context.Context, q db.Querier, matterID string) (map[string]string, error) {
	bodies, err := db.Column[string](ctx, q, `SELECT g.body FROM event e JOIN event_part g ON g.event_id = e.id AND g.name = 'findings' WHERE e.matter_id = $1 AND e.capacity = 'owner' ORDER BY e.id DESC LIMIT 50`, matterID)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, b := range bodies {
		found, err := answered(b)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			out[f.RuleID] = cmp.Or(out[f.RuleID], f.Reason)
		}
	}
	return out, nil
}

// CheckMarks goes through what the acts on record say of marks and names every mark
// that is kept otherwise; what a purged act said cannot be held against it.
func (e *Engine) CheckMarks(ctx context.Context, q db.Querier) ([]string, error) {
	type act struct {
		event, matter, procedure, body string
		year, at                       int64
	}
	acts, err := db.All(ctx, q, func(s db.Scanner) (act, error) {
		var a act
		err := s.Scan(&a.event, &a.matter, &a.procedure, &a.year, &a.at, &a.body)
		return a, err
	}, `SELECT e.id, e.matter_id, e.procedure, m.year, e.at, p.body FROM event e JOIN event_part p ON p.event_id = e.id AND p.name = '`+marksPart+`' JOIN matter m ON m.id = e.matter_id ORDER BY e.id`)
	if err != nil {
		return nil, err
	}
	type key struct{ matter, rule, subject string }
	type mark struct {
		procedure, says, reason, rectify, event string
		year                                    int64
		on                                      calendar.Date
	}
	type thing struct{ rule, subject string }
	want, purged := map[key]mark{}, map[string]bool{}
	about, of := map[thing][]key{}, map[string][]key{} // the keys ever wanted, so that no act goes through all of them
	for _, a := range acts {
		if a.body == "" {
			purged[a.matter] = true
			continue
		}
		var m marks
		if err := json.Unmarshal([]byte(a.body), &m); err != nil {
			return nil, fmt.Errorf("marks of %s: %w", a.event, err)
		}
		if m.Lifted {
			for _, k := range of[a.matter] {
				delete(want, k)
			}
			delete(of, a.matter)
		}
		p, known := e.procedures[a.procedure]
		for _, v := range m.Verdict {
			at, on := key{a.matter, v.Rule, v.Subject}, thing{v.Rule, v.Subject}
			for _, k := range about[on] {
				w := want[k]
				replaced := known && p.Replaces && k.matter != a.matter && w.procedure == a.procedure && w.year == a.year
				if v.Mended || replaced {
					delete(want, k)
				}
			}
			since := cmp.Or(want[at].on, calendar.Of(Time(a.at)))
			delete(want, at)
			if v.Fails {
				want[at] = mark{a.procedure, v.Says, v.Reason, v.Rectify, a.event, a.year, since}
				if !slices.Contains(about[on], at) {
					about[on] = append(about[on], at)
				}
				of[a.matter] = append(of[a.matter], at)
			}
		}
	}
	type row struct {
		key
		mark
	}
	kept, err := db.All(ctx, q, func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.matter, &r.rule, &r.subject, &r.procedure, &r.says, &r.reason, &r.rectify, &r.event, &r.year, &r.on)
		return r, err
	}, `SELECT matter_id, rule_id, subject_id, procedure, says, reason, rectify, event_id, year, marked_on FROM mark ORDER BY id`)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, r := range kept {
		if w, is := want[r.key]; (!is || w != r.mark) && !purged[r.matter] {
			out = append(out, fmt.Sprintf("标记 %s %s: 与办理记录不符", r.matter, r.rule))
		}
		delete(want, r.key)
	}
	for k := range want {
		if !purged[k.matter] {
			out = append(out, fmt.Sprintf("标记 %s %s: 办理记录里有，没有记", k.matter, k.rule))
		}
	}
	slices.Sort(out)
	return out, nil
}
