package connection

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/problem"
)

// Filter narrows the register of connections (接入台账); zero values do not narrow.
type Filter struct {
	Platform, State, UnitID string
	After                   string // cursor of the last row of the page before, newest first
	Limit                   int64
}

// Linked is how the system of a project stands to one platform, by the newest
// registration of the project.
type Linked struct {
	MatterID  string        `json:"matter_id"`
	ProjectID string        `json:"project_id"`
	Project   string        `json:"project"`
	Code      string        `json:"code"`
	System    string        `json:"system"`  // of the register of systems, the first by name; "" when there is none
	Systems   int64         `json:"systems"` // that the project made or changed
	UnitID    string        `json:"unit_id"`
	Platform  string        `json:"platform"`
	State     string        `json:"connection"`
	Since     calendar.Date `json:"since"`
	Evidence  string        `json:"evidence"`
	Reason    string        `json:"reason"`
	On        calendar.Date `json:"on"` // on file
	Seq       int64         `json:"seq"`
}

// Cursor is where the next page begins.
func (l Linked) Cursor() string { return l.MatterID + "/" + strconv.FormatInt(l.Seq, 10) }

// Systemic is the name of its system, and how many more there are.
func (l Linked) Systemic() string {
	if l.Systems > 1 {
		return fmt.Sprintf("%s等 %d 个系统", l.System, l.Systems)
	}
	return l.System
}

// Platforms are the platforms a registration asks about.
func Platforms() []string { return append([]string(nil), platforms...) }

// MostExported is how many rows one workbook takes.
const MostExported = 20_000

// List pages through the connections on file that an actor may see, newest first;
// an older registration of a project does not count.
func List(ctx context.Context, q db.Querier, actor identity.Actor, f Filter) ([]Linked, error) {
	var args db.Args
	where := "m.jurisdiction = " + args.Add(actor.Jurisdiction) + " AND " + actor.SeesProject("p", &args)
	for _, n := range []struct{ column, is string }{{"n.platform", f.Platform}, {"n.connection", f.State}, {"p.unit_id", f.UnitID}} {
		if n.is != "" {
			where += " AND " + n.column + " = " + args.Add(n.is)
		}
	}
	if id, after, ok := strings.Cut(f.After, "/"); ok {
		seq, err := strconv.ParseInt(after, 10, 64)
		if err != nil {
			return nil, problem.New(problem.Invalid, "“%s”不是上一页最后一行", f.After)
		}
		m := args.Add(id)
		where += " AND (m.id < " + m + " OR m.id = " + m + " AND n.seq > " + args.Add(seq) + ")"
	}
	return db.All(ctx, q, func(s db.Scanner) (Linked, error) {
		var l Linked
		var since int64
		err := s.Scan(&l.MatterID, &l.ProjectID, &l.Project, &l.Code, &l.System, &l.Systems, &l.UnitID, &l.Platform, &l.State, &l.Since, &l.Evidence, &l.Reason, &since, &l.Seq)
		l.On = calendar.Of(matter.Time(since))
		return l, err
	}, `SELECT m.id, p.id, p.name, p.code, COALESCE((SELECT MIN(y.name) FROM system_project s JOIN info_system y ON y.id = s.system_id WHERE s.project_id = p.id), ''),
		(SELECT COUNT(*) FROM system_project s WHERE s.project_id = p.id), p.unit_id, n.platform, n.connection, n.since, n.evidence, n.reason, m.state_since, n.seq
		FROM matter m JOIN connection_line n ON n.matter_id = m.id JOIN project p ON p.id = m.subject_id
		WHERE `+where+` AND m.procedure = '`+Key+`' AND m.state = 'filed' AND NOT EXISTS (SELECT 1 FROM matter o WHERE o.subject_id = m.subject_id AND o.procedure = m.procedure AND o.state = m.state
			AND (o.state_since > m.state_since OR o.state_since = m.state_since AND o.id > m.id))
		ORDER BY m.id DESC, n.seq LIMIT `+args.Add(f.Limit), args.List()...)
}

// Workbook is the whole filtered register as a file for Excel and WPS.
func Workbook(ctx context.Context, q db.Querier, units *identity.Directory, actor identity.Actor, f Filter, on calendar.Date) ([]byte, error) {
	f.After, f.Limit = "", MostExported+1
	rows, err := List(ctx, q, actor, f)
	switch {
	case err != nil:
		return nil, err
	case len(rows) == 0:
		return nil, problem.New(problem.NotFound, "没有符合条件、您可以查看的接入登记，没有可以导出的")
	case len(rows) > MostExported:
		return nil, problem.New(problem.Invalid, "符合条件的接入登记超过 %d 行，请按平台或者单位缩小范围", MostExported)
	}
	s := paper.Sheet{Name: "接入", Title: "政务信息系统接入台账", Note: fmt.Sprintf("导出日期 %s。每个项目以最近一次登记为准。", on)}
	for _, name := range []string{"序号", "项目编号", "项目名称", "系统", "单位", "平台", "接入情况", "接入日期", "凭据", "理由", "登记日期"} {
		s.Columns = append(s.Columns, paper.Column{Name: name})
	}
	for i, l := range rows {
		s.Rows = append(s.Rows, []paper.Cell{paper.Int(i + 1), paper.Text(l.Code), paper.Text(l.Project), paper.Text(l.Systemic()), paper.Text(units.Name(l.UnitID)), paper.Text(l.Platform), paper.Text(form.Label(States, l.State)),
			paper.Text(string(l.Since)), paper.Text(l.Evidence), paper.Text(l.Reason), paper.Text(string(l.On))})
	}
	return paper.Workbook(s)
}

// JoinedBy are the platforms that a system is connected to, by the newest
// registrations of the projects that made it.
func JoinedBy(ctx context.Context, q db.Querier, systemID string) ([]string, error) {
	return db.Column[string](ctx, q, `SELECT DISTINCT n.platform FROM system_project s JOIN matter m ON m.subject_id = s.project_id AND m.procedure = '`+Key+`' AND m.state = 'filed' JOIN connection_line n ON n.matter_id = m.id
		WHERE s.system_id = $1 AND n.connection = '`+Joined+`' AND NOT EXISTS (SELECT 1 FROM matter o WHERE o.subject_id = m.subject_id AND o.procedure = m.procedure AND o.state = m.state
			AND (o.state_since > m.state_since OR o.state_since = m.state_since AND o.id > m.id)) ORDER BY n.platform`, systemID)
}
