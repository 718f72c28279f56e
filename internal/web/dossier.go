package web

import (
	"context"
	"io"
	"slices"
	"strings"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

// onFile is what is on file about a project, as far as the reader may see it, with
// so many bookings at most.
func (w *Web) onFile(q *request, p registry.Project, entries int64) (registry.Dossier, error) {
	d := registry.Dossier{Project: p, Unit: w.Units.Name(p.UnitID), On: w.Engine.Clock.Today()}
	var err error
	if d.Chains, err = registry.Chains(q.ctx(), w.Engine.DB, p.ID); err != nil {
		return d, err
	}
	if d.Entries, err = registry.Entries(q.ctx(), w.Engine.DB, p.ID, entries); err != nil {
		return d, err
	}
	also, err := annualplan.PlansWith(q.ctx(), w.Engine.DB, p.ID)
	if err != nil {
		return d, err
	}
	for _, e := range d.Entries {
		if !slices.Contains(also, e.MatterID) {
			also = append(also, e.MatterID)
		}
	}
	rows, err := w.Engine.List(q.ctx(), q.actor, matter.Filter{About: p.ID, Also: append(also, p.MatterID)})
	if err != nil {
		return d, err
	}
	slices.Reverse(rows)
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.ID)
		d.Cases = append(d.Cases, registry.DossierCase{Row: r, Procedure: w.procedureTitle(r.Procedure), State: w.stateOf(r).Title})
	}
	d.Files, err = attachment.OfEach(q.ctx(), w.Engine.DB, ids...)
	return d, err
}

// dossier is the project's whole file in one archive.
func (w *Web) dossier(q *request) error {
	p, err := registry.Load(q.ctx(), w.Engine.DB, q.actor, q.r.PathValue("id"))
	if err != nil {
		return err
	}
	d, err := w.onFile(q, p, 10_000)
	if err != nil {
		return err
	}
	for _, c := range d.Cases {
		d.Papers = append(d.Papers, w.papers(q, c.Row)...)
	}
	attachmentName(q, d.Name())
	q.w.Header().Set("Content-Type", "application/zip")
	return d.Write(q.ctx(), w.Engine.Store, q.w)
}

// papers are the form of a case and, where one was issued, its receipt, each read as
// its reader may see the case when it is made.
func (w *Web) papers(q *request, r matter.Row) []registry.Paper {
	out := []registry.Paper{{MatterID: r.ID, Name: "00 案卷.html", Render: func(ctx context.Context, to io.Writer) error {
		c, err := w.Engine.Load(ctx, q.actor, r.ID)
		if err != nil {
			return err
		}
		v, err := w.filed(ctx, q, c)
		if err != nil {
			return err
		}
		return page.Filed(v).Render(ctx, to)
	}}}
	if r.Number == "" {
		return out
	}
	return append(out, registry.Paper{MatterID: r.ID, Name: "00 回执.html", Render: func(ctx context.Context, to io.Writer) error {
		c, err := w.Engine.Load(ctx, q.actor, r.ID)
		if err != nil {
			return err
		}
		v, err := w.receiptOf(q, c)
		if err != nil {
			return err
		}
		if !strings.HasSuffix(v.Receipt.Title, "回执") {
			return problem.Missing("这份案卷的回执") // a numbered opinion reads in the form
		}
		return page.FiledReceipt(v).Render(ctx, to)
	}})
}

// filed reads a case with what was said, explained, concluded and done in it. What an
// act recorded is left out for those from whom it is veiled.
func (w *Web) filed(ctx context.Context, q *request, c *matter.Case) (page.FiledView, error) {
	v := page.FiledView{CaseView: page.CaseView{Case: c, Actor: q.actor, UnitOf: w.Units.Name}, On: w.Engine.Clock.Now().Format("2006-01-02 15:04")}
	var err error
	if v.Sections, err = w.Engine.Sections(ctx, c); err != nil {
		return v, err
	}
	if v.Sheets, err = w.Engine.Sheets(ctx, c); err != nil {
		return v, err
	}
	if v.History, err = w.Engine.History(ctx, q.actor, c); err != nil {
		return v, err
	}
	if v.Seats, err = w.Engine.Seats(ctx, q.actor, c); err != nil {
		return v, err
	}
	for _, n := range slices.Backward(v.History) {
		records := slices.ContainsFunc(c.Procedure.Steps(n.From), func(s matter.Step) bool { return s.Do == n.Action && s.Input != nil })
		if !records {
			continue
		}
		spec, body, err := w.Engine.Recorded(ctx, q.actor, c, n.Event)
		if err != nil && problem.KindOf(err) == problem.NotFound {
			continue
		}
		if err != nil {
			return v, err
		}
		v.Decided = append(v.Decided, page.Decided{Entry: n, Fields: spec.Fields(), Body: body})
	}
	return v, nil
}
