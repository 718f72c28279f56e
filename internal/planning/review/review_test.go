package review

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, c := range slices.Concat(measures.Checks(CallRules()...), measures.Checks(EndRules()...), measures.Checks(SheetRules()...), measures.Checks(PoolRules()...)) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
	}
}

func TestTheSheetHasAHundredMarks(t *testing.T) {
	t.Parallel()
	sum, keys := 0, map[string]bool{}
	for _, m := range First.Marks {
		sum += m.Max
		keys[m.Key] = true
	}
	if sum != 100 || len(keys) != len(First.Marks) {
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

func TestOrderOfMovedRows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, places, want string }{
		{"as they stood", "1 2 3 4", "a b c d"}, {"the last to the front", "1 2 3 1", "d a b c"}, {"the first to the end", "4 2 3 4", "b c d a"},
		{"two changed about", "1 3 2 4", "a c b d"}, {"two to the front keep their order", "1 2 1 1", "c d a b"}, {"up by one", "1 2 2 4", "a c b d"},
	} {
		type row struct {
			name string
			at   int64
		}
		var rows []row
		for i, p := range strings.Fields(c.places) {
			n, err := strconv.ParseInt(p, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, row{string(rune('a' + i)), Order(n, int64(i+1))})
		}
		slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.at, b.at) })
		var got []string
		for _, r := range rows {
			got = append(got, r.name)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

// Worked by hand: each change to the record is named where it stands.
func TestARecordThatWasChangedIsNamed(t *testing.T) {
	t.Parallel()
	var pool []Candidate
	for i := range 9 {
		pool = append(pool, Candidate{ID: fmt.Sprintf("expert-%02d", i), Name: fmt.Sprintf("专家%d", i)})
	}
	pool[4].Out = "参与编制了本方案"
	d := Draw("seed", 3, pool)
	fresh := func() Record {
		r := Record{Format: RecordFormat, Seed: d.Seed, Size: d.Size}
		for _, k := range d.Candidates {
			r.Candidates = append(r.Candidates, Ticket{k, digest(d.Seed, k.ID)})
		}
		r.Substitutions = []Substitution{{Out: r.Candidates[1].ID, In: r.Candidates[3].ID}, {Out: r.Candidates[3].ID, In: r.Candidates[4].ID}}
		return r
	}
	if err := fresh().Repeat(); err != nil {
		t.Fatalf("an unchanged record: %v", err)
	}
	passed := fresh()
	passed.Substitutions[1] = Substitution{Out: passed.Candidates[3].ID, Left: true, In: passed.Candidates[5].ID, Passed: []Passed{{passed.Candidates[4].ID, "已出库"}}}
	if err := passed.Repeat(); err != nil {
		t.Errorf("one who left the pool was passed over: %v", err)
	}
	for i, want := range map[int]string{1: "抽中，申明回避", 3: "替补，离岗", 4: "候补，未递补：已出库", 5: "替补"} {
		if got := passed.Result(passed.Candidates[i].Candidate); got != want {
			t.Errorf("candidate %d: %s, want %s", i+1, got, want)
		}
	}
	for name, c := range map[string]struct {
		change func(r *Record)
		want   string
	}{
		"the seed": {func(r *Record) { r.Seed = "seeds" }, "第 1 人 " + d.Candidates[0].Name + " 的标记不对"},
		"an id":    {func(r *Record) { r.Candidates[5].ID = "expert-99" }, "第 6 人 " + d.Candidates[5].Name + " 的标记不对"},
		"an id with its mark": {func(r *Record) {
			r.Candidates[8].ID, r.Candidates[8].Mark, r.Candidates[8].Out = "zz", digest("seed", "zz"), ""
		}, "位不对"},
		"the order":                {func(r *Record) { r.Candidates[2], r.Candidates[3] = r.Candidates[3], r.Candidates[2] }, "第 3 位不对：记录为 " + d.Candidates[3].Name},
		"a drawn flag set":         {func(r *Record) { r.Candidates[3].Drawn = true }, "第 4 位 " + d.Candidates[3].Name + " 记录为抽中，按规则应为候补"},
		"a drawn flag taken":       {func(r *Record) { r.Candidates[0].Drawn = false }, "第 1 位 " + d.Candidates[0].Name + " 记录为候补，按规则应为抽中"},
		"a rank":                   {func(r *Record) { r.Candidates[0].Rank = 2 }, "第 1 位 " + d.Candidates[0].Name + " 的名次不对：记录为 2，按规则应为 1"},
		"who was left out":         {func(r *Record) { r.Candidates[8].Out = "" }, "位"},
		"the size":                 {func(r *Record) { r.Size = 4 }, "第 4 位 " + d.Candidates[3].Name + " 记录为候补，按规则应为抽中"},
		"one person twice":         {func(r *Record) { r.Candidates[7] = r.Candidates[6] }, "第 7 人和第 8 人标识相同"},
		"a substitute out of turn": {func(r *Record) { r.Substitutions[1].In = r.Candidates[5].ID }, "第 2 次替补不对"},
		"a candidate passed over out of turn": {func(r *Record) {
			r.Substitutions[1] = Substitution{Out: r.Candidates[3].ID, In: r.Candidates[4].ID, Passed: []Passed{{r.Candidates[5].ID, "已出库"}}}
		}, "第 2 次替补不对：记录跳过“" + d.Candidates[5].ID},
		"the one passed over seated": {func(r *Record) { r.Substitutions[1].Passed = []Passed{{r.Candidates[4].ID, "已出库"}} }, "第 2 次替补不对：记录为“" + d.Candidates[4].ID},
		"a substitute for nobody":    {func(r *Record) { r.Substitutions[0].Out = r.Candidates[6].ID }, "第 1 次替补不对：" + d.Candidates[6].ID + " 不在评审席上"},
		"nothing in it":              {func(r *Record) { r.Candidates = nil }, "记录不完整"},
		"another format":             {func(r *Record) { r.Format = "" }, "不是抽取记录"},
	} {
		r := fresh()
		c.change(&r)
		if err := r.Repeat(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s changed: %v, want %q", name, err, c.want)
		}
	}
}
