package app_test

import (
	"testing"

	"zhengcheng/internal/acceptance/archive"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/matter"
)

// What a case about a project carries has a row of its own in the archive list; only
// what nobody foresaw goes to the last.
func TestEveryDocumentHasItsPlaceInTheArchive(t *testing.T) {
	t.Parallel()
	_, list := lawBook(t)
	places := archive.ListAt(calendar.Date("2026-09-20"))
	seen := 0
	for _, p := range list {
		if p.About.Kind != matter.AboutProject && p.Key != "reserve" && p.Key != "existing" && p.Key != "supplement" || p.Key == archive.Key || p.Key == "scope" {
			continue
		}
		for _, n := range p.Needs {
			seen++
			if places.Place(p.Key, n.Kind) == "" {
				t.Errorf("%s of %s has no row in the archive list", n.Kind, p.Key)
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d kinds of documents seen", seen)
	}
}
