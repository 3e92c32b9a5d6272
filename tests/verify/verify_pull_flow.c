/* Pull flow with chains (pull_flow.yaml): exits X1, X2, X3 of a month at the three levels are
   independent Binomial(n_k, p_k); all posts are full again at its end, so promotions to level 3
   are X3, to level 2 X2 + X3, entries X1 + X2 + X3, and chains of length 1, 2, 3 end X1, X2, X3
   times. */
#include "theory.h"

enum {
    N_LEVELS = 3,
    N_MONTHS = 29,
    N_REPLICATIONS = 1200,
    MAX_FLOW = 40,
    N_CHECKS = 8 /* the calls of theory_hold...() in this file */
};
static const char *const type_names[N_LEVELS] = {"bottom", "middle", "top"};
static const char *const level_names[N_LEVELS] = {"first", "second", "third"};
static const int n_posts[N_LEVELS] = {153, 78, 24};
static const double p_exit[N_LEVELS] = {0.0239, 0.0173, 0.0317};

/** What is summed over replications, by level from the lowest. */
struct tally {
    int type[N_LEVELS], level[N_LEVELS];
    int64_t exits[N_LEVELS];
    double tenure[N_LEVELS];          /* months in post at the end, summed over holders */
    double months_with[MAX_FLOW + 1]; /* months with so many promotions to level 2 */
    double chain_moves;
};

static void check_month(const struct tally *tally, const struct theory_model *model, int month,
                        const int64_t *exits)
{
    int64_t x1 = exits[0], x2 = exits[1], x3 = exits[2];
    assert_int_equal(theory_county(model, month, ECH_M_posts_vacant_NONE, 0), 0);
    assert_int_equal(theory_county(model, month, ECH_M_promotions_LEVEL, tally->level[2]), x3);
    assert_int_equal(theory_county(model, month, ECH_M_promotions_LEVEL, tally->level[1]), x2 + x3);
    assert_int_equal(theory_county(model, month, ECH_M_promotions_LEVEL, tally->level[0]), 0);
    assert_int_equal(theory_county(model, month, ECH_M_entries_NONE, 0), x1 + x2 + x3);
    assert_int_equal(theory_type(model, month, tally->type[0], ECH_M_entries_NONE, 0),
                     x1 + x2 + x3);
    assert_int_equal(theory_county(model, month, ECH_M_openings_NONE, 0), x1 + 2 * x2 + 3 * x3);
    assert_int_equal(theory_county(model, month, ECH_M_chains_ended_NONE, 0), x1 + x2 + x3);
    assert_int_equal(theory_county(model, month, ECH_M_chain_moves_NONE, 0), x1 + 2 * x2 + 3 * x3);
    assert_int_equal(theory_county(model, month, ECH_M_chain_months_NONE, 0), 0);
    for (int k = 0; k < N_LEVELS; k++) {
        int slot = tally->level[k] * ECH_N_LENGTHS + k;
        assert_int_equal(theory_county(model, month, ECH_M_chain_lengths_LENGTH_LEVEL, slot),
                         exits[k]);
    }
}

static void add_month(struct tally *tally, const struct theory_model *model, int month)
{
    int64_t exits[N_LEVELS];
    for (int k = 0; k < N_LEVELS; k++) {
        exits[k] = theory_type(model, month, tally->type[k], ECH_M_exits_NONE, 0);
        tally->exits[k] += exits[k];
    }
    check_month(tally, model, month, exits);
    assert_in_range(exits[1] + exits[2], 0, MAX_FLOW);
    tally->months_with[exits[1] + exits[2]]++;
    tally->chain_moves += (double)theory_county(model, month, ECH_M_chain_moves_NONE, 0);
}

static void add_replication(struct tally *tally, struct theory_model *model, int replication)
{
    theory_run(model, replication, NULL);
    for (int month = 1; month <= N_MONTHS; month++) {
        add_month(tally, model, month);
    }
    for (int k = 0; k < N_LEVELS; k++) {
        tally->tenure[k] +=
            (double)theory_type(model, N_MONTHS, tally->type[k], ECH_M_leaders_post_months_NONE, 0);
    }
}

/* Chain openings sum to sum k X_k; its variance is sum k^2 n_k p_k (1 - p_k) a month. */
static void hold_chains(const struct tally *tally)
{
    double mean = 0, variance = 0;
    for (int k = 0; k < N_LEVELS; k++) {
        double n = (double)n_posts[k] * N_MONTHS * N_REPLICATIONS;
        mean += (k + 1) * n * p_exit[k];
        variance += (k + 1) * (k + 1) * n * p_exit[k] * (1 - p_exit[k]);
    }
    theory_hold_normal("openings in chains", tally->chain_moves, mean, variance, N_CHECKS);
}

/* The distribution of X2 + X3: two binomials convolved. */
static void promotion_distribution(double *probability)
{
    for (unsigned s = 0; s <= MAX_FLOW; s++) {
        probability[s] = 0;
        for (unsigned x = 0; x <= s && x <= (unsigned)n_posts[2]; x++) {
            probability[s] += gsl_ran_binomial_pdf(x, p_exit[2], (unsigned)n_posts[2]) *
                              gsl_ran_binomial_pdf(s - x, p_exit[1], (unsigned)n_posts[1]);
        }
    }
}

static void hold_promotions(const struct tally *tally)
{
    double expected[MAX_FLOW + 1];
    promotion_distribution(expected);
    for (int s = 0; s <= MAX_FLOW; s++) {
        expected[s] *= (double)N_MONTHS * N_REPLICATIONS;
    }
    theory_hold_cells("promotions to the second level", tally->months_with, expected, MAX_FLOW + 1,
                      N_CHECKS);
}

/** Probability that one given holder, or two given holders, keep their posts for a month. */
struct staying {
    double one;
    double two;
};

/* `drawn` people, of this distribution, leave level k by lottery after its own exits: of S
   survivors one given survivor stays with probability (S - d) / S, two with (S - d)(S - d - 1) /
   (S (S - 1)). */
static struct staying staying(int k, const double *drawn, int n_drawn)
{
    struct staying stay = {0, 0};
    unsigned n = (unsigned)n_posts[k];
    for (int d = 0; d <= n_drawn; d++) {
        for (unsigned s = 0; s <= n - 1; s++) { /* survivors among the others */
            double one = (s + 1.0 - d) / (s + 1.0);
            stay.one += drawn[d] * gsl_ran_binomial_pdf(s, 1 - p_exit[k], n - 1) * GSL_MAX(one, 0);
        }
        for (unsigned s = 0; s <= n - 2; s++) {
            double two = (s + 2.0 - d) * (s + 1.0 - d) / ((s + 2.0) * (s + 1.0));
            stay.two +=
                drawn[d] * gsl_ran_binomial_pdf(s, 1 - p_exit[k], n - 2) * (s + 1.0 >= d ? two : 0);
        }
    }
    stay.one *= 1 - p_exit[k];
    stay.two *= gsl_pow_2(1 - p_exit[k]);
    return stay;
}

/* Months are independent, so tenure T at the end of month m is at least i with probability one^i
   for i <= m, and two tenures are at least i <= j with probability two^i one^(j - i). */
static void hold_tenure(const char *what, double months_in_post, int k, struct staying stay)
{
    double mean = 0, square = 0, product = 0;
    double n = n_posts[k];
    for (int i = 1; i <= N_MONTHS; i++) {
        mean += pow(stay.one, i);
        square += (2 * i - 1) * pow(stay.one, i);
        for (int j = 1; j <= N_MONTHS; j++) {
            product += pow(stay.two, GSL_MIN(i, j)) * pow(stay.one, abs(i - j));
        }
    }
    double variance = n * (square - mean * mean) + n * (n - 1) * (product - mean * mean);
    theory_hold_normal(what, months_in_post, N_REPLICATIONS * n * mean, N_REPLICATIONS * variance,
                       N_CHECKS);
}

/* Level 3 loses its exits only; level 2 also X3 by lottery, level 1 X2 + X3. By symmetry a
   holder of level 2 leaves with probability p2 + n3 p3 / n2, which the double sum must give. */
static void hold_tenures(const struct tally *tally)
{
    const double nobody[1] = {1};
    double from_second[MAX_FLOW + 1], from_first[MAX_FLOW + 1];
    for (unsigned d = 0; d <= MAX_FLOW; d++) {
        from_second[d] = gsl_ran_binomial_pdf(d, p_exit[2], (unsigned)n_posts[2]);
    }
    promotion_distribution(from_first);
    struct staying second = staying(1, from_second, MAX_FLOW);
    double leaving = p_exit[1] + n_posts[2] * p_exit[2] / n_posts[1];
    assert_true(fabs(1 - second.one - leaving) < 1e-9);
    hold_tenure("months in post, third level", tally->tenure[2], 2, staying(2, nobody, 0));
    hold_tenure("months in post, second level", tally->tenure[1], 1, second);
    hold_tenure("months in post, first level", tally->tenure[0], 0,
                staying(0, from_first, MAX_FLOW));
}

static void test_every_exit_pulls_a_chain_from_below(void **state)
{
    struct theory_model model = {0};
    struct tally tally = {0};
    theory_load(&model, "tests/verify/pull_flow.yaml");
    assert_int_equal(model.scenario.n_months, N_MONTHS);
    for (int k = 0; k < N_LEVELS; k++) {
        tally.type[k] = theory_find_type(&model, type_names[k]);
        tally.level[k] = theory_find_level(&model, level_names[k]);
    }
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        add_replication(&tally, &model, r);
    }
    for (int k = 0; k < N_LEVELS; k++) {
        theory_hold_binomial(level_names[k], tally.exits[k],
                             (int64_t)n_posts[k] * N_MONTHS * N_REPLICATIONS, p_exit[k], N_CHECKS);
    }
    hold_chains(&tally);
    hold_promotions(&tally);
    hold_tenures(&tally);
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_exit_pulls_a_chain_from_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
