/* Stocks that are changed only for those to whom something happens are those of a count of everybody. */
#include "model/state.h"
#include "random_scenario.h"

/* Before the counters of the month are recorded everybody is due to be counted. */
static void make_everybody_due(const struct ech_run *run, const char *process, void *context)
{
    (void)context;
    for (ech_id id = 0; strcmp(process, "reserve") == 0 && id < run->n_people; id++) {
        run->recount[id] = ECH_LONG_AGO;
    }
}

static void check_stocks(const struct ech_scenario *s, uint64_t seed, int replication)
{
    struct table kept = run_table(s, seed, replication, NULL, NULL);
    struct table counted = run_table(s, seed, replication, make_everybody_due, NULL);
    assert_memory_equal(kept.output.type, counted.output.type, type_size(&kept) * sizeof(int64_t));
    assert_memory_equal(kept.output.unit, counted.output.unit, unit_size(&kept) * sizeof(int64_t));
    free_table(&kept);
    free_table(&counted);
}

static void check_file(const char *path)
{
    struct ech_scenario s = {0};
    load_file(path, &s);
    check_stocks(&s, 1, 1);
    check_stocks(&s, 1, 2);
    ech_scenario_free(&s);
}

static void check_text(const char *text)
{
    struct ech_scenario s = {0};
    load_text(text, &s);
    check_stocks(&s, 3, 1);
    ech_scenario_free(&s);
}

static void test_stocks_equal_a_count_of_everybody(void **state)
{
    (void)state;
    check_file(BASELINE);
    check_file(ECH_SOURCE_DIR "/tests/verify/everything.yaml");
}

/* Lists and moves that the two above have not: retirement by choice, a pool of the county. */
static void test_stocks_hold_under_other_rules(void **state)
{
    (void)state;
    check_text(
        "extends: " BASELINE "\nname: pool\nmonths: 120\n"
        "policy: {reserve.county_pool: true, reserve.within: 24, eligibility.base_time: 27,\n"
        "  grade.rule: results, secondment.up: 9, secondment.down: 7}\n");
}

/* Those whom a change spares become too old for any other post by the passing of time. */
static void test_stocks_know_who_has_outlived_a_retirement(void **state)
{
    (void)state;
    check_text("extends: " BASELINE "\nname: spared\nmonths: 120\n"
               "policy: {retirement.rule: old, eligibility.max_age: 60, reserve.max_age: 60}\n"
               "changes:\n  - from: 2022-01\n    grandfather: true\n"
               "    policy: {retirement.age_men: 47, retirement.age_women: 43}\n");
}

/* Whoever is rated too low to be ready is so again when a year goes by without a rating: nothing but the
   assessment says it of him, as the demerit bars him from nothing. */
static void test_stocks_know_a_year_without_a_rating(void **state)
{
    (void)state;
    check_text("extends: " BASELINE "\nname: unrated\nmonths: 120\n"
               "policy: {eligibility.min_rating: competent, reserve.min_rating: off,\n"
               "  reserve.max_age: off, reserve.within: 240, reserve.renew_every: 240,\n"
               "  assessment.basic: 0.5, assessment.admonish: false, assessment.demote: false,\n"
               "  assessment.dismiss: false, discipline.rate: 0.5, discipline.block.demerit: 0,\n"
               "  discipline.share.warning: 0, discipline.share.demerit: 1,\n"
               "  discipline.share.serious_demerit: 0, discipline.share.demotion: 0,\n"
               "  discipline.share.removal: 0, discipline.share.dismissal: 0}\n");
}

static void test_stocks_hold_under_any_rules(void **state)
{
    (void)state;
    random_scenarios_check(check_file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stocks_equal_a_count_of_everybody),
        cmocka_unit_test(test_stocks_hold_under_other_rules),
        cmocka_unit_test(test_stocks_know_who_has_outlived_a_retirement),
        cmocka_unit_test(test_stocks_know_a_year_without_a_rating),
        cmocka_unit_test(test_stocks_hold_under_any_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
