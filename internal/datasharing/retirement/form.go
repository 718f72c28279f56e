// Package retirement takes a system out of use (系统停用, Article 26): why, what it
// touches, where each set of data goes, how the rest was erased and who witnessed
// it, what was given back, and the asset papers. The unit's head signs, the bureau
// confirms; only then the system leaves the inventory.
package retirement

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "retirement"

// Why a system is retired.
const (
	Decided  = "owner"
	Idle     = "idle"
	Replaced = "replaced"
	Merged   = "merged"
	Ordered  = "ordered"
)

// What becomes of a set of data.
const (
	Moved    = "moved"
	Archived = "archived"
	Erased   = "erased"
)

// What was done about an interface or a service.
const (
	Switched = "switched"
	Offline  = "offline"
	Kept     = "unaffected"
)

// Unbooked is said of a system that no asset account holds.
const Unbooked = "none"

// Choices of a retirement.
var (
	Triggers     = []form.Option{{ID: Decided, Label: "业主单位决定"}, {ID: Idle, Label: "闲置清理"}, {ID: Replaced, Label: "由新系统替代"}, {ID: Merged, Label: "整合并入其他系统"}, {ID: Ordered, Label: "监管部门责令"}}
	Dispositions = []form.Option{{ID: Moved, Label: "迁移到其他系统"}, {ID: Archived, Label: "归档保存"}, {ID: Erased, Label: "清除"}}
	Handlings    = []form.Option{{ID: Switched, Label: "已切换"}, {ID: Offline, Label: "已下线并告知"}, {ID: Kept, Label: "不受影响"}}
	Methods      = []form.Option{{ID: "overwrite", Label: "多次覆写"}, {ID: "degauss", Label: "消磁"}, {ID: "destroy", Label: "物理销毁介质"}, {ID: "key", Label: "销毁密钥"}, {ID: "provider", Label: "云服务方清除并出具证明"}}
	Assets       = []form.Option{{ID: "scrapped", Label: "报废"}, {ID: "transferred", Label: "调拨、划转"}, {ID: "reused", Label: "转作他用"}, {ID: Unbooked, Label: "没有账面资产"}}
	impactKinds  = []form.Option{{ID: "interface", Label: "接口"}, {ID: "platform", Label: "平台接入"}, {ID: "share", Label: "数据共享"}, {ID: "service", Label: "业务和事项"}, {ID: "other", Label: "其他"}}
)

// Retirement is what a unit says of a system that it takes out of use.
type Retirement struct {
	Name, Code, Hosting, Filing string // filled by the program
	Trigger, Reason, Successor  string
	StoppedOn                   calendar.Date
	Told                        string
	Media, Method               string
	ErasedOn                    calendar.Date
	By, Witness, Verified       string
	ReleasedOn                  calendar.Date
	Release                     string
	UnfiledOn                   calendar.Date
	Unfiling, Keys              string
	Asset, AssetDoc, AssetNote  string
	AssetOn                     calendar.Date

	earlier int64 // closed cases about the system
}

var retirementForm = form.For[Retirement](
	form.Section{Key: "system", Title: "停用", Clauses: []string{"A26.1"}, Fields: []form.Field{
		form.TextField("name", "系统名称", func(r *Retirement) *string { return &r.Name }, form.ReadOnly),
		form.TextField("code", "系统编号", func(r *Retirement) *string { return &r.Code }, form.ReadOnly),
		form.ChoiceField("trigger", "停用缘由", Triggers, func(r *Retirement) *string { return &r.Trigger }, form.Required),
		form.DateField("stopped_on", "停止服务日期", func(r *Retirement) *calendar.Date { return &r.StoppedOn }, form.Required),
		form.TextField("successor", "接替系统", func(r *Retirement) *string { return &r.Successor }, form.Help("被替代、并入的填写：系统编号或台账里的名称，如 XT-0012")),
		form.LongField("reason", "停用说明", func(r *Retirement) *string { return &r.Reason }, form.Required, form.Max(1000), form.Help("决定的文号，或者闲置、替代的情况")),
		form.LongField("told", "告知情况", func(r *Retirement) *string { return &r.Told }, form.Required, form.Max(1000), form.Help("何时、怎样告知使用单位和服务对象")),
	}},
	form.Section{Key: "erasure", Title: "数据清除", Clauses: []string{"A26.1"}, Fields: []form.Field{
		form.LongField("media", "清除范围", func(r *Retirement) *string { return &r.Media }, form.Required, form.Max(1000), form.Help("数据库、文件、备份和介质，云主机写明实例；不写涉密内容")),
		form.ChoiceField("method", "清除方法", Methods, func(r *Retirement) *string { return &r.Method }, form.Required, form.Help("只删除文件、只停机不是彻底清除")),
		form.DateField("erased_on", "清除日期", func(r *Retirement) *calendar.Date { return &r.ErasedOn }, form.Required),
		form.TextField("erased_by", "清除人", func(r *Retirement) *string { return &r.By }, form.Required, form.Max(60), form.Help("姓名；由服务方清除的写明单位和姓名")),
		form.TextField("witness", "监督人", func(r *Retirement) *string { return &r.Witness }, form.Required, form.Max(60), form.Help("清除人以外的人，在场监督")),
		form.LongField("verified", "核验结果", func(r *Retirement) *string { return &r.Verified }, form.Required, form.Max(500), form.Help("怎样核验、是否还能恢复")),
	}},
	form.Section{Key: "release", Title: "资源和备案", Clauses: []string{"A26.1", "A28.2"}, Fields: []form.Field{
		form.TextField("hosting", "部署位置", func(r *Retirement) *string { return &r.Hosting }, form.ReadOnly),
		form.DateField("released_on", "云资源释放日期", func(r *Retirement) *calendar.Date { return &r.ReleasedOn }),
		form.TextField("release", "释放凭据", func(r *Retirement) *string { return &r.Release }, form.Help("资源释放单号；台账没有写明部署位置又没有用云资源的，在此说明")),
		form.TextField("filing", "等保备案证明编号", func(r *Retirement) *string { return &r.Filing }, form.ReadOnly),
		form.DateField("unfiled_on", "备案注销日期", func(r *Retirement) *calendar.Date { return &r.UnfiledOn }),
		form.TextField("unfiling", "注销凭据", func(r *Retirement) *string { return &r.Unfiling }, form.Help("公安机关的回执")),
		form.TextField("keys", "域名、证书和密钥", func(r *Retirement) *string { return &r.Keys }, form.Help("域名、ICP 备案注销，证书吊销、密钥销毁的情况")),
	}},
	form.Section{Key: "asset", Title: "资产处置", Clauses: []string{"A26.1"}, Fields: []form.Field{
		form.ChoiceField("asset", "处置方式", Assets, func(r *Retirement) *string { return &r.Asset }, form.Required),
		form.TextField("asset_doc", "处置文件文号", func(r *Retirement) *string { return &r.AssetDoc }, form.Max(100)),
		form.DateField("asset_on", "文件日期", func(r *Retirement) *calendar.Date { return &r.AssetOn }),
		form.LongField("asset_note", "说明", func(r *Retirement) *string { return &r.AssetNote }, form.Max(500), form.Help("没有账面资产的说明理由")),
	}},
)

// Data is one set of data of the system and where it goes.
type Data struct{ Name, Resource, Disposition, Place, Kept, Remark string }

var data = &matter.Lines{Table: "retirement_data", Title: "数据集", Max: 300, Form: form.For[Data](form.Section{Key: "data", Title: "数据去向", Clauses: []string{"A26.1"}, Fields: []form.Field{
	form.TextField("name", "数据集", func(d *Data) *string { return &d.Name }, form.Required, form.Max(100)),
	form.TextField("resource", "目录代码", func(d *Data) *string { return &d.Resource }, form.ReadOnly, form.Column),
	form.ChoiceField("disposition", "去向", Dispositions, func(d *Data) *string { return &d.Disposition }, form.Required, form.Column),
	form.TextField("place", "迁移、归档到哪里", func(d *Data) *string { return &d.Place }, form.Column),
	form.TextField("kept", "保管期限", func(d *Data) *string { return &d.Kept }, form.Max(40), form.Column),
	form.TextField("remark", "说明", func(d *Data) *string { return &d.Remark }),
}})}

// Impact is one interface or service that the retirement touches.
type Impact struct {
	Kind, Name, Users, Handling, Remark string
	On                                  calendar.Date
}

var impacts = &matter.Lines{Key: "impact", Table: "retirement_impact", Title: "接口和服务", Max: 300, Below: true, Form: form.For[Impact](form.Section{Key: "impact", Title: "影响和处理", Clauses: []string{"A26.1", "A14.1"}, Fields: []form.Field{
	form.TextField("name", "接口或服务", func(i *Impact) *string { return &i.Name }, form.Required),
	form.ChoiceField("kind", "类别", impactKinds, func(i *Impact) *string { return &i.Kind }, form.Required, form.Column),
	form.TextField("users", "谁在使用", func(i *Impact) *string { return &i.Users }, form.Column),
	form.ChoiceField("handling", "处理", Handlings, func(i *Impact) *string { return &i.Handling }, form.Required, form.Column),
	form.DateField("handled_on", "处理日期", func(i *Impact) *calendar.Date { return &i.On }, form.Column),
	form.TextField("remark", "说明", func(i *Impact) *string { return &i.Remark }, form.Column, form.Help("不受影响的写明理由")),
}})}

// clouds are the hostings whose resources are given back.
var clouds = []string{"city_cloud", "province_cloud", "leased"}

// hostingOf is where a system runs, as people read it.
func hostingOf(y registry.Described) string {
	f, _ := registry.SheetForm.Field("hosting")
	return f.Show(&y.Sheet)
}
