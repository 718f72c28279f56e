// Package systemregister is the registration of a unit's information systems
// (系统登记).
//
// “系统数量只减不增” (Article 6) can be held against a unit only when it is known
// how many systems it has. The Measures order no such register; that units keep
// one is practice. A case is a list of systems: the clerk drafts, the head signs,
// the bureau confirms, or returns the whole or single systems. Confirming enters
// every system into the register by unit and name, so a system registered again
// is brought up to date and never counted twice; one that stops is registered
// again as 停用 with what replaces it.
//
// The bureau may draft for a unit (代录), singly or from a list that it imports.
// The draft is the unit's: its clerk completes and its head signs it.
package systemregister
