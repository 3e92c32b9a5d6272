/* Summaries on GSL. */
#include "results/statistics.h"

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

static const struct ech_summary nothing = {0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

/* Values that stand `stride` apart, or their differences from others. */
struct sample {
    const double *values;
    const double *others; /* NULL: none */
    size_t stride;
    int n;
};

static double value_at(const struct sample *sample, int i)
{
    size_t at = (size_t)i * sample->stride;
    return sample->others ? sample->values[at] - sample->others[at] : sample->values[at];
}

/* Mean of the defined values, whose number is *n, by the recurrence of gsl_stats_mean. */
static double mean_of(const struct sample *sample, int *n)
{
    long double mean = 0;
    *n = 0;
    for (int i = 0; i < sample->n; i++) {
        double value = value_at(sample, i);
        if (!isnan(value)) {
            mean += (value - mean) / ++*n;
        }
    }
    return (double)mean;
}

/* Their sd about this mean, as gsl_stats_sd_m. */
static double sd_of(const struct sample *sample, double mean)
{
    long double variance = 0;
    int n = 0;
    for (int i = 0; i < sample->n; i++) {
        long double off = value_at(sample, i) - mean;
        if (!isnan(value_at(sample, i))) {
            variance += (off * off - variance) / ++n;
        }
    }
    return sqrt((double)variance * ((double)n / (double)(n - 1)));
}

/* Everything but the quantiles: it needs no memory, and so cannot fail. */
static struct ech_summary moments_of(const struct sample *sample)
{
    struct ech_summary summary = nothing;
    double mean = mean_of(sample, &summary.n);
    if (summary.n > 0) {
        summary.mean = mean;
    }
    if (summary.n > 1) {
        summary.sd = sd_of(sample, mean);
        summary.se = summary.sd / sqrt(summary.n);
        double half = gsl_cdf_tdist_Pinv(0.975, summary.n - 1) * summary.se;
        summary.low = mean - half;
        summary.high = mean + half;
    }
    return summary;
}

struct ech_summary ech_summarise(const double *values, int n)
{
    return ech_summarise_column(values, 1, n);
}

struct ech_summary ech_summarise_column(const double *values, int stride, int n)
{
    const struct sample sample = {values, NULL, (size_t)stride, n};
    return moments_of(&sample);
}

struct ech_summary ech_summarise_pairs(const double *a, const double *b, int n)
{
    const struct sample sample = {a, b, 1, n}; /* NAN where either is undefined */
    return moments_of(&sample);
}

/* Moves the defined values to the front, in their order. */
static void gather(double *values, int n)
{
    int n_defined = 0;
    for (int i = 0; i < n; i++) {
        if (!isnan(values[i])) {
            values[n_defined++] = values[i];
        }
    }
}

struct ech_summary ech_summarise_sorting(double *values, int n)
{
    struct ech_summary summary = ech_summarise(values, n);
    size_t size = (size_t)summary.n;
    gather(values, n);
    if (size > 0) {
        gsl_sort(values, 1, size);
        summary.p05 = gsl_stats_quantile_from_sorted_data(values, 1, size, 0.05);
        summary.p25 = gsl_stats_quantile_from_sorted_data(values, 1, size, 0.25);
        summary.p50 = gsl_stats_quantile_from_sorted_data(values, 1, size, 0.50);
        summary.p75 = gsl_stats_quantile_from_sorted_data(values, 1, size, 0.75);
        summary.p95 = gsl_stats_quantile_from_sorted_data(values, 1, size, 0.95);
    }
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
