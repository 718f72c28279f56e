package web

import (
	"cmp"
	"slices"
	"strings"

	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/datasharing/inventory"
	"zhengcheng/internal/datasharing/retirement"
	"zhengcheng/internal/db"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/systemregister"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

// systemFilter reads the filter of the register, and whether only systems are listed
// that the criteria of idle ones point to.
func (w *Web) systemFilter(q *request, v measures.Values) (registry.SystemFilter, bool) {
	get := q.r.URL.Query()
	f := registry.SystemFilter{UnitID: get.Get("unit"), State: get.Get("state"), Category: get.Get("category"), Text: strings.TrimSpace(get.Get("q")), After: get.Get("after"), Limit: 101}
	idle := get.Get("idle") != ""
	if idle {
		f.Where = w.idle(v)
	}
	return f, idle
}

func (w *Web) idle(v measures.Values) func(*db.Args) string {
	return func(args *db.Args) string { return inventory.IdleWhere(args, w.Engine.Clock.Today(), v) }
}

// systems is the register of information systems, and where a unit registers its own.
func (w *Web) systems(q *request) error {
	p, _ := w.Engine.Procedure(systemregister.Key)
	r, today := w.Engine.DB.Reader(q.ctx()), w.Engine.Clock.Today()
	values, err := w.Engine.Parameters(q.ctx(), r, q.actor.Jurisdiction, today)
	if err != nil {
		return err
	}
	f, idle := w.systemFilter(q, values)
	v := page.SystemsView{Filter: f, Idle: idle, MayStart: w.Engine.MayStart(q.actor, p), Idem: matter.NewID(), UnitOf: w.Units.Name,
		Reasons: func(y registry.System) []string { return inventory.Idle(y, today, values) }}
	if v.Systems, err = registry.Systems(q.ctx(), r, q.actor, f); err != nil {
		return err
	}
	ids := []string{}
	for _, y := range v.Systems {
		ids = append(ids, y.ID)
	}
	lamps, err := protection.Overview(q.ctx(), r, q.actor, protection.Filter{Systems: ids}, today, values)
	if err != nil {
		return err
	}
	v.Lamps = map[string]protection.Standing{}
	for _, l := range lamps {
		v.Lamps[l.SystemID] = l
	}
	if v.Count, err = registry.CountSystems(q.ctx(), r, q.actor, f); err != nil {
		return err
	}
	if v.IdleCount, err = registry.CountSystems(q.ctx(), r, q.actor, registry.SystemFilter{UnitID: f.UnitID, Where: w.idle(values)}); err != nil {
		return err
	}
	if v.Numbers, err = w.numbers(q, f.UnitID); err != nil {
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

// numbers is how many systems there were over the years, of one unit or all.
func (w *Web) numbers(q *request, unitID string) (page.NumbersView, error) {
	today := w.Engine.Clock.Today()
	units, err := inventory.Count(q.ctx(), w.Engine.DB.Reader(q.ctx()), q.actor, unitID, today)
	return page.NumbersView{Years: inventory.Ends(today), Units: units, Total: inventory.Total(units), UnitOf: w.Units.Name}, err
}

// systemYears is how many systems each unit had, those that grew most leading.
func (w *Web) systemYears(q *request) error {
	v, err := w.numbers(q, "")
	if err != nil {
		return err
	}
	slices.SortStableFunc(v.Units, func(a, b inventory.Numbers) int {
		return cmp.Or(cmp.Compare(b.Change(), a.Change()), cmp.Compare(b.Now, a.Now))
	})
	return q.page(page.SystemNumbers(w.shell(q, "历年系统数", "systems"), v))
}

// systemsWorkbook is the whole filtered register as a file.
func (w *Web) systemsWorkbook(q *request) error {
	r, today := w.Engine.DB.Reader(q.ctx()), w.Engine.Clock.Today()
	values, err := w.Engine.Parameters(q.ctx(), r, q.actor.Jurisdiction, today)
	if err != nil {
		return err
	}
	f, _ := w.systemFilter(q, values)
	f.After, f.Limit = "", registry.MostSystems+1
	rows, err := registry.Systems(q.ctx(), r, q.actor, f)
	if err != nil {
		return err
	}
	raw, err := inventory.Workbook(rows, w.Units, today, values)
	if err != nil {
		return err
	}
	return q.workbook(raw, "系统台账 "+string(today)+".xlsx")
}

// useCards is how much a system was used, and what points to it as idle.
func (w *Web) useCards(q *request, y registry.Described, v *page.SystemView) error {
	r := w.Engine.DB.Reader(q.ctx())
	if y.Use.Year > 0 {
		years, err := inventory.Years(q.ctx(), r, y.ID)
		if err != nil {
			return err
		}
		v.Cards = append(v.Cards, page.UseCard(y.Use, years, q.actor.OverseesAll() || q.actor.UnitID == y.UnitID))
	}
	values, err := w.Engine.Parameters(q.ctx(), r, q.actor.Jurisdiction, v.Today)
	if err != nil {
		return err
	}
	if reasons := inventory.Idle(y.System, v.Today, values); reasons != nil {
		v.Sides = append(v.Sides, page.IdleCard(reasons))
	}
	return nil
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
	if err := w.useCards(q, y, &v); err != nil {
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
	lights, err := w.protectionCard(q, y.System)
	if err != nil {
		return err
	}
	v.Sides = append(v.Sides, lights...)
	return q.page(page.SystemPage(w.shell(q, y.Name, "systems"), v))
}
