package hanzi

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// words every project name uses; sharing them says nothing
var common = []string{"六盘水市", "政务信息", "信息化", "信息", "系统", "平台", "建设", "项目", "管理", "数据", "服务", "运维", "升级", "改造", "智慧", "市级", "一期", "二期", "中心", "工作"}

func distinctive(s string) string {
	s = NormalName(s)
	for _, c := range common {
		s = strings.ReplaceAll(s, c, " ")
	}
	return s
}

// Overlap measures how alike two names are: the share of Han pairs of the
// shorter one found in the other, over the words that are not common to all
// project names, and the words both use, longest first, at most eight.
func Overlap(a, b string) (ratio float64, words []string) {
	pa, pb := pairs(distinctive(a)), pairs(distinctive(b))
	if len(pa) == 0 || len(pb) == 0 {
		return 0, nil
	}
	both := 0
	for p := range pa {
		if pb[p] {
			both++
		}
	}
	if both == 0 {
		return 0, nil
	}
	return float64(both) / float64(min(len(pa), len(pb))), shared(distinctive(a), distinctive(b))
}

func pairs(s string) map[string]bool {
	out := map[string]bool{}
	for _, r := range runs(s) {
		rs := []rune(r.text)
		if !r.han {
			out[r.text] = true
			continue
		}
		for i := range len(rs) - 1 {
			out[string(rs[i:i+2])] = true
		}
	}
	return out
}

func shared(a, b string) []string {
	var out []string
	ra := []rune(a)
	for i := 0; i < len(ra); {
		n := 0
		for i+n < len(ra) && ra[i+n] != ' ' && strings.Contains(b, string(ra[i:i+n+1])) {
			n++
		}
		if n >= 2 {
			out = append(out, string(ra[i:i+n]))
		}
		i += max(n, 1)
	}
	slices.SortStableFunc(out, func(x, y string) int { return utf8.RuneCountInString(y) - utf8.RuneCountInString(x) })
	return slices.Compact(out[:min(len(out), 8)])
}
