package web

import (
	"github.com/a-h/templ"

	"zhengcheng/internal/problem"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

// protectionFilter reads the filter; a colour that does not exist is refused.
func protectionFilter(q *request) (protection.Filter, error) {
	v := q.r.URL.Query()
	f := protection.Filter{UnitID: v.Get("unit"), Colour: v.Get("colour")}
	if f.Colour != "" && protection.ColourName(f.Colour) == "" {
		return f, problem.New(problem.Invalid, "没有这种灯：%s", f.Colour)
	}
	return f, nil
}

// protectionList is how the systems stand.
func (w *Web) protectionList(q *request) error {
	f, err := protectionFilter(q)
	if err != nil {
		return err
	}
	v := page.ProtectionView{Filter: f, UnitOf: w.Units.Name}
	if v.Rows, err = protection.Today(q.ctx(), w.Engine, q.actor, f); err != nil {
		return err
	}
	if q.actor.OverseesAll() {
		v.Units = w.Units.Of(q.actor.Jurisdiction)
	}
	return q.page(page.Protection(w.shell(q, "安全态势", "standing"), v))
}

// protectionWorkbook is the whole filtered list as a file.
func (w *Web) protectionWorkbook(q *request) error {
	f, err := protectionFilter(q)
	if err != nil {
		return err
	}
	rows, err := protection.Today(q.ctx(), w.Engine, q.actor, f)
	if err != nil {
		return err
	}
	day := w.Engine.Clock.Today()
	raw, err := protection.Workbook(rows, w.Units, day)
	if err != nil {
		return err
	}
	return q.workbook(raw, "安全态势 "+string(day)+".xlsx")
}

// protectionCard is how a system in use stands, none for one that was retired.
func (w *Web) protectionCard(q *request, y registry.System) ([]templ.Component, error) {
	rows, err := protection.Today(q.ctx(), w.Engine, q.actor, protection.Filter{SystemID: y.ID})
	var out []templ.Component
	for _, r := range rows {
		out = append(out, page.ProtectionCard(r))
	}
	return out, err
}
