package verify

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

type key struct{ public *ecdsa.PublicKey }

func parseKey(raw []byte) (*key, error) {
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, errors.New("公钥不是 PEM 格式")
	}
	pub, err := smx509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("公钥无法读取: %w", err)
	}
	k, ok := pub.(*ecdsa.PublicKey)
	if !ok {
		return nil, errors.New("公钥不是 SM2 公钥")
	}
	return &key{k}, nil
}

func (k *key) check(text, sig []byte) bool { return sm2.VerifyASN1WithSM2(k.public, nil, text, sig) }

// checkpoint is a signed statement: the first size events have this root.
type checkpoint struct {
	size int64
	root []byte
}

// readNote checks the signature of a note and reads it.
func (k *key) readNote(note string) (checkpoint, error) {
	text, sigs, ok := strings.Cut(note, "\n\n")
	if !ok {
		return checkpoint{}, errors.New("检查点格式不对")
	}
	text += "\n"
	fields := strings.Fields(strings.TrimSpace(sigs))
	if len(fields) != 3 || fields[0] != "—" || strings.Count(sigs, "\n") != 1 {
		return checkpoint{}, errors.New("检查点没有签名")
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(fields[2])
	if err != nil || len(raw) < 5 || !k.check([]byte(text), raw[4:]) {
		return checkpoint{}, errors.New("检查点签名不对")
	}
	lines := strings.Split(text, "\n")
	if len(lines) < 4 {
		return checkpoint{}, errors.New("检查点格式不对")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return checkpoint{}, errors.New("检查点格式不对")
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil {
		return checkpoint{}, errors.New("检查点格式不对")
	}
	return checkpoint{size, root}, nil
}

// checkpoints holds every signed checkpoint against the rebuilt tree. Where the
// entries or nodes have told which one is bad, the checkpoint blames no other,
// and those after it say nothing new.
func (r *run) checkpoints(ctx context.Context) error {
	var last, from int64
	differs := false
	err := each(ctx, r.db, `SELECT size, root, note FROM ledger_checkpoint ORDER BY size`, func(s *sql.Rows) error {
		var size int64
		var root, note string
		if err := s.Scan(&size, &root, &note); err != nil {
			return err
		}
		r.report.Checkpoints++
		from, last = last, size
		said, err := r.key.readNote(note)
		switch {
		case err != nil:
			r.bad(from, "", "到第 %d 条的检查点：%v", size-1, err)
		case said.size != size || hex.EncodeToString(said.root) != root:
			r.bad(from, "", "到第 %d 条的检查点与其签名内容不一致", size-1)
		case !differs && !bytes.Equal(said.root, r.roots[size]):
			differs = true
			r.bad(r.firstBad(from, size), "", "第 %d 至 %d 条之间有记录被改动、删除或调换：与签名的检查点不符", from, size-1)
		}
		return nil
	})
	if err == nil && last != r.report.Entries {
		r.bad(min(last, r.report.Entries), "", "检查点到第 %d 条，记录有 %d 条", last-1, r.report.Entries)
	}
	return err
}

// firstBad is the first entry from from to before size known to be bad; from if
// there is none.
func (r *run) firstBad(from, size int64) int64 {
	first := size
	for _, b := range r.report.Bads {
		if b.Index >= from {
			first = min(first, b.Index)
		}
	}
	if first == size {
		return from
	}
	return first
}

// nodes holds the kept tree nodes against the rebuilt ones. A node above a
// wrong one is wrong with it and not told.
func (r *run) nodes(ctx context.Context) error {
	n := 0
	wrong := map[[2]int64]bool{}
	err := each(ctx, r.db, `SELECT level, idx, hash FROM ledger_node ORDER BY level, idx`, func(s *sql.Rows) error {
		var level, idx int64
		var hash string
		if err := s.Scan(&level, &idx, &hash); err != nil {
			return err
		}
		n++
		if level < 0 {
			r.bad(-1, "", "树没有第 %d 层", level)
			return nil
		}
		if want := r.tree.nodes[[2]int64{level, idx}]; hex.EncodeToString(want) != hash {
			wrong[[2]int64{level, idx}] = true
			if !wrong[[2]int64{level - 1, 2 * idx}] && !wrong[[2]int64{level - 1, 2*idx + 1}] {
				r.bad(idx<<level, "", "第 %d 层第 %d 个树节点被改动", level, idx)
			}
		}
		return nil
	})
	if err == nil && n != len(r.tree.nodes) {
		r.bad(-1, "", "树节点应有 %d 个，现有 %d 个", len(r.tree.nodes), n)
	}
	return err
}

// Proof is an inclusion proof as the program exports it.
type Proof struct {
	Index      int64    `json:"index"`
	Size       int64    `json:"size"`
	Leaf       string   `json:"leaf"`
	Path       []string `json:"path"`
	Checkpoint string   `json:"checkpoint"`
}

// Offline checks a proof with nothing but the public key: the leaf stands at
// its index in the tree that the checkpoint signs.
func Offline(proof, publicKey []byte) error {
	k, err := parseKey(publicKey)
	if err != nil {
		return err
	}
	var p Proof
	if err := json.Unmarshal(proof, &p); err != nil {
		return fmt.Errorf("证明无法读取: %w", err)
	}
	c, err := k.readNote(p.Checkpoint)
	if err != nil {
		return err
	}
	var path [][]byte
	for _, h := range p.Path {
		raw, err := hex.DecodeString(h)
		if err != nil {
			return fmt.Errorf("证明无法读取: %w", err)
		}
		path = append(path, raw)
	}
	root, ok := climb(p.Index, c.size, leafHash(p.Leaf), path)
	if !ok || c.size != p.Size || !bytes.Equal(root, c.root) {
		return errors.New("证明不成立：这条记录不在签名的存证中")
	}
	return nil
}
