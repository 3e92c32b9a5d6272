# Every scenario, program and test that docs/verification.md names is there.
. "$(dirname "$0")/expect.sh"
page=$source_tree/docs/verification.md
verify=$source_tree/tests/verify
n=0
for name in $(grep -oE '`[a-z_]+\.yaml`' "$page" | tr -d '`' | sort -u); do
    expect 0 check "$verify/$name"
    n=$((n + 1))
done
[[ $n -ge 40 ]] || fail "docs/verification.md names $n scenarios"
for name in $(grep -oE '`verify_[a-z_]+\.c`' "$page" | tr -d '`' | sort -u); do
    holds "a program" test -s "$verify/$name"
done
for name in $(grep -oE '`test_[a-z_]+`' "$page" | tr -d '`' | sort -u); do
    holds "the test $name" grep -rqE "^static void $name\(" "$verify"
done
finish
