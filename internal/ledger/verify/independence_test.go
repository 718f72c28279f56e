package verify_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The verifier shares nothing with the writer: neither the project's packages
// nor the library the writer builds its tree with.
func TestTheVerifierDependsOnNoneOfTheWritersCode(t *testing.T) {
	t.Parallel()
	const self = "zhengcheng/internal/ledger/verify"
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", self).Output()
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(string(out))
	if !slices.Contains(deps, self) || !slices.Contains(deps, "crypto/ecdsa") {
		t.Fatalf("not the packages of the verifier: %v", deps)
	}
	for _, dep := range deps {
		if dep != self && (strings.HasPrefix(dep, "zhengcheng/") || strings.HasPrefix(dep, "github.com/transparency-dev/")) {
			t.Errorf("depends on %s", dep)
		}
	}
}
