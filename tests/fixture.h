/* Scenarios for tests, written as text; and runs of them. */
#ifndef ECH_TESTS_FIXTURE_H
#define ECH_TESTS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "input/load.h"
#include "model/run.h"

/** The county without any policy: what the table of parameters says. */
#define BARE_COUNTY ECH_SOURCE_DIR "/scenarios/counties/nanpiao_2019.yaml"
#define BASELINE ECH_SOURCE_DIR "/scenarios/nanpiao/baseline.yaml"

/* Loads a file; on failure prints the problems and fails the test. */
static inline void load_file(const char *path, struct ech_scenario *scenario)
{
    struct ech_error error = {0};
    enum ech_status status = ech_scenario_load(path, NULL, scenario, &error);
    for (int i = 0; i < error.n_problems; i++) {
        char text[1000];
        ech_error_text(&error.problems[i], ECH_LANG_EN, text, sizeof text);
        fprintf(stderr, "%s\n", text);
    }
    ech_error_free(&error);
    assert_int_equal(status, ECH_OK);
}

/* Loads a scenario given as text; `extends:` in it names absolute paths. */
static inline void load_text(const char *text, struct ech_scenario *scenario)
{
    char path[] = "/tmp/echelon-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    load_file(path, scenario);
    unlink(path);
}

/* All counters of one replication. */
struct table {
    struct ech_layout layout;
    int n_months, n_types, n_units, n_counties;
    struct ech_output output;
};

static inline size_t county_size(const struct table *t)
{
    return (size_t)((t->n_months + 1) * t->n_counties * t->layout.n);
}
static inline size_t type_size(const struct table *t)
{
    return (size_t)((t->n_months + 1) * t->n_types * t->layout.n);
}
static inline size_t unit_size(const struct table *t)
{
    return (size_t)((t->n_months + 1) * t->n_units * t->layout.n_unit);
}

/* Counters of every group and month are equal. */
static inline void assert_same_output(const struct table *a, const struct table *b)
{
    assert_memory_equal(a->output.county, b->output.county, county_size(a) * sizeof(int64_t));
    assert_memory_equal(a->output.type, b->output.type, type_size(a) * sizeof(int64_t));
    assert_memory_equal(a->output.unit, b->output.unit, unit_size(a) * sizeof(int64_t));
}

static inline struct table make_table(const struct ech_scenario *s)
{
    struct table t = {.layout = ech_measure_layout(s->n_levels),
                      .n_months = s->n_months,
                      .n_types = s->n_types,
                      .n_units = s->n_units,
                      .n_counties = s->n_counties};
    t.output.county = calloc(county_size(&t), sizeof(int64_t));
    t.output.type = calloc(type_size(&t), sizeof(int64_t));
    t.output.unit = calloc(unit_size(&t), sizeof(int64_t));
    return t;
}

static inline void free_table(struct table *t)
{
    free(t->output.county);
    free(t->output.type);
    free(t->output.unit);
}

/* Runs one replication of a loaded scenario into a new table. */
static inline struct table run_table(const struct ech_scenario *s, uint64_t seed, int replication,
                                     ech_check_fn check, void *context)
{
    struct table t = make_table(s);
    struct ech_run *run;
    assert_int_equal(ech_run_create(s, &run, NULL), ECH_OK);
    ech_run_set_check(run, check, context);
    assert_int_equal(ech_run_replication(run, seed, replication, &t.output, NULL, NULL), ECH_OK);
    ech_run_free(run);
    return t;
}

/* Runs one replication of a loaded scenario for its log alone. */
static inline void run_log(const struct ech_scenario *s, uint64_t seed, int replication,
                           ech_check_fn check, const struct ech_sink *sink)
{
    struct ech_run *run;
    assert_int_equal(ech_run_create(s, &run, NULL), ECH_OK);
    ech_run_set_check(run, check, NULL);
    assert_int_equal(ech_run_replication(run, seed, replication, NULL, sink, NULL), ECH_OK);
    ech_run_free(run);
}

/* Runs one replication of a scenario given as text. */
static inline struct table run_text(const char *text, uint64_t seed, int replication,
                                    ech_check_fn check, void *context)
{
    struct ech_scenario s = {0};
    load_text(text, &s);
    struct table t = run_table(&s, seed, replication, check, context);
    ech_scenario_free(&s);
    return t;
}

/* Runs three years of the county of the baseline with a policy of one line, over the defaults. */
static inline struct table run_policy(const char *policy, ech_check_fn check, void *context)
{
    char text[2000];
    int length = snprintf(text, sizeof text,
                          "extends: " BARE_COUNTY "\nname: t\nyears: 3\npolicy: {%s}\n", policy);
    assert_in_range(length, 1, (int)sizeof text - 1);
    return run_text(text, 5, 2, check, context);
}

/* A scenario given as text and what became of it. */
struct outcome {
    struct ech_scenario s;
    struct table t;
};

static inline struct outcome outcome_of(const char *text, ech_check_fn check, void *context)
{
    struct outcome o = {0};
    load_text(text, &o.s);
    o.t = run_table(&o.s, 9, 1, check, context);
    return o;
}

static inline void outcome_free(struct outcome *o)
{
    free_table(&o->t);
    ech_scenario_free(&o->s);
}

/* Value of a county counter in a month. */
static inline int64_t county_at(const struct table *t, int month, int row, int index)
{
    return t->output.county[(size_t)month * (size_t)(t->n_counties * t->layout.n) +
                            (size_t)(t->layout.first[row] + index)];
}

/* Sum of a county counter over the months after the start. */
static inline int64_t county_total(const struct table *t, int row, int index)
{
    int64_t sum = 0;
    for (int month = 1; month <= t->n_months; month++) {
        sum += county_at(t, month, row, index);
    }
    return sum;
}

#endif
