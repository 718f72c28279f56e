package measures

import (
	"strings"
	"testing"

	"zhengcheng/internal/calendar"
)

func TestEverySentenceIsDeclaredAndNothingElse(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Sentences() {
		seen[s.ID] = true
		if s.Status == "" {
			t.Errorf("%s has no declared status: %s", s.ID, s.Text)
		}
		for _, id := range s.Obligations {
			if _, ok := obligation(id); !ok {
				t.Errorf("%s names unknown obligation %s", s.ID, id)
			}
		}
	}
	for id := range declared {
		if !seen[id] {
			t.Errorf("declared sentence %s is not in the text", id)
		}
	}
}

func TestTheSentencesAreTheWholeText(t *testing.T) {
	var joined strings.Builder
	articles := map[int]bool{}
	for _, s := range Sentences() {
		joined.WriteString(s.Text)
		articles[s.Article] = true
	}
	if len(articles) != 37 {
		t.Errorf("%d articles, want 37", len(articles))
	}
	i := strings.Index(source, "第一条")
	for line := range strings.Lines(source[i:]) {
		line = strings.TrimSpace(line)
		if m := articleLine.FindStringSubmatch(line); m != nil && m[3] != "" {
			line = m[3]
		} else if m != nil {
			line = m[2] + "。"
		}
		if chapterLine.MatchString(line) || strings.Contains(joined.String(), line) {
			continue
		}
		t.Errorf("lost: %s", line)
	}
}

func TestEveryObligationQuotesTheText(t *testing.T) {
	inSentence := map[string]bool{}
	for _, s := range Sentences() {
		for _, id := range s.Obligations {
			inSentence[id] = true
		}
	}
	for _, ob := range Obligations() {
		if ob.Quote != "" && !Quoted(ob.Quote) {
			t.Errorf("%s: the words do not stand in the text: %s", ob.ID, ob.Quote)
		}
		if ob.Quote == "" && ob.Basis[0] == Text {
			t.Errorf("%s stands on the text without quoting it", ob.ID)
		}
		if !inSentence[ob.ID] {
			t.Errorf("%s belongs to no sentence", ob.ID)
		}
	}
}

func TestQuotedRefusesOtherWords(t *testing.T) {
	for words, want := range map[string]bool{
		"不超过概算总投资10%":  true,
		"储备库有效期3年":     true,
		"联合审查后，报市政府审批": true, // full-width comma against the file's half-width one
		"不超过概算总投资15%":  false,
		"":             false,
		"部门项目计划应依据充分。明确": false,
	} {
		if got := Quoted(words); got != want {
			t.Errorf("Quoted(%q) = %v, want %v", words, got, want)
		}
	}
}

func TestClauseName(t *testing.T) {
	for id, want := range map[string]string{"A06.2": "《办法》第6条第2项", "A07.4": "《办法》第7条第3项", "A17.1": "《办法》第17条", "A06.0": "《办法》第6条"} {
		if got := ClauseName(id); got != want {
			t.Errorf("ClauseName(%s) = %s, want %s", id, got, want)
		}
	}
}

type facts struct{ N int }

func atMostTen(change func(*Rule[facts])) Check {
	limit := Param{Key: "n", Kind: KindInt, Default: "10", Clause: "A07.2", Basis: Reading}
	r := Rule[facts]{ID: "A07.2-test", Clause: "A07.2", Version: 1, Basis: Text, Quote: "储备库有效期3年", Title: "不超过", Effect: Block, From: "2025-12-01",
		Boundary: true, Params: []Param{limit},
		Judge: func(f facts, v Values) Verdict {
			if f.N > limit.Int(v) {
				return Failed("form/n", "%d 大于 %d", f.N, limit.Int(v))
			}
			return Passed("%d", f.N)
		},
		Examples: []Example[facts]{{Name: "九", Kind: ExamplePass, Facts: facts{9}, Want: Pass}, {Name: "十", Kind: ExampleBoundary, Facts: facts{10}, Want: Pass},
			{Name: "十一", Kind: ExampleFail, Facts: facts{11}, Want: Fail}}}
	change(&r)
	return Checks(r)[0]
}

func TestNewBookRefusesARuleWithoutGround(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*Rule[facts])
		want   string
	}{
		"sound":              {func(*Rule[facts]) {}, ""},
		"words not in text":  {func(r *Rule[facts]) { r.Quote = "有效期五年" }, "do not stand in the text"},
		"no quote":           {func(r *Rule[facts]) { r.Quote = "" }, "do not stand in the text"},
		"unknown clause":     {func(r *Rule[facts]) { r.Clause = "A99.1" }, "unknown A99.1"},
		"no failing example": {func(r *Rule[facts]) { r.Examples = r.Examples[:2] }, "0 fail"},
		"no boundary":        {func(r *Rule[facts]) { r.Examples = append(r.Examples[:1:1], r.Examples[2]) }, "0 boundary"},
		"reading cites text": {func(r *Rule[facts]) { r.Basis = Reading; r.Source = "本市" }, "quotes nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewBook([]Check{atMostTen(tc.change)}, nil, nil)
			switch {
			case tc.want == "" && err != nil:
				t.Error(err)
			case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)):
				t.Errorf("error %v, want %q", err, tc.want)
			}
		})
	}
}

func TestTwoVersionsInForceAreRefused(t *testing.T) {
	old := atMostTen(func(r *Rule[facts]) { r.To = "2026-06-30" })
	next := atMostTen(func(r *Rule[facts]) { r.Version, r.From = 2, "2026-07-01" })
	if _, err := NewBook([]Check{old, next}, nil, nil); err != nil {
		t.Error(err)
	}
	early := atMostTen(func(r *Rule[facts]) { r.Version, r.From = 2, "2026-06-30" })
	if _, err := NewBook([]Check{old, early}, nil, nil); err == nil {
		t.Error("a day with two versions was accepted")
	}
	if fs := JudgeAll([]Check{old, next}, facts{11}, nil, "2026-06-30"); len(fs) != 1 || fs[0].Version != 1 {
		t.Errorf("on the last day of version 1: %+v", fs)
	}
}

func TestReplayUsesTheParametersOfThen(t *testing.T) {
	c := atMostTen(func(*Rule[facts]) {})
	for value, want := range map[string]Outcome{"10": Fail, "11": Pass} {
		v, err := c.Replay([]byte(`{"N":11}`), Values{"n": value})
		if err != nil || v.Outcome != want {
			t.Errorf("with n=%s: %v %v, want %s", value, v.Outcome, err, want)
		}
	}
	if _, err := c.Replay([]byte(`{`), nil); err == nil {
		t.Error("broken facts were judged")
	}
}

func TestAWrongExampleIsReported(t *testing.T) {
	c := atMostTen(func(r *Rule[facts]) { r.Examples[1].Want = Fail })
	if errs := c.TryExamples(); len(errs) != 1 || !strings.Contains(errs[0].Error(), "十") {
		t.Errorf("errors %v, want one about example 十", errs)
	}
}

func TestWarningsNeedAnAnswer(t *testing.T) {
	warn := atMostTen(func(r *Rule[facts]) { r.Effect = Warn })
	fs := JudgeAll([]Check{warn}, facts{12}, nil, "2026-01-01")
	if len(Blocking(fs)) != 0 || len(Unanswered(fs)) != 1 {
		t.Fatalf("findings %+v", fs)
	}
	fs[0].Reason = "已说明"
	if len(Unanswered(fs)) != 0 {
		t.Error("an answered warning still stands in the way")
	}
}

func TestParamValidate(t *testing.T) {
	for _, tc := range []struct {
		kind ParamKind
		in   string
		ok   bool
	}{
		{KindMonthDay, "06-30", true}, {KindMonthDay, "06-31", false}, {KindMonthDay, "6-30", false}, {KindBool, "yes", true}, {KindBool, "是", false},
		{KindPercent, "100", true}, {KindPercent, "101", false}, {KindInt, "-1", false}, {KindInt, "0", true},
		{KindDate, "2025-12-01", true}, {KindDate, "2028-02-29", true}, {KindDate, "2027-02-29", false}, {KindDate, "2025-12-1", false},
		{KindDate, "2025年12月1日", false}, {KindDate, "12-01", false}, {KindDate, "", false},
	} {
		if err := (Param{Kind: tc.kind}).Validate(tc.in); (err == nil) != tc.ok {
			t.Errorf("%s %q: %v", tc.kind, tc.in, err)
		}
	}
}

func TestADateParameter(t *testing.T) {
	p := Param{Key: "d", Kind: KindDate, Default: "2025-12-01"}
	for value, want := range map[string]calendar.Date{"2026-03-15": "2026-03-15", "昨天": "2025-12-01"} {
		if got := p.Date(Values{"d": value}); got != want {
			t.Errorf("Date of %q is %s, want %s", value, got, want)
		}
	}
	if got := p.Date(nil); got != "2025-12-01" {
		t.Errorf("unset it is %s", got)
	}
	if got := p.Show("2026-03-15"); got != "2026年3月15日" {
		t.Errorf("shown as %s", got)
	}
}
