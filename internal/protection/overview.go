package protection

import (
	"context"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// Standing is how one system stands.
type Standing struct {
	SystemID string `json:"system_id"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	UnitID   string `json:"unit_id"`
	State    string `json:"state"`
	Level    int64  `json:"level"`
	Grading  Light  `json:"grading"`
	Cipher   Light  `json:"cipher"`

	Graded   Record `json:"-"`
	Ciphered bool   `json:"-"` // its ciphers are to be evaluated
}

// Lights are all lights of a system.
func (s Standing) Lights() []Light { return []Light{s.Grading, s.Cipher} }

// worst is its most urgent colour.
func (s Standing) worst() string {
	for _, c := range Colours {
		if slices.ContainsFunc(s.Lights(), func(l Light) bool { return l.Colour == c.ID }) {
			return c.ID
		}
	}
	return Grey
}

// Filter narrows the overview; zero values do not narrow.
type Filter struct {
	UnitID   string
	SystemID string
	Systems  []string // only these, nil: every one
	Colour   string   // the most urgent one of a system
}

// Most is how many systems one overview holds.
const Most = 5000

// Overview lists the systems in use that an actor may see with their lights, by
// name: one query however many there are.
func Overview(ctx context.Context, q db.Querier, actor identity.Actor, f Filter, today calendar.Date, v measures.Values) ([]Standing, error) {
	var args db.Args
	owes := Ciphered(&args, v)
	where := actor.SeesSystem("y", &args) + " AND y.state <> 'retired'"
	if f.UnitID != "" {
		where += " AND y.unit_id = " + args.Add(f.UnitID)
	}
	if f.SystemID != "" {
		where += " AND y.id = " + args.Add(f.SystemID)
	}
	if f.Systems != nil {
		where += " AND y.id IN " + args.In(f.Systems...)
	}
	all, err := db.All(ctx, q, func(s db.Scanner) (Standing, error) {
		var y Standing
		var seq int64
		var g, k Record
		var owed int64
		err := s.Scan(&y.SystemID, &seq, &y.Name, &y.UnitID, &y.State, &g.MatterID, &g.Level, &g.Number, &g.On, &g.Conclusion, &g.OpenRisks, &g.NextDue,
			&k.MatterID, &k.Level, &k.On, &k.Conclusion, &k.NextDue, &owed)
		y.Code, y.Level, y.Graded, y.Ciphered = registry.System{Seq: seq}.Code(), g.Level, g, owed == 1
		y.Grading = GradingLight(g, y.State, today, v)
		y.Cipher = CipherLight(k, y.State, owed == 1, today, v)
		return y, err
	}, `SELECT y.id, y.seq, y.name, y.unit_id, y.state, COALESCE(g.matter_id, ''), COALESCE(g.level, 0), COALESCE(g.number, ''), COALESCE(g.on_date, ''), COALESCE(g.conclusion, ''), COALESCE(g.open_risks, 0), COALESCE(g.next_due, ''),
		COALESCE(k.matter_id, ''), COALESCE(k.level, 0), COALESCE(k.on_date, ''), COALESCE(k.conclusion, ''), COALESCE(k.next_due, ''), CASE WHEN `+owes+` THEN 1 ELSE 0 END
		FROM info_system y LEFT JOIN protection_record g ON g.subject_id = y.id AND g.kind = '`+Graded+`' AND g.year = 0
		LEFT JOIN protection_record k ON k.subject_id = y.id AND k.kind = '`+CipherRun+`' AND k.year = 0
		WHERE `+where+` ORDER BY y.sort_key, y.id LIMIT `+args.Add(int64(Most)), args.List()...)
	if f.Colour != "" {
		all = slices.DeleteFunc(all, func(s Standing) bool { return s.worst() != f.Colour })
	}
	return all, err
}

// Today reads the overview as of the engine's day.
func Today(ctx context.Context, e *matter.Engine, actor identity.Actor, f Filter) ([]Standing, error) {
	q, day := e.DB.Reader(ctx), e.Clock.Today()
	v, err := e.Parameters(ctx, q, actor.Jurisdiction, day)
	if err != nil {
		return nil, err
	}
	return Overview(ctx, q, actor, f, day, v)
}
