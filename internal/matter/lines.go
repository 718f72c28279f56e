package matter

import (
	"context"
	"fmt"
	"strings"

	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/problem"
)

// Line states. A returned line may be changed while the others are held.
const (
	LineDraft    = "draft"
	LineHeld     = "held"
	LineReturned = "returned"
	LineAccepted = "accepted"
)

// Lines are rows a case owns, in a table of the procedure with the columns id,
// matter_id, seq, rev, state, note and one column per field.
type Lines struct {
	Key   string // "" for the main lines of a procedure
	Table string
	Title string // what one line is, such as 项目
	Max   int    // most lines of one case
	Fixed bool   // rows come from the program; people fill them in but add and remove none
	Below bool   // further rows that the page of the case lists below the main ones
	Form  form.Spec
	// Derive fills columns that follow from the fields, such as a normal name.
	Derive func(body any)
	// Derived are the further columns Derive fills.
	Derived []form.Field
}

// Line is one row of a case, with a revision of its own.
type Line struct {
	Of    *Lines
	ID    string
	Seq   int64
	Rev   int64
	State string
	Note  string
	Body  any
}

// BodyOf gives the typed body of a line.
func BodyOf[T any](l Line) *T { return l.Body.(*T) }

func (l *Lines) fields() []form.Field { return append(l.Form.Fields(), l.Derived...) }

func (l *Lines) columns(prefix string) string {
	var b strings.Builder
	for _, f := range l.fields() {
		b.WriteString(", " + prefix + f.Key)
	}
	return b.String()
}

func (l *Lines) scan(s db.Scanner) (Line, error) {
	ln := Line{Of: l, Body: l.Form.New()}
	dest := []any{&ln.ID, &ln.Seq, &ln.Rev, &ln.State, &ln.Note}
	for _, f := range l.fields() {
		dest = append(dest, f.Dest(ln.Body))
	}
	return ln, s.Scan(dest...)
}

func (l *Lines) ask(out *[]Line, matterID string) db.Ask {
	return db.Into(out, l.scan, `SELECT id, seq, rev, state, note`+l.columns("")+` FROM `+l.Table+` WHERE matter_id = $1 ORDER BY seq, id`, matterID)
}

// Where reads the first line of a case on which a column has a value, nil when
// there is none. The column is one of the declared fields.
func (l *Lines) Where(ctx context.Context, q db.Querier, matterID, column, value string) (*Line, error) {
	ln, err := db.One(ctx, q, l.scan, `SELECT id, seq, rev, state, note`+l.columns("")+` FROM `+l.Table+` WHERE matter_id = $1 AND `+column+` = $2 ORDER BY seq, id LIMIT 1`, matterID, value)
	if db.None(err) {
		return nil, nil
	}
	return &ln, err
}

func (l *Lines) insert(ctx context.Context, tx *db.Tx, matterID string, ln Line) error {
	if l.Derive != nil {
		l.Derive(ln.Body)
	}
	var args db.Args
	marks := []string{args.Add(ln.ID), args.Add(matterID), args.Add(ln.Seq), args.Add(ln.Rev), args.Add(ln.State)}
	for _, f := range l.fields() {
		marks = append(marks, args.Add(f.Raw(ln.Body)))
	}
	return tx.Later(ctx, `INSERT INTO `+l.Table+` (id, matter_id, seq, rev, state`+l.columns("")+`) VALUES (`+strings.Join(marks, ", ")+`)`, args.List()...)
}

func (l *Lines) update(ctx context.Context, tx *db.Tx, matterID string, ln Line) error {
	if l.Derive != nil {
		l.Derive(ln.Body)
	}
	var args db.Args
	sets := []string{"rev = rev + 1"}
	for _, f := range l.fields() {
		sets = append(sets, f.Key+" = "+args.Add(f.Raw(ln.Body)))
	}
	res, err := tx.Exec(ctx, `UPDATE `+l.Table+` SET `+strings.Join(sets, ", ")+
		` WHERE id = `+args.Add(ln.ID)+` AND matter_id = `+args.Add(matterID)+` AND rev = `+args.Add(ln.Rev), args.List()...)
	return db.OneRow(res, err, problem.New(problem.Conflict, "这一%s刚被别人改过，请对照后再存", l.Title))
}

// move changes the state of lines; returned lines carry the reason.
func (l *Lines) move(ctx context.Context, tx *db.Tx, c *Case, m LineMove, selected []string, note string) error {
	if m.To == "" {
		return nil
	}
	pick := map[string]bool{}
	if m.Selected {
		for _, id := range selected {
			pick[id] = true
		}
	}
	n := 0
	var args db.Args
	to := args.Add(m.To)
	if m.To != LineReturned {
		note = ""
	}
	mark := args.Add(note)
	var ids []string
	for i := range c.Lines {
		if c.Lines[i].Of != l || len(pick) > 0 && !pick[c.Lines[i].ID] {
			continue
		}
		n++
		c.Lines[i].State, c.Lines[i].Note = m.To, note
		ids = append(ids, c.Lines[i].ID)
	}
	if n == 0 {
		return nil
	}
	return tx.Later(ctx, `UPDATE `+l.Table+` SET state = `+to+`, note = `+mark+` WHERE matter_id = `+args.Add(c.ID)+` AND id IN `+args.In(ids...), args.List()...)
}

// editable reports whether a line may be changed while its case is in an
// editable state: after single items were returned, only those.
func (ln Line) editable() bool { return ln.State == LineDraft || ln.State == LineReturned }

// Anchor is the place of a field of the line in findings and refusals, such as line:3/name.
func (ln Line) Anchor(field string) string { return ln.Of.at(ln.Seq) + field }

func (l *Lines) at(seq int64) string {
	if l.Key == "" {
		return fmt.Sprintf("line:%d/", seq)
	}
	return fmt.Sprintf("%s:%d/", l.Key, seq)
}

func (l *Lines) part() string {
	if l.Key == "" {
		return "lines"
	}
	return "lines:" + l.Key
}

// checkPicked refuses a selection that names lines the case does not have.
func (c *Case) checkPicked(ids []string) error {
	for _, id := range ids {
		if _, err := c.line(id); err != nil {
			return err
		}
	}
	return nil
}

// LinesOf lists the lines of one kind; "" is the main one.
func (c *Case) LinesOf(key string) []Line {
	var out []Line
	for _, ln := range c.Lines {
		if ln.Of.Key == key {
			out = append(out, ln)
		}
	}
	return out
}

// Editable reports whether the line is open to changes.
func (ln Line) Editable() bool { return ln.editable() }

// encode is the canonical JSON of all lines, for digest, history and differences.
func (l *Lines) encode(lines []Line) []byte {
	var b strings.Builder
	b.WriteByte('[')
	first := true
	for _, ln := range lines {
		if ln.Of != l {
			continue
		}
		if !first {
			b.WriteByte(',')
		}
		first = false
		fmt.Fprintf(&b, `{"id":%q,"seq":%d,"state":%q,"body":%s}`, ln.ID, ln.Seq, ln.State, l.Form.Encode(ln.Body))
	}
	b.WriteByte(']')
	return []byte(b.String())
}
