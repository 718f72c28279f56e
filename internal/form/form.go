// Package form declares each field of a form once. From that one declaration
// follow the HTML input, the reading view, the API schema, the messages for bad
// input, the columns of a table of lines and the printed page.
//
// A form is a plain struct; a field points into it with an explicit function,
// so there is no reflection and rules read typed values.
package form

import (
	"slices"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/money"
)

// Kind is how a field is typed, stored and shown.
type Kind string

const (
	Text   Kind = "text"   // one line
	Long   Kind = "long"   // several lines
	Money  Kind = "money"  // fen, typed in 万元
	Date   Kind = "date"   // YYYY-MM-DD
	Choice Kind = "choice" // one id of Options
	Check  Kind = "check"  // yes or no
	Int    Kind = "int"    // whole number, 0 or more
	Many   Kind = "many"   // several names of a kept list, separated by 、
)

// Option is one choice: a stable id and its Chinese label.
type Option struct{ ID, Label string }

// Field is one input. Key is its stable name in URLs, JSON and columns.
type Field struct {
	Key, Label, Help string
	Clause           string // obligation id that asks for it, or ""
	Kind             Kind
	Required         bool // must be filled when handed in, not in a draft
	ReadOnly         bool // filled by the program, shown but never typed
	Max              int  // runes for texts, value for Int
	Options          []Option
	List             string // Many: the list that offers the names
	Column           bool   // shown, and filled in, in the table of lines
	Cumulative       bool   // each line holds all up to it, so that lines are not summed
	Hidden           bool   // kept with the rest, never shown to people
	at               func(any) any
}

// Section groups fields under a heading with the clauses it answers.
type Section struct {
	Key, Title string
	Clauses    []string
	Fields     []Field
}

// Spec is a whole form over one struct type.
type Spec struct {
	Sections []Section
	fresh    func() any
	fields   []Field
	byKey    map[string]Field
}

// For declares a form over T. Field keys must be unique.
func For[T any](sections ...Section) Spec {
	s := Spec{Sections: sections, fresh: func() any { return new(T) }, byKey: map[string]Field{}}
	for _, sec := range sections {
		for _, f := range sec.Fields {
			if f.Kind == Money && strings.Contains(f.Label, "万元") {
				panic("form: pages write the unit of an amount: " + f.Key)
			}
			if _, twice := s.byKey[f.Key]; twice {
				panic("form: field declared twice: " + f.Key)
			}
			s.byKey[f.Key] = f
			s.fields = append(s.fields, f)
		}
	}
	return s
}

// New is an empty form, a pointer to the declared struct.
func (s Spec) New() any { return s.fresh() }

// Fields lists all fields in order of declaration.
func (s Spec) Fields() []Field { return s.fields }

// Field finds a field by key.
func (s Spec) Field(key string) (Field, bool) {
	f, ok := s.byKey[key]
	return f, ok
}

// Option setters for the field constructors.
type Setting func(*Field)

// Required makes an empty value a refusal when the case is handed in.
func Required(f *Field) { f.Required = true }

// ReadOnly is for what the program fills in.
func ReadOnly(f *Field) { f.ReadOnly = true }

// Hidden is for what the program keeps for itself, such as a copy that exports read.
func Hidden(f *Field) { f.ReadOnly, f.Hidden = true, true }

// Max bounds a text in runes or a whole number in value.
func Max(n int) Setting { return func(f *Field) { f.Max = n } }

// Help is the sentence under the input.
func Help(text string) Setting { return func(f *Field) { f.Help = text } }

// Column puts the field of a line into the table of all lines, where it can also
// be filled in.
func Column(f *Field) { f.Column = true }

// Cumulative is for a column whose lines each hold all up to them: it has no sum.
func Cumulative(f *Field) { f.Cumulative = true }

// Cite names the obligation that asks for the field.
func Cite(clause string) Setting { return func(f *Field) { f.Clause = clause } }

func field[T, V any](kind Kind, key, label string, max int, at func(*T) *V, set []Setting) Field {
	f := Field{Key: key, Label: label, Kind: kind, Max: max, at: func(v any) any { return at(v.(*T)) }}
	for _, s := range set {
		s(&f)
	}
	return f
}

// TextField is one line of text, 200 runes unless Max says otherwise.
func TextField[T any](key, label string, at func(*T) *string, set ...Setting) Field {
	return field(Text, key, label, 200, at, set)
}

// LongField is text of several lines, 5,000 runes unless Max says otherwise.
func LongField[T any](key, label string, at func(*T) *string, set ...Setting) Field {
	return field(Long, key, label, 5000, at, set)
}

// MoneyField is an amount typed in 万元 and kept in fen.
func MoneyField[T any](key, label string, at func(*T) *money.Fen, set ...Setting) Field {
	return field(Money, key, label, 0, at, set)
}

// DateField is a calendar day.
func DateField[T any](key, label string, at func(*T) *calendar.Date, set ...Setting) Field {
	return field(Date, key, label, 0, at, set)
}

// ChoiceField is one of the options.
func ChoiceField[T any](key, label string, options []Option, at func(*T) *string, set ...Setting) Field {
	f := field(Choice, key, label, 0, at, set)
	f.Options = options
	return f
}

// CheckField is yes or no.
func CheckField[T any](key, label string, at func(*T) *bool, set ...Setting) Field {
	return field(Check, key, label, 0, at, set)
}

// ManyField is any number of names of a list that is kept as data. It keeps the
// names, so that an old case reads the same whatever becomes of the list.
func ManyField[T any](key, label, list string, at func(*T) *string, set ...Setting) Field {
	f := field(Many, key, label, 1000, at, set)
	f.List = list
	return f
}

// Separators part the names of a Many field, however people write them.
const Separators = "、，,；;\n"

// Names are the names of a Many field.
func Names(value string) []string {
	var out []string
	for _, n := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(Separators, r) }) {
		if n = strings.TrimSpace(n); n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// IntField is a whole number from 0 to 1,000,000 unless Max says otherwise.
func IntField[T any](key, label string, at func(*T) *int64, set ...Setting) Field {
	return field(Int, key, label, 1000000, at, set)
}

// Label is the Chinese label of an option id, or the id itself.
func Label(options []Option, id string) string {
	for _, o := range options {
		if o.ID == id {
			return o.Label
		}
	}
	return id
}
