/* Summaries against GSL, and the paired interval against an example worked by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "results/compare.h"
#include "results/statistics.h"

#define assert_near(a, b, within) assert_true(fabs((a) - (b)) <= (within))

static void test_quantiles_are_those_of_gsl(void **state)
{
    double values[] = {2.385, -1.07, 19.31, 0.4441, 7.093, 3.3, 2.385, 11.77, -0.613, 5.21, 8.08};
    enum { N = sizeof values / sizeof *values };
    struct ech_summary summary = ech_summarise_sorting(values, N);
    gsl_sort(values, 1, N);
    assert_int_equal(summary.n, N);
    assert_near(summary.p05, gsl_stats_quantile_from_sorted_data(values, 1, N, 0.05), 0);
    assert_near(summary.p25, gsl_stats_quantile_from_sorted_data(values, 1, N, 0.25), 0);
    assert_near(summary.p50, gsl_stats_median_from_sorted_data(values, 1, N), 1e-15);
    assert_near(summary.p75, gsl_stats_quantile_from_sorted_data(values, 1, N, 0.75), 0);
    assert_near(summary.p95, gsl_stats_quantile_from_sorted_data(values, 1, N, 0.95), 0);
    assert_near(summary.p50, 3.3, 1e-15);
    assert_near(summary.p25, 0.5 * (0.4441 + 2.385), 1e-15);
    assert_near(summary.mean, gsl_stats_mean(values, 1, N), 1e-14);
    assert_near(summary.sd, gsl_stats_sd(values, 1, N), 1e-14);
    assert_near(summary.se, summary.sd / sqrt(11), 1e-15);
}

static void test_undefined_values_are_left_out_and_counted(void **state)
{
    double values[] = {NAN, 4.5, NAN, 7.25};
    struct ech_summary summary = ech_summarise_sorting(values, 4);
    assert_int_equal(summary.n, 2);
    assert_near(summary.mean, 5.875, 0);
    assert_near(summary.p50, 5.875, 1e-15);
}

static void test_small_samples_have_no_spread(void **state)
{
    double values[] = {NAN, 6.25};
    struct ech_summary none = ech_summarise_sorting(values, 1);
    assert_int_equal(none.n, 0);
    assert_true(isnan(none.mean) && isnan(none.sd) && isnan(none.p50) && isnan(none.low));
    struct ech_summary one = ech_summarise_sorting(values, 2);
    assert_int_equal(one.n, 1);
    assert_near(one.mean, 6.25, 0);
    assert_near(one.p95, 6.25, 0);
    assert_true(isnan(one.sd) && isnan(one.se) && isnan(one.low) && isnan(one.high));
}

/* Without memory and without sorting, to the last bit what GSL makes of the defined values; columns and
   pairs too. */
static void test_moments_need_no_memory_and_are_those_of_gsl(void **state)
{
    enum { N = 997, APART = 3 };
    static double values[APART * N], others[N], defined[N], differences[N];
    unsigned h = 2463534242u;
    int n = 0, n_pairs = 0;
    for (int i = 0; i < N; i++) {
        h ^= h << 13, h ^= h >> 17, h ^= h << 5;
        values[APART * i] = h % 7 == 0 ? NAN : 1e-3 * (double)(h % 1000003) - 77.7;
        others[i] = h % 11 == 0 ? NAN : (double)(h % 313) / 7;
        if (!isnan(values[APART * i])) {
            defined[n++] = values[APART * i];
        }
        if (!isnan(values[APART * i] - others[i])) {
            differences[n_pairs++] = values[APART * i] - others[i];
        }
    }
    struct ech_summary column = ech_summarise_column(values, APART, N);
    assert_int_equal(column.n, n);
    assert_true(column.mean == gsl_stats_mean(defined, 1, (size_t)n));
    assert_true(column.sd == gsl_stats_sd_m(defined, 1, (size_t)n, column.mean));
    assert_true(isnan(column.p50));
    for (int i = 0; i < N; i++) {
        values[i] = values[APART * i]; /* behind nothing that is still needed */
    }
    struct ech_summary pairs = ech_summarise_pairs(values, others, N);
    assert_int_equal(pairs.n, n_pairs);
    assert_true(pairs.mean == gsl_stats_mean(differences, 1, (size_t)n_pairs));
    assert_true(pairs.sd == gsl_stats_sd_m(differences, 1, (size_t)n_pairs, pairs.mean));
}

/* Student's sleep data: differences 1.2 2.4 1.3 1.3 0.0 1.0 1.8 0.8 4.6 1.4, mean 1.58,
   sd 1.229995, t(9) 2.262157, 95 % interval 0.7001142 to 2.4598858 (R, t.test(paired = TRUE)). */
static void test_paired_interval_is_students_own(void **state)
{
    double drug[] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4, NAN, 3.0};
    double other[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0, 2.0, NAN};
    struct ech_summary summary = ech_summarise_pairs(drug, other, 12);
    assert_int_equal(summary.n, 10);
    assert_near(summary.mean, 1.58, 1e-12);
    assert_near(summary.sd, 1.229995, 1e-6);
    assert_near(summary.low, 0.7001142, 1e-7);
    assert_near(summary.high, 2.4598858, 1e-7);
}

static void test_mean_over_years_leaves_undefined_years_out(void **state)
{
    double values[] = {100, 1.5, NAN, 4, 200, NAN, NAN, NAN}; /* 2 replications, years 0 to 3 */
    double out[2];
    ech_mean_over_years(values, 2, 3, 1, 3, out);
    assert_near(out[0], 2.75, 0);
    assert_true(isnan(out[1]));
    ech_mean_over_years(values, 2, 3, 0, 0, out);
    assert_near(out[1], 200, 0);
}

static void test_best_is_shared_in_ties(void **state)
{
    /* three scenarios, five replications; the last has an undefined value */
    double better[] = {3.1, 2.0, 5.0, 0, 9, /**/ 1.0, 2.0, 5.0, 0, NAN, /**/ 2.5, 1.0, 5.0, 1, 0};
    double share[3];
    ech_share_best(better, 3, 5, share);
    assert_near(share[0], (1 + 0.5 + 1 / 3.0 + 0) / 4, 1e-15);
    assert_near(share[1], (0 + 0.5 + 1 / 3.0 + 0) / 4, 1e-15);
    assert_near(share[2], (0 + 0 + 1 / 3.0 + 1) / 4, 1e-15);
    ech_share_best(better + 4, 1, 1, share);
    assert_near(share[0], 1, 0);
    double undefined = NAN;
    ech_share_best(&undefined, 1, 1, share);
    assert_true(isnan(share[0]));
}

static void test_verdict_needs_an_interval_without_zero(void **state)
{
    struct ech_summary up = {.low = 0.11, .high = 0.62}, down = {.low = -0.62, .high = -0.11};
    struct ech_summary unclear = {.low = -0.01, .high = 0.5}, same = {.low = 0, .high = 0};
    struct ech_summary one = {.low = NAN, .high = NAN};
    assert_int_equal(ech_compare_verdict(&up, true), ECH_VERDICT_BETTER);
    assert_int_equal(ech_compare_verdict(&up, false), ECH_VERDICT_WORSE);
    assert_int_equal(ech_compare_verdict(&down, true), ECH_VERDICT_WORSE);
    assert_int_equal(ech_compare_verdict(&down, false), ECH_VERDICT_BETTER);
    assert_int_equal(ech_compare_verdict(&unclear, true), ECH_VERDICT_UNCLEAR);
    assert_int_equal(ech_compare_verdict(&same, true), ECH_VERDICT_UNCLEAR);
    assert_int_equal(ech_compare_verdict(&one, true), ECH_VERDICT_UNCLEAR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantiles_are_those_of_gsl),
        cmocka_unit_test(test_undefined_values_are_left_out_and_counted),
        cmocka_unit_test(test_moments_need_no_memory_and_are_those_of_gsl),
        cmocka_unit_test(test_small_samples_have_no_spread),
        cmocka_unit_test(test_paired_interval_is_students_own),
        cmocka_unit_test(test_mean_over_years_leaves_undefined_years_out),
        cmocka_unit_test(test_best_is_shared_in_ties),
        cmocka_unit_test(test_verdict_needs_an_interval_without_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
