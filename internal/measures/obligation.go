package measures

import (
	"fmt"
	"strconv"
	"strings"
)

// Obligation is one obligation, power or record of the Measures; its id is
// permanent.
type Obligation struct {
	ID      string
	Title   string
	Effects []Effect
	Basis   []Basis
	Item    int    // item of the article the words stand in, 0: the article itself
	Quote   string // the words; empty where the text is silent
}

func o(id, title string, item int, quote string, basis string, effects ...Effect) Obligation {
	ob := Obligation{ID: id, Title: title, Item: item, Quote: quote, Effects: effects}
	for _, b := range strings.Fields(basis) {
		ob.Basis = append(ob.Basis, Basis(b))
	}
	return ob
}

// Obligations lists every obligation in order.
func Obligations() []Obligation { return obligations }

var obligations = []Obligation{
	o("A03.1", "适用范围：财政资金的新、续、扩、改建和运维", 0, "市级预算单位使用财政资金进行新、续、扩、改建的政务信息系统", "text", Warn),
	o("A03.2", "属于政务信息系统定义和范围", 0, "符合《政务信息系统定义和范围》(GB/T40692—2021)规定的政务信息系统", "text reading", Power),
	o("A03.3", "市属企事业单位参照执行", 0, "市属企事业单位使用财政资金的信息化项目参照执行", "text", Record),
	o("A04.1", "统筹规划、集约高效", 0, "统筹规划、分步实施,统筹管理、统分结合,集约高效、安全可控", "text", Warn),
	o("A05.1", "市直单位的职责", 0, "市直单位应根据业务需求提出政务信息系统项目建设计划", "text", Power),
	o("A05.2", "市大数据发展管理局的职责", 0, "市大数据发展管理局负责统筹市级政务信息系统项目全过程管理", "text", Power),
	o("A05.3", "市财政局的职责", 0, "市财政局负责按照财政资金保障范围和预算管理体制,统筹安排资金", "text", Power),
	o("A05.4", "市发展改革委的职责", 0, "市发展改革委负责参与年度计划的联合审查", "text", Power),
	o("A05.5", "市委网信办的职责", 0, "市委网信办负责参与年度计划的联合审查", "text", Power),
	o("A05.6", "机要保密、公安、电子政务、政务服务的职责", 0, "按照职能职责做好本行业本领域有关工作", "text reading", Power),
	o("A06.0", "每年 6 月底前报次年项目计划", 0, "于每年6月底前将项目计划报市大数据发展管理局", "text practice", Duty),
	o("A06.1", "系统数量只减不增、功能只合不分", 1, "原则上保持系统数量“只减不增”、功能“只合不分”", "text", Warn),
	o("A06.2", "依据充分，需求明确", 2, "部门项目计划应依据充分,明确总体目标、建设内容、功能应用、数据资源、安全保障、运维服务、经费来源等需求", "text reading", Block),
	o("A06.3", "项目计划备案", 0, "备案单位政务信息系统项目建设计划", "text practice", Record),
	o("A07.0", "项目储备库动态管理", 0, "建立项目储备库进行动态管理", "text", Record),
	o("A07.1", "按模板编制实施方案，完成可行性论证后储备", 1, "编制项目实施方案,并完成可行性论证后报市大数据发展管理局储备", "text reading", Block),
	o("A07.2", "储备库有效期 3 年", 2, "储备库有效期3年", "text reading practice", Block, Duty),
	o("A07.3", "周期项目自动顺延，累计不超过 3 年", 2, "有效期自动顺延,顺延累计不超过3年", "text reading", Record),
	o("A07.4", "每年 9 月完成次年度项目储备", 3, "原则上应于每年9月完成次年度拟开展的项目储备", "text", Duty),
	o("A08.1", "组织专家或委托第三方综合评审", 0, "组织专家或委托第三方机构,对项目实施方案的政策符合性、必要性、可行性等进行综合评审", "text practice", Block),
	o("A08.2", "通过评审的纳入储备库", 0, "通过评审的项目纳入储备库", "text", Block),
	o("A09.1", "从已储备项目汇总编制年度计划", 0, "对已完成储备的项目,汇总编制年度计划", "text reading", Block),
	o("A10.1", "三部门联合审查后报市政府审批", 0, "年度计划经市级大数据、发展改革、网信部门联合审查后,报市政府审批", "text reading", Block),
	o("A10.2", "批准的年度计划冻结", 0, "", "reading", Block),
	o("A11.1", "临时安排的增补", 0, "确需列入当年年度计划的,联合报市政府审批", "text reading", Block),
	o("A12.1", "预算内容", 0, "预算内容应包括政务信息系统建设和运维服务,以及配套的咨询、监理、审计、测评等", "text", Block),
	o("A12.2", "按年度计划批准情况安排预算", 0, "市财政局根据年度计划批准情况,提出预算安排建议", "text", Block),
	o("A12.3", "争取中央、省级资金，利用自有资金", 0, "市直单位应积极争取中央、省级资金,充分利用自有资金", "text", Record),
	o("A13.1", "事前绩效评估、绩效监控、绩效自评", 0, "按要求开展事前绩效评估、绩效监控、绩效自评等工作", "text other practice", Block),
	o("A13.2", "每年提交自评报告", 0, "每年向市大数据发展管理局、市财政局提交自评报告", "text reading", Duty),
	o("A13.3", "结果作为预算安排参考", 0, "结果作为后续年度预算安排的重要参考", "text", Warn),
	o("A14.1", "接入共享平台，符合标准接口", 0, "确保有关系统能够按照规定接入国家、省、市数据共享交换平台", "text", Warn),
	o("A15.1", "严格按审核通过的实施方案实施", 0, "严格按照审核通过的项目实施方案实施", "text", Warn),
	o("A15.2", "重点项目委托监理", 0, "对重点项目应按照信息系统工程监理有关规定,委托工程监理单位开展监理", "text reading", Warn),
	o("A16.1", "概算管理", 0, "市直单位应按照《省人民政府办公厅关于印发〈贵州省政府投资项目概算管理办法〉的通知》", "text reading", Block),
	o("A17.0", "概算控制预算，预算控制决算", 0, "严格按照“概算控制预算,预算控制决算”的原则开展项目建设", "text", Block),
	o("A17.1", "不超过 10% 的调整备案", 0, "资金调整数额不超过概算总投资10%", "text reading", Block),
	o("A17.2", "超过 10% 或追加投资的评审", 0, "超过10%或涉及追加投资的由其他市直单位报市大数据发展管理局、市财政局进行评审", "text", Block),
	o("A17.3", "不满足备案条件的按从严办理", 0, "", "reading", Warn),
	o("A18.1", "采购纳入部门预算", 0, "采购需纳入部门预算并与预算编制同步", "text", Warn),
	o("A18.2", "适用政府采购法", 0, "使用非财政性资金的项目若无法与财政资金分割采购,则统一适用政府采购法规采购", "text", Warn),
	o("A19.1", "合同备案", 0, "市直单位与供应商签订合同后报市大数据发展管理局备案", "text reading", Duty),
	o("A20.1", "完成后及时验收", 0, "市级政务信息系统项目完成后应及时开展验收", "text reading", Duty),
	o("A20.2", "验收前符合性审查", 0, "市直单位应提交验收申请至市大数据发展管理局进行验收符合性审查", "text practice", Block),
	o("A20.3", "审查通过后组织验收", 0, "审查通过的由市直单位按程序组织验收", "text", Block),
	o("A20.4", "验收材料备案", 0, "验收完成后,应将验收报告等材料报市大数据发展管理局备案", "text reading", Duty),
	o("A21.1", "档案验收不合格不得通过验收", 0, "未进行档案验收或者档案验收不合格的,不得通过项目验收", "text", Block),
	o("A22.1", "公共数据归集治理", 0, "市直单位负责开展本单位公共数据归集治理,对用于授权运营的数据进行监督管理", "text", Record),
	o("A23.1", "编制数据资源目录", 0, "按照国家和贵州省发布的政务信息资源目录编制指南等规定组织编制数据资源目录", "text other", Block),
	o("A24.1", "分类分级，明确共享开放类型", 0, "市直单位负责数据资源分类分级,明确数据共享开放类型", "text other", Block),
	o("A24.2", "上架前保密审查", 0, "数据资源上架前应进行保密审查", "text", Block),
	o("A24.3", "开放前脱敏", 0, "数据资源开放前应对敏感数据资源进行脱敏", "text", Block),
	o("A24.4", "及时上架", 0, "市直单位应按照发布的数据资源目录,及时上架数据资源", "text reading", Duty),
	o("A25.1", "数据共享开放责任清单", 0, "市直单位编制数据共享开放责任清单", "text", Record),
	o("A26.1", "停用后数据彻底清除", 0, "系统停用后,应进行数据彻底清除,防止敏感信息泄露", "text", Block),
	o("A27.1", "健全安全制度，定期检查", 0, "建立健全政务信息系统和数据安全管理制度,定期开展安全检查", "text reading", Duty),
	o("A28.1", "应急处置机制", 0, "建立健全本行业、本单位网络安全和数据安全应急处置机制", "text reading", Duty),
	o("A28.2", "等级保护和分级保护", 0, "做好政务信息系统等级保护和分级保护的定级、测评等工作", "text other", Duty),
	o("A28.3", "每年检测评估和演练", 0, "每年定期开展网络安全和数据安全检测与风险评估、网络安全应急演练或模拟演练", "text", Duty),
	o("A29.1", "网络安全制度和设施", 0, "建立网络安全管理制度、实施网络安全配套设施", "text", Record),
	o("A29.2", "密码“三同步”", 0, "密码保障系统与政务信息系统“三同步”", "text other", Block),
	o("A29.3", "采购需求标准和安全可靠测评", 0, "新建政务信息系统应严格执行政府采购需求标准和关键部件安全可靠测评等级要求", "text", Block),
	o("A30.1", "敏感数据和国家秘密", 0, "政务数据涉及国家秘密和安全的,按国家保密有关法律法规执行", "text", Block),
	o("A31.1", "如实提供资料，不得瞒报", 0, "如实提供项目有关资料和情况,不得拒绝、隐匿、瞒报", "text", Duty),
	o("A32.1", "整改：与规定或批复不符", 1, "与国家、省和市有关规定或批复要求不符的", "text", Duty),
	o("A32.2", "整改：擅自更改方案", 2, "擅自更改项目实施方案的", "text", Duty),
	o("A32.3", "整改：未按第十四条建设", 3, "未按照本办法第十四条开展建设的", "text", Duty),
	o("A32.4", "整改：信息安全保障不到位", 4, "未按要求做好信息安全保障的", "text", Duty),
	o("A32.5", "整改：其他", 5, "与其他有关规定不符合的", "text", Duty),
	o("A33.1", "次年度不安排建设资金", 0, "原则上不安排次年度政务信息系统建设资金预算", "text", Block),
	o("A34.1", "审计监督", 0, "审计机关应当依法加强对政务信息系统项目的审计监督", "text", Power),
	o("A35.1", "年度评估", 0, "对项目计划、审批、实施、验收、绩效、数据、安全等情况进行年度评估", "text reading", Duty),
	o("A36.1", "各市、特区、区参照执行", 0, "各市、特区、区,六盘水高新区可参照本办法执行", "text", Record),
	o("A37.1", "施行日期和解释", 0, "本办法自2025年12月1日起施行", "text", Record),
	o("A37.2", "存量登记", 0, "", "reading", Record),
}

func obligation(id string) (Obligation, bool) {
	for _, ob := range obligations {
		if ob.ID == id {
			return ob, true
		}
	}
	return Obligation{}, false
}

// ArticleOf is the article number of an obligation id: A06.2 is 6.
func ArticleOf(id string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(strings.SplitN(id, ".", 2)[0], "A"))
	return n
}

// ClauseName is how screens cite an obligation: 《办法》第6条第2项.
func ClauseName(id string) string {
	ob, ok := obligation(id)
	if !ok {
		return id
	}
	s := fmt.Sprintf("《办法》第%d条", ArticleOf(id))
	if ob.Item > 0 {
		s += fmt.Sprintf("第%d项", ob.Item)
	}
	return s
}

// QuoteOf are the words of the Measures an obligation stands in, "" where they are silent.
func QuoteOf(id string) string {
	ob, _ := obligation(id)
	return ob.Quote
}

// BasisOf is the ground an obligation first stands on; the text for an unknown one.
func BasisOf(id string) Basis {
	if ob, ok := obligation(id); ok && len(ob.Basis) > 0 {
		return ob.Basis[0]
	}
	return Text
}

// Label is how a ground is shown: the article for text, otherwise 本市口径, the
// other law, or 系统要求.
func (b Basis) Label(clause, source string) string {
	switch b {
	case Text:
		return ClauseName(clause)
	case Reading:
		return "本市口径"
	case Other:
		return "依据" + source
	}
	return "系统要求"
}

// SentenceOf is the id of the sentence an obligation stands in.
func SentenceOf(id string) string {
	for _, s := range Sentences() {
		for _, ob := range s.Obligations {
			if ob == id {
				return s.ID
			}
		}
	}
	return ""
}
