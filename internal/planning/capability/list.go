package capability

import (
	"context"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/db"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
)

// Item is one common capability.
type Item struct {
	Name, Provider, How string // who provides it, how it is taken into use
}

// List is one version of the list.
type List struct {
	Version int64
	From    calendar.Date
	Items   []Item
}

var first = List{Version: 1, From: "2025-12-01", Items: []Item{
	{Name: "统一身份认证"}, {Name: "电子证照"}, {Name: "电子印章"}, {Name: "电子档案"}, {Name: "统一支付"}, {Name: "地理信息"}, {Name: "短信和消息"},
	{Name: "数据共享交换", Provider: "贵州省数据共享交换平台六盘水专区"}, {Name: "区块链"}, {Name: "视频汇聚"}, {Name: "人工智能和大模型"}, {Name: "政务服务统一受理"}, {Name: "好差评"},
	{Name: "12345 热线"}, {Name: "城市运行管理中心"}, {Name: "移动端统一入口"}, {Name: "密码服务"}, {Name: "统一日志和安全运营"},
}}

// At is the list in force on a day in a jurisdiction.
func At(ctx context.Context, q db.Querier, jurisdiction string, on calendar.Date) (List, error) {
	var l List
	err := db.Together(ctx, q, Ask(&l, jurisdiction, on))
	return l, err
}

// Ask is At together with other queries.
func Ask(into *List, jurisdiction string, on calendar.Date) db.Ask {
	*into = first
	return db.Each(func(s db.Scanner) error {
		var i Item
		var l List
		if err := s.Scan(&l.Version, &l.From, &i.Name, &i.Provider, &i.How); err != nil {
			return err
		}
		if into.Version != l.Version {
			*into = l
		}
		into.Items = append(into.Items, i)
		return nil
	}, `SELECT version, from_date, name, provider, how FROM capability WHERE jurisdiction = $1 AND version = (SELECT MAX(c.version) FROM capability c WHERE c.jurisdiction = $1 AND c.from_date <= $2)
		ORDER BY seq, name`, jurisdiction, string(on))
}

// Choices of a form; the name is what a case keeps, whatever becomes of the list.
func (l List) Choices() []form.Option {
	var out []form.Option
	for _, i := range l.Items {
		label := i.Name
		if i.Provider != "" {
			label += "（" + i.Provider + "）"
		}
		out = append(out, form.Option{ID: i.Name, Label: label})
	}
	return out
}

// Unlisted are the chosen names that the list does not have.
func (l List) Unlisted(chosen []string) []string {
	known := map[string]bool{}
	for _, i := range l.Items {
		known[i.Name] = true
	}
	var out []string
	for _, c := range chosen {
		if !known[c] {
			out = append(out, c)
		}
	}
	return out
}

// publish writes the signed version; a past day would change what was asked then.
func publish(ctx context.Context, d *matter.Doing) error {
	c := d.Case
	last, err := db.Value[int64](ctx, d.Tx, `SELECT COALESCE(MAX(version), 1) FROM capability WHERE jurisdiction = $1`, c.Jurisdiction)
	if err != nil {
		return err
	}
	from := max(matter.FormOf[Revision](c).From, c.Today)
	for _, ln := range c.Lines {
		i := matter.BodyOf[Item](ln)
		if err := d.Tx.Later(ctx, `INSERT INTO capability (jurisdiction, version, name, seq, provider, how, from_date) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
			c.Jurisdiction, last+1, i.Name, ln.Seq, i.Provider, i.How, string(from)); err != nil {
			return err
		}
	}
	return nil
}

// Key names the procedure that publishes a list.
const Key = "capability-list"

// Revision is its form.
type Revision struct {
	From calendar.Date
	Why  string
}

var revisionForm = form.For[Revision](form.Section{Key: "list", Title: "修订", Clauses: []string{"A05.2", "A04.1"}, Fields: []form.Field{
	form.DateField("from_on", "启用日期", func(r *Revision) *calendar.Date { return &r.From }, form.Required),
	form.LongField("why", "修订说明", func(r *Revision) *string { return &r.Why }, form.Max(500), form.Required),
}})

var lines = &matter.Lines{Table: "capability_line", Title: "共性能力", Max: 100, Form: form.For[Item](form.Section{Key: "item", Title: "共性能力", Clauses: []string{"A05.2"}, Fields: []form.Field{
	form.TextField("name", "名称", func(i *Item) *string { return &i.Name }, form.Max(40), form.Required),
	form.TextField("provider", "提供单位或平台", func(i *Item) *string { return &i.Provider }, form.Max(100)),
	form.LongField("how", "接入办法", func(i *Item) *string { return &i.How }, form.Max(500)),
}})}

// Publishing is the procedure.
func Publishing() *matter.Procedure {
	judge := matter.JudgeBy(gather, Rules()...)
	return &matter.Procedure{
		Key: Key, Title: "共性能力清单", Clauses: []string{"A05.2", "A04.1"},
		States: []matter.StateDef{
			{State: matter.Draft, Title: "草稿", Mark: matter.MarkWait, Holder: identity.OwnerClerk, Task: "修订共性能力清单", Edit: true, Stage: "修订"},
			{State: "signing", Title: "待签发", Mark: matter.MarkDoing, Holder: identity.OwnerHead, Task: "签发共性能力清单", Stage: "签发"},
			{State: "issued", Title: "已发布", Mark: matter.MarkDone, Final: true, Public: true, Stage: "已发布"},
		},
		Flow: []matter.Step{
			{From: matter.Draft, Do: matter.Submit, Title: "送签", Says: "送负责人签发。", To: "signing", By: identity.OwnerClerk, Judge: judge, Submit: true, Lines: matter.LineMove{To: matter.LineHeld}},
			{From: "signing", Do: matter.SignOff, Title: "发布", Says: "自启用日期起，各单位填报计划时从新清单中选用。", To: "issued", By: identity.OwnerHead, Effect: publish},
			{From: "signing", Do: matter.Return, Title: "退回经办人", Says: "退回修改。", To: matter.Draft, By: identity.OwnerHead, Reason: true, Lines: matter.LineMove{To: matter.LineDraft}},
			{From: "signing", Do: matter.Withdraw, Title: "撤回", Says: "撤回到草稿继续修改。", To: matter.Draft, By: identity.OwnerClerk, Lines: matter.LineMove{To: matter.LineDraft}},
		},
		Form: revisionForm, Lines: lines, Start: identity.BigDataClerk,
		Name: func(c *matter.Case) string {
			return "共性能力清单修订（" + string(matter.FormOf[Revision](c).From) + " 启用）"
		},
		Prepare: func(ctx context.Context, q db.Querier, c *matter.Case) ([]matter.Line, error) {
			matter.FormOf[Revision](c).From = c.Today
			l, err := At(ctx, q, c.Jurisdiction, c.Today)
			var out []matter.Line
			for _, i := range l.Items {
				out = append(out, matter.Line{Of: lines, Body: &i})
			}
			return out, err
		},
	}
}
