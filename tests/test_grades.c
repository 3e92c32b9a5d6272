/* Grades: how they begin, who rises, what the caps and the rules at their extremes do. */
#include "fixture.h"

#include "model/background.h"
#include "model/state.h"

enum { MOST_PEOPLE = 2048, ASSESSMENT = 12 };

#define ON                                                                                         \
    "extends: " BASELINE "\nname: a\nyears: 6\nby_level:\n"                                        \
    "  deputy_section: {grade.of_level: 3}\n  section: {grade.of_level: 5}\n"                      \
    "policy:\n  grade.rule: "
#define NO_CAPS                                                                                    \
    "  grade.cap_principal: off\n  grade.cap_upper_principal: off\n  grade.cap_consultant: off\n"  \
    "  grade.cap_top_consultant: off\n"

/** What a look at every person before and after the promotions of grades has seen. */
struct watch {
    int n_risen;
    int n_held;                 /* qualified and not risen */
    int n_level;                /* grades that a level has brought */
    int n_township;             /* grades for long service */
    int worst_risen, best_held; /* ratings */
    uint8_t grade[MOST_PEOPLE];
    ech_key key[MOST_PEOPLE];
};

static struct table watch_text(const char *text, ech_check_fn check, struct watch *watch)
{
    return run_text(text, 2385, 1, check, watch);
}

static int64_t sum_of(const struct table *t, enum ech_count_id row)
{
    int64_t sum = 0;
    for (int month = 0; month <= t->n_months; month++) {
        sum += county_at(t, month, (int)row, 0);
    }
    return sum;
}

static bool is_assessed(const struct ech_run *run)
{
    return run->month > 0 && ech_calendar_month(run) == ASSESSMENT;
}

/* Before the promotions everybody gets a rating from his key and the year; then it remembers grades. */
static bool remember(const struct ech_run *run, const char *process, struct watch *watch,
                     bool with_ratings)
{
    bool before = strcmp(process, "stepdown") == 0;
    for (ech_id id = 0; before && id < run->n_people; id++) {
        if (with_ratings && is_assessed(run)) {
            run->people[id].rating = (uint8_t)((run->people[id].key + (ech_key)run->month) % 5);
        }
        watch->grade[id] = run->people[id].grade;
        watch->key[id] = run->people[id].key;
    }
    return strcmp(process, "grades") == 0;
}

/* Off */

static void test_without_the_rule_nobody_has_a_grade_and_the_rest_stays(void **state)
{
    struct table a = watch_text(
        "extends: " BASELINE "\nname: a\nyears: 6\npolicy: {grade.rule: off}", NULL, NULL);
    struct table b = watch_text("extends: " BASELINE "\nname: b\nyears: 6\npolicy:\n"
                                "  {grade.rule: off, grade.pay: 5000, grade.township_service: 12}\n"
                                "by_level: {section: {grade.of_level: 9}}\n",
                                NULL, NULL);
    assert_memory_equal(a.output.county, b.output.county, county_size(&a) * sizeof(int64_t));
    assert_int_equal(sum_of(&b, ECH_M_graded_NONE), 0);
    assert_int_equal(sum_of(&b, ECH_M_cost_grades_NONE), 0);
    free_table(&a);
    free_table(&b);
}

/* Beginnings */

static void check_beginnings(const struct ech_run *run, const char *process, void *context)
{
    static const int entry[ECH_N_EDUCATIONS] = {2, 2, 3, 4};
    static const int of_level[] = {0, 3, 5};
    struct watch *watch = context;
    for (ech_id id = 0; run->month == 0 && id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        int steps = p->post == ECH_NONE ? -p->entry_month / 71 : 0;
        int first = entry[p->education];
        int most = first > 4 ? first : 4;
        int grade = first + steps < most ? first + steps : most;
        grade = grade > of_level[p->level] ? grade : of_level[p->level];
        assert_int_equal(p->grade, p->track == ECH_ADMIN ? grade : ECH_GRADE_NONE);
        watch->n_level += grade == of_level[p->level];
        watch->n_risen += steps > 0 && grade > first;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        bool new = p->presence == ECH_SERVING && p->joined_month == run->month && run->month > 0;
        if (new && p->channel == ECH_CHANNEL_EXAM) {
            assert_int_equal(p->grade, entry[p->education]);
            assert_int_equal(p->grade_month, run->month);
            watch->n_held++;
        }
    }
}

static void test_people_begin_by_education_service_and_level(void **state)
{
    struct watch watch = {0};
    struct table t = watch_text(ON "years\n  grade.entry_college: 2\n  grade.entry_bachelor: 3\n"
                                   "  grade.entry_postgraduate: 4\n  grade.past_step: 71\n"
                                   "  grade.past_highest: 4\n",
                                check_beginnings, &watch);
    assert_true(watch.n_level > 100 && watch.n_risen > 20 && watch.n_held > 20);
    free_table(&t);
}

static void check_levels(const struct ech_run *run, const char *process, void *context)
{
    struct watch *watch = context;
    for (ech_id id = 0; strcmp(process, "record") == 0 && id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence == ECH_SERVING && p->post != ECH_NONE) {
            assert_true(p->grade >= (p->level == 2 ? 5 : 3));
            watch->n_level +=
                run->month > 0 && p->level_month == run->month && p->grade_month == run->month;
        }
    }
}

static void test_a_level_brings_its_lowest_grade(void **state)
{
    struct watch watch = {0};
    struct table t = watch_text(ON "years\n  grade.highest: 1\n", check_levels, &watch);
    assert_true(watch.n_level > 20);
    assert_int_equal(sum_of(&t, ECH_M_grade_promotions_NONE), 0);
    free_table(&t);
}

static void test_grades_can_be_brought_in_later(void **state)
{
    struct table t = watch_text("extends: " BASELINE "\nname: a\nyears: 3\n"
                                "policy: {grade.rule: off}\n"
                                "changes: [{from: 2021-03, policy: {grade.rule: years}}]\n",
                                NULL, NULL);
    assert_int_equal(county_at(&t, 18, ECH_M_graded_NONE, 0), 0);
    assert_int_equal(county_at(&t, 19, ECH_M_graded_NONE, 0),
                     county_at(&t, 19, ECH_M_heads_NONE, 0));
    assert_int_equal(county_at(&t, 36, ECH_M_graded_NONE, 0),
                     county_at(&t, 36, ECH_M_heads_NONE, 0));
    free_table(&t);
}

/* Caps */

/* Numbers of the grades from ... to that are taken: by whoever has no post, or a grade above its own. */
static int64_t taken(const struct ech_run *run, int from, int to)
{
    static const int of_level[] = {0, 3, 5};
    int64_t n = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        bool counts =
            p->presence == ECH_SERVING && (p->post == ECH_NONE || p->grade > of_level[p->level]);
        n += counts && p->grade >= from && p->grade <= to;
    }
    return n;
}

static void check_caps(const struct ech_run *run, const char *process, void *context)
{
    /* floor(0.43 x 603), floor(0.31 x 259), floor(0.07 x 603), floor(0.2 x 42) */
    static const int bands[][3] = {{3, 6, 259}, {5, 6, 80}, {7, 9, 42}, {9, 9, 8}};
    struct watch *watch = context;
    if (!remember(run, process, watch, false) || !is_assessed(run)) {
        return;
    }
    for (int band = 0; band < 4; band++) {
        int n_into = 0;
        for (ech_id id = 0; id < run->n_people; id++) {
            const struct ech_person *p = &run->people[id];
            n_into += p->presence == ECH_SERVING && p->grade > watch->grade[id] &&
                      p->grade == bands[band][0];
        }
        if (n_into > 0) {
            assert_true(taken(run, bands[band][0], bands[band][1]) <= bands[band][2]);
            watch->n_level++;
        }
        watch->n_risen += n_into;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        watch->n_held += run->people[id].at_ceiling;
    }
}

static void test_caps_of_the_county_are_rounded_down_and_kept(void **state)
{
    struct watch watch = {0};
    struct table t =
        watch_text(ON "years\n  grade.cap_principal: 0.43\n  grade.cap_upper_principal: 0.31\n"
                      "  grade.cap_consultant: 0.07\n  grade.cap_top_consultant: 0.2\n",
                   check_caps, &watch);
    assert_true(watch.n_level > 5 && watch.n_risen > 60 && watch.n_held > 100);
    free_table(&t);
}

static void test_without_numbers_nobody_rises_into_them(void **state)
{
    struct table t =
        watch_text(ON "years\n  grade.cap_principal: 0\n  grade.cap_consultant: 0\n", NULL, NULL);
    for (int month = 0; month <= t.n_months; month++) {
        for (int grade = ECH_GRADE_PRINCIPAL_4; grade < ECH_N_GRADES; grade++) {
            bool within = grade == ECH_GRADE_PRINCIPAL_3 || grade == ECH_GRADE_PRINCIPAL_1;
            int64_t n = county_at(&t, month, ECH_M_grade_promotions_GRADE, grade);
            assert_true(within ? n >= 0 : n == 0); /* who has a number keeps it */
        }
    }
    assert_true(sum_of(&t, ECH_M_grade_ceiling_NONE) > 1000);
    free_table(&t);
}

static void test_without_caps_nobody_is_held_back(void **state)
{
    struct table t = watch_text(ON "years\n" NO_CAPS, NULL, NULL);
    assert_int_equal(sum_of(&t, ECH_M_grade_ceiling_NONE), 0);
    assert_true(sum_of(&t, ECH_M_grade_promotions_NONE) > 1000);
    free_table(&t);
}

/* Results */

/* Whoever stood outside grades 3 to 6, or in them by his post alone, and needs a number to rise there. */
static bool needs_number(const struct ech_person *p, int before)
{
    static const int of_level[] = {0, 3, 5};
    bool counted = before >= 3 && (p->post == ECH_NONE || before > of_level[p->level]);
    return p->presence == ECH_SERVING && !counted && before + 1 >= 3 && before + 1 <= 6;
}

static void check_results(const struct ech_run *run, const char *process, void *context)
{
    struct watch *watch = context;
    if (!remember(run, process, watch, true) || !is_assessed(run)) {
        return;
    }
    watch->worst_risen = ECH_N_RATINGS;
    watch->best_held = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        int rating = p->rating != ECH_RATING_NONE ? p->rating : ECH_RATING_COMPETENT;
        if (!needs_number(p, watch->grade[id])) {
            continue;
        }
        if (p->grade > watch->grade[id]) {
            watch->n_risen++;
            watch->worst_risen = rating < watch->worst_risen ? rating : watch->worst_risen;
        } else if (p->at_ceiling) {
            watch->n_held++;
            watch->best_held = rating > watch->best_held ? rating : watch->best_held;
        }
    }
    assert_true(watch->worst_risen >= watch->best_held);
}

static void test_by_results_the_better_rated_rise_first(void **state)
{
    struct watch watch = {0};
    struct table t =
        watch_text(ON "results\n  grade.min_rating: basic\n  grade.cap_principal: 0.31\n"
                      "  grade.cap_upper_principal: off\n",
                   check_results, &watch);
    assert_true(watch.n_risen > 50 && watch.n_held > 50);
    free_table(&t);
}

static void check_no_free_ride(const struct ech_run *run, const char *process, void *context)
{
    struct watch *watch = context;
    if (!remember(run, process, watch, true) || !is_assessed(run)) {
        return;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        bool risen = p->presence == ECH_SERVING && p->grade > watch->grade[id];
        assert_false(risen && p->rating != ECH_RATING_EXCELLENT && p->rating != ECH_RATING_NONE);
        assert_int_equal(p->at_ceiling, 0);
        watch->n_risen += risen;
        bool waits = p->presence == ECH_SERVING && p->grade == ECH_GRADE_CLERK_1 &&
                     run->month - p->grade_month > 48;
        watch->n_held += waits;
    }
}

static void test_no_ceiling_and_no_free_ride(void **state)
{
    struct watch watch = {0};
    struct table t = watch_text(ON "results\n  grade.min_rating: excellent\n" NO_CAPS,
                                check_no_free_ride, &watch);
    assert_true(watch.n_risen > 200 && watch.n_held > 5);
    free_table(&t);
}

static void rate_all_basic(const struct ech_run *run, const char *process, void *context)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        run->people[id].rating = ECH_RATING_BASIC;
    }
}

static void test_poor_years_do_not_count(void **state)
{
    const char *const rest =
        "  grade.min_rating: off\n  grade.poor_add: 12\n  grade.of_level: 0\n" NO_CAPS;
    char text[1000];
    snprintf(text, sizeof text, "%s%s",
             "extends: " BASELINE "\nname: a\nyears: 20\npolicy:\n  entry.transfer_in: 0\n"
             "  hiring.quota: 0\n  grade.past_step: 480\n  grade.rule: years\n",
             rest);
    struct watch watch = {0};
    struct table t = watch_text(text, rate_all_basic, &watch);
    int64_t late = 0;
    for (int month = 12; month <= t.n_months; month++) {
        late += county_at(&t, month, ECH_M_grade_promotions_NONE, 0);
    }
    assert_true(county_at(&t, 4, ECH_M_grade_promotions_NONE, 0) > 300); /* time from before */
    assert_true(late < county_at(&t, 4, ECH_M_grade_promotions_NONE, 0) / 10);
    free_table(&t);
}

/** Months that ratings took off before the promotions of a year. */
struct credits {
    int n_credited[2]; /* years while the assessments were held, and afterwards */
    int16_t before[MOST_PEOPLE];
};

enum { LAST_ASSESSMENT = 16 };

static void watch_credits(const struct ech_run *run, const char *process, void *context)
{
    struct credits *credits = context;
    for (ech_id id = 0; id < run->n_people && is_assessed(run); id++) {
        const struct ech_person *p = &run->people[id];
        if (strcmp(process, "stepdown") == 0) {
            credits->before[id] = p->grade_credit;
        } else if (strcmp(process, "grades") == 0) {
            credits->n_credited[run->month > LAST_ASSESSMENT] +=
                p->grade_credit > credits->before[id];
        }
    }
}

static void test_no_old_rating_is_credited_without_an_assessment(void **state)
{
    struct credits credits = {0};
    struct table t = run_text(ON "years\n  assessment.excellent: 1\n"
                                 "tables: {grades: " ECH_SOURCE_DIR "/tests/grades_never.csv}\n"
                                 "changes: [{from: 2021-01, policy: {assessment.held: false}}]\n",
                              2385, 1, watch_credits, &credits);
    assert_true(credits.n_credited[false] > 1000);
    assert_int_equal(credits.n_credited[true], 0);
    free_table(&t);
}

static void block_some(const struct ech_run *run, const char *process, void *context)
{
    struct watch *watch = context;
    bool after = remember(run, process, watch, false);
    for (ech_id id = 0; id < run->n_people; id++) {
        struct ech_person *p = &run->people[id];
        bool blocked = p->key % 3 == 0;
        if (strcmp(process, "stepdown") == 0) {
            p->blocked_until = blocked ? run->month + 1 : p->blocked_until;
        } else if (after && p->presence == ECH_SERVING && is_assessed(run)) {
            bool risen = p->grade > watch->grade[id];
            assert_false(blocked && risen);
            watch->n_risen += risen;
            watch->n_held += blocked;
        }
    }
}

static void test_whoever_is_blocked_does_not_rise(void **state)
{
    struct watch watch = {0};
    struct table t = watch_text(ON "years\n" NO_CAPS, block_some, &watch);
    assert_true(watch.n_risen > 100 && watch.n_held > 100);
    free_table(&t);
}

/* Long service in townships */

static void check_townships(const struct ech_run *run, const char *process, void *context)
{
    struct watch *watch = context;
    if (!remember(run, process, watch, false) || !is_assessed(run)) {
        return;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence != ECH_SERVING) {
            continue;
        }
        bool due = ech_is_base_level(run, p->unit) && p->track == ECH_ADMIN &&
                   ech_background_base_time(run, p, 0) >= 60 && p->grade_month <= run->month &&
                   run->month >= p->probation_end;
        bool risen = p->grade > watch->grade[id];
        assert_int_equal(p->grade - watch->grade[id], risen);
        assert_true(!due || p->township_grade || watch->grade[id] == 9);
        assert_true(!risen || p->township_grade); /* the queue is closed */
        watch->n_township += risen;
    }
}

static void test_long_service_in_townships_brings_one_grade_beyond_the_caps(void **state)
{
    struct watch watch = {0};
    struct table t = watch_text(ON "years\n  discipline.rate: 0\n  incident.rate: 0\n"
                                   "  grade.township_service: 60\n  grade.cap_principal: 0\n"
                                   "  grade.cap_consultant: 0\n  grade.excellent_off: 0\n"
                                   "  grade.min_rating: off\n  assessment.held: false\n"
                                   "tables: {grades: " ECH_SOURCE_DIR "/tests/grades_never.csv}\n",
                                check_townships, &watch);
    assert_true(watch.n_township > 50);
    assert_int_equal(sum_of(&t, ECH_M_grade_promotions_NONE), 0);
    free_table(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_the_rule_nobody_has_a_grade_and_the_rest_stays),
        cmocka_unit_test(test_people_begin_by_education_service_and_level),
        cmocka_unit_test(test_a_level_brings_its_lowest_grade),
        cmocka_unit_test(test_grades_can_be_brought_in_later),
        cmocka_unit_test(test_caps_of_the_county_are_rounded_down_and_kept),
        cmocka_unit_test(test_without_numbers_nobody_rises_into_them),
        cmocka_unit_test(test_without_caps_nobody_is_held_back),
        cmocka_unit_test(test_by_results_the_better_rated_rise_first),
        cmocka_unit_test(test_no_ceiling_and_no_free_ride),
        cmocka_unit_test(test_poor_years_do_not_count),
        cmocka_unit_test(test_no_old_rating_is_credited_without_an_assessment),
        cmocka_unit_test(test_whoever_is_blocked_does_not_rise),
        cmocka_unit_test(test_long_service_in_townships_brings_one_grade_beyond_the_caps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
