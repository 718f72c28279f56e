package web

import (
	"github.com/a-h/templ"

	"zhengcheng/internal/budgeting/performance"
	"zhengcheng/internal/construction/adjustment"
	"zhengcheng/internal/construction/connection"
	"zhengcheng/internal/construction/estimate"
	"zhengcheng/internal/construction/progress"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/web/page"
)

// projectCards are what single chapters have to say of a project.
func (w *Web) projectCards(q *request, v page.ProjectView) ([]templ.Component, error) {
	var cards []templ.Component
	today := w.Engine.Clock.Today()
	values, err := w.Engine.Parameters(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, today)
	if err != nil {
		return nil, err
	}
	e, err := w.estimateOf(q, v, values)
	if err != nil {
		return nil, err
	}
	if len(e.Standings) > 0 {
		cards = append(cards, page.EstimateCard(v, e))
	}
	results, err := performance.Results(q.ctx(), w.Engine.DB, v.Project.ID)
	if err != nil {
		return nil, err
	}
	if len(results) > 0 {
		cards = append(cards, page.PerformanceCard(results))
	}
	stand, err := progress.StandingOf(q.ctx(), w.Engine.DB, v.Project.ID, today, values)
	if err != nil {
		return nil, err
	}
	if stand != nil {
		cards = append(cards, page.ProgressCard(*stand, today, progress.Formulas(values)))
	}
	a, err := w.acceptanceCard(q, v)
	if a != nil {
		cards = append(cards, a)
	}
	return cards, err
}

// progressList lists the projects under way, worst first.
func (w *Web) progressList(q *request) error {
	today := w.Engine.Clock.Today()
	values, err := w.Engine.Parameters(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, today)
	if err != nil {
		return err
	}
	v := page.ProgressView{UnitID: q.r.URL.Query().Get("unit"), Today: today, Units: w.Units.Of(q.actor.Jurisdiction), UnitOf: w.Units.Name, Formulas: progress.Formulas(values)}
	if v.Rows, err = progress.List(q.ctx(), w.Engine.DB, q.actor, v.UnitID, today, values); err != nil {
		return err
	}
	if len(v.Rows) > progress.Most {
		v.Rows, v.Cut = v.Rows[:progress.Most], true
	}
	return q.page(page.ProgressList(w.shell(q, "项目进度", "progress"), v))
}

func connectionFilter(q *request) connection.Filter {
	v := q.r.URL.Query()
	return connection.Filter{Platform: v.Get("platform"), State: v.Get("state"), UnitID: v.Get("unit"), After: v.Get("after"), Limit: 101}
}

// connections lists to which platforms the systems are connected.
func (w *Web) connections(q *request) error {
	v := page.ConnectionsView{Filter: connectionFilter(q), Units: w.Units.Of(q.actor.Jurisdiction), UnitOf: w.Units.Name}
	var err error
	if v.Rows, err = connection.List(q.ctx(), w.Engine.DB, q.actor, v.Filter); err != nil {
		return err
	}
	if len(v.Rows) > 100 {
		v.Rows, v.Next = v.Rows[:100], v.Rows[99].Cursor()
	}
	return q.page(page.Connections(w.shell(q, "接入台账", "connections"), v))
}

// connectionWorkbook is the whole filtered list as a file.
func (w *Web) connectionWorkbook(q *request) error {
	raw, err := connection.Workbook(q.ctx(), w.Engine.DB, w.Units, q.actor, connectionFilter(q), w.Engine.Clock.Today())
	if err != nil {
		return err
	}
	return q.workbook(raw, "接入台账 "+string(w.Engine.Clock.Today())+".xlsx")
}

// estimateOf reads what the estimate of a project stands on and how much of the
// limit of self-filed adjustments is used.
func (w *Web) estimateOf(q *request, v page.ProjectView, values measures.Values) (page.EstimateView, error) {
	var e page.EstimateView
	approvals, err := estimate.Of(q.ctx(), w.Engine.DB, v.Project.ID)
	if err != nil {
		return e, err
	}
	if e.Adjustments, err = adjustment.Of(q.ctx(), w.Engine.DB, v.Project.ID); err != nil {
		return e, err
	}
	e.Percent, e.Cumulative = int64(adjustment.Percent.Int(values)), adjustment.Cumulative.Bool(values)
	for _, c := range v.Chains {
		in := page.ChainStanding{}
		for _, a := range approvals { // the newest leads
			if a.Period == c.Period {
				in.Approvals = append(in.Approvals, a)
			}
		}
		base := ""
		if len(in.Approvals) > 0 {
			base = in.Approvals[0].MatterID
		}
		in.Standing = adjustment.Stand(c, base, e.Adjustments, "")
		if len(e.Standings) < 3 {
			e.Standings = append(e.Standings, in)
		}
	}
	return e, nil
}

// adjustmentPanels show the arithmetic that decides the track: as it comes out
// now while the unit holds the case, afterwards as it was signed.
func (w *Web) adjustmentPanels(q *request, c *matter.Case, v *page.CaseView) error {
	a := matter.FormOf[adjustment.Adjustment](c)
	sum := page.ArithmeticView{Case: c, Percent: adjustment.Percent.Int(c.Values), Cumulative: adjustment.Cumulative.Bool(c.Values), Larger: adjustment.Larger.Bool(c.Values),
		Figures: adjustment.Figures{Ceiling: a.Ceiling, Total: a.Total, Increase: a.Increase, Decrease: a.Decrease, Earlier: a.Earlier}, Ruling: adjustment.Ruling{Track: a.Track, Sentence: a.Sentence}}
	if c.State == matter.Draft || c.State == adjustment.Signing {
		f, err := adjustment.FiguresOf(q.ctx(), w.Engine.DB, c)
		if err != nil {
			return err
		}
		sum.Figures, sum.Ruling, sum.Live = f, f.Decide(c.Values), c.State == matter.Draft
	}
	v.Extras = append(v.Extras, page.Arithmetic(sum))
	return nil
}
