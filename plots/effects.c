#include "plots/effects.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "plots/series.h"

/* A measure of the county in every scenario, by row of the results, number of the replication and year;
   undefined where a replication was not run. */
struct values {
    int n_scenarios;
    int n;         /* replications: the largest number */
    int n_years;   /* the fewest of any scenario */
    double *value; /* [n_scenarios * n * (n_years + 1)] */
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

/* Years 0 ... n_years of a scenario, those of a replication side by side. */
static double *rows_of(const struct values *values, int scenario)
{
    size_t width = (size_t)values->n_years + 1;
    return values->value + (size_t)scenario * (size_t)values->n * width;
}

static enum ech_status read_scenario(const struct ech_results *results, int s, const char *measure,
                                     const struct values *values, struct ech_error *error)
{
    double *years = NULL;
    int n = 0, n_years = 0;
    size_t width = (size_t)values->n_years + 1;
    double *rows = rows_of(values, s);
    const int *numbers = ech_results_replications(results, s);
    enum ech_status status =
        ech_results_yearly(results, s, 0, measure, &years, &n, &n_years, error);
    for (size_t i = 0; i < (size_t)values->n * width; i++) {
        rows[i] = NAN;
    }
    for (int r = 0; status == ECH_OK && r < n; r++) {
        memcpy(rows + (size_t)(numbers[r] - 1) * width, years + (size_t)r * ((size_t)n_years + 1),
               width * sizeof *rows);
    }
    free(years);
    return status;
}

static enum ech_status read_values(const struct ech_results *results, const char *measure,
                                   struct values *values, struct ech_error *error)
{
    values->n_scenarios = ech_results_n_scenarios(results);
    values->n = largest_number(results);
    ech_policies_common_window(results, &values->n_years);
    enum ech_status status = ech_series_array(
        values->n_scenarios * values->n * (values->n_years + 1), &values->value, error);
    for (int s = 0; s < values->n_scenarios && status == ECH_OK; s++) {
        status = read_scenario(results, s, measure, values, error);
    }
    return status;
}

/* A policy that asks for fewer people than the baseline does not get nearer to what the baseline asks
   for: every share is expressed as one of the baseline's whole. */
static double share_of_the_baseline(double share, double ours, double theirs)
{
    return ours != theirs && theirs > 0 && !isnan(ours) ? share * (ours / theirs) : share;
}

/* What a measurement reads, and each scenario's means over the window. */
struct reading {
    struct values share; /* the ratio */
    struct values whole; /* what it divides by */
    double *mean;        /* [n_scenarios * n] of the ratio, as shares of the baseline's whole */
};

static void free_reading(struct reading *reading)
{
    free(reading->share.value);
    free(reading->whole.value);
    free(reading->mean);
}

static double *means_of(const struct reading *reading, int scenario)
{
    return reading->mean + (size_t)scenario * (size_t)reading->share.n;
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

static enum ech_status take_means(struct reading *reading, int baseline, struct ech_window window,
                                  struct ech_error *error)
{
    const struct values *share = &reading->share;
    int n = share->n;
    double *ours = NULL, *theirs = NULL;
    enum ech_status status = ech_series_array(share->n_scenarios * n, &reading->mean, error);
    status = status == ECH_OK ? ech_series_array(n, &ours, error) : status;
    status = status == ECH_OK ? ech_series_array(n, &theirs, error) : status;
    if (status == ECH_OK) {
        ech_mean_over_years(rows_of(&reading->whole, baseline), n, share->n_years, window.from,
                            window.to, theirs);
    }
    for (int s = 0; s < share->n_scenarios && status == ECH_OK; s++) {
        double *mean = means_of(reading, s);
        ech_mean_over_years(rows_of(share, s), n, share->n_years, window.from, window.to, mean);
        ech_mean_over_years(rows_of(&reading->whole, s), n, share->n_years, window.from, window.to,
                            ours);
        for (int r = 0; r < n; r++) {
            mean[r] = share_of_the_baseline(mean[r], ours[r], theirs[r]);
        }
    }
    free(ours);
    free(theirs);
    return status;
}

static enum ech_status read_all(const struct ech_results *results, int baseline,
                                const char *measure, struct reading *reading,
                                struct ech_error *error)
{
    int n_years;
    struct ech_window window = ech_policies_common_window(results, &n_years);
    enum ech_status status = read_values(results, measure, &reading->share, error);
    if (status == ECH_OK) {
        status = read_values(results, denominator_of(measure), &reading->whole, error);
    }
    return status == ECH_OK ? take_means(reading, baseline, window, error) : status;
}

/* Mean over the window of what the ratio divides by, in the baseline. */
static enum ech_status take_whole(const struct reading *reading, int baseline,
                                  struct ech_effects *effects, struct ech_error *error)
{
    double *means = NULL;
    const struct values *whole = &reading->whole;
    enum ech_status status = ech_series_array(whole->n, &means, error);
    if (status == ECH_OK) {
        ech_mean_over_years(rows_of(whole, baseline), whole->n, whole->n_years,
                            effects->window.from, effects->window.to, means);
        effects->whole = ech_summarise(means, whole->n).mean;
    }
    free(means);
    return status;
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
                                     const struct reading *reading, int better, double *share,
                                     struct ech_error *error)
{
    double *values = NULL;
    enum ech_status status = ech_series_array(family.n * reading->share.n, &values, error);
    if (status != ECH_OK) {
        return status;
    }
    for (int i = 0; i < family.n; i++) {
        const double *mean = means_of(reading, policies->order[family.first + i]);
        for (int r = 0; r < reading->share.n; r++) {
            values[i * reading->share.n + r] = better * mean[r];
        }
    }
    ech_share_best(values, family.n, reading->share.n, share);
    free(values);
    return ECH_OK;
}

/* The year in which a policy does worst against its reference. */
static enum ech_status find_worst(const struct reading *reading, int baseline, int better,
                                  struct ech_effect *effect, int to, struct ech_error *error)
{
    const struct values *share = &reading->share, *whole = &reading->whole;
    int n = share->n * (share->n_years + 1);
    const double *theirs = rows_of(whole, baseline);
    double *differences = NULL;
    enum ech_status status = ech_series_array(n, &differences, error);
    for (int i = 0; i < n && status == ECH_OK; i++) {
        differences[i] = share_of_the_baseline(rows_of(share, effect->scenario)[i],
                                               rows_of(whole, effect->scenario)[i], theirs[i]) -
                         share_of_the_baseline(rows_of(share, effect->reference)[i],
                                               rows_of(whole, effect->reference)[i], theirs[i]);
    }
    if (status == ECH_OK) {
        effect->worst =
            ech_worst_find(differences, share->n, share->n_years, to > 0 ? 1 : 0, to, better);
    }
    free(differences);
    return status;
}

double ech_effects_count(const struct ech_effects *effects, double share)
{
    return fabs(share) * effects->whole;
}

static void judge(const struct ech_effects *effects, struct ech_effect *effect)
{
    effect->verdict = ech_compare_verdict(&effect->difference, effects->better > 0);
    effect->matters = effect->verdict != ECH_VERDICT_UNCLEAR &&
                      ech_effects_count(effects, effect->difference.mean) >= 1;
    effect->hides = effect->worst.verdict == ECH_VERDICT_WORSE &&
                    effect->verdict != ECH_VERDICT_WORSE &&
                    ech_effects_count(effects, effect->worst.difference.mean) >= 1;
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

static void mark_equals(struct ech_effect *effects, int n, const struct reading *reading,
                        int better)
{
    for (int i = 0; i < n; i++) {
        struct ech_summary behind =
            ech_summarise_pairs(means_of(reading, effects[i].scenario),
                                means_of(reading, effects[0].scenario), reading->share.n);
        effects[i].also_best = ech_compare_verdict(&behind, better > 0) != ECH_VERDICT_WORSE;
    }
}

static enum ech_status measure_family(const struct ech_policies *policies, int reference,
                                      const struct reading *reading, struct ech_effects *effects,
                                      struct ech_error *error)
{
    struct family family = family_of(policies, reference);
    double *share = NULL;
    enum ech_status status = ech_series_array(family.n, &share, error);
    if (status == ECH_OK) {
        status = family_shares(policies, family, reading, effects->better, share, error);
    }
    struct ech_effect *first = effects->effect + effects->n;
    for (int i = 1; i < family.n && status == ECH_OK; i++) {
        int row = policies->order[family.first + i];
        struct ech_effect effect = {.scenario = row, .reference = reference};
        effect.difference = ech_summarise_pairs(means_of(reading, row),
                                                means_of(reading, reference), reading->share.n);
        effect.share_best = share[i];
        status = find_worst(reading, policies->baseline, effects->better, &effect,
                            effects->window.to, error);
        judge(effects, &effect);
        first[i - 1] = effect;
        effects->n++;
    }
    if (status == ECH_OK) {
        sort_effects(first, family.n - 1, effects->better);
        mark_equals(first, family.n - 1, reading, effects->better);
    }
    free(share);
    return status;
}

enum ech_status ech_effects_measure(const struct ech_results *results,
                                    const struct ech_policies *policies, const char *measure,
                                    int better, struct ech_effects *effects,
                                    struct ech_error *error)
{
    struct reading reading = {0};
    int n_years;
    *effects = (struct ech_effects){.better = better};
    effects->window = ech_policies_common_window(results, &n_years);
    effects->effect = calloc((size_t)policies->n, sizeof *effects->effect);
    if (!effects->effect) {
        return ech_fail(error, ECH_ERR_MEMORY, (struct ech_facts){.what = measure});
    }
    enum ech_status status = read_all(results, policies->baseline, measure, &reading, error);
    if (status == ECH_OK) {
        status = take_whole(&reading, policies->baseline, effects, error);
    }
    if (status == ECH_OK) {
        effects->n_replications = reading.share.n;
        status = measure_family(policies, policies->baseline, &reading, effects, error);
    }
    if (status == ECH_OK && policies->closed != ECH_NONE) {
        status = measure_family(policies, policies->closed, &reading, effects, error);
    }
    free_reading(&reading);
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
