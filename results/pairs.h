/* Values of two scenarios, replication by replication; for the files of results/compare.h only. */
#ifndef ECH_PAIRS_H
#define ECH_PAIRS_H

#include "results/compare.h"

/** Values of both scenarios for the replications that both have done. Owns both arrays. */
struct ech_pairs {
    int n;
    double *baseline; /* [n] */
    double *policy;   /* [n] */
};

/** Frees the arrays; twice is allowed. */
void ech_pairs_free(struct ech_pairs *pairs);

/**
 * Keeps what belongs to replications that both have done. The arrays hold one value for each that
 * one has done, in order of their numbers; n is 0.
 */
void ech_pairs_match(const struct ech_results *results, int baseline, int s,
                     struct ech_pairs *pairs);

/** Compares: the means are those of the same pairs. Undefined pairs become NAN in both arrays. */
struct ech_comparison ech_pairs_compare(const struct ech_pairs *pairs);

#endif
