#!/bin/sh
# Installs the locked packages of package-lock.json, for which it needs Node 20 or later with npm.
set -eu

if ! command -v node >/dev/null || ! command -v npm >/dev/null || ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; then
    echo "Node 20 or later with npm is needed, and was not found. Install it and try again." >&2
    exit 1
fi
npm ci --no-audit --no-fund --loglevel=error
