/* Lines of a comparison, whatever they are written as. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "results/compare.h"
#include "results/derived.h"
#include "results/price.h"
#include "results/worst.h"

/* One scenario against the baseline. */
struct pairing {
    const struct ech_results *results;
    const struct ech_compare *wanted;
    int s;
    ech_compare_put put;
    void *context;
};

int ech_compare_first_month(int year)
{
    return year == 0 ? 0 : 12 * year - 11;
}

static enum ech_status put_period(const struct pairing *pairing, struct ech_compare_row row,
                                  int from, int to, struct ech_error *error)
{
    struct ech_comparison comparison;
    enum ech_status status =
        ech_compare_years(pairing->results, pairing->wanted->baseline, pairing->s, row.group,
                          row.measure, from, to, &comparison, error);
    if (status == ECH_OK) {
        if (strcmp(row.measure, ECH_PRICE_NAME) == 0 &&
            !ech_price_is_told(&comparison.difference)) {
            comparison.difference.mean = NAN;
        }
        row.from_month = ech_compare_first_month(from);
        row.to_month = 12 * to;
        row.comparison = &comparison;
        pairing->put(pairing->context, &row);
    }
    return status;
}

/* The years' mean beside the worst of all years up to the last. */
static enum ech_status put_average(const struct pairing *pairing, struct ech_compare_row row,
                                   struct ech_error *error)
{
    const struct ech_compare *wanted = pairing->wanted;
    const struct ech_worst_question question = {.group = row.group,
                                                .measure = row.measure,
                                                .from = wanted->to > 0 ? 1 : 0,
                                                .to = wanted->to};
    struct ech_worst worst;
    enum ech_status status =
        ech_worst_read(pairing->results, wanted->baseline, pairing->s, &question, &worst, error);
    row.worst = &worst;
    return status == ECH_OK ? put_period(pairing, row, wanted->from, wanted->to, error) : status;
}

static enum ech_status put_months(const struct pairing *pairing, struct ech_compare_row row,
                                  struct ech_error *error)
{
    struct ech_comparison *months = NULL;
    int n_months = 0;
    enum ech_status status =
        ech_compare_months(pairing->results, pairing->wanted->baseline, pairing->s, row.group,
                           row.measure, &months, &n_months, error);
    for (int month = 0; status == ECH_OK && month <= n_months; month++) {
        row.from_month = row.to_month = month;
        row.comparison = &months[month];
        pairing->put(pairing->context, &row);
    }
    free(months);
    return status;
}

static enum ech_status put_measure(const struct pairing *pairing, struct ech_compare_row row,
                                   struct ech_error *error)
{
    const struct ech_compare *wanted = pairing->wanted;
    enum ech_status status = ECH_OK;
    if (wanted->by_month) {
        return put_months(pairing, row, error);
    }
    if (wanted->averaged) {
        return put_average(pairing, row, error);
    }
    for (int year = wanted->from; status == ECH_OK && year <= wanted->to; year++) {
        status = put_period(pairing, row, year, year, error);
    }
    return status;
}

static enum ech_status put_scenario(const struct pairing *pairing, struct ech_error *error)
{
    const struct ech_result_scenario *scenario = ech_results_scenario(pairing->results, pairing->s);
    enum ech_status status = ECH_OK;
    for (int g = 0; g < scenario->n_groups; g++) {
        bool wanted = scenario->groups[g].kind == pairing->wanted->group;
        for (int i = 0; wanted && status == ECH_OK && i < pairing->wanted->n_measures; i++) {
            struct ech_compare_row row = {.scenario = scenario,
                                          .group = scenario->groups[g].id,
                                          .measure = pairing->wanted->measures[i]};
            status = put_measure(pairing, row, error);
        }
    }
    return status;
}

enum ech_status ech_compare_rows(const struct ech_results *results,
                                 const struct ech_compare *wanted, ech_compare_put put,
                                 void *context, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int s = 0; status == ECH_OK && s < ech_results_n_scenarios(results); s++) {
        struct pairing pairing = {results, wanted, s, put, context};
        if (s != wanted->baseline) {
            status = put_scenario(&pairing, error);
        }
    }
    return status;
}

/* Reading fails with the right words where values are not kept. */
static enum ech_status check_measure(const struct ech_results *results, int s, int group,
                                     bool by_month, const char *measure, struct ech_error *error)
{
    double *values = NULL, *sd = NULL;
    int *n = NULL, n_replications, n_years;
    if (by_month ? ech_results_keeps_monthly(results, s, group, measure)
                 : ech_results_keeps_yearly(results, s, group, measure)) {
        return ECH_OK;
    }
    enum ech_status status =
        by_month ? ech_results_monthly(results, s, group, measure, &values, &sd, &n, error)
                 : ech_results_yearly(results, s, group, measure, &values, &n_replications,
                                      &n_years, error);
    free(values);
    free(sd);
    free(n);
    return status;
}

/* The first group that lacks the measure speaks for all. */
static enum ech_status check_groups(const struct ech_results *results,
                                    const struct ech_compare *wanted, const char *measure,
                                    struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int s = 0; status == ECH_OK && s < ech_results_n_scenarios(results); s++) {
        const struct ech_result_scenario *scenario = ech_results_scenario(results, s);
        for (int g = 0; status == ECH_OK && g < scenario->n_groups; g++) {
            if (scenario->groups[g].kind == wanted->group) {
                status = check_measure(results, s, g, wanted->by_month, measure, error);
            }
        }
    }
    return status;
}

/* What comes of a comparison is there if its parts are; months have none. */
static enum ech_status check_derived(const struct ech_results *results,
                                     const struct ech_compare *wanted,
                                     const struct ech_derived *derived, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    if (wanted->by_month) {
        return ech_fail(
            error, ECH_ERR_OPTION,
            (struct ech_facts){.what = derived->name,
                               .value = ECH_BOTH("is told of years only", "只按年计算"),
                               .hint = ECH_BOTH("leave --by month out", "请去掉 --by month")});
    }
    for (int i = 0; i < ECH_DERIVED_PARTS && status == ECH_OK; i++) {
        status = check_groups(results, wanted, derived->parts[i], error);
    }
    return status;
}

enum ech_status ech_compare_check(const struct ech_results *results,
                                  const struct ech_compare *wanted, struct ech_error *error)
{
    enum ech_status status = ECH_OK;
    for (int i = 0; i < wanted->n_measures; i++) {
        const struct ech_derived *derived = ech_derived_find(wanted->measures[i]);
        enum ech_status one = derived ? check_derived(results, wanted, derived, error)
                                      : check_groups(results, wanted, wanted->measures[i], error);
        status = ech_status_worse(status, one);
    }
    return status;
}
