/* What the programs of tests/verify share: loading an exact model, running it, and holding a
   number against the distribution that theory gives it.

   False alarms. A program makes n_checks random comparisons and fails if any of them has a
   two-sided probability below THEORY_ALARM / n_checks under the theory; by Bonferroni's
   inequality a correct program then fails with a probability below THEORY_ALARM in all, whatever
   depends on whatever. For a normal quantity this is |x - mean| <= z sd with z =
   Qinv(THEORY_ALARM / n_checks / 2), Q the upper tail of the normal distribution: z = 3.89 for 1
   check, 4.42 for 10, 4.89 for 100. The seed is fixed, so a program that passes once passes
   always. Identities are compared exactly and count for nothing. */
#ifndef THEORY_H
#define THEORY_H

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>

#include "fixture.h"

#define THEORY_ALARM 1e-4
#define THEORY_SEED UINT64_C(20190805)

/** An exact model that is loaded and can be run; the table holds the last replication. */
struct theory_model {
    struct ech_scenario scenario;
    struct ech_run *run;
    struct table table;
};

/** Loads the scenario at `path` (absolute, or relative to the source tree) and takes all memory. */
static inline void theory_load(struct theory_model *model, const char *path)
{
    char whole[1024];
    snprintf(whole, sizeof whole, "%s%s%s", path[0] == '/' ? "" : ECH_SOURCE_DIR,
             path[0] == '/' ? "" : "/", path);
    load_file(whole, &model->scenario);
    assert_int_equal(model->scenario.n_counties, 1);
    assert_int_equal(ech_run_create(&model->scenario, &model->run, NULL), ECH_OK);
    model->table = make_table(&model->scenario);
}

/** Frees what theory_load() took. */
static inline void theory_free(struct theory_model *model)
{
    free_table(&model->table);
    ech_run_free(model->run);
    ech_scenario_free(&model->scenario);
}

/** Runs one replication into the model's table; `sink` may be NULL. */
static inline void theory_run(struct theory_model *model, int replication,
                              const struct ech_sink *sink)
{
    assert_int_equal(
        ech_run_replication(model->run, THEORY_SEED, replication, &model->table.output, sink, NULL),
        ECH_OK);
}

/** Counter of the only county in a month. */
static inline int64_t theory_county(const struct theory_model *model, int month,
                                    enum ech_count_id row, int index)
{
    return county_at(&model->table, month, (int)row, index);
}

/** Counter of type `type` in a month. */
static inline int64_t theory_type(const struct theory_model *model, int month, int type,
                                  enum ech_count_id row, int index)
{
    const struct table *table = &model->table;
    size_t group = (size_t)(month * table->n_types + type);
    int slot = table->layout.first[row] + index;
    return table->output.type[group * (size_t)table->layout.n + (size_t)slot];
}

/** Counter of unit `unit` in a month; only rows that are counted by unit. */
static inline int64_t theory_unit(const struct theory_model *model, int month, int unit,
                                  enum ech_count_id row, int index)
{
    const struct table *table = &model->table;
    size_t group = (size_t)(month * table->n_units + unit);
    int slot = table->layout.first[row] + index;
    assert_true(slot < table->layout.n_unit);
    return table->output.unit[group * (size_t)table->layout.n_unit + (size_t)slot];
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
 * 25 are expected in a cell, so that the chi-square distribution holds in its tail. Two-sided: a
 * fit that is too good is an error too.
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
