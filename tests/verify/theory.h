/* What the programs of tests/verify share: loading an exact model, running it, and holding a number
   against the distribution that theory gives it.

   False alarms. A program makes n_checks random comparisons and fails if any of them has a two-sided
   probability below THEORY_ALARM / n_checks under the theory; by Bonferroni's inequality a correct
   program then fails with a probability below THEORY_ALARM in all, whatever depends on whatever. For
   a normal quantity this is |x - mean| <= z sd with z = Qinv(THEORY_ALARM / n_checks / 2), Q the upper
   tail of the normal distribution: z = 3.89 for 1 check, 4.42 for 10, 4.89 for 100. The seed is fixed,
   so a program that passes once passes always. Identities are compared exactly and count for nothing. */
#ifndef THEORY_H
#define THEORY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>

#include "input/load.h"
#include "model/run.h"

#define THEORY_ALARM 1e-4
#define THEORY_SEED UINT64_C(20190805)

/** An exact model that is loaded and can be run; counters are those of the last replication. */
struct theory_model {
    struct ech_scenario scenario;
    struct ech_run *run;
    struct ech_layout layout;
    struct ech_output output;
};

/** Prints the problems of a failed load or run. */
static inline void theory_print(const struct ech_error *error)
{
    char text[512];
    for (int i = 0; i < error->n_problems; i++) {
        ech_error_text(&error->problems[i], ECH_LANG_EN, text, sizeof text);
        fprintf(stderr, "%s\n", text);
    }
}

/** Memory for `n` counters, which the caller frees. */
static inline int64_t *theory_counters(size_t n)
{
    int64_t *counters = calloc(n, sizeof *counters);
    assert_non_null(counters);
    return counters;
}

/** Loads the scenario at `path` (relative to the source tree) and takes all memory. */
static inline void theory_load(struct theory_model *model, const char *path)
{
    struct ech_error error = { 0 };
    char whole[1024];
    snprintf(whole, sizeof whole, "%s/%s", ECH_SOURCE_DIR, path);
    enum ech_status status = ech_scenario_load(whole, NULL, &model->scenario, &error);
    theory_print(&error);
    assert_int_equal(status, ECH_OK);
    status = ech_run_create(&model->scenario, &model->run, &error);
    theory_print(&error);
    assert_int_equal(status, ECH_OK);
    model->layout = ech_run_layout(model->run);
    size_t months = (size_t)model->scenario.n_months + 1;
    size_t n = (size_t)model->layout.n;
    model->output.county = theory_counters(months * (size_t)model->scenario.n_counties * n);
    model->output.type = theory_counters(months * (size_t)model->scenario.n_types * n);
    model->output.unit = theory_counters(months * (size_t)model->scenario.n_units *
                                         (size_t)model->layout.n_unit);
    ech_error_free(&error);
}

/** Frees what theory_load() took. */
static inline void theory_free(struct theory_model *model)
{
    free(model->output.county);
    free(model->output.type);
    free(model->output.unit);
    ech_run_free(model->run);
    ech_scenario_free(&model->scenario);
}

/** Runs one replication into the model's counters; `sink` may be NULL. */
static inline void theory_run(struct theory_model *model, int replication,
                              const struct ech_sink *sink)
{
    struct ech_error error = { 0 };
    enum ech_status status = ech_run_replication(model->run, THEORY_SEED, replication,
                                                 &model->output, sink, &error);
    theory_print(&error);
    assert_int_equal(status, ECH_OK);
    ech_error_free(&error);
}

/** Counter of the only county in a month. */
static inline int64_t theory_county(const struct theory_model *model, int month,
                                    enum ech_count_id row, int index)
{
    return model->output
        .county[(size_t)month * (size_t)model->layout.n + (size_t)(model->layout.first[row] + index)];
}

/** Counter of type `type` in a month. */
static inline int64_t theory_type(const struct theory_model *model, int month, int type,
                                  enum ech_count_id row, int index)
{
    size_t group = (size_t)(month * model->scenario.n_types + type);
    return model->output
        .type[group * (size_t)model->layout.n + (size_t)(model->layout.first[row] + index)];
}

/** Counter of unit `unit` in a month; only rows that are counted by unit. */
static inline int64_t theory_unit(const struct theory_model *model, int month, int unit,
                                  enum ech_count_id row, int index)
{
    size_t group = (size_t)(month * model->scenario.n_units + unit);
    int slot = model->layout.first[row] + index;
    assert_true(slot < model->layout.n_unit);
    return model->output.unit[group * (size_t)model->layout.n_unit + (size_t)slot];
}

/** Row of a type by its id. */
static inline int theory_find_type(const struct theory_model *model, const char *id)
{
    for (int t = 0; t < model->scenario.n_types; t++) {
        if (strcmp(model->scenario.types[t].id, id) == 0) {
            return t;
        }
    }
    fail_msg("no type %s", id);
    return ECH_NONE;
}

/** Row of a level by its id. */
static inline int theory_find_level(const struct theory_model *model, const char *id)
{
    for (int l = 0; l < model->scenario.n_levels; l++) {
        if (strcmp(model->scenario.levels[l].id, id) == 0) {
            return l;
        }
    }
    fail_msg("no level %s", id);
    return ECH_NONE;
}

/** Fails if `probability`, two-sided under the theory, is too small for one of n_checks checks. */
static inline void theory_hold(const char *what, double probability, int n_checks)
{
    print_message("    %-58s p = %.4g\n", what, probability);
    if (!(probability >= THEORY_ALARM / n_checks)) {
        fail_msg("%s: probability %.3g under the theory", what, probability);
    }
}

/** Holds x against a normal distribution: sums of very many independent parts. */
static inline void theory_hold_normal(const char *what, double x, double mean, double variance,
                                      int n_checks)
{
    double z = fabs(x - mean) / sqrt(variance);
    if (!(z < 1e9)) {
        fail_msg("%s: %g against mean %g, variance %g", what, x, mean, variance);
    }
    theory_hold(what, 2 * gsl_cdf_ugaussian_Q(z), n_checks);
}

/** Holds a count against Binomial(n, p), exactly: twice the smaller tail. */
static inline void theory_hold_binomial(const char *what, int64_t count, int64_t n, double p,
                                        int n_checks)
{
    assert_true(count >= 0 && count <= n && n < INT64_C(4000000000));
    double low = gsl_cdf_binomial_P((unsigned)count, p, (unsigned)n);
    double high = count == 0 ? 1 : gsl_cdf_binomial_Q((unsigned)count - 1, p, (unsigned)n);
    theory_hold(what, GSL_MIN(1, 2 * GSL_MIN(low, high)), n_checks);
}

/**
 * Pearson's test of observed[n] against expected[n] with the same sum: neighbours are pooled until
 * 25 are expected in a cell, so that the chi-square distribution holds in its tail. Two-sided: a fit
 * that is too good is an error too.
 */
static inline void theory_hold_cells(const char *what, const double *observed,
                                     const double *expected, int n, int n_checks)
{
    double sum = 0, cell_observed = 0, cell_expected = 0, rest = 0;
    int n_cells = 0;
    for (int i = 0; i < n; i++) {
        rest += expected[i];
    }
    for (int i = 0; i < n; i++) {
        cell_observed += observed[i];
        cell_expected += expected[i];
        rest -= expected[i];
        if (cell_expected >= 25 && (rest >= 25 || i == n - 1)) {
            sum += gsl_pow_2(cell_observed - cell_expected) / cell_expected;
            n_cells++;
            cell_observed = cell_expected = 0;
        }
    }
    assert_true(n_cells >= 2);
    assert_true(fabs(cell_expected) < 1e-6 && fabs(cell_observed) < 0.5);
    double high = gsl_cdf_chisq_Q(sum, n_cells - 1);
    theory_hold(what, GSL_MIN(1, 2 * GSL_MIN(high, 1 - high)), n_checks);
}

#endif
