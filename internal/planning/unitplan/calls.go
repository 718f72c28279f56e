package unitplan

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/paper"
)

// Call is a unit that has not filed yet and whom to ring up there.
type Call struct {
	UnitID, Unit, Contact, Phone string
	Due                          calendar.Date
	LateDays                     int
	Reminded                     int64
}

// Calls lists the units that still owe the plan of a year, by the order of units.
func Calls(ctx context.Context, e *matter.Engine, actor identity.Actor, year int64) ([]Call, error) {
	duties, err := duty.OfKind(ctx, e.DB.Reader(ctx), actor.Jurisdiction, Duty.Key, strconv.FormatInt(year, 10))
	if err != nil {
		return nil, err
	}
	clerks, err := identity.ClerksByUnit(ctx, e.DB.Reader(ctx), actor.Jurisdiction)
	if err != nil {
		return nil, err
	}
	today := e.Clock.Today()
	var out []Call
	for _, d := range duties {
		if d.SatisfiedOn != "" {
			continue
		}
		u, _ := e.Units.ByID(d.UnitID)
		c := Call{UnitID: u.ID, Unit: u.ShortName, Phone: u.Phone, Due: d.Due, LateDays: d.LateDays(today), Reminded: d.Reminded}
		var names []string
		for _, p := range clerks[u.ID][:min(2, len(clerks[u.ID]))] {
			names = append(names, strings.TrimSpace(p.Name+" "+p.Phone))
		}
		c.Contact = strings.Join(names, "、")
		out = append(out, c)
	}
	return out, nil
}

var callColumns = []string{"单位", "经办人", "单位电话", "截止日", "逾期天数", "已催办次数"}

// CallTable is the call list as rows of text under a heading.
func CallTable(calls []Call) [][]string {
	out := [][]string{callColumns}
	for _, c := range calls {
		out = append(out, []string{c.Unit, c.Contact, c.Phone, string(c.Due), strconv.Itoa(c.LateDays), strconv.FormatInt(c.Reminded, 10)})
	}
	return out
}

// CallSheet is the call list as a workbook.
func CallSheet(year int64, today calendar.Date, calls []Call) ([]byte, error) {
	s := paper.Sheet{Name: "电话名单", Title: fmt.Sprintf("%d 年度部门项目计划未报单位电话名单", year), Note: fmt.Sprintf("截至 %s，共 %d 家。", today.Chinese(), len(calls))}
	for _, name := range callColumns {
		s.Columns = append(s.Columns, paper.Column{Name: name})
	}
	for _, c := range calls {
		s.Rows = append(s.Rows, []paper.Cell{paper.Text(c.Unit), paper.Text(c.Contact), paper.Text(c.Phone), paper.Day(c.Due), paper.Int(c.LateDays), paper.Int(int(c.Reminded))})
	}
	return paper.Workbook(s)
}
