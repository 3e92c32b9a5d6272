/* Differences of settings and of results. */
#include "results/compare.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/means.h"
#include "results/pairs.h"
#include "results/price.h"
#include "results/schema.h"

static enum ech_status fail_memory(struct ech_error *error)
{
    return ech_fail(error, ECH_ERR_MEMORY,
                    (struct ech_facts){.what = ECH_BOTH("comparing", "比较")});
}

/* The setting in force for this path, scope and month: the scope's own, else that of everywhere;
   the latest that has begun. NULL if there is none. */
static const struct ech_setting *in_force(const struct ech_result_scenario *scenario,
                                          const struct ech_setting *like)
{
    const struct ech_setting *best = NULL;
    for (int i = 0; i < scenario->n_settings; i++) {
        const struct ech_setting *setting = &scenario->settings[i];
        bool narrow = strcmp(setting->scope, like->scope) == 0;
        if (strcmp(setting->path, like->path) != 0 || setting->from_month > like->from_month ||
            (!narrow && *setting->scope)) {
            continue;
        }
        bool best_narrow = best && strcmp(best->scope, like->scope) == 0;
        if (!best || (narrow && !best_narrow) ||
            (narrow == best_narrow && setting->from_month >= best->from_month)) {
            best = setting;
        }
    }
    return best;
}

static bool has_same_place(const struct ech_result_scenario *scenario,
                           const struct ech_setting *setting)
{
    const struct ech_setting *found = in_force(scenario, setting);
    return found && found->from_month == setting->from_month &&
           strcmp(found->scope, setting->scope) == 0;
}

static struct ech_setting_difference difference_of(const struct ech_setting *baseline,
                                                   const struct ech_setting *policy,
                                                   const struct ech_setting *at, bool by_policy)
{
    return (struct ech_setting_difference){
        .path = at->path,
        .scope = at->scope,
        .from_month = at->from_month,
        .baseline = baseline ? baseline->value : "",
        .policy = policy ? policy->value : "",
        .basis = at->basis,
        .file = by_policy ? at->file : "",
        .line = by_policy ? at->line : 0,
    };
}

static bool differ(const struct ech_setting *a, const struct ech_setting *b)
{
    return !a || !b || strcmp(a->value, b->value) != 0;
}

enum ech_status ech_compare_settings(const struct ech_results *results, int baseline, int s,
                                     struct ech_setting_difference **list, int *n,
                                     struct ech_error *error)
{
    const struct ech_result_scenario *base = ech_results_scenario(results, baseline);
    const struct ech_result_scenario *policy = ech_results_scenario(results, s);
    *n = 0;
    *list = calloc((size_t)(base->n_settings + policy->n_settings) + 1, sizeof **list);
    if (!*list) {
        return fail_memory(error);
    }
    for (int i = 0; i < policy->n_settings; i++) {
        const struct ech_setting *setting = &policy->settings[i];
        const struct ech_setting *before = in_force(base, setting);
        if (differ(before, setting)) {
            (*list)[(*n)++] = difference_of(before, setting, setting, true);
        }
    }
    for (int i = 0; i < base->n_settings; i++) { /* what only the baseline sets */
        const struct ech_setting *setting = &base->settings[i];
        const struct ech_setting *after = in_force(policy, setting);
        if (!has_same_place(policy, setting) && differ(setting, after)) {
            (*list)[(*n)++] = difference_of(setting, after, setting, false);
        }
    }
    return ECH_OK;
}

/* Each replication's mean over years of a group that is called by its id; NULL if the scenario has no
   such group. */
static enum ech_status means_of(const struct ech_results *results, int s,
                                const struct ech_question *question, double **values,
                                struct ech_error *error)
{
    struct ech_means means = {0};
    int group = question->group ? ech_results_find_group(results, s, question->group) : 0;
    const struct ech_means_key key = {s, group, question->measure, question->from, question->to};
    enum ech_status status =
        group == ECH_NONE ? ECH_OK : ech_means_read(results, &key, &means, error);
    *values = means.value;
    return status;
}

static enum ech_status pairs_of(const struct ech_results *results, int baseline, int s,
                                const struct ech_question *question, struct ech_pairs *pairs,
                                struct ech_error *error)
{
    *pairs = (struct ech_pairs){0};
    enum ech_status status = means_of(results, baseline, question, &pairs->baseline, error);
    if (status == ECH_OK) {
        status = means_of(results, s, question, &pairs->policy, error);
    }
    if (status == ECH_OK && pairs->baseline && pairs->policy) {
        ech_pairs_match(results, baseline, s, pairs);
    }
    if (status != ECH_OK) {
        ech_pairs_free(pairs);
    }
    return status;
}

enum ech_status ech_price_years(const struct ech_results *results, int baseline, int s,
                                const struct ech_price_question *asked, struct ech_summary *price,
                                struct ech_error *error)
{
    struct ech_question question = {
        .group = asked->group, .measure = ECH_PRICE_COST, .from = asked->from, .to = asked->to};
    struct ech_pairs cost = {0};
    struct ech_pairs exits = {0};
    enum ech_status status = pairs_of(results, baseline, s, &question, &cost, error);
    if (status == ECH_OK) {
        question.measure = ECH_PRICE_EXITS;
        status = pairs_of(results, baseline, s, &question, &exits, error);
    }
    if (status == ECH_OK) { /* both are paired alike */
        int n = cost.n < exits.n ? cost.n : exits.n;
        for (int i = 0; i < n; i++) {
            cost.policy[i] -= cost.baseline[i];
            exits.baseline[i] -= exits.policy[i];
        }
        *price = ech_price(cost.policy, exits.baseline, n);
    }
    ech_pairs_free(&cost);
    ech_pairs_free(&exits);
    return status;
}

enum ech_status ech_compare_years(const struct ech_results *results, int baseline, int s,
                                  const char *group, const char *measure, int from, int to,
                                  struct ech_comparison *comparison, struct ech_error *error)
{
    struct ech_question question = {.group = group, .measure = measure, .from = from, .to = to};
    struct ech_pairs pairs;
    if (strcmp(measure, ECH_PRICE_NAME) == 0) {
        struct ech_price_question asked = {group, from, to};
        comparison->baseline = comparison->policy = NAN;
        return ech_price_years(results, baseline, s, &asked, &comparison->difference, error);
    }
    enum ech_status status = pairs_of(results, baseline, s, &question, &pairs, error);
    if (status != ECH_OK) {
        return status;
    }
    *comparison = ech_pairs_compare(&pairs);
    ech_pairs_free(&pairs);
    return ECH_OK;
}

enum ech_verdict ech_compare_verdict(const struct ech_summary *difference, bool more_is_better)
{
    if (difference->low > 0) {
        return more_is_better ? ECH_VERDICT_BETTER : ECH_VERDICT_WORSE;
    }
    if (difference->high < 0) {
        return more_is_better ? ECH_VERDICT_WORSE : ECH_VERDICT_BETTER;
    }
    return ECH_VERDICT_UNCLEAR;
}

int ech_compare_whole_years(int n_months)
{
    return n_months < 12 ? ech_n_years(n_months) : n_months / 12;
}

int ech_compare_n_years(const struct ech_results *results)
{
    int n_years = INT_MAX;
    for (int s = 0; s < ech_results_n_scenarios(results); s++) {
        int years = ech_compare_whole_years(ech_results_scenario(results, s)->n_months);
        n_years = years < n_years ? years : n_years;
    }
    return n_years;
}

void ech_compare_window(int n_years, int *from, int *to)
{
    *to = n_years < 15 ? n_years : 15;
    *from = *to > 0 ? *to / 3 + 1 : 0;
}

void ech_compare_horizon(const struct ech_results *results, int *from, int *to)
{
    ech_compare_window(ech_compare_n_years(results), from, to);
}

/* gains[r] of replication r + 1, NAN where it was not done or is undefined. */
static void spread_gains(const struct ech_results *results, int baseline, int s,
                         const struct ech_pairs *pairs, bool more_is_better, double *gains)
{
    const int *first = ech_results_replications(results, baseline);
    const int *second = ech_results_replications(results, s);
    int n_first = ech_results_scenario(results, baseline)->n_replications_done;
    int n_second = ech_results_scenario(results, s)->n_replications_done;
    int n = 0;
    for (int i = 0, j = 0; i < n_first && j < n_second;) {
        if (first[i] == second[j]) {
            double rise = pairs->policy[n] - pairs->baseline[n];
            gains[first[i] - 1] = more_is_better ? rise : -rise;
            n++;
        }
        int behind = first[i] - second[j];
        i += behind <= 0;
        j += behind >= 0;
    }
}

static enum ech_status gains_of(const struct ech_results *results, int baseline,
                                const struct ech_question *question, int s, double *gains, int n,
                                struct ech_error *error)
{
    struct ech_pairs pairs;
    for (int r = 0; r < n; r++) {
        gains[r] = NAN;
    }
    enum ech_status status = pairs_of(results, baseline, s, question, &pairs, error);
    if (status == ECH_OK && pairs.baseline && pairs.policy) {
        spread_gains(results, baseline, s, &pairs, question->more_is_better, gains);
    }
    ech_pairs_free(&pairs);
    return status;
}

enum ech_status ech_compare_evidence(const struct ech_results *results, int baseline,
                                     const struct ech_question *question, const int *scenarios,
                                     int n, struct ech_evidence *evidence, struct ech_error *error)
{
    int n_replications = ech_results_manifest(results)->n_replications;
    size_t size = (size_t)n_replications;
    double *gains = calloc(size * (size_t)n + 1, sizeof *gains);
    double *share = calloc((size_t)n + 1, sizeof *share);
    enum ech_status status = gains && share ? ECH_OK : fail_memory(error);
    for (int i = 0; status == ECH_OK && i < n; i++) {
        double *row = gains + (size_t)i * size;
        status = gains_of(results, baseline, question, scenarios[i], row, n_replications, error);
        evidence[i].scenario = scenarios[i];
        evidence[i].gain = ech_summarise(row, n_replications);
        evidence[i].verdict = ech_compare_verdict(&evidence[i].gain, true);
    }
    if (status == ECH_OK) {
        ech_share_best(gains, n, n_replications, share);
    }
    for (int i = 0; status == ECH_OK && i < n; i++) {
        evidence[i].share_best = share[i];
    }
    free(gains);
    free(share);
    return status;
}
