/* Every row of the table of parameters has a line in extremes.def, and every line names a row. What the
   lines say is run by verify/verify_extremes.c. */
#include "fixture.h"

#include "extremes.h"

static bool has_line(const char *path)
{
    for (int i = 0; i < N_EXTREMES; i++) {
        if (strcmp(extremes[i].path, path) == 0) {
            return true;
        }
    }
    for (int i = 0; i < N_EXTREMES_ELSEWHERE; i++) {
        if (strcmp(extremes_elsewhere[i].path, path) == 0) {
            return true;
        }
    }
    return false;
}

static void test_every_parameter_has_a_line(void **state)
{
    int n_missing = 0;
    (void)state;
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        char path[128];
        ech_param_path(&ech_param_rows[i], path, sizeof path);
        if (!has_line(path)) {
            print_error("tests/extremes.def says nothing of %s\n", path);
            n_missing++;
        }
    }
    assert_int_equal(n_missing, 0);
}

static void test_every_line_names_a_parameter(void **state)
{
    (void)state;
    for (int i = 0; i < N_EXTREMES; i++) {
        if (ech_param_find(extremes[i].path) == NULL) {
            fail_msg("tests/extremes.def: no parameter %s", extremes[i].path);
        }
        assert_string_not_equal(extremes[i].from, extremes[i].to);
    }
    for (int i = 0; i < N_EXTREMES_ELSEWHERE; i++) {
        if (ech_param_find(extremes_elsewhere[i].path) == NULL) {
            fail_msg("tests/extremes.def: no parameter %s", extremes_elsewhere[i].path);
        }
    }
}

static bool holds(const char *file, const char *words)
{
    char path[512];
    char line[1024];
    bool found = false;
    snprintf(path, sizeof path, ECH_SOURCE_DIR "/tests/%s", file);
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        fail_msg("tests/extremes.def: no file %s", path);
        return false;
    }
    while (!found && fgets(line, sizeof line, stream) != NULL) {
        found = strstr(line, words) != NULL;
    }
    fclose(stream);
    return found;
}

static void test_tests_named_instead_are_there_and_run(void **state)
{
    (void)state;
    for (int i = 0; i < N_EXTREMES_ELSEWHERE; i++) {
        const struct extreme_elsewhere *line = &extremes_elsewhere[i];
        char runs[256];
        snprintf(runs, sizeof runs, "(%s)", line->test);
        if (!holds(line->file, runs) || !holds(line->where, line->path)) {
            fail_msg("tests/extremes.def: %s is not tested by %s of %s", line->path, line->test,
                     line->file);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_parameter_has_a_line),
        cmocka_unit_test(test_every_line_names_a_parameter),
        cmocka_unit_test(test_tests_named_instead_are_there_and_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
