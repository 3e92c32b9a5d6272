/* Performance in post: the curves, whom each part binds, and that churn and over-long tenure both cost. */
#include "fixture.h"

#include <math.h>

#include "model/performance.h"

static const double competence = 0.613, learning = 0.47, staleness = 0.083, most = 0.29,
                    wall = 0.37;

#define PARTS                                                                                      \
    "performance.competence: 0.613, performance.competence_time: 71, performance.learning: 0.47, " \
    "performance.learning_time: 13, performance.staleness: 0.083, performance.plateau: 79, "       \
    "performance.staleness_most: 0.29, performance.wall: 0.37"

static bool is(double a, double b)
{
    return fabs(a - b) < 1e-12;
}

static void test_curves_have_their_exact_values(void **state)
{
    struct ech_params policy;
    ech_params_default(&policy);
    policy.performance_competence = competence;
    policy.performance_competence_time = 71;
    policy.performance_learning = learning;
    policy.performance_learning_time = 13;
    policy.performance_staleness = staleness;
    policy.performance_plateau = 79;
    policy.performance_staleness_most = most;
    assert_true(ech_performance_competence(&policy, 0) == 0);
    assert_true(is(ech_performance_competence(&policy, 71), competence * (1 - exp(-1))));
    assert_true(is(ech_performance_competence(&policy, 142), competence * (1 - exp(-2))));
    assert_true(is(ech_performance_learning(&policy, 0), learning));
    assert_true(is(ech_performance_learning(&policy, 4), learning * 9 / 13));
    assert_true(ech_performance_learning(&policy, 13) == 0);
    assert_true(ech_performance_learning(&policy, 200) == 0);
    assert_true(ech_performance_staleness(&policy, 79) == 0);
    assert_true(is(ech_performance_staleness(&policy, 79 + 12), staleness));
    assert_true(is(ech_performance_staleness(&policy, 79 + 17), staleness * 17 / 12));
    assert_true(ech_performance_staleness(&policy, 79 + 60) == most); /* 0.415 without the bound */
}

/* What the table says of the leaders against the formulas, in every month. */
struct sums {
    double performance[40], economic[40], learning[40], stale[40];
    int at_wall;
};

static void add_up(const struct ech_run *run, const char *process, void *context)
{
    struct sums *sums = context;
    if (strcmp(process, "record") != 0) {
        return;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || person->post == ECH_NONE) {
            continue;
        }
        int service = run->month - person->entry_month;
        int tenure = run->month - person->post_month;
        double new = tenure < 13 ? learning *(13 - tenure) / 13 : 0;
        double old = tenure > 79 ? fmin(most, staleness * (tenure - 79) / 12) : 0;
        bool too_old = run->month - person->birth_month >= 50 * 12;
        double common = competence * (1 - exp(-service / 71.0)) - new - old - (too_old ? wall : 0);
        double factor = sqrt(1.4 / 2); /* merit.correlation 0.4 */
        sums->performance[run->month] += factor * person->merit + common;
        sums->economic[run->month] +=
            factor * person->merit + sqrt(0.6 / 2) * person->contrast + common;
        sums->learning[run->month] += new;
        sums->stale[run->month] += old;
        sums->at_wall += too_old;
    }
}

static void test_the_table_holds_the_formulas_of_every_leader(void **state)
{
    static struct sums sums;
    struct table t = run_policy(PARTS, add_up, &sums);
    assert_true(sums.at_wall > 100);
    for (int month = 1; month <= t.n_months; month++) {
        double rounded = 1e-6 * (double)county_at(&t, month, ECH_M_leaders_performing_NONE, 0);
        assert_int_equal(county_at(&t, month, ECH_M_leaders_performing_NONE, 0),
                         county_at(&t, month, ECH_M_leaders_NONE, 0));
        double shown[] = {(double)county_at(&t, month, ECH_M_leaders_performance_NONE, 0),
                          (double)county_at(&t, month, ECH_M_leaders_economic_NONE, 0),
                          (double)county_at(&t, month, ECH_M_leaders_learning_NONE, 0),
                          (double)county_at(&t, month, ECH_M_leaders_stale_NONE, 0)};
        double expected[] = {sums.performance[month], sums.economic[month], sums.learning[month],
                             sums.stale[month]};
        for (int i = 0; i < 4; i++) {
            assert_true(fabs(1e-6 * shown[i] - expected[i]) < rounded);
        }
    }
    free_table(&t);
}

static void test_without_parts_performance_is_not_measured(void **state)
{
    struct table t = run_policy("performance.competence: 0", NULL, NULL);
    for (int month = 0; month <= t.n_months; month++) {
        assert_int_equal(county_at(&t, month, ECH_M_leaders_performing_NONE, 0), 0);
        assert_int_equal(county_at(&t, month, ECH_M_leaders_performance_NONE, 0), 0);
    }
    free_table(&t);
}

/* Both sides cost: the more leaders change the more is lost to learning, the longer they stay the more is
   lost to staleness; a limit far from both ends loses less in all than either. */
static void test_churn_and_over_long_tenure_both_cost(void **state)
{
    static const char *const limits[] = {
        "rotation.max_tenure: 12, rotation.min_tenure: 6, rotation.share_cap: 1",
        "rotation.max_tenure: 84, rotation.min_tenure: 36, rotation.share_cap: 1",
        "rotation.max_tenure: off, term.most: off"};
    double lost[3][2] = {{0}};
    for (int i = 0; i < 3; i++) {
        char text[1500];
        struct ech_scenario s = {0};
        snprintf(text, sizeof text,
                 "extends: " BARE_COUNTY "\nname: t\nyears: 12\nby_level: {deputy_section: "
                 "{rotation.max_tenure: %s}}\npolicy: {performance.learning: 0.5, "
                 "performance.staleness: 0.2, performance.staleness_most: 2, %s}\n",
                 i == 0   ? "12"
                 : i == 1 ? "84"
                          : "off",
                 limits[i]);
        load_text(text, &s);
        struct table t = run_table(&s, 5, 2, NULL, NULL);
        for (int month = 24; month <= t.n_months; month++) {
            lost[i][0] += (double)county_at(&t, month, ECH_M_leaders_learning_NONE, 0);
            lost[i][1] += (double)county_at(&t, month, ECH_M_leaders_stale_NONE, 0);
        }
        free_table(&t);
        ech_scenario_free(&s);
    }
    assert_true(lost[0][0] > 2 * lost[1][0] && lost[1][0] > lost[2][0]);
    assert_true(lost[0][1] < lost[1][1] && 2 * lost[1][1] < lost[2][1]);
    assert_true(lost[1][0] + lost[1][1] < lost[0][0] + lost[0][1]);
    assert_true(lost[1][0] + lost[1][1] < lost[2][0] + lost[2][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_curves_have_their_exact_values),
        cmocka_unit_test(test_the_table_holds_the_formulas_of_every_leader),
        cmocka_unit_test(test_without_parts_performance_is_not_measured),
        cmocka_unit_test(test_churn_and_over_long_tenure_both_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
