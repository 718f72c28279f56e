package app_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/money"
	"zhengcheng/internal/registry"
)

// writer collects rows and writes them table by table, many to a statement.
type writer struct {
	tb     testing.TB
	sheets map[string]*sheet
	order  []*sheet // as the tables were first met: what is referred to comes first
}

type sheet struct {
	head string
	wide int
	args []any
}

const most = 400 // arguments of one statement: the SQLite driver looks for each among all

// row adds a row; head is the table with its columns.
func (w *writer) row(head string, args ...any) {
	s := w.sheets[head]
	if s == nil {
		s = &sheet{head: head, wide: len(args)}
		w.sheets[head] = s
		w.order = append(w.order, s)
	}
	s.args = append(s.args, args...)
}

func (w *writer) write(tx *sql.Tx) {
	for _, s := range w.order {
		deep := most / s.wide
		full, err := tx.Prepare(s.text(deep))
		must(w.tb, err)
		for rest := s.args; len(rest) > 0; {
			if n := len(rest) / s.wide; n < deep {
				_, err = tx.Exec(s.text(n), rest...)
				rest = nil
			} else {
				_, err = full.Exec(rest[:deep*s.wide]...)
				rest = rest[deep*s.wide:]
			}
			must(w.tb, err)
		}
		must(w.tb, full.Close())
	}
}

func (s *sheet) text(rows int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + s.head + " VALUES ")
	for i := range rows {
		for j := range s.wide {
			switch {
			case j > 0:
				b.WriteByte(',')
			case i > 0:
				b.WriteString(",(")
			default:
				b.WriteByte('(')
			}
			fmt.Fprintf(&b, "$%d", i*s.wide+j+1)
		}
		b.WriteByte(')')
	}
	return b.String()
}

func (w *writer) matter(procedure string, u identity.Unit, year int64, key string, state matter.State, form string, at int64) string {
	id := matter.NewID()
	w.row(`matter (id, jurisdiction, procedure, title, unit_id, parent_unit_id, year, key, state, rev, form, form_rev, version, origin, opened_by, opened_at, submitted_at, state_since)`,
		id, "lps", procedure, fmt.Sprintf("%s %d 年度部门项目计划", u.ShortName, year), u.ID, u.ParentID, year, key, string(state), int64(4), form, int64(2), int64(1), "own", "grown", at, at, at)
	return id
}

// acts writes a history of n acts with their closed tasks; the first of each
// four was a handing-in that was judged.
func (w *writer) acts(m, procedure string, u identity.Unit, at int64, n int) {
	for i := range n {
		id := matter.NewID()
		w.row(`event (id, jurisdiction, matter_id, procedure, action, from_state, to_state, rev, actor_id, actor_name, unit_id, capacity, at, leaf)`,
			id, "lps", m, procedure, "submit", "draft", "signing", int64(i+1), "grown", "陈丽", u.ID, "owner", at+int64(i), strings.Repeat("x", 900))
		w.row(`event_part (event_id, name, salt, digest, body)`, id, "reason", "00", "00", "材料齐全，同意按此办理。")
		if i%4 == 0 {
			w.row(`event_part (event_id, name, salt, digest, body)`, id, "form", "00", "00", "{}")
			for _, rule := range []string{"A06.0-deadline", "A06.0-nil", "A06.1-count", "A06.1-overlap"} {
				w.row(`finding (event_id, rule_id, version, clause, matter_id, effect, outcome)`, id, rule, int64(1), rule[:5], m, "warn", "pass")
			}
		}
		w.task(m, u.ID, identity.Clerk, at, at+1)
	}
}

func (w *writer) task(m, unit, post string, at, closed int64) {
	w.row(`task (id, matter_id, jurisdiction, unit_id, post, title, due, opened_at, closed_at)`, matter.NewID(), m, "lps", unit, post, "确认备案", "2026-06-30", at, closed)
}

func (w *writer) item(m string, seq int, project, name, kind string, fen int64) {
	long := strings.Repeat("围绕业务功能、数据资源和配套安全设施，完成部署、培训和试运行。", 3)
	w.row(`plan_item (id, matter_id, seq, rev, state, name, normal_name, build_kind, system_class, goal, content, functions, estimate, year_amount, fund_general, project_id)`,
		matter.NewID(), m, int64(seq), int64(1), "accepted", name, hanzi.NormalName(name), kind, "business_app", long, long, "登记受理、审核审批、统计分析", fen, fen, fen, project)
}

func (w *writer) project(p registry.Project, at int64) {
	w.row(`project (id, jurisdiction, unit_id, parent_unit_id, code, name, normal_name, sort_key, year, build_kind, class, stage, origin, goal, estimate, reviewed, ceiling, budget, contracted, paid, settled, matter_id, created_at, changed_at)`,
		p.ID, p.Jurisdiction, p.UnitID, p.ParentUnitID, p.Code, p.Name, hanzi.NormalName(p.Name), p.Name, p.Year, p.BuildKind, "business_app", string(p.Stage), "plan",
		strings.Repeat("支撑本单位履职业务线上办理，提升协同效率和服务水平。", 2), int64(p.Estimate), int64(p.Reviewed),
		int64(p.Money.Ceiling), int64(p.Money.Budget), int64(p.Money.Contracted), int64(p.Money.Paid), int64(p.Money.Settled), p.MatterID, at, at)
}

// words makes a project findable.
func (w *writer) words(p registry.Project) {
	for _, t := range hanzi.Tokens(p.Name + " " + p.Code) {
		w.row(`search_posting (token, jurisdiction, kind, ref)`, t, "lps", "project", p.ID)
	}
}

// amount varies the money of the i-th project.
func amount(i int) money.Fen { return money.Fen(i%997) * 1_000_000 }
