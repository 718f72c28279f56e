// Package ui holds the static files of the pages: the vendored kit, the
// stylesheet, the icons and one small script. Everything is embedded; nothing
// is ever fetched from another host.
package ui

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

//go:embed static
var files embed.FS

type file struct {
	url, media string
	body       []byte
}

var assets = sync.OnceValue(func() map[string]file {
	out := map[string]file{}
	err := fs.WalkDir(files, "static", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := files.ReadFile(p)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(p, "static/")
		sum := sha256.Sum256(body)
		out[name] = file{url: "/static/" + hex.EncodeToString(sum[:6]) + "/" + name, media: mime.TypeByExtension(path.Ext(name)), body: body}
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("embedded assets: %v", err)) // the files are part of the program
	}
	return out
})

// Asset is the address of a static file; it changes with the content.
func Asset(name string) string {
	f, ok := assets()[name]
	if !ok {
		panic("no static file " + name) // a name in a template; every template is rendered in a test
	}
	return f.url
}

// Static serves the files under /static/<hash>/, to be kept forever.
func Static() http.Handler {
	byURL := map[string]file{}
	for _, f := range assets() {
		byURL[f.url] = f
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := byURL[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", f.media)
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.body))
	})
}
