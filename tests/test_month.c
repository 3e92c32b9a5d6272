/* What must hold in every month, after every process: the whole state is walked. */

#include "fixture.h"
#include "random_scenario.h"

#include "model/state.h"

static void check_people(const struct ech_run *run)
{
    int serving = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence == ECH_ABSENT) {
            continue;
        }
        serving += p->presence == ECH_SERVING;
        if (run->scenario->units[p->unit].free) {
            assert_true(p->place == ECH_NONE && p->post == ECH_NONE);
        } else {
            assert_int_equal(run->places[p->place], id);
            int first = run->units[p->unit].first_place[p->track];
            assert_in_range(p->place - first, 0, run->units[p->unit].max_places[p->track] - 1);
        }
        assert_true(run->month >= p->joined_month || p->presence == ECH_PENDING);
        if (p->presence == ECH_SERVING) {
            assert_true(p->level_month <= run->month && p->entry_month <= run->month);
        }
        if (p->post != ECH_NONE) {
            assert_int_equal(run->posts[p->post].holder, id);
            assert_int_equal(run->scenario->posts[p->post].unit, p->unit);
            assert_int_equal(run->scenario->kinds[run->scenario->posts[p->post].kind].level,
                             p->level);
            assert_false(p->stepped_down);
            assert_int_equal(p->track, ECH_ADMIN);
        }
        if (p->next_post != ECH_NONE) {
            assert_int_equal(run->posts[p->next_post].nominee, id);
        }
        if (p->next_place != ECH_NONE) {
            assert_int_equal(run->places[p->next_place], id);
        }
        if (p->pledged_to != ECH_NONE) {
            assert_int_equal(run->posts[p->pledged_to].pledge, id);
            assert_true(p->stepped_down);
        }
    }
    assert_true(serving <= run->capacity);
}

/* Who is seconded serves, is counted at home, holds his post and is in no procedure. */
static void check_away(const struct ech_run *run)
{
    int away = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence == ECH_SERVING && ech_is_away(run, p)) {
            away++;
            assert_true(p->next_post == ECH_NONE && p->pledged_to == ECH_NONE);
            assert_true(run->away[id].host != p->unit && !p->stepped_down);
            assert_true(run->away[id].since_month <= run->month);
        }
    }
    assert_int_equal(away, run->n_away);
    const struct ech_county *c = run->county;
    for (ech_id unit = c->first_unit; unit < c->first_unit + c->n_units; unit++) {
        away -= run->units[unit].away;
        assert_in_range(run->units[unit].away, 0, run->units[unit].heads[ECH_ADMIN]);
    }
    assert_int_equal(away, 0);
}

static void check_posts(const struct ech_run *run)
{
    const struct ech_county *c = run->county;
    for (ech_id post = c->first_post; post < c->first_post + c->n_posts; post++) {
        const struct ech_post_state *s = &run->posts[post];
        assert_true(s->holder == ECH_NONE || s->nominee == ECH_NONE);
        if (s->holder != ECH_NONE) {
            assert_int_equal(run->people[s->holder].post, post);
        }
        if (s->nominee != ECH_NONE) {
            assert_int_equal(run->people[s->nominee].next_post, post);
            assert_int_equal(s->reason, ECH_VACANT_PROCEDURE);
        }
        assert_true(s->vacant_since <= run->month);
    }
}

static void check_units(const struct ech_run *run)
{
    const struct ech_county *c = run->county;
    for (ech_id unit = c->first_unit; unit < c->first_unit + c->n_units; unit++) {
        const struct ech_unit_state *s = &run->units[unit];
        for (int track = 0; track < ECH_N_TRACKS; track++) {
            int taken = 0;
            int heads = 0;
            for (int i = 0; i < s->max_places[track]; i++) {
                taken += run->places[s->first_place[track] + i] != ECH_NONE;
            }
            for (ech_id id = 0; id < run->n_people; id++) {
                const struct ech_person *p = &run->people[id];
                heads += p->presence == ECH_SERVING && p->unit == unit && p->track == track;
            }
            assert_int_equal(s->taken[track], taken);
            assert_int_equal(s->heads[track], heads);
            assert_true(taken <= s->max_places[track]);
            assert_true(track == ECH_ADMIN || taken <= s->limit[track]);
        }
    }
}

/* Nobody serves beyond the age limit once the exits of the month are done. */
static void check_ages(const struct ech_run *run, const char *process)
{
    if (strcmp(process, "record") != 0) {
        return;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        assert_true(p->presence != ECH_SERVING || p->retire_month > run->month);
    }
}

static void walk(const struct ech_run *run, const char *process, void *context)
{
    int *calls = context;
    (*calls)++;
    check_people(run);
    check_away(run);
    check_posts(run);
    check_units(run);
    check_ages(run, process);
}

static void walk_scenario(struct ech_scenario s)
{
    int calls = 0;
    for (int replication = 1; replication <= 2; replication++) {
        struct table t = run_table(&s, 11, replication, walk, &calls);
        for (int month = 0; month <= s.n_months; month++) {
            int64_t posts = county_at(&t, month, ECH_M_posts_NONE, 0);
            int64_t vacant = county_at(&t, month, ECH_M_posts_vacant_NONE, 0);
            assert_int_equal(posts, vacant + county_at(&t, month, ECH_M_leaders_NONE, 0));
        }
        free_table(&t);
    }
    assert_true(calls > s.n_months * 2);
    ech_scenario_free(&s);
}

static void walk_text(const char *text)
{
    struct ech_scenario s = {0};
    load_text(text, &s);
    walk_scenario(s);
}

static void walk_file(const char *path)
{
    struct ech_scenario s = {0};
    load_file(path, &s);
    walk_scenario(s);
}

static void test_state_holds_in_the_baseline(void **state)
{
    (void)state;
    walk_text("extends: " BASELINE "\nname: t\n");
}

static void test_state_holds_with_everything_on(void **state)
{
    (void)state;
    walk_text("extends: " BASELINE "\nname: t\n"
              "policy: {stepdown.age: 51, rotation.max_tenure: 60, rotation.min_tenure: 24,\n"
              "  reserve.use: required, reserve.dropout: 0.3, selection.women_first: true,\n"
              "  selection.scope: outside, hiring.quota: 21.3, entry.transfer_in: 0.37,\n"
              "  exit.resign.rate: 0.08, establishment.extra: 2, procedure.months: 3}\n"
              "by_type: {township: {incentive.allowance: 700}}\n"
              "events: [{at: 2021-05, kind: exam_window, track: institution, share: 0.3},\n"
              "  {at: 2022-05, kind: exam_window, track: admin, share: 0.05}]\n"
              "changes:\n"
              "  - {from: 2024-01, policy: {stepdown.age: 50, establishment.extra: 1}}\n"
              "  - {from: 2027-03, policy: {stepdown.age: off, procedure.months: 0,\n"
              "       rotation.unmatched: outside, establishment.extra: 3}}\n");
}

static void test_state_holds_with_push_flows_and_free_heads(void **state)
{
    (void)state;
    walk_file(ECH_SOURCE_DIR "/tests/verify/everything.yaml");
    walk_file(ECH_SOURCE_DIR "/tests/verify/push_flows.yaml");
    walk_file(ECH_SOURCE_DIR "/tests/verify/push_growth.yaml");
}

static void test_state_holds_without_supply(void **state)
{
    (void)state;
    walk_text("extends: " BASELINE "\nname: t\n"
              "policy: {hiring.quota: 0, entry.transfer_in: 0, stepdown.age: 52,\n"
              "  stepdown.exchange: false, exit.resign.rate: 0.2}\n");
}

static void test_state_holds_in_random_scenarios(void **state)
{
    (void)state;
    random_scenarios_check(walk_file);
}

/* The overrun is for who comes in an appointment: nobody is hired or transferred beyond the
   establishment (no free 编制, no recruits). */
static void test_overrun_is_not_hired_into(void **state)
{
    (void)state;
    struct ech_scenario s = {0};
    load_text("extends: " BASELINE "\nname: t\nyears: 6\n"
              "policy: {establishment.overrun: 3, hiring.quota: off, entry.transfer_in: 1,\n"
              "  selection.scope: unit, rotation.max_tenure: off}\n",
              &s);
    struct table t = run_table(&s, 3, 1, NULL, NULL);
    int64_t entries = 0;
    for (int month = 0; month <= s.n_months; month++) {
        entries += county_at(&t, month, ECH_M_entries_NONE, 0);
        assert_true(county_at(&t, month, ECH_M_heads_NONE, 0) <= 603);
    }
    assert_true(entries > 0);
    free_table(&t);
    ech_scenario_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_state_holds_in_the_baseline),
        cmocka_unit_test(test_state_holds_with_everything_on),
        cmocka_unit_test(test_state_holds_with_push_flows_and_free_heads),
        cmocka_unit_test(test_state_holds_without_supply),
        cmocka_unit_test(test_state_holds_in_random_scenarios),
        cmocka_unit_test(test_overrun_is_not_hired_into),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
