package adjustment

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/estimate"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Facts are what the rules judge, when the unit hands in and at every signature.
type Facts struct {
	Figures
	On        calendar.Date  `json:"on"`
	Stage     registry.Stage `json:"stage"`
	Track     string         `json:"track"` // as handed in; in a draft as computed
	Changed   int            `json:"changed"`
	Silent    []int64        `json:"silent,omitempty"` // rows that change the amount and do not say what
	Stale     []StaleRow     `json:"stale,omitempty"`
	DecidedOn calendar.Date  `json:"decided_on"`
	Working   int            `json:"working"` // working days since
	Meeting   bool           `json:"meeting"`
	Minutes   bool           `json:"minutes"`
	Basis     bool           `json:"basis"` // issuer, title, number
	Scan      bool           `json:"scan"`
	Done      bool           `json:"done,omitempty"` // carried out already
	Secret    string         `json:"secret,omitempty"`
	Request   *RequestFacts  `json:"request,omitempty"` // only of a report
}

// StaleRow is a row whose line of the estimate has changed since.
type StaleRow struct {
	Seq    int64     `json:"seq"`
	Before money.Fen `json:"before"`
	Now    money.Fen `json:"now"`
}

// RequestFacts are the facts of the joint request.
type RequestFacts struct {
	Number bool          `json:"number"`
	Date   calendar.Date `json:"date"`
	Agreed money.Fen     `json:"agreed"` // additional investment as both offices agreed to it
}

// figures reads what the track is computed from, with the lines as they stand.
func figures(ctx context.Context, q db.Querier, c *matter.Case) (Figures, Standing, error) {
	a := matter.FormOf[Adjustment](c)
	f := Figures{Situation: a.Situation, Goal: a.Goal, Must: a.Must}
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return f, Standing{}, err
	}
	s, err := StandingOf(ctx, q, p.ID, registry.Period(p.BuildKind, c.Year), c.ID)
	f.Ceiling, f.Total, f.Earlier = s.Chain.Ceiling, s.Total, s.Earlier
	for _, ln := range c.Lines {
		if r := matter.BodyOf[Row](ln); r.After > r.Before {
			f.Increase += r.After - r.Before
		} else {
			f.Decrease += r.Before - r.After
		}
	}
	return f, s, err
}

// FiguresOf is the arithmetic of a case as it stands now.
func FiguresOf(ctx context.Context, q db.Querier, c *matter.Case) (Figures, error) {
	f, _, err := figures(ctx, q, c)
	return f, err
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	a := matter.FormOf[Adjustment](c)
	f := Facts{On: c.Today, Track: a.Track, DecidedOn: a.DecidedOn, Meeting: hanzi.Given(a.Meeting), Minutes: c.Has("minutes"), Basis: hanzi.Given(a.Issuer) && hanzi.Given(a.Title) && hanzi.Given(a.Number),
		Scan: c.Has("basis"), Done: a.CarriedOut, Secret: measures.SecretField(adjustmentForm, a)}
	var s Standing
	var err error
	if f.Figures, s, err = figures(ctx, q, c); err != nil {
		return f, err
	}
	if c.State == matter.Draft {
		f.Track = f.Decide(c.Values).Track
	}
	if err := f.readRows(ctx, q, c, s); err != nil {
		return f, err
	}
	p, err := registry.Subject(ctx, q, c)
	if err != nil {
		return f, err
	}
	f.Stage = p.Stage
	days, err := duty.Workdays(ctx, q)
	if err == nil && a.DecidedOn != "" && a.DecidedOn < c.Today {
		f.Working, _ = days.Between(a.DecidedOn, c.Today) // years without a notice count plain weeks
	}
	return f, err
}

// readRows holds the rows against the lines of the estimate as they stand now.
func (f *Facts) readRows(ctx context.Context, q db.Querier, c *matter.Case, s Standing) error {
	now, err := s.items(ctx, q, c.ID)
	if err != nil {
		return err
	}
	at := map[string]money.Fen{}
	for _, i := range now {
		at[i.ID] = i.Amount
	}
	for _, ln := range c.Lines {
		r := matter.BodyOf[Row](ln)
		if r.changed() {
			f.Changed++
			if !hanzi.Given(r.ContentAfter) && r.After > r.Before || r.After != r.Before && r.After > 0 && r.ContentAfter == r.ContentBefore && r.ContentBefore == "" {
				f.Silent = append(f.Silent, ln.Seq)
			}
			if r.ItemID != "" && at[r.ItemID] != r.Before {
				f.Stale = append(f.Stale, StaleRow{Seq: ln.Seq, Before: r.Before, Now: at[r.ItemID]})
			}
		}
		if said := measures.SecretField(rows.Form, r); said != "" && f.Secret == "" {
			f.Secret = said
		}
	}
	return nil
}

func gatherReport(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	f, err := gather(ctx, q, c)
	f.Request = &RequestFacts{Agreed: matter.FormOf[Adjustment](c).Added}
	if r, ok := c.Input.(*Request); ok {
		f.Request.Number, f.Request.Date = hanzi.Given(r.Number), r.Date
	}
	return f, err
}

// prepare takes over what the register says and the lines of the estimate.
func prepare(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
	p, err := registry.OwnSubject(ctx, q, c, registry.Under)
	if err != nil {
		return nil, err
	}
	period, err := estimate.PeriodOf(ctx, q, p, c)
	if err != nil {
		return nil, err
	}
	s, err := StandingOf(ctx, q, p.ID, period, "")
	if err != nil {
		return nil, err
	}
	a := matter.FormOf[Adjustment](c)
	a.Name, a.Code, a.StandsOn, a.Times, a.Ceiling, a.Total = p.Name, p.Code, form.Label(registry.Bases, s.Chain.Basis), s.Times+1, s.Chain.Ceiling, s.Total
	list, err := s.items(ctx, q, "")
	var out []matter.Line
	for _, i := range list {
		out = append(out, matter.Line{Of: rows, Body: i.row()})
	}
	return out, err
}

// row is the line of a table in which nothing has been adjusted yet.
func (i Item) row() *Row {
	return &Row{Name: i.Name, Category: i.Category, Before: i.Amount, After: i.Amount, ContentBefore: i.Content, ContentAfter: i.Content, ItemID: i.ID}
}
