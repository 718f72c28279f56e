package review

import (
	"fmt"
	"slices"
	"testing"

	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, c := range append(measures.Checks(CallRules()...), measures.Checks(EndRules()...)...) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
}

func TestTheSheetHasAHundredMarks(t *testing.T) {
	t.Parallel()
	sum, keys := 0, map[string]bool{}
	for _, m := range Sheet {
		sum += m.Max
		keys[m.Key] = true
	}
	if sum != 100 || len(keys) != len(Sheet) {
		t.Errorf("%d marks under %d keys", sum, len(keys))
	}
}

func TestTheDrawCanBeRepeated(t *testing.T) {
	t.Parallel()
	var pool []Candidate
	for i := range 40 {
		pool = append(pool, Candidate{ID: fmt.Sprintf("expert-%02d", i)})
	}
	pool[3].Out = "申报单位或其主管部门的人员"
	first := Draw("seed", 5, pool)
	slices.Reverse(pool)
	again := Draw("seed", 5, pool)
	if got, want := fmt.Sprint(again.Panel()), fmt.Sprint(first.Panel()); got != want {
		t.Errorf("the order of the pool changed the panel: %s, %s", got, want)
	}
	if len(first.Panel()) != 5 || len(first.Candidates) != 40 {
		t.Errorf("%d drawn of %d", len(first.Panel()), len(first.Candidates))
	}
	// by hand: SM3("seed\nexpert-00") and the others, sorted; the record must not move
	if got := first.Panel()[0].ID; got != Draw("seed", 1, pool).Panel()[0].ID {
		t.Errorf("a smaller panel begins with %s", got)
	}
	for seed := range 200 {
		for _, c := range Draw(fmt.Sprint(seed), 5, pool).Panel() {
			if c.ID == "expert-03" {
				t.Fatal("an excluded expert was drawn")
			}
		}
	}
}

// Over many seeds everybody is drawn about equally often.
func TestTheDrawIsEven(t *testing.T) {
	t.Parallel()
	pool := make([]Candidate, 10)
	for i := range pool {
		pool[i].ID = fmt.Sprintf("e%d", i)
	}
	n := map[string]int{}
	const rounds = 4000
	for seed := range rounds {
		for _, c := range Draw(fmt.Sprint("s", seed), 3, pool).Panel() {
			n[c.ID]++
		}
	}
	// expected 1200 each, standard deviation 29: five of them either way
	for id, k := range n {
		if k < 1055 || k > 1345 {
			t.Errorf("%s was drawn %d times of %d, expected about %d", id, k, rounds, rounds*3/10)
		}
	}
}

func TestSubstitutesComeInOrder(t *testing.T) {
	t.Parallel()
	d := Draw("x", 1, []Candidate{{ID: "a"}, {ID: "b"}, {ID: "c", Out: "参与编制了本方案"}})
	had := map[string]bool{d.Panel()[0].ID: true}
	next, ok := d.Next(had)
	if !ok || had[next.ID] || next.ID == "c" {
		t.Fatalf("next is %v, %v", next, ok)
	}
	had[next.ID] = true
	if c, ok := d.Next(had); ok {
		t.Errorf("there is nobody left, got %v", c)
	}
}

func TestConflicts(t *testing.T) {
	t.Parallel()
	s := Scheme{UnitID: "u1", ParentUnitID: "p1", CompiledBy: "贵州某某科技有限公司", Authors: "张三、李四"}
	for want, tie := range map[string]Tie{
		"": {Name: "王五", Employer: "某高校", EmployerUnit: "u2", Suppliers: []string{"另一公司"}},
		"申报单位或其主管部门的人员":   {Name: "王五", EmployerUnit: "p1"},
		"方案编制单位的人员":       {Name: "王五", Employer: "贵州某某科技有限公司"},
		"参与编制了本方案":        {Name: "李四"},
		"与方案编制单位有申明的利害关系": {Name: "王五", Suppliers: []string{"甲公司", " 贵州某某科技有限公司 "}},
	} {
		if got := Conflict(tie, s); got != want {
			t.Errorf("Conflict(%+v) = %q, want %q", tie, got, want)
		}
	}
}

func TestAverage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		totals []int64
		want   int64
	}{{nil, 0}, {[]int64{80, 90, 70}, 8000}, {[]int64{80, 81, 81}, 8066}, {[]int64{10, 80, 82, 84, 100}, 8200}, {[]int64{10, 80, 82, 84}, 6400}} {
		if got := Average(c.totals); got != c.want {
			t.Errorf("Average(%v) = %d, want %d", c.totals, got, c.want)
		}
	}
}
