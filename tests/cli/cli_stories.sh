# trace --person, --post, --chain: the lines of the log that speak of them, and the same in words.
. "$(dirname "$0")/expect.sh"
small_scenarios plain
cat >one.yaml <<EOF
extends: plain.yaml
years: 6
policy: {selection.scope: outside, stepdown.age: 52, rotation.max_tenure: 80}
EOF
expect 0 trace one.yaml --replication 3
cp "$place/.out" log.csv

# same OPTION ID AWK_CONDITION: the CSV of a choice is the log's lines that satisfy the condition.
same() {
    expect 0 trace one.yaml --replication 3 "$1" "$2"
    awk -F, -v id="$2" "NR == 1 || ($3)" log.csv >wanted.csv
    [[ $(wc -l <wanted.csv) -gt 1 ]] || fail "$1 $2 chooses nothing"
    cmp -s "$place/.out" wanted.csv || fail "$1 $2 is not what the log says"
}
# tell OPTION ID: the same in words, in both languages, within 80 columns, each month once or more.
tell() {
    local language
    for language in zh en; do
        expect 0 trace one.yaml --replication 3 "$1" "$2" --format text --lang $language
        silent err
        [[ $(widest <"$place/.out") -le 80 ]] || fail "$1 $2 in $language is wider than 80 columns"
        ! grep -qE ' -> |\{|null' "$place/.out" || fail "$1 $2 in $language lacks words"
    done
}

# People: who rose most, who rotated, who stepped down, who came from outside, who left at once.
people=$(awk -F, '
    $3 == "promote" { n[$4]++; if (n[$4] > most) { most = n[$4]; top = $4 } }
    $3 == "move" && $5 == "rotation" { rotated = $4 }
    $3 == "step_down" { down = $4 }
    $3 == "entry" { came[$5] = $4 }
    $3 == "exit" { left[$5] = $4 }
    END { print top, rotated, down; for (c in came) print came[c]; for (c in left) print left[c] }' log.csv)
[[ $(wc -w <<<"$people") -ge 10 ]] || fail "few sorts of careers: $people"
for person in $people; do
    same --person "$person" '$4 == id'
    tell --person "$person"
    promotions=$(awk -F, '$3 == "promote"' wanted.csv | wc -l)
    says "promotions: $promotions\$"
done
expect 0 trace one.yaml --replication 3 --person "$(tr a-f A-F <<<"${people%% *}")"
says ",promote,${people%% *},"

# Posts: each line of the table of a post is a sum over the log.
for post in $(awk -F, '$3 == "move" && $5 == "rotation" { print $7 }' log.csv | head -3) \
    $(awk -F, '$3 == "exit" && $7 != "" { print $7 }' log.csv | head -6); do
    same --post "$post" '$7 == id || $9 == id'
    tell --post "$post"
    holders=$(awk -F, -v id="$post" '$9 == id && $3 ~ /^(start|entry|promote|move)$/' log.csv | wc -l)
    vacant=$(awk -F, -v id="$post" '
        function close_up(month) { if (!held) months += month - since }
        $9 == id && $3 ~ /^(start|entry|promote|move)$/ { close_up($1); held = 1; holder = $4 }
        $7 == id && $9 != id && $3 ~ /^(exit|promote|move|step_down)$/ && $4 == holder { held = 0; since = $1; holder = "" }
        END { close_up(73); print months + 0 }' log.csv)
    says "Holders: $holders;"
    tr -d '\n' <"$place/.out" | tr -s ' ' | grep -q "vacant at $vacant of 73 month ends" ||
        fail "$post is vacant at $vacant month ends by the log"
done

# Chains: those with most lines, and one that ended from outside; posts filled are those of the log.
chains=$(awk -F, '$12 != "" && $3 != "reject" { n[$12]++ } END { for (c in n) print n[c], c }' log.csv |
    sort -k1,1nr -k2 | awk 'NR <= 8 { print $2 }')
outside=$(awk -F, '$3 == "entry" && $12 != "" { print $12; exit }' log.csv)
[[ -n $outside ]] || fail "no chain ends outside"
for chain in $chains $outside; do
    same --chain "$chain" '$12 == id'
    tell --chain "$chain"
    says "^[0-9-]{7}  The chain begins: "
    opened=$(awk -F, '$3 ~ /^(exit|step_down)$/ || ($3 ~ /^(promote|move)$/ && $7 != "")' wanted.csv | wc -l)
    ended=$(awk -F, '$3 == "entry" || ($3 ~ /^(promote|move)$/ && $7 == "")' wanted.csv | wc -l)
    tr '\n' ' ' <"$place/.out" | tr -s ' ' >flat
    if [[ $ended == 1 ]]; then
        months=$(awk -F, 'NR == 2 { from = $1 } { to = $1 } END { print to - from }' wanted.csv)
        grep -qE "The chain ended after $months months?; posts filled: $opened " flat || fail "$chain: $opened posts in $months months"
    else
        grep -q "posts opened: $opened " flat || fail "$chain: $opened posts opened"
    fi
done

# Somebody given one by one is called by the id of his row.
county="$source_tree/scenarios/counties/example_people.yaml"
expect 0 trace "$county" --person L04 --format text
says '^         woman, born 1988-07, bachelor, full-time degree, non-party,'
says '^2021-12  in Hill township, vice head 3 at the start$'
expect 0 trace "$county" --person L04
says '^0,2021-12,start,.*,hill,hill/vice_head/3,'
expect 0 run "$county" --replications 2 -o people.db --quiet
holds "the manifest names the table of people" grep -qa "example_people.csv" people.db

# What does not occur is refused, and nothing is written.
expect 2 trace one.yaml --replication 3 --post township_01/deputi/3
words "no post called 'township_01/deputi/3'; did you mean 'township_01/deputy/3'"
silent out
expect 2 trace one.yaml --replication 3 --person 0123456789abcdef
words "no person in replication 3 called '0123456789abcdef'"
silent out
expect 2 trace one.yaml --person township_01
words "not 16 hexadecimal digits"
expect 2 trace one.yaml --chain township_01/deputy/3
words 'a chain is called post@month'
silent out
first=$(head -1 <<<"$chains")
expect 2 trace one.yaml --replication 3 --chain "${first%@*}@0"
words "no chain in replication 3 called '${first%@*}@0'; chains begin there in months .*${first#*@}"
silent out
expect 2 trace one.yaml --chain township_01/deputi/3@4
words "did you mean 'township_01/deputy/3'"
expect 2 trace one.yaml --post township_01/deputy/3 --chain township_01/deputy/3@4
words 'only one of them'
expect 2 trace one.yaml --replication 3 --chain "${first%@*}@0" --lang zh
words '第3次重复'
finish
