// Package adjustment is the adjustment of a project under way (项目调整, Article 17).
//
// The unit fills in a table before and after by the lines of the estimate, which
// of the three situations it is, the basis, and what it decided collectively. The
// track is computed from figures and answers, never chosen:
//
//   - within the approved estimate, the goal unchanged, the content must change,
//     no more than 10 % moved and one of the situations: the unit adjusts and files
//     at the same time (A17.1). The bureau's clerk acknowledges with a receipt;
//     filing is not approving.
//   - above 10 % or additional investment: the bureau and the finance bureau review
//     it side by side, and only where the total rises above the estimate does the
//     municipal government decide (A17.2). An increase raises the ceiling.
//   - within 10 % and without added money, but not as the filing track asks: the
//     text is silent; by default the stricter track [reading, parameter] (A17.3).
//
// What is moved is the larger of what grows and what shrinks, added up over the
// self-filed adjustments of the project, and held against the ceiling of its
// money [readings, parameters]. An adjustment counts from the signature of the
// unit's head: the unit adjusts then. It is judged anew at every signature, so
// that two drafts cannot pass the limit together; what is returned or withdrawn
// no longer counts.
package adjustment
