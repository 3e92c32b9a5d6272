/* Policies against a baseline: settings that differ beside results that differ. Replication k of
   one is paired with replication k of the other, since they share their luck. */
#ifndef ECH_COMPARE_H
#define ECH_COMPARE_H

#include <stdbool.h>
#include <stdio.h>

#include "results/results.h"
#include "results/statistics.h"

/** A setting that differs. All strings belong to the results, none is NULL. */
struct ech_setting_difference {
    const char *path;
    const char *scope; /* "" everywhere */
    int from_month;
    const char *baseline; /* value in force in the baseline for this scope and month; "" if none */
    const char *policy;   /* the same of the other scenario */
    const char *basis;
    const char *file; /* where the policy sets it; "" and 0 if it does not */
    int line;
};

/** Settings of scenario s that differ from the baseline, in their order; *list is to be freed. */
enum ech_status ech_compare_settings(const struct ech_results *results, int baseline, int s,
                                     struct ech_setting_difference **list, int *n,
                                     struct ech_error *error);

/** A measure of one group and period in both scenarios. */
struct ech_comparison {
    double baseline; /* means over the pairs of replications; by month over all */
    double policy;
    struct ech_summary difference; /* policy - baseline */
};

/**
 * Compares the mean over years from..to (inclusive, 0 is the start) of a measure and group. A pair
 * in which a value is undefined is left out; NAN where nothing is left or the group does not exist
 * in both. By the name ECH_PRICE_NAME (results/price.h): `difference` is what the policy costs more for
 * each leader whom it keeps, neither scenario has a value of its own.
 */
enum ech_status ech_compare_years(const struct ech_results *results, int baseline, int s,
                                  const char *group, const char *measure, int from, int to,
                                  struct ech_comparison *comparison, struct ech_error *error);

/**
 * Compares by month: (*months)[0 ... *n_months], to be freed. Pairs as by year where each
 * replication's months are kept. Else there are sums over replications only: of the difference then
 * only mean and n are given, no interval.
 */
enum ech_status ech_compare_months(const struct ech_results *results, int baseline, int s,
                                   const char *group, const char *measure,
                                   struct ech_comparison **months, int *n_months,
                                   struct ech_error *error);

/** What a paired difference says. */
enum ech_verdict { ECH_VERDICT_UNCLEAR, ECH_VERDICT_BETTER, ECH_VERDICT_WORSE };

/** Unclear ("no clear difference") if the 95 % interval contains 0 or there is none. */
enum ech_verdict ech_compare_verdict(const struct ech_summary *difference, bool more_is_better);

/** Whole years of a run, so that a mean of years holds none of which a part is missing; of less than a
    year 1. */
int ech_compare_whole_years(int n_months);
/** The same of the shortest scenario. */
int ech_compare_n_years(const struct ech_results *results);

/** Of a run of n_years the years over which the headline averages: 6 to 15, or the last two thirds of a
    shorter one; 0 to 0 if there are none. */
void ech_compare_window(int n_years, int *from, int *to);

/** The same of the shortest scenario. */
void ech_compare_horizon(const struct ech_results *results, int *from, int *to);

/** What the headline needs of one scenario. */
struct ech_evidence {
    int scenario;
    struct ech_summary gain; /* paired; above 0 is better: a rise, or a fall where less is better */
    enum ech_verdict verdict;
    double share_best; /* share of replications in which it gains most of those that were given */
};

/** A question of the headline: a measure of a group over years, and which direction is better. */
struct ech_question {
    const char *group; /* NULL: the first county */
    const char *measure;
    bool more_is_better;
    int from, to;
};

/**
 * Fills evidence[n] for scenarios[n] against the baseline. The baseline may be among them: its gain
 * is 0 throughout, and its share says how often doing nothing is best.
 */
enum ech_status ech_compare_evidence(const struct ech_results *results, int baseline,
                                     const struct ech_question *question, const int *scenarios,
                                     int n, struct ech_evidence *evidence, struct ech_error *error);

/** What to compare as CSV. */
struct ech_compare {
    int baseline;
    enum ech_group_kind group;
    bool by_month;
    int from, to; /* by year: each year of these; with `averaged` their mean */
    bool averaged;
    int n_measures;
    const char *const *measures; /* full names, at least one */
};

/** All problems with measures that no unit counts, that were not kept, or that do not exist. */
enum ech_status ech_compare_check(const struct ech_results *results,
                                  const struct ech_compare *wanted, struct ech_error *error);

struct ech_worst; /* results/worst.h */

/** One line of a comparison. */
struct ech_compare_row {
    const struct ech_result_scenario *scenario;
    int from_month, to_month;
    const char *group;
    const char *measure;
    const struct ech_comparison *comparison;
    const struct ech_worst *worst; /* of the years up to `to`, for an average; else NULL */
};
/** First month of a year of the run: 0 of the start, else 12 y - 11. */
int ech_compare_first_month(int year);

/** Takes the lines. */
typedef void (*ech_compare_put)(void *context, const struct ech_compare_row *row);

/** Hands over all lines: scenario by scenario without the baseline, group, measure, period. */
enum ech_status ech_compare_rows(const struct ech_results *results,
                                 const struct ech_compare *wanted, ech_compare_put put,
                                 void *context, struct ech_error *error);

/**
 * Writes scenario,from,to,group,measure,baseline,policy,difference,low,high,n,worst_from,worst_to,
 * worst,worst_low,worst_high for all scenarios but the baseline; from and to are dates, low and high the
 * 95 % interval of the paired difference (NA where months are kept as sums only). With `averaged` the
 * last five are the worst year (results/worst.h): its dates, its difference, the interval that holds for
 * all years together; NA else, and where a measure has no good side. A price that cannot be told is NA.
 */
enum ech_status ech_compare_csv(const struct ech_results *results, const struct ech_compare *wanted,
                                FILE *out, struct ech_error *error);

/** Writes scenario,setting,scope,from,baseline,policy,file,line for all but the baseline. */
enum ech_status ech_compare_settings_csv(const struct ech_results *results, int baseline, FILE *out,
                                         struct ech_error *error);

/**
 * Writes one JSON object: baseline, seed (a string: 64 bits), replications, `settings` and
 * `results`, whose members are called as the columns of the two CSVs; numbers are spelt as there,
 * null for NA.
 */
enum ech_status ech_compare_json(const struct ech_results *results,
                                 const struct ech_compare *wanted, FILE *out,
                                 struct ech_error *error);

#endif
