package supplement

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Facts are what the rules judge, when the unit hands in and when the bureau reports.
type Facts struct {
	On         calendar.Date `json:"on"`
	Year       int64         `json:"year"`
	Basis      BasisFacts    `json:"basis"`
	Planned    string        `json:"planned,omitempty"` // the project of that name in the year's plan
	Estimate   money.Fen     `json:"estimate"`
	YearAmount money.Fen     `json:"year_amount"`
	Funds      money.Fen     `json:"funds"`
	Secret     string        `json:"secret,omitempty"`
	OutOfClass string        `json:"out_of_class,omitempty"` // clause of the declaration about a project of that name
	Request    *RequestFacts `json:"request,omitempty"`      // only of a report
	Checks     []CheckFacts  `json:"checks,omitempty"`
}

// BasisFacts say which parts of the basis are given.
type BasisFacts struct {
	Level   bool          `json:"level"`
	Issuer  bool          `json:"issuer"`
	Title   bool          `json:"title"`
	Number  bool          `json:"number"`
	Excerpt bool          `json:"excerpt"`
	Date    calendar.Date `json:"date"`
	Scan    bool          `json:"scan"`
}

// RequestFacts are the facts of the joint request.
type RequestFacts struct {
	Number bool          `json:"number"`
	Date   calendar.Date `json:"date"`
	Amount money.Fen     `json:"amount"`
}

// CheckFacts are what an office agreed to.
type CheckFacts struct {
	Office string    `json:"office"`
	Amount money.Fen `json:"amount"`
}

func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	a := matter.FormOf[Application](c)
	f := Facts{On: c.Today, Year: c.Year, Estimate: a.Estimate, YearAmount: a.YearAmount, Funds: a.Funds.Total(), Secret: measures.SecretField(applicationForm, a),
		Basis: BasisFacts{Level: a.Level != "", Issuer: hanzi.Given(a.Issuer), Title: hanzi.Given(a.Title), Number: hanzi.Given(a.Number), Excerpt: hanzi.Given(a.Excerpt), Date: a.IssuedOn, Scan: c.Has("basis")}}
	x, err := registry.ExcludedNamed(ctx, q, c.UnitID, a.Name)
	if err != nil {
		return f, err
	}
	f.OutOfClass = x.Clause
	f.Planned, err = inPlan(ctx, q, c.UnitID, a.Name, c.Year)
	return f, err
}

func gatherReport(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	f, err := gather(ctx, q, c)
	if err != nil {
		return f, err
	}
	f.Request = &RequestFacts{}
	if r, ok := c.Input.(*Request); ok {
		f.Request = &RequestFacts{Number: hanzi.Given(r.Number), Date: r.Date, Amount: r.Amount}
	}
	f.Checks, err = checksOf(ctx, q, c)
	return f, err
}

// inPlan names a project of the unit that has this name and stands in the plan
// of the year: as a project of that year, or as an item of its approved annual
// plan, which may be older. "" when there is none.
func inPlan(ctx context.Context, q db.Querier, unitID, name string, year int64) (string, error) {
	found, err := db.Value[string](ctx, q, `SELECT p.name || ' ' || p.code FROM project p WHERE p.unit_id = $1 AND p.normal_name = $2 AND p.stage <> 'ended'
		AND (p.year = $3 AND p.stage NOT IN ('filed', 'reserved') OR EXISTS (SELECT 1 FROM plan_entry e JOIN matter m ON m.id = e.matter_id
			WHERE e.project_id = p.id AND e.included = 1 AND e.struck = 0 AND m.year = $3 AND m.state = 'approved')) ORDER BY p.id LIMIT 1`,
		unitID, hanzi.NormalName(name), year)
	if db.None(err) {
		return "", nil
	}
	return found, err
}

// checksOf reads what each office agreed to; a later round replaces an earlier one.
func checksOf(ctx context.Context, q db.Querier, c *matter.Case) ([]CheckFacts, error) {
	seats, err := matter.SeatsNow(ctx, q, c)
	if err != nil {
		return nil, err
	}
	var out []CheckFacts
	round := int64(0)
	for _, s := range seats {
		if s.Status != "given" || s.Opinion != Agree {
			continue
		}
		if s.Round > round {
			round, out = s.Round, nil
		}
		k, err := checked(s)
		if err != nil {
			return nil, err
		}
		out = append(out, CheckFacts{Office: s.Title, Amount: k.Amount})
	}
	return out, nil
}

func checked(s matter.Seat) (*checking, error) {
	v, err := checkingForm.Decode([]byte(s.Body))
	if err != nil {
		return nil, err
	}
	return v.(*checking), nil
}

// Term is when an approved supplement is to be carried out: from the decision of the
// government to the time set for its completion.
func Term(ctx context.Context, q db.Querier, matterID string) (from, to calendar.Date, err error) {
	a, err := matter.StoredForm[Application](ctx, q, applicationForm, matterID)
	if err != nil {
		return "", "", err
	}
	return a.DecidedOn, a.Deadline, nil
}
