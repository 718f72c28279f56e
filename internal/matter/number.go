package matter

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
)

// issueNumber takes the next number of a series. It stands near the end of the
// act, so the row that everybody counts on is held only until commit; the
// numbers of a series have no gaps.
func (e *Engine) issueNumber(ctx context.Context, d *Doing) (string, error) {
	s, c := d.Step.Issue, d.Case
	year := int64(c.Today.Year())
	last, err := bump(ctx, d.Tx, c.Jurisdiction, s.Key, year)
	if err != nil {
		return "", err
	}
	head, err := db.Value[string](ctx, d.Tx, `SELECT numbering FROM jurisdiction WHERE id = $1`, c.Jurisdiction)
	if err != nil {
		return "", err
	}
	c.Number = fmt.Sprintf("%s%s〔%d〕%d号", head, s.Word, year, last)
	_, err = d.Tx.Exec(ctx, `UPDATE matter SET number = $1 WHERE id = $2`, c.Number, c.ID)
	return c.Number, err
}

func bump(ctx context.Context, tx *db.Tx, jurisdiction, series string, year int64) (int64, error) {
	return db.Value[int64](ctx, tx, `INSERT INTO number_series (jurisdiction, series, year, last) VALUES ($1, $2, $3, 1)
		ON CONFLICT (jurisdiction, series, year) DO UPDATE SET last = number_series.last + 1 RETURNING last`, jurisdiction, series, year)
}

// NextCode takes the next number of a series that is not issued on paper, such
// as project codes; gapless like the others.
func (d *Doing) NextCode(ctx context.Context, series string, year int64) (int64, error) {
	return bump(ctx, d.Tx, d.Case.Jurisdiction, series, year)
}

func (e *Engine) keepReceipt(ctx context.Context, d *Doing, number string) error {
	c := d.Case
	return d.Tx.Later(ctx, `INSERT INTO receipt (number, jurisdiction, matter_id, unit_id, event_id, title, issued_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		number, c.Jurisdiction, c.ID, c.UnitID, d.EventID, d.Step.Issue.Title, c.Now.UnixMilli())
}

// Receipt is a numbered paper issued for a case.
type Receipt struct {
	Number      string `json:"number"`
	Matter      string `json:"matter"`
	UnitID      string `json:"unit_id"`
	Event       string `json:"event"`
	Title       string `json:"title"`
	MatterTitle string `json:"matter_title"`
	IssuedAt    int64  `json:"issued_at"`
}

func scanReceipt(s db.Scanner) (Receipt, error) {
	var r Receipt
	err := s.Scan(&r.Number, &r.Matter, &r.UnitID, &r.Event, &r.Title, &r.MatterTitle, &r.IssuedAt)
	return r, err
}

// ReceiptOf is the newest receipt of a case the caller has already loaded for
// their actor; db.ErrNone when there is none.
func (e *Engine) ReceiptOf(ctx context.Context, c *Case) (Receipt, error) {
	return db.One(ctx, e.DB.Reader(ctx), scanReceipt, `SELECT r.number, r.matter_id, r.unit_id, r.event_id, r.title, m.title, r.issued_at
		FROM receipt r JOIN matter m ON m.id = r.matter_id WHERE r.matter_id = $1 ORDER BY r.issued_at DESC, r.number LIMIT 1`, c.ID)
}

// Receipts lists the newest receipts of cases an actor may see.
func (e *Engine) Receipts(ctx context.Context, actor identity.Actor, limit int64) ([]Receipt, error) {
	var args db.Args
	return db.All(ctx, e.DB.Reader(ctx), scanReceipt, `SELECT r.number, r.matter_id, r.unit_id, r.event_id, r.title, m.title, r.issued_at
		FROM receipt r JOIN matter m ON m.id = r.matter_id WHERE r.jurisdiction = `+args.Add(actor.Jurisdiction)+` AND `+actor.Sees("m", &args)+
		` ORDER BY r.issued_at DESC, r.number LIMIT `+args.Add(limit), args.List()...)
}

// sixCorners are the brackets of a document number, however they were typed.
var sixCorners = strings.NewReplacer("[", "〔", "]", "〕", "［", "〔", "］", "〕", "(", "〔", ")", "〕", "（", "〔", "）", "〕", "【", "〔", "】", "〕", " ", "")

// Numbered finds the receipt of a number among those the actor may see.
func (e *Engine) Numbered(ctx context.Context, actor identity.Actor, number string) ([]Receipt, error) {
	var args db.Args
	return db.All(ctx, e.DB.Reader(ctx), scanReceipt, `SELECT r.number, r.matter_id, r.unit_id, r.event_id, r.title, m.title, r.issued_at
		FROM receipt r JOIN matter m ON m.id = r.matter_id WHERE r.jurisdiction = `+args.Add(actor.Jurisdiction)+` AND r.number = `+args.Add(sixCorners.Replace(number))+` AND `+actor.Sees("m", &args)+
		` ORDER BY r.number`, args.List()...)
}
