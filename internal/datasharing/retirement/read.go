package retirement

import (
	"context"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
)

// Record is what stands of a system that was retired: its newest confirmed case.
type Record struct {
	MatterID string
	Retirement
	Data []Data
}

// Of reads the record of a system, empty when it was not retired by a case.
func Of(ctx context.Context, q db.Querier, systemID string) (Record, error) {
	r, err := db.One(ctx, q, func(s db.Scanner) (Record, error) {
		var r Record
		var raw string
		if err := s.Scan(&r.MatterID, &raw); err != nil {
			return r, err
		}
		v, err := retirementForm.Decode([]byte(raw))
		if err == nil {
			r.Retirement = *v.(*Retirement)
		}
		return r, err
	}, `SELECT id, form FROM matter WHERE procedure = $1 AND subject_id = $2 AND state = $3 ORDER BY id DESC LIMIT 1`, Key, systemID, string(Done))
	if db.None(err) {
		return Record{}, nil
	}
	if err != nil {
		return r, err
	}
	r.Data, err = db.All(ctx, q, func(s db.Scanner) (Data, error) {
		var d Data
		err := s.Scan(&d.Name, &d.Resource, &d.Disposition, &d.Place, &d.Kept)
		return d, err
	}, `SELECT name, resource, disposition, place, kept FROM retirement_data WHERE matter_id = $1 ORDER BY seq`, r.MatterID)
	return r, err
}

// Where is what became of a set of data, in words.
func (d Data) Where() string {
	w := form.Label(Dispositions, d.Disposition)
	if d.Place != "" {
		w += "：" + d.Place
	}
	if d.Kept != "" {
		w += "，保管 " + d.Kept
	}
	return w
}
