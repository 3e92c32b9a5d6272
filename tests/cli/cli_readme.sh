# What README.md tells to type works as it stands there, in a folder like a clone after `./bootstrap build`,
# and the scenarios of the first run are there.
. "$(dirname "$0")/expect.sh"
ln -s "$source_tree/scenarios" scenarios
mkdir -p build/release
ln -s "$program" build/release/echelon
sed -n '/^## Your own policy/,/^## How/p' "$source_tree/README.md" | sed -n '/^```$/,/^```$/p' |
    grep -v '^```$' >typed.sh
[[ $(grep -c '^echelon ' typed.sh) -ge 11 ]] || fail "README.md shows too few commands"
command_line="the commands of README.md"
PATH=/usr/bin:/bin bash -ex typed.sh >.out 2>.err </dev/null || fail "status $? after $(grep '^+' .err | tail -1)"
holds "the report" test -s my.html
holds "the numbers" test -s my.csv
# The first run: the baseline and policies that extend it, each once and with its question.
names=$(tail -n +2 scenarios/data/first_run.csv | cut -d, -f1)
[[ $(head -1 <<<"$names") == baseline ]] || fail "the first run begins with the baseline"
[[ -z $(sort <<<"$names" | uniq -d) ]] || fail "a scenario stands twice in first_run.csv"
[[ $(grep -c '^[a-z_0-9]*,[A-Z].*?$' scenarios/data/first_run.csv) == $(wc -w <<<"$names") ]] ||
    fail "each scenario of first_run.csv has a question"
expect 0 check $(sed 's,.*,scenarios/nanpiao/&.yaml,' <<<"$names")
finish
