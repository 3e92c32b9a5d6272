/* The identities of keyed chance (docs/ODD.md, Chance): exact, never loosened. */
#include "fixture.h"
#include "random_scenario.h"

/* Counters of all groups are equal up to `months`. */
static void assert_same_until(const struct table *a, const struct table *b, int months)
{
    size_t n = (size_t)(months + 1);
    int slots = a->layout.n;
    assert_int_equal(slots, b->layout.n);
    assert_memory_equal(a->output.county, b->output.county,
                        n * (size_t)(a->n_counties * slots) * sizeof(int64_t));
    assert_memory_equal(a->output.type, b->output.type,
                        n * (size_t)(a->n_types * slots) * sizeof(int64_t));
    assert_memory_equal(a->output.unit, b->output.unit,
                        n * (size_t)(a->n_units * a->layout.n_unit) * sizeof(int64_t));
}

static struct table table_of_seed(const char *text, uint64_t seed, int replication)
{
    struct ech_scenario s = {0};
    load_text(text, &s);
    struct table t = run_table(&s, seed, replication, NULL, NULL);
    ech_scenario_free(&s);
    return t;
}

static struct table table_of(const char *text, int replication)
{
    return table_of_seed(text, 42, replication);
}

static void test_policy_equal_to_the_default_changes_nothing(void **state)
{
    (void)state;
    struct table a = table_of("extends: " BASELINE "\nname: a\n", 3);
    struct table b = table_of("extends: " BASELINE "\nname: b\n"
                              "policy: {hiring.quota: 9.4, rotation.max_tenure: 10 y,\n"
                              "  exit.resign.rate: 0.0017, stepdown.age: off}\n"
                              "by_type: {township: {hiring.min_service: 60}}\n"
                              "changes: [{from: 2024-07, policy: {selection.rule: score}}]\n",
                              3);
    assert_same_until(&a, &b, a.n_months);
    free_table(&a);
    free_table(&b);
}

static void test_change_leaves_earlier_months_untouched(void **state)
{
    (void)state;
    struct table a = table_of("extends: " BASELINE "\nname: a\n", 5);
    struct table b = table_of("extends: " BASELINE "\nname: b\n" /* month 61 is 2024-09 */
                              "changes: [{from: 2024-09, policy: {stepdown.age: 50,\n"
                              "  hiring.quota: 40, exit.resign.rate: 0.1}}]\n",
                              5);
    assert_same_until(&a, &b, 60);
    assert_memory_not_equal(a.output.county, b.output.county, county_size(&a) * sizeof(int64_t));
    free_table(&a);
    free_table(&b);
}

static void test_longer_run_starts_with_the_shorter(void **state)
{
    (void)state;
    struct table a = table_of("extends: " BASELINE "\nname: a\nmonths: 60\n", 2);
    struct table b = table_of("extends: " BASELINE "\nname: b\nmonths: 120\n", 2);
    assert_same_until(&a, &b, 60);
    free_table(&a);
    free_table(&b);
}

static void test_replication_alone_equals_the_batch(void **state)
{
    (void)state;
    struct ech_scenario s = {0};
    load_text("extends: " BASELINE "\nname: a\nyears: 6\n", &s);
    struct ech_run *run;
    struct table batch = make_table(&s);
    assert_int_equal(ech_run_create(&s, &run, NULL), ECH_OK);
    for (int replication = 1; replication <= 37; replication++) {
        assert_int_equal(ech_run_replication(run, 42, replication, &batch.output, NULL, NULL),
                         ECH_OK);
    }
    ech_run_free(run);
    struct table alone = run_table(&s, 42, 37, NULL, NULL);
    assert_same_until(&alone, &batch, s.n_months);
    free_table(&alone);
    free_table(&batch);
    ech_scenario_free(&s);
}

static void test_seeds_and_replications_differ(void **state)
{
    (void)state;
    struct ech_scenario s = {0};
    load_text("extends: " BASELINE "\nname: a\nyears: 3\n", &s);
    struct table a = run_table(&s, 1, 1, NULL, NULL);
    struct table b = run_table(&s, 1, 2, NULL, NULL);
    struct table c = run_table(&s, (uint64_t)1 << 63 | 1, 1, NULL, NULL);
    size_t bytes = county_size(&a) * sizeof(int64_t);
    assert_memory_not_equal(a.output.county, b.output.county, bytes);
    assert_memory_not_equal(a.output.county, c.output.county, bytes);
    free_table(&a);
    free_table(&b);
    free_table(&c);
    ech_scenario_free(&s);
}

#define TWO_COUNTIES                                                                               \
    "start: 2019-08\nyears: 8\n"                                                                   \
    "levels: [{id: staff}, {id: deputy}, {id: chief}]\n"                                           \
    "kinds: [{id: head, level: chief, role: department_chief},\n"                                  \
    "  {id: vice, level: deputy, role: deputy}]\n"                                                 \
    "types: [{id: bureau}]\n"                                                                      \
    "counties: [{id: east}, {id: west}]\n"                                                         \
    "policy: {retirement.rule: none, exit.death.factor: 0, exit.resign.rate: 0.13}\n"              \
    "by_level: {deputy: {eligibility.min_level_time: 31}}\n"
#define EAST                                                                                       \
    "{id: e, count: 7, type: bureau, county: east, establishment: 6, posts: {head: 1, vice: 2}}"
#define WEST                                                                                       \
    "{id: w, count: 9, type: bureau, county: west, establishment: 8, posts: {head: 1, vice: 3}}"
#define PEOPLE                                                                                     \
    "initial: {blocks: [{id: le, county: east, fill: posts, ages: [[30, 49, rest]]},\n"            \
    "  {id: se, county: east, fill: staff, ages: [[23, 49, rest]]},\n"                             \
    "  {id: lw, county: west, fill: posts, ages: [[30, 49, rest]]},\n"                             \
    "  {id: sw, county: west, fill: staff, ages: [[23, 49, rest]]}]}\n"

/* Policy in the west does not touch anybody in the east: what they exchange is nobody. */
static void test_county_that_exchanges_nobody_changes_nobody(void **state)
{
    (void)state;
    struct ech_scenario s = {0};
    struct ech_scenario changed = {0};
    load_text(TWO_COUNTIES "units: [" EAST ", " WEST "]\n" PEOPLE "name: a\n", &s);
    load_text(TWO_COUNTIES "units: [" EAST ", " WEST "]\n" PEOPLE "name: b\n"
                           "by_unit: {w_03: {establishment.extra: 5}}\n",
              &changed);
    struct table a = run_table(&s, 8, 1, NULL, NULL);
    struct table b = run_table(&changed, 8, 1, NULL, NULL);
    int n = a.layout.n;
    bool west_differs = false;
    for (int month = 0; month <= s.n_months; month++) {
        const int64_t *x = a.output.county + month * 2 * n;
        const int64_t *y = b.output.county + month * 2 * n;
        assert_memory_equal(x, y, (size_t)n * sizeof *x);
        west_differs = west_differs || memcmp(x + n, y + n, (size_t)n * sizeof *x) != 0;
    }
    assert_true(west_differs);
    free_table(&a);
    free_table(&b);
    ech_scenario_free(&s);
    ech_scenario_free(&changed);
}

static void test_order_of_units_in_the_file_does_not_matter(void **state)
{
    (void)state;
    struct table a = table_of(TWO_COUNTIES "units: [" EAST ", " WEST "]\n" PEOPLE "name: a\n", 4);
    struct table b = table_of(TWO_COUNTIES "units: [" WEST ", " EAST "]\n" PEOPLE "name: b\n", 4);
    assert_same_until(&a, &b, a.n_months);
    free_table(&a);
    free_table(&b);
}

/* The months of a scenario do not know how many more there are, nor what changes later. */
static void check_prefixes(const char *path)
{
    char longer[512];
    char later[512]; /* month 31 is 2022-03 */
    snprintf(longer, sizeof longer, "extends: %s\nname: longer\nmonths: 97\n", path);
    snprintf(later, sizeof later,
             "extends: %s\nname: later\nmonths: 97\nchanges: [{from: 2022-03, policy:\n"
             "  {exit.resign.rate: 0.37, hiring.quota: 3, procedure.months: 4}}]\n",
             path);
    struct ech_scenario s = {0};
    load_file(path, &s);
    struct table a = run_table(&s, 7, 3, NULL, NULL);
    struct table b = table_of_seed(longer, 7, 3);
    struct table c = table_of_seed(later, 7, 3);
    assert_same_until(&a, &b, s.n_months);
    assert_same_until(&b, &c, 30);
    free_table(&a);
    free_table(&b);
    free_table(&c);
    ech_scenario_free(&s);
}

static void test_random_scenarios_do_not_know_the_future(void **state)
{
    (void)state;
    random_scenarios_check(check_prefixes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_policy_equal_to_the_default_changes_nothing),
        cmocka_unit_test(test_change_leaves_earlier_months_untouched),
        cmocka_unit_test(test_longer_run_starts_with_the_shorter),
        cmocka_unit_test(test_replication_alone_equals_the_batch),
        cmocka_unit_test(test_seeds_and_replications_differ),
        cmocka_unit_test(test_county_that_exchanges_nobody_changes_nobody),
        cmocka_unit_test(test_order_of_units_in_the_file_does_not_matter),
        cmocka_unit_test(test_random_scenarios_do_not_know_the_future),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
