package paper

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// legal returns s with one kind of line end and without what XML 1.0 forbids:
// broken UTF-8, control characters, U+FFFE and U+FFFF.
func legal(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ToValidUTF8(s, "")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return r
		case r == '\r':
			return '\n'
		case unicode.IsControl(r) || r == '\uFFFE' || r == '\uFFFF':
			return -1
		}
		return r
	}, s)
}

// halves is the width of s in half-width characters: ASCII is one wide and
// everything else, as Chinese fonts draw it, two.
func halves(s string) int {
	ascii := 0
	for _, r := range s {
		if r < utf8.RuneSelf {
			ascii++
		}
	}
	return 2*utf8.RuneCountInString(s) - ascii
}

// longestLine is the width of the widest line of s.
func longestLine(s string) int {
	widest := 0
	for line := range strings.SplitSeq(s, "\n") {
		widest = max(widest, halves(line))
	}
	return widest
}
