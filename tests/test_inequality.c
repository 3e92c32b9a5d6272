/* Inequality between units of the base level: a case by hand, the bounds, and what is undefined. */
#include <math.h>

#include "fixture.h"

/* Five units of the base level and one that is none. The posts of a stand vacant all year (share 1); those
   of b are left in month 4 and vacant at 9 month ends of 12 (share 3/4). With x = 1, 1, 3/4, 3/4, 3/4 the
   sum is 17/4, a pair of a and b is 1/4 apart, so that G = 2 x 6 x 1/4 / (2 x 5 x 17/4) = 6/85. Of type a:
   2 x 3 x 1/4 / (2 x 2 x 17/4) = 3/34; of b: 3 x 2 x 1/4 / (2 x 3 x 17/4) = 1/17. */
#define HAND(only, policy)                                                                         \
    "extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: t\nstart: 2019-08\nmonths: 30\n"   \
    "county: {id: small}\nlevels: [{id: staff}, {id: chief}]\n"                                    \
    "kinds: [{id: head, level: chief, role: department_chief}]\n"                                  \
    "types: [{id: a, base_level: true}, {id: b, base_level: true}, {id: c}]\n"                     \
    "units: [{id: a, count: 2, type: a, establishment: {admin: 3}, posts: {head: 3}},\n"           \
    "  {id: b, count: 3, type: b, establishment: {admin: 2}, posts: {head: 2}},\n"                 \
    "  {id: c1, type: c, establishment: {admin: 2}, posts: {head: 2}}]\n"                          \
    "initial: {blocks: [{id: b, fill: posts, " only "ages: [[30, 39, rest]], "                     \
    "service: {from: 0, to: 0}}]}\npolicy: {" policy "}\n"

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-15)) {
        fail_msg("%.17g, not %.17g", value, expected);
    }
}

static double ratio(const struct ech_scenario *s, const struct table *t, int type, int month,
                    const char *name)
{
    struct ech_measure measure;
    const int64_t *row = type == ECH_NONE
                             ? t->output.county + (size_t)(month * t->layout.n)
                             : t->output.type + (size_t)((month * t->n_types + type) * t->layout.n);
    assert_true(ech_measure_find(name, &t->layout, s->levels, &measure));
    return ech_measure_value(&measure, row, row, 1);
}

static void test_a_case_by_hand(void **state)
{
    struct ech_scenario s = {0};
    load_text(HAND("type: b, ", "exit.resign.rate: {service: [[4, {monthly: 1}]]}"), &s);
    struct table t = run_table(&s, 9, 1, NULL, NULL);
    assert_near(ratio(&s, &t, ECH_NONE, 12, "gini[vacancy]"), 6.0 / 85);
    assert_near(ratio(&s, &t, 0, 12, "gini[vacancy]"), 3.0 / 34);
    assert_near(ratio(&s, &t, 1, 12, "gini[vacancy]"), 1.0 / 17);
    assert_true(isnan(ratio(&s, &t, 2, 12, "gini[vacancy]")));
    assert_near(ratio(&s, &t, ECH_NONE, 12, "worst_unit[vacancy]"), 1);
    assert_near(ratio(&s, &t, 0, 12, "worst_unit[vacancy]"), 1);
    assert_true(isnan(ratio(&s, &t, 1, 12, "worst_unit[vacancy]")));
    /* In the second year all are alike; nobody has to be listed; other months say nothing. */
    assert_near(ratio(&s, &t, ECH_NONE, 24, "gini[vacancy]"), 0);
    assert_true(isnan(ratio(&s, &t, ECH_NONE, 24, "gini[reserve]")));
    assert_true(isnan(ratio(&s, &t, ECH_NONE, 24, "worst_unit[reserve]")));
    assert_true(isnan(ratio(&s, &t, ECH_NONE, 0, "gini[vacancy]")));
    assert_true(isnan(ratio(&s, &t, ECH_NONE, 23, "worst_unit[vacancy]")));
    assert_true(isnan(ratio(&s, &t, ECH_NONE, 30, "gini[vacancy]")));
    free_table(&t);
    ech_scenario_free(&s);
}

/* Without any vacancy there is nothing to share out: undefined, and the worst unit has 0. */
static void test_equality_of_nothing_is_undefined(void **state)
{
    struct ech_scenario s = {0};
    load_text(HAND("", "reserve.chief_ratio: 1"), &s);
    struct table t = run_table(&s, 9, 1, NULL, NULL);
    assert_true(isnan(ratio(&s, &t, ECH_NONE, 12, "gini[vacancy]")));
    assert_near(ratio(&s, &t, ECH_NONE, 12, "worst_unit[vacancy]"), 0);
    assert_true(isnan(ratio(&s, &t, ECH_NONE, 12, "gini[reserve]"))); /* nobody is listed */
    assert_near(ratio(&s, &t, ECH_NONE, 12, "worst_unit[reserve]"), 0);
    free_table(&t);
    ech_scenario_free(&s);
}

static int64_t unit_at(const struct table *t, int month, int unit, int row)
{
    return t->output.unit[(size_t)((month * t->n_units + unit) * t->layout.n_unit) +
                          (size_t)t->layout.first[row]];
}

/* Values of the units of the base level from their own counters, in millionths; gives how many. */
static int values(const struct ech_scenario *s, const struct table *t, int year, bool reserve,
                  int64_t *x)
{
    int n = 0;
    for (int u = 0; u < s->n_units; u++) {
        int64_t part = 0, of = 0;
        for (int month = 12 * year - 11; month <= 12 * year; month++) {
            bool counts = !reserve || month == 12 * year;
            part += counts ? unit_at(t, month, u,
                                     reserve ? ECH_M_reserve_NONE : ECH_M_posts_vacant_NONE)
                           : 0;
            of += counts
                      ? unit_at(t, month, u, reserve ? ECH_M_reserve_needed_NONE : ECH_M_posts_NONE)
                      : 0;
        }
        if (s->types[s->units[u].type].base_level && of > 0) {
            x[n++] = part * 1000000 / of;
        }
    }
    return n;
}

/* In the district: what the definition gives, pair by pair, and between 0 and 1 - 1 / n. */
static void assert_year(const struct ech_scenario *s, const struct table *t, int year, bool reserve)
{
    int64_t x[100], distances = 0, sum = 0, worst = reserve ? INT64_MAX : 0;
    int n = values(s, t, year, reserve, x);
    assert_int_equal(n, 17);
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            distances += x[i] > x[j] ? x[i] - x[j] : x[j] - x[i];
        }
        sum += x[i];
        worst = (reserve ? x[i] < worst : x[i] > worst) ? x[i] : worst;
    }
    int quantity = reserve ? ECH_QUANTITY_RESERVE : ECH_QUANTITY_VACANCY;
    assert_int_equal(county_at(t, 12 * year, ECH_M_unit_distances_QUANTITY, quantity), distances);
    assert_int_equal(county_at(t, 12 * year, ECH_M_unit_sums_QUANTITY, quantity), 2 * n * sum);
    assert_int_equal(county_at(t, 12 * year, ECH_M_unit_worst_QUANTITY, quantity), worst);
    double gini = ratio(s, t, ECH_NONE, 12 * year, reserve ? "gini[reserve]" : "gini[vacancy]");
    assert_true(gini > 0 && gini <= 1 - 1.0 / n);
}

static void test_the_definition_holds_in_the_district(void **state)
{
    struct ech_scenario s = {0};
    load_text("extends: " BASELINE "\nname: t\nyears: 6\npolicy: {entry.transfer_in: 0.2}\n", &s);
    struct table t = run_table(&s, 9, 1, NULL, NULL);
    for (int year = 1; year <= 6; year++) {
        assert_year(&s, &t, year, false);
        assert_year(&s, &t, year, true);
    }
    free_table(&t);
    ech_scenario_free(&s);
}

/* All vacancies in one unit of n: the upper bound. */
static void test_everything_in_one_unit_is_the_bound(void **state)
{
    struct ech_scenario s = {0};
    load_text("extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: t\nstart: 2019-08\n"
              "months: 12\ncounty: {id: small}\nlevels: [{id: staff}, {id: chief}]\n"
              "kinds: [{id: head, level: chief, role: department_chief}]\n"
              "types: [{id: a, base_level: true}, {id: b, base_level: true}]\n"
              "units: [{id: a1, type: a, establishment: {admin: 3}, posts: {head: 3}},\n"
              "  {id: b, count: 6, type: b, establishment: {admin: 2}, posts: {head: 2}}]\n"
              "initial: {blocks: [{id: b, fill: posts, type: b, ages: [[30, 39, rest]]}]}\n",
              &s);
    struct table t = run_table(&s, 9, 1, NULL, NULL);
    assert_near(ratio(&s, &t, ECH_NONE, 12, "gini[vacancy]"), 1 - 1.0 / 7);
    free_table(&t);
    ech_scenario_free(&s);
}

/* Teams with a merit of 0.7 and -0.3 (mean 0.2) and of -1.15 of type a, of 0.45 and of -0.25 of type b; one
   without leaders and one of no base level (merit 5) count for nothing. Both dimensions are merit, nothing
   is added before month 480. The pairs lie 1.35, 0.25, 0.45, 1.6, 0.9 and 0.7 apart, 5.25 together, and each
   counts twice: 2 x 5.25 / (2 x 4 x 4); the units of a lie 2.05 and 3.85 from all others, those of b 2.55 and
   2.05. The mean of all is negative: no Gini could be had. */
static void test_performance_by_hand(void **state)
{
    struct ech_scenario s = {0};
    load_text("extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: t\nstart: 2019-08\n"
              "months: 14\ncounty: {id: small}\nlevels: [{id: staff}, {id: chief}]\n"
              "kinds: [{id: head, level: chief, role: department_chief}]\n"
              "types: [{id: a, base_level: true}, {id: b, base_level: true}, {id: c}]\n"
              "units: [{id: a, count: 2, type: a, establishment: {admin: 3}, posts: {head: 2}},\n"
              "  {id: b, count: 3, type: b, establishment: {admin: 2}, posts: {head: 2}},\n"
              "  {id: c1, type: c, establishment: {admin: 2}, posts: {head: 2}}]\n"
              "initial: {people: " ECH_SOURCE_DIR "/tests/teams_by_merit.csv}\n"
              "policy: {merit.correlation: 1, performance.staleness: 0.1, "
              "performance.plateau: 480, selection.scope: unit, eligibility.min_service: 480}\n",
              &s);
    struct table t = run_table(&s, 9, 1, NULL, NULL);
    assert_near(ratio(&s, &t, ECH_NONE, 12, "performance_inequality"), 10.5 / 32);
    assert_near(ratio(&s, &t, 0, 12, "performance_inequality"), 5.9 / 16);
    assert_near(ratio(&s, &t, 1, 12, "performance_inequality"), 4.6 / 16);
    assert_true(isnan(ratio(&s, &t, 2, 12, "performance_inequality")));
    assert_near(ratio(&s, &t, ECH_NONE, 12, "worst_unit_performance"), -1.15);
    assert_near(ratio(&s, &t, 0, 12, "worst_unit_performance"), -1.15);
    assert_true(isnan(ratio(&s, &t, 1, 12, "worst_unit_performance")));
    assert_true(isnan(ratio(&s, &t, ECH_NONE, 11, "performance_inequality")));
    assert_true(isnan(ratio(&s, &t, ECH_NONE, 14, "worst_unit_performance")));
    free_table(&t);
    ech_scenario_free(&s);
}

/* Where performance is no more than merit it is not measured, and neither is its inequality. */
static void test_performance_that_is_off_is_undefined(void **state)
{
    struct ech_scenario s = {0};
    load_text(HAND("", "reserve.chief_ratio: 1"), &s);
    struct table t = run_table(&s, 9, 1, NULL, NULL);
    assert_true(isnan(ratio(&s, &t, ECH_NONE, 12, "performance_inequality")));
    assert_true(isnan(ratio(&s, &t, ECH_NONE, 12, "worst_unit_performance")));
    free_table(&t);
    ech_scenario_free(&s);
}

/* In the district: the definition, pair by pair, from the counters of the units. */
static void test_performance_in_the_district(void **state)
{
    struct ech_scenario s = {0};
    load_text("extends: " BASELINE "\nname: t\nyears: 3\n", &s);
    struct table t = run_table(&s, 9, 1, NULL, NULL);
    int64_t x[100], distances = 0, worst = INT64_MAX;
    int n = 0;
    for (int u = 0; u < s.n_units; u++) {
        int64_t of = unit_at(&t, 36, u, ECH_M_leaders_performing_NONE);
        if (s.types[s.units[u].type].base_level && of > 0) {
            x[n++] = unit_at(&t, 36, u, ECH_M_leaders_performance_NONE) / of;
        }
    }
    for (int i = 0; i < n * n; i++) {
        distances += llabs(x[i / n] - x[i % n]);
        worst = x[i / n] < worst ? x[i / n] : worst;
    }
    assert_int_equal(n, 17);
    assert_true(worst < 0);
    assert_int_equal(county_at(&t, 36, ECH_M_performance_distances_NONE, 0), distances);
    assert_int_equal(county_at(&t, 36, ECH_M_performance_pairs_NONE, 0), 2 * n * n);
    assert_int_equal(county_at(&t, 36, ECH_M_performance_worst_NONE, 0), worst);
    free_table(&t);
    ech_scenario_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_case_by_hand),
        cmocka_unit_test(test_equality_of_nothing_is_undefined),
        cmocka_unit_test(test_the_definition_holds_in_the_district),
        cmocka_unit_test(test_everything_in_one_unit_is_the_bound),
        cmocka_unit_test(test_performance_by_hand),
        cmocka_unit_test(test_performance_that_is_off_is_undefined),
        cmocka_unit_test(test_performance_in_the_district),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
