package measures

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"zhengcheng/internal/calendar"
)

// Basis is the ground a check stands on.
type Basis string

const (
	Text     Basis = "text"
	Reading  Basis = "reading"
	Other    Basis = "other"
	Practice Basis = "practice"
)

// Effect is what an obligation or rule does.
type Effect string

const (
	Block  Effect = "block"  // the grant cannot be given
	Warn   Effect = "warn"   // must be answered with a reason, recorded
	Duty   Effect = "duty"   // a dated obligation
	Record Effect = "record" // a fact kept and provable
	Power  Effect = "power"  // who may act
)

// Outcome of a rule.
type Outcome string

const (
	Pass       Outcome = "pass"
	Fail       Outcome = "fail"
	NotApplies Outcome = "not_applicable"
)

// Problem is one thing that is missing or wrong and where it is mended: an
// anchor such as form/doc_no, line:3/goal or file/stamped.
type Problem struct {
	Anchor  string `json:"anchor,omitempty"`
	Message string `json:"message"`
}

// Verdict is what a rule says of the facts.
type Verdict struct {
	Outcome  Outcome   `json:"outcome"`
	Message  string    `json:"message,omitempty"`
	Problems []Problem `json:"problems,omitempty"`
}

// Passed is a passing verdict with what was found.
func Passed(format string, args ...any) Verdict {
	return Verdict{Outcome: Pass, Message: fmt.Sprintf(format, args...)}
}

// Failed is a failing verdict with one problem.
func Failed(anchor, format string, args ...any) Verdict {
	return FailedWith(Problem{Anchor: anchor, Message: fmt.Sprintf(format, args...)})
}

// FailedWith fails with the problems, and passes when there are none.
func FailedWith(ps ...Problem) Verdict {
	if len(ps) == 0 {
		return Verdict{Outcome: Pass}
	}
	return Verdict{Outcome: Fail, Message: ps[0].Message, Problems: ps}
}

// NotApplicable says why a rule does not apply.
func NotApplicable(format string, args ...any) Verdict {
	return Verdict{Outcome: NotApplies, Message: fmt.Sprintf(format, args...)}
}

// Rule is a check with its ground, its period and worked examples. A released
// version is immutable: a change is a new version with its own From.
type Rule[F any] struct {
	ID       string // permanent, such as A06.2-sections
	Clause   string // obligation id
	Version  int
	Basis    Basis
	Source   string // Other: the law or standard; Reading and Practice: the reading in a sentence
	Quote    string // Text: the words of the Measures
	Title    string // what is checked, in Chinese
	Effect   Effect // Block or Warn
	From, To calendar.Date
	Boundary bool // compares a number, date or limit, so it needs a boundary example
	Params   []Param
	Mark     Mark // of what is recorded although it fails the warning
	Judge    func(F, Values) Verdict
	Examples []Example[F]
}

// Mark is what is said of a record that fails a warning: it stands as the fact it is,
// is explained, and may be put to rectification (Article 32). Without a word it leaves
// no mark.
type Mark struct {
	Word    string
	Rectify string // the obligation of Article 32 it is proposed under, "" for none
}

// ExampleKind sorts worked examples.
type ExampleKind string

const (
	ExamplePass     ExampleKind = "pass"
	ExampleFail     ExampleKind = "fail"
	ExampleBoundary ExampleKind = "boundary"
)

// Example is a case worked by hand from the text.
type Example[F any] struct {
	Name   string
	Kind   ExampleKind
	Facts  F
	Params map[string]string
	Want   Outcome
	Why    string // the working
}

// ExampleInfo is an example without its facts.
type ExampleInfo struct {
	Name string      `json:"name"`
	Kind ExampleKind `json:"kind"`
	Want Outcome     `json:"want"`
	Why  string      `json:"why"`
}

// Check is a rule with its type of facts hidden, so that rules of all
// procedures stand in one book.
type Check struct {
	ID, Clause    string
	Version       int
	Basis         Basis
	Source, Quote string
	Title         string
	Effect        Effect
	From, To      calendar.Date
	Boundary      bool
	Params        []Param
	Mark          Mark
	Examples      []ExampleInfo

	judge  func(any, Values) Verdict
	replay func([]byte, Values) (Verdict, error)
	try    func() []error
	worked func() []Verdict
}

// Checks hides the fact type of rules.
func Checks[F any](rules ...Rule[F]) []Check {
	out := make([]Check, 0, len(rules))
	for _, r := range rules {
		out = append(out, r.check())
	}
	return out
}

func (r Rule[F]) check() Check {
	c := Check{ID: r.ID, Clause: r.Clause, Version: r.Version, Basis: r.Basis, Source: r.Source, Quote: r.Quote, Title: r.Title, Effect: r.Effect,
		From: r.From, To: r.To, Boundary: r.Boundary, Params: r.Params, Mark: r.Mark}
	for _, e := range r.Examples {
		c.Examples = append(c.Examples, ExampleInfo{e.Name, e.Kind, e.Want, e.Why})
	}
	c.judge = func(f any, v Values) Verdict { return r.Judge(f.(F), v) }
	c.replay = func(raw []byte, v Values) (Verdict, error) {
		var f F
		if err := json.Unmarshal(raw, &f); err != nil {
			return Verdict{}, fmt.Errorf("replay %s: %w", r.ID, err)
		}
		return r.Judge(f, v), nil
	}
	c.try = func() []error {
		var errs []error
		for _, e := range r.Examples {
			if err := r.tryOne(e); err != nil {
				errs = append(errs, err)
			}
		}
		return errs
	}
	c.worked = func() []Verdict {
		out := make([]Verdict, 0, len(r.Examples))
		for _, e := range r.Examples {
			out = append(out, r.Judge(e.Facts, e.Params))
		}
		return out
	}
	return c
}

func (r Rule[F]) tryOne(e Example[F]) error {
	raw, err := json.Marshal(e.Facts)
	if err != nil {
		return fmt.Errorf("%s, example %s: %w", r.ID, e.Name, err)
	}
	var back F
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&back); err != nil {
		return fmt.Errorf("%s, example %s: %w", r.ID, e.Name, err)
	}
	got, again := r.Judge(e.Facts, e.Params), r.Judge(back, e.Params)
	if got.Outcome != e.Want {
		return fmt.Errorf("%s, example %s: got %s (%s), want %s because %s", r.ID, e.Name, got.Outcome, got.Message, e.Want, e.Why)
	}
	if !reflect.DeepEqual(got, again) {
		return fmt.Errorf("%s, example %s: the facts judge differently after storing them", r.ID, e.Name)
	}
	return nil
}

// Replay judges stored facts.
func (c Check) Replay(facts []byte, v Values) (Verdict, error) { return c.replay(facts, v) }

// TryExamples runs every worked example, also through storage.
func (c Check) TryExamples() []error { return c.try() }

// Worked are the verdicts of the worked examples, in their order.
func (c Check) Worked() []Verdict { return c.worked() }

// InForce reports whether the version binds on a day.
func (c Check) InForce(on calendar.Date) bool {
	return on >= c.From && (c.To == "" || on <= c.To)
}

// Words are the words for the marks that checks leave, by the id of the rule.
func Words(checks ...Check) map[string]string {
	out := map[string]string{}
	for _, c := range checks {
		if c.Mark.Word != "" {
			out[c.ID] = c.Mark.Word
		}
	}
	return out
}

// Finding is a verdict with everything needed to explain and replay it.
type Finding struct {
	RuleID   string    `json:"rule"`
	Version  int       `json:"version"`
	Clause   string    `json:"clause"`
	Basis    Basis     `json:"basis"`
	Source   string    `json:"source,omitempty"`
	Effect   Effect    `json:"effect"`
	Title    string    `json:"title"`
	Outcome  Outcome   `json:"outcome"`
	Message  string    `json:"message,omitempty"`
	Problems []Problem `json:"problems,omitempty"`
	Reason   string    `json:"reason,omitempty"` // the answer given to a warning
}

// JudgeAll asks every rule in force on the day.
func JudgeAll(checks []Check, facts any, v Values, on calendar.Date) []Finding {
	out := make([]Finding, 0, len(checks))
	for _, c := range checks {
		if !c.InForce(on) {
			continue
		}
		w := c.judge(facts, v)
		out = append(out, Finding{RuleID: c.ID, Version: c.Version, Clause: c.Clause, Basis: c.Basis, Source: c.Source, Effect: c.Effect, Title: c.Title,
			Outcome: w.Outcome, Message: w.Message, Problems: w.Problems})
	}
	return out
}

// Blocking are the failed rules that refuse.
func Blocking(fs []Finding) []Finding {
	return pick(fs, func(f Finding) bool { return f.Outcome == Fail && f.Effect == Block })
}

// Unanswered are the failed warnings without a reason.
func Unanswered(fs []Finding) []Finding {
	return pick(fs, func(f Finding) bool { return f.Outcome == Fail && f.Effect == Warn && f.Reason == "" })
}

func pick(fs []Finding, keep func(Finding) bool) []Finding {
	var out []Finding
	for _, f := range fs {
		if keep(f) {
			out = append(out, f)
		}
	}
	return out
}
