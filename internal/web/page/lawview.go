package page

import (
	"fmt"
	"net/url"
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/provisions/interpretation"
)

// LawView is the Measures as they are carried out on a day.
type LawView struct {
	Book      *measures.Book
	Selected  string // sentence id
	On, Today calendar.Date
	Values    measures.Values
	Noted     map[string]int64 // notes in force at each sentence

	// of the selected sentence
	Rules    []measures.Check
	Readings []measures.Param
	Settings []matter.Setting
	Counts   map[string]matter.RuleCount
	Judged   []matter.Judgement
	Notes    []interpretation.Note
	MayNote  bool
	Idem     string
	UnitOf   func(string) string
	Opens    func(procedure string) bool // whether it has a list of cases
}

// chapter, article and paragraph of the text.
type chapter struct {
	N        int
	Title    string
	Here     bool
	Articles []article
}

type article struct {
	N          int
	Heading    string
	Paragraphs [][]measures.Sentence
}

func (c chapter) ID() string { return fmt.Sprintf("chapter-%d", c.N) }

func (c chapter) Span() string {
	return fmt.Sprintf("%d–%d", c.Articles[0].N, c.Articles[len(c.Articles)-1].N)
}

func (a article) Name() string { return measures.Sentence{Article: a.N}.Place() }

func (v LawView) chapters() []chapter {
	var out []chapter
	for _, s := range measures.Sentences() {
		if len(out) == 0 || out[len(out)-1].N != s.Chapter {
			out = append(out, chapter{N: s.Chapter, Title: measures.ChapterOf(fmt.Sprintf("A%02d.0", s.Article))})
		}
		c := &out[len(out)-1]
		c.Here = c.Here || s.ID == v.Selected
		if len(c.Articles) == 0 || c.Articles[len(c.Articles)-1].N != s.Article {
			c.Articles = append(c.Articles, article{N: s.Article, Heading: s.Heading})
		}
		a := &c.Articles[len(c.Articles)-1]
		if s.Begins {
			a.Paragraphs = append(a.Paragraphs, nil)
		}
		last := len(a.Paragraphs) - 1
		a.Paragraphs[last] = append(a.Paragraphs[last], s)
	}
	return out
}

func (v LawView) sentence() *measures.Sentence { return SentenceByID(v.Selected) }

// SentenceByID finds a sentence of the Measures, nil when there is none.
func SentenceByID(id string) *measures.Sentence {
	all := measures.Sentences()
	if i := slices.IndexFunc(all, func(s measures.Sentence) bool { return s.ID == id }); i >= 0 {
		return &all[i]
	}
	return nil
}

// lawKeys are the ways a sentence lives in the software, with shape and word.
var lawKeys = []struct {
	status      measures.Status
	class, word string
}{{measures.Automated, "is-auto", "自动核验"}, {measures.ByPerson, "is-man", "人工判断"}, {measures.Context, "is-ctx", "背景"}, {measures.NotYet, "is-todo", "尚未实现"}}

func (v LawView) key(s measures.Sentence) (class, word string) {
	for _, k := range lawKeys {
		if k.status == v.Book.Status(s) {
			return k.class, k.word
		}
	}
	return "", ""
}

func (v LawView) class(s measures.Sentence) string { c, _ := v.key(s); return c }

func (v LawView) word(s measures.Sentence) string { _, w := v.key(s); return w }

func (v LawView) count(st measures.Status) int {
	n := 0
	for _, s := range measures.Sentences() {
		if v.Book.Status(s) == st {
			n++
		}
	}
	return n
}

// onQuery keeps another day than today in a link.
func (v LawView) onQuery(lead string) string {
	if v.On == v.Today {
		return ""
	}
	return lead + "on=" + url.QueryEscape(string(v.On))
}

// here is the address of a sentence as of a day.
func (v LawView) here(sentence string, on calendar.Date) string {
	at := v
	at.On = on
	if sentence == "" {
		return "/law" + at.onQuery("?")
	}
	return "/law?s=" + sentence + at.onQuery("&") + "#" + sentence
}

func (v LawView) rulesOf(clause string) []measures.Check {
	var out []measures.Check
	for _, r := range v.Rules {
		if r.Clause == clause {
			out = append(out, r)
		}
	}
	return out
}

func (v LawView) ruleTitle(id string) string {
	for _, r := range v.Rules {
		if r.ID == id {
			return r.Title
		}
	}
	return id
}

func (v LawView) tally() (judged, failed int64) {
	for _, n := range v.Counts {
		judged += n.Judged
		failed += n.Failed
	}
	return judged, failed
}

func (v LawView) examples() []measures.ExampleInfo {
	var out []measures.ExampleInfo
	for _, r := range v.Rules {
		out = append(out, r.Examples...)
	}
	return out
}

// notes parts the notes of the sentence into those in force on the day and the others.
func (v LawView) notes() (now, then []interpretation.Note) {
	for _, n := range v.Notes {
		if n.InForce(v.On) {
			now = append(now, n)
		} else {
			then = append(then, n)
		}
	}
	return now, then
}

func noteSpan(n interpretation.Note, on calendar.Date) string {
	switch {
	case n.From > on:
		return fmt.Sprintf("%s · 将于 %s 施行", n.Number, n.From)
	case n.To < n.From:
		return n.Number + " · 没有施行即被废止"
	case n.Successor != "":
		return fmt.Sprintf("%s · %s 至 %s，由%s代替", n.Number, n.From, n.To, n.Successor)
	}
	return fmt.Sprintf("%s · %s 至 %s", n.Number, n.From, n.To)
}

// setBy tells where the value of a parameter on the day comes from.
func (v LawView) setBy(p measures.Param) string {
	for _, s := range v.Settings {
		if s.Key == p.Key && s.From <= v.On {
			return fmt.Sprintf("%s 设定，自 %s 起：%s", s.By, s.From, s.Reason)
		}
	}
	if p.Note != "" {
		return p.Note + "；未另行设定"
	}
	return "未另行设定"
}

func (v LawView) printMark(s measures.Sentence) string {
	return map[measures.Status]string{measures.Automated: "〔自〕", measures.ByPerson: "〔人〕", measures.NotYet: "〔未〕"}[v.Book.Status(s)]
}

// basisWord is how the law page names a basis: its sentences stand beside it.
func basisWord(b measures.Basis) string {
	return map[measures.Basis]string{measures.Text: "《办法》原文", measures.Reading: "本市口径", measures.Other: "其他依据", measures.Practice: "系统要求"}[b]
}

func effectWord(e measures.Effect) string {
	return map[measures.Effect]string{measures.Block: "不符合不能办理", measures.Warn: "不符合须说明"}[e]
}

func outcomeWord(o measures.Outcome) string {
	return map[measures.Outcome]string{measures.Pass: "通过", measures.Fail: "不通过", measures.NotApplies: "不适用"}[o]
}

func obligationOf(id string) measures.Obligation {
	for _, o := range measures.Obligations() {
		if o.ID == id {
			return o
		}
	}
	return measures.Obligation{}
}
