package reserve

import (
	"context"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/planning/review"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// prepare fills a new application with what the filed plan item says.
func prepare(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
	s := matter.FormOf[Scheme](c)
	s.BuildKind = registry.New
	if c.SubjectID != "" {
		if err := fromPlan(ctx, q, c, s); err != nil {
			return nil, err
		}
	}
	if c.Year == 0 {
		c.Year = int64(c.Today.Year()) + 1
	}
	// the kind may yet change in the draft, the versions not
	build, err := OutlineAt(ctx, q, c.Jurisdiction, ForBuild, c.Today, 0)
	if err != nil {
		return nil, err
	}
	om, err := OutlineAt(ctx, q, c.Jurisdiction, ForOperate, c.Today, 0)
	if err != nil {
		return nil, err
	}
	sheet, err := review.SheetAt(ctx, q, c.Jurisdiction, c.Today, 0)
	s.Version, s.VersionOM, s.Sheet = build.Version, om.Version, sheet.Version
	return nil, err
}

func fromPlan(ctx context.Context, q db.Querier, c *matter.Case, s *Scheme) error {
	type known struct {
		unit, name, kind, priority, goal, content, functions, data, security, operation string
		basis                                                                           string
		year                                                                            int64
	}
	k, err := db.One(ctx, q, func(r db.Scanner) (known, error) {
		var k known
		err := r.Scan(&k.unit, &k.name, &k.kind, &k.year, &k.priority, &k.goal, &k.content, &k.functions, &k.data, &k.security, &k.operation, &k.basis, &s.Start, &s.End,
			&s.Funds.General, &s.Funds.GovFund, &s.Funds.SOE, &s.Funds.Central, &s.Funds.Provincial, &s.Funds.Bond, &s.Funds.Own, &s.Funds.Other)
		return k, err
	}, `SELECT p.unit_id, p.name, p.build_kind, p.year, COALESCE(i.priority, ''), COALESCE(i.goal, ''), COALESCE(i.content, ''), COALESCE(i.functions, ''), COALESCE(i.data_resources, ''),
		COALESCE(i.security, ''), COALESCE(i.operation, ''), COALESCE('依据《' || i.basis_title || '》' || i.basis_number || '。', ''), COALESCE(i.start_on, ''), COALESCE(i.end_on, ''),
		COALESCE(i.fund_general, 0), COALESCE(i.fund_gov, 0), COALESCE(i.fund_soe, 0), COALESCE(i.fund_central, 0), COALESCE(i.fund_provincial, 0), COALESCE(i.fund_bond, 0),
		COALESCE(i.fund_own, 0), COALESCE(i.fund_other, 0)
		FROM project p LEFT JOIN plan_item i ON i.project_id = p.id WHERE p.id = $1`, c.SubjectID)
	if db.None(err) || err == nil && k.unit != c.UnitID {
		return problem.Missing("本单位的这个项目")
	}
	if err != nil {
		return err
	}
	s.Name, s.BuildKind, s.Priority = k.name, k.kind, k.priority
	if c.Year == 0 {
		c.Year = k.year
	}
	for key, text := range map[string]string{"overview": k.goal, "necessity": k.basis, "build": k.content, "demand": k.functions, "sharing": k.data, "safety": k.security, "operation": k.operation} {
		*s.Text(key) = text
	}
	return nil
}

// gather derives the facts of a scheme in five queries.
func gather(ctx context.Context, q db.Querier, c *matter.Case) (Facts, error) {
	s := matter.FormOf[Scheme](c)
	f := Facts{On: c.Today, BuildKind: s.BuildKind, Priority: s.Priority != "", Place: s.Place, Periodic: s.Periodic, Planned: c.SubjectID != "", NoPlan: strings.TrimSpace(s.NoPlan) != "",
		FeasibleOn: s.FeasibleOn, Feasible: strings.TrimSpace(s.Feasible) != "", Report: c.Has("feasibility"), Estimate: total(c), Funds: s.Funds.Total(), Reviewed: s.Reviewed}
	o, err := OutlineOf(ctx, q, c)
	if err != nil {
		return f, err
	}
	for _, ch := range o.Chapters {
		if ch.Required {
			f.Chapters = append(f.Chapters, ChapterFacts{ch.Key, ch.Title, hanzi.Runes(*s.Text(ch.Key))})
		}
	}
	for _, ln := range c.LinesOf("") {
		k := matter.BodyOf[Cost](ln)
		f.Costs++
		if k.Quantity > 0 && k.Price > 0 && k.Price*money.Fen(k.Quantity) != k.Amount {
			f.Wrong = append(f.Wrong, ln.Seq)
		}
	}
	for _, ln := range c.LinesOf(points.Key) {
		p := matter.BodyOf[Point](ln)
		f.Points = append(f.Points, PointFacts{ln.Seq, strings.TrimSpace(p.Answer) != "", strings.TrimSpace(p.Place) != ""})
	}
	f.Secret = secretField(c, s)
	if f.OutOfClass, err = excluded(ctx, q, c); err != nil {
		return f, err
	}
	if c.SubjectID == "" {
		return f, nil
	}
	f.Twin, err = db.Value[string](ctx, q, `SELECT m.title FROM matter m WHERE m.subject_id = $1 AND m.procedure = $2 AND m.id <> $3 AND m.closed_at = 0 AND (m.submitted_at > 0 OR m.version > 0) ORDER BY m.id LIMIT 1`,
		c.SubjectID, Key, c.ID)
	if db.None(err) {
		err = nil
	}
	return f, err
}

func secretField(c *matter.Case, s *Scheme) string {
	in := func(fields []form.Field, body any) string {
		for _, field := range fields {
			if measures.SpeaksOfSecrets(field.Input(body)) {
				return field.Label
			}
		}
		return ""
	}
	if label := in(schemeForm.Fields(), s); label != "" {
		return label
	}
	for _, ln := range c.Lines {
		if label := in(ln.Of.Form.Fields(), ln.Body); label != "" {
			return ln.Of.Title + " " + label
		}
	}
	return ""
}

func callFacts(_ context.Context, _ db.Querier, c *matter.Case) (review.CallFacts, error) {
	f := review.CallFacts{Estimate: total(c)}
	if call, ok := c.Input.(*review.Convening); ok {
		f.Mode, f.Size, f.Agency = call.Mode, call.Size, call.Agency
	}
	return f, nil
}

func endFacts(ctx context.Context, q db.Querier, c *matter.Case) (review.EndFacts, error) {
	s := matter.FormOf[Scheme](c)
	f := review.EndFacts{Applied: total(c), BuildKind: s.BuildKind, Level: s.Level, Cipher: strings.TrimSpace(s.Cipher+s.CipherNone) != "", Trusted: strings.TrimSpace(s.Trusted) != ""}
	if end, ok := c.Input.(*review.Conclusion); ok {
		f.Result, f.Reviewed, f.Points = end.Result, end.Reviewed, len(pointsOf(end.Points))
	}
	call, ok, err := matter.LastInput[review.Convening](ctx, q, c, Convene)
	if err != nil {
		return f, err
	}
	if ok {
		f.Mode, f.Least = call.Mode, review.Least(f.Applied, c.Values)
	}
	seats, err := matter.SeatsNow(ctx, q, c)
	if err != nil {
		return f, err
	}
	for _, t := range review.LastRound(seats) {
		f.Given++
		if t.Opinion == review.Reject {
			f.Rejected++
		}
	}
	return f, nil
}

func pointsOf(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func clockFacts(ctx context.Context, q db.Querier, c *matter.Case) (ClockFacts, error) {
	e, err := EntryOf(ctx, q, c.ID)
	return e.Facts(c.Today), err
}

// standingFacts are those of the entry as it stood, the clock late or not, on the
// day the plan that takes it went up: what the government decides later was
// valid when it was asked.
func standingFacts(ctx context.Context, q db.Querier, c *matter.Case) (ClockFacts, error) {
	e, err := EntryOf(ctx, q, c.ID)
	if err != nil {
		return ClockFacts{}, err
	}
	at, err := db.Value[int64](ctx, q, `SELECT COALESCE(MAX(v.at), 0) FROM plan_entry i JOIN matter m ON m.id = i.matter_id AND m.state = 'approved'
		JOIN event v ON v.matter_id = m.id AND v.action = 'report' WHERE i.project_id = $1 AND i.reserve_id = $2 AND i.included = 1`, e.ProjectID, c.ID)
	on := c.Today
	if at > 0 {
		on = calendar.Of(matter.Time(at))
	}
	return e.asOf(on).Facts(on), err
}

// decided is the condition that no plan waits for the government with the entry r in it.
const decided = `NOT EXISTS (SELECT 1 FROM plan_entry i JOIN matter m ON m.id = i.matter_id AND m.state IN ('at-government', 'checking')
	WHERE i.project_id = r.project_id AND i.reserve_id = r.matter_id AND i.included = 1)`
