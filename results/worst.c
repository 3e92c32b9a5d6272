/* The worst year and its simultaneous interval. */
#include "results/worst.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Measures with a good side; those of a dimension all alike, or only the value named by its word. */
static const struct {
    const struct ech_measure_row *row;
    const char *word;
    int better;
} sides[] = {{&ech_count_rows[ECH_M_breaks_NONE], NULL, -1},
             {&ech_count_rows[ECH_M_breaks_county_NONE], NULL, -1},
             {&ech_count_rows[ECH_M_break_yet_NONE], NULL, -1},
             {&ech_count_rows[ECH_M_cost_total_NONE], NULL, -1},
             {&ech_count_rows[ECH_M_exits_leaders_NONE], NULL, -1},
             {&ech_count_rows[ECH_M_exits_leaders_chosen_NONE], NULL, -1},
             {&ech_count_rows[ECH_M_posts_vacant_NONE], NULL, -1},
             {&ech_count_rows[ECH_M_reserve_NONE], NULL, 1},
             {&ech_count_rows[ECH_M_reserve_ready_NONE], NULL, 1},
             {&ech_ratio_rows[ECH_R_break_probability_NONE], NULL, -1},
             {&ech_ratio_rows[ECH_R_break_share_NONE], NULL, -1},
             {&ech_ratio_rows[ECH_R_fill_time_mean_NONE], NULL, -1},
             {&ech_ratio_rows[ECH_R_performance_inequality_NONE], NULL, -1},
             {&ech_ratio_rows[ECH_R_performance_mean_NONE], NULL, 1},
             {&ech_ratio_rows[ECH_R_post_vacancy_rate_NONE], NULL, -1},
             {&ech_ratio_rows[ECH_R_ready_share_NONE], NULL, 1},
             {&ech_ratio_rows[ECH_R_reserve_ratio_NONE], NULL, 1},
             {&ech_ratio_rows[ECH_R_strain_mean_NONE], NULL, -1},
             {&ech_ratio_rows[ECH_R_strain_mean_leaders_NONE], NULL, -1},
             {&ech_ratio_rows[ECH_R_team_index_NONE], NULL, 1},
             {&ech_ratio_rows[ECH_R_worst_unit_QUANTITY], "[reserve]", 1},
             {&ech_ratio_rows[ECH_R_worst_unit_QUANTITY], "[vacancy]", -1},
             {&ech_ratio_rows[ECH_R_worst_unit_performance_NONE], NULL, 1}};

int ech_worst_better(const char *measure)
{
    size_t stem = strcspn(measure, "[");
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        const char *name = sides[i].row->name;
        bool same = strlen(name) == stem && strncmp(name, measure, stem) == 0;
        if (same && (!sides[i].word || strcmp(sides[i].word, measure + stem) == 0)) {
            return sides[i].better;
        }
    }
    return 0;
}

/* Whether `year` shows more harm than `best`. */
static bool is_worse(const struct ech_worst *year, const struct ech_worst *best, int better)
{
    bool clear = year->verdict == ECH_VERDICT_WORSE;
    bool best_clear = best->verdict == ECH_VERDICT_WORSE;
    if (isnan(year->difference.mean)) {
        return false;
    }
    if (best->year == ECH_NONE || clear != best_clear) {
        return best->year == ECH_NONE || clear;
    }
    return better * year->difference.mean < better * best->difference.mean;
}

struct ech_worst ech_worst_find(const double *differences, int n, int n_years, int from, int to,
                                int better)
{
    struct ech_worst worst = {.year = ECH_NONE, .difference = ech_summarise(NULL, 0)};
    for (int y = from; y <= to && better != 0; y++) {
        struct ech_worst year = {.year = y};
        year.difference = ech_summarise_column(differences + y, n_years + 1, n);
        ech_summary_widen(&year.difference, to - from + 1);
        year.verdict = ech_compare_verdict(&year.difference, better > 0);
        worst = is_worse(&year, &worst, better) ? year : worst;
    }
    return worst;
}

/* The years of one scenario. */
struct years {
    double *values; /* NULL: it has no such group */
    int n, n_years;
};

/* Adds the years of the second measure. */
static enum ech_status add_second(const struct ech_results *results, int s, int group,
                                  const struct ech_worst_question *question,
                                  const struct years *years, struct ech_error *error)
{
    double *values = NULL;
    int n = 0, n_years = 0;
    enum ech_status status =
        ech_results_yearly(results, s, group, question->second, &values, &n, &n_years, error);
    size_t size = (size_t)years->n * ((size_t)years->n_years + 1);
    for (size_t i = 0; status == ECH_OK && i < size; i++) {
        years->values[i] += question->factor * values[i];
    }
    free(values);
    return status;
}

static enum ech_status read_years(const struct ech_results *results, int s,
                                  const struct ech_worst_question *question, struct years *years,
                                  struct ech_error *error)
{
    int g = question->group ? ech_results_find_group(results, s, question->group) : 0;
    *years = (struct years){0};
    if (g == ECH_NONE) {
        return ECH_OK;
    }
    enum ech_status status = ech_results_yearly(results, s, g, question->measure, &years->values,
                                                &years->n, &years->n_years, error);
    return status == ECH_OK && question->second ? add_second(results, s, g, question, years, error)
                                                : status;
}

/* Differences of the replications that both have done, years 0 ... n_years of each; gives how many. */
static int subtract(const int *first, const struct years *baseline, const int *second,
                    const struct years *policy, int n_years, double *differences)
{
    int n = 0;
    for (int i = 0, j = 0; i < baseline->n && j < policy->n;) {
        const double *before = baseline->values + (size_t)i * ((size_t)baseline->n_years + 1);
        const double *after = policy->values + (size_t)j * ((size_t)policy->n_years + 1);
        int behind = first[i] - second[j];
        for (int y = 0; behind == 0 && y <= n_years; y++) {
            differences[(size_t)n * ((size_t)n_years + 1) + (size_t)y] = after[y] - before[y];
        }
        n += behind == 0;
        i += behind <= 0;
        j += behind >= 0;
    }
    return n;
}

static enum ech_status find_between(const struct ech_results *results, int baseline, int s,
                                    const struct years both[2], int from, int to, int better,
                                    struct ech_worst *worst, struct ech_error *error)
{
    int n_years = both[0].n_years < both[1].n_years ? both[0].n_years : both[1].n_years;
    double *differences =
        malloc(((size_t)both[0].n + 1) * ((size_t)n_years + 1) * sizeof *differences);
    if (!differences) {
        return ech_fail(error, ECH_ERR_MEMORY,
                        (struct ech_facts){.what = ECH_BOTH("comparing", "比较")});
    }
    int n = subtract(ech_results_replications(results, baseline), &both[0],
                     ech_results_replications(results, s), &both[1], n_years, differences);
    *worst = ech_worst_find(differences, n, n_years, from, to < n_years ? to : n_years, better);
    free(differences);
    return ECH_OK;
}

enum ech_status ech_worst_read(const struct ech_results *results, int baseline, int s,
                               const struct ech_worst_question *question, struct ech_worst *worst,
                               struct ech_error *error)
{
    struct years both[2] = {{0}};
    int better = question->better ? question->better : ech_worst_better(question->measure);
    *worst = (struct ech_worst){.year = ECH_NONE, .difference = ech_summarise(NULL, 0)};
    if (better == 0) {
        return ECH_OK;
    }
    enum ech_status status = read_years(results, baseline, question, &both[0], error);
    if (status == ECH_OK) {
        status = read_years(results, s, question, &both[1], error);
    }
    if (status == ECH_OK && both[0].values && both[1].values) {
        status = find_between(results, baseline, s, both, question->from, question->to, better,
                              worst, error);
    }
    free(both[0].values);
    free(both[1].values);
    return status;
}
