// Package course is the change of course of a project (项目变更): it is suspended,
// resumed, ended or extended. The Measures have no words for it; practice needs it.
//
// The unit writes the reason and how contracts and money are settled, its head
// signs, and for a second-level unit the department consents. The bureau's clerk
// takes note or returns it; the finance bureau is asked aside and holds nothing
// up. Then the project stands suspended or ended, or goes on where it was.
//
// A plan item is not removed by it: an approved plan changes only as Articles 11
// and 17 say, or by the authority that approved it.
package course
