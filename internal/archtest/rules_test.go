package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"
)

// A rule whose judgement compares amounts, dates or counts must say so, for then
// the book demands a boundary example. Comparing with 0 or with a length only
// asks whether something is there.
func TestARuleThatComparesSaysSo(t *testing.T) {
	rules := 0
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), s.path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			part := map[string]ast.Expr{}
			for _, e := range lit.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok {
					if k, ok := kv.Key.(*ast.Ident); ok {
						part[k.Name] = kv.Value
					}
				}
			}
			id, isRule := part["ID"].(*ast.BasicLit)
			judge, isFunc := part["Judge"].(*ast.FuncLit)
			if !isRule || !isFunc {
				return true
			}
			rules++
			says, ok := part["Boundary"].(*ast.Ident)
			if compares(judge) && (!ok || says.Name != "true") {
				t.Errorf("%s: rule %s compares and does not say Boundary", s.path, id.Value)
			}
			return true
		})
	}
	if rules < 60 {
		t.Errorf("only %d rules found", rules)
	}
}

func compares(judge *ast.FuncLit) bool {
	found := false
	ast.Inspect(judge, func(n ast.Node) bool {
		b, ok := n.(*ast.BinaryExpr)
		if ok && slices.Contains([]token.Token{token.LSS, token.GTR, token.LEQ, token.GEQ}, b.Op) && !presence(b.X) && !presence(b.Y) {
			found = true
		}
		return true
	})
	return found
}

// presence reports whether comparing with the expression only asks for presence.
func presence(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e.Value == "0" || e.Value == "1"
	case *ast.CallExpr:
		f, ok := e.Fun.(*ast.Ident)
		return ok && f.Name == "len"
	}
	return false
}
