package calendar

import (
	"sync"
	"time"
)

// Clock is the one source of the present: real time in production, an offset
// clock in the demo, a fixed one in tests. It is safe for concurrent use. Make
// one with System, Fixed or Offset.
type Clock struct {
	kind clockKind

	mu    sync.Mutex
	at    time.Time // what a fixed or offset clock showed when last set
	since time.Time // real time of that moment, with its monotonic reading
}

type clockKind int

const (
	system clockKind = iota
	fixed
	offset
)

// System is real time. It cannot be moved.
func System() *Clock { return &Clock{kind: system} }

// Fixed stands still at t until it is moved.
func Fixed(t time.Time) *Clock { return newClock(fixed, t) }

// Offset starts at t and runs on from there with real time.
func Offset(t time.Time) *Clock { return newClock(offset, t) }

func newClock(kind clockKind, t time.Time) *Clock {
	return &Clock{kind: kind, at: t.Round(0), since: time.Now()}
}

// Now is the present in Shanghai, to the millisecond, as it is stored.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now().In(Shanghai).Truncate(time.Millisecond)
}

func (c *Clock) now() time.Time {
	switch c.kind {
	case fixed:
		return c.at
	case offset:
		return c.at.Add(time.Since(c.since))
	default:
		return time.Now()
	}
}

// Today is the present day.
func (c *Clock) Today() Date { return Of(c.Now()) }

// Set moves a fixed or offset clock to t. It panics on the system clock: ask
// Demo before offering it to anyone.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set(t)
}

// Advance moves a fixed or offset clock by d, back if d is negative. It panics
// on the system clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set(c.now().Add(d))
}

func (c *Clock) set(t time.Time) {
	if c.kind == system {
		panic("calendar: the system clock cannot be moved")
	}
	c.at, c.since = t.Round(0), time.Now()
}

// Demo reports whether this is an offset clock; records made by it are marked
// 演示.
func (c *Clock) Demo() bool { return c.kind == offset }
