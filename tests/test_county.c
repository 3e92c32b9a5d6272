/* A county of three units with totals of its own (scenarios/counties/example_small.yaml): every
   total that its file states is met to the person, and it runs. docs/county.md explains the
   file. */
#include "margins.h"

enum { N_REPLICATIONS = 9 };

/** The example, loaded. */
struct county {
    struct ech_scenario scenario;
    struct ech_run *run;
    struct margins_roll roll;
};

static struct county *load(void)
{
    struct county *county = calloc(1, sizeof *county);
    assert_non_null(county);
    load_file(ECH_SOURCE_DIR "/scenarios/counties/example_small.yaml", &county->scenario);
    assert_int_equal(ech_run_create(&county->scenario, &county->run, NULL), ECH_OK);
    county->roll.scenario = &county->scenario;
    return county;
}

static void unload(struct county *county)
{
    ech_run_free(county->run);
    ech_scenario_free(&county->scenario);
    free(county);
}

static void run(struct county *county, int replication, const struct ech_output *output)
{
    const struct ech_sink sink = {margins_take, &county->roll};
    county->roll.n = 0;
    assert_int_equal(
        ech_run_replication(county->run, UINT64_C(29), replication, output, &sink, NULL), ECH_OK);
}

static ech_id type_of(const struct county *county, const char *id)
{
    for (ech_id t = 0; t < county->scenario.n_types; t++) {
        if (strcmp(county->scenario.types[t].id, id) == 0) {
            return t;
        }
    }
    fail_msg("no type %s", id);
    return ECH_NONE;
}

/* Totals of one block: women, non-party, outsiders and education from "other" upwards. */
static void check_totals(const struct margins_tally *tally, const int *totals, const int *education)
{
    assert_int_equal(tally->n, totals[0]);
    assert_int_equal(tally->women, totals[1]);
    assert_int_equal(tally->nonparty, totals[2]);
    assert_int_equal(tally->outsiders, totals[3]);
    for (int e = 0; e < ECH_N_EDUCATIONS; e++) {
        assert_int_equal(tally->education[e], education[e]);
    }
}

static void check_township_leaders(const struct county *county)
{
    const struct margins_group group = {type_of(county, "township"), ECH_N_TRACKS, MARGINS_LEADERS};
    struct margins_tally tally = margins_count(&county->roll, group);
    check_totals(&tally, (const int[]){9, 2, 1, 3}, (const int[]){0, 3, 5, 1});
    assert_int_equal(margins_of_ages(&tally, 31, 39), 2);
    assert_int_equal(margins_of_ages(&tally, 40, 47), 6);
    assert_int_equal(margins_of_ages(&tally, 53, 55), 1);
    assert_int_equal(tally.fulltime[ECH_EDU_POSTGRADUATE], 1);
    assert_int_equal(tally.fulltime[ECH_EDU_BACHELOR], 2);
    assert_int_equal(tally.fulltime[ECH_EDU_COLLEGE], 0);
}

static void check_office_leaders(const struct county *county)
{
    const struct margins_group group = {type_of(county, "office"), ECH_N_TRACKS, MARGINS_LEADERS};
    struct margins_tally tally = margins_count(&county->roll, group);
    check_totals(&tally, (const int[]){3, 1, 0, 0}, (const int[]){0, 1, 2, 0});
    assert_int_equal(margins_of_ages(&tally, 36, 44), 1);
    assert_int_equal(margins_of_ages(&tally, 48, 56), 2);
    assert_int_equal(tally.fulltime[ECH_EDU_BACHELOR], 0);
}

/* Recruits and other staff share the places, so their totals are compared together; recruits are
   22 to 30 (entered at 22 to 27, up to 35 months ago), the others at least 29. */
static void check_staff(const struct county *county)
{
    const struct margins_group group = {ECH_NONE, ECH_ADMIN, MARGINS_STAFF};
    struct margins_tally tally = margins_count(&county->roll, group);
    check_totals(&tally, (const int[]){4 + 11, 3 + 5, 2 + 3, 1 + 2}, (const int[]){1, 6, 4 + 4, 0});
    assert_int_equal(tally.fulltime[ECH_EDU_BACHELOR], 4 + 1);
    assert_int_equal(margins_of_ages(&tally, 22, 38), 4 + 7);
    assert_int_equal(margins_of_ages(&tally, 45, 58), 4);
    assert_true(margins_of_ages(&tally, 22, 28) <= 4);
}

static void check_institution(const struct county *county)
{
    const struct margins_group group = {ECH_NONE, ECH_INSTITUTION, MARGINS_ALL};
    struct margins_tally tally = margins_count(&county->roll, group);
    check_totals(&tally, (const int[]){4, 2, 4, 0}, (const int[]){0, 3, 1, 0});
    assert_int_equal(margins_of_ages(&tally, 24, 33), 4);
}

/* The limit speaks of everybody: at most 5 of 28 to 32, whatever the blocks allow. */
static void check_limit(const struct county *county)
{
    const struct margins_group group = {ECH_NONE, ECH_N_TRACKS, MARGINS_ALL};
    struct margins_tally tally = margins_count(&county->roll, group);
    assert_int_equal(tally.n, 31);
    assert_true(margins_of_ages(&tally, 28, 32) <= 5);
}

static void test_every_total_of_the_file_is_met(void **state)
{
    struct county *county = load();
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        run(county, r, NULL);
        check_township_leaders(county);
        check_office_leaders(county);
        check_staff(county);
        check_institution(county);
        check_limit(county);
    }
    unload(county);
}

static void test_units_are_as_typed(void **state)
{
    struct county *county = load();
    const struct ech_scenario *scenario = &county->scenario;
    assert_int_equal(scenario->n_units, 3);
    assert_int_equal(scenario->n_posts, 12);
    assert_string_equal(scenario->units[0].id, "finance"); /* sorted by id */
    assert_string_equal(scenario->units[1].id, "hill");
    assert_string_equal(scenario->units[2].id, "river");
    assert_int_equal(scenario->units[0].establishment[ECH_ADMIN], 7);
    assert_int_equal(scenario->units[1].establishment[ECH_ADMIN], 11);
    assert_int_equal(scenario->units[2].establishment[ECH_ADMIN], 9);
    assert_int_equal(scenario->units[2].establishment[ECH_INSTITUTION], 4);
    assert_int_equal(scenario->units[0].n_posts, 3);
    assert_int_equal(scenario->units[1].n_posts, 5);
    assert_int_equal(scenario->units[2].n_posts, 4);
    assert_true(scenario->units[1].remoteness > 0.79 && scenario->units[1].remoteness < 0.81);
    assert_int_equal(scenario->start_month, 2021 * 12 + 11);
    assert_int_equal(scenario->n_months, 60);
    unload(county);
}

/* Five years pass: posts stay 12, the books stay within the establishment, people come and go. */
static void test_the_county_runs(void **state)
{
    struct county *county = load();
    struct table table = make_table(&county->scenario);
    run(county, 1, &table.output);
    int64_t exits = 0, entries = 0;
    for (int month = 0; month <= county->scenario.n_months; month++) {
        assert_int_equal(county_at(&table, month, ECH_M_posts_NONE, 0), 12);
        assert_in_range(county_at(&table, month, ECH_M_heads_NONE, 0), 0, 27);
        exits += county_at(&table, month, ECH_M_exits_NONE, 0);
        entries += county_at(&table, month, ECH_M_entries_NONE, 0);
    }
    assert_int_equal(27 + entries - exits, county_at(&table, 60, ECH_M_heads_NONE, 0));
    assert_true(exits > 0 && entries > 0);
    free_table(&table);
    unload(county);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units_are_as_typed),
        cmocka_unit_test(test_every_total_of_the_file_is_met),
        cmocka_unit_test(test_the_county_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
