/* Which scenario is compared with which, in what order, and over which years. */
#ifndef ECH_POLICIES_H
#define ECH_POLICIES_H

#include "results/results.h"

/**
 * The scenarios of a file in the order of all pictures: the baseline, the policies compared with it,
 * then the scenario without transfers in and the policies that extend it, each family by name.
 * Arrays [n] are by place in this order but for rank, which is by row of the results. Owns them.
 */
struct ech_policies {
    int n;
    int *order;     /* rows of the results */
    int *reference; /* row that order[i] is compared with; itself for the two references */
    int *rank;      /* place of a row; gives its colour */
    int baseline;   /* row */
    int closed;     /* row of the scenario without transfers in, or ECH_NONE */
};

/** Name of the scenario that opens the second family. */
extern const char ech_policies_closed_name[];

/** Sorts the scenarios; `baseline` a row. The caller frees. */
enum ech_status ech_policies_sort(const struct ech_results *results, int baseline,
                                  struct ech_policies *policies, struct ech_error *error);
/** Frees; empty again. */
void ech_policies_free(struct ech_policies *policies);

/** Years that policies are judged by. */
struct ech_window {
    int from, to;
};

/** Years 6 to 15, of a shorter run its last two thirds; the start if there are no years. */
struct ech_window ech_policies_window(int n_years);

/** The same for the scenario with the fewest years, of which *n_years says how many. */
struct ech_window ech_policies_common_window(const struct ech_results *results, int *n_years);

#endif
