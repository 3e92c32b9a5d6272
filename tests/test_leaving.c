/* What moves people to leave: each switch at its ends, and identities between ways to say the same. */
#include "random_scenario.h"

#include "model/exits.h"
#include "model/leaving.h"
#include "model/state.h"

#define NAMES "name: x\ntitle: {en: x, zh: x}\nnote: {en: x, zh: x}\nmonths: 40\n"
#define EVERYTHING "extends: " ECH_SOURCE_DIR "/tests/verify/everything.yaml\n" NAMES
#define BASE "extends: " BASELINE "\n" NAMES

static struct table table_of(const char *start, const char *policy, ech_check_fn check,
                             void *context)
{
    struct ech_scenario s = {0};
    char text[2000];
    snprintf(text, sizeof text, "%s%s\n", start, policy);
    load_text(text, &s);
    struct table t = run_table(&s, 3, 1, check, context);
    ech_scenario_free(&s);
    return t;
}

/* Whether two policies give the same county tables but for wishes, which are no event. */
static bool same(const char *start, const char *one, const char *other)
{
    struct table a = table_of(start, one, NULL, NULL), b = table_of(start, other, NULL, NULL);
    bool equal = true;
    for (int month = 0; month <= a.n_months; month++) {
        for (int slot = 0; slot < a.layout.n; slot++) {
            size_t at = (size_t)(month * a.n_counties * a.layout.n + slot);
            equal &= slot == a.layout.first[ECH_M_leaders_wanting_NONE] ||
                     a.output.county[at] == b.output.county[at];
        }
    }
    free_table(&a);
    free_table(&b);
    return equal;
}

/* Strain that is nowhere multiplies by exactly 1: the bound and the direct threshold are one decision. */
static void test_the_bound_decides_as_the_threshold(void **state)
{
    const char *quiet = "policy: {strain.load_gain: 0, strain.accountability_gain: 0, "
                        "exit.centre.strain: 0, exit.ratio.strain: %d}";
    char one[200], other[200];
    snprintf(one, sizeof one, quiet, 1);
    snprintf(other, sizeof other, quiet, 20);
    assert_true(same(EVERYTHING, one, other));
}

/* In all months and for everybody the bound is one. */
static void check_bounds(const struct ech_run *run, const char *process, void *context)
{
    int *n_moving = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "exits") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || run->exit_refresh[id] <= run->month ||
            person->joined_month >= run->month) {
            continue;
        }
        struct ech_risks risks = ech_exit_risks(run, person);
        assert_true(ech_chance_threshold(ech_exit_probability(&risks)) <= run->exit_threshold[id]);
        *n_moving += ech_leaving_factor(run, person) < 0.99 * ech_leaving_bound(run, person);
    }
}

static void test_the_bound_is_never_below(void **state)
{
    int n_moving = 0;
    struct table t = table_of(EVERYTHING, "policy: {exit.ratio.strain: 7, exit.ratio.load: 2.3}",
                              check_bounds, &n_moving);
    assert_true(n_moving > 1000);
    free_table(&t);
}

/* And the wish of a leader is that of today when it is recorded. */
static void check_bounds_and_wishes(const struct ech_run *run, const char *process, void *context)
{
    check_bounds(run, process, context);
    for (ech_id id = 0; id < run->n_people && strcmp(process, "record") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence == ECH_SERVING && person->post != ECH_NONE) {
            double wish = ech_leaving_wish(run, person);
            assert_memory_equal(&run->performers[person->post].wish, &wish, sizeof wish);
        }
    }
}

static void check_file(const char *path)
{
    struct ech_scenario s = {0};
    int n_moving = 0;
    load_file(path, &s);
    struct table t = run_table(&s, 1, 1, check_bounds_and_wishes, &n_moving);
    free_table(&t);
    ech_scenario_free(&s);
}

static void test_bounds_and_wishes_hold_under_any_rules(void **state)
{
    random_scenarios_check(check_file);
}

static void test_ratios_of_one_change_nothing(void **state)
{
    assert_true(same(EVERYTHING,
                     "policy: {exit.ratio.load: 1, exit.ratio.accountability: 1, "
                     "exit.ratio.stagnation: 1, exit.ratio.strain: 1}",
                     "policy: {exit.ratio.load: 1, exit.ratio.accountability: 1, "
                     "exit.ratio.stagnation: 1, exit.ratio.strain: 1, exit.centre.load: 0.7, "
                     "exit.centre.accountability: 3, exit.centre.stagnation: 5, "
                     "exit.centre.strain: 0.6, stagnation.usual: 3}"));
}

static void test_full_help_for_families_takes_the_ratios_away(void **state)
{
    const char *helped = "policy: {incentive.family: 1, incentive.family_effect: 1, "
                         "exit.centre.outsider: 0, exit.centre.young: 0}";
    const char *alike = "policy: {exit.ratio.outsider: 1, exit.ratio.young: 1, "
                        "exit.centre.outsider: 0, exit.centre.young: 0}";
    assert_true(same(BASE, helped, alike));
    assert_true(same(BASE, "policy: {incentive.family: 1, incentive.family_effect: 0}",
                     "policy: {incentive.family: 0}"));
    assert_false(same(BASE, "policy: {incentive.family: 1}", "policy: {incentive.family: 0}"));
}

static int64_t sum_of(const char *start, const char *policy, int row, int index)
{
    struct table t = table_of(start, policy, NULL, NULL);
    int64_t sum = 0;
    for (int month = 0; month <= t.n_months; month++) {
        sum += county_at(&t, month, row, index);
    }
    free_table(&t);
    return sum;
}

static void test_slots_at_their_ends(void **state)
{
    int upward = ECH_CAUSE_UPWARD;
    const char *none = "policy: {exit.upward.slots: 0, exit.upward.rate: 0.1}";
    const char *many = "policy: {exit.upward.slots: 100000, exit.upward.rate: 0.1}";
    const char *off = "policy: {exit.upward.slots: off, exit.upward.rate: 0.1}";
    assert_int_equal(sum_of(BASE, none, ECH_M_exits_CAUSE, upward), 0);
    assert_true(sum_of(BASE, none, ECH_M_upward_refused_NONE, 0) > 100);
    assert_true(same(BASE, many, off));
}

static void test_thresholds_at_their_ends(void **state)
{
    int64_t leaders = sum_of(BASE, "policy: {wants.threshold: -10}", ECH_M_leaders_NONE, 0);
    assert_int_equal(sum_of(BASE, "policy: {wants.threshold: -10}", ECH_M_leaders_wanting_NONE, 0),
                     leaders);
    assert_int_equal(sum_of(BASE, "policy: {wants.threshold: 10}", ECH_M_leaders_wanting_NONE, 0),
                     0);
    assert_true(same(BASE, "policy: {wants.threshold: -10}", "policy: {wants.threshold: 10}"));
}

/* The wish that is kept is the logarithm of the factor without the bond. */
static void check_wishes(const struct ech_run *run, const char *process, void *context)
{
    int *n = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "record") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || person->post == ECH_NONE ||
            run->month <= person->bond_end + ech_policy_person(run, person)->bond_pent_up_months) {
            continue;
        }
        bool wants = log(ech_leaving_factor(run, person)) > ech_policy_county(run)->wants_threshold;
        assert_int_equal(ech_leaving_wants(run, id), wants);
        *n += wants;
    }
}

static void test_wishes_are_the_factor(void **state)
{
    int n = 0;
    struct table t = table_of(EVERYTHING,
                              "policy: {exit.ratio.strain: 7, exit.ratio.load: 2.3, "
                              "exit.ratio.stagnation: 1.1, wants.threshold: 0.3}",
                              check_wishes, &n);
    assert_true(n > 1000);
    free_table(&t);
}

/* Without grades it does not matter whether they end stagnation; with them whoever waits for none leaves
   more often. */
static void test_a_grade_ends_stagnation(void **state)
{
    const char *off = "policy: {exit.ratio.stagnation: 1.3, stagnation.usual: 12, "
                      "stagnation.grades: %s, grade.rule: %s}";
    char count[300], ignore[300];
    snprintf(count, sizeof count, off, "true", "off");
    snprintf(ignore, sizeof ignore, off, "false", "off");
    assert_true(same(BASE, count, ignore));
    snprintf(count, sizeof count, off, "true", "years");
    snprintf(ignore, sizeof ignore, off, "false", "years");
    assert_true(sum_of(BASE, count, ECH_M_exits_CAUSE, ECH_CAUSE_UPWARD) <
                sum_of(BASE, ignore, ECH_M_exits_CAUSE, ECH_CAUSE_UPWARD));
}

/* The same taste in every scenario, another one in each replication unless the people stay the same. Where
   nobody's varies none is kept. */
static void note_taste(const struct ech_run *run, const char *process, void *context)
{
    double *sum = context;
    assert_int_equal(run->taste != NULL, ech_policy_county(run)->taste_sigma > 0);
    for (ech_id id = 0; id < run->n_people && run->month == 0 && run->taste != NULL; id++) {
        *sum += run->taste[id];
    }
}

static void test_everybody_may_be_of_one_mind(void **state)
{
    double none = 0, some = 0;
    struct table a = table_of(BASE, "policy: {taste.sigma: 0}", note_taste, &none);
    struct table b = table_of(BASE, "policy: {taste.sigma: 0.8}", note_taste, &some);
    assert_true(none == 0 && some > 0);
    free_table(&a);
    free_table(&b);
}

static int64_t retired(const char *policy)
{
    return sum_of("extends: " BASELINE
                  "\nname: x\ntitle: {en: x, zh: x}\nnote: {en: x, zh: x}\nmonths: 150\n",
                  policy, ECH_M_exits_CAUSE, ECH_CAUSE_RETIRE);
}

static void test_retirement_options_at_their_ends(void **state)
{
    int64_t law = retired("");
    int64_t old = retired("policy: {retirement.rule: old}");
    int64_t early = retired("policy: {retirement.early.share: 1}");
    int64_t late = retired("policy: {retirement.late.share: 1}");
    assert_true(late < law && law < early && early <= old);
    assert_int_equal(retired("policy: {retirement.early.share: 1, retirement.early.most: 0}"), law);
    assert_int_equal(
        retired(
            "policy: {retirement.rule: old, retirement.early.share: 1, retirement.late.share: 1}"),
        old);
    assert_true(retired("policy: {retirement.early.service_share: 1}") > law);
    assert_int_equal(
        retired("policy: {retirement.early.service_share: 1, retirement.early.service: 720, "
                "retirement.early.near: 0}"),
        law);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_bound_decides_as_the_threshold),
        cmocka_unit_test(test_the_bound_is_never_below),
        cmocka_unit_test(test_bounds_and_wishes_hold_under_any_rules),
        cmocka_unit_test(test_ratios_of_one_change_nothing),
        cmocka_unit_test(test_full_help_for_families_takes_the_ratios_away),
        cmocka_unit_test(test_slots_at_their_ends),
        cmocka_unit_test(test_thresholds_at_their_ends),
        cmocka_unit_test(test_wishes_are_the_factor),
        cmocka_unit_test(test_a_grade_ends_stagnation),
        cmocka_unit_test(test_everybody_may_be_of_one_mind),
        cmocka_unit_test(test_retirement_options_at_their_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
