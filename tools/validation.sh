#!/bin/bash
# Writes docs/validation.md: what is known of real counties beside what the model says.
# Usage: tools/validation.sh [PROGRAM] >docs/validation.md   (PROGRAM: build/release/echelon)
set -euo pipefail
program=$(realpath "${1:-$(dirname "$0")/../build/release/echelon}")
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

"$program" run scenarios/nanpiao/baseline.yaml scenarios/validation/national.yaml --replications 200 \
    -o "$place/validation.db" --quiet >/dev/null 2>&1
cat <<'EOF'
# Does the model look like a county?

Written by a command, never by hand:

    tools/validation.sh >docs/validation.md

It runs the baseline and `scenarios/validation/national.yaml` (200 replications, seed 1) and holds them against `scenarios/data/validation_targets.csv` with

    echelon validate FILE.db scenarios/data/validation_targets.csv

A value is the mean over replications of each replication's mean over the years; the interval is the 95 % interval of that mean by Student's t. It is a *hit* when the whole interval lies in the range, else a *miss*; what was used to set a default is *fitted* and counts as neither. The interval tells how exactly the model is known, not how exactly reality is: the ranges rest on surveys of a few counties and on orders of magnitude. Misses stay, with what we know of the reason.

EOF
"$program" validate "$place/validation.db" scenarios/data/validation_targets.csv --format markdown --lang en
cat <<'EOF'

A target is one row of the table: `scenario, measure, group, from, to` say what is looked at (years, both included, 0 is the start; no group: the county), `against` with `measure_2 …` adds, subtracts or divides by a second value (`plus`, `minus`, `over`), `low` and `high` bound the range (one may be empty), `fitted` is `yes` or `no`.
EOF
