package measures

import (
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/calendar"
)

// ProcedureRef is a procedure as the book knows it.
type ProcedureRef struct {
	Key, Title string
	Clauses    []string
}

// Book is every rule, parameter and procedure of the program beside the text.
type Book struct {
	Rules      []Check
	Params     []Param
	Procedures []ProcedureRef
}

// NewBook collects and reports every flaw: a rule without ground or example, an
// unknown clause, words that do not stand in the text, two versions in force.
func NewBook(rules []Check, params []Param, procedures []ProcedureRef) (*Book, error) {
	b := &Book{Rules: rules, Params: params, Procedures: procedures}
	var flaws []string
	for i, r := range rules {
		flaws = append(flaws, flawsOf(r)...)
		for _, other := range rules[:i] {
			if other.ID == r.ID && (other.Version == r.Version || overlaps(other, r)) {
				flaws = append(flaws, fmt.Sprintf("rule %s has two versions in force at once", r.ID))
			}
		}
	}
	for _, p := range params {
		if err := p.Validate(p.Default); err != nil {
			flaws = append(flaws, fmt.Sprintf("parameter %s: default %q: %v", p.Key, p.Default, err))
		}
		if _, ok := obligation(p.Clause); !ok {
			flaws = append(flaws, fmt.Sprintf("parameter %s cites unknown %s", p.Key, p.Clause))
		}
	}
	for _, p := range procedures {
		for _, c := range p.Clauses {
			if _, ok := obligation(c); !ok {
				flaws = append(flaws, fmt.Sprintf("procedure %s cites unknown %s", p.Key, c))
			}
		}
	}
	if len(flaws) > 0 {
		return nil, fmt.Errorf("the law and the rules disagree:\n%s", strings.Join(flaws, "\n"))
	}
	return b, nil
}

func overlaps(a, b Check) bool {
	return (a.To == "" || b.From <= a.To) && (b.To == "" || a.From <= b.To)
}

func flawsOf(r Check) []string {
	var out []string
	bad := func(format string, args ...any) {
		out = append(out, fmt.Sprintf("rule %s: ", r.ID)+fmt.Sprintf(format, args...))
	}
	if _, ok := obligation(r.Clause); !ok {
		bad("cites unknown %s", r.Clause)
	}
	if !strings.HasPrefix(r.ID, r.Clause) {
		bad("the id does not begin with its clause %s", r.Clause)
	}
	if r.Title == "" || r.From == "" || r.Version < 1 {
		bad("title, version and from-date are required")
	}
	switch r.Basis {
	case Text:
		if !Quoted(r.Quote) {
			bad("the quoted words do not stand in the text: %q", r.Quote)
		}
	case Reading, Other, Practice:
		if r.Source == "" || r.Quote != "" {
			bad("a %s rule names its source and quotes nothing", r.Basis)
		}
	default:
		bad("unknown basis %q", r.Basis)
	}
	if r.Effect != Block && r.Effect != Warn {
		bad("a rule blocks or warns, not %q", r.Effect)
	}
	if r.Mark != (Mark{}) && (r.Mark.Word == "" || r.Effect != Warn) {
		bad("only a warning leaves a mark, and with a word")
	}
	if _, ok := obligation(r.Mark.Rectify); r.Mark.Rectify != "" && (!ok || !strings.HasPrefix(r.Mark.Rectify, "A32.")) {
		bad("proposes a rectification under %s, which is not of Article 32", r.Mark.Rectify)
	}
	n := CountExamples(r.Examples)
	if n.Pass == 0 || n.Fail == 0 || r.Boundary && n.Boundary == 0 {
		bad("examples: %d pass, %d fail, %d boundary", n.Pass, n.Fail, n.Boundary)
	}
	return out
}

// Counts are numbers of worked examples.
type Counts struct {
	Pass     int `json:"pass"`
	Fail     int `json:"fail"`
	Boundary int `json:"boundary"`
}

// CountExamples counts examples by kind.
func CountExamples(list []ExampleInfo) Counts {
	var n Counts
	for _, e := range list {
		switch e.Kind {
		case ExamplePass:
			n.Pass++
		case ExampleFail:
			n.Fail++
		case ExampleBoundary:
			n.Boundary++
		}
	}
	return n
}

// ByClause lists the rules of an obligation.
func (b *Book) ByClause(id string) []Check {
	var out []Check
	for _, r := range b.Rules {
		if r.Clause == id {
			out = append(out, r)
		}
	}
	return out
}

// Rule finds one version of a rule; false when the program does not know it.
func (b *Book) Rule(id string, version int) (Check, bool) {
	for _, r := range b.Rules {
		if r.ID == id && r.Version == version {
			return r, true
		}
	}
	return Check{}, false
}

// ProceduresOf lists the procedures that carry out an obligation.
func (b *Book) ProceduresOf(id string) []ProcedureRef {
	var out []ProcedureRef
	for _, p := range b.Procedures {
		if slices.Contains(p.Clauses, id) {
			out = append(out, p)
		}
	}
	return out
}

// Covered reports whether a rule or procedure carries out the obligation.
func (b *Book) Covered(id string) bool {
	return len(b.ByClause(id)) > 0 || len(b.ProceduresOf(id)) > 0
}

// Status is how a sentence lives in the software now: one meant to be automated
// of which an obligation is not covered is not_yet.
func (b *Book) Status(s Sentence) Status {
	if s.Status != Automated {
		return s.Status
	}
	for _, id := range s.Obligations {
		if !b.Covered(id) {
			return NotYet
		}
	}
	return Automated
}

// Asked lists the rules of a sentence in force on a day.
func (b *Book) Asked(s Sentence, on calendar.Date) []Check {
	var out []Check
	for _, id := range s.Obligations {
		for _, r := range b.ByClause(id) {
			if r.InForce(on) {
				out = append(out, r)
			}
		}
	}
	return out
}

// Readings lists the parameters of a sentence.
func (b *Book) Readings(s Sentence) []Param {
	var out []Param
	for _, p := range b.Params {
		if slices.Contains(s.Obligations, p.Clause) {
			out = append(out, p)
		}
	}
	return out
}

// Law is the shape of `zhengcheng law --json`.
type Law struct {
	Sentences   []LawSentence   `json:"sentences"`
	Obligations []LawObligation `json:"obligations"`
	Rules       []LawRule       `json:"rules"`
}

// LawSentence is a sentence with its status now.
type LawSentence struct {
	ID      string `json:"id"`
	Article int    `json:"article"`
	Text    string `json:"text"`
	Status  Status `json:"status"`
}

// LawRule is one version of a rule with the number of its worked examples.
type LawRule struct {
	ID       string        `json:"id"`
	Version  int           `json:"version"`
	Clause   string        `json:"clause"`
	Title    string        `json:"title"`
	Basis    Basis         `json:"basis"`
	Effect   Effect        `json:"effect"`
	From     calendar.Date `json:"from"`
	To       calendar.Date `json:"to,omitempty"`
	Compares bool          `json:"compares"` // a number, date or limit
	Examples Counts        `json:"examples"`
}

// LawObligation is an obligation with what carries it out and how it is tested.
type LawObligation struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Effect     string   `json:"effect"`
	Basis      []Basis  `json:"basis"`
	Rules      []string `json:"rules"`
	Procedures []string `json:"procedures"`
	Examples   Counts   `json:"examples"`
}

// Law sets the text beside what the program does.
func (b *Book) Law() Law {
	var l Law
	for _, s := range Sentences() {
		l.Sentences = append(l.Sentences, LawSentence{s.ID, s.Article, s.Text, b.Status(s)})
	}
	for _, ob := range obligations {
		lo := LawObligation{ID: ob.ID, Title: ob.Title, Basis: ob.Basis, Rules: []string{}, Procedures: []string{}}
		var effects []string
		for _, e := range ob.Effects {
			effects = append(effects, string(e))
		}
		lo.Effect = strings.Join(effects, ", ")
		for _, r := range b.ByClause(ob.ID) {
			lo.Rules = append(lo.Rules, r.ID)
			n := CountExamples(r.Examples)
			lo.Examples.Pass += n.Pass
			lo.Examples.Fail += n.Fail
			lo.Examples.Boundary += n.Boundary
		}
		for _, p := range b.ProceduresOf(ob.ID) {
			lo.Procedures = append(lo.Procedures, p.Key)
		}
		l.Obligations = append(l.Obligations, lo)
	}
	for _, r := range b.Rules {
		l.Rules = append(l.Rules, LawRule{r.ID, r.Version, r.Clause, r.Title, r.Basis, r.Effect, r.From, r.To, r.Boundary, CountExamples(r.Examples)})
	}
	return l
}
