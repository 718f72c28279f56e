package web

import (
	"zhengcheng/internal/datasharing/responsibility"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/web/page"
)

// responsibilityList is the standing list of every unit.
func (w *Web) responsibilityList(q *request) error {
	p, _ := w.Engine.Procedure(responsibility.Key)
	v := page.ResponsibilityView{UnitOf: w.Units.Name, Idem: matter.NewID()}
	if w.Engine.MayStart(q.actor, p) {
		v.Own = q.actor.UnitID
	}
	var err error
	if v.Rows, err = responsibility.Units(q.ctx(), w.Engine.DB.Reader(q.ctx()), q.actor); err != nil {
		return err
	}
	for _, u := range v.Rows {
		v.Entries += u.Offered - u.Unlisted
		v.Unlisted += u.Unlisted
	}
	return q.page(page.Responsibility(w.shell(q, "责任清单", "responsibility"), v))
}

// responsibilityPanel shows on the page of a list how it differs from the one before.
func (w *Web) responsibilityPanel(q *request, c *matter.Case, v *page.CaseView) error {
	d, err := responsibility.Compare(q.ctx(), w.Engine.DB.Reader(q.ctx()), c)
	v.Extras = append(v.Extras, page.ListPanel(page.ListView{Case: c, Diff: d, Signed: c.State == responsibility.Checking || c.State == responsibility.Filed, Today: c.Today}))
	return err
}

// published is what an export of the list takes: of the city, of one unit or of one
// signed list.
func (w *Web) published(q *request) (list []responsibility.Published, name string, err error) {
	get := q.r.URL.Query()
	list, err = responsibility.Entries(q.ctx(), w.Engine.DB.Reader(q.ctx()), q.actor, responsibility.Filter{UnitID: get.Get("unit"), ListID: get.Get("list")})
	name = "数据共享开放责任清单"
	if err == nil && (get.Get("unit") != "" || get.Get("list") != "") {
		name = w.Units.Name(list[0].UnitID) + name
	}
	return list, name + " " + string(w.Engine.Clock.Today()), err
}

func (w *Web) responsibilityWorkbook(q *request) error {
	list, name, err := w.published(q)
	if err != nil {
		return err
	}
	raw, err := responsibility.Workbook(list, w.Units, w.Engine.Clock.Today())
	if err != nil {
		return err
	}
	return q.workbook(raw, name+".xlsx")
}

func (w *Web) responsibilityJSON(q *request) error {
	list, name, err := w.published(q)
	if err != nil {
		return err
	}
	raw, err := responsibility.JSON(list, w.Units, w.Units.Jurisdiction(q.actor.Jurisdiction).Name, w.Engine.Clock.Today())
	if err != nil {
		return err
	}
	return q.file(raw, name+".json", "application/json")
}

func (w *Web) responsibilityDCAT(q *request) error {
	list, name, err := w.published(q)
	if err != nil {
		return err
	}
	raw, err := responsibility.DCAT(list, w.Units, w.Units.Jurisdiction(q.actor.Jurisdiction).Name, q.base(), w.Engine.Clock.Today())
	if err != nil {
		return err
	}
	return q.file(raw, name+".jsonld", "application/ld+json")
}

// base is the address under which the person reached this program.
func (q *request) base() string {
	if q.r.TLS != nil || q.r.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + q.r.Host
	}
	return "http://" + q.r.Host
}

func (q *request) file(raw []byte, name, media string) error {
	attachmentName(q, name)
	q.w.Header().Set("Content-Type", media)
	_, err := q.w.Write(raw)
	return err
}
