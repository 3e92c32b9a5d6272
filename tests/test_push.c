/* Push flows at their extremes: who passes, who does not, and when. */
#include "fixture.h"

#include "model/exits.h"
#include "model/state.h"

#define PUSH "extends: " ECH_SOURCE_DIR "/tests/verify/push_flows.yaml\nname: t\n"
#define QUIET                                                                                      \
    "extends: " BASELINE "\nname: t\nmonths: 14\n"                                                 \
    "policy: {exit.death.factor: 0, discipline.rate: 0, incident.rate: 0, exit.resign.rate: 0, "   \
    "exit.upward.rate: 0,\n"                                                                       \
    "  exit.outward.rate: 0, retirement.rule: none, rotation.max_tenure: off,\n"                   \
    "  assessment.held: false, "

enum { LEVELS = 3 };

static int64_t heads(const struct table *t, int month, int level)
{
    return county_at(t, month, ECH_M_heads_LEVEL, level);
}

/* A probability of 1 once a year moves everybody who holds no post in month 12, and nobody before. */
static void test_a_certain_flow_moves_everybody_once(void **state)
{
    struct ech_scenario s = {0};
    load_text(QUIET "entry.transfer_in: 0, hiring.quota: 0}\n"
                    "flows: [{id: all, from: staff, to: section, probability: 1, every: 12}]\n",
              &s);
    struct table t = run_table(&s, 5, 1, NULL, NULL);
    int64_t staff = heads(&t, 0, 0);
    assert_true(staff > 100);
    for (int month = 1; month <= s.n_months; month++) {
        assert_int_equal(heads(&t, month, 0), month < 12 ? staff : 0);
        assert_int_equal(county_at(&t, month, ECH_M_level_in_LEVEL, 2), month == 12 ? staff : 0);
        assert_int_equal(county_at(&t, month, ECH_M_leaders_NONE, 0), 418); /* none is pushed */
    }
    free_table(&t);
    ech_scenario_free(&s);
}

/* A certain fall of everybody above the lowest level spares the holders of posts. */
static void test_holders_of_posts_are_not_pushed(void **state)
{
    struct ech_scenario s = {0};
    load_text(QUIET "push.down.rate: {monthly: 1}}\n", &s);
    struct table t = run_table(&s, 5, 1, NULL, NULL);
    for (int month = 1; month <= s.n_months; month++) {
        for (int level = 0; level < LEVELS; level++) {
            assert_int_equal(county_at(&t, month, ECH_M_level_out_LEVEL, level), 0);
        }
    }
    free_table(&t);
    ech_scenario_free(&s);
}

/* Who rises with certainty each month is at the top after as many months as there are steps. */
static void test_certain_promotion_climbs_a_level_a_month(void **state)
{
    struct ech_scenario s = {0};
    load_text(PUSH "flows:\n"
                   "  - {id: low_up, from: low, to: middle, probability: 0}\n"
                   "  - {id: low_jump, from: low, to: high, probability: 0}\n"
                   "  - {id: middle_down, from: middle, to: low, probability: 0}\n"
                   "  - {id: middle_up, from: middle, to: high, probability: 0}\n"
                   "  - {id: low_out, from: low, exit: resign, probability: 0}\n"
                   "  - {id: high_out, from: high, exit: resign, probability: 0}\n"
                   "policy: {exit.upward.rate: 0, exit.outward.rate: 0}\n"
                   "by_level: {low: {push.up.rate: {monthly: 1}}, "
                   "middle: {push.up.rate: {monthly: 1}}}\n",
              &s);
    struct table t = run_table(&s, 5, 1, NULL, NULL);
    assert_int_equal(heads(&t, 1, 0), 0);
    assert_int_equal(heads(&t, 1, 1), 173);
    assert_int_equal(heads(&t, 1, 2), 97 + 41);
    assert_int_equal(heads(&t, 2, 2), 173 + 97 + 41);
    assert_int_equal(heads(&t, 12, 0) + heads(&t, 12, 1), 21); /* recruits of this month */
    free_table(&t);
    ech_scenario_free(&s);
}

/* After the exits no nominee has just been pushed. */
static void check_nominees(const struct ech_run *run, const char *process, void *context)
{
    int *n_nominees = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "exits") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence == ECH_SERVING && person->next_post != ECH_NONE) {
            assert_true(person->moved_month < run->month);
            (*n_nominees)++;
        }
    }
}

/* A nominee who is pushed is no nominee any more: nobody is promoted twice in a month. */
static void test_a_push_ends_a_nomination(void **state)
{
    struct ech_scenario s = {0};
    load_text("extends: " BASELINE "\nname: t\nmonths: 30\n"
              "policy: {push.up.rate: {monthly: 0.2}, procedure.months: 3}\n",
              &s);
    int n_nominees = 0;
    struct table t = run_table(&s, 5, 1, check_nominees, &n_nominees);
    int64_t pushed = 0;
    for (int month = 1; month <= s.n_months; month++) {
        pushed += county_at(&t, month, ECH_M_level_in_LEVEL, 1);
    }
    assert_true(pushed > 100 && n_nominees > 20);
    free_table(&t);
    ech_scenario_free(&s);
}

/* Nobody comes into units with free head count but by their plan, whatever the county recruits. */
static void test_free_units_are_filled_by_the_plan_only(void **state)
{
    struct ech_scenario s = {0};
    load_text("extends: " BASELINE "\nname: t\nyears: 4\n"
              "units: [{id: pool, type: department, free: true}]\n"
              "policy: {hiring.quota: off, entry.transfer_in: 1, establishment.extra: 3,\n"
              "  establishment.overrun: 2, selection.scope: outside}\n"
              "recruitment: [{id: p, level: staff, number: 5, every: 24}]\n",
              &s);
    struct table t = run_table(&s, 7, 1, NULL, NULL);
    int pool = 0;
    while (strcmp(s.units[pool].id, "pool") != 0) {
        pool++;
    }
    for (int month = 1; month <= s.n_months; month++) {
        size_t at = (size_t)(month * t.n_units + pool) * (size_t)t.layout.n_unit;
        const int64_t *unit = t.output.unit + at;
        assert_int_equal(unit[t.layout.first[ECH_M_entries_NONE]], month % 24 == 0 ? 5 : 0);
        assert_int_equal(unit[t.layout.first[ECH_M_moves_in_NONE]], 0);
        assert_int_equal(unit[t.layout.first[ECH_M_establishment_vacant_NONE]], 0);
    }
    free_table(&t);
    ech_scenario_free(&s);
}

/* Logits whose probabilities sum to more than 1 happen with certainty and share in proportion. */
static void test_logits_above_one_share_in_proportion(void **state)
{
    const struct ech_risks risks = {
        .n = ECH_N_CAUSES,
        .probability = {[ECH_CAUSE_RESIGN] = 0.9, [ECH_CAUSE_UPWARD] = 0.3},
        .rate = {[ECH_CAUSE_DEATH] = 0.7}};
    assert_true(ech_exit_probability(&risks) == 1);
    assert_int_equal(ech_exit_risk(&risks, 0.749), ECH_CAUSE_RESIGN);
    assert_int_equal(ech_exit_risk(&risks, 0.751), ECH_CAUSE_UPWARD);
    assert_int_equal(ech_exit_risk(&risks, 0.9999), ECH_CAUSE_UPWARD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_certain_flow_moves_everybody_once),
        cmocka_unit_test(test_holders_of_posts_are_not_pushed),
        cmocka_unit_test(test_certain_promotion_climbs_a_level_a_month),
        cmocka_unit_test(test_a_push_ends_a_nomination),
        cmocka_unit_test(test_free_units_are_filled_by_the_plan_only),
        cmocka_unit_test(test_logits_above_one_share_in_proportion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
