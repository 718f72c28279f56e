package conformity

import (
	"slices"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/registry"
)

// How an item is needed.
const (
	Must   = "must"
	Should = "case" // where it applies
)

var needs = []form.Option{{ID: Must, Label: "必备"}, {ID: Should, Label: "按情况"}}

// Material is an item of the checklist. Its key is fixed and is also the kind of
// the documents that show it; title and order may change with a version.
type Material struct {
	Key, Title     string
	Basis          string // how the ground of the item is cited
	Build, Operate string // Must, Should, or "" where it is not asked for
	Blocks         bool   // without it the check is not passed
	Always         bool   // cannot be 不涉及
	OnlyNew        bool
	Recorded       bool   // only its record shows it, a document does not
	Todo           string // what to do where it is missing
}

// List is one version of the checklist.
type List struct {
	Version   int64
	From      calendar.Date
	Materials []Material
}

// lists are the versions of the checklist, the newest last; a case keeps the version
// it was opened with. Materials and what blocks are practice: the text asks for the
// check and leaves its items open.
var lists = []List{{Version: 1, From: "2025-12-01", Materials: first}, {Version: 2, From: "2026-01-01", Materials: second()}}

var first = []Material{
	{Key: "letter", Title: "验收申请（公文）", Basis: "第20条", Build: Must, Operate: Must, Blocks: true, Always: true, Todo: "上传盖章的验收申请公文"},
	{Key: "approval", Title: "年度计划或者增补批准、概算批复", Basis: "第10条、第11条、第16条", Build: Must, Operate: Must, Blocks: true, Always: true, Todo: "项目须列入批准的年度计划、增补，或者按存量登记"},
	{Key: "review", Title: "评审意见及修改落实情况", Basis: "第8条", Build: Must, Operate: Should, Blocks: true, Todo: "上传评审意见，或者说明没有评审的理由"},
	{Key: "adjustment", Title: "项目调整备案或者批复", Basis: "第17条", Build: Should, Operate: Should, Todo: "办结在办的项目调整"},
	{Key: "contract", Title: "采购文件、中标通知书、合同和合同备案回执", Basis: "第18条、第19条", Build: Must, Operate: Must, Blocks: true, Always: true, Todo: "从项目页面办理合同备案；2025 年 12 月 1 日以前签订的上传合同"},
	{Key: "summary", Title: "建设（服务）总结报告", Basis: "系统要求", Build: Must, Operate: Must, Blocks: true, Always: true, Todo: "上传总结报告"},
	{Key: "technical", Title: "需求、设计、测试、操作手册、部署文档和源代码交付清单", Basis: "系统要求", Build: Must, Operate: Should, Blocks: true, Todo: "上传技术文档"},
	{Key: "trial", Title: "初步验收、试运行和用户使用报告", Basis: "系统要求", Build: Must, Blocks: true, Todo: "上传三份报告"},
	{Key: "test", Title: "第三方软件测试报告", Basis: "系统要求", Build: Must, Blocks: true, Todo: "上传功能、性能、安全测试报告"},
	{Key: "supervision", Title: "监理总结报告", Basis: "第15条", Build: Should, Todo: "重点项目上传监理总结；不是重点项目的填不涉及"},
	{Key: "mlps", Title: "等级保护定级备案证明和测评报告", Basis: "第28条", Build: Must, Operate: Should, Blocks: true, Todo: "上传备案证明和测评报告；一级系统填不涉及并说明"},
	{Key: "cipher", Title: "密码应用方案评估和密评报告", Basis: "第29条", Build: Should, Operate: Should, Todo: "等保三级及以上的上传"},
	{Key: "components", Title: "安全可靠测评产品清单（型号、等级、公告号）", Basis: "第29条", Build: Must, Blocks: true, OnlyNew: true, Todo: "上传关键部件清单"},
	{Key: "catalogue", Title: "数据资源目录、上架证明和责任清单", Basis: "第23条至第25条", Build: Must, Operate: Should, Todo: "上传编目和上架证明"},
	{Key: "connection", Title: "数据共享交换平台、城市运行管理中心、政务服务网接入证明", Basis: "第14条", Build: Must, Todo: "上传接入证明，或者说明不涉及"},
	{Key: "register", Title: "系统台账登记", Basis: "系统要求", Build: Must, Operate: Must, Todo: "填写建成系统名称，备案后登入台账；运维项目先登记所运维的系统"},
	{Key: "finance", Title: "财务报告和资金支出明细", Basis: "系统要求", Build: Must, Operate: Must, Blocks: true, Always: true, Todo: "上传支出明细"},
	{Key: "audit", Title: "结算或者决算审计报告", Basis: "第12条、第34条", Build: Should, Operate: Should, Todo: "达到审计数额的上传"},
	{Key: "archive", Title: "档案验收意见", Basis: "第21条", Build: Must, Operate: Must, Always: true, Todo: "从项目页面办理档案验收；没有合格的档案验收，不得通过项目验收"},
	{Key: "performance", Title: "绩效自评（目标完成情况）", Basis: "第13条", Build: Must, Operate: Must, Todo: "从项目页面办理绩效自评，或者上传"},
	{Key: "asset", Title: "资产入账凭证", Basis: "系统要求", Build: Must, Todo: "上传固定资产、无形资产入账凭证"},
	{Key: "training", Title: "培训记录和知识转移", Basis: "系统要求", Build: Should, Todo: "开展培训的上传"},
	{Key: "replaced", Title: "被替代系统的停用和数据迁移证明", Basis: "第6条", Build: Should, Todo: "替代了原有系统的上传"},
	{Key: "service", Title: "服务考核和服务水平达成记录", Basis: "系统要求", Operate: Must, Blocks: true, Todo: "上传考核记录"},
}

// second has what Article 29 asks of a new system shown by its own records: its key parts,
// and the evaluation of its ciphers, which was due where it applies.
func second() []Material {
	out := slices.Clone(first)
	for i := range out {
		m := &out[i]
		switch m.Key {
		case "components":
			m.Title, m.Recorded, m.Todo = "关键部件登记（型号、等级、公告号）", true, "从项目页面办理关键部件登记；没有关键部件的写明理由"
		case "cipher":
			m.Build, m.Blocks, m.Todo = Must, true, "办理密码应用评估登记或者上传评估报告；按等级不要求评估的填不涉及并说明"
		case "mlps":
			m.Todo = "办理等保备案和测评登记，或者上传备案证明和测评报告；一级系统填不涉及并说明"
		case "catalogue":
			m.Todo = "办理数据目录，或者上传编目和上架证明"
		}
	}
	return out
}

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

// Need is how the item is needed for a kind of construction; "" where it is not asked for.
func (m Material) Need(buildKind string) string {
	switch {
	case buildKind == registry.Operate:
		return m.Operate
	case m.OnlyNew && buildKind != registry.New:
		return ""
	}
	return m.Build
}

func (l List) material(key string) Material {
	for _, m := range l.Materials {
		if m.Key == key {
			return m
		}
	}
	return Material{Key: key, Title: key}
}

func version(n int64) List {
	for _, l := range lists {
		if l.Version == n {
			return l
		}
	}
	return lists[0]
}
