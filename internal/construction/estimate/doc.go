// Package estimate records the approved estimate of a project (概算批复登记,
// Article 16), which controls its budgets (Article 17).
//
// The estimate is approved outside, by the provincial rules. The unit's clerk
// records who approved it, its number, date, amount and scan, and its lines by
// the category table; the head signs, for a second-level unit the department
// consents, and the bureau's clerk acknowledges.
//
// From then on the ceiling of the project's money stands on the approval instead
// of the reviewed amount that stood in for it [reading]. A later approval
// replaces an earlier one. Where budgets are already above it that is a fact: it
// is explained, recorded and marked.
package estimate
