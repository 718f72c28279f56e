package archive

import (
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/registry"
)

// Material is a row of the archive list. Its key is fixed; title, category and
// order may change with a version.
type Material struct {
	Key, Category, Stage, Title string
	Build, Operate              bool     // mandatory for construction, for operation
	From                        []string // procedure/kind of the attachments that belong to it
	Retention                   string
}

// List is one version of the archive list.
type List struct {
	Version   int64
	From      calendar.Date
	Materials []Material
}

// retentions, media and statuses of a row.
var (
	retentions = []form.Option{{ID: "forever", Label: "永久"}, {ID: "30y", Label: "30 年"}, {ID: "10y", Label: "10 年"}}
	media      = []form.Option{{ID: "electronic", Label: "电子"}, {ID: "paper", Label: "纸质"}, {ID: "both", Label: "电子和纸质"}}
	statuses   = []form.Option{{ID: Found, Label: "已归档"}, {ID: Missing, Label: "缺"}, {ID: NotConcerned, Label: "不涉及"}}
)

// What a row may say.
const (
	Found        = "found"
	Missing      = "missing"
	NotConcerned = "na"
)

// other takes what no row names.
const other = "sound"

// lists are the versions of the list, the newest last: 归档范围和保管期限 follow the
// provisional rules on archives of national e-government projects; a case keeps the
// version it was opened with.
var lists = []List{{Version: 1, From: "2025-12-01", Materials: []Material{
	{"approval", "1 立项", "前期", "立项依据、年度计划或者增补批准文件、概算批复", true, true, []string{"existing/approval", "supplement/basis", "supplement/decision", "annual-plan/decision", "annual-plan/request", "estimate/approval", "conformity/approval"}, "forever"},
	{"scheme", "1 立项", "前期", "实施方案、可行性论证和评审意见", true, false, []string{"reserve/feasibility", "reserve/scheme", "reserve/quotation", "performance-assessment/report", "conformity/review"}, "forever"},
	{"procurement", "2 采购与合同", "采购", "采购文件、中标通知书", true, true, []string{"procurement/tender", "procurement/award"}, "30y"},
	{"contract", "2 采购与合同", "采购", "合同和补充合同、备案回执", true, true, []string{"contract/contract", "contract-settlement/settlement", "conformity/contract"}, "30y"},
	{"design", "3 设计开发", "建设", "需求、设计文档和源代码交付清单", true, false, []string{"conformity/technical"}, "30y"},
	{"carrying", "4 实施", "建设", "进度、会议、变更和服务记录", true, true, []string{"adjustment/minutes", "adjustment/basis", "adjustment/decision", "implementation/rules", "course/basis", "course/settlement", "conformity/adjustment", "conformity/service"}, "30y"},
	{"supervision", "4 实施", "建设", "监理合同、日志和总结", false, false, []string{"implementation/supervision", "conformity/supervision"}, "30y"},
	{"equipment", "5 设备与软件", "建设", "设备和软件清单、许可、合格证", false, false, []string{"conformity/components", "component/delivery", "component/notice"}, "10y"},
	{"test", "6 测试与试运行", "验收", "测试报告、初步验收和试运行报告", true, false, []string{"conformity/test", "conformity/trial"}, "30y"},
	{"finance", "7 财务", "验收", "支付凭证、决算和审计报告", true, true, []string{"conformity/finance", "conformity/audit", "conformity/final-account", "conformity/asset", "payment/voucher", "performance-evaluation/report", "conformity/performance"}, "30y"},
	{"security", "8 安全密码", "建设", "等保、密评和安全可靠测评材料", true, false, []string{"conformity/mlps", "conformity/cipher"}, "30y"},
	{"data", "9 数据", "建设", "数据资源目录、责任清单和接入证明", false, false, []string{"conformity/catalogue", "conformity/connection", "conformity/register", "connection/evidence"}, "30y"},
	{"acceptance", "10 验收", "验收", "建设（服务）总结报告和验收申请", true, true, []string{"conformity/letter", "conformity/summary", "conformity/report", "conformity/experts", "conformity/mend-report", "conformity/archive"}, "forever"},
	{"handover", "11 运维移交", "验收", "操作和维护手册、培训和移交记录", false, false, []string{"conformity/training", "conformity/replaced"}, "10y"},
	{other, "12 声像电子", "验收", "声像和其他电子文件", false, false, nil, "10y"},
}}}

// ListAt is the list in force on a day.
func ListAt(on calendar.Date) List {
	out := lists[0]
	for _, l := range lists {
		if l.From <= on {
			out = l
		}
	}
	return out
}

// Must reports whether the material is mandatory for a kind of construction.
func (m Material) Must(buildKind string) bool {
	if buildKind == registry.Operate {
		return m.Operate
	}
	return m.Build
}

// Place is the row a document of a case belongs to, "" where none names it.
func (l List) Place(procedure, kind string) string {
	for _, m := range l.Materials {
		if slices.Contains(m.From, procedure+"/"+kind) {
			return m.Key
		}
	}
	return ""
}
