/* Training: who has a seat, who is absent, what appointees and clauses of eligibility get of it. */
#include "fixture.h"

#include "model/state.h"
#include "model/training.h"

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 1e-12)

#define WITH "extends: " BASELINE "\nname: a\nyears: 6\npolicy:\n  training.appointees: false\n"

static struct table run_here(const char *text, ech_check_fn check, void *context)
{
    return run_text(text, 2385, 1, check, context);
}

static int64_t promotions_of(const struct table *t)
{
    int64_t sum = 0;
    for (int month = 1; month <= t->n_months; month++) {
        for (int level = 0; level < t->layout.n_levels; level++) {
            sum += county_at(t, month, ECH_M_promotions_LEVEL, level);
        }
    }
    return sum;
}

static void test_without_seats_nothing_happens_and_the_rest_stays(void **state)
{
    struct table a = run_here(WITH "  training.seats: 0\n", NULL, NULL);
    struct table b = run_here(WITH "  training.seats: 0\n  training.cost: 9000\n"
                                   "  training.boost_general: 2\n  initial.trained: 1\n"
                                   "  training.months: 3\n  training.half_life: off\n",
                              NULL, NULL);
    assert_memory_equal(a.output.county, b.output.county, county_size(&a) * sizeof(int64_t));
    assert_int_equal(
        county_total(&b, ECH_M_trained_NONE, 0) + county_total(&b, ECH_M_cost_training_NONE, 0), 0);
    free_table(&a);
    free_table(&b);
}

/* Who has a seat in the first plan, of 40: there are 88 chiefs, 418 leaders, 603 people. */

struct plan {
    int chiefs, leaders, all;
};

static void look_at_plan(const struct ech_run *run, const char *process, void *context)
{
    struct plan *plan = context;
    for (ech_id id = 0; run->month == 4 && strcmp(process, "training") == 0 && id < run->n_people;
         id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence == ECH_SERVING && run->training[id].begin_month < ECH_NEVER) {
            plan->all++;
            plan->leaders += p->post != ECH_NONE;
            plan->chiefs += p->post != ECH_NONE && ech_class_of(run, p->post) == ECH_CLASS_CHIEF;
        }
    }
}

static struct plan plan_of(const char *priority)
{
    char text[1000];
    struct plan plan = {0};
    snprintf(text, sizeof text,
             WITH "  training.seats: 40\n  initial.trained: 0\n  training.priority: %s\n",
             priority);
    struct table t = run_here(text, look_at_plan, &plan);
    free_table(&t);
    return plan;
}

static void test_priority_says_who_has_a_seat_first(void **state)
{
    struct plan chiefs = plan_of("chiefs");
    struct plan leaders = plan_of("leaders");
    struct plan all = plan_of("all");
    assert_int_equal(chiefs.all, 40);
    assert_int_equal(chiefs.chiefs, 40);
    assert_int_equal(leaders.leaders, 40);
    assert_true(leaders.chiefs > 0 && leaders.chiefs < 40);
    assert_int_equal(all.all, 40);
    assert_true(all.leaders > 0 && all.leaders < 40);
}

/* New appointees */

static void test_all_new_appointees_are_trained_in_time(void **state)
{
    struct table t = run_here("extends: " BASELINE "\nname: a\nyears: 6\npolicy:\n"
                              "  {training.seats: 0, training.appointees: true,\n"
                              "   training.appointees_within: 7, training.months: 3}\n",
                              NULL, NULL);
    assert_true(county_total(&t, ECH_M_appointees_due_NONE, 0) > 100);
    assert_int_equal(county_total(&t, ECH_M_appointees_trained_NONE, 0),
                     county_total(&t, ECH_M_appointees_due_NONE, 0));
    free_table(&t);
    t = run_here(WITH "  training.seats: 0\n", NULL, NULL);
    assert_true(county_total(&t, ECH_M_appointees_due_NONE, 0) > 100);
    assert_int_equal(county_total(&t, ECH_M_appointees_trained_NONE, 0), 0);
    free_table(&t);
}

/* Extremes of courses */

static void test_a_course_of_no_months_takes_nobody_away(void **state)
{
    struct table a = run_here(WITH "  training.seats: 80\n  training.months: 0\n", NULL, NULL);
    struct table b = run_here(WITH "  training.seats: 80\n  training.months: 12\n"
                                   "  training.appointees_within: 24\n",
                              NULL, NULL);
    assert_int_equal(county_total(&a, ECH_M_in_training_NONE, 0), 0);
    assert_true(county_total(&a, ECH_M_trained_NONE, 0) > 300);
    assert_true(county_total(&b, ECH_M_in_training_NONE, 0) > 3000);
    free_table(&a);
    free_table(&b);
}

static void test_seats_for_everybody_cover_all_leaders_who_stay(void **state)
{
    struct table t = run_here(WITH "  training.seats: 100000\n  training.cycle: 12\n"
                                   "  initial.trained: 0\n  training.months: 0\n",
                              NULL, NULL);
    int64_t leaders = county_at(&t, 40, ECH_M_leaders_NONE, 0);
    assert_int_equal(county_at(&t, 4, ECH_M_leaders_trained_NONE, 0), 0);
    assert_true(county_at(&t, 40, ECH_M_leaders_trained_NONE, 0) > leaders * 3 / 4);
    free_table(&t);
}

static void look_at_boosts(const struct ech_run *run, const char *process, void *context)
{
    int *n = context;
    for (ech_id id = 0; strcmp(process, "record") == 0 && id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        bool trained = p->presence == ECH_SERVING && run->training[id].last < ECH_N_COURSES;
        if (trained) {
            struct ech_boost boost = ech_training_boosts(run, p);
            bool economic = run->training[id].last == ECH_COURSE_ECONOMIC;
            assert_near(boost.economic, economic ? 2 * 0.37 : 0);
            assert_near(boost.broad, economic ? 0 : 2 * 0.61);
            n[economic]++;
        }
    }
}

static void test_without_a_half_life_the_boost_stays_where_the_course_aims(void **state)
{
    int n[2] = {0};
    struct table t =
        run_here(WITH "  training.seats: 80\n  training.half_life: off\n  training.economic: 0.4\n"
                      "  training.law: 0.6\n  training.boost_economic: 0.37\n"
                      "  training.boost_law: 0.61\n",
                 look_at_boosts, n);
    assert_true(n[0] > 1000 && n[1] > 1000);
    free_table(&t);
}

/* Performance */

static void test_performance_rises_by_the_boost(void **state)
{
    static const char *const on =
        WITH "  training.seats: 80\n  performance.competence: 0.3\n  assessment.held: false\n"
             "  training.boost_general: ";
    char text[1000];
    snprintf(text, sizeof text, "%s0\n  training.boost_economic: 0\n  training.boost_law: 0\n", on);
    struct table without = run_here(text, NULL, NULL);
    snprintf(text, sizeof text, "%s0.43\n", on);
    struct table with = run_here(text, NULL, NULL);
    int64_t boosts = 0;
    for (int month = 0; month <= with.n_months; month++) {
        int64_t boost = county_at(&with, month, ECH_M_leaders_boost_NONE, 0);
        int64_t more = county_at(&with, month, ECH_M_leaders_performance_NONE, 0) -
                       county_at(&without, month, ECH_M_leaders_performance_NONE, 0);
        /* each of at most 418 leaders is rounded three times to a millionth */
        assert_true(llabs(more - boost) <= 3 * 418);
        assert_int_equal(county_at(&without, month, ECH_M_leaders_boost_NONE, 0), 0);
        boosts += boost;
    }
    assert_true(boosts > 72 * 20 * INT64_C(1000000));
    free_table(&without);
    free_table(&with);
}

/* The clause of eligibility */

static void test_who_is_trained_meets_the_clause(void **state)
{
    static const char *const clause =
        "by_level:\n  deputy_section: {eligibility.trained_within: 60}\n"
        "  section: {eligibility.trained_within: 60}\n";
    char text[1000];
    snprintf(text, sizeof text,
             WITH "  training.seats: 0\n  selection.nobody: relax\n  exception.most: 0\n%s",
             clause);
    struct table off = run_here(text, NULL, NULL);
    snprintf(text, sizeof text, WITH "  training.seats: 300\n  training.priority: all\n%s", clause);
    struct table on = run_here(text, NULL, NULL);
    assert_int_equal(promotions_of(&off), 0);
    assert_true(promotions_of(&on) > 100);
    free_table(&off);
    free_table(&on);
}

/* Whoever is on a course is counted where he serves, whatever moves him. */
static void recount(const struct ech_run *run, const char *process, void *context)
{
    int *n = context;
    int absent[128] = {0};
    int courses = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence == ECH_SERVING) {
            bool away = ech_is_in_training(run, p);
            assert_false(away && ech_is_away(run, p));
            absent[p->unit] += away;
            courses += run->training[id].begin_month < ECH_NEVER;
        }
    }
    for (ech_id unit = 0; unit < run->scenario->n_units; unit++) {
        assert_int_equal(run->units[unit].training, absent[unit]);
        *n += absent[unit];
    }
    assert_int_equal(run->n_courses, courses);
}

static void test_absence_is_counted_where_people_serve(void **state)
{
    struct ech_scenario s;
    int n = 0;
    load_file(ECH_SOURCE_DIR "/tests/verify/everything.yaml", &s);
    struct table t = run_table(&s, 2385, 1, recount, &n);
    assert_true(n > 10000);
    free_table(&t);
    ech_scenario_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_seats_nothing_happens_and_the_rest_stays),
        cmocka_unit_test(test_priority_says_who_has_a_seat_first),
        cmocka_unit_test(test_all_new_appointees_are_trained_in_time),
        cmocka_unit_test(test_a_course_of_no_months_takes_nobody_away),
        cmocka_unit_test(test_seats_for_everybody_cover_all_leaders_who_stay),
        cmocka_unit_test(test_without_a_half_life_the_boost_stays_where_the_course_aims),
        cmocka_unit_test(test_performance_rises_by_the_boost),
        cmocka_unit_test(test_who_is_trained_meets_the_clause),
        cmocka_unit_test(test_absence_is_counted_where_people_serve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
