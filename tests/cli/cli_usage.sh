# Usage: every wrong command line is refused with status 2 and a word, in both languages.
. "$(dirname "$0")/expect.sh"

expect 0 --version
says '^echelon [0-9]+\.[0-9]+\.[0-9]+$'
silent err
expect 0 --help
says '^usage: echelon COMMAND'
expect 2
words 'a command is missing'
silent out
expect 2 rnu x.yaml
words "rnu: there is no such command; did you mean 'run'\?"
expect 2 sensitivity
words 'comes with a later version'
expect 2 --quiet run x.yaml
words 'it comes first'

for command in run check compare plot report export trace params measures; do
    expect 0 "$command" --help
    says "^usage: echelon $command "
    says "^  echelon $command"
    [[ $(widest <"$place/.out") -le 80 ]] || fail "help of $command is wider than 80 columns"
    expect 0 "$command" --help --lang zh
    says "^用法：echelon $command "
    [[ $(widest <"$place/.out") -le 80 ]] || fail "help of $command is wider than 80 columns (zh)"
    expect 2 "$command" --nonsense
    words '--nonsense: there is no such option'
done
expect 2 run
words 'too few arguments; usage: echelon run SCENARIO'
expect 2 compare a.db b.db
words 'too many arguments'

# Options: whole names only, values in range, once each.
expect 2 run x.yaml --thread 3
words "did you mean '--threads'\?"
expect 2 run x.yaml --threads=2000
words "'--threads' is 2000, but must lie in 0-1024"
expect 2 run x.yaml --replications 0
words "must lie in 1-1000000"
expect 2 run x.yaml --replications 2.5
words "must be 1-1000000"
for seed in -1 18446744073709551616 1e3 0x10 ' 1' ''; do
    expect 2 run x.yaml --seed "$seed"
    words '--seed'
done
expect 2 run x.yaml --seed 1 --seed 2
words '--seed: is given twice'
expect 2 run x.yaml --quiet=1
words '--quiet=1: takes no value'
expect 2 run x.yaml -o
words '-o: its value is missing'
expect 2 run x.yaml -x
words '-x: there is no such option'
expect 2 export x.db --by moth
words "'--by' is 'moth', but must be one of year\|month; did you mean 'month'\?"
expect 2 plot x.db --lang fr
words "must be one of en\|zh"
expect 2 run x.yaml --keep unit-moth
words "'--keep' is 'unit-moth', but must be one of type-year\|type-month\|unit-year\|unit-month; did you mean 'unit-month'\?"
expect 2 run x.yaml --keep type-year,unit-year
words "'--keep' is 'type-year,unit-year'"
expect 0 run --help
says '--keep type-year\|type-month\|unit-year\|unit-month'
says '--keep type-month --keep unit-year$'
expect 0 run --help --lang zh
says '保存每次重复'
expect 0 compare --help
says '--format json$'

# What is not there, or comes later, is refused with a word, not ignored.
expect 2 run x.yaml --until heads:1
words '--until: there is no such option'
expect 2 run x.yaml --resume
words '--resume: there is no such option'
expect 2 export x.db --format xlsx
words "'xlsx' comes with a later version"

# All faults of a line in one pass, and the language of the words.
expect 2 run x.yaml --thread 3 --seed x --by year
[[ $(wc -l <"$place/.err") == 3 ]] || fail "three faults, three lines"
expect 2 rnu --lang zh
words 'there is no such command'
LC_ALL=zh_CN.UTF-8 expect 2 rnu
words '没有这个命令；您是否想输入“run”'
LC_ALL='' LANG=zh_TW expect 2 run
words '参数不足'
LC_ALL=en_US.UTF-8 LANG=zh_CN.UTF-8 expect 2 run
words 'too few'

# Output that cannot be written.
got=0
"$program" params >/dev/full 2>"$place/.err" || got=$?
[[ $got == 3 ]] || fail "full disk: status $got, not 3"
words 'cannot write standard output: No space left'
got=0
"$program" params >&- 2>"$place/.err" || got=$?
[[ $got == 3 ]] || fail "closed stdout: status $got, not 3"
"$program" params --yaml 2>"$place/.err" | true
[[ ${PIPESTATUS[0]} == 3 || ${PIPESTATUS[0]} == 0 ]] || fail "closed pipe: ${PIPESTATUS[0]}"
finish
