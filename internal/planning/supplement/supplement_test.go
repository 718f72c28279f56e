package supplement

import (
	"testing"

	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, c := range append(append(measures.Checks(Rules()...), measures.Checks(ReportRules()...)...), measures.Checks(decided)...) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
}

func TestTheFlowIsSound(t *testing.T) {
	t.Parallel()
	if err := Applying().Validate(); err != nil {
		t.Error(err)
	}
}

func TestATemporaryArrangementIsNotADepartments(t *testing.T) {
	t.Parallel()
	var got []string
	for _, o := range levels {
		got = append(got, o.Label)
	}
	if len(got) != 3 || got[0] != "国家" || got[1] != "省" || got[2] != "市" {
		t.Errorf("levels %v, want 国家, 省 and 市 only", got)
	}
}

// What two offices say decides what follows; whoever speaks first does not matter.
func TestWhatFollowsTheTwoChecks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		first, second string
		want          matter.Action
	}{
		{Agree, Agree, agreed},
		{Agree, Back, sendBack},
		{Back, Back, sendBack},
		{Agree, Reject, refuse},
		{Back, Reject, refuse},
		{Reject, Reject, refuse},
	} {
		for _, seats := range [][]matter.Seat{{{Opinion: c.first}, {Opinion: c.second}}, {{Opinion: c.second}, {Opinion: c.first}}} {
			if got := resolve(nil, seats); got != c.want {
				t.Errorf("%s and %s: %s follows, want %s", seats[0].Opinion, seats[1].Opinion, got, c.want)
			}
		}
	}
}

func TestTheLowerCheckCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		amounts []money.Fen
		want    money.Fen
	}{{nil, 0}, {[]money.Fen{280_000_000, 260_000_000}, 260_000_000}, {[]money.Fen{260_000_000, 280_000_000}, 260_000_000}, {[]money.Fen{1, 1}, 1}} {
		var checks []CheckFacts
		for _, a := range c.amounts {
			checks = append(checks, CheckFacts{Amount: a})
		}
		if got := lowest(checks); got != c.want {
			t.Errorf("lowest of %v is %d, want %d", c.amounts, got, c.want)
		}
	}
}
