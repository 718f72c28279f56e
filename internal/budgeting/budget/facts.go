package budget

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"zhengcheng/internal/budgeting/performance"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// Declared are the facts of a declaration.
type Declared struct {
	On    calendar.Date `json:"on"`
	Year  int64         `json:"year"`
	Lines []LineFacts   `json:"lines"`
}

// LineFacts are the facts of one declared line.
type LineFacts struct {
	Seq      int64     `json:"seq"`
	Code     string    `json:"code"`
	Known    bool      `json:"known"`   // the unit's own project has this code
	Planned  bool      `json:"planned"` // in the approved plan or a supplement of the year
	Category bool      `json:"category"`
	City     money.Fen `json:"city"`
	Others   money.Fen `json:"others"`
	Document bool      `json:"document"`
	Ceiling  money.Fen `json:"ceiling,omitempty"` // what controls the budgets of its project
	Budget   money.Fen `json:"budget,omitempty"`  // arranged before
	Coming   money.Fen `json:"coming,omitempty"`  // of other sources with a document, all lines of the project
}

// known is what the register says of the projects of some codes.
type known struct {
	registry.Project
	planned bool
}

// inPlan holds of a project that the approved annual plan of the year has, or a
// supplement of it.
const inPlan = `(p.origin = 'supplement' AND p.year = $1 OR EXISTS (SELECT 1 FROM plan_entry e JOIN matter m ON m.id = e.matter_id
	WHERE e.project_id = p.id AND e.included = 1 AND e.struck = 0 AND m.year = $1 AND m.state = 'approved'))`

// Planned counts the projects of a unit that the approved plan or the supplements
// of a year have.
func Planned(ctx context.Context, q db.Querier, unitID string, year int64) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT COUNT(*) FROM project p WHERE p.unit_id = $2 AND `+inPlan, year, unitID)
}

func byCode(ctx context.Context, q db.Querier, c *matter.Case) (map[string]known, error) {
	var args db.Args
	args.Add(c.Year)
	var codes []string
	for _, ln := range c.LinesOf("") {
		codes = append(codes, strings.TrimSpace(matter.BodyOf[Line](ln).Code))
	}
	list, err := db.All(ctx, q, func(s db.Scanner) (known, error) {
		var k known
		var planned int64
		err := s.Scan(&k.ID, &k.UnitID, &k.Code, &k.Name, &k.BuildKind, &k.Stage, &planned)
		k.planned = planned == 1
		return k, err
	}, `SELECT p.id, p.unit_id, p.code, p.name, p.build_kind, p.stage, CASE WHEN `+inPlan+` THEN 1 ELSE 0 END FROM project p
		WHERE p.jurisdiction = `+args.Add(c.Jurisdiction)+` AND p.unit_id = `+args.Add(c.UnitID)+` AND p.code IN `+args.In(codes...)+` ORDER BY p.id`, args.List()...)
	out := map[string]known{}
	for _, k := range list {
		out[k.Code] = k
	}
	return out, err
}

func gatherDeclared(ctx context.Context, q db.Querier, c *matter.Case) (Declared, error) {
	f := Declared{On: c.Today, Year: c.Year}
	at, err := byCode(ctx, q, c)
	if err != nil {
		return f, err
	}
	var ids []string
	for _, k := range at {
		ids = append(ids, k.ID)
	}
	chains := map[string]registry.Chain{}
	if len(ids) > 0 {
		all, err := registry.Chains(ctx, q, ids...)
		if err != nil {
			return f, err
		}
		for _, x := range all {
			chains[x.Project+x.Period] = x
		}
	}
	coming := map[string]money.Fen{}
	for _, ln := range c.LinesOf("") {
		l := matter.BodyOf[Line](ln)
		k, there := at[strings.TrimSpace(l.Code)]
		f.Lines = append(f.Lines, LineFacts{Seq: ln.Seq, Code: l.Code, Known: there, Planned: k.planned, Category: l.Category != "", City: l.Funds.City(), Others: l.Funds.Total() - l.Funds.City(),
			Document: hanzi.Given(l.Document)})
		n := &f.Lines[len(f.Lines)-1]
		if x, is := chains[k.ID+registry.Period(k.BuildKind, c.Year)]; is {
			n.Ceiling, n.Budget = x.Ceiling, x.Budget
		}
		if n.Document {
			coming[k.ID] += n.Others
		}
	}
	for i := range f.Lines {
		f.Lines[i].Coming = coming[at[strings.TrimSpace(f.Lines[i].Code)].ID]
	}
	return f, nil
}

// Proposed are the facts of a proposal.
type Proposed struct {
	On     calendar.Date `json:"on"`
	Year   int64         `json:"year"`
	Items  []ItemFacts   `json:"items"`
	Chains []ChainFacts  `json:"chains"`
	Papers int           `json:"papers,omitempty"` // conclusions of budget reviews attached
}

// ItemFacts are the facts of one proposed item.
type ItemFacts struct {
	Seq      int64     `json:"seq"`
	Name     string    `json:"name"`
	Planned  bool      `json:"planned"` // in the approved plan or a supplement of the year
	Project  money.Fen `json:"project"` // declared for the whole project
	Declared money.Fen `json:"declared"`
	Checked  money.Fen `json:"checked"`
	Proposed money.Fen `json:"proposed"`

	Review     string        `json:"review,omitempty"` // conclusion that Checked stands on, as it is named; "" or a filler: none
	ReviewedOn calendar.Date `json:"reviewed_on,omitempty"`
	DeclaredOn calendar.Date `json:"declared_on,omitempty"` // by the unit's head
}

// ChainFacts are what the estimate of a project, or of its service period, leaves.
type ChainFacts struct {
	Seq      int64     `json:"seq"` // of its first item
	Name     string    `json:"name"`
	Ceiling  money.Fen `json:"ceiling"`
	Basis    string    `json:"basis"`
	Budget   money.Fen `json:"budget"` // arranged before
	Proposed money.Fen `json:"proposed"`
	Grade    string    `json:"grade,omitempty"`  // of the last self-evaluation
	Graded   int64     `json:"graded,omitempty"` // its year
	Owes     int64     `json:"owes,omitempty"`   // year whose self-evaluation is overdue
}

func gatherProposed(ctx context.Context, q db.Querier, c *matter.Case) (Proposed, error) {
	f := Proposed{On: c.Today, Year: c.Year}
	type state struct {
		project string
		planned bool
		chain   registry.Chain
	}
	list, err := db.All(ctx, q, func(s db.Scanner) (state, error) {
		var n state
		var planned int64
		err := s.Scan(&n.project, &planned, &n.chain.Basis, &n.chain.Ceiling, &n.chain.Budget)
		n.planned = planned == 1
		return n, err
	}, `SELECT p.id, CASE WHEN `+inPlan+` THEN 1 ELSE 0 END, COALESCE(k.basis, ''), COALESCE(k.ceiling, 0), COALESCE(k.budget, 0) FROM project p
		LEFT JOIN money_chain k ON k.project_id = p.id AND k.period = CASE WHEN p.build_kind = 'om' THEN $3 ELSE '' END
		WHERE p.id IN (SELECT a.project_id FROM arrangement_line a WHERE a.matter_id = $2) ORDER BY p.id`, c.Year, c.ID, registry.Period(registry.Operate, c.Year))
	if err != nil {
		return f, err
	}
	at := map[string]state{}
	for _, n := range list {
		at[n.project] = n
	}
	stand, err := performance.Standings(ctx, q, c.Today, c.Values, slices.Collect(maps.Keys(at))...)
	if err != nil {
		return f, err
	}
	declared, err := declaredOn(ctx, q, c)
	if err != nil {
		return f, err
	}
	for _, file := range c.Files {
		if file.Kind == ReviewPaper {
			f.Papers++
		}
	}
	chains, whole := map[string]int{}, map[string]money.Fen{}
	for _, ln := range c.LinesOf("") {
		i := matter.BodyOf[Item](ln)
		whole[i.ProjectID] += i.Declared
	}
	for _, ln := range c.LinesOf("") {
		i := matter.BodyOf[Item](ln)
		n := at[i.ProjectID]
		f.Items = append(f.Items, ItemFacts{Seq: ln.Seq, Name: i.Name, Planned: n.planned, Project: whole[i.ProjectID], Declared: i.Declared, Checked: i.Checked, Proposed: i.Proposed,
			ReviewedOn: i.ReviewedOn, DeclaredOn: declared[i.LineID]})
		if hanzi.Given(i.ReviewNumber) {
			f.Items[len(f.Items)-1].Review = strings.TrimSpace(i.ReviewNumber)
		}
		k, ok := chains[i.ProjectID]
		if !ok {
			k = len(f.Chains)
			chains[i.ProjectID] = k
			f.Chains = append(f.Chains, ChainFacts{Seq: ln.Seq, Name: i.Name, Ceiling: n.chain.Ceiling, Basis: n.chain.Basis, Budget: n.chain.Budget,
				Grade: stand[i.ProjectID].Grade, Graded: stand[i.ProjectID].Year, Owes: stand[i.ProjectID].Owes})
		}
		f.Chains[k].Proposed += i.Proposed
	}
	return f, nil
}

// declaredOn are the days on which units handed in what a proposal takes up, by line.
func declaredOn(ctx context.Context, q db.Querier, c *matter.Case) (map[string]calendar.Date, error) {
	out := map[string]calendar.Date{}
	return out, db.Together(ctx, q, db.Each(func(s db.Scanner) error {
		var line string
		var at int64
		err := s.Scan(&line, &at)
		out[line] = calendar.Of(matter.Time(at))
		return err
	}, `SELECT b.id, d.submitted_at FROM budget_line b JOIN matter d ON d.id = b.matter_id WHERE b.id IN (SELECT a.line_id FROM arrangement_line a WHERE a.matter_id = $1)`, c.ID))
}

// prefill are the lines a declaration begins with: the projects of the unit that
// the approved plan or the supplements of the year have and that no filed
// declaration of the year has yet.
func prefill(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
	type planned struct {
		line                           Line
		kind                           string
		city, central, provincial, own money.Fen
	}
	list, err := db.All(ctx, q, func(s db.Scanner) (planned, error) {
		var n planned
		err := s.Scan(&n.line.Code, &n.line.Name, &n.kind, &n.city, &n.central, &n.provincial, &n.own)
		return n, err
	}, `SELECT p.code, p.name, p.build_kind, COALESCE(e.fund_city, p.planned), COALESCE(e.fund_central, 0), COALESCE(e.fund_provincial, 0), COALESCE(e.fund_own, 0) FROM project p
		LEFT JOIN (SELECT x.project_id, x.fund_city, x.fund_central, x.fund_provincial, x.fund_own FROM plan_entry x JOIN matter m ON m.id = x.matter_id
			WHERE x.included = 1 AND x.struck = 0 AND m.year = $1 AND m.state = 'approved') e ON e.project_id = p.id
		WHERE p.unit_id = $2 AND `+inPlan+` AND NOT EXISTS (SELECT 1 FROM budget_line b JOIN matter d ON d.id = b.matter_id
			WHERE b.code = p.code AND d.unit_id = p.unit_id AND d.year = $1 AND d.state <> 'draft') ORDER BY p.sort_key, p.id LIMIT 200`, c.Year, c.UnitID)
	if err != nil {
		return nil, err
	}
	var out []matter.Line
	for _, n := range list {
		l := n.line
		l.Funds = registry.Funds{General: n.city, Central: n.central, Provincial: n.provincial, Own: n.own}
		if n.kind == registry.Operate {
			l.Category = "om"
		}
		out = append(out, matter.Line{Of: lines, Body: &l})
	}
	return out, nil
}

// declaredLine is an acknowledged line as the finance bureau takes it up.
type declaredLine struct {
	id, project, unitID, code, name, category string
	city                                      [3]money.Fen // as municipal
}

// waiting lists the municipal money of acknowledged declarations of the year that
// no proposal has taken up; what an approval struck can be proposed again.
func waiting(ctx context.Context, q db.Querier, c *matter.Case, unitName func(string) string) ([]*Item, error) {
	list, err := db.All(ctx, q, func(s db.Scanner) (declaredLine, error) {
		var l declaredLine
		err := s.Scan(&l.id, &l.project, &l.unitID, &l.code, &l.name, &l.category, &l.city[0], &l.city[1], &l.city[2])
		return l, err
	}, `SELECT b.id, p.id, d.unit_id, b.code, b.name, b.category, b.fund_general, b.fund_gov, b.fund_soe FROM budget_line b JOIN matter d ON d.id = b.matter_id JOIN project p ON p.jurisdiction = d.jurisdiction AND p.code = b.code
		WHERE d.jurisdiction = $1 AND d.procedure = $2 AND d.year = $3 AND d.state = $4
		AND NOT EXISTS (SELECT 1 FROM arrangement_line a WHERE a.line_id = b.id AND a.struck = 0) ORDER BY d.unit_id, p.sort_key, b.seq, b.id LIMIT 3000`, c.Jurisdiction, Key, c.Year, string(Filed))
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, l := range list {
		if !slices.Contains(ids, l.project) {
			ids = append(ids, l.project)
		}
	}
	stand, err := performance.Standings(ctx, q, c.Today, c.Values, ids...)
	if err != nil {
		return nil, err
	}
	units, err := performance.UnitGrades(ctx, q, c.Jurisdiction)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(list, func(a, b declaredLine) int {
		return cmp.Compare(performance.Rank(units[a.unitID]), performance.Rank(units[b.unitID]))
	})
	var out []*Item
	for _, l := range list {
		for i, source := range municipal {
			if l.city[i] > 0 {
				out = append(out, &Item{LineID: l.id, ProjectID: l.project, Unit: unitName(l.unitID), Code: l.code, Name: l.name, Category: l.category, Source: source.ID, Declared: l.city[i], Proposed: l.city[i], Grade: stand[l.project].Grade, UnitGrade: units[l.unitID]})
			}
		}
	}
	return out, nil
}
