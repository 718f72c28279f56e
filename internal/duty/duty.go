// Package duty keeps dated obligations: what is due, from whom, under which
// clause, and what satisfied it. A duty stands in somebody's inbox before
// anyone opens a case; whether it is overdue is never stored but judged from
// its dates.
package duty

import (
	"context"

	"github.com/google/uuid"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
)

// Kind is a sort of duty: the clause that asks it and how people read it.
type Kind struct {
	Key         string
	Clause      string
	Title       string // with %s for the period, such as 报送 %s 年度部门项目计划
	Short       string // without the period, such as 部门计划
	Consequence string // what happens if it is missed, one sentence
	Act         string // what to do about it, a verb for a button
	Statutory   bool   // the Measures themselves fix the date (法定)
}

// Duty is one obligation of one unit.
type Duty struct {
	ID           string        `json:"id"`
	Jurisdiction string        `json:"jurisdiction"`
	UnitID       string        `json:"unit_id"`
	Kind         string        `json:"kind"`
	Clause       string        `json:"clause"`
	Title        string        `json:"title"`
	Period       string        `json:"period"` // what it is about, such as the plan year
	SubjectID    string        `json:"subject_id"`
	Due          calendar.Date `json:"due"`
	SatisfiedOn  calendar.Date `json:"satisfied_on"`
	SatisfiedBy  string        `json:"satisfied_by"` // event
	Reminded     int64         `json:"reminded"`
	RemindedAt   int64         `json:"reminded_at"`
}

// Open puts a duty on a unit. Opening the same one again changes nothing, so a
// late or doubled job is harmless. It reports whether the duty is new.
func Open(ctx context.Context, tx *db.Tx, d Duty, at int64) (bool, error) {
	res, err := tx.Exec(ctx, `INSERT INTO duty (id, jurisdiction, unit_id, kind, clause, title, period, subject_id, due, opened_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (unit_id, kind, period) DO NOTHING`,
		uuid.Must(uuid.NewV7()).String(), d.Jurisdiction, d.UnitID, d.Kind, d.Clause, d.Title, d.Period, d.SubjectID, string(d.Due), at)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// Satisfy marks a duty as fulfilled on a day by an event. The first fulfilment
// stays; without such a duty nothing happens.
func Satisfy(ctx context.Context, tx *db.Tx, unitID, kind, period string, on calendar.Date, event string) error {
	return tx.Later(ctx, `UPDATE duty SET satisfied_on = $1, satisfied_by = $2 WHERE unit_id = $3 AND kind = $4 AND period = $5 AND satisfied_on = ''`,
		string(on), event, unitID, kind, period)
}

// Reopen takes back a fulfilment, when what satisfied the duty was withdrawn or returned.
func Reopen(ctx context.Context, tx *db.Tx, unitID, kind, period string) error {
	return tx.Later(ctx, `UPDATE duty SET satisfied_on = '', satisfied_by = '' WHERE unit_id = $1 AND kind = $2 AND period = $3`, unitID, kind, period)
}

// TakeBack removes a duty that is not owed after all; one that was fulfilled stays.
// It reports whether there was one to remove.
func TakeBack(ctx context.Context, tx *db.Tx, unitID, kind, period string) (bool, error) {
	res, err := tx.Exec(ctx, `DELETE FROM duty WHERE unit_id = $1 AND kind = $2 AND period = $3 AND satisfied_on = ''`, unitID, kind, period)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// LateDays is by how many days the duty was missed, or is being missed today.
func (d Duty) LateDays(today calendar.Date) int {
	end := today
	if d.SatisfiedOn != "" {
		end = d.SatisfiedOn
	}
	return max(0, d.Due.DaysUntil(end))
}

const columns = `d.id, d.jurisdiction, d.unit_id, d.kind, d.clause, d.title, d.period, d.subject_id, d.due, d.satisfied_on, d.satisfied_by, d.reminded, d.reminded_at`

func scan(s db.Scanner) (Duty, error) {
	var d Duty
	err := s.Scan(&d.ID, &d.Jurisdiction, &d.UnitID, &d.Kind, &d.Clause, &d.Title, &d.Period, &d.SubjectID, &d.Due, &d.SatisfiedOn, &d.SatisfiedBy, &d.Reminded, &d.RemindedAt)
	return d, err
}

// OfUnit lists the open duties of a unit, earliest first.
func OfUnit(ctx context.Context, q db.Querier, actor identity.Actor) ([]Duty, error) {
	if actor.Administrator() {
		return nil, nil
	}
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM duty d WHERE d.jurisdiction = $1 AND d.unit_id = $2 AND d.satisfied_on = '' ORDER BY d.due, d.id`,
		actor.Jurisdiction, actor.UnitID)
}

// About lists what a unit owes about any of the subjects, what is still open
// leading, those due first before others.
func About(ctx context.Context, q db.Querier, unitID string, subjects ...string) ([]Duty, error) {
	var args db.Args
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM duty d WHERE d.unit_id = `+args.Add(unitID)+` AND d.subject_id IN `+args.In(subjects...)+`
		ORDER BY CASE WHEN d.satisfied_on = '' THEN 0 ELSE 1 END, d.due, d.id LIMIT 50`, args.List()...)
}

// Count is how far a kind of duty has come: how many are owed, fulfilled, and
// fulfilled or still open past their date.
type Count struct {
	Kind             string
	Due              calendar.Date // the last
	Owed, Done, Late int64
}

// CountByKind counts the duties about a period, of a jurisdiction or, when it is
// not "", of one unit, those due first leading.
func CountByKind(ctx context.Context, q db.Querier, jurisdiction, unitID, period string, today calendar.Date) ([]Count, error) {
	return db.All(ctx, q, func(s db.Scanner) (Count, error) {
		var c Count
		err := s.Scan(&c.Kind, &c.Due, &c.Owed, &c.Done, &c.Late)
		return c, err
	}, `SELECT kind, MAX(due), COUNT(*), CAST(SUM(CASE WHEN satisfied_on <> '' THEN 1 ELSE 0 END) AS BIGINT),
		CAST(SUM(CASE WHEN satisfied_on > due OR satisfied_on = '' AND due < $4 THEN 1 ELSE 0 END) AS BIGINT)
		FROM duty WHERE jurisdiction = $1 AND period = $2 AND ($3 = '' OR unit_id = $3) GROUP BY kind ORDER BY MAX(due), kind`, jurisdiction, period, unitID, string(today))
}

// OfKind lists all duties of a kind and period in a jurisdiction, for the office
// that brings them to the finish.
func OfKind(ctx context.Context, q db.Querier, jurisdiction, kind, period string) ([]Duty, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM duty d JOIN unit u ON u.id = d.unit_id
		WHERE d.jurisdiction = $1 AND d.kind = $2 AND d.period = $3 ORDER BY u.sort_key, d.id`, jurisdiction, kind, period)
}

// OpenOfKind lists the unfulfilled duties of a kind and period in a jurisdiction.
func OpenOfKind(ctx context.Context, q db.Querier, jurisdiction, kind, period string) ([]Duty, error) {
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM duty d JOIN unit u ON u.id = d.unit_id
		WHERE d.jurisdiction = $1 AND d.kind = $2 AND d.period = $3 AND d.satisfied_on = '' ORDER BY u.sort_key, d.id`, jurisdiction, kind, period)
}

// Find reads one duty; db.ErrNone when the unit does not owe it.
func Find(ctx context.Context, q db.Querier, unitID, kind, period string) (Duty, error) {
	return db.One(ctx, q, scan, `SELECT `+columns+` FROM duty d WHERE d.unit_id = $1 AND d.kind = $2 AND d.period = $3`, unitID, kind, period)
}

// Remind counts one reminder on each open duty of the units and lists those reminded.
func Remind(ctx context.Context, tx *db.Tx, jurisdiction, kind, period string, units []string, at int64) ([]Duty, error) {
	var args db.Args
	where := `jurisdiction = ` + args.Add(jurisdiction) + ` AND kind = ` + args.Add(kind) + ` AND period = ` + args.Add(period) +
		` AND satisfied_on = '' AND unit_id IN ` + args.In(units...)
	list, err := db.All(ctx, tx, scan, `SELECT `+columns+` FROM duty d WHERE `+where+` ORDER BY d.due, d.id`, args.List()...)
	if err != nil {
		return nil, err
	}
	if err := tx.Later(ctx, `UPDATE duty SET reminded = reminded + 1, reminded_at = `+args.Add(at)+` WHERE `+where, args.List()...); err != nil {
		return nil, err
	}
	return list, nil
}

// RemindedBefore marks the open duties of a kind that are due between two days
// as reminded n times. A count only rises, so a late or doubled job counts
// nothing twice.
func RemindedBefore(ctx context.Context, tx *db.Tx, jurisdiction, kind string, from, to calendar.Date, n, at int64) error {
	return tx.Later(ctx, `UPDATE duty SET reminded = $1, reminded_at = $2 WHERE jurisdiction = $3 AND kind = $4 AND satisfied_on = '' AND due >= $5 AND due <= $6 AND reminded < $1`,
		n, at, jurisdiction, kind, string(from), string(to))
}

// SatisfyAbout marks every open duty of a kind about a subject as fulfilled.
func SatisfyAbout(ctx context.Context, tx *db.Tx, kind, subject string, on calendar.Date, event string) error {
	return tx.Later(ctx, `UPDATE duty SET satisfied_on = $1, satisfied_by = $2 WHERE kind = $3 AND subject_id = $4 AND satisfied_on = ''`, string(on), event, kind, subject)
}

// TakeBackAbout removes the open duties of a kind about a subject but the one of
// that period: the date has moved, or nothing is owed any more.
func TakeBackAbout(ctx context.Context, tx *db.Tx, kind, subject, but string) error {
	return tx.Later(ctx, `DELETE FROM duty WHERE kind = $1 AND subject_id = $2 AND satisfied_on = '' AND period <> $3`, kind, subject, but)
}

// TakeBackOf removes every open duty about a subject that is no more.
func TakeBackOf(ctx context.Context, tx *db.Tx, subject string) error {
	return tx.Later(ctx, `DELETE FROM duty WHERE subject_id = $1 AND satisfied_on = ''`, subject)
}
