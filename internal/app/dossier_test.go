package app_test

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"io"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/sm3"
	"github.com/xuri/excelize/v2"

	"zhengcheng/internal/db"
)

// The archive of a project holds every document its reader may see, and its index
// vouches for each with the SM3 digest of its content.
func TestDossierHoldsWhatItsIndexSays(t *testing.T) {
	t.Parallel()
	a := openCity(t, t.TempDir(), "")
	h := a.Handler(false)
	id, err := db.Value[string](t.Context(), a.DB, `SELECT id FROM project WHERE name = '政务云国产化资源扩容'`)
	must(t, err)
	open := func(login string) *zip.Reader {
		t.Helper()
		body, _ := visit(t, h, "/projects/"+id+"/dossier.zip", login)
		z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
		must(t, err)
		return z
	}
	read := func(z *zip.Reader, name string) []byte {
		t.Helper()
		f, err := z.Open(name)
		must(t, err)
		raw, err := io.ReadAll(f)
		must(t, err)
		return raw
	}
	z := open("zhoumin")
	book, err := excelize.OpenReader(bytes.NewReader(read(z, "01 文件目录.xlsx")))
	must(t, err)
	rows, err := book.GetRows("文件目录")
	must(t, err)
	listed := 0
	for _, r := range rows {
		if len(r) < 8 || len(r[7]) != 64 {
			continue
		}
		listed++
		sum := sm3.Sum(read(z, r[1]))
		if got := hex.EncodeToString(sum[:]); got != r[7] {
			t.Errorf("%s has digest %s, the index says %s", r[1], got, r[7])
		}
	}
	if listed < 3 || listed != len(z.File)-2 { // the document of the registration, its form, that of the acceptance
		t.Errorf("the index lists %d documents, the archive has %d files", listed, len(z.File))
	}
	if overview := read(z, "00 项目概况.docx"); !bytes.HasPrefix(overview, []byte("PK")) {
		t.Error("the overview is no document")
	}
	// finance sees the project, but not the unit's registration with its form and document
	if few := open("luojing"); len(few.File) >= len(z.File) {
		t.Errorf("finance gets %d files, the bureau %d", len(few.File), len(z.File))
	}
}

// Every case about a project that its reader may see stands in the archive as it
// reads, by itself, and every receipt that was issued for one.
func TestDossierHoldsFormsAndReceipts(t *testing.T) {
	t.Parallel()
	a := cityOn(t, t.TempDir(), "", "2026-09-20")
	h := a.Handler(false)
	id, err := db.Value[string](t.Context(), a.DB, `SELECT id FROM project WHERE name = '入河排污口监测溯源系统'`)
	must(t, err)
	titles, err := db.Column[string](t.Context(), a.DB, `SELECT m.title FROM matter m WHERE m.submitted_at > 0 AND (m.subject_id = $1 OR m.id = (SELECT p.matter_id FROM project p WHERE p.id = $1)) ORDER BY m.id`, id)
	must(t, err)
	numbered := func(where string) []string {
		t.Helper()
		out, err := db.Column[string](t.Context(), a.DB, `SELECT r.number FROM receipt r JOIN matter m ON m.id = r.matter_id WHERE m.subject_id = $1 AND r.title `+where+` ORDER BY r.number`, id)
		must(t, err)
		return out
	}
	numbers, opinions := numbered(`LIKE '%回执'`), numbered(`NOT LIKE '%回执'`)
	if len(titles) < 3 || len(numbers) < 2 || len(opinions) < 1 {
		t.Fatalf("the city has %d cases, %d receipts and %d numbered opinions about the project", len(titles), len(numbers), len(opinions))
	}
	papers := func(login, name string) string {
		t.Helper()
		body, _ := visit(t, h, "/projects/"+id+"/dossier.zip", login)
		z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
		must(t, err)
		var all strings.Builder
		for _, f := range z.File {
			if strings.HasSuffix(f.Name, name) {
				r, err := f.Open()
				must(t, err)
				_, err = io.Copy(&all, r)
				must(t, err)
			}
		}
		return all.String()
	}
	forms, receipts := papers("zhoumin", "/00 案卷.html"), papers("zhoumin", "/00 回执.html")
	for _, title := range titles {
		if !strings.Contains(forms, "<title>"+title+"</title>") {
			t.Errorf("no form of %s", title)
		}
	}
	for _, n := range numbers {
		if !strings.Contains(receipts, "<title>回执 "+n+"</title>") {
			t.Errorf("no receipt %s", n)
		}
	}
	if got := strings.Count(forms, "<title>"); got != len(titles) {
		t.Errorf("%d forms of %d cases", got, len(titles))
	}
	for _, part := range append(opinions, "办理经过", "签发验收结论", "决算") {
		if !strings.Contains(forms, part) {
			t.Errorf("the forms do not say %s", part)
		}
	}
	for _, foreign := range []string{"<script", "<link", "<a ", "src="} {
		if strings.Contains(forms+receipts, foreign) {
			t.Errorf("a paper does not stand by itself: it has %s", foreign)
		}
	}
	// what finance may not see is not there either
	seen := papers("luojing", "/00 案卷.html")
	if strings.Count(seen, "<title>") >= len(titles) || strings.Contains(seen, "<title>存量登记") {
		t.Error("finance reads a case that it may not see")
	}
}
