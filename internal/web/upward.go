package web

import (
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/upward"
	"zhengcheng/internal/web/page"
)

// upward is the register of applications to higher levels, and what is on its way there.
func (w *Web) upward(q *request) error {
	p, _ := w.Engine.Procedure(upward.Key)
	v := page.UpwardView{MayStart: w.Engine.MayStart(q.actor, p), Idem: matter.NewID(), UnitOf: w.Units.Name, StateOf: w.stateOf}
	var err error
	if v.Entries, err = upward.Register(q.ctx(), w.Engine.DB, q.actor); err != nil {
		return err
	}
	rows, err := w.Engine.List(q.ctx(), q.actor, matter.Filter{Procedure: upward.Key})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if d := w.stateOf(r); !d.Final && r.State != upward.Sent {
			v.Running = append(v.Running, r)
		}
	}
	return q.page(page.Upward(w.shell(q, "向上申报", "upward"), v))
}
