package registry

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// SystemStates are where a system stands; how it is retired belongs to Chapter 6.
var SystemStates = []form.Option{{ID: "building", Label: "在建"}, {ID: "operating", Label: "运行"}, {ID: "idle", Label: "闲置"}, {ID: Retired, Label: "停用"}}

// Retired is the state of a system that left the inventory.
const Retired = "retired"

// InUse are the states of a system that has not left the inventory.
var InUse = []string{"building", "operating", "idle"}

// System is a government information system in the register.
type System struct {
	ID           string        `json:"id"`
	Seq          int64         `json:"seq"` // its number in the jurisdiction, never given again
	Jurisdiction string        `json:"jurisdiction"`
	UnitID       string        `json:"unit_id"`
	Name         string        `json:"name"`
	Functions    string        `json:"functions"`
	State        string        `json:"state"`
	ReplacedBy   string        `json:"replaced_by"`
	MatterID     string        `json:"matter_id"`
	Category     string        `json:"category"`
	Launched     calendar.Date `json:"launched_on"`
	RetiredOn    calendar.Date `json:"retired_on"`
	Hosting      string        `json:"hosting"`
	AddedAt      int64         `json:"added_at"` // unix milliseconds
	Use          Use           `json:"use"`
}

// Code is the number of a system as people write it, such as XT-0012.
func (y System) Code() string { return fmt.Sprintf("XT-%04d", y.Seq) }

func (y *System) dest() []any {
	return []any{&y.ID, &y.Seq, &y.Jurisdiction, &y.UnitID, &y.Name, &y.Functions, &y.State, &y.ReplacedBy, &y.MatterID, &y.Category, &y.Launched, &y.RetiredOn, &y.Hosting, &y.AddedAt,
		&y.Use.Year, &y.Use.Users, &y.Use.MonthlyActive, &y.Use.DailyCases, &y.Use.CPU, &y.Use.Memory, &y.Use.Storage}
}

func scanSystem(s db.Scanner) (System, error) {
	var y System
	err := s.Scan(y.dest()...)
	return y, err
}

const systemColumns = `y.id, y.seq, y.jurisdiction, y.unit_id, y.name, y.functions, y.state, y.replaced_by, y.matter_id, y.category, y.launched_on, y.retired_on, y.hosting, y.added_at,
	y.used_year, y.users, y.monthly_active, y.daily_cases, y.cpu_rate, y.memory_rate, y.storage_rate`

// Described is a system with what its unit says of it.
type Described struct {
	System
	Sheet Sheet
}

func scanDescribed(s db.Scanner) (Described, error) {
	var y Described
	dest := y.dest()
	for _, f := range SheetForm.Fields() {
		dest = append(dest, f.Dest(&y.Sheet))
	}
	return y, s.Scan(dest...)
}

// LoadSystem reads a system that the actor may see, retired or not.
func LoadSystem(ctx context.Context, q db.Querier, actor identity.Actor, id string) (Described, error) {
	var args db.Args
	y, err := db.One(ctx, q, scanDescribed, `SELECT `+systemColumns+`, `+sheetColumns+` FROM info_system y WHERE y.id = `+args.Add(id)+` AND `+actor.SeesSystem("y", &args), args.List()...)
	if db.None(err) {
		return y, problem.Missing("这个系统")
	}
	return y, err
}

// EveryDescribed lists the systems of a jurisdiction with their sheets, the retired ones too.
func EveryDescribed(ctx context.Context, q db.Querier, jurisdiction string) ([]Described, error) {
	return db.All(ctx, q, scanDescribed, `SELECT `+systemColumns+`, `+sheetColumns+` FROM info_system y WHERE y.jurisdiction = $1 ORDER BY y.sort_key, y.id`, jurisdiction)
}

// OwnSystem is the system that a unit's own case is about; another unit's is not there.
func OwnSystem(ctx context.Context, q db.Querier, c *matter.Case) (Described, error) {
	y, err := LoadSystem(ctx, q, identity.System(c.Jurisdiction), c.SubjectID)
	if err == nil && y.UnitID != c.UnitID {
		return y, problem.Missing("这个系统")
	}
	return y, err
}

// AddSystem enters a system, or updates the one of the same unit and name, so
// that registering twice changes nothing. What replaces it is kept by name: it
// may not be in the register yet.
func AddSystem(ctx context.Context, tx *db.Tx, y System, at int64) error {
	if y.ID == "" {
		y.ID = uuid.Must(uuid.NewV7()).String()
	}
	err := tx.Later(ctx, `INSERT INTO info_system (id, jurisdiction, unit_id, name, normal_name, sort_key, functions, state, replaced_by, matter_id, added_at, retired_on, seq)
		SELECT $1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12, COALESCE(MAX(o.seq), 0) + 1 FROM info_system o WHERE o.jurisdiction = $2 ON CONFLICT (unit_id, normal_name) DO UPDATE SET name = excluded.name, sort_key = excluded.sort_key,
		functions = excluded.functions, state = excluded.state, replaced_by = excluded.replaced_by, retired_on = excluded.retired_on`,
		y.ID, y.Jurisdiction, y.UnitID, y.Name, hanzi.NormalName(y.Name), hanzi.SortKey(y.Name), y.Functions, y.State, y.ReplacedBy, y.MatterID, at, string(y.RetiredOn))
	if err != nil {
		return fmt.Errorf("add system: %w", err)
	}
	return nil
}

// Operates enters what a project has built as an operating system, or says of one
// that is there only that it operates: what its own registration says stands.
// Either way the system is linked to the project.
func Operates(ctx context.Context, d *matter.Doing, p Project, name, functions string) error {
	normal := hanzi.NormalName(name)
	err := d.Tx.Later(ctx, `INSERT INTO info_system (id, jurisdiction, unit_id, name, normal_name, sort_key, functions, state, matter_id, added_at, seq)
		SELECT $1,$2,$3,$4,$5,$6,$7,'operating',$8,$9, COALESCE(MAX(o.seq), 0) + 1 FROM info_system o WHERE o.jurisdiction = $2
		ON CONFLICT (unit_id, normal_name) DO UPDATE SET state = 'operating', retired_on = '', matter_id = excluded.matter_id`,
		uuid.Must(uuid.NewV7()).String(), p.Jurisdiction, p.UnitID, name, normal, hanzi.SortKey(name), functions, d.Case.ID, d.Case.Now.UnixMilli())
	if err != nil {
		return fmt.Errorf("enter system of %s: %w", p.Code, err)
	}
	return d.Tx.Later(ctx, `INSERT INTO system_project (system_id, project_id) SELECT y.id, $1 FROM info_system y WHERE y.unit_id = $2 AND y.normal_name = $3 ON CONFLICT DO NOTHING`,
		p.ID, p.UnitID, normal)
}

// SystemFilter narrows the list of systems; zero values do not narrow, but
// systems that are retired are listed only when they are asked for.
type SystemFilter struct {
	UnitID   string
	State    string                // one of SystemStates
	Category string                // one of SystemCategories
	Text     string                // words of the name, however they are spelled
	Where    func(*db.Args) string // a chapter's own predicate over systems y
	After    string                // id of the last row of the page before, by name
	Limit    int64
}

// where is what the actor may see of the register, narrowed: whoever oversees
// all units sees all systems, others those of their own unit.
func (f SystemFilter) where(actor identity.Actor, args *db.Args) string {
	w := actor.SeesSystem("y", args)
	if f.UnitID != "" {
		w += " AND y.unit_id = " + args.Add(f.UnitID)
	}
	if f.Category != "" {
		w += " AND y.category = " + args.Add(f.Category)
	}
	if f.State == "" {
		w += " AND y.state <> 'retired'"
	} else {
		w += " AND y.state = " + args.Add(f.State)
	}
	if f.Where != nil {
		w += " AND " + f.Where(args)
	}
	if name := hanzi.NormalName(f.Text); name != "" {
		w += " AND y.normal_name LIKE " + args.Add("%"+name+"%") // a normal name has no punctuation, so no wildcard
	} else if f.Text != "" {
		w += " AND 1 = 0"
	}
	return w
}

// MostSystems is how many rows one workbook takes.
const MostSystems = 20_000

// Systems pages through the systems an actor may see, by name.
func Systems(ctx context.Context, q db.Querier, actor identity.Actor, f SystemFilter) ([]System, error) {
	var args db.Args
	where := f.where(actor, &args)
	if f.After != "" {
		after := args.Add(f.After)
		where += " AND (y.sort_key, y.id) > ((SELECT l.sort_key FROM info_system l WHERE l.id = " + after + "), " + after + ")"
	}
	if f.Limit < 1 || f.Limit > 500 && f.Limit != MostSystems+1 {
		f.Limit = 100
	}
	return db.All(ctx, q, scanSystem, `SELECT `+systemColumns+` FROM info_system y WHERE `+where+` ORDER BY y.sort_key, y.id LIMIT `+args.Add(f.Limit), args.List()...)
}

// CountSystems counts what Systems would list without paging.
func CountSystems(ctx context.Context, q db.Querier, actor identity.Actor, f SystemFilter) (int64, error) {
	var args db.Args
	where := f.where(actor, &args)
	return db.Value[int64](ctx, q, `SELECT COUNT(*) FROM info_system y WHERE `+where, args.List()...)
}

// EverySystem lists the systems of a jurisdiction, or of one unit of it, the
// retired ones too.
func EverySystem(ctx context.Context, q db.Querier, jurisdiction, unitID string) ([]System, error) {
	return db.All(ctx, q, scanSystem, `SELECT `+systemColumns+` FROM info_system y WHERE y.jurisdiction = $1 AND ($2 = '' OR y.unit_id = $2) ORDER BY y.sort_key, y.id`,
		jurisdiction, unitID)
}

// NamedSystem finds a system of the jurisdiction by its code, or by its name however
// it is spelled; of several of one name that of the unit leads. Empty when there is none.
func NamedSystem(ctx context.Context, q db.Querier, jurisdiction, unitID, text string) (System, error) {
	y, err := db.One(ctx, q, scanSystem, `SELECT `+systemColumns+` FROM info_system y WHERE y.jurisdiction = $1 AND (y.seq = $2 OR y.normal_name = $3)
		ORDER BY CASE WHEN y.seq = $2 THEN 0 WHEN y.unit_id = $4 THEN 1 ELSE 2 END, y.id LIMIT 1`, jurisdiction, seqOf(text), hanzi.NormalName(text), unitID)
	if db.None(err) {
		return System{}, nil
	}
	return y, err
}

// seqOf is the number in a code, 0 for what is no code.
func seqOf(code string) int64 {
	digits, ok := strings.CutPrefix(strings.ToUpper(hanzi.Fold(code)), "XT-")
	n, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil {
		return 0
	}
	return n
}

// LiveCount counts the systems of a unit that are not retired.
func LiveCount(ctx context.Context, q db.Querier, unitID string) (int64, error) {
	return db.Value[int64](ctx, q, `SELECT COUNT(*) FROM info_system WHERE unit_id = $1 AND state <> 'retired'`, unitID)
}

// MadeBy lists the projects that made or changed a system, which the actor may see.
func MadeBy(ctx context.Context, q db.Querier, actor identity.Actor, systemID string) ([]Project, error) {
	var args db.Args
	return db.All(ctx, q, scanProject, `SELECT `+projectColumns+` FROM project p JOIN system_project s ON s.project_id = p.id WHERE s.system_id = `+args.Add(systemID)+
		` AND `+actor.SeesProject("p", &args)+` ORDER BY p.id`, args.List()...)
}

// Made lists the systems that a project made or changed.
func Made(ctx context.Context, q db.Querier, projectID string) ([]System, error) {
	return db.All(ctx, q, scanSystem, `SELECT `+systemColumns+` FROM info_system y JOIN system_project s ON s.system_id = y.id WHERE s.project_id = $1 ORDER BY y.sort_key, y.id`, projectID)
}

// Relatives are the systems that a system is replaced by or replaces, by the
// names that registrations give.
func Relatives(ctx context.Context, q db.Querier, y System) ([]System, error) {
	return db.All(ctx, q, scanSystem, `SELECT `+systemColumns+` FROM info_system y WHERE y.jurisdiction = $1 AND y.id <> $2 AND (y.normal_name = $3 OR y.replaced_by = $4) ORDER BY y.sort_key, y.id LIMIT 20`,
		y.Jurisdiction, y.ID, hanzi.NormalName(y.ReplacedBy), y.Name)
}
