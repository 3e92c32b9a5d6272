# params and measures: the tables, one branch, and a scenario that says the defaults.
. "$(dirname "$0")/expect.sh"

expect 0 params
says '^exit.resign.rate +0.0017 +0 to 12 1/year +data +holder'
says '^retirement.rule +law +law\|old\|none'
[[ $(widest <"$place/.out") -le 80 ]] || fail "params is wider than 80 columns"
[[ $(grep -c '^[a-z]' "$place/.out") == $(($(grep -c '^PARAM(' "$source_tree/model/params.def") + 1)) ]] ||
    fail "params prints every row once"
expect 0 params --lang zh
says '^ +辞职率$'
[[ $(widest <"$place/.out") -le 80 ]] || fail "params is wider than 80 columns (zh)"
expect 0 params exit.resign
says 'source: cs2015'
[[ $(grep -c '^[a-z]' "$place/.out") == 2 ]] || fail "exit.resign is one row and the head"
expect 0 params exit
says '^exit.death.factor'
expect 2 params exi
words "there is no parameter called 'exi'; did you mean 'exit'\?"
expect 2 params exit.resign.rat
words "did you mean 'exit.resign.rate'"
silent out
expect 2 params nope
words "there is no parameter called 'nope'; .echelon params. lists them"
expect 2 params nope --lang zh
words '没有名为 .nope. 的参数；参见 .echelon params.'
expect 2 params --yaml exit
words 'leave the branch out'

expect 0 measures
[[ $(grep -c '^[a-z]' "$place/.out") == $(($(grep -cE '^(COUNT|RATIO)\(' "$source_tree/model/measures.def") +
    $(grep -c '^    {ECH_.*_NAME,$' "$source_tree/results/derived.c") + 1)) ]] ||
    fail "measures prints every row once"
[[ $(widest <"$place/.out") -le 80 ]] || fail "measures is wider than 80 columns"
expect 0 measures --lang zh
[[ $(widest <"$place/.out") -le 80 ]] || fail "measures is wider than 80 columns (zh)"
expect 0 measures reserve_ratio
says '^reserve_ratio\[chief\]'
expect 2 measures reserve_rati
words "did you mean 'reserve_ratio'"

# The commented scenario is accepted, and its settings are the defaults.
for lang in en zh; do
    expect 0 params --yaml --lang $lang
    sed "s,^extends: .*,extends: $source_tree/scenarios/counties/nanpiao_2019.yaml," "$place/.out" >all.yaml
    echo 'years: 1' >>all.yaml
    expect 0 check all.yaml
    says '^my_policy: 2019-08 to 2020-08'
done
cat >none.yaml <<EOF
extends: $source_tree/scenarios/counties/nanpiao_2019.yaml
years: 1
EOF
expect 0 run all.yaml none.yaml --replications 3 -o both.db --quiet
expect 0 export both.db --by month
awk -F, '$1 == "my_policy" { $1 = ""; a[$0] } $1 == "none" { $1 = ""; b[$0] }
    END { for (line in a) { n++; if (!(line in b)) bad++ } exit bad > 0 || n == 0 }' "$place/.out" ||
    fail "a policy equal to the defaults changes something"

# The reference pages are what the program says today.
for page in parameters:params measures:measures; do
    "$source_tree/tools/reference.sh" "$program" "${page#*:}" >page.md
    cmp -s page.md "$source_tree/docs/${page%:*}.md" ||
        fail "docs/${page%:*}.md is not current: tools/reference.sh PROGRAM ${page#*:} >docs/${page%:*}.md"
done
finish
