package protection

import (
	"fmt"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/measures"
)

// Colours of a light.
const (
	Green = "green"
	Amber = "amber"
	Red   = "red"
	Grey  = "grey"
)

// Colours in Chinese, the worst first.
var Colours = []struct{ ID, Label string }{{Red, "红灯"}, {Amber, "黄灯"}, {Green, "绿灯"}, {Grey, "不适用"}}

// ColourName is a colour in Chinese, "" for one that does not exist.
func ColourName(id string) string {
	for _, c := range Colours {
		if c.ID == id {
			return c.Label
		}
	}
	return ""
}

// Light is how something stands today, with the sentence that says why and the
// obligation it answers.
type Light struct {
	Colour   string        `json:"colour"`
	Says     string        `json:"says"`
	Clause   string        `json:"clause"`
	Due      calendar.Date `json:"due,omitempty"`
	MatterID string        `json:"matter_id,omitempty"` // the case it stands on
}

// dated is the light of a date that comes round, after all else was found in order.
func (l Light) dated(today calendar.Date, v measures.Values) Light {
	left := today.DaysUntil(l.Due)
	switch {
	case l.Due == "":
		l.Colour = Green
	case l.Due < today:
		l.Colour, l.Says = Red, fmt.Sprintf("%s，应在 %s 前再做一次，已逾期 %d 天", l.Says, l.Due, -left)
	case left <= RemindFirst.Int(v):
		l.Colour, l.Says = Amber, fmt.Sprintf("%s，应在 %s 前再做一次，还有 %d 天", l.Says, l.Due, left)
	default:
		l.Colour, l.Says = Green, fmt.Sprintf("%s，下次在 %s 前", l.Says, l.Due)
	}
	return l
}

// GradingLight is how a system stands with its graded protection.
func GradingLight(r Record, state string, today calendar.Date, v measures.Values) Light {
	l := Light{Clause: "A28.2", MatterID: r.MatterID, Due: r.NextDue}
	switch {
	case r.MatterID == "" && state == "building":
		l.Colour, l.Says = Grey, "在建，运行前定级备案"
	case r.MatterID == "":
		l.Colour, l.Says = Amber, "没有登记定级、备案和测评情况"
	case r.Level == 0:
		l.Colour, l.Says = Grey, "不定级，理由见登记"
	case r.Level >= filedFrom && r.Number == "":
		l.Colour, l.Says = Red, levelName(r.Level)+"，没有备案"
	case r.Conclusion == NotConform:
		l.Colour, l.Says = Red, fmt.Sprintf("%s，%s 测评结论为不符合", levelName(r.Level), r.On)
	case r.Level > cyclicTo:
		l.Colour, l.Says = Green, levelName(r.Level)+"，由国家指定的专门部门监督检查"
	case r.Level < filedFrom:
		l.Colour, l.Says = Green, levelName(r.Level)+"，自主保护"
	case r.NextDue != "" && r.NextDue < today:
		l.Says = assessed(r)
		return l.dated(today, v)
	case r.OpenRisks > 0:
		l.Colour, l.Says = Amber, fmt.Sprintf("%s，高风险问题 %d 个没有整改完", assessed(r), r.OpenRisks)
	default:
		l.Says = assessed(r)
		return l.dated(today, v)
	}
	return l
}

// CipherLight is how a system stands with its ciphers: by the evaluation in operation,
// owed where it is concerned.
func CipherLight(r Record, state string, concerned bool, today calendar.Date, v measures.Values) Light {
	l := Light{Clause: "A29.2", MatterID: r.MatterID, Due: r.NextDue}
	switch {
	case r.MatterID == "" && state == "building":
		l.Colour, l.Says = Grey, "在建，运行前评估"
	case r.MatterID == "" && concerned:
		l.Colour, l.Says = Amber, "没有登记密码应用评估"
	case r.MatterID == "":
		l.Colour, l.Says = Grey, "按等级不要求评估"
	case r.Level == 0:
		l.Colour, l.Says = Grey, "登记为不适用，理由见登记"
	case r.Conclusion == NotConform:
		l.Colour, l.Says = Red, fmt.Sprintf("%s 评估结论为不符合", r.On)
	case !concerned:
		l.Colour, l.Says, l.Due = Green, fmt.Sprintf("%s 评估，按等级不要求定期评估", r.On), ""
	default:
		l.Says = fmt.Sprintf("%s 评估", r.On)
		return l.dated(today, v)
	}
	return l
}

func assessed(r Record) string {
	if r.On == "" {
		return levelName(r.Level) + "，还没有测评"
	}
	return fmt.Sprintf("%s，%s 测评", levelName(r.Level), r.On)
}

func levelName(n int64) string {
	return [...]string{"不定级", "第一级", "第二级", "第三级", "第四级", "第五级"}[min(max(n, 0), 5)]
}
