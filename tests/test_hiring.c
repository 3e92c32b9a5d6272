/* Channels of hiring: every switch at an extreme does what the glossary says. */
#include <math.h>

#include "fixture.h"

#include "model/background.h"
#include "model/state.h"

#define EMPTY "extends: " BASELINE "\nname: t\nyears: 6\n"

static struct table run_over(const char *policy, ech_check_fn check, void *context)
{
    char text[1000];
    snprintf(text, sizeof text, EMPTY "policy: {%s}\n", policy);
    return run_text(text, 5, 2, check, context);
}

static int64_t in_year(const struct table *t, int year, int row, int index)
{
    int64_t sum = 0;
    for (int month = 12 * year - 11; month <= 12 * year; month++) {
        sum += county_at(t, month, row, index);
    }
    return sum;
}

static int64_t total(const struct table *t, int row, int index)
{
    int64_t sum = 0;
    for (int year = 1; year <= t->n_months / 12; year++) {
        sum += in_year(t, year, row, index);
    }
    return sum;
}

static void test_budget_caps_the_plan(void **state)
{
    (void)state;
    struct table t =
        run_over("hiring.quota: off, hiring.budget: 100000, hiring.cost: 30000", NULL, NULL);
    for (int year = 1; year <= 6; year++) {
        assert_int_equal(in_year(&t, year, ECH_M_hiring_planned_NONE, 0), 3);
        assert_int_equal(in_year(&t, year, ECH_M_cost_hiring_NONE, 0), INT64_C(90000000000));
    }
    free_table(&t);
    t = run_over("hiring.quota: off, hiring.budget: 0, hiring.cost: 30000, selected.quota: 5", NULL,
                 NULL);
    assert_int_equal(total(&t, ECH_M_hiring_planned_NONE, 0), 0);
    free_table(&t);
}

static void test_applicants_at_the_extremes(void **state)
{
    (void)state;
    struct table off = run_over("hiring.quota: off", NULL, NULL);
    struct table none = run_over("hiring.quota: off, hiring.applicants: 0", NULL, NULL);
    struct table many =
        run_over("hiring.quota: off, hiring.applicants: 500, hiring.remote_fall: 1,\n"
                 "hiring.ratio_needed: 20",
                 NULL, NULL);
    struct table near =
        run_over("hiring.quota: off, hiring.applicants: 500, hiring.remote_fall: 0", NULL, NULL);
    assert_int_equal(total(&off, ECH_M_hiring_failed_NONE, 0), 0);
    assert_int_equal(total(&off, ECH_M_hiring_applicants_NONE, 0), 0);
    assert_true(total(&none, ECH_M_hiring_planned_NONE, 0) > 20);
    assert_int_equal(total(&none, ECH_M_hiring_filled_NONE, 0), 0);
    assert_int_equal(total(&many, ECH_M_hiring_failed_NONE, 0), 0);
    assert_int_equal(total(&many, ECH_M_heads_NONE, 0), total(&off, ECH_M_heads_NONE, 0));
    int64_t townships = 0; /* all of them remote; subdistricts and departments are near */
    for (int month = 1; month <= near.n_months; month++) {
        for (int type = 0; type < near.n_types; type++) {
            const int64_t *row = near.output.type + (month * near.n_types + type) * near.layout.n;
            int64_t failed = row[near.layout.first[ECH_M_hiring_failed_NONE]];
            int64_t planned = row[near.layout.first[ECH_M_hiring_planned_NONE]];
            assert_true(failed == 0 || failed == planned);
            townships += failed;
        }
    }
    assert_true(townships > 5);
    free_table(&off);
    free_table(&none);
    free_table(&many);
    free_table(&near);
}

/* Selected graduates */

/** Who was seen in a village. */
struct village {
    int n_seen, n_back;
};

static void check_village(const struct ech_run *run, const char *process, void *context)
{
    struct village *village = context;
    for (ech_id id = 0; strcmp(process, "record") == 0 && id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence != ECH_SERVING || p->village_end < 0) {
            continue;
        }
        assert_true(p->education >= ECH_EDU_BACHELOR && p->fulltime);
        if (ech_in_village(run, p)) {
            assert_int_equal(p->post, ECH_NONE);
            assert_int_equal(p->level, 0);
            assert_int_equal(ech_background_base_time(run, p, 0), run->month - p->entry_month);
            assert_int_equal(p->bond_end, p->entry_month + 71);
            village->n_seen++;
        } else { /* he keeps what he has gathered there */
            assert_true(ech_background_base_time(run, p, 0) >= 19);
            village->n_back++;
        }
    }
}

static void test_selected_graduates_begin_in_a_village(void **state)
{
    (void)state;
    struct village village = {0};
    struct table t =
        run_over("selected.quota: 2.5, selected.village: 19, selected.min_service: 71,\n"
                 "hiring.quota: 4, hiring.applicants: 0, eligibility.min_level_time: 0,"
                 "procedure.months: 0, hiring.probation: 0, establishment.extra: 1",
                 check_village, &village);
    for (int year = 1; year <= 6; year++) { /* besides the quota; nobody has to apply for them */
        assert_int_equal(in_year(&t, year, ECH_M_entries_CHANNEL, ECH_CHANNEL_SELECTED),
                         floor(2.5 * year) - floor(2.5 * (year - 1)));
        assert_int_equal(in_year(&t, year, ECH_M_hiring_planned_NONE, 0) -
                             in_year(&t, year, ECH_M_hiring_filled_NONE, 0),
                         4);
    }
    assert_true(village.n_seen > 100 && village.n_back > 50);
    assert_true(total(&t, ECH_M_in_village_NONE, 0) == village.n_seen);
    free_table(&t);
}

static void test_selected_graduates_within_the_quota(void **state)
{
    (void)state;
    struct table t = run_over("selected.quota: 3, selected.within_quota: true, hiring.quota: 5,\n"
                              "selected.village: 0, establishment.extra: 1",
                              NULL, NULL);
    assert_int_equal(total(&t, ECH_M_entries_CHANNEL, ECH_CHANNEL_SELECTED), 18);
    assert_int_equal(total(&t, ECH_M_entries_CHANNEL, ECH_CHANNEL_EXAM), 12);
    assert_int_equal(total(&t, ECH_M_in_village_NONE, 0), 0);
    free_table(&t);
    t = run_over("selected.quota: 8, selected.within_quota: true, hiring.quota: 5,\n"
                 "establishment.extra: 1",
                 NULL, NULL);
    assert_int_equal(total(&t, ECH_M_entries_CHANNEL, ECH_CHANNEL_SELECTED), 30);
    assert_int_equal(total(&t, ECH_M_entries_CHANNEL, ECH_CHANNEL_EXAM), 0);
    free_table(&t);
}

/* Institution staff */

/** What conversions left behind: who is on which track, and since when. */
struct passing {
    ech_key key[2000];
    uint8_t track[2000];
    int n_passed;
};

static void check_passing(const struct ech_run *run, const char *process, void *context)
{
    struct passing *passing = context;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence != ECH_SERVING) {
            continue;
        }
        if (passing->key[id] == p->key && passing->track[id] != p->track) {
            assert_string_equal(process, "hiring");
            assert_int_equal(p->track, ECH_ADMIN);
            assert_int_equal(ech_calendar_month(run), 8);
            assert_true(run->month - p->entry_month >= 37);
            assert_true(run->month - p->birth_month < 33 * 12);
            assert_int_equal(p->level_month, run->month);
            passing->n_passed++;
        }
        passing->key[id] = p->key;
        passing->track[id] = p->track;
    }
}

static void test_quota_of_conversions_is_kept(void **state)
{
    (void)state;
    struct passing passing = {.n_passed = 0};
    struct table t = run_over("convert.quota: 2.7, convert.service: 37, convert.max_age: 33,\n"
                              "hiring.quota: 0, establishment.extra: 2, entry.transfer_in: 0",
                              check_passing, &passing);
    int64_t left = 0;
    for (int year = 1; year <= 6; year++) {
        int64_t n = in_year(&t, year, ECH_M_conversions_NONE, 0);
        assert_int_equal(n, floor(2.7 * year) - floor(2.7 * (year - 1)));
        assert_int_equal(in_year(&t, year, ECH_M_moves_out_TRACK, ECH_INSTITUTION), n);
        left += n;
    }
    assert_int_equal(passing.n_passed, left);
    free_table(&t);
}

#define HALL                                                                                       \
    "extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: t\nmonths: 72\ncounty: {id: t}\n"  \
    "levels: [{id: low}, {id: high}]\nkinds: [{id: seat, level: high, role: member}]\n"            \
    "types: [{id: hall}]\nunits: [{id: one, type: hall,\n"                                         \
    "  establishment: {admin: 12, institution: 30}, posts: {seat: 1}}]\n"                          \
    "initial: {blocks: [{id: a, fill: posts, ages: [[40, 40, rest]]},\n"                           \
    "  {id: b, fill: staff, track: institution, ages: [[30, 30, rest]],\n"                         \
    "   service: {from: 60, to: 60}}]}\n"

/* Eleven free places; the share is of what is free in that year, rounded down. */
static void test_share_of_free_places_limits_conversions(void **state)
{
    (void)state;
    static const struct {
        const char *policy;
        int n[6]; /* people who pass in each year */
    } cases[] = {
        {"convert.quota: off, convert.share: 0.34, convert.max_age: off", {3, 2, 2, 1, 1, 0}},
        {"convert.quota: 2, convert.share: 0.34, convert.max_age: off", {2, 2, 2, 1, 1, 1}},
        {"convert.quota: off, convert.share: 1", {11, 0, 0, 0, 0, 0}},
        {"convert.quota: off, convert.share: 0", {0}},
        {"convert.quota: 0, convert.share: 1", {0}},
        {"convert.quota: off, convert.max_age: 30", {0}},
        {"convert.quota: off, convert.service: 91", {0, 0, 11, 0, 0, 0}}, /* 96 months in year 3 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ech_scenario s = {0};
        char text[1500];
        snprintf(text, sizeof text, HALL "policy: {%s}\n", cases[i].policy);
        load_text(text, &s);
        struct table t = run_table(&s, 5, 2, NULL, NULL);
        for (int year = 1; year <= 6; year++) {
            assert_int_equal(in_year(&t, year, ECH_M_conversions_NONE, 0), cases[i].n[year - 1]);
        }
        free_table(&t);
        ech_scenario_free(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_budget_caps_the_plan),
        cmocka_unit_test(test_applicants_at_the_extremes),
        cmocka_unit_test(test_selected_graduates_begin_in_a_village),
        cmocka_unit_test(test_selected_graduates_within_the_quota),
        cmocka_unit_test(test_quota_of_conversions_is_kept),
        cmocka_unit_test(test_share_of_free_places_limits_conversions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
