/* The yearly assessment and what follows from it, each switch at its ends. */
#include "fixture.h"

#include <math.h>

#include "model/assessment.h"
#include "model/merit.h"

enum { FIRST = 4, SECOND = 16, THIRD = 28 }; /* Decembers after August 2019 */
enum { MIN_TIME = 60 };                      /* asked in the test of three years */

#define HELD "assessment.held: true"

static int64_t total(const char *policy, int month, int row, int index)
{
    struct table t = run_policy(policy, NULL, NULL);
    int64_t n = county_at(&t, month, row, index);
    free_table(&t);
    return n;
}

static int64_t rated(const struct table *t, int month)
{
    int64_t n = 0;
    for (int rating = 0; rating < ECH_N_RATINGS; rating++) {
        n += county_at(t, month, ECH_M_ratings_RATING, rating);
    }
    return n;
}

/* Quotas */

/** Sizes and ratings of pools in one assessment, checked against floor(q n). */
struct pools {
    double q;
    int pool; /* of leaders and of others: 0 unit, 1 type, 2 county */
    int n_seen;
};

static bool leads(const struct ech_run *run, ech_id id)
{
    return run->people[id].post != ECH_NONE;
}

static void check_pools(const struct ech_run *run, const char *process, void *context)
{
    struct pools *pools = context;
    if (strcmp(process, "assessment") != 0 || run->month != FIRST) {
        return;
    }
    for (ech_id one = 0; one < run->n_people; one++) { /* the pool of everybody, one by one */
        int n = 0;
        int excellent = 0;
        for (ech_id id = 0; id < run->n_people && run->assessed[one].assessed; id++) {
            ech_id a = run->people[one].unit;
            ech_id b = run->people[id].unit;
            bool same =
                pools->pool == 2 || (pools->pool == 0 && a == b) ||
                (pools->pool == 1 && run->scenario->units[a].type == run->scenario->units[b].type);
            if (same && run->assessed[id].assessed && leads(run, id) == leads(run, one)) {
                n++;
                excellent += run->assessed[id].rating == ECH_RATING_EXCELLENT;
            }
        }
        pools->n_seen += n > 0;
        assert_int_equal(excellent, (int)floor(pools->q * n + 1e-9));
    }
}

static void test_as_many_are_excellent_as_the_quota_allows_rounded_down(void **state)
{
    static const char *const words[] = {"unit", "type", "county"};
    static const double shares[] = {0, 0.2, 0.239, 1};
    for (int pool = 0; pool < 3; pool++) {
        for (int q = 0; q < 4; q++) {
            char policy[500];
            struct pools pools = {.q = shares[q], .pool = pool};
            snprintf(policy, sizeof policy,
                     HELD ", assessment.pool: %s, assessment.staff_pool: %s, "
                          "assessment.excellent: %.3f, assessment.basic: 0, "
                          "assessment.incompetent: 0",
                     words[pool], words[pool], shares[q]);
            struct table t = run_policy(policy, check_pools, &pools);
            assert_true(pools.n_seen > 500);
            free_table(&t);
        }
    }
}

static void test_top_units_have_the_higher_quota(void **state)
{
    struct pools pools = {.q = 0.5, .pool = 0};
    struct table t = run_policy(HELD ", assessment.pool: unit, assessment.top_units: 1, "
                                     "assessment.top_excellent: 0.5, assessment.excellent: 0, "
                                     "assessment.basic: 0, assessment.incompetent: 0",
                                check_pools, &pools);
    assert_true(pools.n_seen > 500);
    free_table(&t);
}

static void test_the_low_tail_has_the_shares_of_the_rule(void **state)
{
    static const char policy[] = HELD ", assessment.pool: county, assessment.staff_pool: county, "
                                      "assessment.basic: 0.31, assessment.incompetent: 0.69";
    struct table t = run_policy(policy, NULL, NULL);
    int64_t n = rated(&t, FIRST);
    int64_t incompetent = county_at(&t, FIRST, ECH_M_ratings_RATING, ECH_RATING_INCOMPETENT);
    int64_t basic = county_at(&t, FIRST, ECH_M_ratings_RATING, ECH_RATING_BASIC);
    assert_int_equal(incompetent + basic, n); /* nobody is left for other ratings */
    assert_true(fabs((double)incompetent - 0.69 * (double)n) <= 2); /* one of each of two pools */
    free_table(&t);
}

/* When, and who */

static void test_nobody_is_rated_where_no_assessment_is_held_or_out_of_its_month(void **state)
{
    struct table t = run_policy("assessment.held: false", NULL, NULL);
    struct table july = run_policy(HELD ", assessment.month: 7", NULL, NULL);
    for (int month = 0; month <= t.n_months; month++) {
        assert_int_equal(rated(&t, month), 0);
        assert_int_equal(rated(&july, month) > 0, month % 12 == 11);
    }
    free_table(&t);
    free_table(&july);
}

static void check_newcomers(const struct ech_run *run, const char *process, void *context)
{
    int *n_new = context;
    bool now = run->month == FIRST || run->month == SECOND || run->month == THIRD;
    for (ech_id id = 0; id < run->n_people && now && strcmp(process, "assessment") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        bool new = person->joined_month > 0 && run->month - person->joined_month < 6;
        bool barred = new || run->month < person->probation_end || person->track != ECH_ADMIN ||
                      person->presence != ECH_SERVING;
        assert_int_equal(run->assessed[id].assessed, !barred);
        *n_new += new;
    }
}

static void test_newcomers_and_people_on_probation_are_not_rated(void **state)
{
    int n_new = 0;
    struct table t = run_policy(HELD, check_newcomers, &n_new);
    assert_true(n_new > 10);
    free_table(&t);
}

static void check_popularity(const struct ech_run *run, const char *process, void *context)
{
    int *n_new = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "assessment") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence == ECH_SERVING && run->month > 0) {
            double popularity;
            ech_popularities(run, id, 1, &popularity);
            assert_true(popularity == ech_popularity(run, person));
            *n_new += person->joined_month == run->month;
        }
    }
}

/* Where time on the books does not matter whoever came this month is assessed by numbers of his own. */
static void test_whoever_came_this_month_is_looked_at_by_his_own_numbers(void **state)
{
    int n_new = 0;
    struct table t = run_policy(HELD ", assessment.min_service: 0, hiring.probation: 0",
                                check_popularity, &n_new);
    assert_true(n_new > 10);
    free_table(&t);
}

/* The lens */

static bool all_right(const char *policy)
{
    struct table t = run_policy(policy, NULL, NULL);
    int64_t excellent = county_at(&t, FIRST, ECH_M_excellent_NONE, 0);
    int64_t right = county_at(&t, FIRST, ECH_M_excellent_right_NONE, 0);
    free_table(&t);
    assert_true(excellent > 50);
    return right == excellent;
}

#define INDICATORS ", assessment.weight.leaders: 0, assessment.weight.colleagues: 0"

static void test_a_lens_without_error_finds_the_best(void **state)
{
    assert_true(all_right(HELD INDICATORS ", assessment.validity: 1"));
    assert_true(all_right(HELD ", assessment.validity: 1, assessment.liking.leaders: 0, "
                               "assessment.liking.colleagues: 0"));
    assert_false(all_right(HELD ", assessment.validity: 1")); /* votes see popularity too */
    assert_false(all_right(HELD INDICATORS ", assessment.validity: 1, assessment.weight.broad: 0"));
    assert_false(all_right(HELD INDICATORS ", assessment.validity: 0.9"));
}

/* Luck that a unit shares changes nobody's place among its own people. */
static void test_luck_of_the_unit_ranks_nobody_within_it(void **state)
{
    static const char within[] = HELD INDICATORS ", assessment.validity: 0.1, "
                                                 "assessment.unit_luck: 1, assessment.pool: ";
    char policy[500];
    snprintf(policy, sizeof policy, "%sunit", within);
    assert_true(all_right(policy));
    snprintf(policy, sizeof policy, "%stype", within);
    assert_false(all_right(policy));
}

static void test_several_looks_see_better_than_one(void **state)
{
    static const char base[] = HELD INDICATORS ", assessment.unit_luck: 0, assessment.looks: ";
    int64_t right[2];
    for (int i = 0; i < 2; i++) {
        char policy[500];
        snprintf(policy, sizeof policy, "%s%d", base, i == 0 ? 1 : 12);
        right[i] = total(policy, FIRST, ECH_M_excellent_right_NONE, 0);
    }
    assert_true(right[1] > right[0] + 10);
}

static void check_tied(const struct ech_run *run, const char *process, void *context)
{
    for (ech_id id = 0; id < run->n_people && strcmp(process, "assessment") == 0; id++) {
        if (run->month == FIRST && run->assessed[id].assessed && leads(run, id)) {
            assert_true(run->assessed[id].score == run->teams[run->people[id].unit].score);
            ++*(int *)context;
        }
    }
}

static void test_ratings_tied_wholly_to_the_team_are_the_teams(void **state)
{
    int n = 0;
    struct table t = run_policy(HELD ", assessment.tied: 1", check_tied, &n);
    assert_true(n > 350);
    free_table(&t);
}

/* Economy alone draws effort to the economic side; where both weigh the same nobody shifts. */
static void test_effort_goes_to_what_is_weighed(void **state)
{
    static const char *const weights[] = {INDICATORS ", assessment.weight.broad: 0", INDICATORS};
    const double expected[2] = {0.37, 0};
    for (int i = 0; i < 2; i++) {
        char policy[500];
        double mean[2][2];
        for (int on = 0; on < 2; on++) {
            snprintf(policy, sizeof policy, HELD "%s, performance.effort: %s", weights[i],
                     on ? "0.37" : "0");
            struct table t = run_policy(policy, NULL, NULL);
            double n = 1e6 * (double)county_at(&t, 1, ECH_M_leaders_performing_NONE, 0);
            mean[on][0] = (double)county_at(&t, 1, ECH_M_leaders_economic_NONE, 0) / n;
            mean[on][1] = (double)county_at(&t, 1, ECH_M_leaders_broad_NONE, 0) / n;
            free_table(&t);
        }
        assert_true(fabs(mean[1][0] - mean[0][0] - expected[i]) < 2e-6);
        assert_true(fabs(mean[1][1] - mean[0][1] + expected[i]) < 2e-6);
    }
}

/* Consequences */

static int64_t consequence(const struct table *t, int month, enum ech_consequence which)
{
    return county_at(t, month, ECH_M_consequences_CONSEQUENCE,
                     (int)which - ECH_CONSEQUENCE_ADMONISH);
}

/** Leaders who are assessed in the first December. */
static void count_leaders(const struct ech_run *run, const char *process, void *context)
{
    if (strcmp(process, "stepdown") == 0 && run->month == FIRST) {
        for (ech_id id = 0; id < run->n_people; id++) {
            const struct ech_person *person = &run->people[id];
            *(int64_t *)context += person->presence == ECH_SERVING && person->post != ECH_NONE;
        }
    }
}

static void hold_all_or_none(const char *policy, const char *limit, const char *none,
                             const char *all, enum ech_consequence which)
{
    for (int i = 0; i < 2; i++) {
        char text[500];
        int64_t n_leaders = 0;
        snprintf(text, sizeof text, HELD ", %s, %s: %s", policy, limit, i == 0 ? none : all);
        struct table t = run_policy(text, count_leaders, &n_leaders);
        assert_true(n_leaders > 380);
        assert_int_equal(consequence(&t, FIRST, which), i == 0 ? 0 : n_leaders);
        free_table(&t);
    }
}

static void test_votes_bring_what_the_rule_says_to_nobody_or_everybody(void **state)
{
    hold_all_or_none("assessment.few_good: admonish", "assessment.good_needed", "0", "1",
                     ECH_CONSEQUENCE_ADMONISH);
    hold_all_or_none("assessment.few_good: adjust", "assessment.good_needed", "0", "1",
                     ECH_CONSEQUENCE_ADJUST);
    hold_all_or_none("assessment.many_against: remove", "assessment.against_allowed", "1", "0",
                     ECH_CONSEQUENCE_REMOVE);
    hold_all_or_none("assessment.many_against: demote", "assessment.against_allowed", "1", "0",
                     ECH_CONSEQUENCE_DEMOTE);
}

static void test_without_switches_nothing_follows(void **state)
{
    struct table t =
        run_policy(HELD ", assessment.basic: 0.3, assessment.incompetent: 0.3", NULL, NULL);
    for (int month = 0; month <= t.n_months; month++) {
        assert_int_equal(county_at(&t, month, ECH_M_consequences_NONE, 0), 0);
    }
    free_table(&t);
}

static void test_the_basic_are_admonished_and_the_incompetent_fall(void **state)
{
    struct table t = run_policy(HELD ", assessment.basic: 0.13, assessment.incompetent: 0.07, "
                                     "assessment.admonish: true, assessment.demote: true, "
                                     "assessment.dismiss: true",
                                NULL, NULL);
    int64_t basic = county_at(&t, FIRST, ECH_M_ratings_RATING, ECH_RATING_BASIC);
    int64_t incompetent = county_at(&t, FIRST, ECH_M_ratings_RATING, ECH_RATING_INCOMPETENT);
    assert_true(basic > 20 && incompetent > 20);
    assert_int_equal(consequence(&t, FIRST, ECH_CONSEQUENCE_ADMONISH), basic);
    assert_int_equal(consequence(&t, FIRST, ECH_CONSEQUENCE_DEMOTE), incompetent);
    assert_int_equal(consequence(&t, FIRST, ECH_CONSEQUENCE_DISMISS), 0);
    assert_true(consequence(&t, SECOND, ECH_CONSEQUENCE_DISMISS) > 0);
    assert_int_equal(consequence(&t, SECOND, ECH_CONSEQUENCE_DISMISS),
                     county_at(&t, SECOND, ECH_M_exits_CAUSE, ECH_CAUSE_DISMISSED));
    free_table(&t);
}

/** Grades before the consequences of the first assessment. */
struct grades {
    int n_lowered;
    uint8_t before[2048];
    bool led[2048];
};

static void look_at_grades(const struct ech_run *run, const char *process, void *context)
{
    struct grades *grades = context;
    for (ech_id id = 0; id < run->n_people && run->month == FIRST; id++) {
        const struct ech_person *p = &run->people[id];
        if (strcmp(process, "incidents") == 0) {
            grades->before[id] = p->grade;
            grades->led[id] = p->post != ECH_NONE;
        } else if (strcmp(process, "assessment") == 0) {
            bool falls = run->assessed[id].assessed && !grades->led[id] &&
                         run->assessed[id].rating == ECH_RATING_INCOMPETENT;
            bool lowest = grades->before[id] <= ECH_GRADE_NONE + 1;
            assert_int_equal(p->grade, grades->before[id] - (falls && !lowest));
            grades->n_lowered += falls && !lowest;
        }
    }
}

static void test_whoever_has_no_post_to_lose_loses_a_grade(void **state)
{
    struct grades grades = {0};
    struct table t = run_policy(HELD ", assessment.basic: 0, assessment.incompetent: 0.31, "
                                     "assessment.demote: true, grade.rule: years",
                                look_at_grades, &grades);
    assert_true(grades.n_lowered > 20);
    free_table(&t);
}

/* Full tolerance spares exactly those on whom it would have fallen wrongly. */
static void test_tolerance_spares_honest_failures_alone(void **state)
{
    static const char base[] = HELD ", assessment.incompetent: 0.17, assessment.demote: true";
    char policy[500];
    struct table t = run_policy(base, NULL, NULL);
    int64_t all = county_at(&t, FIRST, ECH_M_consequences_NONE, 0);
    int64_t right = county_at(&t, FIRST, ECH_M_consequences_right_NONE, 0);
    free_table(&t);
    assert_true(right > 0 && right < all);
    snprintf(policy, sizeof policy, "%s, tolerance.share: 1", base);
    t = run_policy(policy, NULL, NULL);
    assert_int_equal(county_at(&t, FIRST, ECH_M_consequences_NONE, 0), right);
    assert_int_equal(county_at(&t, FIRST, ECH_M_consequences_right_NONE, 0), right);
    assert_int_equal(county_at(&t, FIRST, ECH_M_consequences_spared_NONE, 0), all - right);
    free_table(&t);
}

/** Longest block that an assessment has just brought. */
static void look_at_blocks(const struct ech_run *run, const char *process, void *context)
{
    int *longest = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "assessment") == 0; id++) {
        int months = run->people[id].blocked_until - run->month;
        *longest = run->month == FIRST && months > *longest ? months : *longest;
    }
}

static void test_bonus_and_penalty_are_doubled(void **state)
{
    for (int twice = 1; twice <= 2; twice++) {
        char policy[500];
        int longest = 0;
        snprintf(policy, sizeof policy,
                 HELD ", assessment.basic: 0.1, assessment.admonish: true, assessment.bonus: 2385, "
                      "assessment.admonition_block: 7, assessment.double: %s",
                 twice == 2 ? "true" : "false");
        struct table t = run_policy(policy, look_at_blocks, &longest);
        assert_int_equal(longest, 7 * twice);
        assert_int_equal(county_at(&t, FIRST, ECH_M_cost_bonus_NONE, 0),
                         county_at(&t, FIRST, ECH_M_excellent_NONE, 0) * 2385 * twice * 1000000);
        free_table(&t);
    }
}

/* Teams */

/** Last teams of each type, and what became of the one that was last twice under the same head. */
struct team_watch {
    ech_key head[10]; /* by type, of the last team a year before */
    ech_id unit[10];
    int n_twice, n_last;
    ech_key doomed[10];
};

static void watch_teams(const struct ech_run *run, const char *process, void *context)
{
    struct team_watch *watch = context;
    bool now = run->month % 12 == FIRST;
    if (now && strcmp(process, "stepdown") == 0) { /* heads before the assessment */
        for (int type = 0; type < run->scenario->n_types; type++) {
            ech_id unit = watch->unit[type];
            bool known = run->month > FIRST && unit != ECH_NONE;
            ech_id head = known ? ech_assessment_head(run, unit) : ECH_NONE;
            bool stays = head != ECH_NONE && run->people[head].key == watch->head[type];
            watch->doomed[type] = stays ? watch->head[type] : 0;
        }
    }
    if (!now || strcmp(process, "assessment") != 0) {
        return;
    }
    int n_last[10] = {0};
    for (ech_id unit = 0; unit < run->scenario->n_units; unit++) {
        int type = run->scenario->units[unit].type;
        n_last[type] += run->teams[unit].last;
        if (!run->teams[unit].last) {
            continue;
        }
        watch->n_last++;
        if (watch->unit[type] == unit && watch->doomed[type] != 0) {
            watch->n_twice++;
            for (int p = 0; p < run->scenario->units[unit].n_posts; p++) {
                assert_int_equal(run->posts[run->scenario->units[unit].first_post + p].holder,
                                 ECH_NONE);
            }
        }
        ech_id head = ech_assessment_head(run, unit);
        watch->unit[type] = unit;
        watch->head[type] = head == ECH_NONE ? 0 : run->people[head].key;
    }
    for (int type = 0; type < run->scenario->n_types; type++) {
        assert_int_equal(n_last[type], 1);
    }
}

/* Without validity and with luck of the unit alone a team stays last only by chance: many replications
   are needed to see it; with validity alone the worst team stays last until its head goes. */
static void test_the_team_that_is_last_twice_loses_its_head_and_its_members(void **state)
{
    struct team_watch watch = {.n_twice = 0};
    struct table t =
        run_policy(HELD INDICATORS ", assessment.validity: 1, assessment.unit_luck: 0, "
                                   "assessment.last_remove: true, "
                                   "assessment.last_adjust: 1",
                   watch_teams, &watch);
    assert_int_equal(watch.n_last, 9);
    assert_true(watch.n_twice > 0);
    int64_t removed = 0;
    int64_t right = 0;
    for (int month = 1; month <= t.n_months; month++) {
        removed += consequence(&t, month, ECH_CONSEQUENCE_REMOVE);
        right += county_at(&t, month, ECH_M_consequences_right_CONSEQUENCE,
                           ECH_CONSEQUENCE_REMOVE - ECH_CONSEQUENCE_ADMONISH);
    }
    assert_int_equal(removed, watch.n_twice);
    assert_int_equal(right, removed); /* a lens without error strikes the lowest */
    free_table(&t);
}

static void test_the_head_of_the_last_team_of_each_type_is_admonished(void **state)
{
    struct table t = run_policy(HELD ", assessment.last_admonish: true", NULL, NULL);
    for (int month = FIRST; month <= t.n_months; month += 12) {
        int64_t n = consequence(&t, month, ECH_CONSEQUENCE_ADMONISH);
        assert_true(n >= 1 && n <= 3); /* a head who is not in office cannot be */
    }
    free_table(&t);
}

/* Three years */

/** Nominees by whether they were excellent three years running. */
static void watch_honoured(const struct ech_run *run, const char *process, void *context)
{
    int *early = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "filling") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence != ECH_SERVING || person->next_post == ECH_NONE ||
            run->month <= THIRD) {
            continue;
        }
        ech_id level = run->scenario->kinds[run->scenario->posts[person->next_post].kind].level;
        *early += person->level < level && run->month - person->level_month < MIN_TIME;
        assert_true(person->level >= level || run->month - person->level_month >= MIN_TIME ||
                    ech_is_thrice_excellent(person));
    }
}

static void test_three_excellent_years_spare_months_in_level(void **state)
{
    for (int on = 0; on < 2; on++) {
        int early = 0;
        char policy[500];
        snprintf(policy, sizeof policy,
                 HELD ", assessment.excellent: 1, assessment.basic: 0, assessment.incompetent: 0, "
                      "eligibility.min_level_time: %d, "
                      "assessment.three_months: %d",
                 MIN_TIME, on ? MIN_TIME : 0);
        char text[1000];
        struct ech_scenario s = {0};
        snprintf(text, sizeof text, "extends: " BARE_COUNTY "\nname: t\nyears: 6\npolicy: {%s}\n",
                 policy);
        load_text(text, &s);
        struct table t = run_table(&s, 5, 2, watch_honoured, &early);
        assert_int_equal(early > 20, on);
        free_table(&t);
        ech_scenario_free(&s);
    }
}

/* By lottery everybody is equal, so that people with three excellent years are promoted before others of
   their unit; without the switch they win about their share. */
static void count_winners(const struct ech_run *run, const char *process, void *context)
{
    int *n = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "filling") == 0; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence == ECH_SERVING && run->month > THIRD &&
            person->level_month == run->month && person->level == 1 &&
            person->joined_month < run->month) {
            n[0]++;
            n[1] += ech_is_thrice_excellent(person);
        }
    }
}

static void test_three_excellent_years_come_first_at_equal_merit(void **state)
{
    double share[2];
    for (int on = 0; on < 2; on++) {
        char text[1500];
        int n[2] = {0};
        struct ech_scenario s = {0};
        snprintf(text, sizeof text,
                 "extends: " BARE_COUNTY "\nname: t\nyears: 8\npolicy: {" HELD
                 ", assessment.excellent: 0.4, assessment.validity: 1, procedure.months: 0, "
                 "selection.rule: lottery, reserve.use: ignored, assessment.three_first: %s}\n",
                 on ? "true" : "false");
        load_text(text, &s);
        struct table t = run_table(&s, 5, 2, count_winners, n);
        assert_true(n[0] > 50);
        share[on] = (double)n[1] / n[0];
        free_table(&t);
        ech_scenario_free(&s);
    }
    assert_true(share[1] > 1.3 * share[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_many_are_excellent_as_the_quota_allows_rounded_down),
        cmocka_unit_test(test_top_units_have_the_higher_quota),
        cmocka_unit_test(test_the_low_tail_has_the_shares_of_the_rule),
        cmocka_unit_test(test_nobody_is_rated_where_no_assessment_is_held_or_out_of_its_month),
        cmocka_unit_test(test_newcomers_and_people_on_probation_are_not_rated),
        cmocka_unit_test(test_whoever_came_this_month_is_looked_at_by_his_own_numbers),
        cmocka_unit_test(test_a_lens_without_error_finds_the_best),
        cmocka_unit_test(test_luck_of_the_unit_ranks_nobody_within_it),
        cmocka_unit_test(test_several_looks_see_better_than_one),
        cmocka_unit_test(test_ratings_tied_wholly_to_the_team_are_the_teams),
        cmocka_unit_test(test_effort_goes_to_what_is_weighed),
        cmocka_unit_test(test_votes_bring_what_the_rule_says_to_nobody_or_everybody),
        cmocka_unit_test(test_without_switches_nothing_follows),
        cmocka_unit_test(test_the_basic_are_admonished_and_the_incompetent_fall),
        cmocka_unit_test(test_whoever_has_no_post_to_lose_loses_a_grade),
        cmocka_unit_test(test_tolerance_spares_honest_failures_alone),
        cmocka_unit_test(test_bonus_and_penalty_are_doubled),
        cmocka_unit_test(test_the_team_that_is_last_twice_loses_its_head_and_its_members),
        cmocka_unit_test(test_the_head_of_the_last_team_of_each_type_is_admonished),
        cmocka_unit_test(test_three_excellent_years_spare_months_in_level),
        cmocka_unit_test(test_three_excellent_years_come_first_at_equal_merit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
