# run and check: what is accepted, what is refused, what is written and what is never written.
. "$(dirname "$0")/expect.sh"
small_scenarios one two

expect 0 check one.yaml two.yaml
says '^one: 2019-08 to 2021-08, 71 units, 418 posts, 723 people'
silent err
expect 0 run one.yaml two.yaml --replications 4 -o r.db
says 'Title of two'
says 'years 1-2, 4 replications, seed 1'
words '^[0-9]+/8 runs, '
[[ $(widest <"$place/.out") -le 80 ]] || fail "run prints more than 80 columns"
holds "r.db is a database" test -s r.db
missing r.db.part r.db.part-wal r.db.part-shm
expect 0 run one.yaml two.yaml --replications 4 -o r.db --overwrite --quiet --lang zh
says '情景two'
silent err
[[ $(widest <"$place/.out") -le 80 ]] || fail "run prints more than 80 columns (zh)"

# An existing file is never overwritten unasked.
before=$(sha256sum <r.db)
expect 2 run one.yaml -o r.db
words 'r.db exists already'
[[ $(sha256sum <r.db) == "$before" ]] || fail "r.db changed"
touch part.db.part
expect 2 run one.yaml -o part.db
words 'part.db.part exists already'
missing part.db

# The same scenario twice, whatever the spelling of its path.
expect 2 run one.yaml ./one.yaml -o twice.db
words "two scenarios are called 'one'"
expect 2 check one.yaml one.yaml
words "two scenarios are called 'one'"
missing twice.db twice.db.part

# Everything wrong in one pass, with places; run and check agree; nothing is written.
cat >wrong.yaml <<EOF
extends: $source_tree/scenarios/nanpiao/baseline.yaml
yeers: 2
policy:
  hiring.min_servise: 96
  bond.enforcement: 1.5
  selection.validity: .nan
  exit.resign.rate: lots
  hiring.quota: 3
  hiring.quota: 4
by_unit: {township_99: {incentive.allowance: 5}}
EOF
for command in check run; do
    expect 2 $command wrong.yaml one.yaml missing.yaml
    words "wrong.yaml:2:1: unknown key 'yeers'; did you mean 'years'"
    words "wrong.yaml:4:3: .*hiring.min_servise.*did you mean 'hiring.min_service'"
    words "wrong.yaml:5:[0-9]+: .*bond.enforcement.* is 1.5, .*0"
    words "wrong.yaml:6:[0-9]+: .*selection.validity"
    words "wrong.yaml:7:[0-9]+: .*exit.resign.rate"
    words "wrong.yaml:9:3: .*hiring.quota.*twice"
    words "wrong.yaml:10:[0-9]+: .*township_99"
    words 'missing.yaml'
    silent out
done
missing results.db results.db.part

mkdir folder
: >empty.yaml
printf 'name: a\0b\n' >nul.yaml
printf 'extends: cycle.yaml\n' >cycle.yaml
{ printf 'policy: '; head -c 100000 /dev/zero | tr '\0' '['; } >deep.yaml
printf 'a: &a [x,x]\nb: *a\n' >alias.yaml
for file in folder empty.yaml nul.yaml cycle.yaml deep.yaml alias.yaml; do
    for command in check run; do
        expect 2 $command $file
        words "$file"
    done
done
missing results.db results.db.part

# A change after the end is accepted, and check and run say that it does nothing.
cat >late.yaml <<EOF
extends: one.yaml
name: late
changes: [{from: 2044-01, policy: {bond.enforcement: 0.9}}]
EOF
expect 0 check late.yaml
words 'late.yaml:3:[0-9]+: 2044-01 lies after the end of the run'
expect 0 check late.yaml --quiet
silent err
expect 0 run late.yaml --replications 1 -o late.db
words 'late.yaml:3:[0-9]+: 2044-01 lies after the end of the run'
expect 0 run late.yaml --replications 1 -o late.db --overwrite --quiet
silent err
rm late.db

# A file that cannot be written: status 3 and a word.
expect 3 run one.yaml --replications 1 -o no/such/folder/r.db
words 'no/such/folder'
expect 2 compare one.yaml
words 'one.yaml is not a results file'
expect 2 compare none.db
words 'none.db'

# Seeds use all bits; order of files, threads and working directory leave no trace.
expect 0 run one.yaml two.yaml --replications 3 --seed 18446744073709551615 --threads 1 -o a.db --quiet
expect 0 run two.yaml one.yaml --replications 3 --seed 18446744073709551615 --threads 3 -o b.db --quiet
mkdir elsewhere
(cd elsewhere && "$program" run ../two.yaml ../one.yaml --replications 3 \
    --seed 18446744073709551615 -o ../c.db --quiet >/dev/null)
for options in '' '--each' '--by month --group unit'; do
    for file in a b c; do
        # shellcheck disable=SC2086
        expect 0 export $file.db $options -o $file.csv
    done
    holds "threads and order: $options" cmp a.csv b.csv
    holds "working directory: $options" cmp a.csv c.csv
done
holds "one content, one file" cmp a.db b.db

# One seed more changes the numbers.
expect 0 run one.yaml two.yaml --replications 3 --seed 2 -o d.db --quiet
expect 0 export d.db -o d.csv
expect 0 export a.db -o a.csv
! cmp -s a.csv d.csv || fail "another seed gives the same numbers"
finish
