# compare, export, plot and report on a results file.
. "$(dirname "$0")/expect.sh"
small_scenarios baseline slow
cat >>slow.yaml <<EOF
policy: {procedure.months: 5}
EOF
expect 0 run baseline.yaml slow.yaml --replications 6 -o r.db --quiet

# compare
expect 0 compare r.db
says 'paired with baseline, mean of years 1-2, 6 replications, seed 1'
says '^slow: Title of slow'
says '  procedure.months +2 -> 5'
says '  posts_vacant +[0-9.]+ +[0-9.]+ +\+[0-9.]+ +\+[0-9.]+ to \+'
says '^    clear loss, to 202[01]-08 +\+[0-9.]+ +\+[0-9.]+ to \+'
says '  yuan_per_leader_kept +cannot be told \(hardly anybody kept\)$'
[[ $(widest <"$place/.out") -le 80 ]] || fail "compare prints more than 80 columns"
expect 0 compare r.db --lang zh
says '^slow：情景slow'
says '^    明显变差，至 202[01]-08 '
says '  yuan_per_leader_kept +无法判断（几乎没有人因此留下）$'
[[ $(widest <"$place/.out") -le 80 ]] || fail "compare prints more than 80 columns (zh)"
expect 0 compare r.db --baseline slow --measure heads --measure exits --by year
[[ $(grep -c ' heads ' "$place/.out") == 3 ]] || fail "a row for month 0 and each year"
# what is asked for twice is given once; a price that no year tells takes one line
expect 0 compare r.db --measure heads --measure heads --by year
[[ $(grep -c ' heads ' "$place/.out") == 3 ]] || fail "a measure that is given twice is shown once"
expect 0 export r.db --measure heads
cp "$place/.out" once.txt
expect 0 export r.db --measure heads --measure heads
holds "a measure that is given twice is exported once" cmp "$place/.out" once.txt
expect 0 compare r.db --by year
says '  yuan_per_leader_kept +3 years untold \(hardly anybody kept\)$'
[[ $(grep -c 'yuan_per_leader_kept' "$place/.out") == 1 ]] || fail "one line for what no year tells"
[[ $(widest <"$place/.out") -le 80 ]] || fail "compare --by year prints more than 80 columns"
expect 0 compare r.db --by year --lang zh
says '  yuan_per_leader_kept +3 年无法判断（几乎没有人因此留下）$'
expect 0 compare r.db --group type --measure heads --by month
says '^  township$'
expect 0 compare r.db --group unit
says '^  township_10$'
expect 0 compare r.db --format csv
says '^scenario,from,to,group,measure,baseline,policy,difference,low,high,n,worst_from,worst_to,worst,worst_low,worst_high$'
says '^slow,2019-09,2021-08,nanpiao,posts_vacant(,[-0-9.]+){5},6,20[0-9]{2}-09,20[0-9]{2}-08(,[-0-9.]+){3}$'
expect 2 compare r.db --baseline nobody
words "nobody"
expect 2 compare r.db --measure head
words "head"
silent out
expect 0 compare r.db --measure heads --measure establishment_vacancy_rate
says '^of a year: people at its end, posts and rates the mean of its months, flows$'
expect 0 compare r.db --measure heads --lang zh
says '^年度值：人数为年末数，职位数和比率为各月平均，流量为合计'
says_performance=$("$program" compare r.db | grep -c '^  performance_mean ')
[[ $says_performance == 1 ]] || fail "the usual measures lack performance"
# by month: no interval unless --keep kept each replication's months, and which --keep is said
expect 0 compare r.db --measure heads --by month
tr '\n' ' ' <"$place/.out" >joined.txt
holds "which --keep gives intervals" grep -q 'no interval by month (NA): .* a new run with --keep type-month does' joined.txt
expect 0 compare r.db --measure heads --by month --group unit --format csv --lang zh
words '按月无区间（NA）：.*重新运行并加上 --keep$'
words '^unit-month 即可得到$'
expect 0 compare r.db --measure heads --by month --format json --quiet
silent err
# measures that come of the comparison: compare and measures have one list
expect 0 measures yuan_per_leader_kept
says '^yuan_per_leader_kept +yuan +compared +compare$'
expect 0 measures yuan_per_leader_kept --lang zh
says '每多留1名领导干部的费用'
expect 2 measures yuan_per_leader
words "did you mean 'yuan_per_leader_kept'"
expect 0 measures 'exits[retire]'
says '^exits\[retire\] '
expect 2 compare r.db --measure yuan_per_leader_kept --by month
words 'yuan_per_leader_kept: is told of years only; leave --by month out'
expect 2 compare r.db --measure haeds --measure 'exits[retir]'
words "no measure called 'haeds'; did you mean 'heads'"
words "no measure called 'exits\[retir\]'; did you mean 'exits\[retire\]'"
expect 2 compare r.db --measure exits --group unit
words 'was not kept'
silent out
expect 2 compare r.db --measure exits --group unit
words '--keep unit-year'
expect 2 compare r.db --measure 'exits[retire]' --group unit --by month
words 'counted by county and type only'
expect 0 compare r.db --measure exits --group unit --by month --format csv
says '^slow,2021-08,2021-08,township_10,exits,.*,NA,NA,6(,NA){5}$'
expect 0 compare r.db --format json
cp "$place/.out" r.json
holds "valid JSON" python3 -m json.tool r.json
holds "the numbers of the CSV" python3 - "$program" <<'EOF'
import csv, json, io, subprocess, sys
for options in ([], ["--by", "year", "--group", "type"], ["--by", "month"]):
    one, other = (subprocess.run([sys.argv[1], "compare", "r.db", "--format", form] + options,
                                 capture_output=True, check=True, text=True).stdout
                  for form in ("csv", "json"))
    rows, whole = list(csv.DictReader(io.StringIO(one))), json.loads(other)
    assert whole["baseline"] == "baseline" and whole["seed"] == "1" and whole["replications"] == 6
    assert [s["setting"] for s in whole["settings"]] == ["procedure.months"], whole["settings"]
    assert len(rows) == len(whole["results"]) > 0
    for row, member in zip(rows, whole["results"]):
        assert list(row) == list(member)
        for name, text in row.items():
            value = member[name]
            same = (value is None) if text == "NA" else \
                value == text if isinstance(value, str) else value == float(text)
            assert same, (row, member)
EOF

# of many policies a table shows what clearly differs, and how much it leaves out
for i in {1..13}; do
    printf 'extends: baseline.yaml\ntitle: {en: "Copy %s", zh: 副本%s}\n' "$i" "$i" >"same$i.yaml"
done
expect 0 run baseline.yaml slow.yaml same*.yaml --replications 6 -o many.db --quiet
expect 0 compare many.db
says '^same13: Copy 13'
says '^  24 measures without a clear difference'
says '^  fill_time_mean '
[[ $(widest <"$place/.out") -le 80 ]] || fail "compare of many prints more than 80 columns"
expect 0 compare many.db --measure heads
[[ $(grep -c '^  heads ' "$place/.out") == 14 ]] || fail "a measure that is asked for is shown"
expect 0 compare many.db --lang zh
says '另有 24 项指标无明显差别'
rm many.db

# export
expect 0 export r.db
says '^scenario,statistic,month,date,group,measure,value$'
says '^baseline,mean,12,2020-08,nanpiao,heads,'
for statistic in mean sd se p05 p25 p50 p75 p95 n; do
    says "^slow,$statistic,24,2021-08,nanpiao,post_vacancy_rate,"
done
expect 0 export r.db --each --group type
says '^scenario,replication,month,date,group,measure,value$'
says '^slow,6,24,2021-08,township,posts_vacant,'
expect 0 export r.db --by month --group unit -o units.csv
silent out
holds "units.csv" grep -q '^slow,p50,1,2019-09,township_01,heads,NA$' units.csv
# export of some measures only
expect 0 export r.db --measure heads --measure 'exits[retire]'
[[ $(cut -d, -f6 "$place/.out" | sort -u | tr '\n' ' ') == 'exits[retire] heads measure ' ]] ||
    fail "more than the measures that were asked for"
grep ',heads,' "$place/.out" >asked.csv
"$program" export r.db | grep ',heads,' >all.csv
holds "the same numbers" cmp asked.csv all.csv
expect 2 export r.db --measure haeds --measure nonsense
words "no measure called 'haeds'; did you mean 'heads'"
words "no measure called 'nonsense'; \`echelon measures\` lists them"
silent out
expect 2 export r.db --measure haeds --lang zh
words "没有名为 'haeds' 的指标；您是否想输入“heads”"
expect 2 export r.db --measure yuan_per_leader_kept
words 'yuan_per_leader_kept: comes of comparing two scenarios; .echelon compare --measure. gives it'
expect 2 export r.db --measure exits --group unit
words '--keep unit-year'
expect 2 export r.db --table review --measure heads
words 'leave --by, --group, --each and --measure out'
expect 0 export --help
says "echelon export results.db --measure heads --measure 'exits\[retire\]'$"
says '--measure M'
# a reader that stops is named in both languages
for command in export 'compare --format csv'; do
    "$program" $command r.db --lang zh 2>err.txt | head -0
    holds "$command: in Chinese" grep -q '^echelon: 无法写入数据：读取方已停止读取$' err.txt
done
expect 0 export r.db --table review -o review.csv
head -1 review.csv | grep -q '^scenario,month,date,type,unit,rank,equal,index,' || fail "head of the team review"
[[ $(cut -d, -f1-5 review.csv | sort -u | wc -l) == $(wc -l <review.csv) ]] || fail "a team has two lines"
expect 2 export r.db --table review --by month
expect 2 export r.db --each --by month
words 'was not kept.*--keep type-month'
silent out
expect 2 export r.db --each --by month --group unit --lang zh
words '未保存在此文件中；.*--keep unit-month'
silent out

# --keep: months of each replication, and with them quantiles, pairs and all units by year
expect 0 run baseline.yaml slow.yaml --replications 6 -o kept.db --keep type-month --keep unit-month
words 'the results file takes about [0-9]+ MB'
expect 0 export kept.db --each --by month --group unit
says '^slow,6,24,2021-08,township_10,heads,[0-9]+$'
expect 0 export kept.db --each --by month
says '^baseline,1,0,2019-08,nanpiao,heads,[0-9]+$'
expect 0 export kept.db --each --group unit
says '^slow,6,24,2021-08,township_10,exits,[0-9]+$'
expect 0 export kept.db --by month --group unit
says '^slow,p50,1,2019-09,township_01,heads,[0-9.]+$'
expect 0 compare kept.db --by month --group unit --measure heads --format csv
says '^slow,2021-08,2021-08,township_10,heads,[0-9.]+,[0-9.]+,[-0-9.]+,[-0-9.]+,[-0-9.]+,6(,NA){5}$'
for options in '' '--by month' '--group type'; do
    "$program" export r.db $options | grep -vE ',p[0-9]{2},' >usual.csv
    "$program" export kept.db $options | grep -vE ',p[0-9]{2},' >kept.csv
    holds "the same mean, sd, se and n with and without --keep: $options" cmp usual.csv kept.csv
done
expect 0 run slow.yaml baseline.yaml --replications 6 -o again.db --keep unit-month --keep type-month --threads 1 --quiet
silent err
holds "the same bytes for any order and number of threads" cmp kept.db again.db
rm again.db
for name in a b c d e; do # more than any database holds, whatever the disk
    printf 'extends: baseline.yaml\nname: %s\nyears: 60\n' $name >huge_$name.yaml
done
expect 4 run huge_?.yaml -o huge.db --replications 1000000 --keep unit-month --keep type-month
words 'huge.db is too large: about [0-9.]+ GB; at most [0-9.]+ GB'
missing huge.db huge.db.part
expect 3 export r.db -o no/such/folder.csv
missing no
expect 3 export r.db -o /dev/full/x.csv
expect 2 export missing.db
words 'missing.db'
echo text >text.db
expect 2 export text.db
words 'text.db is not a results file'

# plot
expect 0 plot --list
figures=$(cut -d' ' -f1 "$place/.out")
[[ $(wc -w <<<"$figures") -ge 7 ]] || fail "at least seven figures"
first=$(head -1 <<<"$figures")
expect 0 plot r.db --figure "$first" --out pictures/of/r
says "^pictures/of/r/$first.svg$"
holds "a picture" grep -q '</svg>' "pictures/of/r/$first.svg"
expect 0 plot r.db --figure "$first" --out pictures --format png --lang zh
holds "a PNG picture" grep -q PNG "pictures/$first.png"
expect 2 plot r.db --figure nonsense --figure fann --out none
words 'nonsense'
words 'fann'
missing none
expect 3 plot r.db --figure "$first" --out text.db/x
words 'text.db'
# Without gnuplot: no picture, a word, status 1; numbers are as before.
mkdir empty
PATH=$place/empty expect 1 plot r.db --figure "$first" --out bare
words "$first"
missing "bare/$first.svg" "bare/$first.svg.part"
PATH=$place/empty expect 0 run baseline.yaml --replications 2 -o again.db --quiet

# report
expect 0 report r.db -o page.html
holds "the page" grep -q '</html>' page.html
if grep -qiE '(src|href)="?(https?:)?//' page.html; then
    fail "the page names a network address"
fi
expect 0 report r.db -o both.html --lang both
holds "both languages" grep -q 'Title of slow' both.html
holds "both languages" grep -q '情景slow' both.html
expect 3 report r.db -o no/such/page.html
missing no

# Two policies, none of them the baseline: a table, and comparisons once one is named.
small_scenarios first second
echo 'policy: {procedure.months: 4}' >>second.yaml
expect 0 run first.yaml second.yaml --replications 3 -o two.db --quiet
says '^Title of second '
for command in compare plot report; do
    expect 2 $command two.db
    words '--baseline: no scenario is called baseline .* name one of: first, second'
    expect 2 $command two.db --lang zh
    words '--baseline：没有名为 baseline 的情景.*；请指定其一：first, second'
    expect 2 $command two.db --baseline third
    words "no scenario called 'third'"
done
missing figures report.html
expect 0 compare two.db --baseline second
says '  procedure.months +4 -> 2'
expect 0 plot two.db --baseline second --figure differences_vacancy --out two
holds "a picture against the named one" grep -q 'Against “Title of second”' two/differences_vacancy.svg
expect 0 report two.db --baseline second -o two.html
holds "a page against the named one" grep -q 'Against “Title of second”' two.html

# Rules that spare whoever is in office; policies twice as high as the baseline, without a second family.
policies=$source_tree/scenarios/nanpiao
expect 0 run $policies/baseline.yaml $policies/stepdown_52.yaml $policies/stepdown_52_newcomers.yaml \
    --replications 2 -o three.db
expect 0 compare three.db
says '  stepdown.age.grandfather \(2020-01\) +- -> true'
expect 0 report three.db -o three.html --lang both
holds "who keeps the old rule" grep -q 'whoever is in office keeps the old value' three.html
holds "who keeps the old rule, in Chinese" grep -q '退出领导岗位年龄：在任者保留原值' three.html
# Nothing of another kind is replaced: devices and pipes, results, scenarios.
expect 0 run baseline.yaml --replications 2 -o kept.db --overwrite --quiet
mkfifo pipe
cp kept.db before.db
cp baseline.yaml before.yaml
for command in "export kept.db" "report kept.db --lang en"; do
    # shellcheck disable=SC2086
    expect 3 $command -o pipe
    words 'cannot write pipe: it is not a regular file'
    holds "the pipe is still one" test -p pipe
    # shellcheck disable=SC2086
    expect 2 $command -o kept.db
    words 'kept.db exists already.*results file'
    # shellcheck disable=SC2086
    expect 2 $command -o baseline.yaml
    words 'baseline.yaml exists already.*scenario file'
done
expect 2 run baseline.yaml --replications 2 -o baseline.yaml --overwrite --quiet
words 'baseline.yaml exists already.*not a results file'
holds "the results are as they were" cmp kept.db before.db
holds "the scenario is as it was" cmp baseline.yaml before.yaml
expect 0 export kept.db -o numbers.csv
expect 0 export kept.db -o numbers.csv
expect 0 run baseline.yaml --replications 2 -o kept.db --overwrite --quiet

finish
