/* Replication k of one scenario meets replication k of another. */
#include "results/pairs.h"

#include <math.h>
#include <stdlib.h>

void ech_pairs_free(struct ech_pairs *pairs)
{
    free(pairs->baseline);
    free(pairs->policy);
    *pairs = (struct ech_pairs){0};
}

void ech_pairs_match(const struct ech_results *results, int baseline, int s,
                     struct ech_pairs *pairs)
{
    const int *first = ech_results_replications(results, baseline);
    const int *second = ech_results_replications(results, s);
    int n_first = ech_results_scenario(results, baseline)->n_replications_done;
    int n_second = ech_results_scenario(results, s)->n_replications_done;
    for (int i = 0, j = 0; i < n_first && j < n_second;) {
        if (first[i] == second[j]) {
            pairs->baseline[pairs->n] = pairs->baseline[i];
            pairs->policy[pairs->n++] = pairs->policy[j];
        }
        int behind = first[i] - second[j];
        i += behind <= 0;
        j += behind >= 0;
    }
}

struct ech_comparison ech_pairs_compare(const struct ech_pairs *pairs)
{
    struct ech_comparison comparison;
    for (int i = 0; i < pairs->n; i++) {
        if (isnan(pairs->baseline[i]) || isnan(pairs->policy[i])) {
            pairs->baseline[i] = pairs->policy[i] = NAN;
        }
    }
    comparison.baseline = ech_summarise(pairs->baseline, pairs->n).mean;
    comparison.policy = ech_summarise(pairs->policy, pairs->n).mean;
    comparison.difference = ech_summarise_pairs(pairs->policy, pairs->baseline, pairs->n);
    return comparison;
}
