// Package protection carries out Chapter 7 (安全管理): what stands on record of
// the protection of each system and unit, the clocks that follow from it, and how
// each stands today. The rooms below it are the procedures that write the record.
//
// A clock judges stored dates only. A duty is opened a set number of days before
// its date and counted as reminded as the date comes nearer; whatever a late job
// missed is opened and counted when it runs, and a record that arrives first opens
// what it meets, so that the list of duties is the same however often a job ran.
package protection

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// Kinds of records.
const (
	Graded       = "grading" // 等保定级、备案、测评
	CipherPlan   = "cipher-plan"
	CipherLaunch = "cipher-launch"
	CipherRun    = "cipher-run"
	Components   = "components" // of a project: the parts that were put in
	NetTest      = "net-test"   // of a unit, per year
	DataRisk     = "data-risk"
	Drill        = "drill"
	Facility     = "facility" // of a system: rules and facilities as declared
	Plan         = "plan"     // of a unit: responsible people and emergency plan
)

// Levels of graded protection that come round: a first-level system is protected by its
// unit alone, a fifth-level one is the state's.
const (
	filedFrom = 2
	cyclicTo  = 4
)

// Record is what stands of one kind about one system, project or unit.
type Record struct {
	Subject, Kind string
	Year          int64
	MatterID      string
	Level         int64
	Number        string
	On            calendar.Date // "" while there was none
	Conclusion    string
	OpenRisks     int64
	NextDue       calendar.Date
}

// Cyclic reports whether a graded system is assessed again and again.
func (r Record) Cyclic() bool { return r.Level >= filedFrom && r.Level <= cyclicTo }

// Conclusions of an assessment, in the words of the template of 2025.
const (
	Conforms   = "conforms"
	Mostly     = "mostly"
	NotConform = "not"
)

const recordColumns = `r.subject_id, r.kind, r.year, r.matter_id, r.level, r.number, r.on_date, r.conclusion, r.open_risks, r.next_due`

func scanRecord(s db.Scanner) (Record, error) {
	var r Record
	err := s.Scan(&r.Subject, &r.Kind, &r.Year, &r.MatterID, &r.Level, &r.Number, &r.On, &r.Conclusion, &r.OpenRisks, &r.NextDue)
	return r, err
}

// Of reads what stands on record; the zero Record when nothing does.
func Of(ctx context.Context, q db.Querier, subject, kind string, year int64) (Record, error) {
	r, err := db.One(ctx, q, scanRecord, `SELECT `+recordColumns+` FROM protection_record r WHERE r.subject_id = $1 AND r.kind = $2 AND r.year = $3`, subject, kind, year)
	if db.None(err) {
		return Record{}, nil
	}
	return r, err
}

// Standings lists what stands on record of systems beside what belongs to a year, by
// kind: of those kinds, at most one of each.
func Standings(ctx context.Context, q db.Querier, subjects []string, kinds ...string) ([]Record, error) {
	var args db.Args
	return db.All(ctx, q, scanRecord, `SELECT `+recordColumns+` FROM protection_record r WHERE r.subject_id IN `+args.In(subjects...)+` AND r.kind IN `+args.In(kinds...)+` AND r.year = 0 ORDER BY r.subject_id, r.kind`, args.List()...)
}

// FilingNumber is the number under which a system is filed for graded protection, ""
// while it is not.
func FilingNumber(ctx context.Context, q db.Querier, systemID string) (string, error) {
	r, err := Of(ctx, q, systemID, Graded, 0)
	return r.Number, err
}

// Put writes a record in the place of the one before.
func Put(ctx context.Context, d *matter.Doing, r Record) error {
	c := d.Case
	return d.Tx.Later(ctx, `INSERT INTO protection_record (subject_id, kind, year, jurisdiction, unit_id, matter_id, level, number, on_date, conclusion, open_risks, next_due)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12) ON CONFLICT (subject_id, kind, year) DO UPDATE SET unit_id = excluded.unit_id, matter_id = excluded.matter_id, level = excluded.level,
		number = excluded.number, on_date = excluded.on_date, conclusion = excluded.conclusion, open_risks = excluded.open_risks, next_due = excluded.next_due`,
		r.Subject, r.Kind, r.Year, c.Jurisdiction, c.UnitID, c.ID, r.Level, r.Number, string(r.On), r.Conclusion, r.OpenRisks, string(r.NextDue))
}

// Filing is the flow of what a unit's head signs and the bureau keeps: a filing,
// nothing is approved. What it says stands on record once it is kept.
func Filing(title string, judge *matter.Judge, keep func(context.Context, *matter.Doing) error) ([]matter.StateDef, []matter.Step) {
	held, back := matter.LineMove{To: matter.LineHeld}, matter.LineMove{To: matter.LineDraft}
	return []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写" + title, Edit: true, Stage: "填报"},
			{State: "signing", Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发" + title, Stage: "单位签发"},
			{State: "checking", Title: "待收存", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "收存" + title, Stage: "市大数据局收存"},
			{State: "kept", Title: "已收存", Mark: matter.MarkDone, Final: true, Stage: "已收存"},
		}, []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: "signing", By: identity.OwnerClerk, Judge: judge, Submit: true, Lines: held},
			{From: "signing", Do: matter.SignOff, Title: "签发", Says: "签发后由市大数据发展管理局收存。", To: "checking", By: identity.OwnerHead},
			{From: "signing", Do: matter.Return, Title: "退回经办人", Says: "退回修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: back},
			{From: "signing", Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: back},
			{From: "checking", Do: matter.Acknowledge, Title: "收存", Says: "收存不是审批：所报情况记入安全态势，下次到期日随之更新；有变化的另行填报。", To: "kept", By: identity.BigDataClerk, Lines: matter.LineMove{To: matter.LineAccepted}, Effect: keep},
			{From: "checking", Do: matter.Return, Title: "退回补正", Says: "退回单位补正，内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true, Lines: back},
		}
}
