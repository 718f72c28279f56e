package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/problem"
)

// Person is somebody who can act.
type Person struct {
	ID, Jurisdiction, UnitID, Name, Login, Section, Phone string
	Roles                                                 []string
	Active                                                bool
	Rev                                                   int64
	LockedUntil                                           int64 // unix ms of real time
	MustChange, HasPassword                               bool
}

// AddPerson enters a person without a password; SetPassword gives one.
func AddPerson(ctx context.Context, tx *db.Tx, p Person, at int64) (Person, error) {
	if p.ID == "" {
		p.ID = uuid.Must(uuid.NewV7()).String()
	}
	if err := compatible(p.Roles); err != nil {
		return p, err
	}
	_, err := tx.Exec(ctx, `INSERT INTO person (id, jurisdiction, unit_id, name, sort_key, login, section, phone, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		p.ID, p.Jurisdiction, p.UnitID, p.Name, hanzi.SortKey(p.Name), p.Login, p.Section, p.Phone, at)
	if db.IsUnique(err) {
		return p, problem.Field("login", "登录名“%s”已有人使用", p.Login)
	}
	if err != nil {
		return p, fmt.Errorf("add person: %w", err)
	}
	for _, r := range p.Roles {
		if err := addRole(ctx, tx, p.ID, r, "system", at); err != nil {
			return p, err
		}
	}
	return p, nil
}

func addRole(ctx context.Context, tx *db.Tx, person, role, by string, at int64) error {
	return tx.Later(ctx, `INSERT INTO person_role (person_id, role, granted_by, granted_at) VALUES ($1,$2,$3,$4) ON CONFLICT (person_id, role) DO NOTHING`, person, role, by, at)
}

var administrators = []string{SysAdmin, SecAdmin, AudAdmin}

// compatible refuses sets of roles that the separation of the three
// administrators (三员分立) forbids.
func compatible(roles []string) error {
	n := 0
	for _, r := range roles {
		if slices.Contains(administrators, r) {
			n++
		}
	}
	if n > 1 || n == 1 && len(roles) > 1 {
		return problem.New(problem.Forbidden, "系统管理员、安全管理员、审计管理员须由三人分任，且不得兼任业务岗位")
	}
	return nil
}

const actorColumns = `p.id, p.name, p.jurisdiction, p.unit_id, u.short_name, u.parent_id, u.office, p.section, p.must_change,
	COALESCE((SELECT string_agg(r.role, ',' ORDER BY r.role) FROM person_role r WHERE r.person_id = p.id), '')`

func scanActor(s db.Scanner) (Actor, error) {
	var a Actor
	var roles string
	var must int64
	err := s.Scan(&a.ID, &a.Name, &a.Jurisdiction, &a.UnitID, &a.UnitName, &a.ParentUnitID, &a.Office, &a.Section, &must, &roles)
	a.MustChange = must == 1
	if roles != "" {
		a.Roles = strings.Split(roles, ",")
	}
	return a, err
}

// ActorByID loads an active person as an actor; others are db.ErrNone.
func ActorByID(ctx context.Context, q db.Querier, id string) (Actor, error) {
	return db.One(ctx, q, scanActor, `SELECT `+actorColumns+` FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.id = $1 AND p.active = 1`, id)
}

// ActorByLogin loads an active person by login, for the demo bar and scripts.
func ActorByLogin(ctx context.Context, q db.Querier, login string) (Actor, error) {
	return db.One(ctx, q, scanActor, `SELECT `+actorColumns+` FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.login = $1 AND p.active = 1`, login)
}

const personColumns = `p.id, p.jurisdiction, p.unit_id, p.name, p.login, p.section, p.phone, p.active, p.rev, p.locked_until, p.must_change,
	CASE WHEN p.password = '' THEN 0 ELSE 1 END, COALESCE((SELECT string_agg(r.role, ',' ORDER BY r.role) FROM person_role r WHERE r.person_id = p.id), '')`

func scanPerson(s db.Scanner) (Person, error) {
	var p Person
	var roles string
	var active, must, has int64
	err := s.Scan(&p.ID, &p.Jurisdiction, &p.UnitID, &p.Name, &p.Login, &p.Section, &p.Phone, &active, &p.Rev, &p.LockedUntil, &must, &has, &roles)
	p.Active, p.MustChange, p.HasPassword = active == 1, must == 1, has == 1
	if roles != "" {
		p.Roles = strings.Split(roles, ",")
	}
	return p, err
}

// Is reports whether the person holds a post or role.
func (p Person) Is(role string) bool { return slices.Contains(p.Roles, role) }

// People lists the active people of a jurisdiction by unit and name.
func People(ctx context.Context, q db.Querier, jurisdiction string) ([]Person, error) {
	return FindPeople(ctx, q, jurisdiction, PeopleFilter{Limit: 5000})
}

// PeopleFilter narrows a list of people; zero values do not narrow.
type PeopleFilter struct {
	Text   string // in name, pinyin, login or unit
	UnitID string
	Role   string // a role, or None
	Left   bool   // those who left instead of those who are there
	Limit  int64
}

// None as a role finds who holds no role.
const None = "none"

var likeSafe = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// FindPeople lists people of a jurisdiction by unit and name.
func FindPeople(ctx context.Context, q db.Querier, jurisdiction string, f PeopleFilter) ([]Person, error) {
	var args db.Args
	where := "p.jurisdiction = " + args.Add(jurisdiction) + " AND p.active = " + args.Add(db.Flag(!f.Left))
	if text := strings.ToLower(strings.TrimSpace(f.Text)); text != "" {
		like := args.Add("%"+likeSafe.Replace(text)+"%") + ` ESCAPE '\'`
		where += " AND (p.name LIKE " + like + " OR p.login LIKE " + like + " OR p.sort_key LIKE " + like + " OR u.short_name LIKE " + like + ")"
	}
	if f.UnitID != "" {
		where += " AND p.unit_id = " + args.Add(f.UnitID)
	}
	switch f.Role {
	case "":
	case None:
		where += " AND NOT EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id)"
	default:
		where += " AND EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = " + args.Add(f.Role) + ")"
	}
	if f.Limit < 1 || f.Limit > 5000 {
		f.Limit = 500
	}
	return db.All(ctx, q, scanPerson, `SELECT `+personColumns+` FROM person p JOIN unit u ON u.id = p.unit_id WHERE `+where+
		` ORDER BY u.sort_key, p.sort_key, p.id LIMIT `+args.Add(f.Limit), args.List()...)
}

// RoleTitles name posts and roles in Chinese.
var RoleTitles = map[string]string{Clerk: "经办人", Head: "负责人", Expert: "评审专家", Auditor: "审计人员", SysAdmin: "系统管理员", SecAdmin: "安全管理员", AudAdmin: "审计管理员"}

// Title says what the actor is: 经办人, 负责人 and so on.
func (a Actor) Title() string {
	var out []string
	for _, r := range a.Roles {
		out = append(out, RoleTitles[r])
	}
	return strings.Join(out, "、")
}

// ClerksOf lists the active clerks of a unit.
func ClerksOf(ctx context.Context, q db.Querier, unitID string) ([]Person, error) {
	return db.All(ctx, q, func(s db.Scanner) (Person, error) {
		var p Person
		err := s.Scan(&p.ID, &p.Name, &p.Section, &p.Phone)
		return p, err
	}, `SELECT p.id, p.name, p.section, p.phone FROM person p JOIN person_role r ON r.person_id = p.id AND r.role = 'clerk' WHERE p.unit_id = $1 AND p.active = 1 ORDER BY p.sort_key, p.id`, unitID)
}

// ClerksByUnit lists the active clerks of every unit of a jurisdiction with
// their telephones.
func ClerksByUnit(ctx context.Context, q db.Querier, jurisdiction string) (map[string][]Person, error) {
	all, err := db.All(ctx, q, func(s db.Scanner) (Person, error) {
		var p Person
		err := s.Scan(&p.ID, &p.UnitID, &p.Name, &p.Phone)
		return p, err
	}, `SELECT p.id, p.unit_id, p.name, p.phone FROM person p JOIN person_role r ON r.person_id = p.id AND r.role = 'clerk'
		WHERE p.jurisdiction = $1 AND p.active = 1 ORDER BY p.unit_id, p.sort_key, p.id`, jurisdiction)
	out := map[string][]Person{}
	for _, p := range all {
		out[p.UnitID] = append(out[p.UnitID], p)
	}
	return out, err
}
