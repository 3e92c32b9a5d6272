#!/bin/sh
# Lays out the C sources of the folders given with clang-format. Tables (*.def) keep their layout.
set -eu
find "$@" -name '*.[ch]' -exec clang-format -i {} +
