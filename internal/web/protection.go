package web

import (
	"github.com/a-h/templ"

	"zhengcheng/internal/duty"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/protection/cipher"
	"zhengcheng/internal/protection/grading"
	"zhengcheng/internal/protection/inspection"
	"zhengcheng/internal/protection/plan"
	"zhengcheng/internal/protection/yearly"
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
	if q.r.URL.Query().Get("by") == "unit" {
		return w.protectionUnits(q)
	}
	v := page.ProtectionView{Filter: f, UnitOf: w.Units.Name, After: q.r.URL.Query().Get("after")}
	if v.Rows, err = protection.Today(q.ctx(), w.Engine, q.actor, f); err != nil {
		return err
	}
	if q.actor.OverseesAll() {
		v.Units = w.Units.Of(q.actor.Jurisdiction)
	}
	return q.page(page.Protection(w.shell(q, "安全态势", "standing"), v))
}

// protectionUnits is how the units stand with what they owe for themselves.
func (w *Web) protectionUnits(q *request) error {
	rows, err := protection.Units(q.ctx(), w.Engine, q.actor, q.r.URL.Query().Get("after"), page.UnitsShown+1)
	if err != nil {
		return err
	}
	return q.page(page.ProtectionUnits(w.shell(q, "安全态势", "standing"), rows))
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

// protectionDoor leads to where a duty of Chapter 7 is fulfilled: the page of the
// system it is about, or the list of its procedure; "" for other duties.
func protectionDoor(d duty.Duty) string {
	switch d.Kind {
	case grading.Key, cipher.Key:
		return "/systems/" + d.SubjectID
	case plan.Key, inspection.Key:
		return "/cases/" + d.Kind
	case yearly.DutyOf(protection.NetTest).Key, yearly.DutyOf(protection.DataRisk).Key, yearly.DutyOf(protection.Drill).Key:
		return "/cases/" + yearly.Key
	}
	return ""
}
