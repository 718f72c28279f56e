// Package archtest holds the house to its plan: imports point one way, files
// stay short, names say what they hold, every dependency is explained.
package archtest

import (
	"bufio"
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// storey of each part of the house; an import may only point to a lower one.
var storey = map[string]int{
	"problem": 0, "hanzi": 0, "money": 1, "calendar": 1, "web/ui": 1,
	"db": 2, "form": 2, "measures": 3, "identity": 3, "attachment": 3, "ledger": 3, "paper": 3,
	"ledger/verify": 3, "duty": 4, "matter": 5, "registry": 6,
	"planning": 7, "budgeting": 8, "construction": 9, "datasharing": 10, "protection": 11, "acceptance": 12, "provisions": 7, // chapters know those before them; an acceptance looks at what all keep
	"web/page": 13, "web": 14, "api": 14, "app/demo": 14, "app": 15, "dbtest": 3,
}

// edges between rooms of one storey that are allowed: from, to.
var edges = [][2]string{
	{"identity", "ledger"},                      // acts on people and units stand in the record
	{"planning/annualplan", "planning/reserve"}, // compiled from the reserve
	{"planning/annualplan", "planning/review"},
	{"planning/annualplan", "planning/decision"},
	{"planning/supplement", "planning/decision"},
	{"budgeting/budget", "budgeting/performance"}, // results are a reference for budgets
	{"planning/season", "planning/unitplan"},      // how far all of them have come
	{"planning/season", "planning/reserve"},
	{"planning/season", "planning/annualplan"},
	{"planning/unitplan", "planning/capability"}, // plans choose from its list
	{"planning/reserve", "planning/review"},      // the flow of a scheme contains its review
	{"construction/adjustment", "construction/estimate"},
	{"construction/progress", "construction/course"}, // what is suspended or extended is late by its new date
	{"acceptance/conformity", "acceptance/archive"},
	{"acceptance/conformity", "acceptance/contract"},        // what is marked holds up the acceptance
	{"acceptance/contract", "acceptance/procurement"},       // a contract follows from an award
	{"datasharing/retirement", "datasharing/catalogue"},     // entries are withdrawn or moved before a system goes
	{"datasharing/retirement", "datasharing/sharing"},       // and who uses them is told
	{"datasharing/responsibility", "datasharing/catalogue"}, // generated from it
	{"datasharing/sharing", "datasharing/catalogue"},        // what is asked for stands in the catalogue
	{"datasharing/opening", "datasharing/catalogue"},
	{"datasharing/quality", "datasharing/catalogue"},
	{"datasharing/operation", "datasharing/catalogue"},
}

// banned package names say nothing about what they hold.
var banned = []string{"util", "utils", "common", "helpers", "models", "types", "services", "misc", "base", "core"}

const root = "../.."

type source struct {
	path, pkg string // file, and package path below internal
	imports   []string
	test      bool
	hasDoc    bool
}

func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		pkg, _ := filepath.Rel(filepath.Join(root, "internal"), filepath.Dir(path))
		s := source{path: path, pkg: filepath.ToSlash(pkg), test: strings.HasSuffix(path, "_test.go"), hasDoc: f.Doc != nil}
		for _, i := range f.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			s.imports = append(s.imports, p)
		}
		out = append(out, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 50 {
		t.Fatalf("only %d source files found", len(out))
	}
	return out
}

// room is the part of the house a package belongs to: the longest known prefix.
func room(pkg string) string {
	for p := pkg; p != "."; p = filepath.ToSlash(filepath.Dir(p)) {
		if _, ok := storey[p]; ok {
			return p
		}
	}
	return ""
}

func TestImportsPointOneWay(t *testing.T) {
	for _, s := range sources(t) {
		from := room(s.pkg)
		if s.test || s.pkg == "archtest" {
			continue
		}
		if from == "" {
			t.Errorf("package %s has no storey", s.pkg)
			continue
		}
		for _, i := range s.imports {
			pkg, ours := strings.CutPrefix(i, "zhengcheng/internal/")
			if !ours {
				continue
			}
			to := room(pkg)
			within := from == to && (strings.HasPrefix(pkg, s.pkg+"/") || strings.HasPrefix(s.pkg, pkg+"/")) || slices.Contains(edges, [2]string{s.pkg, pkg})
			if !within && storey[from] <= storey[to] {
				t.Errorf("%s imports %s: %s may not look up to or across to %s", s.path, pkg, from, to)
			}
			if pkg == "dbtest" {
				t.Errorf("%s imports dbtest outside a test", s.path)
			}
		}
	}
}

func TestTheVerifierSharesNothing(t *testing.T) {
	for _, s := range sources(t) {
		if s.pkg != "ledger/verify" || s.test {
			continue
		}
		for _, i := range s.imports {
			if strings.HasPrefix(i, "zhengcheng/") {
				t.Errorf("%s imports %s: the verifier must share no code with the writer", s.path, i)
			}
		}
	}
}

func TestPackagesAreNamedAndDescribed(t *testing.T) {
	described, seen := map[string]bool{}, map[string]bool{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		seen[s.pkg] = true
		described[s.pkg] = described[s.pkg] || s.hasDoc
		if slices.Contains(banned, filepath.Base(s.pkg)) {
			t.Errorf("package %s says nothing about what it holds", s.pkg)
		}
	}
	for pkg := range seen {
		if !described[pkg] && pkg != "archtest" {
			t.Errorf("package %s has no package comment", pkg)
		}
	}
}

// maxLines of a file written by hand.
const maxLines = 600

func TestFilesStayShort(t *testing.T) {
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", "bin", "static", "data"}, d.Name()) {
			return filepath.SkipDir
		}
		if !slices.Contains([]string{".go", ".templ", ".sql"}, filepath.Ext(path)) || strings.HasSuffix(path, "_templ.go") {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if n := bytes.Count(raw, []byte("\n")); n > maxLines {
			t.Errorf("%s has %d lines, at most %d", path, n, maxLines)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDependenciesAreExplained(t *testing.T) {
	why, err := os.ReadFile(filepath.Join(root, "docs/decisions/0001-dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, mod := range []string{"go.mod", "e2e/go.mod"} {
		f, err := os.Open(filepath.Join(root, mod))
		if err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(f)
		for lines.Scan() {
			words := strings.Fields(strings.TrimPrefix(lines.Text(), "require "))
			if len(words) == 2 && strings.HasPrefix(words[1], "v") && !bytes.Contains(why, []byte("`"+words[0]+"`")) {
				t.Errorf("%s: %s is not explained in docs/decisions", mod, words[0])
			}
		}
		f.Close() //nolint:errcheck // only read
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
}
