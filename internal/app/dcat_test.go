package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/piprate/json-gold/ld"
)

// What the recommendation says of the classes and properties that the export
// uses: DCAT 3 (W3C, 2024-08-22), whose terms of this table are those of DCAT 2 as
// well, DCMI Terms, FOAF, vCard and SKOS. A range of "" is a literal; RDFS leaves
// domains open where none is given. DCAT itself obliges to nothing; what must be
// there is what DCAT-AP 3.0 obliges to, and beside it what this program promises.
var (
	dcatNames = map[string]string{"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "vcard": "http://www.w3.org/2006/vcard/ns#",
		"skos": "http://www.w3.org/2004/02/skos/core#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#"}
	dcatAbove = map[string][]string{"dcat:Catalog": {"dcat:Dataset", "dcat:Resource"}, "dcat:Dataset": {"dcat:Resource"}, "dcat:DataService": {"dcat:Resource"}}
	dcatTerms = map[string]struct{ domain, want string }{
		"dct:title": {"", "literal"}, "dct:description": {"", "literal"}, "dct:identifier": {"", "literal"}, "dct:issued": {"", "xsd:date"}, "dct:modified": {"", "xsd:date"},
		"dct:publisher": {"", "foaf:Agent"}, "dct:language": {"", "dct:LinguisticSystem"}, "dct:accrualPeriodicity": {"", "dct:Frequency"}, "dct:accessRights": {"", "dct:RightsStatement"},
		"dcat:dataset": {"dcat:Catalog", "dcat:Dataset"}, "dcat:theme": {"", "skos:Concept"}, "dcat:contactPoint": {"", "vcard:Kind"}, "dcat:landingPage": {"", "foaf:Document"},
		"dcat:distribution": {"dcat:Dataset", "dcat:Distribution"}, "dcat:accessURL": {"dcat:Distribution", "rdfs:Resource"}, "dcat:accessService": {"dcat:Distribution", "dcat:DataService"},
		"dcat:endpointURL": {"dcat:DataService", "rdfs:Resource"}, "dcat:servesDataset": {"dcat:DataService", "dcat:Dataset"},
		"foaf:name": {"", "literal"}, "vcard:fn": {"", "literal"}, "vcard:organization-unit": {"", "literal"}, "vcard:hasTelephone": {"", "rdfs:Resource"},
		"skos:notation": {"", "literal"}, "skos:prefLabel": {"", "literal"},
	}
	dcatMust = map[string][]string{"dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"},
		"dcat:Dataset":      {"dct:title", "dct:description", "dct:identifier", "dct:publisher", "dct:accrualPeriodicity", "dct:accessRights", "dcat:contactPoint", "dcat:theme", "dcat:distribution", "dct:issued", "dct:modified"},
		"dcat:Distribution": {"dcat:accessURL"}, "dcat:DataService": {"dct:title", "dcat:endpointURL"}, "foaf:Agent": {"foaf:name"}, "vcard:Kind": {"vcard:fn"}, "skos:Concept": {"skos:prefLabel"}}
)

// nobody fetches a context: the file carries its own.
type noLoader struct{}

func (noLoader) LoadDocument(u string) (*ld.RemoteDocument, error) {
	return nil, errors.New("the file asks for " + u)
}

// dcatFaults expands an export by JSON-LD and holds every node against the table.
func dcatFaults(raw []byte) (faults []string, nodes map[string]int, err error) {
	var doc any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, nil, err
	}
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader = noLoader{}
	flat, err := ld.NewJsonLdProcessor().Flatten(doc, nil, options)
	if err != nil {
		return nil, nil, err
	}
	list, ok := flat.([]any)
	if !ok {
		return nil, nil, fmt.Errorf("flattened to %T", flat)
	}
	graph, types := map[string]map[string]any{}, map[string][]string{}
	nodes = map[string]int{}
	for _, n := range list {
		node := n.(map[string]any)
		id := node["@id"].(string)
		graph[id] = node
		for _, t := range values(node, "@type") {
			short := compact(t.(string))
			nodes[short]++
			types[id] = append(append(types[id], short), dcatAbove[short]...)
		}
	}
	for id, node := range graph {
		for _, t := range types[id] {
			for _, p := range dcatMust[t] {
				if t == "dcat:Dataset" && slices.Contains(types[id], "dcat:Catalog") {
					continue
				}
				if len(values(node, expand(p))) == 0 {
					faults = append(faults, fmt.Sprintf("%s (%s) has no %s", id, t, p))
				}
			}
		}
		for p := range node {
			short := compact(p)
			if strings.HasPrefix(p, "@") || strings.HasPrefix(p, "urn:zhengcheng:vocabulary:") {
				continue
			}
			term, known := dcatTerms[short]
			if !known {
				faults = append(faults, fmt.Sprintf("%s uses %s, which is not in the table", id, p))
				continue
			}
			if term.domain != "" && !slices.Contains(types[id], term.domain) {
				faults = append(faults, fmt.Sprintf("%s is %v and has %s, which belongs to %s", id, types[id], short, term.domain))
			}
			for _, v := range values(node, p) {
				if m := misfits(v.(map[string]any), term.want, types); m != "" {
					faults = append(faults, fmt.Sprintf("%s: %s %s", id, short, m))
				}
			}
		}
	}
	return faults, nodes, nil
}

// misfits says why a value is not of the range that is wanted.
func misfits(v map[string]any, want string, types map[string][]string) string {
	id, isNode := v["@id"].(string)
	switch want {
	case "literal":
		if text, ok := v["@value"].(string); !ok || strings.TrimSpace(text) == "" {
			return fmt.Sprintf("is %v, not a text", v)
		}
	case "xsd:date":
		if v["@type"] != expand("xsd:date") || len(fmt.Sprint(v["@value"])) != 10 {
			return fmt.Sprintf("is %v, not a date", v)
		}
	default:
		if !isNode || !strings.Contains(id, ":") {
			return fmt.Sprintf("is %v, not a resource", v)
		}
		if known := types[id]; known != nil && want != "rdfs:Resource" && want != "foaf:Document" && !slices.Contains(known, want) {
			return fmt.Sprintf("is a %v, not a %s", known, want)
		}
	}
	return ""
}

func values(node map[string]any, key string) []any {
	list, _ := node[key].([]any)
	return list
}

func expand(short string) string {
	prefix, name, _ := strings.Cut(short, ":")
	return dcatNames[prefix] + name
}

func compact(iri string) string {
	for prefix, at := range dcatNames {
		if name, ok := strings.CutPrefix(iri, at); ok {
			return prefix + ":" + name
		}
	}
	return iri
}
