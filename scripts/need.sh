#!/usr/bin/env bash
# Makes sure that what the tests need beside Go is there: PostgreSQL's server
# programs, Chromium and a Chinese font. Installs the Debian packages when it
# may, and otherwise says exactly what to install. Prints nothing when all is well.
set -euo pipefail

postgres_bin() {
  if command -v initdb >/dev/null && command -v postgres >/dev/null; then
    dirname "$(command -v initdb)"
    return
  fi
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
  [ -n "$newest" ] && [ -x "$newest/initdb" ] && echo "$newest"
}

chromium_bin() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

chinese_font() { command -v fc-list >/dev/null && fc-list :lang=zh family | grep -q .; }

missing=()
postgres_bin >/dev/null || missing+=(postgresql)
chromium_bin >/dev/null || missing+=(chromium)
chinese_font || missing+=(fontconfig fonts-noto-cjk)
[ ${#missing[@]} -eq 0 ] && exit 0

echo "The tests need: ${missing[*]}" >&2
root=()
if [ "$(id -u)" -ne 0 ]; then
  root=(sudo -n)
fi
if ! command -v apt-get >/dev/null || ! "${root[@]}" true 2>/dev/null; then
  echo "Install them and run again:  sudo apt-get install -y ${missing[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
"${root[@]}" apt-get update -qq
"${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null

for check in postgres_bin chromium_bin chinese_font; do
  if ! "$check" >/dev/null; then
    echo "Still missing after installing ${missing[*]}: $check" >&2
    exit 1
  fi
done
