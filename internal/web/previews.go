package web

import (
	"sync"
	"time"

	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/planning/unitplan/workbook"
	"zhengcheng/internal/problem"
)

// Limits of the previews that wait to be confirmed.
const (
	previewLife  = 30 * time.Minute
	previewBytes = 256 << 20 // of all of them; the oldest make room
	previewsEach = 5         // of one person
)

// previews holds imports until they are confirmed. A preview lives in memory
// only, belongs to who made it and is forgotten after half an hour. The file is
// kept with it for reading again, unless anything in it speaks of secrets.
type previews struct {
	mu      sync.Mutex
	open    map[string]*pending
	reading chan struct{} // two workbooks at a time are taken apart
}

// pending is one import on its way.
type pending struct {
	confirming sync.Mutex // one confirmation at a time
	idem       string     // of the one that came to done

	key, person string
	year        int64
	size        int   // of the file as uploaded, bytes
	uploaded    int64 // unix milliseconds of the city's clock
	at          time.Time

	mu      sync.Mutex // what follows changes with reading again and confirming
	opts    workbook.Options
	preview *workbook.Preview
	raw     []byte // nil when it may not be kept
	done    *unitplan.Imported
}

func newPreviews() *previews {
	return &previews{open: map[string]*pending{}, reading: make(chan struct{}, 2)}
}

// state is what a page shows of a pending import.
type state struct {
	opts    workbook.Options
	preview *workbook.Preview
	raw     []byte
	done    *unitplan.Imported
}

func (p *pending) state() state {
	p.mu.Lock()
	defer p.mu.Unlock()
	return state{p.opts, p.preview, p.raw, p.done}
}

func (p *pending) weight() int {
	s := p.state()
	return s.preview.Size() + len(s.raw)
}

// show replaces what was read; the file is let go when it may not be kept.
func (p *pending) show(opts workbook.Options, v *workbook.Preview, raw []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.opts, p.preview, p.raw = opts, v, nil
	if v.Clean {
		p.raw = raw
	}
}

// put keeps a new preview and returns its key.
func (i *previews) put(p *pending) string {
	p.key, p.at = matter.NewID(), time.Now()
	i.mu.Lock()
	defer i.mu.Unlock()
	i.open[p.key] = p
	i.tidy(p)
	return p.key
}

// tidy forgets what is too old, too much of one person or too much of all, the
// oldest first, but never the one just touched.
func (i *previews) tidy(touched *pending) {
	total, mine := 0, 0
	for k, p := range i.open {
		if time.Since(p.at) > previewLife {
			delete(i.open, k)
			continue
		}
		total += p.weight()
		if p.person == touched.person {
			mine++
		}
	}
	for total > previewBytes || mine > previewsEach {
		var oldest *pending
		for _, p := range i.open {
			if p != touched && (mine <= previewsEach || p.person == touched.person) && (oldest == nil || p.at.Before(oldest.at)) {
				oldest = p
			}
		}
		if oldest == nil {
			break
		}
		delete(i.open, oldest.key)
		total -= oldest.weight()
		if oldest.person == touched.person {
			mine--
		}
	}
}

// weigh makes room after a preview has grown.
func (i *previews) weigh(p *pending) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.tidy(p)
}

// get finds a preview of a person; of others, and of times gone by, there is none.
func (i *previews) get(key, person string) (*pending, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	p, ok := i.open[key]
	if !ok || p.person != person || time.Since(p.at) > previewLife {
		return nil, problem.New(problem.NotFound, "没有这次导入的预览，或者已过 30 分钟，请重新上传原表")
	}
	return p, nil
}

// read takes a workbook apart, two at a time.
func (i *previews) read(fn func() (*workbook.Preview, error)) (*workbook.Preview, error) {
	i.reading <- struct{}{}
	defer func() { <-i.reading }()
	return fn()
}
