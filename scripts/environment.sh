# Sourced by the other scripts: where caches go and which certificates are trusted, whoever runs them.
if [ ! -w "${HOME:-/nowhere}" ]; then
  mkdir -p build/home
  export HOME="$PWD/build/home" # nobody's home, or one that cannot be written: keep caches in build/
fi
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}" NODE_USE_SYSTEM_CA="${NODE_USE_SYSTEM_CA:-1}" # a council's own proxy is trusted
export UV_LINK_MODE="${UV_LINK_MODE:-copy}" UV_NO_PROGRESS=1
export PIP_NO_INPUT=1 PYTHONDONTWRITEBYTECODE="${PYTHONDONTWRITEBYTECODE:-}"
