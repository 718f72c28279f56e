package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"testing"

	"zhengcheng/internal/app"
	"zhengcheng/internal/measures"
)

// printedLaw is what `zhengcheng law --json` tells the world.
func printedLaw(t *testing.T) measures.Law {
	t.Helper()
	var out, errs bytes.Buffer
	if code := app.Main(context.Background(), []string{"law", "--json"}, &out, &errs); code != 0 {
		t.Fatalf("law --json: %d %s", code, errs.String())
	}
	var l measures.Law
	d := json.NewDecoder(&out)
	d.DisallowUnknownFields()
	if err := d.Decode(&l); err != nil {
		t.Fatal(err)
	}
	return l
}

// built are the parts of the Measures that are carried out: general provisions,
// planning, budget, construction, procurement and acceptance, data (Articles 3 to 24)
// and the supplementary articles. It grows with every chapter.
var built = regexp.MustCompile(`^A(0[3-9]|1[0-9]|2[0-4]|36|37)\.`)

func TestWhatIsBuiltIsCarriedOut(t *testing.T) {
	t.Parallel()
	l := printedLaw(t)
	rules := map[string]measures.LawRule{}
	for _, r := range l.Rules {
		rules[r.ID] = r
	}
	n := 0
	for _, o := range l.Obligations {
		if !built.MatchString(o.ID) {
			continue
		}
		n++
		if len(o.Rules)+len(o.Procedures) == 0 {
			t.Errorf("%s %s: neither a rule nor a procedure carries it out", o.ID, o.Title)
		}
		for _, id := range o.Rules {
			r, ok := rules[id]
			if !ok || r.Clause != o.ID {
				t.Errorf("%s names rule %s, which says %s", o.ID, id, r.Clause)
			}
		}
		if len(o.Rules) > 0 && o.Examples.Fail == 0 {
			t.Errorf("%s %s: no failing example", o.ID, o.Title)
		}
	}
	if n != 56 {
		t.Errorf("%d obligations of Articles 3 to 24, 36 and 37, want 56", n)
	}
}

func TestEveryRuleIsWorkedByHand(t *testing.T) {
	t.Parallel()
	l := printedLaw(t)
	if len(l.Rules) < 80 {
		t.Fatalf("only %d rules", len(l.Rules))
	}
	for _, r := range l.Rules {
		if r.Examples.Pass == 0 || r.Examples.Fail == 0 {
			t.Errorf("%s v%d: examples %+v, want passing and failing ones", r.ID, r.Version, r.Examples)
		}
		if r.Compares && r.Examples.Boundary == 0 {
			t.Errorf("%s v%d compares a number, date or limit and has no boundary example", r.ID, r.Version)
		}
	}
}

// A rule that reads a figure of the jurisdiction compares something.
func TestARuleThatReadsAFigureSaysThatItCompares(t *testing.T) {
	t.Parallel()
	book, _ := lawBook(t)
	for _, r := range book.Rules {
		for _, p := range r.Params {
			if p.Kind != measures.KindBool && !r.Boundary {
				t.Errorf("%s reads %s and does not say that it compares", r.ID, p.Key)
			}
		}
		for _, err := range r.TryExamples() {
			t.Error(err)
		}
	}
}

// A sentence lives in the software as it was declared, wherever that is built.
func TestSentencesLiveAsDeclared(t *testing.T) {
	t.Parallel()
	l := printedLaw(t)
	declared := map[string]measures.Sentence{}
	for _, s := range measures.Sentences() {
		declared[s.ID] = s
	}
	if len(l.Sentences) != len(declared) {
		t.Fatalf("%d sentences printed, %d in the text", len(l.Sentences), len(declared))
	}
	for _, s := range l.Sentences {
		was := declared[s.ID]
		part := true
		for _, o := range was.Obligations {
			part = part && built.MatchString(o)
		}
		switch {
		case s.Text != was.Text || s.Article != was.Article:
			t.Errorf("%s is printed as %q", s.ID, s.Text)
		case s.Status == was.Status:
		case s.Status == measures.NotYet && was.Status == measures.Automated && !part:
		default:
			t.Errorf("%s is declared %s and lives as %s: %s", s.ID, was.Status, s.Status, s.Text)
		}
	}
}
