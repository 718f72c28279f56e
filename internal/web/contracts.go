package web

import (
	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/page"
)

func contractFilter(q *request) contract.Filter {
	v := q.r.URL.Query()
	return contract.Filter{Year: q.int("year"), UnitID: v.Get("unit"), Marked: v.Get("marked") == "1", After: v.Get("after"), Limit: 101}
}

// contractLedger lists the contracts on file.
func (w *Web) contractLedger(q *request) error {
	f := contractFilter(q)
	rows, err := contract.List(q.ctx(), w.Engine.DB, q.actor, f)
	if err != nil {
		return err
	}
	v := page.ContractLedgerView{Filter: f, Rows: rows, Units: w.Units.Of(q.actor.Jurisdiction), UnitOf: w.Units.Name}
	if v.Years, err = registry.Years(q.ctx(), w.Engine.DB, q.actor.Jurisdiction); err != nil {
		return err
	}
	if len(rows) > 100 {
		v.Rows, v.Next = rows[:100], rows[99].ID
	}
	return q.page(page.ContractLedger(w.shell(q, "合同台账", "contracts"), v))
}

// contractWorkbook is the whole filtered list as a file.
func (w *Web) contractWorkbook(q *request) error {
	raw, err := contract.Workbook(q.ctx(), w.Engine.DB, w.Units, q.actor, contractFilter(q), w.Engine.Clock.Today())
	if err != nil {
		return err
	}
	return q.workbook(raw, "合同台账 "+string(w.Engine.Clock.Today())+".xlsx")
}

// markedRecords lists what was recorded beyond what held it.
func (w *Web) markedRecords(q *request) error {
	in := q.r.URL.Query()
	v := page.MarkedView{UnitID: in.Get("unit"), After: in.Get("after"), Units: w.Units.Of(q.actor.Jurisdiction), UnitOf: w.Units.Name, ProcedureOf: w.procedureTitle}
	var err error
	if v.Rows, err = contract.ListMarked(q.ctx(), w.Engine.DB, q.actor, v.UnitID, v.After); err != nil {
		return err
	}
	if len(v.Rows) > 100 {
		v.Rows, v.Next = v.Rows[:100], v.Rows[99].MatterID
	}
	return q.page(page.MarkedRecords(w.shell(q, "带标记的记录", "marks"), v))
}
