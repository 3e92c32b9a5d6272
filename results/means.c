#include "results/means.h"

#include <stdlib.h>

#include "results/statistics.h"

void ech_means_free(struct ech_means *means)
{
    free(means->value);
    *means = (struct ech_means){0};
}

enum ech_status ech_means_read(const struct ech_results *results, const struct ech_means_key *key,
                               struct ech_means *means, struct ech_error *error)
{
    double *years = NULL;
    int n = 0, n_years = 0;
    *means = (struct ech_means){0};
    enum ech_status status = ech_results_yearly(results, key->scenario, key->group, key->measure,
                                                &years, &n, &n_years, error);
    if (status != ECH_OK) {
        return status;
    }
    means->value = calloc((size_t)n + 1, sizeof *means->value);
    if (means->value) {
        means->n = n;
        ech_mean_over_years(years, n, n_years, key->from, key->to < n_years ? key->to : n_years,
                            means->value);
    }
    free(years);
    return means->value ? ECH_OK
                        : ech_fail(error, ECH_ERR_MEMORY, (struct ech_facts){.what = key->measure});
}
