/* A run has many counts, most switches are off and most numbers are small: what a column needs is
   known only at its end. Columns that SQLite generates from others keep the names. */
#include "results/pack.h"

#include <stdlib.h>
#include <string.h>

#include "results/columns.h"
#include "results/views.h"

enum { WORD_BITS = 63 }; /* of a stored whole number, which has a sign */

/* Where the code of a column stands. */
struct place {
    int word, shift;
};

/* A part while it is laid out anew. Owns its arrays. */
struct pack {
    struct ech_sql *sql;
    const struct ech_shape *shape;
    const struct ech_part *part;
    struct ech_columns columns;
    struct place *places; /* [columns.n] of coded columns */
    int *order;           /* [columns.n] coded columns, those first that are seldom code 0 */
    int n_coded;
    int *used;       /* [columns.n] bits of each word that are taken */
    uint64_t *words; /* [columns.n] of one row */
    int n_words;
};

/* Puts a column into the order: what is filled more often stands before what is less. */
static void insert_in_order(struct pack *pack, int i)
{
    int at = pack->n_coded++;
    int64_t n = ech_columns_n_filled(&pack->columns, i);
    for (; at > 0 && ech_columns_n_filled(&pack->columns, pack->order[at - 1]) < n; at--) {
        pack->order[at] = pack->order[at - 1];
    }
    pack->order[at] = i;
}

/* Each column goes to the first word with room: a word of seldom filled columns is mostly 0. */
static void choose_places(struct pack *pack)
{
    for (int i = 0; i < pack->columns.n; i++) {
        if (pack->columns.columns[i].kind == ECH_COLUMN_CODED) {
            insert_in_order(pack, i);
        }
    }
    for (int i = 0; i < pack->n_coded; i++) {
        int n_bits = pack->columns.columns[pack->order[i]].n_bits;
        struct place *place = &pack->places[pack->order[i]];
        while (pack->used[place->word] + n_bits > WORD_BITS) {
            place->word++;
        }
        place->shift = pack->used[place->word];
        pack->used[place->word] += n_bits;
        pack->n_words = place->word >= pack->n_words ? place->word + 1 : pack->n_words;
    }
}

static bool is_stored(const struct pack *pack, int i)
{
    return pack->columns.columns[i].kind == ECH_COLUMN_AS_IT_IS;
}

static void copy_row(struct pack *pack, sqlite3_stmt *from, sqlite3_stmt *to)
{
    int at = 1;
    ech_columns_read(&pack->columns, from);
    memset(pack->words, 0, (size_t)pack->n_words * sizeof *pack->words);
    for (int i = 0; i < pack->n_coded; i++) {
        int column = pack->order[i];
        const struct place *place = &pack->places[column];
        pack->words[place->word] |=
            ech_column_code(&pack->columns.columns[column], &pack->columns.cells[column])
            << place->shift;
    }
    sqlite3_bind_value(to, at++, sqlite3_column_value(from, 0));
    for (int word = 0; word < pack->n_words; word++) {
        sqlite3_bind_int64(to, at++, (int64_t)pack->words[word]);
    }
    for (int i = 0; i < pack->columns.n; i++) {
        if (is_stored(pack, i)) {
            sqlite3_bind_value(to, at++, sqlite3_column_value(from, 1 + i));
        }
    }
    ech_sql_done(pack->sql, to);
}

/* " AS ("a" + "b")", without those that are always 0. */
static void append_total(sqlite3_str *text, const struct pack *pack, sqlite3_stmt *row,
                         const struct ech_total *total)
{
    const char *before = " AS (";
    for (int i = 0; i < total->n; i++) {
        int addend = total->first + i * total->stride;
        const struct ech_column *column = &pack->columns.columns[addend];
        if (column->kind != ECH_COLUMN_CONSTANT || column->lowest != 0) {
            sqlite3_str_appendf(text, "%s\"%w\"", before, sqlite3_column_name(row, 1 + addend));
            before = " + ";
        }
    }
    sqlite3_str_appendall(text, ")");
}

/* " AS ((packed_2 >> 5 & 31) + 98)". */
static void append_code(sqlite3_str *text, const struct ech_column *column,
                        const struct place *place)
{
    bool has_null = column->n_null > 0;
    uint64_t mask = ((uint64_t)1 << column->n_bits) - 1;
    long long add = (long long)column->lowest - (has_null ? (long long)column->step : 0);
    sqlite3_str_appendf(
        text, has_null ? " AS (nullif(packed_%d >> %d & %llu, 0)" : " AS ((packed_%d >> %d & %llu)",
        place->word + 1, place->shift, (unsigned long long)mask);
    sqlite3_str_appendf(text, column->step > 1 ? " * %llu" : "", (unsigned long long)column->step);
    sqlite3_str_appendf(text, add != 0 ? " + %lld)" : ")", add);
}

/* How a column follows from what is stored. */
static void append_rule(sqlite3_str *text, const struct pack *pack, sqlite3_stmt *row, int i)
{
    const struct ech_column *column = &pack->columns.columns[i];
    switch (column->kind) {
    case ECH_COLUMN_CONSTANT:
        sqlite3_str_appendf(text, column->is_counted ? " AS (%lld)" : " AS (NULL)",
                            (long long)column->lowest);
        break;
    case ECH_COLUMN_TWIN:
        sqlite3_str_appendf(text, " AS (\"%w\")", sqlite3_column_name(row, 1 + column->twin));
        break;
    case ECH_COLUMN_TOTAL:
        append_total(text, pack, row, &pack->columns.totals[column->total]);
        break;
    case ECH_COLUMN_CODED:
        append_code(text, column, &pack->places[i]);
        break;
    case ECH_COLUMN_AS_IT_IS:
        break;
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
    for (int i = 0; i < pack->columns.n; i++) {
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
    for (int i = 0; i < pack->columns.n; i++) {
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
        ech_columns_read(&pack->columns, from);
        ech_columns_note(&pack->columns);
    }
    sqlite3_reset(from);
    ech_columns_settle(&pack->columns);
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
    bool has_columns = ech_columns_create(&pack->columns, pack->shape, pack->part);
    size_t n = (size_t)pack->columns.n + 1;
    pack->places = calloc(n, sizeof *pack->places);
    pack->order = calloc(n, sizeof *pack->order);
    pack->used = calloc(n, sizeof *pack->used);
    pack->words = calloc(n, sizeof *pack->words);
    return has_columns && pack->places && pack->order && pack->used && pack->words;
}

static void free_memory(struct pack *pack)
{
    ech_columns_free(&pack->columns);
    free(pack->places);
    free(pack->order);
    free(pack->used);
    free(pack->words);
}

static void pack_part(struct ech_sql *sql, const struct ech_shape *shape,
                      const struct ech_part *part)
{
    struct pack pack = {.sql = sql, .shape = shape, .part = part};
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
