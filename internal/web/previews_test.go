package web

import (
	"testing"
	"time"

	"zhengcheng/internal/planning/unitplan/workbook"
	"zhengcheng/internal/problem"
)

// waiting is a preview of a person whose file has a size in megabytes.
func waiting(person string, megabytes int) *pending {
	p := &pending{person: person}
	p.show(workbook.Options{}, &workbook.Preview{Clean: true}, make([]byte, megabytes<<20))
	return p
}

func TestPreviewsAreBounded(t *testing.T) {
	i := newPreviews()
	there := func(p *pending) bool {
		_, err := i.get(p.key, p.person)
		return err == nil
	}
	first, second, third := waiting("a", 100), waiting("b", 100), waiting("c", 100)
	for n, p := range []*pending{first, second, third} {
		i.put(p)
		p.at = p.at.Add(time.Duration(n-10) * time.Second)
	}
	if there(first) || !there(second) || !there(third) {
		t.Errorf("300 MB of previews: %v %v %v, want the oldest gone", there(first), there(second), there(third))
	}

	var mine []*pending
	for n := range previewsEach + 1 {
		p := waiting("d", 1)
		i.put(p)
		p.at = p.at.Add(time.Duration(n-9) * time.Second)
		mine = append(mine, p)
	}
	if there(mine[0]) || !there(mine[1]) || !there(mine[previewsEach]) || !there(second) {
		t.Errorf("one person keeps more than %d, or loses another's", previewsEach)
	}

	third.at = time.Now().Add(-previewLife - time.Second)
	if there(third) {
		t.Error("a preview outlives its half hour")
	}
	if _, err := i.get(second.key, "c"); !problem.Is(err, problem.NotFound) {
		t.Errorf("another person's preview: %v", err)
	}
}

// A file in which anything speaks of secrets is let go, also when only reading
// it again shows that it does.
func TestAnUncleanFileIsLetGo(t *testing.T) {
	p := waiting("a", 1)
	if p.state().raw == nil {
		t.Fatal("a clean file is not kept")
	}
	p.show(workbook.Options{}, &workbook.Preview{}, p.state().raw)
	if p.state().raw != nil {
		t.Error("an unclean file is kept")
	}
}
