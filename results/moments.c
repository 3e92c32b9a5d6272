/* Mean and sd over replications by month, from sums. */
#include <math.h>
#include <stdlib.h>

#include "results/reader.h"

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
        if (denominator == 0) {
            return moment_of(sum, 0, 1);
        }
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

static enum ech_status check_monthly(const struct ech_results *results, int s, int group,
                                     const char *name, struct ech_measure *measure,
                                     struct ech_error *error)
{
    enum ech_status status = ech_reader_find_measure(results, name, measure, error);
    if (status != ECH_OK) {
        return status;
    }
    if (!ech_reader_is_counted(results, s, group, measure)) {
        return ech_reader_fail_not_kept(name, false, ECH_KEEP_UNIT_MONTH, error);
    }
    if (results->n_summed[s] == 0) {
        return ech_fail(error, ECH_ERR_UNFINISHED, (struct ech_facts){.what = name});
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
    int last_slot = found.slot > found.denominator ? found.slot : found.denominator;
    bool is_unit = ech_reader_is_unit(results, s, group);
    for (int month = 0; month <= scenario->n_months; month++) {
        struct moment moment = {NAN, NAN, 0};
        if (!is_unit ||
            ech_shape_keeps_month(&results->shape, last_slot, month, scenario->n_months)) {
            moment = month_moment(results, s, month, &found);
        }
        (*mean)[month] = moment.mean;
        (*sd)[month] = moment.sd;
        (*n)[month] = moment.n;
    }
    return ECH_OK;
}

bool ech_results_keeps_monthly(const struct ech_results *results, int s, int group,
                               const char *measure)
{
    struct ech_measure found;
    return results->n_summed[s] > 0 &&
           ech_measure_find(measure, &results->shape.layout, results->levels, &found) &&
           ech_reader_is_counted(results, s, group, &found);
}
