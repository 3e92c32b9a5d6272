/* Secondment, openings above and wish moves at their extremes. */
#include "fixture.h"

#include "model/background.h"
#include "model/state.h"

#define COUNTY "extends: " BASELINE "\nname: t\nyears: 4\n"
#define STILL                                                                                      \
    "exit.death.factor: 0, discipline.rate: 0, incident.rate: 0, exit.resign.rate: 0, "            \
    "exit.upward.rate: 0, exit.outward.rate: 0,\n"                                                 \
    "  retirement.rule: none, rotation.max_tenure: off, term.first: off, hiring.quota: 0,\n"       \
    "  entry.transfer_in: 0, assessment.held: false"

static bool is_base(const struct ech_run *run, ech_id unit)
{
    return run->scenario->types[run->scenario->units[unit].type].base_level;
}

/** What is known before the secondments of a month begin, and what is seen of them. */
struct seen {
    int n, n_staying; /* went, and could have gone though they know the base level less */
    int base_before;  /* of the person who is followed */
    ech_id followed;
    int n_followed;
};

/* Down go staff and deputies of departments without base-level experience, to townships. */
static void check_down(const struct ech_run *run, const char *process, void *context)
{
    struct seen *seen = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "secondment") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || !ech_is_away(run, person) ||
            run->away[id].since_month != run->month) {
            continue;
        }
        seen->n++;
        assert_true(!is_base(run, person->unit) && is_base(run, run->away[id].host));
        assert_true(ech_background_base_time(run, person, 0) == 0);
        assert_true(person->post == ECH_NONE || ech_class_of(run, person->post) != ECH_CLASS_CHIEF);
        assert_in_range(run->away[id].return_month - run->month, 6, 9);
    }
}

static void test_people_without_base_level_time_go_down_first(void **state)
{
    struct ech_scenario s = {0};
    struct seen seen = {0};
    load_text(COUNTY "policy: {secondment.down: 7, secondment.min_months: 6,\n"
                     "  secondment.max_months: 9, background.base_time: 12, " STILL "}\n",
              &s);
    struct table t = run_table(&s, 3, 1, check_down, &seen);
    assert_int_equal(seen.n, 4 * 7);
    assert_int_equal(county_total(&t, ECH_M_secondments_NONE, 0), 4 * 7);
    assert_int_equal(county_total(&t, ECH_M_openings_NONE, 0), 0); /* posts are held open */
    free_table(&t);
    ech_scenario_free(&s);
}

/* The first seven hosts are the seven remotest townships. */
static void check_hosts(const struct ech_run *run, const char *process, void *context)
{
    struct seen *seen = context;
    if (strcmp(process, "secondment") != 0 || run->n_away == 0 || seen->n > 0) {
        return;
    }
    double nearest_host = 1, farthest_other = 0;
    for (ech_id u = 0; u < run->scenario->n_units; u++) {
        int guests = 0;
        for (ech_id id = 0; id < run->n_people; id++) {
            guests += run->people[id].presence == ECH_SERVING && run->away[id].host == u;
        }
        double remoteness = run->scenario->units[u].remoteness;
        seen->n += guests;
        assert_in_range(guests, 0, 1);
        if (guests > 0 && remoteness < nearest_host) {
            nearest_host = remoteness;
        } else if (guests == 0 && is_base(run, u) && remoteness > farthest_other) {
            farthest_other = remoteness;
        }
    }
    assert_true(nearest_host > farthest_other);
}

static void test_the_remotest_townships_are_the_hosts(void **state)
{
    struct ech_scenario s = {0};
    struct seen seen = {0};
    load_text(COUNTY "policy: {secondment.down: 7, " STILL "}\n", &s);
    struct table t = run_table(&s, 3, 1, check_hosts, &seen);
    assert_int_equal(seen.n, 7);
    free_table(&t);
    ech_scenario_free(&s);
}

/* Each month of a secondment down is a month at the base level, during it and for ever after. */
static void follow(const struct ech_run *run, const char *process, void *context)
{
    struct seen *seen = context;
    if (strcmp(process, "record") != 0) {
        return;
    }
    for (ech_id id = 0; id < run->n_people && seen->followed == ECH_NONE; id++) {
        if (run->n_away > 0 && ech_is_away(run, &run->people[id])) {
            seen->followed = id;
            seen->n = run->month;
            seen->base_before = ech_background_base_time(run, &run->people[id], 0);
        }
    }
    if (seen->followed != ECH_NONE && run->month <= seen->n + 9) {
        int months = run->month - seen->n;
        seen->n_followed++;
        assert_int_equal(ech_background_base_time(run, &run->people[seen->followed], 0),
                         seen->base_before + (months < 6 ? months : 6));
    }
}

static void test_base_level_time_grows_at_the_host(void **state)
{
    struct ech_scenario s = {0};
    struct seen seen = {.followed = ECH_NONE};
    load_text(COUNTY "policy: {secondment.down: 1, secondment.min_months: 6,\n"
                     "  secondment.max_months: 6, " STILL "}\n",
              &s);
    struct table t = run_table(&s, 3, 1, follow, &seen);
    assert_int_equal(seen.n_followed, 10);
    free_table(&t);
    ech_scenario_free(&s);
}

static void check_up(const struct ech_run *run, const char *process, void *context)
{
    int *n_beyond = context;
    for (ech_id id = 0; id < run->n_people && run->n_away > 0; id++) {
        if (run->people[id].presence == ECH_SERVING && ech_is_away(run, &run->people[id])) {
            assert_true(is_base(run, run->people[id].unit));
            *n_beyond += run->away[id].host == ECH_BEYOND;
            assert_true(run->away[id].host == ECH_BEYOND || !is_base(run, run->away[id].host));
        }
    }
}

static void test_all_or_none_go_beyond_the_county(void **state)
{
    for (int beyond = 0; beyond <= 1; beyond++) {
        struct ech_scenario s = {0};
        char text[600];
        int n_beyond = 0;
        snprintf(text, sizeof text,
                 COUNTY "policy: {secondment.up: 11, secondment.beyond: %d,\n"
                        "  secondment.convert: 1, " STILL "}\n",
                 beyond);
        load_text(text, &s);
        struct table t = run_table(&s, 3, 1, check_up, &n_beyond);
        assert_int_equal(n_beyond > 0, beyond);
        assert_int_equal(county_total(&t, ECH_M_secondments_NONE, 0), 4 * 11);
        /* Nobody stays: beyond the county there is no place to take, and the departments are full. */
        assert_int_equal(county_total(&t, ECH_M_seconded_stayed_NONE, 0), 0);
        free_table(&t);
        ech_scenario_free(&s);
    }
}

/* With a free place in every department all of them stay, staff and, into open posts, deputies. */
static void test_everybody_stays_where_there_is_room(void **state)
{
    struct ech_scenario s = {0};
    load_text(COUNTY
              "policy: {secondment.up: 11, secondment.convert: 1, secondment.max_months: 12,\n"
              "  eligibility.max_age: 25,\n" /* nobody rises */
              "  selection.scope: unit, " STILL "}\n"
              "by_type: {department: {establishment.extra: 9}}\n",
              &s);
    struct table t = run_table(&s, 3, 1, NULL, NULL);
    int64_t stayed = county_total(&t, ECH_M_seconded_stayed_NONE, 0);
    assert_true(stayed > 5);
    assert_int_equal(stayed, county_total(&t, ECH_M_moves_in_NONE, 0));
    free_table(&t);
    ech_scenario_free(&s);
}

/* Many openings above take chiefs only, and only those who have served their time. */
static void test_openings_above_take_ripe_chiefs_only(void **state)
{
    struct ech_scenario s = {0};
    load_text(COUNTY "policy: {out.promoted: 1000, procedure.months: 0, " STILL "}\n", &s);
    struct table t = run_table(&s, 3, 1, NULL, NULL);
    int64_t out = county_total(&t, ECH_M_exits_CAUSE, ECH_CAUSE_PROMOTED_OUT);
    assert_true(out > 88);
    assert_int_equal(out, county_total(&t, ECH_M_exits_NONE, 0));
    assert_int_equal(out, county_total(&t, ECH_M_exits_LEVEL, s.n_levels - 1));
    free_table(&t);
    ech_scenario_free(&s);
}

static void test_nobody_rises_where_nobody_is_ripe(void **state)
{
    struct ech_scenario s = {0};
    load_text(COUNTY "policy: {out.promoted: 1000, " STILL "}\n"
                     "by_level: {section: {eligibility.min_level_time: 360}}\n",
              &s);
    struct table t = run_table(&s, 3, 1, NULL, NULL);
    assert_int_equal(county_total(&t, ECH_M_exits_NONE, 0), 0);
    free_table(&t);
    ech_scenario_free(&s);
}

/* Everybody applies, every department is full: all are rejected by that clause and nobody moves. */
static void test_full_departments_reject_wishes(void **state)
{
    struct ech_scenario s = {0};
    load_text(COUNTY "policy: {move.request.share: 1, bond.enforcement: 0, " STILL "}\n", &s);
    struct table t = run_table(&s, 3, 1, NULL, NULL);
    int64_t wishes = county_total(&t, ECH_M_wishes_NONE, 0);
    assert_true(wishes > 100);
    assert_int_equal(county_total(&t, ECH_M_wishes_granted_NONE, 0), 0);
    assert_int_equal(county_total(&t, ECH_M_moves_in_NONE, 0), 0);
    assert_int_equal(wishes,
                     county_total(&t, ECH_M_rejections_only_CLAUSE, ECH_CLAUSE_ESTABLISHMENT_FULL));
    free_table(&t);
    ech_scenario_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_without_base_level_time_go_down_first),
        cmocka_unit_test(test_the_remotest_townships_are_the_hosts),
        cmocka_unit_test(test_base_level_time_grows_at_the_host),
        cmocka_unit_test(test_all_or_none_go_beyond_the_county),
        cmocka_unit_test(test_everybody_stays_where_there_is_room),
        cmocka_unit_test(test_openings_above_take_ripe_chiefs_only),
        cmocka_unit_test(test_nobody_rises_where_nobody_is_ripe),
        cmocka_unit_test(test_full_departments_reject_wishes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
