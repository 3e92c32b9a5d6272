/* The generator against its published known answers, and what an address promises. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "model/chance.h"

/* Known answers of threefry2x64, 20 rounds (Random123, kat_vectors). An address (identity, month,
   purpose, block) is the counter, (seed, replication) the key. */
static void test_bits_equal_published_answers(void **state)
{
    (void)state;
    struct ech_chance zero = {0, 0};
    assert_true(ech_chance_bits(&zero, 0, 0, (enum ech_purpose)0) == 0xc2b6e3a8c2c69865U);
    struct ech_chance ones = {UINT64_MAX, UINT64_MAX};
    struct ech_chance pi = {0xa4093822299f31d0U, 0x082efa98ec4e6c89U};
    gsl_rng *rng = gsl_rng_alloc(ech_rng_type);
    struct ech_stream *stream = gsl_rng_state(rng);
    ech_stream_at(rng, &ones, UINT64_MAX, -1, (enum ech_purpose)0xff);
    stream->block = 0xffffff;
    assert_true(gsl_rng_get(rng) == 0xe02cb7c4U);
    ech_stream_at(rng, &pi, 0x243f6a8885a308d3U, 0x13198a2e, (enum ech_purpose)0x03);
    stream->block = 0x707344;
    assert_true(gsl_rng_get(rng) == 0x263c7d30U);
    gsl_rng_free(rng);
}

static void test_uniform_stays_inside_open_interval_and_fits(void **state)
{
    (void)state;
    enum { N = 100003, BINS = 37 };
    int count[BINS] = {0};
    struct ech_chance chance = {2385, 7};
    for (int i = 0; i < N; i++) {
        double u = ech_chance_uniform(&chance, (ech_key)i, 11, ECH_FOR_EXIT);
        assert_true(u > 0 && u < 1);
        count[(int)(u * BINS)]++;
    }
    double chi = 0;
    for (int b = 0; b < BINS; b++) {
        double expected = (double)N / BINS;
        chi += (count[b] - expected) * (count[b] - expected) / expected;
    }
    assert_true(gsl_cdf_chisq_Q(chi, BINS - 1) > 1e-4);
}

/* Months, purposes, replications and identities do not share luck: correlations of 20,001 pairs lie
   within 4.2 standard errors (two-sided 2.7e-5 each, four of them). */
static void test_addresses_are_unrelated(void **state)
{
    (void)state;
    enum { N = 20001 };
    struct ech_chance chance = {1, 1};
    struct ech_chance next = {1, 2};
    double sum[4] = {0};
    for (int i = 0; i < N; i++) {
        double a = ech_chance_uniform(&chance, (ech_key)i, 5, ECH_FOR_EXIT) - 0.5;
        sum[0] += a * (ech_chance_uniform(&chance, (ech_key)i, 6, ECH_FOR_EXIT) - 0.5);
        sum[1] += a * (ech_chance_uniform(&chance, (ech_key)i, 5, ECH_FOR_CAUSE) - 0.5);
        sum[2] += a * (ech_chance_uniform(&next, (ech_key)i, 5, ECH_FOR_EXIT) - 0.5);
        sum[3] += a * (ech_chance_uniform(&chance, (ech_key)i + 1, 5, ECH_FOR_EXIT) - 0.5);
    }
    for (int k = 0; k < 4; k++) {
        assert_true(fabs(sum[k] * 12 / sqrt(N)) < 4.2);
    }
}

static void test_threshold_keeps_zero_and_one_exact(void **state)
{
    (void)state;
    assert_true(ech_chance_threshold(0) == 0);
    assert_true(ech_chance_threshold(-0.5) == 0);
    assert_true(ech_chance_threshold(1) == UINT64_MAX);
    assert_true(ech_chance_threshold(0.5) == (uint64_t)1 << 63);
}

static void test_below_covers_its_range(void **state)
{
    (void)state;
    int seen[7] = {0};
    struct ech_chance chance = {3, 1};
    for (int i = 0; i < 1000; i++) {
        int k = ech_chance_below(&chance, (ech_key)i, 0, ECH_FOR_AGE, 7);
        assert_in_range(k, 0, 6);
        seen[k]++;
    }
    for (int k = 0; k < 7; k++) {
        assert_true(seen[k] > 0);
    }
    assert_int_equal(ech_chance_below(&chance, 1, 0, ECH_FOR_AGE, 0), 0);
}

/* Mean and variance of 50,021 normals: z below 4.4 each (false alarm 2.2e-5 together). */
static void test_normal_has_mean_zero_and_variance_one(void **state)
{
    (void)state;
    enum { N = 50021 };
    double sum = 0;
    double squares = 0;
    struct ech_chance chance = {9, 1};
    for (int i = 0; i < N; i++) {
        double x = ech_chance_normal(&chance, (ech_key)i, 0, ECH_FOR_MERIT);
        sum += x;
        squares += x * x;
    }
    assert_true(fabs(sum / sqrt(N)) < 4.4);
    assert_true(fabs((squares - N) / sqrt(2.0 * N)) < 4.4);
}

static void test_stream_serves_gsl_distributions(void **state)
{
    (void)state;
    enum { N = 4001 };
    struct ech_chance chance = {5, 3};
    gsl_rng *rng = gsl_rng_alloc(ech_rng_type);
    double sum = 0;
    for (int i = 0; i < N; i++) {
        ech_stream_at(rng, &chance, (ech_key)i, 0, ECH_FOR_EXIT);
        sum += gsl_ran_poisson(rng, 2.385);
    }
    assert_true(fabs((sum - N * 2.385) / sqrt(N * 2.385)) < 4.2);
    gsl_rng_set(rng, 12);
    unsigned long first = gsl_rng_get(rng);
    gsl_rng_set(rng, 12);
    assert_true(gsl_rng_get(rng) == first);
    gsl_rng_free(rng);
}

/* Rows on both sides of a whole number of lanes, and thresholds that none and all fall below. */
static void test_many_draws_equal_single_ones(void **state)
{
    (void)state;
    enum { N = 1031 };
    struct ech_chance chance = {23850123456789U, 17};
    ech_key keys[N];
    uint64_t thresholds[N];
    ech_id hits[N];
    for (int i = 0; i < N; i++) {
        keys[i] = ech_key_pair((uint64_t)i, 239);
        thresholds[i] = ech_chance_threshold(i % 7 == 0 ? 1 : i % 7 == 1 ? 0 : i % 11 / 23.85);
    }
    for (int n = 0; n <= N; n += n < 140 ? 1 : 97) {
        int expected = 0;
        int n_hits = ech_chance_hits(&chance, n - 60, ECH_FOR_EXIT, keys, thresholds, n, hits);
        for (int i = 0; i < n; i++) {
            if (ech_chance_bits(&chance, keys[i], n - 60, ECH_FOR_EXIT) < thresholds[i]) {
                assert_true(expected < n_hits);
                assert_int_equal(hits[expected++], i);
            }
        }
        assert_int_equal(n_hits, expected);
    }
}

static void test_many_draws_with_one_threshold_are_those_with_many(void **state)
{
    (void)state;
    enum { N = 173 };
    struct ech_chance chance = {23850123456789U, 17};
    const uint64_t threshold = ech_chance_threshold(0.2385);
    ech_key keys[N];
    uint64_t thresholds[N];
    ech_id some[N], same[N];
    for (int i = 0; i < N; i++) {
        keys[i] = ech_key_pair((uint64_t)i, 239);
        thresholds[i] = threshold;
    }
    for (int n = 0; n <= N; n++) {
        int n_some = ech_chance_hits(&chance, n, ECH_FOR_EXIT, keys, thresholds, n, some);
        int n_same = ech_chance_hits_below(&chance, n, ECH_FOR_EXIT, keys, threshold, n, same);
        assert_int_equal(n_some, n_same);
        assert_memory_equal(some, same, (size_t)n_some * sizeof *some);
    }
}

static void test_pair_is_ordered(void **state)
{
    (void)state;
    assert_true(ech_key_pair(1, 2) != ech_key_pair(2, 1));
    assert_true(ech_key_pair(1, 2) == ech_key_pair(1, 2));
}

/* Many normals at once are those of GSL's inverse, bit by bit, whatever their number. */
static void test_normals_of_many_are_those_of_each(void **state)
{
    (void)state;
    enum { N = 2385, REST = 37, MONTHS = 101 };
    struct ech_chance chance = {2385, 7};
    ech_key keys[N];
    double normals[N];
    for (int i = 0; i < N; i++) {
        keys[i] = ech_chance_bits(&chance, (ech_key)i, 0, ECH_FOR_CAUSE);
    }
    for (int month = -3; month < MONTHS; month++) {
        int n = month % 2 == 0 ? N : REST;
        ech_chance_normals(&chance, month, ECH_FOR_RATERS, keys, n, normals);
        for (int i = 0; i < n; i++) {
            double u = ech_chance_uniform(&chance, keys[i], month, ECH_FOR_RATERS);
            assert_true(normals[i] == gsl_cdf_ugaussian_Pinv(u));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bits_equal_published_answers),
        cmocka_unit_test(test_uniform_stays_inside_open_interval_and_fits),
        cmocka_unit_test(test_addresses_are_unrelated),
        cmocka_unit_test(test_normals_of_many_are_those_of_each),
        cmocka_unit_test(test_threshold_keeps_zero_and_one_exact),
        cmocka_unit_test(test_below_covers_its_range),
        cmocka_unit_test(test_normal_has_mean_zero_and_variance_one),
        cmocka_unit_test(test_stream_serves_gsl_distributions),
        cmocka_unit_test(test_many_draws_equal_single_ones),
        cmocka_unit_test(test_many_draws_with_one_threshold_are_those_with_many),
        cmocka_unit_test(test_pair_is_ordered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
