/* Discipline and incidents at the ends of their parameters: what each says happens in the month in which
   it says so, blocks last exactly their months, and what is off leaves no trace. */
#include "fixture.h"

#include "model/state.h"

#define LADDER                                                                                     \
    "extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: t\nstart: 2019-08\nmonths: 60\n"   \
    "county: {id: small}\nlevels: [{id: staff}, {id: vice}, {id: chief}]\n"                        \
    "kinds: [{id: second, level: vice, role: deputy},\n"                                           \
    "  {id: first, level: chief, role: department_chief}]\n"                                       \
    "types: [{id: a}]\n"
#define STAFF                                                                                      \
    "initial:\n  blocks: [{id: staff, fill: staff, ages: [[24, 34, rest]], service: {from: 0, "    \
    "to: 0}}]\n"
/* One place and nobody above him: eight people of whom nothing else is asked. */
#define ALONE(policy)                                                                              \
    LADDER "units: [{id: u, count: 8, type: a, establishment: {admin: 2}, "                        \
           "posts: {second: 1}}]\n" STAFF "policy: {selection.scope: unit, " policy "}\n"
#define CHIEFS(policy)                                                                             \
    LADDER "units: [{id: u, count: 8, type: a, establishment: {admin: 3}, "                        \
           "accountability: 3, posts: {first: 1}}]\ninitial: {blocks: [{id: chiefs, "              \
           "fill: posts, ages: [[30, 40, rest]]}]}\npolicy: {selection.scope: unit, " policy "}\n"
/* Everybody has a case in the month in which he has served five months, and in no other. */
#define CASE_IN_5 "discipline.rate: {service: [[5, {monthly: 1}], [6, 0]]}, discipline.cleared: 0, "
#define ONLY(warning, demerit, serious, demotion, removal, dismissal)                              \
    "discipline.share.warning: " #warning ", discipline.share.demerit: " #demerit                  \
    ", discipline.share.serious_demerit: " #serious ", discipline.share.demotion: " #demotion      \
    ", discipline.share.removal: " #removal ", discipline.share.dismissal: " #dismissal

struct outcome {
    struct ech_scenario s;
    struct table t;
};

static struct outcome outcome_of(const char *text)
{
    struct outcome o = {0};
    load_text(text, &o.s);
    o.t = run_table(&o.s, 9, 1, NULL, NULL);
    return o;
}

static void outcome_free(struct outcome *o)
{
    free_table(&o->t);
    ech_scenario_free(&o->s);
}

/* The row is `value` in the months from ... to, and 0 in all others. */
static void assert_only(const struct outcome *o, int row, int index, int from, int to, int value)
{
    for (int month = 1; month <= o->s.n_months; month++) {
        int64_t expected = month >= from && month <= to ? value : 0;
        if (county_at(&o->t, month, row, index) != expected) {
            fail_msg("%s, month %d: %lld, not %lld", ech_count_rows[row].name, month,
                     (long long)county_at(&o->t, month, row, index), (long long)expected);
        }
    }
}

/* The eight of ALONE would take their posts in month 7; who is blocked from month 5 on waits. */
static void assert_blocked(const char *text, enum ech_sanction sanction, int months)
{
    struct outcome o = outcome_of(text);
    assert_only(&o, ECH_M_sanctions_NONE, 0, 5, 5, 8);
    assert_only(&o, ECH_M_sanctions_SANCTION, (int)sanction, 5, 5, 8);
    assert_only(&o, ECH_M_blocked_NONE, 0, 5, 4 + months, 8);
    assert_only(&o, ECH_M_promotions_LEVEL, 1, 5 + months, 5 + months, 8);
    assert_int_equal(county_total(&o.t, ECH_M_posts_lost_NONE, 0), 0);
    assert_int_equal(county_total(&o.t, ECH_M_exits_NONE, 0), 0);
    outcome_free(&o);
}

#define WAITS CASE_IN_5 "eligibility.min_level_time: 7, "

static void test_blocks_last_exactly_their_months(void **state)
{
    assert_blocked(ALONE(WAITS ONLY(1, 0, 0, 0, 0, 0)), ECH_SANCTION_WARNING, 6);
    assert_blocked(ALONE(WAITS ONLY(0, 1, 0, 0, 0, 0)), ECH_SANCTION_DEMERIT, 12);
    assert_blocked(ALONE(WAITS ONLY(0, 0, 1, 0, 0, 0)), ECH_SANCTION_SERIOUS_DEMERIT, 18);
    assert_blocked(ALONE(WAITS ONLY(0, 0, 0, 1, 0, 0)), ECH_SANCTION_DEMOTION, 24);
    assert_blocked(ALONE(WAITS ONLY(0, 0, 0, 0, 1, 0)), ECH_SANCTION_REMOVAL, 24);
    assert_blocked(ALONE(WAITS ONLY(0, 1, 0, 0, 0, 0) ", discipline.block.demerit: 31"),
                   ECH_SANCTION_DEMERIT, 31);
}

/* A block of 0 months blocks nobody. */
static void test_without_months_nobody_is_blocked(void **state)
{
    struct outcome o =
        outcome_of(ALONE(WAITS ONLY(1, 0, 0, 0, 0, 0) ", discipline.block.warning: 0"));
    assert_only(&o, ECH_M_sanctions_NONE, 0, 5, 5, 8);
    assert_only(&o, ECH_M_promotions_LEVEL, 1, 7, 7, 8);
    assert_int_equal(county_total(&o.t, ECH_M_blocked_NONE, 0), 0);
    outcome_free(&o);
}

/* In month 1 each takes his post; in month 5 he loses it and falls to the staff; 24 months later he is
   the only candidate again, unless nobody considers who has fallen. */
static void assert_lost(const char *text, enum ech_sanction sanction, bool returns)
{
    struct outcome o = outcome_of(text);
    assert_only(&o, ECH_M_sanctions_SANCTION, (int)sanction, 5, 5, 8);
    assert_only(&o, ECH_M_posts_lost_NONE, 0, 5, 5, 8);
    assert_only(&o, ECH_M_stepdowns_NONE, 0, 5, 5, 8);
    assert_only(&o, ECH_M_level_out_LEVEL, 1, 5, 5, 8);
    assert_only(&o, ECH_M_up_again_NONE, 0, 29, 29, returns ? 8 : 0);
    assert_int_equal(county_at(&o.t, 5, ECH_M_heads_LEVEL, 0), 8);
    outcome_free(&o);
}

static void test_removed_and_demoted_fall_and_come_up_again(void **state)
{
    assert_lost(ALONE(CASE_IN_5 ONLY(0, 0, 0, 0, 1, 0)), ECH_SANCTION_REMOVAL, true);
    assert_lost(ALONE(CASE_IN_5 ONLY(0, 0, 0, 1, 0, 0)), ECH_SANCTION_DEMOTION, true);
    assert_lost(ALONE(CASE_IN_5 "upagain.weight: 0, " ONLY(0, 0, 0, 0, 1, 0)), ECH_SANCTION_REMOVAL,
                false);
}

static void test_the_dismissed_leave_for_good(void **state)
{
    struct outcome o = outcome_of(ALONE(CASE_IN_5 ONLY(0, 0, 0, 0, 0, 1)));
    assert_only(&o, ECH_M_exits_CAUSE, ECH_CAUSE_DISMISSED, 5, 5, 8);
    assert_only(&o, ECH_M_sanctions_SANCTION, ECH_SANCTION_DISMISSAL, 5, 5, 8);
    assert_int_equal(county_total(&o.t, ECH_M_blocked_NONE, 0), 0);
    assert_int_equal(county_at(&o.t, 5, ECH_M_heads_NONE, 0), 0);
    outcome_free(&o);
}

/* All rows but those of cases and costs are those of the other run. */
static void assert_same_but_cases(const struct outcome *a, const struct outcome *b)
{
    for (int month = 0; month <= a->s.n_months; month++) {
        for (int slot = 0; slot < a->t.layout.n; slot++) {
            int index = 0;
            int row = ech_layout_row(&a->t.layout, slot, &index);
            if (row != ECH_M_cases_cleared_NONE) {
                assert_int_equal(county_at(&a->t, month, row, index),
                                 county_at(&b->t, month, row, index));
            }
        }
    }
}

/* Cleared accusations have no effect at all. */
static void test_whoever_is_cleared_goes_on_as_if_nothing_had_been(void **state)
{
    struct outcome quiet = outcome_of("extends: " BASELINE "\nname: t\nyears: 4\npolicy: "
                                      "{discipline.rate: 0}\n");
    struct outcome cleared = outcome_of("extends: " BASELINE "\nname: t\nyears: 4\npolicy: "
                                        "{discipline.rate: 0.31, discipline.cleared: 1}\n");
    assert_int_equal(county_total(&quiet.t, ECH_M_cases_cleared_NONE, 0), 0);
    assert_true(county_total(&cleared.t, ECH_M_cases_cleared_NONE, 0) > 300);
    assert_same_but_cases(&quiet, &cleared);
    outcome_free(&quiet);
    outcome_free(&cleared);
}

/* Audits of all leaders that prevent everything leave cases against staff only, talks leave none. */
static void test_supervision_that_prevents_everything_leaves_no_case(void **state)
{
    struct outcome audits = outcome_of(
        ALONE("discipline.rate: 3, supervision.audits: 1, supervision.audit_effect: 1, " ONLY(
            1, 0, 0, 0, 0, 0) ", eligibility.min_level_time: 60"));
    assert_true(county_total(&audits.t, ECH_M_sanctions_NONE, 0) > 0);
    outcome_free(&audits);
    audits = outcome_of(CHIEFS("discipline.rate: 3, supervision.audits: 1, "
                               "supervision.audit_effect: 1"));
    assert_int_equal(county_at(&audits.t, 60, ECH_M_leaders_NONE, 0), 8);
    assert_int_equal(county_total(&audits.t, ECH_M_sanctions_NONE, 0), 0);
    outcome_free(&audits);
    struct outcome talks =
        outcome_of(ALONE("discipline.rate: 3, supervision.talks: 1, supervision.talk_effect: 1"));
    assert_int_equal(county_total(&talks.t, ECH_M_sanctions_NONE, 0), 0);
    assert_int_equal(county_total(&talks.t, ECH_M_cases_cleared_NONE, 0), 0);
    outcome_free(&talks);
}

/* With a cap of 0 months time in post does not matter, nor with a ratio of 1. */
static void test_time_in_post_does_not_matter_without_cap_or_ratio(void **state)
{
    struct outcome cap = outcome_of("extends: " BASELINE "\nname: t\nyears: 4\npolicy: "
                                    "{discipline.rate: 0.1, discipline.tenure_cap: 0, "
                                    "discipline.ratio.tenure: 2.9, discipline.centre.tenure: 0}\n");
    struct outcome one = outcome_of("extends: " BASELINE "\nname: t\nyears: 4\npolicy: "
                                    "{discipline.rate: 0.1, discipline.ratio.tenure: 1}\n");
    assert_same_but_cases(&cap, &one);
    assert_int_equal(county_total(&cap.t, ECH_M_sanctions_NONE, 0),
                     county_total(&one.t, ECH_M_sanctions_NONE, 0));
    outcome_free(&cap);
    outcome_free(&one);
}

/* Incidents */

/* A hazard of 1,200 a year: an incident in each unit and month. */
#define EVERY_MONTH "incident.rate: 12, incident.ratio.accountability: 10, "

/* Ordered to resign in month 1, each may take the post again in month 13 and does; the incidents of the
   months between fall on nobody. */
static void test_an_ordered_resignation_takes_the_post_for_a_year(void **state)
{
    struct outcome o =
        outcome_of(CHIEFS(EVERY_MONTH "incident.blame: 0, incident.resign: 1, incident.honest: 0"));
    for (int month = 1; month <= o.s.n_months; month++) {
        int lost = month % 13 == 1 ? 8 : 0;
        assert_int_equal(county_at(&o.t, month, ECH_M_incidents_NONE, 0), 8);
        assert_int_equal(county_at(&o.t, month, ECH_M_posts_lost_NONE, 0), lost);
        assert_int_equal(county_at(&o.t, month, ECH_M_incidents_INCIDENT, ECH_INCIDENT_RESIGNATION),
                         lost);
        assert_int_equal(county_at(&o.t, month, ECH_M_incidents_INCIDENT, ECH_INCIDENT_NOTHING),
                         8 - lost);
        assert_int_equal(county_at(&o.t, month, ECH_M_up_again_NONE, 0), month % 13 == 0 ? 8 : 0);
        assert_int_equal(county_at(&o.t, month, ECH_M_blocked_NONE, 0), month % 13 == 0 ? 0 : 8);
        assert_int_equal(county_at(&o.t, month, ECH_M_heads_LEVEL, 2), 8);
    }
    assert_int_equal(county_total(&o.t, ECH_M_sanctions_NONE, 0), 0);
    outcome_free(&o);
}

static void test_blame_blocks_and_leaves_the_post(void **state)
{
    struct outcome o = outcome_of(
        CHIEFS(EVERY_MONTH
               "incident.blame: 1, incident.resign: 0, tolerance.share: 1, incident.honest: 0"));
    assert_only(&o, ECH_M_incidents_INCIDENT, ECH_INCIDENT_BLAME, 1, 60, 8);
    assert_only(&o, ECH_M_blocked_NONE, 0, 1, 60, 8);
    assert_int_equal(county_total(&o.t, ECH_M_stepdowns_NONE, 0), 0);
    outcome_free(&o);
}

static void test_tolerance_spares_every_honest_failure(void **state)
{
    struct outcome o = outcome_of(CHIEFS(EVERY_MONTH "incident.blame: 0.4, incident.resign: 0.6, "
                                                     "tolerance.share: 1, incident.honest: 1"));
    assert_only(&o, ECH_M_incidents_INCIDENT, ECH_INCIDENT_TOLERATED, 1, 60, 8);
    assert_int_equal(county_total(&o.t, ECH_M_blocked_NONE, 0), 0);
    assert_int_equal(county_total(&o.t, ECH_M_stepdowns_NONE, 0), 0);
    outcome_free(&o);
}

static void test_without_veto_items_or_consequences_nothing_follows(void **state)
{
    struct outcome o = outcome_of(CHIEFS(EVERY_MONTH "incident.veto_cut: 1"));
    assert_int_equal(county_total(&o.t, ECH_M_incidents_NONE, 0), 0);
    outcome_free(&o);
    o = outcome_of(CHIEFS(EVERY_MONTH "incident.blame: 0, incident.resign: 0"));
    assert_only(&o, ECH_M_incidents_INCIDENT, ECH_INCIDENT_NOTHING, 1, 60, 8);
    assert_int_equal(county_total(&o.t, ECH_M_blocked_NONE, 0), 0);
    outcome_free(&o);
}

/* Load and accountability do not matter with ratios of 1. */
static void test_ratios_of_one_make_all_units_alike(void **state)
{
    struct outcome a = outcome_of(CHIEFS("incident.rate: 1.7, incident.ratio.accountability: 1"));
    struct outcome b = outcome_of(CHIEFS("incident.rate: 0.17, incident.ratio.accountability: "
                                         "3.16227766016837933"));
    assert_true(county_total(&a.t, ECH_M_incidents_NONE, 0) > 0); /* 0.17 x sqrt(10)^2 = 1.7 */
    assert_int_equal(county_total(&a.t, ECH_M_incidents_NONE, 0),
                     county_total(&b.t, ECH_M_incidents_NONE, 0));
    outcome_free(&a);
    outcome_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_last_exactly_their_months),
        cmocka_unit_test(test_without_months_nobody_is_blocked),
        cmocka_unit_test(test_removed_and_demoted_fall_and_come_up_again),
        cmocka_unit_test(test_the_dismissed_leave_for_good),
        cmocka_unit_test(test_whoever_is_cleared_goes_on_as_if_nothing_had_been),
        cmocka_unit_test(test_supervision_that_prevents_everything_leaves_no_case),
        cmocka_unit_test(test_time_in_post_does_not_matter_without_cap_or_ratio),
        cmocka_unit_test(test_an_ordered_resignation_takes_the_post_for_a_year),
        cmocka_unit_test(test_blame_blocks_and_leaves_the_post),
        cmocka_unit_test(test_tolerance_spares_every_honest_failure),
        cmocka_unit_test(test_without_veto_items_or_consequences_nothing_follows),
        cmocka_unit_test(test_ratios_of_one_make_all_units_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
