// Package page renders the pages: typed views in, HTML out. It decides nothing.
package page

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/registry"
	"zhengcheng/internal/web/ui"
)

// Shell is what stands around every page.
type Shell struct {
	Title, Here string // Here is the key of the navigation item
	Org         string // whose management it is
	Demo        string // day and time of the demo clock, "" outside the demo
	Actor       identity.Actor
	Inbox, Late int64
	Nav         []NavItem
}

// searches reports whether the person has anything to search: not the
// administrators, and not those who only sit on panels.
func (s Shell) searches() bool {
	return s.Actor.ID != "" && (s.Actor.Is(identity.Clerk) || s.Actor.Is(identity.Head) || s.Actor.Is(identity.Auditor))
}

// Org is the title of the whole, in the city of the Measures.
const Org = "六盘水市市级政务信息系统建设管理"

// NavItem is one entry of the left navigation.
type NavItem struct {
	Key, Label, Href, Icon string
	Sub                    []NavItem
}

func (n NavItem) open(here string) bool {
	for _, s := range n.Sub {
		if s.Key == here {
			return true
		}
	}
	return false
}

// said is a piece of a sentence, bold or coloured when it has a class.
type said struct{ text, class string }

// sentence joins pieces without the blanks that lines of a template would put
// between Chinese words.
func sentence(parts []said) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, p := range parts {
			text := templ.EscapeString(p.text)
			if p.class != "" {
				text = `<b class="` + templ.EscapeString(p.class) + `">` + text + `</b>`
			}
			b.WriteString(text)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// Pair is a name and a text.
type Pair struct{ Key, Text string }

// ProblemView is a refusal as scripts on a page read it.
type ProblemView struct {
	Kind    string            `json:"kind"`
	Message string            `json:"message"`
	Fields  map[string]string `json:"fields,omitempty"`
	Rev     int64             `json:"rev,omitempty"`
	Theirs  map[string]string `json:"theirs,omitempty"`
}

// once reports whether the one field that is wrong says all there is to say.
func (v *ProblemView) once() bool {
	for _, text := range v.Fields {
		return len(v.Fields) == 1 && text == v.Message
	}
	return false
}

// Problem makes a refusal readable for scripts on a page.
func Problem(err error) *ProblemView {
	v := &ProblemView{Kind: problem.KindOf(err).String(), Message: problem.Message(err)}
	var e *problem.Error
	if errors.As(err, &e) {
		v.Fields = e.Fields
	}
	var s *matter.Stale
	if errors.As(err, &s) {
		v.Rev, v.Theirs = s.Rev, s.Theirs
	}
	return v
}

// differing are the fields in which two versions of a draft differ, in the order
// of the form. A box that is not ticked is sent as 0 and kept as nothing.
func differing(s *matter.Stale) []form.Field {
	var out []form.Field
	for _, f := range s.Form.Fields() {
		if yours, sent := s.Yours[f.Key]; sent && typed(f, yours) != typed(f, s.Theirs[f.Key]) && !internal(f) {
			out = append(out, f)
		}
	}
	return out
}

// typed is a value as it is written in its input, in words where it was picked.
func typed(f form.Field, value string) string {
	switch {
	case f.Kind == form.Check && value == "1":
		return "是"
	case f.Kind == form.Check:
		return "否"
	case f.Kind == form.Choice && value != "":
		return form.Label(f.Options, value)
	}
	return value
}

func asset(name string) string { return ui.Asset(name) }

func icon(name string) string { return ui.Asset("icons.svg") + "#i-" + name }

func shape(m matter.Mark) string { return ui.Asset("icons.svg") + "#s-" + string(m) }

func wan(f money.Fen) string { return f.Wan() }

func num(n int64) string { return strconv.FormatInt(n, 10) }

func when(ms int64) string {
	if ms == 0 {
		return "—"
	}
	return matter.Time(ms).Format("01-02 15:04")
}

// stamp is a time with its year, for records that are kept.
func stamp(ms int64) string { return matter.Time(ms).Format("2006-01-02 15:04") }

func day(ms int64) string {
	if ms == 0 {
		return "—"
	}
	return string(calendar.Of(matter.Time(ms)))
}

// countdown says in words how far a due date is: the word leads, the class
// marks what is late or close.
func countdown(due, today calendar.Date) (text, class string) {
	if due == "" {
		return "无时限", ""
	}
	switch n := today.DaysUntil(due); {
	case n < 0:
		return fmt.Sprintf("逾期 %d 天", -n), "is-late"
	case n == 0:
		return "今天", "is-soon"
	case n == 1:
		return "明天", "is-soon"
	case n == 2:
		return "还有 2 天", "is-soon"
	default:
		return fmt.Sprintf("还有 %d 天", n), ""
	}
}

func warnColour(class string) string {
	return map[string]string{"is-late": "zc-red", "is-soon": "zc-amber"}[class]
}

// holder says in whose hands a case of the state is.
func holder(d matter.StateDef) string {
	switch {
	case d.Seats != nil:
		return "各席"
	case d.Final || d.Holder.Side == "":
		return "—"
	case d.Holder.Side == identity.OfficeSide:
		return identity.OfficeName(d.Holder.Office)
	case d.Holder.Side == identity.OwnerSide && d.Holder.Post == identity.Head:
		return "本单位负责人"
	case d.Holder.Side == identity.OwnerSide:
		return "本单位经办人"
	}
	return d.Holder.Title()
}

func startNote(copies bool) string {
	if copies {
		return "从上年复制、新建，或报“本年度无项目”"
	}
	return "新建，或报“本年度无项目”"
}

func clauseHref(clause string) string { return "/law?clause=" + clause + "#" + SentenceOf(clause) }

// SentenceOf is the sentence an obligation stands in.
func SentenceOf(clause string) string { return measures.SentenceOf(clause) }

func kindLabel(id string) string { return labelOf(registry.BuildKinds, id) }

func stageLabel(s registry.Stage) string { return labelOf(registry.Stages, string(s)) }

// anchors turn the place of a problem into a link on the case page.
func anchorHref(c *matter.Case, anchor string) string {
	switch {
	case anchor == "lines":
		return "#lines"
	case strings.HasPrefix(anchor, "input/"):
		return "#input-" + strings.TrimPrefix(anchor, "input/")
	case strings.Contains(anchor, ":"):
		at, field, _ := strings.Cut(anchor, "/")
		for _, ln := range c.Lines {
			if ln.Anchor("") == at+"/" {
				return "/matters/" + c.ID + "/lines/" + ln.ID + "#f-" + field
			}
		}
	case strings.HasPrefix(anchor, "form/"):
		return "#f-" + strings.TrimPrefix(anchor, "form/")
	case strings.HasPrefix(anchor, "file/"):
		return "#files"
	}
	return ""
}

func sorted(fs []measures.Finding) []measures.Finding {
	var out []measures.Finding
	for _, want := range []func(measures.Finding) bool{
		func(f measures.Finding) bool { return f.Outcome == measures.Fail && f.Effect == measures.Block },
		func(f measures.Finding) bool { return f.Outcome == measures.Fail && f.Effect == measures.Warn },
		func(f measures.Finding) bool { return f.Outcome == measures.Pass },
	} {
		for _, f := range fs {
			if want(f) {
				out = append(out, f)
			}
		}
	}
	return out
}

// shownPasses are how many passed rules stand open beside the form.
const shownPasses = 6

// worst are the findings to show, worst first, and the passes that are folded.
func worst(fs []measures.Finding) (first, rest []measures.Finding) {
	all := sorted(fs)
	_, _, ok := tally(fs)
	if cut := len(all) - max(0, ok-shownPasses); cut < len(all)-1 {
		return all[:cut], all[cut:]
	}
	return all, nil
}

func tally(fs []measures.Finding) (stop, warn, ok int) {
	for _, f := range fs {
		switch {
		case f.Outcome == measures.Pass:
			ok++
		case f.Outcome == measures.Fail && f.Effect == measures.Block:
			stop++
		case f.Outcome == measures.Fail:
			warn++
		}
	}
	return
}

// percent is the width of a bar, never over 100 %.
func percent(part, whole int64) string {
	if whole <= 0 || part <= 0 {
		return "0%"
	}
	return strconv.FormatInt(min(100, part*100/whole), 10) + "%"
}
