package hanzi

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
)

const (
	overlapWords = 8    // most words Common returns
	overlapRunes = 4000 // Han characters of a text that are compared
)

// stock are the words that stand in all project names and goals: sharing them
// says nothing.
var stock = []string{
	"建设", "系统", "平台", "管理", "项目", "信息", "信息化", "数据", "服务", "运维", "升级", "改造", "智慧", "数字", "数字化", "智能",
	"政务", "电子", "综合", "应用", "工程", "运行", "维护", "开发", "采购", "购买", "监管", "工作", "业务", "中心", "市级", "全市", "我市",
	"一期", "二期", "三期", "年度", "六盘水", "六盘水市", "实现", "提升", "提高", "能力", "水平", "进行", "以及", "通过", "相关",
}

// Text is a name or goal made ready to be compared with many others. White space
// in it is ignored, and so is what follows the first 4000 Han characters.
type Text struct {
	runes   []rune
	bigrams []uint64 // ascending, each once
}

// Read makes a text ready.
func Read(s string) Text {
	runes := hanOnly(s)
	return Text{runes, bigrams(runes)}
}

// Memo reads the same texts again and again: what it has read once it keeps,
// up to a bound, and then begins anew. It may be used by many at once.
type Memo struct {
	mu    sync.RWMutex
	known map[string]Text
	most  int
}

// NewMemo keeps at most so many texts.
func NewMemo(most int) *Memo { return &Memo{known: map[string]Text{}, most: most} }

// Read is Read.
func (m *Memo) Read(s string) Text {
	m.mu.RLock()
	t, ok := m.known[s]
	m.mu.RUnlock()
	if ok {
		return t
	}
	t = Read(s)
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.known) >= m.most {
		clear(m.known)
	}
	m.known[strings.Clone(s)] = t
	return t
}

// Share is the part, from 0 to 1, of the smaller set of Han bigrams that is
// found in the other.
func (t Text) Share(o Text) float64 {
	less := min(len(t.bigrams), len(o.bigrams))
	if less == 0 {
		return 0
	}
	both := 0
	for i, j := 0, 0; i < len(t.bigrams) && j < len(o.bigrams); {
		switch a, b := t.bigrams[i], o.bigrams[j]; {
		case a < b:
			i++
		case a > b:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	return float64(both) / float64(less)
}

// Common are the longest runs of at least two Han characters in both texts,
// without those that only put stock words of project names together; longest
// first, then in the order of t, at most 8.
func (t Text) Common(o Text) []string {
	var words []string
	for _, w := range commonRuns(t.runes, o.runes) {
		inLonger := slices.ContainsFunc(words, func(l string) bool { return strings.Contains(l, w) })
		if len(words) < overlapWords && !inLonger && meaningful([]rune(w)) {
			words = append(words, w)
		}
	}
	return words
}

// gap stands for whatever parts two runs of Han characters.
const gap = ' '

// hanOnly keeps the Han characters of s and one gap for all that is between.
func hanOnly(s string) []rune {
	var out []rune
	for _, r := range Fold(s) {
		switch {
		case len(out) == overlapRunes:
			return out
		case unicode.Is(unicode.Han, r):
			out = append(out, r)
		case unicode.IsSpace(r):
		case len(out) > 0 && out[len(out)-1] != gap:
			out = append(out, gap)
		}
	}
	return out
}

func bigrams(text []rune) []uint64 {
	var out []uint64
	for i := range max(len(text)-1, 0) {
		if text[i] != gap && text[i+1] != gap {
			out = append(out, uint64(text[i])<<32|uint64(text[i+1]))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// commonRuns returns the runs of two or more Han characters that both texts
// have and that cannot be made longer at that place, each once, longest first.
func commonRuns(a, b []rune) []string {
	var found tokens
	// row[j+1] is the length of the common run that ends at a[i] and b[j].
	row := make([]int, len(b)+1)
	for i := range a {
		prev := 0
		for j := range b {
			prev, row[j+1] = row[j+1], prev+1
			if a[i] != b[j] || a[i] == gap {
				row[j+1] = 0
				continue
			}
			n := row[j+1]
			last := i+1 == len(a) || j+1 == len(b) || a[i+1] == gap || a[i+1] != b[j+1]
			if n >= 2 && last {
				found.add(string(a[i+1-n : i+1]))
			}
		}
	}
	slices.SortStableFunc(found.list, func(x, y string) int { return cmp.Compare(len([]rune(y)), len([]rune(x))) })
	return found.list
}

// meaningful reports whether w says more than stock words: it cannot be put
// together from them with at most a single other character between two.
func meaningful(w []rune) bool {
	// covered[i][0]: w[:i] is stock words and single others, ending in a stock
	// word; covered[i][1]: ending in a single other character.
	covered := make([][2]bool, len(w)+1)
	covered[0][0] = true
	for i := range w {
		if covered[i][0] {
			covered[i+1][1] = true
		}
		if !covered[i][0] && !covered[i][1] {
			continue
		}
		for _, s := range stock {
			if strings.HasPrefix(string(w[i:]), s) {
				covered[i+len([]rune(s))][0] = true
			}
		}
	}
	return !covered[len(w)][0] && !covered[len(w)][1]
}
