/* Statistics over replications, on GSL. Undefined values (NAN) are left out and counted. */
#ifndef ECH_STATISTICS_H
#define ECH_STATISTICS_H

/** Summary of a sample. With n = 0 all is NAN; with n = 1 sd, se and the interval are NAN. */
struct ech_summary {
    int n;
    double mean, sd, se;
    double p05, p25, p50, p75, p95; /* type 7, as gsl_stats_quantile_from_sorted_data */
    double low, high;               /* 95 % interval of the mean by Student's t */
};

/** Summary of values[n] without the quantiles, which are NAN: it needs no memory. */
struct ech_summary ech_summarise(const double *values, int n);

/** The same of a column: values[0], values[stride], ... (n of them). */
struct ech_summary ech_summarise_column(const double *values, int stride, int n);

/** Summary of values[n] with the quantiles; the values are sorted in place, the undefined ones lost. */
struct ech_summary ech_summarise_sorting(double *values, int n);

/** Widens low ... high to one of k intervals that hold together with 95 % (Bonferroni 1936): 1 - 0.05 / k. */
void ech_summary_widen(struct ech_summary *summary, int k);

/** Summary of a[i] - b[i] over the pairs in which both are defined, without quantiles. */
struct ech_summary ech_summarise_pairs(const double *a, const double *b, int n);

/**
 * Each replication's mean over years from..to (inclusive) of a matrix as ech_results_yearly gives
 * it: out[r]; undefined years are left out, NAN when all are.
 */
void ech_mean_over_years(const double *values, int n_replications, int n_years, int from, int to,
                         double *out);

/**
 * Share of replications in which each of n_scenarios is the best: better[s * n + r], larger is
 * better; ties share. A replication with an undefined value is left out. share[s] is NAN when none
 * is left.
 */
void ech_share_best(const double *better, int n_scenarios, int n, double *share);

#endif
