package matter

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/measures"
)

// OpinionsIn lists what the seats of some cases said, all open to the reader, newest
// first, at most limit. What was said in blind steps stays on the page of its case.
func (e *Engine) OpinionsIn(ctx context.Context, limit int64, ids ...string) ([]Seat, error) {
	var args db.Args
	where := `matter_id IN ` + args.In(ids...) + ` AND status = 'given'`
	for _, p := range e.order {
		for _, d := range p.States {
			if d.Seats != nil && d.Seats.Blind {
				where += ` AND NOT (state = ` + args.Add(string(d.State)) + ` AND matter_id IN (SELECT m.id FROM matter m WHERE m.procedure = ` + args.Add(p.Key) + `))`
			}
		}
	}
	return db.All(ctx, e.DB.Reader(ctx), scanSeat, `SELECT `+seatColumns+` FROM seat WHERE `+where+` ORDER BY given_at DESC, id LIMIT `+args.Add(limit), args.List()...)
}

// Explained is a warning that was answered when a case was last handed in.
type Explained struct {
	Matter string
	At     int64
	measures.Finding
}

// ExplainedIn lists the warnings that were answered when some cases, all open to
// the reader, were last handed in, the newest first.
func (e *Engine) ExplainedIn(ctx context.Context, ids ...string) ([]Explained, error) {
	type row struct {
		matter, body string
		at           int64
	}
	var args db.Args
	rows, err := db.All(ctx, e.DB.Reader(ctx), func(s db.Scanner) (row, error) {
		var r row
		err := s.Scan(&r.matter, &r.at, &r.body)
		return r, err
	}, `SELECT e.matter_id, e.at, g.body FROM event e JOIN event_part g ON g.event_id = e.id AND g.name = 'findings'
		WHERE e.id IN (SELECT MAX(h.id) FROM event h JOIN event_part f ON f.event_id = h.id AND f.name = 'form' WHERE h.matter_id IN `+args.In(ids...)+` GROUP BY h.matter_id)
		ORDER BY e.id DESC LIMIT 50`, args.List()...)
	var out []Explained
	for _, r := range rows {
		found, err := answered(r.body)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			out = append(out, Explained{r.matter, r.at, f})
		}
	}
	return out, err
}
