#include "plots/policies.h"

#include <stdlib.h>
#include <string.h>

#include "results/compare.h"

const char ech_policies_closed_name[] = "no_transfers";

/* The scenario that s extends, if it is in the file. */
static int parent(const struct ech_results *results, int s)
{
    const char *extends = ech_results_scenario(results, s)->extends;
    return extends && *extends ? ech_results_find_scenario(results, extends) : ECH_NONE;
}

/* True if s extends `ancestor`, by however many steps. */
static bool descends(const struct ech_results *results, int s, int ancestor)
{
    int n = ech_results_n_scenarios(results);
    for (int steps = 0; steps < n && s != ECH_NONE; steps++) {
        s = parent(results, s);
        if (s == ancestor) {
            return true;
        }
    }
    return false;
}

static void place(struct ech_policies *policies, int row, int reference)
{
    policies->order[policies->n] = row;
    policies->reference[policies->n] = reference;
    policies->rank[row] = policies->n++;
}

void ech_policies_free(struct ech_policies *policies)
{
    free(policies->order);
    free(policies->reference);
    free(policies->rank);
    *policies = (struct ech_policies){0};
}

enum ech_status ech_policies_sort(const struct ech_results *results, int baseline,
                                  struct ech_policies *policies, struct ech_error *error)
{
    int n = ech_results_n_scenarios(results);
    *policies = (struct ech_policies){.baseline = baseline};
    policies->order = calloc((size_t)n, sizeof *policies->order);
    policies->reference = calloc((size_t)n, sizeof *policies->reference);
    policies->rank = calloc((size_t)n, sizeof *policies->rank);
    if (!policies->order || !policies->reference || !policies->rank) {
        ech_policies_free(policies);
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("policies", "政策比较")});
    }
    int closed = ech_results_find_scenario(results, ech_policies_closed_name);
    policies->closed = closed == baseline ? ECH_NONE : closed;
    place(policies, baseline, baseline);
    for (int s = 0; s < n; s++) {
        bool second = policies->closed != ECH_NONE && descends(results, s, policies->closed);
        if (s != baseline && s != policies->closed && !second) {
            place(policies, s, baseline);
        }
    }
    if (policies->closed == ECH_NONE) {
        return ECH_OK;
    }
    place(policies, policies->closed, policies->closed);
    for (int s = 0; s < n; s++) {
        if (s != baseline && s != policies->closed && descends(results, s, policies->closed)) {
            place(policies, s, policies->closed);
        }
    }
    return ECH_OK;
}

struct ech_window ech_policies_window(int n_years)
{
    struct ech_window window;
    ech_compare_window(n_years, &window.from, &window.to);
    return window;
}

struct ech_window ech_policies_common_window(const struct ech_results *results, int *n_years)
{
    *n_years = ech_compare_n_years(results);
    return ech_policies_window(*n_years);
}
