package matter

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/problem"
)

// What must never have been handed in (Article 30) is purged by an act of another
// case: documents lose their bytes wherever they are attached, texts are taken out of
// everything that came of their case and of the bodies the record keeps. What was there, when, and by whom it
// was purged stays; the record stands, because it vouches for bodies by their digests.

// Tombstone stands where a text was purged.
const Tombstone = "（已清除）"

// within is from how many characters on a text is also taken out of the middle of
// others: a shorter one may stand there by chance and goes only where it stands alone.
const within = 8

// Kinds of targets.
const (
	purgeFile   = "file"   // a document, by its id
	purgeField  = "form"   // a text of the form, by its key
	purgeLine   = "line"   // the texts of a line, by its id
	purgeReason = "reason" // the reason of an act, by its event
)

// Bare is a case with what people wrote into it and nothing else, for procedures about
// other cases; db.ErrNone where there is none of these procedures.
func Bare(ctx context.Context, q db.Querier, procedures []*Procedure, id string) (*Case, error) {
	var procedure, raw string
	c, err := db.One(ctx, q, func(s db.Scanner) (*Case, error) {
		var c Case
		err := s.Scan(&c.ID, &c.Jurisdiction, &procedure, &c.Title, &c.UnitID, &c.Year, &raw, &c.SubmittedAt)
		return &c, err
	}, `SELECT id, jurisdiction, procedure, title, unit_id, year, form, submitted_at FROM matter WHERE id = $1`, id)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(procedures, func(p *Procedure) bool { return p.Key == procedure })
	if i < 0 {
		return nil, db.ErrNone
	}
	c.Procedure = procedures[i]
	if c.Form, err = c.Procedure.Form.Decode([]byte(raw)); err != nil {
		return nil, err
	}
	groups := c.Procedure.Groups()
	lines, asks := make([][]Line, len(groups)), []db.Ask(nil)
	for i, g := range groups {
		asks = append(asks, g.ask(&lines[i], c.ID))
	}
	err = db.Together(ctx, q, asks...)
	c.Lines = slices.Concat(lines...)
	return c, err
}

// Purgeable lists what of a case may be purged: every document that was ever attached
// to it and every text that people wrote; what stays veiled within an office aside.
func Purgeable(ctx context.Context, q db.Querier, c *Case) ([]form.Option, error) {
	files, err := attachment.Ever(ctx, q, c.ID)
	if err != nil {
		return nil, err
	}
	var out []form.Option
	add := func(kind, id, format string, args ...any) {
		out = append(out, form.Option{ID: kind + ":" + id, Label: fmt.Sprintf(format, args...)})
	}
	for _, f := range files {
		switch {
		case f.PurgedAt != 0:
		case f.Removed:
			add(purgeFile, f.ID, "附件（已移除）：%s", f.Name)
		default:
			add(purgeFile, f.ID, "附件：%s", f.Name)
		}
	}
	for _, f := range c.Procedure.Form.Fields() {
		if written(f, c.Form) != "" {
			add(purgeField, f.Key, "填写的内容：%s", f.Label)
		}
	}
	for _, ln := range c.Lines {
		if len(texts(ln.Of.Form, ln.Body)) > 0 {
			add(purgeLine, ln.ID, "%s第 %d 项的文字", ln.Of.Title, ln.Seq)
		}
	}
	acts, err := db.All(ctx, q, func(s db.Scanner) (Entry, error) {
		var n Entry
		err := s.Scan(&n.Event, &n.Action, &n.From, &n.At)
		return n, err
	}, `SELECT e.id, e.action, e.from_state, e.at FROM event e JOIN event_part p ON p.event_id = e.id AND p.name = 'reason' WHERE e.matter_id = $1 AND p.purged_at = 0 AND (e.capacity = 'owner' OR e.to_state = 'draft') ORDER BY e.id`, c.ID)
	for _, n := range acts {
		add(purgeReason, n.Event, "%s %s的理由", calendar.Of(Time(n.At)), c.Procedure.actTitle(n))
	}
	return out, err
}

// written is what a person wrote into a field, "" where the program fills it in, where
// it is no text and where it was purged.
func written(f form.Field, v any) string {
	if f.ReadOnly || f.Kind != form.Text && f.Kind != form.Long {
		return ""
	}
	if s := strings.TrimSpace(f.Input(v)); s != Tombstone {
		return s
	}
	return ""
}

func texts(s form.Spec, v any) []string {
	var out []string
	for _, f := range s.Fields() {
		if t := written(f, v); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// Purged tells what a purge came to, without saying what it was.
type Purged struct {
	Copies int64            `json:"copies,omitempty"` // of a document
	Digest string           `json:"digest,omitempty"` // SM3 of the document
	Parts  int64            `json:"parts,omitempty"`  // bodies of the record
	Rows   map[string]int64 `json:"rows,omitempty"`   // by table
}

const purgedPart = "purged"

// Seal closes the document that the case asks to purge, until it is purged or given up;
// a text is not closed.
func (d *Doing) Seal(ctx context.Context, target string) error {
	if kind, id, _ := strings.Cut(target, ":"); kind == purgeFile {
		return attachment.Seal(ctx, d.Tx, id, d.Case.ID)
	}
	return nil
}

// Unseal opens again what the case has sealed.
func (d *Doing) Unseal(ctx context.Context) error { return attachment.Unseal(ctx, d.Tx, d.Case.ID) }

// Purge purges a target of another case, as Purgeable names it, with all that was ever
// written there. Nothing is there any more: Conflict.
func (d *Doing) Purge(ctx context.Context, matterID, target string) (Purged, error) {
	p := Purged{Rows: map[string]int64{}}
	c, err := d.Engine.load(ctx, d.Tx, identity.System(d.Case.Jurisdiction), matterID)
	if err != nil {
		return p, err
	}
	kind, id, _ := strings.Cut(target, ":")
	gone := problem.New(problem.Conflict, "要清除的内容已经不在那里，请退回经办人核对")
	switch kind {
	case purgeFile:
		err = d.purgeFile(ctx, c, id, &p)
	case purgeField:
		err = d.purgeField(ctx, c, id, &p)
	case purgeLine:
		err = d.purgeLine(ctx, c, id, &p)
	case purgeReason:
		var said string
		said, err = db.Value[string](ctx, d.Tx, `SELECT p.body FROM event e JOIN event_part p ON p.event_id = e.id AND p.name = 'reason' WHERE e.matter_id = $1 AND e.id = $2 AND p.purged_at = 0`, c.ID, id)
		if err == nil {
			err = d.erase(ctx, c, []string{said}, &p)
		}
	default:
		err = gone
	}
	if db.None(err) || err == nil && p.Copies == 0 && p.Parts == 0 && len(p.Rows) == 0 {
		return p, gone
	}
	if err != nil {
		return p, err
	}
	d.purged = append(slices.Sorted(maps.Keys(p.Rows)), "event_part", "attachment")
	raw, err := json.Marshal(p)
	d.Note(purgedPart, raw)
	return p, err
}

func (d *Doing) purgeFile(ctx context.Context, c *Case, id string, p *Purged) error {
	files, err := attachment.Ever(ctx, d.Tx, c.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(files, func(f attachment.File) bool { return f.ID == id && f.PurgedAt == 0 })
	if i < 0 {
		return db.ErrNone
	}
	if p.Digest, p.Copies, err = attachment.Purge(ctx, d.Tx, id, d.Case.ID, d.Case.Now.UnixMilli()); err != nil {
		return err
	}
	return d.erase(ctx, c, []string{files[i].Name}, p)
}

// purgeField empties a text of the form, whatever stood there in any version.
func (d *Doing) purgeField(ctx context.Context, c *Case, key string, p *Purged) error {
	f, ok := c.Procedure.Form.Field(key)
	if !ok {
		return db.ErrNone
	}
	was := []string{written(f, c.Form)}
	versions, err := d.versions(ctx, c, "form")
	if err != nil {
		return err
	}
	for _, raw := range versions {
		v, err := c.Procedure.Form.Decode([]byte(raw))
		if err != nil {
			return err
		}
		was = append(was, written(f, v))
	}
	if was[0] != "" {
		entomb(f, c.Form)
		if err := d.Engine.refresh(c); err != nil {
			return err
		}
		if err := d.Tx.Later(ctx, `UPDATE matter SET form = $1, form_rev = form_rev + 1, title = $2 WHERE id = $3`, string(c.Procedure.Form.Encode(c.Form)), c.Title, c.ID); err != nil {
			return err
		}
		p.Rows["matter"]++
	}
	return d.erase(ctx, c, was, p)
}

// purgeLine empties the texts of a line, whatever stood there in any version.
func (d *Doing) purgeLine(ctx context.Context, c *Case, id string, p *Purged) error {
	ln, err := c.line(id)
	if err != nil {
		return err
	}
	was := texts(ln.Of.Form, ln.Body)
	versions, err := d.versions(ctx, c, ln.Of.part())
	if err != nil {
		return err
	}
	for _, raw := range versions {
		old, err := ln.Of.decode([]byte(raw))
		if err != nil {
			return err
		}
		for _, o := range old {
			if o.ID == id {
				was = append(was, texts(ln.Of.Form, o.Body)...)
			}
		}
	}
	for _, f := range ln.Of.Form.Fields() {
		if written(f, ln.Body) != "" {
			entomb(f, ln.Body)
		}
	}
	if err := ln.Of.update(ctx, d.Tx, c.ID, ln); err != nil {
		return err
	}
	p.Rows[ln.Of.Table]++
	return d.erase(ctx, c, was, p)
}

func entomb(f form.Field, v any) {
	if f.Set(v, Tombstone) != nil {
		_ = f.Set(v, "") // too short a field for the tombstone
	}
}

func (d *Doing) versions(ctx context.Context, c *Case, part string) ([]string, error) {
	return db.Column[string](ctx, d.Tx, `SELECT p.body FROM event e JOIN event_part p ON p.event_id = e.id AND p.name = $1 WHERE e.matter_id = $2 AND p.purged_at = 0 ORDER BY e.id`, part, c.ID)
}

// kept are the tables a purge leaves alone: the record, whose bodies are emptied whole,
// and what holds no text of cases.
var kept = []string{"event", "event_part", "event_pending", "ledger_entry", "ledger_node", "ledger_checkpoint", "lease", "goose_db_version", "session", "api_token", "jurisdiction", "unit", "person",
	"person_role", "workday", "number_series", "search_posting", "purge_near", "attachment"}

// erase takes texts out of whatever belongs to the case, and empties the bodies of the
// record that hold them. The same words elsewhere, such as a sentence that all plans
// repeat, stay.
func (d *Doing) erase(ctx context.Context, c *Case, was []string, p *Purged) error {
	was = slices.DeleteFunc(was, func(t string) bool { return t == "" || t == Tombstone })
	tables, err := d.tables(ctx)
	if err != nil {
		return err
	}
	if err := d.gatherNear(ctx, c, tables); err != nil {
		return err
	}
	for _, n := range spellings(was) {
		for _, t := range tables {
			if err := d.eraseFrom(ctx, t, n, p); err != nil {
				return fmt.Errorf("purge %s: %w", t.name, err)
			}
		}
		res, err := d.Tx.Exec(ctx, `UPDATE event_part SET body = '', purged_at = $2 WHERE purged_at = 0 AND `+n.in("body")+`
			AND event_id IN (SELECT e.id FROM event e JOIN purge_near n ON n.id = e.matter_id)`, n.text, d.Case.Now.UnixMilli())
		if err != nil {
			return fmt.Errorf("purge the record: %w", err)
		}
		parts, err := res.RowsAffected()
		if err != nil {
			return err
		}
		p.Parts += parts
	}
	if err := d.Tx.Later(ctx, `DELETE FROM purge_near`); err != nil {
		return err
	}
	return d.forget(ctx, was)
}

// table is one that may hold what people wrote, and the columns that say whose a row is.
type table struct {
	name          string
	owners, texts []string
}

func (t table) of(column string) bool { return slices.Contains(t.owners, column) }

// near is the condition for the rows that belong to the case.
func (t table) near() string {
	var out []string
	for _, o := range t.owners {
		out = append(out, o+" IN (SELECT n.id FROM purge_near n WHERE n.hop = 0)")
	}
	return "(" + strings.Join(out, " OR ") + ")"
}

func (d *Doing) tables(ctx context.Context) ([]table, error) {
	places, err := d.Tx.TextColumns(ctx)
	var out []table
	for _, at := range places {
		if slices.Contains(kept, at.Table) {
			continue
		}
		if len(out) == 0 || out[len(out)-1].name != at.Table {
			out = append(out, table{name: at.Table})
		}
		t := &out[len(out)-1]
		if at.Column == "id" || strings.HasSuffix(at.Column, "_id") {
			t.owners = append(t.owners, at.Column)
		} else {
			t.texts = append(t.texts, at.Column)
		}
	}
	return slices.DeleteFunc(out, func(t table) bool { return len(t.owners) == 0 || len(t.texts) == 0 }), err
}

// gatherNear lists what belongs to a case: itself, what it is about, what it has put on
// record, and the cases about any of that.
func (d *Doing) gatherNear(ctx context.Context, c *Case, tables []table) error {
	add := func(from string, args ...any) error {
		_, err := d.Tx.Exec(ctx, `INSERT INTO purge_near (id, hop) SELECT DISTINCT x.id, 0 FROM (`+from+`) x WHERE x.id <> '' ON CONFLICT (id) DO NOTHING`, args...)
		return err
	}
	if err := add(`SELECT id FROM matter WHERE id = $1 UNION SELECT subject_id FROM matter WHERE id = $1`, c.ID); err != nil {
		return err
	}
	for _, t := range tables {
		if t.of("id") && t.of("matter_id") {
			if err := add(`SELECT id FROM `+t.name+` WHERE matter_id = $1`, c.ID); err != nil {
				return err
			}
		}
	}
	return add(`SELECT m.id FROM matter m JOIN purge_near n ON n.id = m.subject_id`)
}

// eraseFrom takes one spelling out of one table. The cases that own the rows are noted,
// for their bodies in the record hold it as well.
func (d *Doing) eraseFrom(ctx context.Context, t table, n needle, p *Purged) error {
	var holds []string
	for _, column := range t.texts {
		holds = append(holds, n.in(column))
	}
	where := "(" + strings.Join(holds, " OR ") + ") AND " + t.near()
	found, err := db.Value[int64](ctx, d.Tx, `SELECT COUNT(*) FROM `+t.name+` WHERE `+where, n.text)
	if err != nil || found == 0 {
		return err
	}
	p.Rows[t.name] += found
	if t.of("matter_id") {
		if _, err := d.Tx.Exec(ctx, `INSERT INTO purge_near (id, hop) SELECT DISTINCT matter_id, 1 FROM `+t.name+` WHERE `+where+` ON CONFLICT (id) DO NOTHING`, n.text); err != nil {
			return err
		}
	}
	for _, column := range t.texts {
		if _, err := d.Tx.Exec(ctx, `UPDATE `+t.name+` SET `+column+` = REPLACE(`+column+`, $1, $2) WHERE `+n.in(column)+` AND `+t.near(), n.text, n.stead()); err != nil {
			return err
		}
	}
	return nil
}

// needle is a text as it stands in a column: anywhere in it, or alone.
type needle struct {
	text        string
	alone, json bool
}

// in is the condition that a column holds it.
func (n needle) in(column string) string {
	if n.alone && !n.json {
		return column + " = $1"
	}
	return "REPLACE(" + column + ", $1, '') <> " + column
}

func (n needle) stead() string {
	if n.json {
		return `"` + Tombstone + `"`
	}
	return Tombstone
}

// spellings are the ways in which texts stand in the tables: as they are, as values in
// JSON, and as what is kept to compare and to sort by.
func spellings(was []string) []needle {
	var out []needle
	add := func(n needle) {
		if n.text != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	for _, t := range was {
		quoted, _ := json.Marshal(t) // a string always has a JSON form
		if hanzi.Runes(t) < within {
			add(needle{text: string(quoted), json: true})
			add(needle{text: t, alone: true})
			continue
		}
		add(needle{text: t})
		add(needle{text: strings.Trim(string(quoted), `"`)})
		add(needle{text: hanzi.NormalName(t)})
		add(needle{text: hanzi.SortKey(t)})
	}
	return out
}

// forget takes what can be searched for out of the index, where all words of a text stood.
func (d *Doing) forget(ctx context.Context, was []string) error {
	for _, t := range was {
		tokens := hanzi.Tokens(t)
		if len(tokens) == 0 {
			continue
		}
		var args db.Args
		in := args.In(tokens...)
		if err := d.Tx.Later(ctx, `DELETE FROM search_posting WHERE token IN `+in+` AND ref IN (SELECT s.ref FROM search_posting s WHERE s.token IN `+in+
			` GROUP BY s.ref HAVING COUNT(*) = `+args.Add(int64(len(tokens)))+`)`, args.List()...); err != nil {
			return err
		}
	}
	return nil
}

// Shred takes the bytes of purged documents out of the store, those that a stopped
// process has left as well.
func (e *Engine) Shred(ctx context.Context) error {
	digests, err := attachment.Digests(ctx, e.DB.Reader(ctx))
	if err != nil {
		return err
	}
	for _, digest := range digests {
		if err := e.Store.Shred(digest); err != nil {
			return err
		}
	}
	return nil
}
