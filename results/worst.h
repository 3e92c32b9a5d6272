/* The worst year of a policy: what a mean over years hides. Which measures have a good side at all. */
#ifndef ECH_WORST_H
#define ECH_WORST_H

#include "results/compare.h"

/**
 * What is good of a measure, by its full name: +1 more of it, -1 less of it, 0 neither, or good for
 * one and bad for another (heads, transfers, ages).
 */
int ech_worst_better(const char *measure);

/** The year in which a policy does worst. */
struct ech_worst {
    int year; /* of the run; ECH_NONE where there is none */
    /** policy - baseline in this year; low and high hold for all years that were looked at together. */
    struct ech_summary difference;
    enum ech_verdict verdict;
};

/**
 * Finds it among years from ... to: of those in which the policy is clearly worse the one with the
 * largest mean loss, else the one with the largest mean loss. differences[r * (n_years + 1) + y]
 * are policy - baseline of n replications, NAN where undefined. Since the year is chosen by its
 * result, the intervals are Bonferroni's: each is one of 1 - 0.05 / (to - from + 1) by Student's t, so
 * that all of them hold at once in 95 of 100 runs, whatever the years have to do with each other.
 * year is ECH_NONE where `better` is 0 or no difference is defined.
 */
struct ech_worst ech_worst_find(const double *differences, int n, int n_years, int from, int to,
                                int better);

/** Of what the worst year is asked: a group (NULL: the first county), a measure, years from ... to. */
struct ech_worst_question {
    const char *group;
    const char *measure;
    int from, to;
    const char *second; /* NULL, or a measure that is added `factor` times */
    double factor;
    int better; /* 0: as ech_worst_better() says of `measure` */
};

/** The worst year of scenario s against the baseline, paired by replication. */
enum ech_status ech_worst_read(const struct ech_results *results, int baseline, int s,
                               const struct ech_worst_question *question, struct ech_worst *worst,
                               struct ech_error *error);

#endif
