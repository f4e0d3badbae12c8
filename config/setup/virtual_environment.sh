#!/bin/sh
# Makes .venv with a Python of 3.11 or later: $PYTHON, else the first found of the usual names.
set -eu

good_enough='import sys; sys.exit(sys.version_info < (3, 11))'

for python in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if "$python" -c "$good_enough" 2>/dev/null; then
        echo "Making .venv with $("$python" --version)"
        "$python" -m venv --clear .venv && exit 0
        rm -rf .venv
        echo "$python cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    fi
done

if [ -n "${PYTHON:-}" ]; then
    echo "PYTHON is $PYTHON, which is not Python 3.11 or later." >&2
else
    echo "Python 3.11 or later is needed, and none was found. Install it, or name it: make PYTHON=/path/to/python" >&2
fi
exit 1
