package reserve_test

import (
	"strings"
	"testing"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/reserve"
)

// library has one entry of each sort, entered on 2026-09-01.
func library(t *testing.T, d *db.DB) *city {
	t.Helper()
	c := build(t, d, 3)
	c.reserved("一次性服务", nil)
	c.reserved("周期运维", map[string]string{"periodic": "1"})
	must(t, c.try("water.head", matter.Request{Matter: c.reserved("变化运维", map[string]string{"periodic": "1"}), Action: reserve.Changed, Reason: "费用上升"}))
	return c
}

// Days on which something happens, or just does not: 90, 30 and 7 days before
// 2029-09-01, that day, the next; the same round the ends of the extensions.
var eventful = []calendar.Date{"2026-09-02", "2029-06-02", "2029-06-03", "2029-08-01", "2029-08-02", "2029-08-24", "2029-08-25", "2029-09-01", "2029-09-02",
	"2030-09-01", "2030-09-02", "2031-09-02", "2032-06-03", "2032-08-30", "2032-09-01", "2032-09-02"}

func TestADoubledTickChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := library(t, d)
		for _, day := range eventful {
			c.on(day)
			before := c.rows(entryRows, caseRows, stageRows, dutyRows, eventRows)
			c.on(day)
			if after := c.rows(entryRows, caseRows, stageRows, dutyRows, eventRows); after != before {
				t.Fatalf("a second tick on %s wrote\n%s\nbefore it was\n%s", day, after, before)
			}
		}
	})
}

func TestALateTickComesToTheSame(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := library(t, d)
		stood := map[calendar.Date]string{}
		for _, day := range eventful {
			c.on(day)
			stood[day] = c.rows(entryRows, caseRows, stageRows, openRows)
		}
		for _, last := range []calendar.Date{"2029-08-25", "2029-09-02", "2031-09-02", "2032-08-30", "2032-09-02"} {
			late := library(t, dbtest.SQLite(t))
			late.on(last)
			if got := late.rows(entryRows, caseRows, stageRows, openRows); got != stood[last] {
				t.Errorf("one tick on %s gives\n%s\nticks on every day give\n%s", last, got, stood[last])
			}
		}
	})
}

func TestWhatTheClockComesTo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := library(t, d)
		for _, s := range []struct {
			on      calendar.Date
			entries string
			duties  string // the open ones about expiry
		}{
			{"2029-06-02", "一次性服务 valid 2029-09-01 0 0 |周期运维 valid 2029-09-01 0 0 |变化运维 valid 2029-09-01 0 1 ", ""},
			{"2029-06-03", "", "储备到期：一次性服务 2029-09-01 0|储备到期：变化运维 2029-09-01 0"},
			{"2029-08-01", "", "储备到期：一次性服务 2029-09-01 0|储备到期：变化运维 2029-09-01 0"},
			{"2029-08-02", "", "储备到期：一次性服务 2029-09-01 1|储备到期：变化运维 2029-09-01 1"},
			{"2029-08-24", "", "储备到期：一次性服务 2029-09-01 1|储备到期：变化运维 2029-09-01 1"},
			{"2029-08-25", "", "储备到期：一次性服务 2029-09-01 2|储备到期：变化运维 2029-09-01 2"},
			{"2029-09-01", "一次性服务 valid 2029-09-01 0 0 |周期运维 valid 2029-09-01 0 0 |变化运维 valid 2029-09-01 0 1 ", "储备到期：一次性服务 2029-09-01 2|储备到期：变化运维 2029-09-01 2"},
			{"2029-09-02", "一次性服务 expired 2029-09-01 0 0 2029-09-01|周期运维 valid 2030-09-01 1 0 |变化运维 expired 2029-09-01 0 1 2029-09-01", ""},
			{"2030-09-02", "一次性服务 expired 2029-09-01 0 0 2029-09-01|周期运维 valid 2031-09-01 2 0 |变化运维 expired 2029-09-01 0 1 2029-09-01", ""},
			{"2031-09-02", "一次性服务 expired 2029-09-01 0 0 2029-09-01|周期运维 valid 2032-09-01 3 0 |变化运维 expired 2029-09-01 0 1 2029-09-01", ""},
			{"2032-06-03", "", "储备到期：周期运维 2032-09-01 0"},
			{"2032-09-02", "一次性服务 expired 2029-09-01 0 0 2029-09-01|周期运维 expired 2032-09-01 3 0 2032-09-01|变化运维 expired 2029-09-01 0 1 2029-09-01", ""},
		} {
			c.on(s.on)
			got := lines(c.rows(`SELECT name || ' ' || state || ' ' || valid_until || ' ' || extended || ' ' || changed || ' ' || ended_on FROM reserve_entry ORDER BY matter_id`))
			if s.entries != "" && got != s.entries {
				t.Errorf("on %s the entries are\n%s\nwant\n%s", s.on, got, s.entries)
			}
			got = lines(c.rows(`SELECT title || ' ' || due || ' ' || reminded FROM duty WHERE satisfied_on = '' AND kind = 'reserve-expiry' ORDER BY subject_id`))
			if got != s.duties {
				t.Errorf("on %s the open duties are %q, want %q", s.on, got, s.duties)
			}
		}
	})
}

func lines(rows string) string { return strings.ReplaceAll(strings.TrimRight(rows, "\n"), "\n", "|") }

func TestTheDaysOfReminderAreTheJurisdictions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := library(t, d)
		for key, value := range map[string]string{"reserve.remind-days": "60", "reserve.remind-again-days": "20"} {
			must(t, c.e.SetParameter(t.Context(), c.as("bureau.head"), reserve.Params, key, value, "2026-09-01", "局办公会议"))
		}
		for _, s := range []struct {
			on   calendar.Date
			want string
		}{{"2029-07-02", ""}, {"2029-07-03", "0 0"}, {"2029-08-11", "0 0"}, {"2029-08-12", "1 1"}} {
			c.on(s.on)
			if got := strings.ReplaceAll(lines(c.rows(`SELECT '' || reminded FROM duty WHERE kind = 'reserve-expiry' ORDER BY id`)), "|", " "); got != s.want {
				t.Errorf("on %s reminded %q, want %q", s.on, got, s.want)
			}
		}
	})
}

// By date a periodic entry is extended though no clock came by, and an expired
// one cannot be scheduled though none did.
func TestRulesJudgeDatesNotTheClock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := library(t, d)
		entries, err := reserve.Library(t.Context(), d, c.as("bureau.clerk"), reserve.Filter{State: "valid"})
		must(t, err)
		got := map[string]string{}
		for _, e := range entries {
			for _, on := range []calendar.Date{"2029-09-01", "2029-09-02", "2032-09-01", "2032-09-02"} {
				got[e.Name] += map[bool]string{true: "y", false: "n"}[e.Schedulable(on)]
			}
		}
		for name, want := range map[string]string{"一次性服务": "ynnn", "变化运维": "ynnn", "周期运维": "yyyn"} {
			if got[name] != want {
				t.Errorf("%s may be scheduled %s, want %s", name, got[name], want)
			}
		}
	})
}
