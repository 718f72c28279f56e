package identity

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/problem"
)

// Administration is where the three administrators keep units, people and
// roles. Every change stands in the tamper-evident record with who, what before
// and after, and why.
type Administration struct {
	DB    *db.DB
	Units *Directory
	Clock *calendar.Clock
	Title func(procedure string) string // names a procedure, for what a unit still holds
}

func (a Administration) now() int64 { return a.Clock.Now().UnixMilli() }

// Offices of Article 5 as a system administrator gives them to a unit; they have
// the same names in every jurisdiction.
var Offices = []form.Option{{ID: BigData, Label: "大数据主管部门"}, {ID: Finance, Label: "财政部门"}, {ID: NDRC, Label: "发展改革部门"}, {ID: CAC, Label: "网信部门"},
	{ID: Secrecy, Label: "机要保密部门"}, {ID: Police, Label: "公安机关"}, {ID: EGov, Label: "电子政务办"}, {ID: Service, Label: "政务服务中心"}, {ID: Audit, Label: "审计机关"}}

// UnitInput is a unit as a system administrator writes it.
type UnitInput struct{ Name, ShortName, Code, USCC, Kind, Group, Parent, Office, Phone string }

// UnitForm declares what is kept of a unit.
var UnitForm = form.For[UnitInput](form.Section{Key: "unit", Title: "单位", Fields: []form.Field{
	form.TextField("name", "全称", func(u *UnitInput) *string { return &u.Name }, form.Max(60), form.Required),
	form.TextField("short_name", "简称", func(u *UnitInput) *string { return &u.ShortName }, form.Max(20), form.Required, form.Help("各页面显示的名称")),
	form.TextField("code", "代码", func(u *UnitInput) *string { return &u.Code }, form.Max(10), form.Required, form.Help("2 至 10 位大写字母或数字，写入项目编号")),
	form.ChoiceField("kind", "类别", UnitKinds, func(u *UnitInput) *string { return &u.Kind }, form.Required),
	form.TextField("parent", "主管部门", func(u *UnitInput) *string { return &u.Parent }, form.Max(60), form.Help("二级单位填写，经主管部门报送")),
	form.ChoiceField("office", "第5条职能", Offices, func(u *UnitInput) *string { return &u.Office }, form.Help("每项职能在一个辖区只由一个单位承担")),
	form.TextField("group", "分组", func(u *UnitInput) *string { return &u.Group }, form.Max(20), form.Help("党委、政府、群团等")),
	form.TextField("phone", "电话", func(u *UnitInput) *string { return &u.Phone }, form.Max(20)),
	form.TextField("uscc", "统一社会信用代码", func(u *UnitInput) *string { return &u.USCC }, form.Max(18), form.Help("18 位；校验位不符的可以保存，会有提示")),
}})

// Input is the unit as it is written; parent is the name of its department.
func (u Unit) Input(parent string) UnitInput {
	return UnitInput{Name: u.Name, ShortName: u.ShortName, Code: u.Code, USCC: u.USCC, Kind: u.Kind, Group: u.Group, Parent: parent, Office: u.Office, Phone: u.Phone}
}

var (
	unitCode = regexp.MustCompile(`^[A-Z0-9]{2,10}$`)
	phone    = regexp.MustCompile(`^(1\d{10}|0\d{2,3}-?\d{7,8})$`)
	uscc     = regexp.MustCompile(`^[0-9A-Z]{18}$`)
)

// SaveUnit adds a unit, with id "", or changes one. A code whose check character
// is wrong is kept: some real codes fail it, and Unit.Doubts says so.
func (a Administration) SaveUnit(ctx context.Context, actor Actor, id string, rev int64, in map[string]string, reason string) (Unit, error) {
	var u Unit
	if !actor.Is(SysAdmin) {
		return u, problem.New(problem.Forbidden, "单位由系统管理员维护")
	}
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		u = Unit{Jurisdiction: actor.Jurisdiction, Active: true}
		if id != "" {
			var err error
			if u, err = unitOf(ctx, tx, actor, id, rev); err != nil {
				return err
			}
		}
		before := u.Input(a.Units.Name(u.ParentID))
		after := before
		if err := UnitForm.Apply(&after, in, ""); err != nil {
			return err
		}
		after.Code, after.USCC = strings.ToUpper(after.Code), strings.ToUpper(after.USCC)
		changes := UnitForm.Diff(&before, &after)
		parent, err := a.checkUnit(ctx, tx, u, after)
		if err != nil {
			return err
		}
		reason, err := Why(reason)
		if err != nil {
			return err
		}
		if id != "" && len(changes) == 0 {
			return problem.New(problem.Conflict, "没有改动")
		}
		u.Name, u.ShortName, u.Code, u.USCC, u.Kind, u.Group, u.Office, u.Phone = after.Name, after.ShortName, after.Code, after.USCC, after.Kind, after.Group, after.Office, after.Phone
		u.ParentID = parent
		do := "edit"
		if id == "" {
			do = "add"
			u.AddedAt = a.now()
			u, err = AddUnit(ctx, tx, u)
		} else {
			err = a.updateUnit(ctx, tx, &u)
		}
		if err != nil {
			return err
		}
		return Record(ctx, tx, actor, Act{Kind: OfUnit, Subject: u.ID, Title: u.ShortName, Do: do, Capacity: AsAdministrator, Changes: changes, Reason: reason, At: a.now()})
	})
	if err != nil {
		return u, err
	}
	return u, a.Units.Reload(ctx, a.DB.Reader(ctx))
}

func (a Administration) updateUnit(ctx context.Context, tx *db.Tx, u *Unit) error {
	res, err := tx.Exec(ctx, `UPDATE unit SET name = $1, short_name = $2, code = $3, uscc = $4, kind = $5, grp = $6, parent_id = $7, office = $8, phone = $9,
		sort_key = $10, normal_name = $11, rev = rev + 1 WHERE id = $12 AND rev = $13`,
		u.Name, u.ShortName, u.Code, u.USCC, u.Kind, u.Group, u.ParentID, u.Office, u.Phone, hanzi.SortKey(u.ShortName), hanzi.NormalName(u.Name), u.ID, u.Rev)
	u.Rev++
	return db.OneRow(res, err, errChanged)
}

var errChanged = problem.New(problem.Conflict, "您打开之后，别人改过这一条。请看过最新内容再改")

// unitOf reads a unit of the actor's jurisdiction at the revision they saw; 0 does not check.
func unitOf(ctx context.Context, q db.Querier, actor Actor, id string, rev int64) (Unit, error) {
	u, err := db.One(ctx, q, scanUnit, `SELECT `+unitColumns+` FROM unit u WHERE u.id = $1 AND u.jurisdiction = $2 AND u.kind <> 'panel'`, id, actor.Jurisdiction)
	if db.None(err) {
		return u, problem.Missing("这个单位")
	}
	if err == nil && rev != 0 && rev != u.Rev {
		err = errChanged
	}
	return u, err
}

// Unit reads a unit of the actor's jurisdiction, whether active or not.
func (a Administration) Unit(ctx context.Context, actor Actor, id string) (Unit, error) {
	return unitOf(ctx, a.DB.Reader(ctx), actor, id, 0)
}

// checkUnit says field by field what is wrong, and finds the parent department.
func (a Administration) checkUnit(ctx context.Context, tx *db.Tx, was Unit, in UnitInput) (parent string, err error) {
	bad := UnitForm.Missing(&in, "")
	say := func(field, format string, args ...any) {
		if bad[field] == "" {
			bad[field] = fmt.Sprintf(format, args...)
		}
	}
	if !unitCode.MatchString(in.Code) {
		say("code", "代码须为 2 至 10 位大写字母或数字")
	}
	if in.Phone != "" && !phone.MatchString(in.Phone) {
		say("phone", "电话应为 11 位手机号，或带区号的座机，如 0858-5550037")
	}
	if in.USCC != "" && !uscc.MatchString(in.USCC) {
		say("uscc", "统一社会信用代码须为 18 位数字或大写字母，现为 %d 位", len([]rune(in.USCC)))
	}
	type other struct{ id, name, short, code, parent, office string }
	all, err := db.All(ctx, tx, func(s db.Scanner) (other, error) {
		var o other
		err := s.Scan(&o.id, &o.name, &o.short, &o.code, &o.parent, &o.office)
		return o, err
	}, `SELECT id, name, short_name, code, parent_id, office FROM unit WHERE jurisdiction = $1 AND id <> $2 AND (active = 1 OR code = $3) ORDER BY id`, was.Jurisdiction, was.ID, in.Code)
	if err != nil {
		return "", err
	}
	children := false
	for _, o := range all {
		children = children || was.ID != "" && o.parent == was.ID
		if o.code == in.Code {
			say("code", "代码 %s 已由%s使用", in.Code, o.short)
		}
		if hanzi.NormalName(o.name) == hanzi.NormalName(in.Name) {
			say("name", "已有同名单位")
		}
		if hanzi.NormalName(o.short) == hanzi.NormalName(in.ShortName) {
			say("short_name", "%s已用这个简称", o.name)
		}
		if in.Office != "" && o.office == in.Office {
			say("office", "这项职能已由%s承担，请先改那个单位", o.short)
		}
	}
	if in.Parent != "" {
		p, ok := a.Units.Match(was.Jurisdiction, in.Parent)
		switch {
		case !ok || p.Jurisdiction != was.Jurisdiction || !p.Active:
			say("parent", "没有“%s”这个单位，请核对名称", in.Parent)
		case p.ID == was.ID:
			say("parent", "主管部门不能是单位自己")
		case p.ParentID != "":
			say("parent", "%s自己也是二级单位，不能作主管部门", p.ShortName)
		case children:
			say("parent", "这个单位是别的单位的主管部门，不能再归其他部门主管")
		}
		parent = p.ID
	}
	if was.Office != "" && was.Office != in.Office {
		held, err := a.held(ctx, tx, `SELECT m.procedure, COUNT(*) FROM task t JOIN matter m ON m.id = t.matter_id
			WHERE t.unit_id = $1 AND t.closed_at = 0 AND m.unit_id <> $1 GROUP BY m.procedure ORDER BY m.procedure`, was.ID)
		if err != nil {
			return "", err
		}
		if held != "" {
			say("office", "按这项职能待办的还有：%s。办结后再改", held)
		}
	}
	return parent, problem.Fields(bad)
}

// held says in words how many cases of which procedure a query counts.
func (a Administration) held(ctx context.Context, q db.Querier, text string, args ...any) (string, error) {
	list, err := db.All(ctx, q, func(s db.Scanner) (string, error) {
		var key string
		var n int64
		err := s.Scan(&key, &n)
		if a.Title != nil {
			key = a.Title(key)
		}
		return fmt.Sprintf("%s %d 份", key, n), err
	}, text, args...)
	return strings.Join(list, "、"), err
}

// Doubts are warnings about a unit that do not keep it from being saved.
func (u Unit) Doubts() []string {
	if u.USCC != "" && !USCCCheck(u.USCC) {
		return []string{"统一社会信用代码 " + u.USCC + " 的校验位不符，请核对"}
	}
	return nil
}

// CloseUnit takes a unit out of use. What it still holds — cases, tasks, an
// office, projects, systems, people, second-level units — would be orphaned: the
// refusal names what must be handed over first.
func (a Administration) CloseUnit(ctx context.Context, actor Actor, id string, rev int64, reason string) error {
	if !actor.Is(SysAdmin) {
		return problem.New(problem.Forbidden, "单位由系统管理员停用")
	}
	return a.flip(ctx, actor, id, rev, reason, "close", func(tx *db.Tx, u Unit) error {
		still, err := a.stillHeld(ctx, tx, u)
		if err == nil && len(still) > 0 {
			err = problem.New(problem.Conflict, "%s还不能停用：%s", u.ShortName, strings.Join(still, "；"))
		}
		return err
	})
}

// ReopenUnit brings a unit back into use.
func (a Administration) ReopenUnit(ctx context.Context, actor Actor, id string, rev int64, reason string) error {
	if !actor.Is(SysAdmin) {
		return problem.New(problem.Forbidden, "单位由系统管理员恢复")
	}
	return a.flip(ctx, actor, id, rev, reason, "reopen", func(tx *db.Tx, u Unit) error { return nil })
}

func (a Administration) flip(ctx context.Context, actor Actor, id string, rev int64, reason, do string, may func(tx *db.Tx, u Unit) error) error {
	to := do == "reopen"
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		u, err := unitOf(ctx, tx, actor, id, rev)
		if err != nil {
			return err
		}
		word := map[bool]string{true: "在用", false: "停用"}
		if u.Active == to {
			return problem.New(problem.Conflict, "%s现在已是“%s”", u.ShortName, word[to])
		}
		if err := may(tx, u); err != nil {
			return err
		}
		reason, err := Why(reason)
		if err != nil {
			return err
		}
		res, err := tx.Exec(ctx, `UPDATE unit SET active = $1, rev = rev + 1 WHERE id = $2 AND rev = $3`, db.Flag(to), u.ID, u.Rev)
		if err := db.OneRow(res, err, errChanged); err != nil {
			return err
		}
		return Record(ctx, tx, actor, Act{Kind: OfUnit, Subject: u.ID, Title: u.ShortName, Do: do, Capacity: AsAdministrator, Reason: reason, At: a.now(),
			Changes: []form.Change{{Key: "active", Label: "状态", Before: word[!to], After: word[to]}}})
	})
	if err != nil {
		return err
	}
	return a.Units.Reload(ctx, a.DB.Reader(ctx))
}

func (a Administration) stillHeld(ctx context.Context, q db.Querier, u Unit) ([]string, error) {
	var out []string
	for _, c := range []struct{ says, text string }{
		{"没有办结的案卷有", `SELECT procedure, COUNT(*) FROM matter WHERE unit_id = $1 AND closed_at = 0 GROUP BY procedure ORDER BY procedure`},
		{"等它办理的有", `SELECT m.procedure, COUNT(*) FROM task t JOIN matter m ON m.id = t.matter_id
			WHERE t.unit_id = $1 AND t.closed_at = 0 AND m.unit_id <> $1 GROUP BY m.procedure ORDER BY m.procedure`},
	} {
		held, err := a.held(ctx, q, c.text, u.ID)
		if err != nil {
			return nil, err
		}
		if held != "" {
			out = append(out, c.says+held)
		}
	}
	if u.Office != "" {
		out = append(out, "它承担“"+form.Label(Offices, u.Office)+"”职能，请先改由别的单位承担")
	}
	// how many, not which: administrators see no business
	for _, c := range []struct{ says, text string }{
		{"还有 %d 个项目在它名下，请先移交或终止", `SELECT COUNT(*) FROM project WHERE unit_id = $1 AND stage <> 'ended'`},
		{"还有 %d 个信息系统在它名下，请先移交或停用", `SELECT COUNT(*) FROM info_system WHERE unit_id = $1 AND state <> 'retired'`},
	} {
		n, err := db.Value[int64](ctx, q, c.text, u.ID)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, fmt.Sprintf(c.says, n))
		}
	}
	people, err := db.Column[string](ctx, q, `SELECT name FROM person WHERE unit_id = $1 AND active = 1 ORDER BY sort_key, id LIMIT 200`, u.ID)
	if err != nil {
		return nil, err
	}
	if len(people) > 0 {
		out = append(out, fmt.Sprintf("还有 %d 人在岗（%s），请先办理离岗或调动", len(people), strings.Join(people[:min(5, len(people))], "、")))
	}
	units, err := db.Column[string](ctx, q, `SELECT short_name FROM unit WHERE parent_id = $1 AND active = 1 ORDER BY sort_key, id LIMIT 200`, u.ID)
	if len(units) > 0 {
		out = append(out, "它主管的单位还有"+strings.Join(units, "、"))
	}
	return out, err
}
