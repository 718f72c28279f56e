package verify

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"testing"
)

// hashOf is the Merkle tree hash word for word after RFC 6962 section 2.1.
func hashOf(leaves [][]byte) []byte {
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := 1
	for 2*k < len(leaves) {
		k *= 2
	}
	return nodeHash(hashOf(leaves[:k]), hashOf(leaves[k:]))
}

// pathOf is the audit path after RFC 6962 section 2.1.1.
func pathOf(m int, leaves [][]byte) [][]byte {
	if len(leaves) == 1 {
		return nil
	}
	k := 1
	for 2*k < len(leaves) {
		k *= 2
	}
	if m < k {
		return append(pathOf(m, leaves[:k]), hashOf(leaves[k:]))
	}
	return append(pathOf(m-k, leaves[k:]), hashOf(leaves[:k]))
}

func TestTheTreeIsThatOfTheStandard(t *testing.T) {
	t.Parallel()
	var grown tree
	var leaves [][]byte
	for size := 1; size <= 33; size++ {
		leaf := leafHash(fmt.Sprint(size))
		leaves = append(leaves, leaf)
		grown.add(leaf)
		root := hashOf(leaves)
		if !bytes.Equal(grown.root(), root) {
			t.Fatalf("root of %d leaves is %x, want %x", size, grown.root(), root)
		}
		for m := range leaves {
			path := pathOf(m, leaves)
			got, ok := climb(int64(m), int64(size), leaves[m], path)
			if !ok || !bytes.Equal(got, root) {
				t.Errorf("leaf %d of %d climbs to %x, %v", m, size, got, ok)
			}
			if len(path) == 0 {
				continue
			}
			if _, ok := climb(int64(m), int64(size), leaves[m], path[1:]); ok {
				t.Errorf("leaf %d of %d climbs with a step missing", m, size)
			}
			if _, ok := climb(int64(m), int64(size), leaves[m], append(path[:len(path):len(path)], root)); ok {
				t.Errorf("leaf %d of %d climbs with a step too many", m, size)
			}
		}
	}
}

// The example of GB/T 32905: SM3("abc"); a leaf is hashed behind a zero byte,
// so that no leaf can pass for a node.
func TestHashes(t *testing.T) {
	t.Parallel()
	const abc = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
	if got := digest("", "abc"); got != abc {
		t.Errorf("SM3 of abc is %s, want %s", got, abc)
	}
	if got := digest(hex.EncodeToString([]byte("a")), "bc"); got != abc {
		t.Errorf("salt a and body bc give %s, want %s", got, abc)
	}
	if got := digest("not hex", "abc"); got != "" {
		t.Errorf("a broken salt gives %s", got)
	}
	if got, want := leafHash("bc"), digest("00", "bc"); hex.EncodeToString(got) != want {
		t.Errorf("leaf %x, want %s", got, want)
	}
	if got, want := nodeHash([]byte("b"), []byte("c")), digest("01", "bc"); hex.EncodeToString(got) != want {
		t.Errorf("node %x, want %s", got, want)
	}
}
