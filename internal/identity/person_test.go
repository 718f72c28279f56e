package identity_test

import (
	"errors"
	"slices"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
)

func TestWhoLeftActsNoMore(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		if a := c.as("hydro.clerk"); a.UnitName != "水文站" || a.ParentUnitID != "water" || !slices.Equal(a.Roles, []string{identity.Clerk}) {
			t.Errorf("actor %+v", a)
		}
		c.matter("m", "hydro", "water", 9, "own", false)
		c.task("open", "m", "hydro", "hydro.clerk", 0)
		c.task("done", "m", "hydro", "hydro.clerk", 5)
		c.write(func(tx *db.Tx) error { return identity.Leave(c.ctx, tx, "hydro.clerk") })
		if _, err := identity.ActorByID(c.ctx, c.db, "hydro.clerk"); !db.None(err) {
			t.Errorf("by id: %v", err)
		}
		if _, err := identity.ActorByLogin(c.ctx, c.db, "hydro.clerk"); !db.None(err) {
			t.Errorf("by login: %v", err)
		}
		holders, err := db.Column[string](c.ctx, c.db, `SELECT person_id FROM task ORDER BY id`)
		if err != nil || !slices.Equal(holders, []string{"hydro.clerk", ""}) {
			t.Errorf("tasks done and open are held by %q, %v", holders, err)
		}
		people, err := identity.People(c.ctx, c.db, "city")
		must(t, err)
		for _, p := range people {
			if p.ID == "hydro.clerk" || p.Jurisdiction != "city" {
				t.Errorf("still listed: %+v", p)
			}
		}
		if clerks, err := identity.ClerksOf(c.ctx, c.db, "hydro"); len(clerks) != 0 || err != nil {
			t.Errorf("clerks %v, %v", clerks, err)
		}
	})
}

func TestTheThreeAdministratorsAreThreePeople(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		grant := func(by, to, role string) error {
			return c.admin().Grant(c.ctx, c.as(by), to, role, "任命")
		}
		for _, tc := range []struct {
			name, by, to, role string
			want               problem.Kind
		}{
			{"by the system administrator", "sysadmin", "water.clerk", identity.Head, problem.Forbidden},
			{"by a head", "finance.head", "water.clerk", identity.Head, problem.Forbidden},
			{"to oneself", "secadmin", "secadmin", identity.Head, problem.Forbidden},
			{"a post to an administrator", "secadmin", "audadmin", identity.Clerk, problem.Forbidden},
			{"a second administrator's role", "secadmin", "audadmin", identity.SysAdmin, problem.Forbidden},
			{"an administrator's role to a clerk", "secadmin", "water.clerk", identity.AudAdmin, problem.Forbidden},
			{"to a person of another jurisdiction", "secadmin", "county.clerk", identity.Head, problem.NotFound},
			{"to nobody known", "secadmin", "stranger", identity.Head, problem.NotFound},
		} {
			if err := grant(tc.by, tc.to, tc.role); !problem.Is(err, tc.want) {
				t.Errorf("%s: %v, want %s", tc.name, err, tc.want)
			}
		}
		must(t, grant("secadmin", "water.clerk", identity.Head))
		if err := grant("secadmin", "water.clerk", identity.Head); !problem.Is(err, problem.Conflict) {
			t.Errorf("what they have: %v", err)
		}
		if a := c.as("water.clerk"); !slices.Equal(a.Roles, []string{identity.Clerk, identity.Head}) || a.Title() != "经办人、负责人" {
			t.Errorf("roles %v, %s", a.Roles, a.Title())
		}
		if a := c.as("county.clerk"); !slices.Equal(a.Roles, []string{identity.Clerk}) {
			t.Errorf("roles in the county %v", a.Roles)
		}
		c.write(func(tx *db.Tx) error { return identity.Leave(c.ctx, tx, "health.clerk") })
		if err := grant("secadmin", "health.clerk", identity.Head); !problem.Is(err, problem.NotFound) {
			t.Errorf("to a person who left: %v", err)
		}
	})
}

func TestAddingPeople(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		add := func(p identity.Person) error {
			return c.db.Write(c.ctx, func(tx *db.Tx) error {
				_, err := identity.AddPerson(c.ctx, tx, p, 1)
				return err
			})
		}
		same := c.person("another", "water", identity.Clerk)
		same.Login = "water.clerk"
		var p *problem.Error
		if err := add(same); !errors.As(err, &p) || p.Fields["login"] == "" {
			t.Errorf("a login twice: %v", err)
		}
		for _, roles := range [][]string{{identity.SysAdmin, identity.SecAdmin}, {identity.AudAdmin, identity.Clerk}} {
			if err := add(c.person("two hats", "water", roles...)); !problem.Is(err, problem.Forbidden) {
				t.Errorf("%v: %v", roles, err)
			}
		}
	})
}
