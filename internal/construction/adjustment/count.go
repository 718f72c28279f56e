package adjustment

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/estimate"
	"zhengcheng/internal/db"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Counted is an adjustment that counts.
type Counted struct {
	MatterID  string        `json:"matter"`
	Title     string        `json:"title"`
	Number    string        `json:"number,omitempty"`
	State     matter.State  `json:"state"`
	Period    string        `json:"period,omitempty"`
	Track     string        `json:"track"`
	Increase  money.Fen     `json:"increase"`
	Decrease  money.Fen     `json:"decrease"`
	Moved     money.Fen     `json:"moved"`
	Raised    money.Fen     `json:"raised"`
	Base      string        `json:"base,omitempty"`
	DecidedOn calendar.Date `json:"decided_on"`
	Late      int64         `json:"late,omitempty"` // working days
	At        int64         `json:"at"`
}

// Of lists the adjustments of a project that count, in the order they came.
func Of(ctx context.Context, q db.Querier, projectID string) ([]Counted, error) {
	return db.All(ctx, q, func(s db.Scanner) (Counted, error) {
		var c Counted
		err := s.Scan(&c.MatterID, &c.Title, &c.Number, &c.State, &c.Period, &c.Track, &c.Increase, &c.Decrease, &c.Moved, &c.Raised, &c.Base, &c.DecidedOn, &c.Late, &c.At)
		return c, err
	}, `SELECT a.matter_id, m.title, m.number, m.state, a.period, a.track, a.increase, a.decrease, a.moved, a.raised, a.base, a.decided_on, a.late, a.counted_at
		FROM adjustment a JOIN matter m ON m.id = a.matter_id WHERE a.project_id = $1 ORDER BY a.counted_at, a.matter_id LIMIT 500`, projectID)
}

// Standing is where the estimate of a chain has come to.
type Standing struct {
	Chain    registry.Chain
	Approval string    // case of the approved estimate, "" when none
	Base     money.Fen // the estimate before any adjustment of it
	Total    money.Fen // investment as adjusted so far
	Earlier  money.Fen // moved by self-filed adjustments
	Times    int64
}

// Stand adds up what counts on a chain, leaving out one case: since the approved
// estimate for the total, over the whole life for the limit.
func Stand(chain registry.Chain, approval string, counted []Counted, without string) Standing {
	s := Standing{Chain: chain, Approval: approval, Base: chain.Ceiling}
	for _, a := range counted {
		if a.Period != chain.Period || a.MatterID == without {
			continue
		}
		s.Times++
		if a.Track == Filing {
			s.Earlier += a.Moved
		}
		if a.Base == s.Approval {
			s.Base -= a.Raised
			s.Total += a.Increase - a.Decrease
		}
	}
	s.Total += s.Base
	return s
}

// StandingOf reads where a chain has come to, leaving out one case.
func StandingOf(ctx context.Context, q db.Querier, projectID, period, without string) (Standing, error) {
	chain, err := registry.ChainOf(ctx, q, projectID, period)
	if err != nil {
		return Standing{}, err
	}
	approval, _, err := estimate.StandingOf(ctx, q, projectID, period)
	if err != nil {
		return Standing{}, err
	}
	list, err := Of(ctx, q, projectID)
	return Stand(chain, approval.MatterID, list, without), err
}

// Item is a line of the estimate as adjusted so far.
type Item struct {
	ID, Name, Category, Content string
	Amount                      money.Fen
}

// Whole is the item of a project whose estimate is not known by lines.
const whole = "whole"

// items are the lines of the estimate in force with what counted adjustments have
// made of them, leaving out one case. What stands on the difference of each line
// does not depend on their order.
func (s Standing) items(ctx context.Context, q db.Querier, without string) ([]Item, error) {
	lines, err := estimate.Lines(ctx, q, s.Chain.Project, s.Chain.Period)
	if err != nil {
		return nil, err
	}
	var out []Item
	at := map[string]int{}
	put := func(i Item) { at[i.ID] = len(out); out = append(out, i) }
	for _, l := range lines {
		put(Item{ID: l.ID, Name: l.Name, Category: l.Category, Content: l.Spec, Amount: l.Amount})
	}
	if len(out) == 0 {
		put(Item{ID: whole, Name: "原概算（未分项）", Category: "misc", Amount: s.Base})
	}
	type change struct {
		id string
		Row
	}
	changes, err := db.All(ctx, q, func(s db.Scanner) (change, error) {
		var c change
		err := s.Scan(&c.id, &c.Name, &c.Category, &c.Before, &c.After, &c.ContentBefore, &c.ContentAfter, &c.ItemID)
		return c, err
	}, `SELECT l.id, l.name, l.category, l.before_amount, l.after_amount, l.before_content, l.after_content, l.item_id FROM adjustment a JOIN adjustment_line l ON l.matter_id = a.matter_id
		WHERE a.project_id = $1 AND a.period = $2 AND a.base = $3 AND a.matter_id <> $4 ORDER BY a.counted_at, a.matter_id, l.seq, l.id`, s.Chain.Project, s.Chain.Period, s.Approval, without)
	for _, c := range changes {
		i, known := at[c.ItemID]
		switch {
		case !known && c.ItemID == "":
			put(Item{ID: c.id, Name: c.Name, Category: c.Category, Content: c.ContentAfter, Amount: c.After})
		case known:
			out[i].Amount += c.After - c.Before
			if c.changed() {
				out[i].Name, out[i].Content = c.Name, c.ContentAfter
			}
		}
	}
	return out, err
}
