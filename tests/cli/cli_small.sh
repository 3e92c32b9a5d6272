# A county of one unit, and without leading posts: words for one and for none.
source "$(dirname "$0")/expect.sh"

cat >baseline.yaml <<EOF
extends: $source_tree/tests/verify/quiet.yaml
name: baseline
title: {en: Same, zh: 同名}
months: 72
county: {id: small, title: {en: Small, zh: 小县}}
levels: [{id: staff, title: {en: staff, zh: 科员}}, {id: chief, title: {en: chief, zh: 正科}}]
kinds: [{id: head, level: chief, role: department_chief, title: {en: head, zh: 局长}}]
types: [{id: towns, base_level: true, title: {en: towns, zh: 乡镇}}]
units: [{id: one, type: towns, title: {en: One, zh: 甲}, establishment: {admin: 3}}]
initial: {blocks: [{id: b, fill: staff, track: admin, count: 3, ages: [[30, 39, rest]]}]}
EOF
printf 'extends: baseline.yaml\nname: other\ntitle: {en: Same, zh: 同名}\npolicy: {exit.resign.rate: 0.1}\n' >other.yaml

expect 0 check baseline.yaml
says ', 1 unit, 0 posts, 3 people,'
expect 0 run baseline.yaml other.yaml -o r.db --replications 5 --quiet
says 'there is nothing to$'
for lang in en zh; do
    expect 0 plot r.db --out figures --lang $lang
    holds "no caption of what is undefined ($lang)" bash -c '! grep -q "NA%\|(NA\|（NA" figures/*.svg'
    [[ $lang == zh ]] || holds "the headline" grep -q "There are no leading posts" figures/vacancy_fan.svg
done

# What there is nothing to count of is said in words, on the page and on the terminal; never NA.
expect 0 run baseline.yaml other.yaml -o r.db --replications 5 --quiet --overwrite
says '^–: there is nothing to count \(no leading posts'
! grep -q NA "$place/.out" || fail "NA on the terminal"
expect 0 run baseline.yaml other.yaml -o r.db --replications 5 --quiet --overwrite --lang zh
says '^–：没有可统计的对象'
expect 0 report r.db -o r.html --lang both
sed -e 's/base64,[A-Za-z0-9+/=]*//g' -e 's/<[^>]*>/ /g' r.html >words.txt
for wrong in 'NA' '\bnan\b' '–%' '– points' '\b1 (posts|people|replications|scenarios)\b'; do
    ! grep -qE "$wrong" words.txt || fail "the page says $wrong"
done
for right in 'The reserve rule asks for nobody: there is nothing to compare' '没有领导职位，无从比较' \
    'Nobody takes a leading post' '“–”表示没有可统计或可比较的对象'; do
    holds "the page says: $right" grep -q "$right" words.txt
done
# two policies without what they are compared with: no findings, and a word why
small_scenarios votes scores
expect 0 run votes.yaml scores.yaml -o two.db --replications 2 --quiet
says '^No findings: none of these scenarios is the base of the others'
expect 0 run votes.yaml scores.yaml -o two.db --replications 2 --quiet --overwrite --lang zh
says '^没有结论：这些情景中没有一个是其他情景的基准'
expect 0 run baseline.yaml other.yaml -o two.db --replications 2 --quiet --overwrite
! grep -q 'No findings' "$place/.out" || fail "there is a baseline"

expect 0 run baseline.yaml -o single.db --replications 1 --quiet
! grep -q 'No findings' "$place/.out" || fail "one scenario needs no baseline"
expect 0 report single.db -o single.html --lang both
holds "one of each" grep -q '1 scenario · 1 replication each, so no intervals' single.html
holds "one of each, in Chinese" grep -q '各1次重复（没有区间）' single.html

# Two scenarios of one title are told apart by their names.
expect 0 run baseline.yaml other.yaml -o r.db --replications 5 --quiet --overwrite --lang zh
says '^同名（baseline） '
says '^同名（other） '
expect 0 report r.db -o r.html --lang en
holds "the report tells them apart" grep -q 'Same (other)' r.html
expect 0 report r.db -o z.html --lang zh
holds "and in Chinese" grep -q '同名（other）' z.html

# Where nothing stands beside the baseline but the experiment without transfers, nothing is lost or won.
nanpiao=$source_tree/scenarios/nanpiao
expect 0 run "$nanpiao/baseline.yaml" "$nanpiao/no_transfers.yaml" -o alone.db --replications 2 --quiet
says 'there is no policy to'
[[ $(grep -c 'no policy to' "$place/.out") == 1 ]] || fail "that is said once"
! grep -q '^Losses' "$place/.out" || fail "no losses where nothing is compared"

# One replication: a mean, no interval, and one is not "replications".
expect 0 run baseline.yaml other.yaml -o one.db --replications 1 --quiet
says '^means over years [-0-9]+, 1 replication, seed 1$'
says '^one replication has no interval$'
! grep -qE '\([0-9.]+-[0-9.]+\)' "$place/.out" || fail "an interval of one replication"
expect 0 compare one.db
says '^one replication has no interval \(NA\)$'
! grep -q 'worst year, to' "$place/.out" || fail "a worst year of one replication"
says '^  [0-9]+ measures have no value: there is nothing to count$'
! grep -qE ' NA +NA +NA ' "$place/.out" || fail "lines of what is not there"
expect 0 compare one.db --lang zh
says '^只有一次重复，没有区间（NA）$'
says '项指标没有数值：没有可统计的对象$'

# No blank between Chinese characters.
"$program" compare r.db --lang zh 2>err.txt >/dev/full
holds "standard output in Chinese" grep -q '无法写入标准输出' err.txt

finish
