# trace: the event log of one replication, the same people as in the batch.
. "$(dirname "$0")/expect.sh"
small_scenarios one
expect 0 trace one.yaml --replication 2
says '^month,date,event,person,cause,from_unit,from_post,to_unit,to_post,from_level,to_level,chain,detail$'
says '^0,2019-08,start,[0-9a-f]{16},,'
says '^0,2019-08,start,.*sex=[fm];birth=[0-9]{4}-[0-9]{2};edu='
says ',exit,[0-9a-f]{16},retire,'
[[ $(grep -c ',start,' "$place/.out") == 723 ]] || fail "723 people at the start"
[[ $(awk -F, '{ print NF }' "$place/.out" | sort -u) == 13 ]] || fail "13 fields in each line"
cp "$place/.out" second.csv
expect 0 trace one.yaml --replication 2
holds "a log can be repeated" cmp "$place/.out" second.csv
expect 0 trace one.yaml --replication 3
! cmp -s "$place/.out" second.csv || fail "another replication is another log"
expect 0 trace one.yaml --replication 2 --format text
says '^2019-09 '

# Exits by cause in the log are those of the results file.
expect 0 run one.yaml --replications 3 -o r.db --quiet
expect 0 export r.db --each
for cause in retire resign upward outward death; do
    log=$(awk -F, -v cause=$cause '$3 == "exit" && $5 == cause { n++ } END { print n + 0 }' second.csv)
    file=$(awk -F, -v measure="exits[$cause]" \
        '$2 == 2 && $6 == measure && $5 == "nanpiao" { n += $7 } END { print n + 0 }' "$place/.out")
    # the file counts the administrative track, the log both
    [[ $log -ge $file ]] || fail "$cause: $log in the log, $file in the file"
done
total=$(awk -F, '$3 == "exit"' second.csv | wc -l)
file=$(awk -F, '$2 == 2 && ($6 == "exits[admin]" || $6 == "exits[institution]") && $5 == "nanpiao" { n += $7 }
    END { print n + 0 }' "$place/.out")
[[ $total == "$file" && $total -gt 0 ]] || fail "exits: $total in the log, $file in the file"
expect 2 trace one.yaml one.yaml
expect 2 trace one.yaml --replication 0
finish
