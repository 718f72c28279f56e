package matter

import (
	"context"
	"fmt"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
)

// State is a stable name of where a case stands.
type State string

// Draft is the first state of every procedure.
const Draft State = "draft"

// Action is the stable name of an act.
type Action string

// The acts every reader knows by the same name.
const (
	Open        Action = "open"
	Submit      Action = "submit"
	SignOff     Action = "sign"
	Consent     Action = "consent"
	Acknowledge Action = "acknowledge"
	Return      Action = "return"
	Withdraw    Action = "withdraw"
	Opinion     Action = "opinion"
	AddSigner   Action = "add-signer"
	Reassign    Action = "reassign"
)

// Mark is the shape a state is shown with.
type Mark string

const (
	MarkDoing Mark = "doing" // half-filled circle
	MarkDone  Mark = "done"  // circle with tick
	MarkWait  Mark = "wait"  // ring
	MarkWarn  Mark = "warn"  // triangle
	MarkStop  Mark = "stop"  // octagon
)

// StateDef describes a state: its Chinese name, who holds the case there and
// what they are asked to do.
type StateDef struct {
	State  State
	Title  string
	Mark   Mark
	Final  bool
	Holder identity.Party // opens a task; the zero Party opens none
	Task   string         // what the holder is asked to do, a verb
	Clause string         // obligation the task answers; empty: the first the procedure cites
	Edit   bool           // the holder may change form and lines
	Attach bool           // the holder may add documents, though the form stands
	Public bool           // everybody of the jurisdiction may read it from here on
	Due    func(c *Case) calendar.Date
	Legal  bool               // the Measures themselves fix that date (法定)
	Seats  *Seating           // a countersignature or panel takes place here
	Stage  string             // label on the stage line; states sharing one stand together, "" is not shown
	Off    func(c *Case) bool // the way of the case does not lead here: its stage line leaves it out
}

// Within is a due date so many days after the day a state is entered.
func Within(days measures.Param) func(c *Case) calendar.Date {
	return func(c *Case) calendar.Date { return c.Today.AddDays(days.Int(c.Values)) }
}

// Step is one row of the flow: a reader can hold it against the regulation.
type Step struct {
	From   State
	Do     Action
	Title  string // the verb on the button, such as 报送
	Says   string // what happens next, one sentence
	To     State
	Or     []State                                   // further states Route may choose
	Ready  func(ctx context.Context, d *Doing) error // reads what Route must know
	Route  func(c *Case) State
	By     identity.Party
	Judge  *Judge
	Reason bool       // a reason is required
	Input  *form.Spec // what the act itself records, such as a decision's number and date
	// Suggest is what the inputs begin with, by field key.
	Suggest func(c *Case) map[string]string
	Submit  bool     // hands the case in: version and freeze
	Lines   LineMove // what becomes of the lines
	Effect  func(ctx context.Context, d *Doing) error
	Issue   *Series // the number and receipt this step issues
	Danger  bool    // shown apart
}

// LineMove says what an act does to the lines of a case.
type LineMove struct {
	To       string // new line state, "" leaves them
	Selected bool   // only the lines named in the request, all when it names none
}

// Series names a gapless document number per jurisdiction and year, such as
// 六盘水数备〔2026〕12号, and the receipt it stands on.
type Series struct {
	Key   string
	Word  string // 备
	Title string // of the receipt
	// Says are what the receipt acknowledges, such as 2027年度部门项目计划, and its
	// figures, nil: the title of the case; Note is what the acknowledgement does not mean.
	Says func(c *Case) (what, figures string)
	Note string
}

// Judge binds rules to the facts they judge. Gather reads typed facts for a
// case inside the transaction of the act.
type Judge struct {
	Checks []measures.Check
	Gather func(ctx context.Context, q db.Querier, c *Case) (any, error)
}

// JudgeBy makes a Judge of typed rules.
func JudgeBy[F any](gather func(ctx context.Context, q db.Querier, c *Case) (F, error), rules ...measures.Rule[F]) *Judge {
	return &Judge{
		Checks: measures.Checks(rules...),
		Gather: func(ctx context.Context, q db.Querier, c *Case) (any, error) { return gather(ctx, q, c) },
	}
}

// Need is a document a case asks for. Whether it blocks is said by a rule.
type Need struct{ Kind, Label, Clause string }

// Procedure is a procedure of the Measures as a value.
type Procedure struct {
	Key, Title string
	Clauses    []string
	States     []StateDef
	Flow       []Step
	Form       form.Spec
	// Sections are how the form reads for one case, when headings, help or order
	// come from a version it keeps; nil: as declared. The fields are those of Form.
	Sections func(ctx context.Context, q db.Querier, c *Case) ([]form.Section, error)
	Lines    *Lines   // what the case is a list of; counted and summed in lists
	Also     []*Lines // further rows it owns
	Needs    []Need
	Params   []measures.Param
	Duties   []duty.Kind // dated obligations that its cases satisfy

	Prepare func(ctx context.Context, q db.Querier, c *Case) ([]Line, error) // fills a new draft with what is known, before what the person sends

	About    Subject                                                                              // what its cases are about, and are opened from
	Start    identity.Party                                                                       // who opens a case, for their own unit
	Proxy    identity.Party                                                                       // who may open one for another unit (代录); zero: nobody
	Name     func(c *Case) string                                                                 // title of a case
	Replaces bool                                                                                 // the newest case about a subject and year stands, its marks instead of those before
	Once     func(c *Case) string                                                                 // key that only one case may have; nil: any number
	Sum      func(c *Case) (amount int64)                                                         // amount shown in lists, fen
	Tick     func(ctx context.Context, e *Engine, jurisdiction string, today calendar.Date) error // timed steps, idempotent
}

// Things that cases are about, and from whose pages they are opened.
const (
	AboutProject  = "project"
	AboutSystem   = "system"
	AboutResource = "resource" // an entry of the catalogue
	AboutCase     = "case"     // another case
)

// Subject says that a case is about one thing of the register and is opened from
// its page; the zero Subject: about nothing the register knows.
type Subject struct {
	Kind     string
	Stages   []string // stages of the thing in which its page offers the procedure; nil: every one
	Optional bool     // a case may also be opened without one
	Others   bool     // opened by the other units, and addressed to the one it belongs to
}

// asks says where a person finds the thing that a case must name.
func (s Subject) asks() string {
	switch s.Kind {
	case AboutSystem:
		return "哪个系统：请在系统台账打开这个系统，从它的页面发起"
	case AboutResource:
		return "哪个数据资源：请在数据目录打开这条目录，从它的页面发起"
	case AboutCase:
		return "哪份案卷：请打开这份案卷，从它的页面发起"
	}
	return "哪个项目：请在项目总库打开这个项目，从它的页面发起"
}

// Offered reports whether the page of a thing in that stage offers the procedure.
func (s Subject) Offered(kind, stage string) bool {
	return s.Kind == kind && (s.Stages == nil || slices.Contains(s.Stages, stage))
}

func (p *Procedure) state(s State) StateDef {
	for _, d := range p.States {
		if d.State == s {
			return d
		}
	}
	return StateDef{State: s, Title: string(s)}
}

// Groups lists the kinds of lines the procedure owns, the main one first.
func (p *Procedure) Groups() []*Lines {
	if p.Lines == nil {
		return p.Also
	}
	return append([]*Lines{p.Lines}, p.Also...)
}

// Group finds a kind of lines by its key; "" is the main one.
func (p *Procedure) Group(key string) (*Lines, bool) {
	for _, g := range p.Groups() {
		if g.Key == key {
			return g, true
		}
	}
	return nil, false
}

// Who says in Chinese who a party of the procedure is: in what an office starts
// of its own accord, the owner is that office.
func (p *Procedure) Who(by identity.Party) string {
	if by.Side == identity.OwnerSide && p.Start.Side == identity.OfficeSide {
		by.Side, by.Office = identity.OfficeSide, p.Start.Office
	}
	return by.Title()
}

// StateDef finds the description of a state.
func (p *Procedure) StateDef(s State) StateDef { return p.state(s) }

// ClauseOf is the obligation that what is asked in a state answers.
func (p *Procedure) ClauseOf(s State) string {
	if c := p.state(s).Clause; c != "" || len(p.Clauses) == 0 {
		return c
	}
	return p.Clauses[0]
}

// Steps lists what can be done in a state, in declared order.
func (p *Procedure) Steps(s State) []Step {
	var out []Step
	for _, st := range p.Flow {
		if st.From == s {
			out = append(out, st)
		}
	}
	return out
}

func (p *Procedure) step(s State, a Action) (Step, bool) {
	for _, st := range p.Flow {
		if st.From == s && st.Do == a {
			return st, true
		}
	}
	return Step{}, false
}

func (p *Procedure) knows(a Action) bool {
	return slices.ContainsFunc(p.Flow, func(s Step) bool { return s.Do == a })
}

// Checks lists every rule the procedure asks.
func (p *Procedure) Checks() []measures.Check {
	var out []measures.Check
	seen := map[ruleKey]bool{}
	for _, s := range p.Flow {
		if s.Judge == nil {
			continue
		}
		for _, c := range s.Judge.Checks {
			if k := (ruleKey{c.ID, c.Version}); !seen[k] {
				seen[k] = true
				out = append(out, c)
			}
		}
	}
	return out
}

// Validate reports a flow that cannot be right: a state nobody reaches or
// leaves, a step from or to an undeclared state, two meanings of one act, seats
// that nothing follows.
func (p *Procedure) Validate() error {
	known := map[State]StateDef{}
	for _, d := range p.States {
		if _, twice := known[d.State]; twice {
			return fmt.Errorf("procedure %s: state %s declared twice", p.Key, d.State)
		}
		known[d.State] = d
	}
	if _, ok := known[Draft]; !ok {
		return fmt.Errorf("procedure %s has no state %s", p.Key, Draft)
	}
	type key struct {
		s State
		a Action
	}
	seen := map[key]bool{}
	for _, s := range p.Flow {
		for _, to := range append([]State{s.From, s.To}, s.Or...) {
			if _, ok := known[to]; !ok {
				return fmt.Errorf("procedure %s: step %s names undeclared state %s", p.Key, s.Do, to)
			}
		}
		if seen[key{s.From, s.Do}] {
			return fmt.Errorf("procedure %s: act %s declared twice in state %s", p.Key, s.Do, s.From)
		}
		seen[key{s.From, s.Do}] = true
		if known[s.From].Final {
			return fmt.Errorf("procedure %s: final state %s has a step", p.Key, s.From)
		}
	}
	reached := p.reached()
	for _, d := range p.States {
		if !reached[d.State] {
			return fmt.Errorf("procedure %s: state %s is never reached", p.Key, d.State)
		}
		steps := p.Steps(d.State)
		if !d.Final && len(steps) == 0 {
			return fmt.Errorf("procedure %s: state %s is never left", p.Key, d.State)
		}
		if d.Seats != nil && !slices.ContainsFunc(steps, func(s Step) bool { return s.By == identity.Itself }) {
			return fmt.Errorf("procedure %s: no step of the system follows the seats of state %s", p.Key, d.State)
		}
	}
	return nil
}

// reached lists the states that a draft can come to.
func (p *Procedure) reached() map[State]bool {
	out := map[State]bool{Draft: true}
	for todo := []State{Draft}; len(todo) > 0; todo = todo[1:] {
		for _, s := range p.Steps(todo[0]) {
			for _, to := range append([]State{s.To}, s.Or...) {
				if !out[to] {
					out[to] = true
					todo = append(todo, to)
				}
			}
		}
	}
	return out
}

// Choosing offers what stands on record in the fields that name it, case by case: the
// Sections of a procedure whose texts are then chosen from a list.
func Choosing(spec form.Spec, offers func(ctx context.Context, q db.Querier, c *Case) (map[string][]form.Option, error)) func(context.Context, db.Querier, *Case) ([]form.Section, error) {
	return func(ctx context.Context, q db.Querier, c *Case) ([]form.Section, error) {
		known, err := offers(ctx, q, c)
		if err != nil {
			return nil, err
		}
		var out []form.Section
		for _, sec := range spec.Sections {
			fields := slices.Clone(sec.Fields)
			for i, f := range fields {
				if list := known[f.Key]; len(list) > 0 {
					fields[i].Kind, fields[i].Options = form.Choice, list
				}
			}
			sec.Fields = fields
			out = append(out, sec)
		}
		return out, nil
	}
}
