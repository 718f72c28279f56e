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
	if listed == 0 || listed != len(z.File)-2 {
		t.Errorf("the index lists %d documents, the archive has %d files", listed, len(z.File))
	}
	if overview := read(z, "00 项目概况.docx"); !bytes.HasPrefix(overview, []byte("PK")) {
		t.Error("the overview is no document")
	}
	// finance sees the project, but not the unit's registration with its document
	if few := open("luojing"); len(few.File) >= len(z.File) {
		t.Errorf("finance gets %d files, the bureau %d", len(few.File), len(z.File))
	}
}
