package ledger_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/problem"
)

func TestAFailedActLeavesNoEvent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		boom := errors.New("boom")
		err := d.Write(r.ctx, func(tx *db.Tx) error {
			return errors.Join(appendAct(r.ctx, tx, eventID(0), "a", 0), boom)
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		for _, table := range []string{"event", "event_part", "event_pending", "finding"} {
			if n, err := db.Value[int64](r.ctx, d, `SELECT COUNT(*) FROM `+table); n != 0 || err != nil {
				t.Errorf("%d rows in %s, %v", n, table, err)
			}
		}
	})
}

func TestAllPendingEventsAreSequencedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		const acts = 510 // more than one transaction of the sequencer takes
		must(t, d.Write(r.ctx, func(tx *db.Tx) error {
			for i := range acts {
				if err := appendAct(r.ctx, tx, eventID(i), "a", int64(i)); err != nil {
					return err
				}
			}
			return nil
		}))
		now := opening
		s := r.sequencer("node", &now)
		for _, want := range []int{acts, 0} {
			if n, err := s.Flush(r.ctx); n != want || err != nil {
				t.Fatalf("%d sequenced, %v; want %d", n, err, want)
			}
		}
		if rep := r.verify(); !rep.OK() || rep.Entries != acts || rep.Checkpoints != 2 || rep.Pending != 0 {
			t.Errorf("report %+v", rep)
		}
	})
}

func TestTheLeaseKeepsOneNodeAtWork(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		now := opening
		first, second := r.sequencer("first", &now), r.sequencer("second", &now)
		flush := func(s *ledger.Sequencer, want int) {
			t.Helper()
			if n, err := s.Flush(r.ctx); n != want || err != nil {
				t.Fatalf("%s sequenced %d, %v; want %d", s.Holder, n, err, want)
			}
		}
		r.act("a")
		flush(first, 1)
		r.act("a")
		now = now.Add(9 * time.Second)
		flush(second, 0) // the first node holds the lease for 10 seconds
		flush(first, 1)  // and renews it with its work
		r.act("a")
		now = now.Add(9 * time.Second)
		flush(second, 0)
		now = now.Add(2 * time.Second)
		flush(second, 1) // the first node is gone
		r.act("a")
		flush(first, 0)
		flush(second, 1)
		if rep := r.verify(); !rep.OK() || rep.Entries != 4 {
			t.Errorf("report %+v", rep)
		}
	})
}

// Two nodes whose clocks disagree both believe to hold the lease.
func TestTwoSequencersGiveNoIndexTwice(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		now, ahead := opening, opening.Add(time.Hour)
		nodes := []*ledger.Sequencer{r.sequencer("first", &now), r.sequencer("second", &ahead)}
		const rounds = 10
		for range rounds {
			r.act("a")
			r.act("b")
			var wg sync.WaitGroup
			for _, s := range nodes {
				wg.Go(func() {
					if _, err := s.Flush(r.ctx); err != nil && !problem.Is(err, problem.Conflict) {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		ahead = ahead.Add(time.Hour)
		if _, err := nodes[1].Flush(r.ctx); err != nil {
			t.Fatal(err)
		}
		if rep := r.verify(); !rep.OK() || rep.Entries != 2*rounds || rep.Pending != 0 {
			t.Errorf("report %+v", rep)
		}
	})
}

// Verification sees one moment of a record that grows while it reads.
func TestVerifyingARunningRecord(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		r.act("a")
		r.flush()
		ctx, stop := context.WithCancel(r.ctx)
		var wg sync.WaitGroup
		wg.Go(func() {
			now := opening
			s := r.sequencer("node", &now)
			for n := 1; ctx.Err() == nil; n++ {
				err := d.Write(ctx, func(tx *db.Tx) error { return appendAct(ctx, tx, eventID(n), "a", int64(n)) })
				if err == nil {
					_, err = s.Flush(ctx)
				}
				if err != nil && ctx.Err() == nil {
					t.Error(err)
					return
				}
			}
		})
		defer wg.Wait()
		defer stop()
		for range 40 {
			if rep := r.verify(); !rep.OK() {
				t.Fatalf("report %+v", rep)
			}
		}
	})
}
