package web

import (
	"fmt"
	"net/http"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/problem"
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
	c := cv.Case
	standing, err := annualplan.Stand(q.ctx(), w.Engine.DB, w.Units, c)
	if err != nil {
		return err
	}
	v := page.BoardView{CaseView: cv, Totals: annualplan.Count(c.Lines), Limit: matter.FormOf[annualplan.Plan](c).Limit, Show: q.r.URL.Query().Get("show"), Office: q.actor.Office}
	for _, ln := range c.Lines {
		r := page.BoardRow{Line: ln, Entry: matter.BodyOf[annualplan.Entry](ln), Standing: map[string]annualplan.Standing{}}
		for _, o := range annualplan.Offices {
			if s, ok := standing[o][ln.ID]; ok {
				r.Standing[o] = s
			}
		}
		v.Rows = append(v.Rows, r)
	}
	return q.render(status, page.Board(w.shell(q, c.Title, "annual"), v))
}

// planTotals are the sums of the board for the script on the page.
func (w *Web) planTotals(q *request) error {
	c, err := w.loadPlan(q)
	if err != nil {
		return err
	}
	a := annualplan.Count(c.Lines).All
	q.writeJSON(http.StatusOK, map[string]string{"items": fmt.Sprint(a.Items), "year": a.Year.Wan(), "city": a.City.Wan(), "upper": a.Upper().Wan(), "own": a.Own.Wan(),
		"left": (matter.FormOf[annualplan.Plan](c).Limit - a.City).Wan()})
	return nil
}

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (w *Web) planSummary(q *request) error {
	c, err := w.loadPlan(q)
	if err != nil {
		return err
	}
	standing, err := annualplan.Stand(q.ctx(), w.Engine.DB, w.Units, c)
	if err != nil {
		return err
	}
	raw, err := annualplan.Summary(c, standing)
	if err != nil {
		return err
	}
	attachmentName(q, c.Title+"汇总表.xlsx")
	q.w.Header().Set("Content-Type", xlsx)
	_, err = q.w.Write(raw)
	return err
}

func (w *Web) planRequest(q *request) error {
	c, err := w.loadPlan(q)
	if err != nil {
		return err
	}
	issuer, _ := w.Units.ByOffice(c.Jurisdiction, identity.BigData)
	return w.document(q, annualplan.Request(c, issuer.Name), c.Title+"报批请示.docx")
}
