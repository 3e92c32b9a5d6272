/* Summaries on GSL. */
#include "results/statistics.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "model/error.h"

static const struct ech_summary nothing = {0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

/* Mean, sd and interval of n > 0 values, summed in their order. */
static void set_moments(struct ech_summary *summary, const double *values, int n)
{
    summary->n = n;
    summary->mean = gsl_stats_mean(values, 1, (size_t)n);
    if (n > 1) {
        summary->sd = gsl_stats_sd_m(values, 1, (size_t)n, summary->mean);
        summary->se = summary->sd / sqrt(n);
        double half = gsl_cdf_tdist_Pinv(0.975, n - 1) * summary->se;
        summary->low = summary->mean - half;
        summary->high = summary->mean + half;
    }
}

static void set_quantiles(struct ech_summary *summary, const double *sorted, int n)
{
    size_t size = (size_t)n;
    summary->p05 = gsl_stats_quantile_from_sorted_data(sorted, 1, size, 0.05);
    summary->p25 = gsl_stats_quantile_from_sorted_data(sorted, 1, size, 0.25);
    summary->p50 = gsl_stats_quantile_from_sorted_data(sorted, 1, size, 0.50);
    summary->p75 = gsl_stats_quantile_from_sorted_data(sorted, 1, size, 0.75);
    summary->p95 = gsl_stats_quantile_from_sorted_data(sorted, 1, size, 0.95);
}

struct ech_summary ech_summarise(const double *values, int n)
{
    struct ech_summary summary = nothing;
    double *defined = malloc(((size_t)n + 1) * sizeof *defined);
    ECH_ASSERT(defined);
    int n_defined = 0;
    for (int i = 0; i < n; i++) {
        if (!isnan(values[i])) {
            defined[n_defined++] = values[i];
        }
    }
    if (n_defined > 0) {
        set_moments(&summary, defined, n_defined);
        gsl_sort(defined, 1, (size_t)n_defined);
        set_quantiles(&summary, defined, n_defined);
    }
    free(defined);
    return summary;
}

void ech_summary_widen(struct ech_summary *summary, int k)
{
    if (summary->n > 1) {
        double half = gsl_cdf_tdist_Qinv(0.025 / k, summary->n - 1) * summary->se;
        summary->low = summary->mean - half;
        summary->high = summary->mean + half;
    }
}

struct ech_summary ech_summarise_pairs(const double *a, const double *b, int n)
{
    double *differences = malloc(((size_t)n + 1) * sizeof *differences);
    ECH_ASSERT(differences);
    for (int i = 0; i < n; i++) {
        differences[i] = a[i] - b[i]; /* NAN where either is undefined */
    }
    struct ech_summary summary = ech_summarise(differences, n);
    free(differences);
    return summary;
}

void ech_mean_over_years(const double *values, int n_replications, int n_years, int from, int to,
                         double *out)
{
    for (int r = 0; r < n_replications; r++) {
        const double *row = values + (size_t)r * ((size_t)n_years + 1);
        double sum = 0;
        int n = 0;
        for (int year = from; year <= to; year++) {
            if (!isnan(row[year])) {
                sum += row[year];
                n++;
            }
        }
        out[r] = n > 0 ? sum / n : NAN;
    }
}

/* Gives each of the best of replication r its part of one; false if a value is undefined. */
static bool share_one(const double *better, int n_scenarios, int n, int r, double *share)
{
    double best = -INFINITY;
    int n_best = 0;
    for (int s = 0; s < n_scenarios; s++) {
        double value = better[(size_t)s * (size_t)n + (size_t)r];
        if (isnan(value)) {
            return false;
        }
        n_best = value > best ? 1 : n_best + (value == best);
        best = value > best ? value : best;
    }
    for (int s = 0; s < n_scenarios; s++) {
        if (better[(size_t)s * (size_t)n + (size_t)r] == best) {
            share[s] += 1.0 / n_best;
        }
    }
    return true;
}

void ech_share_best(const double *better, int n_scenarios, int n, double *share)
{
    int n_defined = 0;
    for (int s = 0; s < n_scenarios; s++) {
        share[s] = 0;
    }
    for (int r = 0; r < n; r++) {
        n_defined += share_one(better, n_scenarios, n, r, share);
    }
    for (int s = 0; s < n_scenarios; s++) {
        share[s] = n_defined > 0 ? share[s] / n_defined : NAN;
    }
}
