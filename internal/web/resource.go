package web

import (
	"slices"

	"zhengcheng/internal/datasharing/opening"
	"zhengcheng/internal/datasharing/operation"
	"zhengcheng/internal/datasharing/quality"
	"zhengcheng/internal/datasharing/sharing"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/web/page"
)

// resourceCards adds to the page of a resource what is done about it, as far as the
// reader takes part or oversees it. What has a card is not listed again as a case.
func (w *Web) resourceCards(q *request, v *page.ResourceView) error {
	r := w.Engine.DB.Reader(q.ctx())
	shown := map[string]bool{}
	asked, err := sharing.List(q.ctx(), r, q.actor, sharing.Filter{ResourceID: v.Resource.ID, Limit: 50})
	if err != nil {
		return err
	}
	for _, a := range asked {
		shown[a.ID] = true
	}
	if len(asked) > 0 {
		v.Cards = append(v.Cards, page.SharingCard(asked, w.Units.Name, w.stateOf, v.Today))
	}
	issues, err := quality.List(q.ctx(), r, q.actor, quality.Filter{ResourceID: v.Resource.ID, Limit: 50})
	if err != nil {
		return err
	}
	for _, i := range issues {
		shown[i.ID] = true
	}
	if len(issues) > 0 {
		v.Cards = append(v.Cards, page.QualityCard(issues, w.Units.Name, w.stateOf, v.Today))
	}
	applied, err := opening.Requests(q.ctx(), r, q.actor, v.Resource.ID)
	if err != nil {
		return err
	}
	for _, a := range applied {
		shown[a.ID] = true
	}
	if len(applied) > 0 {
		v.Cards = append(v.Cards, page.OpeningRequestsCard(applied, w.stateOf, v.Today))
	}
	operations, err := operation.List(q.ctx(), r, q.actor, operation.Filter{ResourceID: v.Resource.ID})
	if err != nil {
		return err
	}
	for _, e := range operations {
		shown[e.ID] = true
	}
	if len(operations) > 0 {
		v.Cards = append(v.Cards, page.OperationCard(operations, w.stateOf, v.Today))
	}
	open, err := opening.Of(q.ctx(), r, v.Resource.ID)
	if err != nil {
		return err
	}
	v.Sides = append(v.Sides, page.OpeningCard(v.Resource, open))
	if !v.Resource.Authorised {
		v.Offered = slices.DeleteFunc(v.Offered, func(p *matter.Procedure) bool { return p.Key == operation.Key })
	}
	v.Rows = slices.DeleteFunc(v.Rows, func(c matter.Row) bool { return shown[c.ID] })
	return nil
}
