// Package reserve is the reserve library of projects (项目储备, Articles 7 and 8).
//
// By 轻重缓急 a unit writes the implementation scheme on the bureau's outline,
// after a feasibility study, and sends it to the bureau (A07.1). The bureau takes
// it in, has it reviewed (package review) and its head signs the conclusion:
// passed, to be corrected, or rejected. After 修改后通过 the unit answers each
// point on a new version and the bureau confirms. Only a passed review enters
// the reserve (A08.2).
//
// From then on the case is the reserve entry: valid for 3 years (A07.2),
// extended year by year up to 3 more when periodic and unchanged (A07.3),
// planned by an approved annual plan, left with a reason, or expired.
//
// The outline (实施方案提纲) is versioned data: the bureau publishes a new version
// by a procedure of its own, and a case keeps the version it was opened with.
package reserve
