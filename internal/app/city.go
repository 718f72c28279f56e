package app

import (
	"cmp"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strings"

	"zhengcheng/internal/acceptance/contract"
	"zhengcheng/internal/budgeting/budget"
	"zhengcheng/internal/construction/adjustment"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// newJurisdiction is what init prepares.
type newJurisdiction struct{ id, name, area, numbering string }

var jurisdictionID = regexp.MustCompile(`^[a-z][a-z0-9]{1,9}$`)

// initCity makes a jurisdiction, an administration unit and the three separated
// administrators, whose first passwords are printed once. The first one is the
// city, in which the Measures bind; further ones follow them by reference
// (Article 36), each with its own people, parameters and numbers.
func (a *App) initCity(ctx context.Context, j newJurisdiction, out io.Writer) error {
	switch {
	case !jurisdictionID.MatchString(j.id):
		return problem.New(problem.Invalid, "辖区标识须为 2 至 10 位小写字母或数字，以字母开头")
	case strings.TrimSpace(j.name) == "" || strings.TrimSpace(j.numbering) == "":
		return problem.New(problem.Invalid, "请用 --name 写明辖区名称，用 --number 写明文号的机关代字")
	}
	var lines []string
	err := a.DB.Write(ctx, func(tx *db.Tx) error {
		lines = nil
		type known struct{ id, name, numbering string }
		all, err := db.All(ctx, tx, func(s db.Scanner) (known, error) {
			var k known
			err := s.Scan(&k.id, &k.name, &k.numbering)
			return k, err
		}, `SELECT id, name, numbering FROM jurisdiction ORDER BY id`)
		if err != nil {
			return err
		}
		for _, k := range all {
			switch {
			case k.id == j.id || k.name == j.name:
				return problem.New(problem.Conflict, "这个数据库已经初始化过%s（%s）。增加辖区请另用 --jurisdiction、--name 和 --number", k.name, k.id)
			case k.numbering == j.numbering:
				return problem.New(problem.Conflict, "%s已用“%s”编号，两个辖区的文号会混淆", k.name, k.numbering)
			}
		}
		measures, prefix := "reference", j.id+"-"
		if len(all) == 0 {
			measures, prefix = "own", ""
			j.area = cmp.Or(j.area, "520200")
		}
		if err := tx.Later(ctx, `INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ($1, $2, $3, $4, $5)`, j.id, j.name, j.area, j.numbering, measures); err != nil {
			return err
		}
		lines, err = a.firstAdministrators(ctx, tx, j, prefix)
		return err
	})
	if err != nil {
		return err
	}
	for _, l := range lines {
		if _, err := fmt.Fprintln(out, l); err != nil {
			return err
		}
	}
	return a.Units.Reload(ctx, a.DB.Reader(ctx))
}

func (a *App) firstAdministrators(ctx context.Context, tx *db.Tx, j newJurisdiction, prefix string) ([]string, error) {
	u, err := identity.AddUnit(ctx, tx, identity.Unit{Jurisdiction: j.id, Name: j.name + "政程管理员", ShortName: "管理员", Code: "ADMIN", Kind: "vertical"})
	if err != nil {
		return nil, err
	}
	at := a.Clock.Now().UnixMilli()
	var lines []string
	for _, r := range []string{identity.SysAdmin, identity.SecAdmin, identity.AudAdmin} {
		p, err := identity.AddPerson(ctx, tx, identity.Person{Jurisdiction: j.id, UnitID: u.ID, Name: identity.RoleTitles[r], Login: prefix + r, Roles: []string{r}}, at)
		if err != nil {
			return nil, err
		}
		password, err := identity.FirstPassword(ctx, tx, p.ID)
		if err != nil {
			return nil, err
		}
		err = identity.Record(ctx, tx, identity.System(j.id), identity.Act{Kind: identity.OfPerson, Subject: p.ID, Title: p.Name, Do: "add", Capacity: identity.AsAdministrator, Reason: "初始化" + j.name, At: at,
			Changes: []form.Change{{Key: "roles", Label: "角色", Before: "—", After: p.Name}}})
		if err != nil {
			return nil, err
		}
		lines = append(lines, p.Name+"  "+p.Login+"  "+password)
	}
	return lines, nil
}

// importUnits reads units with the header name,short_name,code,group,parent,uscc
// in any order; a unit whose code is known is left as it is.
func (a *App) importUnits(ctx context.Context, r io.Reader, jurisdiction string) (int, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return 0, fmt.Errorf("表格无法读取: %w", err)
	}
	if len(rows) == 0 {
		return 0, fmt.Errorf("表格是空的")
	}
	col := map[string]int{}
	for i, h := range rows[0] {
		col[strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))] = i
	}
	for _, need := range []string{"name", "short_name", "code"} {
		if _, ok := col[need]; !ok {
			return 0, fmt.Errorf("表头缺少 %s", need)
		}
	}
	get := func(row []string, name string) string {
		if i, ok := col[name]; ok && i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	n := 0
	err = a.DB.Write(ctx, func(tx *db.Tx) error {
		n = 0
		known, err := db.Column[string](ctx, tx, `SELECT code FROM unit WHERE jurisdiction = $1`, jurisdiction)
		if err != nil {
			return err
		}
		have := map[string]bool{}
		for _, c := range known {
			have[c] = true
		}
		for i, row := range rows[1:] {
			u := identity.Unit{Jurisdiction: jurisdiction, Name: get(row, "name"), ShortName: get(row, "short_name"), Code: get(row, "code"), Group: get(row, "group"), USCC: get(row, "uscc"), Kind: "department"}
			if u.Name == "" || u.ShortName == "" || u.Code == "" {
				return fmt.Errorf("第 %d 行缺少名称、简称或代码", i+2)
			}
			if have[u.Code] {
				continue
			}
			have[u.Code] = true
			if u, err = identity.AddUnit(ctx, tx, u); err != nil {
				return fmt.Errorf("第 %d 行: %w", i+2, err)
			}
			if err := identity.Record(ctx, tx, identity.System(jurisdiction), identity.Act{Kind: identity.OfUnit, Subject: u.ID, Title: u.ShortName, Do: "add", Capacity: identity.AsAdministrator,
				Reason: "命令行导入", At: a.Clock.Now().UnixMilli()}); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return n, a.Units.Reload(ctx, a.DB.Reader(ctx))
}

// checkTotals recomputes what is kept as totals, and the figures of the records they
// come from, and names every difference.
func (a *App) checkTotals(ctx context.Context) ([]string, error) {
	totals, err := registry.CheckTotals(ctx, a.DB)
	if err != nil {
		return nil, err
	}
	for _, check := range []func(context.Context, db.Querier) ([]string, error){registry.CheckMoney, budget.Check, adjustment.Check, contract.Check, a.Engine.CheckMarks} {
		found, err := check(ctx, a.DB)
		if err != nil {
			return nil, err
		}
		totals = append(totals, found...)
	}
	return totals, nil
}
