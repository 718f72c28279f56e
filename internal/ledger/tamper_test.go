package ledger_test

import (
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"zhengcheng/internal/db"
	"zhengcheng/internal/dbtest"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/ledger/verify"
)

func TestAnUntouchedRecordVerifies(t *testing.T) {
	t.Parallel()
	inRecord(t, func(t *testing.T, r *record) {
		if rep := r.verify(); !rep.OK() || rep.Entries != 7 || rep.Checkpoints != 2 || rep.Pending != 0 || rep.Purged != 0 {
			t.Fatalf("report %+v", rep)
		}
		r.act("b")
		if rep := r.verify(); !rep.OK() || rep.Entries != 7 || rep.Pending != 1 {
			t.Fatalf("with one act waiting: %+v", rep)
		}
	})
}

// tampering is what somebody with the database, but without the key, may try.
var tampering = []struct {
	name  string
	by    func(r *record)
	first int64  // index of the first bad entry
	says  string // part of what is said of it
}{
	{"leaf of an event", one(`UPDATE event SET leaf = replace(leaf, '张三', '李四') WHERE id = 'e00002'`), 2, "与其摘要不符"},
	{"leaf and its columns", one(`UPDATE event SET leaf = replace(leaf, '张三', '李四'), actor_name = '李四' WHERE id = 'e00002'`), 2, "与其摘要不符"},
	{"leaf, its columns and its hash", newHistory, 2, "树节点被改动"},
	{"columns but not the leaf", one(`UPDATE event SET actor_name = '李四' WHERE id = 'e00002'`), 2, "与存证内容不一致"},
	{"time of an act", one(`UPDATE event SET at = at - 86400000 WHERE id = 'e00005'`), 5, "与存证内容不一致"},
	{"number of an act", one(`UPDATE event SET number = '' WHERE id = 'e00005'`), 5, "与存证内容不一致"},
	{"body of a part", one(`UPDATE event_part SET body = '{"name":"道路监测"}' WHERE event_id = 'e00002' AND name = 'form'`), 2, "“form”被改动"},
	{"body emptied without a purge", one(`UPDATE event_part SET body = '' WHERE event_id = 'e00002' AND name = 'form'`), 2, "“form”被改动"},
	{"digest of a part", one(`UPDATE event_part SET digest = upper(digest) WHERE event_id = 'e00002' AND name = 'form'`), 2, "“form”与存证不符"},
	{"body of a part with a fitting digest", newBody, 2, "“form”与存证不符"},
	{"part taken out", one(`DELETE FROM event_part WHERE event_id = 'e00002' AND name = 'form'`), 2, "应有 2 份材料，现有 1 份"},
	{"part put in", one(`INSERT INTO event_part (event_id, name, salt, digest, body) VALUES ('e00002', 'lines', '', '', '')`), 2, "应有 2 份材料，现有 3 份"},
	{"verdict of a rule", one(`UPDATE finding SET outcome = 'fail' WHERE event_id = 'e00002'`), 2, "规则结论被改动"},
	{"verdict taken out", one(`DELETE FROM finding WHERE event_id = 'e00002'`), 2, "规则结论被改动"},
	{"event deleted", func(r *record) {
		r.force(`DELETE FROM event_part WHERE event_id = 'e00002'`, `DELETE FROM finding WHERE event_id = 'e00002'`, `DELETE FROM event WHERE id = 'e00002'`)
	}, 2, "指向的办理记录不存在"},
	{"entry deleted", one(`DELETE FROM ledger_entry WHERE idx = 2`), 2, "起缺少记录"},
	{"event deleted with its entry", func(r *record) {
		r.force(`DELETE FROM event_part WHERE event_id = 'e00002'`, `DELETE FROM finding WHERE event_id = 'e00002'`, `DELETE FROM ledger_entry WHERE idx = 2`, `DELETE FROM event WHERE id = 'e00002'`)
	}, 2, "起缺少记录"},
	{"last entry deleted", one(`DELETE FROM ledger_entry WHERE idx = 6`), 6, ""},
	{"event put in beside the record", one(`INSERT INTO event (id, jurisdiction, matter_id, procedure, action, from_state, to_state, rev, actor_id, actor_name, unit_id, capacity, at, leaf)
		VALUES ('x', 'city', 'c', 'plan', 'submit', '', 's1', 1, 'p', '张三', 'water', 'owner', 1, '{}')`), -1, "不在存证中"},
	{"entries of one case in another order", swap(1, 2), 1, "接不上"},
	{"entries of two cases in another order", swap(2, 3), 2, "树节点被改动"},
	{"hash of an entry", one(`UPDATE ledger_entry SET leaf_hash = upper(leaf_hash) WHERE idx = 2`), 2, "与其摘要不符"},
	{"leaf of the tree", one(`UPDATE ledger_node SET hash = upper(hash) WHERE level = 0 AND idx = 3`), 3, "第 0 层第 3 个"},
	{"node of the tree", one(`UPDATE ledger_node SET hash = upper(hash) WHERE level = 1 AND idx = 1`), 2, "第 1 层第 1 个"},
	{"node taken out", one(`DELETE FROM ledger_node WHERE level = 1 AND idx = 1`), -1, "树节点应有"},
	{"node put in on an impossible level", one(`INSERT INTO ledger_node (level, idx, hash) VALUES (-1, 0, 'x')`), -1, "没有第 -1 层"},
	{"root of a checkpoint", one(`UPDATE ledger_checkpoint SET root = upper(root) WHERE size = 7`), 4, "与其签名内容不一致"},
	{"size of a checkpoint", one(`UPDATE ledger_checkpoint SET size = 6 WHERE size = 7`), 4, "与其签名内容不一致"},
	{"text of a note", one(`UPDATE ledger_checkpoint SET note = replace(note, '测试 存证', '测试 存根') WHERE size = 7`), 4, "签名不对"},
	{"note without a signature", one(`UPDATE ledger_checkpoint SET note = substr(note, 1, 30) WHERE size = 7`), 4, "检查点格式不对"},
	{"note signed with another key", forge, 4, "签名不对"},
	{"last checkpoint taken out", one(`DELETE FROM ledger_checkpoint WHERE size = 7`), 4, "检查点到第 3 条，记录有 7 条"},
	{"state of a case", one(`UPDATE matter SET state = 's9' WHERE id = 'a'`), -1, "与最后一次办理不一致"},
	{"case without an act", one(`INSERT INTO matter (id, jurisdiction, procedure, title, unit_id, state, rev, form, form_rev, origin, opened_by, opened_at, state_since)
		VALUES ('c', 'city', 'plan', '计划', 'water', 's1', 1, '{}', 0, 'own', 'p', 0, 0)`), -1, "没有任何办理记录"},
}

func TestTamperingIsReported(t *testing.T) {
	t.Parallel()
	inRecord(t, func(t *testing.T, r *record) {
		r.keep()
		for _, tc := range tampering {
			t.Run(tc.name, func(t *testing.T) {
				r.t = t
				tc.by(r)
				rep := r.verify()
				r.restore()
				if rep.OK() {
					t.Fatal("not noticed")
				}
				if b := rep.Bads[0]; b.Index != tc.first || !strings.Contains(b.What, tc.says) {
					t.Errorf("first bad entry %d “%s”, want %d “%s”; all: %v", b.Index, b.What, tc.first, tc.says, rep.Bads)
				}
			})
		}
		r.t = t
		if rep := r.verify(); !rep.OK() {
			t.Errorf("restored: %+v", rep)
		}
	})
}

func one(text string) func(r *record) { return func(r *record) { r.exec(text) } }

func swap(i, j int) func(r *record) {
	return func(r *record) {
		r.exec(`UPDATE ledger_entry SET idx = -1 WHERE idx = $1`, i)
		r.exec(`UPDATE ledger_entry SET idx = $1 WHERE idx = $2`, i, j)
		r.exec(`UPDATE ledger_entry SET idx = $1 WHERE idx = -1`, j)
	}
}

// newHistory edits an act everywhere but in the tree.
func newHistory(r *record) {
	r.exec(`UPDATE event SET leaf = replace(leaf, '张三', '李四'), actor_name = '李四' WHERE id = 'e00002'`)
	leaf, err := db.Value[string](r.ctx, r.db, `SELECT leaf FROM event WHERE id = 'e00002'`)
	must(r.t, err)
	r.exec(`UPDATE ledger_entry SET leaf_hash = $1 WHERE idx = 2`, ledger.Digest([]byte{0}, []byte(leaf)))
}

// newBody replaces a body and computes its digest anew with the salt at hand.
func newBody(r *record) {
	text, err := db.Value[string](r.ctx, r.db, `SELECT salt FROM event_part WHERE event_id = 'e00002' AND name = 'form'`)
	must(r.t, err)
	salt, err := hex.DecodeString(text)
	must(r.t, err)
	r.exec(`UPDATE event_part SET body = '{}', digest = $1 WHERE event_id = 'e00002' AND name = 'form'`, ledger.Digest(salt, []byte("{}")))
}

// forge takes the last three acts out of the tree and sequences them again
// under a key of the forger.
func forge(r *record) {
	r.exec(`DELETE FROM ledger_checkpoint WHERE size = 7`)
	r.exec(`DELETE FROM ledger_entry WHERE idx >= 4`)
	r.exec(`DELETE FROM ledger_node WHERE level = 0 AND idx >= 4 OR level = 1 AND idx >= 2`)
	r.exec(`INSERT INTO event_pending (event_id) VALUES ('e00004'), ('e00005'), ('e00006')`)
	now := opening
	s := r.sequencer("node", &now)
	s.Signer = newSigner(r.t)
	if n, err := s.Flush(r.ctx); n != 3 || err != nil {
		r.t.Fatalf("%d sequenced, %v", n, err)
	}
}

func TestOneChangeIsToldOnceForTheTree(t *testing.T) {
	t.Parallel()
	inRecord(t, func(t *testing.T, r *record) {
		r.exec(`UPDATE event SET leaf = replace(leaf, '张三', '李四'), actor_name = '李四' WHERE id = 'e00002'`)
		for _, b := range r.verify().Bads {
			if b.Index != 2 {
				t.Errorf("entry %d is blamed: %s", b.Index, b.What)
			}
		}
	})
}

func TestTheFirstBadEntryIsNamedAmongMany(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		r := newRecord(t, d)
		for range 120 {
			r.act("a")
		}
		r.flush()
		r.exec(`UPDATE event SET actor_name = '李四' WHERE id >= 'e00005'`)
		r.exec(`UPDATE ledger_node SET hash = '' WHERE level = 0 AND idx = 1`)
		if rep := r.verify(); len(rep.Bads) != 100 || rep.Bads[0].Index != 1 {
			t.Errorf("%d bad entries, first %+v; want 100, first at 1", len(rep.Bads), rep.Bads[0])
		}
	})
}

func TestAnotherPublicKeyVerifiesNothing(t *testing.T) {
	t.Parallel()
	inRecord(t, func(t *testing.T, r *record) {
		rep, err := verify.Run(r.ctx, r.db.SQL(), newSigner(t).Public())
		if err != nil || rep.OK() || !strings.Contains(rep.Bads[0].What, "签名不对") {
			t.Errorf("report %+v, %v", rep, err)
		}
		if _, err := verify.Run(r.ctx, r.db.SQL(), []byte("not a key")); err == nil {
			t.Error("verified with what is not a key")
		}
	})
}

func TestAPurgedPartKeepsTheRecordWhole(t *testing.T) {
	t.Parallel()
	inRecord(t, func(t *testing.T, r *record) {
		at := opening.Add(time.Hour).UnixMilli()
		must(t, r.db.Write(r.ctx, func(tx *db.Tx) error { return ledger.Purge(r.ctx, tx, "e00002", "form", at) }))
		bodies := func(name string) []string {
			got, err := db.Column[string](r.ctx, r.db, `SELECT body FROM event_part WHERE event_id = 'e00002' AND name = $1 AND purged_at = $2`, name, at)
			must(t, err)
			return got
		}
		if got := bodies("form"); len(got) != 1 || got[0] != "" {
			t.Errorf("purged form holds %q", got)
		}
		if got := bodies("reason"); len(got) != 0 {
			t.Errorf("the reason was purged as well: %q", got)
		}
		if rep := r.verify(); !rep.OK() || rep.Purged != 1 {
			t.Errorf("after the purge: %+v", rep)
		}
		r.exec(`UPDATE event_part SET body = '{}' WHERE event_id = 'e00002' AND name = 'form'`)
		if rep := r.verify(); rep.OK() || rep.Bads[0].Index != 2 {
			t.Errorf("a body put back where one was purged: %+v", rep)
		}
	})
}
