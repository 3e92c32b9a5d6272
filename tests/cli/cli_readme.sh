# Every line of README.md that begins with `echelon ` does what it says.
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
finish
