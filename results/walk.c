/* One item of a county or a type over all periods: a walk over the rows of each replication that
   computes this column alone. */
#include "results/reader.h"

/* What a walk of one replication has found. */
struct walk {
    int group;
    int n_groups;
    struct ech_reader_types types;
    int own;     /* latest period in which the group has a row of its own */
    int n_found; /* rows, one of its own counted as all that could make it up */
    int64_t *counts;
};

/* `at`: row counted from the first group of the first period. */
static void take(struct walk *walk, int64_t at, int64_t value)
{
    int period = (int)(at / walk->n_groups);
    int g = (int)(at % walk->n_groups);
    int weight = walk->types.n > 0 ? walk->types.n : 1;
    if (g == walk->group) {
        walk->own = period;
        walk->counts[period] = value;
        walk->n_found += weight;
    } else if (walk->own != period && g >= walk->types.first &&
               g < walk->types.first + walk->types.n) {
        walk->counts[period] += value;
        walk->n_found++;
    }
}

static bool walk_replication(const struct ech_results *results, sqlite3_stmt *row, int64_t first,
                             int n_periods, struct walk walk)
{
    int weight = walk.types.n > 0 ? walk.types.n : 1;
    sqlite3_bind_int64(row, 1, first);
    sqlite3_bind_int64(row, 2, first + (int64_t)n_periods * walk.n_groups - 1);
    while (ech_sql_row(&results->reader->sql, row)) {
        take(&walk, sqlite3_column_int64(row, 0) - first, sqlite3_column_int64(row, 1));
    }
    sqlite3_reset(row);
    return walk.n_found == n_periods * weight;
}

bool ech_reader_walks(const struct ech_results *results, const struct ech_reader_group *group,
                      int item)
{
    bool in_first_part = item < ech_table_part(&results->shape, group->table, 0).n;
    return in_first_part && !ech_reader_is_unit(results, group->s, group->group);
}

bool ech_reader_walk(const struct ech_results *results, const struct ech_reader_group *group,
                     int64_t *counts)
{
    const struct ech_shape *shape = &results->shape;
    struct ech_part part = ech_table_part(shape, group->table, 0);
    int n_periods = ech_reader_n_periods(results, group->table, group->s);
    struct walk walk = {.group = group->group,
                        .n_groups = shape->n_groups,
                        .own = ECH_NONE,
                        .types = ech_reader_types(results, group->s, group->group)};
    sqlite3_stmt *row = ech_sql_prepare_str(&results->reader->sql,
                                            ech_part_select_item(shape, &part, group->first));
    bool all = true;
    for (int r = 0; all && r < results->scenarios[group->s].n_replications_done; r++) {
        int replication = results->replications[group->s][r];
        int64_t first = group->table == ECH_TABLE_YEAR
                            ? ech_shape_year_key(shape, group->s, replication, 0, 0)
                            : ech_shape_month_each_key(shape, group->s, replication, 0, 0);
        walk.counts = counts + (size_t)r * (size_t)n_periods;
        all = walk_replication(results, row, first, n_periods, walk);
    }
    sqlite3_finalize(row);
    return all;
}
