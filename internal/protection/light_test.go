package protection

import (
	"testing"

	"zhengcheng/internal/calendar"
)

// Worked by hand as of 2026-10-08; the last 90 days before a date are amber.
func TestLights(t *testing.T) {
	t.Parallel()
	const today calendar.Date = "2026-10-08"
	third := func(due calendar.Date) Record {
		return Record{MatterID: "m", Level: 3, Number: "n", On: "2026-01-01", Conclusion: Conforms, NextDue: due}
	}
	with := func(r Record, change func(*Record)) Record { change(&r); return r }
	for name, c := range map[string]struct {
		r     Record
		state string
		want  string
	}{
		"nothing on record":          {Record{}, "operating", Amber},
		"nothing, still being built": {Record{}, "building", Grey},
		"not graded":                 {Record{MatterID: "m"}, "operating", Grey},
		"first level":                {Record{MatterID: "m", Level: 1}, "operating", Green},
		"second level, not filed":    {Record{MatterID: "m", Level: 2, NextDue: "2028-01-01"}, "operating", Red},
		"fifth level":                {Record{MatterID: "m", Level: 5, Number: "n"}, "operating", Green},
		"91 days left":               {third("2027-01-07"), "operating", Green},
		"90 days left":               {third("2027-01-06"), "operating", Amber},
		"due today":                  {third("2026-10-08"), "operating", Amber},
		"due yesterday":              {third("2026-10-07"), "idle", Red},
		"high risks open":            {with(third("2027-10-01"), func(r *Record) { r.OpenRisks = 1 }), "operating", Amber},
		"high risks open, overdue":   {with(third("2026-10-07"), func(r *Record) { r.OpenRisks = 1 }), "operating", Red},
		"does not conform":           {with(third("2027-10-01"), func(r *Record) { r.Conclusion = NotConform }), "operating", Red},
	} {
		if got := GradingLight(c.r, c.state, today, nil); got.Colour != c.want || got.Says == "" || got.Clause != "A28.2" {
			t.Errorf("%s: %+v, want %s", name, got, c.want)
		}
	}
	for name, c := range map[string]struct {
		r         Record
		concerned bool
		want      string
	}{
		"nothing, concerned":      {Record{}, true, Amber},
		"nothing, not concerned":  {Record{}, false, Grey},
		"exempt":                  {Record{MatterID: "m"}, true, Grey},
		"due yesterday":           {Record{MatterID: "m", Level: 1, On: "2025-10-07", NextDue: "2026-10-07"}, true, Red},
		"due today":               {Record{MatterID: "m", Level: 1, On: "2025-10-08", NextDue: "2026-10-08"}, true, Amber},
		"overdue, not concerned":  {Record{MatterID: "m", Level: 1, On: "2025-10-07", NextDue: "2026-10-07"}, false, Green},
		"does not conform at all": {Record{MatterID: "m", Level: 1, On: "2026-10-01", Conclusion: NotConform, NextDue: "2027-10-01"}, false, Red},
	} {
		if got := CipherLight(c.r, "operating", c.concerned, today, nil); got.Colour != c.want || got.Says == "" || got.Clause != "A29.2" {
			t.Errorf("cipher, %s: %+v, want %s", name, got, c.want)
		}
	}
}

// Worked by hand: until 31 December, amber in the last 90 days; 2026 is the first year.
func TestLightsOfUnits(t *testing.T) {
	t.Parallel()
	done, half := Record{MatterID: "m", On: "2026-09-10"}, Record{MatterID: "m", On: "2026-09-10", OpenRisks: 1}
	for name, c := range map[string]struct {
		today       calendar.Date
		now, before Record
		want        string
	}{
		"done":                              {"2026-10-08", done, Record{}, Green},
		"done, not all mended":              {"2026-10-08", half, Record{}, Amber},
		"91 days left":                      {"2026-10-01", Record{}, Record{}, Green},
		"90 days left":                      {"2026-10-02", Record{}, Record{}, Amber},
		"the last day":                      {"2026-12-31", Record{}, Record{}, Amber},
		"the first year is not asked about": {"2026-01-01", Record{}, Record{}, Green},
		"new year, the last was missed":     {"2027-01-01", Record{}, Record{}, Red},
		"new year, the last was done":       {"2027-01-01", Record{}, done, Green},
		"missed last year, done this year":  {"2027-03-01", done, Record{}, Green},
	} {
		if got := YearlyLight(c.now, c.before, c.today, nil); got.Colour != c.want || got.Says == "" || got.Clause != "A28.3" {
			t.Errorf("%s: %+v, want %s", name, got, c.want)
		}
	}
	for name, c := range map[string]struct {
		r    Record
		want string
	}{
		"nothing":       {Record{}, Amber},
		"91 days left":  {Record{MatterID: "m", On: "2026-01-07", NextDue: "2027-01-07"}, Green},
		"90 days left":  {Record{MatterID: "m", On: "2026-01-06", NextDue: "2027-01-06"}, Amber},
		"due yesterday": {Record{MatterID: "m", On: "2025-10-07", NextDue: "2026-10-07"}, Red},
	} {
		if got := PlanLight(c.r, "2026-10-08", nil); got.Colour != c.want || got.Clause != "A28.1" {
			t.Errorf("plan, %s: %+v, want %s", name, got, c.want)
		}
	}
}
