/* What the tests of input/ share: files in a folder of their own, loading them, finding a problem. */
#ifndef ECH_INPUT_FIXTURE_H
#define ECH_INPUT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "input/load.h"

/** A folder for one test and what was loaded last. */
struct fixture {
    char folder[64];
    struct ech_scenario scenario;
    struct ech_error error;
};

/** A whole small scenario: one county, two levels, five units, nine posts. */
static const char *const small =
    "county: {id: c}\n"
    "start: 2019-08\n"
    "months: 24\n"
    "levels: [{id: low}, {id: high}]\n"
    "kinds: [{id: head, level: high, role: department_chief}, {id: aide, level: low, role: "
    "deputy}]\n"
    "types: [{id: town}, {id: bureau}]\n"
    "units:\n"
    "  - {id: town, count: 3, type: town, establishment: {admin: 5, institution: 2},\n"
    "     posts: {head: 1, aide: 1}, remoteness: {from: 0.2, to: 0.8}, title: {en: Town, zh: 镇}}\n"
    "  - {id: tax, type: bureau, establishment: 4, posts: {head: 1, aide: 2}}\n"
    "  - {id: art, type: bureau, establishment: 1}\n"
    "policy: {retirement.rule: old, exit.death.factor: 0}\n";

static inline int fixture_setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    strcpy(f->folder, "/tmp/ech_input_XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    *state = f;
    return 0;
}

static inline void fixture_forget(struct fixture *f)
{
    ech_scenario_free(&f->scenario);
    ech_error_free(&f->error);
}

static inline int fixture_teardown(void **state)
{
    struct fixture *f = *state;
    char command[128];
    fixture_forget(f);
    snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
    assert_int_equal(system(command), 0);
    free(f);
    return 0;
}

/** Path of a file in the folder; static, good until the next call. */
static inline const char *fixture_path(const struct fixture *f, const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", f->folder, name);
    return path;
}

static inline void fixture_write_bytes(const struct fixture *f, const char *name, const void *bytes,
                                       size_t length)
{
    FILE *file = fopen(fixture_path(f, name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static inline void fixture_write(const struct fixture *f, const char *name, const char *text)
{
    fixture_write_bytes(f, name, text, strlen(text));
}

/** Loads a file of the folder, after forgetting what was loaded before. */
static inline enum ech_status fixture_load(struct fixture *f, const char *name)
{
    fixture_forget(f);
    return ech_scenario_load(fixture_path(f, name), NULL, &f->scenario, &f->error);
}

static inline void fixture_print(const struct ech_error *error)
{
    for (int i = 0; i < error->n_problems; i++) {
        char text[1000];
        ech_error_text(&error->problems[i], ECH_LANG_EN, text, sizeof text);
        print_message("  %s: %s\n", ech_error_name(error->problems[i].code), text);
    }
}

/** Writes `small` and a file that extends it with `text`, and loads that. */
static inline enum ech_status fixture_extend(struct fixture *f, const char *text)
{
    char whole[8000];
    snprintf(whole, sizeof whole, "extends: small.yaml\n%s", text);
    fixture_write(f, "small.yaml", small);
    fixture_write(f, "over.yaml", whole);
    return fixture_load(f, "over.yaml");
}

/** As fixture_extend, which must succeed. */
static inline void fixture_extend_well(struct fixture *f, const char *text)
{
    enum ech_status status = fixture_extend(f, text);
    fixture_print(&f->error);
    assert_int_equal(status, ECH_OK);
    assert_int_equal(f->error.n_problems, 0);
}

/** Number of problems of a code at a line and column (0: anywhere) whose text holds `words`. */
static inline int fixture_count(const struct fixture *f, enum ech_error_code code, int line,
                                int column, const char *words)
{
    int n = 0;
    for (int i = 0; i < f->error.n_problems; i++) {
        const struct ech_problem *problem = &f->error.problems[i];
        const struct ech_mark *at = &problem->facts.at;
        char text[1000];
        ech_error_text(problem, ECH_LANG_EN, text, sizeof text);
        n += problem->code == code && (line == 0 || at->line == line) &&
             (column == 0 || at->column == column) && strstr(text, words) != NULL;
    }
    return n;
}

/** Asserts that loading failed with exactly one problem: this one. */
static inline void fixture_only(const struct fixture *f, enum ech_error_code code, int line,
                                int column, const char *words)
{
    if (f->error.n_problems != 1 || fixture_count(f, code, line, column, words) != 1) {
        print_message("expected %s at %d:%d with '%s', got:\n", ech_error_name(code), line, column,
                      words);
        fixture_print(&f->error);
    }
    assert_int_equal(fixture_count(f, code, line, column, words), 1);
    assert_int_equal(f->error.n_problems, 1);
    assert_null(f->scenario.arena);
    assert_int_equal(f->scenario.n_units, 0);
}

/** Row of a unit, type or level by id. */
static inline int fixture_unit(const struct fixture *f, const char *id)
{
    for (int u = 0; u < f->scenario.n_units; u++) {
        if (strcmp(f->scenario.units[u].id, id) == 0) {
            return u;
        }
    }
    fail_msg("no unit %s", id);
    return -1;
}

/** Parameters of unit `id` and level in the epoch that holds in a month. */
static inline const struct ech_params *fixture_params(const struct fixture *f, const char *id,
                                                      int level, int month)
{
    int e = 0;
    while (e + 1 < f->scenario.n_epochs && f->scenario.epochs[e + 1].from_month <= month) {
        e++;
    }
    return ech_scenario_params(&f->scenario, e, fixture_unit(f, id), level);
}

/** The setting with this path, scope and month, or NULL. */
static inline const struct ech_setting *fixture_setting(const struct fixture *f, const char *path,
                                                        const char *scope, int from_month)
{
    for (int i = 0; i < f->scenario.n_settings; i++) {
        const struct ech_setting *setting = &f->scenario.settings[i];
        if (strcmp(setting->path, path) == 0 && strcmp(setting->scope, scope) == 0 &&
            setting->from_month == from_month) {
            return setting;
        }
    }
    return NULL;
}

/** A test with a folder of its own. */
#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

#endif
