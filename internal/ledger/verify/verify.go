// Package verify checks the tamper-evident record with code that shares nothing
// with the writer: its own tree, its own reading of leaves and checkpoints.
// An outsider needs the database (or a proof) and the published public key.
package verify

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"

	"github.com/emmansun/gmsm/sm3"
)

// Report is what a verification found.
type Report struct {
	Entries     int64 // sequenced events
	Checkpoints int64
	Pending     int64 // events not yet sequenced
	Purged      int64 // bodies purged, their digests kept
	Bads        []Bad // at most 100, first bad entry first
}

// OK reports whether the record is whole.
func (r Report) OK() bool { return len(r.Bads) == 0 }

// Bad is one thing that does not hold.
type Bad struct {
	Index   int64 // of the entry, -1 where none is defined
	EventID string
	What    string // a sentence in Chinese
}

const maxBads = 100

type run struct {
	db     *sql.Tx
	key    *key
	report Report
	tree   tree
	roots  map[int64][]byte // size to root, for every checkpoint size
	last   map[string]event // newest event per case
}

// Run verifies the whole record against the public key (PEM), as it stands at
// one moment, while the program may go on writing.
func Run(ctx context.Context, d *sql.DB, publicKey []byte) (Report, error) {
	k, err := parseKey(publicKey)
	if err != nil {
		return Report{}, err
	}
	tx, err := d.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return Report{}, fmt.Errorf("read the record: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	r := &run{db: tx, key: k, roots: map[int64][]byte{}, last: map[string]event{}}
	for _, step := range []func(context.Context) error{r.sizes, r.entries, r.nodes, r.checkpoints, r.unsequenced, r.histories} {
		if err := step(ctx); err != nil {
			return r.report, err
		}
	}
	sort.SliceStable(r.report.Bads, func(i, j int) bool {
		a, b := r.report.Bads[i].Index, r.report.Bads[j].Index
		return a >= 0 && (b < 0 || a < b)
	})
	r.report.Bads = r.report.Bads[:min(len(r.report.Bads), maxBads)]
	return r.report, nil
}

func (r *run) bad(index int64, id, format string, args ...any) {
	r.report.Bads = append(r.report.Bads, Bad{index, id, fmt.Sprintf(format, args...)})
}

// sizes notes the tree sizes whose roots are needed.
func (r *run) sizes(ctx context.Context) error {
	return each(ctx, r.db, `SELECT size FROM ledger_checkpoint ORDER BY size`, func(s *sql.Rows) error {
		var n int64
		err := s.Scan(&n)
		r.roots[n] = nil
		return err
	})
}

type event struct {
	V            int         `json:"v"`
	ID           string      `json:"id"`
	Jurisdiction string      `json:"jurisdiction"`
	Matter       string      `json:"matter"`
	Procedure    string      `json:"procedure"`
	Action       string      `json:"action"`
	From         string      `json:"from"`
	To           string      `json:"to"`
	Rev          int64       `json:"rev"`
	Actor        string      `json:"actor"`
	ActorName    string      `json:"actor_name"`
	Unit         string      `json:"unit"`
	Capacity     string      `json:"capacity"`
	At           int64       `json:"at"`
	Number       string      `json:"number"`
	Seat         string      `json:"seat"`
	Parts        [][2]string `json:"parts"`
	Findings     [][3]string `json:"findings"`
}

// entries walks the sequenced events in order and rebuilds the tree.
func (r *run) entries(ctx context.Context) error {
	parts, err := r.parts(ctx)
	if err != nil {
		return err
	}
	findings, err := r.findings(ctx)
	if err != nil {
		return err
	}
	var next int64
	return each(ctx, r.db, `SELECT l.idx, l.event_id, l.leaf_hash, COALESCE(e.leaf, ''), COALESCE(e.id, ''), COALESCE(e.jurisdiction, ''), COALESCE(e.matter_id, ''),
		COALESCE(e.procedure, ''), COALESCE(e.action, ''), COALESCE(e.from_state, ''), COALESCE(e.to_state, ''), COALESCE(e.rev, 0), COALESCE(e.actor_id, ''),
		COALESCE(e.actor_name, ''), COALESCE(e.unit_id, ''), COALESCE(e.capacity, ''), COALESCE(e.at, 0), COALESCE(e.number, ''), COALESCE(e.seat_id, '')
		FROM ledger_entry l LEFT JOIN event e ON e.id = l.event_id ORDER BY l.idx`, func(s *sql.Rows) error {
		var idx int64
		var ref, hash, leaf string
		var e event
		if err := s.Scan(&idx, &ref, &hash, &leaf, &e.ID, &e.Jurisdiction, &e.Matter, &e.Procedure, &e.Action, &e.From, &e.To, &e.Rev, &e.Actor,
			&e.ActorName, &e.Unit, &e.Capacity, &e.At, &e.Number, &e.Seat); err != nil {
			return err
		}
		if idx != next {
			r.bad(next, ref, "第 %d 条起缺少记录（下一条是第 %d 条）", next, idx)
			next = idx
		}
		next++
		r.report.Entries++
		r.entry(idx, ref, hash, leaf, e, parts, findings)
		r.tree.add(leafHash(leaf))
		if _, wanted := r.roots[idx+1]; wanted {
			r.roots[idx+1] = r.tree.root()
		}
		return nil
	})
}

func (r *run) entry(idx int64, ref, hash, leaf string, e event, parts map[string][]part, findings map[string][][3]string) {
	if e.ID == "" {
		r.bad(idx, ref, "第 %d 条指向的办理记录不存在", idx)
		return
	}
	if hex.EncodeToString(leafHash(leaf)) != hash {
		r.bad(idx, ref, "第 %d 条的内容与其摘要不符", idx)
	}
	var said event
	d := json.NewDecoder(bytes.NewReader([]byte(leaf)))
	d.DisallowUnknownFields()
	if err := d.Decode(&said); err != nil {
		r.bad(idx, ref, "第 %d 条的内容无法读取", idx)
		return
	}
	e.V, e.Parts, e.Findings = 1, said.Parts, said.Findings
	was, err1 := json.Marshal(said)
	now, err2 := json.Marshal(e)
	if err1 != nil || err2 != nil || !bytes.Equal(was, now) || !bytes.Equal(was, []byte(leaf)) {
		r.bad(idx, ref, "第 %d 条的办理记录被改动，与存证内容不一致", idx)
	}
	r.checkParts(idx, ref, said, parts[ref])
	if got, err := json.Marshal(orEmpty(findings[ref])); err != nil || string(got) != string(mustJSON(said.Findings)) {
		r.bad(idx, ref, "第 %d 条的规则结论被改动", idx)
	}
	r.follow(idx, said)
}

func orEmpty(f [][3]string) [][3]string {
	if f == nil {
		return [][3]string{}
	}
	return f
}

func mustJSON(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // slices of strings always marshal
	}
	return raw
}

// follow holds each act of a case against the one before it: where it starts,
// and that the revision moves by one, or stays for an opinion or an aside.
func (r *run) follow(idx int64, e event) {
	before, seen := r.last[e.Matter]
	r.last[e.Matter] = e
	if !seen {
		if e.From != "" {
			r.bad(idx, e.ID, "第 %d 条之前缺少这份案卷的开头", idx)
		}
		return
	}
	aside := e.From == e.To && e.Rev == before.Rev
	if e.From != before.To || !aside && e.Rev != before.Rev+1 {
		r.bad(idx, e.ID, "第 %d 条接不上这份案卷的前一次办理", idx)
	}
}

type part struct {
	name, salt, digest, body string
	purged                   bool
}

func (r *run) checkParts(idx int64, ref string, said event, have []part) {
	if len(have) != len(said.Parts) {
		r.bad(idx, ref, "第 %d 条应有 %d 份材料，现有 %d 份", idx, len(said.Parts), len(have))
		return
	}
	for i, p := range have {
		want := said.Parts[i]
		switch {
		case p.name != want[0] || p.digest != want[1]:
			r.bad(idx, ref, "第 %d 条的材料“%s”与存证不符", idx, p.name)
		case p.purged && p.body == "":
			r.report.Purged++
		case digest(p.salt, p.body) != p.digest:
			r.bad(idx, ref, "第 %d 条的材料“%s”被改动", idx, p.name)
		}
	}
}

func digest(salt, body string) string {
	raw, err := hex.DecodeString(salt)
	if err != nil {
		return ""
	}
	sum := sm3.Sum(append(raw, body...))
	return hex.EncodeToString(sum[:])
}

func (r *run) parts(ctx context.Context) (map[string][]part, error) {
	out := map[string][]part{}
	err := each(ctx, r.db, `SELECT event_id, name, salt, digest, body, purged_at FROM event_part`, func(s *sql.Rows) error {
		var id string
		var p part
		var at int64
		err := s.Scan(&id, &p.name, &p.salt, &p.digest, &p.body, &at)
		p.purged = at > 0
		out[id] = append(out[id], p)
		return err
	})
	for _, ps := range out {
		sort.Slice(ps, func(i, j int) bool { return ps[i].name < ps[j].name })
	}
	return out, err
}

func (r *run) findings(ctx context.Context) (map[string][][3]string, error) {
	out := map[string][][3]string{}
	err := each(ctx, r.db, `SELECT event_id, rule_id, version, outcome FROM finding`, func(s *sql.Rows) error {
		var id, rule, outcome string
		var version int64
		err := s.Scan(&id, &rule, &version, &outcome)
		out[id] = append(out[id], [3]string{rule, fmt.Sprint(version), outcome})
		return err
	})
	for _, fs := range out {
		sort.Slice(fs, func(i, j int) bool { return fs[i][0]+"\x00"+fs[i][1] < fs[j][0]+"\x00"+fs[j][1] })
	}
	return out, err
}

// unsequenced counts what waits and reports events that neither wait nor stand
// in the record: their entry was taken out.
func (r *run) unsequenced(ctx context.Context) error {
	return each(ctx, r.db, `SELECT e.id, CASE WHEN p.event_id IS NULL THEN 0 ELSE 1 END, CASE WHEN l.event_id IS NULL THEN 0 ELSE 1 END, e.from_state, e.to_state, e.rev, e.matter_id
		FROM event e LEFT JOIN event_pending p ON p.event_id = e.id LEFT JOIN ledger_entry l ON l.event_id = e.id
		WHERE l.event_id IS NULL OR p.event_id IS NOT NULL ORDER BY e.id`, func(s *sql.Rows) error {
		var e event
		var waits, stands int64
		if err := s.Scan(&e.ID, &waits, &stands, &e.From, &e.To, &e.Rev, &e.Matter); err != nil {
			return err
		}
		switch {
		case waits == 1 && stands == 0:
			r.report.Pending++
			r.last[e.Matter] = e
		case waits == 0:
			r.bad(-1, e.ID, "办理记录 %s 不在存证中，也不在等待存证", e.ID)
		default:
			r.bad(-1, e.ID, "办理记录 %s 已存证，却仍标为等待", e.ID)
		}
		return nil
	})
}

// histories holds every case against its last act.
func (r *run) histories(ctx context.Context) error {
	return each(ctx, r.db, `SELECT id, state, rev FROM matter ORDER BY id`, func(s *sql.Rows) error {
		var id, state string
		var rev int64
		if err := s.Scan(&id, &state, &rev); err != nil {
			return err
		}
		e, ok := r.last[id]
		switch {
		case !ok:
			r.bad(-1, "", "案卷 %s 没有任何办理记录", id)
		case e.To != state || e.Rev != rev:
			r.bad(-1, e.ID, "案卷 %s 的状态与最后一次办理不一致", id)
		}
		return nil
	})
}

func each(ctx context.Context, d *sql.Tx, text string, fn func(*sql.Rows) error) error {
	rows, err := d.QueryContext(ctx, text)
	if err != nil {
		return fmt.Errorf("read the record: %w", err)
	}
	defer rows.Close() //nolint:errcheck // rows.Err is checked
	for rows.Next() {
		if err := fn(rows); err != nil {
			return fmt.Errorf("read the record: %w", err)
		}
	}
	return rows.Err()
}
