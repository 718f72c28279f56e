package adjustment_test

import (
	"errors"
	"testing"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/adjustment"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// The percentage is of the estimate as approved, whole fen against whole fen: of
// 299,999,999 分 it is 29,999,999.9 分, of 5 分 half a 分.
func TestTheLimitOfAnUnevenEstimate(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		ceiling, moved money.Fen
		track          string
	}{
		{299_999_999, 29_999_999, adjustment.Filing}, {299_999_999, 30_000_000, adjustment.Review}, {300_000_001, 30_000_000, adjustment.Filing}, {300_000_001, 30_000_001, adjustment.Review},
		{300_000_009, 30_000_000, adjustment.Filing}, {300_000_010, 30_000_001, adjustment.Filing}, {5, 1, adjustment.Review}, {9, 1, adjustment.Review}, {10, 1, adjustment.Filing}, {0, 1, adjustment.Review},
		{900_000_000_000_000_000, 90_000_000_000_000_000, adjustment.Filing}, {900_000_000_000_000_000, 90_000_000_000_000_001, adjustment.Review},
	} {
		f := adjustment.Figures{Ceiling: tt.ceiling, Total: tt.ceiling, Increase: tt.moved, Decrease: tt.moved, Goal: adjustment.Yes, Must: adjustment.Yes, Situation: "improved"}
		if got := f.Decide(nil).Track; got != tt.track {
			t.Errorf("%d of %d: %s, want %s", tt.moved, tt.ceiling, got, tt.track)
		}
	}
}

// What counts towards the limit is every self-filed adjustment of the chain, over its
// whole life; the total begins anew with each approved estimate. Estimate 300.
func TestWhatCountsTowardsTheLimit(t *testing.T) {
	t.Parallel()
	const w = money.Wan
	filed := adjustment.Counted{MatterID: "a", Track: adjustment.Filing, Increase: 20 * w, Decrease: 25 * w, Moved: 25 * w}
	with := func(change func(*adjustment.Counted)) adjustment.Counted {
		c := filed
		change(&c)
		return c
	}
	for _, tt := range []struct {
		name                 string
		ceiling              money.Fen
		approval             string
		counted              []adjustment.Counted
		earlier, base, total money.Fen
	}{
		{"没有调整过", 300 * w, "", nil, 0, 300 * w, 300 * w},
		{"备案 25，总投资减 5", 300 * w, "", []adjustment.Counted{filed}, 25 * w, 300 * w, 295 * w},
		{"评审的不累计", 300 * w, "", []adjustment.Counted{with(func(c *adjustment.Counted) { c.Track = adjustment.Review })}, 0, 300 * w, 295 * w},
		{"本案自己不算", 300 * w, "", []adjustment.Counted{with(func(c *adjustment.Counted) { c.MatterID = "self" })}, 0, 300 * w, 300 * w},
		{"另一服务期不算", 300 * w, "", []adjustment.Counted{with(func(c *adjustment.Counted) { c.Period = "2025" })}, 0, 300 * w, 300 * w},
		{"概算批复以前备案的仍累计，总投资从批复起算", 300 * w, "estimate", []adjustment.Counted{filed}, 25 * w, 300 * w, 300 * w},
		{"市政府批准追加 20：概算 320，原概算 300", 320 * w, "", []adjustment.Counted{{MatterID: "b", Track: adjustment.Review, Increase: 20 * w, Moved: 20 * w, Raised: 20 * w}}, 0, 300 * w, 320 * w},
	} {
		s := adjustment.Stand(registry.Chain{Money: registry.Money{Ceiling: tt.ceiling}}, tt.approval, tt.counted, "self")
		if s.Earlier != tt.earlier || s.Base != tt.base || s.Total != tt.total {
			t.Errorf("%s: earlier %s, base %s, total %s", tt.name, s.Earlier.WanExact(), s.Base.WanExact(), s.Total.WanExact())
		}
	}
}

// The base of the percentage is the estimate, whatever budgets and contracts came to.
func TestTheBaseIsTheEstimate(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		for n, tt := range []struct {
			budget, contracted, moved money.Fen
			track                     string
		}{
			{200 * money.Wan, 150 * money.Wan, 30 * money.Wan, adjustment.Filing}, {200 * money.Wan, 150 * money.Wan, 30*money.Wan + 1, adjustment.Review},
			{300 * money.Wan, 400 * money.Wan, 30*money.Wan + 1, adjustment.Review}, {0, 0, 30 * money.Wan, adjustment.Filing},
		} {
			c.begin(n)
			must(t, d.Write(t.Context(), func(tx *db.Tx) error {
				at := func(kind registry.MoneyKind, amount money.Fen) registry.Booking {
					return registry.Booking{Project: c.project, Kind: kind, Amount: amount, Title: "x"}
				}
				return registry.Book(t.Context(), &matter.Doing{Tx: tx, Case: &matter.Case{ID: "m"}, EventID: "e"}, at(registry.Budget, tt.budget), at(registry.Contracted, tt.contracted))
			}))
			k, err := c.e.Load(t.Context(), c.as("water.clerk"), c.submitted(tt.moved))
			must(t, err)
			if a := matter.FormOf[adjustment.Adjustment](k); a.Track != tt.track || a.Ceiling != ceiling {
				t.Errorf("%s moved, budgets %s, contracts %s: %s of %s, want %s", tt.moved.WanExact(), tt.budget.Wan(), tt.contracted.Wan(), a.Track, a.Ceiling.Wan(), tt.track)
			}
		}
	})
}

// “同时备案” within five working days, counted by the calendar of 2026, up to
// Wednesday 6 May: 30 April and 6 May lie on both sides of the holidays of 1 to 5 May.
func TestFiledInTimeByTheCalendar(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := build(t, d)
		must(t, d.Write(t.Context(), func(tx *db.Tx) error {
			for _, r := range calendar.Default2026() {
				if err := tx.Later(t.Context(), `INSERT INTO workday (date, work, note) VALUES ($1, $2, $3)`, string(r.Date), db.Flag(r.Work), r.Note); err != nil {
					return err
				}
			}
			return nil
		}))
		for n, tt := range []struct {
			decided calendar.Date
			late    int64 // working days
		}{
			{"2026-05-06", 0}, // the same day
			{"2026-04-30", 0}, // 6 May is the 1st
			{"2026-04-26", 0}, // a Sunday: 27 to 30 April and 6 May are five
			{"2026-04-24", 0}, // the Friday before: the same five
			{"2026-04-23", 1}, // with the 24th six
			{"2026-04-17", 5}, // with 20 to 24 April ten
		} {
			c.begin(n)
			id := c.draft(10 * money.Wan)
			k, err := c.e.Load(t.Context(), c.as("water.clerk"), id)
			must(t, err)
			_, err = c.e.Save(t.Context(), c.as("water.clerk"), matter.SaveRequest{Matter: id, Rev: k.FormRev, Values: map[string]string{"decided_on": string(tt.decided)}})
			must(t, err)
			var no *measures.Refusal
			if err := c.try("water.clerk", id, matter.Submit); errors.As(err, &no) != (tt.late > 0) {
				t.Errorf("decided %s: %v", tt.decided, err)
			}
			why := map[string]string{"A17.1-promptly": "会议纪要印发较晚"}
			if tt.late > 0 {
				_, err = c.e.Act(t.Context(), c.as("water.clerk"), matter.Request{Matter: id, Action: matter.Submit, Answers: why})
				must(t, err)
			}
			_, err = c.e.Act(t.Context(), c.as("water.head"), matter.Request{Matter: id, Action: matter.SignOff, Answers: why})
			must(t, err)
			if k, err := c.e.Load(t.Context(), c.as("water.clerk"), id); err != nil || k.LateDays != tt.late {
				t.Errorf("decided %s: %d days late, %v; want %d", tt.decided, k.LateDays, err, tt.late)
			}
		}
	})
}
