package web

import (
	"strings"

	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/datasharing/retirement"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/systemregister"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

// systems is the register of information systems, and where a unit registers its own.
func (w *Web) systems(q *request) error {
	p, _ := w.Engine.Procedure(systemregister.Key)
	get := q.r.URL.Query()
	f := registry.SystemFilter{UnitID: get.Get("unit"), State: get.Get("state"), Category: get.Get("category"), Text: strings.TrimSpace(get.Get("q")), After: get.Get("after"), Limit: 101}
	v := page.SystemsView{Filter: f, MayStart: w.Engine.MayStart(q.actor, p), Idem: matter.NewID(), UnitOf: w.Units.Name}
	var err error
	if v.Systems, err = registry.Systems(q.ctx(), w.Engine.DB, q.actor, f); err != nil {
		return err
	}
	if v.Count, err = registry.CountSystems(q.ctx(), w.Engine.DB, q.actor, f); err != nil {
		return err
	}
	if q.actor.OverseesAll() {
		v.Units = w.Units.Of(q.actor.Jurisdiction)
	}
	if len(v.Systems) > 100 {
		v.Systems = v.Systems[:100]
		v.Next = v.Systems[99].ID
	}
	return q.page(page.Systems(w.shell(q, "系统台账", "systems"), v))
}

// system is a system on one page with the cases about it that the person may see.
func (w *Web) system(q *request) error {
	r := w.Engine.DB.Reader(q.ctx())
	y, err := registry.LoadSystem(q.ctx(), r, q.actor, q.r.PathValue("id"))
	if err != nil {
		return err
	}
	v := page.SystemView{System: y, Unit: w.Units.Name(y.UnitID), ProcedureOf: w.procedureTitle, StateOf: w.stateOf, UnitOf: w.Units.Name, Today: w.Engine.Clock.Today(),
		Offered: w.offeredAbout(q, matter.AboutSystem, y.State, y.UnitID), Idem: matter.NewID()}
	var also []string
	if y.MatterID != "" {
		also = append(also, y.MatterID)
	}
	if v.Rows, err = w.Engine.List(q.ctx(), q.actor, matter.Filter{About: y.ID, Also: also, Limit: 50}); err != nil {
		return err
	}
	if v.Made, err = registry.MadeBy(q.ctx(), r, q.actor, y.ID); err != nil {
		return err
	}
	if v.Relatives, err = registry.Relatives(q.ctx(), r, y.System); err != nil {
		return err
	}
	if v.Duties, err = w.owed(q, y.UnitID, y.ID); err != nil {
		return err
	}
	if y.State == registry.Retired {
		left, err := retirement.Of(q.ctx(), r, y.ID)
		if err != nil {
			return err
		}
		if left.MatterID != "" {
			v.Cards = append(v.Cards, page.RetirementCard(left, q.actor.OverseesAll() || q.actor.UnitID == y.UnitID))
		}
	}
	fed, err := catalogue.List(q.ctx(), r, q.actor, catalogue.Filter{SystemID: y.ID, Limit: 100})
	if err != nil {
		return err
	}
	v.Cards = append(v.Cards, page.ResourcesCard(y.ID, fed, v.Today))
	if v.Sides, err = w.protectionCard(q, y.System); err != nil {
		return err
	}
	return q.page(page.SystemPage(w.shell(q, y.Name, "systems"), v))
}
