package web

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/db"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/ledger"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/planning/annualplan"
	"zhengcheng/internal/planning/unitplan/workbook"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/protection/purge"
	"zhengcheng/internal/web/page"
)

func (q *request) int(name string) int64 {
	n, _ := strconv.ParseInt(q.r.FormValue(name), 10, 64) // absent or odd means 0
	return n
}

// prefixed collects the form values whose names begin with a prefix.
func (q *request) prefixed(prefix string) (map[string]string, error) {
	if err := q.r.ParseForm(); err != nil {
		return nil, err
	}
	out := map[string]string{}
	for k, v := range q.r.PostForm {
		rest, ok := strings.CutPrefix(k, prefix)
		if many, isMany := strings.CutSuffix(rest, "[]"); ok && isMany {
			out[many] = strings.Join(v, "、")
		} else if ok && len(v) > 0 {
			out[rest] = v[len(v)-1]
		}
	}
	return out, nil
}

func (q *request) load() (*matter.Case, error) {
	return q.web.Engine.Load(q.ctx(), q.actor, q.r.PathValue("id"))
}

// open makes a draft and goes to it; one that exists already is shown instead.
func (w *Web) open(q *request) error {
	res, err := w.Engine.Open(q.ctx(), q.actor, matter.OpenRequest{Procedure: q.r.FormValue("procedure"), Year: q.int("year"), SubjectID: q.r.FormValue("subject"), Idem: q.r.FormValue("idem")})
	return q.goTo(res, err)
}

func (q *request) goTo(res matter.Result, err error) error {
	var x *matter.Exists
	if errors.As(err, &x) && x.Matter != "" {
		return q.seeOther("/matters/" + x.Matter)
	}
	if err != nil {
		return err
	}
	return q.seeOther("/matters/" + res.Matter)
}

func (w *Web) show(q *request) error {
	c, err := q.load()
	if err != nil {
		return err
	}
	if c.Procedure.Key == annualplan.Key {
		return q.seeOther("/annual/" + c.ID)
	}
	v, err := w.caseView(q, c)
	if err != nil {
		return err
	}
	return q.page(page.Case(w.shell(q, c.Title, here(c)), v))
}

// here is the navigation item under which a case is found.
func here(c *matter.Case) string {
	if at, ok := shelves[c.Procedure.Key]; ok {
		return at
	}
	return c.Procedure.Key
}

func (w *Web) caseView(q *request, c *matter.Case) (page.CaseView, error) {
	v := page.CaseView{Case: c, Actor: q.actor, May: c.CanEdit(q.actor), UnitOf: w.Units.Name, Idem: matter.NewID(), Chapter: chapterOf(c.Procedure), Seating: c.StateDef().Seats}
	var err error
	if v.Sections, err = w.Engine.Sections(q.ctx(), c); err != nil {
		return v, err
	}
	if v.Sheets, err = w.Engine.Sheets(q.ctx(), c); err != nil {
		return v, err
	}
	if v.Doables, err = w.Engine.Doables(q.ctx(), q.actor, c); err != nil {
		return v, err
	}
	for _, s := range c.Procedure.Steps(c.State) {
		if s.Judge != nil && s.Input == nil && s.By.Side != identity.SystemSide && (v.Seating == nil || w.Engine.Holds(q.actor, c, s.By)) {
			if v.Findings, err = w.Engine.Check(q.ctx(), c, s); err != nil {
				return v, err
			}
		}
	}
	if v.History, err = w.Engine.History(q.ctx(), q.actor, c); err != nil {
		return v, err
	}
	if v.Seats, err = w.Engine.Seats(q.ctx(), q.actor, c); err != nil {
		return v, err
	}
	if p, ok := w.Engine.Procedure(purge.Key); ok && c.Procedure.Key != purge.Key {
		v.MayPurge = w.Engine.MayStart(q.actor, p) && (q.actor.UnitID == c.UnitID || c.SubmittedAt > 0 && (q.actor.Office == identity.BigData || q.actor.Office == identity.Secrecy))
	}
	if err := w.panels(q, c, &v); err != nil {
		return v, err
	}
	if q.actor.Is(identity.Head) && c.StateDef().Holder.Post == identity.Clerk {
		if v.Clerks, err = identity.ClerksOf(q.ctx(), w.Engine.DB, q.actor.UnitID); err != nil {
			return v, err
		}
	}
	return v, nil
}

// saveForm saves the head of a draft; scripts on the page get JSON.
func (w *Web) saveForm(q *request) error {
	values, err := q.prefixed("f.")
	if err != nil {
		return err
	}
	saved, err := w.Engine.Save(q.ctx(), q.actor, matter.SaveRequest{Matter: q.r.PathValue("id"), Rev: q.int("form_rev"), Values: values})
	return w.saved(q, saved, err, "/matters/"+q.r.PathValue("id"))
}

func (w *Web) saved(q *request, s matter.Saved, err error, back string) error {
	if err != nil {
		return err
	}
	if q.wantsJSON() {
		q.writeJSON(http.StatusOK, s)
		return nil
	}
	return q.seeOther(back)
}

func (w *Web) addLine(q *request) error {
	id := q.r.PathValue("id")
	s, err := w.Engine.AddLine(q.ctx(), q.actor, id, q.r.FormValue("group"), map[string]string{})
	if err != nil {
		return err
	}
	return q.seeOther("/matters/" + id + "/lines/" + s.ID)
}

// addTable takes rows that were pasted from a spreadsheet, or the first sheet of
// one that is uploaded. The upload is read in memory: nothing of it is kept.
func (w *Web) addTable(q *request) error {
	if strings.HasPrefix(q.r.Header.Get("Content-Type"), "multipart/") {
		if err := q.r.ParseMultipartForm(workbook.MaxFile + 1<<20); err != nil {
			return err
		}
	}
	id, group := q.r.PathValue("id"), q.r.FormValue("group")
	err := w.addSheet(q, id, group)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		_, err = w.Engine.AddTable(q.ctx(), q.actor, id, group, q.r.FormValue("table"))
	}
	if err != nil {
		return err
	}
	return q.seeOther("/matters/" + id + "#lines" + group)
}

func (w *Web) addSheet(q *request, id, group string) error {
	f, _, err := q.r.FormFile("file")
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	raw, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	table, err := workbook.Table(raw)
	var refused *workbook.FileError
	if errors.As(err, &refused) {
		return problem.Field("table", "%s", refused.Message)
	}
	if err != nil {
		return err
	}
	rows, numbers := make([][]string, len(table)), make([]int, len(table))
	for i, r := range table {
		rows[i], numbers[i] = r.Cells, r.Number
	}
	_, err = w.Engine.AddSheet(q.ctx(), q.actor, id, group, rows, numbers)
	return err
}

func (w *Web) linePage(q *request) error {
	c, err := q.load()
	if err != nil {
		return err
	}
	for _, ln := range c.Lines {
		if ln.ID == q.r.PathValue("line") {
			v := page.LineView{Case: c, Line: ln, May: c.CanEdit(q.actor) && ln.Editable()}
			if v.May {
				if v.Offers, err = w.offers(q, c, ln.Of.Form); err != nil {
					return err
				}
			}
			return q.page(page.LineEdit(w.shell(q, c.Title, here(c)), v))
		}
	}
	return problem.Missing("这个" + lineTitle(c))
}

func lineTitle(c *matter.Case) string {
	if c.Procedure.Lines == nil {
		return "项目"
	}
	return c.Procedure.Lines.Title
}

func (w *Web) saveLine(q *request) error {
	values, err := q.prefixed("f.")
	if err != nil {
		return err
	}
	id, line := q.r.PathValue("id"), q.r.PathValue("line")
	saved, err := w.Engine.Save(q.ctx(), q.actor, matter.SaveRequest{Matter: id, Line: line, Rev: q.int("form_rev"), Values: values})
	back := "/matters/" + id
	if q.r.FormValue("then") == "stay" {
		back += "/lines/" + line
	}
	return w.saved(q, saved, err, back)
}

func (w *Web) removeLine(q *request) error {
	id := q.r.PathValue("id")
	if err := w.Engine.RemoveLine(q.ctx(), q.actor, id, q.r.PathValue("line")); err != nil {
		return err
	}
	return q.seeOther("/matters/" + id)
}

// act takes an act and shows the case again; a refusal by rules is shown on
// the case page itself, with every answer kept.
func (w *Web) act(q *request) error {
	answers, err := q.prefixed("answer.")
	if err != nil {
		return err
	}
	input, err := q.prefixed("input.")
	if err != nil {
		return err
	}
	r := matter.Request{Matter: q.r.PathValue("id"), Action: matter.Action(q.r.FormValue("action")), Rev: q.int("rev"), Idem: q.r.FormValue("idem"),
		Reason: q.r.FormValue("reason"), Answers: answers, Input: input, Lines: q.r.PostForm["line"]}
	res, err := w.Engine.Act(q.ctx(), q.actor, r)
	if err == nil {
		return q.seeOther("/matters/" + res.Matter)
	}
	switch problem.KindOf(err) {
	case problem.Blocked, problem.Invalid:
		return w.refused(q, r, err)
	}
	return err
}

func (w *Web) refused(q *request, r matter.Request, refusal error) error {
	c, err := q.load()
	if err != nil {
		return err
	}
	v, err := w.caseView(q, c)
	if err != nil {
		return err
	}
	v.Refusal, v.Answers, v.Reason, v.Typed = page.Problem(refusal), r.Answers, r.Reason, q.r.PostForm
	var m *measures.Refusal
	if errors.As(refusal, &m) {
		v.Findings = m.Findings
	}
	if c.Procedure.Key == annualplan.Key {
		return w.showBoard(q, statusOf[problem.KindOf(refusal)], v)
	}
	return q.render(statusOf[problem.KindOf(refusal)], page.Case(w.shell(q, c.Title, here(c)), v))
}

// bulk takes one act on the ticked cases and shows what became of each.
func (w *Web) bulk(q *request) error {
	if err := q.r.ParseForm(); err != nil {
		return err
	}
	items, err := w.Engine.Bulk(q.ctx(), q.actor, matter.Request{Action: matter.Action(q.r.FormValue("action")), Reason: q.r.FormValue("reason"), Idem: q.r.FormValue("idem")}, q.r.PostForm["matter"])
	if err != nil {
		return err
	}
	v := page.BulkView{}
	for _, i := range items {
		row := page.BulkRow{Matter: i.Matter, Number: i.Result.Number}
		if c, err := w.Engine.Load(q.ctx(), q.actor, i.Matter); err == nil {
			row.Title, row.State = c.Title, c.StateDef()
		}
		if i.Err != nil {
			row.Refused = problem.Message(i.Err)
			v.Refused++
		} else {
			v.Done++
		}
		v.Rows = append(v.Rows, row)
	}
	return q.page(page.Bulk(w.shell(q, "批量办理结果", "plans"), v))
}

func (w *Web) assign(q *request) error {
	id := q.r.PathValue("id")
	if err := w.Engine.Assign(q.ctx(), q.actor, id, q.r.FormValue("person")); err != nil {
		return err
	}
	return q.seeOther("/matters/" + id)
}

// upload streams a document in; the parts before the file name its kind.
func (w *Web) upload(q *request) error {
	c, err := q.load()
	if err != nil {
		return err
	}
	if !c.CanAttach(q.actor) {
		return problem.New(problem.Conflict, "这份案卷现在不能增减附件")
	}
	q.r.Body = http.MaxBytesReader(q.w, q.r.Body, attachment.MaxSize+1<<20)
	mr, err := q.r.MultipartReader()
	if err != nil {
		return problem.Field("file", "请选择要上传的文件")
	}
	kind := "other"
	for {
		part, err := mr.NextPart()
		if errors.Is(err, io.EOF) {
			return problem.Field("file", "请选择要上传的文件")
		}
		if err != nil {
			return err
		}
		if part.FormName() == "kind" {
			raw, err := io.ReadAll(io.LimitReader(part, 100))
			if err != nil {
				return err
			}
			kind = string(raw)
			continue
		}
		if part.FileName() == "" {
			continue
		}
		stored, err := w.Store.Put(part.FileName(), part)
		if err != nil {
			return err
		}
		if _, err := w.Engine.Attach(q.ctx(), q.actor, c.ID, kind, stored); err != nil {
			return err
		}
		return q.seeOther("/matters/" + c.ID)
	}
}

func (w *Web) download(q *request) error {
	c, err := q.load()
	if err != nil {
		return err
	}
	for _, f := range c.Files {
		if f.ID != q.r.PathValue("file") {
			continue
		}
		body, err := w.Store.Open(f)
		if err != nil {
			return err
		}
		defer body.Close() //nolint:errcheck // only read
		q.w.Header().Set("Content-Type", f.MediaType)
		q.w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
		q.w.Header().Set("Content-Length", strconv.FormatInt(f.Size, 10))
		_, err = io.Copy(q.w, body)
		return err
	}
	return problem.Missing("这份文件")
}

func (w *Web) removeFile(q *request) error {
	id := q.r.PathValue("id")
	if err := w.Engine.Detach(q.ctx(), q.actor, id, q.r.PathValue("file")); err != nil {
		return err
	}
	return q.seeOther("/matters/" + id)
}

// changes shows what differs between a version handed in and the one before.
func (w *Web) changes(q *request) error {
	c, err := q.load()
	if err != nil {
		return err
	}
	entries, err := w.Engine.History(q.ctx(), q.actor, c)
	if err != nil {
		return err
	}
	var at, before string
	for _, n := range entries {
		if !n.Frozen {
			continue
		}
		if at != "" {
			before = n.Event
			break
		}
		if n.Event == q.r.PathValue("event") {
			at = n.Event
		}
	}
	if at == "" || before == "" {
		return problem.Missing("可比较的前一版")
	}
	now, err := w.Engine.FrozenAt(q.ctx(), c, at)
	if err != nil {
		return err
	}
	was, err := w.Engine.FrozenAt(q.ctx(), c, before)
	if err != nil {
		return err
	}
	v := page.ChangesView{Case: c}
	v.Form, v.Lines = c.Procedure.Diff(was, now)
	return q.page(page.Changes(w.shell(q, "与前一版比较", here(c)), v))
}

func (w *Web) printForm(q *request) error {
	c, err := q.load()
	if err != nil {
		return err
	}
	sections, err := w.Engine.Sections(q.ctx(), c)
	if err != nil {
		return err
	}
	return q.page(page.PrintForm(c, sections))
}

// receipt is the paper that proves a filing, with its digest and checkpoint.
func (w *Web) receipt(q *request) error {
	c, err := q.load()
	if err != nil {
		return err
	}
	v, err := w.receiptOf(q, c)
	if err != nil {
		return err
	}
	return q.page(page.Receipt(v))
}

func (w *Web) receiptOf(q *request, c *matter.Case) (page.ReceiptView, error) {
	r, err := w.Engine.ReceiptOf(q.ctx(), c)
	if db.None(err) {
		return page.ReceiptView{}, problem.Missing("这份案卷的回执")
	}
	if err != nil {
		return page.ReceiptView{}, err
	}
	v := page.ReceiptView{Case: c, Receipt: r, Unit: c.Unit.Name, Demo: w.Engine.Clock.Demo()}
	if u, ok := w.Units.ByOffice(c.Jurisdiction, identity.BigData); ok {
		v.Issuer = u.Name
	}
	p, err := ledger.Prove(q.ctx(), w.Engine.DB, r.Event)
	if err != nil && !errors.Is(err, ledger.ErrPending) {
		return v, err
	}
	v.Proof = p
	v.Pending = err != nil
	return v, nil
}

func attachmentName(q *request, name string) {
	q.w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename*=UTF-8''%s", url.PathEscape(name)))
}
