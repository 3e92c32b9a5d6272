/* Switches of selection at their ends: what each says is what happens. */
#include "fixture.h"

#include "model/field.h"
#include "model/scores.h"
#include "model/state.h"

static struct table table_of(const char *text, struct ech_scenario *s, ech_check_fn check,
                             void *context)
{
    load_text(text, s);
    return run_table(s, 5, 2, check, context);
}

/* Everything of two policies of the baseline is equal, or not. */
static bool same(const char *a, const char *b)
{
    char text[2][500];
    struct ech_scenario s[2] = {{0}};
    struct table t[2];
    for (int i = 0; i < 2; i++) {
        snprintf(text[i], sizeof text[i],
                 "extends: " BASELINE
                 "\nname: t\nyears: 5\npolicy: {assessment.three_first: false, %s}\n",
                 i == 0 ? a : b);
        t[i] = table_of(text[i], &s[i], NULL, NULL);
    }
    bool equal =
        memcmp(t[0].output.unit, t[1].output.unit, unit_size(&t[0]) * sizeof(int64_t)) == 0 &&
        memcmp(t[0].output.type, t[1].output.type, type_size(&t[0]) * sizeof(int64_t)) == 0;
    for (int i = 0; i < 2; i++) {
        free_table(&t[i]);
        ech_scenario_free(&s[i]);
    }
    return equal;
}

static void test_a_shortlist_of_one_is_no_shortlist(void **state)
{
    assert_true(same("selection.shortlist: 1", "selection.shortlist: off"));
    assert_false(same("selection.shortlist: 2", "selection.shortlist: off"));
}

static void test_a_mix_of_one_part_is_that_rule(void **state)
{
    assert_true(same("selection.rule: mix, selection.weight.votes: 0, selection.weight.score: 7",
                     "selection.rule: score"));
    assert_true(same("selection.rule: mix, selection.weight.score: 0, selection.weight.votes: 2",
                     "selection.rule: votes"));
    assert_true(same("selection.rule: mix, selection.weight.score: 0, selection.weight.votes: 0, "
                     "selection.weight.exam: 3",
                     "selection.rule: exam"));
    assert_true(same("selection.rule: mix, selection.weight.score: 0, selection.weight.votes: 0, "
                     "selection.weight.seniority: 3",
                     "selection.rule: seniority"));
}

#define TRIALS                                                                                     \
    "extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: t\nmonths: 1\n"                    \
    "county: {id: trials}\nlevels: [{id: staff}, {id: chief}]\n"                                   \
    "kinds: [{id: head, level: chief, role: department_chief}]\ntypes: [{id: a}]\n"                \
    "units: [{id: a, count: 90, type: a, establishment: {admin: 8}, posts: {head: 1}}]\n"          \
    "initial:\n  blocks: [{id: staff, fill: staff, ages: [[24, 34, 90], [35, 49, rest]]}]\n"       \
    "policy: {selection.scope: unit"

static double best_share(const char *policy)
{
    char text[1000];
    struct ech_scenario s = {0};
    snprintf(text, sizeof text, TRIALS ", %s}\n", policy);
    struct table t = table_of(text, &s, NULL, NULL);
    assert_int_equal(county_at(&t, 1, ECH_M_nominations_NONE, 0), 90);
    double share = (double)county_at(&t, 1, ECH_M_nominations_best_NONE, 0) / 90;
    free_table(&t);
    ech_scenario_free(&s);
    return share;
}

static void test_a_look_without_error_finds_the_best(void **state)
{
    assert_true(best_share("selection.rule: score, selection.validity: 1") == 1);
    assert_true(best_share("selection.rule: exam, selection.exam_validity: 1") == 1);
    assert_true(best_share("selection.rule: votes, selection.vote_validity: 1, "
                           "selection.popularity: 1, merit.correlation: 1") == 1);
    assert_true(best_share("selection.rule: lottery, selection.shortlist: 20, "
                           "selection.validity: 1") == 1);
    assert_true(best_share("selection.rule: votes, selection.vote_validity: 1, "
                           "selection.popularity: 0") < 0.5);
    assert_true(
        best_share("selection.rule: score, selection.side: economic, selection.validity: 1, "
                   "merit.correlation: 1") == 1);
    assert_true(best_share("selection.rule: score, selection.side: broad, selection.validity: 1, "
                           "merit.correlation: 0") < 0.8);
}

/* What the teams, empty at first, get in month 1. */
struct team_watch {
    bool (*has)(const struct ech_person *person);
    bool offered[90];
    int n_offered;
    bool on;
};

static bool is_young(const struct ech_person *person)
{
    return 1 - person->birth_month < 35 * 12;
}

static bool has_specialty(const struct ech_person *person)
{
    return person->specialty != ECH_SPECIALTY_GENERAL;
}

static void watch_team(const struct ech_run *run, const char *process, void *context)
{
    struct team_watch *watch = context;
    if (strcmp(process, "start") == 0) {
        for (ech_id id = 0; id < run->n_people; id++) {
            watch->offered[run->people[id].unit] |= watch->has(&run->people[id]);
        }
    }
    for (ech_id unit = 0; unit < 90 && strcmp(process, "filling") == 0; unit++) {
        const struct ech_post_state *post = &run->posts[run->scenario->units[unit].first_post];
        assert_int_not_equal(post->holder, ECH_NONE);
        watch->n_offered += watch->offered[unit];
        if (watch->on) {
            assert_true(watch->has(&run->people[post->holder]) == watch->offered[unit]);
        }
    }
}

static void check_team(const char *policy, bool (*has)(const struct ech_person *person))
{
    char text[1000];
    struct ech_scenario s = {0};
    struct team_watch watch = {.has = has, .on = true};
    snprintf(text, sizeof text,
             TRIALS ", %s: true, background.law: 0.03, background.finance: 0.02,"
                    " background.audit: 0, background.engineering: 0, "
                    "background.agriculture: 0}\n",
             policy);
    struct table t = table_of(text, &s, watch_team, &watch);
    assert_in_range(watch.n_offered, 10, 80); /* some units offer it, some do not */
    free_table(&t);
    ech_scenario_free(&s);
}

static void test_a_team_without_young_people_gets_one_at_equal_merit(void **state)
{
    check_team("selection.young_first", is_young);
}

static void test_a_team_gets_a_specialty_that_it_lacks_at_equal_merit(void **state)
{
    check_team("selection.specialty_first", has_specialty);
}

/* Arrays of an opening hold whatever the table of parameters allows. */
static void test_the_longest_shortlist_has_room(void **state)
{
    assert_true(ech_param_rows[ECH_PARAM_ID_selection_shortlist].max <= ECH_MOST_FIRST);
    assert_in_range(ECH_MOST_FIRST, 1, ECH_SEEN_TOGETHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_shortlist_of_one_is_no_shortlist),
        cmocka_unit_test(test_a_mix_of_one_part_is_that_rule),
        cmocka_unit_test(test_a_look_without_error_finds_the_best),
        cmocka_unit_test(test_a_team_without_young_people_gets_one_at_equal_merit),
        cmocka_unit_test(test_a_team_gets_a_specialty_that_it_lacks_at_equal_merit),
        cmocka_unit_test(test_the_longest_shortlist_has_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
