/* For whom a policy holds: kinds of posts. */
#include "fixture.h"

#include "model/state.h"

static struct table table_of(const char *text, ech_check_fn check, void *context)
{
    struct ech_scenario s = {0};
    load_text(text, &s);
    struct table t = run_table(&s, 42, 3, check, context);
    ech_scenario_free(&s);
    return t;
}

static void assert_same(const struct table *a, const struct table *b)
{
    assert_memory_equal(a->output.county, b->output.county, county_size(a) * sizeof(int64_t));
    assert_memory_equal(a->output.type, b->output.type, type_size(a) * sizeof(int64_t));
    assert_memory_equal(a->output.unit, b->output.unit, unit_size(a) * sizeof(int64_t));
}

/* Kinds */

#define RULES                                                                                      \
    "{procedure.months: 5, selection.rule: seniority, selection.scope: type, "                     \
    "lateral.min_tenure: 31}"

/* A level is all its kinds: rows of posts say the same either way. */
static void test_all_kinds_of_a_level_equal_the_level(void **state)
{
    (void)state;
    struct table a =
        table_of("extends: " BASELINE "\nby_level: {section: " RULES "}\n", NULL, NULL);
    struct table b = table_of("extends: " BASELINE "\nby_kind: {party_secretary: " RULES
                              ", township_head: " RULES ", congress_chair: " RULES
                              ", department_head: " RULES "}\n",
                              NULL, NULL);
    struct table c = table_of("extends: " BASELINE "\n", NULL, NULL);
    assert_same(&a, &b);
    assert_memory_not_equal(a.output.county, c.output.county, county_size(&a) * sizeof(int64_t));
    free_table(&a);
    free_table(&b);
    free_table(&c);
}

/* Naming a kind without another value changes nothing. */
static void test_kind_with_the_values_in_force_changes_nothing(void **state)
{
    (void)state;
    struct table a = table_of("extends: " BASELINE "\n", NULL, NULL);
    struct table b =
        table_of("extends: " BASELINE "\nby_kind: {deputy: {procedure.months: 2}}\n", NULL, NULL);
    assert_same(&a, &b);
    free_table(&a);
    free_table(&b);
}

/* Ages of the holders seen at the end of a month, by whether their kind is the one with a limit. */
struct ages {
    const char *kind;
    int limit;
    int n_past_limit[2];
};

static void see_ages(const struct ech_run *run, const char *process, void *context)
{
    struct ages *ages = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "stepdown") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence == ECH_SERVING && person->post != ECH_NONE) {
            bool named = strcmp(ech_kind_of(run, person->post)->id, ages->kind) == 0;
            ages->n_past_limit[named] += run->month - person->birth_month >= ages->limit;
        }
    }
}

static void test_step_down_age_of_a_kind_binds_its_holders_alone(void **state)
{
    (void)state;
    struct ages ages = {.kind = "township_head", .limit = 51 * 12};
    struct table t = table_of("extends: " BASELINE "\npolicy: {stepdown.phase_in: 0}\n"
                              "by_kind: {township_head: {stepdown.age: 51}}\n",
                              see_ages, &ages);
    assert_int_equal(ages.n_past_limit[true], 0);
    assert_true(ages.n_past_limit[false] > 0);
    free_table(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_kinds_of_a_level_equal_the_level),
        cmocka_unit_test(test_kind_with_the_values_in_force_changes_nothing),
        cmocka_unit_test(test_step_down_age_of_a_kind_binds_its_holders_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
