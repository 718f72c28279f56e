package attachment_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhengcheng/internal/attachment"
	"zhengcheng/internal/problem"
)

const pdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n"

func open(t *testing.T) (*attachment.Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "documents")
	s, err := attachment.OpenStore(dir)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return s, dir
}

// files below the folder of the store.
func files(t *testing.T, dir string) []string {
	t.Helper()
	out := []string{}
	must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	}))
	return out
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, name string, err error, says string) {
	t.Helper()
	var p *problem.Error
	if !errors.As(err, &p) || p.Kind != problem.Invalid || !strings.Contains(p.Fields["file"], says) {
		t.Errorf("%s: %v, want “%s” at the field file", name, err, says)
	}
}

func zipped(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, n := range names {
		f, err := w.Create(n)
		must(t, err)
		_, err = io.WriteString(f, "<x/>")
		must(t, err)
	}
	must(t, w.Close())
	return b.String()
}

func TestWhatMayBeUploaded(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	jpg := "\xff\xd8\xff\xe0\x00\x10JFIF\x00"
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 504)
	docx := zipped(t, "[Content_Types].xml", "_rels/.rels", "word/document.xml")
	xlsx := zipped(t, "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
	for _, tc := range []struct {
		name, body string
		good       bool
	}{
		{"批复.pdf", pdf, true},
		{"批复.PDF", pdf, true},
		{"方案.docx", docx, true},
		{"概算.xlsx", xlsx, true},
		{"旧版.doc", ole, true},
		{"旧版.xls", ole, true},
		{"全部.zip", zipped(t, "a.txt"), true},
		{"公文.ofd", zipped(t, "OFD.xml", "Doc_0/Document.xml"), true},
		{"现场.png", png, true},
		{"现场.jpg", jpg, true},
		{"现场.jpeg", jpg, true},

		{"程序.exe", "MZ\x90\x00", false},
		{"程序.pdf", "MZ\x90\x00", false},
		{"脚本.pdf", "#!/bin/sh\nrm -rf /\n", false},
		{"网页.html", "<!DOCTYPE html><html></html>", false},
		{"网页.pdf", "<!DOCTYPE html><html></html>", false},
		{"图.svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`, false},
		{"说明.txt", "说明", false},
		{"批复.pdf.exe", pdf, false},
		{"批复.html", pdf, false},
		{"批复", pdf, false},
		{"", pdf, false},
		{"方案.xlsx", docx, false},
		{"方案.docx", zipped(t, "a.txt"), false},
		{"方案.docx", pdf, false},
		{"现场.png", jpg, false},
	} {
		st, err := s.Put(tc.name, strings.NewReader(tc.body))
		if !tc.good {
			refused(t, tc.name, err, "不能上传这种文件（")
			continue
		}
		if err != nil || st.Name != tc.name || st.Size != int64(len(tc.body)) || st.MediaType == "" {
			t.Errorf("%s: %+v, %v", tc.name, st, err)
		}
	}
	for _, f := range files(t, dir) {
		if strings.HasPrefix(f, "tmp-") {
			t.Errorf("%s is left over", f)
		}
	}
}

func TestAnUploadIsNamedByItsLastPart(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	for _, name := range []string{"../../批复.pdf", "/etc/批复.pdf", `C:\文件\批复.pdf`, `..\批复.pdf`} {
		st, err := s.Put(name, strings.NewReader(pdf))
		if err != nil || st.Name != "批复.pdf" {
			t.Errorf("%s is named %q, %v", name, st.Name, err)
		}
	}
	if got := files(t, filepath.Dir(dir)); len(got) != 1 {
		t.Errorf("files %q", got)
	}
}

// endless counts what is read of it.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	clear(p)
	e.read += int64(len(p))
	return len(p), nil
}

func TestSizes(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	_, err := s.Put("空.pdf", strings.NewReader(""))
	refused(t, "empty", err, "空的")

	e := &endless{}
	_, err = s.Put("大.pdf", io.MultiReader(strings.NewReader(pdf), e))
	refused(t, "endless", err, "超过 100 MB")
	if e.read > attachment.MaxSize+1<<20 {
		t.Errorf("%d bytes were read before it was refused", e.read)
	}
	if got := files(t, dir); len(got) != 0 {
		t.Errorf("left over: %q", got)
	}

	st, err := s.Put("刚好.pdf", io.MultiReader(strings.NewReader(pdf), io.LimitReader(&endless{}, attachment.MaxSize-int64(len(pdf)))))
	if err != nil || st.Size != 100<<20 {
		t.Errorf("the largest: %+v, %v", st, err)
	}
}

func TestAnUploadThatBreaksOffLeavesNothing(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	boom := errors.New("boom")
	_, err := s.Put("批复.pdf", io.MultiReader(strings.NewReader(pdf), brokenReader{boom}))
	if !errors.Is(err, boom) || problem.KindOf(err) != problem.Internal {
		t.Errorf("put: %v", err)
	}
	if got := files(t, dir); len(got) != 0 {
		t.Errorf("left over: %q", got)
	}
}

type brokenReader struct{ err error }

func (b brokenReader) Read([]byte) (int, error) { return 0, b.err }

func TestTheSameContentIsStoredOnce(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	// SM3 by another program: openssl dgst -sm3
	const digest = "d27ab5d3a3d21be1092b0e1bd52b151d9c2eaf0f31f9e95123e100b5491ba1f7"
	want := []string{digest[:2] + "/" + digest}
	for _, name := range []string{"批复.pdf", "批复（副本）.pdf"} {
		st, err := s.Put(name, strings.NewReader(pdf))
		if err != nil || st.Digest != digest || st.Name != name {
			t.Errorf("%+v, %v; want digest %s", st, err, digest)
		}
		if got := files(t, dir); !slices.Equal(got, want) {
			t.Errorf("files %q, want %q", got, want)
		}
	}
	r, err := s.Open(attachment.File{Digest: digest})
	must(t, err)
	got, err := io.ReadAll(r)
	if err := errors.Join(err, r.Close()); err != nil || string(got) != pdf {
		t.Errorf("read back %q, %v", got, err)
	}
	other, err := s.Put("批复.pdf", strings.NewReader(pdf+"\n"))
	if err != nil || other.Digest == digest || len(files(t, dir)) != 2 {
		t.Errorf("other content: %+v, %v, files %q", other, err, files(t, dir))
	}
}

func TestOnlyDigestsAreOpened(t *testing.T) {
	t.Parallel()
	s, dir := open(t)
	must(t, os.WriteFile(filepath.Join(filepath.Dir(dir), "secret"), []byte("x"), 0o600))
	for _, digest := range []string{
		"", "a", "../secret", strings.Repeat("0", 64), strings.Repeat("A", 64), strings.Repeat("0", 63) + "/",
		fmt.Sprintf("%064s", "../secret"), "..", strings.Repeat("../", 20) + "etc/passwd",
	} {
		r, err := s.Open(attachment.File{Digest: digest})
		if !problem.Is(err, problem.NotFound) {
			t.Errorf("open %q: %v", digest, err)
		}
		if r != nil {
			must(t, r.Close())
		}
	}
}
