package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func TestVendoredFilesMatchTheLock(t *testing.T) {
	raw, err := files.ReadFile("static/vendor.lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var lock []struct {
		Package, Licence string
		Files            map[string]string
	}
	if err := json.Unmarshal(raw, &lock); err != nil {
		t.Fatal(err)
	}
	for _, l := range lock {
		if l.Licence == "" || len(l.Files) == 0 {
			t.Errorf("%s has no licence or no files", l.Package)
		}
		for name, want := range l.Files {
			body, err := files.ReadFile("static/" + name)
			if err != nil {
				t.Error(err)
				continue
			}
			if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != want {
				t.Errorf("%s of %s was changed by hand", name, l.Package)
			}
		}
	}
}

func TestNothingIsFetchedFromElsewhere(t *testing.T) {
	remote := regexp.MustCompile(`(url\(["']?|@import\s+["']|from\s+["'])(https?:)?//`)
	for name, f := range assets() {
		if m := remote.Find(f.body); m != nil {
			t.Errorf("%s fetches from elsewhere: %s", name, m)
		}
	}
}

func TestStaticServesOnlyTheCurrentContent(t *testing.T) {
	h := Static()
	for url, want := range map[string]int{Asset("zhengcheng.css"): 200, "/static/000000000000/zhengcheng.css": 404, "/static/../ui.go": 404} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", url, nil))
		if w.Code != want {
			t.Errorf("%s: %d, want %d", url, w.Code, want)
		}
		if want == 200 && !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s may not be kept: %q", url, w.Header().Get("Cache-Control"))
		}
	}
}
