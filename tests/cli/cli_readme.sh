# Every line of README.md that begins with `echelon ` does what it says, and the scenarios of the first
# run are there.
. "$(dirname "$0")/expect.sh"
ln -s "$source_tree/scenarios" scenarios
n=0
while read -r line; do
    eval "set -- ${line#echelon }"
    expect 0 "$@"
    n=$((n + 1))
done < <(sed -n 's/^\(echelon .*\)$/\1/p' "$source_tree/README.md")
[[ $n -ge 9 ]] || fail "README.md shows $n commands"
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
