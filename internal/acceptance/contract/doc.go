// Package contract files signed contracts with the bureau (合同备案, Article 19) and
// keeps what follows from them: payments (支付登记) and how a contract ended (合同结算登记).
//
// The unit fills in the signed contract with its payment schedule and the scan, its
// head signs, the bureau acknowledges with a number and a receipt, or returns what is
// incomplete. Acknowledging is not approving: a complete filing cannot be refused for
// its content. A contract above its award or its budgets, a supplementary contract
// above the limit of the procurement law, one signed or filed late is answered with a
// reason and marked.
//
// Acknowledging books the amount on the money chain and begins the construction of an
// approved project. A payment and a settlement are facts of the unit: they stand when
// its head has signed. What was settled below or above the contract is booked as the
// difference, so that the chain shows what the contracts have come to.
package contract
