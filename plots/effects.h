/* By how much policies differ from what they are compared with: the mean over the years, and the worst year. */
#ifndef ECH_EFFECTS_H
#define ECH_EFFECTS_H

#include "plots/policies.h"
#include "results/worst.h"

/** What a policy changes, paired by replication, mean over the window. */
struct ech_effect {
    int scenario;
    int reference;
    struct ech_summary difference; /* scenario - reference */
    double
        share_best; /* share of replications in which it is the best of its family, reference included */
    enum ech_verdict verdict;
    bool also_best;         /* not clearly worse than the best of its family */
    bool matters;           /* clear, and not less than one post or person */
    struct ech_worst worst; /* year from 1 to the window's last, of a run without years the start */
    bool hides; /* clearly worse in that year and by one post or person, not in the mean */
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

/** Posts or people that a difference of shares comes to. */
double ech_effects_count(const struct ech_effects *effects, double share);

/** First effect of the family of this reference, and in *n how many there are. */
const struct ech_effect *ech_effects_family(const struct ech_effects *effects, int reference,
                                            int *n);

#endif
