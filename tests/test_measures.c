/* Names, layout and values of measures. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/measures.h"

static const struct ech_level levels[] = {
    {.id = "staff"}, {.id = "deputy_section"}, {.id = "section"}};
enum { N_LEVELS = 3 };

#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))

static struct ech_measure find(const char *name, const struct ech_layout *layout)
{
    struct ech_measure measure = {0};
    assert_true(ech_measure_find(name, layout, levels, &measure));
    return measure;
}

static void test_layout_gives_each_slot_one_row(void **state)
{
    struct ech_layout layout = ech_measure_layout(N_LEVELS);
    int slots = 0;
    for (int c = 0; c < ECH_N_COUNTS; c++) {
        for (int i = 0; i < ech_dim_size(ech_count_rows[c].dim, N_LEVELS); i++) {
            int index = -1;
            assert_int_equal(ech_layout_row(&layout, layout.first[c] + i, &index), c);
            assert_int_equal(index, i);
            slots++;
        }
    }
    assert_int_equal(slots, layout.n);
    assert_int_equal(layout.n_unit_year, 4);
    assert_int_equal(layout.first[ECH_M_breaks_county_NONE], layout.n_unit);
}

static void test_every_name_is_found_again(void **state)
{
    struct ech_layout layout = ech_measure_layout(N_LEVELS);
    int n = ech_n_measures(&layout);
    assert_true(n > layout.n);
    for (int i = 0; i < n; i++) {
        char name[128];
        struct ech_measure at = ech_measure_at(i, &layout, levels, name, sizeof name);
        struct ech_measure measure = find(name, &layout);
        assert_ptr_equal(measure.row, at.row);
        assert_int_equal(measure.is_ratio, i >= layout.n);
        assert_int_equal(measure.slot, at.slot);
        assert_int_equal(measure.denominator, at.denominator);
    }
}

static void test_fixed_names_exist_and_others_do_not(void **state)
{
    static const char *const fixed[] = {"heads",
                                        "posts",
                                        "posts_vacant",
                                        "posts_vacant[procedure]",
                                        "post_vacancy_rate",
                                        "posts_vacant[nobody]",
                                        "establishment",
                                        "posts_vacant[no_place]",
                                        "reserve_ratio",
                                        "establishment_vacancy_rate",
                                        "ready_share",
                                        "reserve_ratio[chief]",
                                        "exits[retire]",
                                        "reserve_ratio[deputy]",
                                        "heads[level:deputy_section]",
                                        "leaders_age[<=35]"};
    static const char *const wrong[] = {"",
                                        "head",
                                        "heads[",
                                        "heads[]",
                                        "heads[staff]",
                                        "exits[retire",
                                        "exits[retire]x",
                                        "posts[principal]"};
    struct ech_layout layout = ech_measure_layout(N_LEVELS);
    struct ech_measure measure;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        find(fixed[i], &layout);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(ech_measure_find(wrong[i], &layout, levels, &measure));
    }
}

static void test_each_kind_of_average_is_taken_over_the_year(void **state)
{
    struct ech_layout layout = ech_measure_layout(N_LEVELS);
    int64_t end[4096] = {0}, sum[4096] = {0};
    struct ech_measure heads = find("heads", &layout), posts = find("posts", &layout);
    struct ech_measure exits = find("exits", &layout), merit = find("leaders_merit_mean", &layout);
    struct ech_measure rate = find("post_vacancy_rate", &layout);
    struct ech_measure age = find("leaders_age_mean", &layout);
    end[heads.slot] = 603, sum[heads.slot] = 7219;
    end[posts.slot] = 418, sum[posts.slot] = 5017;
    end[exits.slot] = 3, sum[exits.slot] = 29;
    end[rate.slot] = 11, sum[rate.slot] = 131;
    end[age.denominator] = 407, end[age.slot] = 226699, end[merit.slot] = 83142577;
    assert_near(ech_measure_value(&heads, end, sum, 12), 603, 0);
    assert_near(ech_measure_value(&posts, end, sum, 12), 5017 / 12.0, 1e-12);
    assert_near(ech_measure_value(&exits, end, sum, 12), 29, 0);
    assert_near(ech_measure_value(&rate, end, sum, 12), 131.0 / 5017, 1e-15);
    assert_near(ech_measure_value(&age, end, sum, 12), 226699 / 407.0 / 12, 1e-12);
    assert_near(ech_measure_value(&merit, end, sum, 12), 83.142577 / 407, 1e-12);
    sum[rate.denominator] = 0;
    assert_true(isnan(ech_measure_value(&rate, end, sum, 12)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layout_gives_each_slot_one_row),
        cmocka_unit_test(test_every_name_is_found_again),
        cmocka_unit_test(test_fixed_names_exist_and_others_do_not),
        cmocka_unit_test(test_each_kind_of_average_is_taken_over_the_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
