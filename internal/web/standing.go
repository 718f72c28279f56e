package web

import (
	"slices"

	"zhengcheng/internal/acceptance/conformity"
	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/construction/progress"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/supplement"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

// stageBegins are the states of cases in which a project comes to a stage.
var stageBegins = map[string]map[matter.State]registry.Stage{
	unitplan.Key:   {unitplan.Filed: registry.Planned},
	reserve.Key:    {reserve.Reserved: registry.Reserved, reserve.Planned: registry.Scheduled},
	annualplan.Key: {annualplan.Approved: registry.Approved},
	supplement.Key: {supplement.Approved: registry.Approved},
	contract.Key:   {contract.Filed: registry.Building},
	progress.Key:   {progress.Building: registry.Building},
	conformity.Key: {conformity.Filing: registry.Accepted, conformity.Filed: registry.Operating},
}

// standing adds to a project when it came to its stages and what is owed about
// it, as far as the reader may see the cases that say so.
func (w *Web) standing(q *request, v *page.ProjectView) error {
	subjects, seen := []string{v.Project.ID}, []string{}
	for _, r := range v.Rows {
		seen = append(seen, r.ID)
		if r.SubjectID == v.Project.ID {
			subjects = append(subjects, r.ID)
		}
	}
	reached, err := w.Engine.ReachedBy(q.ctx(), seen...)
	if err != nil {
		return err
	}
	v.Reached = map[registry.Stage]int64{}
	for _, r := range reached { // the earliest leads
		if st, ok := stageBegins[r.Procedure][r.State]; ok && v.Reached[st] == 0 {
			v.Reached[st] = r.At
		}
	}
	if v.Duties, err = w.owed(q, v.Project.UnitID, v.Project.ID, subjects[1:]...); err != nil {
		return err
	}
	if v.Opinions, err = w.Engine.OpinionsIn(q.ctx(), 8, subjects[1:]...); err != nil {
		return err
	}
	v.OpinionsOf = func(t matter.Seat) []matter.OpinionDef {
		for _, r := range v.Rows {
			if p, ok := w.Engine.Procedure(r.Procedure); ok && r.ID == t.MatterID {
				if s := p.StateDef(matter.State(t.State)).Seats; s != nil {
					return slices.Concat(s.Opinions, s.Advice)
				}
			}
		}
		return nil
	}
	explained, err := w.Engine.ExplainedIn(q.ctx(), subjects[1:]...)
	v.Explained = explained[:min(len(explained), 8)]
	return err
}

// owed is what a unit owes about a thing, and about cases about it, which lead there.
func (w *Web) owed(q *request, unitID, subject string, cases ...string) ([]page.Owed, error) {
	owed, err := duty.About(q.ctx(), w.Engine.DB, unitID, append(cases, subject)...)
	var out []page.Owed
	for _, d := range owed {
		k := w.Engine.DutyKind(d.Kind)
		one := page.Owed{Duty: d, Legal: k.Statutory, Stake: k.Consequence}
		if d.SubjectID != subject {
			one.Href = "/matters/" + d.SubjectID
		}
		out = append(out, one)
	}
	return out, err
}

// stageFiles puts the documents of a project under the procedures they were
// handed in to: chapter by chapter, within one as its procedures follow each other.
func (w *Web) stageFiles(d registry.Dossier) []page.StageFiles {
	of := map[string]string{}
	for _, c := range d.Cases {
		of[c.ID] = c.Row.Procedure
	}
	chapters := []string{planningChapter, budgetChapter, buildingChapter, acceptanceChapter}
	all := slices.Clone(w.Engine.Procedures())
	slices.SortStableFunc(all, func(a, b *matter.Procedure) int {
		return slices.Index(chapters, chapterOf(a)) - slices.Index(chapters, chapterOf(b))
	})
	var out []page.StageFiles
	for _, p := range all {
		g := page.StageFiles{Chapter: chapterOf(p), Title: p.Title}
		for _, f := range d.Files {
			if of[f.MatterID] == p.Key {
				g.Files = append(g.Files, f)
			}
		}
		if len(g.Files) > 0 {
			out = append(out, g)
		}
	}
	return out
}
