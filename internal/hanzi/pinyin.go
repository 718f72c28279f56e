package hanzi

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// readings that go wrong character by character
var phrases = []struct{ word, reading string }{
	{"重庆", "chong qing"}, {"长沙", "chang sha"}, {"厦门", "xia men"}, {"银行", "yin hang"}, {"行政", "xing zheng"}, {"重点", "zhong dian"},
	{"重大", "zhong da"}, {"调度", "diao du"}, {"调整", "tiao zheng"}, {"会计", "kuai ji"}, {"乐", "le"}, {"单田芳", "shan tian fang"}, {"曾", "zeng"}, {"六盘水", "liu pan shui"},
}

// SortKey is the pinyin a text sorts by, the same on every database.
func SortKey(s string) string { return strings.Join(syllables(s), " ") }

// Initials are the first letters of the pinyin: 市大数据局 is sdsjj.
func Initials(s string) string {
	var b strings.Builder
	for _, y := range syllables(s) {
		b.WriteString(y[:1])
	}
	return b.String()
}

func syllables(s string) []string {
	s = Fold(s)
	var out []string
	args := pinyin.NewArgs()
next:
	for s != "" {
		for _, p := range phrases {
			if strings.HasPrefix(s, p.word) {
				out = append(out, strings.Fields(p.reading)...)
				s = s[len(p.word):]
				continue next
			}
		}
		r := []rune(s)[0]
		s = s[len(string(r)):]
		if y := pinyin.SinglePinyin(r, args); len(y) > 0 {
			out = append(out, y[0])
		} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, string(r))
		}
	}
	return out
}
