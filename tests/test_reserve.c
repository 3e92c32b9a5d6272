/* Reserve lists: every switch at an extreme does what the glossary says, and targets are met exactly. */
#include <math.h>

#include "fixture.h"

#include "model/eligibility.h"
#include "model/reserve.h"
#include "model/state.h"

enum { MAX_PEOPLE = 2000 };

/** What a walk over the state remembers. */
struct walk {
    double share; /* of women asked for */
    bool pool;
    int n_lists;   /* looked at */
    int n_changed; /* lists that the target changed */
    ech_key key[MAX_PEOPLE];
    int listed_months[MAX_PEOPLE]; /* month ends on a list */
    int dropped[MAX_PEOPLE];       /* month in which he dropped off; 0: never */
};

static struct table walk_text(const char *text, ech_check_fn check, struct walk *walk)
{
    return run_text(text, 5, 2, check, walk);
}

static int64_t total(const struct table *t, int row, int index)
{
    int64_t sum = 0;
    for (int month = 0; month <= t->n_months; month++) {
        sum += county_at(t, month, row, index);
    }
    return sum;
}

static int64_t unit_at(const struct table *t, int month, int unit, int row)
{
    return t->output
        .unit[((size_t)month * (size_t)t->n_units + (size_t)unit) * (size_t)t->layout.n_unit +
              (size_t)t->layout.first[row]];
}

static bool is_renewal(const struct ech_run *run, const char *process)
{
    const char *step = run->month == 0 ? "start" : "reserve";
    return strcmp(process, step) == 0 && run->month % 12 == 0;
}

/* Unlimited supply */

static void check_everybody_is_listed(const struct ech_run *run, const char *process, void *context)
{
    struct walk *walk = context;
    for (ech_id id = 0; is_renewal(run, process) && id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence == ECH_SERVING) {
            bool may = ech_reserve_may_be_listed(run, p, ECH_CLASS_CHIEF) ||
                       ech_reserve_may_be_listed(run, p, ECH_CLASS_DEPUTY);
            assert_int_equal(p->listed != ECH_UNLISTED, may);
            walk->n_lists++;
        }
    }
}

static void test_unlimited_supply_lists_everybody_who_may_be(void **state)
{
    (void)state;
    struct walk walk = {0};
    struct table a = walk_text("extends: " BASELINE "\nname: a\nyears: 4\n"
                               "policy: {reserve.supply: unlimited, reserve.chief_ratio: 0}\n",
                               check_everybody_is_listed, &walk);
    assert_in_range(walk.n_lists, 5 * 500, 5 * 800);
    free_table(&a);
}

/* With everybody listed who may be appointed, a list that is required binds nobody. */
static void test_unlimited_pool_makes_the_requirement_empty(void **state)
{
    (void)state;
    static const int rows[] = {ECH_M_appointments_NONE, ECH_M_heads_NONE, ECH_M_exits_NONE,
                               ECH_M_openings_NONE, ECH_M_appointed_merit_NONE};
#define OPEN_POOL                                                                                  \
    "years: 9\npolicy: {reserve.supply: unlimited, reserve.county_pool: true,\n"                   \
    "  reserve.renew_every: 1, reserve.max_age: off, assessment.held: false, "
    struct table a = walk_text(
        "extends: " BASELINE "\nname: a\n" OPEN_POOL "reserve.use: required}\n", NULL, NULL);
    struct table b = walk_text(
        "extends: " BASELINE "\nname: b\n" OPEN_POOL "reserve.use: ignored}\n", NULL, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int month = 0; month <= a.n_months; month++) {
            assert_int_equal(county_at(&a, month, rows[i], 0), county_at(&b, month, rows[i], 0));
        }
    }
    assert_true(total(&a, ECH_M_appointments_forced_NONE, 0) > 50);
    assert_int_equal(total(&b, ECH_M_appointments_forced_NONE, 0), 0);
    free_table(&a);
    free_table(&b);
}

/* One pool */

static void test_pool_of_the_county_is_filled_where_units_are_not(void **state)
{
    (void)state;
    struct table a = walk_text("extends: " BASELINE "\nname: a\nyears: 12\n", NULL, NULL);
    struct table b = walk_text("extends: " BASELINE "\nname: b\nyears: 12\n"
                               "policy: {reserve.county_pool: true}\n",
                               NULL, NULL);
    for (int month = 0; month <= b.n_months; month++) {
        assert_int_equal(county_at(&b, month, ECH_M_breaks_NONE, 0),
                         county_at(&b, month, ECH_M_breaks_county_NONE, 0));
        assert_int_equal(county_at(&b, month, ECH_M_reserve_needed_NONE, 0),
                         county_at(&a, month, ECH_M_reserve_needed_NONE, 0));
        for (int class = 0; class < ECH_N_CLASSES; class ++) {
            assert_true(county_at(&b, month, ECH_M_reserve_CLASS, class) <=
                        county_at(&b, month, ECH_M_reserve_needed_CLASS, class));
        }
    }
    assert_true(county_at(&b, 0, ECH_M_reserve_NONE, 0) > county_at(&a, 0, ECH_M_reserve_NONE, 0));
    assert_true(total(&b, ECH_M_breaks_NONE, 0) < total(&a, ECH_M_breaks_NONE, 0));
    free_table(&a);
    free_table(&b);
}

/* Whether somebody is eligible for some post of the pool, each asked for itself. */
static bool some_post_suits(const struct ech_run *run, const struct ech_person *person,
                            enum ech_class class)
{
    const struct ech_county *county = run->county;
    bool found = false;
    for (ech_id post = county->first_post; post < county->first_post + county->n_posts && !found;
         post++) {
        struct ech_demand demand = ech_demand_of(run, post);
        found = ech_class_of(run, post) == class && ech_is_candidate(run, person, demand.kind) &&
                ech_eligibility_failed(run, person, &demand) == 0;
    }
    return found;
}

static void check_pool_by_post(const struct ech_run *run, const char *process, void *context)
{
    int *n_suited = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "record") == 0; id++) {
        const struct ech_person *p = &run->people[id];
        bool chief = p->post != ECH_NONE && ech_class_of(run, p->post) == ECH_CLASS_CHIEF;
        for (int class = 0; class < ECH_N_CLASSES && p->presence == ECH_SERVING && !chief;
             class ++) {
            bool suits = some_post_suits(run, p, (enum ech_class) class);
            assert_int_equal(ech_reserve_qualifies(run, p, (enum ech_class) class, 0), suits);
            *n_suited += suits;
        }
    }
}

/* Nobody is kept from the pool by his home where another unit has such a post. */
static void test_pool_asks_for_every_post_homes_included(void **state)
{
    (void)state;
    int n_suited = 0;
    struct table t =
        run_text("extends: " BASELINE "\nname: a\nyears: 1\n"
                 "policy: {reserve.county_pool: true, eligibility.home_avoidance: true}\n"
                 "by_type: {department: {eligibility.min_service: 480}}\n",
                 5, 2, check_pool_by_post, &n_suited);
    assert_true(n_suited > 300);
    free_table(&t);
}

/* Structure targets */

/* Women and people on a list of a class, and women who could have been on it. */
static void check_list(const struct ech_run *run, ech_id unit, enum ech_class class,
                       struct walk *walk)
{
    int n = 0;
    int women = 0;
    int left_out = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence != ECH_SERVING || (!walk->pool && p->unit != unit)) {
            continue;
        }
        bool on = p->listed == (uint8_t) class;
        n += on;
        women += on && p->sex == ECH_FEMALE;
        left_out += p->listed == ECH_UNLISTED && p->sex == ECH_FEMALE &&
                    ech_reserve_may_be_listed(run, p, class);
    }
    int asked = (int)ceil(walk->share * n - 1e-9);
    assert_true(women >= asked || left_out == 0);
    walk->n_lists += n > 0;
    walk->n_changed += n > 0 && women == asked && left_out > 0;
}

static void check_women(const struct ech_run *run, const char *process, void *context)
{
    struct walk *walk = context;
    const struct ech_county *county = run->county;
    for (ech_id unit = county->first_unit;
         is_renewal(run, process) && unit < county->first_unit + (walk->pool ? 1 : county->n_units);
         unit++) {
        check_list(run, unit, ECH_CLASS_CHIEF, walk);
        check_list(run, unit, ECH_CLASS_DEPUTY, walk);
    }
}

static void test_share_of_women_is_met_as_far_as_there_are_candidates(void **state)
{
    (void)state;
    static const struct {
        double share;
        bool pool;
        const char *policy;
    } cases[] = {
        {0.37, false, "reserve.women_share: 0.37"},
        {0.37, true, "reserve.women_share: 0.37, reserve.county_pool: true"},
        {1, false, "reserve.women_share: 1, reserve.nonparty_share: 1, reserve.young_share: 1"},
        {0.29, false,
         "reserve.women_share: 0.29, reserve.nonparty_share: 0.43, reserve.young_share: 0.61"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct walk walk = {.share = cases[i].share, .pool = cases[i].pool};
        char text[600];
        snprintf(text, sizeof text,
                 "extends: " BASELINE
                 "\nname: a\nyears: 5\npolicy: {%s, reserve.deputy_ratio: 0.5,\n"
                 "  reserve.max_age: 50, reserve.within: 48}\n",
                 cases[i].policy);
        struct table t = walk_text(text, check_women, &walk);
        assert_true(walk.n_lists >= (cases[i].pool ? 12 : 6 * 71));
        assert_true(walk.n_changed > 0 || cases[i].share == 1 || cases[i].pool);
        free_table(&t);
    }
}

/* With scores that show merit itself, lists of month 0 are the best of each sex. */
static void check_best_of_each_sex(const struct ech_run *run, const char *process, void *context)
{
    struct walk *walk = context;
    for (ech_id a = 0; run->month == 0 && a < run->n_people; a++) {
        const struct ech_person *on = &run->people[a];
        for (ech_id b = 0; on->listed == ECH_CLASS_CHIEF && b < run->n_people; b++) {
            const struct ech_person *off = &run->people[b];
            if (off->unit == on->unit && off->sex == on->sex && off->listed != ECH_CLASS_CHIEF &&
                ech_reserve_may_be_listed(run, off, ECH_CLASS_CHIEF)) {
                assert_true(on->merit > off->merit);
                walk->n_lists++;
            }
        }
    }
}

static void test_best_left_out_come_for_the_last_of_the_list(void **state)
{
    (void)state;
    struct walk walk = {0};
    struct table t = walk_text("extends: " BASELINE "\nname: a\nmonths: 0\npolicy:\n"
                               "  {reserve.women_share: 0.5, selection.validity: 1,\n"
                               "   reserve.max_age: off, reserve.chief_ratio: 1}\n",
                               check_best_of_each_sex, &walk);
    assert_true(walk.n_lists > 50);
    free_table(&t);
}

/* A target changes who is listed, not how many. */
static void test_targets_do_not_shorten_lists(void **state)
{
    (void)state;
    struct table a = walk_text("extends: " BASELINE "\nname: a\nmonths: 0\n", NULL, NULL);
    struct table b = walk_text("extends: " BASELINE "\nname: b\nmonths: 0\npolicy:\n"
                               "  {reserve.young_share: 1, reserve.nonparty_share: 1}\n",
                               NULL, NULL);
    assert_int_equal(county_at(&a, 0, ECH_M_reserve_CLASS, ECH_CLASS_CHIEF),
                     county_at(&b, 0, ECH_M_reserve_CLASS, ECH_CLASS_CHIEF));
    free_table(&a);
    free_table(&b);
}

/* Ratings: in month 20 everybody is assessed anew by his key; nobody was before. */

static void check_ratings(const struct ech_run *run, const char *process, void *context)
{
    struct walk *walk = context;
    for (ech_id id = 0; id < run->n_people; id++) {
        struct ech_person *p = &run->people[id];
        bool poor = p->rating != ECH_RATING_NONE && p->rating < ECH_RATING_COMPETENT;
        if (p->presence != ECH_SERVING) {
            continue;
        }
        if (run->month == 20 && strcmp(process, "record") == 0) {
            p->rating = (uint8_t)(p->key % ECH_N_RATINGS);
        } else if (strcmp(process, "reserve") == 0) {
            assert_false(poor && p->listed != ECH_UNLISTED);
            bool other = poor && run->month == 21 && p->listed_month <= 20 && p->listed_month > 0;
            walk->n_changed += other; /* was listed, and left the list without a renewal */
            walk->n_lists += run->month > 20 && p->listed != ECH_UNLISTED;
        }
    }
}

static void test_a_poor_rating_keeps_off_the_lists_and_takes_off_them(void **state)
{
    (void)state;
    struct walk walk = {0};
    struct table t = walk_text("extends: " BASELINE "\nname: a\nyears: 5\n"
                               "policy: {reserve.min_rating: competent, assessment.held: false}\n",
                               check_ratings, &walk);
    assert_true(walk.n_lists > 1000 && walk.n_changed > 10);
    free_table(&t);
}

/* Time on the lists */

static void follow_lists(const struct ech_run *run, const char *process, void *context)
{
    struct walk *walk = context;
    if (strcmp(process, run->month == 0 ? "start" : "record") != 0) {
        return;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence != ECH_SERVING) {
            continue;
        }
        if (walk->key[id] != p->key) {
            walk->key[id] = p->key;
            walk->listed_months[id] = 0;
            walk->dropped[id] = 0;
        }
        double growth = ech_reserve_growth(run, p);
        assert_true(fabs(growth - 0.24 * walk->listed_months[id] / 12) < 1e-9);
        walk->n_lists += growth > 0;
        walk->listed_months[id] += p->listed != ECH_UNLISTED;
    }
}

static void test_growth_counts_the_months_on_the_lists(void **state)
{
    (void)state;
    struct walk walk = {0};
    struct table t = walk_text("extends: " BASELINE "\nname: a\nyears: 6\npolicy:\n"
                               "  {reserve.growth: 0.24, reserve.renew_every: 5,\n"
                               "   reserve.dropout: 0.31}\n",
                               follow_lists, &walk);
    assert_true(walk.n_lists > 1000);
    free_table(&t);
}

/* Where the list itself is ignored, a strong growth alone brings those on it into office. */
static void test_growth_brings_the_listed_into_office(void **state)
{
    (void)state;
    struct table a = walk_text("extends: " BASELINE "\nname: a\npolicy:\n"
                               "  {reserve.use: ignored, assessment.held: false,\n"
                               "   grade.rule: off, training.seats: 0}\n",
                               NULL, NULL);
    struct table b =
        walk_text("extends: " BASELINE "\nname: b\npolicy:\n"
                  "  {reserve.use: ignored, assessment.held: false, reserve.growth: 1,\n"
                  "   grade.rule: off, training.seats: 0}\n",
                  NULL, NULL);
    assert_true(total(&b, ECH_M_appointments_reserve_NONE, 0) >
                total(&a, ECH_M_appointments_reserve_NONE, 0) + 10);
    assert_true(total(&b, ECH_M_tempered_months_NONE, 0) >
                total(&a, ECH_M_tempered_months_NONE, 0));
    free_table(&a);
    free_table(&b);
}

static void check_longest_time(const struct ech_run *run, const char *process, void *context)
{
    struct walk *walk = context;
    for (ech_id id = 0; strcmp(process, "reserve") == 0 && id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence != ECH_SERVING) {
            continue;
        }
        if (p->listed != ECH_UNLISTED) {
            assert_true(run->month - p->listed_month < 17);
        }
        if (p->timed_out_month > 0) { /* and stays off until he comes to another post or level */
            bool risen = p->level_month >= p->timed_out_month ||
                         (p->post != ECH_NONE && p->post_month >= p->timed_out_month);
            assert_true(risen || p->listed == ECH_UNLISTED);
            walk->n_lists++;
        }
    }
}

static void test_longest_time_takes_people_off_for_good(void **state)
{
    (void)state;
    struct walk walk = {0};
    struct table t = walk_text("extends: " BASELINE "\nname: a\nyears: 8\npolicy:\n"
                               "  {reserve.max_time: 17, reserve.renew_every: 3}\n",
                               check_longest_time, &walk);
    assert_true(walk.n_lists > 1000);
    free_table(&t);
}

static void test_patience_without_expectation_changes_nothing(void **state)
{
    (void)state;
    struct table a = walk_text("extends: " BASELINE "\nname: a\nyears: 6\n", NULL, NULL);
    struct table b = walk_text("extends: " BASELINE "\nname: b\nyears: 6\npolicy:\n"
                               "  {reserve.patience: 0, reserve.expectation: 1}\n",
                               NULL, NULL);
    assert_memory_equal(a.output.county, b.output.county, county_size(&a) * sizeof(int64_t));
    free_table(&a);
    free_table(&b);
}

/* Measures */

static void test_cost_is_that_of_everybody_listed(void **state)
{
    (void)state;
    struct table t = walk_text("extends: " BASELINE "\nname: a\nyears: 3\n"
                               "policy: {reserve.cost: 2385}\n",
                               NULL, NULL);
    for (int month = 0; month <= t.n_months; month++) {
        assert_int_equal(county_at(&t, month, ECH_M_cost_reserve_NONE, 0),
                         county_at(&t, month, ECH_M_reserve_NONE, 0) * 198750000);
    }
    free_table(&t);
}

static void test_break_yet_follows_from_the_breaks(void **state)
{
    (void)state;
    struct table t = walk_text("extends: " BASELINE "\nname: a\nyears: 9\n", NULL, NULL);
    int64_t breaks[100] = {0};
    for (int month = 0; month <= t.n_months; month++) {
        for (int u = 0; u < t.n_units; u++) {
            breaks[u] += unit_at(&t, month, u, ECH_M_breaks_NONE);
            assert_int_equal(unit_at(&t, month, u, ECH_M_break_yet_NONE), breaks[u] > 0);
            assert_int_equal(unit_at(&t, month, u, ECH_M_chief_units_NONE), 1);
        }
    }
    assert_in_range(county_at(&t, t.n_months, ECH_M_break_yet_NONE, 0), 1, t.n_units);
    free_table(&t);
}

static void test_every_promotion_is_forced_where_the_list_is_required(void **state)
{
    (void)state;
    struct table a = walk_text("extends: " BASELINE "\nname: a\n", NULL, NULL);
    struct table b = walk_text("extends: " BASELINE "\nname: b\n"
                               "policy: {reserve.use: required}\n",
                               NULL, NULL);
    int64_t promoted = 0;
    for (int level = 0; level < a.layout.n_levels; level++) {
        promoted += total(&b, ECH_M_promotions_LEVEL, level);
    }
    assert_int_equal(total(&a, ECH_M_appointments_forced_NONE, 0), 0);
    assert_int_equal(total(&b, ECH_M_appointments_forced_NONE, 0), promoted);
    assert_true(promoted > 50);
    free_table(&a);
    free_table(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_unlimited_supply_lists_everybody_who_may_be),
        cmocka_unit_test(test_unlimited_pool_makes_the_requirement_empty),
        cmocka_unit_test(test_pool_of_the_county_is_filled_where_units_are_not),
        cmocka_unit_test(test_pool_asks_for_every_post_homes_included),
        cmocka_unit_test(test_share_of_women_is_met_as_far_as_there_are_candidates),
        cmocka_unit_test(test_best_left_out_come_for_the_last_of_the_list),
        cmocka_unit_test(test_targets_do_not_shorten_lists),
        cmocka_unit_test(test_a_poor_rating_keeps_off_the_lists_and_takes_off_them),
        cmocka_unit_test(test_growth_counts_the_months_on_the_lists),
        cmocka_unit_test(test_growth_brings_the_listed_into_office),
        cmocka_unit_test(test_longest_time_takes_people_off_for_good),
        cmocka_unit_test(test_patience_without_expectation_changes_nothing),
        cmocka_unit_test(test_cost_is_that_of_everybody_listed),
        cmocka_unit_test(test_break_yet_follows_from_the_breaks),
        cmocka_unit_test(test_every_promotion_is_forced_where_the_list_is_required),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
