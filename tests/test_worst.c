/* The worst year: which it is, that its interval holds for all years together, and that equal policies
   are not called harmful more often than it says. */
#include <math.h>

#include "fixture.h"

#include <gsl/gsl_cdf.h>

#include "model/chance.h"
#include "results/worst.h"
#include "tests/results_files.h"

enum { N = 6 };

static int setup(void **state)
{
    return files_setup_run(state, N);
}

static void test_measures_have_a_good_side_or_none(void **state)
{
    assert_int_equal(ech_worst_better("reserve_ratio"), 1);
    assert_int_equal(ech_worst_better("reserve_ratio[chief]"), 1);
    assert_int_equal(ech_worst_better("posts_vacant[nobody]"), -1);
    assert_int_equal(ech_worst_better("posts_vacant"), -1);
    assert_int_equal(ech_worst_better("worst_unit[reserve]"), 1);
    assert_int_equal(ech_worst_better("worst_unit[vacancy]"), -1);
    assert_int_equal(ech_worst_better("heads"), 0);
    assert_int_equal(ech_worst_better("posts"), 0);
    assert_int_equal(ech_worst_better("reserve_needed"), 0);
    assert_int_equal(ech_worst_better("no_such_measure"), 0);
}

/* Three replications of years 0 to 3; the means of years 1 to 3 are -0.7, 1.1 and 2.3. */
static const double differences[] = {9, -0.9, 1.0, 5.9, /**/
                                     9, -0.5, 1.2, -0.3, 9, -0.7, 1.1, 1.3};

/* Year 3 is the largest loss of vacancies but not clear; year 2 is, at 1 - 0.05 / 3: sd 0.1. */
static void test_a_clear_loss_comes_before_a_larger_doubtful_one(void **state)
{
    struct ech_worst worst = ech_worst_find(differences, 3, 3, 1, 3, -1);
    double half = gsl_cdf_tdist_Pinv(1 - 0.025 / 3, 2) * 0.1 / sqrt(3);
    assert_int_equal(worst.year, 2);
    assert_int_equal(worst.verdict, ECH_VERDICT_WORSE);
    assert_true(fabs(worst.difference.mean - 1.1) < 1e-12);
    assert_true(fabs(worst.difference.low - (1.1 - half)) < 1e-9);
    assert_true(fabs(worst.difference.high - (1.1 + half)) < 1e-9);
    worst = ech_worst_find(differences, 3, 3, 1, 3, 1); /* less of a good thing */
    assert_int_equal(worst.year, 1);
    worst = ech_worst_find(differences, 2, 3, 1, 3, -1); /* two replications make nothing clear */
    assert_int_equal(worst.year, 3);
    assert_int_equal(worst.verdict, ECH_VERDICT_UNCLEAR);
    worst = ech_worst_find(differences, 1, 3, 1, 3, -1);
    assert_int_equal(worst.year, 3);
    assert_true(isnan(worst.difference.low));
}

static void test_what_has_no_worst_year(void **state)
{
    const double undefined[] = {0, NAN, NAN, 0, NAN, NAN};
    assert_int_equal(ech_worst_find(differences, 3, 3, 1, 3, 0).year, ECH_NONE);
    assert_int_equal(ech_worst_find(undefined, 2, 2, 1, 2, 1).year, ECH_NONE);
    assert_int_equal(ech_worst_find(undefined, 2, 2, 0, 2, 1).year, 0);
    assert_int_equal(ech_worst_find(differences, 0, 3, 1, 3, 1).year, ECH_NONE);
}

enum { YEARS = 15, SAMPLES = 4000, PAIRS = 9 };

/* Normal differences of independent years with mean 0: a single year is called worse with the chance
   0.025 / 15, one of the fifteen with 1 - (1 - 0.025 / 15)^15 = 0.02471 (exact). Of 4,000: mean 98.8,
   sd 9.82; within 3.9 sd. Without the correction it would be 1 - 0.975^15 = 0.316 of them. */
static void test_equal_years_are_called_worse_as_often_as_it_says(void **state)
{
    const struct ech_chance chance = {1931, 1};
    int alarms = 0, naive = 0;
    for (int s = 0; s < SAMPLES; s++) {
        double values[PAIRS * (YEARS + 1)];
        bool any = false;
        for (int i = 0; i < PAIRS * (YEARS + 1); i++) {
            values[i] = 2.3 * ech_chance_normal(&chance, (ech_key)(s * PAIRS * (YEARS + 1) + i), 0,
                                                ECH_FOR_TIE);
        }
        alarms += ech_worst_find(values, PAIRS, YEARS, 1, YEARS, 1).verdict == ECH_VERDICT_WORSE;
        for (int y = 1; y <= YEARS; y++) {
            any = any || ech_worst_find(values, PAIRS, YEARS, y, y, 1).verdict == ECH_VERDICT_WORSE;
        }
        naive += any;
    }
    assert_in_range(alarms, 61, 137);
    assert_true(naive > 1100); /* 1,264 expected, sd 29.4 */
}

/* Posts vacant in each year of one replication, means over its months. */
static void read_vacant(struct ech_run *run, struct table *t, int replication, double *years)
{
    assert_int_equal(ech_run_replication(run, 77, replication, &t->output, NULL, NULL), ECH_OK);
    for (int y = 1; y <= YEARS; y++) {
        years[y] = 0;
        for (int month = 12 * y - 11; month <= 12 * y; month++) {
            years[y] += (double)county_at(t, month, ECH_M_posts_vacant_NONE, 0) / 12;
        }
    }
}

/* The same policy twice, each with luck of its own (replications that are not paired): years hang
   together and counts are small and skewed, and still it is called harmful at most as often as the
   2.5 % of one side: of 600 comparisons at most 15 are expected, sd 3.82; above 15 + 3.8 sd by chance
   with less than 1e-4. */
static void test_equal_policies_of_the_model_are_seldom_called_harmful(void **state)
{
    enum { COMPARISONS = 600 };
    struct ech_scenario s = {0};
    struct ech_run *run;
    int alarms = 0, naive = 0, n = 0;
    load_text("extends: " ECH_SOURCE_DIR "/tests/verify/quiet.yaml\nname: t\nstart: 2019-08\n"
              "years: 15\ncounty: {id: small}\nlevels: [{id: staff}, {id: chief}]\n"
              "kinds: [{id: head, level: chief, role: department_chief}]\n"
              "types: [{id: a}]\n"
              "units: [{id: a, count: 2, type: a, establishment: {admin: 7}, posts: {head: 2}}]\n"
              "initial: {blocks: [{id: b, fill: posts, ages: [[30, 39, rest]]},\n"
              "  {id: c, fill: staff, track: admin, count: 8, ages: [[24, 33, rest]]}]}\n"
              "policy: {exit.resign.rate: 0.239, procedure.months: 5, hiring.quota: 3}\n",
              &s);
    struct table t = make_table(&s);
    assert_int_equal(ech_run_create(&s, &run, NULL), ECH_OK);
    for (int c = 0; c < COMPARISONS; c++) {
        double values[PAIRS * (YEARS + 1)];
        for (int i = 0; i < PAIRS; i++) {
            double first[YEARS + 1], second[YEARS + 1];
            read_vacant(run, &t, ++n, first);
            read_vacant(run, &t, ++n, second);
            for (int y = 1; y <= YEARS; y++) {
                values[i * (YEARS + 1) + y] = second[y] - first[y];
            }
        }
        bool any = false;
        for (int y = 1; y <= YEARS; y++) {
            any =
                any || ech_worst_find(values, PAIRS, YEARS, y, y, -1).verdict == ECH_VERDICT_WORSE;
        }
        naive += any;
        alarms += ech_worst_find(values, PAIRS, YEARS, 1, YEARS, -1).verdict == ECH_VERDICT_WORSE;
    }
    assert_in_range(alarms, 0, 29);
    assert_true(naive > 29); /* so that years looked at one by one would not pass */
    ech_run_free(run);
    free_table(&t);
    ech_scenario_free(&s);
}

/* From a file: the differences of each year, replication by replication. */
static void test_years_are_read_in_pairs(void **state)
{
    struct ech_error error = {0};
    struct ech_results *results = files_open(files_path("run.db"));
    double *values[2], expected[N * 4];
    int n, n_years;
    for (int s = 0; s < 2; s++) {
        files_expect(
            ech_results_yearly(results, s, 0, "posts_vacant", &values[s], &n, &n_years, &error),
            ECH_OK, &error);
    }
    assert_int_equal(n_years, 3);
    for (int i = 0; i < N * 4; i++) {
        expected[i] = values[1][i] - values[0][i];
    }
    struct ech_worst direct = ech_worst_find(expected, N, 3, 1, 3, -1), worst;
    struct ech_worst_question question = {
        .group = "uneven", .measure = "posts_vacant", .from = 1, .to = 3};
    files_expect(ech_worst_read(results, 0, 1, &question, &worst, &error), ECH_OK, &error);
    assert_int_equal(worst.year, direct.year);
    assert_int_equal(worst.difference.n, N);
    assert_true(worst.difference.mean == direct.difference.mean);
    assert_true(worst.difference.high == direct.difference.high);
    question.group = "no_such_unit";
    files_expect(ech_worst_read(results, 0, 1, &question, &worst, &error), ECH_OK, &error);
    assert_int_equal(worst.year, ECH_NONE);
    question = (struct ech_worst_question){.measure = "heads", .from = 1, .to = 3};
    files_expect(ech_worst_read(results, 0, 1, &question, &worst, &error), ECH_OK, &error);
    assert_int_equal(worst.year, ECH_NONE);
    free(values[0]), free(values[1]);
    ech_results_close(results);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_measures_have_a_good_side_or_none),
        cmocka_unit_test(test_a_clear_loss_comes_before_a_larger_doubtful_one),
        cmocka_unit_test(test_what_has_no_worst_year),
        cmocka_unit_test(test_equal_years_are_called_worse_as_often_as_it_says),
        cmocka_unit_test(test_equal_policies_of_the_model_are_seldom_called_harmful),
        cmocka_unit_test(test_years_are_read_in_pairs),
    };
    return cmocka_run_group_tests(tests, setup, files_teardown);
}
