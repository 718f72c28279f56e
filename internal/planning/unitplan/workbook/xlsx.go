package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Limits of a workbook.
const (
	MaxFile     = 10 << 20 // bytes of the file
	MaxUnzipped = 64 << 20 // bytes of its parts
	MaxRows     = 5000     // rows with content in the sheet read
	MaxColumns  = 256
	maxParts    = 2000
	maxTokens   = 4_000_000 // tags and texts of a part; a full sheet has half a million
	lastRow     = 20000     // no content below this row
	maxRun      = 1 << 20   // bytes without a tag: Excel allows 32,767 characters in a cell
)

// Reason tells the kinds of unreadable files apart.
type Reason string

// Reasons for refusing a file.
const (
	TooBig     Reason = "too_big"
	Bomb       Reason = "bomb"
	TooMany    Reason = "too_many_rows"
	NotXLSX    Reason = "not_xlsx"
	Encrypted  Reason = "encrypted"
	Damaged    Reason = "damaged"
	Classified Reason = "classified"
	MoneyUnit  Reason = "money_unit"
	NoSheet    Reason = "no_sheet"
)

// FileError refuses a whole file. Message is Chinese and safe to show.
type FileError struct {
	Reason  Reason
	Message string
}

func (e *FileError) Error() string { return e.Message }

func refuse(r Reason, format string, args ...any) error {
	return &FileError{Reason: r, Message: fmt.Sprintf(format, args...)}
}

var (
	errRows    = refuse(TooMany, "表格超过 %d 行，请拆分后导入", MaxRows)
	errBomb    = refuse(Bomb, "文件解压后超过 64 MB 或空行空格过多，不能读取。请删去图片、多余的工作表和表格下方的空行后再导入")
	errDamaged = refuse(Damaged, "文件已损坏，不能读取。请用 Excel 或 WPS 打开并另存为 .xlsx 后再导入")
)

const saveAs = "请用 Excel 或 WPS 打开，“另存为”选“Excel 工作簿（*.xlsx）”后再导入"

// container is an opened XLSX file. Its parts are inflated one at a time and
// share one budget of bytes.
type container struct {
	parts  map[string]*zip.File // by lower-case path
	budget int64
	// oversized: the directory itself claims more than MaxUnzipped. Such a file is
	// never accepted, but its sheet is still looked at to say "too many rows".
	oversized bool
}

func open(data []byte) (*container, error) {
	if len(data) > MaxFile {
		return nil, refuse(TooBig, "文件超过 10 MB，请删去图片和多余的工作表后再导入")
	}
	if err := sniff(data); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) > maxParts {
		return nil, errDamaged
	}
	c := &container{parts: map[string]*zip.File{}, budget: MaxUnzipped}
	var total uint64
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if f.UncompressedSize64 > MaxUnzipped && !strings.HasPrefix(name, "xl/worksheets/") {
			return nil, errBomb
		}
		if total += min(f.UncompressedSize64, MaxUnzipped+1); total > MaxUnzipped {
			c.oversized = true
		}
		if _, twice := c.parts[name]; twice {
			return nil, errDamaged
		}
		c.parts[name] = f
	}
	return c, c.kind()
}

// kind tells an XLSX from the other office files that are zip files too.
func (c *container) kind() error {
	has := func(name string) bool { _, ok := c.parts[name]; return ok }
	switch {
	case has("xl/workbook.xml"):
		return nil
	case has("xl/workbook.bin"):
		return refuse(NotXLSX, "这是二进制工作簿（.xlsb）。%s", saveAs)
	case has("word/document.xml"):
		return refuse(NotXLSX, "这是 Word 文档，不是 Excel 工作簿。请把表格放进 Excel，存为 .xlsx 后再导入")
	case has("ppt/presentation.xml"):
		return refuse(NotXLSX, "这是演示文稿，不是 Excel 工作簿。请导入 .xlsx 文件")
	case has("content.xml"):
		return refuse(NotXLSX, "这是 OpenDocument 文件（.ods 等）。%s", saveAs)
	}
	return refuse(NotXLSX, "这是压缩包，不是 Excel 工作簿。请解压后导入其中的 .xlsx 文件")
}

// sniff names what a file is that is no zip file.
func sniff(data []byte) error {
	head := data[:min(len(data), 4096)]
	lower := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \r\n\t"))
	has := func(prefix string) bool { return bytes.HasPrefix(lower, []byte(prefix)) }
	switch {
	case len(data) == 0:
		return refuse(NotXLSX, "文件是空的，请重新选择")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return nil
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return compound(data)
	case has("%pdf"):
		return refuse(NotXLSX, "这是 PDF 文件，不是 Excel 工作簿。请导入 .xlsx 文件")
	case has("<html"), has("<!doctype"), has("<table"), bytes.Contains(lower, []byte("schemas-microsoft-com:office")):
		return refuse(NotXLSX, "这是网页格式的表格，不是真正的 Excel 工作簿。%s", saveAs)
	case !bytes.ContainsRune(head, 0) && bytes.ContainsAny(head, ",\t") && bytes.ContainsAny(head, "\r\n"):
		return refuse(NotXLSX, "这是文本表格（.csv），不是 Excel 工作簿。%s", saveAs)
	case !bytes.ContainsRune(head, 0) && utf8.Valid(head):
		return refuse(NotXLSX, "这是文本文件，不是 Excel 工作簿。请导入 .xlsx 文件")
	}
	return refuse(NotXLSX, "这不是 Excel 工作簿。请导入 .xlsx 文件")
}

// compound tells apart the files in Microsoft's older container by the names of
// the streams in them.
func compound(data []byte) error {
	has := func(stream string) bool {
		var b []byte
		for _, u := range utf16.Encode([]rune(stream)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return bytes.Contains(data, b)
	}
	switch {
	case has("EncryptedPackage"):
		return refuse(Encrypted, "文件设有打开密码，不能读取。请在 Excel 或 WPS 中取消密码（文件—信息—保护工作簿），保存后再导入")
	case has("WordDocument"):
		return refuse(NotXLSX, "这是 Word 文档，不是 Excel 工作簿。请把表格放进 Excel，存为 .xlsx 后再导入")
	}
	return refuse(NotXLSX, "这是旧版 Excel 文件（.xls）。%s", saveAs)
}

// part opens a part for streaming; nil when the file lacks it.
func (c *container) part(name string) (io.ReadCloser, error) {
	f := c.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	rc, err := f.Open()
	if err != nil {
		return nil, errDamaged
	}
	return &limited{rc: rc, c: c}, nil
}

// limited charges the budget of its container and refuses a run of bytes
// without a tag that no spreadsheet program writes.
type limited struct {
	rc  io.ReadCloser
	c   *container
	run int
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.rc.Read(p)
	if l.c.budget -= int64(n); l.c.budget < 0 {
		return 0, errBomb
	}
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		l.run = n - i
	} else if l.run += n; l.run > maxRun {
		return 0, refuse(Damaged, "有一格文字过长，不能读取。请把长文放进附件，格内写要点")
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = errDamaged // a part longer than it claims, or not what its checksum says
	}
	return n, err
}

func (l *limited) Close() error { return l.rc.Close() }

// target resolves the target of a relationship against the folder of its source.
func target(t string) string {
	if strings.HasPrefix(t, "/") {
		return strings.TrimPrefix(path.Clean(t), "/")
	}
	return path.Join("xl", t)
}
