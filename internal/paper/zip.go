package paper

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// part is one file of an Office package.
type part struct {
	name string
	data []byte
}

// epoch is the time of every part: the first that zip can hold. The clock would
// make equal documents differ.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// pack writes the parts in the order of their names, which puts
// [Content_Types].xml first, where some readers look for it.
func pack(w io.Writer, parts []part) error {
	parts = slices.Clone(parts)
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: epoch})
		if err != nil {
			return err
		}
		if _, err := f.Write(p.data); err != nil {
			return err
		}
	}
	return z.Close()
}

// orderedZip lets pack write what excelize would write in the order of a map.
// It is an excelize.ZipWriter.
type orderedZip struct {
	w     io.Writer
	names []string
	files []*bytes.Buffer
}

func (z *orderedZip) Create(name string) (io.Writer, error) {
	b := new(bytes.Buffer)
	z.names, z.files = append(z.names, name), append(z.files, b)
	return b, nil
}

// AddFS is in the interface; writing a workbook does not call it.
func (z *orderedZip) AddFS(fs.FS) error { return fs.ErrInvalid }

func (z *orderedZip) Close() error {
	parts := make([]part, len(z.names))
	for i, name := range z.names {
		parts[i] = part{name, z.files[i].Bytes()}
	}
	return pack(z.w, parts)
}
