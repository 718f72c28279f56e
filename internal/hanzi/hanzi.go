package hanzi

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Fold makes typed text comparable: full-width ASCII forms become half-width,
// ASCII letters lower case, white space single blanks; invisible characters and
// surrounding white space go. Fold(Fold(s)) is Fold(s).
func Fold(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case invisible(r):
			return -1
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		}
		return r
	}, width.Fold.String(s))
	return strings.Join(strings.Fields(s), " ")
}

// invisible reports zero-width spaces and joiners, byte order marks, soft
// hyphens, direction marks and control characters that are not white space.
func invisible(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && !unicode.IsSpace(r)
}

// Tidy is what an import does to a cell: surrounding white space and invisible
// characters go, white space inside becomes one blank, and a line break beside
// a Chinese character or mark goes without a trace, since it only wraps the
// line. Words, case and Chinese punctuation stay as written.
func Tidy(s string) string {
	s = strings.ReplaceAll(s, "_x000D_", "\n") // a spreadsheet's escaped carriage return
	var out []rune
	space, broken := false, false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space, broken = true, broken || strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r)
			continue
		case invisible(r) || r == unicode.ReplacementChar:
			continue
		}
		if space && len(out) > 0 && !(broken && (wide(out[len(out)-1]) || wide(r))) {
			out = append(out, ' ')
		}
		space, broken = false, false
		out = append(out, r)
	}
	return string(out)
}

// wide reports Han characters and full-width punctuation, which need no blank
// at a line break.
func wide(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth || unicode.Is(unicode.Han, r)
}

// NormalName is the key of "the same name": folded, without punctuation,
// quotes, brackets and white space. It is "" if nothing else remains.
func NormalName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) || strings.ContainsRune("<>`|~^", r) {
			return -1
		}
		return r
	}, Fold(s))
}

// Runes counts the visible characters that are not white space.
func Runes(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) && !invisible(r) {
			n++
		}
	}
	return n
}

var fillers = []string{
	"无", "略", "待定", "待补", "待补充", "待完善", "同上", "同前", "见附件", "详见附件", "另附", "附后",
	"暂无", "没有", "不详", "不涉及", "na", "n/a", "nil", "none", "null", "tbd", "xx", "xxx", "××", "×××",
}

// Filler returns the filler word if s is nothing else, whatever punctuation
// surrounds it: 无、略、待定、同上、见附件 and the like; or the marks themselves if s
// is only marks, such as "/" or "——". Otherwise, and for empty text, it is "".
func Filler(s string) string {
	name := NormalName(s)
	if name == "" {
		return Fold(s)
	}
	if slices.Contains(fillers, name) {
		return name
	}
	return ""
}

// Given reports whether a field says something: it is not empty, and not only a filler.
func Given(s string) bool { return Runes(s) > 0 && Filler(s) == "" }

// Legible reports whether a text is what people can have typed: sound UTF-8
// without control characters but tab and line breaks, without marks that turn
// the direction of reading, and without the sign for what could not be read.
func Legible(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return false
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == utf8.RuneError:
			return true
		}
		return unicode.IsControl(r)
	})
}
