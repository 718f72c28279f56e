package review

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"

	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/problem"
)

// RecordFormat names the layout of a draw record and the rule of the draw.
const RecordFormat = "zhengcheng-draw-1"

// Method is the rule of the draw in words, for whoever repeats it by hand.
const Method = "候选人标记 = SM3(种子 + 换行 + 标识)，取十六进制小写；未回避的按标记从小到大排名次，取前 size 名；回避的排在最后。有人申明回避或离岗的，由名次在后、尚未参加的第一人替补；其间已出库或须回避的跳过并记明。"

// Record is a draw as it is given out: whoever has it can repeat the draw with
// Repeat, or by hand, and needs nothing else.
type Record struct {
	Format        string         `json:"format"`
	Method        string         `json:"method"`
	Case          string         `json:"case"`
	Title         string         `json:"title"`
	Event         string         `json:"event"` // the act of the draw in the tamper-evident record
	DrawnAt       string         `json:"drawn_at"`
	Seed          string         `json:"seed"`
	Size          int            `json:"size"`
	Field         string         `json:"field,omitempty"`  // drawn from the experts of one field only
	Agency        string         `json:"agency,omitempty"` // drawn from the people of one agency only
	Candidates    []Ticket       `json:"candidates"`
	Substitutions []Substitution `json:"substitutions"`
}

// Ticket is a candidate with the mark that ranks them.
type Ticket struct {
	Candidate
	Mark string `json:"mark"`
}

// RecordOf is the newest draw of a case. It is withheld from those from whom the
// panel is veiled: a case without a draw they may know of is NotFound.
func RecordOf(ctx context.Context, e *matter.Engine, actor identity.Actor, c *matter.Case) (Record, error) {
	missing := problem.Missing("这份案卷的抽取记录")
	veiled, err := e.Veiled(ctx, actor, c)
	if err != nil {
		return Record{}, err
	}
	if veiled {
		return Record{}, missing
	}
	notes, err := matter.Notes(ctx, e.DB.Reader(ctx), c, DrawPart, SubstitutePart)
	if err != nil {
		return Record{}, err
	}
	var r Record
	for _, n := range notes {
		if len(n.Body) == 0 {
			continue // purged
		}
		if n.Name == DrawPart {
			if r, err = recordFrom(c, n); err != nil {
				return Record{}, err
			}
			continue
		}
		var s Substitution
		if err := json.Unmarshal(n.Body, &s); err != nil {
			return Record{}, fmt.Errorf("substitution of %s: %w", c.ID, err)
		}
		r.Substitutions = append(r.Substitutions, s)
	}
	if r.Seed == "" {
		return Record{}, missing
	}
	return r, nil
}

func recordFrom(c *matter.Case, n matter.NoteOf) (Record, error) {
	var d Drawing
	if err := json.Unmarshal(n.Body, &d); err != nil {
		return Record{}, fmt.Errorf("draw of %s: %w", c.ID, err)
	}
	r := Record{Format: RecordFormat, Method: Method, Case: c.ID, Title: c.Title, Event: n.Event, DrawnAt: matter.Time(n.At).Format("2006-01-02T15:04:05.000-07:00"),
		Seed: d.Seed, Size: d.Size, Field: form.Label(Specialities, d.Field), Agency: d.Agency, Substitutions: []Substitution{}}
	for _, k := range d.Candidates {
		r.Candidates = append(r.Candidates, Ticket{Candidate: k, Mark: digest(d.Seed, k.ID)})
	}
	return r, nil
}

// Result says what became of a candidate.
func (r Record) Result(c Candidate) string {
	if c.Out != "" {
		return "没有参加抽取：" + c.Out
	}
	out := drawn(c)
	for _, s := range r.Substitutions {
		switch c.ID {
		case s.In:
			out = "替补"
		case s.Out:
			out += map[bool]string{false: "，申明回避", true: "，离岗"}[s.Left]
		}
		for _, p := range s.Passed {
			if p.ID == c.ID {
				out += "，未递补：" + p.Why
			}
		}
	}
	return out
}

// Repeat makes the draw again from the record alone and says what of it differs
// first, in the order of the record; nil when the record agrees with its rule.
func (r Record) Repeat() error {
	if r.Format != RecordFormat {
		return fmt.Errorf("不是抽取记录，或版本不认识：format 为“%s”，应为“%s”", r.Format, RecordFormat)
	}
	if r.Seed == "" || r.Size < 1 || len(r.Candidates) == 0 {
		return fmt.Errorf("记录不完整：没有种子、人数或候选人")
	}
	var all []Candidate
	seen := map[string]int{}
	for i, k := range r.Candidates {
		if first, twice := seen[k.ID]; twice {
			return fmt.Errorf("第 %d 人和第 %d 人标识相同：%s", first+1, i+1, k.ID)
		}
		seen[k.ID] = i
		if want := digest(r.Seed, k.ID); k.Mark != want {
			return fmt.Errorf("第 %d 人 %s 的标记不对：记录为 %s，按种子和标识应为 %s", i+1, k.Name, k.Mark, want)
		}
		all = append(all, Candidate{ID: k.ID, Name: k.Name, Employer: k.Employer, Out: k.Out})
	}
	again := Draw(r.Seed, r.Size, all)
	for i, want := range again.Candidates {
		got := r.Candidates[i].Candidate
		switch {
		case got.ID != want.ID:
			return fmt.Errorf("第 %d 位不对：记录为 %s（%s），按规则应为 %s（%s）", i+1, got.Name, got.ID, want.Name, want.ID)
		case got.Rank != want.Rank:
			return fmt.Errorf("第 %d 位 %s 的名次不对：记录为 %d，按规则应为 %d", i+1, got.Name, got.Rank, want.Rank)
		case got.Drawn != want.Drawn:
			return fmt.Errorf("第 %d 位 %s 记录为%s，按规则应为%s", i+1, got.Name, drawn(got), drawn(want))
		}
	}
	if n := len(again.Panel()); n != r.Size {
		return fmt.Errorf("应抽 %d 人，可抽的只有 %d 人", r.Size, n)
	}
	return r.repeatSubstitutions(again)
}

func (r Record) repeatSubstitutions(d Drawing) error {
	had := map[string]bool{}
	for _, k := range d.Panel() {
		had[k.ID] = true
	}
	for i, s := range r.Substitutions {
		if !had[s.Out] {
			return fmt.Errorf("第 %d 次替补不对：%s 不在评审席上", i+1, s.Out)
		}
		skip := maps.Clone(had)
		for _, p := range s.Passed {
			next, _ := d.Next(skip)
			if p.ID != next.ID {
				return fmt.Errorf("第 %d 次替补不对：记录跳过“%s”，按名次轮到 %s（%s）", i+1, p.ID, next.Name, next.ID)
			}
			skip[p.ID] = true
		}
		next, _ := d.Next(skip)
		if s.In != next.ID {
			return fmt.Errorf("第 %d 次替补不对：记录为“%s”，按名次应为 %s（%s）", i+1, s.In, next.Name, next.ID)
		}
		had[next.ID] = next.ID != ""
	}
	return nil
}

func drawn(c Candidate) string {
	switch {
	case c.Drawn:
		return "抽中"
	case c.Out != "":
		return "回避"
	}
	return "候补"
}
