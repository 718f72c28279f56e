package procurement

import (
	"testing"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/measures"
)

func TestRulesByTheirExamples(t *testing.T) {
	t.Parallel()
	for _, c := range measures.Checks(Rules()...) {
		for _, err := range c.TryExamples() {
			t.Error(err)
		}
		if c.Effect == measures.Warn && c.Mark.Word == "" {
			t.Errorf("%s has no word for its mark", c.ID)
		}
	}
}

func TestTheFlowIsSound(t *testing.T) {
	t.Parallel()
	if err := Recording(&identity.Directory{}).Validate(); err != nil {
		t.Error(err)
	}
}

// A19.1 签订后 15 个工作日: 2026-06-26（周五）签订，端午 6 月 19 至 21 日已过，第 15 个工作日是 7 月 17 日（周五）。
// 2026-09-15（周二）签订: 9 月 20 日（周日）上班，25 至 27 日放假，10 月 1 至 7 日放假，10 月 10 日（周六）上班。
// 9 月 16、17、18、20、21、22、23、24、28、29、30 日是 11 天，10 月 8、9、10、12 日是 4 天，第 15 天是 10 月 12 日。
func TestDaysToFileAreWorkingDays(t *testing.T) {
	t.Parallel()
	w, err := calendar.NewWorkdays(calendar.Default2026())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		signed, want calendar.Date
		v            measures.Values
	}{
		{"2026-06-26", "2026-07-17", nil}, {"2026-09-15", "2026-10-12", nil},
		{"2026-06-26", "2026-06-26", measures.Values{FileDays.Key: "0"}}, {"2026-06-26", "2026-06-29", measures.Values{FileDays.Key: "1"}},
	} {
		if got := FilingDue(w, c.signed, c.v); got != c.want {
			t.Errorf("signed on %s: due %s, want %s", c.signed, got, c.want)
		}
	}
}
