package annualplan

import (
	"slices"
	"testing"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, c := range slices.Concat(measures.Checks(Rules()...), measures.Checks(ReportRules()...), measures.Checks(someApproved)) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
	if err := Compiling(&identity.Directory{}).Validate(); err != nil {
		t.Error(err)
	}
}

// Totals by hand: two included items and one left out.
func TestTotals(t *testing.T) {
	t.Parallel()
	line := func(e Entry) matter.Line { return matter.Line{Of: entries, Body: &e} }
	got := Count([]matter.Line{
		line(Entry{Name: "甲", Included: true, Unit: "市教育局", UnitID: "1", BuildKind: "om", Estimate: 300, Year: 100, City: 60, Provincial: 40}),
		line(Entry{Name: "乙", Included: true, Unit: "市教育局", UnitID: "1", BuildKind: "new", Estimate: 500, Year: 200, City: 100, Central: 50, Own: 50}),
		line(Entry{Name: "丙", Unit: "市民政局", UnitID: "2", BuildKind: "new", Estimate: 900, Year: 900, City: 900}),
		line(Entry{Name: "丁", Included: true, Struck: true, Unit: "市民政局", UnitID: "2", BuildKind: "new", Estimate: 900, Year: 900, City: 900}),
	})
	if want := (Sums{Items: 2, Estimate: 800, Year: 300, City: 160, Central: 50, Provincial: 40, Own: 50}); got.All != want {
		t.Errorf("all: %+v, want %+v", got.All, want)
	}
	if len(got.ByUnit) != 1 || got.ByUnit[0].Year != 300 || len(got.ByKind) != 2 || got.ByKind[0].Title != "新建" || got.ByKind[0].Year != 200 {
		t.Errorf("by unit %+v, by kind %+v", got.ByUnit, got.ByKind)
	}
}

// What differs, by hand: one item moved out, one in, one changed, one as it was.
func TestDifferences(t *testing.T) {
	t.Parallel()
	line := func(id string, e Entry) matter.Line { return matter.Line{Of: entries, ID: id, Body: &e} }
	before := []matter.Line{line("1", Entry{Included: true, Year: 10_000_000, City: 10_000_000}), line("2", Entry{Included: true, Year: 20_000_000}),
		line("3", Entry{Year: 5_000_000}), line("4", Entry{Included: true, Year: 1_000_000})}
	now := []matter.Line{line("1", Entry{Included: true, Year: 4_000_000, City: 4_000_000, Remark: "分两年"}), line("2", Entry{Year: 20_000_000}),
		line("3", Entry{Included: true, Year: 5_000_000}), line("4", Entry{Included: true, Year: 1_000_000}), line("5", Entry{Year: 9_000_000})}
	got := Differences(before, now)
	if got.In != 1 || got.Out != 1 || got.Changed != 1 || got.Money != -21_000_000 || len(got.Items) != 3 {
		t.Errorf("differences %+v, want one in, one out, one changed, 210,000 yuan less", got)
	}
	if want := (Difference{Kind: "changed", Says: "10.00 → 4.00、市级财政、备注"}); got.Items["1"] != want {
		t.Errorf("item 1: %+v, want %+v", got.Items["1"], want)
	}
	if got.Items["2"].Kind != "out" || got.Items["3"].Kind != "in" {
		t.Errorf("items 2 and 3: %+v", got.Items)
	}
}
