/* Rows of the wide tables. Groups that were read are kept for a while, since callers ask for one
   measure after the other, of one scenario and then of another. */
#include "results/reader.h"

#include <stdlib.h>

/* Of years and of months each, groups up to this size are kept. */
static const size_t keep_bytes = (size_t)64 << 20;

bool ech_reader_is_unit(const struct ech_results *results, int s, int group)
{
    return results->scenarios[s].groups[group].kind == ECH_GROUP_UNIT;
}

enum ech_status ech_reader_fail_memory(struct ech_error *error)
{
    return ech_fail(error, ECH_ERR_MEMORY, (struct ech_facts){.what = "reading the results"});
}

/* A row that must be there is not: the file is damaged. */
static enum ech_status fail_missing(const struct ech_results *results, struct ech_error *error)
{
    ech_sql_note(&results->reader->sql, SQLITE_CORRUPT);
    return ech_sql_status(&results->reader->sql, error);
}

/* Frees what has not been asked for the longest; the first always stays. */
static void trim(struct ech_reader_group *group)
{
    size_t n_bytes = group->n_bytes;
    while (group->next && n_bytes + group->next->n_bytes <= keep_bytes) {
        group = group->next;
        n_bytes += group->n_bytes;
    }
    while (group->next) {
        struct ech_reader_group *old = group->next;
        group->next = old->next;
        free(old);
    }
}

/* Brings a group to the front of a list; false if it is not in it. */
static bool recall(struct ech_reader_group **list, int s, int group)
{
    for (struct ech_reader_group **at = list; *at; at = &(*at)->next) {
        struct ech_reader_group *found = *at;
        if (found->s == s && found->group == group) {
            *at = found->next;
            found->next = *list;
            *list = found;
            return true;
        }
    }
    return false;
}

static void forget(struct ech_reader_group **list)
{
    while (*list) {
        struct ech_reader_group *next = (*list)->next;
        free(*list);
        *list = next;
    }
}

void ech_reader_forget(struct ech_reader *reader)
{
    forget(&reader->years);
    forget(&reader->months);
}

static struct ech_reader_group *new_group(int s, int group, size_t n_bytes)
{
    struct ech_reader_group *made = calloc(1, sizeof *made + n_bytes);
    if (made) {
        made->s = s;
        made->group = group;
        made->n_bytes = n_bytes;
    }
    return made;
}

static void remember(struct ech_reader_group **list, struct ech_reader_group *group)
{
    group->next = *list;
    *list = group;
    trim(group);
}

/* Adds the values of the row with this key to sums[n]; false if there is none. */
static bool add_row(const struct ech_results *results, enum ech_table table, int64_t key,
                    int64_t *sums, int n)
{
    sqlite3_stmt *row = results->reader->select[table];
    sqlite3_bind_int64(row, 1, key);
    bool found = ech_sql_row(&results->reader->sql, row);
    for (int i = 0; found && i < n; i++) {
        sums[i] += sqlite3_column_int64(row, 1 + i);
    }
    sqlite3_reset(row);
    return found;
}

/* One replication's years of a county or type. A county that is not stored is the types' sum. */
static bool read_whole(const struct ech_results *results, int s, int replication, int group,
                       int64_t *counts)
{
    const struct ech_result_scenario *scenario = &results->scenarios[s];
    const struct ech_shape *shape = &results->shape;
    int n = shape->layout.n;
    bool all = true;
    for (int year = 0; year <= ech_n_years(scenario->n_months); year++, counts += n) {
        int64_t key = ech_shape_year_key(shape, s, replication, year, group);
        if (add_row(results, ECH_TABLE_YEAR, key, counts, n)) {
            continue;
        }
        bool is_sum = scenario->groups[group].kind == ECH_GROUP_COUNTY && group == 0;
        for (int g = 1; is_sum && g < scenario->n_groups && !ech_reader_is_unit(results, s, g);
             g++) {
            all &= add_row(results, ECH_TABLE_YEAR, key + g, counts, n);
        }
        all &= is_sum;
    }
    return all;
}

static bool read_replications(const struct ech_results *results, int s, int group, int64_t *counts)
{
    int n_years = ech_n_years(results->scenarios[s].n_months) + 1;
    const struct ech_layout *layout = &results->shape.layout;
    bool unit = ech_reader_is_unit(results, s, group);
    size_t n = (size_t)n_years * (size_t)(unit ? layout->n_unit_year : layout->n);
    bool all = true;
    for (int r = 0; all && r < results->scenarios[s].n_replications_done; r++, counts += n) {
        int replication = results->replications[s][r];
        if (unit) {
            int64_t key = ech_shape_unit_year_key(&results->shape, s, replication, group);
            all = add_row(results, ECH_TABLE_UNIT_YEAR, key, counts, (int)n);
        } else {
            all = read_whole(results, s, replication, group, counts);
        }
    }
    return all;
}

enum ech_status ech_reader_load_years(const struct ech_results *results, int s, int group,
                                      struct ech_error *error)
{
    if (recall(&results->reader->years, s, group)) {
        return ECH_OK;
    }
    const struct ech_result_scenario *scenario = &results->scenarios[s];
    const struct ech_layout *layout = &results->shape.layout;
    int n_slots = ech_reader_is_unit(results, s, group) ? layout->n_unit_year : layout->n;
    size_t n_rows =
        (size_t)scenario->n_replications_done * ((size_t)ech_n_years(scenario->n_months) + 1);
    struct ech_reader_group *years =
        new_group(s, group, n_rows * (size_t)n_slots * sizeof(int64_t));
    if (!years) {
        return ech_reader_fail_memory(error);
    }
    int64_t *counts = (void *)years->memory;
    if (!read_replications(results, s, group, counts)) {
        free(years);
        return fail_missing(results, error);
    }
    years->n_slots = n_slots;
    years->counts = counts;
    remember(&results->reader->years, years);
    return ECH_OK;
}

static void read_sum(sqlite3_stmt *row, int column, bool is_ratio, struct ech_reader_sum *sum)
{
    sum->sum = sqlite3_column_int64(row, column);
    sum->spread = sqlite3_column_double(row, column + 1);
    sum->undefined = 0;
    if (is_ratio) {
        bool follows = sqlite3_column_type(row, column + 2) == SQLITE_NULL;
        sum->undefined = follows ? ECH_NONE : sqlite3_column_int(row, column + 2);
    }
}

static bool read_months(const struct ech_results *results, int s, int group, enum ech_table table,
                        const struct ech_sum_columns *columns, struct ech_reader_sum *sum)
{
    sqlite3_stmt *row = results->reader->select[table];
    for (int month = 0; month <= results->scenarios[s].n_months; month++) {
        sqlite3_bind_int64(row, 1, ech_shape_month_key(&results->shape, s, month, group));
        bool found = ech_sql_row(&results->reader->sql, row);
        for (int i = 0; found && i < columns->n_counts; i++) {
            read_sum(row, 1 + 2 * i, false, sum++);
        }
        for (int r = 0; found && r < columns->n_ratios; r++) {
            read_sum(row, 1 + 2 * columns->n_counts + 3 * r, true, sum++);
        }
        sqlite3_reset(row);
        if (!found) {
            return false;
        }
    }
    return true;
}

enum ech_status ech_reader_load_months(const struct ech_results *results, int s, int group,
                                       struct ech_error *error)
{
    if (recall(&results->reader->months, s, group)) {
        return ECH_OK;
    }
    bool unit = ech_reader_is_unit(results, s, group);
    const struct ech_sum_columns *columns = unit ? &results->shape.unit : &results->shape.whole;
    size_t n = ((size_t)results->scenarios[s].n_months + 1) *
               (size_t)(columns->n_counts + columns->n_ratios);
    struct ech_reader_group *months = new_group(s, group, n * sizeof(struct ech_reader_sum));
    if (!months) {
        return ech_reader_fail_memory(error);
    }
    struct ech_reader_sum *sums = (void *)months->memory;
    if (!read_months(results, s, group, unit ? ECH_TABLE_UNIT_MONTH : ECH_TABLE_MONTH, columns,
                     sums)) {
        free(months);
        return fail_missing(results, error);
    }
    months->columns = columns;
    months->sums = sums;
    remember(&results->reader->months, months);
    return ECH_OK;
}
