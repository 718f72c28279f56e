package identity

import (
	"context"
	"slices"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/problem"
)

// Grantable are the roles that the security administrator gives and takes.
// Experts come in through the pool of the bureau (A08.1).
var Grantable = []form.Option{{ID: Clerk, Label: RoleTitles[Clerk]}, {ID: Head, Label: RoleTitles[Head]}, {ID: Auditor, Label: RoleTitles[Auditor]},
	{ID: SysAdmin, Label: RoleTitles[SysAdmin]}, {ID: SecAdmin, Label: RoleTitles[SecAdmin]}, {ID: AudAdmin, Label: RoleTitles[AudAdmin]}}

func roleWords(roles []string) string {
	var out []string
	for _, r := range roles {
		out = append(out, RoleTitles[r])
	}
	if len(out) == 0 {
		return "—"
	}
	return strings.Join(out, "、")
}

// personOf reads a person of the actor's jurisdiction at the revision they saw; 0 does not check.
func personOf(ctx context.Context, q db.Querier, actor Actor, id string, rev int64) (Person, error) {
	p, err := db.One(ctx, q, scanPerson, `SELECT `+personColumns+` FROM person p WHERE p.id = $1 AND p.jurisdiction = $2`, id, actor.Jurisdiction)
	if db.None(err) {
		return p, problem.Missing("这个人员")
	}
	if err == nil && rev != 0 && rev != p.Rev {
		err = errChanged
	}
	return p, err
}

// Grant gives a role. Only the security administrator grants, never to
// themselves, and no set of roles that the separation of the three forbids.
func (a Administration) Grant(ctx context.Context, actor Actor, personID, role, reason string) error {
	return a.changeRoles(ctx, actor, personID, role, reason, "grant", func(tx *db.Tx, p Person) error {
		if p.Is(role) {
			return problem.New(problem.Conflict, "%s已是%s", p.Name, RoleTitles[role])
		}
		if err := compatible(append(slices.Clone(p.Roles), role)); err != nil {
			return err
		}
		if role == Auditor {
			if u, _ := a.Units.ByID(p.UnitID); u.Office != Audit {
				return problem.Field("role", "审计人员须是审计机关的人，%s不是审计机关", u.ShortName)
			}
		}
		return addRole(ctx, tx, p.ID, role, actor.ID, a.now())
	})
}

// Take takes a role. The last administrator of a kind cannot be taken; the last
// head of a unit only by who has been told: nobody signs for the unit then.
func (a Administration) Take(ctx context.Context, actor Actor, personID, role, reason string, confirmed bool) error {
	return a.changeRoles(ctx, actor, personID, role, reason, "take", func(tx *db.Tx, p Person) error {
		if !p.Is(role) {
			return problem.New(problem.Conflict, "%s不是%s", p.Name, RoleTitles[role])
		}
		if err := a.mayDoWithout(ctx, tx, p, []string{role}, confirmed); err != nil {
			return err
		}
		return tx.Later(ctx, `DELETE FROM person_role WHERE person_id = $1 AND role = $2`, p.ID, role)
	})
}

func (a Administration) changeRoles(ctx context.Context, actor Actor, personID, role, reason, do string, change func(tx *db.Tx, p Person) error) error {
	if !actor.Is(SecAdmin) {
		return problem.New(problem.Forbidden, "角色由安全管理员授予和取消")
	}
	if actor.ID == personID {
		return problem.New(problem.Forbidden, "不能给自己授予或取消角色")
	}
	return a.DB.Write(ctx, func(tx *db.Tx) error {
		p, err := personOf(ctx, tx, actor, personID, 0)
		if err == nil && !p.Active {
			err = problem.Missing("这个人员")
		}
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(Grantable, func(o form.Option) bool { return o.ID == role }) {
			if role == Expert {
				return problem.Field("role", "评审专家由大数据主管部门经专家库入库、移出")
			}
			return problem.Field("role", "请选择角色")
		}
		reason, err := Why(reason)
		if err != nil {
			return err
		}
		if err := change(tx, p); err != nil {
			return err
		}
		after, err := personOf(ctx, tx, actor, personID, 0)
		if err != nil {
			return err
		}
		if err := raise(ctx, tx, p); err != nil {
			return err
		}
		return Record(ctx, tx, actor, Act{Kind: OfPerson, Subject: p.ID, Title: p.Name, Do: do, Capacity: AsAdministrator, Reason: reason, At: a.now(),
			Changes: []form.Change{{Key: "roles", Label: "角色", Before: roleWords(p.Roles), After: roleWords(after.Roles)}}})
	})
}

// raise moves the revision of a person, guarded.
func raise(ctx context.Context, tx *db.Tx, p Person) error {
	res, err := tx.Exec(ctx, `UPDATE person SET rev = rev + 1 WHERE id = $1 AND rev = $2`, p.ID, p.Rev)
	return db.OneRow(res, err, errChanged)
}

// Lacks says what would be missing once a person holds these roles no more:
// what must not happen as a refusal, what must be known before as a sentence.
type Lacks struct{ Refusal, Warning string }

// mayDoWithout refuses what would leave the jurisdiction without an
// administrator, and what would leave a unit without a head unless confirmed.
func (a Administration) mayDoWithout(ctx context.Context, q db.Querier, p Person, roles []string, confirmed bool) error {
	l, err := a.lacks(ctx, q, p, roles)
	switch {
	case err != nil:
		return err
	case l.Refusal != "":
		return problem.New(problem.Conflict, "%s", l.Refusal)
	case l.Warning != "" && !confirmed:
		return problem.Field("confirm", "%s。确认要这样做，请勾选“已知晓”", l.Warning)
	}
	return nil
}

// Lacks is what taking all roles of a person would leave missing, to be said beforehand.
func (a Administration) Lacks(ctx context.Context, p Person) (Lacks, error) {
	return a.lacks(ctx, a.DB.Reader(ctx), p, p.Roles)
}

func (a Administration) lacks(ctx context.Context, q db.Querier, p Person, roles []string) (Lacks, error) {
	var l Lacks
	for _, r := range roles {
		if !slices.Contains(administrators, r) && r != Head || !p.Active {
			continue
		}
		n, err := db.Value[int64](ctx, q, `SELECT COUNT(*) FROM person p JOIN person_role r ON r.person_id = p.id
			WHERE p.jurisdiction = $1 AND p.active = 1 AND p.id <> $2 AND r.role = $3 AND (r.role <> 'head' OR p.unit_id = $4)`, p.Jurisdiction, p.ID, r, p.UnitID)
		if err != nil {
			return l, err
		}
		switch {
		case n > 0:
		case r == Head:
			l.Warning = a.Units.Name(p.UnitID) + "只有" + p.Name + "一位负责人，此后没有人能为它签发"
		default:
			l.Refusal = p.Name + "是唯一的" + RoleTitles[r] + "，请先授予另一人"
		}
	}
	return l, nil
}
