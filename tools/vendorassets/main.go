// Command vendorassets fetches the front-end files the program embeds, checks
// their integrity and writes the lock file beside them. Run it from tools/:
//
//	go run ./vendorassets
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

const target = "../internal/web/ui/static"

type asset struct {
	Package   string            `json:"package"`
	Version   string            `json:"version"`
	Integrity string            `json:"integrity"`
	Licence   string            `json:"licence"`
	Files     map[string]string `json:"files"` // file here to sha256
}

var icons = []string{"home", "folder-search", "calendar-event", "database", "scale", "tool", "search", "plus", "copy", "file-import", "printer", "license", "send", "download", "coin", "hammer", "checklist", "shield-check"}

func main() {
	log.SetFlags(0)
	tabler, t := fetch("@tabler/core", "1.6.1")
	css := regexp.MustCompile(`/\*# sourceMappingURL=.*?\*/`).ReplaceAll(tabler["package/dist/css/tabler.min.css"], nil)
	write(&t, "tabler.min.css", css)
	pack, i := fetch("@tabler/icons", "3.36.1")
	write(&i, "icons.svg", sprite(pack))
	raw, err := json.MarshalIndent([]asset{t, i}, "", "  ")
	check(err)
	check(os.WriteFile(filepath.Join(target, "vendor.lock.json"), append(raw, '\n'), 0o644))
	check(os.WriteFile(filepath.Join(target, "LICENSE.tabler.txt"), []byte(mit), 0o644))
}

func fetch(name, version string) (map[string][]byte, asset) {
	dir, err := os.MkdirTemp("", "vendor")
	check(err)
	defer os.RemoveAll(dir) //nolint:errcheck // temporary
	cmd := exec.Command("npm", "pack", name+"@"+version, "--ignore-scripts", "--pack-destination", dir)
	cmd.Stderr = os.Stderr
	check(cmd.Run())
	list, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	check(err)
	raw, err := os.ReadFile(list[0])
	check(err)
	sum := sha512.Sum512(raw)
	got := "sha512-" + base64.StdEncoding.EncodeToString(sum[:])
	want, err := exec.Command("npm", "view", name+"@"+version, "dist.integrity").Output()
	check(err)
	if strings.TrimSpace(string(want)) != got {
		log.Fatalf("%s@%s: integrity %s, the registry says %s", name, version, got, want)
	}
	return unpack(raw), asset{Package: name, Version: version, Integrity: got, Licence: "MIT", Files: map[string]string{}}
}

func unpack(raw []byte) map[string][]byte {
	z, err := gzip.NewReader(bytes.NewReader(raw))
	check(err)
	out := map[string][]byte{}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if err == io.EOF {
			return out
		}
		check(err)
		body, err := io.ReadAll(t)
		check(err)
		out[h.Name] = body
	}
}

// sprite gathers the icons the pages use, and the five shapes of a state.
func sprite(pack map[string][]byte) []byte {
	inner := regexp.MustCompile(`(?s)<svg[^>]*>(.*)</svg>`)
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">` + "\n")
	for _, name := range icons {
		raw, ok := pack["package/icons/outline/"+name+".svg"]
		if !ok {
			log.Fatalf("no icon %s", name)
		}
		body := strings.Join(strings.Fields(inner.FindStringSubmatch(string(raw))[1]), " ")
		fmt.Fprintf(&b, `<symbol id="i-%s" viewBox="0 0 24 24">%s</symbol>`+"\n", name, body)
	}
	b.WriteString(shapes + "</svg>\n")
	return []byte(b.String())
}

const shapes = `<symbol id="s-done" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M5.1 8.2l2.1 2.1 3.7-4.2" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/></symbol>
<symbol id="s-doing" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor"/></symbol>
<symbol id="s-wait" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.5"/></symbol>
<symbol id="s-warn" viewBox="0 0 16 16"><path d="M8 1.5c.5 0 .9.3 1.1.7l5.5 10.2c.5.9-.1 2-1.1 2h-11c-1 0-1.6-1.1-1.1-2L6.9 2.2c.2-.4.6-.7 1.1-.7z" fill="currentColor"/><path d="M8 5.8v3.9M8 11.8v.3" stroke="#fff" stroke-width="1.5" stroke-linecap="round"/></symbol>
<symbol id="s-stop" viewBox="0 0 16 16"><path d="M5.3 1h5.4L15 5.3v5.4L10.7 15H5.3L1 10.7V5.3z" fill="currentColor"/><path d="M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6" stroke="#fff" stroke-width="1.5" stroke-linecap="round"/></symbol>
`

func write(a *asset, name string, body []byte) {
	sum := sha256.Sum256(body)
	a.Files[name] = hex.EncodeToString(sum[:])
	check(os.WriteFile(filepath.Join(target, name), body, 0o644))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

const mit = `Tabler (@tabler/core) and Tabler Icons (@tabler/icons)
Copyright (c) 2018-2026 The Tabler Authors; Copyright (c) 2020-2026 Paweł Kuna

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`
