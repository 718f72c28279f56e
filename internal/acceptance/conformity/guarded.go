package conformity

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/protection"
	"zhengcheng/internal/protection/component"
	"zhengcheng/internal/registry"
)

// guarded is what Chapters 6 and 7 keep of the systems that a project made.
type guarded struct {
	today   calendar.Date
	values  measures.Values
	built   []protection.Standing
	ciphers map[string]map[string]protection.Record // by system and kind
	shares  map[string]catalogue.Share
	parts   component.Standing
}

// guard reads it: of the systems linked to the project, and of the one that the
// application names when it is in the register already.
func (k *known) guard(ctx context.Context, q db.Querier, c *matter.Case) error {
	k.today, k.values = c.Today, c.Values
	made, err := registry.Made(ctx, q, k.project.ID)
	if err != nil {
		return err
	}
	var ids []string
	for _, y := range made {
		ids = append(ids, y.ID)
	}
	name := hanzi.NormalName(matter.FormOf[Application](c).System)
	for _, y := range k.systems {
		if name != "" && hanzi.NormalName(y.Name) == name && !slices.Contains(ids, y.ID) {
			ids = append(ids, y.ID)
		}
	}
	if k.parts, err = component.StandingOf(ctx, q, k.project, c.Values); err != nil || len(ids) == 0 {
		return err
	}
	if k.built, err = protection.Overview(ctx, q, identity.System(c.Jurisdiction), protection.Filter{Systems: ids}, c.Today, c.Values); err != nil {
		return err
	}
	records, err := protection.Standings(ctx, q, ids, protection.CipherLaunch, protection.CipherRun)
	if err != nil {
		return err
	}
	k.ciphers = map[string]map[string]protection.Record{}
	for _, r := range records {
		if k.ciphers[r.Subject] == nil {
			k.ciphers[r.Subject] = map[string]protection.Record{}
		}
		k.ciphers[r.Subject][r.Kind] = r
	}
	shares, err := catalogue.OfSystems(ctx, q, ids)
	k.shares = map[string]catalogue.Share{}
	for _, s := range shares {
		k.shares[s.SystemID] = s
	}
	return err
}

// found gathers what records say of an item, system by system.
type found struct {
	shown                 []Evidence
	says, against, silent []string
}

func (f *found) show(title, matterID string) {
	f.shown = append(f.shown, Evidence{Title: title, Matter: matterID})
}

// verdict is what they come to: what stands against the item decides, then what is
// silent leaves it to a document.
func (f *found) verdict() ([]Evidence, string, string) {
	switch {
	case len(f.against) > 0:
		return f.shown, strings.Join(f.against, "；"), Missing
	case len(f.silent) > 0:
		return nil, strings.Join(f.silent, "；"), ""
	}
	return f.shown, strings.Join(f.says, "；"), ""
}

// graded is 定级、备案和测评 as registered (Article 28).
func (k known) graded() ([]Evidence, string, string) {
	var f found
	for _, y := range k.built {
		r, says := y.Graded, y.Name+"："+y.Grading.Says
		if r.MatterID == "" {
			f.silent = append(f.silent, y.Name+"没有登记等保备案和测评")
			continue
		}
		f.show(y.Name+" 等保备案和测评", r.MatterID)
		if y.Grading.Colour == protection.Red || r.Cyclic() && r.On == "" {
			f.against = append(f.against, says)
		} else {
			f.says = append(f.says, says)
		}
	}
	return f.verdict()
}

// ciphered is the evaluation of ciphers before operation or in it (Article 29).
func (k known) ciphered() ([]Evidence, string, string) {
	var f found
	spared := 0
	for _, y := range k.built {
		launch, run := k.ciphers[y.SystemID][protection.CipherLaunch], k.ciphers[y.SystemID][protection.CipherRun]
		r := launch
		if run.MatterID != "" {
			r = run
		}
		switch {
		case r.MatterID != "" && r.Conclusion == protection.NotConform:
			f.show(y.Name+" 密码应用评估", r.MatterID)
			f.against = append(f.against, fmt.Sprintf("%s：%s 评估结论为不符合", y.Name, r.On))
		case r.MatterID != "" && r.Level == 0:
			f.show(y.Name+" 密码应用登记为不适用", r.MatterID)
			f.says = append(f.says, y.Name+"：登记为不适用，理由见登记")
		case r.MatterID != "":
			f.show(y.Name+" 密码应用评估", r.MatterID)
			f.says = append(f.says, fmt.Sprintf("%s：%s 评估", y.Name, r.On))
		case y.Graded.MatterID != "" && !y.Ciphered:
			spared++
		default:
			f.silent = append(f.silent, y.Name+"没有登记密码应用评估")
		}
	}
	if spared > 0 && spared == len(k.built) {
		return nil, "按等级不要求密码应用评估", NotConcerned
	}
	return f.verdict()
}

// composed is the declaration of key parts (Article 29).
func (k known) composed() ([]Evidence, string, string) {
	var f found
	if k.parts.MatterID != "" {
		f.show("关键部件登记 "+string(k.parts.On), k.parts.MatterID)
		f.says, f.against = []string{k.parts.Says()}, k.parts.Short
	}
	return f.verdict()
}

// catalogued is what the catalogue holds of them (Articles 23 to 25).
func (k known) catalogued() ([]Evidence, string, string) {
	var f found
	for _, y := range k.built {
		s := k.shares[y.SystemID]
		if s.All == 0 {
			f.silent = append(f.silent, y.Name+"没有发布的数据目录")
			continue
		}
		f.show(fmt.Sprintf("%s 数据目录 %d 条", y.Name, s.All), "")
		if s.ToBeShelved > 0 {
			f.says = append(f.says, fmt.Sprintf("%s：还有 %d 条没有上架", y.Name, s.ToBeShelved))
		} else {
			f.says = append(f.says, fmt.Sprintf("%s：已上架 %d 条", y.Name, s.Shelved))
		}
	}
	return f.verdict()
}
