#!/usr/bin/env bash
# Every test, in two processes, over a database of their own that is stopped afterwards. Usage: scripts/test.sh [pytest's arguments]
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/environment.sh
own_server="$([ -n "${KITH_HOME:-}${DATABASE_URL:-}" ] || echo yes)"
export KITH_TESTING=1 KITH_HOME="${KITH_HOME:-$PWD/build/test-home}"
if [ -z "${KITH_SHARED_DATA:-}" ] && [ -d ../shared/data ]; then
  KITH_SHARED_DATA="$(cd ../shared/data && pwd)"
  export KITH_SHARED_DATA
fi
stop_database() {
  [ -n "${DATABASE_URL:-}" ] || .venv/bin/python -m kith.foundations.database.stop "$KITH_HOME/postgres" || true
}
trap stop_database EXIT
if [ -n "$own_server" ]; then .venv/bin/python -m tests.support.losable "$KITH_HOME/postgres"; fi
if [ $# -eq 0 ]; then
  export KITH_PICTURES="${KITH_PICTURES:-no}" # of the pages where something is wrong alone
  set -- --numprocesses=2 --dist=worksteal # whoever is done takes from whoever is not
fi
.venv/bin/python -m pytest "$@"
