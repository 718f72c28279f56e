package app

import (
	"context"
	"crypto/rand"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// initCity makes the jurisdiction, an administration unit and the three
// separated administrators, whose first passwords are printed once.
func (a *App) initCity(ctx context.Context, name, numbering string, out io.Writer) error {
	return a.DB.Write(ctx, func(tx *db.Tx) error {
		n, err := db.Value[int64](ctx, tx, `SELECT COUNT(*) FROM jurisdiction`)
		if err != nil {
			return err
		}
		if n > 0 {
			return problem.New(problem.Conflict, "这个数据库已经初始化过")
		}
		if _, err := tx.Exec(ctx, `INSERT INTO jurisdiction (id, name, area_code, numbering, measures) VALUES ('lps', $1, '520200', $2, 'own')`, name, numbering); err != nil {
			return err
		}
		u, err := identity.AddUnit(ctx, tx, identity.Unit{Jurisdiction: "lps", Name: name + "政程管理员", ShortName: "管理员", Code: "ADMIN", Kind: "vertical"})
		if err != nil {
			return err
		}
		for _, r := range []string{identity.SysAdmin, identity.SecAdmin, identity.AudAdmin} {
			p, err := identity.AddPerson(ctx, tx, identity.Person{Jurisdiction: "lps", UnitID: u.ID, Name: identity.RoleTitles[r], Login: r, Roles: []string{r}}, a.Clock.Now().UnixMilli())
			if err != nil {
				return err
			}
			password := "Z" + strings.ToLower(rand.Text()[:14]) + "7"
			if err := identity.SetPassword(ctx, tx, p.ID, r, password); err != nil {
				return err
			}
			fmt.Fprintf(out, "%s  %s  %s\n", p.Name, r, password)
		}
		return nil
	})
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
			if _, err := identity.AddUnit(ctx, tx, u); err != nil {
				return fmt.Errorf("第 %d 行: %w", i+2, err)
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

// checkTotals recomputes what lists show as totals and names every difference.
func (a *App) checkTotals(ctx context.Context) ([]string, error) {
	return registry.CheckTotals(ctx, a.DB)
}
