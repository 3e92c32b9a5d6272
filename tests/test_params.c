/* The table of parameters: paths, defaults, units, rates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "model/key.h"
#include "model/params.h"

static void test_path_is_found_again_for_every_row(void **state)
{
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        char path[128];
        ech_param_path(&ech_param_rows[i], path, sizeof path);
        assert_ptr_equal(ech_param_find(path), &ech_param_rows[i]);
    }
}

static void test_find_knows_one_spelling_only(void **state)
{
    assert_non_null(ech_param_find("exit.resign.rate"));
    assert_non_null(ech_param_find("hiring.min_service"));
    assert_null(ech_param_find("exit_resign.rate"));
    assert_null(ech_param_find("hiring.min.service"));
    assert_null(ech_param_find("hiring"));
    assert_null(ech_param_find(""));
}

static void test_path_is_cut_safely(void **state)
{
    char path[8];
    ech_param_path(&ech_param_rows[ECH_PARAM_ID_exit_resign_rate], path, sizeof path);
    assert_string_equal(path, "exit.re");
}

static void test_every_default_lies_in_its_range(void **state)
{
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        const struct ech_param_row *row = &ech_param_rows[i];
        bool off = row->def == ECH_OFF && ech_param_may_be_off(row);
        assert_true(off || (row->def >= row->min && row->def <= row->max));
        assert_true(row->min < row->max);
        assert_true(strlen(row->label[0]) > 0 && strlen(row->label[1]) > 0);
        assert_true(strlen(row->source) > 0 && strlen(row->unit) > 0);
    }
}

static void test_default_converts_units(void **state)
{
    struct ech_params params;
    ech_params_default(&params);
    assert_int_equal(params.retirement_age_women, 55 * 12);
    assert_int_equal(params.rotation_max_tenure, 120);
    assert_int_equal(params.stepdown_age, ECH_NEVER);
    assert_true(isinf(params.hiring_quota));
    assert_true(params.reserve_chief_ratio == 2);
    assert_true(params.stepdown_exchange);
    assert_int_equal(params.selection_scope, ECH_CIRCLE_COUNTY);
    bool exact = true;
    assert_true(ech_rate_at(&params.exit_resign_rate, 17, 400, &exact) == 0.0017);
    assert_false(exact);
}

static void test_set_switches_off(void **state)
{
    struct ech_params params;
    ech_params_default(&params);
    ech_param_set(&params, ech_param_find("hiring.quota"), ECH_OFF);
    ech_param_set(&params, ech_param_find("rotation.max_tenure"), ECH_OFF);
    ech_param_set(&params, ech_param_find("stepdown.age"), 52.5);
    ech_param_set(&params, ech_param_find("selection.rule"), ECH_SELECT_LOTTERY);
    assert_true(isinf(params.hiring_quota));
    assert_int_equal(params.rotation_max_tenure, ECH_NEVER);
    assert_int_equal(params.stepdown_age, 630);
    assert_int_equal(params.selection_rule, ECH_SELECT_LOTTERY);
}

static void test_defaults_are_equal_bytes(void **state)
{
    struct ech_params a, b;
    memset(&a, 0x55, sizeof a);
    memset(&b, 0xAA, sizeof b);
    ech_params_default(&a);
    ech_params_default(&b);
    assert_memory_equal(&a, &b, sizeof a);
}

static void test_rate_steps_at_the_closed_end_of_a_band(void **state)
{
    struct ech_rate rate = {.by = ECH_BY_SERVICE,
                            .n_bands = 3,
                            .from_month = {6, 24, 61},
                            .value = {0.07, 0.031, 0.2},
                            .is_probability = {false, false, true}};
    bool exact = true;
    assert_true(ech_rate_at(&rate, 5, 900, &exact) == 0 && !exact);
    assert_true(ech_rate_at(&rate, 6, 900, &exact) == 0.07 && !exact);
    assert_true(ech_rate_at(&rate, 23, 900, &exact) == 0.07);
    assert_true(ech_rate_at(&rate, 24, 900, &exact) == 0.031);
    assert_true(ech_rate_at(&rate, 60, 900, &exact) == 0.031 && !exact);
    assert_true(ech_rate_at(&rate, 700, 0, &exact) == 0.2 && exact);
    rate.by = ECH_BY_AGE;
    assert_true(ech_rate_at(&rate, 700, 25, &exact) == 0.031 && !exact);
}

/* Known answers, computed independently, so that keys never change by accident. */
static void test_key_has_known_answers(void **state)
{
    assert_true(ech_key_mix(1) == UINT64_C(0x5692161d100b05e5));
    assert_true(ech_key_of("", "") == ech_key_of(NULL, NULL));
    assert_true(ech_key_of("nanpiao", "township_01") == UINT64_C(0xa45c2c6f2a175bb7));
    assert_true(ech_key_of("县", "乡镇1") == UINT64_C(0x3a7545af39106b95));
    assert_true(ech_key_of("ab", "c") != ech_key_of("a", "bc"));
}

/* Whoever counts people, posts, terms, ... of one kind counts whole ones. Means and quotas that add up over
   the years have another unit. */
static void test_counts_are_whole(void **state)
{
    static const char *const counted[] = {"people", "people/month", "posts",      "places",
                                          "terms",  "grade",        "looks/year", "assessments"};
    for (int i = 0; i < ECH_N_PARAMS; i++) {
        const struct ech_param_row *row = &ech_param_rows[i];
        for (size_t k = 0; k < sizeof counted / sizeof counted[0]; k++) {
            if (strcmp(row->unit, counted[k]) == 0) {
                assert_true(row->type == ECH_PARAM_COUNT || row->type == ECH_PARAM_MOST);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_path_is_found_again_for_every_row),
        cmocka_unit_test(test_find_knows_one_spelling_only),
        cmocka_unit_test(test_path_is_cut_safely),
        cmocka_unit_test(test_every_default_lies_in_its_range),
        cmocka_unit_test(test_default_converts_units),
        cmocka_unit_test(test_set_switches_off),
        cmocka_unit_test(test_defaults_are_equal_bytes),
        cmocka_unit_test(test_rate_steps_at_the_closed_end_of_a_band),
        cmocka_unit_test(test_key_has_known_answers),
        cmocka_unit_test(test_counts_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
