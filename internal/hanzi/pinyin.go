package hanzi

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// SortKey is what a text sorts by, the same on every database: its pinyin
// without tones, a blank between syllables, so that texts sort character by
// character; Latin words and digits stay, in lower case. A character without a
// known reading stands for itself and sorts last.
func SortKey(s string) string { return strings.Join(syllables(s), " ") }

// Initials are the first letters of the pinyin, with Latin words and digits
// whole: 市大数据局 is "sdsjj", 5G专网 is "5gzw".
func Initials(s string) string {
	var b strings.Builder
	parts := runs(s)
	for _, run := range parts {
		if !run.han {
			b.WriteString(string(run.text))
			continue
		}
		for _, y := range readRun(run.text, len(parts) == 1) {
			b.WriteRune([]rune(y)[0])
		}
	}
	return b.String()
}

func syllables(s string) []string {
	var out []string
	parts := runs(s)
	for _, run := range parts {
		if run.han {
			out = append(out, readRun(run.text, len(parts) == 1)...)
		} else {
			out = append(out, string(run.text))
		}
	}
	return out
}

// readRun reads Han characters; alone says that they are the whole text, which
// may then be a person's name.
func readRun(text []rune, alone bool) []string {
	if alone {
		if name := readName(text); name != nil {
			return name
		}
	}
	return readWords(text)
}

// readName reads a text that looks like a person's name with a surname of its
// own reading, and returns nil for any other.
func readName(text []rune) []string {
	if len(text) < 2 || len(text) > 3 {
		return nil
	}
	surname, ok := nameReadings[text[0]]
	if !ok || readings[string(text[:2])] != nil || slices.Contains(nameWords, string(text[:2])) {
		return nil
	}
	return append([]string{surname}, readWords(text[1:])...)
}

// readWords reads Han characters by the longest word of the table at each place.
func readWords(text []rune) []string {
	var out []string
	args := pinyin.NewArgs()
next:
	for len(text) > 0 {
		for n := min(longestWord, len(text)); n > 0; n-- {
			if word, ok := readings[string(text[:n])]; ok {
				out, text = append(out, word...), text[n:]
				continue next
			}
		}
		out = append(out, readOne(text[0], args))
		text = text[1:]
	}
	return out
}

func readOne(r rune, args pinyin.Args) string {
	if y := pinyin.SinglePinyin(r, args); len(y) > 0 && y[0] != "" && unicode.IsLetter([]rune(y[0])[0]) {
		return y[0]
	}
	return string(r)
}
