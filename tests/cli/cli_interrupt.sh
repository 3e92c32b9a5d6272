# Interrupts keep what was finished; a kill leaves only the .part file.
. "$(dirname "$0")/expect.sh"
small_scenarios long
sed -i 's/^years: 2/years: 15/' long.yaml

# Whether replications of the run stand in the part file.
holds_runs() {
    "$program" export "$1.part" --each --group county --quiet >runs.csv 2>/dev/null &&
        grep -q '^long,1,' runs.csv
}

# Starts a run that would take minutes and waits until replications have been written, however busy the
# machine is.
start_run() {
    # In a script's background job SIGINT would be ignored without monitor mode.
    set -m
    "$program" run long.yaml --replications 100000 -o "$1" >"$place/.out" 2>"$place/.err" </dev/null &
    pid=$!
    set +m
    command_line="echelon run long.yaml, stopped"
    for _ in $(seq 1000); do
        [[ -e $1.part ]] && holds_runs "$1" && return
        sleep 0.1
    done
    fail "no replication was written to $1.part"
}

for signal in INT:130 TERM:143; do
    start_run $signal.db
    kill -s "${signal%:*}" "$pid"
    got=0
    wait "$pid" || got=$?
    [[ $got == "${signal#*:}" ]] || fail "SIG${signal%:*}: status $got"
    words 'interrupted; [1-9][0-9]* of 100000 runs are kept in'
    missing "$signal.db"
    holds "the part file stays" test -s "$signal.db.part"
    # What was finished can be read and is told.
    expect 0 export "$signal.db.part" --each
    says '^long,1,'
    words "$signal.db.part: the run is not complete; the file holds [1-9][0-9]* of 100000 runs"
    expect 0 compare "$signal.db" --lang zh
    words "$signal.db：运行未完成，只有 [1-9][0-9]*/100000 次模拟"
    says '，[1-9][0-9]{0,4} 次重复'
    expect 0 export "$signal.db" --quiet
    silent err
done

# Nobody takes the file away from a run that goes on; when that is dead it is free.
start_run busy.db
for option in "" --overwrite; do
    expect 2 run long.yaml --replications 1 -o busy.db $option
    words 'busy.db.part is being written by a run that goes on'
    expect 2 run long.yaml --replications 1 -o busy.db $option --lang zh
    words 'busy.db.part 正由另一个运行中的进程写入'
    silent out
done
# Nor does a command that writes words or numbers.
for command in "export busy.db --measure heads" "report busy.db"; do
    for file in busy.db busy.db.part; do
        expect 2 $command -o $file
        words 'busy.db.part is being written by a run that goes on'
        silent out
    done
done
missing busy.db
holds "the run goes on" kill -0 "$pid"
holds "its file is whole" holds_runs busy.db
kill -s KILL "$pid"
wait "$pid" 2>/dev/null
expect 0 run long.yaml --replications 1 -o busy.db --overwrite --quiet
missing busy.db.part

start_run killed.db
kill -s KILL "$pid"
wait "$pid" 2>/dev/null
missing killed.db
holds "the part file stays" test -s killed.db.part
expect 0 export killed.db --each
says '^long,1,'
# What rests on the end of a run is named as that: no --keep would help. Pages and pictures lack only it.
for command in "export killed.db --table review" "export killed.db --by month" "compare killed.db --group unit"; do
    expect 2 $command
    words 'this run is not finished: wait for it, or run it again with --overwrite'
    ! grep -q -- '--keep' "$place/.err" || fail "$command advises --keep"
    silent out
    expect 2 $command --lang zh
    words '本次运行尚未完成：请等待其结束；若已中止，请用 --overwrite 重新运行'
done
expect 1 plot killed.db --figure vacancy_heatmap --figure vacancy_fan --out killed
words '^echelon: post_vacancy_rate rests on sums .* this run is not finished'
says '^killed/vacancy_fan.svg$'
missing killed/vacancy_heatmap.svg
expect 1 report killed.db -o killed.html --lang both
holds "the page says it" grep -q 'The run is not finished: the numbers rest on' killed.html
holds "and in Chinese" grep -q '运行尚未完成：以下数字只依据已完成的重复' killed.html
holds "where the table is missing" grep -q 'it writes what this table needs when it' killed.html
expect 2 run long.yaml --replications 1 -o killed.db
words 'killed.db.part exists already'
# What is written under its name would take it away or hide it.
cp killed.db.part before.part
for command in "export killed.db" "export busy.db --measure heads" "report killed.db.part" "report busy.db"; do
    expect 2 $command -o killed.db
    words 'killed.db.part exists already.* it holds what an interrupted run finished'
    expect 2 $command -o killed.db --lang zh
    words 'killed.db.part 已存在，不会覆盖；其中保存了被中断的运行'
done
missing killed.db
holds "the runs are as they were" cmp before.part killed.db.part
# A user's own file of such a name is his.
echo mine >numbers.csv.part
echo mine >vacancy_fan.svg.part
echo mine >page.html.part
expect 0 export busy.db --measure heads -o numbers.csv
expect 0 report busy.db -o page.html
expect 0 plot busy.db --figure vacancy_fan --out .
for file in numbers.csv page.html vacancy_fan.svg; do
    holds "$file is there" test -s $file
    [[ $(cat $file.part) == mine ]] || fail "$file.part is not as it was"
done
echo mine >foreign.db.part
for option in "" --overwrite; do
    expect 2 run long.yaml --replications 1 -o foreign.db $option
    words 'foreign.db.part exists already.* it is not a results file'
done
[[ $(cat foreign.db.part) == mine ]] || fail "foreign.db.part is not as it was"

# An export that is stopped leaves nothing, and what stood there before.
echo before >large.csv
for signal in INT:130 TERM:143; do
    set -m
    "$program" export busy.db --by month --group unit -o large.csv >"$place/.out" 2>"$place/.err" </dev/null &
    pid=$!
    set +m
    command_line="echelon export busy.db, stopped"
    for _ in $(seq 1000); do
        compgen -G 'large.csv.*' >/dev/null && break
        sleep 0.02
    done
    kill -s "${signal%:*}" "$pid"
    got=0
    wait "$pid" 2>/dev/null || got=$?
    [[ $got == "${signal#*:}" ]] || fail "SIG${signal%:*}: status $got"
    words '^echelon: large.csv takes [1-9][0-9.]+ million rows, about [0-9.]+ [MG]B$'
    [[ $(compgen -G 'large.csv*') == large.csv ]] || fail "SIG${signal%:*} leaves $(compgen -G 'large.csv*')"
    [[ $(cat large.csv) == before ]] || fail "large.csv is not as it was"
done
expect 0 run long.yaml --replications 1 -o killed.db --overwrite --quiet
missing killed.db.part

# Two signals end the program at once; where its runs are is said even so.
for lang in en zh; do
    set -m
    "$program" run long.yaml --replications 100000 --threads 1 --lang $lang -o twice.db >"$place/.out" 2>"$place/.err" </dev/null &
    pid=$!
    set +m
    command_line="echelon run long.yaml, stopped twice"
    for _ in $(seq 1000); do
        [[ -s twice.db.part ]] && break
        sleep 0.05
    done
    kill -s STOP "$pid" # both are delivered before it goes on
    kill -s INT "$pid"
    kill -s TERM "$pid"
    kill -s CONT "$pid"
    got=0
    wait "$pid" || got=$?
    [[ $got == 130 || $got == 143 ]] || fail "two signals: status $got"
    if [[ $lang == en ]]; then
        words '^echelon: stopped at once; the runs that were finished are kept in twice.db.part, which .* read$'
    else
        words '^echelon: 已立即中止；已完成的模拟保存在 twice.db.part，可用 compare、export 和 report 读取$'
    fi
    holds "the part file stays" test -s twice.db.part
    rm twice.db.part*
done
finish
