package web

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/provisions/interpretation"
	"zhengcheng/internal/web/page"
)

// lawOf is the law as of the day that is asked for.
func (w *Web) lawOf(q *request) (page.LawView, error) {
	v := page.LawView{Book: w.Book, Selected: q.r.URL.Query().Get("s"), Today: w.Engine.Clock.Today(), Idem: matter.NewID(), UnitOf: w.Units.Name, Opens: func(key string) bool { _, ok := w.Engine.Procedure(key); return ok }}
	v.On = v.Today
	if raw := q.r.URL.Query().Get("on"); raw != "" {
		day, err := calendar.ParseDate(raw)
		if err != nil {
			return v, problem.Field("on", "查看的日期：%v", err)
		}
		v.On = day
	}
	var err error
	v.Values, err = w.Engine.Parameters(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, v.On)
	return v, err
}

// law shows the Measures sentence by sentence with what the program does.
func (w *Web) law(q *request) error {
	v, err := w.lawOf(q)
	if err != nil {
		return err
	}
	if c := q.r.URL.Query().Get("clause"); c != "" {
		v.Selected = page.SentenceOf(c)
		if v.Selected == "" {
			return problem.Missing("这一条")
		}
	}
	if v.Noted, err = interpretation.Counts(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, v.On); err != nil {
		return err
	}
	if v.Selected != "" {
		s := page.SentenceByID(v.Selected)
		if s == nil {
			return problem.Missing("这一句")
		}
		if err := w.lawAt(q, &v, *s); err != nil {
			return err
		}
	}
	return q.page(page.Law(w.shell(q, "法规依据", "law"), v))
}

// lawAt reads what stands behind one sentence.
func (w *Web) lawAt(q *request, v *page.LawView, s measures.Sentence) error {
	v.Rules, v.Readings = w.Book.Asked(s, v.On), w.Book.Readings(s)
	v.MayNote = q.actor.Office == identity.BigData && q.actor.Is(identity.Clerk)
	var ids, keys []string
	for _, r := range v.Rules {
		ids = append(ids, r.ID)
	}
	for _, p := range v.Readings {
		keys = append(keys, p.Key)
	}
	var err error
	if v.Settings, err = w.Engine.Settings(q.ctx(), q.actor.Jurisdiction, keys...); err != nil {
		return err
	}
	if v.Counts, err = w.Engine.RuleCounts(q.ctx(), q.actor, ids...); err != nil {
		return err
	}
	if v.Judged, err = w.Engine.JudgedBy(q.ctx(), q.actor, ids...); err != nil {
		return err
	}
	v.Notes, err = interpretation.At(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, s.ID)
	return err
}

// lawPrint is the law of a day on paper.
func (w *Web) lawPrint(q *request) error {
	v, err := w.lawOf(q)
	if err != nil {
		return err
	}
	if v.Notes, err = interpretation.On(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, v.On); err != nil {
		return err
	}
	return q.page(page.LawPrint(v))
}
