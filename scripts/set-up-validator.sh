#!/usr/bin/env bash
# The sector's validator of the looked after children return, in an environment of its own (build/validator-903): it wants
# Python 3.11 and libraries older than ours. Where they cannot be had, says why; the tests that use it are then skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/environment.sh
folder=build/validator-903
lock=requirements/validator-903.txt
uv=(.venv/bin/python -m uv --quiet)

if [ -x "$folder/bin/python" ] && cmp --silent "$lock" "$folder/installed.txt"; then
  exit 0
fi
echo "Installing the validator of the looked after children return"
rm -rf "$folder" "$folder.absent"
mkdir -p build
if "${uv[@]}" venv --python 3.11 "$folder" 2> "$folder.absent" \
  && "${uv[@]}" pip install --python "$folder/bin/python" --require-hashes --requirements "$lock" 2>> "$folder.absent"; then
  cp "$lock" "$folder/installed.txt"
  rm -f "$folder.absent"
else
  rm -rf "$folder"
  echo "It cannot be had here; what it would check is skipped: $(head -n 1 "$folder.absent")" >&2
fi
