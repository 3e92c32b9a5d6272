#!/bin/sh
# Who may include whom, and who may print: the rules of docs/style.md over all sources.
# Usage: tools/check_rooms.sh [FOLDER]; FOLDER is the source tree (default: where this script is).
set -eu
cd "${1:-$(dirname "$0")/..}"

# Headers of the three tables and of errors: every room.
tables='model/(error|errors|params|measures|types|version)\.(h|def)'
allowed() {
    case $1 in
    model) echo 'model/' ;;
    input) echo "input/|$tables|model/(scenario|county|key)\.h" ;;
    results) echo "results/|$tables|model/(scenario|county|run)\.h" ;;
    experiments) echo 'experiments/|model/|results/' ;;
    plots) echo "plots/|results/|$tables" ;;
    cli) echo '(cli|plots|experiments|results|input|model)/' ;;
    esac
}

failed=0
for room in model input results experiments plots cli; do
    # Each line is file:line:#include "path"; what is left after the allowed ones is forbidden.
    found=$(grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' \
        $(find "$room" -name '*.[ch]' -o -name '*.def') /dev/null |
        grep -vE "include[[:space:]]*\"($(allowed $room))" || true)
    if [ -n "$found" ]; then
        echo "$found"
        echo "  $room/ may include only: $(allowed $room)"
        failed=1
    fi
done

# Lines of the C sources of the rooms given that match $1, as file:line: text; words in string
# literals do not count.
lines_with() {
    pattern=$1
    shift
    find "$@" -name '*.c' -exec awk -v pattern="$pattern" '{
        code = $0
        gsub(/"([^"\\]|\\.)*"/, "\"\"", code)
        if (code ~ pattern) print FILENAME ":" FNR ": " $0
    }' {} +
}

# Only cli/ knows the terminal's streams and exit codes; model/ opens no file and keeps no global.
word='(^|[^A-Za-z0-9_])'
found=$(lines_with "$word(stdout|stderr|stdin)[^A-Za-z0-9_]|$word(printf|puts|putchar|perror|exit|_exit)[(]" \
    model input results experiments plots)
if [ -n "$found" ]; then
    echo "$found"
    echo "  only cli/ prints or exits"
    failed=1
fi
found=$(
    lines_with "$word(fopen|open|popen|system|setlocale|getenv|time|rand|srand)[(]" model
    lines_with '^(static )?(int|long|double|bool|size_t|u?int[0-9]+_t|struct [a-z_]+|char) [^()]*;' model
)
if [ -n "$found" ]; then
    echo "$found"
    echo "  model/ opens no file, reads no clock or locale and has no variable at file scope"
    failed=1
fi
[ "$failed" = 0 ] && echo "rooms: every include and every word printed is allowed"
exit "$failed"
