# docs/validation.md says what the program says today.
. "$(dirname "$0")/expect.sh"
command_line="tools/validation.sh"
bash "$source_tree/tools/validation.sh" "$program" >validation.md
if ! cmp -s validation.md "$source_tree/docs/validation.md"; then
    diff validation.md "$source_tree/docs/validation.md" | cut -c1-200 | head -20
    fail "docs/validation.md is not what tools/validation.sh writes"
fi
finish
