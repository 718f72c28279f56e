package adjustment

import (
	"testing"

	"pgregory.net/rapid"

	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	all := append(measures.Checks(Rules()...), measures.Checks(ReportRules()...)...)
	for _, c := range append(all, measures.Checks(decided)...) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := Adjusting().Validate(); err != nil {
		t.Error(err)
	}
}

// Worked by hand from Article 17 for an estimate of 300.00 万元 = 300,000,000 分;
// 10 % of it are 30,000,000 分.
func TestTheTrackByHand(t *testing.T) {
	t.Parallel()
	const ceiling = money.Fen(300_000_000)
	for _, c := range []struct {
		name                               string
		increase, decrease, earlier, total money.Fen
		goal, must, situation              string
		params                             measures.Values
		track, clause                      string
		government                         bool
	}{
		{name: "29.99", increase: 29_990_000, decrease: 29_990_000, track: Filing, clause: "A17.1"},
		{name: "30.00", increase: 30_000_000, decrease: 30_000_000, track: Filing, clause: "A17.1"},
		{name: "30.01", increase: 30_010_000, decrease: 30_010_000, track: Review, clause: "A17.2"},
		{name: "one fen above", increase: 30_000_001, decrease: 30_000_001, track: Review, clause: "A17.2"},
		{name: "20 + 10", increase: 10_000_000, decrease: 10_000_000, earlier: 20_000_000, track: Filing, clause: "A17.1"},
		{name: "20 + 10.01", increase: 10_010_000, decrease: 10_010_000, earlier: 20_000_000, track: Review, clause: "A17.2"},
		{name: "20 + 10.01 each by itself", increase: 10_010_000, decrease: 10_010_000, earlier: 20_000_000, params: measures.Values{Cumulative.Key: "no"}, track: Filing, clause: "A17.1"},
		{name: "total 300.01", increase: 10_000, track: Review, clause: "A17.2", government: true},
		{name: "total 300.01 with much moved", increase: 40_010_000, decrease: 40_000_000, track: Review, clause: "A17.2", government: true},
		{name: "down 30.00 only", decrease: 30_000_000, track: Filing, clause: "A17.1"},
		{name: "down 30.01 only", decrease: 30_010_000, track: Review, clause: "A17.2"},
		{name: "up 5 down 30: the larger", increase: 5_000_000, decrease: 30_000_000, track: Filing, clause: "A17.1"},
		{name: "up 5 down 30: the sum", increase: 5_000_000, decrease: 30_000_000, params: measures.Values{Larger.Key: "no"}, track: Review, clause: "A17.2"},
		{name: "back to the estimate", increase: 5_000_000, total: 295_000_000, track: Filing, clause: "A17.1"},
		{name: "one fen beyond it", increase: 5_000_001, total: 295_000_000, track: Review, clause: "A17.2", government: true},
		{name: "another goal", increase: 1, decrease: 1, goal: No, track: Review, clause: "A17.3"},
		{name: "not necessary", increase: 1, decrease: 1, must: No, track: Review, clause: "A17.3"},
		{name: "no situation", increase: 1, decrease: 1, situation: None, track: Review, clause: "A17.3"},
		{name: "no situation, not strict", increase: 1, decrease: 1, situation: None, params: measures.Values{Strict.Key: "no"}, track: Filing, clause: "A17.3"},
		{name: "another goal above 10 %", increase: 30_010_000, decrease: 30_010_000, goal: No, track: Review, clause: "A17.2"},
		{name: "5 %", increase: 15_000_001, decrease: 15_000_001, params: measures.Values{Percent.Key: "5"}, track: Review, clause: "A17.2"},
	} {
		f := Figures{Ceiling: ceiling, Total: ceiling, Increase: c.increase, Decrease: c.decrease, Earlier: c.earlier, Goal: Yes, Must: Yes, Situation: "improved"}
		if c.total > 0 {
			f.Total = c.total
		}
		for to, v := range map[*string]string{&f.Goal: c.goal, &f.Must: c.must, &f.Situation: c.situation} {
			if v != "" {
				*to = v
			}
		}
		if got := f.Decide(c.params); got.Track != c.track || got.Clause != c.clause || got.Government != c.government || got.Sentence == "" {
			t.Errorf("%s: %+v, want %s by %s, government %v", c.name, got, c.track, c.clause, c.government)
		}
	}
}

// 10.0001 % must not read as 10 %.
func TestAShareIsNotRoundedUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		part, whole money.Fen
		want        string
	}{{29_990_000, 300_000_000, "9.9966…%"}, {30_000_000, 300_000_000, "10.00%"}, {30_010_000, 300_000_000, "10.0033…%"}, {30_000_001, 300_000_000, "10.00…%"}, {0, 300_000_000, "0.00%"},
		{30_300_000, 300_000_000, "10.10%"}, {1, 0, "—"}, {9_000_000_000_000_000, 9_000_000_000_000_000, "100.00%"}} {
		if got := Share(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.part, c.whole, got, c.want)
		}
	}
}

// Whatever is adjusted in whatever order, what was self-filed comes to no more
// than 10 % together and never raises the total above the estimate.
func TestSelfFiledAdjustmentsKeepTheLimit(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ceiling := money.Fen(rapid.Int64Range(1, 1_000_000_000_000).Draw(t, "ceiling"))
		part := rapid.Int64Range(0, int64(ceiling)/4)
		total, filed := ceiling, money.Fen(0)
		for range rapid.IntRange(1, 20).Draw(t, "adjustments") {
			f := Figures{Ceiling: ceiling, Total: total, Earlier: filed, Goal: Yes, Must: Yes, Situation: "improved", Increase: money.Fen(part.Draw(t, "up")), Decrease: money.Fen(part.Draw(t, "down"))}
			if f.Decide(nil).Track == Filing {
				total, filed = f.After(), filed+f.Moved(nil)
			}
			if filed*100 > ceiling*10 || total > ceiling {
				t.Fatalf("filed %d of %d, total %d", filed, ceiling, total)
			}
		}
	})
}
