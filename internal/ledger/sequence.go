package ledger

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/emmansun/gmsm/sm3"
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"

	"zhengcheng/internal/db"
)

// batch bounds what one sequencing transaction takes.
const batch = 500

var ranges = &compact.RangeFactory{Hash: hashNode}

func hashNode(left, right []byte) []byte {
	h := sm3.New()
	h.Write([]byte{1})
	h.Write(left)
	h.Write(right)
	return h.Sum(nil)
}

func hashLeaf(leaf string) []byte {
	h := sm3.New()
	h.Write([]byte{0})
	h.Write([]byte(leaf))
	return h.Sum(nil)
}

// Sequencer gives events their index and signs checkpoints.
type Sequencer struct {
	DB     *db.DB
	Signer *Signer
	Now    func() time.Time // real time, for the lease and the checkpoint
	Demo   bool             // marks checkpoints 演示
	Holder string           // names this node in the lease
}

const leaseFor = 10 * time.Second

// Flush sequences what is pending and reports how much. It does nothing while
// another node holds the lease.
func (s *Sequencer) Flush(ctx context.Context) (int, error) {
	total := 0
	for {
		n, err := s.once(ctx)
		total += n
		if err != nil || n < batch {
			return total, err
		}
	}
}

// Run flushes until the context ends.
func (s *Sequencer) Run(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if _, err := s.Flush(ctx); err != nil && ctx.Err() == nil {
				slog.Error("sequence the record", "err", err)
			}
		}
	}
}

func (s *Sequencer) once(ctx context.Context) (int, error) {
	waiting, err := db.Value[int64](ctx, s.DB.Reader(ctx), `SELECT COUNT(*) FROM (SELECT event_id FROM event_pending LIMIT 1) p`)
	if err != nil || waiting == 0 {
		return 0, err
	}
	n := 0
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		n = 0
		held, err := s.lease(ctx, tx)
		if err != nil || !held {
			return err
		}
		n, err = s.append(ctx, tx)
		return err
	})
	return n, err
}

func (s *Sequencer) lease(ctx context.Context, tx *db.Tx) (bool, error) {
	now := s.Now().UnixMilli()
	res, err := tx.Exec(ctx, `INSERT INTO lease (name, holder, expires) VALUES ('sequencer', $1, $2)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires = excluded.expires WHERE lease.holder = $1 OR lease.expires < $3`,
		s.Holder, now+leaseFor.Milliseconds(), now)
	if err != nil {
		return false, err
	}
	rows, err := res.RowsAffected()
	return rows > 0, err
}

type pending struct{ id, leaf string }

func (s *Sequencer) append(ctx context.Context, tx *db.Tx) (int, error) {
	list, err := db.All(ctx, tx, func(r db.Scanner) (pending, error) {
		var p pending
		err := r.Scan(&p.id, &p.leaf)
		return p, err
	}, `SELECT e.id, e.leaf FROM event_pending p JOIN event e ON e.id = p.event_id ORDER BY e.id LIMIT 500`)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	size, err := db.Value[int64](ctx, tx, `SELECT COALESCE(MAX(size), 0) FROM ledger_checkpoint`)
	if err != nil {
		return 0, err
	}
	r, err := rangeAt(ctx, tx, uint64(size))
	if err != nil {
		return 0, err
	}
	var entries, nodes, gone db.Args
	entryText, nodeText := "", ""
	keep := func(id compact.NodeID, hash []byte) {
		nodeText += ", (" + nodes.Add(int64(id.Level)) + "," + nodes.Add(int64(id.Index)) + "," + nodes.Add(hex.EncodeToString(hash)) + ")"
	}
	var ids []string
	for i, p := range list {
		h := hashLeaf(p.leaf)
		entryText += ", (" + entries.Add(size+int64(i)) + "," + entries.Add(p.id) + "," + entries.Add(hex.EncodeToString(h)) + ")"
		keep(compact.NewNodeID(0, uint64(size)+uint64(i)), h)
		if err := r.Append(h, func(id compact.NodeID, hash []byte) {
			if id.Level > 0 {
				keep(id, hash)
			}
		}); err != nil {
			return 0, fmt.Errorf("append to the tree: %w", err)
		}
		ids = append(ids, p.id)
	}
	if err := tx.Later(ctx, `INSERT INTO ledger_entry (idx, event_id, leaf_hash) VALUES `+entryText[2:], entries.List()...); err != nil {
		return 0, err
	}
	if err := tx.Later(ctx, `INSERT INTO ledger_node (level, idx, hash) VALUES `+nodeText[2:], nodes.List()...); err != nil {
		return 0, err
	}
	if err := tx.Later(ctx, `DELETE FROM event_pending WHERE event_id IN `+gone.In(ids...), gone.List()...); err != nil {
		return 0, err
	}
	return len(list), s.checkpoint(ctx, tx, r, size+int64(len(list)))
}

func (s *Sequencer) checkpoint(ctx context.Context, tx *db.Tx, r *compact.Range, size int64) error {
	root, err := r.GetRootHash(nil)
	if err != nil {
		return fmt.Errorf("root of the tree: %w", err)
	}
	note, err := s.Signer.note(size, root, s.Demo)
	if err != nil {
		return err
	}
	return tx.Later(ctx, `INSERT INTO ledger_checkpoint (size, root, note, at) VALUES ($1, $2, $3, $4)`, size, hex.EncodeToString(root), note, s.Now().UnixMilli())
}

// rangeAt rebuilds the compact range of the first size leaves from kept nodes.
func rangeAt(ctx context.Context, q db.Querier, size uint64) (*compact.Range, error) {
	ids := compact.RangeNodes(0, size, nil)
	hashes, err := nodesOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	return ranges.NewRange(0, size, hashes)
}

func nodesOf(ctx context.Context, q db.Querier, ids []compact.NodeID) ([][]byte, error) {
	out := make([][]byte, 0, len(ids))
	for _, id := range ids { // at most 63: one per level
		h, err := db.Value[string](ctx, q, `SELECT hash FROM ledger_node WHERE level = $1 AND idx = $2`, int64(id.Level), int64(id.Index))
		if err != nil {
			return nil, fmt.Errorf("node %d/%d: %w", id.Level, id.Index, err)
		}
		raw, err := hex.DecodeString(h)
		if err != nil {
			return nil, fmt.Errorf("node %d/%d: %w", id.Level, id.Index, err)
		}
		out = append(out, raw)
	}
	return out, nil
}

// ErrPending says that an event has no index yet.
var ErrPending = errors.New("the event is not sequenced yet")

// Proof lets anybody with the public key check that an event stands in the record.
type Proof struct {
	Index      int64    `json:"index"`
	Size       int64    `json:"size"`
	Leaf       string   `json:"leaf"`
	Path       []string `json:"path"` // hex
	Checkpoint string   `json:"checkpoint"`
}

// Prove makes the inclusion proof of an event against the newest checkpoint.
func Prove(ctx context.Context, q db.Querier, eventID string) (Proof, error) {
	p, err := db.One(ctx, q, func(r db.Scanner) (Proof, error) {
		var p Proof
		err := r.Scan(&p.Index, &p.Leaf)
		return p, err
	}, `SELECT l.idx, e.leaf FROM ledger_entry l JOIN event e ON e.id = l.event_id WHERE e.id = $1`, eventID)
	if db.None(err) {
		return p, ErrPending
	}
	if err != nil {
		return p, err
	}
	type cp struct {
		size int64
		note string
	}
	c, err := db.One(ctx, q, func(r db.Scanner) (cp, error) {
		var c cp
		err := r.Scan(&c.size, &c.note)
		return c, err
	}, `SELECT size, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1`)
	if err != nil {
		return p, err
	}
	p.Size, p.Checkpoint = c.size, c.note
	nodes, err := proof.Inclusion(uint64(p.Index), uint64(p.Size))
	if err != nil {
		return p, fmt.Errorf("prove %s: %w", eventID, err)
	}
	hashes, err := nodesOf(ctx, q, nodes.IDs)
	if err != nil {
		return p, err
	}
	path, err := nodes.Rehash(hashes, hashNode)
	if err != nil {
		return p, fmt.Errorf("prove %s: %w", eventID, err)
	}
	for _, h := range path {
		p.Path = append(p.Path, hex.EncodeToString(h))
	}
	return p, nil
}
