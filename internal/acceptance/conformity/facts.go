package conformity

import (
	"context"

	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Facts are what the rules judge when a unit applies and when the bureau checks.
type Facts struct {
	On            calendar.Date  `json:"on"`
	Stage         registry.Stage `json:"stage"`
	Operate       bool           `json:"operate,omitempty"`
	Letter        bool           `json:"letter"`
	AppliedOn     calendar.Date  `json:"applied_on"`
	PreliminaryOn calendar.Date  `json:"preliminary_on,omitempty"`
	TrialFrom     calendar.Date  `json:"trial_from,omitempty"`
	TrialTo       calendar.Date  `json:"trial_to,omitempty"`
	Compared      int            `json:"compared"`
	Deviations    []int64        `json:"deviations,omitempty"` // rows that deviate and do not say why
	Items         []ItemFacts    `json:"items"`
	Budget        money.Fen      `json:"budget"`
	Contracted    money.Fen      `json:"contracted"`
	Breaches      []string       `json:"breaches,omitempty"` // procurements, contracts and payments that are marked
	Secret        string         `json:"secret,omitempty"`
}

// ItemFacts are an item of the checklist.
type ItemFacts struct {
	Seq     int64  `json:"seq"`
	Key     string `json:"key"`
	Title   string `json:"title"`
	Status  string `json:"status"`
	Must    bool   `json:"must,omitempty"`
	Blocks  bool   `json:"blocks,omitempty"`
	Waived  bool   `json:"waived,omitempty"` // said to be 不涉及
	Always  bool   `json:"always,omitempty"`
	Reason  bool   `json:"reason,omitempty"`
	Message string `json:"message,omitempty"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	k, err := knownOf(ctx, q, c)
	if err != nil {
		return Facts{}, err
	}
	a := matter.FormOf[Application](c)
	f := Facts{On: c.Today, Stage: k.project.Stage, Operate: k.project.BuildKind == registry.Operate, Letter: c.Has("letter"), AppliedOn: a.AppliedOn, PreliminaryOn: a.PreliminaryOn,
		TrialFrom: a.TrialFrom, TrialTo: a.TrialTo, Budget: k.chain.Budget, Contracted: k.chain.Contracted, Secret: measures.SecretField(applicationForm, a)}
	for _, b := range k.breaches {
		f.Breaches = append(f.Breaches, b.Title+"（"+b.Says()+"）")
	}
	for _, ln := range c.LinesOf("") {
		l := matter.BodyOf[Comparison](ln)
		f.Compared++
		if l.Done != "full" && l.Done != "" && !hanzi.Given(l.Deviation) {
			f.Deviations = append(f.Deviations, ln.Seq)
		}
		if f.Secret == "" {
			f.Secret = measures.SecretField(comparisons.Form, l)
		}
	}
	for _, x := range compute(k, c) {
		i := matter.BodyOf[Item](x.Line)
		f.Items = append(f.Items, ItemFacts{Seq: x.Line.Seq, Key: x.Key, Title: x.Title, Status: x.Status, Must: x.Need == Must, Blocks: x.Blocks && x.Need == Must, Waived: i.Waived, Always: x.Always,
			Reason: hanzi.Given(i.Reason), Message: x.Says})
		if measures.SpeaksOfSecrets(i.Reason) && f.Secret == "" {
			f.Secret = "不涉及的理由"
		}
	}
	return f, nil
}

// MeetingFacts are what the rules judge when an acceptance is recorded and signed.
type MeetingFacts struct {
	On          calendar.Date `json:"on"`
	Date        calendar.Date `json:"date"`
	Result      string        `json:"result"`
	PassedOn    calendar.Date `json:"passed_on"` // of the conformity check, "" when it was not passed
	CompletedOn calendar.Date `json:"completed_on,omitempty"`
	Archive     string        `json:"archive"` // result of the archive acceptance, "" when there is none
	ArchiveOn   calendar.Date `json:"archive_on,omitempty"`
	Budget      money.Fen     `json:"budget"`
	Ceiling     money.Fen     `json:"ceiling"`
	Contracted  money.Fen     `json:"contracted"`
	Paid        money.Fen     `json:"paid"`
	Settled     money.Fen     `json:"settled"`
	Report      bool          `json:"report"`
	Mending     bool          `json:"mending,omitempty"` // the report of what was mended
	Secret      bool          `json:"secret,omitempty"`
	Early       bool          `json:"early,omitempty"` // recorded as the fact that it was held before the check passed
}

// AsPassed reports whether the meeting is to let the project pass.
func (f MeetingFacts) AsPassed() bool { return asPassed(f.Result) && !f.Early }

func meetingFacts(ctx context.Context, q db.Querier, c *matter.Case) (MeetingFacts, error) {
	a := matter.FormOf[Application](c)
	m := Meeting{Date: a.MetOn, Result: a.Result, Settled: a.Settled, Problems: a.Problems, Experts: a.Experts}
	if in, ok := c.Input.(*Meeting); ok {
		m = *in
	}
	f := MeetingFacts{On: c.Today, Date: m.Date, Result: m.Result, PassedOn: a.PassedOn, CompletedOn: a.CompletedOn, Settled: m.Settled, Report: c.Has(Report), Mending: c.Has(MendReport),
		Secret: measures.SpeaksOfSecrets(m.Problems + m.Experts), Early: early(m.Date, a.PassedOn)}
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return f, err
	}
	period := registry.Period(p.BuildKind, c.Year)
	s, err := archive.StandingOf(ctx, q, p.ID, period)
	if err != nil {
		return f, err
	}
	f.Archive, f.ArchiveOn = s.Result, s.On
	chain, err := registry.ChainOf(ctx, q, p.ID, period)
	f.Ceiling, f.Budget, f.Contracted, f.Paid = chain.Ceiling, chain.Budget, chain.Contracted, chain.Paid
	return f, err
}

// AccountFacts are what the rules judge when a final account is recorded.
type AccountFacts struct {
	On      calendar.Date `json:"on"`
	Date    calendar.Date `json:"date"`
	Budget  money.Fen     `json:"budget"`
	Settled money.Fen     `json:"settled"`
	Paper   bool          `json:"paper"`
}

func accountFacts(ctx context.Context, q db.Querier, c *matter.Case) (AccountFacts, error) {
	f := AccountFacts{On: c.Today, Paper: c.Has(FinalAccount)}
	if in, ok := c.Input.(*Account); ok {
		f.Date, f.Settled = in.Date, in.Amount
	}
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return f, err
	}
	chain, err := registry.ChainOf(ctx, q, p.ID, registry.Period(p.BuildKind, c.Year))
	f.Budget = chain.Budget
	return f, err
}

// CompletionFacts are what the rules judge when a project is said to be completed,
// or a date for mending is set.
type CompletionFacts struct {
	On   calendar.Date `json:"on"`
	Date calendar.Date `json:"date"`
	Told calendar.Date `json:"told,omitempty"` // as the implementation reported it
}

func completionFacts(ctx context.Context, q db.Querier, c *matter.Case) (CompletionFacts, error) {
	f := CompletionFacts{On: c.Today}
	switch in := c.Input.(type) {
	case *Completion:
		f.Date = in.Date
	case *Supplement:
		f.Date = in.Due
	}
	var err error
	f.Told, err = completedOn(ctx, q, c)
	return f, err
}

// Gates are what an acceptance as passed is held by, as they stand now: with the final
// account that is on record.
func Gates(ctx context.Context, q db.Querier, c *matter.Case) (MeetingFacts, error) {
	f, err := meetingFacts(ctx, q, c)
	if err != nil {
		return f, err
	}
	f.Result, f.Date, f.Early = Passed, c.Today, false
	return f, nil
}

// Met is an acceptance meeting as its unit signed it.
type Met struct {
	MatterID  string
	Period    string
	On        calendar.Date
	Organiser string
	Result    string
	Settled   money.Fen
	Budget    money.Fen // of the chain when it was signed
	Early     bool      // held before the conformity check passed: it lets nothing pass
	SignedAt  int64
}

// Meetings lists the acceptance meetings of a project, the newest first, at most 50.
func Meetings(ctx context.Context, q db.Querier, projectID string) ([]Met, error) {
	return db.All(ctx, q, func(s db.Scanner) (Met, error) {
		var m Met
		err := s.Scan(&m.MatterID, &m.Period, &m.On, &m.Organiser, &m.Result, &m.Settled, &m.Budget, &m.Early, &m.SignedAt)
		return m, err
	}, `SELECT matter_id, period, met_on, organiser, conclusion, settled, budget, early, signed_at FROM acceptance_meeting WHERE project_id = $1 ORDER BY signed_at DESC, event_id DESC LIMIT 50`, projectID)
}
