/* The price of a leader kept: the ratio of means, Fieller's limits, and what is undefined. */
#include <math.h>

#include "fixture.h"

#include <gsl/gsl_cdf.h>

#include "model/chance.h"
#include "results/price.h"

static void assert_near(double value, double expected, double relative)
{
    if (!(fabs(value - expected) <= relative * fabs(expected))) {
        fail_msg("%.17g, not %.17g", value, expected);
    }
}

/* t of the mean of cost - R kept. */
static double t_of(const double *cost, const double *kept, int n, double r)
{
    double mean = 0, square = 0;
    for (int i = 0; i < n; i++) {
        mean += (cost[i] - r * kept[i]) / n;
    }
    for (int i = 0; i < n; i++) {
        square += pow(cost[i] - r * kept[i] - mean, 2) / (n - 1) / n;
    }
    return mean / sqrt(square);
}

/* By definition the limits are where t reaches its 95 % value, and only there. */
static void test_limits_are_where_the_difference_becomes_clear(void **state)
{
    const double cost[] = {2385.6, 1911.3, 2790.1, 2239.7, 2518.9, 2041.2};
    const double kept[] = {1.31, 0.83, 1.79, 1.07, 0.43, 1.61};
    struct ech_summary price = ech_price(cost, kept, 6);
    double t = gsl_cdf_tdist_Pinv(0.975, 5);
    assert_int_equal(price.n, 6);
    assert_near(price.mean, 13886.8 / 7.04, 1e-12);
    assert_near(t_of(cost, kept, 6, price.low), t, 1e-9);
    assert_near(t_of(cost, kept, 6, price.high), -t, 1e-9);
    assert_true(price.low < price.mean && price.mean < price.high);
}

/* With a sure number of leaders the limits are those of the cost, divided. */
static void test_a_sure_number_leaves_the_interval_of_the_cost(void **state)
{
    const double cost[] = {2385.6, 1911.3, NAN, 2790.1, 2239.7};
    const double kept[] = {1.7, 1.7, 1.7, 1.7, 1.7};
    struct ech_summary price = ech_price(cost, kept, 5);
    struct ech_summary alone = ech_summarise(cost, 5);
    assert_int_equal(price.n, 4);
    assert_near(price.mean, alone.mean / 1.7, 1e-12);
    assert_near(price.low, alone.low / 1.7, 1e-9);
    assert_near(price.high, alone.high / 1.7, 1e-9);
}

/* The limits hold the true ratio in 95 of 100 samples (exact for normal pairs): counted over 4,000. */
static void test_limits_hold_the_ratio_as_often_as_they_say(void **state)
{
    enum { SAMPLES = 4000, N = 9 };
    const struct ech_chance chance = {2385, 1};
    int hits = 0;
    for (int s = 0; s < SAMPLES; s++) {
        double cost[N], kept[N];
        for (int i = 0; i < N; i++) {
            double common = ech_chance_normal(&chance, (ech_key)(s * N + i), 0, ECH_FOR_TIE);
            kept[i] = 2.3 + 0.7 * ech_chance_normal(&chance, (ech_key)(s * N + i), 1, ECH_FOR_TIE) +
                      0.3 * common;
            cost[i] = 71 + 19 * common;
        }
        struct ech_summary price = ech_price(cost, kept, N);
        hits += isnan(price.low) || (price.low <= 71 / 2.3 && 71 / 2.3 <= price.high);
    }
    /* Binomial(4000, 0.95): mean 3,800, sd 13.8; within 3.9 sd */
    assert_in_range(hits, 3746, 3854);
}

static void test_nobody_kept_has_no_price(void **state)
{
    const double cost[] = {10, 12, 11};
    const double none[] = {0, 0, 0};
    const double fewer[] = {-1, -2, -1};
    const double doubtful[] = {-1, 2, 0};
    assert_true(isnan(ech_price(cost, none, 3).mean) && isnan(ech_price(cost, none, 3).low));
    assert_true(isnan(ech_price(cost, fewer, 3).mean) && isnan(ech_price(cost, fewer, 3).high));
    assert_near(ech_price(cost, doubtful, 3).mean, 33, 1e-12);
    assert_true(isnan(ech_price(cost, doubtful, 3).low)); /* not bounded */
    assert_true(isnan(ech_price(cost, none, 0).mean));
    assert_near(ech_price(cost, (const double[]){4}, 1).mean, 2.5, 1e-15);
    assert_true(isnan(ech_price(cost, (const double[]){4}, 1).low));
}

/* A policy that costs nothing keeps people for nothing; one that saves money has a negative price. */
static void test_free_and_saving_policies(void **state)
{
    const double zero[] = {0, 0, 0}, saved[] = {-10, -12, -11}, kept[] = {1, 1.5, 1.2};
    assert_true(ech_price(zero, kept, 3).mean == 0);
    assert_true(ech_price(zero, kept, 3).low == 0 && ech_price(zero, kept, 3).high == 0);
    assert_true(ech_price(saved, kept, 3).mean < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_limits_are_where_the_difference_becomes_clear),
        cmocka_unit_test(test_a_sure_number_leaves_the_interval_of_the_cost),
        cmocka_unit_test(test_limits_hold_the_ratio_as_often_as_they_say),
        cmocka_unit_test(test_nobody_kept_has_no_price),
        cmocka_unit_test(test_free_and_saving_policies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
