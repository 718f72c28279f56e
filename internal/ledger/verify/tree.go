package verify

import "github.com/emmansun/gmsm/sm3"

// tree is an RFC 6962 tree over SM3, kept as the roots of its complete subtrees
// and every complete node for comparison.
type tree struct {
	size  int64
	peaks []peak
	nodes map[[2]int64][]byte
}

type peak struct {
	level int64
	hash  []byte
}

func leafHash(leaf string) []byte {
	sum := sm3.Sum(append([]byte{0}, leaf...))
	return sum[:]
}

func nodeHash(left, right []byte) []byte {
	sum := sm3.Sum(append(append([]byte{1}, left...), right...))
	return sum[:]
}

func (t *tree) add(leaf []byte) {
	if t.nodes == nil {
		t.nodes = map[[2]int64][]byte{}
	}
	p := peak{0, leaf}
	t.nodes[[2]int64{0, t.size}] = leaf
	t.size++
	for n := len(t.peaks); n > 0 && t.peaks[n-1].level == p.level; n = len(t.peaks) {
		p = peak{p.level + 1, nodeHash(t.peaks[n-1].hash, p.hash)}
		t.peaks = t.peaks[:n-1]
		t.nodes[[2]int64{p.level, t.size>>p.level - 1}] = p.hash
	}
	t.peaks = append(t.peaks, p)
}

func (t *tree) root() []byte {
	var h []byte
	for i := len(t.peaks) - 1; i >= 0; i-- {
		if h == nil {
			h = t.peaks[i].hash
		} else {
			h = nodeHash(t.peaks[i].hash, h)
		}
	}
	return h
}

// climb recomputes the root from a leaf and its inclusion path, RFC 9162 2.1.3.2.
func climb(index, size int64, leaf []byte, path [][]byte) ([]byte, bool) {
	fn, sn, h := index, size-1, leaf
	if index < 0 || index >= size {
		return nil, false
	}
	for _, p := range path {
		if sn == 0 {
			return nil, false
		}
		if fn&1 == 1 || fn == sn {
			h = nodeHash(p, h)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			h = nodeHash(h, p)
		}
		fn, sn = fn>>1, sn>>1
	}
	return h, sn == 0
}
