package paper

import "github.com/xuri/excelize/v2"

// look is what decides the style of a cell in a sheet.
type look struct {
	kind  kind
	align Align
	bold  bool
	role  role
}

type role int

const (
	bodyRole role = iota
	titleRole
	noteRole
	headerRole
)

var (
	titleLook  = look{role: titleRole, align: Center, bold: true}
	noteLook   = look{role: noteRole, align: Left}
	headerLook = look{role: headerRole, align: Center, bold: true}
)

// book is a workbook being written, with the styles it has so far.
type book struct {
	f      *excelize.File
	styles map[look]int
}

// formats of the kinds of cell. Text has Excel's text format, so that it is
// still text after somebody has edited it.
var formats = map[kind]string{text: "@", amount: "#,##0.00", integer: "0", day: "yyyy-mm-dd"}

// style is the number of the style for a look.
func (b book) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	format := formats[l.kind]
	s := excelize.Style{
		Font:         &excelize.Font{Family: songti, Size: 11, Bold: l.bold},
		Alignment:    &excelize.Alignment{Horizontal: l.align.word(), Vertical: "center", WrapText: l.kind == text},
		CustomNumFmt: &format,
	}
	switch l.role {
	case titleRole:
		s.Font.Size = 16
	case headerRole:
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"#E8EEF6"}}
	}
	if l.role == headerRole || l.role == bodyRole {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			s.Border = append(s.Border, excelize.Border{Type: side, Style: 1, Color: "#999999"})
		}
	}
	id, err := b.f.NewStyle(&s)
	if err != nil {
		return 0, err
	}
	b.styles[l] = id
	return id, nil
}
