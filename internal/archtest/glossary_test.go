package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var glossaryRow = regexp.MustCompile("^\\| ([^|]+) \\| `([a-z/]+)\\.([A-Za-z]+)` \\|")

// The glossary's terms of the Measures stand in the text, every identifier in
// the code, and no identifier has two terms.
func TestTheGlossaryIsTrue(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(root, "docs/glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	law, err := os.ReadFile(filepath.Join(root, "internal/measures/measures.txt"))
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	for _, s := range sources(t) {
		if !s.test {
			body, err := os.ReadFile(s.path)
			if err != nil {
				t.Fatal(err)
			}
			words[filepath.Base(s.pkg)] += string(body)
		}
	}
	ofLaw, rows, seen := true, 0, map[string]string{}
	for line := range strings.Lines(string(raw)) {
		if strings.HasPrefix(line, "## Words of the work") {
			ofLaw = false
		}
		m := glossaryRow.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		rows++
		term, pkg, name := m[1], m[2], m[3]
		if ofLaw && !strings.Contains(string(law), term) {
			t.Errorf("%s does not stand in the Measures", term)
		}
		if !regexp.MustCompile(`\b` + name + `\b`).MatchString(words[pkg]) {
			t.Errorf("%s: package %s has no %s", term, pkg, name)
		}
		if id := pkg + "." + name; seen[id] != "" {
			t.Errorf("%s has two terms: %s and %s", id, seen[id], term)
		} else {
			seen[id] = term
		}
	}
	if rows < 60 {
		t.Errorf("only %d rows read", rows)
	}
}
