#!/usr/bin/env bash
# Carries out the steps of deploy/Dockerfile in a bare Debian, where no container engine is at hand, and texts the server.
#
#   apt-get install debootstrap
#   sudo deploy/prove.sh [folder]      folder: where to work, 2 GB, kept for the next time (default: a temporary one)
#
# How this machine reaches package registries is lent to the chroot while it runs and written nowhere: PIP_* and proxy
# variables are passed on, and PROVE_BIND names files and folders to mount there, read-only, elsewhere after a colon:
#
#   PROVE_BIND="/etc/resolv.conf /etc/pip.conf /etc/ssl/certs/ca-certificates.crt:/mnt/ca.crt" PIP_CERT=/mnt/ca.crt \
#     deploy/prove.sh
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d /tmp/responder-prove.XXXXXX)}
root='' mounted=() server=''

clean() {
    [ -z "$server" ] || kill -- "-$server" 2>/dev/null || true
    for place in "${mounted[@]}"; do umount --lazy "$place" || true; done
    mounted=()
}
trap clean EXIT

if [ ! -e "$work/debian/.done" ]; then
    rm -rf "$work/debian"
    debootstrap --variant=minbase bookworm "$work/debian" >"$work/debootstrap.log"
    touch "$work/debian/.done"
fi

lend() {
    for pair in /proc ${PROVE_BIND:-}; do
        local place=${pair%%:*} there=$root${pair##*:}
        if [ -d "$place" ]; then mkdir -p "$there"; else mkdir -p "${there%/*}" && touch "$there"; fi
        mount --rbind "$place" "$there"
        mounted+=("$there")
        [ "$place" = /proc ] || mount -o remount,bind,ro "$there"
    done
}

inside() { # in the stage's folder, as its user, with its environment
    local passed=()
    while IFS= read -r line; do passed+=("$line"); done < <(env | grep -iE '^(PIP_|SSL_CERT|(https?|no)_proxy=)' || true)
    chroot "${as[@]}" "$root" env -i PATH=/usr/local/bin:/usr/bin:/usr/sbin:/bin:/sbin DEBIAN_FRONTEND=noninteractive \
        "${passed[@]}" "${variables[@]}" "${more[@]}" /bin/sh -c "cd '$folder' && $1"
}

stages=0 declared='' more=() variables=() as=() folder=/
while IFS= read -r step; do
    read -r what rest <<<"$step"
    case $what in
    '' | '#'*) continue ;;
    FROM)
        clean
        stages=$((stages + 1))
        root=$work/${rest##* AS }
        [[ $rest == *' AS '* ]] || root=$work/final
        rm -rf "$root"
        cp -a "$work/debian" "$root"
        variables=() as=() folder=/
        lend
        ;;
    RUN)
        echo "RUN $rest"
        inside "$rest"
        ;;
    COPY)
        from=$here
        if [[ $rest == --from=* ]]; then
            from=$work/${rest%% *} && from=${from/--from=/}
            rest=${rest#* }
        fi
        read -r source target <<<"$rest"
        source=${source#/}
        [[ $target == /* ]] || target=$folder/$target
        mkdir -p "$root${target%/*}"
        # as deploy/Dockerfile.dockerignore has it
        tar -C "$from" --exclude=__pycache__ --owner=0 --group=0 --transform="s#^$source#${target#/}#SH" -cf - "$source" |
            tar -C "$root" -xf -
        ;;
    WORKDIR) folder=$rest && mkdir -p "$root$folder" ;;
    ENV) variables+=("$rest") ;;
    USER) as=(--userspec="$rest:$rest") ;;
    CMD) declared=$rest ;;
    VOLUME | EXPOSE | STOPSIGNAL | HEALTHCHECK) ;;
    *) echo "prove.sh does not know $what" >&2 && exit 1 ;;
    esac
done < <(grep -v '^#' "$here/deploy/Dockerfile" | sed -e ':join' -e '/\\$/{N;s/\\\n//;b join' -e '}')

command=$(python3 -c 'import json, shlex, sys; print(shlex.join(json.loads(sys.argv[1])))' "$declared")
(cd "$root" && du -shc --exclude=__pycache__ bin etc lib usr var app/.venv app 2>/dev/null | tail -1 | sed 's/total/in the image/')
more=(PORT=8931 TWILIO_AUTH_TOKEN=12345 PUBLIC_BASE_URL=https://line.example.org SECRET_KEY=proof RESPONDER_HASH_KEY=proof)
set -m # a process group of its own: to end this shell alone would leave the server running
inside "id -u; exec $command" &
server=$!
set +m
for _ in $(seq 60); do
    if inside '/app/start.sh ready' 2>/dev/null; then break; fi
    sleep 0.5
done
inside '/app/start.sh ready'

text='my eyelid keeps twitching'
signature=$(printf '%s' "https://line.example.org/smsBody${text}From+15551234567MessageSidSM1" |
    openssl dgst -sha1 -hmac 12345 -binary | base64)
answer=$(curl --silent --fail --header "X-Twilio-Signature: $signature" --data-urlencode "Body=$text" \
    --data-urlencode 'From=+15551234567' --data MessageSid=SM1 http://127.0.0.1:8931/sms)
echo "$answer"
grep -q '<Message>' <<<"$answer"
[ "$(curl --silent --output /dev/null --write-out '%{http_code}' --data Body=hi http://127.0.0.1:8931/sms)" = 403 ]
kill -- "-$server" && wait "$server" || true
server=''
echo "proven: $stages stages"
