package conformity_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/acceptance/conformity"
	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/acceptance/procurement"
	"zhengcheng/internal/attachment"
	"zhengcheng/internal/budgeting/budget"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/construction/adjustment"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/ledger/verify"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/protection/component"
	"zhengcheng/internal/registry"
)

var seed = flag.Uint64("seed", 0, "order of the acts in the tests of any order; 0 takes a new one")

// dice are the choices of a test, and say when it fails how to have them again.
func dice(t *testing.T) *rand.Rand {
	t.Helper()
	s := *seed
	if s == 0 {
		s = rand.Uint64()
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("again: go test -run '^%s$' ./internal/acceptance/conformity -args -seed=%d", t.Name(), s)
		}
	})
	return rand.New(rand.NewPCG(s, 0))
}

// year the money is of, and the day everything happens on.
const (
	year  = 2027
	today = calendar.Date("2027-06-16")
)

// city has the bureau, the finance bureau and a water office, and every procedure
// that moves money or accepts.
type city struct {
	t      *testing.T
	ctx    context.Context
	d      *db.DB
	e      *matter.Engine
	paper  attachment.Stored
	actors map[string]identity.Actor
	// answers are reasons for every warning there is: what they judge is recorded all the same.
	answers map[string]string
}

func build(t *testing.T, d *db.DB) *city {
	t.Helper()
	c := &city{t: t, ctx: t.Context(), d: d, actors: map[string]identity.Actor{}, answers: map[string]string{}}
	must(t, d.Write(c.ctx, func(tx *db.Tx) error { return settle(c.ctx, tx) }))
	units, err := identity.LoadDirectory(c.ctx, d)
	must(t, err)
	store, err := attachment.OpenStore(t.TempDir())
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	c.e, err = matter.New(d, calendar.Offset(time.Date(year, 6, 16, 10, 0, 0, 0, calendar.Shanghai)), units, store, budget.Declaring(), budget.Arranging(units), adjustment.Adjusting(),
		procurement.Recording(units), contract.Filing(units), contract.Paying(units), contract.Settling(units), archive.Accepting(), conformity.Applying(), component.Declaring())
	must(t, err)
	c.paper, err = store.Put("paper.pdf", strings.NewReader("%PDF-1.4 paper"))
	must(t, err)
	for _, p := range c.e.Procedures() {
		for _, r := range p.Checks() {
			if r.Effect == measures.Warn {
				c.answers[r.ID] = "已经核实，情况属实"
			}
		}
	}
	return c
}

func settle(ctx context.Context, tx *db.Tx) error {
	if _, err := tx.Exec(ctx, `INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ('city', '试验市', '5202', '试验', 'own')`); err != nil {
		return err
	}
	for _, u := range []identity.Unit{{ID: "bureau", Name: "市大数据发展管理局", Office: identity.BigData}, {ID: "finance", Name: "市财政局", Office: identity.Finance}, {ID: "water", Name: "市水务局"}} {
		u.Jurisdiction, u.ShortName, u.Code, u.Kind = "city", u.Name, u.ID, "department"
		if _, err := identity.AddUnit(ctx, tx, u); err != nil {
			return err
		}
		for _, login := range []string{"clerk", "head", "head2"} {
			p := identity.Person{ID: u.ID + "." + login, Jurisdiction: "city", UnitID: u.ID, Name: u.ID + "." + login, Login: u.ID + "." + login, Roles: []string{strings.TrimSuffix(login, "2")}}
			if _, err := identity.AddPerson(ctx, tx, p, 1); err != nil {
				return err
			}
		}
	}
	return nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (c *city) as(login string) identity.Actor {
	c.t.Helper()
	a, ok := c.actors[login]
	if !ok {
		var err error
		a, err = identity.ActorByLogin(c.ctx, c.d, login)
		must(c.t, err)
		c.actors[login] = a
	}
	return a
}

// begin enters a project of the water office as a supplement of the year, with what
// its budgets may come to.
func (c *city) begin(code, kind string, stage registry.Stage, ceiling money.Fen) string {
	c.t.Helper()
	id := ""
	must(c.t, c.d.Write(c.ctx, func(tx *db.Tx) error {
		p, err := registry.Add(c.ctx, tx, registry.Project{Jurisdiction: "city", UnitID: "water", Code: code, Name: "河道监测 " + code, Year: year, BuildKind: kind, Stage: stage,
			Origin: "existing", Goal: "建成河道监测系统", MatterID: "m"}, 1)
		id = p.ID
		if err != nil {
			return err
		}
		return registry.Book(c.ctx, outside(tx), registry.Booking{Project: p.ID, Period: registry.Period(kind, year), Kind: registry.Ceiling, Amount: ceiling, Year: year, Title: "概算", Basis: registry.OnReview})
	}))
	return id
}

// outside is an act of a procedure this city does not have.
func outside(tx *db.Tx) *matter.Doing {
	return &matter.Doing{Tx: tx, Case: &matter.Case{ID: "m", Now: time.UnixMilli(5)}, EventID: "e"}
}

// raise gives the chain of a project a higher estimate, as the government approves it.
func (c *city) raise(project, period string, amount money.Fen) {
	c.t.Helper()
	must(c.t, c.d.Write(c.ctx, func(tx *db.Tx) error {
		return registry.Book(c.ctx, outside(tx), registry.Booking{Project: project, Period: period, Kind: registry.Ceiling, Amount: amount, Year: year, Title: "概算批复"})
	}))
}

// correct books on the budgets of a chain what no procedure of the city books: a cut.
func (c *city) correct(project, period string, amount money.Fen) error {
	return c.d.Write(c.ctx, func(tx *db.Tx) error {
		return registry.Book(c.ctx, outside(tx), registry.Booking{Project: project, Period: period, Kind: registry.Budget, Amount: amount, Year: year, Title: "更正"})
	})
}

// deed is an act somebody may take now.
type deed struct {
	login, matter string
	do            matter.Action
	input         map[string]string
}

func (d deed) String() string {
	return fmt.Sprintf("%s %s %.8s…%s %v", d.login, d.do, d.matter, d.matter[max(0, len(d.matter)-4):], d.input)
}

// try takes an act, with a reason for everything that asks for one.
func (c *city) try(d deed) (matter.Result, error) {
	return c.e.Act(c.ctx, c.actors[d.login], matter.Request{Matter: d.matter, Action: d.do, Reason: "情况属实", Answers: c.answers, Input: d.input})
}

// act takes acts that must succeed and gives the number the last one issued.
func (c *city) act(deeds ...deed) string {
	c.t.Helper()
	number := ""
	for _, d := range deeds {
		c.as(d.login)
		res, err := c.try(d)
		if err != nil {
			c.t.Fatalf("%s: %s", d, says(err))
		}
		number = res.Number
	}
	return number
}

// says is a refusal with what each rule found.
func says(err error) string {
	var no *measures.Refusal
	if !errors.As(err, &no) {
		return err.Error()
	}
	out := []string{"refused"}
	for _, f := range measures.Blocking(no.Findings) {
		out = append(out, fmt.Sprintf("%s %v", f.RuleID, f.Problems))
	}
	for _, f := range measures.Unanswered(no.Findings) {
		out = append(out, fmt.Sprintf("%s has no answer", f.RuleID))
	}
	return strings.Join(out, "; ")
}

// open drafts a case about a project; what it says is merged over the usual.
func (c *city) open(login, procedure, project string, usual, said map[string]string, lines ...map[string]string) string {
	c.t.Helper()
	form := maps.Clone(usual)
	maps.Copy(form, said)
	res, err := c.e.Open(c.ctx, c.as(login), matter.OpenRequest{Procedure: procedure, Year: year, SubjectID: project, Form: form, Lines: lines})
	if err != nil {
		c.t.Fatalf("open %s: %v", procedure, err)
	}
	return res.Matter
}

func (c *city) attach(login, id string, kinds ...string) {
	c.t.Helper()
	for _, kind := range kinds {
		_, err := c.e.Attach(c.ctx, c.as(login), id, kind, c.paper)
		must(c.t, err)
	}
}

func (c *city) load(login, id string) *matter.Case {
	c.t.Helper()
	k, err := c.e.Load(c.ctx, c.as(login), id)
	must(c.t, err)
	return k
}

// submitted are the two acts by which a unit sends a case out.
func submitted(id string) []deed {
	return []deed{{login: "water.clerk", matter: id, do: matter.Submit}, {login: "water.head", matter: id, do: matter.SignOff}}
}

// declared brings a declaration of a project's money to the finance bureau's desk;
// money that is not the city's counts when it is acknowledged there.
func (c *city) declared(code, source string, amount money.Fen) string {
	c.t.Helper()
	id := c.open("water.clerk", budget.Key, "", map[string]string{"contact": "罗燕", "contact_phone": "0858-5550101"}, nil)
	line := map[string]string{"code": code, "category": "dev", source: amount.WanExact(), "document": "黔财〔2027〕8号"}
	for _, ln := range c.load("water.clerk", id).Lines { // what the plan of the year has
		must(c.t, c.e.RemoveLine(c.ctx, c.as("water.clerk"), id, ln.ID))
	}
	_, err := c.e.AddLine(c.ctx, c.as("water.clerk"), id, "", line)
	must(c.t, err)
	c.act(submitted(id)...)
	return id
}

// archived brings an archive acceptance to the bureau's desk.
func (c *city) archived(project, result string, on calendar.Date) string {
	c.t.Helper()
	id := c.open("water.clerk", archive.Key, project, map[string]string{"organiser": "市档案局", "accepted_on": string(on), "result": result, "opinion": "已经验收。", "mend": "补齐竣工图。"}, nil)
	for _, ln := range c.load("water.clerk", id).Lines {
		if matter.BodyOf[archive.Item](ln).Status != "" {
			continue
		}
		_, err := c.e.Save(c.ctx, c.as("water.clerk"), matter.SaveRequest{Matter: id, Line: ln.ID, Rev: ln.Rev, Values: map[string]string{"status": archive.Found, "medium": "paper"}})
		must(c.t, err)
	}
	c.attach("water.clerk", id, archive.Opinion)
	c.act(submitted(id)...)
	return id
}

// applying drafts the acceptance of a project.
func (c *city) applying(project, kind string) string {
	c.t.Helper()
	form := map[string]string{"applied_on": string(today)}
	if kind != registry.Operate {
		maps.Copy(form, map[string]string{"preliminary_on": "2027-01-10", "trial_from": "2027-01-11", "trial_to": "2027-05-31"})
	}
	id := c.open("water.clerk", conformity.Key, project, form, nil)
	for _, m := range conformity.ListAt(today).Materials {
		if m.Need(kind) == conformity.Must && m.Key != "archive" {
			c.attach("water.clerk", id, m.Key)
		}
	}
	if kind == registry.New {
		c.bare(project)
	}
	c.attach("water.clerk", id, conformity.Report, conformity.MendReport, conformity.FinalAccount)
	ln := c.load("water.clerk", id).Lines[0]
	_, err := c.e.Save(c.ctx, c.as("water.clerk"), matter.SaveRequest{Matter: id, Line: ln.ID, Rev: ln.Rev, Values: map[string]string{"completed": "全部建成。", "done": "full"}})
	must(c.t, err)
	return id
}

// bare declares that nothing was put in that is graded.
func (c *city) bare(project string) {
	c.t.Helper()
	id := c.open("water.clerk", component.Key, project, map[string]string{"none": "只使用政务云已有资源"}, nil)
	c.act(append(submitted(id), deed{login: "bureau.clerk", matter: id, do: matter.Acknowledge})...)
}

// organising brings the acceptance of a project through the conformity check.
func (c *city) organising(project, kind string) string {
	c.t.Helper()
	id := c.applying(project, kind)
	c.checked(id)
	return id
}

// checked hands an application in and has the check pass it.
func (c *city) checked(id string) {
	c.t.Helper()
	c.act(submitted(id)...)
	c.act(deed{login: "bureau.clerk", matter: id, do: conformity.Propose}, deed{login: "bureau.head", matter: id, do: conformity.Pass})
}

// whole demands that every kept sum is what its entries add up to, and that the
// record is whole.
func (c *city) whole() {
	c.t.Helper()
	for _, check := range []func(context.Context, db.Querier) ([]string, error){registry.CheckMoney, registry.CheckTotals} {
		if wrong, err := check(c.ctx, c.d); len(wrong) > 0 || err != nil {
			c.t.Errorf("kept sums: %v %q", err, wrong)
		}
	}
	signer, err := ledger.LoadSigner(filepath.Join(c.t.TempDir(), "ledger.key"), "试验 存证")
	must(c.t, err)
	_, err = (&ledger.Sequencer{DB: c.d, Signer: signer, Now: time.Now, Holder: "test"}).Flush(c.ctx)
	must(c.t, err)
	report, err := verify.Run(c.ctx, c.d.SQL(), signer.Public())
	if must(c.t, err); !report.OK() || report.Entries == 0 || report.Pending != 0 {
		c.t.Errorf("record: %+v", report)
	}
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }
