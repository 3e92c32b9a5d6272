/* A run has many counts, most switches are off and most numbers are small: what a column needs is
   known only at its end. Columns that SQLite generates from others keep the names. */
#include "results/pack.h"

#include <stdlib.h>
#include <string.h>

#include "results/views.h"

enum {
    WORD_BITS = 63, /* of a stored whole number, which has a sign */
    MOST_BITS = 40, /* what would need more is stored as it is, in as many bytes as each value */
    AS_IT_IS = ECH_NONE
};

/* Values of a column: lowest + step x code, and code 0 for NULL where that occurs. */
struct column {
    bool is_real;
    bool is_counted; /* a value that is not NULL has been seen */
    int64_t first, lowest, highest;
    uint64_t step; /* greatest common divisor of the distances from the first value; 0: all equal */
    int64_t n_null;
    int64_t n_lowest;
    int twin;   /* the first column that is equal in all rows, itself if there is none before */
    int n_bits; /* of the code; 0: a constant; AS_IT_IS */
    int word, shift; /* where the code stands */
};

/* What a column holds in one row. */
struct cell {
    int type; /* SQLITE_INTEGER, SQLITE_FLOAT, SQLITE_NULL */
    int64_t number;
    double real;
};

/* A part while it is laid out anew. Owns its arrays. */
struct pack {
    struct ech_sql *sql;
    const struct ech_shape *shape;
    const struct ech_part *part;
    int n; /* columns, the key not counted */
    int64_t n_rows;
    struct cell *cells;     /* [n] of one row */
    struct column *columns; /* [n] */
    int *twins;             /* [n] working memory */
    int *order;             /* [n] packed columns, those first that are seldom code 0 */
    int n_packed;
    int *used;       /* [n] bits of each word that are taken */
    uint64_t *words; /* [n] of one row */
    int n_words;
};

static uint64_t distance(int64_t a, int64_t b)
{
    return a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static void note_value(struct column *column, int64_t value)
{
    if (!column->is_counted) {
        column->is_counted = true;
        column->first = column->lowest = column->highest = value;
    }
    if (column->step != 1 && value != column->first) {
        column->step = common_divisor(distance(value, column->first), column->step);
    }
    if (value < column->lowest) {
        column->lowest = value;
        column->n_lowest = 0;
    }
    column->n_lowest += value == column->lowest;
    column->highest = value > column->highest ? value : column->highest;
}

static bool are_equal(const struct cell *a, const struct cell *b)
{
    return a->number == b->number && a->type == b->type && a->real == b->real;
}

/* Columns that were equal so far and differ in this row part company. */
static void part_twins(struct pack *pack)
{
    const struct cell *cells = pack->cells;
    for (int i = 0; i < pack->n; i++) {
        int twin = pack->columns[i].twin;
        pack->twins[i] = twin;
        if (twin == i || are_equal(&cells[i], &cells[twin])) {
            continue;
        }
        int other = twin + 1;
        while (other < i && (pack->twins[other] != twin || !are_equal(&cells[i], &cells[other]))) {
            other++;
        }
        pack->columns[i].twin = other;
    }
}

static void read_cells(struct pack *pack, sqlite3_stmt *row)
{
    for (int i = 0; i < pack->n; i++) {
        int type = sqlite3_column_type(row, 1 + i);
        pack->cells[i] =
            (struct cell){.type = type,
                          .number = type == SQLITE_INTEGER ? sqlite3_column_int64(row, 1 + i) : 0,
                          .real = type == SQLITE_FLOAT ? sqlite3_column_double(row, 1 + i) : 0};
    }
}

static void note_row(struct pack *pack)
{
    pack->n_rows++;
    for (int i = 0; i < pack->n; i++) {
        const struct cell *cell = &pack->cells[i];
        if (cell->type == SQLITE_INTEGER) {
            note_value(&pack->columns[i], cell->number);
        }
        pack->columns[i].n_null += cell->type == SQLITE_NULL;
        pack->columns[i].is_real |= cell->type == SQLITE_FLOAT;
    }
    part_twins(pack);
}

static int bits_of(uint64_t most)
{
    int n = 0;
    for (; most > 0; most >>= 1) {
        n++;
    }
    return n;
}

static void choose_bits(struct column *column)
{
    uint64_t range = distance(column->highest, column->lowest);
    uint64_t step = column->step > 0 ? column->step : 1;
    bool has_null = column->is_counted && column->n_null > 0;
    column->step = step;
    column->n_bits = bits_of(range / step + has_null);
    if (column->is_real || column->n_bits > MOST_BITS) {
        column->n_bits = AS_IT_IS;
    }
}

/* Rows in which the code of a column is not 0. */
static int64_t n_filled(const struct pack *pack, int i)
{
    const struct column *column = &pack->columns[i];
    return pack->n_rows - (column->n_null > 0 ? column->n_null : column->n_lowest);
}

/* Puts a column into the order: what is filled more often stands before what is less. */
static void insert_in_order(struct pack *pack, int i)
{
    int at = pack->n_packed++;
    for (; at > 0 && n_filled(pack, pack->order[at - 1]) < n_filled(pack, i); at--) {
        pack->order[at] = pack->order[at - 1];
    }
    pack->order[at] = i;
}

/* Each column goes to the first word with room: a word of seldom filled columns is mostly 0. */
static void choose_places(struct pack *pack)
{
    for (int i = 0; i < pack->n; i++) {
        struct column *column = &pack->columns[i];
        choose_bits(column);
        if (column->twin == i && column->n_bits > 0) {
            insert_in_order(pack, i);
        }
    }
    for (int i = 0; i < pack->n_packed; i++) {
        struct column *column = &pack->columns[pack->order[i]];
        while (pack->used[column->word] + column->n_bits > WORD_BITS) {
            column->word++;
        }
        column->shift = pack->used[column->word];
        pack->used[column->word] += column->n_bits;
        pack->n_words = column->word >= pack->n_words ? column->word + 1 : pack->n_words;
    }
}

static uint64_t code_of(const struct column *column, const struct cell *cell)
{
    return cell->type == SQLITE_NULL
               ? 0
               : distance(cell->number, column->lowest) / column->step + (column->n_null > 0);
}

static bool is_stored(const struct pack *pack, int i)
{
    return pack->columns[i].twin == i && pack->columns[i].n_bits == AS_IT_IS;
}

static void copy_row(struct pack *pack, sqlite3_stmt *from, sqlite3_stmt *to)
{
    int at = 1;
    read_cells(pack, from);
    memset(pack->words, 0, (size_t)pack->n_words * sizeof *pack->words);
    for (int i = 0; i < pack->n_packed; i++) {
        int at_column = pack->order[i];
        const struct column *column = &pack->columns[at_column];
        pack->words[column->word] |= code_of(column, &pack->cells[at_column]) << column->shift;
    }
    sqlite3_bind_value(to, at++, sqlite3_column_value(from, 0));
    for (int word = 0; word < pack->n_words; word++) {
        sqlite3_bind_int64(to, at++, (int64_t)pack->words[word]);
    }
    for (int i = 0; i < pack->n; i++) {
        if (is_stored(pack, i)) {
            sqlite3_bind_value(to, at++, sqlite3_column_value(from, 1 + i));
        }
    }
    ech_sql_done(pack->sql, to);
}

/* " AS (packed_2 >> 5 & 31)": how a column follows from what is stored. */
static void append_rule(sqlite3_str *text, const struct pack *pack, sqlite3_stmt *row, int i)
{
    const struct column *column = &pack->columns[i];
    bool has_null = column->n_null > 0;
    if (!column->is_counted && !column->is_real) {
        sqlite3_str_appendall(text, " AS (NULL)");
    } else if (column->n_bits == 0) {
        sqlite3_str_appendf(text, " AS (%lld)", (long long)column->lowest);
    } else if (column->twin != i) {
        sqlite3_str_appendf(text, " AS (\"%w\")", sqlite3_column_name(row, 1 + column->twin));
    } else if (column->n_bits != AS_IT_IS) {
        uint64_t mask = ((uint64_t)1 << column->n_bits) - 1;
        long long add = (long long)column->lowest - (has_null ? (long long)column->step : 0);
        sqlite3_str_appendf(text,
                            has_null ? " AS (nullif(packed_%d >> %d & %llu, 0)"
                                     : " AS ((packed_%d >> %d & %llu)",
                            column->word + 1, column->shift, (unsigned long long)mask);
        sqlite3_str_appendf(text, column->step > 1 ? " * %llu" : "",
                            (unsigned long long)column->step);
        sqlite3_str_appendf(text, add != 0 ? " + %lld)" : ")", add);
    }
}

static void create_packed(struct pack *pack, sqlite3_stmt *row)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text, "CREATE TABLE ");
    ech_part_append_name(text, pack->part);
    sqlite3_str_appendall(text, " (key INTEGER PRIMARY KEY");
    for (int word = 0; word < pack->n_words; word++) {
        sqlite3_str_appendf(text, ", packed_%d INTEGER", word + 1);
    }
    for (int i = 0; i < pack->n; i++) {
        sqlite3_str_appendf(text, ",\n \"%w\"", sqlite3_column_name(row, 1 + i));
        append_rule(text, pack, row, i);
    }
    ech_part_append_key_parts(text, pack->shape, pack->part);
    sqlite3_str_appendall(text, ")");
    ech_sql_run_str(pack->sql, text);
}

static sqlite3_stmt *prepare_insert(struct pack *pack)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text, "INSERT INTO ");
    ech_part_append_name(text, pack->part);
    sqlite3_str_appendall(text, " VALUES (?");
    for (int i = 0; i < pack->n; i++) {
        sqlite3_str_appendall(text, i < pack->n_words ? ",?" : "");
        sqlite3_str_appendall(text, is_stored(pack, i) ? ",?" : "");
    }
    sqlite3_str_appendall(text, ")");
    return ech_sql_prepare_str(pack->sql, text);
}

/* "before part after". */
static sqlite3_str *about_part(const struct pack *pack, const char *before, const char *after)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text, before);
    ech_part_append_name(text, pack->part);
    sqlite3_str_appendall(text, after);
    return text;
}

static void lay_out(struct pack *pack)
{
    sqlite3_stmt *from =
        ech_sql_prepare_str(pack->sql, about_part(pack, "SELECT * FROM old_", " ORDER BY key"));
    while (ech_sql_row(pack->sql, from)) {
        read_cells(pack, from);
        note_row(pack);
    }
    sqlite3_reset(from);
    choose_places(pack);
    create_packed(pack, from);
    sqlite3_stmt *to = prepare_insert(pack);
    while (ech_sql_row(pack->sql, from)) {
        copy_row(pack, from, to);
    }
    sqlite3_finalize(from);
    sqlite3_finalize(to);
}

static bool take_memory(struct pack *pack)
{
    size_t n = (size_t)pack->n + 1;
    pack->cells = calloc(n, sizeof *pack->cells);
    pack->columns = calloc(n, sizeof *pack->columns);
    pack->twins = calloc(n, sizeof *pack->twins);
    pack->order = calloc(n, sizeof *pack->order);
    pack->used = calloc(n, sizeof *pack->used);
    pack->words = calloc(n, sizeof *pack->words);
    return pack->cells && pack->columns && pack->twins && pack->order && pack->used && pack->words;
}

static void free_memory(struct pack *pack)
{
    free(pack->cells);
    free(pack->columns);
    free(pack->twins);
    free(pack->order);
    free(pack->used);
    free(pack->words);
}

static void pack_part(struct ech_sql *sql, const struct ech_shape *shape,
                      const struct ech_part *part)
{
    struct pack pack = {.sql = sql, .shape = shape, .part = part};
    pack.n = ech_part_width(shape, part) - 1;
    if (take_memory(&pack)) {
        sqlite3_str *rename = about_part(&pack, "ALTER TABLE ", " RENAME TO old_");
        ech_part_append_name(rename, part);
        ech_sql_run_str(sql, rename);
        lay_out(&pack);
        ech_sql_run_str(sql, about_part(&pack, "DROP TABLE old_", ""));
    } else {
        ech_sql_note(sql, SQLITE_NOMEM);
    }
    free_memory(&pack);
}

/* A transaction for each table, so that the next one finds the space that it gave back. */
void ech_pack(struct ech_sql *sql, const struct ech_shape *shape)
{
    for (int table = 0; table < ECH_N_TABLES && sql->rc == SQLITE_OK; table++) {
        ech_sql_run(sql, "BEGIN");
        ech_views_drop(sql);
        for (int number = 0; number < ech_table_n_parts(shape, (enum ech_table)table); number++) {
            struct ech_part part = ech_table_part(shape, (enum ech_table)table, number);
            pack_part(sql, shape, &part);
        }
        ech_views_create(sql, shape);
        ech_sql_run(sql, "COMMIT");
    }
}
