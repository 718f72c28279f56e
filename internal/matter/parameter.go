package matter

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// Parameters are the values a jurisdiction has set that are in force on a day;
// a missing key means the default of the Measures.
func (e *Engine) Parameters(ctx context.Context, q db.Querier, jurisdiction string, on calendar.Date) (measures.Values, error) {
	out := measures.Values{}
	err := db.Together(ctx, q, askParameters(out, jurisdiction, on))
	return out, err
}

func askParameters(into measures.Values, jurisdiction string, on calendar.Date) db.Ask {
	return db.Each(func(s db.Scanner) error {
		var key, value string
		err := s.Scan(&key, &value)
		into[key] = value // the latest from_date comes last
		return err
	}, `SELECT key, value FROM parameter WHERE jurisdiction = $1 AND from_date <= $2 ORDER BY key, from_date`, jurisdiction, string(on))
}

// SetParameter gives a parameter a value from a day on, with a reason. The
// bureau's head sets the readings of the jurisdiction; past days stay as they
// were, so that every old act replays with the values of then.
func (e *Engine) SetParameter(ctx context.Context, actor identity.Actor, known []measures.Param, key, value string, from calendar.Date, reason string) error {
	if actor.Office != identity.BigData || !actor.Is(identity.Head) {
		return problem.New(problem.Forbidden, "参数由市大数据发展管理局负责人设定")
	}
	var param *measures.Param
	for i := range known {
		if known[i].Key == key {
			param = &known[i]
		}
	}
	if param == nil {
		return problem.Missing("这个参数")
	}
	if err := param.Validate(value); err != nil {
		return problem.Field("value", "%v", err)
	}
	if from < e.Clock.Today() {
		return problem.Field("from", "生效日期不能早于今天")
	}
	reason, err := identity.Why(reason)
	if err != nil {
		return err
	}
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		was, err := e.Parameters(ctx, tx, actor.Jurisdiction, from)
		if err != nil {
			return err
		}
		err = tx.Later(ctx, `INSERT INTO parameter (jurisdiction, key, from_date, value, reason, set_by, set_at) VALUES ($1,$2,$3,$4,$5,$6,$7)
			ON CONFLICT (jurisdiction, key, from_date) DO UPDATE SET value = excluded.value, reason = excluded.reason, set_by = excluded.set_by, set_at = excluded.set_at`,
			actor.Jurisdiction, key, string(from), value, reason, actor.ID, e.Clock.Now().UnixMilli())
		if err != nil {
			return err
		}
		return identity.Record(ctx, tx, actor, identity.Act{Kind: identity.OfParameter, Subject: identity.SettingsOf(identity.OfParameter, actor.Jurisdiction), Title: param.Title, Do: "set",
			Capacity: identity.AsOffice, Reason: reason, At: e.Clock.Now().UnixMilli(),
			Changes: []form.Change{{Key: key, Label: param.Title + "，自 " + string(from) + " 起", Before: param.Show(param.Text(was)), After: param.Show(value)}}})
	})
}

// Setting is a value a jurisdiction gave to a parameter, with who set it and why.
type Setting struct {
	Key    string        `json:"key"`
	Value  string        `json:"value"`
	Reason string        `json:"reason"`
	By     string        `json:"by"`
	From   calendar.Date `json:"from"`
	At     int64         `json:"at"`
}

// Settings lists what was set for the parameters, the latest day first.
func (e *Engine) Settings(ctx context.Context, jurisdiction string, keys ...string) ([]Setting, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	var args db.Args
	return db.All(ctx, e.DB.Reader(ctx), func(s db.Scanner) (Setting, error) {
		var t Setting
		err := s.Scan(&t.Key, &t.Value, &t.Reason, &t.From, &t.By, &t.At)
		return t, err
	}, `SELECT t.key, t.value, t.reason, t.from_date, COALESCE(p.name, t.set_by), t.set_at FROM parameter t LEFT JOIN person p ON p.id = t.set_by
		WHERE t.jurisdiction = `+args.Add(jurisdiction)+` AND t.key IN `+args.In(keys...)+` ORDER BY t.key, t.from_date DESC LIMIT 1000`, args.List()...)
}
