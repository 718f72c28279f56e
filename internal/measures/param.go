package measures

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"zhengcheng/internal/calendar"
)

// ParamKind is how a parameter is written.
type ParamKind string

const (
	KindInt      ParamKind = "int"
	KindPercent  ParamKind = "percent"
	KindDays     ParamKind = "days"
	KindMonthDay ParamKind = "month-day" // 06-30
	KindDate     ParamKind = "date"      // 2025-12-01
	KindBool     ParamKind = "bool"      // yes or no
)

// Param is a figure that a rule reads and a jurisdiction may set with a date;
// the default is the Measures, or our reading of them.
type Param struct {
	Key, Title, Unit string
	Kind             ParamKind
	Default          string
	Clause           string
	Basis            Basis
	Note             string
}

// Values are what a jurisdiction has set; a missing key means the default.
type Values map[string]string

// Text is the value as written.
func (p Param) Text(v Values) string {
	if s, ok := v[p.Key]; ok {
		return s
	}
	return p.Default
}

// Int is the value of a whole-number parameter.
func (p Param) Int(v Values) int {
	n, err := strconv.Atoi(p.Text(v))
	if err != nil {
		n, _ = strconv.Atoi(p.Default) // a stored value was validated; the default is held by a test
	}
	return n
}

// Bool is the value of a yes/no parameter.
func (p Param) Bool(v Values) bool { return p.Text(v) == "yes" }

// MonthDay is the value of a day-of-year parameter.
func (p Param) MonthDay(v Values) (month, day int) {
	s := p.Text(v)
	if p.Validate(s) != nil {
		s = p.Default
	}
	m, d, _ := strings.Cut(s, "-")
	month, _ = strconv.Atoi(m)
	day, _ = strconv.Atoi(d)
	return month, day
}

// Date is the value of a parameter that is one day.
func (p Param) Date(v Values) calendar.Date {
	s := p.Text(v)
	if p.Validate(s) != nil {
		s = p.Default
	}
	return calendar.Date(s)
}

// Show is the value as people read it.
func (p Param) Show(s string) string {
	switch p.Kind {
	case KindBool:
		if s == "yes" {
			return "是"
		}
		return "否"
	case KindMonthDay:
		m, d, _ := strings.Cut(s, "-")
		return strings.TrimLeft(m, "0") + " 月 " + strings.TrimLeft(d, "0") + " 日"
	case KindDate:
		return calendar.Date(s).Chinese()
	}
	if p.Unit == "" {
		return s
	}
	return s + " " + p.Unit
}

// Validate refuses a value that the parameter cannot have, in Chinese.
func (p Param) Validate(s string) error {
	switch p.Kind {
	case KindBool:
		if s != "yes" && s != "no" {
			return errors.New("请选择是或否")
		}
	case KindMonthDay:
		m, d, ok := strings.Cut(s, "-")
		month, err1 := strconv.Atoi(m)
		day, err2 := strconv.Atoi(d)
		if !ok || err1 != nil || err2 != nil || len(s) != 5 {
			return errors.New("请写成 06-30 的样子")
		}
		if _, err := calendar.New(2026, month, day); err != nil {
			return err
		}
	case KindDate:
		d, err := calendar.ParseDate(s)
		if err != nil {
			return err
		}
		if string(d) != s { // stored values are compared as strings
			return errors.New("请写成 2025-12-01 的样子")
		}
	default:
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 {
			return errors.New("请填 0 或正整数")
		}
		if p.Kind == KindPercent && n > 100 {
			return fmt.Errorf("百分比不能大于 100")
		}
	}
	return nil
}
