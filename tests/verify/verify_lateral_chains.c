/* Lateral chains by a matrix Q (lateral_chains.yaml). The opening of a chain moves between types of units as
   an absorbing Markov chain that starts in the mills: it goes from type i to type j with Q_ij and ends
   with 1 - sum_j Q_ij. So the length L of a chain has P(L = k) = (Q^(k-1) (1 - Q 1))_mill, and the openings
   in type j of one chain, V_j, have mean N_mj and variance N_mj (2 N_jj - 1) - N_mj^2 with the
   fundamental matrix N = (1 - Q)^-1 (Kemeny and Snell 1960, theorems 3.2.4 and 3.3.3). Chains are
   independent given their number, the exits of the mills. */
#include <gsl/gsl_linalg.h>

#include "theory.h"

enum {
    N_TYPES = 3,
    N_MONTHS = 24,
    N_REPLICATIONS = 900,
    N_CHECKS = 5 /* the calls of theory_hold...() in this file */
};
static const char *const types[N_TYPES] = {"mill", "forge", "dock"};
static const double q[N_TYPES][N_TYPES] = {
    {0.13, 0.29, 0.17}, {0.07, 0.23, 0.31}, {0.19, 0.11, 0.05}};
static const int n_holders = 99;
static const double p_exit = 0.0337;

/** What is summed over replications and months. */
struct tally {
    int64_t chains;
    int64_t openings[N_TYPES];
    double lengths[ECH_N_LENGTHS];
};

static void add_month(struct tally *tally, const struct theory_model *model, int month)
{
    int64_t exits = theory_county(model, month, ECH_M_exits_NONE, 0);
    tally->chains += exits;
    assert_int_equal(theory_county(model, month, ECH_M_posts_vacant_NONE, 0), 0);
    assert_int_equal(theory_county(model, month, ECH_M_chains_ended_NONE, 0), exits);
    assert_int_equal(theory_county(model, month, ECH_M_chains_ended_ENDING, ECH_ENDING_OUTSIDE),
                     exits);
    for (int j = 0; j < N_TYPES; j++) {
        int type = theory_find_type(model, types[j]);
        tally->openings[j] += theory_type(model, month, type, ECH_M_openings_NONE, 0);
    }
    for (int k = 0; k < ECH_N_LENGTHS; k++) {
        tally->lengths[k] +=
            (double)theory_county(model, month, ECH_M_chain_lengths_LENGTH_LEVEL, k);
    }
}

/* Probabilities of the lengths 1, 2, 3, 4 and more, from the mills. */
static void length_law(double *law)
{
    double at[N_TYPES] = {1, 0, 0}; /* where the opening is after k - 1 moves */
    double rest = 1;
    for (int k = 0; k + 1 < ECH_N_LENGTHS; k++) {
        double next[N_TYPES] = {0};
        double moved = 0;
        for (int i = 0; i < N_TYPES; i++) {
            for (int j = 0; j < N_TYPES; j++) {
                next[j] += at[i] * q[i][j];
                moved += at[i] * q[i][j];
            }
        }
        law[k] = rest - moved;
        rest = moved;
        memcpy(at, next, sizeof at);
    }
    law[ECH_N_LENGTHS - 1] = rest;
}

/* N = (1 - Q)^-1. */
static void fundamental(double n[N_TYPES][N_TYPES])
{
    double a[N_TYPES * N_TYPES];
    int sign = 0;
    for (int i = 0; i < N_TYPES * N_TYPES; i++) {
        a[i] = (i / N_TYPES == i % N_TYPES) - q[i / N_TYPES][i % N_TYPES];
    }
    gsl_matrix_view matrix = gsl_matrix_view_array(a, N_TYPES, N_TYPES);
    gsl_matrix_view inverse = gsl_matrix_view_array(&n[0][0], N_TYPES, N_TYPES);
    gsl_permutation *permutation = gsl_permutation_alloc(N_TYPES);
    gsl_linalg_LU_decomp(&matrix.matrix, permutation, &sign);
    gsl_linalg_LU_invert(&matrix.matrix, permutation, &inverse.matrix);
    gsl_permutation_free(permutation);
}

static void hold(const struct tally *tally)
{
    double law[ECH_N_LENGTHS];
    double n[N_TYPES][N_TYPES];
    double chains = (double)tally->chains;
    length_law(law);
    for (int k = 0; k < ECH_N_LENGTHS; k++) {
        law[k] *= chains;
    }
    fundamental(n);
    theory_hold_binomial("chains begun", tally->chains,
                         (int64_t)n_holders * N_MONTHS * N_REPLICATIONS, p_exit, N_CHECKS);
    theory_hold_cells("lengths of chains", tally->lengths, law, ECH_N_LENGTHS, N_CHECKS);
    for (int j = 0; j < N_TYPES; j++) {
        double variance = n[0][j] * (2 * n[j][j] - 1) - n[0][j] * n[0][j];
        theory_hold_normal(types[j], (double)tally->openings[j], chains * n[0][j],
                           chains * variance, N_CHECKS);
    }
}

static void test_chains_follow_the_matrix(void **state)
{
    struct theory_model model = {0};
    struct tally tally = {0};
    theory_load(&model, "tests/verify/lateral_chains.yaml");
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int month = 1; month <= N_MONTHS; month++) {
            add_month(&tally, &model, month);
        }
    }
    hold(&tally);
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chains_follow_the_matrix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
