#!/bin/sh
# What the container runs: `make serve`, without make. "start.sh ready" asks the running server whether it can work.
set -eu
: "${PORT:=8000}"

if [ "${1:-}" = ready ]; then
    exec /app/.venv/bin/python -I -c 'import sys, urllib.request as web; web.urlopen(sys.argv[1], timeout=4)' \
        "http://127.0.0.1:$PORT/readyz"
fi

# The pack as it was compiled for this image; a folder that is mounted over the instance folder does not have it.
for pack in /app/compiled/engine-*.pickle; do
    there="${RESPONDER_INSTANCE:?}/${pack##*/}"
    if [ ! -e "$there" ]; then
        cp "$pack" "$there.$$" && mv "$there.$$" "$there" || echo "The pack is compiled anew: no room for it." >&2
    fi
done

exec env MALLOC_ARENA_MAX=1 /app/.venv/bin/granian --interface wsgi --host 0.0.0.0 --port "$PORT" \
    --workers "${WEB_CONCURRENCY:-2}" \
    --respawn-failed-workers --workers-kill-timeout 10 wsgi:app
