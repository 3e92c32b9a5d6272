/* Results files for tests, made through the store from the counters of results_fixture.h. */
#ifndef ECH_RESULTS_FILES_H
#define ECH_RESULTS_FILES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "results/results.h"
#include "results/store.h"
#include "tests/results_fixture.h"

/** A folder of its own for each test program; paths in it. */
static char files_folder[] = "/tmp/echelon-results-XXXXXX";

static inline int files_setup(void **state)
{
    (void)state;
    return mkdtemp(files_folder) ? 0 : -1;
}

static inline int files_teardown(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", files_folder);
    return system(command);
}

/** The path of a file in the folder; two calls' results may be used at the same time. */
static inline const char *files_path(const char *name)
{
    static char paths[4][128];
    static int next;
    next = (next + 1) % 4;
    snprintf(paths[next], sizeof paths[next], "%s/%s", files_folder, name);
    return paths[next];
}

static inline bool files_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/** Prints what went wrong where the test expected success. */
static inline void files_expect(enum ech_status status, enum ech_status expected,
                                struct ech_error *error)
{
    for (int i = 0; status != expected && i < error->n_problems; i++) {
        char text[500];
        ech_error_text(&error->problems[i], ECH_LANG_EN, text, sizeof text);
        fprintf(stderr, "%s\n", text);
    }
    assert_int_equal(status, expected);
}

/** The call failed with exactly this code; forgets the problem. */
static inline void files_expect_code(struct ech_error *error, enum ech_error_code code)
{
    assert_int_equal(error->n_problems, 1);
    assert_string_equal(ech_error_name(error->problems[0].code), ech_error_name(code));
    ech_error_free(error);
}

/** Two scenarios that belong together: "baseline" and "policy", months 0 to 30, five units. */
struct files_pair {
    struct fixture fixtures[2];
    const struct ech_scenario *scenarios[2];
};

static inline void files_pair_make(struct files_pair *pair)
{
    fixture_make(&pair->fixtures[0], "baseline", NULL, 30, 5, 9);
    fixture_make(&pair->fixtures[1], "policy", "baseline", 30, 5, 12);
    pair->scenarios[0] = &pair->fixtures[0].scenario;
    pair->scenarios[1] = &pair->fixtures[1].scenario;
}

static inline struct ech_store_plan files_plan(const struct files_pair *pair, const char *path,
                                               int n_replications)
{
    return (struct ech_store_plan){.path = path,
                                   .seed = 18446744073709551557u,
                                   .n_replications = n_replications,
                                   .n_scenarios = 2,
                                   .scenarios = pair->scenarios};
}

/** Puts replications first, first + step, ... of scenario s, through one intake. */
static inline void files_put(struct ech_store *store, const struct files_pair *pair, int s,
                             int first, int last, int step)
{
    struct ech_error error = {0};
    struct ech_intake intake;
    files_expect(ech_store_intake(store, s, &intake, &error), ECH_OK, &error);
    for (int r = first; step > 0 ? r <= last : r >= last; r += step) {
        fixture_fill(pair->scenarios[s], r, ech_intake_output(&intake));
        ech_intake_add(&intake, r);
        files_expect(ech_store_put(store, &intake, &error), ECH_OK, &error);
    }
    files_expect(ech_store_merge(store, &intake, &error), ECH_OK, &error);
    ech_intake_free(&intake);
}

/** A complete file of both scenarios. */
static inline void files_write(const struct files_pair *pair, const char *path, int n_replications)
{
    struct ech_error error = {0};
    struct ech_store *store = NULL;
    struct ech_store_plan plan = files_plan(pair, path, n_replications);
    files_expect(ech_store_create(&plan, &store, &error), ECH_OK, &error);
    files_put(store, pair, 0, 1, n_replications, 1);
    files_put(store, pair, 1, 1, n_replications, 1);
    files_expect(ech_store_finish(store, &error), ECH_OK, &error);
}

/** files_setup() with a finished file of the pair, "run.db". */
static inline int files_setup_run(void **state, int n_replications)
{
    struct files_pair pair;
    int failed = files_setup(state);
    files_pair_make(&pair);
    files_write(&pair, files_path("run.db"), n_replications);
    return failed;
}

static inline struct ech_results *files_open(const char *path)
{
    struct ech_error error = {0};
    struct ech_results *results = NULL;
    files_expect(ech_results_open(path, &results, &error), ECH_OK, &error);
    return results;
}

/** The bytes of a file, to free(). */
static inline char *files_read(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    struct stat facts;
    assert_non_null(file);
    assert_int_equal(fstat(fileno(file), &facts), 0);
    *size = (size_t)facts.st_size;
    char *bytes = malloc(*size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, *size, file), *size);
    bytes[*size] = '\0';
    fclose(file);
    return bytes;
}

static inline void files_assert_same_bytes(const char *a, const char *b)
{
    size_t n_a, n_b;
    char *left = files_read(a, &n_a), *right = files_read(b, &n_b);
    assert_int_equal(n_a, n_b);
    assert_memory_equal(left, right, n_a);
    free(left);
    free(right);
}

#endif
