// Package procurement records procurements as they happened (采购登记, Article 18).
//
// A procurement belongs in the department's budget and follows the government
// procurement law; money that is not fiscal follows it too where it cannot be
// procured apart. The unit's clerk records plan, method, budget, dates, award and
// how the money could be parted, the head signs, the bureau's clerk acknowledges.
// This is filing, not approving: a procurement above its budget or by a doubtful
// method is answered with a reason and marked, for refusing to record a breach
// would hide it.
//
// An award opens the duty to file the contract (Article 19): the law gives thirty
// days to sign, the reading so many working days to file.
package procurement
