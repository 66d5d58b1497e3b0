#!/usr/bin/env bash
# Everything about the code that is not a test: style, types, walls, migrations, locks. Says what each part found.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/environment.sh
export KITH_TESTING=1 KITH_HOME="${KITH_HOME:-$PWD/build/test-home}"
failed=()
run() { # every part is run, so that one look shows all there is to mend
  echo "· $1"
  "${@:2}" || failed+=("$1")
}

no_addresses() { # a lock that names a registry ties everybody to it
  ! grep -nE 'https?://|index-url|find-links' requirements/*.txt && ! grep -n '"resolved"' package-lock.json
}

run "style" .venv/bin/ruff check --quiet --output-format=concise .
run "format" .venv/bin/ruff format --quiet --check .
run "walls between the apps" .venv/bin/lint-imports --no-cache
run "types" .venv/bin/mypy src/kith
run "migrations" .venv/bin/python -m kith.config.cli manage makemigrations --check --dry-run
run "locks name no registry" no_addresses

if [ ${#failed[@]} -gt 0 ]; then
  printf 'Not in order: %s\n' "${failed[@]}" >&2
  exit 1
fi
