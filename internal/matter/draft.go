package matter

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

func moneyOf(fen int64) money.Fen { return money.Fen(fen) }

// SaveRequest saves fields of a draft, of the form or of one line.
type SaveRequest struct {
	Matter string            `json:"-"`
	Line   string            `json:"line,omitempty"` // line id, "" for the form
	Rev    int64             `json:"rev,omitempty"`  // form or line revision the person saw
	Values map[string]string `json:"values"`
}

// Saved tells the new revision after a save.
type Saved struct {
	Rev int64  `json:"rev"`
	ID  string `json:"id,omitempty"`
}

// Stale says that a draft moved on while a person typed. Both versions are
// kept: nothing of what was typed is lost.
type Stale struct {
	Title  string
	Rev    int64             // the newest revision
	Yours  map[string]string // what was sent
	Theirs map[string]string // what is kept, for the same fields
	Form   form.Spec         // what the fields are called
}

func (s *Stale) Error() string { return "conflict: " + s.Message() }
func (s *Stale) Message() string {
	return "“" + s.Title + "”已被别人改过。下面并列两个版本，请选用或合并，您写的没有丢失"
}
func (s *Stale) ProblemKind() problem.Kind { return problem.Conflict }

// Save writes fields of a draft, guarded by the revision the person saw. A
// stale revision is a *Stale problem; bad values are Invalid at their fields
// and nothing is written.
func (e *Engine) Save(ctx context.Context, actor identity.Actor, r SaveRequest) (Saved, error) {
	var out Saved
	err := e.edit(ctx, actor, r.Matter, func(tx *db.Tx, c *Case) error {
		if r.Line != "" {
			return e.saveLine(ctx, tx, c, r, &out)
		}
		if r.Rev != c.FormRev {
			return stale(c.Title, c.FormRev, r.Values, c.Procedure.Form, c.Form)
		}
		if err := c.Procedure.Form.Apply(c.Form, r.Values, "form/"); err != nil {
			return err
		}
		out.Rev = c.FormRev + 1
		if err := e.refresh(c); err != nil {
			return err
		}
		res, err := tx.Exec(ctx, `UPDATE matter SET form = $1, form_rev = form_rev + 1, title = $2, amount = $3 WHERE id = $4 AND form_rev = $5`,
			string(c.Procedure.Form.Encode(c.Form)), c.Title, int64(c.Amount), c.ID, c.FormRev)
		return db.OneRow(res, err, problem.New(problem.Conflict, "这份草稿刚被别人存过，请对照后再存"))
	})
	return out, err
}

func stale(title string, rev int64, yours map[string]string, spec form.Spec, theirs any) error {
	s := &Stale{Title: title, Rev: rev, Yours: yours, Theirs: map[string]string{}, Form: spec}
	for k := range yours {
		s.Theirs[k] = ""
		if f, ok := spec.Field(k); ok {
			s.Theirs[k] = f.Input(theirs)
		}
	}
	return s
}

// edit runs a change of a draft the actor may change.
func (e *Engine) edit(ctx context.Context, actor identity.Actor, id string, fn func(tx *db.Tx, c *Case) error) error {
	return e.change(ctx, actor, id, (*Case).mayEdit, fn)
}

func (e *Engine) change(ctx context.Context, actor identity.Actor, id string, may func(*Case, identity.Actor) error, fn func(tx *db.Tx, c *Case) error) error {
	return e.DB.Write(ctx, func(tx *db.Tx) error {
		c, err := e.load(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if err := may(c, actor); err != nil {
			return err
		}
		return fn(tx, c)
	})
}

// CanEdit reports whether the actor may change the form and lines as they stand.
func (c *Case) CanEdit(actor identity.Actor) bool { return c.mayEdit(actor) == nil }

// CanAttach reports whether the actor may add and remove documents as things stand.
func (c *Case) CanAttach(actor identity.Actor) bool { return c.mayAttach(actor) == nil }

func (c *Case) mayAttach(actor identity.Actor) error {
	if def := c.StateDef(); def.Attach && c.Procedure.holds(actor, c, def.Holder) {
		return nil
	}
	return c.mayEdit(actor)
}

func (c *Case) mayEdit(actor identity.Actor) error {
	def := c.StateDef()
	if !def.Edit {
		return problem.New(problem.Conflict, "这份案卷已到“%s”，内容不能再改", def.Title)
	}
	p := c.Procedure
	if p.holds(actor, c, def.Holder) || c.Origin == ByProxy && c.State == Draft && p.Proxy.Side != "" && p.holds(actor, c, p.Proxy) {
		return nil
	}
	return problem.New(problem.Forbidden, "这份案卷由%s填写，您不能修改", p.Who(def.Holder))
}

func (e *Engine) saveLine(ctx context.Context, tx *db.Tx, c *Case, r SaveRequest, out *Saved) error {
	ln, err := c.line(r.Line)
	if err != nil {
		return err
	}
	if !ln.editable() {
		return problem.New(problem.Conflict, "第 %d 项没有被退回，不能修改", ln.Seq)
	}
	if r.Rev != ln.Rev {
		return stale(fmt.Sprintf("%s第 %d 项", c.Title, ln.Seq), ln.Rev, r.Values, ln.Of.Form, ln.Body)
	}
	if err := ln.Of.Form.Apply(ln.Body, r.Values, ln.Anchor("")); err != nil {
		return err
	}
	out.Rev, out.ID = ln.Rev+1, ln.ID
	if err := ln.Of.update(ctx, tx, c.ID, ln); err != nil {
		return err
	}
	return e.summarise(ctx, tx, c)
}

func (c *Case) line(id string) (Line, error) {
	for _, ln := range c.Lines {
		if ln.ID == id {
			return ln, nil
		}
	}
	what := "这一项"
	if c.Procedure.Lines != nil {
		what = "这个" + c.Procedure.Lines.Title
	}
	return Line{}, problem.Missing(what)
}

// AddLine appends a line to a draft.
func (e *Engine) AddLine(ctx context.Context, actor identity.Actor, matterID, group string, values map[string]string) (Saved, error) {
	var out Saved
	err := e.edit(ctx, actor, matterID, func(tx *db.Tx, c *Case) error {
		ln, err := e.addLine(ctx, tx, c, group, values, "")
		out = Saved{Rev: ln.Rev, ID: ln.ID}
		if err != nil {
			return err
		}
		return e.summarise(ctx, tx, c)
	})
	return out, err
}

// AddTable appends the rows of a table that was copied from a spreadsheet, all or
// none: what is wrong with any of them is said at once, each at its place. It
// reports how many.
func (e *Engine) AddTable(ctx context.Context, actor identity.Actor, matterID, group, table string) (int, error) {
	return e.addRows(ctx, actor, matterID, group, func(s form.Spec) (form.Table, error) { return s.FromTable(table) })
}

// AddSheet appends the rows of a sheet of a workbook in the same way.
func (e *Engine) AddSheet(ctx context.Context, actor identity.Actor, matterID, group string, rows [][]string, numbers []int) (int, error) {
	return e.addRows(ctx, actor, matterID, group, func(s form.Spec) (form.Table, error) { return s.FromSheet(rows, numbers) })
}

func (e *Engine) addRows(ctx context.Context, actor identity.Actor, matterID, group string, read func(form.Spec) (form.Table, error)) (int, error) {
	added := 0
	err := e.edit(ctx, actor, matterID, func(tx *db.Tx, c *Case) error {
		l, ok := c.Procedure.Group(group)
		if !ok {
			return problem.Missing("这项业务的明细")
		}
		t, err := read(l.Form)
		if err != nil {
			return err
		}
		if had := len(c.LinesOf(group)); had+len(t.Rows) > l.Max {
			return problem.Field("table", "没有写入任何内容。一份%s最多 %d 个%s，已有 %d 个，表格有 %d 个", c.Procedure.Title, l.Max, l.Title, had, len(t.Rows))
		}
		bad := map[string]string{}
		for i, values := range t.Rows {
			_, err := e.addLine(ctx, tx, c, group, values, fmt.Sprintf("row:%d/", i+1))
			var p *problem.Error
			if errors.As(err, &p) && p.Fields != nil {
				maps.Copy(bad, p.Fields)
				continue
			}
			if err != nil {
				return err
			}
		}
		if len(bad) > 0 {
			return rowsWrong(t, bad)
		}
		added = len(t.Rows)
		return e.summarise(ctx, tx, c)
	})
	return added, err
}

// rowsWrong says what is wrong with rows, the first twenty by their places.
func rowsWrong(t form.Table, bad map[string]string) error {
	keys := slices.SortedFunc(maps.Keys(bad), func(a, b string) int {
		return cmp.Or(cmp.Compare(rowOf(a), rowOf(b)), cmp.Compare(a, b))
	})
	var said []string
	for _, k := range keys[:min(len(keys), 20)] {
		_, field, _ := strings.Cut(k, "/")
		said = append(said, t.Place(rowOf(k)-1, field)+"："+bad[k])
	}
	more := ""
	if len(keys) > 20 {
		more = fmt.Sprintf("；另有 %d 处", len(keys)-20)
	}
	return problem.Field("table", "没有写入任何内容。%s%s", strings.Join(said, "；"), more)
}

func rowOf(key string) int {
	var n int
	_, _ = fmt.Sscanf(key, "row:%d/", &n) // the keys are written above
	return n
}

func (e *Engine) addLine(ctx context.Context, tx *db.Tx, c *Case, group string, values map[string]string, at string) (Line, error) {
	l, ok := c.Procedure.Group(group)
	if !ok {
		return Line{}, problem.Missing("这项业务的明细")
	}
	if l.Fixed {
		return Line{}, problem.New(problem.Conflict, "%s由系统列出，不能自行增加", l.Title)
	}
	ln := Line{Of: l, Body: l.Form.New()}
	if err := l.Form.Apply(ln.Body, values, at); err != nil {
		return Line{}, err
	}
	return c.put(ctx, tx, ln)
}

// put appends a line to the case.
func (c *Case) put(ctx context.Context, tx *db.Tx, ln Line) (Line, error) {
	old := c.LinesOf(ln.Of.Key)
	if len(old) >= ln.Of.Max {
		return Line{}, problem.New(problem.Invalid, "一份%s最多 %d 个%s", c.Procedure.Title, ln.Of.Max, ln.Of.Title)
	}
	ln.ID, ln.Seq, ln.Rev, ln.State = NewID(), 1, 1, LineDraft
	for _, o := range old {
		ln.Seq = max(ln.Seq, o.Seq+1)
	}
	c.Lines = append(c.Lines, ln)
	return ln, ln.Of.insert(ctx, tx, c.ID, ln)
}

// PutLine appends a line as an effect of an act.
func (d *Doing) PutLine(ctx context.Context, group *Lines, body any) (Line, error) {
	return d.Case.put(ctx, d.Tx, Line{Of: group, Body: body})
}

// KeepLine writes a changed body of a line as an effect of an act.
func (d *Doing) KeepLine(ctx context.Context, ln Line) error {
	return ln.Of.update(ctx, d.Tx, d.Case.ID, ln)
}

// DropLine takes a line out as an effect of an act.
func (d *Doing) DropLine(ctx context.Context, ln Line) error {
	d.Case.Lines = slices.DeleteFunc(d.Case.Lines, func(old Line) bool { return old.ID == ln.ID })
	return d.Tx.Later(ctx, `DELETE FROM `+ln.Of.Table+` WHERE id = $1 AND matter_id = $2`, ln.ID, d.Case.ID)
}

// RemoveLine takes a line out of a draft.
func (e *Engine) RemoveLine(ctx context.Context, actor identity.Actor, matterID, lineID string) error {
	return e.edit(ctx, actor, matterID, func(tx *db.Tx, c *Case) error {
		ln, err := c.line(lineID)
		if err != nil {
			return err
		}
		if !ln.editable() {
			return problem.New(problem.Conflict, "第 %d 项没有被退回，不能删除", ln.Seq)
		}
		if ln.Of.Fixed {
			return problem.New(problem.Conflict, "%s由系统列出，不能删除", ln.Of.Title)
		}
		if err := tx.Later(ctx, `DELETE FROM `+ln.Of.Table+` WHERE id = $1 AND matter_id = $2`, ln.ID, c.ID); err != nil {
			return err
		}
		rest := c.Lines[:0]
		for _, old := range c.Lines {
			if old.ID != ln.ID {
				rest = append(rest, old)
			}
		}
		c.Lines = rest
		return e.summarise(ctx, tx, c)
	})
}

// summarise keeps what lists show of a draft.
func (e *Engine) summarise(ctx context.Context, tx *db.Tx, c *Case) error {
	if err := e.refresh(c); err != nil {
		return err
	}
	return tx.Later(ctx, `UPDATE matter SET title = $1, amount = $2, items = $3 WHERE id = $4`, c.Title, int64(c.Amount), c.Items, c.ID)
}

// Attach records a stored document at a case. It may be added by whoever may
// edit the case; a kind the procedure does not ask for is Invalid.
func (e *Engine) Attach(ctx context.Context, actor identity.Actor, matterID, kind string, st attachment.Stored) (attachment.File, error) {
	var f attachment.File
	err := e.change(ctx, actor, matterID, (*Case).mayAttach, func(tx *db.Tx, c *Case) error {
		if !c.Procedure.needs(kind) {
			return problem.Field("kind", "这份案卷不需要这种文件")
		}
		var err error
		f, err = attachment.Add(ctx, tx, c.Jurisdiction, c.ID, kind, st, actor.ID, c.Now.UnixMilli())
		return err
	})
	if errors.Is(err, attachment.ErrPurged) {
		return f, errors.Join(err, e.Store.Shred(st.Digest))
	}
	return f, err
}

// Detach takes a document out of a draft.
func (e *Engine) Detach(ctx context.Context, actor identity.Actor, matterID, fileID string) error {
	return e.change(ctx, actor, matterID, (*Case).mayAttach, func(tx *db.Tx, c *Case) error {
		return attachment.Remove(ctx, tx, c.ID, fileID, c.Now.UnixMilli())
	})
}

func (p *Procedure) needs(kind string) bool {
	for _, n := range p.Needs {
		if n.Kind == kind {
			return true
		}
	}
	return kind == "other"
}
