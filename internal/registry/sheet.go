package registry

import (
	"context"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/money"
)

// Sheet is what a unit says of one of its systems besides name, functions and
// state. What protection and data chapters record of a system stands there.
type Sheet struct {
	Category, Short, UsedBy, Services, BuiltBy, Level string
	Launched                                          calendar.Date
	Vendor, Operator                                  string
	Invested, YearlyCost                              money.Fen
	Owner, OwnerPhone                                 string

	Network, Hosting, Resources, Addresses, ICP, Mobile, Platforms, Interfaces string
	Databases                                                                  string
	DataGB                                                                     int64
	DataLevel, Personal, Backup, Trusted, Critical                             string
}

// SystemCategories follow the scope of GB/T 40692-2021 in the words of practice.
var SystemCategories = []form.Option{
	{ID: "network", Label: "电子政务网络平台"}, {ID: "business_app", Label: "重点业务信息系统"}, {ID: "office_app", Label: "机关内部办公系统"},
	{ID: "public_service", Label: "公共服务网站、平台、移动应用"}, {ID: "data_resource", Label: "信息资源库"}, {ID: "support_platform", Label: "应用支撑、共性平台"},
	{ID: "cloud_dc", Label: "电子政务基础设施"}, {ID: "security_infra", Label: "信息安全基础设施"}, {ID: "standard", Label: "标准化体系"},
	{ID: "sensing", Label: "感知、视频等前端"}, {ID: "service", Label: "运维及第三方信息化服务"},
}

// DataLevels are the grades of data of GB/T 43697-2024, the general one split into four as is common; the highest leads.
var DataLevels = []form.Option{{ID: "core", Label: "核心数据"}, {ID: "important", Label: "重要数据"}, {ID: "general_4", Label: "一般数据 4 级"}, {ID: "general_3", Label: "一般数据 3 级"},
	{ID: "general_2", Label: "一般数据 2 级"}, {ID: "general_1", Label: "一般数据 1 级"}}

// Choices of a sheet.
var (
	levelsBuilt = []form.Option{{ID: "own", Label: "本级建设"}, {ID: "city", Label: "市级统建"}, {ID: "province", Label: "省级统建"}, {ID: "state", Label: "国家统建"}}
	networks    = []form.Option{{ID: "internet", Label: "互联网"}, {ID: "extranet", Label: "电子政务外网"}, {ID: "private", Label: "业务专网"}, {ID: "local", Label: "单位局域网"}}
	hostings    = []form.Option{{ID: "city_cloud", Label: "市政务云"}, {ID: "province_cloud", Label: "省级政务云"}, {ID: "leased", Label: "租用云服务"}, {ID: "own_room", Label: "自建机房"}, {ID: "other", Label: "其他"}}
	mobiles     = []form.Option{{ID: "none", Label: "没有"}, {ID: "app", Label: "APP"}, {ID: "mini", Label: "小程序"}, {ID: "account", Label: "公众号"}, {ID: "several", Label: "多种"}}
	personals   = []form.Option{{ID: "none", Label: "不含个人信息"}, {ID: "under_10k", Label: "不满 1 万人"}, {ID: "under_100k", Label: "1 万人以上不满 10 万人"}, {ID: "under_1m", Label: "10 万人以上不满 100 万人"}, {ID: "over_1m", Label: "100 万人以上"}}
	backups     = []form.Option{{ID: "none", Label: "没有"}, {ID: "data", Label: "数据备份"}, {ID: "local", Label: "同城灾备"}, {ID: "remote", Label: "异地灾备"}}
	trusteds    = []form.Option{{ID: "not_yet", Label: "未适配"}, {ID: "adapting", Label: "适配中"}, {ID: "replaced", Label: "已替代"}}
	yesNo       = []form.Option{{ID: "yes", Label: "是"}, {ID: "no", Label: "否"}}
)

// SheetSections are the fields of a sheet that stands in T.
func SheetSections[T any](at func(*T) *Sheet) []form.Section {
	text := func(key, label string, field func(*Sheet) *string, set ...form.Setting) form.Field {
		return form.TextField(key, label, func(t *T) *string { return field(at(t)) }, set...)
	}
	long := func(key, label string, field func(*Sheet) *string, set ...form.Setting) form.Field {
		return form.LongField(key, label, func(t *T) *string { return field(at(t)) }, append(set, form.Max(1000))...)
	}
	choice := func(key, label string, options []form.Option, field func(*Sheet) *string, set ...form.Setting) form.Field {
		return form.ChoiceField(key, label, options, func(t *T) *string { return field(at(t)) }, set...)
	}
	return []form.Section{
		{Key: "sheet", Title: "建设和使用", Fields: []form.Field{
			text("short_name", "简称", func(s *Sheet) *string { return &s.Short }, form.Max(40)),
			choice("category", "类别", SystemCategories, func(s *Sheet) *string { return &s.Category }, form.Column),
			choice("level_built", "建设层级", levelsBuilt, func(s *Sheet) *string { return &s.Level }),
			form.DateField("launched_on", "上线日期", func(t *T) *calendar.Date { return &at(t).Launched }),
			text("used_by", "使用单位", func(s *Sheet) *string { return &s.UsedBy }, form.Help("多个单位用顿号分开")),
			long("services", "支撑的业务和事项", func(s *Sheet) *string { return &s.Services }),
			text("built_by", "建设方式", func(s *Sheet) *string { return &s.BuiltBy }, form.Max(60), form.Help("自建、购买服务、合作建设等")),
			text("vendor", "承建单位", func(s *Sheet) *string { return &s.Vendor }),
			text("operator", "运维单位", func(s *Sheet) *string { return &s.Operator }),
			form.MoneyField("invested", "累计投资", func(t *T) *money.Fen { return &at(t).Invested }),
			form.MoneyField("yearly_cost", "年运维费", func(t *T) *money.Fen { return &at(t).YearlyCost }),
			text("owner", "责任人", func(s *Sheet) *string { return &s.Owner }, form.Max(30)),
			text("owner_phone", "责任人电话", func(s *Sheet) *string { return &s.OwnerPhone }, form.Max(30)),
		}},
		{Key: "hosting", Title: "部署和接入", Fields: []form.Field{
			choice("network", "所在网络", networks, func(s *Sheet) *string { return &s.Network }),
			choice("hosting", "部署位置", hostings, func(s *Sheet) *string { return &s.Hosting }),
			text("resources", "云资源配置", func(s *Sheet) *string { return &s.Resources }, form.Help("如 16 核 CPU、64 GB 内存、2 TB 存储")),
			text("addresses", "域名、IP 段", func(s *Sheet) *string { return &s.Addresses }),
			text("icp", "ICP 备案号", func(s *Sheet) *string { return &s.ICP }, form.Max(60)),
			choice("mobile", "移动端", mobiles, func(s *Sheet) *string { return &s.Mobile }),
			text("platforms", "已接入的平台", func(s *Sheet) *string { return &s.Platforms }, form.Cite("A14.1")),
			long("interfaces", "对外接口", func(s *Sheet) *string { return &s.Interfaces }, form.Help("每行一个，写明给谁用")),
		}},
		{Key: "data", Title: "数据和安全", Fields: []form.Field{
			text("databases", "数据库类型", func(s *Sheet) *string { return &s.Databases }),
			form.IntField("data_gb", "数据量（GB）", func(t *T) *int64 { return &at(t).DataGB }, form.Max(100000000)),
			choice("data_level", "所存数据的最高级别", DataLevels, func(s *Sheet) *string { return &s.DataLevel }, form.Cite("A24.1"), form.Help("按 GB/T 43697-2024；涉及国家秘密的系统不得在此登记")),
			choice("personal", "个人信息量级", personals, func(s *Sheet) *string { return &s.Personal }, form.Cite("A30.1")),
			choice("backup", "灾备方式", backups, func(s *Sheet) *string { return &s.Backup }),
			choice("trusted", "安全可靠替代情况", trusteds, func(s *Sheet) *string { return &s.Trusted }),
			choice("critical", "关键信息基础设施", yesNo, func(s *Sheet) *string { return &s.Critical }),
		}},
	}
}

// SheetForm is the sheet alone, as its page reads it.
var SheetForm = form.For[Sheet](SheetSections(func(s *Sheet) *Sheet { return s })...)

var sheetColumns = func() string {
	var keys []string
	for _, f := range SheetForm.Fields() {
		keys = append(keys, "y."+f.Key)
	}
	return strings.Join(keys, ", ")
}()

// SetSheet brings the sheet of a system up to date. What the new one leaves
// empty stays as it was: a short registration takes nothing away.
func SetSheet(ctx context.Context, tx *db.Tx, unitID, name string, s Sheet) error {
	var args db.Args
	var sets []string
	for _, f := range SheetForm.Fields() {
		if !f.Empty(&s) {
			sets = append(sets, f.Key+" = "+args.Add(f.Raw(&s)))
		}
	}
	if sets == nil {
		return nil
	}
	return tx.Later(ctx, `UPDATE info_system SET `+strings.Join(sets, ", ")+` WHERE unit_id = `+args.Add(unitID)+` AND normal_name = `+args.Add(hanzi.NormalName(name)), args.List()...)
}

// Use is how much a system was used in a year, as its unit confirmed.
type Use struct {
	Year          int64 `json:"year"` // 0: never confirmed
	Users         int64 `json:"users"`
	MonthlyActive int64 `json:"monthly_active"`
	DailyCases    int64 `json:"daily_cases"`
	CPU           int64 `json:"cpu_rate"` // average of the year, per cent
	Memory        int64 `json:"memory_rate"`
	Storage       int64 `json:"storage_rate"`
}

// Confirm records of a system how much it was used and that it still stands.
func Confirm(ctx context.Context, tx *db.Tx, systemID, state string, u Use) error {
	return tx.Later(ctx, `UPDATE info_system SET state = $1, used_year = $2, users = $3, monthly_active = $4, daily_cases = $5, cpu_rate = $6, memory_rate = $7, storage_rate = $8
		WHERE id = $9 AND state <> 'retired' AND used_year <= $2`, state, u.Year, u.Users, u.MonthlyActive, u.DailyCases, u.CPU, u.Memory, u.Storage, systemID)
}

// Retire takes a system out of use on a day: the last effect of its retirement.
// What takes over is kept by name, as registrations do; "" leaves what they said.
func Retire(ctx context.Context, tx *db.Tx, systemID string, on calendar.Date, successor string) error {
	return tx.Later(ctx, `UPDATE info_system SET state = 'retired', retired_on = $1, replaced_by = CASE WHEN $2 = '' THEN replaced_by ELSE $2 END WHERE id = $3`, string(on), successor, systemID)
}
