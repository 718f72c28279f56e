// Package matter is the case kernel (办件). A procedure of the Measures is
// declared as a value; the engine gives it drafts with revisions, lines,
// permissions, rules, seats, tasks, history, numbers and the tamper-evident
// record. Nothing changes the state of a case except Engine.Act and
// Engine.Opine, each in one transaction.
//
// There are five kinds of step and no more: an act of one person, a
// countersignature of several offices, a panel of persons, a decision recorded
// from paper (an act with an input form), and what happens by itself (a step of
// the system, taken by Advance).
package matter
