#!/usr/bin/env bash
# Runs every test: packages and scripts on SQLite and PostgreSQL, then the
# browser journeys in Chromium. Arguments go to the first go test.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/need.sh
go build -o bin/zhengcheng ./cmd/zhengcheng
scripts/with-postgres.sh go test -timeout 20m "$@" ./...
(cd e2e && go test -timeout 20m -count=1 ./...)
