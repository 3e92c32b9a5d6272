/* Discipline and incidents at the ends of their parameters: what each says happens in the month in which
   it says so, blocks last exactly their months, and what is off leaves no trace. */
#include "random_scenario.h"

#include "model/discipline.h"
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

static struct outcome outcome_plain(const char *text)
{
    return outcome_of(text, NULL, NULL);
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
    struct outcome o = outcome_plain(text);
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
        outcome_plain(ALONE(WAITS ONLY(1, 0, 0, 0, 0, 0) ", discipline.block.warning: 0"));
    assert_only(&o, ECH_M_sanctions_NONE, 0, 5, 5, 8);
    assert_only(&o, ECH_M_promotions_LEVEL, 1, 7, 7, 8);
    assert_int_equal(county_total(&o.t, ECH_M_blocked_NONE, 0), 0);
    outcome_free(&o);
}

/* In month 1 each takes his post; in month 5 he loses it and falls to the staff; 24 months later he is
   the only candidate again, unless nobody considers who has fallen. */
static void assert_lost(const char *text, enum ech_sanction sanction, bool returns)
{
    struct outcome o = outcome_plain(text);
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

/* Ratings and grades */

/* Everybody is alone in his pool and may be excellent. */
#define RATED                                                                                      \
    CASE_IN_5 "assessment.held: true, assessment.excellent: 1, assessment.basic: 0, "              \
              "assessment.incompetent: 0, eligibility.min_level_time: 240, hiring.probation: 0, "

/* Assessments in months 4, 16, 28, 40, 52; the sanction of month 5 touches the next ones. */
static void assert_rated(const char *text, enum ech_rating touched, int n_touched)
{
    struct outcome o = outcome_plain(text);
    int n = 0;
    for (int month = 4; month <= o.s.n_months; month += 12) {
        bool is_touched = month > 5 && n++ < n_touched;
        bool rated = !is_touched || touched != ECH_RATING_NONE;
        enum ech_rating rating = is_touched ? touched : ECH_RATING_EXCELLENT;
        assert_only(&o, ECH_M_ratings_RATING, ECH_RATING_NONE, 1, 0, 0);
        assert_int_equal(county_at(&o.t, month, ECH_M_ratings_RATING, (int)rating), rated ? 8 : 0);
        assert_int_equal(county_at(&o.t, month, ECH_M_excellent_NONE, 0), is_touched ? 0 : 8);
    }
    outcome_free(&o);
}

static void test_a_warned_person_is_not_excellent_that_year(void **state)
{
    assert_rated(ALONE(RATED ONLY(1, 0, 0, 0, 0, 0)), ECH_RATING_COMPETENT, 1);
    assert_rated(ALONE(RATED ONLY(1, 0, 0, 0, 0, 0) ", assessment.plain_warning: 3"),
                 ECH_RATING_COMPETENT, 3);
    assert_rated(ALONE(RATED ONLY(1, 0, 0, 0, 0, 0) ", assessment.plain_warning: 0"),
                 ECH_RATING_COMPETENT, 0);
}

static void test_graver_sanctions_leave_years_unrated(void **state)
{
    assert_rated(ALONE(RATED ONLY(0, 1, 0, 0, 0, 0)), ECH_RATING_NONE, 1);
    assert_rated(ALONE(RATED ONLY(0, 1, 0, 0, 0, 0) ", assessment.unrated_demerit: 0"),
                 ECH_RATING_NONE, 0);
    assert_rated(ALONE(RATED ONLY(0, 0, 1, 0, 0, 0)), ECH_RATING_NONE, 2);
    assert_rated(ALONE(RATED ONLY(0, 0, 0, 1, 0, 0)), ECH_RATING_NONE, 2);
    assert_rated(ALONE(RATED ONLY(0, 0, 0, 0, 1, 0)), ECH_RATING_NONE, 2);
    assert_rated(ALONE(RATED ONLY(0, 0, 0, 0, 1, 0) ", assessment.unrated_grave: 3"),
                 ECH_RATING_NONE, 3);
}

/* The sanctioned have no rating on record from the year on. */
static void see_records(const struct ech_run *run, const char *process, void *context)
{
    bool after = run->month >= 16 && run->month < 40 && strcmp(process, "record") == 0;
    for (ech_id id = 0; after && id < run->n_people; id++) {
        assert_int_equal(run->people[id].rating, ECH_RATING_NONE);
        *(int *)context += 1;
    }
}

static void test_no_old_rating_stands_in_for_a_year_without_one(void **state)
{
    int n_seen = 0;
    struct outcome o = outcome_of(ALONE(RATED ONLY(0, 0, 1, 0, 0, 0)), see_records, &n_seen);
    assert_int_equal(n_seen, 24 * 8);
    outcome_free(&o);
}

/* Sixteen in one pool: the eight who have just begun have their case, the others have served for long. */
#define TWO_GENERATIONS                                                                            \
    LADDER                                                                                         \
    "units: [{id: u, type: a, establishment: {admin: 16}}]\ninitial:\n  blocks:\n"                 \
    "    - {id: new, fill: staff, count: 8, ages: [[24, 34, rest]], service: {from: 0, to: "       \
    "0}}\n    - {id: old, fill: staff, count: 8, ages: [[45, 49, rest]], service: {from: "         \
    "200, to: 200}}\n"

static void see_excellent(const struct ech_run *run, const char *process, void *context)
{
    for (ech_id id = 0; run->month == 16 && id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        bool excellent = person->rating == ECH_RATING_EXCELLENT;
        if (strcmp(process, "record") == 0 && excellent) {
            assert_true(person->entry_month < 0);
            *(int *)context += 1;
        }
    }
}

static void test_the_place_of_a_warned_person_goes_to_the_next(void **state)
{
    int n_excellent = 0;
    struct outcome o = outcome_of(
        TWO_GENERATIONS "policy: {" RATED ONLY(1, 0, 0, 0, 0, 0) "}\nby_unit: {u: "
                                                                 "{assessment.excellent: 0.5}}\n",
        see_excellent, &n_excellent);
    assert_int_equal(n_excellent, 8);
    outcome_free(&o);
}

/* Chiefs resign in months 1, 14, 27 and 40 and are not rated in months 4, 16, 28 and 40. */
static void test_an_ordered_resignation_leaves_the_year_unrated(void **state)
{
    static const char *const rules[] = {"1", "0"};
    for (int i = 0; i < 2; i++) {
        char text[2000];
        snprintf(
            text, sizeof text, "%s",
            CHIEFS("incident.rate: 12, incident.ratio.accountability: "
                   "10, incident.blame: 0, incident.resign: 1, incident.honest: 0, "
                   "assessment.held: true, assessment.basic: 0, assessment.incompetent: 0, "
                   "hiring.probation: 0, assessment.excellent: 1, assessment.unrated_demerit: @"));
        *strchr(text, '@') = rules[i][0];
        struct outcome o = outcome_plain(text);
        for (int month = 4; month <= 52; month += 12) {
            int rated = i == 1 || month == 52 ? 8 : 0;
            assert_int_equal(county_at(&o.t, month, ECH_M_excellent_NONE, 0), rated);
        }
        outcome_free(&o);
    }
}

/** Grade events of a run: how many, and whether all say what is expected. */
struct lowered {
    int n;
    const char *cause;
};

static void take_grade(void *context, const struct ech_event *event)
{
    struct lowered *lowered = context;
    if (event->type == ECH_EV_GRADE) {
        assert_string_equal(event->cause, lowered->cause);
        assert_string_equal(event->detail, "grade=principal_4");
        lowered->n++;
    }
}

/* Bachelors begin in the grade above the one that they fall to. */
#define GRADED_ALONE(policy)                                                                       \
    ALONE(CASE_IN_5                                                                                \
          "eligibility.min_level_time: 240, grade.rule: years, grade.entry_bachelor: 4, "          \
          "grade.entry_college: 4, grade.entry_postgraduate: 4, " policy)                          \
    "tables: {grades: " ECH_SOURCE_DIR "/tests/grades_never.csv}\n"

static void assert_lowered(const char *text, const char *cause, int n)
{
    struct outcome o = outcome_plain(text);
    struct lowered lowered = {.cause = cause};
    const struct ech_sink sink = {take_grade, &lowered};
    run_log(&o.s, 9, 1, NULL, &sink);
    assert_int_equal(lowered.n, n);
    assert_int_equal(county_at(&o.t, 4, ECH_M_heads_GRADE, ECH_GRADE_PRINCIPAL_3), 8);
    assert_int_equal(county_at(&o.t, 5, ECH_M_heads_GRADE, ECH_GRADE_PRINCIPAL_4), n);
    assert_int_equal(county_at(&o.t, 60, ECH_M_heads_GRADE, ECH_GRADE_PRINCIPAL_4), n);
    outcome_free(&o);
}

static void test_demotion_and_removal_take_a_grade(void **state)
{
    assert_lowered(GRADED_ALONE(ONLY(0, 0, 0, 1, 0, 0)), "demotion", 8);
    assert_lowered(GRADED_ALONE(ONLY(0, 0, 0, 0, 1, 0)), "removal", 8);
    assert_lowered(GRADED_ALONE(ONLY(0, 0, 1, 0, 0, 0)), "none", 0);
}

/* Of the lowest grade nobody falls. */
static void test_nobody_falls_below_the_lowest_grade(void **state)
{
    struct outcome o =
        outcome_plain(ALONE(CASE_IN_5 "eligibility.min_level_time: 240, grade.rule: years, "
                                      "grade.entry_bachelor: 1, grade.entry_postgraduate: 1, " ONLY(
                                          0, 0, 0, 1, 0, 0)) "tables: {grades: " ECH_SOURCE_DIR
                                                             "/tests/grades_never.csv}\n");
    assert_only(&o, ECH_M_heads_GRADE, ECH_GRADE_CLERK_2, 1, 60, 8);
    outcome_free(&o);
}

static void test_the_dismissed_leave_for_good(void **state)
{
    struct outcome o = outcome_plain(ALONE(CASE_IN_5 ONLY(0, 0, 0, 0, 0, 1)));
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
    struct outcome quiet = outcome_plain("extends: " BASELINE "\nname: t\nyears: 4\npolicy: "
                                         "{discipline.rate: 0}\n");
    struct outcome cleared = outcome_plain("extends: " BASELINE "\nname: t\nyears: 4\npolicy: "
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
    struct outcome audits = outcome_plain(
        ALONE("discipline.rate: 3, supervision.audits: 1, supervision.audit_effect: 1, " ONLY(
            1, 0, 0, 0, 0, 0) ", eligibility.min_level_time: 60"));
    assert_true(county_total(&audits.t, ECH_M_sanctions_NONE, 0) > 0);
    outcome_free(&audits);
    audits = outcome_plain(CHIEFS("discipline.rate: 3, supervision.audits: 1, "
                                  "supervision.audit_effect: 1"));
    assert_int_equal(county_at(&audits.t, 60, ECH_M_leaders_NONE, 0), 8);
    assert_int_equal(county_total(&audits.t, ECH_M_sanctions_NONE, 0), 0);
    outcome_free(&audits);
    struct outcome talks = outcome_plain(
        ALONE("discipline.rate: 3, supervision.talks: 1, supervision.talk_effect: 1"));
    assert_int_equal(county_total(&talks.t, ECH_M_sanctions_NONE, 0), 0);
    assert_int_equal(county_total(&talks.t, ECH_M_cases_cleared_NONE, 0), 0);
    outcome_free(&talks);
}

/* With a cap of 0 months time in post does not matter, nor with a ratio of 1. */
static void test_time_in_post_does_not_matter_without_cap_or_ratio(void **state)
{
    struct outcome cap =
        outcome_plain("extends: " BASELINE "\nname: t\nyears: 4\npolicy: "
                      "{discipline.rate: 0.1, discipline.tenure_cap: 0, "
                      "discipline.ratio.tenure: 2.9, discipline.centre.tenure: 0}\n");
    struct outcome one = outcome_plain("extends: " BASELINE "\nname: t\nyears: 4\npolicy: "
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
    struct outcome o = outcome_plain(
        CHIEFS(EVERY_MONTH "incident.blame: 0, incident.resign: 1, incident.honest: 0"));
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
    struct outcome o = outcome_plain(
        CHIEFS(EVERY_MONTH
               "incident.blame: 1, incident.resign: 0, tolerance.share: 1, incident.honest: 0"));
    assert_only(&o, ECH_M_incidents_INCIDENT, ECH_INCIDENT_BLAME, 1, 60, 8);
    assert_only(&o, ECH_M_blocked_NONE, 0, 1, 60, 8);
    assert_int_equal(county_total(&o.t, ECH_M_stepdowns_NONE, 0), 0);
    outcome_free(&o);
}

static void test_tolerance_spares_every_honest_failure(void **state)
{
    struct outcome o =
        outcome_plain(CHIEFS(EVERY_MONTH "incident.blame: 0.4, incident.resign: 0.6, "
                                         "tolerance.share: 1, incident.honest: 1"));
    assert_only(&o, ECH_M_incidents_INCIDENT, ECH_INCIDENT_TOLERATED, 1, 60, 8);
    assert_int_equal(county_total(&o.t, ECH_M_blocked_NONE, 0), 0);
    assert_int_equal(county_total(&o.t, ECH_M_stepdowns_NONE, 0), 0);
    outcome_free(&o);
}

static void test_without_veto_items_or_consequences_nothing_follows(void **state)
{
    struct outcome o = outcome_plain(CHIEFS(EVERY_MONTH "incident.veto_cut: 1"));
    assert_int_equal(county_total(&o.t, ECH_M_incidents_NONE, 0), 0);
    outcome_free(&o);
    o = outcome_plain(CHIEFS(EVERY_MONTH "incident.blame: 0, incident.resign: 0"));
    assert_only(&o, ECH_M_incidents_INCIDENT, ECH_INCIDENT_NOTHING, 1, 60, 8);
    assert_int_equal(county_total(&o.t, ECH_M_blocked_NONE, 0), 0);
    outcome_free(&o);
}

/* Load and accountability do not matter with ratios of 1. */
static void test_ratios_of_one_make_all_units_alike(void **state)
{
    struct outcome a =
        outcome_plain(CHIEFS("incident.rate: 1.7, incident.ratio.accountability: 1"));
    struct outcome b = outcome_plain(CHIEFS("incident.rate: 0.17, incident.ratio.accountability: "
                                            "3.16227766016837933"));
    assert_true(county_total(&a.t, ECH_M_incidents_NONE, 0) > 0); /* 0.17 x sqrt(10)^2 = 1.7 */
    assert_int_equal(county_total(&a.t, ECH_M_incidents_NONE, 0),
                     county_total(&b.t, ECH_M_incidents_NONE, 0));
    outcome_free(&a);
    outcome_free(&b);
}

/* In all months no bound is below what it bounds, nor above the bound of all. */
static void check_bounds(const struct ech_run *run, const char *process, void *context)
{
    int *n_close = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "exits") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || person->track != ECH_ADMIN) {
            continue;
        }
        uint64_t exact = ech_chance_threshold(ech_discipline_probability(run, person));
        uint64_t bound = ech_discipline_bound(run, person);
        assert_true(exact <= bound && bound <= run->discipline_bound);
        *n_close += person->post != ECH_NONE && (double)exact > 0.8 * (double)bound;
    }
}

static void test_bounds_are_never_below_the_probability(void **state)
{
    struct ech_scenario s = {0};
    int n_close = 0;
    load_text("extends: " ECH_SOURCE_DIR "/tests/verify/everything.yaml\n"
              "name: x\ntitle: {en: x, zh: x}\nnote: {en: x, zh: x}\nmonths: 70\n"
              "policy: {discipline.rate: 0.091, discipline.tenure_cap: 93, "
              "supervision.audits: 0, supervision.talks: 0}\n",
              &s);
    struct table t = run_table(&s, 3, 1, check_bounds, &n_close);
    assert_true(n_close > 1000); /* and close to it where nothing else lowers that */
    free_table(&t);
    ech_scenario_free(&s);
}

static void check_file(const char *path)
{
    struct ech_scenario s = {0};
    int n_close = 0;
    load_file(path, &s);
    struct table t = run_table(&s, 1, 1, check_bounds, &n_close);
    free_table(&t);
    ech_scenario_free(&s);
}

static void test_bounds_hold_under_any_rules(void **state)
{
    random_scenarios_check(check_file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_last_exactly_their_months),
        cmocka_unit_test(test_without_months_nobody_is_blocked),
        cmocka_unit_test(test_removed_and_demoted_fall_and_come_up_again),
        cmocka_unit_test(test_a_warned_person_is_not_excellent_that_year),
        cmocka_unit_test(test_graver_sanctions_leave_years_unrated),
        cmocka_unit_test(test_no_old_rating_stands_in_for_a_year_without_one),
        cmocka_unit_test(test_the_place_of_a_warned_person_goes_to_the_next),
        cmocka_unit_test(test_an_ordered_resignation_leaves_the_year_unrated),
        cmocka_unit_test(test_demotion_and_removal_take_a_grade),
        cmocka_unit_test(test_nobody_falls_below_the_lowest_grade),
        cmocka_unit_test(test_the_dismissed_leave_for_good),
        cmocka_unit_test(test_whoever_is_cleared_goes_on_as_if_nothing_had_been),
        cmocka_unit_test(test_supervision_that_prevents_everything_leaves_no_case),
        cmocka_unit_test(test_time_in_post_does_not_matter_without_cap_or_ratio),
        cmocka_unit_test(test_an_ordered_resignation_takes_the_post_for_a_year),
        cmocka_unit_test(test_blame_blocks_and_leaves_the_post),
        cmocka_unit_test(test_tolerance_spares_every_honest_failure),
        cmocka_unit_test(test_without_veto_items_or_consequences_nothing_follows),
        cmocka_unit_test(test_ratios_of_one_make_all_units_alike),
        cmocka_unit_test(test_bounds_are_never_below_the_probability),
        cmocka_unit_test(test_bounds_hold_under_any_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
