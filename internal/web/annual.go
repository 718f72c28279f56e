package web

import (
	"net/http"

	"zhengcheng/internal/db"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/planning/decision"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

// annual lists the annual plans and begins the next.
func (w *Web) annual(q *request) error {
	p, _ := w.Engine.Procedure(annualplan.Key)
	rows, err := w.Engine.List(q.ctx(), q.actor, matter.Filter{Procedure: annualplan.Key})
	if err != nil {
		return err
	}
	v := page.AnnualView{Year: int64(w.Engine.Clock.Today().Year()) + 1, MayStart: w.Engine.MayStart(q.actor, p), Rows: rows, Idem: matter.NewID(), UnitOf: w.Units.Name, StateOf: w.stateOf}
	for _, r := range rows {
		v.MayStart = v.MayStart && r.Year != v.Year
	}
	n, err := db.Value[int64](q.ctx(), w.Engine.DB, `SELECT COUNT(*) FROM reserve_entry WHERE jurisdiction = $1 AND state = 'valid'`, q.actor.Jurisdiction)
	if err != nil {
		return err
	}
	v.Reserved = int(n)
	return q.page(page.Annual(w.shell(q, "年度计划", "annual"), v))
}

func (w *Web) loadPlan(q *request) (*matter.Case, error) {
	c, err := q.load()
	if err != nil {
		return nil, err
	}
	if c.Procedure.Key != annualplan.Key {
		return nil, problem.Missing("这份年度计划")
	}
	return c, nil
}

// board is the page of an annual plan.
func (w *Web) board(q *request) error {
	c, err := w.loadPlan(q)
	if err != nil {
		return err
	}
	cv, err := w.caseView(q, c)
	if err != nil {
		return err
	}
	return w.showBoard(q, http.StatusOK, cv)
}

func (w *Web) showBoard(q *request, status int, cv page.CaseView) error {
	v, err := w.boardView(q, cv)
	if err != nil {
		return err
	}
	return q.render(status, page.Board(w.shell(q, cv.Case.Title, "annual"), v))
}

func (w *Web) boardView(q *request, cv page.CaseView) (page.BoardView, error) {
	c := cv.Case
	v := page.BoardView{CaseView: cv, Plan: matter.FormOf[annualplan.Plan](c), Totals: annualplan.Count(c.Lines), Show: q.r.URL.Query().Get("show")}
	if v.Show == "" {
		v.Show = v.DefaultShow()
	}
	standing, err := annualplan.Stand(q.ctx(), w.Engine.DB, w.Units, c)
	if err != nil {
		return v, err
	}
	for _, ln := range c.Lines {
		r := page.BoardRow{Line: ln, Entry: matter.BodyOf[annualplan.Entry](ln), Standing: map[string]annualplan.Standing{}}
		for _, o := range annualplan.Offices {
			if s, ok := standing[o][ln.ID]; ok {
				r.Standing[o] = s
			}
		}
		v.Rows = append(v.Rows, r)
	}
	if v.Changes, err = w.planChanges(q, cv); err != nil {
		return v, err
	}
	if v.Supplements, err = registry.OfOrigin(q.ctx(), w.Engine.DB, q.actor, registry.Supplemented, c.Year); err != nil {
		return v, err
	}
	if c.State != annualplan.Checking && c.State != annualplan.Approved {
		return v, nil
	}
	if v.Decision, _, err = matter.LastInput[decision.Decision](q.ctx(), w.Engine.DB, c, decision.Record); err != nil {
		return v, err
	}
	v.Refused, err = decision.NotApproved(q.ctx(), w.Engine.DB, c)
	return v, err
}

// planChanges compares the plan with the version frozen before: a draft with
// the newest, a frozen version with the one before it.
func (w *Web) planChanges(q *request, cv page.CaseView) (annualplan.Changes, error) {
	skip := cv.Case.State != matter.Draft
	for _, n := range cv.History {
		if !n.Frozen {
			continue
		}
		if skip {
			skip = false
			continue
		}
		before, err := w.Engine.FrozenAt(q.ctx(), cv.Case, n.Event)
		if err != nil {
			return annualplan.Changes{}, err
		}
		return annualplan.Differences(before.Lines, cv.Case.Lines), nil
	}
	return annualplan.Changes{}, nil
}

// planTotals are the sums of the board, by source, kind and unit; the script on
// the page puts them in place of those shown.
func (w *Web) planTotals(q *request) error {
	c, err := w.loadPlan(q)
	if err != nil {
		return err
	}
	cv, err := w.caseView(q, c)
	if err != nil {
		return err
	}
	v, err := w.boardView(q, cv)
	if err != nil {
		return err
	}
	return q.page(page.BoardTotals(v, q.r.URL.Query().Get("line")))
}

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (w *Web) planSummary(q *request) error {
	c, err := w.loadPlan(q)
	if err != nil {
		return err
	}
	raw, err := annualplan.SummaryOf(q.ctx(), w.Engine.DB, w.Units, q.actor, c)
	if err != nil {
		return err
	}
	return q.workbook(raw, c.Title+"汇总表.xlsx")
}

func (q *request) workbook(raw []byte, name string) error {
	attachmentName(q, name)
	q.w.Header().Set("Content-Type", xlsx)
	_, err := q.w.Write(raw)
	return err
}

func (w *Web) planRequest(q *request) error {
	c, err := w.loadPlan(q)
	if err != nil {
		return err
	}
	d, err := annualplan.RequestOf(q.ctx(), w.Engine.DB, w.Units, c)
	if err != nil {
		return err
	}
	return w.document(q, d, c.Title+"报批请示.docx")
}
