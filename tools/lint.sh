#!/bin/sh
# clang-tidy and cppcheck over the program's sources; usage: tools/lint.sh BUILD_FOLDER
# (configured with CMake, so that compile_commands.json is there). Fails on findings.
set -eu
build=$1
rooms="model input results experiments plots cli"
failed=0

# POSIX.1-2008 (stddef.h) makes NULL a pointer, so that it may end a list of arguments.
echo "cppcheck"
# shellcheck disable=SC2086
cppcheck --quiet --std=c11 --enable=warning,portability,performance --inline-suppr \
    --error-exitcode=1 --suppress=missingIncludeSystem --suppress=unknownMacro \
    --suppress=varFuncNullUB \
    -D_POSIX_C_SOURCE=200809L -I . -j "$(nproc)" $rooms || failed=1

echo "clang-tidy"
# shellcheck disable=SC2086
find $rooms -name '*.c' -print0 |
    xargs -0 -n 4 -P "$(nproc)" clang-tidy -p "$build" --quiet \
        --extra-arg=-Wno-unknown-warning-option 2>/dev/null || failed=1
exit "$failed"
