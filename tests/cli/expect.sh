# Sourced by cli_*.sh: runs the program as a user does and looks at status, output and files.
# Usage of a test: cli_x.sh PROGRAM SOURCE_TREE. A failed expectation is printed; the test goes on and
# fails at the end.
set -uo pipefail
program=$(realpath "$1")
source_tree=$(cd "$2" && pwd)
[[ -x $program ]] || { echo "there is no program $program"; exit 1; }
failures=0
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$place" || exit 1
unset LC_ALL LC_MESSAGES LANG LANGUAGE NO_COLOR
export LC_ALL=C

# The smallest scenarios that are worth running: three units, a few years.
small_scenarios() {
    local name
    for name in "$@"; do
        cat >"$name.yaml" <<EOF
extends: $source_tree/scenarios/nanpiao/baseline.yaml
name: $name
title: {en: "Title of $name", zh: "情景$name"}
years: 2
EOF
    done
}

fail() {
    echo "FAILED: $*"
    sed 's/^/  out: /' "$place/.out" 2>/dev/null | head -20
    sed 's/^/  err: /' "$place/.err" 2>/dev/null | head -20
    failures=$((failures + 1))
}

# expect STATUS ARGUMENT...: runs the program; its output is kept for `says` and `words`.
expect() {
    local wanted=$1 got=0
    shift
    "$program" "$@" >"$place/.out" 2>"$place/.err" </dev/null || got=$?
    command_line="echelon $*"
    [[ $got == "$wanted" ]] || fail "status $got, not $wanted: $command_line"
}

# says PATTERN: stdout has a line that matches; words PATTERN: stderr has one.
says() { grep -qE -- "$1" "$place/.out" || fail "stdout of '$command_line' lacks: $1"; }
words() { grep -qE -- "$1" "$place/.err" || fail "stderr of '$command_line' lacks: $1"; }
# silent out|err: nothing was printed there.
silent() { [[ ! -s $place/.$1 ]] || fail "$1 of '$command_line' is not empty"; }
# holds DESCRIPTION COMMAND...: the command succeeds.
holds() {
    local what=$1
    shift
    "$@" >/dev/null || fail "$what"
}
missing() {
    local file
    for file in "$@"; do
        [[ ! -e $file ]] || fail "$file exists after '$command_line'"
    done
}

# Widest line of stdin in terminal columns, Chinese letters counted as two.
widest() {
    awk '
        BEGIN { for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i }
        {
            width = 0
            for (i = 1; i <= length($0); i++) {
                byte = code[substr($0, i, 1)]
                if (byte >= 128 && byte < 192) continue
                # three-byte letters from U+3000 on are wide
                width += byte >= 227 ? 2 : 1
            }
            if (width > most) most = width
        }
        END { print most + 0 }'
}

finish() {
    [[ $failures == 0 ]] || { echo "$failures expectations failed"; exit 1; }
    echo "all expectations hold"
}
