/* Values of each replication from counts of years and months. */
#include <stdlib.h>
#include <string.h>

#include "results/reader.h"

enum ech_status ech_reader_fail_not_kept(const char *measure, bool counted, enum ech_keep detail,
                                         struct ech_error *error)
{
    static const char *const periods[ECH_N_KEEPS][2] = {
        {"by year", "（逐年）"},
        {"by replication and month", "（每次重复逐月）"},
        {"by replication, unit and year", "（每次重复分单位逐年）"},
        {"by replication, unit and month", "（每次重复分单位逐月）"}};
    char what[600], hint[256];
    snprintf(what, sizeof what, ECH_BOTH("%s %s", "%s%s"), measure,
             counted ? periods[detail][0] : "by unit", measure,
             counted ? periods[detail][1] : "（分单位）");
    snprintf(hint, sizeof hint,
             ECH_BOTH("a new run with --keep %s keeps it", "重新运行并加上 --keep %s 即可保存"),
             ech_keep_names[detail], ech_keep_names[detail]);
    return ech_fail(error, ECH_ERR_NOT_KEPT,
                    (struct ech_facts){.what = what,
                                       .hint = counted ? hint
                                                       : ECH_BOTH("it is counted by county and "
                                                                  "type only",
                                                                  "该指标只按全县和类型统计")});
}

enum ech_status ech_reader_find_measure(const struct ech_results *results, const char *name,
                                        struct ech_measure *measure, struct ech_error *error)
{
    if (ech_measure_find(name, &results->shape.layout, results->levels, measure)) {
        return ECH_OK;
    }
    return ech_fail(error, ECH_ERR_UNKNOWN_NAME,
                    (struct ech_facts){.what = ECH_BOTH("measure", "指标"),
                                       .value = name,
                                       .hint = ECH_BOTH("`echelon measures` lists them",
                                                        "参见 `echelon measures`")});
}

bool ech_reader_is_counted(const struct ech_results *results, int s, int group,
                           const struct ech_measure *measure)
{
    int n = ech_reader_is_unit(results, s, group) ? results->shape.layout.n_unit
                                                  : results->shape.layout.n;
    return measure->slot < n && measure->denominator < n;
}

/* True if all n replications have the same count of this slot in each month; months are loaded. */
static bool is_constant(const struct ech_reader_group *months, int slot, int n_months, int n)
{
    int n_columns = months->columns->n_counts + months->columns->n_ratios;
    for (int month = 0; month <= n_months; month++) {
        const struct ech_reader_sum *sum = &months->sums[month * n_columns + slot];
        if (sum->spread != 0 || sum->sum % n != 0) {
            return false;
        }
    }
    return true;
}

/* The count of a year, the same in all n replications. */
static int64_t constant_year(const struct ech_results *results, int slot, int year, int n_months,
                             int n)
{
    const struct ech_reader_group *months = results->reader->months;
    int n_columns = months->columns->n_counts + months->columns->n_ratios;
    int index = 0;
    int row = ech_layout_row(&results->shape.layout, slot, &index);
    int last = year == 0 ? 0 : 12 * (year - 1) + ech_year_length(n_months, year);
    int first = ech_count_rows[row].kind == ECH_KIND_END
                    ? last
                    : last - ech_year_length(n_months, year) + 1;
    int64_t count = 0;
    for (int month = first; month <= last; month++) {
        count += months->sums[month * n_columns + slot].sum / n;
    }
    return count;
}

/* Where the years of a group stand. */
struct years {
    enum ech_table table;
    int n_slots; /* the first of the layout */
};

static struct years years_of(const struct ech_results *results, int s, int group)
{
    const struct ech_shape *shape = &results->shape;
    return ech_reader_is_unit(results, s, group)
               ? (struct years){ECH_TABLE_UNIT_YEAR, shape->n_unit_year}
               : (struct years){ECH_TABLE_YEAR, shape->layout.n};
}

/* Whether the years of one slot of a unit are known, from its rows or because they never differ. */
static enum ech_status knows_slot(const struct ech_results *results, int s, int group, int slot,
                                  bool *known, struct ech_error *error)
{
    const struct ech_layout *layout = &results->shape.layout;
    const struct ech_result_scenario *scenario = &results->scenarios[s];
    *known = slot < years_of(results, s, group).n_slots;
    if (*known || slot >= layout->n_unit || results->n_summed[s] == 0) {
        return ECH_OK;
    }
    enum ech_status status = ech_reader_load_months(results, s, group, error);
    if (status == ECH_OK) {
        *known =
            is_constant(results->reader->months, slot, scenario->n_months, results->n_summed[s]);
    }
    return status;
}

/* The same years in all replications, because the months never differ; months are loaded. */
static void fill_constant(const struct ech_results *results, int s, int slot, int64_t *counts)
{
    const struct ech_result_scenario *scenario = &results->scenarios[s];
    int n_years = ech_n_years(scenario->n_months) + 1;
    for (int i = 0; i < scenario->n_replications_done * n_years; i++) {
        counts[i] = i < n_years
                        ? constant_year(results, slot, i, scenario->n_months, results->n_summed[s])
                        : counts[i - n_years];
    }
}

/* Years of a unit stand in a row as items of their own. */
static enum ech_status read_unit_years(const struct ech_results *results, int s, int group,
                                       int slot, int64_t *counts, struct ech_error *error)
{
    const struct ech_result_scenario *scenario = &results->scenarios[s];
    int n = scenario->n_replications_done;
    int n_years = ech_n_years(scenario->n_months) + 1;
    int64_t *column = calloc((size_t)n + 1, sizeof *column);
    enum ech_status status = column ? ECH_OK : ech_reader_fail_memory(error);
    for (int year = 0; status == ECH_OK && year < n_years; year++) {
        status = ech_reader_counts(results, ECH_TABLE_UNIT_YEAR, s, group,
                                   slot * results->shape.n_years + year, column, error);
        for (int r = 0; status == ECH_OK && r < n; r++) {
            counts[r * n_years + year] = column[r];
        }
    }
    free(column);
    return status;
}

/* counts[r * (n_years + 1) + year] of one slot that is known. */
static enum ech_status read_slot_years(const struct ech_results *results, int s, int group,
                                       int slot, int64_t *counts, struct ech_error *error)
{
    struct years years = years_of(results, s, group);
    if (slot >= years.n_slots) {
        enum ech_status status = ech_reader_load_months(results, s, group, error);
        if (status == ECH_OK) {
            fill_constant(results, s, slot, counts);
        }
        return status;
    }
    return years.table == ECH_TABLE_UNIT_YEAR
               ? read_unit_years(results, s, group, slot, counts, error)
               : ech_reader_counts(results, years.table, s, group, slot, counts, error);
}

static enum ech_status check_known(const struct ech_results *results, int s, int group,
                                   const struct ech_measure *measure, bool *known,
                                   struct ech_error *error)
{
    enum ech_status status = knows_slot(results, s, group, measure->slot, known, error);
    if (status == ECH_OK && *known && measure->is_ratio) {
        status = knows_slot(results, s, group, measure->denominator, known, error);
    }
    return status;
}

/* Counts of numerator and denominator [2][n], one value for each replication and period. */
struct counts {
    int64_t *counts;
    double *values; /* [n], what they make up */
    size_t n;
};

static enum ech_status new_counts(const struct ech_results *results, int s, int n_periods,
                                  struct counts *counts, struct ech_error *error)
{
    counts->n = (size_t)results->scenarios[s].n_replications_done * (size_t)n_periods;
    counts->counts = calloc(2 * counts->n + 1, sizeof *counts->counts);
    counts->values = calloc(counts->n + 1, sizeof *counts->values);
    if (counts->counts && counts->values) {
        return ECH_OK;
    }
    free(counts->counts);
    free(counts->values);
    *counts = (struct counts){0};
    return ech_reader_fail_memory(error);
}

/* Values of a measure; n_months is 1 where each period is a month, else `yearly` lengths. */
static void fill_values(const struct ech_measure *measure, const struct counts *counts,
                        int n_months, bool yearly)
{
    struct ech_measure pair = *measure; /* the same measure over two slots only */
    int n_years = ech_n_years(n_months) + 1;
    pair.slot = 0;
    pair.denominator = measure->is_ratio ? 1 : ECH_NONE;
    for (size_t i = 0; i < counts->n; i++) {
        int64_t slots[2] = {counts->counts[i], counts->counts[counts->n + i]};
        int length = yearly ? ech_year_length(n_months, (int)(i % (size_t)n_years)) : 1;
        counts->values[i] = ech_measure_value(&pair, slots, slots, length);
    }
}

/* Gives the values to the caller, or frees them. */
static enum ech_status hand_over(enum ech_status status, struct counts *counts, double **values)
{
    free(counts->counts);
    if (status == ECH_OK) {
        *values = counts->values;
    } else {
        free(counts->values);
    }
    return status;
}

static enum ech_status read_years(const struct ech_results *results, int s, int group,
                                  const struct ech_measure *measure, double **values,
                                  struct ech_error *error)
{
    int n_months = results->scenarios[s].n_months;
    struct counts counts = {0};
    enum ech_status status = new_counts(results, s, ech_n_years(n_months) + 1, &counts, error);
    if (status == ECH_OK) {
        status = read_slot_years(results, s, group, measure->slot, counts.counts, error);
    }
    if (status == ECH_OK && measure->is_ratio) {
        status = read_slot_years(results, s, group, measure->denominator, counts.counts + counts.n,
                                 error);
    }
    if (status == ECH_OK) {
        fill_values(measure, &counts, n_months, true);
    }
    return hand_over(status, &counts, values);
}

/* Years of a unit that no row holds. Without the sums, nobody can tell yet whether they never differ. */
static enum ech_status fail_unknown(const struct ech_results *results, int s, int group,
                                    const char *measure, const struct ech_measure *found,
                                    struct ech_error *error)
{
    bool counted = ech_reader_is_counted(results, s, group, found);
    if (counted && results->n_summed[s] == 0) {
        return ech_fail(error, ECH_ERR_UNFINISHED, (struct ech_facts){.what = measure});
    }
    return ech_reader_fail_not_kept(measure, counted, ECH_KEEP_UNIT_YEAR, error);
}

enum ech_status ech_results_yearly(const struct ech_results *results, int s, int group,
                                   const char *measure, double **values, int *n_replications,
                                   int *n_years, struct ech_error *error)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(results, s);
    struct ech_measure found;
    bool known = false;
    *values = NULL;
    *n_replications = scenario->n_replications_done;
    *n_years = ech_n_years(scenario->n_months);
    enum ech_status status = ech_reader_find_measure(results, measure, &found, error);
    if (status == ECH_OK) {
        status = check_known(results, s, group, &found, &known, error);
    }
    if (status == ECH_OK && !known) {
        status = fail_unknown(results, s, group, measure, &found, error);
    }
    return status == ECH_OK ? read_years(results, s, group, &found, values, error) : status;
}

/* The table of the months of each replication of a group. */
static enum ech_table months_of(const struct ech_results *results, int s, int group)
{
    return ech_reader_is_unit(results, s, group) ? ECH_TABLE_UNIT_MONTH_EACH : ECH_TABLE_MONTH_EACH;
}

static bool has_each_month(const struct ech_results *results, int s, int group,
                           const struct ech_measure *measure)
{
    int n = ech_table_n_items(&results->shape, months_of(results, s, group));
    return measure->slot < n && measure->denominator < n;
}

static enum ech_status read_each_month(const struct ech_results *results, int s, int group,
                                       const struct ech_measure *measure, double **values,
                                       struct ech_error *error)
{
    enum ech_table table = months_of(results, s, group);
    struct counts counts = {0};
    enum ech_status status =
        new_counts(results, s, ech_reader_n_periods(results, table, s), &counts, error);
    if (status == ECH_OK) {
        status = ech_reader_counts(results, table, s, group, measure->slot, counts.counts, error);
    }
    if (status == ECH_OK && measure->is_ratio) {
        status = ech_reader_counts(results, table, s, group, measure->denominator,
                                   counts.counts + counts.n, error);
    }
    if (status == ECH_OK) {
        fill_values(measure, &counts, 1, false);
    }
    return hand_over(status, &counts, values);
}

enum ech_status ech_results_each_month(const struct ech_results *results, int s, int group,
                                       const char *measure, double **values, int *n_replications,
                                       struct ech_error *error)
{
    struct ech_measure found;
    *values = NULL;
    *n_replications = ech_results_scenario(results, s)->n_replications_done;
    enum ech_status status = ech_reader_find_measure(results, measure, &found, error);
    if (status == ECH_OK && !has_each_month(results, s, group, &found)) {
        bool unit = ech_reader_is_unit(results, s, group);
        status = ech_reader_fail_not_kept(measure, ech_reader_is_counted(results, s, group, &found),
                                          unit ? ECH_KEEP_UNIT_MONTH : ECH_KEEP_TYPE_MONTH, error);
    }
    return status == ECH_OK ? read_each_month(results, s, group, &found, values, error) : status;
}

bool ech_results_keeps_yearly(const struct ech_results *results, int s, int group,
                              const char *measure)
{
    struct ech_measure found;
    bool known = false;
    return ech_measure_find(measure, &results->shape.layout, results->levels, &found) &&
           check_known(results, s, group, &found, &known, NULL) == ECH_OK && known;
}

bool ech_results_keeps_each_month(const struct ech_results *results, int s, int group,
                                  const char *measure)
{
    struct ech_measure found;
    return ech_measure_find(measure, &results->shape.layout, results->levels, &found) &&
           has_each_month(results, s, group, &found);
}
