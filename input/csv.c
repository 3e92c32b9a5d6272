#include "input/csv.h"

#include <string.h>

#include "input/encoding.h"
#include "model/types.h"

enum { MOST_COLUMNS = 1000 };

/** A reader: the next byte, its place, and the cells so far. */
struct reader {
    const char *next;
    const char *end;
    struct ech_mark at;
    struct ech_arena *arena;
    struct ech_error *error;
    bool failed;
    struct ech_cell *cells; /* [capacity] */
    size_t n_cells;
    size_t capacity;
};

static void refuse(struct reader *reader, struct ech_mark at, const char *value)
{
    ech_fail(reader->error, ECH_ERR_SYNTAX,
             (struct ech_facts){.what = "CSV", .value = value, .at = at});
    reader->failed = true;
}

static bool at_line_end(const struct reader *reader)
{
    return reader->next == reader->end || *reader->next == '\n' || *reader->next == '\r';
}

/** Steps over one character. */
static void step(struct reader *reader)
{
    size_t n = ech_utf8_length(reader->next, (size_t)(reader->end - reader->next));
    bool line = *reader->next == '\n';
    reader->at.line += line;
    reader->at.column = line ? 1 : reader->at.column + 1;
    reader->next += n;
}

/** Steps over a line end: LF, CR LF or CR alone. */
static void step_line(struct reader *reader)
{
    if (reader->next < reader->end && *reader->next == '\r') {
        reader->next++;
        if (reader->next == reader->end || *reader->next != '\n') {
            reader->at.line++;
            reader->at.column = 1;
            return;
        }
    }
    if (reader->next < reader->end) {
        step(reader);
    }
}

static void add_cell(struct reader *reader, const char *text, struct ech_mark at)
{
    if (reader->n_cells == reader->capacity) {
        size_t capacity = reader->capacity > 0 ? 2 * reader->capacity : 64;
        struct ech_cell *larger = ech_arena_array(reader->arena, capacity, sizeof *larger);
        if (reader->n_cells > 0) {
            memcpy(larger, reader->cells, reader->n_cells * sizeof *larger);
        }
        reader->cells = larger;
        reader->capacity = capacity;
    }
    reader->cells[reader->n_cells++] = (struct ech_cell){text, at};
}

/** Reads "..." with doubled quotes; the opening quote is next. */
static void quoted_cell(struct reader *reader)
{
    struct ech_mark at = reader->at;
    step(reader);
    const char *quote = reader->next;
    while (quote < reader->end && (*quote != '"' || (quote + 1 < reader->end && quote[1] == '"'))) {
        quote += *quote == '"' ? 2 : 1;
    }
    if (quote >= reader->end) {
        refuse(reader, at, ECH_BOTH("this quote is never closed", "引号没有结束"));
        reader->next = reader->end;
        return;
    }
    char *text = ech_arena_take(reader->arena, (size_t)(quote - reader->next) + 1);
    for (char *out = text; reader->next < quote;) {
        const char *from = reader->next;
        step(reader);
        memcpy(out, from, (size_t)(reader->next - from));
        out += reader->next - from;
        if (*from == '"') {
            step(reader); /* the second of a doubled quote */
        }
    }
    step(reader);
    add_cell(reader, text, at);
    if (!at_line_end(reader) && *reader->next != ',') {
        refuse(reader, reader->at, ECH_BOTH("text after a closing quote", "引号之后有多余文字"));
    }
}

static void plain_cell(struct reader *reader)
{
    struct ech_mark at = reader->at;
    const char *start = reader->next;
    while (!reader->failed && !at_line_end(reader) && *reader->next != ',') {
        if (*reader->next == '"') {
            refuse(reader, reader->at,
                   ECH_BOTH("a quote inside a cell without quotes", "未加引号的单元格内有引号"));
        }
        step(reader);
    }
    add_cell(reader, ech_arena_text(reader->arena, start, (size_t)(reader->next - start)), at);
}

/** Reads one record; gives the number of its cells. */
static int record(struct reader *reader)
{
    for (int n = 1;; n++) {
        if (reader->next < reader->end && *reader->next == '"') {
            quoted_cell(reader);
        } else {
            plain_cell(reader);
        }
        if (reader->failed || at_line_end(reader)) {
            step_line(reader);
            return n;
        }
        step(reader); /* the comma */
    }
}

static void check_columns(struct reader *reader, const struct ech_csv *table)
{
    if (table->n_columns > MOST_COLUMNS) {
        refuse(reader, table->columns[MOST_COLUMNS].at,
               ECH_BOTH("more than 1000 columns", "超过1000列"));
        return;
    }
    for (int i = 0; i < table->n_columns; i++) {
        for (int j = 0; j < i; j++) {
            if (strcmp(table->columns[i].text, table->columns[j].text) == 0) {
                ech_fail(reader->error, ECH_ERR_DUPLICATE,
                         (struct ech_facts){.what = table->columns[i].text,
                                            .value = ech_arena_format(reader->arena, "%s:%d:%d",
                                                                      table->columns[j].at.file,
                                                                      table->columns[j].at.line,
                                                                      table->columns[j].at.column),
                                            .at = table->columns[i].at});
                reader->failed = true;
                return;
            }
        }
    }
}

/** Takes the cells of a row of another length back, so that the others can still be looked at. */
static void refuse_uneven(struct reader *reader, struct ech_csv *table, int n, struct ech_mark at)
{
    refuse(reader, at,
           ech_arena_format(reader->arena,
                            ECH_BOTH("%d cells in a row of a table with %d columns",
                                     "此行有 %d 个单元格，而表有 %d 列"),
                            n, table->n_columns, n, table->n_columns));
    reader->failed = false;
    reader->n_cells -= (size_t)n;
    table->uneven = true;
}

static void read_rows(struct reader *reader, struct ech_csv *table)
{
    while (!reader->failed && reader->next < reader->end) {
        struct ech_mark at = reader->at;
        if (at_line_end(reader)) {
            step_line(reader);
            continue;
        }
        int n = record(reader);
        if (reader->failed) {
            break; /* the record is not whole */
        }
        if (table->n_columns == 0) {
            table->n_columns = n;
            table->columns = reader->cells;
            check_columns(reader, table);
            reader->cells = NULL;
            reader->n_cells = reader->capacity = 0;
            continue;
        }
        if (n != table->n_columns) {
            refuse_uneven(reader, table, n, at);
        } else {
            table->n_rows++;
        }
    }
    table->cells = reader->cells;
}

bool ech_csv_parse(struct ech_file *file, struct ech_arena *arena, struct ech_csv *table,
                   struct ech_error *error)
{
    size_t skip = 0;
    memset(table, 0, sizeof *table);
    if (!ech_encoding_decode(file, &skip, arena, error)) {
        return false;
    }
    struct reader reader = {.next = file->bytes + skip,
                            .end = file->bytes + file->length,
                            .at = {file->path, 1, 1},
                            .arena = arena,
                            .error = error};
    read_rows(&reader, table);
    if (!reader.failed && table->n_columns == 0) {
        refuse(&reader, reader.at, ECH_BOTH("the table is empty", "表为空"));
    }
    table->uneven &= !reader.failed;
    return !reader.failed && !table->uneven;
}

int ech_csv_column(const struct ech_csv *table, const char *name, struct ech_error *error)
{
    for (int i = 0; i < table->n_columns; i++) {
        if (strcmp(table->columns[i].text, name) == 0) {
            return i;
        }
    }
    ech_fail(error, ECH_ERR_MISSING,
             (struct ech_facts){
                 .what = name, .value = ECH_BOTH("the table", "表头"), .at = table->columns[0].at});
    return ECH_NONE;
}

const struct ech_cell *ech_csv_cell(const struct ech_csv *table, int row, int column)
{
    return &table->cells[(size_t)row * (size_t)table->n_columns + (size_t)column];
}

bool ech_csv_is_blank(const struct ech_csv *table, int row)
{
    for (int c = 0; c < table->n_columns; c++) {
        if (ech_csv_cell(table, row, c)->text[0] != '\0') {
            return false;
        }
    }
    return true;
}
