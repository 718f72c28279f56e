// Package upward is the register of applications to higher levels (统筹向上级申报
// 数字政府领域项目, Article 5).
//
// A unit, or the bureau itself, applies for a project at the state or the
// province; the application goes through the bureau: the unit's head signs, a
// second-level unit passes through its parent department, the bureau's clerk
// drafts the report, its head signs it. What the higher level answers is
// recorded: result, document, amount, date. The bureau coordinates, it does not
// approve: what does not fit is returned.
package upward
