package web

import (
	"zhengcheng/internal/acceptance/conformity"
	"zhengcheng/internal/construction/adjustment"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/datasharing/inventory"
	"zhengcheng/internal/datasharing/responsibility"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/planning/capability"
	"zhengcheng/internal/planning/reserve"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/planning/scope"
	"zhengcheng/internal/planning/systemregister"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/planning/upward"
	"zhengcheng/internal/provisions/holidays"
	"zhengcheng/internal/provisions/interpretation"
	"zhengcheng/internal/web/page"
)

// shelves are the navigation items of procedures that are not their own.
var shelves = map[string]string{unitplan.Key: "plans", unitplan.NoticeKey: "plans", unitplan.ReminderKey: "plans", reserve.Key: "reserve", reserve.OutlineKey: "reserve", review.PoolKey: "review", review.SheetKey: "review",
	systemregister.Key: "systems", catalogue.Key: "catalogue", responsibility.Key: "responsibility", annualplan.Key: "annual", interpretation.Key: "law", holidays.Key: "holidays", scope.Key: "projects", capability.Key: "plans", upward.Key: "upward"}

// extras are the panels that single procedures add to the case page.
func (w *Web) extras() map[string]func(*request, *matter.Case, *page.CaseView) error {
	return map[string]func(*request, *matter.Case, *page.CaseView) error{
		reserve.Key:        w.reservePanels,
		adjustment.Key:     w.adjustmentPanels,
		conformity.Key:     w.acceptancePanels,
		responsibility.Key: w.responsibilityPanel,
	}
}

// chapterOf names the chapter of the Measures that a procedure carries out, as
// the navigation does.
func chapterOf(p *matter.Procedure) string {
	switch p.Key {
	case systemregister.Key, inventory.Key:
		return dataChapter
	case interpretation.Key:
		return "法规依据"
	case holidays.Key:
		return "系统管理"
	}
	switch article := measures.ArticleOf(p.Clauses[0]); {
	case article >= 27 && article < 31:
		return protectionChapter
	case article >= 22 && article < 27:
		return dataChapter
	case article >= 18 && article < 22:
		return acceptanceChapter
	case article >= 14 && article < 18:
		return buildingChapter
	case article >= 12 && article < 14:
		return budgetChapter
	}
	return planningChapter
}

// The chapters as the navigation names them.
const (
	planningChapter   = "计划管理"
	budgetChapter     = "预算管理"
	buildingChapter   = "建设管理"
	acceptanceChapter = "采购和验收"
	dataChapter       = "数据管理"
	protectionChapter = "安全管理"
)

// offers reads the kept lists that the fields of a form choose from, as they
// stand today.
func (w *Web) offers(q *request, c *matter.Case, s form.Spec) (map[string][]form.Option, error) {
	out := map[string][]form.Option{}
	for _, f := range s.Fields() {
		if f.List != capability.Key {
			continue
		}
		l, err := capability.At(q.ctx(), w.Engine.DB, c.Jurisdiction, c.Today)
		if err != nil {
			return nil, err
		}
		out[f.List] = l.Choices()
	}
	return out, nil
}
