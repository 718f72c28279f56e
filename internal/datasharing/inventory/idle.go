package inventory

import (
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// What points to a system that nobody uses (僵尸系统). Each is a reason to look, not a
// verdict: what becomes of the system its unit says.
var (
	ActiveBelow = measures.Param{Key: "inventory.active_below", Title: "闲置核查：月活跃用户少于", Unit: "人", Kind: measures.KindInt, Default: "10", Clause: "A06.1", Basis: measures.Practice,
		Note: "《办法》没有规定标准；达到的列为核查对象，由单位说明"}
	RateBelow = measures.Param{Key: "inventory.rate_below", Title: "闲置核查：云上系统 CPU 和内存利用率都低于", Unit: "%", Kind: measures.KindPercent, Default: "10", Clause: "A06.1", Basis: measures.Practice,
		Note: "《办法》没有规定标准；达到的列为核查对象，由单位说明"}
)

// IdleParams are those of the criteria.
var IdleParams = []measures.Param{ActiveBelow, RateBelow}

// clouds are the hostings whose resources are counted.
var clouds = []string{"city_cloud", "province_cloud", "leased"}

var cloudList = "('" + strings.Join(clouds, "','") + "')"

// asOf is the last year that every unit should have confirmed by a day.
func asOf(today calendar.Date, v measures.Values) int64 {
	year := int64(today.Year() - 1)
	if today <= due(year, v) {
		year--
	}
	return year
}

// IdleWhere is the predicate over systems y that one of the criteria points to.
func IdleWhere(args *db.Args, today calendar.Date, v measures.Values) string {
	w := `y.state IN ('operating','idle') AND (y.state = 'idle' OR y.used_year > 0 AND y.daily_cases = 0 AND y.monthly_active < ` + args.Add(int64(ActiveBelow.Int(v)))
	rate := args.Add(int64(RateBelow.Int(v)))
	w += ` OR y.used_year > 0 AND y.hosting IN ` + cloudList + ` AND y.cpu_rate < ` + rate + ` AND y.memory_rate < ` + rate
	if year := asOf(today, v); year >= int64(FirstYear.Int(v)) {
		w += ` OR y.used_year < ` + args.Add(year) + ` AND ` + standing(args, year)
	}
	return w + `)`
}

// Idle says which criteria point to a system, with its figures; nil when none does.
func Idle(y registry.System, today calendar.Date, v measures.Values) []string {
	if y.State != "operating" && y.State != "idle" {
		return nil
	}
	var out []string
	if y.State == "idle" {
		out = append(out, "单位登记为闲置")
	}
	u := y.Use
	if least := int64(ActiveBelow.Int(v)); u.Year > 0 && u.DailyCases == 0 && u.MonthlyActive < least {
		out = append(out, fmt.Sprintf("%d 年度月活跃用户 %d 人，少于 %d 人，没有业务量", u.Year, u.MonthlyActive, least))
	}
	if least := int64(RateBelow.Int(v)); u.Year > 0 && strings.Contains(cloudList, "'"+y.Hosting+"'") && u.CPU < least && u.Memory < least {
		out = append(out, fmt.Sprintf("%d 年度云资源利用率 CPU %d%%、内存 %d%%，都低于 %d%%", u.Year, u.CPU, u.Memory, least))
	}
	if year := asOf(today, v); year >= int64(FirstYear.Int(v)) && u.Year < year && stoodIn(y, year) {
		out = append(out, fmt.Sprintf("%d 年度没有确认使用情况", year))
	}
	return out
}

// stoodIn is standing of one system.
func stoodIn(y registry.System, year int64) bool {
	return y.AddedAt < opened(year) || y.Launched != "" && y.Launched <= calendar.Date(fmt.Sprintf("%04d-12-31", year))
}
