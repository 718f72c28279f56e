package web

import (
	"strings"

	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/web/page"
)

func (w *Web) catalogueFilter(q *request) catalogue.Filter {
	v := q.r.URL.Query()
	return catalogue.Filter{UnitID: v.Get("unit"), SystemID: v.Get("system"), State: v.Get("state"), ShareType: v.Get("share"), Trouble: v.Get("late"), Text: strings.TrimSpace(v.Get("q")),
		After: v.Get("after"), Limit: 101, Today: w.Engine.Clock.Today(), Units: func(word string) []string { return w.Units.Named(q.actor.Jurisdiction, word) }}
}

// catalogue is the catalogue of data resources as published.
func (w *Web) catalogue(q *request) error {
	f := w.catalogueFilter(q)
	r := w.Engine.DB.Reader(q.ctx())
	rows, err := catalogue.List(q.ctx(), r, q.actor, f)
	if err != nil {
		return err
	}
	v := page.CatalogueView{Filter: f, Rows: rows, Units: w.Units.Of(q.actor.Jurisdiction), UnitOf: w.Units.Name, Today: f.Today}
	if f.After == "" { // counted once: the pages that follow say only what they list
		if v.Counts, err = catalogue.Count(q.ctx(), r, q.actor, f); err != nil {
			return err
		}
	}
	if len(rows) > 100 {
		v.Rows, v.Next = rows[:100], rows[99].ID
	}
	return q.page(page.Catalogue(w.shell(q, "数据目录", "catalogue"), v))
}

// resource is one entry of the catalogue with its items.
func (w *Web) resource(q *request) error {
	r := w.Engine.DB.Reader(q.ctx())
	one, err := catalogue.Load(q.ctx(), r, q.actor, q.r.PathValue("id"))
	if err != nil {
		return err
	}
	v := page.ResourceView{Resource: one, Unit: w.Units.Name(one.UnitID), Today: w.Engine.Clock.Today(), Own: q.actor.OverseesAll() || q.actor.UnitID == one.UnitID,
		Offered: w.offeredAbout(q, matter.AboutResource, one.State, one.UnitID), Idem: matter.NewID(), ProcedureOf: w.procedureTitle, StateOf: w.stateOf}
	if v.Items, err = catalogue.ItemsOf(q.ctx(), r, one.ID); err != nil {
		return err
	}
	if v.Rows, err = w.Engine.List(q.ctx(), q.actor, matter.Filter{About: one.ID, Also: []string{one.ID}, Limit: 50}); err != nil {
		return err
	}
	var cases []string
	for _, c := range v.Rows {
		if c.ID != one.ID {
			cases = append(cases, c.ID)
		}
	}
	if v.Duties, err = w.owed(q, one.UnitID, one.ID, cases...); err != nil {
		return err
	}
	if err := w.resourceCards(q, &v); err != nil {
		return err
	}
	return q.page(page.Resource(w.shell(q, one.Name, "catalogue"), v))
}
