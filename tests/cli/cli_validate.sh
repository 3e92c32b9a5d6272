# validate: results beside a table of targets; what it says is recomputed from the exported values.
. "$(dirname "$0")/expect.sh"

small_scenarios baseline
expect 0 run baseline.yaml -o r.db --replications 9 --quiet
head='id,title_en,title_zh,scenario,measure,group,from,to,against,measure_2,group_2,from_2,to_2,low,high,fitted,source,remark_en,remark_zh'

# Mean over replications of the mean over years 1-2 of a measure of a group, from the exported values.
expect 0 export r.db --each --group type -o each.csv
mean_of() {
    awk -F, -v group="$1" -v measure="$2" '
        $5 == group && $6 == measure && ($3 == 12 || $3 == 24) { sum += $7; n++ }
        END { printf "%.6f", sum / n }' each.csv
}
low=$(mean_of township heads)
other=$(mean_of department heads)
cat >good.csv <<EOF
$head
one,"Heads, of townships",乡镇人数,baseline,heads,township,1,2,,,,,,0,,no,assumed,,
sum,Both,合计,baseline,heads,township,1,2,plus,heads,department,1,2,0,100000,no,assumed,,
less,Difference,差,baseline,heads,township,1,2,minus,heads,department,1,2,0,,no,assumed,"too ""few""",太少
ratio,Ratio,比,baseline,heads,township,1,2,over,heads,department,1,2,,1,no,assumed,,
set,Fitted,拟合,baseline,heads,township,1,2,,,,,,0,1,yes,assumed,,
EOF
expect 0 validate r.db good.csv --format csv
value() { awk -F'","|",|,"|,' -v id="$1" '$1 == id { for (i = NF; i > 0; i--) if ($i ~ /^(hit|miss|fitted)$/) { print $(i - 4), $i; exit } }' "$place/.out"; }
check() {
    read -r mean verdict <<<"$(value "$1")"
    awk -v a="$mean" -v b="$2" 'BEGIN { d = a - b; exit !(d < 1e-5 && d > -1e-5) }' ||
        fail "$1 is $mean, but the exported values give $2"
    [[ $verdict == "$3" ]] || fail "$1 is called $verdict, not $3"
}
check one "$low" hit
check sum "$(awk -v a="$low" -v b="$other" 'BEGIN { printf "%.6f", a + b }')" hit
check less "$(awk -v a="$low" -v b="$other" 'BEGIN { printf "%.6f", a - b }')" miss
check set "$low" fitted
grep -q '^ratio,.*,hit,' "$place/.out" || fail "the ratio is below 1"

expect 0 validate r.db good.csv
says '^hit +Heads, of townships$'
says '^3 hit, 1 missed, 1 fitted'
expect 0 validate r.db good.csv --lang zh
says '^不符 +差$'
[[ $(widest <"$place/.out") -le 80 ]] || fail "validate is wider than 80 columns"
expect 0 validate r.db good.csv --format markdown
says '^\| Difference \| `heads` of `township`, years 1-2 − `heads` of `department`, years 1-2; `baseline` \| from 0 \|'
says '\| too "few" \| miss \|$'

# Everything wrong in one pass, and nothing printed.
cat >bad.csv <<EOF
$head
a,,甲,baseline,heads,township,2,1,,,,,,0,,no,assumed,,
b,B,乙,baseline,heads,,1,2,times,,,,,x,,maybe,,,
c,C,丙,baseline,heads,,1,2,,,,,,,,no,assumed,,
EOF
expect 2 validate r.db bad.csv
silent out
words '^bad.csv:2:3: '
words "^bad.csv:2:32: 'to' is 1"
words "^bad.csv:3:.*'against' is 'times'"
words "^bad.csv:3:.*'low' is x, but must be a number"
words "^bad.csv:3:.*'fitted' is 'maybe'"
words "^bad.csv:3:.*'source' is "
words "^bad.csv:4:.*'high' is "
printf '%s\n' "$head" 'a,A,甲,other,heads,,1,2,,,,,,0,,no,s,,' 'b,B,乙,baseline,heds,,1,2,,,,,,0,,no,s,,' \
    'c,C,丙,baseline,heads,nowhere,1,2,,,,,,0,,no,s,,' 'd,D,丁,baseline,heads,,1,9,,,,,,0,,no,s,,' >absent.csv
expect 2 validate r.db absent.csv
silent out
words "called 'other'.*target a"
words "heds"
words "called 'nowhere'.*target c"
words "d.*beyond the run"
printf 'id,title_en\n' >short.csv
expect 2 validate r.db short.csv
words "'source' is missing in"
expect 2 validate r.db none.csv
words 'none.csv'
expect 2 validate none.db good.csv

# The shipped table names measures, groups and years that exist.
holds "the shipped targets are at least a dozen" test "$(wc -l <"$source_tree/scenarios/data/validation_targets.csv")" -gt 12
finish
