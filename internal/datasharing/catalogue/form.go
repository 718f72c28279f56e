// Package catalogue is the catalogue of government data resources (数据资源目录,
// Articles 23 and 24). A case is one entry and lives on as long as the entry
// does: the clerk fills in the metadata of the guide and the information items,
// the head passes the secrecy check and signs, the bureau checks the form and
// publishes it under its code. Only then it is shelved, updated, suspended,
// withdrawn. A change goes through the same gates; until it is published again
// the entry stands as it was.
package catalogue

import (
	"zhengcheng/internal/calendar"
	"zhengcheng/internal/form"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/registry"
)

// Key names the procedure in URLs and the record.
const Key = "catalogue"

// Sharing and opening types (共享类型、开放类型).
const (
	Unconditional = "unconditional"
	Conditional   = "conditional"
	None          = "none"
)

// Choices of an entry, in the words of the guide (发改高技〔2017〕1272号).
var (
	ShareTypes = []form.Option{{ID: Unconditional, Label: "无条件共享"}, {ID: Conditional, Label: "有条件共享"}, {ID: None, Label: "不予共享"}}
	OpenTypes  = []form.Option{{ID: Unconditional, Label: "无条件开放"}, {ID: Conditional, Label: "有条件开放"}, {ID: None, Label: "不予开放"}}
	Classes    = []form.Option{{ID: "1", Label: "基础信息资源"}, {ID: "2", Label: "主题信息资源"}, {ID: "3", Label: "部门信息资源"}}
	Formats    = []form.Option{{ID: "database", Label: "数据库"}, {ID: "sheet", Label: "电子表格"}, {ID: "file", Label: "电子文件"}, {ID: "picture", Label: "图形图像"}, {ID: "stream", Label: "流媒体"}, {ID: "other", Label: "自描述格式"}}
	Ways       = []form.Option{{ID: "interface", Label: "共享平台（接口）"}, {ID: "table", Label: "共享平台（库表）"}, {ID: "file", Label: "共享平台（文件）"}, {ID: "mail", Label: "邮件"}, {ID: "media", Label: "介质"}}
	Cycles     = []form.Option{{ID: "realtime", Label: "实时"}, {ID: "daily", Label: "每日"}, {ID: "weekly", Label: "每周"}, {ID: "monthly", Label: "每月"}, {ID: "quarterly", Label: "每季度"},
		{ID: "half_yearly", Label: "每半年"}, {ID: "yearly", Label: "每年"}, {ID: "irregular", Label: "不定时"}, {ID: "other", Label: "其他"}}
	Types = []form.Option{{ID: "C", Label: "字符型"}, {ID: "N", Label: "数值型"}, {ID: "Y", Label: "货币型"}, {ID: "D", Label: "日期型"}, {ID: "T", Label: "日期时间型"}, {ID: "L", Label: "逻辑型"},
		{ID: "M", Label: "备注型"}, {ID: "G", Label: "通用型"}, {ID: "B", Label: "双精度型"}, {ID: "I", Label: "整型"}, {ID: "F", Label: "浮点型"}}
	ranges = []form.Option{{ID: "city", Label: "全市"}, {ID: "units", Label: "市直"}, {ID: "district", Label: "区县"}}
)

// Entry is the metadata of a resource.
type Entry struct {
	System, Provider, Code, Service             string // filled by the program
	Name, Class, Item, Target, Detail, Abstract string
	Format, Range, Cycle, CycleNote, Related    string
	ShareType, ShareCondition, ShareBasis, Way  string
	OpenType, OpenCondition                     string
	Level                                       string
	Personal, Authorised                        bool
	Office, Keeper, Phone                       string
}

var entryForm = form.For[Entry](
	form.Section{Key: "resource", Title: "资源", Clauses: []string{"A23.1"}, Fields: []form.Field{
		form.TextField("provider", "资源提供方", func(e *Entry) *string { return &e.Provider }, form.ReadOnly),
		form.TextField("system", "来源信息系统", func(e *Entry) *string { return &e.System }, form.ReadOnly),
		form.TextField("code", "资源代码", func(e *Entry) *string { return &e.Code }, form.ReadOnly),
		form.TextField("service", "上架位置", func(e *Entry) *string { return &e.Service }, form.ReadOnly),
		form.TextField("name", "资源名称", func(e *Entry) *string { return &e.Name }, form.Required, form.Help("说明是什么数据，不写系统名称，如“取水许可证信息”")),
		form.ChoiceField("class", "类", Classes, func(e *Entry) *string { return &e.Class }, form.Required),
		form.TextField("class_item", "项（2 位）", func(e *Entry) *string { return &e.Item }, form.Required, form.Max(2)),
		form.TextField("class_target", "目（3 位）", func(e *Entry) *string { return &e.Target }, form.Required, form.Max(3)),
		form.TextField("class_detail", "细目", func(e *Entry) *string { return &e.Detail }, form.Max(20), form.Help("没有的不填；类、项、目、细目合成代码的前段，发布时编顺序码")),
		form.LongField("abstract", "资源摘要", func(e *Entry) *string { return &e.Abstract }, form.Required, form.Max(1000)),
		form.ChoiceField("format", "资源格式", Formats, func(e *Entry) *string { return &e.Format }, form.Required),
		form.ChoiceField("range", "数据范围", ranges, func(e *Entry) *string { return &e.Range }),
		form.ChoiceField("cycle", "更新周期", Cycles, func(e *Entry) *string { return &e.Cycle }, form.Required, form.Cite("A25.1")),
		form.TextField("cycle_note", "更新周期说明", func(e *Entry) *string { return &e.CycleNote }, form.Help("不定时、其他的写明何时更新")),
		form.TextField("related", "关联资源代码", func(e *Entry) *string { return &e.Related }),
	}},
	form.Section{Key: "level", Title: "分类分级", Clauses: []string{"A24.1", "A30.1"}, Fields: []form.Field{
		form.ChoiceField("data_level", "数据级别", registry.DataLevels, func(e *Entry) *string { return &e.Level }, form.Required, form.Help("按 GB/T 43697-2024；涉及国家秘密的数据不得在此编目")),
		form.CheckField("personal", "含敏感个人信息或商业秘密", func(e *Entry) *bool { return &e.Personal }),
		form.CheckField("authorised", "可用于授权运营", func(e *Entry) *bool { return &e.Authorised }, form.Cite("A22.1")),
	}},
	form.Section{Key: "share", Title: "共享和开放", Clauses: []string{"A24.1", "A25.1"}, Fields: []form.Field{
		form.ChoiceField("share_type", "共享类型", ShareTypes, func(e *Entry) *string { return &e.ShareType }, form.Required),
		form.LongField("share_condition", "共享条件", func(e *Entry) *string { return &e.ShareCondition }, form.Max(500), form.Help("有条件共享的写明谁、为什么事项、怎样使用")),
		form.LongField("share_basis", "不予共享的依据", func(e *Entry) *string { return &e.ShareBasis }, form.Max(500), form.Help("法律、行政法规或者党中央、国务院政策的名称和条款")),
		form.ChoiceField("share_way", "共享方式", Ways, func(e *Entry) *string { return &e.Way }),
		form.ChoiceField("open_type", "开放类型", OpenTypes, func(e *Entry) *string { return &e.OpenType }, form.Required),
		form.LongField("open_condition", "开放条件", func(e *Entry) *string { return &e.OpenCondition }, form.Max(500)),
	}},
	form.Section{Key: "keeper", Title: "责任", Clauses: []string{"A22.1"}, Fields: []form.Field{
		form.TextField("office", "责任科室", func(e *Entry) *string { return &e.Office }, form.Required, form.Max(60)),
		form.TextField("keeper", "责任人", func(e *Entry) *string { return &e.Keeper }, form.Required, form.Max(30)),
		form.TextField("phone", "联系电话", func(e *Entry) *string { return &e.Phone }, form.Max(30)),
	}},
)

// Item is one information item (信息项).
type Item struct {
	Name, Field, Type, Size, Remark string
	Main, Sensitive, KeptBack       bool
}

// MaxItems is how many items one entry may have.
const MaxItems = 1000

var items = &matter.Lines{Table: "catalogue_item", Title: "信息项", Max: MaxItems, Form: form.For[Item](form.Section{Key: "item", Title: "信息项", Clauses: []string{"A23.1", "A25.1"}, Fields: []form.Field{
	form.TextField("name", "信息项名称", func(i *Item) *string { return &i.Name }, form.Required, form.Max(100)),
	form.TextField("field_name", "英文名", func(i *Item) *string { return &i.Field }, form.Max(100), form.Column),
	form.ChoiceField("data_type", "数据类型", Types, func(i *Item) *string { return &i.Type }, form.Required, form.Column),
	form.TextField("size", "长度", func(i *Item) *string { return &i.Size }, form.Max(20), form.Column),
	form.CheckField("main_key", "主键", func(i *Item) *bool { return &i.Main }, form.Column),
	form.CheckField("sensitive", "敏感", func(i *Item) *bool { return &i.Sensitive }, form.Column),
	form.CheckField("kept_back", "不共享", func(i *Item) *bool { return &i.KeptBack }, form.Column),
	form.TextField("remark", "说明", func(i *Item) *string { return &i.Remark }),
}})}

// Secrecy is the check before an entry may be published and shelved (保密审查).
type Secrecy struct {
	Reviewer, Note string
	On             calendar.Date
}

var secrecyForm = form.For[Secrecy](form.Section{Key: "secrecy", Title: "保密审查", Clauses: []string{"A24.2"}, Fields: []form.Field{
	form.TextField("reviewer", "审查人", func(s *Secrecy) *string { return &s.Reviewer }, form.Required, form.Max(30), form.Help("由填报人以外的人审查")),
	form.DateField("on_date", "审查日期", func(s *Secrecy) *calendar.Date { return &s.On }, form.Required),
	form.LongField("note", "审查意见", func(s *Secrecy) *string { return &s.Note }, form.Required, form.Max(500), form.Help("是否涉及国家秘密、工作秘密，可以共享开放到什么范围")),
}})

// Shelving says where a resource is served.
type Shelving struct {
	Way, Service string
	On           calendar.Date
}

var shelvingForm = form.For[Shelving](form.Section{Key: "shelving", Title: "上架", Clauses: []string{"A24.4", "A25.1"}, Fields: []form.Field{
	form.ChoiceField("way", "挂接方式", Ways[:3], func(s *Shelving) *string { return &s.Way }, form.Required),
	form.TextField("service", "接口、库表或文件标识", func(s *Shelving) *string { return &s.Service }, form.Required, form.Help("在贵州省数据共享交换平台六盘水专区里的名称或编号")),
	form.DateField("on_date", "上架日期", func(s *Shelving) *calendar.Date { return &s.On }, form.Required),
}})

// Updating says that the data of a resource were brought up to date.
type Updating struct {
	On   calendar.Date
	Note string
}

var updatingForm = form.For[Updating](form.Section{Key: "updating", Title: "更新", Clauses: []string{"A25.1"}, Fields: []form.Field{
	form.DateField("on_date", "更新日期", func(u *Updating) *calendar.Date { return &u.On }, form.Required),
	form.TextField("note", "更新内容", func(u *Updating) *string { return &u.Note }),
}})
