package registry

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/duty"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/problem"
)

// Marked is what stands on record about a project although a rule warns of it, or what
// is owed about it and overdue: what rectification (Article 32) is proposed from.
type Marked struct {
	ID        string         `json:"id"`
	Word      string         `json:"word"`
	Says      string         `json:"says"`
	Reason    string         `json:"reason"` // the explanation that was given, "" for none
	Rule      string         `json:"rule,omitempty"`
	Duty      string         `json:"duty,omitempty"` // kind of what is overdue
	Clause    string         `json:"clause"`
	Basis     measures.Basis `json:"basis"`
	Sentence  string         `json:"sentence"` // of the Measures, or the reading
	Rectify   string         `json:"rectify"`  // obligation of Article 32 it is proposed under, "" for none
	MatterID  string         `json:"matter_id"`
	Procedure string         `json:"procedure"`
	Title     string         `json:"title"` // of the case
	Number    string         `json:"number"`
	ProjectID string         `json:"project_id"`
	Project   string         `json:"project"`
	Code      string         `json:"code"`
	UnitID    string         `json:"unit_id"`
	On        calendar.Date  `json:"on"` // recorded, or due

	version int64
}

// Cursor is where the next page begins.
func (m Marked) Cursor() string { return string(m.On) + "/" + m.ID }

// MarkFilter narrows the marks of a jurisdiction; zero values do not narrow.
type MarkFilter struct {
	Article int64 // of the Measures
	UnitID  string
	Rectify bool   // only what is proposed for rectification
	After   string // cursor of the last row of the page before, newest first
	Limit   int64
}

// MarkWords are where a mark has its words from.
type MarkWords struct {
	Book *measures.Book
	Duty func(kind string) duty.Kind
}

// explain says in words what a row is and what it stands on.
func (m *Marked) explain(w MarkWords) {
	if m.Duty != "" {
		m.Word, m.Says = w.Duty(m.Duty).Short+"逾期", fmt.Sprintf("%s，应在 %s 以前", m.Says, m.On)
		m.Basis, m.Sentence = measures.BasisOf(m.Clause), measures.QuoteOf(m.Clause)
		return
	}
	c, _ := w.Book.Rule(m.Rule, int(m.version))
	m.Word, m.Basis, m.Sentence = c.Mark.Word, c.Basis, c.Quote+c.Source
}

// Marks pages through what is marked about the projects that an actor may see, and
// what chapters 4 and 5 of the Measures ask of them that is overdue, newest first.
func Marks(ctx context.Context, q db.Querier, actor identity.Actor, f MarkFilter, today calendar.Date, words MarkWords) ([]Marked, error) {
	var args db.Args
	j := args.Add(actor.Jurisdiction)
	where := func(alias, on, clause string) string {
		out := alias + ".jurisdiction = " + j
		if day, id, ok := strings.Cut(f.After, "/"); ok {
			d := args.Add(day)
			out += " AND (" + on + " < " + d + " OR " + on + " = " + d + " AND " + alias + ".id < " + args.Add(id) + ")"
		}
		if f.Article != 0 {
			out += " AND " + clause + " LIKE " + args.Add(fmt.Sprintf("A%02d.%%", f.Article))
		}
		return out
	}
	from := `SELECT k.id, k.rule_id, '' AS duty, k.version, k.clause, k.rectify, k.says, k.reason, k.matter_id, k.subject_id AS project_id, k.marked_on AS on_date FROM mark k WHERE ` + where("k", "k.marked_on", "k.clause")
	if f.Rectify {
		from += " AND k.rectify <> ''"
	}
	// what is not done at all is against the text; the days it had are a reading. A duty is about a project, or about a case that is
	from += ` UNION ALL SELECT d.id, '', d.kind, 0, d.clause, 'A32.1', d.title, '', COALESCE((SELECT c.id FROM matter c WHERE c.id = d.subject_id), ''),
		COALESCE((SELECT c.subject_id FROM matter c WHERE c.id = d.subject_id), d.subject_id), d.due
		FROM duty d WHERE ` + where("d", "d.due", "d.clause") + ` AND d.clause >= 'A14' AND d.clause < 'A22' AND d.satisfied_on = '' AND d.due < ` + args.Add(string(today))
	sees := actor.SeesProject("p", &args)
	if f.UnitID != "" {
		sees += " AND p.unit_id = " + args.Add(f.UnitID)
	}
	rows, err := db.All(ctx, q, func(s db.Scanner) (Marked, error) {
		var m Marked
		err := s.Scan(&m.ID, &m.Rule, &m.Duty, &m.version, &m.Clause, &m.Rectify, &m.Says, &m.Reason, &m.MatterID, &m.Procedure, &m.Title, &m.Number, &m.ProjectID, &m.Project, &m.Code, &m.UnitID, &m.On)
		return m, err
	}, `SELECT r.id, r.rule_id, r.duty, r.version, r.clause, r.rectify, r.says, r.reason, r.matter_id, COALESCE(m.procedure, ''), COALESCE(m.title, ''), COALESCE(m.number, ''), p.id, p.name, p.code, p.unit_id, r.on_date
		FROM (`+from+`) r JOIN project p ON p.id = r.project_id LEFT JOIN matter m ON m.id = r.matter_id WHERE `+sees+` ORDER BY r.on_date DESC, r.id DESC LIMIT `+args.Add(f.Limit), args.List()...)
	for i := range rows {
		rows[i].explain(words)
	}
	return rows, err
}

// MarksWorkbook is every mark of a filter that the actor may see, as a file for Excel and WPS.
func MarksWorkbook(ctx context.Context, q db.Querier, units *identity.Directory, actor identity.Actor, f MarkFilter, today calendar.Date, words MarkWords) ([]byte, error) {
	f.After, f.Limit = "", MostExported+1
	rows, err := Marks(ctx, q, actor, f, today, words)
	switch {
	case err != nil:
		return nil, err
	case len(rows) == 0:
		return nil, problem.New(problem.NotFound, "没有符合条件、您可以查看的标记，没有可以导出的")
	case len(rows) > MostExported:
		return nil, problem.New(problem.Invalid, "符合条件的标记超过 %d 条，请按条款或者单位缩小范围", MostExported)
	}
	s := paper.Sheet{Name: "标记", Title: "政务信息系统项目带标记的记录", Note: fmt.Sprintf("导出日期 %s。列入整改的由监督检查确定。", today)}
	for _, name := range []string{"序号", "标记", "情况", "项目编号", "项目名称", "单位", "案卷", "备案号", "自何时", "依据", "依据内容", "单位的说明", "建议列入整改"} {
		s.Columns = append(s.Columns, paper.Column{Name: name})
	}
	for i, m := range rows {
		proposed := ""
		if m.Rectify != "" {
			proposed = measures.ClauseName(m.Rectify)
		}
		s.Rows = append(s.Rows, []paper.Cell{paper.Int(i + 1), paper.Text(m.Word), paper.Text(m.Says), paper.Text(m.Code), paper.Text(m.Project), paper.Text(units.Name(m.UnitID)), paper.Text(m.Title), paper.Text(m.Number),
			paper.Text(string(m.On)), paper.Text(m.Basis.Label(m.Clause, "")), paper.Text(m.Sentence), paper.Text(m.Reason), paper.Text(proposed)})
	}
	return paper.Workbook(s)
}
