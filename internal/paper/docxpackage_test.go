package paper

import (
	"path"
	"strings"
	"testing"
)

func TestDocxPackage(t *testing.T) {
	t.Parallel()
	files := docx(t, example)
	var types struct {
		Default []struct {
			Extension string `xml:",attr"`
		}
		Override []struct {
			PartName    string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
	}
	read(t, files["[Content_Types].xml"], &types)
	typed := map[string]string{}
	for _, o := range types.Override {
		typed[o.PartName] = o.ContentType
		if _, ok := files[strings.TrimPrefix(o.PartName, "/")]; !ok {
			t.Errorf("content type for %s, which is missing", o.PartName)
		}
	}
	for name := range files {
		switch {
		case name == "[Content_Types].xml":
		case strings.HasSuffix(name, ".rels"):
			folder := path.Dir(path.Dir(name))
			for id, target := range relations(t, files[name]) {
				if _, ok := files[path.Join(folder, target)]; !ok {
					t.Errorf("%s: %s leads to %s, which is missing", name, id, target)
				}
			}
		case typed["/"+name] == "":
			t.Errorf("no content type for %s", name)
		}
	}
	rels := relations(t, files["word/_rels/document.xml.rels"])
	for _, use := range strings.Split(files["word/document.xml"], `r:id="`)[1:] {
		id, _, _ := strings.Cut(use, `"`)
		if rels[id] == "" {
			t.Errorf("document uses relationship %s, which is missing", id)
		}
	}
	var core struct {
		Title string `xml:"title"`
	}
	if read(t, files["docProps/core.xml"], &core); core.Title != example.Title {
		t.Errorf("title property is %q", core.Title)
	}
}

func relations(t *testing.T, s string) map[string]string {
	t.Helper()
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:",attr"`
		}
	}
	read(t, s, &rels)
	out := map[string]string{}
	for _, r := range rels.Relationship {
		out[r.ID] = r.Target
	}
	return out
}
