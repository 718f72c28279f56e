// Package existing is the registration of what was there before (存量登记,
// Article 37): projects begun before the Measures came into force on 2025-12-01,
// or before the system was installed in the jurisdiction.
//
// The Measures are silent on them; the reading is that their earlier approval
// stands in for the steps of Articles 6 to 11 and that every act from the
// registration on is bound by the rules. The unit's clerk states the approval
// document, the real start and the real stage, the head signs, a second-level
// unit passes through its parent department, and the bureau confirms or returns
// with a reason.
//
// Confirming enters the project into the register, marked 存量 (origin existing),
// at the stage declared and in the plan year it was approved in, and the system
// it has built. What happened is recorded as it was: an approval later than the
// start or payments beyond the approved amount are answered with a reason, not
// refused. Refused is only what cannot be so, is not existing, or is there already.
package existing
