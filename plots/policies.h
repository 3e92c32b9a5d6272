/* Which scenario is compared with which, in what order, and by how much they differ. */
#ifndef ECH_POLICIES_H
#define ECH_POLICIES_H

#include "results/compare.h"
#include "results/results.h"
#include "results/statistics.h"

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

/** What a policy changes, paired by replication, mean over the window. */
struct ech_effect {
    int scenario;
    int reference;
    struct ech_summary difference; /* scenario - reference */
    double
        share_best; /* share of replications in which it is the best of its family, reference included */
    enum ech_verdict verdict;
    bool also_best; /* not clearly worse than the best of its family */
    bool matters;   /* clear, and not less than one post or person */
};

/** Effects of all but the references, in families, in each the best first. Owns `effect` [n]. */
struct ech_effects {
    int n;
    struct ech_effect *effect;
    int better; /* +1: more is better, -1: less */
    struct ech_window window;
    int n_replications;
    double whole; /* what the shares are shares of, in the baseline: posts, people needed */
};

/**
 * Measures what each policy changes in a ratio of the county (a row of measures.def without
 * dimension), as a share of what the ratio divides by in the baseline: halving what is asked for
 * does not count as a gain. The caller frees.
 */
enum ech_status ech_effects_measure(const struct ech_results *results,
                                    const struct ech_policies *policies, const char *measure,
                                    int better, struct ech_effects *effects,
                                    struct ech_error *error);
/** Frees; empty again. */
void ech_effects_free(struct ech_effects *effects);

/** First effect of the family of this reference, and in *n how many there are. */
const struct ech_effect *ech_effects_family(const struct ech_effects *effects, int reference,
                                            int *n);

#endif
