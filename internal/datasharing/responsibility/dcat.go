package responsibility

import (
	"encoding/json"
	"net/url"
	"strings"

	"zhengcheng/internal/calendar"
	"zhengcheng/internal/datasharing/catalogue"
	"zhengcheng/internal/form"
	"zhengcheng/internal/identity"
)

// The list as DCAT 3 in JSON-LD; docs/dcat.md maps it field by field.

// Namespaces of the export. What DCAT has no word for is said in the program's own.
const (
	euFrequency = "http://publications.europa.eu/resource/authority/frequency/"
	euAccess    = "http://publications.europa.eu/resource/authority/access-right/"
	own         = "urn:zhengcheng:vocabulary:"
)

// frequencies are the update cycles in the frequencies of the European Union.
var frequencies = map[string]string{"realtime": "UPDATE_CONT", "daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY", "quarterly": "QUARTERLY",
	"half_yearly": "ANNUAL_2", "yearly": "ANNUAL", "irregular": "IRREG", "other": "OTHER"}

// access is who may have a resource, by how it is opened to the public.
var access = map[string]string{catalogue.Unconditional: "PUBLIC", catalogue.Conditional: "RESTRICTED", catalogue.None: "NON_PUBLIC"}

type node map[string]any

func iri(s string) node { return node{"@id": s} }

// jsonldContext stands in the file: nobody fetches one to read it.
var jsonldContext = node{
	"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "vcard": "http://www.w3.org/2006/vcard/ns#",
	"skos": "http://www.w3.org/2004/02/skos/core#", "xsd": "http://www.w3.org/2001/XMLSchema#", "zc": own,
	"dct:title":       node{"@id": "http://purl.org/dc/terms/title", "@language": "zh"},
	"dct:description": node{"@id": "http://purl.org/dc/terms/description", "@language": "zh"},
	"dct:issued":      node{"@id": "http://purl.org/dc/terms/issued", "@type": "xsd:date"},
	"dct:modified":    node{"@id": "http://purl.org/dc/terms/modified", "@type": "xsd:date"},
	"zc:items":        node{"@id": own + "items", "@container": "@list"},
}

// DCAT is the list as a catalogue in JSON-LD. The base is the address of this
// program, under which each entry has a page on which its data are applied for.
func DCAT(list []Published, units *identity.Directory, city, base string, on calendar.Date) ([]byte, error) {
	base = strings.TrimSuffix(base, "/")
	root := node{"@context": jsonldContext, "@id": base + "/responsibility", "@type": "dcat:Catalog", "dct:title": city + "数据共享开放责任清单",
		"dct:description": "各单位最近签发的数据共享开放责任清单（《六盘水市市级政务信息系统建设管理办法》第二十五条）。不予共享、暂停、撤销的资源，敏感和不共享的信息项不在其中。",
		"dct:publisher":   node{"@id": base + "/", "@type": "foaf:Agent", "foaf:name": city + "人民政府"}, "dct:language": iri("http://publications.europa.eu/resource/authority/language/ZHO"),
		"dct:issued": string(on), "dct:modified": string(on)}
	var sets []node
	for _, p := range list {
		sets = append(sets, dataset(p, units, base))
	}
	root["dcat:dataset"] = sets
	return json.MarshalIndent(root, "", "  ")
}

func dataset(p Published, units *identity.Directory, base string) node {
	e := p.Entry
	landing := base + "/catalogue/" + e.ID
	d := node{"@id": "urn:uuid:" + e.ID, "@type": "dcat:Dataset", "dct:title": e.Name, "dct:description": e.Abstract, "dct:identifier": e.Code, "dcat:landingPage": iri(landing),
		"dct:publisher":          node{"@id": "urn:uuid:" + p.UnitID, "@type": "foaf:Agent", "foaf:name": units.Name(p.UnitID)},
		"dct:accrualPeriodicity": iri(euFrequency + frequencies[e.Cycle]), "dct:accessRights": iri(euAccess + access[e.OpenType]),
		"dcat:theme": theme(e.Code), "dcat:contactPoint": contact(e), "dct:issued": string(e.PublishedOn), "dct:modified": string(max(e.PublishedOn, p.UpdatedOn)),
		"zc:version": p.Version, "zc:signedOn": string(p.SignedOn), "zc:system": e.System, "zc:format": e.Format, "zc:dataLevel": e.Level, "zc:shareType": e.ShareType, "zc:openType": e.OpenType}
	for key, v := range map[string]string{"zc:range": e.Range, "zc:cycleNote": e.CycleNote, "zc:related": e.Related, "zc:shareCondition": e.ShareCondition, "zc:openCondition": e.OpenCondition} {
		if v != "" {
			d[key] = v
		}
	}
	for key, v := range map[string]bool{"zc:personal": e.Personal, "zc:authorised": e.Authorised} {
		if v {
			d[key] = v
		}
	}
	var items []node
	for _, i := range e.Items {
		n := node{"zc:name": i.Name, "zc:dataType": i.Type}
		if i.Field != "" {
			n["zc:fieldName"] = i.Field
		}
		if i.Size != "" {
			n["zc:size"] = i.Size
		}
		if i.Main {
			n["zc:mainKey"] = true
		}
		items = append(items, n)
	}
	if items != nil {
		d["zc:items"] = items
	}
	one := node{"@id": "urn:uuid:" + e.ID + "#distribution", "@type": "dcat:Distribution", "dct:title": e.Name + "，" + form.Label(catalogue.Ways, e.Way), "dcat:accessURL": iri(landing), "zc:shareWay": e.Way}
	if p.Service != "" && e.Way == "interface" {
		one["dcat:accessService"] = node{"@id": "urn:uuid:" + e.ID + "#service", "@type": "dcat:DataService", "dct:title": e.Name + "接口", "dct:identifier": p.Service,
			"dcat:endpointURL": iri(landing), "dcat:servesDataset": iri("urn:uuid:" + e.ID)}
	}
	d["dcat:distribution"] = one
	return d
}

// theme is the class of a resource by the guide, the first part of its code.
func theme(code string) node {
	class, _, _ := strings.Cut(code, "/")
	return node{"@id": "urn:zhengcheng:class:" + class, "@type": "skos:Concept", "skos:notation": class, "skos:prefLabel": form.Label(catalogue.Classes, class[:min(len(class), 1)])}
}

func contact(e catalogue.Shareable) node {
	c := node{"@type": "vcard:Kind", "vcard:fn": e.Keeper, "vcard:organization-unit": e.Office}
	if e.Phone != "" {
		c["vcard:hasTelephone"] = iri("tel:" + url.PathEscape(e.Phone))
	}
	return c
}
