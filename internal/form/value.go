package form

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/money"
	"zhengcheng/internal/problem"
)

// Raw is the value of the field as the database and JSON keep it: string, int64.
func (f Field) Raw(v any) any {
	switch p := f.at(v).(type) {
	case *string:
		return *p
	case *money.Fen:
		return int64(*p)
	case *calendar.Date:
		return string(*p)
	case *bool:
		if *p {
			return int64(1)
		}
		return int64(0)
	case *int64:
		return *p
	default:
		panic(fmt.Sprintf("form: field %s has type %T", f.Key, p))
	}
}

// Dest is where a database row scans the field's value to.
func (f Field) Dest(v any) any {
	if f.Kind == Check {
		return &flag{f.at(v).(*bool)}
	}
	return f.at(v)
}

type flag struct{ to *bool }

func (b *flag) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return fmt.Errorf("form: flag has type %T", src)
	}
	*b.to = n != 0
	return nil
}

// Input is the value as it stands in an input: amounts in 万元 without commas.
func (f Field) Input(v any) string {
	switch p := f.at(v).(type) {
	case *string:
		return *p
	case *money.Fen:
		if *p == 0 {
			return ""
		}
		return p.WanExact()
	case *calendar.Date:
		return string(*p)
	case *bool:
		if *p {
			return "1"
		}
		return ""
	case *int64:
		if *p == 0 {
			return ""
		}
		return strconv.FormatInt(*p, 10)
	}
	return ""
}

// Show is the value as people read it; an empty one is —.
func (f Field) Show(v any) string {
	s := f.Input(v)
	switch {
	case f.Kind == Check && s == "":
		return "否"
	case f.Kind == Check:
		return "是"
	case strings.TrimSpace(s) == "":
		return "—"
	case f.Kind == Choice:
		return Label(f.Options, s)
	case f.Kind == Money:
		return f.at(v).(*money.Fen).Wan()
	}
	return s
}

// Empty reports whether nothing has been filled in.
func (f Field) Empty(v any) bool { return f.Kind != Check && strings.TrimSpace(f.Input(v)) == "" }

// Set parses what a person typed. The error is a Chinese sentence; the old
// value stays.
func (f Field) Set(v any, in string) error {
	if !hanzi.Legible(in) {
		return fmt.Errorf("%s含有无法识别的字符，请删去后重新填写", f.Label)
	}
	switch p := f.at(v).(type) {
	case *string:
		return f.setText(p, in)
	case *money.Fen:
		if strings.TrimSpace(in) == "" {
			*p = 0
			return nil
		}
		fen, err := money.ParseWan(in)
		if err != nil {
			return fmt.Errorf("%s：%w", f.Label, err)
		}
		*p = fen
	case *calendar.Date:
		if strings.TrimSpace(in) == "" {
			*p = ""
			return nil
		}
		d, err := calendar.ParseDate(in)
		if err != nil {
			return fmt.Errorf("%s：%w", f.Label, err)
		}
		*p = d
	case *bool:
		*p = in != "" && in != "0" && in != "false"
	case *int64:
		s := hanzi.Fold(in)
		if s == "" {
			*p = 0
			return nil
		}
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 0 {
			return fmt.Errorf("%s应填 0 或正整数", f.Label)
		}
		if n > int64(f.Max) {
			return fmt.Errorf("%s不能大于 %d", f.Label, f.Max)
		}
		*p = n
	}
	return nil
}

func (f Field) setText(p *string, in string) error {
	if f.Kind == Choice {
		if in != "" && Label(f.Options, in) == in && !f.has(in) {
			return fmt.Errorf("%s只能从列表中选择", f.Label)
		}
		*p = in
		return nil
	}
	in = strings.ReplaceAll(in, "\r\n", "\n")
	if f.Kind == Many {
		in = strings.Join(Names(in), "、")
	}
	if f.Kind == Text {
		in = strings.Join(strings.Fields(in), " ")
	}
	if n := utf8.RuneCountInString(in); n > f.Max {
		return fmt.Errorf("%s最多 %d 字，现有 %d 字", f.Label, f.Max, n)
	}
	*p = in
	return nil
}

func (f Field) has(id string) bool {
	for _, o := range f.Options {
		if o.ID == id {
			return true
		}
	}
	return false
}

// Apply sets the fields named in the input and leaves the others. Bad values
// come back as an Invalid problem with a message per field, prefixed by at;
// a key that is no field is a problem too.
func (s Spec) Apply(v any, in map[string]string, at string) error {
	bad := map[string]string{}
	for key, val := range in {
		f, ok := s.byKey[key]
		if !ok {
			bad[at+key] = "没有这一栏：" + key
			continue
		}
		if f.ReadOnly {
			bad[at+key] = f.Label + "由系统填写，不能修改"
			continue
		}
		if err := f.Set(v, val); err != nil {
			bad[at+key] = err.Error()
		}
	}
	return problem.Fields(bad)
}

// Missing names the required fields that are empty, by key with a message.
func (s Spec) Missing(v any, at string) map[string]string {
	out := map[string]string{}
	for _, f := range s.fields {
		if f.Required && f.Empty(v) {
			out[at+f.Key] = "请填写" + f.Label
		}
	}
	return out
}

// Encode is the canonical JSON of a form: all fields in declared order.
func (s Spec) Encode(v any) []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range s.fields {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(f.Key) + ":")
		raw, err := json.Marshal(f.Raw(v))
		if err != nil {
			panic(err) // strings and int64 always marshal
		}
		b.Write(raw)
	}
	b.WriteByte('}')
	return b.Bytes()
}

// Decode reads what Encode wrote; unknown keys of older versions are skipped.
func (s Spec) Decode(raw []byte) (any, error) {
	v := s.New()
	if len(raw) == 0 {
		return v, nil
	}
	var m map[string]json.RawMessage
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, fmt.Errorf("decode form: %w", err)
	}
	for key, r := range m {
		f, ok := s.byKey[key]
		if !ok {
			continue
		}
		if err := f.decode(v, r); err != nil {
			return nil, fmt.Errorf("decode form field %s: %w", key, err)
		}
	}
	return v, nil
}

func (f Field) decode(v any, r json.RawMessage) error {
	switch p := f.at(v).(type) {
	case *string:
		return json.Unmarshal(r, p)
	case *calendar.Date:
		return json.Unmarshal(r, (*string)(p))
	}
	var n int64
	if err := json.Unmarshal(r, &n); err != nil {
		return err
	}
	switch p := f.at(v).(type) {
	case *money.Fen:
		*p = money.Fen(n)
	case *int64:
		*p = n
	case *bool:
		*p = n != 0
	}
	return nil
}

// Change is one field that differs between two versions of a form.
type Change struct {
	Key    string `json:"key"`
	Label  string `json:"label"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Diff lists the fields people see that differ, in declared order.
func (s Spec) Diff(before, after any) []Change {
	var out []Change
	for _, f := range s.fields {
		if a, b := f.Show(before), f.Show(after); a != b && !f.Hidden {
			out = append(out, Change{f.Key, f.Label, a, b})
		}
	}
	return out
}
