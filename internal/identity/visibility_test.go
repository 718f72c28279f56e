package identity_test

import (
	"slices"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
)

// matter enters a case; handed in when submitted is not 0.
func (c *city) matter(id, unit, parent string, submitted int64, origin string, published bool) {
	c.t.Helper()
	j := "city"
	if unit == "county.bureau" {
		j = "county"
	}
	c.exec(`INSERT INTO matter (id, jurisdiction, procedure, title, unit_id, parent_unit_id, state, rev, form, form_rev, origin, published, opened_by, opened_at, submitted_at, state_since)
		VALUES ($1, $2, 'plan', '计划', $3, $4, 's', 1, '{}', 0, $5, $6, 'p', 0, $7, 0)`, id, j, unit, parent, origin, db.Flag(published), submitted)
}

func (c *city) task(id, matter, unit, person string, closed int64) {
	c.t.Helper()
	c.exec(`INSERT INTO task (id, matter_id, jurisdiction, unit_id, person_id, title, opened_at, closed_at) VALUES ($1, $2, 'city', $3, $4, '办理', 0, $5)`, id, matter, unit, person, closed)
}

func TestWhoSeesWhichCase(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		c.matter("1 water's draft", "water", "", 0, "own", false)
		c.matter("2 water's", "water", "", 9, "own", false)
		c.matter("3 hydro's draft", "hydro", "water", 0, "own", false)
		c.matter("4 hydro's", "hydro", "water", 9, "own", false)
		c.matter("5 entered for health", "health", "", 0, "proxy", false)
		c.matter("6 published", "bureau", "", 9, "own", true)
		c.matter("7 the county's", "county.bureau", "", 9, "own", false)
		c.matter("8 the county's published", "county.bureau", "", 9, "own", true)
		c.task("t1", "2 water's", "finance", "", 0)
		c.task("t2", "4 hydro's", "experts", "expert", 5) // done, and still theirs to read
		c.task("t4", "3 hydro's draft", "finance", "", 5) // taken back: what was asked is asked no more
		c.task("t5", "3 hydro's draft", "experts", "expert", 5)
		c.task("t3", "7 the county's", "", "expert", 0) // a task does not lead out of the jurisdiction

		all := []string{"1 water's draft", "2 water's", "3 hydro's draft", "4 hydro's", "5 entered for health", "6 published"}
		for _, tc := range []struct {
			who  string
			want []string
		}{
			{"water.clerk", all[:2:2]},
			{"hydro.clerk", all[2:4:4]},
			{"health.clerk", all[4:5:5]},
			{"finance.head", all[1:2:2]},
			{"bureau.clerk", []string{all[1], all[3], all[4]}},
			{"auditor", []string{all[1], all[3]}},
			{"expert", all[3:4:4]},
		} {
			t.Run(tc.who, func(t *testing.T) {
				want := append(slices.Clone(tc.want), "6 published")
				if tc.who == "water.clerk" {
					want = []string{all[0], all[1], all[3], all[5]} // and what its second-level unit has handed in
				}
				c.sees(t, c.as(tc.who), want...)
			})
		}
		for _, who := range []string{"sysadmin", "secadmin", "audadmin", "nobody"} {
			t.Run(who, func(t *testing.T) { c.sees(t, c.as(who)) })
		}
		t.Run("an administrator of the bureau who was a clerk", func(t *testing.T) {
			a := c.as("bureau.clerk")
			a.Roles = append(a.Roles, identity.SysAdmin)
			c.sees(t, a)
		})
		t.Run("county.clerk", func(t *testing.T) {
			c.sees(t, c.as("county.clerk"), "7 the county's", "8 the county's published")
		})
		t.Run("system", func(t *testing.T) { c.sees(t, identity.System("city"), all...) })
	})
}

func (c *city) sees(t *testing.T, a identity.Actor, want ...string) {
	t.Helper()
	var args db.Args
	// Arguments before and after the predicate, as its callers have them.
	text := `SELECT m.id FROM matter m WHERE m.rev = ` + args.Add(int64(1)) + ` AND ` + a.Sees("m", &args) + ` AND m.procedure = ` + args.Add("plan") + ` ORDER BY m.id`
	got, err := db.Column[string](c.ctx, c.db, text, args.List()...)
	must(t, err)
	if !slices.Equal(got, want) {
		t.Errorf("%s sees %q, want %q", a.ID, got, want)
	}
}

func TestWhoSeesWhichProject(t *testing.T) {
	t.Parallel()
	inCity(t, func(t *testing.T, c *city) {
		for _, p := range [][3]string{{"1", "water", ""}, {"2", "hydro", "water"}, {"3", "health", ""}, {"4", "county.bureau", ""}} {
			j := "city"
			if p[0] == "4" {
				j = "county"
			}
			c.exec(`INSERT INTO project (id, jurisdiction, unit_id, parent_unit_id, code, name, normal_name, sort_key, year, build_kind, stage, origin, created_at, changed_at)
				VALUES ($1, $2, $3, $4, $1, $1, $1, $1, 2027, 'new', 'filed', 'plan', 0, 0)`, p[0], j, p[1], p[2])
		}
		for who, want := range map[string][]string{
			"water.clerk": {"1", "2"}, "hydro.clerk": {"2"}, "health.clerk": {"3"}, "bureau.clerk": {"1", "2", "3"}, "finance.head": {"1", "2", "3"},
			"auditor": {"1", "2", "3"}, "expert": {}, "county.clerk": {"4"}, "sysadmin": {}, "secadmin": {}, "audadmin": {}, "nobody": {},
		} {
			var args db.Args
			got, err := db.Column[string](c.ctx, c.db, `SELECT p.id FROM project p WHERE `+c.as(who).SeesProject("p", &args)+` ORDER BY p.id`, args.List()...)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s sees %q, %v; want %q", who, got, err, want)
			}
		}
	})
}
