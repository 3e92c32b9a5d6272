#!/bin/bash
# Prints the reference page of the parameters or the measures, from what the program itself says.
# Usage: tools/reference.sh PROGRAM params|measures >docs/parameters.md (docs/measures.md).
set -euo pipefail
program=$1
export LC_ALL=C
params() {
    echo "# Parameters"
    echo
    echo "Written by \`tools/reference.sh PROGRAM params >docs/parameters.md\` from \`model/params.def\`; a test keeps it current."
    echo "Basis: rule, data, assumed or fitted. By: the narrowest scope that may have a value of its own."
    echo
    echo "| parameter | meaning | 含义 | default | range and unit | basis | by | source |"
    echo "|---|---|---|---|---|---|---|---|"
    awk '
        function cell(text) { gsub(/\|/, "\\|", text); return text }
        FNR == 1 { file++ }
        file == 1 { if (/^[a-z]/) by[$1] = $NF; next }
        !/^  [a-z_0-9.]+: .* # / { next }
        {
            path = $1; sub(/:$/, "", path)
            value = $0; sub(/ +# .*/, "", value); sub(/^  [^ ]+ /, "", value)
            note = $0; sub(/^.* # /, "", note)
            if (file == 2) { zh[path] = note; sub(/; .*/, "", zh[path]); next }
            source = note; sub(/^.*; [a-z]+ \(/, "", source); sub(/\)$/, "", source)
            head = substr(note, 1, length(note) - length(source) - 3)
            n = split(head, part, "; ")
            label = part[1]
            for (i = 2; i <= n - 2; i++) label = label "; " part[i]
            printf "| `%s` | %s | %s | %s | %s | %s | %s | %s |\n", path, cell(label), cell(zh[path]),
                cell(value), cell(part[n - 1]), part[n], by[path], cell(source)
        }' <("$program" params --lang en) <("$program" params --yaml --lang zh) \
        <("$program" params --yaml --lang en)
}
measures() {
    echo "# Measures"
    echo
    echo "Written by \`tools/reference.sh PROGRAM measures >docs/measures.md\` from \`model/measures.def\`; a test keeps it current."
    echo "Kept by: see [results.md](results.md). A measure with words in [] has a value for each of them."
    echo
    echo "| measure | unit | of a year | kept by | what it counts | 含义 | words |"
    echo "|---|---|---|---|---|---|---|"
    awk '
        function cell(text) { gsub(/\|/, "\\|", text); return text }
        function trim(text) { gsub(/^ +| +$/, "", text); return text }
        function put() {
            if (file == 2 && n > 0)
                printf "| `%s` | %s | %s | %s | %s | %s | %s |\n", name, unit, kind, detail, cell(text),
                    cell(zh[n]), cell(words)
            if (file == 1 && n > 0) zh[n] = text
        }
        FNR == 1 { put(); file++; n = 0; next }
        /^[a-z]/ {
            put(); n++
            name = $1
            rest = trim(substr($0, length(name) + 1))
            unit = rest; sub(/ .*/, "", unit)
            rest = trim(substr(rest, length(unit) + 1))
            kind = rest; sub(/  .*/, "", kind)
            match(rest, /^(at the end|mean of months|sum of months|compared)/)
            if (RLENGTH > 0) { kind = substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1) }
            detail = trim(rest); text = ""; words = ""; inside = 0
            next
        }
        /^    \[\] / { words = trim(substr($0, 8)); inside = 1; next }
        inside { words = words " " trim($0); next }
        { text = text (text == "" ? "" : file == 1 ? "" : " ") trim($0) }
        END { put() }' <("$program" measures --lang zh) <("$program" measures --lang en)
}
"$2"
