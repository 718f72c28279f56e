package workbook

import (
	"encoding/xml"
	"path"
	"regexp"
	"strings"

	"zhengcheng/internal/measures"
)

// instruction is what forms tell everybody about secrets: the heading 是否涉密,
// “涉密项目不得填报”. It stands above a table or on a sheet of its own.
var instruction = regexp.MustCompile(`是否(为|属于)?涉密(项目|信息|系统|内容)?` +
	`|(涉密|国家秘密)(项目|信息|内容|文件|系统)?,?(一律|均|都)?(不得|严禁|禁止|请勿|不要|不)(在|通过|填|报|录|上传|写|列入)` +
	`|(不得|严禁|禁止|请勿|不要)(写入|填写|填报|报送)(任何)?(涉密|国家秘密)(项目|信息|内容)?` +
	`|(涉密|国家秘密)(项目|信息|内容)?,?请(走|按)线下`)

var asksForSecret = regexp.MustCompile(`^(是否(为)?涉密|涉密情况)`)

// spoken reports whether a text outside the project rows speaks of secrets other
// than to instruct.
func spoken(text string) bool {
	return measures.SpeaksOfSecrets(instruction.ReplaceAllString(squeeze(text), " "))
}

// clean reports whether no text of the file speaks of secrets, whatever sheet or
// part it stands in: only such a file may be kept until its import is confirmed.
// When in doubt it is not clean.
func (b *book) clean() bool {
	b.c.budget = MaxUnzipped // its own pass over the parts
	for _, s := range b.strings {
		if spoken(s) {
			return false
		}
	}
	sheets := map[string]bool{}
	for _, s := range b.sheets {
		sheets[strings.ToLower(s.path)] = true
		g, err := b.full(s)
		if err != nil || !g.clean() {
			return false
		}
	}
	for name := range b.c.parts {
		switch {
		case sheets[name] || name == "xl/sharedstrings.xml":
		case strings.HasPrefix(name, "xl/embeddings/"):
			return false
		case path.Ext(name) == ".xml" || path.Ext(name) == ".vml":
			if !b.c.cleanPart(name) {
				return false
			}
		}
	}
	return true
}

// clean looks at every cell: below a header as at a project row, elsewhere as at
// prose. A column that asks 是否涉密 must not be answered 是 by any row.
func (g *grid) clean() bool {
	header := findHeader(g, Options{})
	asked := map[int]bool{}
	for _, ln := range g.lines {
		below := header.Found && ln.row > header.Last
		for c, v := range ln.cells {
			text := squeeze(v.text)
			switch {
			case asksForSecret.MatchString(text):
				asked[c] = true
			case asked[c] && strings.HasPrefix(text, "是"):
				return false
			case below && measures.SpeaksOfSecrets(text) || spoken(text):
				return false
			}
		}
	}
	return true
}

// cleanPart reads comments, drawings, headers and properties as one text: their
// words may be cut in pieces.
func (c *container) cleanPart(name string) bool {
	var all strings.Builder
	err := c.walk(name, func(t xml.Token) error {
		if e, ok := t.(xml.CharData); ok {
			all.Write(e)
		}
		return nil
	})
	return err == nil && !spoken(all.String())
}
