package measures

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

//go:embed measures.txt
var source string

// Status tells how a sentence lives in the software.
type Status string

const (
	Automated Status = "automated" // rules or procedures carry it out
	ByPerson  Status = "person"    // judged or done by a person, recorded
	Context   Status = "context"   // explains, binds nobody to an act here
	NotYet    Status = "not_yet"   // meant to be automated, no rule or procedure yet
)

// Sentence is one sentence of the Measures, verbatim.
type Sentence struct {
	ID           string // s06.1: article and running number, permanent
	Chapter      int
	ChapterTitle string
	Article      int
	Heading      string // of the article, such as 部门项目计划
	Item         int    // （一） is 1; 0 outside items
	Begins       bool   // begins a paragraph
	Text         string
	Status       Status // as declared; Book.Status tells whether it is reached
	Obligations  []string
}

var (
	chapterLine = regexp.MustCompile(`^第([一二三四五六七八九十]+)章(.+)$`)
	articleLine = regexp.MustCompile(`^第([一二三四五六七八九十]+)条\s*([^。]+)。(.*)$`)
	itemLine    = regexp.MustCompile(`^\(([一二三四五六七八九十]+)\)`)
)

// Sentences lists the Measures sentence by sentence.
var Sentences = sync.OnceValue(func() []Sentence {
	var out []Sentence
	chapter, title, article, heading, n, item := 0, "", 0, "", 0, 0
	take := func(text string) {
		for i, s := range split(text) {
			id := fmt.Sprintf("s%02d.%d", article, n)
			mark := declared[id]
			out = append(out, Sentence{ID: id, Chapter: chapter, ChapterTitle: title, Article: article, Heading: heading, Item: item, Begins: i == 0, Text: s,
				Status: mark.status, Obligations: strings.Fields(mark.obligations)})
			n++
		}
	}
	for line := range strings.Lines(source) {
		line = strings.TrimRight(line, "\r\n")
		if m := chapterLine.FindStringSubmatch(line); m != nil {
			chapter, title = number(m[1]), m[2]
			continue
		}
		if m := articleLine.FindStringSubmatch(line); m != nil {
			article, heading, n, item = number(m[1]), m[2], 0, 0
			if m[3] == "" { // Articles 36 and 37 have no heading
				heading, m[3] = "", m[2]+"。"
			}
			take(m[3])
			continue
		}
		if article == 0 {
			continue
		}
		item = 0
		if m := itemLine.FindStringSubmatch(line); m != nil {
			item = number(m[1])
		}
		take(line)
	}
	return out
})

// split cuts a paragraph after each 。; an item ending in ; is one sentence.
func split(paragraph string) []string {
	var out []string
	for rest := paragraph; strings.TrimSpace(rest) != ""; {
		i := strings.Index(rest, "。")
		if i < 0 {
			return append(out, rest)
		}
		i += len("。")
		out, rest = append(out, rest[:i]), rest[i:]
	}
	return out
}

func number(s string) int {
	digit := map[rune]int{'一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	n, d := 0, 0
	for _, r := range s {
		if r == '十' {
			n += max(d, 1) * 10
			d = 0
			continue
		}
		d = digit[r]
	}
	return n + d
}

// Place is where the sentence stands, as papers cite it: 第七条第（二）项.
func (s Sentence) Place() string {
	p := "第" + numeral(s.Article) + "条"
	if s.Item > 0 {
		p += "第（" + numeral(s.Item) + "）项"
	}
	return p
}

func numeral(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n%10]
	}
	return digits[n/10] + "十" + digits[n%10]
}

// ChapterOf is the chapter an obligation stands in, such as 第二章 计划管理.
func ChapterOf(clause string) string {
	for _, s := range Sentences() {
		if s.Article == ArticleOf(clause) {
			return "第" + numeral(s.Chapter) + "章 " + s.ChapterTitle
		}
	}
	return ""
}

var widen = strings.NewReplacer(",", "，", ";", "；", ":", "：", "(", "（", ")", "）", " ", "")

// Quoted reports whether the words stand in a sentence of the Measures,
// whatever the width of their punctuation.
func Quoted(words string) bool {
	want := widen.Replace(words)
	for _, s := range Sentences() {
		if strings.Contains(widen.Replace(s.Text), want) {
			return want != ""
		}
	}
	return false
}

// Readable is a text of the Measures with full-width punctuation, as screens
// and papers show it; the file itself stays as it is.
func Readable(s string) string {
	return strings.NewReplacer(",", "，", ";", "；", "(", "（", ")", "）").Replace(s)
}
