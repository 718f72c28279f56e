package unitplan

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
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs, numbers and the record.
const Key = "unit-plan"

// States of a unit plan beyond the draft.
const (
	Signing  matter.State = "signing"
	Consent  matter.State = "consent"
	Checking matter.State = "checking"
	Filed    matter.State = "filed"
)

// Duty is the yearly obligation of Article 6.
var Duty = duty.Kind{Key: Key, Clause: "A06.0", Title: "报送 %s 年度部门项目计划", Short: "部门计划", Statutory: true, Act: "去报送",
	Consequence: "逾期仍可报送，迟报天数如实记录并计入年度评估（第35条）"}

// Filing is the procedure. units names units in findings.
func Filing(units *identity.Directory) *matter.Procedure {
	judge := matter.JudgeBy(gather(func(id string) string {
		u, _ := units.ByID(id)
		return u.ShortName
	}), Rules()...)
	return &matter.Procedure{
		Key: Key, Title: "部门项目计划", Clauses: []string{"A03.1", "A03.2", "A03.3", "A04.1", "A05.1", "A05.2", "A06.0", "A06.1", "A06.2", "A06.3"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "填写并报送", Clause: "A06.0", Edit: true, Stage: "填报", Due: due, Legal: true},
			{State: Signing, Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发", Clause: "A06.0", Stage: "单位签发", Due: due, Legal: true},
			{State: Consent, Title: "待主管部门同意", Mark: matter.MarkDoing, Holder: identity.ParentHead, Task: "同意报送", Clause: "A06.0", Stage: "主管部门", Due: due, Legal: true},
			{State: Checking, Title: "待备案", Mark: matter.MarkDoing, Holder: identity.BigDataClerk, Task: "确认备案", Clause: "A06.3", Stage: "市大数据局备案", Due: matter.Within(CheckDays)},
			{State: Filed, Title: "已备案", Mark: matter.MarkDone, Final: true, Stage: "已备案"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "提交签发", Says: "送本单位负责人签发，签发前可以撤回。", To: Signing, By: identity.OwnerClerk,
				Judge: judge, Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: Signing, Do: matter.SignOff, Title: "签发报送", Says: "签发后报市大数据发展管理局备案；二级单位先经主管部门同意。", To: Checking, Or: []matter.State{Consent},
				By: identity.OwnerHead, Route: viaParent, Effect: handedIn},
			{From: Signing, Do: matter.Return, Title: "退回经办人", Says: "退回后经办人修改，内容全部保留。", To: matter.Draft, By: identity.OwnerHead, Reason: true,
				Lines: matter.LineMove{To: matter.LineReturned, Selected: true}},
			{From: Signing, Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: matter.LineMove{To: matter.LineDraft}},
			{From: Consent, Do: matter.Consent, Title: "同意报送", Says: "同意后报市大数据发展管理局备案。", To: Checking, By: identity.ParentHead},
			{From: Consent, Do: matter.Return, Title: "退回单位", Says: "退回二级单位修改，内容全部保留。", To: matter.Draft, By: identity.ParentHead, Reason: true,
				Lines: matter.LineMove{To: matter.LineReturned, Selected: true}},
			{From: Checking, Do: matter.Acknowledge, Title: "确认备案", Says: "备案是收到存案，不是审批。确认后出具编号回执，项目进入项目总库。", To: Filed, By: identity.BigDataClerk,
				Lines: matter.LineMove{To: matter.LineAccepted}, Effect: enter, Issue: receipt},
			{From: Checking, Do: matter.Return, Title: "退回补正", Says: "勾选项目的只退回这些项目，不勾选的退回整份。已填内容全部保留。", To: matter.Draft, By: identity.BigDataClerk, Reason: true,
				Lines: matter.LineMove{To: matter.LineReturned, Selected: true}, Danger: true},
			{From: Checking, Do: matter.Withdraw, Title: "撤回报送", Says: "备案前可以撤回修改；撤回后须重新签发。", To: matter.Draft, By: identity.OwnerHead,
				Lines: matter.LineMove{To: matter.LineDraft}, Effect: takenBack},
		},
		Form: planForm, Lines: items, Params: Params, Duties: []duty.Kind{Duty},
		Needs: []matter.Need{{Kind: "stamped", Label: "盖章扫描件", Clause: "A06.3"}, {Kind: "basis", Label: "编制依据文件", Clause: "A06.2"}},
		Start: identity.OwnerClerk, Proxy: identity.BigDataClerk,
		Name: func(c *matter.Case) string {
			return fmt.Sprintf("%s %d 年度部门项目计划", c.Unit.ShortName, c.Year)
		},
		Once: func(c *matter.Case) string { return c.UnitID + "/" + strconv.FormatInt(c.Year, 10) },
		Sum: func(c *matter.Case) int64 {
			var sum int64
			for _, ln := range c.Lines {
				sum += int64(matter.BodyOf[Item](ln).YearAmount)
			}
			return sum
		},
		Tick: openDuties,
	}
}

// Rules lists every rule of a unit plan with its worked examples, in the order
// they are shown.
func Rules() []measures.Rule[Facts] { return withExamples() }

func due(c *matter.Case) calendar.Date { return Due(c.Year, c.Values) }

func viaParent(c *matter.Case) matter.State {
	if c.ParentUnitID != "" {
		return Consent
	}
	return Checking
}

// receipt is what the bureau issues for a filed plan.
var receipt = &matter.Series{Key: "filing", Word: "备", Title: "部门项目计划备案回执",
	Says: func(c *matter.Case) (string, string) {
		return fmt.Sprintf("%d年度部门项目计划", c.Year), fmt.Sprintf("共 %d 个项目，年度资金需求 %s 万元（人民币%s）", c.Items, c.Amount.Wan(), c.Amount.Upper())
	},
	Note: "备案表示材料已经收到存案，不代表对项目立项、投资或资金安排的审批。项目须按《六盘水市市级政务信息系统建设管理办法》第七条、第八条完成储备和评审。"}

// handedIn satisfies the duty on the day the head signs. The first signing
// counts: a unit is not late because the bureau returned the plan in July.
func handedIn(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	if err := duty.Satisfy(ctx, d.Tx, c.UnitID, Duty.Key, strconv.FormatInt(c.Year, 10), c.Today, d.EventID); err != nil {
		return err
	}
	owed, err := duty.Find(ctx, d.Tx, c.UnitID, Duty.Key, strconv.FormatInt(c.Year, 10))
	if db.None(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.SetLate(ctx, int64(owed.LateDays(c.Today)))
}

func takenBack(ctx context.Context, d *matter.Doing) error {
	return duty.Reopen(ctx, d.Tx, d.Case.UnitID, Duty.Key, strconv.FormatInt(d.Case.Year, 10))
}

// enter puts the acknowledged items into the project register.
func enter(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	for _, ln := range c.Lines {
		i := matter.BodyOf[Item](ln)
		p, err := registry.Enter(ctx, d, registry.Project{Name: i.Name, Year: c.Year, BuildKind: i.BuildKind, Class: i.SystemClass, Stage: registry.Planned, Origin: "plan",
			Goal: i.Goal, Estimate: i.Estimate})
		if err != nil {
			return err
		}
		if err := d.Tx.Later(ctx, `UPDATE plan_item SET project_id = $1 WHERE id = $2`, p.ID, ln.ID); err != nil {
			return err
		}
	}
	return nil
}

// openDuties puts next year's duty on every obliged unit, from 1 January on.
func openDuties(ctx context.Context, e *matter.Engine, jurisdiction string, today calendar.Date) error {
	year := int64(today.Year()) + 1
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		values, err := e.Parameters(ctx, tx, jurisdiction, today)
		if err != nil {
			return err
		}
		return openFor(ctx, tx, jurisdiction, year, values, e.Clock.Now().UnixMilli())
	})
}

func openFor(ctx context.Context, tx *db.Tx, jurisdiction string, year int64, values measures.Values, at int64) error {
	units, err := identity.ObligedUnits(ctx, tx, jurisdiction, int(year))
	if err != nil {
		return err
	}
	for _, u := range units {
		if _, err := owe(ctx, tx, jurisdiction, u.ID, year, values, at); err != nil {
			return err
		}
	}
	return credit(ctx, tx, jurisdiction, year)
}

// credit satisfies duties of a plan year that open when the plan has been signed
// already: before its season, or before the unit was obliged. As in handedIn the
// first signing counts, unless the unit took the plan back since.
func credit(ctx context.Context, tx *db.Tx, jurisdiction string, year int64) error {
	type act struct {
		unit, event string
		do          matter.Action
		at          int64
	}
	period := strconv.FormatInt(year, 10)
	acts, err := db.All(ctx, tx, func(s db.Scanner) (act, error) {
		var a act
		err := s.Scan(&a.unit, &a.event, &a.do, &a.at)
		return a, err
	}, `SELECT d.unit_id, v.id, v.action, v.at FROM duty d JOIN matter m ON m.unit_id = d.unit_id AND m.procedure = $2 AND m.year = $3
		JOIN event v ON v.matter_id = m.id AND (v.action = 'sign' OR v.action = 'withdraw' AND v.from_state = 'checking')
		WHERE d.jurisdiction = $1 AND d.kind = $2 AND d.period = $4 AND d.satisfied_on = '' ORDER BY d.unit_id, v.id`, jurisdiction, Key, year, period)
	if err != nil {
		return err
	}
	signed := map[string]act{}
	for _, a := range acts {
		if _, standing := signed[a.unit]; a.do == matter.Withdraw {
			delete(signed, a.unit)
		} else if !standing {
			signed[a.unit] = a
		}
	}
	for unit, a := range signed {
		if err := duty.Satisfy(ctx, tx, unit, Duty.Key, period, calendar.Of(matter.Time(a.at)), a.event); err != nil {
			return err
		}
	}
	return nil
}

// owe puts the duty of a plan year on one unit; it reports whether that is new.
func owe(ctx context.Context, tx *db.Tx, jurisdiction, unitID string, year int64, values measures.Values, at int64) (bool, error) {
	period := strconv.FormatInt(year, 10)
	return duty.Open(ctx, tx, duty.Duty{Jurisdiction: jurisdiction, UnitID: unitID, Kind: Duty.Key, Clause: Duty.Clause,
		Title: fmt.Sprintf(Duty.Title, period), Period: period, Due: Due(year, values)}, at)
}
