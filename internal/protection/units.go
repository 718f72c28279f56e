package protection

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// YearlyDue is until when the tasks of a year are to be done.
var YearlyDue = measures.Param{Key: "protection.yearly_due", Title: "每年检测、风险评估和演练的截止日", Kind: measures.KindMonthDay, Default: "12-31", Clause: "A28.3", Basis: measures.Reading,
	Note: "第二十八条只说“每年定期开展”"}

// UnitStanding is how one unit stands with what it owes for itself.
type UnitStanding struct {
	UnitID   string `json:"unit_id"`
	Unit     string `json:"unit"`
	Plan     Light  `json:"plan"`
	NetTest  Light  `json:"net_test"`
	DataRisk Light  `json:"data_risk"`
	Drill    Light  `json:"drill"`
}

// PlanLight is how a unit stands with its responsible people and emergency plan.
func PlanLight(r Record, today calendar.Date, v measures.Values) Light {
	l := Light{Clause: "A28.1", MatterID: r.MatterID, Due: r.NextDue}
	if r.MatterID == "" {
		l.Colour, l.Says = Amber, "没有登记责任人和应急预案"
		return l
	}
	l.Says = fmt.Sprintf("%s 评审", r.On)
	return l.dated(today, v)
}

// YearlyLight is how a unit stands with a task of every year: by what was done this
// year, and while nothing was, by whether the year before was missed.
func YearlyLight(now, before Record, today calendar.Date, v measures.Values) Light {
	l, year := Light{Clause: "A28.3", MatterID: now.MatterID}, int64(today.Year())
	due := InYear(YearlyDue, year, v)
	left := today.DaysUntil(due)
	missed := before.MatterID == "" && year > int64(FirstDay.Date(v).Year())
	switch {
	case now.MatterID != "" && now.OpenRisks > 0:
		l.Colour, l.Says = Amber, fmt.Sprintf("%s 完成，%d 个问题没有整改完", now.On, now.OpenRisks)
	case now.MatterID != "":
		l.Colour, l.Says = Green, fmt.Sprintf("%s 完成", now.On)
	case missed:
		l.Colour, l.Says, l.Due = Red, fmt.Sprintf("%d 年度没有完成，今年的应在 %s 前完成", year-1, due), due
	case left < 0:
		l.Colour, l.Says, l.Due = Red, fmt.Sprintf("应在 %s 前完成，已逾期 %d 天", due, -left), due
	case left <= RemindFirst.Int(v):
		l.Colour, l.Says, l.Due = Amber, fmt.Sprintf("应在 %s 前完成，还有 %d 天", due, left), due
	default:
		l.Colour, l.Says, l.Due = Green, fmt.Sprintf("应在 %s 前完成", due), due
	}
	return l
}

// Units pages through the units of a jurisdiction that owe what Article 28 asks, by
// name, those that the actor may see; after is the last unit of the page before.
func Units(ctx context.Context, e *matter.Engine, actor identity.Actor, after string, limit int64) ([]UnitStanding, error) {
	if actor.Administrator() || len(actor.Roles) == 0 {
		return nil, nil
	}
	q, today := e.DB.Reader(ctx), e.Clock.Today()
	v, err := e.Parameters(ctx, q, actor.Jurisdiction, today)
	if err != nil {
		return nil, err
	}
	var args db.Args
	where := `u.jurisdiction = ` + args.Add(actor.Jurisdiction) + ` AND ` + Duteous
	if !actor.OverseesAll() {
		where += ` AND u.id = ` + args.Add(actor.UnitID)
	}
	if after != "" {
		last := args.Add(after)
		where += ` AND (u.sort_key, u.id) > ((SELECT l.sort_key FROM unit l WHERE l.id = ` + last + `), ` + last + `)`
	}
	out, err := db.All(ctx, q, func(s db.Scanner) (UnitStanding, error) {
		var u UnitStanding
		return u, s.Scan(&u.UnitID, &u.Unit)
	}, `SELECT u.id, u.short_name FROM unit u WHERE `+where+` ORDER BY u.sort_key, u.id LIMIT `+args.Add(limit), args.List()...)
	if err != nil || len(out) == 0 {
		return out, err
	}
	records, err := ofUnits(ctx, q, out, int64(today.Year()))
	for i := range out {
		u := &out[i]
		of := func(kind string, year int) Record { return records[fmt.Sprint(u.UnitID, kind, year)] }
		yearly := func(kind string) Light {
			return YearlyLight(of(kind, today.Year()), of(kind, today.Year()-1), today, v)
		}
		u.Plan, u.NetTest, u.DataRisk, u.Drill = PlanLight(of(Plan, 0), today, v), yearly(NetTest), yearly(DataRisk), yearly(Drill)
	}
	return out, err
}

// ofUnits reads what stands on record of the units themselves, of this year and the last.
func ofUnits(ctx context.Context, q db.Querier, units []UnitStanding, year int64) (map[string]Record, error) {
	var ids []string
	for _, u := range units {
		ids = append(ids, u.UnitID)
	}
	var args db.Args
	list, err := db.All(ctx, q, scanRecord, `SELECT `+recordColumns+` FROM protection_record r WHERE r.subject_id IN `+args.In(ids...)+` AND (r.year = 0 OR r.year >= `+args.Add(year-1)+`) ORDER BY r.subject_id, r.kind, r.year`, args.List()...)
	out := map[string]Record{}
	for _, r := range list {
		out[fmt.Sprint(r.Subject, r.Kind, r.Year)] = r
	}
	return out, err
}
