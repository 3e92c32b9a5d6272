/* Exceptions, appointments from outside, declining, the months of a procedure, the cap, probation: what
   each rule says happens in the month in which it says so. Nobody leaves, so all is exact. */
#include "fixture.h"

#include "model/state.h"

#define LADDER                                                                                     \
    "extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: t\nstart: 2019-08\nmonths: 60\n"   \
    "county: {id: small}\nlevels: [{id: staff}, {id: vice}, {id: chief}]\n"                        \
    "kinds: [{id: second, level: vice, role: deputy},\n"                                           \
    "  {id: first, level: chief, role: department_chief, elected: true}]\n"                        \
    "types: [{id: a}]\n"
#define STAFF                                                                                      \
    "initial:\n  blocks: [{id: staff, fill: staff, ages: [[24, 34, rest]], service: {from: 0, "    \
    "to: 0}}]\n"

/* Only in these months, so many. */
static void assert_months(const struct outcome *o, int row, int index, int n,
                          const int (*expected)[2])
{
    for (int month = 1; month <= o->s.n_months; month++) {
        int64_t value = 0;
        for (int i = 0; i < n; i++) {
            value = expected[i][0] == month ? expected[i][1] : value;
        }
        if (county_at(&o->t, month, row, index) != value) {
            fail_msg("%s, month %d: %lld, not %lld", ech_count_rows[row].name, month,
                     (long long)county_at(&o->t, month, row, index), (long long)value);
        }
    }
}

#define TEN                                                                                        \
    "units: [{id: u, count: 10, type: a, establishment: {admin: 2}, posts: {second: 1}}]\n" STAFF  \
    "policy: {selection.scope: unit, eligibility.min_level_time: 24, "

static void test_waiting_lasts_until_the_clause_is_met(void **state)
{
    struct outcome o = outcome_of(LADDER TEN "selection.nobody: wait}\n", NULL, NULL);
    assert_months(&o, ECH_M_promotions_LEVEL, 1, 1, (const int[][2]){{24, 10}});
    assert_int_equal(county_total(&o.t, ECH_M_promotions_exceptional_LEVEL, 1), 0);
    outcome_free(&o);
}

static void test_an_exception_waives_one_clause_after_its_own_time(void **state)
{
    struct outcome o = outcome_of(
        LADDER TEN "selection.nobody: relax, exception.min_level_time: 13}\n", NULL, NULL);
    assert_months(&o, ECH_M_promotions_LEVEL, 1, 1, (const int[][2]){{13, 10}});
    assert_months(&o, ECH_M_promotions_exceptional_LEVEL, 1, 1, (const int[][2]){{13, 10}});
    outcome_free(&o);
}

static void test_exceptions_of_a_year_are_counted(void **state)
{
    /* Month 13 is September 2020, month 17 January 2021; in month 24 the others are eligible. */
    struct outcome o = outcome_of(
        LADDER TEN "selection.nobody: relax, exception.min_level_time: 13, exception.most: 3}\n",
        NULL, NULL);
    assert_months(&o, ECH_M_promotions_exceptional_LEVEL, 1, 2, (const int[][2]){{13, 3}, {17, 3}});
    assert_months(&o, ECH_M_promotions_LEVEL, 1, 3, (const int[][2]){{13, 3}, {17, 3}, {24, 4}});
    outcome_free(&o);
}

static void test_two_clauses_are_not_waived(void **state)
{
    struct outcome o =
        outcome_of(LADDER TEN "selection.nobody: relax, exception.min_level_time: 3, "
                              "eligibility.min_service: 480, eligibility.max_age: 60}\n",
                   NULL, NULL);
    assert_months(&o, ECH_M_promotions_LEVEL, 1, 1, (const int[][2]){{24, 10}});
    assert_int_equal(county_total(&o.t, ECH_M_promotions_exceptional_LEVEL, 1),
                     10); /* service alone */
    outcome_free(&o);
    o = outcome_of(LADDER TEN "selection.nobody: relax, eligibility.max_age: 25}\n", NULL, NULL);
    assert_int_equal(county_total(&o.t, ECH_M_promotions_LEVEL, 1), 0); /* nobody waives an age */
    outcome_free(&o);
}

static void test_exceptions_do_not_follow_each_other(void **state)
{
    struct outcome o =
        outcome_of(LADDER "units: [{id: u, count: 3, type: a, establishment: {admin: 3}, "
                          "posts: {second: 1, first: 1}}]\n" STAFF
                          "policy: {selection.scope: unit, eligibility.min_level_time: 24, "
                          "selection.nobody: relax}\n",
                   NULL, NULL);
    assert_months(&o, ECH_M_promotions_exceptional_LEVEL, 1, 1, (const int[][2]){{12, 3}});
    assert_int_equal(county_total(&o.t, ECH_M_promotions_exceptional_LEVEL, 2), 0);
    assert_months(&o, ECH_M_promotions_LEVEL, 2, 1, (const int[][2]){{36, 3}});
    outcome_free(&o);
}

static void test_outside_is_called_where_nobody_is_eligible(void **state)
{
    struct outcome o = outcome_of(LADDER TEN "selection.nobody: outside, "
                                             "establishment.overrun: 1}\n",
                                  NULL, NULL);
    assert_months(&o, ECH_M_appointments_outside_NONE, 0, 1, (const int[][2]){{1, 10}});
    outcome_free(&o);
}

#define FAR                                                                                        \
    "units:\n  - {id: far, count: 5, type: a, remoteness: 1, establishment: {admin: 1}, "          \
    "posts: {second: 1}}\n"                                                                        \
    "  - {id: near, type: a, remoteness: 0, establishment: {admin: 7}}\n" STAFF

static void test_everybody_declines_the_remotest_post_once(void **state)
{
    struct outcome o = outcome_of(LADDER FAR "policy: {selection.decline: 1}\n", NULL, NULL);
    assert_months(&o, ECH_M_declines_NONE, 0, 1, (const int[][2]){{1, 5 * 7}});
    assert_int_equal(county_total(&o.t, ECH_M_nominations_NONE, 0), 0);
    assert_int_equal(county_at(&o.t, 60, ECH_M_posts_vacant_VACANCY, ECH_VACANT_NOBODY), 5);
    outcome_free(&o);
}

static void test_nobody_declines_near_home_or_by_default(void **state)
{
    struct outcome o = outcome_of(LADDER "units:\n"
                                         "  - {id: far, count: 5, type: a, remoteness: 1, "
                                         "establishment: {admin: 2}, posts: {second: 1}}\n" STAFF
                                         "policy: {selection.decline: 1}\n",
                                  NULL, NULL);
    assert_int_equal(county_total(&o.t, ECH_M_declines_NONE, 0), 0);
    assert_months(&o, ECH_M_appointments_NONE, 0, 1, (const int[][2]){{1, 5}});
    outcome_free(&o);
    o = outcome_of(LADDER FAR "policy: {selection.decline: 0}\n", NULL, NULL);
    assert_months(&o, ECH_M_appointments_NONE, 0, 1, (const int[][2]){{1, 5}});
    outcome_free(&o);
}

/* Higher levels need longer: the same as months by level. */
static void test_approval_adds_months_by_level(void **state)
{
    struct outcome a = outcome_of("extends: " BASELINE "\nname: t\nyears: 4\n"
                                  "policy: {procedure.months: 2, procedure.per_level: 3}\n",
                                  NULL, NULL);
    struct outcome b = outcome_of("extends: " BASELINE "\nname: t\nyears: 4\n"
                                  "by_level: {section: {procedure.months: 5}}\n",
                                  NULL, NULL);
    struct outcome c = outcome_of("extends: " BASELINE "\nname: t\nyears: 4\n"
                                  "policy: {procedure.shape: uniform, procedure.spread: 0}\n",
                                  NULL, NULL);
    struct outcome d = outcome_of("extends: " BASELINE "\nname: t\nyears: 4\n", NULL, NULL);
    size_t n = county_size(&a.t) * sizeof(int64_t);
    assert_memory_equal(a.t.output.county, b.t.output.county, n);
    assert_memory_equal(c.t.output.county, d.t.output.county, n);
    assert_memory_not_equal(a.t.output.county, d.t.output.county, n);
    outcome_free(&a);
    outcome_free(&b);
    outcome_free(&c);
    outcome_free(&d);
}

#define ALONE(policy)                                                                              \
    LADDER "units: [{id: u, count: 8, type: a, establishment: {admin: 2}, "                        \
           "posts: {second: 1}}]\n" STAFF "policy: {selection.scope: unit, " policy "}\n"

/* One candidate for one post: he takes it in month 1, fails in month 8, is blocked for five months,
   comes up again in month 13 and fails again in month 20. */
static void test_a_failed_probation_leads_down_and_up_again(void **state)
{
    struct outcome o = outcome_of(
        ALONE("probation.months: 7, probation.failure: 1, upagain.block: 5"), NULL, NULL);
    static const int ends[][2] = {{8, 8}, {20, 8}, {32, 8}, {44, 8}, {56, 8}};
    static const int ups[][2] = {{13, 8}, {25, 8}, {37, 8}, {49, 8}};
    assert_months(&o, ECH_M_probations_ended_NONE, 0, 5, ends);
    assert_months(&o, ECH_M_probation_failures_NONE, 0, 5, ends);
    assert_months(&o, ECH_M_stepdowns_NONE, 0, 5, ends);
    assert_months(&o, ECH_M_up_again_NONE, 0, 4, ups);
    assert_int_equal(county_at(&o.t, 8, ECH_M_heads_LEVEL, 0), 8); /* back among the staff */
    assert_int_equal(county_at(&o.t, 13, ECH_M_heads_LEVEL, 1), 8);
    outcome_free(&o);
}

static void test_nobody_comes_up_again_without_weight(void **state)
{
    struct outcome o = outcome_of(ALONE("probation.months: 7, probation.failure: 1, "
                                        "upagain.block: 5, upagain.weight: 0"),
                                  NULL, NULL);
    assert_months(&o, ECH_M_probation_failures_NONE, 0, 1, (const int[][2]){{8, 8}});
    assert_int_equal(county_total(&o.t, ECH_M_up_again_NONE, 0), 0);
    outcome_free(&o);
}

static void test_whoever_is_confirmed_stays_and_rises_only_afterwards(void **state)
{
    struct outcome o =
        outcome_of(LADDER "units: [{id: u, count: 4, type: a, establishment: {admin: 3}, "
                          "posts: {second: 1, first: 1}}]\n" STAFF
                          "policy: {selection.scope: unit, probation.months: 7}\n",
                   NULL, NULL);
    assert_months(&o, ECH_M_promotions_LEVEL, 2, 1, (const int[][2]){{8, 4}});
    /* The first posts are elected: no probation in them; the second ones are filled again. */
    assert_int_equal(county_total(&o.t, ECH_M_probation_failures_NONE, 0), 0);
    assert_true(county_total(&o.t, ECH_M_rejections_CLAUSE, ECH_CLAUSE_POST_PROBATION) > 0);
    assert_int_equal(county_total(&o.t, ECH_M_probations_ended_NONE, 0), 4);
    outcome_free(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_waiting_lasts_until_the_clause_is_met),
        cmocka_unit_test(test_an_exception_waives_one_clause_after_its_own_time),
        cmocka_unit_test(test_exceptions_of_a_year_are_counted),
        cmocka_unit_test(test_two_clauses_are_not_waived),
        cmocka_unit_test(test_exceptions_do_not_follow_each_other),
        cmocka_unit_test(test_outside_is_called_where_nobody_is_eligible),
        cmocka_unit_test(test_everybody_declines_the_remotest_post_once),
        cmocka_unit_test(test_nobody_declines_near_home_or_by_default),
        cmocka_unit_test(test_approval_adds_months_by_level),
        cmocka_unit_test(test_a_failed_probation_leads_down_and_up_again),
        cmocka_unit_test(test_nobody_comes_up_again_without_weight),
        cmocka_unit_test(test_whoever_is_confirmed_stays_and_rises_only_afterwards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
