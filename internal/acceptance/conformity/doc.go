// Package conformity takes a project through its acceptance (验收符合性审查、验收和验收备案,
// Article 20), from the application to the filed report, in one case.
//
// The unit applies with what was approved beside what was completed. A versioned
// checklist per kind of construction is computed from what is on record: the approved
// plan, the review and its answers, adjustments, contracts with their receipts, the
// archive acceptance, the documents attached. Each item is 已有, 缺, 尚无记录 or 不涉及 with
// a reason; which items block is said by the version of the list.
//
// The bureau's clerk checks item by item and proposes to pass, or sends single items
// back by a date; its head signs the pass, a grant. Only then the unit organises its
// acceptance and records the meeting. A final account is a fact and waits for no check;
// an acceptance that failed, or that was held before the pass, is recorded as it was
// and leads to nothing. An acceptance as passed is held: by the pass (Article 20), by a
// qualified archive acceptance (Article 21), and by budgets that cover the final account
// (Article 17, “预算控制决算”).
//
// The report goes on file with a receipt. What was built then operates and its system
// stands in the register.
package conformity
