package ledger

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"zhengcheng/internal/db"
)

// Event is one act as it is recorded.
type Event struct {
	ID, Jurisdiction, MatterID, Procedure, Action string
	FromState, ToState                            string
	Rev                                           int64 // of the case after the act
	ActorID, ActorName, UnitID, Capacity          string
	At                                            int64 // unix ms
	Idem                                          string
	Number                                        string // the number it issued
	SeatID                                        string
	Parts                                         []Part
	Findings                                      []FindingRef
}

// Part is a body the event vouches for by a salted digest.
type Part struct {
	Name string
	Body []byte
}

// FindingRef is the verdict of one rule version.
type FindingRef struct {
	RuleID  string
	Version int
	Outcome string
}

// leaf is the canonical content of an event; field order is its encoding.
type leaf struct {
	V            int         `json:"v"`
	ID           string      `json:"id"`
	Jurisdiction string      `json:"jurisdiction"`
	Matter       string      `json:"matter"`
	Procedure    string      `json:"procedure"`
	Action       string      `json:"action"`
	From         string      `json:"from"`
	To           string      `json:"to"`
	Rev          int64       `json:"rev"`
	Actor        string      `json:"actor"`
	ActorName    string      `json:"actor_name"`
	Unit         string      `json:"unit"`
	Capacity     string      `json:"capacity"`
	At           int64       `json:"at"`
	Number       string      `json:"number"`
	Seat         string      `json:"seat"`
	Parts        [][2]string `json:"parts"`    // name, digest; sorted
	Findings     [][3]string `json:"findings"` // rule, version, outcome; sorted
}

// Append records an event within the transaction of its act.
func Append(ctx context.Context, tx *db.Tx, e Event) error {
	l := leaf{V: 1, ID: e.ID, Jurisdiction: e.Jurisdiction, Matter: e.MatterID, Procedure: e.Procedure, Action: e.Action, From: e.FromState, To: e.ToState,
		Rev: e.Rev, Actor: e.ActorID, ActorName: e.ActorName, Unit: e.UnitID, Capacity: e.Capacity, At: e.At, Number: e.Number, Seat: e.SeatID,
		Parts: [][2]string{}, Findings: [][3]string{}}
	var args db.Args
	var rows []string
	for _, p := range e.Parts {
		salt := make([]byte, 16)
		if _, err := rand.Read(salt); err != nil {
			return fmt.Errorf("salt: %w", err)
		}
		digest := Digest(salt, p.Body)
		l.Parts = append(l.Parts, [2]string{p.Name, digest})
		rows = append(rows, "("+args.Add(e.ID)+","+args.Add(p.Name)+","+args.Add(hex.EncodeToString(salt))+","+args.Add(digest)+","+args.Add(string(p.Body))+")")
	}
	for _, f := range e.Findings {
		l.Findings = append(l.Findings, [3]string{f.RuleID, fmt.Sprint(f.Version), f.Outcome})
	}
	slices.SortFunc(l.Parts, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	slices.SortFunc(l.Findings, func(a, b [3]string) int { return strings.Compare(a[0]+"\x00"+a[1], b[0]+"\x00"+b[1]) })
	raw, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("encode event: %w", err)
	}
	err = tx.Later(ctx, `INSERT INTO event (id, jurisdiction, matter_id, procedure, action, from_state, to_state, rev, actor_id, actor_name, unit_id,
		capacity, at, idem, number, seat_id, leaf) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)`,
		e.ID, e.Jurisdiction, e.MatterID, e.Procedure, e.Action, e.FromState, e.ToState, e.Rev, e.ActorID, e.ActorName, e.UnitID,
		e.Capacity, e.At, e.Idem, e.Number, e.SeatID, string(raw))
	if err != nil {
		return fmt.Errorf("record event: %w", err)
	}
	if len(rows) > 0 {
		if err := tx.Later(ctx, `INSERT INTO event_part (event_id, name, salt, digest, body) VALUES `+strings.Join(rows, ", "), args.List()...); err != nil {
			return fmt.Errorf("record event parts: %w", err)
		}
	}
	if err := tx.Later(ctx, `INSERT INTO event_pending (event_id) VALUES ($1)`, e.ID); err != nil {
		return fmt.Errorf("record event: %w", err)
	}
	return nil
}

// Digest is SM3 over salt and body, in hex.
func Digest(salt, body []byte) string {
	h := sm3.New()
	h.Write(salt)
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// Purge empties a body and keeps its digest, so that the record stays whole.
func Purge(ctx context.Context, tx *db.Tx, eventID, part string, at int64) error {
	return tx.Later(ctx, `UPDATE event_part SET body = '', purged_at = $1 WHERE event_id = $2 AND name = $3 AND purged_at = 0`, at, eventID, part)
}
