package reserve

import (
	"context"
	"fmt"
	"strconv"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// tick takes the timed steps: duties of September, extensions, expiry, and the
// reminder before it. It catches up whatever was missed. An entry that the
// government is deciding on waits for the decision.
func tick(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error {
	if err := openDuties(ctx, e, jurisdiction, today); err != nil {
		return err
	}
	over, err := db.All(ctx, e.DB.Reader(ctx), scanEntry, `SELECT `+entryColumns+` FROM reserve_entry r WHERE r.jurisdiction = $1 AND r.state = 'valid' AND r.valid_until < $2 AND `+decided+` ORDER BY r.matter_id`,
		jurisdiction, string(today))
	if err != nil {
		return err
	}
	for _, entry := range over {
		if err := settle(ctx, e, entry, today); err != nil {
			return fmt.Errorf("reserve entry %s: %w", entry.MatterID, err)
		}
	}
	return remindOfExpiry(ctx, e, jurisdiction, today)
}

// settle extends an entry as often as it takes to reach today, or lets it expire.
func settle(ctx context.Context, e *matter.Engine, entry Entry, today calendar.Date) error {
	system := identity.System(entry.Jurisdiction)
	for entry.ValidUntil < today {
		act := Expire
		if entry.extendable(today) {
			act = Extend
		}
		key := "clock:" + string(act) + ":" + entry.MatterID + ":" + string(entry.ValidUntil)
		if _, err := e.Act(ctx, system, matter.Request{Matter: entry.MatterID, Action: act, Idem: key}); err != nil {
			return err
		}
		if act == Expire {
			return nil
		}
		var err error
		if entry, err = EntryOf(ctx, e.DB.Reader(ctx), entry.MatterID); err != nil {
			return err
		}
	}
	return nil
}

// openDuties asks every unit with filed but unreserved projects of next year to
// complete its reserve by the end of September.
func openDuties(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error {
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		values, err := e.Parameters(ctx, tx, jurisdiction, today)
		if err != nil {
			return err
		}
		month, day := DueDay.MonthDay(values)
		year := int64(today.Year()) + 1
		period := strconv.FormatInt(year, 10)
		units, err := db.Column[string](ctx, tx, `SELECT DISTINCT p.unit_id FROM project p WHERE p.jurisdiction = $1 AND p.year = $2 AND p.stage = 'filed' AND p.origin = 'plan' ORDER BY p.unit_id`, jurisdiction, year)
		if err != nil {
			return err
		}
		for _, u := range units {
			if _, err := duty.Open(ctx, tx, duty.Duty{Jurisdiction: jurisdiction, UnitID: u, Kind: Duty.Key, Clause: Duty.Clause, Title: fmt.Sprintf(Duty.Title, period), Period: period,
				Due: calendar.Date(fmt.Sprintf("%04d-%02d-%02d", today.Year(), month, day))}, e.Clock.Now().UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
}

// ExpiryDuty stands in a unit's list before an entry expires.
const ExpiryDuty = "reserve-expiry"

// Expiry describes it.
var Expiry = duty.Kind{Key: ExpiryDuty, Clause: "A07.2", Title: "储备到期：%s", Short: "储备到期", Statutory: true, Act: "看储备",
	Consequence: "到期后不能列入年度计划，仍要实施的须重新申报（第7条）"}

// remindOfExpiry opens the duty of an entry that is going to expire and counts
// the two reminders that follow; what should have been counted earlier is
// counted now, once.
func remindOfExpiry(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error {
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		values, err := e.Parameters(ctx, tx, jurisdiction, today)
		if err != nil {
			return err
		}
		soon, err := db.All(ctx, tx, scanEntry, `SELECT `+entryColumns+` FROM reserve_entry r WHERE r.jurisdiction = $1 AND r.state = 'valid' AND r.valid_until <= $2 AND r.valid_until >= $3 ORDER BY r.matter_id`,
			jurisdiction, string(today.AddDays(Remind.Int(values))), string(today))
		if err != nil {
			return err
		}
		at := e.Clock.Now().UnixMilli()
		for _, entry := range soon {
			if entry.extendable(today) {
				continue
			}
			if _, err := duty.Open(ctx, tx, duty.Duty{Jurisdiction: jurisdiction, UnitID: entry.UnitID, Kind: ExpiryDuty, Clause: "A07.2", Title: "储备到期：" + entry.Name,
				Period: entry.period(), SubjectID: entry.MatterID, Due: entry.ValidUntil}, at); err != nil {
				return err
			}
		}
		for n, p := range []measures.Param{RemindAgain, RemindLast} {
			if err := duty.RemindedBefore(ctx, tx, jurisdiction, ExpiryDuty, today, today.AddDays(p.Int(values)), int64(n+1), at); err != nil {
				return err
			}
		}
		return nil
	})
}

// period is what an expiry duty is about: an extension makes a new one.
func (e Entry) period() string { return e.MatterID + "/" + string(e.ValidUntil) }
