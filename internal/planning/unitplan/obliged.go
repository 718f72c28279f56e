package unitplan

import (
	"context"
	"fmt"
	"strconv"

	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// Obligation is whether a unit owes a plan for a year, and why (A06.0). The text
// obliges “其他市直单位”; the bureau may set it for single units and years.
type Obligation struct {
	UnitID  string `json:"unit_id"`
	Unit    string `json:"unit"`
	Kind    string `json:"kind"`
	Bureau  bool   `json:"-"` // never owes one
	Obliged bool   `json:"obliged"`
	Set     bool   `json:"set"` // by the bureau, otherwise by kind of unit
	Reason  string `json:"reason,omitempty"`
	By      string `json:"by,omitempty"`
	At      int64  `json:"at,omitempty"`
	Owed    bool   `json:"owed"` // a duty is open or fulfilled
	Filed   string `json:"filed,omitempty"`
}

// Obligations lists every unit of the jurisdiction with its obligation of a plan year.
func Obligations(ctx context.Context, q db.Querier, jurisdiction string, year int64) ([]Obligation, error) {
	return db.All(ctx, q, func(s db.Scanner) (Obligation, error) {
		var o Obligation
		var bureau, obliged, set, owed int64
		err := s.Scan(&o.UnitID, &o.Unit, &o.Kind, &bureau, &obliged, &set, &o.Reason, &o.By, &o.At, &owed, &o.Filed)
		o.Bureau, o.Obliged, o.Set, o.Owed = bureau == 1, obliged == 1, set == 1, owed == 1
		return o, err
	}, `SELECT u.id, u.short_name, u.kind, CASE WHEN u.office = 'bigdata' THEN 1 ELSE 0 END, COALESCE(y.obliged, `+identity.ObligedByKind+`),
		CASE WHEN y.unit_id IS NULL THEN 0 ELSE 1 END, COALESCE(y.reason, ''), COALESCE(p.name, ''), COALESCE(y.set_at, 0),
		CASE WHEN d.id IS NULL THEN 0 ELSE 1 END, COALESCE(d.satisfied_on, '')
		FROM unit u LEFT JOIN unit_year y ON y.unit_id = u.id AND y.year = $2 LEFT JOIN person p ON p.id = y.set_by
		LEFT JOIN duty d ON d.unit_id = u.id AND d.kind = $3 AND d.period = $4
		WHERE u.jurisdiction = $1 AND u.active = 1 AND u.kind <> 'panel' ORDER BY u.sort_key, u.id`, jurisdiction, year, Duty.Key, strconv.FormatInt(year, 10))
}

// Oblige sets whether a unit owes a plan for a year. The duty of a season that
// has begun is opened or taken back at once; a plan already filed stays.
func Oblige(ctx context.Context, e *matter.Engine, actor identity.Actor, unitID string, year int64, obliged bool, reason string) error {
	if actor.Office != identity.BigData || !actor.Is(identity.Head) {
		return problem.New(problem.Forbidden, "应报单位由大数据主管部门负责人设定")
	}
	now := e.Clock.Now()
	this := int64(e.Clock.Today().Year())
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		all, err := Obligations(ctx, tx, actor.Jurisdiction, year)
		if err != nil {
			return err
		}
		var was *Obligation
		for i := range all {
			if all[i].UnitID == unitID {
				was = &all[i]
			}
		}
		switch {
		case was == nil:
			return problem.Missing("这个单位")
		case year < this || year > this+5:
			return problem.Field("year", "计划年度应在 %d 至 %d 之间", this, this+5)
		case was.Bureau && obliged:
			return problem.New(problem.Conflict, "第6条由“其他市直单位”报送，大数据主管部门自建项目用同一套表登记，不设报送职责")
		}
		if reason, err = identity.Why(reason); err != nil {
			return err
		}
		if was.Set && was.Obliged == obliged && was.Reason == reason {
			return problem.New(problem.Conflict, "%s %d 年度已是“%s”", was.Unit, year, word(obliged))
		}
		err = tx.Later(ctx, `INSERT INTO unit_year (unit_id, year, obliged, reason, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (unit_id, year) DO UPDATE SET obliged = excluded.obliged, reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at`,
			unitID, year, db.Flag(obliged), reason, actor.ID, now.UnixMilli())
		if err != nil {
			return err
		}
		changes := []form.Change{{Key: "obliged", Label: fmt.Sprintf("%d 年度报送", year), Before: word(was.Obliged), After: word(obliged)}}
		follows, err := settleDuty(ctx, tx, e, actor.Jurisdiction, unitID, year, obliged)
		if err != nil {
			return err
		}
		if follows != "" {
			changes = append(changes, form.Change{Key: "duty", Label: "报送职责", Before: "—", After: follows})
		}
		return identity.Record(ctx, tx, actor, identity.Act{Kind: identity.OfYear, Subject: identity.SettingsOf(identity.OfYear, actor.Jurisdiction), Title: was.Unit, Do: "set",
			Capacity: identity.AsOffice, Changes: changes, Reason: reason, At: now.UnixMilli()})
	})
}

func word(obliged bool) string {
	if obliged {
		return "应报"
	}
	return "不报"
}

// settleDuty opens or takes back the duty of one unit, and says what it did.
func settleDuty(ctx context.Context, tx *db.Tx, e *matter.Engine, jurisdiction, unitID string, year int64, obliged bool) (string, error) {
	period := strconv.FormatInt(year, 10)
	if !obliged {
		gone, err := duty.TakeBack(ctx, tx, unitID, Duty.Key, period)
		if gone {
			return "撤销", err
		}
		return "", err
	}
	if year > int64(e.Clock.Today().Year())+1 { // its season opens the duty
		return "", nil
	}
	values, err := e.Parameters(ctx, tx, jurisdiction, e.Clock.Today())
	if err != nil {
		return "", err
	}
	opened, err := owe(ctx, tx, jurisdiction, unitID, year, values, e.Clock.Now().UnixMilli())
	if err != nil || !opened {
		return "", err
	}
	return "设立，" + string(Due(year, values)) + " 到期", credit(ctx, tx, jurisdiction, year)
}
