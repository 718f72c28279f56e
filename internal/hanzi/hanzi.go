// Package hanzi handles Chinese text without a dictionary: folding and tidying
// what people type, keys for sorting and sameness, search tokens and likeness.
package hanzi

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Fold makes texts comparable: full-width forms narrowed, ASCII lower-cased,
// white space collapsed.
func Fold(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(width.Narrow.String(norm.NFC.String(s))), " "))
}

// Tidy cleans a typed cell: no stray line breaks, zero-width or non-breaking
// spaces; the words and their punctuation stay as written.
func Tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u3000', '\n', '\r', '\t':
			return ' '
		case '\u200b', '\u200c', '\u200d', '\ufeff':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// NormalName is the key of "the same name": folded, without punctuation, quotes,
// brackets and spaces.
func NormalName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, Fold(s))
}

// Runes counts the characters that are not white space.
func Runes(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

var fillers = []string{"无", "略", "待定", "同上", "见附件", "详见附件", "暂无", "没有", "另附", "不详", "待补充", "待补", "同前", "na", "nil", "none"}

// Filler is the filler word when the text is nothing else (无、略、待定、同上、
// 见附件 …, or only punctuation), otherwise "".
func Filler(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	n := NormalName(s)
	if n == "" || slices.Contains(fillers, n) {
		return strings.TrimSpace(s)
	}
	return ""
}

// Tokens are the words a text can be found by: single Han characters, pairs of
// them, and lower-cased runs of letters and digits, each once.
func Tokens(s string) []string {
	var out []string
	seen := map[string]bool{}
	add := func(t string) {
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	for _, run := range runs(s) {
		if !run.han {
			add(run.text)
			continue
		}
		rs := []rune(run.text)
		for i, r := range rs {
			add(string(r))
			if i+1 < len(rs) {
				add(string(rs[i : i+2]))
			}
		}
	}
	return out
}

// QueryTokens are the tokens a query asks for: pairs of Han characters, a single
// one only where it stands alone, and words.
func QueryTokens(q string) []string {
	var out []string
	for _, run := range runs(q) {
		rs := []rune(run.text)
		if !run.han || len(rs) == 1 {
			out = append(out, run.text)
			continue
		}
		for i := range len(rs) - 1 {
			out = append(out, string(rs[i:i+2]))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

type run struct {
	text string
	han  bool
}

func runs(s string) []run {
	var out []run
	var cur []rune
	han := false
	flush := func() {
		if len(cur) > 0 {
			out = append(out, run{string(cur), han})
			cur = nil
		}
	}
	for _, r := range Fold(s) {
		isHan := unicode.Is(unicode.Han, r)
		if !isHan && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush()
			continue
		}
		if len(cur) > 0 && isHan != han {
			flush()
		}
		han = isHan
		cur = append(cur, r)
	}
	flush()
	return out
}
