#!/bin/sh
# Whether docs/ODD.md and docs/glossary.md name what the model has: every process of the month, and no
# other, in its order; the file of every process; every word of an event, cause, channel, clause,
# rating, sanction, ... that results and the event log write.
# Usage: tools/check_docs.sh [FOLDER]; FOLDER is the source tree (default: where this script is).
set -eu
cd "${1:-$(dirname "$0")/..}"
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failed=0

complain() {
    echo "$1"
    failed=1
}

# The steps of run.c in their order; those of the table of ODD, each with the row that names it.
sed -n 's/^ *{"\([a-z_]*\)", ech_\1_step},.*/\1/p' model/run.c >"$place/processes"
sed -n '/^| step | file/,/^$/p' docs/ODD.md | grep '^| [0-9]' >"$place/rows"
[ -s "$place/processes" ] && [ -s "$place/rows" ] || complain "no processes found"
cut -d'|' -f2 "$place/rows" | grep -o '`[a-z_]*`' | tr -d '`' >"$place/named"
sort "$place/processes" >"$place/a"
sort "$place/named" | uniq >"$place/b"
diff "$place/a" "$place/b" >"$place/difference" ||
    complain "docs/ODD.md: the steps of the month are not those of model/run.c:
$(cat "$place/difference")"
while read -r process; do
    file=$(grep -l "^void ech_${process}_step(" model/*.c | sed 's,model/,,')
    cut -d'|' -f2,3 "$place/rows" | grep "\`$process\`" | grep -qF "\`$file\`" ||
        complain "docs/ODD.md: the row of $process does not name $file"
done <"$place/processes"

# Words in quotes of the arrays of names.
sed -n '/_names\[/,/;/p' model/types.c model/events.c | grep -o '"[a-z][a-z_0-9]*"' | tr -d '"' |
    sort -u >"$place/words"
[ -s "$place/words" ] || complain "no words found"
while read -r word; do
    grep -qE "(^|[^a-z_])$word([^a-z_]|\$)" docs/glossary.md ||
        complain "docs/glossary.md does not name $word"
done <"$place/words"

[ $failed -eq 0 ] && echo "docs: $(wc -l <"$place/processes") processes and $(wc -l <"$place/words") words"
exit $failed
