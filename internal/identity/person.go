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
	_, err := tx.Exec(ctx, `INSERT INTO person_role (person_id, role, granted_by, granted_at) VALUES ($1,$2,$3,$4) ON CONFLICT (person_id, role) DO NOTHING`, person, role, by, at)
	return err
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

// Grant gives a role. Only the security administrator grants, never to themselves.
func Grant(ctx context.Context, tx *db.Tx, actor Actor, personID, role string, at int64) error {
	if !actor.Is(SecAdmin) {
		return problem.New(problem.Forbidden, "授予角色由安全管理员办理")
	}
	if actor.ID == personID {
		return problem.New(problem.Forbidden, "不能给自己授予角色")
	}
	to, err := ActorByID(ctx, tx, personID)
	if db.None(err) || err == nil && to.Jurisdiction != actor.Jurisdiction {
		return problem.Missing("这个人员")
	}
	if err != nil {
		return err
	}
	if err := compatible(append(to.Roles, role)); err != nil {
		return err
	}
	return addRole(ctx, tx, personID, role, actor.ID, at)
}

// Leave takes a person out of their unit: open tasks given to them by name go
// back to the post, their sessions end, and they can no longer sign in.
func Leave(ctx context.Context, tx *db.Tx, personID string) error {
	for _, text := range []string{
		`UPDATE task SET person_id = '' WHERE person_id = $1 AND closed_at = 0 AND seat_id = ''`,
		`DELETE FROM session WHERE person_id = $1`,
		`DELETE FROM person_role WHERE person_id = $1`,
		`UPDATE person SET active = 0 WHERE id = $1`,
	} {
		if _, err := tx.Exec(ctx, text, personID); err != nil {
			return fmt.Errorf("person leaves: %w", err)
		}
	}
	return nil
}

const actorColumns = `p.id, p.name, p.jurisdiction, p.unit_id, u.short_name, u.parent_id, u.office, p.section,
	COALESCE((SELECT string_agg(r.role, ',' ORDER BY r.role) FROM person_role r WHERE r.person_id = p.id), '')`

func scanActor(s db.Scanner) (Actor, error) {
	var a Actor
	var roles string
	err := s.Scan(&a.ID, &a.Name, &a.Jurisdiction, &a.UnitID, &a.UnitName, &a.ParentUnitID, &a.Office, &a.Section, &roles)
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

// People lists the active people of a jurisdiction by unit and name.
func People(ctx context.Context, q db.Querier, jurisdiction string) ([]Person, error) {
	return db.All(ctx, q, func(s db.Scanner) (Person, error) {
		var p Person
		var roles string
		var active int64
		err := s.Scan(&p.ID, &p.Jurisdiction, &p.UnitID, &p.Name, &p.Login, &p.Section, &p.Phone, &active, &roles)
		p.Active = active == 1
		if roles != "" {
			p.Roles = strings.Split(roles, ",")
		}
		return p, err
	}, `SELECT p.id, p.jurisdiction, p.unit_id, p.name, p.login, p.section, p.phone, p.active,
		COALESCE((SELECT string_agg(r.role, ',' ORDER BY r.role) FROM person_role r WHERE r.person_id = p.id), '')
		FROM person p JOIN unit u ON u.id = p.unit_id WHERE p.jurisdiction = $1 AND p.active = 1 ORDER BY u.sort_key, p.sort_key, p.id`, jurisdiction)
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
