package interpretation

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// Note is a published interpretation or set of implementing rules.
type Note struct {
	Matter, Kind, Title, Number, Text string
	With                              string // the offices it was made with
	From, To                          calendar.Date
	ReplacedBy                        string // the note that took its place: its case, "" when none did
	Successor                         string // and its number
}

// InForce reports whether the note applies on a day.
func (n Note) InForce(on calendar.Date) bool { return n.From <= on && (n.To == "" || on <= n.To) }

const noteColumns = `n.matter_id, n.kind, n.title, n.number, n.text, n.made_with, n.from_date, n.to_date, n.replaced_by, COALESCE(s.number, '')`

const noteTables = `interpretation n LEFT JOIN interpretation s ON s.matter_id = n.replaced_by`

func scanNote(s db.Scanner) (Note, error) {
	var n Note
	err := s.Scan(&n.Matter, &n.Kind, &n.Title, &n.Number, &n.Text, &n.With, &n.From, &n.To, &n.ReplacedBy, &n.Successor)
	return n, err
}

func one(ctx context.Context, q db.Querier, jurisdiction, where, arg string) (Note, error) {
	return db.One(ctx, q, scanNote, `SELECT `+noteColumns+` FROM `+noteTables+` WHERE n.jurisdiction = $1 AND `+where+` ORDER BY n.issued_at DESC, n.matter_id LIMIT 1`, jurisdiction, arg)
}

// current is the published note of a number that nothing has ended.
func current(ctx context.Context, q db.Querier, jurisdiction, number string) (Note, error) {
	return one(ctx, q, jurisdiction, `n.to_date = '' AND n.number = $2`, number)
}

// At lists every note at a sentence, newest first, whatever day it is in force on.
func At(ctx context.Context, q db.Querier, jurisdiction, sentence string) ([]Note, error) {
	return db.All(ctx, q, scanNote, `SELECT `+noteColumns+` FROM `+noteTables+` JOIN interpretation_sentence p ON p.matter_id = n.matter_id
		WHERE n.jurisdiction = $1 AND p.sentence = $2 ORDER BY n.from_date DESC, n.issued_at DESC, n.matter_id LIMIT 50`, jurisdiction, sentence)
}

// On lists every note in force on a day, newest first.
func On(ctx context.Context, q db.Querier, jurisdiction string, on calendar.Date) ([]Note, error) {
	return db.All(ctx, q, scanNote, `SELECT `+noteColumns+` FROM `+noteTables+` WHERE n.jurisdiction = $1 AND n.from_date <= $2 AND (n.to_date = '' OR n.to_date >= $2)
		ORDER BY n.from_date DESC, n.issued_at DESC, n.matter_id LIMIT 200`, jurisdiction, string(on))
}

// Counts tells how many notes are in force at each sentence on a day.
func Counts(ctx context.Context, q db.Querier, jurisdiction string, on calendar.Date) (map[string]int64, error) {
	type row struct {
		sentence string
		n        int64
	}
	rows, err := db.All(ctx, q, func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.sentence, &r.n)
		return r, err
	}, `SELECT p.sentence, COUNT(*) FROM interpretation n JOIN interpretation_sentence p ON p.matter_id = n.matter_id
		WHERE n.jurisdiction = $1 AND n.from_date <= $2 AND (n.to_date = '' OR n.to_date >= $2) GROUP BY p.sentence ORDER BY p.sentence`, jurisdiction, string(on))
	out := map[string]int64{}
	for _, r := range rows {
		out[r.sentence] = r.n
	}
	return out, err
}

// publish puts the signed note at its sentences and ends the one it replaces.
func publish(ctx context.Context, d *matter.Doing) error {
	c, n := d.Case, matter.FormOf[Draft](d.Case)
	number := strings.TrimSpace(n.Number)
	if err := d.Tx.Later(ctx, `INSERT INTO interpretation (matter_id, jurisdiction, kind, title, number, text, made_with, from_date, issued_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		c.ID, c.Jurisdiction, n.Kind, n.Title, number, n.Text, strings.Join(n.offices(), "、"), string(n.From), c.Now.UnixMilli()); err != nil {
		return fmt.Errorf("publish %s: %w", number, err)
	}
	if n.Replaces == "" {
		return nil
	}
	old, err := current(ctx, d.Tx, c.Jurisdiction, strings.TrimSpace(n.Replaces))
	if err != nil {
		return err // A37.1-replaces has found it within this act
	}
	if err := end(ctx, d, old.Matter, n.From.AddDays(-1), c.ID); err != nil {
		return err
	}
	_, err = d.Follow(ctx, old.Matter, replace, fmt.Sprintf("由“%s”（%s）代替，自 %s 起失效", n.Title, number, n.From))
	return err
}

func repealed(ctx context.Context, d *matter.Doing) error {
	return end(ctx, d, d.Case.ID, d.Case.Today.AddDays(-1), "")
}

// end sets the last day of a note; by is the case of the note that replaces it.
func end(ctx context.Context, d *matter.Doing, id string, last calendar.Date, by string) error {
	res, err := d.Tx.Exec(ctx, `UPDATE interpretation SET to_date = $1, replaced_by = $2 WHERE matter_id = $3 AND to_date = ''`, string(last), by, id)
	return db.OneRow(res, err, problem.New(problem.Conflict, "这份文件已经失效"))
}
