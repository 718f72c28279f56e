// Package registry holds the nouns every chapter speaks of: projects and
// information systems, and the totals that lists show of them.
package registry

import (
	"context"
	"fmt"
	"sort"

	"github.com/google/uuid"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

// Kinds of construction, Article 3.
const (
	New      = "new"
	Continue = "continue"
	Extend   = "extend"
	Rebuild  = "rebuild"
	Operate  = "om"
)

// BuildKinds are the choices of 建设性质: 新、续、扩、改建 and 运维 (Article 3).
var BuildKinds = []form.Option{{ID: New, Label: "新建"}, {ID: Continue, Label: "续建"}, {ID: Extend, Label: "扩建"}, {ID: Rebuild, Label: "改建"}, {ID: Operate, Label: "运维"}}

// SystemClasses after GB/T 40692—2021; the list is a reading of the standard.
var SystemClasses = []form.Option{
	{ID: "network", Label: "电子政务网络平台"}, {ID: "business_app", Label: "重点业务信息系统"}, {ID: "office_app", Label: "机关内部办公系统"},
	{ID: "public_service", Label: "公共服务网站、平台、移动应用"}, {ID: "data_resource", Label: "信息资源库"}, {ID: "support_platform", Label: "应用支撑（共性）平台"},
	{ID: "cloud_dc", Label: "电子政务基础设施"}, {ID: "security_infra", Label: "信息安全基础设施"}, {ID: "standard", Label: "标准化体系"},
	{ID: "sensing", Label: "感知、视频等前端"}, {ID: "service", Label: "运维及第三方信息化服务"},
}

// Stage is where a project stands on its way from plan to retirement.
type Stage string

const (
	Planned    Stage = "filed"     // 计划已备案
	Reserved   Stage = "reserved"  // 已入储备库
	Scheduled  Stage = "scheduled" // 列入年度计划
	Approved   Stage = "approved"  // 市政府已批准
	Building   Stage = "building"  // 建设中
	Accepted   Stage = "accepted"  // 已验收
	Operating  Stage = "operating" // 运行
	Suspended  Stage = "suspended" // 暂停
	Terminated Stage = "ended"     // 终止
)

// Stages in order, with the word people use.
var Stages = []form.Option{{ID: string(Planned), Label: "计划已备案"}, {ID: string(Reserved), Label: "已入储备库"}, {ID: string(Scheduled), Label: "列入年度计划"},
	{ID: string(Approved), Label: "已批准"}, {ID: string(Building), Label: "建设中"}, {ID: string(Accepted), Label: "已验收"}, {ID: string(Operating), Label: "运行"}, {ID: string(Suspended), Label: "已暂停"}, {ID: string(Terminated), Label: "终止"}}

// Supplemented is the origin of projects that joined a plan as supplements (Article 11).
const Supplemented = "supplement"

// Project is one line from plan to retirement.
type Project struct {
	ID           string    `json:"id"`
	Jurisdiction string    `json:"jurisdiction"`
	UnitID       string    `json:"unit_id"`
	ParentUnitID string    `json:"parent_unit_id"`
	Code         string    `json:"code"`
	Name         string    `json:"name"`
	Year         int64     `json:"year"`
	BuildKind    string    `json:"build_kind"`
	Class        string    `json:"class"`
	Stage        Stage     `json:"stage"`
	Origin       string    `json:"origin"` // plan, existing, supplement, reserve
	OwnBuild     bool      `json:"own_build"`
	Goal         string    `json:"goal"`
	Estimate     money.Fen `json:"estimate"`
	Reviewed     money.Fen `json:"reviewed"`
	Planned      money.Fen `json:"planned"`
	Money        Money     `json:"money"`
	MatterID     string    `json:"matter_id"`
	CreatedAt    int64     `json:"created_at"`
	ChangedAt    int64     `json:"changed_at"`
}

// Listed is what a list shows of a project; Load has the whole.
type Listed struct {
	ID        string    `json:"id"`
	UnitID    string    `json:"unit_id"`
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	Year      int64     `json:"year"`
	BuildKind string    `json:"build_kind"`
	Stage     Stage     `json:"stage"`
	Origin    string    `json:"origin"` // as in Project
	OwnBuild  bool      `json:"own_build"`
	Estimate  money.Fen `json:"estimate"`
	Money     Money     `json:"money"`
}

const projectRow = `p.id, p.unit_id, p.code, p.name, p.year, p.build_kind, p.stage, p.origin, p.own_build, p.estimate, ` + moneyColumns

const moneyColumns = `p.ceiling, p.budget, p.contracted, p.paid, p.settled`

func scanProjectRow(s db.Scanner) (Listed, error) {
	var r Listed
	var own int64
	err := s.Scan(append([]any{&r.ID, &r.UnitID, &r.Code, &r.Name, &r.Year, &r.BuildKind, (*string)(&r.Stage), &r.Origin, &own, (*int64)(&r.Estimate)}, r.Money.dest()...)...)
	r.OwnBuild = own == 1
	return r, err
}

const projectColumns = `p.id, p.jurisdiction, p.unit_id, p.parent_unit_id, p.code, p.name, p.year, p.build_kind, p.class, p.stage, p.origin, p.own_build, p.goal,
	p.estimate, p.reviewed, p.planned, p.matter_id, p.created_at, p.changed_at, ` + moneyColumns

func scanProject(s db.Scanner) (Project, error) {
	var p Project
	var own int64
	err := s.Scan(append([]any{&p.ID, &p.Jurisdiction, &p.UnitID, &p.ParentUnitID, &p.Code, &p.Name, &p.Year, &p.BuildKind, &p.Class, &p.Stage, &p.Origin, &own, &p.Goal,
		&p.Estimate, &p.Reviewed, &p.Planned, &p.MatterID, &p.CreatedAt, &p.ChangedAt}, p.Money.dest()...)...)
	p.OwnBuild = own == 1
	return p, err
}

// Add enters a project, keeps the totals and makes it findable. It returns the
// project with its id.
func Add(ctx context.Context, tx *db.Tx, p Project, at int64) (Project, error) {
	p.ID, p.CreatedAt, p.ChangedAt = uuid.Must(uuid.NewV7()).String(), at, at
	err := tx.Later(ctx, `INSERT INTO project (id, jurisdiction, unit_id, parent_unit_id, code, name, normal_name, sort_key, year, build_kind, class, stage, origin,
		own_build, goal, estimate, reviewed, planned, matter_id, created_at, changed_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)`,
		p.ID, p.Jurisdiction, p.UnitID, p.ParentUnitID, p.Code, p.Name, hanzi.NormalName(p.Name), hanzi.SortKey(p.Name), p.Year, p.BuildKind, p.Class, string(p.Stage), p.Origin,
		db.Flag(p.OwnBuild), p.Goal, int64(p.Estimate), int64(p.Reviewed), int64(p.Planned), p.MatterID, at, at)
	if err != nil {
		return p, fmt.Errorf("add project %s: %w", p.Code, err)
	}
	if err := addTotals(ctx, tx, p, 1); err != nil {
		return p, err
	}
	return p, Index(ctx, tx, p.Jurisdiction, "project", p.ID, p.Name+" "+p.Code)
}

// Move writes the stage and amounts of a project and keeps the totals, guarded
// by the stage it is expected to be in.
func Move(ctx context.Context, tx *db.Tx, id string, from Stage, change func(*Project), at int64) error {
	p, err := db.One(ctx, tx, scanProject, `SELECT `+projectColumns+` FROM project p WHERE p.id = $1`, id)
	if err != nil {
		return fmt.Errorf("move project %s: %w", id, err)
	}
	if p.Stage != from {
		return problem.New(problem.Conflict, "项目“%s”现在是“%s”，不能再按“%s”办理", p.Name, form.Label(Stages, string(p.Stage)), form.Label(Stages, string(from)))
	}
	if err := addTotals(ctx, tx, p, -1); err != nil {
		return err
	}
	change(&p)
	res, err := tx.Exec(ctx, `UPDATE project SET stage = $1, estimate = $2, reviewed = $3, planned = $4, changed_at = $5 WHERE id = $6 AND stage = $7`,
		string(p.Stage), int64(p.Estimate), int64(p.Reviewed), int64(p.Planned), at, id, string(from))
	if err := db.OneRow(res, err, problem.New(problem.Conflict, "项目“%s”刚被别人办理", p.Name)); err != nil {
		return err
	}
	return addTotals(ctx, tx, p, 1)
}

// Whose sums a kept total holds, besides those of a unit: what is read for a whole
// jurisdiction stays as small as its years.
const (
	everyUnit = ""  // all units, still by stage and kind
	wholeYear = "*" // all units, stages and kinds
)

// addTotals keeps the sums of the unit, of all units and of the year.
func addTotals(ctx context.Context, tx *db.Tx, p Project, sign int64) error {
	return tx.Later(ctx, `INSERT INTO project_total (jurisdiction, unit_id, year, stage, build_kind, projects, estimate, reviewed, planned, ceiling, budget, contracted, paid, settled)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14), ($1,'',$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14), ($1,'*',$3,'','',$6,$7,$8,$9,$10,$11,$12,$13,$14) ON CONFLICT (jurisdiction, unit_id, year, stage, build_kind) DO UPDATE SET
		projects = project_total.projects + excluded.projects, estimate = project_total.estimate + excluded.estimate,
		reviewed = project_total.reviewed + excluded.reviewed, planned = project_total.planned + excluded.planned, ceiling = project_total.ceiling + excluded.ceiling,
		budget = project_total.budget + excluded.budget, contracted = project_total.contracted + excluded.contracted, paid = project_total.paid + excluded.paid, settled = project_total.settled + excluded.settled`,
		append([]any{p.Jurisdiction, p.UnitID, p.Year, string(p.Stage), p.BuildKind, sign, sign * int64(p.Estimate), sign * int64(p.Reviewed), sign * int64(p.Planned)}, p.Money.args(sign)...)...)
}

// Named finds a project of a unit by its name, however it is spelled; false when
// there is none.
func Named(ctx context.Context, q db.Querier, unitID, name string) (Project, bool, error) {
	p, err := db.One(ctx, q, scanProject, `SELECT `+projectColumns+` FROM project p WHERE p.unit_id = $1 AND p.normal_name = $2 ORDER BY p.id`, unitID, hanzi.NormalName(name))
	if db.None(err) {
		return p, false, nil
	}
	return p, err == nil, err
}

// Filter narrows the project list; zero values do not narrow.
type Filter struct {
	Year      int64
	UnitID    string
	Stage     Stage
	BuildKind string
	After     string // id of the last row of the page before, newest first
	Limit     int64
}

func (f Filter) where(alias string, args *db.Args) string {
	w := ""
	if f.Year != 0 {
		w += " AND " + alias + ".year = " + args.Add(f.Year)
	}
	if f.UnitID != "" {
		w += " AND " + alias + ".unit_id = " + args.Add(f.UnitID)
	}
	if f.Stage != "" {
		w += " AND " + alias + ".stage = " + args.Add(string(f.Stage))
	}
	if f.BuildKind != "" {
		w += " AND " + alias + ".build_kind = " + args.Add(f.BuildKind)
	}
	return w
}

// Projects pages through the projects an actor may see, newest first, as a list
// shows them.
func Projects(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) ([]Listed, error) {
	return pageOf(ctx, q, scanProjectRow, projectRow, actor, f.paged())
}

// Whole is Projects with everything the register has of each.
func Whole(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) ([]Project, error) {
	return pageOf(ctx, q, scanProject, projectColumns, actor, f.paged())
}

func (f Filter) paged() Filter {
	if f.Limit < 1 || f.Limit > 500 {
		f.Limit = 100
	}
	return f
}

func pageOf[T any](ctx context.Context, q db.Querier, scan func(db.Scanner) (T, error), columns string, actor identity.Actor, f Filter) ([]T, error) {
	var args db.Args
	where := actor.SeesProject("p", &args) + f.where("p", &args)
	if f.After != "" {
		where += " AND p.id < " + args.Add(f.After)
	}
	return db.All(ctx, q, scan, `SELECT `+columns+` FROM project p WHERE `+where+` ORDER BY p.id DESC LIMIT `+args.Add(f.Limit), args.List()...)
}

// OfOrigin lists the projects of a year that came into the register one way, as
// far as the actor may see them, by unit and name.
func OfOrigin(ctx context.Context, q db.Querier, actor identity.Actor, origin string, year int64) ([]Project, error) {
	var args db.Args
	where := actor.SeesProject("p", &args) + " AND p.origin = " + args.Add(origin) + " AND p.year = " + args.Add(year)
	return db.All(ctx, q, scanProject, `SELECT `+projectColumns+` FROM project p WHERE `+where+` ORDER BY p.unit_id, p.sort_key, p.id LIMIT 500`, args.List()...)
}

// Totals are sums over a filter, read from kept rows and not from the projects.
type Totals struct {
	Projects                    int64
	Estimate, Reviewed, Planned money.Fen
	Money
}

// Total sums what Projects would list without paging.
func Total(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) (Totals, error) {
	var args db.Args
	join := ""
	where := "t.jurisdiction = " + args.Add(actor.Jurisdiction)
	if actor.Administrator() || len(actor.Roles) == 0 && !actor.IsSystem() {
		where += " AND 1 = 0"
	} else if !actor.SeesEveryProject() {
		join = " JOIN unit u ON u.id = t.unit_id"
		unit := args.Add(actor.UnitID)
		where += " AND (t.unit_id = " + unit + " OR u.parent_id = " + unit + ")"
	} else if f.UnitID == "" {
		sums := everyUnit
		if f.Stage == "" && f.BuildKind == "" {
			sums = wholeYear
		}
		where += " AND t.unit_id = " + args.Add(sums)
	}
	return db.One(ctx, q, func(s db.Scanner) (Totals, error) {
		var t Totals
		err := s.Scan(append([]any{&t.Projects, &t.Estimate, &t.Reviewed, &t.Planned}, t.dest()...)...)
		return t, err
	}, `SELECT CAST(COALESCE(SUM(t.projects), 0) AS BIGINT), CAST(COALESCE(SUM(t.estimate), 0) AS BIGINT), CAST(COALESCE(SUM(t.reviewed), 0) AS BIGINT),
		CAST(COALESCE(SUM(t.planned), 0) AS BIGINT)`+moneySums+` FROM project_total t`+join+` WHERE `+where+f.where("t", &args), args.List()...)
}

const moneySums = `, CAST(COALESCE(SUM(t.ceiling), 0) AS BIGINT), CAST(COALESCE(SUM(t.budget), 0) AS BIGINT), CAST(COALESCE(SUM(t.contracted), 0) AS BIGINT),
	CAST(COALESCE(SUM(t.paid), 0) AS BIGINT), CAST(COALESCE(SUM(t.settled), 0) AS BIGINT)`

// Load reads a project the actor may see; others are NotFound.
func Load(ctx context.Context, q db.Querier, actor identity.Actor, id string) (Project, error) {
	var args db.Args
	p, err := db.One(ctx, q, scanProject, `SELECT `+projectColumns+` FROM project p WHERE p.id = `+args.Add(id)+` AND `+actor.SeesProject("p", &args), args.List()...)
	if db.None(err) {
		return p, problem.Missing("这个项目")
	}
	return p, err
}

// codeOf is the number of a project: numbering head, year, unit, kind and place,
// such as LPS-2027-SWJ-N-002 [system practice].
func codeOf(head string, year int64, unit, buildKind string, n int64) string {
	letter := map[string]string{New: "N", Continue: "X", Extend: "K", Rebuild: "G", Operate: "Y"}[buildKind]
	return fmt.Sprintf("%s-%d-%s-%s-%03d", head, year, unit, letter, n)
}

// CheckTotals recomputes the kept totals from the projects and names every
// difference in a sentence.
func CheckTotals(ctx context.Context, q db.Querier) ([]string, error) {
	type counted struct {
		projects, estimate, reviewed, planned int64
		money                                 Money
	}
	read := func(text string) (map[string]counted, error) {
		out := map[string]counted{}
		_, err := db.All(ctx, q, func(s db.Scanner) (struct{}, error) {
			var key string
			var v counted
			err := s.Scan(append([]any{&key, &v.projects, &v.estimate, &v.reviewed, &v.planned}, v.money.dest()...)...)
			if v != (counted{}) {
				out[key] = v
			}
			return struct{}{}, err
		}, text)
		return out, err
	}
	const (
		rest = ` || '/' || CAST(year AS TEXT) || '/' || stage || '/' || build_kind`
		sums = `, COUNT(*), CAST(SUM(estimate) AS BIGINT), CAST(SUM(reviewed) AS BIGINT), CAST(SUM(planned) AS BIGINT)` + moneySums + ` FROM project t GROUP BY jurisdiction, year`
		each = sums + `, stage, build_kind`
	)
	kept, err := read(`SELECT jurisdiction || '/' || unit_id` + rest + `, projects, estimate, reviewed, planned, ceiling, budget, contracted, paid, settled FROM project_total`)
	if err != nil {
		return nil, err
	}
	real, err := read(`SELECT jurisdiction || '/' || unit_id` + rest + each + `, unit_id UNION ALL SELECT jurisdiction || '/'` + rest + each +
		` UNION ALL SELECT jurisdiction || '/*/' || CAST(year AS TEXT) || '//'` + sums)
	if err != nil {
		return nil, err
	}
	show := func(v counted) string {
		text := fmt.Sprintf("{%d %d %d %d}", v.projects, v.estimate, v.reviewed, v.planned)
		if v.money != (Money{}) {
			text += " " + v.money.String()
		}
		return text
	}
	var out []string
	for k, v := range real {
		if kept[k] != v {
			out = append(out, fmt.Sprintf("%s: 记的是 %s，实际是 %s", k, show(kept[k]), show(v)))
		}
		delete(kept, k)
	}
	for k, v := range kept {
		out = append(out, fmt.Sprintf("%s: 记的是 %s，实际没有", k, show(v)))
	}
	sort.Strings(out)
	return out, nil
}

// Plan gives a project money in the approved annual plan of a year: one from the
// reserve becomes approved, one under way gets this year's part. What its budgets
// may come to follows: the reviewed amount, or for recurring operation this
// year's amount.
func Plan(ctx context.Context, d *matter.Doing, id string, year int64, amount money.Fen) error {
	stage, err := db.Value[Stage](ctx, d.Tx, `SELECT stage FROM project WHERE id = $1`, id)
	if err != nil {
		return fmt.Errorf("plan project %s: %w", id, err)
	}
	var p Project
	err = Move(ctx, d.Tx, id, stage, func(m *Project) {
		m.Planned += amount
		if m.Stage == Reserved {
			m.Stage = Approved
		}
		p = *m
	}, d.Case.Now.UnixMilli())
	if err != nil {
		return err
	}
	return SetCeiling(ctx, d, p, year, amount)
}

// SetCeiling books what the budgets of a project approved for a year may come to.
func SetCeiling(ctx context.Context, d *matter.Doing, p Project, year int64, amount money.Fen) error {
	b := Booking{Project: p.ID, Period: Period(p.BuildKind, year), Kind: Ceiling, Year: year, Amount: amount, Basis: OnPlan, Title: d.Case.Title}
	if p.BuildKind != Operate {
		if p.Money.Ceiling > 0 {
			return nil // under way: it has one
		}
		b.Amount, b.Basis = p.Reviewed, OnReview
	}
	return Book(ctx, d, b)
}
