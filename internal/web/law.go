package web

import "zhengcheng/internal/web/page"

// law shows the Measures sentence by sentence with what the program does.
func (w *Web) law(q *request) error {
	v := page.LawView{Book: w.Book, Selected: q.r.URL.Query().Get("s"), Values: nil}
	if c := q.r.URL.Query().Get("clause"); c != "" {
		v.Selected = page.SentenceOf(c)
	}
	var err error
	if v.Values, err = w.Engine.Parameters(q.ctx(), w.Engine.DB, q.actor.Jurisdiction, w.Engine.Clock.Today()); err != nil {
		return err
	}
	if v.Counts, err = w.Engine.RuleCounts(q.ctx(), q.actor); err != nil {
		return err
	}
	return q.page(page.Law(w.shell(q, "法规依据", "law"), v))
}
