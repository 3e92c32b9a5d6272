# The results file of the first run stays below 100 MB, as docs/results.md promises with its size.
. "$(dirname "$0")/expect.sh"
files=()
while IFS=, read -r name _; do
    [[ $name == scenario ]] || files+=("$source_tree/scenarios/nanpiao/$name.yaml")
done <"$source_tree/scenarios/data/first_run.csv"
expect 0 run "${files[@]}" -o first.db --quiet
size=$(stat -c %s first.db)
said=$(sed -n 's/.*\*\*stays under 100 MB: \([0-9]*\) MB\*\*.*/\1/p' "$source_tree/docs/results.md")
echo "$size bytes; docs/results.md says $said MB"
[[ $size -lt 100000000 ]] || fail "the first run takes $size bytes"
[[ $(((size + 500000) / 1000000)) == "$said" ]] || fail "docs/results.md says $said MB, not $size bytes"
finish
