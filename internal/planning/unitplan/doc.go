// Package unitplan is the yearly project plan of a unit (部门项目计划, Article 6).
//
// By the end of June each obliged unit files its projects for the next year with
// the bureau. The clerk drafts, the head signs, a second-level unit passes
// through its parent department, the bureau acknowledges the filing or returns
// the whole or single items. Acknowledging is not approving: it issues a
// numbered receipt (备案回执) and enters the items into the project register.
//
// A unit without projects files a nil report. Filing late is possible and is
// marked with the days. The notice of the year and the reminder of all who are
// late are procedures beside it.
package unitplan
