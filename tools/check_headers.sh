#!/bin/sh
# Every header compiles alone, and every prototype in it stands below its own /** comment */.
# Usage: tools/check_headers.sh [FOLDER]; FOLDER is the source tree (default: where this script is).
set -eu
cd "${1:-$(dirname "$0")/..}"
failed=0
headers=$(find model input results experiments plots cli -name '*.h')

# A declaration at the left margin that ends in ");" or opens the body of an inline function.
undocumented=$(awk '
    FNR == 1 { documented = 0; open = "" }
    /^#/ { documented = 0; next }
    open != "" { open = open " " $0 }
    open == "" && /^\/\*\*/ { documented = 1 }
    open == "" && /^[a-z].*\(/ && !/^typedef/ && !/^(struct|enum|union) [a-z_]+ \{/ {
        start = FNR; open = $0
        if (!documented) printf "%s:%d: no /** comment */: %s\n", FILENAME, FNR, $0
    }
    open ~ /[;{][[:space:]]*$/ { open = ""; documented = 0 }
    /^$/ { documented = 0 }
    /^}/ { documented = 0; open = "" }
' $headers)
if [ -n "$undocumented" ]; then
    echo "$undocumented"
    failed=1
fi

for header in $headers; do
    echo "#include \"$header\"" |
        ${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Werror -I. -fsyntax-only -x c - ||
        failed=1
done
[ "$failed" = 0 ] && echo "headers: each compiles alone, each prototype is documented"
exit "$failed"
