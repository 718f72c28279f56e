package systemregister

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/problem"
)

// Limits of a list; the operator's own file, so refusing to swamp memory is enough.
const (
	maxFile  = 10 << 20
	maxInner = 64 << 20 // unzipped; below it nothing is spread to temporary files
	maxRows  = 5000
)

// Row is one system as a list names it: the fields of the form by their keys.
type Row struct {
	Row    int // in the file, from 1
	Unit   string
	Values map[string]string
}

// columns are the keys of the form, and unit, by the headings of CSV and of
// workbooks: each key, each label, and the short words people write.
var columns = func() map[string]string {
	out := map[string]string{"unit": "unit", "单位": "unit", "state": "system_state", "状态": "system_state", "替代系统": "replaced_by"}
	for _, f := range systemForm.Fields() {
		out[hanzi.Fold(f.Label)], out[f.Key] = f.Key, f.Key
	}
	return out
}()

// ReadList reads a list of systems, CSV in UTF-8 or XLSX: a header in the first
// row with the columns in any order, then a system per row. Blank rows are passed over.
func ReadList(r io.Reader) ([]Row, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, problem.New(problem.Invalid, "文件超过 10 MB，请拆分后导入")
	}
	read := readCSV
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		read = readXLSX
	}
	var list reading
	if err := read(data, list.take); err != nil {
		return nil, err
	}
	if list.at == nil {
		return nil, problem.New(problem.Invalid, "表格是空的")
	}
	return list.rows, nil
}

// reading collects the rows below the header.
type reading struct {
	at   []string // key of each column, "" for one without heading
	rows []Row
}

func (l *reading) take(n int, cells []string) error {
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return nil
	}
	if l.at == nil {
		return l.header(cells)
	}
	if len(l.rows) == maxRows {
		return problem.New(problem.Invalid, "表格超过 %d 行，请拆分后导入", maxRows)
	}
	row := Row{Row: n, Values: map[string]string{}}
	for i, cell := range cells {
		cell = hanzi.Tidy(cell)
		switch {
		case i >= len(l.at) || l.at[i] == "" || cell == "":
		case l.at[i] == "unit":
			row.Unit = cell
		default:
			row.Values[l.at[i]] = idOf(l.at[i], cell)
		}
	}
	l.rows = append(l.rows, row)
	return nil
}

// idOf reads a choice as the program or as people write it.
func idOf(key, cell string) string {
	f, _ := systemForm.Field(key)
	for _, o := range f.Options {
		if cell == o.Label {
			return o.ID
		}
	}
	return cell
}

// header finds the columns. A heading it does not know is refused: a mistyped
// one would lose its column without a word.
func (l *reading) header(cells []string) error {
	seen := map[string]bool{}
	for _, cell := range cells {
		title := hanzi.Fold(cell)
		key := columns[title]
		switch {
		case title == "":
		case key == "":
			return problem.New(problem.Invalid, "表头有不认识的列“%s”；应为 单位、系统名称、主要功能、状态、替代系统，以及系统登记表的其他栏目", title)
		case seen[key]:
			return problem.New(problem.Invalid, "表头有两列“%s”", title)
		}
		seen[key] = true
		l.at = append(l.at, key)
	}
	for _, need := range []string{"单位", "系统名称", "状态"} {
		if !seen[columns[need]] {
			return problem.New(problem.Invalid, "表头缺少“%s”", need)
		}
	}
	return nil
}

func readCSV(data []byte, take func(int, []string) error) error {
	if !utf8.Valid(data) {
		return problem.New(problem.Invalid, "文件不是 UTF-8 编码，请另存为“CSV UTF-8”或 .xlsx 后再导入")
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = -1
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return problem.New(problem.Invalid, "第 %d 行的引号不成对，表格无法读取", bad.StartLine)
		}
		if err != nil {
			return err
		}
		line, _ := r.FieldPos(0)
		if err := take(line, cells); err != nil {
			return err
		}
	}
}

func readXLSX(data []byte, take func(int, []string) error) error {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: maxInner, UnzipXMLSizeLimit: maxInner})
	if err != nil {
		return &problem.Error{Kind: problem.Invalid, Msg: "文件不是能读取的 Excel 工作簿（.xlsx）", Err: err}
	}
	defer f.Close() //nolint:errcheck // only read
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return &problem.Error{Kind: problem.Invalid, Msg: "工作簿的第一张表无法读取", Err: err}
	}
	defer rows.Close() //nolint:errcheck // only read
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return &problem.Error{Kind: problem.Invalid, Msg: "工作簿的第一张表无法读取", Err: err}
		}
		if err := take(n, cells); err != nil {
			return err
		}
	}
	return rows.Error()
}
