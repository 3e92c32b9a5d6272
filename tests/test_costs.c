/* Costs: each item is heads x yuan, exactly, the total is the sum of all items, and commendations come in
   their month. */
#include "fixture.h"

#include "model/state.h"
#include "model/strain.h"

#define SMALL(policy)                                                                              \
    "extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: t\nstart: 2019-08\nmonths: 24\n"   \
    "county: {id: small}\nlevels: [{id: staff}, {id: chief}]\n"                                    \
    "kinds: [{id: head, level: chief, role: department_chief}]\n"                                  \
    "types: [{id: a}]\n"                                                                           \
    "units: [{id: u, count: 3, type: a, workload: 1.7, establishment: {admin: 7, institution: "    \
    "2}, posts: {head: 2}}]\n"                                                                     \
    "initial:\n  blocks:\n    - {id: leaders, fill: posts, ages: [[30, 39, rest]]}\n"              \
    "    - {id: staff, fill: staff, ages: [[30, 39, rest]]}\n"                                     \
    "    - {id: others, fill: staff, track: institution, ages: [[30, 39, rest]]}\n"                \
    "policy: {" policy "}\n"

static struct table small(const char *text, ech_check_fn check, void *context)
{
    struct ech_scenario s = {0};
    load_text(text, &s);
    struct table t = run_table(&s, 9, 1, check, context);
    ech_scenario_free(&s);
    return t;
}

/* In millionths of a yuan each month, nothing in month 0 that month 0 does not owe. */
static void assert_paid(const char *text, int row, int64_t micro)
{
    struct table t = small(text, NULL, NULL);
    for (int month = 1; month <= t.n_months; month++) {
        assert_int_equal(county_at(&t, month, row, 0), micro);
        assert_int_equal(county_at(&t, month, ECH_M_cost_total_NONE, 0), micro);
    }
    free_table(&t);
}

/* 3 units with 7 heads of the administrative track, 2 of them leaders. */
static void test_items_are_heads_times_yuan(void **state)
{
    assert_paid(SMALL("incentive.family_cost: 2385.6"), ECH_M_cost_family_NONE,
                INT64_C(21) * 198800000);
    assert_paid(SMALL("incentive.care_cost: 1200.36"), ECH_M_cost_care_NONE,
                INT64_C(21) * 100030000);
    assert_paid(SMALL("incentive.workload_cost: 360"), ECH_M_cost_workload_NONE,
                INT64_C(21) * 30000000);
    assert_paid(SMALL("incentive.accountability_cost: 720.12"), ECH_M_cost_accountability_NONE,
                INT64_C(21) * 60010000);
    assert_paid(SMALL("incident.veto_cost: 48"), ECH_M_cost_veto_NONE, INT64_C(21) * 4000000);
    assert_paid(SMALL("supervision.talks: 0.5, supervision.talk_cost: 240"), ECH_M_cost_talks_NONE,
                INT64_C(21) * 10000000);
    assert_paid(SMALL("supervision.audits: 0.25, supervision.audit_cost: 4800"),
                ECH_M_cost_audits_NONE, INT64_C(6) * 100000000);
}

/* The allowance is counted in yuan, the total in millionths. */
static void test_items_of_other_scales_add_up(void **state)
{
    struct table t = small(SMALL("incentive.allowance: 310, incentive.care_cost: 1200.36, "
                                 "reserve.deputy_ratio: 0, reserve.chief_ratio: 0.5, "
                                 "reserve.cost: 2385"),
                           NULL, NULL);
    for (int month = 0; month <= t.n_months; month++) {
        assert_int_equal(county_at(&t, month, ECH_M_cost_allowance_NONE, 0), 21 * 310);
        assert_int_equal(county_at(&t, month, ECH_M_cost_total_NONE, 0),
                         INT64_C(21) * 310000000 + INT64_C(21) * 100030000 +
                             county_at(&t, month, ECH_M_cost_reserve_NONE, 0));
    }
    assert_true(county_at(&t, 24, ECH_M_cost_reserve_NONE, 0) > 0);
    free_table(&t);
}

static void see_strain(const struct ech_run *run, const char *process, void *context)
{
    double *least = context; /* after the commendations, by month */
    for (ech_id id = 0; id < run->n_people && strcmp(process, "commendation") == 0; id++) {
        if (run->people[id].presence == ECH_SERVING) {
            least[run->month] = fmin(least[run->month], ech_strain_of(run, id));
        }
    }
}

/* Everybody is commended in March, which takes the strain that there is, and 21 x 1,500 yuan are paid. */
static void test_everybody_is_commended_in_the_month(void **state)
{
    double least[25];
    for (int month = 0; month <= 24; month++) {
        least[month] = 1;
    }
    struct table t = small(SMALL("commendation.share: 1, commendation.month: 3, "
                                 "commendation.relief: 1, commendation.cost: 1500, "
                                 "strain.load_gain: 0.07"),
                           see_strain, least);
    for (int month = 1; month <= t.n_months; month++) {
        bool march = month % 12 == 7; /* the start is in August */
        assert_int_equal(county_at(&t, month, ECH_M_commendations_NONE, 0), march ? 21 : 0);
        assert_int_equal(county_at(&t, month, ECH_M_cost_commendation_NONE, 0),
                         march ? INT64_C(21) * 1500000000 : 0);
        assert_true(march ? least[month] <= 0 : least[month] > 0);
    }
    free_table(&t);
}

/* Without relief a commendation is an honour that costs money and changes nothing else. */
static void test_without_relief_only_the_cost_differs(void **state)
{
    struct table a = small(SMALL("strain.load_gain: 0.07, exit.resign.rate: 0.2"), NULL, NULL);
    struct table b = small(SMALL("strain.load_gain: 0.07, exit.resign.rate: 0.2, "
                                 "commendation.share: 0.7, commendation.relief: 0"),
                           NULL, NULL);
    for (int slot = 0; slot < a.layout.n; slot++) {
        int index = 0;
        int row = ech_layout_row(&a.layout, slot, &index);
        bool own = row == ECH_M_commendations_NONE || row == ECH_M_cost_commendation_NONE ||
                   row == ECH_M_cost_total_NONE;
        for (int month = 0; month <= 24 && !own; month++) {
            assert_int_equal(county_at(&a, month, row, index), county_at(&b, month, row, index));
        }
    }
    assert_true(county_at(&b, 11, ECH_M_commendations_NONE, 0) > 0);
    free_table(&a);
    free_table(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items_are_heads_times_yuan),
        cmocka_unit_test(test_items_of_other_scales_add_up),
        cmocka_unit_test(test_everybody_is_commended_in_the_month),
        cmocka_unit_test(test_without_relief_only_the_cost_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
