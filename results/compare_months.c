/* Differences by month: paired where each replication's months are kept, else of means. */
#include <math.h>
#include <stdlib.h>

#include "results/compare.h"
#include "results/pairs.h"

static enum ech_status fail_memory(struct ech_error *error)
{
    return ech_fail(error, ECH_ERR_MEMORY,
                    (struct ech_facts){.what = ECH_BOTH("comparing", "比较")});
}

/* What is compared month by month. */
struct months {
    struct ech_comparison *comparisons; /* [n_months + 1] */
    int n_months;
};

/* Monthly means of both scenarios. */
struct month_means {
    double *baseline, *policy;
    int *n_baseline, *n_policy;
};

static void free_month_means(struct month_means *means)
{
    free(means->baseline);
    free(means->policy);
    free(means->n_baseline);
    free(means->n_policy);
}

static enum ech_status read_month_means(const struct ech_results *results, int s, const char *group,
                                        const char *measure, double **mean, int **n,
                                        struct ech_error *error)
{
    double *sd = NULL;
    int g = ech_results_find_group(results, s, group);
    if (g == ECH_NONE) {
        return ECH_OK;
    }
    enum ech_status status = ech_results_monthly(results, s, g, measure, mean, &sd, n, error);
    free(sd);
    return status;
}

static struct ech_comparison month_comparison(const struct month_means *means, int month)
{
    struct ech_comparison comparison = {NAN, NAN, ech_summarise(NULL, 0)};
    if (means->baseline && means->policy) {
        int n = means->n_baseline[month];
        comparison.baseline = means->baseline[month];
        comparison.policy = means->policy[month];
        comparison.difference.mean = comparison.policy - comparison.baseline;
        comparison.difference.n = n < means->n_policy[month] ? n : means->n_policy[month];
    }
    return comparison;
}

/* Means from sums: no pairs, so no interval. */
static enum ech_status compare_sums(const struct ech_results *results, int baseline, int s,
                                    const struct ech_question *question, struct months *months,
                                    struct ech_error *error)
{
    struct month_means means = {0};
    enum ech_status status = read_month_means(results, baseline, question->group, question->measure,
                                              &means.baseline, &means.n_baseline, error);
    if (status == ECH_OK) {
        status = read_month_means(results, s, question->group, question->measure, &means.policy,
                                  &means.n_policy, error);
    }
    for (int month = 0; status == ECH_OK && month <= months->n_months; month++) {
        months->comparisons[month] = month_comparison(&means, month);
    }
    free_month_means(&means);
    return status;
}

/* values[r * (n_months + 1) + month] of each replication, and the column of one month. */
struct each_month {
    double *values; /* NULL: the scenario has no such group */
    int n, n_months;
};

static enum ech_status read_each_month(const struct ech_results *results, int s,
                                       const struct ech_question *question, struct each_month *each,
                                       struct ech_error *error)
{
    int g = ech_results_find_group(results, s, question->group);
    *each = (struct each_month){.n_months = ech_results_scenario(results, s)->n_months};
    return g == ECH_NONE ? ECH_OK
                         : ech_results_each_month(results, s, g, question->measure, &each->values,
                                                  &each->n, error);
}

static void take_month(const struct each_month *each, int month, double *column)
{
    for (int r = 0; r < each->n; r++) {
        column[r] = each->values[(size_t)r * ((size_t)each->n_months + 1) + (size_t)month];
    }
}

/* Pairs, where each replication's months are kept. */
static enum ech_status compare_each(const struct ech_results *results, int baseline, int s,
                                    const struct ech_question *question, struct months *months,
                                    struct ech_error *error)
{
    struct each_month first = {0}, second = {0};
    struct ech_pairs pairs = {0};
    enum ech_status status = read_each_month(results, baseline, question, &first, error);
    if (status == ECH_OK) {
        status = read_each_month(results, s, question, &second, error);
    }
    if (status == ECH_OK && first.values && second.values) {
        pairs.baseline = calloc((size_t)first.n + 1, sizeof *pairs.baseline);
        pairs.policy = calloc((size_t)second.n + 1, sizeof *pairs.policy);
        status = pairs.baseline && pairs.policy ? ECH_OK : fail_memory(error);
    }
    for (int month = 0; status == ECH_OK && month <= months->n_months; month++) {
        if (first.values && second.values) {
            take_month(&first, month, pairs.baseline);
            take_month(&second, month, pairs.policy);
            pairs.n = 0;
            ech_pairs_match(results, baseline, s, &pairs);
        }
        months->comparisons[month] = ech_pairs_compare(&pairs);
    }
    free(first.values);
    free(second.values);
    ech_pairs_free(&pairs);
    return status;
}

static bool keeps_each(const struct ech_results *results, int s, const char *group,
                       const char *measure)
{
    int g = ech_results_find_group(results, s, group);
    return g == ECH_NONE || ech_results_keeps_each_month(results, s, g, measure);
}

enum ech_status ech_compare_months(const struct ech_results *results, int baseline, int s,
                                   const char *group, const char *measure,
                                   struct ech_comparison **comparisons, int *n_months,
                                   struct ech_error *error)
{
    struct ech_question question = {.group = group, .measure = measure};
    int first = ech_results_scenario(results, baseline)->n_months;
    int second = ech_results_scenario(results, s)->n_months;
    *n_months = first < second ? first : second;
    struct months months = {calloc((size_t)*n_months + 1, sizeof *months.comparisons), *n_months};
    bool each =
        keeps_each(results, baseline, group, measure) && keeps_each(results, s, group, measure);
    enum ech_status status = !months.comparisons ? fail_memory(error)
                             : each ? compare_each(results, baseline, s, &question, &months, error)
                                    : compare_sums(results, baseline, s, &question, &months, error);
    if (status != ECH_OK) {
        free(months.comparisons);
        months.comparisons = NULL;
    }
    *comparisons = months.comparisons;
    return status;
}
