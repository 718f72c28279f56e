package identity

import (
	"context"
	"crypto/rand"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/problem"
)

// PersonInput is a person as a system administrator writes them.
type PersonInput struct{ Name, Login, Unit, Section, Phone string }

// PersonForm declares what is kept of a person.
var PersonForm = form.For[PersonInput](form.Section{Key: "person", Title: "人员", Fields: []form.Field{
	form.TextField("name", "姓名", func(p *PersonInput) *string { return &p.Name }, form.Max(30), form.Required),
	form.TextField("login", "登录名", func(p *PersonInput) *string { return &p.Login }, form.Max(31), form.Required, form.Help("小写字母开头，3 至 31 位小写字母、数字、点或短横")),
	form.TextField("unit", "单位", func(p *PersonInput) *string { return &p.Unit }, form.Max(60), form.Required, form.Help("调动后岗位须由安全管理员重新授予")),
	form.TextField("section", "科室", func(p *PersonInput) *string { return &p.Section }, form.Max(30)),
	form.TextField("phone", "电话", func(p *PersonInput) *string { return &p.Phone }, form.Max(20)),
}})

// Input is the person as they are written; unit is the name of their unit.
func (p Person) Input(unit string) PersonInput {
	return PersonInput{Name: p.Name, Login: p.Login, Unit: unit, Section: p.Section, Phone: p.Phone}
}

var loginWord = regexp.MustCompile(`^[a-z][a-z0-9.-]{2,30}$`)

// Person reads a person of the actor's jurisdiction, for an administrator or themselves.
func (a Administration) Person(ctx context.Context, actor Actor, id string) (Person, error) {
	if !actor.Administrator() && actor.ID != id {
		return Person{}, problem.Missing("这个人员")
	}
	return personOf(ctx, a.DB.Reader(ctx), actor, id, 0)
}

// SavePerson adds a person, with id "", or changes one. Who moves to another
// unit leaves their posts and tasks behind.
func (a Administration) SavePerson(ctx context.Context, actor Actor, id string, rev int64, in map[string]string, reason string, confirmed bool) (Person, error) {
	var p Person
	if !actor.Is(SysAdmin) {
		return p, problem.New(problem.Forbidden, "人员由系统管理员维护")
	}
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		p = Person{Jurisdiction: actor.Jurisdiction, Active: true}
		if id != "" {
			var err error
			if p, err = personOf(ctx, tx, actor, id, rev); err != nil {
				return err
			}
		}
		was := p
		before := p.Input(a.Units.Name(p.UnitID))
		after := before
		if err := PersonForm.Apply(&after, in, ""); err != nil {
			return err
		}
		unit, err := a.checkPerson(p, after)
		if err != nil {
			return err
		}
		reason, err := Why(reason)
		if err != nil {
			return err
		}
		after.Unit = unit.ShortName
		changes := PersonForm.Diff(&before, &after)
		p.Name, p.Login, p.UnitID, p.Section, p.Phone = after.Name, after.Login, unit.ID, after.Section, after.Phone
		act := Act{Kind: OfPerson, Title: p.Name, Do: "add", Capacity: AsAdministrator, Reason: reason, At: a.now()}
		if id == "" {
			if p, err = AddPerson(ctx, tx, p, act.At); err != nil {
				return err
			}
		} else {
			if len(changes) == 0 {
				return problem.New(problem.Conflict, "没有改动")
			}
			act.Do = "edit"
			if was.UnitID != p.UnitID {
				if err := a.moved(ctx, tx, was, confirmed); err != nil {
					return err
				}
				changes = append(changes, form.Change{Key: "roles", Label: "角色", Before: roleWords(was.Roles), After: "—"})
			}
			if err := updatePerson(ctx, tx, &p); err != nil {
				return err
			}
		}
		act.Subject, act.Changes = p.ID, changes
		return Record(ctx, tx, actor, act)
	})
	return p, err
}

func (a Administration) checkPerson(was Person, in PersonInput) (Unit, error) {
	bad := PersonForm.Missing(&in, "")
	if in.Login != "" && !loginWord.MatchString(in.Login) {
		bad["login"] = "登录名须以小写字母开头，3 至 31 位小写字母、数字、点或短横"
	}
	if in.Phone != "" && !phone.MatchString(in.Phone) {
		bad["phone"] = "电话应为 11 位手机号，或带区号的座机，如 0858-5550037"
	}
	u, ok := a.Units.ByID(was.UnitID)
	if !ok || in.Unit != u.ShortName {
		u, ok = a.Units.Match(was.Jurisdiction, in.Unit)
		if in.Unit != "" && (!ok || u.Jurisdiction != was.Jurisdiction || !u.Active) {
			bad["unit"] = fmt.Sprintf("没有“%s”这个单位，请核对名称", in.Unit)
		}
	}
	return u, problem.Fields(bad)
}

func updatePerson(ctx context.Context, tx *db.Tx, p *Person) error {
	res, err := tx.Exec(ctx, `UPDATE person SET name = $1, sort_key = $2, login = $3, unit_id = $4, section = $5, phone = $6, rev = rev + 1 WHERE id = $7 AND rev = $8`,
		p.Name, hanzi.SortKey(p.Name), p.Login, p.UnitID, p.Section, p.Phone, p.ID, p.Rev)
	if db.IsUnique(err) {
		return problem.Field("login", "登录名“%s”已有人使用", p.Login)
	}
	p.Rev++
	return db.OneRow(res, err, errChanged)
}

// moved takes the posts and tasks of the old unit from a person: a head there is
// not a head here.
func (a Administration) moved(ctx context.Context, tx *db.Tx, p Person, confirmed bool) error {
	if p.Is(Expert) {
		return problem.Field("unit", "评审专家属于专家库，不能调到别的单位；请另建人员")
	}
	if err := a.mayDoWithout(ctx, tx, p, p.Roles, confirmed); err != nil {
		return err
	}
	return letGo(ctx, tx, p.ID)
}

// letGo returns the tasks of a person to their post, ends their sessions and
// takes their roles.
func letGo(ctx context.Context, tx *db.Tx, personID string) error {
	for _, text := range []string{
		`UPDATE task SET person_id = '' WHERE person_id = $1 AND closed_at = 0 AND seat_id = ''`,
		`DELETE FROM session WHERE person_id = $1`,
		`DELETE FROM person_role WHERE person_id = $1`,
	} {
		if err := tx.Later(ctx, text, personID); err != nil {
			return fmt.Errorf("person leaves: %w", err)
		}
	}
	return nil
}

// Leave takes a person out of their unit: open tasks given to them by name go
// back to the post, their sessions end, and they can no longer sign in. What
// becomes of seats on a panel is the engine's to say.
func Leave(ctx context.Context, tx *db.Tx, personID string) error {
	if err := letGo(ctx, tx, personID); err != nil {
		return err
	}
	return tx.Later(ctx, `UPDATE person SET active = 0, password = '', rev = rev + 1 WHERE id = $1`, personID)
}

// MayLeave says whether the actor may let a person go, and who it is.
func (a Administration) MayLeave(ctx context.Context, tx *db.Tx, actor Actor, id string, rev int64, reason string, confirmed bool) (Person, string, error) {
	if !actor.Is(SysAdmin) {
		return Person{}, "", problem.New(problem.Forbidden, "离岗由系统管理员办理")
	}
	if actor.ID == id {
		return Person{}, "", problem.New(problem.Forbidden, "不能为自己办理离岗，请另一位系统管理员办理")
	}
	p, err := personOf(ctx, tx, actor, id, rev)
	if err != nil {
		return p, "", err
	}
	if !p.Active {
		return p, "", problem.New(problem.Conflict, "%s已经离岗", p.Name)
	}
	if err := a.mayDoWithout(ctx, tx, p, p.Roles, confirmed); err != nil {
		return p, "", err
	}
	reason, err = Why(reason)
	return p, reason, err
}

// Return brings back a person who left, without roles and without a password.
func (a Administration) Return(ctx context.Context, actor Actor, id string, rev int64, reason string) error {
	return a.onPerson(ctx, actor, SysAdmin, "人员由系统管理员恢复", id, rev, reason, "back", func(tx *db.Tx, p Person) ([]form.Change, error) {
		if p.Active {
			return nil, problem.New(problem.Conflict, "%s在岗", p.Name)
		}
		if u, _ := a.Units.ByID(p.UnitID); !u.Active {
			return nil, problem.New(problem.Conflict, "%s已停用，请先恢复单位", u.ShortName)
		}
		_, err := tx.Exec(ctx, `UPDATE person SET active = 1 WHERE id = $1`, p.ID)
		return []form.Change{{Key: "active", Label: "状态", Before: "离岗", After: "在岗"}}, err
	})
}

// onPerson is one recorded act of an administrator on one person.
func (a Administration) onPerson(ctx context.Context, actor Actor, role, refusal, id string, rev int64, reason, do string, change func(tx *db.Tx, p Person) ([]form.Change, error)) error {
	if !actor.Is(role) {
		return problem.New(problem.Forbidden, "%s", refusal)
	}
	return a.DB.Write(ctx, func(tx *db.Tx) error {
		p, err := personOf(ctx, tx, actor, id, rev)
		if err != nil {
			return err
		}
		reason, err := Why(reason)
		if err != nil {
			return err
		}
		changes, err := change(tx, p)
		if err != nil {
			return err
		}
		if err := raise(ctx, tx, p); err != nil {
			return err
		}
		return Record(ctx, tx, actor, Act{Kind: OfPerson, Subject: p.ID, Title: p.Name, Do: do, Capacity: AsAdministrator, Changes: changes, Reason: reason, At: a.now()})
	})
}

// GivePassword gives a person a first password, made up when it is "". It may be
// simple: it serves once, the person must change it on signing in. The passwords
// of the other two administrators are no business of the system administrator
// once they have one, or he could act as them.
func (a Administration) GivePassword(ctx context.Context, actor Actor, id, password, reason string) (string, error) {
	if password == "" {
		password = strings.ToLower(rand.Text()[:12])
	}
	if n := len([]rune(password)); n < 8 || n > 128 {
		return "", problem.Field("password", "初始密码须 8 至 128 个字符")
	}
	err := a.onPerson(ctx, actor, SysAdmin, "初始密码由系统管理员设置", id, 0, reason, "password", func(tx *db.Tx, p Person) ([]form.Change, error) {
		switch {
		case !p.Active:
			return nil, problem.New(problem.Conflict, "%s已经离岗", p.Name)
		case p.ID == actor.ID:
			return nil, problem.New(problem.Forbidden, "自己的密码请在“我的账号”修改")
		case p.HasPassword && slices.ContainsFunc(administrators, p.Is):
			return nil, problem.New(problem.Forbidden, "%s是%s，密码不能由系统管理员重设；忘记密码的在服务器上用 zhengcheng password 命令重设", p.Name, p.title())
		case strings.Contains(strings.ToLower(password), p.Login):
			return nil, problem.Field("password", "密码不能含登录名")
		}
		return nil, firstPassword(ctx, tx, p.ID, password)
	})
	return password, err
}

func (p Person) title() string { return roleWords(p.Roles) }

// FirstPassword makes up a password that must be changed on signing in.
func FirstPassword(ctx context.Context, tx *db.Tx, personID string) (string, error) {
	password := strings.ToLower(rand.Text()[:14])
	return password, firstPassword(ctx, tx, personID, password)
}

// firstPassword sets a password that must be changed on signing in, and ends all sessions.
func firstPassword(ctx context.Context, tx *db.Tx, personID, password string) error {
	h, err := hashPassword(password)
	if err != nil {
		return err
	}
	if err := tx.Later(ctx, `UPDATE person SET password = $1, failures = 0, locked_until = 0, must_change = 1 WHERE id = $2`, h, personID); err != nil {
		return err
	}
	return tx.Later(ctx, `DELETE FROM session WHERE person_id = $1`, personID)
}

// ResetPassword makes up a new first password for a login, for whoever holds the
// server: the way back for an administrator who forgot theirs.
func (a Administration) ResetPassword(ctx context.Context, login, reason string) (string, error) {
	password := ""
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		p, err := db.One(ctx, tx, scanPerson, `SELECT `+personColumns+` FROM person p WHERE p.login = $1 AND p.active = 1`, login)
		if db.None(err) {
			return problem.Missing("登录名为“" + login + "”的人")
		}
		if err != nil {
			return err
		}
		reason, err := Why(reason)
		if err != nil {
			return err
		}
		if password, err = FirstPassword(ctx, tx, p.ID); err != nil {
			return err
		}
		return Record(ctx, tx, System(p.Jurisdiction), Act{Kind: OfPerson, Subject: p.ID, Title: p.Name, Do: "password", Capacity: AsAdministrator, Reason: reason, At: a.now()})
	})
	return password, err
}

// Unlock ends the lock after failed sign-ins.
func (a Administration) Unlock(ctx context.Context, actor Actor, id, reason string) error {
	return a.onPerson(ctx, actor, SecAdmin, "锁定由安全管理员解除", id, 0, reason, "unlock", func(tx *db.Tx, p Person) ([]form.Change, error) {
		res, err := tx.Exec(ctx, `UPDATE person SET failures = 0, locked_until = 0 WHERE id = $1 AND locked_until > 0`, p.ID)
		return nil, db.OneRow(res, err, problem.New(problem.Conflict, "%s没有被锁定", p.Name))
	})
}
