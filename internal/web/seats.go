package web

import (
	"slices"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/web/page"
)

// panels adds what a case shows beyond its form: what seats said about lines,
// whom the person may still ask, and the panels of the procedure's own.
func (w *Web) panels(q *request, c *matter.Case, v *page.CaseView) error {
	if len(v.Seats) > 0 {
		said, err := matter.SaidOf(q.ctx(), w.Engine.DB, c)
		if err != nil {
			return err
		}
		for _, o := range said {
			known := slices.ContainsFunc(v.Seats, func(t matter.Seat) bool { return t.ID == o.Seat && t.Opinion != "" })
			if known && (o.Amount > 0 || o.Reason != "") {
				v.Said = append(v.Said, o)
			}
		}
		v.Extras = append(v.Extras, page.SaidTable(*v))
	}
	if s := v.Seating; s != nil && s.AddBy.Side != "" && w.Engine.Holds(q.actor, c, s.AddBy) {
		for _, office := range []string{identity.Secrecy, identity.Police, identity.EGov, identity.Service, identity.CAC, identity.NDRC, identity.Finance} {
			if u, ok := w.Units.ByOffice(c.Jurisdiction, office); ok {
				v.AskOf = append(v.AskOf, u)
			}
		}
	}
	if own := w.extras()[c.Procedure.Key]; own != nil {
		return own(q, c, v)
	}
	return nil
}

// opine gives the opinion of the person's seat; a refusal keeps what was typed.
func (w *Web) opine(q *request) error {
	input, err := q.prefixed("input.")
	if err != nil {
		return err
	}
	r := matter.OpineRequest{Matter: q.r.PathValue("id"), Seat: q.r.FormValue("seat"), Rev: q.int("rev"), Opinion: q.r.FormValue("opinion"), Reason: q.r.FormValue("reason"),
		Idem: q.r.FormValue("idem"), Input: input, Lines: lineOpinions(q)}
	_, err = w.Engine.Opine(q.ctx(), q.actor, r)
	if err == nil {
		return q.seeOther("/matters/" + r.Matter)
	}
	if problem.KindOf(err) == problem.Invalid {
		return w.refused(q, matter.Request{Matter: r.Matter, Reason: r.Reason}, err)
	}
	return err
}

// lineOpinions collects what was said about single lines: line.<id>.opinion,
// .cut and .reason. A line about which nothing was said is left out.
func lineOpinions(q *request) []matter.LineOpinion {
	at := map[string]*matter.LineOpinion{}
	var ids []string
	for name, values := range q.r.PostForm {
		rest, ok := strings.CutPrefix(name, "line.")
		if !ok || len(values) == 0 || strings.TrimSpace(values[0]) == "" {
			continue
		}
		id, field, _ := strings.Cut(rest, ".")
		if at[id] == nil {
			at[id] = &matter.LineOpinion{Line: id}
			ids = append(ids, id)
		}
		switch field {
		case "opinion":
			at[id].Opinion = values[0]
		case "cut":
			at[id].Cut = values[0]
		case "reason":
			at[id].Reason = values[0]
		}
	}
	slices.Sort(ids)
	var out []matter.LineOpinion
	for _, id := range ids {
		out = append(out, *at[id])
	}
	return out
}

// ask adds a seat: another office whose opinion is asked, or one more signer.
func (w *Web) ask(q *request) error {
	u, ok := w.Units.ByID(q.r.FormValue("unit"))
	if !ok {
		return problem.Field("unit", "请选择单位")
	}
	spec := matter.SeatSpec{UnitID: u.ID, Post: identity.Head, Title: u.ShortName}
	if d := q.r.FormValue("due"); d != "" {
		due, err := calendar.ParseDate(d)
		if err != nil {
			return problem.Field("due", "%v", err)
		}
		spec.Due = due
	}
	id := q.r.PathValue("id")
	if err := w.Engine.AddSeat(q.ctx(), q.actor, id, spec); err != nil {
		return err
	}
	return q.seeOther("/matters/" + id)
}
