package workbook

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/money"
)

// Preview is what a workbook holds and what would become of it. It contains
// nothing of a row that names a state secret but the row's number.
type Preview struct {
	FileName string
	PlanYear int
	Sheet    string // the sheet read
	Sheets   []SheetInfo
	Header   HeaderInfo
	Rows     []Row
	Skipped  []SkippedRow
	Problems []Problem // in the order of rows and columns
	Counts   Counts
	Total    money.Fen // estimates of the rows that can be imported
	Lines    []Line    // text of the rows that are not projects: title, header, totals
	Merges   []string  // merged ranges of the sheet, such as "B5:B10"
	Clean    bool      // nothing in the file speaks of secrets: it may be kept for reading again
}

// SheetInfo is one sheet of the file and why it is or is not imported.
type SheetInfo struct {
	Name   string
	Read   bool
	Hidden bool
	Why    string // Chinese, for a sheet that is not read
}

// HeaderInfo is how the columns were understood.
type HeaderInfo struct {
	Found       bool
	First, Last int // header rows, 1 based
	Columns     []Column
	Missing     []Field // fields of Article 6 without a column
}

// Confidence in the meaning of a column.
type Confidence string

// Confidences, from sure to unknown.
const (
	Exact     Confidence = "exact"  // a usual spelling of the heading
	Likely    Confidence = "likely" // the heading contains a usual word
	ByHand    Confidence = "hand"   // mapped by a person
	Ambiguous Confidence = "ambiguous"
	Unknown   Confidence = "unknown" // not imported
)

// Column is one column of the sheet.
type Column struct {
	Letter     string
	Heading    string // as written; two rows joined by " / "
	Field      Field  // "" when the column is not imported
	Confidence Confidence
	Yuan       bool // amounts are in 元, otherwise in 万元
}

// Status says what becomes of a row.
type Status string

// Statuses of a row.
const (
	Ready   Status = "ready"
	Ask     Status = "ask"    // importable; its unit must complete or confirm something
	Refused Status = "refuse" // not importable
)

// Row is one project of the workbook. A secret row has only Row, Secret and Status.
type Row struct {
	Row    int // in the sheet, 1 based
	Status Status
	Secret bool   `json:",omitempty"`
	Key    string // unit id and normalised name: the same project in every import
	Unit   UnitRef
	Item   Item
	Cells  []Cell // in the order of columns
}

// Cell is one mapped cell of a row.
type Cell struct {
	Ref   string // "M11"
	Field Field
	As    string // as written
	Value string // tidied
	Fixed bool   // Value differs from As by automatic tidying
	How   string `json:",omitempty"` // what the tidying was
}

// Item is the content of a project row, ready for a draft. Amounts without a
// value are 0, days without a value are "".
type Item struct {
	Seq             string
	Name            string
	BuildKind       string // new, continue, extend, rebuild, om, or "" when unclear
	Class           string // 项目类别 as written
	BasisText       string
	Bases           []Basis
	Goal            string
	Content         string
	Functions       string
	DataResources   string
	Security        string
	Operation       string
	Estimate        money.Fen
	YearAmount      money.Fen
	FundText        string // sources as written
	FundSource      string // the single source, "" when there are several
	Funds           []Fund // amounts by source; empty when not split
	Split           bool   // Funds add up to YearAmount
	PeriodText      string
	Start, End      calendar.Date
	ProtectionLevel int // 1 to 5 as read from Security, 0 for none
	Remark          string
}

// Basis is a document that the project rests on.
type Basis struct {
	Title  string // without 《》
	Number string // 文号, such as 国发〔2022〕14号
}

// Fund is the amount of one source.
type Fund struct {
	Source string // general_budget, gov_fund, soe_capital, central, provincial, bond, own, other
	Amount money.Fen
}

// SkippedRow is a row that is no project.
type SkippedRow struct {
	Row int
	Why string
}

// Level of a problem.
type Level string

// Levels of a problem.
const (
	LevelRefuse Level = "refuse" // the row cannot be imported
	LevelAsk    Level = "ask"    // imported; to be completed or confirmed
	LevelFixed  Level = "fixed"  // tidied automatically
)

// Where a demand comes from.
const (
	FromText     = "text"     // the words of the Measures
	FromReading  = "reading"  // this city's reading of them
	FromOther    = "other"    // another law or standard
	FromPractice = "practice" // a demand of the system
)

// Problem is one finding at one cell.
type Problem struct {
	Cell    string // "M11"; "" for the whole sheet
	Row     int    // 0 for the whole sheet
	Field   Field
	Level   Level
	Message string // Chinese
	Clause  string `json:",omitempty"` // "A06.2"
	Basis   string
	Suggest string `json:",omitempty"` // a value that would settle it
}

// Counts of project rows; amounts are sums of the estimates, Units are those of
// the own jurisdiction.
type Counts struct {
	Read, Ready, Ask, Refused, Fixed, Units           int
	ReadAmount, ReadyAmount, AskAmount, RefusedAmount money.Fen
}

// Line is a row that is shown but not imported.
type Line struct {
	Row   int
	Cells []LineCell
}

// LineCell is the text of one cell.
type LineCell struct{ Ref, Text string }

// UnitRef is a unit as the register knows it.
type UnitRef struct {
	ID, Name, ShortName string
	Jurisdiction        string
	SameJurisdiction    bool // of the plan being imported
}

// Options steer the reading.
type Options struct {
	FileName  string
	PlanYear  int              // 0: a year in a heading is ignored
	Sheet     string           // "" for the first sheet with a project header
	HeaderRow int              // last header row, given by hand; 0 to find it
	Mapping   map[string]Field // column letter to field, over what was recognised; "" leaves a column out
	Match     func(name string) (UnitRef, bool)
	OnlyUnit  string // id of the only unit whose rows may be imported, "" for all
	// Fits holds an item to the form that would take it: what does not fit, by field.
	Fits func(Item) map[Field]string
}

// Fixes lists what was tidied automatically, as problems of level fixed.
func (p *Preview) Fixes() []Problem {
	var out []Problem
	for _, r := range p.Rows {
		for _, c := range r.Cells {
			if c.Fixed {
				out = append(out, Problem{Cell: c.Ref, Row: r.Row, Field: c.Field, Level: LevelFixed, Message: c.How, Basis: FromPractice, Suggest: c.Value})
			}
		}
	}
	return out
}

// Size is about how many bytes of memory a preview takes.
func (p *Preview) Size() int {
	n := 4096
	for _, r := range p.Rows {
		n += 600 + len(r.Key)
		for _, c := range r.Cells {
			n += 120 + 2*len(c.As) + 2*len(c.Value) // an item repeats most values
		}
	}
	for _, l := range p.Lines {
		for _, c := range l.Cells {
			n += 48 + len(c.Text)
		}
	}
	for _, q := range p.Problems {
		n += 160 + len(q.Message) + len(q.Suggest)
	}
	return n
}

// Refusal is why a row is refused, "" when it is not.
func (p *Preview) Refusal(row int) string {
	for _, q := range p.Problems {
		if q.Row == row && q.Level == LevelRefuse {
			return q.Message
		}
	}
	return ""
}
