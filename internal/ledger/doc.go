// Package ledger is the tamper-evident record. Every act appends one event
// whose leaf holds actor, act, case, revision and verdicts, and salted digests
// of what was handed in; the bodies lie in tables that can be purged without
// breaking the record.
//
// Events commit unsequenced with their act: there is no hash chain and no
// global lock in the business transaction. One leased sequencer appends them to
// an RFC 6962 tree over SM3 and signs a checkpoint with SM2, within a second or
// so; until then an event is vouched for by its database only, and receipts say so.
package ledger
