package workbook

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"zhengcheng/internal/hanzi"
)

// Field is the meaning of a column. The ids are those of the item form where
// the form has the field.
type Field string

// Fields of a plan workbook.
const (
	Seq            Field = "seq"
	UnitName       Field = "unit"
	Name           Field = "name"
	BuildKind      Field = "build_kind"
	Class          Field = "class"
	BasisText      Field = "basis"
	Goal           Field = "goal"
	Content        Field = "content"
	Functions      Field = "functions"
	DataResources  Field = "data_resources"
	Security       Field = "security"
	Operation      Field = "operation"
	Estimate       Field = "estimate"
	FundText       Field = "fund_text"
	YearAmount     Field = "year_amount"
	FundGeneral    Field = "fund_general"
	FundGov        Field = "fund_gov"
	FundSOE        Field = "fund_soe"
	FundCentral    Field = "fund_central"
	FundProvincial Field = "fund_provincial"
	FundBond       Field = "fund_bond"
	FundOwn        Field = "fund_own"
	FundOther      Field = "fund_other"
	Period         Field = "period"
	StartOn        Field = "start_on"
	EndOn          Field = "end_on"
	SecretMark     Field = "secret"
	Remark         Field = "remark"
)

type fieldInfo struct {
	field Field
	label string
	names []string // usual headings, normalised and without year and brackets
	words []string // a heading containing one of these is likely the field
}

// In the order in which a heading is tried against words: the specific first.
var fieldInfos = []fieldInfo{
	{SecretMark, "是否涉密", []string{"是否涉密", "涉密情况", "是否为涉密项目"}, []string{"涉密"}},
	{Seq, "序号", []string{"序号", "编号", "no", "序"}, nil},
	{UnitName, "申报单位", []string{"申报单位", "单位名称", "建设单位", "填报单位", "单位", "项目单位", "报送单位", "部门", "部门名称", "申报部门", "建设单位名称", "申报单位名称"}, []string{"申报单位", "建设单位", "填报单位", "报送单位", "项目单位", "申报部门"}},
	{Name, "项目名称", []string{"项目名称", "名称", "拟建项目名称", "信息化项目名称", "项目"}, []string{"项目名称", "系统名称"}},
	{BuildKind, "建设性质", []string{"建设性质", "项目性质", "性质"}, []string{"性质"}},
	{Class, "项目类别", []string{"项目类别", "项目类型", "项目分类", "类别", "类型"}, []string{"项目类别", "项目类型", "项目分类"}},
	{BasisText, "编制依据", []string{"编制依据", "依据", "政策依据", "建设依据", "立项依据", "申报依据", "项目依据"}, []string{"依据"}},
	{Goal, "总体目标", []string{"总体目标", "建设目标", "目标", "项目目标"}, []string{"目标"}},
	{Functions, "功能应用", []string{"功能应用", "功能", "主要功能", "应用功能", "系统功能", "功能需求"}, []string{"功能"}},
	{DataResources, "数据资源", []string{"数据资源", "信息资源", "数据", "数据资源需求", "数据共享"}, []string{"数据资源", "信息资源", "数据共享"}},
	{Security, "安全保障", []string{"安全保障", "安全", "网络安全", "安全需求", "安全保障措施"}, []string{"安全"}},
	{Operation, "运维服务", []string{"运维服务", "运维", "运行维护", "运维需求", "运维方案", "运维保障"}, []string{"运维", "运行维护"}},
	{Content, "建设内容", []string{"建设内容", "主要建设内容", "内容", "项目内容", "建设内容及规模", "项目概况"}, []string{"建设内容", "项目内容"}},
	{FundText, "资金来源", []string{"资金来源", "渠道", "资金渠道", "经费来源", "来源", "资金来源渠道", "经费渠道", "资金来源及渠道", "经费来源渠道"}, []string{"资金来源", "经费来源", "资金渠道", "经费渠道"}},
	{YearAmount, "年度资金需求", []string{"资金需求", "年度资金需求", "年度资金", "本年度资金", "本年资金", "计划资金", "年度计划资金", "年度投资", "年度预算", "申请资金", "年度资金安排", "本年度资金需求", "本年度计划资金", "资金", "投资", "预算"}, []string{"资金需求", "年度资金", "年度投资", "年度预算", "年度计划", "年资金"}},
	{Estimate, "估算总投资", []string{"估算总投资", "总投资", "概算", "投资估算", "投资概算", "概算总投资", "项目总投资", "总投资估算", "估算投资", "总投资额", "总金额", "项目概算"}, []string{"总投资", "概算", "估算"}},
	{StartOn, "拟开始时间", []string{"开始时间", "拟开始", "拟开始时间", "开工时间", "计划开工", "启动时间", "开始日期", "拟开工时间"}, nil},
	{EndOn, "拟完成时间", []string{"完成时间", "拟完成", "拟完成时间", "完工时间", "计划完工", "结束时间", "结束日期", "竣工时间", "拟完工时间"}, nil},
	{Period, "拟实施时间", []string{"拟实施时间", "建设周期", "起止时间", "实施时间", "建设期", "建设起止年限", "实施周期", "建设时间", "建设起止时间", "拟实施起止", "起止年限", "计划实施时间"}, []string{"实施时间", "建设周期", "起止", "实施周期", "建设期", "建设时间"}},
	{Remark, "备注", []string{"备注", "说明", "其他", "备注说明"}, []string{"备注"}},
	{FundGeneral, "市财政资金", nil, nil},
	{FundGov, "政府性基金", nil, nil},
	{FundSOE, "国有资本经营预算", nil, nil},
	{FundCentral, "中央资金", nil, nil},
	{FundProvincial, "省级资金", nil, nil},
	{FundBond, "专项债、特别国债", nil, nil},
	{FundOwn, "单位自有资金", nil, nil},
	{FundOther, "其他资金", nil, nil},
}

// Label is the field's name in Chinese.
func (f Field) Label() string {
	for _, i := range fieldInfos {
		if i.field == f {
			return i.label
		}
	}
	return string(f)
}

// Fields lists every field, for mapping columns by hand.
func Fields() []Field {
	out := make([]Field, len(fieldInfos))
	for i, f := range fieldInfos {
		out[i] = f.field
	}
	return out
}

// fundFields are the columns that hold the amount of one source.
var fundFields = map[Field]string{
	FundGeneral: general, FundGov: govFund, FundSOE: soe, FundCentral: central,
	FundProvincial: provincial, FundBond: bond, FundOwn: own, FundOther: other,
}

// sections are the six texts that Article 6 demands; the seventh, 经费来源, is
// the fund columns.
var sections = []Field{Goal, Content, Functions, DataResources, Security, Operation}

var (
	brackets  = regexp.MustCompile(`[（(\[【][^）)\]】]*[）)\]】]`)
	yearWord  = regexp.MustCompile(`(20\d\d)年?`)
	otherYear = regexp.MustCompile(`以前|已安排|上年|累计|已投入|已支付`)
)

// heading understands the text of a column heading; parent is the merged
// heading above it, or "".
func heading(parent, text string, planYear int) (Field, Confidence) {
	f, c := meaning(text, planYear)
	if parent == "" || c == Exact && f != Remark {
		return f, c
	}
	p := clean(parent)
	if strings.Contains(p, "资金") || strings.Contains(p, "经费") || strings.Contains(p, "来源") {
		if source := fundSource(text); source != "" && f != YearAmount && f != FundText {
			for ff, s := range fundFields {
				if s == source {
					return ff, Exact
				}
			}
		}
	}
	if f != "" {
		return f, c
	}
	return meaning(parent+text, planYear)
}

func meaning(text string, planYear int) (Field, Confidence) {
	n := clean(text)
	if n == "" || otherYear.MatchString(n) || hanzi.Runes(text) > 40 {
		return "", Unknown
	}
	for _, i := range fieldInfos {
		if slices.Contains(i.names, n) {
			if i.field == YearAmount && wrongYear(text, planYear) {
				return "", Unknown
			}
			return i.field, Exact
		}
	}
	for _, i := range fieldInfos {
		for _, w := range i.words {
			if strings.Contains(n, w) && !(i.field == YearAmount && wrongYear(text, planYear)) {
				return i.field, Likely
			}
		}
	}
	return "", Unknown
}

// clean leaves of a heading what says its meaning: no brackets, year, quotes.
func clean(s string) string {
	n := hanzi.NormalName(brackets.ReplaceAllString(hanzi.Tidy(s), ""))
	return strings.TrimPrefix(yearWord.ReplaceAllString(n, ""), "度")
}

func wrongYear(text string, planYear int) bool {
	m := yearWord.FindStringSubmatch(hanzi.Fold(text))
	return planYear > 0 && m != nil && m[1] != strconv.Itoa(planYear)
}

var unitOfMoney = regexp.MustCompile(`(?:单位:?[(]?|[(](?:单位:?)?)(?:人民币)?(亿元|百万元|千元|万元|元)(?:$|[) ,;。])`)

// moneyUnit reads the unit of amounts that a text names, as in 单位：万元 or
// 总投资（元）; "" when there is none.
func moneyUnit(s string) string {
	if m := unitOfMoney.FindStringSubmatch(squeeze(s)); m != nil {
		return m[1]
	}
	return ""
}
