// Package budget is the budget of a year (预算来源, Article 12).
//
// Units declare what their projects need in the year, by category and source of
// money, construction and operation and what goes with them; the finance bureau
// acknowledges. Money that is not the city's stands there with its own document
// and is booked as a fact.
//
// The finance bureau then proposes the arrangement of municipal money from what
// the approved annual plan and the supplements have: one record, signed by its
// head. The approval that follows on paper is a second record (package decision),
// confirmed by two persons; only then is the budget of a project fixed, and never
// above its estimate (Article 17).
package budget
