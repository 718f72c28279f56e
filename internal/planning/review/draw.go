package review

import (
	"cmp"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/emmansun/gmsm/sm3"
)

// Candidate is an expert of the pool as the draw saw them.
type Candidate struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Employer string `json:"employer"`
	Out      string `json:"out,omitempty"` // why left out of the draw; empty: took part
	Rank     int    `json:"rank,omitempty"`
	Drawn    bool   `json:"drawn,omitempty"`
}

// Drawing is the record of a draw: with the seed and the candidates anyone can
// repeat it.
type Drawing struct {
	Seed       string      `json:"seed"`
	Size       int         `json:"size"`
	Field      string      `json:"field,omitempty"`
	Agency     string      `json:"agency,omitempty"`
	Candidates []Candidate `json:"candidates"`
}

// Draw ranks the candidates that are not left out by the SM3 digest of seed,
// line feed and id, smallest first, and draws the first size of them. It
// depends on nothing else: the same seed and candidates give the same panel.
func Draw(seed string, size int, all []Candidate) Drawing {
	d := Drawing{Seed: seed, Size: size, Candidates: slices.Clone(all)}
	slices.SortFunc(d.Candidates, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(outLast(a), outLast(b)), strings.Compare(digest(seed, a.ID), digest(seed, b.ID)))
	})
	for i := range d.Candidates {
		c := &d.Candidates[i]
		if c.Out == "" {
			c.Rank = i + 1
			c.Drawn = i < size
		}
	}
	return d
}

func outLast(c Candidate) int {
	if c.Out != "" {
		return 1
	}
	return 0
}

func digest(seed, id string) string {
	sum := sm3.Sum([]byte(seed + "\n" + id))
	return hex.EncodeToString(sum[:])
}

// Panel lists who was drawn, in order of rank.
func (d Drawing) Panel() []Candidate {
	var out []Candidate
	for _, c := range d.Candidates {
		if c.Drawn {
			out = append(out, c)
		}
	}
	return out
}

// Next is the first candidate in rank whom the panel has not had yet.
func (d Drawing) Next(had map[string]bool) (Candidate, bool) {
	for _, c := range d.Candidates {
		if c.Out == "" && !had[c.ID] {
			return c, true
		}
	}
	return Candidate{}, false
}

// Tie is what may forbid an expert to judge a scheme.
type Tie struct {
	EmployerUnit, Employer, Name string
	Suppliers                    []string
}

// Scheme is what the conflict rules compare an expert with.
type Scheme struct {
	UnitID, ParentUnitID string
	CompiledBy, Authors  string // who wrote it: firm or unit, and persons
}

// Conflict says why an expert may not judge the scheme, or "".
func Conflict(t Tie, s Scheme) string {
	switch {
	case t.EmployerUnit != "" && (t.EmployerUnit == s.UnitID || t.EmployerUnit == s.ParentUnitID):
		return "申报单位或其主管部门的人员"
	case s.CompiledBy != "" && t.Employer == s.CompiledBy:
		return "方案编制单位的人员"
	case t.Name != "" && slices.Contains(names(s.Authors), t.Name):
		return "参与编制了本方案"
	}
	for _, supplier := range t.Suppliers {
		if supplier = strings.TrimSpace(supplier); supplier != "" && supplier == s.CompiledBy {
			return "与方案编制单位有申明的利害关系"
		}
	}
	return ""
}

func names(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("、，,;； \n\t", r) })
}
