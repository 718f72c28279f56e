package workbook

import (
	"errors"
	"regexp"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/money"
)

// Fund sources, as in the item form.
const (
	general    = "general_budget"
	govFund    = "gov_fund"
	soe        = "soe_capital"
	central    = "central"
	provincial = "provincial"
	bond       = "bond"
	own        = "own"
	other      = "other"
)

// squeeze folds a text and takes all spaces out of it.
func squeeze(s string) string { return strings.Join(strings.Fields(hanzi.Fold(hanzi.Tidy(s))), "") }

var secretStamp = regexp.MustCompile(`(绝密|机密|秘密)★`)

// kinds in the words people use, and those the form has.
var kinds = []struct{ word, id, label string }{
	{"新建", "new", "新建"}, {"新", "new", "新建"}, {"续建", "continue", "续建"}, {"续", "continue", "续建"},
	{"扩建", "extend", "扩建"}, {"扩", "extend", "扩建"}, {"扩容", "extend", "扩建"}, {"改建", "rebuild", "改建"}, {"改", "rebuild", "改建"},
	{"升级改造", "rebuild", "改建"}, {"升级", "rebuild", "改建"}, {"改造", "rebuild", "改建"}, {"改建升级改造", "rebuild", "改建"}, {"改扩建", "rebuild", "改建"},
	{"运维", "om", "运维"}, {"运行维护", "om", "运维"}, {"运维服务", "om", "运维"}, {"维护", "om", "运维"}, {"运营维护", "om", "运维"},
}

func buildKind(s string) (id, label string) {
	n := strings.TrimSuffix(hanzi.NormalName(s), "项目")
	for _, k := range kinds {
		if n == k.word {
			return k.id, k.label
		}
	}
	return "", ""
}

// sources in the order of trying: a county's treasury is no municipal one, and
// central and provincial treasuries are treasuries too.
var sources = []struct {
	words *regexp.Regexp
	id    string
}{
	{regexp.MustCompile(`国债|专项债|债券|地方债`), bond},
	{regexp.MustCompile(`中央|国家`), central},
	{regexp.MustCompile(`省`), provincial},
	{regexp.MustCompile(`政府性基金|土地出让`), govFund},
	{regexp.MustCompile(`国有资本|国资`), soe},
	{regexp.MustCompile(`自有|自筹|单位资金|事业收入|经营收入`), own},
	{notMunicipal, other},
	{regexp.MustCompile(`市财政|市级|本级|一般公共预算|财政`), general},
	{regexp.MustCompile(`^其他|社会资本|银行贷款`), other},
}

var notMunicipal = regexp.MustCompile(`(区|县|特区|乡|镇|街道)级?(财政|资金|本级)|(区|县|乡|镇)级`)

// fundSource is the id of one named source, "" when the words are not known.
func fundSource(s string) string {
	n := squeeze(s)
	for _, x := range sources {
		if x.words.MatchString(n) {
			return x.id
		}
	}
	return ""
}

var (
	fundSplit  = regexp.MustCompile(`[+＋、,，/;；&]|和|及|与`)
	fundAmount = regexp.MustCompile(`^(.*?)[::]?([\d.]+(?:万元|万|元)?)$`)
)

// part is one source of a written list, with its amount where one is written.
type part struct {
	word, source string
	amount       money.Fen
	has          bool
}

// fundParts takes apart 市财政+省级, 中央、市财政 and 市财政400+省级290万元.
func fundParts(s string) []part {
	var out []part
	for _, w := range fundSplit.Split(squeeze(s), -1) {
		if w == "" {
			continue
		}
		p := part{word: w}
		if m := fundAmount.FindStringSubmatch(w); m != nil && m[1] != "" {
			if fen, err := amount(m[2], false); err == nil {
				p.word, p.amount, p.has = m[1], fen, true
			}
		}
		p.source = fundSource(p.word)
		out = append(out, p)
	}
	return out
}

var errHuge = errors.New("金额超过 1,000,000 万元，请核对单位是万元还是元")

// amount reads money in 万元, or in 元 where the column or the cell says so.
func amount(s string, yuan bool) (money.Fen, error) {
	n := squeeze(s)
	read := money.ParseWan
	if strings.HasSuffix(n, "元") && !strings.HasSuffix(n, "万元") || yuan && !strings.HasSuffix(n, "万元") && !strings.HasSuffix(n, "万") {
		read = money.ParseYuan
	}
	fen, err := read(n)
	if err == nil && fen > 1_000_000*1_000_000 {
		return 0, errHuge
	}
	return fen, err
}

var plainAmount = regexp.MustCompile(`^\d+(\.\d+)?$`)

// tidyAmount says how a written amount was tidied, "" when it was plain.
func tidyAmount(as string, yuan bool) string {
	var how []string
	narrow := squeeze(as)
	if strings.ContainsFunc(as, func(r rune) bool { return r >= '０' && r <= '９' }) {
		how = append(how, "全角数字")
	}
	if strings.Contains(narrow, ",") {
		how = append(how, "去掉千分位逗号")
	}
	if strings.Contains(narrow, "万") {
		how = append(how, "去掉“万元”")
	} else if yuan || strings.HasSuffix(narrow, "元") {
		how = append(how, "元换算成万元")
	}
	if len(how) == 0 && !plainAmount.MatchString(as) {
		how = append(how, "去掉空格")
	}
	return strings.Join(how, "、")
}

// serialDay turns the day number of a date cell into a day, "" when the number
// is no day of 2000 to 2099.
func serialDay(s string, date1904 bool) calendar.Date {
	n := 0
	for _, r := range strings.SplitN(s, ".", 2)[0] {
		if r < '0' || r > '9' || n > 1<<20 {
			return ""
		}
		n = n*10 + int(r-'0')
	}
	if date1904 {
		n += 1462
	}
	if n < 36526 || n > 73050 { // 2000-01-01, 2099-12-31
		return ""
	}
	return calendar.Date("1899-12-30").AddDays(n)
}

// period writes a span of days in one way: by months where it is whole months.
func period(start, end calendar.Date) string {
	if start.Day() == 1 && end == calendar.LastDay(end.Year(), end.Month()) {
		return strings.TrimSuffix(start.Chinese(), "1日") + "-" + cutDay(end)
	}
	return start.Chinese() + "-" + end.Chinese()
}

func cutDay(d calendar.Date) string {
	s := d.Chinese()
	return s[:strings.Index(s, "月")+len("月")]
}

const grade = `[1-5一二三四五]`

var (
	levelAfter  = regexp.MustCompile(`(?:等保|等级保护|保护等级|定级|级别)[^\d一二三四五。;]{0,8}?(` + grade + `)级`)
	levelBare   = regexp.MustCompile(`(?:等保|级别[::])(?:为|:|：)?(` + grade + `)(?:[^\d.个年月]|$)`)
	levelBefore = regexp.MustCompile(`第?(` + grade + `)级(?:等保|等级保护|网络安全|及以上)`)
	levelDash   = regexp.MustCompile(`(?:等保|等级保护|级别|定级)[::级别为]*[–—\-_/]+级?`)
)

// protectionLevel reads the level of 等级保护 a text proposes; dash reports a
// level left open as in “–级”.
func protectionLevel(s string) (level int, dash bool) {
	n := squeeze(s)
	for _, re := range []*regexp.Regexp{levelAfter, levelBefore, levelBare} {
		if m := re.FindStringSubmatch(n); m != nil {
			if i := strings.Index("12345", m[1]); i >= 0 {
				return i + 1, false
			}
			return strings.Index("一二三四五", m[1])/len("一") + 1, false
		}
	}
	return 0, levelDash.MatchString(n)
}

var (
	titleForm  = regexp.MustCompile(`《([^《》]+)》`)
	numberForm = regexp.MustCompile(`[\p{Han}]{1,12}[〔\[［(（]\s*(?:19|20)\d\d\s*[〕\]］)）]\s*\d{1,5}\s*号`)
)

// bases lists the documents a text names: each title with the number that
// follows it, and numbers that stand alone.
func bases(s string) []Basis {
	var out []Basis
	titles := titleForm.FindAllStringSubmatchIndex(s, 20)
	from := 0
	for i, m := range titles {
		out = append(out, loose(s[from:m[0]])...)
		b := Basis{Title: hanzi.Tidy(s[m[2]:m[3]])}
		next := len(s)
		if i+1 < len(titles) {
			next = titles[i+1][0]
		}
		from = m[1]
		if n := numberForm.FindStringIndex(s[m[1]:next]); n != nil {
			b.Number, from = hanzi.Tidy(s[m[1]+n[0]:m[1]+n[1]]), m[1]+n[1]
		}
		if b.Title != "" || b.Number != "" {
			out = append(out, b)
		}
	}
	return append(out, loose(s[from:])...)
}

func loose(s string) []Basis {
	var out []Basis
	for _, n := range numberForm.FindAllString(s, 20) {
		out = append(out, Basis{Number: hanzi.Tidy(n)})
	}
	return out
}
