# The checks of the house refuse what they must.
. "$(dirname "$0")/expect.sh"
copy() {
    rm -rf tree
    mkdir tree
    (cd "$source_tree" && tar cf - --exclude=build --exclude=out --exclude=.git .) | tar xf - -C tree
}
refuses() {
    local check=$1
    if "$source_tree/tools/$check" tree >"$place/.out" 2>&1; then
        fail "$check does not refuse $2"
    fi
}
command_line=checks
copy
for check in check_rooms.sh check_headers.sh check_tree.sh check_docs.sh; do
    "$source_tree/tools/$check" tree >"$place/.out" 2>&1 || fail "$check refuses the tree as it is"
done
echo '#include "results/results.h"' >>tree/model/places.c
refuses check_rooms.sh "model/ that includes results/"
copy
echo '#include "model/state.h"' >>tree/plots/fonts.c
refuses check_rooms.sh "plots/ that includes the state"
copy
echo 'void f(void) { printf("x"); }' >>tree/model/places.c
refuses check_rooms.sh "model/ that prints"
copy
echo 'static int n_runs;' >>tree/model/places.c
refuses check_rooms.sh "a variable at file scope in model/"
copy
sed -i 's|#endif|int ech_new(void);\n#endif|' tree/model/places.h
refuses check_headers.sh "a prototype without words"
copy
sed -i 's|#endif|/** x */\nint ech_new(struct unknown x);\n#endif|' tree/input/load.h
refuses check_headers.sh "a header that does not compile alone"
copy
touch tree/NOTES
refuses check_tree.sh "an entry that the README does not name"
copy
touch tree/model/util.c
refuses check_tree.sh "a file called util"
copy
sed -i 's|{"exits", ech_exits_step},|&\n    {"errands", ech_errands_step},|' tree/model/run.c
refuses check_docs.sh "a process that docs/ODD.md does not name"
copy
sed -i 's|"dismissed"|"fired"|' tree/model/types.c
refuses check_docs.sh "a cause that docs/glossary.md does not name"
finish
