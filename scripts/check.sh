#!/usr/bin/env bash
# The linters: formatting, vet, staticcheck, generated files and module files up to date.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { echo "check: $*" >&2; exit 1; }

unformatted=$(gofmt -l cmd internal e2e tools)
[ -z "$unformatted" ] || say "gofmt these files: $unformatted"

(cd tools && go build -o ../bin/templ github.com/a-h/templ/cmd/templ && go build -o ../bin/staticcheck honnef.co/go/tools/cmd/staticcheck)

before=$(cat internal/web/page/*_templ.go | sha256sum)
bin/templ generate -path internal/web/page -log-level error >/dev/null
[ "$before" = "$(cat internal/web/page/*_templ.go | sha256sum)" ] || say "generated pages are out of date: run make generate and commit"

bin/templ fmt -fail internal/web/page >/dev/null || say "templates are not formatted: run make generate"

go mod tidy -diff >/dev/null || say "go.mod is not tidy"
(cd e2e && go mod tidy -diff >/dev/null) || say "e2e/go.mod is not tidy"

go vet ./...
bin/staticcheck ./...
(cd e2e && go vet ./... && ../bin/staticcheck ./...)
