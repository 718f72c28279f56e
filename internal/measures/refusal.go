package measures

import (
	"fmt"

	"zhengcheng/internal/problem"
)

// Refusal is the answer of rules that do not let an act pass: blocked, or a
// warning that nobody has answered.
type Refusal struct{ Findings []Finding }

func (r *Refusal) Error() string { return "blocked: " + r.Message() }

// Message says in a sentence what stands in the way.
func (r *Refusal) Message() string {
	blocks, warns := Blocking(r.Findings), Unanswered(r.Findings)
	switch {
	case len(blocks) > 0:
		return fmt.Sprintf("有 %d 项不符合要求，还不能办理：%s", len(blocks), blocks[0].Message)
	case len(warns) > 0:
		return fmt.Sprintf("有 %d 项提示需要说明理由：%s", len(warns), warns[0].Message)
	}
	return "不符合要求"
}

// ProblemKind makes it a blocked problem.
func (r *Refusal) ProblemKind() problem.Kind { return problem.Blocked }
