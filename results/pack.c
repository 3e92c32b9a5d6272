/* A run has many counts, and most switches are off: a good part of the counts is 0 nearly always.
   Which ones is known only at its end. */
#include "results/pack.h"

#include <stdlib.h>

#include "results/views.h"

/* A slot is rare if fewer than one row in this many holds something else than 0. */
enum { RARE = 8 };

/* How often each slot is other than 0. */
struct tally {
    int n_slots;
    int64_t n_rows;
    int64_t *n_filled; /* [n_slots] */
};

static void append_name(sqlite3_str *text, const struct ech_shape *shape, const char *format,
                        int slot)
{
    char name[ECH_MAX_NAME];
    ech_measure_at(slot, &shape->layout, shape->levels, name, sizeof name);
    sqlite3_str_appendf(text, format, name);
}

static void count_part(struct ech_sql *sql, const struct ech_shape *shape,
                       const struct ech_part *part, struct tally *tally)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text, "SELECT count(*)");
    for (int item = part->first; item < part->first + part->n; item++) {
        append_name(text, shape, ", sum(\"%w\" <> 0)", item);
    }
    sqlite3_str_appendall(text, " FROM ");
    ech_part_append_name(text, part);
    sqlite3_stmt *row = ech_sql_prepare_str(sql, text);
    if (ech_sql_row(sql, row)) {
        tally->n_rows = part->number == 0 ? sqlite3_column_int64(row, 0) : tally->n_rows;
        for (int i = 0; i < part->n; i++) {
            tally->n_filled[part->first + i] = sqlite3_column_int64(row, 1 + i);
        }
    }
    sqlite3_finalize(row);
}

enum activity { BUSY, SELDOM, IDLE, N_ACTIVITIES };

static enum activity activity_of(const struct tally *tally, int slot)
{
    return tally->n_filled[slot] == 0                     ? IDLE
           : tally->n_filled[slot] * RARE < tally->n_rows ? SELDOM
                                                          : BUSY;
}

/* Each sort in the order of the slots. */
static void arrange(const struct tally *tally, struct ech_shape *shape, int *order)
{
    int n[N_ACTIVITIES] = {0}, at = 0;
    for (int activity = BUSY; activity < N_ACTIVITIES; activity++) {
        for (int slot = 0; slot < tally->n_slots; slot++) {
            if (activity_of(tally, slot) == (enum activity)activity) {
                n[activity]++;
                order[tally->n_slots + slot] = at;
                order[at++] = slot;
            }
        }
    }
    shape->n_busy = n[BUSY];
    shape->n_rare = n[SELDOM];
    shape->order = order;
    shape->place = order + tally->n_slots;
}

/* " FROM year_counts_old LEFT JOIN year_counts_2_old USING (key)": where the slots were. */
static void append_old(sqlite3_str *text, const struct ech_shape *old)
{
    for (int number = 0; number < ech_table_n_parts(old, ECH_TABLE_YEAR); number++) {
        struct ech_part part = ech_table_part(old, ECH_TABLE_YEAR, number);
        sqlite3_str_appendall(text, number > 0 ? " LEFT JOIN " : " FROM ");
        ech_part_append_name(text, &part);
        sqlite3_str_appendall(text, number > 0 ? "_old USING (key)" : "_old");
    }
}

static void fill_part(struct ech_sql *sql, const struct ech_shape *old,
                      const struct ech_shape *shape, const struct ech_part *part)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_str_appendall(text, "INSERT INTO ");
    ech_part_append_name(text, part);
    sqlite3_str_appendall(text, part->number == 0 ? " SELECT key, months" : " SELECT key");
    for (int item = part->first; item < part->first + part->n; item++) {
        append_name(text, shape, ", coalesce(\"%w\", 0)", shape->order[item]);
    }
    append_old(text, old);
    for (int item = part->first; part->number > 0 && item < part->first + part->n; item++) {
        append_name(text, shape, item == part->first ? " WHERE \"%w\" <> 0" : " OR \"%w\" <> 0",
                    shape->order[item]);
    }
    sqlite3_str_appendall(text, " ORDER BY key");
    ech_sql_run_str(sql, text);
}

/* Runs "before part after" for each part as it was. */
static void change_old(struct ech_sql *sql, const struct ech_shape *old, const char *before,
                       const char *between, const char *after)
{
    for (int number = 0; number < ech_table_n_parts(old, ECH_TABLE_YEAR); number++) {
        struct ech_part part = ech_table_part(old, ECH_TABLE_YEAR, number);
        sqlite3_str *text = sqlite3_str_new(NULL);
        sqlite3_str_appendall(text, before);
        ech_part_append_name(text, &part);
        sqlite3_str_appendall(text, between);
        if (after) {
            ech_part_append_name(text, &part);
            sqlite3_str_appendall(text, after);
        }
        ech_sql_run_str(sql, text);
    }
}

static void write_places(struct ech_sql *sql, const struct ech_shape *shape)
{
    sqlite3_str *text = sqlite3_str_new(NULL);
    sqlite3_stmt *row = ech_sql_prepare(sql, "UPDATE measure SET place = ? WHERE measure_row = ?");
    for (int slot = 0; slot < shape->layout.n && sql->rc == SQLITE_OK; slot++) {
        sqlite3_bind_int(row, 1, shape->place[slot]);
        sqlite3_bind_int(row, 2, slot);
        ech_sql_done(sql, row);
    }
    sqlite3_finalize(row);
    sqlite3_str_appendf(text,
                        "UPDATE manifest SET value = %d WHERE name = 'busy';"
                        "UPDATE manifest SET value = %d WHERE name = 'rare'",
                        shape->n_busy, shape->n_rare);
    ech_sql_run_str(sql, text);
}

static void lay_out(struct ech_sql *sql, const struct ech_shape *old, const struct ech_shape *shape)
{
    ech_sql_run(sql, "BEGIN");
    ech_views_drop(sql);
    change_old(sql, old, "ALTER TABLE ", " RENAME TO ", "_old");
    ech_schema_create_table(sql, shape, ECH_TABLE_YEAR);
    for (int number = 0; number < ech_table_n_parts(shape, ECH_TABLE_YEAR); number++) {
        struct ech_part part = ech_table_part(shape, ECH_TABLE_YEAR, number);
        fill_part(sql, old, shape, &part);
    }
    change_old(sql, old, "DROP TABLE ", "_old", NULL);
    write_places(sql, shape);
    ech_views_create(sql, shape);
    ech_sql_run(sql, "COMMIT");
}

void ech_pack_years(struct ech_sql *sql, struct ech_shape *shape, int *order)
{
    struct tally tally = {.n_slots = shape->layout.n};
    struct ech_shape old = *shape;
    tally.n_filled = calloc((size_t)tally.n_slots + 1, sizeof *tally.n_filled);
    if (!tally.n_filled) {
        ech_sql_note(sql, SQLITE_NOMEM);
        return;
    }
    for (int number = 0; number < ech_table_n_parts(shape, ECH_TABLE_YEAR); number++) {
        struct ech_part part = ech_table_part(shape, ECH_TABLE_YEAR, number);
        count_part(sql, shape, &part, &tally);
    }
    arrange(&tally, shape, order);
    free(tally.n_filled);
    lay_out(sql, &old, shape);
}
