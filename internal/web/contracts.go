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

// markedRecords lists what rectification is proposed from.
func (w *Web) markedRecords(q *request) error {
	v := page.MarkedView{Filter: markFilter(q), Units: w.Units.Of(q.actor.Jurisdiction), UnitOf: w.Units.Name}
	var err error
	if v.Rows, err = registry.Marks(q.ctx(), w.Engine.DB, q.actor, v.Filter, w.Engine.Clock.Today(), w.markWords()); err != nil {
		return err
	}
	if len(v.Rows) > 100 {
		v.Rows, v.Next = v.Rows[:100], v.Rows[99].Cursor()
	}
	return q.page(page.MarkedRecords(w.shell(q, "带标记的记录", "marks"), v))
}

// markedWorkbook is the whole filtered list as a file.
func (w *Web) markedWorkbook(q *request) error {
	raw, err := registry.MarksWorkbook(q.ctx(), w.Engine.DB, w.Units, q.actor, markFilter(q), w.Engine.Clock.Today(), w.markWords())
	if err != nil {
		return err
	}
	return q.workbook(raw, "带标记的记录 "+string(w.Engine.Clock.Today())+".xlsx")
}

func markFilter(q *request) registry.MarkFilter {
	v := q.r.URL.Query()
	return registry.MarkFilter{Article: q.int("article"), UnitID: v.Get("unit"), Rectify: v.Get("rectify") == "1", After: v.Get("after"), Limit: 101}
}

func (w *Web) markWords() registry.MarkWords {
	return registry.MarkWords{Book: w.Book, Duty: w.Engine.DutyKind}
}
