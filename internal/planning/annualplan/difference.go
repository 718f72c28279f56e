package annualplan

import (
	"strings"

	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
)

// Difference is what became of one item since the version before.
type Difference struct {
	Kind string // in, out, changed
	Says string // what changed, such as 405.00 → 220.00
}

// Changes are the items of a version that differ from the version before, by
// line, with the sum of what differs. Offices reconfirm these.
type Changes struct {
	Items            map[string]Difference
	In, Out, Changed int
	Money            money.Fen // more (or less) money than before
}

// Differences compares the lines of a version with those frozen before it. An
// item that stands in neither is none.
func Differences(before, now []matter.Line) Changes {
	c := Changes{Items: map[string]Difference{}, Money: Count(now).All.Year - Count(before).All.Year}
	old := map[string]matter.Line{}
	for _, ln := range before {
		old[ln.ID] = ln
	}
	for _, ln := range now {
		e := matter.BodyOf[Entry](ln)
		was := &Entry{}
		if b, ok := old[ln.ID]; ok {
			was = matter.BodyOf[Entry](b)
		}
		switch {
		case e.Included && !was.Included:
			c.In++
			c.Items[ln.ID] = Difference{Kind: "in"}
		case !e.Included && was.Included:
			c.Out++
			c.Items[ln.ID] = Difference{Kind: "out"}
		case e.Included:
			if says := changed(was, e); says != "" {
				c.Changed++
				c.Items[ln.ID] = Difference{Kind: "changed", Says: says}
			}
		}
	}
	return c
}

// changed says in a few words what differs: this year's money by its figures,
// the rest by name. What the government struck is no change of the plan.
func changed(was, now *Entry) string {
	var parts []string
	for _, ch := range entries.Form.Diff(was, now) {
		switch {
		case ch.Key == "struck":
		case ch.Key == "year_amount":
			parts = append([]string{ch.Before + " → " + ch.After}, parts...)
		default:
			parts = append(parts, ch.Label)
		}
	}
	return strings.Join(parts, "、")
}
