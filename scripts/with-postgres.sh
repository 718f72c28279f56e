#!/usr/bin/env bash
# Runs a command with one PostgreSQL server for all tests: started from the
# installed programs in a temporary folder, reachable over a socket in that
# folder only, and gone afterwards. Its address is in ZHENGCHENG_TEST_POSTGRES.
# Durability is off: the data lives as long as the tests.
set -euo pipefail

bin=$(command -v initdb >/dev/null && dirname "$(command -v initdb)" || ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
dir=$(mktemp -d "${TMPDIR:-/tmp}/zhengcheng-pg.XXXXXX")

as() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
  # PostgreSQL refuses to run as root.
  owner=postgres
  id "$owner" >/dev/null 2>&1 || owner=nobody
  chown "$owner" "$dir"
  as() { (cd "$dir" && exec setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups env HOME="$dir" "$@"); }
fi

stop() {
  as "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap stop EXIT

as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >/dev/null
if ! as "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 -o "-k $dir -c listen_addresses='' -c max_connections=500 -c shared_buffers=256MB -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off" start >/dev/null; then
  cat "$dir/log" >&2
  exit 1
fi
chmod 755 "$dir"

export ZHENGCHENG_TEST_POSTGRES="postgres://postgres@/postgres?host=$dir"
"$@"
