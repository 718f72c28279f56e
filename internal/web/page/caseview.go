package page

import (
	"fmt"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
)

// lineColumns are the fields a table of lines shows: the name, then choices
// and amounts, at most five.
func lineColumns(l *matter.Lines) []form.Field {
	all := l.Form.Fields()
	out := all[:1:1]
	for _, f := range all[1:] {
		if len(out) < 4 && (f.Required || f.Kind == form.Money) {
			out = append(out, f)
		}
	}
	return out
}

func nameOr(s string) string {
	if s == "—" {
		return "（未填名称）"
	}
	return s
}

func lineState(s string) string {
	return map[string]string{matter.LineDraft: "填报中", matter.LineHeld: "已提交", matter.LineReturned: "已退回", matter.LineAccepted: "已备案"}[s]
}

func lineChange(kind string) string {
	return map[string]string{"added": "新增", "removed": "删去", "changed": "有改动"}[kind]
}

func filesOf(all []attachment.File, kind string) []attachment.File {
	var out []attachment.File
	for _, f := range all {
		if f.Kind == kind {
			out = append(out, f)
		}
	}
	return out
}

func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", max(1, n>>10))
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

func answerOf(v CaseView, f measures.Finding) string {
	if a := v.Answers[f.RuleID]; a != "" {
		return a
	}
	return f.Reason
}

// earlier reports whether an older version was handed in before entry i.
func earlier(all []matter.Entry, i int) bool {
	for _, n := range all[i+1:] {
		if n.Frozen {
			return true
		}
	}
	return false
}
