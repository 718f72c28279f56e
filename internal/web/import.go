package web

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/planning/unitplan"
	"zhengcheng/internal/planning/unitplan/workbook"
	"zhengcheng/internal/problem"
	"zhengcheng/internal/web/page"
)

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

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
	q.w.Header().Set("Content-Type", xlsxType)
	_, err = q.w.Write(raw)
	return err
}

// importUpload reads a workbook into a preview; nothing is written. What is wrong
// with the file is said beside it.
func (w *Web) importUpload(q *request) error {
	if !q.actor.Is(identity.Clerk) {
		return problem.New(problem.Forbidden, "导入由经办人办理")
	}
	name, raw, year, err := uploaded(q)
	if err == nil {
		opts := workbook.Options{FileName: name, PlanYear: int(year)}
		var p *workbook.Preview
		p, err = w.imports.read(func() (*workbook.Preview, error) { return unitplan.Preview(w.Units, q.actor, raw, opts) })
		if err == nil {
			in := &pending{person: q.actor.ID, year: year, size: len(raw), uploaded: w.Engine.Clock.Now().UnixMilli()}
			in.show(opts, p, raw)
			return q.seeOther("/plans/import/" + w.imports.put(in))
		}
	}
	var file *workbook.FileError
	if errors.As(err, &file) {
		err = problem.Field("file", "%s", file.Message)
	}
	var bad *problem.Error
	if q.wantsJSON() || !errors.As(err, &bad) {
		return err
	}
	return q.render(http.StatusUnprocessableEntity, page.ImportStart(w.shell(q, "导入部门计划", "plans"), page.ImportStartView{Year: year, File: name, Bad: bad.Msg}))
}

// uploaded streams the file and the plan year out of the form.
func uploaded(q *request) (name string, raw []byte, year int64, err error) {
	none := problem.Field("file", "请选择要导入的表格")
	mr, err := q.r.MultipartReader()
	year = q.web.planYear(q)
	if err != nil {
		return "", nil, year, none
	}
	for {
		part, err := mr.NextPart()
		if err != nil {
			return "", nil, year, none
		}
		switch {
		case part.FormName() == "year":
			typed, err := io.ReadAll(io.LimitReader(part, 8))
			if err != nil {
				return "", nil, year, none
			}
			if n, err := strconv.ParseInt(string(typed), 10, 64); err == nil && n > 2000 && n < 2100 {
				year = n
			}
		case part.FileName() != "":
			name = strings.ToValidUTF8(part.FileName(), "")
			if raw, err = io.ReadAll(io.LimitReader(part, workbook.MaxFile+1)); err != nil {
				return name, nil, year, problem.Field("file", "文件没有传完，请重新上传")
			}
			return name, raw, year, nil
		}
	}
}

func (w *Web) importPreview(q *request) error {
	in, err := w.imports.get(q.r.PathValue("key"), q.actor.ID)
	if err != nil {
		return err
	}
	s := in.state()
	o, err := unitplan.Foresee(q.ctx(), w.Engine, q.actor, in.year, s.preview)
	if err != nil {
		return err
	}
	v := page.ImportView{Key: in.key, Year: in.year, Preview: s.preview, Outlook: o, Size: in.size, At: in.uploaded, Mapping: s.opts.Mapping, HeaderRow: s.opts.HeaderRow,
		CanMap: s.raw != nil, Bureau: s.opts.OnlyUnit == "" && q.actor.Office == identity.BigData, Own: q.actor.UnitID, Done: s.done != nil, All: q.r.URL.Query().Get("cols") == "all", Idem: matter.NewID()}
	return q.page(page.Import(w.shell(q, "导入部门计划", "plans"), v.Prepared()))
}

// importColumns reads the file again with the sheet, header row and columns that
// a person chose; nothing is written.
func (w *Web) importColumns(q *request) error {
	in, err := w.imports.get(q.r.PathValue("key"), q.actor.ID)
	if err != nil {
		return err
	}
	s := in.state()
	if s.raw == nil {
		return problem.New(problem.Conflict, "表中写有涉密内容，原文件没有留存，不能重新读取。请在 Excel 中删去涉密的行后重新上传")
	}
	chosen, err := q.prefixed("col.")
	if err != nil {
		return err
	}
	opts := workbook.Options{FileName: s.opts.FileName, PlanYear: s.opts.PlanYear, Sheet: q.r.PostFormValue("sheet")}
	// columns and header row belong to their sheet
	if opts.Sheet == s.preview.Sheet {
		opts.HeaderRow = int(q.int("header"))
	}
	if opts.Sheet == s.preview.Sheet && opts.HeaderRow == s.opts.HeaderRow {
		opts.Mapping = map[string]workbook.Field{}
		for _, letter := range slices.Sorted(maps.Keys(chosen)) {
			switch f := workbook.Field(chosen[letter]); {
			case f == "auto":
			case f == "none":
				opts.Mapping[letter] = ""
			case slices.Contains(workbook.Fields(), f):
				opts.Mapping[letter] = f
			default:
				return problem.Field("col."+letter, "%s 列没有这个栏目可以对应", letter)
			}
		}
	}
	p, err := w.imports.read(func() (*workbook.Preview, error) { return unitplan.Preview(w.Units, q.actor, s.raw, opts) })
	var file *workbook.FileError
	if errors.As(err, &file) {
		return problem.Field("sheet", "%s", file.Message)
	}
	if err != nil {
		return err
	}
	in.show(opts, p, s.raw)
	w.imports.weigh(in)
	return q.seeOther("/plans/import/" + in.key + "#columns")
}

// importAnnotated is the sheet as it was read, with each problem at its cell.
func (w *Web) importAnnotated(q *request) error {
	in, err := w.imports.get(q.r.PathValue("key"), q.actor.ID)
	if err != nil {
		return err
	}
	raw, err := workbook.Annotated(in.state().preview)
	if err != nil {
		return err
	}
	attachmentName(q, strings.TrimSuffix(in.state().opts.FileName, ".xlsx")+"（批注）.xlsx")
	q.w.Header().Set("Content-Type", xlsxType)
	_, err = q.w.Write(raw)
	return err
}

// importConfirm takes the ticked rows into drafts. The same click twice is one
// import; rows left out can be taken later from the same preview.
func (w *Web) importConfirm(q *request) error {
	in, err := w.imports.get(q.r.PathValue("key"), q.actor.ID)
	if err != nil {
		return err
	}
	if err := q.r.ParseForm(); err != nil {
		return err
	}
	in.confirming.Lock()
	defer in.confirming.Unlock()
	result := "/plans/import/" + in.key + "/done"
	if idem := q.r.PostForm.Get("idem"); idem != "" && idem == in.idem {
		return q.seeOther(result)
	}
	chosen := map[int]bool{}
	for _, r := range q.r.PostForm["row"] {
		if n, err := strconv.Atoi(r); err == nil {
			chosen[n] = true
		}
	}
	done, err := unitplan.Import(q.ctx(), w.Engine, q.actor, in.year, in.state().preview, chosen)
	if err != nil {
		return err
	}
	in.mu.Lock()
	in.done = &done
	in.mu.Unlock()
	in.idem = q.r.PostForm.Get("idem")
	return q.seeOther(result)
}

func (w *Web) importDone(q *request) error {
	in, err := w.imports.get(q.r.PathValue("key"), q.actor.ID)
	if err != nil {
		return err
	}
	s := in.state()
	if s.done == nil {
		return q.seeOther("/plans/import/" + in.key)
	}
	v := page.ImportDoneView{Key: in.key, Year: in.year, File: s.opts.FileName, Done: *s.done}
	for _, u := range s.done.Units {
		unit, _ := w.Units.ByID(u.UnitID)
		v.Units = append(v.Units, page.ImportedUnit{UnitImport: u, Unit: unit})
	}
	return q.page(page.ImportDone(w.shell(q, "导入结果", "plans"), v))
}
