package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

const generatedBy = "<!-- Generated from the code and held to it by TestGeneratedDocuments; change the code, then run it with -update. -->\n\n"

// TestGeneratedDocuments holds the documents that follow from the code to it.
func TestGeneratedDocuments(t *testing.T) {
	t.Parallel()
	book, list := lawBook(t)
	for name, text := range map[string]string{"clauses": clausesDoc(book), "flows": flowsDoc(list), "parameters": parametersDoc(book)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden(t, "docs/generated/"+name+".md", []byte(generatedBy+text))
		})
	}
}

type doc struct{ strings.Builder }

func (d *doc) f(format string, args ...any) { fmt.Fprintf(d, format+"\n", args...) }

// row writes a row of a table; a bar in a cell would end it.
func (d *doc) row(cells ...string) {
	for i, c := range cells {
		if c == "" {
			c = "—"
		}
		cells[i] = strings.ReplaceAll(c, "|", "\\|")
	}
	d.f("| %s |", strings.Join(cells, " | "))
}

func (d *doc) head(cells ...string) {
	d.row(cells...)
	d.f("|%s", strings.Repeat("---|", len(cells)))
}

func clausesDoc(book *measures.Book) string {
	var d doc
	d.f("# Clauses\n\nEvery sentence of the Measures, the obligations it carries, and what carries them out. Effects: *block* a grant is refused, *warn* must be answered with a reason,\n" +
		"*duty* a dated obligation, *record* a fact kept, *power* who may act. Basis: *text* the Measures, *reading* 本市口径, *other* another law or standard, *practice* 系统要求.\n")
	count := map[measures.Status]int{}
	for _, s := range measures.Sentences() {
		count[book.Status(s)]++
	}
	d.f("%d sentences: %d automated, %d judged by a person, %d context, %d not yet built.", len(measures.Sentences()), count[measures.Automated], count[measures.ByPerson], count[measures.Context], count[measures.NotYet])
	chapter, article := 0, 0
	for _, s := range measures.Sentences() {
		if s.Chapter != chapter {
			chapter = s.Chapter
			d.f("\n## Chapter %d %s", chapter, s.ChapterTitle)
		}
		if s.Article != article {
			article = s.Article
			d.f("\n### Article %d %s", article, s.Heading)
		}
		d.f("\n**%s** · %s\n\n> %s\n", s.ID, strings.ReplaceAll(string(book.Status(s)), "_", " "), measures.Readable(s.Text))
		if len(s.Obligations) == 0 {
			continue
		}
		d.head("Obligation", "Effect", "Rules", "Procedures", "Parameters", "Examples: pass, fail, boundary")
		for _, id := range s.Obligations {
			d.obligation(book, id)
		}
	}
	return d.String()
}

func (d *doc) obligation(book *measures.Book, id string) {
	var rules, procedures, params []string
	var n measures.Counts
	for _, r := range book.ByClause(id) {
		rules = append(rules, fmt.Sprintf("`%s` v%d %s (%s, %s)", r.ID, r.Version, r.Title, r.Effect, r.Basis))
		c := measures.CountExamples(r.Examples)
		n.Pass, n.Fail, n.Boundary = n.Pass+c.Pass, n.Fail+c.Fail, n.Boundary+c.Boundary
	}
	for _, p := range book.ProceduresOf(id) {
		procedures = append(procedures, fmt.Sprintf("`%s` %s", p.Key, p.Title))
	}
	for _, p := range book.Params {
		if p.Clause == id {
			params = append(params, "`"+p.Key+"`")
		}
	}
	examples := ""
	if len(rules) > 0 {
		examples = fmt.Sprintf("%d, %d, %d", n.Pass, n.Fail, n.Boundary)
	}
	ob := measures.Obligation{}
	for _, o := range measures.Obligations() {
		if o.ID == id {
			ob = o
		}
	}
	var effects []string
	for _, e := range ob.Effects {
		effects = append(effects, string(e))
	}
	d.row("`"+id+"` "+ob.Title, strings.Join(effects, ", "), strings.Join(rules, "<br>"), strings.Join(procedures, "<br>"), strings.Join(params, "<br>"), examples)
}

func flowsDoc(list []*matter.Procedure) string {
	var d doc
	d.f("# Flows\n\nOne diagram per procedure: its states, the acts between them and who takes each. A state with seats is a countersignature or a panel; 系统 is the clock or an event.")
	for _, p := range list {
		d.f("\n## `%s` %s\n\nClauses: %s. Opened by %s%s.\n", p.Key, p.Title, strings.Join(p.Clauses, ", "), p.Start.Title(), proxied(p))
		d.f("```mermaid\nstateDiagram-v2")
		for _, s := range p.States {
			title := s.Title
			if s.Seats != nil {
				title += "（席位）"
			}
			d.f("    state \"%s\" as %s", title, stateID(s.State))
		}
		d.f("    [*] --> %s", stateID(matter.Draft))
		for _, s := range p.Flow {
			for _, to := range append([]matter.State{s.To}, s.Or...) {
				d.f("    %s --> %s: %s · %s", stateID(s.From), stateID(to), s.Title, p.Who(s.By))
			}
		}
		for _, s := range p.States {
			if s.Final {
				d.f("    %s --> [*]", stateID(s.State))
			}
		}
		d.f("```\n")
		d.head("From", "Act", "To", "Who", "Reason", "Rules asked", "Issues")
		for _, s := range p.Flow {
			d.step(p, s)
		}
	}
	return d.String()
}

func proxied(p *matter.Procedure) string {
	if p.Proxy.Side == "" {
		return ""
	}
	return ", for another unit (代录) by " + p.Proxy.Title()
}

func stateID(s matter.State) string { return "s_" + strings.ReplaceAll(string(s), "-", "_") }

func (d *doc) step(p *matter.Procedure, s matter.Step) {
	var to, rules []string
	for _, t := range append([]matter.State{s.To}, s.Or...) {
		to = append(to, p.StateDef(t).Title)
	}
	if s.Judge != nil {
		for _, c := range s.Judge.Checks {
			rules = append(rules, c.ID)
		}
	}
	reason, issue := "", ""
	if s.Reason {
		reason = "required"
	}
	if s.Issue != nil {
		issue = s.Issue.Title
	}
	d.row(p.StateDef(s.From).Title, s.Title+" `"+string(s.Do)+"`", strings.Join(to, " / "), p.Who(s.By), reason, strings.Join(rules, ", "), issue)
}

func parametersDoc(book *measures.Book) string {
	var d doc
	d.f("# Parameters\n\nFigures that rules read. A jurisdiction may set each from a day on, with a reason; a missing value means the default. Acts are judged by what is in force on their day.\n")
	d.head("Clause", "Key", "Parameter", "Default", "Basis", "Why", "Read by")
	list := slices.SortedFunc(slices.Values(book.Params), func(a, b measures.Param) int { return strings.Compare(a.Clause+a.Key, b.Clause+b.Key) })
	for _, p := range list {
		var readers []string
		for _, r := range book.Rules {
			if slices.ContainsFunc(r.Params, func(q measures.Param) bool { return q.Key == p.Key }) {
				readers = append(readers, "`"+r.ID+"`")
			}
		}
		d.row("`"+p.Clause+"`", "`"+p.Key+"`", p.Title, p.Show(p.Default), string(p.Basis), p.Note, strings.Join(readers, ", "))
	}
	return d.String()
}
