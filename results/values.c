/* Values of measures from counts of years and sums of months. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/reader.h"

static enum ech_status fail_not_kept(const char *measure, const char *where, const char *hint,
                                     struct ech_error *error)
{
    char what[512];
    snprintf(what, sizeof what, "%s %s", measure, where);
    return ech_fail(error, ECH_ERR_NOT_KEPT, (struct ech_facts){.what = what, .hint = hint});
}

static enum ech_status find_measure(const struct ech_results *results, const char *name,
                                    struct ech_measure *measure, struct ech_error *error)
{
    if (ech_measure_find(name, &results->shape.layout, results->levels, measure)) {
        return ECH_OK;
    }
    return ech_fail(error, ECH_ERR_UNKNOWN_NAME,
                    (struct ech_facts){
                        .what = "measure", .value = name, .hint = "`echelon measures` lists them"});
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

/* Whether the years of one slot of a unit are known, from its rows or because they never differ. */
static enum ech_status knows_slot(const struct ech_results *results, int s, int group, int slot,
                                  bool *known, struct ech_error *error)
{
    const struct ech_layout *layout = &results->shape.layout;
    const struct ech_result_scenario *scenario = &results->scenarios[s];
    *known = slot < (ech_reader_is_unit(results, s, group) ? layout->n_unit_year : layout->n);
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

/* counts[r * (n_years + 1) + year] of one slot that is known. */
static void read_slot(const struct ech_results *results, int s, int slot, int64_t *counts)
{
    const struct ech_result_scenario *scenario = &results->scenarios[s];
    const struct ech_reader_group *years = results->reader->years;
    int n_years = ech_n_years(scenario->n_months) + 1;
    for (int r = 0; r < scenario->n_replications_done; r++) {
        for (int year = 0; year < n_years; year++) {
            int at = r * n_years + year;
            counts[at] =
                slot < years->n_slots
                    ? years->counts[(size_t)at * (size_t)years->n_slots + (size_t)slot]
                    : constant_year(results, slot, year, scenario->n_months, results->n_summed[s]);
        }
    }
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

static void fill_yearly(const struct ech_results *results, int s, const struct ech_measure *measure,
                        int64_t *counts, double *values)
{
    const struct ech_result_scenario *scenario = &results->scenarios[s];
    int n_years = ech_n_years(scenario->n_months) + 1;
    int n = scenario->n_replications_done * n_years;
    struct ech_measure pair = *measure; /* the same measure over two slots only */
    pair.slot = 0;
    pair.denominator = measure->is_ratio ? 1 : ECH_NONE;
    read_slot(results, s, measure->slot, counts);
    if (measure->is_ratio) {
        read_slot(results, s, measure->denominator, counts + n);
    }
    for (int i = 0; i < n; i++) {
        int64_t slots[2] = {counts[i], measure->is_ratio ? counts[n + i] : 0};
        values[i] = ech_measure_value(&pair, slots, slots,
                                      ech_year_length(scenario->n_months, i % n_years));
    }
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
    enum ech_status status = find_measure(results, measure, &found, error);
    if (status == ECH_OK) {
        status = check_known(results, s, group, &found, &known, error);
    }
    if (status == ECH_OK && !known) {
        status = fail_not_kept(measure, "by replication, unit and year",
                               "--keep unit-year of a new run would keep it", error);
    }
    if (status == ECH_OK) {
        status = ech_reader_load_years(results, s, group, error);
    }
    if (status != ECH_OK) {
        return status;
    }
    size_t n = (size_t)*n_replications * (size_t)(*n_years + 1);
    int64_t *counts = calloc(2 * n + 1, sizeof *counts);
    *values = calloc(n + 1, sizeof **values);
    if (!counts || !*values) {
        free(counts);
        free(*values);
        *values = NULL;
        return ech_reader_fail_memory(error);
    }
    fill_yearly(results, s, &found, counts, *values);
    free(counts);
    return ECH_OK;
}

/* Mean and sd of one month. */
struct moment {
    double mean, sd;
    int n;
};

static struct moment moment_of(const struct ech_reader_sum *sum, int n, double scale)
{
    struct moment moment = {NAN, NAN, n};
    if (n > 0) {
        moment.mean = (double)sum->sum * scale / n;
    }
    if (n > 1) {
        double rest = (double)(sum->sum % n);
        double squares = sum->spread - rest * rest / n;
        moment.sd = sqrt((squares > 0 ? squares : 0) / (n - 1)) * fabs(scale);
    }
    return moment;
}

static struct moment ratio_moment(const struct ech_reader_sum *sums,
                                  const struct ech_sum_columns *columns, int r, int n)
{
    const struct ech_sum_ratio *ratio = &columns->ratios[r];
    const struct ech_reader_sum *sum = &sums[columns->n_counts + r];
    if (sum->undefined == ECH_NONE) {
        double denominator = (double)sums[ratio->denominator].sum / n;
        return moment_of(&sums[ratio->numerator], n, ratio->factor / denominator);
    }
    return moment_of(sum, n - sum->undefined, 1e-6);
}

/* Place of a ratio among those that are summed, or ECH_NONE. */
static int ratio_column(const struct ech_sum_columns *columns, const struct ech_measure *measure)
{
    for (int r = 0; r < columns->n_ratios; r++) {
        const struct ech_sum_ratio *ratio = &columns->ratios[r];
        if (ratio->numerator == measure->slot && ratio->denominator == measure->denominator) {
            return r;
        }
    }
    return ECH_NONE;
}

static struct moment month_moment(const struct ech_results *results, int s, int month,
                                  const struct ech_measure *measure)
{
    const struct ech_reader_group *months = results->reader->months;
    const struct ech_sum_columns *columns = months->columns;
    const struct ech_reader_sum *sums =
        &months->sums[month * (columns->n_counts + columns->n_ratios)];
    int n = results->n_summed[s];
    if (measure->is_ratio) {
        return ratio_moment(sums, columns, ratio_column(columns, measure), n);
    }
    return moment_of(&sums[measure->slot], n, measure->row->scale);
}

static bool sums_have(const struct ech_results *results, int s, int group,
                      const struct ech_measure *measure)
{
    int n = ech_reader_is_unit(results, s, group) ? results->shape.layout.n_unit
                                                  : results->shape.layout.n;
    return measure->slot < n && measure->denominator < n;
}

static enum ech_status check_monthly(const struct ech_results *results, int s, int group,
                                     const char *name, struct ech_measure *measure,
                                     struct ech_error *error)
{
    enum ech_status status = find_measure(results, name, measure, error);
    if (status != ECH_OK) {
        return status;
    }
    if (!sums_have(results, s, group, measure)) {
        return fail_not_kept(name, "by unit and month",
                             "--keep unit-month of a new run would keep it", error);
    }
    if (results->n_summed[s] == 0) {
        return fail_not_kept(name, "by month",
                             "the run was killed before it wrote sums over replications; run it "
                             "again, or ask by year",
                             error);
    }
    return ech_reader_load_months(results, s, group, error);
}

enum ech_status ech_results_monthly(const struct ech_results *results, int s, int group,
                                    const char *measure, double **mean, double **sd, int **n,
                                    struct ech_error *error)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(results, s);
    struct ech_measure found;
    *mean = *sd = NULL;
    *n = NULL;
    enum ech_status status = check_monthly(results, s, group, measure, &found, error);
    if (status != ECH_OK) {
        return status;
    }
    size_t n_months = (size_t)scenario->n_months + 1;
    *mean = calloc(n_months, sizeof **mean);
    *sd = calloc(n_months, sizeof **sd);
    *n = calloc(n_months, sizeof **n);
    if (!*mean || !*sd || !*n) {
        free(*mean);
        free(*sd);
        free(*n);
        *mean = *sd = NULL;
        *n = NULL;
        return ech_reader_fail_memory(error);
    }
    for (int month = 0; month <= scenario->n_months; month++) {
        struct moment moment = month_moment(results, s, month, &found);
        (*mean)[month] = moment.mean;
        (*sd)[month] = moment.sd;
        (*n)[month] = moment.n;
    }
    return ECH_OK;
}

bool ech_results_keeps_yearly(const struct ech_results *results, int s, int group,
                              const char *measure)
{
    struct ech_measure found;
    bool known = false;
    return ech_measure_find(measure, &results->shape.layout, results->levels, &found) &&
           check_known(results, s, group, &found, &known, NULL) == ECH_OK && known;
}

bool ech_results_keeps_monthly(const struct ech_results *results, int s, int group,
                               const char *measure)
{
    struct ech_measure found;
    return results->n_summed[s] > 0 &&
           ech_measure_find(measure, &results->shape.layout, results->levels, &found) &&
           sums_have(results, s, group, &found);
}
