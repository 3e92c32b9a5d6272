#include "plots/series.h"

#include <math.h>
#include <stdlib.h>

void ech_series_free(struct ech_series *series)
{
    free(series->values);
    free(series->year);
    *series = (struct ech_series){0};
}

enum ech_status ech_series_array(int n, double **array, struct ech_error *error)
{
    *array = calloc((size_t)(n > 0 ? n : 1), sizeof **array);
    if (!*array) {
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("figures", "绘图")});
    }
    return ECH_OK;
}

double ech_series_at(const struct ech_series *series, int replication, int y)
{
    return series->values[(size_t)replication * (size_t)(series->n_years + 1) + (size_t)y];
}

void ech_series_column(const struct ech_series *series, int y, double *out)
{
    for (int r = 0; r < series->n_replications; r++) {
        out[r] = ech_series_at(series, r, y);
    }
}

static enum ech_status summarise(struct ech_series *series, struct ech_error *error)
{
    double *column = NULL;
    enum ech_status status = ech_series_array(series->n_replications, &column, error);
    if (status != ECH_OK) {
        return status;
    }
    for (int y = 0; y <= series->n_years; y++) {
        ech_series_column(series, y, column);
        series->year[y] = ech_summarise_sorting(column, series->n_replications);
    }
    free(column);
    return ECH_OK;
}

enum ech_status ech_series_read(const struct ech_results *results, struct ech_series_key key,
                                struct ech_series *series, struct ech_error *error)
{
    *series = (struct ech_series){0};
    enum ech_status status =
        ech_results_yearly(results, key.scenario, key.group, key.measure, &series->values,
                           &series->n_replications, &series->n_years, error);
    if (status != ECH_OK) {
        *series = (struct ech_series){0};
        return status;
    }
    series->year = calloc((size_t)series->n_years + 1, sizeof *series->year);
    if (!series->year) {
        return ech_fail(error, ECH_ERR_MEMORY, (struct ech_facts){.what = key.measure});
    }
    return summarise(series, error);
}

enum ech_status ech_series_add(const struct ech_results *results, struct ech_series_key key,
                               double factor, struct ech_series *series, struct ech_error *error)
{
    struct ech_series other;
    enum ech_status status = ech_series_read(results, key, &other, error);
    if (status == ECH_OK) {
        ECH_ASSERT(other.n_years == series->n_years &&
                   other.n_replications == series->n_replications);
        size_t n = (size_t)series->n_replications * (size_t)(series->n_years + 1);
        for (size_t i = 0; i < n; i++) {
            series->values[i] += factor * other.values[i];
        }
        status = summarise(series, error);
    }
    ech_series_free(&other);
    return status;
}

void ech_series_scale(struct ech_series *series, double factor)
{
    size_t n = (size_t)series->n_replications * (size_t)(series->n_years + 1);
    for (size_t i = 0; i < n; i++) {
        series->values[i] *= factor;
    }
    for (int y = 0; y <= series->n_years; y++) {
        struct ech_summary *s = &series->year[y];
        double *const scaled[] = {&s->mean, &s->sd,  &s->se,  &s->p05, &s->p25,
                                  &s->p50,  &s->p75, &s->p95, &s->low, &s->high};
        for (size_t i = 0; i < sizeof scaled / sizeof *scaled; i++) {
            *scaled[i] *= factor;
        }
    }
}

enum ech_status ech_series_change(const struct ech_series *series, int from, int to,
                                  struct ech_summary *change, struct ech_error *error)
{
    double *before = NULL, *after = NULL;
    enum ech_status status = ech_series_array(series->n_replications, &before, error);
    if (status == ECH_OK) {
        status = ech_series_array(series->n_replications, &after, error);
    }
    if (status == ECH_OK) {
        ech_series_column(series, from, before);
        ech_series_column(series, to, after);
        *change = ech_summarise_pairs(after, before, series->n_replications);
    }
    free(before);
    free(after);
    return status;
}

static int highest_year(const struct ech_series *series, int first)
{
    int highest = first;
    for (int y = first + 1; y <= series->n_years; y++) {
        if (series->year[y].mean > series->year[highest].mean) {
            highest = y;
        }
    }
    return highest;
}

enum ech_status ech_series_peak(const struct ech_series *series, int first, struct ech_peak *peak,
                                struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    int n_others = series->n_years - first, n_high = 1;
    int year = highest_year(series, first);
    *peak = (struct ech_peak){.year = year, .from = year, .to = year};
    for (int y = first; y <= series->n_years && status == ECH_OK; y++) {
        struct ech_summary below;
        if (y == year) {
            continue;
        }
        status = ech_series_change(series, y, year, &below, error);
        ech_summary_widen(&below, n_others);
        if (status == ECH_OK && !(below.low > 0)) {
            peak->from = y < peak->from ? y : peak->from;
            peak->to = y > peak->to ? y : peak->to;
            n_high++;
        }
    }
    peak->is_clear = n_high == peak->to - peak->from + 1 && 2 * n_high <= n_others + 1;
    return status;
}

bool ech_series_is_above(const struct ech_summary *year, double limit)
{
    return (year->n > 1 ? year->low : year->mean) > limit;
}

double ech_series_top(const struct ech_series *series)
{
    double top = 0;
    for (int y = 0; y <= series->n_years; y++) {
        double value = fmax(series->year[y].p95, series->year[y].mean);
        top = value > top ? value : top;
    }
    return top;
}
