package hanzi

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTexts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		f        func(string) string
		in, want string
	}{
		{"Fold", Fold, "　ＡＢｃ　（１２）\u200b，\n x\u00a0Y ", "abc (12), x y"},
		{"Fold", Fold, "", ""},
		{"Tidy", Tidy, " 智慧\n养老（一期）\u200b，平台\u00a0 ", "智慧养老（一期），平台"},
		{"Tidy", Tidy, "big\r\ndata\u00a0X  Y", "big data X Y"},
		{"Tidy", Tidy, "张 三_x000D_\n（副）", "张 三（副）"},
		{"NormalName", NormalName, "《六盘水市 “智慧养老” 平台》（一期）Ｖ2.0", "六盘水市智慧养老平台一期v20"},
		{"NormalName", NormalName, "——", ""},
		{"Filler", Filler, "", ""},
		{"Filler", Filler, "无纸化办公", ""},
		{"Filler", Filler, "0", ""},
		{"Filler", Filler, " 无。", "无"},
		{"Filler", Filler, "（见附件）", "见附件"},
		{"Filler", Filler, "／", "/"},
		{"Filler", Filler, "——", "——"},
		{"Filler", Filler, "N/A", "na"},
		{"SortKey", SortKey, "", ""},
		{"SortKey", SortKey, "长沙", "chang sha"},
		{"SortKey", SortKey, "重庆市", "chong qing shi"},
		{"SortKey", SortKey, "六盘水市盘州", "liu pan shui shi pan zhou"},
		{"SortKey", SortKey, "厦门银行行政重点", "xia men yin hang xing zheng zhong dian"},
		{"SortKey", SortKey, "单位", "dan wei"},
		{"SortKey", SortKey, "单国强", "shan guo qiang"},
		{"SortKey", SortKey, "曾经", "ceng jing"},
		{"SortKey", SortKey, "曾丽", "zeng li"},
		{"SortKey", SortKey, "市长热线12345 V2", "shi zhang re xian 12345 v2"},
		{"Initials", Initials, "市大数据局", "sdsjj"},
		{"Initials", Initials, "5G专网（重庆）", "5gzwcq"},
		{"Initials", Initials, "单国强", "sgq"},
	} {
		if got := tt.f(tt.in); got != tt.want {
			t.Errorf("%s(%q) = %q; want %q", tt.name, tt.in, got, tt.want)
		}
	}
	if got := Runes(" 张 三\u200b\n3　"); got != 3 {
		t.Errorf("Runes = %d", got)
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		f    func(string) []string
		in   string
		want string
	}{
		{"Tokens", Tokens, "，。", ""},
		{"Tokens", Tokens, "大数据大 5G", "大 大数 数 数据 据 据大 5g"},
		{"QueryTokens", QueryTokens, "", ""},
		{"QueryTokens", QueryTokens, "局", "局"},
		{"QueryTokens", QueryTokens, "数据局 ５Ｇ数据", "数据 据局 5g"},
	} {
		if got := strings.Join(tt.f(tt.in), " "); got != tt.want {
			t.Errorf("%s(%q) = %q; want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestOverlap(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b  string
		ratio float64
		words string
	}{
		{"", "智慧养老", 0, ""},
		{"a", "a", 0, ""},
		{"智慧养老服务平台", "智慧工地监管平台", 2.0 / 7, ""},
		{"视频中台建设", "养老平台建设", 2.0 / 5, ""}, // 台建 and 建设
		{"重大项目调度管理系统", "招商引资项目调度管理系统", 7.0 / 9, "项目调度管理系统"},
		{"养老服务，工地监测", "工地监测与养老", 4.0 / 6, "工地监测 养老"},
		{"河长制", "河长制", 1, "河长制"},
	} {
		ratio, words := Read(tt.a).Share(Read(tt.b)), Read(tt.a).Common(Read(tt.b))
		if ratio != tt.ratio || strings.Join(words, " ") != tt.words {
			t.Errorf("%s and %s:  = %v, %q; want %v, %q", tt.a, tt.b, ratio, words, tt.ratio, tt.words)
		}
	}
}

func genText() *rapid.Generator[string] {
	return rapid.StringOf(rapid.OneOf(
		rapid.RuneFrom([]rune("项目调度管理系统智慧养老重庆单曾，。（）　\n\u200bＡa1")), rapid.Rune()))
}

func TestProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := genText().Draw(t, "a"), genText().Draw(t, "b")
		for name, f := range map[string]func(string) string{"Fold": Fold, "Tidy": Tidy, "NormalName": NormalName} {
			if once := f(a); f(once) != once {
				t.Fatalf("%s(%q) = %q, and again %q", name, a, once, f(once))
			}
		}
		all := Tokens(a)
		for _, q := range QueryTokens(a) {
			if !slices.Contains(all, q) {
				t.Fatalf("query token %q of %q is no token", q, a)
			}
		}
		ab, words := Read(a).Share(Read(b)), Read(a).Common(Read(b))
		ba := Read(b).Share(Read(a))
		if ab != ba || ab < 0 || ab > 1 || len(words) > 8 {
			t.Fatalf("Overlap = %v, %v, %q", ab, ba, words)
		}
		SortKey(a)
		Initials(a)
	})
}

func FuzzTidy(f *testing.F) {
	for _, s := range []string{"智慧\n养老", "a\r\nb", "_x000D_", "\xff", "　Ａ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if once := Tidy(s); Tidy(once) != once {
			t.Errorf("Tidy(%q) = %q, and again %q", s, once, Tidy(once))
		}
		SortKey(s)
		Tokens(s)
	})
}

func TestLegible(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{"": true, "水务局\n第一行\t第二格\r\n": true, "〔2026〕 “好”——①": true, "𠮷": true,
		"a\x00b": false, "\x07": false, "\x7f": false, "\u0085": false, "\u202e反": false, "\u2066": false, "\xff\xfe": false, "\ufffd": false} {
		if Legible(s) != want {
			t.Errorf("Legible(%q) is %v", s, !want)
		}
	}
}

func TestMemo(t *testing.T) {
	t.Parallel()
	m := NewMemo(2)
	for _, s := range []string{"智慧养老平台", "智慧养老系统", "智慧养老平台", "河湖调度", "智慧养老系统"} {
		if got, want := m.Read(s), Read(s); got.Share(want) != 1 || !slices.Equal(got.runes, want.runes) {
			t.Errorf("%s is read otherwise: %v", s, got)
		}
		if len(m.known) > 2 {
			t.Errorf("%d texts kept", len(m.known))
		}
	}
}

func TestGiven(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{"": false, " \n　": false, "\u200b": false, "无": false, "略。": false, "——": false, "无人机巡检": true, "甲": true} {
		if Given(s) != want {
			t.Errorf("Given(%q) is %v", s, !want)
		}
	}
}
