package responsibility

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/db"
	"zhengcheng/internal/hanzi"
	"zhengcheng/internal/identity"
	"zhengcheng/internal/matter"
	"zhengcheng/internal/measures"
	"zhengcheng/internal/problem"
)

// maxFile bounds an export that is read in.
const maxFile = 64 << 20

// Incoming is an entry of an export, to be drafted again.
type Incoming struct {
	Unit  string
	Entry catalogue.Shareable
}

// ReadExport reads what JSON or DCAT wrote; another document is refused.
func ReadExport(r io.Reader) ([]Incoming, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxFile {
		return nil, problem.New(problem.Invalid, "文件超过 %d MB，请按单位导出后分别导入", maxFile>>20)
	}
	var d struct {
		Document
		Type     string   `json:"@type"`
		Datasets []dcatIn `json:"dcat:dataset"`
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, &problem.Error{Kind: problem.Invalid, Msg: "文件不是责任清单的 JSON 或 DCAT（JSON-LD）导出", Err: err}
	}
	var out []Incoming
	switch {
	case d.Format == Format:
		for _, e := range d.Entries {
			out = append(out, Incoming{e.Unit, e.Shareable})
		}
	case d.Type == "dcat:Catalog":
		for _, s := range d.Datasets {
			out = append(out, s.entry())
		}
	default:
		return nil, problem.New(problem.Invalid, "文件不是本系统导出的责任清单（JSON 或 DCAT）")
	}
	if len(out) == 0 {
		return nil, problem.New(problem.Invalid, "文件里没有一条目录")
	}
	return out, nil
}

// dcatIn is a dataset as DCAT writes it.
type dcatIn struct {
	Title       string `json:"dct:title"`
	Description string `json:"dct:description"`
	Code        string `json:"dct:identifier"`
	Publisher   struct {
		Name string `json:"foaf:name"`
	} `json:"dct:publisher"`
	Frequency struct {
		ID string `json:"@id"`
	} `json:"dct:accrualPeriodicity"`
	Contact struct {
		Keeper string `json:"vcard:fn"`
		Office string `json:"vcard:organization-unit"`
		Phone  struct {
			ID string `json:"@id"`
		} `json:"vcard:hasTelephone"`
	} `json:"dcat:contactPoint"`
	Distribution struct {
		Way string `json:"zc:shareWay"`
	} `json:"dcat:distribution"`
	System         string `json:"zc:system"`
	Format         string `json:"zc:format"`
	Range          string `json:"zc:range"`
	CycleNote      string `json:"zc:cycleNote"`
	Related        string `json:"zc:related"`
	Level          string `json:"zc:dataLevel"`
	Personal       bool   `json:"zc:personal"`
	Authorised     bool   `json:"zc:authorised"`
	ShareType      string `json:"zc:shareType"`
	ShareCondition string `json:"zc:shareCondition"`
	OpenType       string `json:"zc:openType"`
	OpenCondition  string `json:"zc:openCondition"`
	Items          []struct {
		Name  string `json:"zc:name"`
		Field string `json:"zc:fieldName"`
		Type  string `json:"zc:dataType"`
		Size  string `json:"zc:size"`
		Main  bool   `json:"zc:mainKey"`
	} `json:"zc:items"`
}

func (s dcatIn) entry() Incoming {
	e := catalogue.Shareable{Code: s.Code, Name: s.Title, System: s.System, Abstract: s.Description, Format: s.Format, Range: s.Range, CycleNote: s.CycleNote, Related: s.Related, Level: s.Level,
		Personal: s.Personal, Authorised: s.Authorised, ShareType: s.ShareType, ShareCondition: s.ShareCondition, Way: s.Distribution.Way, OpenType: s.OpenType, OpenCondition: s.OpenCondition,
		Office: s.Contact.Office, Keeper: s.Contact.Keeper, Items: []catalogue.SharedItem{}}
	e.Phone, _ = url.PathUnescape(strings.TrimPrefix(s.Contact.Phone.ID, "tel:")) // what is not escaped well is left out
	for cycle, f := range frequencies {
		if s.Frequency.ID == euFrequency+f {
			e.Cycle = cycle
		}
	}
	for _, i := range s.Items {
		e.Items = append(e.Items, catalogue.SharedItem(i))
	}
	return Incoming{s.Publisher.Name, e}
}

// Imported is what an import came to.
type Imported struct {
	Drafts, Same int
	Others       int   // of units the person does not draft for
	Bad          []Bad // entries that cannot be taken
}

// Bad is an entry that cannot be taken, with the reason.
type Bad struct {
	Row int // in the file, from 1
	Why string
}

// Import drafts the entries of an export for their units, all or nothing: a clerk
// of a unit drafts its own, the bureau's clerk those of every unit (代录). Each
// draft then passes every gate of the catalogue like one typed by hand; its code
// is given anew. What the unit has in its catalogue, or is drafting, is not
// drafted again, so importing twice is harmless.
func Import(ctx context.Context, e *matter.Engine, actor identity.Actor, list []Incoming, skipBad bool) (Imported, error) {
	if !actor.Is(identity.Clerk) {
		return Imported{}, problem.New(problem.Forbidden, "导入由经办人办理，%s不能导入", actor.Name)
	}
	var out Imported
	err := e.DB.Batch(ctx, func(ctx context.Context) error {
		out = Imported{}
		k, err := knownTo(ctx, e, actor.Jurisdiction)
		if err != nil {
			return err
		}
		for i, in := range list {
			if err := k.take(ctx, e, actor, in, &out); problem.KindOf(err) == problem.Internal && err != nil {
				return err
			} else if err != nil {
				out.Bad = append(out.Bad, Bad{i + 1, said(err)})
			}
		}
		if len(out.Bad) > 0 && !skipBad {
			return problem.New(problem.Invalid, "有 %d 条不能导入，没有写入任何内容", len(out.Bad))
		}
		return nil
	})
	if err != nil {
		out = Imported{Bad: out.Bad}
	}
	return out, err
}

// known is what stands before an import, by unit and normal name.
type known struct {
	systems map[[2]string]string
	entries map[[2]string]bool
}

func knownTo(ctx context.Context, e *matter.Engine, jurisdiction string) (*known, error) {
	k := &known{map[[2]string]string{}, map[[2]string]bool{}}
	q := e.DB.Reader(ctx)
	return k, db.Together(ctx, q, db.Each(func(s db.Scanner) error {
		var id, unit, name string
		err := s.Scan(&id, &unit, &name)
		k.systems[[2]string{unit, name}] = id
		return err
	}, `SELECT id, unit_id, normal_name FROM info_system WHERE jurisdiction = $1 AND state <> 'retired'`, jurisdiction),
		db.Each(func(s db.Scanner) error {
			var unit, title string
			err := s.Scan(&unit, &title)
			k.entries[[2]string{unit, hanzi.NormalName(title)}] = true
			return err
		}, `SELECT unit_id, title FROM matter WHERE jurisdiction = $1 AND procedure = '`+catalogue.Key+`' AND closed_at = 0`, jurisdiction))
}

func (k *known) take(ctx context.Context, e *matter.Engine, actor identity.Actor, in Incoming, out *Imported) error {
	u, ok := e.Units.Match(actor.Jurisdiction, in.Unit)
	if !ok || in.Unit == "" {
		return problem.New(problem.Invalid, "没有“%s”这个单位", in.Unit)
	}
	origin := matter.Own
	if u.ID != actor.UnitID {
		if actor.Office != identity.BigData {
			out.Others++
			return nil
		}
		origin = matter.ByProxy
	}
	key := [2]string{u.ID, hanzi.NormalName(in.Entry.Name)}
	if k.entries[key] {
		out.Same++
		return nil
	}
	form, items := typed(in.Entry)
	for _, row := range append(items, form) {
		for _, text := range row {
			if measures.SpeaksOfSecrets(text) { // the words themselves are not repeated
				return problem.New(problem.Invalid, "写到涉密内容。涉密数据不得在本系统编目，请立即从文件中删去并走线下渠道")
			}
		}
	}
	system := k.systems[[2]string{u.ID, hanzi.NormalName(in.Entry.System)}]
	if system == "" {
		return problem.New(problem.Invalid, "%s没有登记在用系统“%s”，请先登记系统", u.ShortName, in.Entry.System)
	}
	if _, err := e.Open(ctx, actor, matter.OpenRequest{Procedure: catalogue.Key, UnitID: u.ID, SubjectID: system, Origin: origin, Form: form, Lines: items}); err != nil {
		return err
	}
	k.entries[key] = true
	out.Drafts++
	return nil
}

// typed is an entry as a person would type it.
func typed(e catalogue.Shareable) (form map[string]string, items []map[string]string) {
	flag := map[bool]string{true: "1"}
	form = map[string]string{"name": e.Name, "abstract": e.Abstract, "format": e.Format, "range": e.Range, "cycle": e.Cycle, "cycle_note": e.CycleNote, "related": e.Related, "data_level": e.Level,
		"personal": flag[e.Personal], "authorised": flag[e.Authorised], "share_type": e.ShareType, "share_condition": e.ShareCondition, "share_way": e.Way, "open_type": e.OpenType,
		"open_condition": e.OpenCondition, "office": e.Office, "keeper": e.Keeper, "phone": e.Phone}
	class, _, _ := strings.Cut(e.Code, "/")
	for _, part := range []struct {
		key string
		n   int
	}{{"class", 1}, {"class_item", 2}, {"class_target", 3}, {"class_detail", len(class)}} {
		n := min(part.n, len(class))
		form[part.key], class = class[:n], class[n:]
	}
	for _, i := range e.Items {
		items = append(items, map[string]string{"name": i.Name, "field_name": i.Field, "data_type": i.Type, "size": i.Size, "main_key": flag[i.Main]})
	}
	return form, items
}

// said is what is wrong with an entry, each field once.
func said(err error) string {
	var bad *problem.Error
	if !errors.As(err, &bad) || len(bad.Fields) == 0 {
		return problem.Message(err)
	}
	var all []string
	for _, at := range slices.Sorted(maps.Keys(bad.Fields)) {
		all = append(all, bad.Fields[at])
	}
	return strings.Join(all, "；")
}
