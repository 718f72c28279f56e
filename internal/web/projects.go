package web

import (
	"strings"
	"unicode/utf8"

	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

// search finds projects by their words, the units of that name with their
// projects, and the receipt of that number.
func (w *Web) search(q *request) error {
	v := page.SearchView{Query: strings.TrimSpace(q.r.URL.Query().Get("q")), UnitOf: w.Units.Name}
	var err error
	if v.Projects, err = registry.Search(q.ctx(), w.Engine.DB, q.actor, v.Query, 100); err != nil {
		return err
	}
	if v.Receipts, err = w.Engine.Numbered(q.ctx(), q.actor, v.Query); err != nil {
		return err
	}
	if utf8.RuneCountInString(v.Query) > 1 && q.actor.SeesEveryProject() {
		for _, u := range w.Units.Of(q.actor.Jurisdiction) {
			if (strings.Contains(u.Name, v.Query) || strings.Contains(u.ShortName, v.Query)) && len(v.Units) < 10 {
				v.Units = append(v.Units, u)
			}
		}
	}
	return q.page(page.Search(w.shell(q, "搜索", ""), v))
}

func projectFilter(q *request) registry.Filter {
	return registry.Filter{Year: q.int("year"), UnitID: q.r.URL.Query().Get("unit"), Stage: registry.Stage(q.r.URL.Query().Get("stage")), BuildKind: q.r.URL.Query().Get("kind"),
		After: q.r.URL.Query().Get("after"), Limit: 101}
}

func (w *Web) projects(q *request) error {
	f := projectFilter(q)
	rows, err := registry.Projects(q.ctx(), w.Engine.DB, q.actor, f)
	if err != nil {
		return err
	}
	total, err := registry.Total(q.ctx(), w.Engine.DB, q.actor, f)
	if err != nil {
		return err
	}
	v := page.ProjectsView{Filter: f, Rows: rows, Total: total, Units: w.Units.Of(q.actor.Jurisdiction), UnitOf: w.Units.Name}
	if v.Years, err = registry.Years(q.ctx(), w.Engine.DB, q.actor.Jurisdiction); err != nil {
		return err
	}
	if len(rows) > 100 {
		v.Rows, v.Next = rows[:100], rows[99].ID
	}
	return q.page(page.Projects(w.shell(q, "项目总库", "projects"), v))
}

// projectsWorkbook is the whole filtered list as a file.
func (w *Web) projectsWorkbook(q *request) error {
	raw, err := registry.Workbook(q.ctx(), w.Engine.DB, w.Units, q.actor, projectFilter(q), w.Engine.Clock.Today())
	if err != nil {
		return err
	}
	return q.workbook(raw, "项目总库 "+string(w.Engine.Clock.Today())+".xlsx")
}

// project is a project on one page with the cases about it that the person may see.
func (w *Web) project(q *request) error {
	p, err := registry.Load(q.ctx(), w.Engine.DB, q.actor, q.r.PathValue("id"))
	if err != nil {
		return err
	}
	v := page.ProjectView{Project: p, Unit: w.Units.Name(p.UnitID), ProcedureOf: w.procedureTitle, FileOf: w.fileLabel, StateOf: w.stateOf, Offered: w.offered(q, p), Idem: matter.NewID()}
	out, err := registry.Excluded(q.ctx(), w.Engine.DB, p.ID)
	if err != nil {
		return err
	}
	if x, is := out[p.ID]; is {
		v.Excluded = &x
	}
	d, err := w.onFile(q, p, 50)
	if err != nil {
		return err
	}
	v.Chains, v.Bookings, v.Files, v.Today = d.Chains, d.Entries, w.stageFiles(d), d.On
	for _, c := range d.Cases {
		v.Rows = append(v.Rows, c.Row)
	}
	if err := w.standing(q, &v); err != nil {
		return err
	}
	if v.Contracts, err = w.contracts(q, p.ID); err != nil {
		return err
	}
	if p.Origin == "plan" && d.Has(p.MatterID) {
		if v.Plan, err = unitplan.ItemOf(q.ctx(), w.Engine.DB, p.MatterID, p.ID); err != nil {
			return err
		}
	}
	if v.Cards, err = w.projectCards(q, v); err != nil {
		return err
	}
	return q.page(page.Project(w.shell(q, p.Name, "projects"), v))
}

// fileLabel is what a procedure calls a kind of document, "" where it asks for none.
func (w *Web) fileLabel(procedure, kind string) string {
	p, _ := w.Engine.Procedure(procedure)
	if p == nil {
		return ""
	}
	for _, n := range p.Needs {
		if n.Kind == kind {
			return n.Label
		}
	}
	return ""
}

// contracts are what was bought, signed and paid for a project.
func (w *Web) contracts(q *request, projectID string) (page.ContractsView, error) {
	v := page.ContractsView{Today: w.Engine.Clock.Today()}
	r := w.Engine.DB.Reader(q.ctx())
	var err error
	if v.Bought, err = procurement.Of(q.ctx(), r, projectID); err != nil {
		return v, err
	}
	if v.Contracts, err = contract.Of(q.ctx(), r, projectID); err != nil {
		return v, err
	}
	if v.Nodes, err = contract.Schedule(q.ctx(), r, projectID); err != nil {
		return v, err
	}
	v.Paid, err = contract.Payments(q.ctx(), r, projectID)
	return v, err
}

// offered are the procedures that the actor may begin about a project.
func (w *Web) offered(q *request, p registry.Project) []*matter.Procedure {
	return w.offeredAbout(q, matter.AboutProject, string(p.Stage), p.UnitID)
}

// offeredAbout are the procedures that the actor may begin about a thing of a
// unit in its stage.
func (w *Web) offeredAbout(q *request, kind, stage, unitID string) []*matter.Procedure {
	var out []*matter.Procedure
	for _, pr := range w.Engine.Procedures() {
		owner := pr.Start.Side != identity.OwnerSide || pr.Start.Office != "" || pr.About.Others != (unitID == q.actor.UnitID)
		if pr.About.Offered(kind, stage) && owner && w.Engine.MayStart(q.actor, pr) {
			out = append(out, pr)
		}
	}
	return out
}
