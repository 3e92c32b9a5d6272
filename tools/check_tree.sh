#!/bin/sh
# The top level: at most 18 visible entries, each explained by one line of README.md, and no folder or
# file whose name says nothing. Usage: tools/check_tree.sh [FOLDER].
set -eu
cd "${1:-$(dirname "$0")/..}"
failed=0
if [ -e .git ]; then
    files=$(git ls-files)
else
    files=$(find . -type f ! -path './build/*' ! -path './out/*' | sed 's,^\./,,')
fi
entries=$(echo "$files" | sed 's,/.*,,' | grep -v '^\.' | sort -u)
n=$(echo "$entries" | wc -l)
if [ "$n" -gt 18 ]; then
    echo "$n visible entries at the top level, at most 18:" $entries
    failed=1
fi
for entry in $entries; do
    if [ "$(grep -cE "^\| \`$entry/?\`" README.md)" != 1 ]; then
        echo "README.md: one line that begins with | \`$entry\`"
        failed=1
    fi
done
vague=$(echo "$files" | grep -E '(^|/)(util|utils|helper|helpers|common|manager|misc)(\.|/|$)' || true)
if [ -n "$vague" ]; then
    echo "$vague"
    echo "  names that say nothing"
    failed=1
fi
[ "$failed" = 0 ] && echo "tree: $n entries at the top level, each in README.md"
exit "$failed"
