// Package scope declares a project out of class (不属于政务信息系统, Article 3).
//
// The Measures bind only what GB/T 40692—2021 calls a government information
// system. The unit chooses the class; the bureau may declare that a project is
// none, citing the clause and the reason. The declaration is a power: the clerk
// drafts it, the unit is told and may answer within a due date (practice), the
// head signs it or lets it drop, and may revoke it with a reason.
//
// An item of a unit plan is filed whatever its class, for filing is not
// approving; filed, it is a project, and the declaration is about the project.
// While it stands the project enters neither the reserve nor an annual plan
// [reading: both are for the projects of Article 3]. What has happened before is
// not undone: an entry of the reserve stays, and cannot be scheduled.
package scope
