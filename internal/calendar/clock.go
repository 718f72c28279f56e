package calendar

import (
	"sync"
	"time"
)

// Clock is the one source of the present. The system clock is real time; the
// demo runs on an offset clock; tests pin it.
type Clock struct {
	mu     sync.Mutex
	fixed  bool
	demo   bool
	now    time.Time
	offset time.Duration
}

// System is real time.
func System() *Clock { return &Clock{} }

// Fixed stands still at t until it is moved.
func Fixed(t time.Time) *Clock { return &Clock{fixed: true, now: t} }

// Offset starts at t and runs on from there with real time.
func Offset(t time.Time) *Clock { return &Clock{demo: true, offset: time.Until(t)} }

// Now is the present, to the millisecond.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fixed {
		return c.now
	}
	return time.Now().Add(c.offset).Truncate(time.Millisecond)
}

// Today is the present day.
func (c *Clock) Today() Date { return Of(c.Now()) }

// Set moves a fixed or offset clock to t. The system clock cannot be moved.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.fixed:
		c.now = t
	case c.demo:
		c.offset = time.Until(t)
	}
}

// Demo reports whether the clock is an offset clock; its record is marked 演示.
func (c *Clock) Demo() bool { return c.demo }
