package registry

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/emmansun/gmsm/sm3"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/paper"
	"zhengcheng/internal/problem"
)

// Dossier is all that is on file about a project (一项一档), as far as its reader
// may see it: an overview, the papers of every case and its documents in folders
// by case, and an index with the SM3 digest of each.
type Dossier struct {
	Project Project
	Unit    string
	Cases   []DossierCase
	Papers  []Paper
	Files   []attachment.File
	Chains  []Chain
	Entries []Entry
	On      calendar.Date
}

// DossierCase is one case of it.
type DossierCase struct {
	matter.Row
	Procedure, State string
}

// Paper is what the archive has of a case besides its documents: the form as it
// stands, the receipt. It is made when its turn comes, so that one at a time is in
// memory; one that is not there (any more) is left out.
type Paper struct {
	MatterID, Name string
	Render         func(ctx context.Context, w io.Writer) error
}

// indexed is one file of the archive in its index.
type indexed struct {
	place, matter, name, digest, note string
	size                              int64
	on                                calendar.Date
}

// Name of the archive.
func (d Dossier) Name() string {
	return fileName(d.Project.Code+" "+d.Project.Name) + " 一项一档.zip"
}

// Has reports whether a case is on file and open to the reader.
func (d Dossier) Has(matterID string) bool {
	return slices.ContainsFunc(d.Cases, func(c DossierCase) bool { return c.ID == matterID })
}

// folders are the places of the cases in the archive, by case id.
func (d Dossier) folders() map[string]string {
	out := map[string]string{}
	for i, c := range d.Cases {
		out[c.ID] = fileName(fmt.Sprintf("%02d %s", i+1, c.Procedure))
	}
	return out
}

// Write streams the archive, its index last. A document whose content was purged
// stands in the index without its content.
func (d Dossier) Write(ctx context.Context, store *attachment.Store, w io.Writer) error {
	z := zip.NewWriter(w)
	put := func(name string, raw []byte, err error) error {
		if err != nil {
			return err
		}
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write(raw)
		}
		return err
	}
	overview, err := d.overview().DOCX()
	if err := put("00 项目概况.docx", overview, err); err != nil {
		return fmt.Errorf("dossier: %w", err)
	}
	var list []indexed
	folders := d.folders()
	for _, p := range d.Papers {
		if err := ctx.Err(); err != nil {
			return err
		}
		var b bytes.Buffer
		err := p.Render(ctx, &b)
		if err != nil && problem.KindOf(err) == problem.NotFound {
			continue
		}
		sum := sm3.Sum(b.Bytes())
		one := indexed{place: folders[p.MatterID] + "/" + fileName(p.Name), matter: p.MatterID, name: p.Name, digest: hex.EncodeToString(sum[:]), size: int64(b.Len()), on: d.On, note: "导出时按案卷生成"}
		if err := put(one.place, b.Bytes(), err); err != nil {
			return fmt.Errorf("dossier %s: %w", one.place, err)
		}
		list = append(list, one)
	}
	places := d.places()
	for i, f := range d.Files {
		one := indexed{place: places[i], matter: f.MatterID, name: f.Name, digest: f.Digest, size: f.Size, on: calendar.Of(matter.Time(f.UploadedAt))}
		switch {
		case f.PurgedAt != 0:
			one.note = "内容已按规定清除，只留摘要"
		case f.SealedBy != "":
			one.note = "正在办理误传清除，已经封存"
		}
		list = append(list, one)
		if one.note != "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := copyInto(z, places[i], store, f); err != nil {
			return fmt.Errorf("dossier %s: %w", places[i], err)
		}
	}
	index, err := d.index(list)
	if err := put("01 文件目录.xlsx", index, err); err != nil {
		return fmt.Errorf("dossier: %w", err)
	}
	return z.Close()
}

func copyInto(z *zip.Writer, name string, store *attachment.Store, doc attachment.File) error {
	r, err := store.Open(doc)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // read only
	f, err := z.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return err
}

// places of the documents in the archive: numbered, so that two of one name both
// have theirs.
func (d Dossier) places() []string {
	folders, n := d.folders(), map[string]int{}
	out := make([]string, len(d.Files))
	for i, f := range d.Files {
		n[f.MatterID]++
		out[i] = folders[f.MatterID] + "/" + fmt.Sprintf("%02d ", n[f.MatterID]) + fileName(f.Name)
	}
	return out
}

// index lists the files by case, what was made of a case before what was handed in.
func (d Dossier) index(list []indexed) ([]byte, error) {
	s := paper.Sheet{Name: "文件目录", Title: d.Project.Name + " 一项一档文件目录", Note: fmt.Sprintf("%s，%s。导出日期 %s。摘要是文件内容的 SM3 值，可用来核对文件没有改动。", d.Project.Code, d.Unit, d.On)}
	for _, name := range []string{"序号", "所在位置", "业务", "案卷", "文件", "大小（字节）", "日期", "SM3 摘要", "说明"} {
		s.Columns = append(s.Columns, paper.Column{Name: name})
	}
	for _, c := range d.Cases {
		for _, x := range list {
			if x.matter == c.ID {
				s.Rows = append(s.Rows, []paper.Cell{paper.Int(len(s.Rows) + 1), paper.Text(x.place), paper.Text(c.Procedure), paper.Text(c.Title), paper.Text(x.name), paper.Int(int(x.size)),
					paper.Day(x.on), paper.Text(x.digest), paper.Text(x.note)})
			}
		}
	}
	return paper.Workbook(s)
}

func (d Dossier) overview() paper.Document {
	p := d.Project
	table := func(columns []string, rows ...[]paper.Cell) paper.Table {
		t := paper.Table{Rows: rows}
		for _, c := range columns {
			t.Columns = append(t.Columns, paper.Column{Name: c})
		}
		return t
	}
	doc := paper.Document{Title: p.Name + "\n一项一档", Date: d.On.Chinese(), Blocks: []paper.Block{
		paper.Heading1("一、项目"),
		table([]string{"事项", "内容"}, []paper.Cell{paper.Text("项目编号"), paper.Text(p.Code)}, []paper.Cell{paper.Text("建设单位"), paper.Text(d.Unit)},
			[]paper.Cell{paper.Text("建设性质"), paper.Text(form.Label(BuildKinds, p.BuildKind))}, []paper.Cell{paper.Text("系统类别"), paper.Text(form.Label(SystemClasses, p.Class))},
			[]paper.Cell{paper.Text("年度"), paper.Text(fmt.Sprint(p.Year))}, []paper.Cell{paper.Text("阶段"), paper.Text(form.Label(Stages, string(p.Stage)))}, []paper.Cell{paper.Text("建设内容"), paper.Text(p.Goal)}),
		paper.Heading1("二、资金（万元）")}}
	var money [][]paper.Cell
	for _, c := range d.Chains {
		period := c.Period
		if period == "" {
			period = "全周期"
		}
		money = append(money, []paper.Cell{paper.Text(period), paper.Amount(c.Ceiling), paper.Amount(c.Budget), paper.Amount(c.Contracted), paper.Amount(c.Paid), paper.Amount(c.Settled), paper.Text(form.Label(Bases, c.Basis))})
	}
	doc.Blocks = append(doc.Blocks, table([]string{"服务期", "概算", "预算", "合同", "支付", "决算", "概算依据"}, money...))
	var entries [][]paper.Cell
	for _, e := range d.Entries {
		entries = append(entries, []paper.Cell{paper.Day(calendar.Of(matter.Time(e.BookedAt))), paper.Text(form.Label(MoneyKinds, string(e.Kind))), paper.Text(e.Title), paper.Amount(e.Amount)})
	}
	doc.Blocks = append(doc.Blocks, paper.Heading1("三、资金记录（万元）"), table([]string{"日期", "环节", "依据", "金额"}, entries...))
	var cases [][]paper.Cell
	for i, c := range d.Cases {
		cases = append(cases, []paper.Cell{paper.Int(i + 1), paper.Text(c.Procedure), paper.Text(c.Title), paper.Text(c.State), paper.Text(c.Number), paper.Day(calendar.Of(matter.Time(c.StateSince)))})
	}
	doc.Blocks = append(doc.Blocks, paper.Heading1("四、各阶段案卷"), table([]string{"序号", "业务", "案卷", "状态", "文号", "状态更新"}, cases...))
	return doc
}

// fileName makes a name that every system can unpack.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return -1
		case strings.ContainsRune(`\/:*?"<>|`, r):
			return '_'
		}
		return r
	}, strings.TrimSpace(s))
	if s = strings.Trim(s, ". "); s == "" {
		return "未命名"
	}
	if r := []rune(s); len(r) > 80 { // the ending says what it is
		return string(r[:60]) + "…" + string(r[len(r)-19:])
	}
	return s
}
