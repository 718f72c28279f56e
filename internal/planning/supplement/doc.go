// Package supplement is the supplement of the annual plan (增补计划, Article 11):
// what the state, the province or the city arranges at short notice and the
// annual plan does not have. It needs no reserve entry [reading].
//
// The unit applies with the document that arranges it; its head signs, and for a
// second-level unit the department consents. The bureau and the finance bureau
// check it side by side, open to each other: 同意 with a checked amount, 退回, or
// 不予增补, which ends the case. When both agree the bureau's head reports it to
// the municipal government, for no more than either office checked. The
// government's decision is recorded and confirmed by two persons (package
// decision); sent back, the case is a draft again.
//
// An approved case enters its project into that year's plan, marked 增补: the
// checked amount becomes the approved amount [reading].
package supplement
