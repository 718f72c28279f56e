package ledger_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/ledger/verify"
)

func TestAProofIsCheckedOffline(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		id := r.act("a")
		if _, err := ledger.Prove(r.ctx, d, id); !errors.Is(err, ledger.ErrPending) {
			t.Fatalf("proof before sequencing: %v", err)
		}
		if _, err := ledger.Prove(r.ctx, d, "nothing"); !errors.Is(err, ledger.ErrPending) {
			t.Fatalf("proof of what does not exist: %v", err)
		}
		r.flush()
		for range 6 {
			r.act("a")
		}
		r.flush()
		key := r.signer.Public()
		for n := range 7 {
			p, err := ledger.Prove(r.ctx, d, eventID(n))
			must(t, err)
			if p.Index != int64(n) || p.Size != 7 {
				t.Errorf("proof of act %d is of index %d in %d", n, p.Index, p.Size)
			}
			if err := verify.Offline(encode(t, p), key); err != nil {
				t.Errorf("proof of act %d: %v", n, err)
			}
			if err := verify.Offline(encode(t, p), newSigner(t).Public()); err == nil {
				t.Errorf("proof of act %d holds with another key", n)
			}
		}
	})
}

func encode(t *testing.T, p ledger.Proof) []byte {
	t.Helper()
	raw, err := json.Marshal(p)
	must(t, err)
	return raw
}

func TestAChangedProofFails(t *testing.T) {
	t.Parallel()
	r := newRecord(t, dbtest.SQLite(t))
	for range 5 {
		r.act("a")
	}
	r.flush()
	p, err := ledger.Prove(r.ctx, r.db, eventID(2))
	must(t, err)
	raw := encode(t, p)
	must(t, verify.Offline(raw, r.signer.Public()))
	// The name of the key and its hash beside the signature are labels only.
	label := []byte("— 测试_存证 ")
	from := bytes.Index(raw, label) + len("— ")
	to := from + len(label) - len("— ") + 5 // of the base64 of hash and signature
	for i := range raw {
		changed := bytes.Clone(raw)
		changed[i] ^= 1
		holds := verify.Offline(changed, r.signer.Public()) == nil
		if holds && (i < from || i >= to) {
			t.Errorf("holds with byte %d %q as %q: %s", i, raw[i], changed[i], changed)
		}
	}
	for name, change := range map[string]func(p *ledger.Proof){
		"another index": func(p *ledger.Proof) { p.Index = 3 },
		"another size":  func(p *ledger.Proof) { p.Size = 4 },
		"beyond it":     func(p *ledger.Proof) { p.Index = 5 },
		"below it":      func(p *ledger.Proof) { p.Index = -1 },
		"path too long": func(p *ledger.Proof) { p.Path = append(p.Path[:len(p.Path):len(p.Path)], p.Path[0]) },
		"path cut":      func(p *ledger.Proof) { p.Path = p.Path[:len(p.Path)-1] },
		"no path":       func(p *ledger.Proof) { p.Path = nil },
		"another leaf":  func(p *ledger.Proof) { p.Leaf = "{}" },
		"no checkpoint": func(p *ledger.Proof) { p.Checkpoint = "" },
	} {
		q := p
		change(&q)
		if verify.Offline(encode(t, q), r.signer.Public()) == nil {
			t.Errorf("holds with %s", name)
		}
	}
}
