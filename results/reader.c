/* Rows of the wide tables. Groups that were read are kept for a while, since callers ask for one
   measure after the other, of one scenario and then of another. */
#include "results/reader.h"

#include <stdlib.h>

/* Of counts and of sums each, groups up to this size are kept. */
static const size_t keep_bytes = (size_t)64 << 20;

void ech_results_read_together(const struct ech_results *results, bool together)
{
    results->reader->together = together;
}

bool ech_reader_is_unit(const struct ech_results *results, int s, int group)
{
    return results->scenarios[s].groups[group].kind == ECH_GROUP_UNIT;
}

enum ech_status ech_reader_fail_memory(struct ech_error *error)
{
    return ech_fail(error, ECH_ERR_MEMORY,
                    (struct ech_facts){.what = ECH_BOTH("reading the results", "读取结果")});
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
static bool recall(struct ech_reader_group **list, enum ech_table table, int s, int group, int item)
{
    for (struct ech_reader_group **at = list; *at; at = &(*at)->next) {
        struct ech_reader_group *found = *at;
        if (found->table == table && found->s == s && found->group == group &&
            item >= found->first && item < found->first + found->n_items) {
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
    forget(&reader->counts);
    forget(&reader->months);
}

/* A copy of `like` with n_bytes of memory, not yet in a list. */
static struct ech_reader_group *new_group(const struct ech_reader_group *like, size_t n_bytes)
{
    struct ech_reader_group *made = calloc(1, sizeof *made + n_bytes);
    if (made) {
        made->table = like->table;
        made->s = like->s;
        made->group = like->group;
        made->first = like->first;
        made->n_items = like->n_items;
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

/* The statement of a part, set to a key; to be reset. */
static sqlite3_stmt *row_of(const struct ech_results *results, const struct ech_part *part,
                            int64_t key)
{
    sqlite3_stmt *row = results->reader->select[part->table][part->number];
    sqlite3_bind_int64(row, 1, key);
    return row;
}

/* Whether the first part has the row: then it is stored, and what other parts lack of it is 0. */
static bool is_stored(const struct ech_results *results, enum ech_table table, int64_t key)
{
    struct ech_part first = ech_table_part(&results->shape, table, 0);
    sqlite3_stmt *row = row_of(results, &first, key);
    bool found = ech_sql_row(&results->reader->sql, row);
    sqlite3_reset(row);
    return found;
}

/* Adds a group's items of the row with this key to counts[n_items]; false if it is not stored. */
static bool add_row(const struct ech_results *results, const struct ech_reader_group *group,
                    int64_t key, int64_t *counts)
{
    struct ech_part part = ech_table_part_of(&results->shape, group->table, group->first);
    sqlite3_stmt *row = row_of(results, &part, key);
    bool found = ech_sql_row(&results->reader->sql, row);
    for (int i = 0; found && i < group->n_items; i++) {
        counts[i] += sqlite3_column_int64(row, 1 + group->first - part.first + i);
    }
    sqlite3_reset(row);
    return found || (part.number > 0 && is_stored(results, group->table, key));
}

int ech_reader_n_periods(const struct ech_results *results, enum ech_table table, int s)
{
    int n_months = results->scenarios[s].n_months;
    return table == ECH_TABLE_UNIT_YEAR ? 1
           : table == ECH_TABLE_YEAR    ? ech_n_years(n_months) + 1
                                        : n_months + 1;
}

static int64_t key_of(const struct ech_results *results, const struct ech_reader_group *group,
                      int replication, int period)
{
    const struct ech_shape *shape = &results->shape;
    switch (group->table) {
    case ECH_TABLE_YEAR:
        return ech_shape_year_key(shape, group->s, replication, period, group->group);
    case ECH_TABLE_UNIT_YEAR:
        return ech_shape_unit_year_key(shape, group->s, replication, group->group);
    default:
        return ech_shape_month_each_key(shape, group->s, replication, period, group->group);
    }
}

struct ech_reader_types ech_reader_types(const struct ech_results *results, int s, int group)
{
    const struct ech_result_scenario *scenario = &results->scenarios[s];
    struct ech_reader_types types = {0, 0};
    while (types.first < scenario->n_groups &&
           scenario->groups[types.first].kind == ECH_GROUP_COUNTY) {
        types.first++;
    }
    bool is_alone = group == 0 && types.first == 1;
    while (is_alone && types.first + types.n < scenario->n_groups &&
           scenario->groups[types.first + types.n].kind == ECH_GROUP_TYPE) {
        types.n++;
    }
    return types;
}

/* One period of one replication. */
static bool read_period(const struct ech_results *results, const struct ech_reader_group *group,
                        int replication, int period, int64_t *counts)
{
    struct ech_reader_types types = ech_reader_types(results, group->s, group->group);
    int64_t key = key_of(results, group, replication, period);
    if (add_row(results, group, key, counts)) {
        return true;
    }
    bool all = types.n > 0;
    for (int g = types.first; g < types.first + types.n; g++) {
        all &= add_row(results, group, key + g, counts);
    }
    return all;
}

static bool read_counts(const struct ech_results *results, const struct ech_reader_group *group,
                        int64_t *counts)
{
    int n_periods = ech_reader_n_periods(results, group->table, group->s);
    bool all = true;
    for (int r = 0; all && r < results->scenarios[group->s].n_replications_done; r++) {
        int replication = results->replications[group->s][r];
        for (int period = 0; all && period < n_periods; period++, counts += group->n_items) {
            all = read_period(results, group, replication, period, counts);
        }
    }
    return all;
}

/* The items that are read together with one: those of its part, or fewer where that is too much. */
static void choose_items(const struct ech_results *results, int item, size_t n_rows,
                         struct ech_reader_group *group)
{
    struct ech_part part = ech_table_part_of(&results->shape, group->table, item);
    size_t fit = keep_bytes / ((n_rows + 1) * sizeof(int64_t));
    int most = fit < 1 ? 1 : fit < (size_t)part.n ? (int)fit : part.n;
    group->first = part.first + (item - part.first) / most * most;
    int left = part.first + part.n - group->first;
    group->n_items = left < most ? left : most;
}

static enum ech_status load_counts(const struct ech_results *results, struct ech_reader_group like,
                                   int item, struct ech_error *error)
{
    size_t n_rows = (size_t)results->scenarios[like.s].n_replications_done *
                    (size_t)ech_reader_n_periods(results, like.table, like.s);
    bool walks = !results->reader->together && ech_reader_walks(results, &like, item);
    if (walks) {
        like.first = item;
        like.n_items = 1;
    } else {
        choose_items(results, item, n_rows, &like);
    }
    struct ech_reader_group *made =
        new_group(&like, n_rows * (size_t)like.n_items * sizeof(int64_t));
    if (!made) {
        return ech_reader_fail_memory(error);
    }
    int64_t *counts = (void *)made->memory;
    if (walks ? !ech_reader_walk(results, made, counts) : !read_counts(results, made, counts)) {
        free(made);
        return fail_missing(results, error);
    }
    made->counts = counts;
    remember(&results->reader->counts, made);
    return ECH_OK;
}

enum ech_status ech_reader_counts(const struct ech_results *results, enum ech_table table, int s,
                                  int group, int item, int64_t *counts, struct ech_error *error)
{
    struct ech_reader *reader = results->reader;
    if (!recall(&reader->counts, table, s, group, item)) {
        struct ech_reader_group like = {.table = table, .s = s, .group = group};
        enum ech_status status = load_counts(results, like, item, error);
        if (status != ECH_OK) {
            return status;
        }
    }
    const struct ech_reader_group *found = reader->counts;
    size_t n = (size_t)results->scenarios[s].n_replications_done *
               (size_t)ech_reader_n_periods(results, table, s);
    for (size_t i = 0; i < n; i++) {
        counts[i] = found->counts[i * (size_t)found->n_items + (size_t)(item - found->first)];
    }
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

/* Sums of one part of one month; what a part lacks but the first has is 0. */
static bool read_sums_part(const struct ech_results *results, const struct ech_part *part,
                           int64_t key, int n_counts, struct ech_reader_sum *sums)
{
    sqlite3_stmt *row = row_of(results, part, key);
    bool found = ech_sql_row(&results->reader->sql, row);
    int column = 1;
    for (int item = part->first; item < part->first + part->n; item++) {
        bool is_ratio = item >= n_counts;
        if (found) {
            read_sum(row, column, is_ratio, &sums[item]);
        } else {
            sums[item] = (struct ech_reader_sum){.undefined = is_ratio ? ECH_NONE : 0};
        }
        column += is_ratio ? 3 : 2;
    }
    sqlite3_reset(row);
    return found || part->number > 0;
}

static bool read_months(const struct ech_results *results, const struct ech_reader_group *group,
                        const struct ech_sum_columns *columns, struct ech_reader_sum *sums)
{
    int n_parts = ech_table_n_parts(&results->shape, group->table);
    bool all = true;
    for (int month = 0; all && month <= results->scenarios[group->s].n_months; month++) {
        int64_t key = ech_shape_month_key(&results->shape, group->s, month, group->group);
        for (int number = 0; all && number < n_parts; number++) {
            struct ech_part part = ech_table_part(&results->shape, group->table, number);
            all = read_sums_part(results, &part, key, columns->n_counts, sums);
        }
        sums += group->n_items;
    }
    return all;
}

enum ech_status ech_reader_load_months(const struct ech_results *results, int s, int group,
                                       struct ech_error *error)
{
    bool unit = ech_reader_is_unit(results, s, group);
    const struct ech_sum_columns *columns = unit ? &results->shape.unit : &results->shape.whole;
    struct ech_reader_group like = {.table = unit ? ECH_TABLE_UNIT_MONTH : ECH_TABLE_MONTH,
                                    .s = s,
                                    .group = group,
                                    .n_items = columns->n_counts + columns->n_ratios};
    if (recall(&results->reader->months, like.table, s, group, 0)) {
        return ECH_OK;
    }
    size_t n = ((size_t)results->scenarios[s].n_months + 1) * (size_t)like.n_items;
    struct ech_reader_group *months = new_group(&like, n * sizeof(struct ech_reader_sum));
    if (!months) {
        return ech_reader_fail_memory(error);
    }
    struct ech_reader_sum *sums = (void *)months->memory;
    if (!read_months(results, months, columns, sums)) {
        free(months);
        return fail_missing(results, error);
    }
    months->columns = columns;
    months->sums = sums;
    remember(&results->reader->months, months);
    return ECH_OK;
}
