.PHONY: run build test check generate bench

run: build ## build and start the demo city
	bin/zhengcheng demo

build:
	CGO_ENABLED=0 go build -trimpath -o bin/zhengcheng ./cmd/zhengcheng

test: ## every test, on SQLite, PostgreSQL and in Chromium
	scripts/test.sh

check: ## formatting, vet, staticcheck, generated files
	scripts/check.sh

generate: ## pages from templates
	cd tools && go build -o ../bin/templ github.com/a-h/templ/cmd/templ
	bin/templ fmt internal/web/page
	bin/templ generate -path internal/web/page

bench: ## cost per request and act, with floors (docs/performance.md)
	scripts/with-postgres.sh go test -run '^$$' -bench . -benchtime 2s ./internal/...
