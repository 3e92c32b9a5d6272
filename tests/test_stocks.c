/* Stocks that are changed only for those to whom something happens are those of a count of everybody. */
#include "fixture.h"
#include "model/state.h"

/* Before the counters of the month are recorded everybody is due to be counted. */
static void make_everybody_due(const struct ech_run *run, const char *process, void *context)
{
    (void)context;
    for (ech_id id = 0; strcmp(process, "reserve") == 0 && id < run->n_people; id++) {
        run->recount[id] = ECH_LONG_AGO;
    }
}

static void check_file(const char *path)
{
    struct ech_scenario s = {0};
    load_file(path, &s);
    for (int replication = 1; replication <= 2; replication++) {
        struct table kept = run_table(&s, 1, replication, NULL, NULL);
        struct table counted = run_table(&s, 1, replication, make_everybody_due, NULL);
        assert_memory_equal(kept.output.type, counted.output.type,
                            type_size(&kept) * sizeof(int64_t));
        assert_memory_equal(kept.output.unit, counted.output.unit,
                            unit_size(&kept) * sizeof(int64_t));
        free_table(&kept);
        free_table(&counted);
    }
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
    struct ech_scenario s = {0};
    load_text("extends: " BASELINE "\nname: pool\nmonths: 120\n"
              "policy: {reserve.county_pool: true, reserve.within: 24, eligibility.base_time: 27,\n"
              "  grade.rule: results, secondment.up: 9, secondment.down: 7}\n",
              &s);
    struct table kept = run_table(&s, 3, 1, NULL, NULL);
    struct table counted = run_table(&s, 3, 1, make_everybody_due, NULL);
    assert_memory_equal(kept.output.type, counted.output.type, type_size(&kept) * sizeof(int64_t));
    assert_memory_equal(kept.output.unit, counted.output.unit, unit_size(&kept) * sizeof(int64_t));
    free_table(&kept);
    free_table(&counted);
    ech_scenario_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stocks_equal_a_count_of_everybody),
        cmocka_unit_test(test_stocks_hold_under_other_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
