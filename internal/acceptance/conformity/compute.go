package conformity

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/attachment"
	"zhengcheng/internal/construction/connection"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/registry"
)

// What an item of the checklist is.
const (
	Found        = "found"
	Missing      = "missing"
	NoRecord     = "none" // its own record has nothing yet
	NotConcerned = "na"
)

var statuses = []form.Option{{ID: Found, Label: "已有"}, {ID: Missing, Label: "缺"}, {ID: NoRecord, Label: "尚无记录"}, {ID: NotConcerned, Label: "不涉及"}}

// Statuses are the words for what an item is.
func Statuses() []form.Option { return statuses }

// Evidence is where an item is shown: a case, or a document of the application.
type Evidence struct{ Title, Matter, File string }

// Checked is an item of the checklist as it stands now.
type Checked struct {
	Material
	Line     matter.Line
	Need     string
	Status   string
	Says     string // why it is what it is
	Evidence []Evidence
}

// Short reports whether the item is needed, not there and not explained away.
func (k Checked) Short() bool {
	return k.Status == Missing || k.Status == NoRecord && k.Need == Must
}

// kept are the items that have a record of their own; while there is none a document
// stands in, unless the list has the record alone show it.
var kept = []string{"mlps", "cipher", "components", "catalogue", "supervision"}

// record is a case that may show something.
type record struct{ id, procedure, title, number, state string }

func (r record) evidence() Evidence {
	title := r.title
	if r.number != "" {
		title += " " + r.number
	}
	return Evidence{Title: title, Matter: r.id}
}

// done are the states in which a case of a procedure shows what it is about.
var done = map[string][]string{"reserve": {"reserved", "planned"}, "adjustment": {"filed", "approved"}, "estimate": {"recorded"}, "procurement": {"filed", "recorded"}, "contract": {"filed"},
	"annual-plan": {"approved"}, "supplement": {"approved"}, "existing": {"registered"}, "performance-evaluation": {"filed", "noted"}}

// known is what is on record about a project.
type known struct {
	project    registry.Project
	chain      registry.Chain
	records    []record
	breaches   []contract.Breach
	archive    archive.Standing
	connection connection.Standing
	systems    []registry.System
	guarded
}

func (k known) of(procedures ...string) (shown []Evidence, going int) {
	for _, r := range k.records {
		if !slices.Contains(procedures, r.procedure) {
			continue
		}
		if slices.Contains(done[r.procedure], r.state) {
			shown = append(shown, r.evidence())
		} else if r.state != string(matter.Draft) && r.state != "refused" {
			going++
		}
	}
	return shown, going
}

func knownOf(ctx context.Context, q db.Querier, c *matter.Case) (known, error) {
	var k known
	var err error
	if k.project, err = registry.Subject(ctx, q, c); err != nil {
		return k, err
	}
	p := k.project
	period := registry.Period(p.BuildKind, c.Year)
	if k.chain, err = registry.ChainOf(ctx, q, p.ID, period); err != nil {
		return k, err
	}
	if k.records, err = db.All(ctx, q, func(s db.Scanner) (record, error) {
		var r record
		err := s.Scan(&r.id, &r.procedure, &r.title, &r.number, &r.state)
		return r, err
	}, `SELECT m.id, m.procedure, m.title, m.number, m.state FROM matter m WHERE m.subject_id = $1 AND m.subject_id <> '' OR m.id = $2
		OR m.id IN (SELECT e.matter_id FROM plan_entry e WHERE e.project_id = $1 AND e.included = 1 AND e.struck = 0) ORDER BY m.id LIMIT 500`, p.ID, p.MatterID); err != nil {
		return k, err
	}
	if k.breaches, err = contract.Breaches(ctx, q, p.ID, period); err != nil {
		return k, err
	}
	if k.connection, err = connection.StandingOf(ctx, q, p.ID); err != nil {
		return k, err
	}
	if k.archive, err = archive.StandingOf(ctx, q, p.ID, period); err != nil {
		return k, err
	}
	if k.systems, err = registry.EverySystem(ctx, q, p.Jurisdiction, p.UnitID); err != nil {
		return k, err
	}
	return k, k.guard(ctx, q, c)
}

// Compute is the checklist of a case as it stands now.
func Compute(ctx context.Context, q db.Querier, c *matter.Case) ([]Checked, error) {
	k, err := knownOf(ctx, q, c)
	if err != nil {
		return nil, err
	}
	return compute(k, c), nil
}

func compute(k known, c *matter.Case) []Checked {
	a := matter.FormOf[Application](c)
	list := version(a.Version)
	var out []Checked
	for _, ln := range c.LinesOf(checklist.Key) {
		i := matter.BodyOf[Item](ln)
		x := Checked{Material: list.material(i.Key), Line: ln, Need: i.Need}
		x.Title = i.Title
		x.Evidence, x.Says, x.Status = k.shown(i.Key, a)
		for _, f := range c.Files {
			if f.Kind == i.Key && !x.Recorded && !k.mustBeFiled(i.Key) {
				x.Evidence = append(x.Evidence, fileOf(f))
			}
		}
		switch {
		case x.Status == Missing: // something on record stands against it
		case len(x.Evidence) > 0:
			x.Status = Found
		case x.Status != "":
		case i.Waived && !x.Always && hanzi.Given(i.Reason):
			x.Status, x.Says = NotConcerned, strings.TrimSpace(i.Reason)
		case slices.Contains(kept, i.Key) && !x.Recorded:
			x.Status = NoRecord
		default:
			x.Status = Missing
		}
		if x.Says == "" && (x.Status == Missing || x.Status == NoRecord) {
			x.Says = x.Todo
		}
		out = append(out, x)
	}
	return out
}

// mustBeFiled reports whether only a record shows the item: contracts are filed
// (Article 19), and a scan stands in only for those of a project that was begun
// before the Measures.
func (k known) mustBeFiled(key string) bool {
	return key == "contract" && k.project.Origin != "existing"
}

func fileOf(f attachment.File) Evidence {
	return Evidence{Title: f.Name, Matter: f.MatterID, File: f.ID}
}

// shown is what the records say of an item: where it stands, a sentence, and a
// status where they decide by themselves.
func (k known) shown(key string, a *Application) ([]Evidence, string, string) {
	p := k.project
	switch key {
	case "approval":
		list, _ := k.of("annual-plan", "supplement", "existing")
		estimate, _ := k.of("estimate")
		return append(list, estimate...), "概算 " + k.chain.Ceiling.Wan() + " 万元：" + form.Label(registry.Bases, k.chain.Basis), ""
	case "review":
		list, _ := k.of("reserve")
		switch {
		case len(list) > 0:
			return list, "", ""
		case p.Origin == "existing":
			return nil, "存量项目，《办法》施行以前立项", NotConcerned
		case p.Origin == registry.Supplemented:
			return nil, "增补项目，由两家审核，不经储备评审", NotConcerned
		}
	case "adjustment":
		list, going := k.of("adjustment")
		switch {
		case going > 0:
			return list, fmt.Sprintf("还有 %d 份项目调整没有办结", going), Missing
		case len(list) == 0:
			return nil, "没有项目调整的记录", NotConcerned
		}
		return list, "", ""
	case "contract":
		bought, _ := k.of("procurement")
		signed, going := k.of("contract")
		if len(signed) == 0 && going > 0 {
			return bought, fmt.Sprintf("有 %d 份合同还没有备案", going), Missing
		}
		if len(signed) == 0 && k.mustBeFiled(key) {
			return bought, "还没有备案的合同，请在项目页面报合同备案", Missing
		}
		if len(signed) == 0 {
			return nil, "", ""
		}
		return append(bought, signed...), "合同合计 " + k.chain.Contracted.Wan() + " 万元", ""
	case "connection":
		if x := k.connection; x.MatterID != "" {
			shown := []Evidence{{Title: "接入登记 " + string(x.On), Matter: x.MatterID}}
			if len(x.Apart) > 0 {
				return shown, "还没有接入" + strings.Join(x.Apart, "、"), Missing
			}
			return shown, "", ""
		}
	case "mlps":
		return k.graded()
	case "cipher":
		return k.ciphered()
	case "components":
		return k.composed()
	case "catalogue":
		return k.catalogued()
	case "register":
		return k.registered(a)
	case "archive":
		return k.archived()
	case "performance":
		list, _ := k.of("performance-evaluation")
		return list, "", ""
	}
	return nil, "", ""
}

func (k known) registered(a *Application) ([]Evidence, string, string) {
	name := hanzi.NormalName(a.System)
	for _, y := range k.systems {
		if y.State != "retired" && (name != "" && hanzi.NormalName(y.Name) == name || k.project.BuildKind == registry.Operate) {
			return []Evidence{{Title: "系统台账：" + y.Name}}, "", ""
		}
	}
	if name != "" && k.project.BuildKind != registry.Operate {
		return []Evidence{{Title: a.System + " 在验收备案后登入系统台账"}}, "", ""
	}
	return nil, "", ""
}

func (k known) archived() ([]Evidence, string, string) {
	s := k.archive
	switch s.Result {
	case archive.Qualified:
		return []Evidence{{Title: string(s.On) + " 档案验收合格（" + s.Organiser + "）", Matter: s.MatterID}}, "", ""
	case archive.Unqualified:
		return []Evidence{{Title: string(s.On) + " 档案验收不合格（" + s.Organiser + "）", Matter: s.MatterID}}, "档案验收不合格，整改后另行验收", Missing
	}
	return nil, "", ""
}
