package web

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/planning/unitplan/workbook"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/web/page"
)

// maxWorkbook bounds an uploaded workbook, bytes.
const maxWorkbook = 10 << 20

// imports holds previews until they are confirmed. The file itself is never
// kept; a preview belongs to who made it and is forgotten after half an hour.
type imports struct {
	mu   sync.Mutex
	open map[string]pendingImport
}

type pendingImport struct {
	person  string
	year    int64
	preview *workbook.Preview
	until   time.Time
}

func newImports() *imports { return &imports{open: map[string]pendingImport{}} }

const maxPreviews = 50

func (i *imports) put(p pendingImport) string {
	i.mu.Lock()
	defer i.mu.Unlock()
	now := time.Now()
	for k, old := range i.open {
		if old.until.Before(now) || len(i.open) >= maxPreviews {
			delete(i.open, k)
		}
	}
	key := matter.NewID()
	p.until = now.Add(30 * time.Minute)
	i.open[key] = p
	return key
}

func (i *imports) get(key, person string) (pendingImport, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	p, ok := i.open[key]
	if !ok || p.person != person || p.until.Before(time.Now()) {
		return p, problem.New(problem.NotFound, "这次导入的预览已过期，请重新上传原表")
	}
	return p, nil
}

func (w *Web) importPage(q *request) error {
	return q.page(page.ImportStart(w.shell(q, "导入部门计划", "plans"), page.ImportStartView{Year: w.planYear(q)}))
}

func (w *Web) importTemplate(q *request) error {
	year := w.planYear(q)
	raw, err := workbook.Template(int(year))
	if err != nil {
		return err
	}
	attachmentName(q, fmt.Sprintf("%d年度部门项目计划申报表（模板）.xlsx", year))
	q.w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	_, err = q.w.Write(raw)
	return err
}

// importUpload reads a workbook into a preview; nothing is written.
func (w *Web) importUpload(q *request) error {
	if !q.actor.Is(identity.Clerk) {
		return problem.New(problem.Forbidden, "导入由经办人办理")
	}
	q.r.Body = http.MaxBytesReader(q.w, q.r.Body, maxWorkbook+1<<16)
	mr, err := q.r.MultipartReader()
	if err != nil {
		return problem.Field("file", "请选择要导入的表格")
	}
	year := w.planYear(q)
	for {
		part, err := mr.NextPart()
		if err != nil {
			return problem.Field("file", "请选择要导入的表格")
		}
		switch {
		case part.FormName() == "year":
			raw, err := io.ReadAll(io.LimitReader(part, 8))
			if err != nil {
				return err
			}
			if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil && n > 2000 && n < 2100 {
				year = n
			}
		case part.FileName() != "":
			raw, err := io.ReadAll(part)
			if err != nil {
				return problem.Field("file", "文件超过 10 MB，请拆分后导入")
			}
			return w.preview(q, part.FileName(), raw, year)
		}
	}
}

func (w *Web) preview(q *request, name string, raw []byte, year int64) error {
	opts := workbook.Options{FileName: name, PlanYear: int(year), Match: func(name string) (workbook.UnitRef, bool) {
		u, ok := w.Units.Match(q.actor.Jurisdiction, name)
		return workbook.UnitRef{ID: u.ID, Name: u.Name, ShortName: u.ShortName, Jurisdiction: u.Jurisdiction, SameJurisdiction: u.Jurisdiction == q.actor.Jurisdiction}, ok
	}}
	if q.actor.Office != identity.BigData {
		opts.OnlyUnit = q.actor.UnitID
	}
	p, err := workbook.Read(raw, opts)
	if err != nil {
		return problem.Field("file", "%v", err)
	}
	return q.seeOther("/plans/import/" + w.imports.put(pendingImport{person: q.actor.ID, year: year, preview: p}))
}

func (w *Web) importPreview(q *request) error {
	p, err := w.imports.get(q.r.PathValue("key"), q.actor.ID)
	if err != nil {
		return err
	}
	return q.page(page.Import(w.shell(q, "导入部门计划", "plans"), page.ImportView{Key: q.r.PathValue("key"), Year: p.year, Preview: p.preview}))
}

// importConfirm takes the ticked rows into drafts.
func (w *Web) importConfirm(q *request) error {
	p, err := w.imports.get(q.r.PathValue("key"), q.actor.ID)
	if err != nil {
		return err
	}
	if err := q.r.ParseForm(); err != nil {
		return err
	}
	chosen := map[int]bool{}
	for _, r := range q.r.PostForm["row"] {
		if n, err := strconv.Atoi(r); err == nil {
			chosen[n] = true
		}
	}
	done, err := unitplan.Import(q.ctx(), w.Engine, q.actor, p.year, p.preview, chosen)
	if err != nil {
		return err
	}
	return q.page(page.ImportDone(w.shell(q, "导入结果", "plans"), page.ImportDoneView{Year: p.year, Done: done}))
}
