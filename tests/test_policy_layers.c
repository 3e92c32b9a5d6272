/* For whom a policy holds: kinds of posts, and whoever is in office when it comes. */
#include "fixture.h"

#include "model/retirement.h"
#include "model/state.h"

static struct table table_of(const char *text, ech_check_fn check, void *context)
{
    return run_text(text, 42, 3, check, context);
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
    assert_same_output(&a, &b);
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
    assert_same_output(&a, &b);
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
    struct table t =
        table_of("extends: " BASELINE "\npolicy: {stepdown.phase_in: 0, term.first: off}\n"
                 "by_kind: {township_head: {stepdown.age: 51}}\n",
                 see_ages, &ages);
    assert_int_equal(ages.n_past_limit[true], 0);
    assert_true(ages.n_past_limit[false] > 0);
    free_table(&t);
}

/* Who lost his post is no holder any more: what binds him then acts at once. */
static void see_former_holders(const struct ech_run *run, const char *process, void *context)
{
    int *n_former = context;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        bool former = person->presence == ECH_SERVING && person->stepped_down;
        if (former && strcmp(process, "exits") == 0) {
            fail_msg("month %d: somebody who stepped down was not drawn", run->month);
        }
        *n_former += former && strcmp(process, "stepdown") == 0;
    }
}

static void test_risks_of_a_kind_end_with_the_post(void **state)
{
    (void)state;
    int n_former = 0;
    struct table t =
        table_of("start: 2019-08\nmonths: 120\ncounty: {id: c}\n"
                 "levels: [{id: low}, {id: high}]\n"
                 "kinds: [{id: head, level: high, role: department_chief}]\n"
                 "types: [{id: bureau}]\n"
                 "units: [{id: b, type: bureau, establishment: 40, posts: {head: 40}}]\n"
                 "initial: {blocks: [{id: l, fill: posts, ages: [[38, 47, rest]]}]}\n"
                 "policy: {retirement.rule: none, exit.death.factor: 0,\n"
                 "  stepdown.age: 48, exit.upward.rate: 0, exit.outward.rate: 0,\n"
                 "  exit.resign.rate: {monthly: 1}, entry.transfer_in: 0,\n"
                 "  rotation.max_tenure: off, selection.scope: unit}\n"
                 "by_kind: {head: {exit.resign.rate: 0}}\n",
                 see_former_holders, &n_former);
    assert_int_equal(n_former, 40);
    free_table(&t);
}

/* Whoever is in office */

enum { CHANGE = 25 }; /* 2021-09 */
#define SPARING "changes: [{from: 2021-09, grandfather: true, policy: "
#define NOT_SPARING "changes: [{from: 2021-09, policy: "

static bool was_in_office(const struct ech_person *person)
{
    return person->joined_month < CHANGE && person->post_month < CHANGE;
}

/* Holders past an age and people who stepped down, by whether they were in office at the change. */
struct past {
    int age;
    int from_month;
    int n_holders[2];
    int n_stepped_down[2];
};

static void see_past(const struct ech_run *run, const char *process, void *context)
{
    struct past *past = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "stepdown") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence == ECH_SERVING && run->month >= past->from_month) {
            bool old = run->month - person->birth_month >= past->age;
            past->n_holders[was_in_office(person)] += person->post != ECH_NONE && old;
            past->n_stepped_down[was_in_office(person)] += person->stepped_down;
        }
    }
}

static void test_only_newcomers_to_a_post_step_down_under_a_rule_that_spares(void **state)
{
    (void)state;
    struct past past = {.age = 52 * 12, .from_month = CHANGE};
    struct table t =
        table_of("extends: " BASELINE "\npolicy: {stepdown.phase_in: 0, term.first: off}\n" SPARING
                 "{stepdown.age: 52}}]\n",
                 see_past, &past);
    assert_int_equal(past.n_stepped_down[true], 0);
    assert_true(past.n_holders[true] > 0);
    assert_int_equal(past.n_holders[false], 0);
    assert_true(past.n_stepped_down[false] > 0);
    free_table(&t);
}

static void test_later_change_binds_whoever_was_spared(void **state)
{
    (void)state;
    struct past past = {.age = 55 * 12, .from_month = 61};
    struct table t = table_of("extends: " BASELINE
                              "\npolicy: {stepdown.phase_in: 0, term.first: off}\nchanges:\n"
                              "  - {from: 2021-09, grandfather: true, policy: {stepdown.age: 52}}\n"
                              "  - {from: 2024-09, policy: {stepdown.age: 55}}\n",
                              see_past, &past);
    assert_true(past.n_stepped_down[true] > 0);
    assert_int_equal(past.n_holders[true], 0);
    free_table(&t);
}

/* Month of retirement by who is bound by which rule; it never lags behind a change of post. */
static void see_retirement(const struct ech_run *run, const char *process, void *context)
{
    int *n = context; /* newcomers, spared */
    for (ech_id id = 0; id < run->n_people && strcmp(process, "record") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || run->month < CHANGE) {
            continue;
        }
        int age = person->retire_month - person->birth_month;
        bool spared = was_in_office(person);
        enum ech_retirement_rule rule =
            (enum ech_retirement_rule)ech_policy_person(run, person)->retirement_rule;
        assert_int_equal(rule, spared ? ECH_RETIRE_LAW : ECH_RETIRE_OLD);
        assert_int_equal(person->retire_month, ech_retire_month(run, person));
        assert_true(spared || age == (person->sex == ECH_FEMALE ? 55 : 60) * 12);
        assert_true(person->retire_month > run->month); /* also where he has just taken a post */
        n[spared]++;
    }
}

static void test_retirement_of_whoever_is_in_office_stays(void **state)
{
    (void)state;
    int n[2] = {0, 0};
    struct table t =
        table_of("extends: " BASELINE "\n" SPARING "{retirement.rule: old}}]\n", see_retirement, n);
    assert_true(n[false] > 0 && n[true] > 0);
    free_table(&t);
}

/* An age of 50 for newcomers to a post, and posts that change hands in every way, to people of any age. */
static void see_the_old(const struct ech_run *run, const char *process, void *context)
{
    int *n = context; /* in office past the new age; newcomers */
    for (ech_id id = 0; id < run->n_people && strcmp(process, "record") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || run->month < CHANGE) {
            continue;
        }
        bool old = run->month - person->birth_month >= 50 * 12;
        assert_true(person->retire_month > run->month);
        assert_false(old && !was_in_office(person));
        n[0] += old;
        n[1] += !was_in_office(person) && person->post != ECH_NONE;
    }
}

static void test_nobody_past_the_new_age_takes_a_post_that_would_bind_him(void **state)
{
    int n[2] = {0, 0};
    struct table t = table_of(
        "extends: " BASELINE "\npolicy: {eligibility.max_age: 60, stepdown.age: off, "
        "term.limited: move, term.most: 1, rotation.max_tenure: 36, rotation.min_tenure: 12, "
        "rotation.share_cap: 1, rotation.share: 0.2, conflict.rate: 0.5, move.request.share: "
        "0.5}\n" SPARING
        "{retirement.rule: old, retirement.age_men: 50, retirement.age_women: 50}}]\n",
        see_the_old, n);
    assert_true(n[0] > 1000 && n[1] > 1000);
    free_table(&t);
}

#define NOBODY_NEW                                                                                 \
    "extends: " BASELINE "\npolicy: {procedure.months: 1200, hiring.quota: 0, "                    \
    "entry.transfer_in: 0, rotation.max_tenure: off, term.first: off, lateral.min_tenure: 360}\n"
#define RULES_FOR_PEOPLE                                                                           \
    "{stepdown.age: 45, rotation.max_tenure: 61, retirement.rule: old, "                           \
    "exit.resign.rate: 0.239, bond.enforcement: 0.83}}]\n"

static void test_without_newcomers_a_change_that_spares_changes_nothing(void **state)
{
    (void)state;
    struct table a = table_of(NOBODY_NEW, NULL, NULL);
    struct table b = table_of(NOBODY_NEW SPARING RULES_FOR_PEOPLE, NULL, NULL);
    struct table c = table_of(NOBODY_NEW NOT_SPARING RULES_FOR_PEOPLE, NULL, NULL);
    assert_same_output(&a, &b);
    assert_memory_not_equal(a.output.county, c.output.county, county_size(&a) * sizeof(int64_t));
    free_table(&a);
    free_table(&b);
    free_table(&c);
}

static void test_months_before_a_change_that_spares_are_untouched(void **state)
{
    (void)state;
    struct table a = table_of("extends: " BASELINE "\n", NULL, NULL);
    struct table b = table_of("extends: " BASELINE "\n" SPARING RULES_FOR_PEOPLE, NULL, NULL);
    size_t before = CHANGE * county_size(&a) / (size_t)(a.n_months + 1);
    assert_memory_equal(a.output.county, b.output.county, before * sizeof(int64_t));
    assert_memory_not_equal(a.output.county, b.output.county, county_size(&a) * sizeof(int64_t));
    free_table(&a);
    free_table(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_kinds_of_a_level_equal_the_level),
        cmocka_unit_test(test_kind_with_the_values_in_force_changes_nothing),
        cmocka_unit_test(test_step_down_age_of_a_kind_binds_its_holders_alone),
        cmocka_unit_test(test_risks_of_a_kind_end_with_the_post),
        cmocka_unit_test(test_only_newcomers_to_a_post_step_down_under_a_rule_that_spares),
        cmocka_unit_test(test_later_change_binds_whoever_was_spared),
        cmocka_unit_test(test_retirement_of_whoever_is_in_office_stays),
        cmocka_unit_test(test_nobody_past_the_new_age_takes_a_post_that_would_bind_him),
        cmocka_unit_test(test_without_newcomers_a_change_that_spares_changes_nothing),
        cmocka_unit_test(test_months_before_a_change_that_spares_are_untouched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
