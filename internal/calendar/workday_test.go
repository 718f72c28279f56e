package calendar

import (
	"testing"

	"pgregory.net/rapid"
)

func workdays2026(t interface{ Fatal(...any) }) Workdays {
	w, err := NewWorkdays(Default2026())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestNewWorkdaysRefuses(t *testing.T) {
	t.Parallel()
	for _, rows := range [][]DayRow{{{Date: "2026-02-30"}}, {{Date: "2026-10-01"}, {Date: "2026-10-01", Work: true}}} {
		if _, err := NewWorkdays(rows); err == nil {
			t.Errorf("NewWorkdays(%v) accepted", rows)
		}
	}
}

func TestIsWorkday(t *testing.T) {
	t.Parallel()
	w := workdays2026(t)
	for d, want := range map[Date]bool{
		"": false, "2026-01-02": false, "2026-01-04": true, "2026-02-14": true, "2026-02-23": false, "2026-02-24": true,
		"2026-05-09": true, "2026-05-10": false, "2026-06-19": false, "2026-10-08": true, "2026-10-10": true, "2027-01-01": true,
	} {
		if got := w.IsWorkday(d); got != want {
			t.Errorf("IsWorkday(%q) = %v", d, got)
		}
	}
}

func TestAddWorkdays(t *testing.T) {
	t.Parallel()
	w := workdays2026(t)
	for _, tt := range []struct {
		from     Date
		n        int
		to       Date
		complete bool
	}{
		{"", 3, "", false},
		{"9999-12-31", 1, "", false},
		{"2026-12-31", 1, "2027-01-01", false},
		{"2026-12-30", 1, "2026-12-31", true},
		{"2027-03-01", 0, "2027-03-01", true},
		{"2026-09-30", 1, "2026-10-08", true},
		{"2026-09-30", 3, "2026-10-10", true},
		{"2026-10-08", -1, "2026-09-30", true},
		{"2026-06-18", 5, "2026-06-26", true},
	} {
		if to, complete := w.AddWorkdays(tt.from, tt.n); to != tt.to || complete != tt.complete {
			t.Errorf("AddWorkdays(%q, %d) = %q, %v; want %q, %v", tt.from, tt.n, to, complete, tt.to, tt.complete)
		}
	}
}

func TestBetween(t *testing.T) {
	t.Parallel()
	w := workdays2026(t)
	if n, complete := w.Between("2026-01-01", ""); n != 0 || complete {
		t.Errorf("no day: %d, %v", n, complete)
	}
	// 261 weekdays less 19 holidays on weekdays plus 6 weekend days worked.
	if n, _ := w.Between("2025-12-31", "2026-12-31"); n != 248 {
		t.Errorf("2026 has %d working days; want 248", n)
	}
	if n, complete := w.Between("2026-10-08", "2026-09-30"); n != -1 || !complete {
		t.Errorf("backwards: %d, %v", n, complete)
	}
	rapid.Check(t, func(t *rapid.T) {
		d, n := genDate().Draw(t, "d"), rapid.IntRange(-300, 300).Draw(t, "n")
		to, complete := w.AddWorkdays(d, n)
		if got, c := w.Between(d, to); got != n || c != complete {
			t.Fatalf("%s + %d working days = %s (%v), but between them lie %d (%v)", d, n, to, complete, got, c)
		}
	})
}
