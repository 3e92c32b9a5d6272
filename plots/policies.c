#include "plots/policies.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plots/series.h"

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
    static const struct ech_window usual = {6, 15};
    if (n_years >= usual.to) {
        return usual;
    }
    return (struct ech_window){n_years > 0 ? n_years / 3 + 1 : 0, n_years};
}

/* Each scenario's mean over the window by number of replication, undefined where it was not run. */
struct means {
    int n;         /* replications: the largest number */
    double *value; /* [n_scenarios * n], by row of the results */
};

static int largest_number(const struct ech_results *results)
{
    int largest = 0;
    for (int s = 0; s < ech_results_n_scenarios(results); s++) {
        const int *numbers = ech_results_replications(results, s);
        int n = ech_results_scenario(results, s)->n_replications_done;
        largest = n > 0 && numbers[n - 1] > largest ? numbers[n - 1] : largest;
    }
    return largest;
}

static int fewest_years(const struct ech_results *results)
{
    int fewest = INT_MAX;
    for (int s = 0; s < ech_results_n_scenarios(results); s++) {
        int n_years = (ech_results_scenario(results, s)->n_months + 11) / 12;
        fewest = n_years < fewest ? n_years : fewest;
    }
    return fewest;
}

static enum ech_status read_means(const struct ech_results *results, struct ech_series_key key,
                                  struct ech_window window, struct means *means,
                                  struct ech_error *error)
{
    struct ech_series series;
    double *mean = NULL;
    double *row = means->value + (size_t)key.scenario * (size_t)means->n;
    enum ech_status status = ech_series_read(results, key, &series, error);
    if (status == ECH_OK) {
        status = ech_series_array(series.n_replications, &mean, error);
    }
    for (int r = 0; r < means->n; r++) {
        row[r] = NAN;
    }
    if (status == ECH_OK) {
        const int *numbers = ech_results_replications(results, key.scenario);
        ech_mean_over_years(series.values, series.n_replications, series.n_years, window.from,
                            window.to, mean);
        for (int r = 0; r < series.n_replications; r++) {
            row[numbers[r] - 1] = mean[r];
        }
    }
    free(mean);
    ech_series_free(&series);
    return status;
}

static enum ech_status read_all_means(const struct ech_results *results, const char *measure,
                                      struct ech_window window, struct means *means,
                                      struct ech_error *error)
{
    int n = ech_results_n_scenarios(results);
    means->n = largest_number(results);
    enum ech_status status = ech_series_array(n * means->n, &means->value, error);
    for (int s = 0; s < n && status == ECH_OK; s++) {
        status = read_means(results, (struct ech_series_key){s, 0, measure}, window, means, error);
    }
    return status;
}

static double *means_of(const struct means *means, int scenario)
{
    return means->value + (size_t)scenario * (size_t)means->n;
}

/* Places first ... first + n - 1 of the order are one family, its reference first. */
struct family {
    int first, n;
};

static struct family family_of(const struct ech_policies *policies, int reference)
{
    struct family family = {policies->rank[reference], 0};
    for (int i = family.first; i < policies->n && policies->reference[i] == reference; i++) {
        family.n++;
    }
    return family;
}

static enum ech_status family_shares(const struct ech_policies *policies, struct family family,
                                     const struct means *means, int better, double *share,
                                     struct ech_error *error)
{
    double *values = NULL;
    enum ech_status status = ech_series_array(family.n * means->n, &values, error);
    if (status != ECH_OK) {
        return status;
    }
    for (int i = 0; i < family.n; i++) {
        const double *mean = means_of(means, policies->order[family.first + i]);
        for (int r = 0; r < means->n; r++) {
            values[i * means->n + r] = better * mean[r];
        }
    }
    ech_share_best(values, family.n, means->n, share);
    free(values);
    return ECH_OK;
}

/* Name of what a ratio divides by. */
static const char *denominator_of(const char *measure)
{
    int row = 0;
    while (row < ECH_N_RATIOS && strcmp(ech_ratio_rows[row].name, measure) != 0) {
        row++;
    }
    ECH_ASSERT(row < ECH_N_RATIOS && ech_ratio_rows[row].dim == ECH_DIM_NONE);
    return ech_count_rows[ech_ratio_rows[row].denominator].name;
}

/* A policy that asks for fewer people than the baseline does not get nearer to what the baseline asks
   for: every share is expressed as one of the baseline's whole. */
static enum ech_status share_of_the_baseline(const struct ech_results *results, int baseline,
                                             const char *measure, struct ech_window window,
                                             struct means *means, struct ech_error *error)
{
    struct means whole = {0};
    enum ech_status status =
        read_all_means(results, denominator_of(measure), window, &whole, error);
    for (int i = 0; status == ECH_OK && i < ech_results_n_scenarios(results) * means->n; i++) {
        double ours = whole.value[i];
        double theirs = means_of(&whole, baseline)[i % means->n];
        if (ours != theirs && theirs > 0 && !isnan(ours)) {
            means->value[i] *= ours / theirs;
        }
    }
    free(whole.value);
    return status;
}

/* Mean over the window of what the ratio divides by, in the baseline. */
static enum ech_status read_whole(const struct ech_results *results, int baseline,
                                  const char *measure, struct ech_effects *effects,
                                  struct ech_error *error)
{
    struct ech_series series;
    struct ech_series_key key = {baseline, 0, denominator_of(measure)};
    enum ech_status status = ech_series_read(results, key, &series, error);
    if (status == ECH_OK) {
        double sum = 0;
        for (int y = effects->window.from; y <= effects->window.to; y++) {
            sum += series.year[y].mean;
        }
        effects->whole = sum / (effects->window.to - effects->window.from + 1);
    }
    ech_series_free(&series);
    return status;
}

/* The best first; what is undefined last. */
static void sort_effects(struct ech_effect *effects, int n, int better)
{
    for (int i = 1; i < n; i++) {
        struct ech_effect moving = effects[i];
        int j = i;
        for (; j > 0; j--) {
            double before = better * effects[j - 1].difference.mean;
            double value = better * moving.difference.mean;
            if (!(value > before) && !isnan(before)) {
                break;
            }
            effects[j] = effects[j - 1];
        }
        effects[j] = moving;
    }
}

static void mark_equals(struct ech_effect *effects, int n, const struct means *means, int better)
{
    for (int i = 0; i < n; i++) {
        struct ech_summary behind = ech_summarise_pairs(
            means_of(means, effects[i].scenario), means_of(means, effects[0].scenario), means->n);
        effects[i].also_best = ech_compare_verdict(&behind, better > 0) != ECH_VERDICT_WORSE;
    }
}

static enum ech_status measure_family(const struct ech_policies *policies, int reference,
                                      const struct means *means, struct ech_effects *effects,
                                      struct ech_error *error)
{
    struct family family = family_of(policies, reference);
    double *share = NULL;
    enum ech_status status = ech_series_array(family.n, &share, error);
    if (status == ECH_OK) {
        status = family_shares(policies, family, means, effects->better, share, error);
    }
    struct ech_effect *first = effects->effect + effects->n;
    for (int i = 1; i < family.n && status == ECH_OK; i++) {
        int row = policies->order[family.first + i];
        struct ech_effect effect = {.scenario = row, .reference = reference};
        effect.difference =
            ech_summarise_pairs(means_of(means, row), means_of(means, reference), means->n);
        effect.share_best = share[i];
        effect.verdict = ech_compare_verdict(&effect.difference, effects->better > 0);
        effect.matters = effect.verdict != ECH_VERDICT_UNCLEAR &&
                         fabs(effect.difference.mean) * effects->whole >= 1;
        first[i - 1] = effect;
        effects->n++;
    }
    if (status == ECH_OK) {
        sort_effects(first, family.n - 1, effects->better);
        mark_equals(first, family.n - 1, means, effects->better);
    }
    free(share);
    return status;
}

enum ech_status ech_effects_measure(const struct ech_results *results,
                                    const struct ech_policies *policies, const char *measure,
                                    int better, struct ech_effects *effects,
                                    struct ech_error *error)
{
    struct means means = {0};
    *effects = (struct ech_effects){.better = better};
    effects->window = ech_policies_window(fewest_years(results));
    effects->effect = calloc((size_t)policies->n, sizeof *effects->effect);
    if (!effects->effect) {
        return ech_fail(error, ECH_ERR_MEMORY, (struct ech_facts){.what = measure});
    }
    enum ech_status status = read_whole(results, policies->baseline, measure, effects, error);
    if (status == ECH_OK) {
        status = read_all_means(results, measure, effects->window, &means, error);
    }
    if (status == ECH_OK) {
        status = share_of_the_baseline(results, policies->baseline, measure, effects->window,
                                       &means, error);
    }
    if (status == ECH_OK) {
        effects->n_replications = means.n;
        status = measure_family(policies, policies->baseline, &means, effects, error);
    }
    if (status == ECH_OK && policies->closed != ECH_NONE) {
        status = measure_family(policies, policies->closed, &means, effects, error);
    }
    free(means.value);
    return status;
}

void ech_effects_free(struct ech_effects *effects)
{
    free(effects->effect);
    *effects = (struct ech_effects){0};
}

const struct ech_effect *ech_effects_family(const struct ech_effects *effects, int reference,
                                            int *n)
{
    const struct ech_effect *first = NULL;
    *n = 0;
    for (int i = 0; i < effects->n; i++) {
        if (effects->effect[i].reference == reference) {
            first = first ? first : &effects->effect[i];
            (*n)++;
        }
    }
    return first;
}
