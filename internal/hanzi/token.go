package hanzi

import (
	"strings"
	"unicode"
)

// Tokens are what a text can be found by: Han characters, pairs of neighbouring
// ones, and lower-case runs of other letters and digits; each once, in order of
// first appearance.
func Tokens(s string) []string {
	var t tokens
	for _, run := range runs(s) {
		if !run.han {
			t.add(string(run.text))
			continue
		}
		for i := range run.text {
			t.add(string(run.text[i : i+1]))
			if i+1 < len(run.text) {
				t.add(string(run.text[i : i+2]))
			}
		}
	}
	return t.list
}

// QueryTokens are the tokens a text must have to answer a query: pairs of
// neighbouring Han characters, a Han character that stands alone, and words.
// They are among Tokens of the same text.
func QueryTokens(q string) []string {
	var t tokens
	for _, run := range runs(q) {
		if !run.han || len(run.text) == 1 {
			t.add(string(run.text))
			continue
		}
		for i := range len(run.text) - 1 {
			t.add(string(run.text[i : i+2]))
		}
	}
	return t.list
}

// tokens is a list without repeats.
type tokens struct {
	list []string
	seen map[string]bool
}

func (t *tokens) add(s string) {
	if t.seen == nil {
		t.seen = map[string]bool{}
	}
	if !t.seen[s] {
		t.seen[s] = true
		t.list = append(t.list, s)
	}
}

// run is a stretch of Han characters, or of other letters and digits.
type run struct {
	text []rune
	han  bool
}

// runs parts folded text at everything that is no letter, mark or digit, and
// where Han meets another script.
func runs(s string) []run {
	var out []run
	open := false
	for _, r := range Fold(s) {
		han := unicode.Is(unicode.Han, r)
		if !han && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
			open = false
			continue
		}
		if !open || out[len(out)-1].han != han {
			out = append(out, run{han: han})
			open = true
		}
		last := &out[len(out)-1]
		last.text = append(last.text, []rune(strings.ToLower(string(r)))...)
	}
	return out
}
