/* One measure of one group over the years: each replication's values and their summary. */
#ifndef ECH_SERIES_H
#define ECH_SERIES_H

#include "results/results.h"
#include "results/statistics.h"

/** Which measure of which scenario and group. */
struct ech_series_key {
    int scenario;
    int group;
    const char *measure;
};

/** Values by replication and year, year 0 being the start. Owns both arrays. */
struct ech_series {
    int n_replications;
    int n_years;
    double *values;           /* [n_replications * (n_years + 1)] */
    struct ech_summary *year; /* [n_years + 1] */
};

/** Reads a series. The caller frees it, after an error too. */
enum ech_status ech_series_read(const struct ech_results *results, struct ech_series_key key,
                                struct ech_series *series, struct ech_error *error);
/** Reads a second series of the same scenario and adds it `factor` times to the first. */
enum ech_status ech_series_add(const struct ech_results *results, struct ech_series_key key,
                               double factor, struct ech_series *series, struct ech_error *error);
/** Multiplies everything: shares into per cent. */
void ech_series_scale(struct ech_series *series, double factor);
/** Frees; empty again. */
void ech_series_free(struct ech_series *series);

/** Value of one replication and year. */
double ech_series_at(const struct ech_series *series, int replication, int y);
/** Writes one year's value of each replication into out[n_replications]. */
void ech_series_column(const struct ech_series *series, int y, double *out);
/** Summary of the change from one year to another within each replication; ECH_ERR_MEMORY. */
enum ech_status ech_series_change(const struct ech_series *series, int from, int to,
                                  struct ech_summary *change, struct ech_error *error);

/** The years in which a series is highest. */
struct ech_peak {
    int year;      /* of the largest mean; the first looked at where nothing is defined */
    int from, to;  /* first and last of the years that are not clearly below it */
    bool is_clear; /* these are all years between the two, and at most half of all: they can be
                      named */
};

/**
 * The rule by which words name years: a year is clearly below the highest if the interval of their
 * difference, paired within each replication, is above 0 for all years together (95 %, Bonferroni).
 * Another seed then names other years in at most 5 of 100 cases; one replication names none. Looks at
 * the years from `first` on. ECH_ERR_MEMORY as ech_series_change.
 */
enum ech_status ech_series_peak(const struct ech_series *series, int first, struct ech_peak *peak,
                                struct ech_error *error);
/** Whether a year's mean is above `limit` with its whole interval; of one replication the value. */
bool ech_series_is_above(const struct ech_summary *year, double limit);
/** Largest p95 (or mean, where there is none) over the years; 0 if nothing is defined. */
double ech_series_top(const struct ech_series *series);

/** Array of n doubles or ECH_ERR_MEMORY; the caller's to free(). */
enum ech_status ech_series_array(int n, double **array, struct ech_error *error);

#endif
