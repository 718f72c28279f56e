package inventory

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
)

// Year is what a unit confirmed of a system for a year.
type Year struct {
	MatterID string
	State    string
	Use      registry.Use
	Remark   string
}

// Years lists what was confirmed of a system, the newest year first.
func Years(ctx context.Context, q db.Querier, systemID string) ([]Year, error) {
	return db.All(ctx, q, func(s db.Scanner) (Year, error) {
		var y Year
		u := &y.Use
		err := s.Scan(&y.MatterID, &u.Year, &y.State, &u.Users, &u.MonthlyActive, &u.DailyCases, &u.CPU, &u.Memory, &u.Storage, &y.Remark)
		return y, err
	}, `SELECT m.id, m.year, u.system_state, u.users, u.monthly_active, u.daily_cases, u.cpu_rate, u.memory_rate, u.storage_rate, u.remark
		FROM system_use u JOIN matter m ON m.id = u.matter_id WHERE u.system_id = $1 AND u.state = 'accepted' ORDER BY m.year DESC, m.id LIMIT 10`, systemID)
}

// Numbers are how many systems a unit had at the end of each year and has today.
type Numbers struct {
	UnitID string  `json:"unit_id"`
	Ends   []int64 `json:"ends"`
	Now    int64   `json:"now"`
}

// Change is by how many they grew since the end of last year.
func (n Numbers) Change() int64 {
	if len(n.Ends) == 0 {
		return 0
	}
	return n.Now - n.Ends[len(n.Ends)-1]
}

// firstEnd is the first end of a year that is counted: the Measures came into force
// in its last month.
const firstEnd = 2025

// Ends are the years that are counted, at most five.
func Ends(today calendar.Date) []int64 {
	var out []int64
	for year := max(firstEnd, today.Year()-5); year < today.Year(); year++ {
		out = append(out, int64(year))
	}
	return out
}

// Count counts the systems an actor may see, by unit, in one query whatever their number.
func Count(ctx context.Context, q db.Querier, actor identity.Actor, unitID string, today calendar.Date) ([]Numbers, error) {
	var args db.Args
	years := Ends(today)
	columns := ""
	for _, year := range years {
		end := args.Add(fmt.Sprintf("%04d-12-31", year))
		columns += `CAST(SUM(CASE WHEN (y.added_at < ` + args.Add(opened(year)) + ` OR y.launched_on <> '' AND y.launched_on <= ` + end + `) AND (y.state <> 'retired' OR y.retired_on > ` + end + `) THEN 1 ELSE 0 END) AS BIGINT), `
	}
	where := actor.SeesSystem("y", &args)
	if unitID != "" {
		where += " AND y.unit_id = " + args.Add(unitID)
	}
	return db.All(ctx, q, func(s db.Scanner) (Numbers, error) {
		n := Numbers{Ends: make([]int64, len(years))}
		dest := []any{&n.UnitID}
		for i := range n.Ends {
			dest = append(dest, &n.Ends[i])
		}
		return n, s.Scan(append(dest, &n.Now)...)
	}, `SELECT y.unit_id, `+columns+`CAST(SUM(CASE WHEN y.state <> 'retired' THEN 1 ELSE 0 END) AS BIGINT) FROM info_system y WHERE `+where+` GROUP BY y.unit_id ORDER BY y.unit_id`, args.List()...)
}

// Total adds up the numbers of units.
func Total(units []Numbers) Numbers {
	var t Numbers
	for _, n := range units {
		if t.Ends == nil {
			t.Ends = make([]int64, len(n.Ends))
		}
		for i, v := range n.Ends {
			t.Ends[i] += v
		}
		t.Now += n.Now
	}
	return t
}

// Workbook is the filtered register as a file for Excel and WPS, with what points to
// idle systems.
func Workbook(rows []registry.System, units *identity.Directory, today calendar.Date, v measures.Values) ([]byte, error) {
	switch {
	case len(rows) == 0:
		return nil, problem.New(problem.NotFound, "没有符合条件、您可以查看的系统，没有可以导出的")
	case len(rows) > registry.MostSystems:
		return nil, problem.New(problem.Invalid, "符合条件的系统超过 %d 个，请按单位或者类别缩小范围", registry.MostSystems)
	}
	s := paper.Sheet{Name: "系统台账", Title: "政务信息系统台账", Note: fmt.Sprintf("导出日期 %s。使用情况是单位年度确认的，没有确认过的为空。", today)}
	for _, name := range []string{"序号", "系统编号", "系统名称", "单位", "类别", "状态", "上线日期", "停用日期", "由哪个系统替代", "使用年度", "用户数", "月活跃用户", "日均业务量", "CPU %", "内存 %", "存储 %", "闲置核查"} {
		s.Columns = append(s.Columns, paper.Column{Name: name})
	}
	for i, y := range rows {
		row := []paper.Cell{paper.Int(i + 1), paper.Text(y.Code()), paper.Text(y.Name), paper.Text(units.Name(y.UnitID)), paper.Text(form.Label(registry.SystemCategories, y.Category)), paper.Text(form.Label(registry.SystemStates, y.State)),
			paper.Text(string(y.Launched)), paper.Text(string(y.RetiredOn)), paper.Text(y.ReplacedBy)}
		for _, n := range []int64{y.Use.Year, y.Use.Users, y.Use.MonthlyActive, y.Use.DailyCases, y.Use.CPU, y.Use.Memory, y.Use.Storage} {
			if y.Use.Year == 0 {
				row = append(row, paper.Text(""))
			} else {
				row = append(row, paper.Int(int(n)))
			}
		}
		s.Rows = append(s.Rows, append(row, paper.Text(strings.Join(Idle(y, today, v), "；"))))
	}
	return paper.Workbook(s)
}
