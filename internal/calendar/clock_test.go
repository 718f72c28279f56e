package calendar

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var start = time.Date(2026, 12, 31, 23, 0, 0, 0, Shanghai)

func TestSystemClockCannotBeMoved(t *testing.T) {
	t.Parallel()
	for name, move := range map[string]func(*Clock){
		"Set":     func(c *Clock) { c.Set(start) },
		"Advance": func(c *Clock) { c.Advance(time.Hour) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s moved the system clock", name)
				}
			}()
			move(System())
		}()
	}
}

func TestClocks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		sys, fix, demo := System(), Fixed(start), Offset(start)
		before := sys.Now()
		<-time.After(90 * time.Minute) // the bubble's time, not ours
		if got := sys.Now().Sub(before); got != 90*time.Minute {
			t.Errorf("system clock ran %v", got)
		}
		if !fix.Now().Equal(start) || fix.Today() != "2026-12-31" {
			t.Errorf("fixed clock ran to %v", fix.Now())
		}
		if got := demo.Now(); !got.Equal(start.Add(90*time.Minute)) || demo.Today() != "2027-01-01" {
			t.Errorf("offset clock shows %v", got)
		}
		if sys.Demo() || fix.Demo() || !demo.Demo() {
			t.Error("only the offset clock is for the demo")
		}
		for _, c := range []*Clock{fix, demo} {
			c.Set(start)
			c.Advance(24 * time.Hour)
			if got := c.Now(); !got.Equal(start.Add(24 * time.Hour)) {
				t.Errorf("advanced to %v", got)
			}
		}
	})
}

func TestClockConcurrently(t *testing.T) {
	t.Parallel()
	c := Fixed(start)
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() { c.Advance(time.Second); c.Now() })
	}
	wg.Wait()
	if got := c.Now().Sub(start); got != 50*time.Second {
		t.Errorf("advanced by %v", got)
	}
}
