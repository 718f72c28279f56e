package review

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// Specialities are the fields an expert may be drawn for.
var Specialities = []form.Option{{ID: "egov", Label: "政务信息化"}, {ID: "software", Label: "软件"}, {ID: "network", Label: "网络安全"}, {ID: "cipher", Label: "密码"},
	{ID: "data", Label: "数据"}, {ID: "cost", Label: "造价财务"}, {ID: "business", Label: "业务领域"}, {ID: "trusted", Label: "信创"}, {ID: "law", Label: "法律"}, {ID: "archive", Label: "档案"}}

// Expert is what the bureau enters about an expert.
type Expert struct {
	Name, Login, Employer, EmployerUnit, Rank, First, Second, Ties string
}

var expertForm = form.For[Expert](
	form.Section{Key: "person", Title: "专家", Clauses: []string{"A08.1"}, Fields: []form.Field{
		form.TextField("name", "姓名", func(e *Expert) *string { return &e.Name }, form.Max(30), form.Required),
		form.TextField("login", "登录名", func(e *Expert) *string { return &e.Login }, form.Max(40), form.Required),
		form.TextField("rank", "职称", func(e *Expert) *string { return &e.Rank }, form.Max(40), form.Required),
		form.ChoiceField("first", "专业领域", Specialities, func(e *Expert) *string { return &e.First }, form.Required),
		form.ChoiceField("second", "第二领域", Specialities, func(e *Expert) *string { return &e.Second }),
	}},
	form.Section{Key: "ties", Title: "回避信息", Clauses: []string{"A08.1"}, Fields: []form.Field{
		form.TextField("employer", "工作单位", func(e *Expert) *string { return &e.Employer }, form.Max(100), form.Required),
		form.TextField("employer_unit", "属于本市哪个单位", func(e *Expert) *string { return &e.EmployerUnit }, form.Max(100), form.Help("单位名称或简称；不属于本市单位的不填")),
		form.LongField("ties", "有利害关系的供应商", func(e *Expert) *string { return &e.Ties }, form.Max(2000), form.Help("近三年任职、持股、合作的公司，每行一个")),
	}},
)

// PoolKey names the procedure that enrols an expert.
const PoolKey = "expert"

// Enrolled is the state of an expert of the pool.
const Enrolled matter.State = "enrolled"

// PoolUnit is the code of the unit in which experts are at home.
const PoolUnit = "EXPERT"

// Enrolling puts an expert into the pool: the bureau's clerk enters, its head signs.
func Enrolling(units *identity.Directory) *matter.Procedure {
	judged := matter.JudgeBy(poolFacts(units), PoolRules()...)
	return &matter.Procedure{
		Key: PoolKey, Title: "专家入库", Clauses: []string{"A08.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "登记专家", Edit: true, Stage: "登记"},
			{State: "signing", Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发专家入库", Stage: "签发"},
			{State: Enrolled, Title: "在库", Mark: matter.MarkDone, Stage: "在库"},
			{State: "revising", Title: "变更中", Mark: matter.MarkDoing, Holder: identity.OwnerClerk, Task: "变更专家信息", Edit: true},
			{State: "resigning", Title: "待签发变更", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发专家信息变更"},
			{State: "gone", Title: "已出库", Mark: matter.MarkStop, Final: true},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "送签", Says: "送负责人签发。", To: "signing", By: identity.OwnerClerk, Judge: judged, Submit: true},
			{From: "signing", Do: matter.SignOff, Title: "签发入库", Says: "签发后可以被抽取参加评审。", To: Enrolled, By: identity.OwnerHead, Effect: enrol(units)},
			{From: "signing", Do: matter.Return, Title: "退回", Says: "退回修改。", To: matter.Draft, By: identity.OwnerHead, Reason: true},
			{From: Enrolled, Do: "revise", Title: "变更信息", Says: "领域、单位、利害关系有变化时更新；签发前按原信息抽取。", To: "revising", By: identity.OwnerClerk},
			{From: "revising", Do: matter.Submit, Title: "送签", Says: "送负责人签发。", To: "resigning", By: identity.OwnerClerk, Judge: judged, Submit: true},
			{From: "resigning", Do: matter.SignOff, Title: "签发变更", Says: "此后按新信息抽取和回避。", To: Enrolled, By: identity.OwnerHead, Effect: renew(units)},
			{From: "resigning", Do: matter.Return, Title: "退回", Says: "退回修改。", To: "revising", By: identity.OwnerHead, Reason: true},
			{From: Enrolled, Do: "remove", Title: "移出专家库", Says: "不再抽取；已参加的评审不受影响。", To: "gone", By: identity.OwnerHead, Reason: true, Danger: true, Effect: remove},
		},
		Form:  expertForm,
		Start: identity.BigDataClerk,
		Name:  func(c *matter.Case) string { return "专家 " + matter.FormOf[Expert](c).Name },
	}
}

func enrol(units *identity.Directory) func(ctx context.Context, d *matter.Doing) error {
	return func(ctx context.Context, d *matter.Doing) error {
		c, e := d.Case, matter.FormOf[Expert](d.Case)
		employer, err := employerOf(units, c)
		if err != nil {
			return err
		}
		home, err := poolUnit(ctx, d)
		if err != nil {
			return err
		}
		at := c.Now.UnixMilli()
		p, err := identity.AddPerson(ctx, d.Tx, identity.Person{Jurisdiction: c.Jurisdiction, UnitID: home, Name: e.Name, Login: e.Login, Section: e.Rank, Roles: []string{identity.Expert}}, at)
		if err != nil {
			return err
		}
		if err := d.Tx.Later(ctx, `INSERT INTO expert (id, jurisdiction, name, employer, employer_unit, rank, ties, matter_id, added_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
			p.ID, c.Jurisdiction, e.Name, e.Employer, employer, e.Rank, e.Ties, c.ID, at); err != nil {
			return err
		}
		return e.keepFields(ctx, d.Tx, p.ID)
	}
}

// renew brings the pool up to the particulars that were signed.
func renew(units *identity.Directory) func(ctx context.Context, d *matter.Doing) error {
	return func(ctx context.Context, d *matter.Doing) error {
		c, e := d.Case, matter.FormOf[Expert](d.Case)
		employer, err := employerOf(units, c)
		if err != nil {
			return err
		}
		id, err := db.Value[string](ctx, d.Tx, `UPDATE expert SET employer = $1, employer_unit = $2, rank = $3, ties = $4 WHERE matter_id = $5 RETURNING id`, e.Employer, employer, e.Rank, e.Ties, c.ID)
		if err != nil {
			return err
		}
		if err := d.Tx.Later(ctx, `DELETE FROM expert_field WHERE expert_id = $1`, id); err != nil {
			return err
		}
		return e.keepFields(ctx, d.Tx, id)
	}
}

// employerOf is the id of the city's unit an expert works for, "" for others.
func employerOf(units *identity.Directory, c *matter.Case) (string, error) {
	name := strings.TrimSpace(matter.FormOf[Expert](c).EmployerUnit)
	if name == "" {
		return "", nil
	}
	u, ok := units.Match(c.Jurisdiction, name)
	if !ok || u.Jurisdiction != c.Jurisdiction {
		return "", problem.Field("form/employer_unit", "没有“%s”这个单位，请核对名称", name)
	}
	return u.ID, nil
}

func (e *Expert) keepFields(ctx context.Context, tx *db.Tx, id string) error {
	for _, f := range []string{e.First, e.Second} {
		if f == "" {
			continue
		}
		if err := tx.Later(ctx, `INSERT INTO expert_field (expert_id, field) VALUES ($1, $2) ON CONFLICT (expert_id, field) DO NOTHING`, id, f); err != nil {
			return err
		}
	}
	return nil
}

func remove(ctx context.Context, d *matter.Doing) error {
	return d.Tx.Later(ctx, `UPDATE expert SET active = 0 WHERE matter_id = $1`, d.Case.ID)
}

// poolUnit finds or makes the unit in which the experts of a jurisdiction are at home.
func poolUnit(ctx context.Context, d *matter.Doing) (string, error) {
	id, err := db.Value[string](ctx, d.Tx, `SELECT id FROM unit WHERE jurisdiction = $1 AND code = $2`, d.Case.Jurisdiction, PoolUnit)
	if err == nil || !db.None(err) {
		return id, err
	}
	d.ReloadUnits()
	u, err := identity.AddUnit(ctx, d.Tx, identity.Unit{Jurisdiction: d.Case.Jurisdiction, Name: "评审专家库", ShortName: "评审专家", Code: PoolUnit, Kind: "panel"})
	return u.ID, err
}

// Member is an expert of the pool.
type Member struct {
	ID, Name, Employer, EmployerUnit, Rank, Ties, MatterID string
	Fields                                                 []string
	Active                                                 bool
}

// Pool lists the experts of a jurisdiction, of one field when it is not "". Who
// was removed or has left the program is not active: nobody could take their seat.
func Pool(ctx context.Context, q db.Querier, jurisdiction, field string) ([]Member, error) {
	list, err := db.All(ctx, q, func(s db.Scanner) (Member, error) {
		var m Member
		var active int64
		var fields string
		err := s.Scan(&m.ID, &m.Name, &m.Employer, &m.EmployerUnit, &m.Rank, &m.Ties, &m.MatterID, &active, &fields)
		m.Active, m.Fields = active == 1, strings.Fields(fields)
		return m, err
	}, `SELECT e.id, e.name, e.employer, e.employer_unit, e.rank, e.ties, e.matter_id,
		CASE WHEN e.active = 1 AND EXISTS (SELECT 1 FROM person p JOIN person_role r ON r.person_id = p.id AND r.role = 'expert' WHERE p.id = e.id AND p.active = 1) THEN 1 ELSE 0 END,
		COALESCE((SELECT MIN(f.field) || ' ' || CASE WHEN MAX(f.field) > MIN(f.field) THEN MAX(f.field) ELSE '' END FROM expert_field f WHERE f.expert_id = e.id), '')
		FROM expert e WHERE e.jurisdiction = $1 AND ($2 = '' OR EXISTS (SELECT 1 FROM expert_field f WHERE f.expert_id = e.id AND f.field = $2)) ORDER BY e.id`, jurisdiction, field)
	if err != nil {
		return nil, fmt.Errorf("expert pool: %w", err)
	}
	return list, nil
}

// candidates turns the pool into the candidates of a draw for a scheme.
func candidates(pool []Member, s Scheme, agency string) []Candidate {
	var out []Candidate
	for _, m := range pool {
		c := Candidate{ID: m.ID, Name: m.Name, Employer: m.Employer}
		switch {
		case !m.Active:
			continue
		case agency != "" && hanzi.NormalName(m.Employer) != hanzi.NormalName(agency):
			continue
		default:
			c.Out = Conflict(Tie{EmployerUnit: m.EmployerUnit, Employer: m.Employer, Name: m.Name, Suppliers: strings.Split(m.Ties, "\n")}, s)
		}
		out = append(out, c)
	}
	return out
}
