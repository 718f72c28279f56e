package identity

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/problem"
)

// Kinds of thing that are changed outside a case.
const (
	OfPerson    = "person"
	OfUnit      = "unit"
	OfYear      = "obligation" // whether a unit owes a plan for a year
	OfParameter = "parameter"
	OfTotals    = "published-totals"
)

// In which capacity somebody acts outside a case.
const (
	AsAdministrator = "administration" // one of the three, or a person on their own account
	AsOffice        = "office"         // the bureau on its settings
)

// Act is an act outside any case: on people, units or settings. It stands in the
// tamper-evident record like every other, under what it changed instead of a case.
type Act struct {
	Kind, Subject string
	Title         string // the name of the subject, as it was then
	Do            string // one of Deeds
	Capacity      string
	Changes       []form.Change
	Reason        string
	At            int64
}

// Deeds are the acts outside a case, by kind and word, as people read them.
var Deeds = map[string]string{
	"unit/add": "新增单位", "unit/edit": "修改单位", "unit/close": "停用单位", "unit/reopen": "恢复单位",
	"person/add": "新增人员", "person/edit": "修改人员", "person/password": "设置初始密码", "person/leave": "办理离岗", "person/back": "恢复人员",
	"person/grant": "授予角色", "person/take": "取消角色", "person/unlock": "解除锁定", "person/end-session": "结束会话",
	"person/issue-token": "本人发放访问令牌", "person/revoke-token": "本人撤销访问令牌",
	"person/sign-in": "登录", "person/lock": "连续输错密码，账号锁定", "person/own-password": "本人修改密码",
	"obligation/set": "设定应报单位", "parameter/set": "设定参数", "published-totals/publish": "公布汇总",
}

// Record appends an act outside a case to the record.
func Record(ctx context.Context, tx *db.Tx, actor Actor, a Act) error {
	e := ledger.Event{ID: uuid.Must(uuid.NewV7()).String(), Jurisdiction: actor.Jurisdiction, MatterID: a.Subject, Procedure: a.Kind, Action: a.Do,
		ActorID: actor.ID, ActorName: actor.Name, UnitID: actor.UnitID, Capacity: a.Capacity, At: a.At, Parts: []ledger.Part{{Name: "title", Body: []byte(a.Title)}}}
	if len(a.Changes) > 0 {
		raw, err := json.Marshal(a.Changes)
		if err != nil {
			return err
		}
		e.Parts = append(e.Parts, ledger.Part{Name: "changes", Body: raw})
	}
	if a.Reason != "" {
		e.Parts = append(e.Parts, ledger.Part{Name: "reason", Body: []byte(a.Reason)})
	}
	return ledger.Append(ctx, tx, e)
}

// Why reads the reason that every change must give.
func Why(reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	switch n := len([]rune(reason)); {
	case n == 0:
		return "", problem.Field("reason", "请写明理由或文件")
	case n > 500:
		return "", problem.Field("reason", "理由最多 500 字，现有 %d 字", n)
	}
	return reason, nil
}

// LogEntry is one act outside a case, as it is read.
type LogEntry struct {
	Event   string        `json:"event"`
	Kind    string        `json:"kind"`
	Do      string        `json:"do"`
	Subject string        `json:"subject"`
	Title   string        `json:"title"`
	Actor   string        `json:"actor"`
	Unit    string        `json:"unit"` // id
	At      int64         `json:"at"`
	Changes []form.Change `json:"changes,omitempty"`
	Reason  string        `json:"reason,omitempty"`
	Index   int64         `json:"index"` // in the record; -1 until it is sequenced
}

// What says in words what was done.
func (n LogEntry) What() string { return Deeds[n.Kind+"/"+n.Do] }

// LogFilter narrows the log; zero values do not narrow.
type LogFilter struct {
	Kind, Do, Subject, ActorID string
	Before                     string // event of the last entry of the page before
	Limit                      int64  // 1 to 200
}

// Log reads the acts on people and units, newest first: the audit administrator
// reads what all three have done, and nothing of the business.
func Log(ctx context.Context, q db.Querier, actor Actor, f LogFilter) ([]LogEntry, error) {
	if !actor.Is(AudAdmin) {
		return nil, problem.New(problem.Forbidden, "管理日志由审计管理员查阅")
	}
	var args db.Args
	// the word itself, as the partial index says it
	where := "e.jurisdiction = " + args.Add(actor.Jurisdiction) + " AND e.capacity = 'administration'"
	return acts(ctx, q, where, args, f)
}

// SettingsOf names the settings of one kind in a jurisdiction, as a subject of the record.
func SettingsOf(kind, jurisdiction string) string { return kind + ":" + jurisdiction }

// Settings reads what the bureau has set of one kind, newest first.
func Settings(ctx context.Context, q db.Querier, jurisdiction, kind string) ([]LogEntry, error) {
	return acts(ctx, q, "1 = 1", db.Args{}, LogFilter{Subject: SettingsOf(kind, jurisdiction)})
}

func acts(ctx context.Context, q db.Querier, where string, args db.Args, f LogFilter) ([]LogEntry, error) {
	for _, c := range [][2]string{{"e.procedure = ", f.Kind}, {"e.action = ", f.Do}, {"e.matter_id = ", f.Subject}, {"e.actor_id = ", f.ActorID}, {"e.id < ", f.Before}} {
		if c[1] != "" {
			where += " AND " + c[0] + args.Add(c[1])
		}
	}
	if f.Limit < 1 || f.Limit > 200 {
		f.Limit = 200
	}
	list, err := db.All(ctx, q, func(s db.Scanner) (LogEntry, error) {
		var n LogEntry
		err := s.Scan(&n.Event, &n.Kind, &n.Do, &n.Subject, &n.Actor, &n.Unit, &n.At, &n.Index)
		return n, err
	}, `SELECT e.id, e.procedure, e.action, e.matter_id, e.actor_name, e.unit_id, e.at, COALESCE(l.idx, -1) FROM event e LEFT JOIN ledger_entry l ON l.event_id = e.id
		WHERE `+where+` ORDER BY e.id DESC LIMIT `+args.Add(f.Limit), args.List()...)
	if err != nil || len(list) == 0 {
		return list, err
	}
	return list, fillParts(ctx, q, list)
}

func fillParts(ctx context.Context, q db.Querier, list []LogEntry) error {
	byID := map[string]*LogEntry{}
	var ids []string
	for i := range list {
		byID[list[i].Event] = &list[i]
		ids = append(ids, list[i].Event)
	}
	var args db.Args
	type part struct{ event, name, body string }
	parts, err := db.All(ctx, q, func(s db.Scanner) (part, error) {
		var p part
		err := s.Scan(&p.event, &p.name, &p.body)
		return p, err
	}, `SELECT event_id, name, body FROM event_part WHERE event_id IN `+args.In(ids...), args.List()...)
	if err != nil {
		return err
	}
	for _, p := range parts {
		n := byID[p.event]
		switch {
		case p.name == "title":
			n.Title = p.body
		case p.name == "reason":
			n.Reason = p.body
		case p.name == "changes" && p.body != "": // empty once purged
			if err := json.Unmarshal([]byte(p.body), &n.Changes); err != nil {
				return fmt.Errorf("changes of %s: %w", p.event, err)
			}
		}
	}
	return nil
}
