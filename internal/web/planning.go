package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

// cases lists the cases of one procedure.
func (w *Web) cases(q *request) error {
	p, ok := w.Engine.Procedure(q.r.PathValue("procedure"))
	if !ok {
		return problem.Missing("这项业务")
	}
	f := matter.Filter{Procedure: p.Key, State: matter.State(q.r.URL.Query().Get("state")), Year: q.int("year"), After: q.r.URL.Query().Get("after"), Limit: 101}
	rows, err := w.Engine.List(q.ctx(), q.actor, f)
	if err != nil {
		return err
	}
	v := page.CasesView{Procedure: p, Chapter: chapterOf(p), Rows: rows, State: f.State, Year: f.Year, MayStart: w.Engine.MayStart(q.actor, p), Idem: matter.NewID(), UnitOf: w.Units.Name, StateOf: w.stateOf}
	if len(rows) > 100 {
		v.Rows, v.Next = rows[:100], rows[99].ID
	}
	at := p.Key
	if s, ok := shelves[p.Key]; ok {
		at = s
	}
	return q.page(page.Cases(w.shell(q, p.Title, at), v))
}

// reserveLibrary is what stands in the reserve, and what may still come in.
func (w *Web) reserveLibrary(q *request) error {
	today := w.Engine.Clock.Today()
	v := page.ReserveView{Today: today, Show: q.r.URL.Query().Get("show"), Idem: matter.NewID(),
		UnitOf: w.Units.Name, StateOf: w.stateOf}
	f := reserve.Filter{State: v.Show}
	switch v.Show {
	case "planned", "expired", "left":
	case "soon":
		f = reserve.Filter{State: "valid", Until: today.AddYears(1)}
	default:
		v.Show, f.State = "valid", "valid"
	}
	var err error
	if v.Entries, err = reserve.Library(q.ctx(), w.Engine.DB, q.actor, f); err != nil {
		return err
	}
	p, _ := w.Engine.Procedure(reserve.Key)
	if v.MayStart = w.Engine.MayStart(q.actor, p); v.MayStart {
		if v.Open, err = registry.Projects(q.ctx(), w.Engine.DB, q.actor, registry.Filter{UnitID: q.actor.UnitID, Stage: registry.Planned, Limit: 50}); err != nil {
			return err
		}
	}
	running, err := w.Engine.List(q.ctx(), q.actor, matter.Filter{Procedure: reserve.Key, Limit: 200})
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, r := range running {
		d := w.stateOf(r)
		taken[r.SubjectID] = taken[r.SubjectID] || !d.Final
		if !d.Final && r.State != reserve.Reserved && r.State != reserve.Planned && len(v.Running) < 20 {
			v.Running = append(v.Running, r)
		}
	}
	open := v.Open[:0]
	for _, p := range v.Open {
		if !taken[p.ID] {
			open = append(open, p)
		}
	}
	v.Open = open
	return q.page(page.Reserve(w.shell(q, "项目储备库", "reserve"), v))
}

// reviewDesk is where the bureau brings the schemes through their review.
func (w *Web) reviewDesk(q *request) error {
	p, _ := w.Engine.Procedure(reserve.Key)
	v := page.ReviewView{Bureau: true, UnitOf: w.Units.Name, Idem: matter.NewID()}
	rows, err := w.Engine.List(q.ctx(), q.actor, matter.Filter{Procedure: reserve.Key, Limit: 500})
	if err != nil {
		return err
	}
	in, err := handedIn(q, w.Engine.DB)
	if err != nil {
		return err
	}
	for _, s := range []matter.State{reserve.Receiving, reserve.Panel, reserve.Summing, reserve.Concluding, reserve.Revising, reserve.Confirming} {
		st := page.ReviewStage{State: p.StateDef(s), In: in}
		for _, r := range rows {
			if r.State == s {
				st.Rows = append(st.Rows, r)
			}
		}
		v.Stages = append(v.Stages, st)
	}
	if v.Pool, err = review.Pool(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, ""); err != nil {
		return err
	}
	enrol, _ := w.Engine.Procedure(review.PoolKey)
	v.MayStart = w.Engine.MayStart(q.actor, enrol)
	return q.page(page.Review(w.shell(q, "项目评审", "review"), v))
}

// handedIn counts the seats of running panels: handed in and all.
func handedIn(q *request, d *db.DB) (map[string][2]int64, error) {
	type row struct {
		id string
		n  [2]int64
	}
	rows, err := db.All(q.ctx(), d, func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.id, &r.n[0], &r.n[1])
		return r, err
	}, `SELECT s.matter_id, CAST(SUM(CASE WHEN s.status = 'given' THEN 1 ELSE 0 END) AS BIGINT), COUNT(*) FROM seat s JOIN matter m ON m.id = s.matter_id
		WHERE m.jurisdiction = $1 AND m.procedure = $2 AND m.closed_at = 0 AND s.aside = 0 AND s.status <> 'void' AND s.state = m.state GROUP BY s.matter_id`, q.actor.Jurisdiction, reserve.Key)
	out := map[string][2]int64{}
	for _, r := range rows {
		out[r.id] = r.n
	}
	return out, err
}

// reservePanels add to a scheme what became of it: its entry in the reserve and
// what belongs to its review.
func (w *Web) reservePanels(q *request, c *matter.Case, v *page.CaseView) error {
	e, err := reserve.EntryOf(q.ctx(), w.Engine.DB, c.ID)
	if err == nil {
		v.Extras = append(v.Extras, page.EntryPanel(e, c.Today))
	} else if !db.None(err) {
		return err
	}
	return w.reviewPanels(q, c, v)
}

// reviewPanels shows how the experts were drawn, their average once all have
// handed in, and the conclusion that waits for its signature.
func (w *Web) reviewPanels(q *request, c *matter.Case, v *page.CaseView) error {
	record, err := review.RecordOf(q.ctx(), w.Engine, q.actor, c)
	if problem.KindOf(err) == problem.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if c.State == reserve.Concluding {
		end, ok, err := matter.LastInput[review.Conclusion](q.ctx(), w.Engine.DB, c, reserve.Conclude)
		if err != nil {
			return err
		}
		if ok {
			v.Extras = append([]templ.Component{page.Proposal(end)}, v.Extras...)
		}
	}
	if c.State == reserve.Summing || c.State == reserve.Concluding {
		scores, err := scoresOf(v)
		if err != nil {
			return err
		}
		if len(scores.Columns) > 0 {
			v.Extras = append(v.Extras, page.ScoreTable(scores))
		}
	}
	v.Extras = append(v.Extras, page.DrawPanel(record))
	return nil
}

// scoresOf puts side by side what the experts of the newest round gave.
func scoresOf(v *page.CaseView) (page.ScoreView, error) {
	sheet, seats := v.Sheets[reserve.Panel], review.LastRound(v.Seats)
	totals, err := review.Totals(v.Seats)
	if err != nil {
		return page.ScoreView{}, err
	}
	a := review.Average(totals)
	out := page.ScoreView{Average: fmt.Sprintf("%d.%02d", a/100, a%100)}
	for _, f := range sheet.Fields() {
		if f.Kind == form.Int {
			out.Rows = append(out.Rows, page.ScoreRow{Title: f.Label, Max: f.Max})
		}
	}
	for i, t := range seats {
		body, err := sheet.Decode([]byte(t.Body))
		if err != nil {
			return out, err
		}
		col, row := page.ScoreColumn{Name: strings.TrimPrefix(t.Title, "专家 "), Total: totals[i], Says: t.Reason}, 0
		for _, o := range review.Opinions {
			if o.Key == t.Opinion {
				col.Opinion = o.Title
			}
		}
		for _, f := range sheet.Fields() {
			if f.Kind == form.Int {
				out.Rows[row].Marks = append(out.Rows[row].Marks, f.Raw(body).(int64))
				row++
			} else if in := f.Input(body); in != "" {
				col.Says = strings.TrimSpace(col.Says + " " + in)
			}
		}
		out.Columns = append(out.Columns, col)
	}
	return out, nil
}

// draw is the record of the draw as a file that anyone can repeat it from.
func (w *Web) draw(q *request) error {
	c, err := q.load()
	if err != nil {
		return err
	}
	record, err := review.RecordOf(q.ctx(), w.Engine, q.actor, c)
	if err != nil {
		return err
	}
	attachmentName(q, c.Title+" 专家抽取记录.json")
	q.writeJSON(http.StatusOK, record)
	return nil
}

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// outline is the empty outline of a scheme to write on.
func (w *Web) outline(q *request) error {
	kind := q.r.URL.Query().Get("kind")
	if kind != reserve.ForOperate {
		kind = reserve.ForBuild
	}
	o, err := reserve.OutlineAt(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, kind, w.Engine.Clock.Today(), 0)
	if err != nil {
		return err
	}
	return w.document(q, reserve.OutlinePaper(o), fmt.Sprintf("%s（第%d版）.docx", o.Title(), o.Version))
}

// scoringSheet is the sheet in force: whoever applies may know what is asked.
func (w *Web) scoringSheet(q *request) error {
	s, err := review.SheetAt(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, w.Engine.Clock.Today(), 0)
	if err != nil {
		return err
	}
	return w.document(q, review.SheetPaper(s), fmt.Sprintf("项目评审评分表（第%d版）.docx", s.Version))
}

// scheme is the scheme of a case as a document.
func (w *Web) scheme(q *request) error {
	c, err := q.load()
	if err != nil {
		return err
	}
	if c.Procedure.Key != reserve.Key {
		return problem.Missing("这份案卷的实施方案")
	}
	s := matter.FormOf[reserve.Scheme](c)
	o, err := reserve.OutlineOf(q.ctx(), w.Engine.DB, c)
	if err != nil {
		return err
	}
	return w.document(q, reserve.SchemePaper(c, o), s.Name+" 实施方案.docx")
}

func (w *Web) document(q *request, d paper.Document, name string) error {
	raw, err := d.DOCX()
	if err != nil {
		return err
	}
	attachmentName(q, name)
	q.w.Header().Set("Content-Type", docx)
	q.w.WriteHeader(http.StatusOK)
	_, err = q.w.Write(raw)
	return err
}
