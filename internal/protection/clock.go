package protection

import (
	"context"
	"fmt"
	"time"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// FirstDay is when what stands nowhere on record is to be entered first.
var FirstDay = measures.Param{Key: "protection.first_day", Title: "已在运行的系统首次登记安全防护情况的截止日", Kind: measures.KindDate, Default: "2026-12-31", Clause: "A28.2", Basis: measures.Reading,
	Note: "《办法》自 2025 年 12 月 1 日起施行，没有规定首次登记的日期"}

// Grace is how many days a system that entered the register later has.
var Grace = measures.Param{Key: "protection.grace_days", Title: "系统进入台账后登记安全防护情况的时限", Unit: "天", Kind: measures.KindDays, Default: "30", Clause: "A28.2", Basis: measures.Reading,
	Note: "参照等级保护备案的 30 日"}

// The days before a date on which its unit is told, and told again.
var (
	RemindFirst = measures.Param{Key: "protection.remind_days", Title: "安全防护到期提醒：第一次提前", Unit: "天", Kind: measures.KindDays, Default: "90", Clause: "A28.2", Basis: measures.Practice, Note: "到期前列入单位职责"}
	RemindAgain = measures.Param{Key: "protection.remind_again_days", Title: "安全防护到期提醒：第二次提前", Unit: "天", Kind: measures.KindDays, Default: "60", Clause: "A28.2", Basis: measures.Practice, Note: "到期前再次提醒"}
	RemindLast  = measures.Param{Key: "protection.remind_last_days", Title: "安全防护到期提醒：第三次提前", Unit: "天", Kind: measures.KindDays, Default: "30", Clause: "A28.2", Basis: measures.Practice, Note: "到期前再次提醒"}
)

// Params are those of every clock.
var Params = []measures.Param{FirstDay, Grace, RemindFirst, RemindAgain, RemindLast}

// InYear is the day of a parameter in a year.
func InYear(p measures.Param, year int64, v measures.Values) calendar.Date {
	month, day := p.MonthDay(v)
	if d, err := calendar.New(int(year), month, day); err == nil {
		return d
	}
	return calendar.Date(fmt.Sprintf("%d-02-28", year)) // 29 February of a year that has none
}

// Clock is a date about a system, or about a unit, that comes round: what stands on
// record of a kind gives the next one.
type Clock struct {
	Record   string
	Duty     duty.Kind                                     // Title with %s for the system
	Units    bool                                          // about units themselves
	Concerns func(args *db.Args, v measures.Values) string // which systems y owe one; nil: every one in use
}

// Duteous is the predicate over units u that owe what Article 28 asks of 市直单位: the
// bureau too, but no vertically managed offices, districts and panels [reading].
const Duteous = `u.active = 1 AND u.kind IN ('department','institution','enterprise')`

// things are what a clock is about: systems in use, or the units that owe.
func (k Clock) things() (rows, owing string) {
	if k.Units {
		return `(SELECT u.id, u.jurisdiction, u.id AS unit_id, u.short_name AS name, u.added_at, CASE WHEN ` + Duteous + ` THEN 1 ELSE 0 END AS owes FROM unit u) y`, `y.owes = 1`
	}
	return `info_system y`, `y.state IN ('operating','idle')`
}

// Which systems are evaluated for their ciphers.
var (
	CipherLevel = measures.Param{Key: "protection.cipher_level", Title: "应当做密码应用评估的系统：等级保护级别不低于", Unit: "级", Kind: measures.KindInt, Default: "3", Clause: "A29.2", Basis: measures.Other,
		Note: "《商用密码管理条例》：重要网络与信息系统，通行为等保第三级以上和关键信息基础设施"}
	CipherAll = measures.Param{Key: "protection.cipher_all", Title: "所有在用系统都做密码应用评估", Kind: measures.KindBool, Default: "no", Clause: "A29.2", Basis: measures.Reading, Note: "《办法》没有规定范围"}
)

// Ciphered is the predicate over systems y that are evaluated for their ciphers.
func Ciphered(args *db.Args, v measures.Values) string {
	if CipherAll.Bool(v) {
		return "1 = 1"
	}
	return `(y.critical = 'yes' OR EXISTS (SELECT 1 FROM protection_record l WHERE l.subject_id = y.id AND l.kind = '` + Graded + `' AND l.year = 0 AND l.level >= ` + args.Add(int64(CipherLevel.Int(v))) + `))`
}

// IsCiphered asks it of one system.
func IsCiphered(ctx context.Context, q db.Querier, systemID string, v measures.Values) (bool, error) {
	var args db.Args
	n, err := db.Value[int64](ctx, q, `SELECT COUNT(*) FROM info_system y WHERE y.id = `+args.Add(systemID)+` AND `+Ciphered(&args, v), args.List()...)
	return n > 0, err
}

// coming is a date that is owed or will be.
type coming struct {
	subject, unit, name string
	added               int64
	due                 calendar.Date // "" while nothing is on record
}

func (c coming) period() string {
	if c.due == "" {
		return c.subject + "/first"
	}
	return Period(c.subject, c.due)
}

// Period is what a duty is about: a system and a date.
func Period(subject string, due calendar.Date) string { return subject + "/" + string(due) }

// on is the day it is due.
func (c coming) on(v measures.Values) calendar.Date {
	if c.due != "" {
		return c.due
	}
	return max(FirstDay.Date(v), calendar.Of(time.UnixMilli(c.added)).AddDays(Grace.Int(v)))
}

// open puts what comes due on the units, of one system or, with "", of all.
func (k Clock) open(ctx context.Context, tx *db.Tx, jurisdiction, subject string, today calendar.Date, v measures.Values, at int64) error {
	var args db.Args
	soon := today.AddDays(RemindFirst.Int(v))
	concerns := ""
	rows, owing := k.things()
	j, kind, owed := args.Add(jurisdiction), args.Add(k.Record), args.Add(k.Duty.Key)
	if k.Concerns != nil {
		concerns = " AND " + k.Concerns(&args, v)
	}
	where := `y.jurisdiction = ` + j + ` AND ` + owing + concerns + ` AND (r.matter_id IS NULL OR r.next_due <> '' AND r.next_due <= ` + args.Add(string(soon)) + `)
		AND NOT EXISTS (SELECT 1 FROM duty x WHERE x.unit_id = y.unit_id AND x.kind = ` + owed + ` AND x.period = y.id || '/' || COALESCE(r.next_due, 'first'))`
	if subject != "" {
		where += " AND y.id = " + args.Add(subject)
	}
	list, err := db.All(ctx, tx, func(s db.Scanner) (coming, error) {
		var c coming
		err := s.Scan(&c.subject, &c.unit, &c.name, &c.added, &c.due)
		return c, err
	}, `SELECT y.id, y.unit_id, y.name, y.added_at, COALESCE(r.next_due, '') FROM `+rows+` LEFT JOIN protection_record r ON r.subject_id = y.id AND r.kind = `+kind+` AND r.year = 0
		WHERE `+where+` ORDER BY y.id`, args.List()...)
	if err != nil {
		return err
	}
	for _, c := range list {
		due := c.on(v)
		if due > soon {
			continue
		}
		if _, err := duty.Open(ctx, tx, duty.Duty{Jurisdiction: jurisdiction, UnitID: c.unit, Kind: k.Duty.Key, Clause: k.Duty.Clause, Title: fmt.Sprintf(k.Duty.Title, c.name),
			Period: c.period(), SubjectID: c.subject, Due: due}, at); err != nil {
			return err
		}
	}
	return nil
}

// Tick opens what comes due, counts the reminders, and takes back what nobody owes
// since its system was retired, or its unit closed.
func (k Clock) Tick(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error {
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		v, err := e.Parameters(ctx, tx, jurisdiction, today)
		if err != nil {
			return err
		}
		at := e.Clock.Now().UnixMilli()
		if err := k.open(ctx, tx, jurisdiction, "", today, v, at); err != nil {
			return err
		}
		rows, owing := k.things()
		gone, err := db.Column[string](ctx, tx, `SELECT d.subject_id FROM duty d JOIN `+rows+` ON y.id = d.subject_id WHERE d.jurisdiction = $1 AND d.kind = $2 AND d.satisfied_on = '' AND NOT (`+owing+`) ORDER BY d.id`,
			jurisdiction, k.Duty.Key)
		if err != nil {
			return err
		}
		for _, id := range gone {
			if err := duty.TakeBackAbout(ctx, tx, k.Duty.Key, id, ""); err != nil {
				return err
			}
		}
		return Remind(ctx, tx, jurisdiction, k.Duty.Key, today, v, at)
	})
}

// Remind counts the second, third and last reminder; what is overdue had them all.
func Remind(ctx context.Context, tx *db.Tx, jurisdiction, kind string, today calendar.Date, v measures.Values, at int64) error {
	for n, days := range []int{RemindAgain.Int(v), RemindLast.Int(v), 0} {
		if err := duty.RemindedBefore(ctx, tx, jurisdiction, kind, "", today.AddDays(days), int64(n+1), at); err != nil {
			return err
		}
	}
	return nil
}

// Keep puts a record in the place of the one before and moves the date: a newer
// assessment fulfils what was owed on the day it was made, a correction takes the
// old date back.
func (k Clock) Keep(ctx context.Context, d *matter.Doing, r Record) error {
	c := d.Case
	before, err := Of(ctx, d.Tx, r.Subject, r.Kind, r.Year)
	if err != nil {
		return err
	}
	at := c.Now.UnixMilli()
	if err := k.open(ctx, d.Tx, c.Jurisdiction, r.Subject, c.Today, c.Values, at); err != nil {
		return err
	}
	if err := Put(ctx, d, r); err != nil {
		return err
	}
	switch {
	case before.MatterID == "":
		err = duty.SatisfyAbout(ctx, d.Tx, k.Duty.Key, r.Subject, c.Today, d.EventID)
	case r.On > before.On:
		err = duty.SatisfyAbout(ctx, d.Tx, k.Duty.Key, r.Subject, r.On, d.EventID)
	default:
		err = duty.TakeBackAbout(ctx, d.Tx, k.Duty.Key, r.Subject, Period(r.Subject, r.NextDue))
	}
	if err != nil {
		return err
	}
	return k.open(ctx, d.Tx, c.Jurisdiction, r.Subject, c.Today, c.Values, at)
}
