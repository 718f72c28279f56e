package progress

import (
	"context"
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/registry"
)

// AcceptDays is how long a completed project may wait for its acceptance.
var AcceptDays = measures.Param{Key: "conformity.accept-days", Title: "完工后多少天内完成验收", Unit: "天", Kind: measures.KindDays, Default: "180", Clause: "A20.1", Basis: measures.Reading, Note: "第二十条写“及时”，没有规定天数"}

// AcceptDuty begins with the completion: “项目完成后应及时开展验收” (Article 20).
var AcceptDuty = duty.Kind{Key: "acceptance", Clause: "A20.1", Title: "完成项目 %s 的验收", Short: "项目验收", Consequence: "逾期未验收计入年度评估，延期的须说明", Act: "申请验收"}

// OweAcceptance opens the duty to accept what was completed on a day; a corrected
// day takes the place of the one before. Period is the project's number, with the
// year where its service is accepted year by year.
func OweAcceptance(ctx context.Context, d *matter.Doing, p registry.Project, period string, on calendar.Date) error {
	if _, err := duty.TakeBack(ctx, d.Tx, p.UnitID, AcceptDuty.Key, period); err != nil {
		return err
	}
	_, err := duty.Open(ctx, d.Tx, duty.Duty{Jurisdiction: p.Jurisdiction, UnitID: p.UnitID, Kind: AcceptDuty.Key, Clause: AcceptDuty.Clause, Title: fmt.Sprintf(AcceptDuty.Title, p.Name),
		Period: period, SubjectID: p.ID, Due: on.AddDays(AcceptDays.Int(d.Case.Values))}, d.Case.Now.UnixMilli())
	return err
}

// finish keeps the day of completion. What is built is to be accepted from then on;
// recurring operation is accepted by its service periods.
func finish(ctx context.Context, d *matter.Doing) error {
	on := d.Input.(*Completion).On
	if err := d.Tx.Later(ctx, `UPDATE implementation SET completed_on = $1 WHERE project_id = $2`, string(on), d.Case.SubjectID); err != nil {
		return err
	}
	if err := d.MarkBy(ctx, matter.JudgeBy(gatherCompletion, whole)); err != nil {
		return err
	}
	p, err := registry.Subject(ctx, d.Tx, d.Case)
	if err != nil || p.BuildKind == registry.Operate {
		return err
	}
	return OweAcceptance(ctx, d, p, p.Code, on)
}

// CompletedOn is the day a project was reported complete, "" while it is not.
func CompletedOn(ctx context.Context, q db.Querier, project string) (calendar.Date, error) {
	on, err := db.Value[calendar.Date](ctx, q, `SELECT completed_on FROM implementation WHERE project_id = $1`, project)
	if db.None(err) {
		return "", nil
	}
	return on, err
}
