#!/usr/bin/env bash
# Runs every test on a fresh machine: installs what is missing, starts a private PostgreSQL, builds once in Release, runs the test
# projects one after another, and ends with the line "N passed, N failed". Exit code 0 only when tests ran and none failed.
#
# Given: the .NET SDK; Node.js where a test project has a js folder. WILDNOUT_TEST_POSTGRES, when set, names a running server to use
# instead of a private one. Arguments, when given, are the test projects to run (such as tests/Web.Tests).
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
exec </dev/null

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false

work=$(mktemp -d "${TMPDIR:-/tmp}/wildnout-test-XXXXXX")
results=$work/results
mkdir -p "$results"
passed=0
failed=0
database=

say() { printf '\n== %s\n' "$*"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

finish() {
    if [ -n "$database" ]; then
        as_postgres "$database/pg_ctl" -D "$work/postgres/data" -m immediate stop >/dev/null 2>&1
    fi
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

give_up() {
    echo "$1" >&2
    echo "$passed passed, $((failed + 1)) failed"
    exit 1
}

postgres_binaries() {
    local folder
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rV); do
        if [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ]; then
            echo "$folder"
            return 0
        fi
    done
    return 1
}

install_postgres() {
    say "Installing PostgreSQL"
    # The package's own cluster is not wanted: tests start their own.
    as_root mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o Dpkg::Options::=--force-confold postgresql
}

# A free loopback port below the range that outgoing connections use.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 10000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

start_postgres() {
    local binaries port
    binaries=$(postgres_binaries) || { install_postgres && binaries=$(postgres_binaries); } || return 1
    mkdir -p "$work/postgres"
    chmod 711 "$work"
    [ "$(id -u)" = 0 ] && chown postgres "$work/postgres"
    as_postgres "$binaries/initdb" -D "$work/postgres/data" -U postgres -A trust -E UTF8 --no-locale >"$work/initdb.log" 2>&1 ||
        { cat "$work/initdb.log"; return 1; }
    for _ in 1 2 3; do
        port=$(free_port)
        if as_postgres "$binaries/pg_ctl" -D "$work/postgres/data" -w -t 60 -l "$work/postgres/log" \
            -o "-p $port -h 127.0.0.1 -k $work/postgres -c max_connections=400 -c shared_buffers=256MB -c max_wal_size=4GB" start >/dev/null; then
            database=$binaries
            export WILDNOUT_TEST_POSTGRES="postgresql://postgres@127.0.0.1:$port/postgres"
            return 0
        fi
    done
    cat "$work/postgres/log"
    return 1
}

count() { # the value of one attribute of the <Counters …> element of a results file
    local value
    value=$(sed -n "s/.*<Counters[^>]* $2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1)
    echo "${value:-0}"
}

run_project() {
    local project=$1 name log code good bad
    name=$(basename "$project")
    log=$results/$name.trx
    say "$name"
    dotnet test "$project" -c Release --no-build --no-restore \
        --results-directory "$results" --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" \
        --blame-hang --blame-hang-timeout 5m --blame-hang-dump-type none
    code=$?
    good=0
    bad=0
    if [ -e "$log" ]; then
        good=$(count "$log" passed)
        bad=$(($(count "$log" failed) + $(count "$log" error) + $(count "$log" timeout) + $(count "$log" aborted)))
    fi
    # A test host that crashed, or a project in which nothing ran, has failed even when no test says so.
    if [ "$bad" = 0 ] && { [ "$code" != 0 ] || [ "$good" = 0 ]; }; then
        bad=1
    fi
    passed=$((passed + $good))
    failed=$((failed + bad))
    sed -nE 's/^.*figure: ([^<]*).*$/\1/p' "$log" 2>/dev/null | plain >>"$work/figures"
    [ "$bad" = 0 ] || failures "$name" "$log" >>"$work/failures"
}

# Text without the escapes of XML.
plain() { sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#xA;//g; s/&#xD;//g; s/&amp;/\&/g'; }

# One line for each test that failed, with the first line of what it said; the project alone when its host broke.
failures() {
    local names=
    [ -e "$2" ] && names=$(tr -d '\r' <"$2" | tr '\n' '\001' | sed 's/<UnitTestResult /\n&/g' |
        sed -nE 's/^<UnitTestResult [^>]*testName="([^"]*)"[^>]*outcome="(Failed|Error|Timeout|Aborted)"(.*<Message>([^<\x01]{0,300}))?.*/\1: \4/p' |
        plain)
    printf '%s\n' "${names:-$1: the run broke off, or no test ran}"
}

command -v dotnet >/dev/null || give_up "The .NET SDK is missing: https://dotnet.microsoft.com/download"

if [ -z "${WILDNOUT_TEST_POSTGRES:-}" ]; then
    start_postgres || give_up "PostgreSQL could not be installed or started."
fi

for package in tests/*/js/package.json; do
    [ -e "$package" ] || continue
    say "npm ci in $(dirname "$package")"
    (cd "$(dirname "$package")" && npm ci --no-audit --no-fund) || give_up "npm ci failed in $(dirname "$package")."
done

say "Building"
dotnet build WildNOut.Akka.sln -c Release -v quiet --disable-build-servers || give_up "The build failed."

if [ $# -gt 0 ]; then
    projects=("$@")
else
    projects=(tests/*/*.Tests.csproj)
fi
for project in "${projects[@]}"; do
    [ -d "$project" ] && project=$(ls "$project"/*.csproj)
    run_project "$project"
done

if [ -s "$work/figures" ]; then
    say "Measured"
    cat "$work/figures"
fi

if [ -s "$work/failures" ]; then
    say "Failed"
    cat "$work/failures"
fi

echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
