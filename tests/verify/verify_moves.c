/* Secondment (secondment.yaml), openings above (above.yaml) and wish moves (wishes.yaml). */
#include "theory.h"

enum { N_CHECKS = 12 };

/* 37 go each March, month 7, 19, ...; L uniform on 6 ... 24, so somebody is away at the end of month
   m after leaving in s if m - s < L: with probability (24 - k) / 19 for k = m - s >= 5, 1 before. The
   stock is a sum of independent binomials of the cohorts, and by Little's law its mean over a year at
   rest is 37 x 15 / 12, since the sum of P(L > k) is E L = 15. */
static double away_after(int k)
{
    return k < 6 ? 1 : k < 24 ? (24 - k) / 19.0 : 0;
}

static void cohort_moments(int month, double *mean, double *variance)
{
    *mean = *variance = 0;
    for (int start = 7; start <= month; start += 12) {
        double p = away_after(month - start);
        *mean += 37 * p;
        *variance += 37 * p * (1 - p);
    }
}

static void test_secondees_keep_littles_law(void **state)
{
    enum { R = 700, M = 71 };
    static const int looks[] = {13, 22, 35, 66};
    struct theory_model model = {0};
    int64_t stock[M + 1] = {0}, back = 0, stayed = 0;
    double rest = 0;
    theory_load(&model, "tests/verify/secondment.yaml");
    assert_int_equal(model.scenario.n_months, M);
    for (int r = 1; r <= R; r++) {
        theory_run(&model, r, NULL);
        for (int month = 1; month <= M; month++) {
            int64_t sent = theory_county(&model, month, ECH_M_secondments_NONE, 0);
            int64_t before = theory_county(&model, month - 1, ECH_M_seconded_NONE, 0);
            assert_int_equal(sent, month % 12 == 7 ? 37 : 0);
            stock[month] += theory_county(&model, month, ECH_M_seconded_NONE, 0);
            back += before + sent - theory_county(&model, month, ECH_M_seconded_NONE, 0);
            stayed += theory_county(&model, month, ECH_M_seconded_stayed_NONE, 0);
            assert_int_equal(theory_county(&model, month, ECH_M_moves_in_NONE, 0),
                             theory_county(&model, month, ECH_M_seconded_stayed_NONE, 0));
        }
    }
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        double mean, variance;
        cohort_moments(looks[i], &mean, &variance);
        theory_hold_normal("away", (double)stock[looks[i]], R * mean, R * variance, N_CHECKS);
    }
    for (int month = 49; month <= 60; month++) {
        double mean, variance;
        cohort_moments(month, &mean, &variance);
        rest += mean / 12;
    }
    assert_true(fabs(rest - 37 * 15 / 12.0) < 1e-9);
    theory_hold_binomial("stay with the host", stayed, back, 0.3719, N_CHECKS);
    theory_free(&model);
}

/* Openings of a month are Poisson(5.3 / 12); each falls to a unit in proportion to its development:
   0.71, 0.23, 0.44 of 1.38, and never to the one without. */
static void test_openings_above_are_a_thinned_poisson_process(void **state)
{
    enum { R = 900, M = 60, MOST = 12, N_UNITS = 4 };
    static const char *const ids[N_UNITS] = {"first", "second", "third", "void"};
    static const double weight[N_UNITS] = {0.71, 0.23, 0.44, 0};
    struct theory_model model = {0};
    double observed[MOST + 1] = {0}, expected[MOST + 1];
    int64_t all = 0, of[N_UNITS] = {0};
    theory_load(&model, "tests/verify/above.yaml");
    for (int r = 1; r <= R; r++) {
        theory_run(&model, r, NULL);
        for (int month = 1; month <= M; month++) {
            int64_t n = theory_county(&model, month, ECH_M_exits_CAUSE, ECH_CAUSE_PROMOTED_OUT);
            assert_in_range(n, 0, MOST);
            assert_int_equal(n, theory_county(&model, month, ECH_M_exits_NONE, 0));
            assert_int_equal(theory_county(&model, month, ECH_M_leaders_NONE, 0), 36);
            observed[n]++;
            all += n;
            for (int u = 0; u < N_UNITS; u++) {
                int row = 0;
                while (strcmp(model.scenario.units[row].id, ids[u]) != 0) {
                    row++;
                }
                of[u] += theory_unit(&model, month, row, ECH_M_exits_NONE, 0);
            }
        }
    }
    for (unsigned k = 0; k <= MOST; k++) {
        expected[k] = (double)M * R * gsl_ran_poisson_pdf(k, 5.3 / 12);
    }
    theory_hold_cells("openings above in a month", observed, expected, MOST + 1, N_CHECKS);
    assert_int_equal(of[3], 0);
    for (int u = 0; u < 3; u++) {
        theory_hold_binomial(ids[u], of[u], all, weight[u] / 1.38, N_CHECKS);
    }
    theory_free(&model);
}

/* Somebody from the county applies in a month with 1 - 0.69^(1 / 12), somebody from outside with
   1 - 0.69^(2 / 12), and there is room for all: they are still there after m months with 0.69^(m / 12)
   and 0.69^(2 m / 12). The bound never apply. */
static void test_wishes_are_granted_where_there_is_room(void **state)
{
    enum { R = 800, M = 25, LOCAL = 211 - 83, OUTSIDE = 83, BOUND = 89 };
    struct theory_model model = {0};
    int64_t early = 0, late = 0;
    theory_load(&model, "tests/verify/wishes.yaml");
    int town = theory_find_type(&model, "town");
    for (int r = 1; r <= R; r++) {
        theory_run(&model, r, NULL);
        early += theory_type(&model, 7, town, ECH_M_heads_NONE, 0) - BOUND;
        late += theory_type(&model, M, town, ECH_M_heads_NONE, 0) - BOUND;
        for (int month = 1; month <= M; month++) {
            assert_int_equal(theory_county(&model, month, ECH_M_wishes_NONE, 0),
                             theory_county(&model, month, ECH_M_wishes_granted_NONE, 0));
        }
    }
    for (int i = 0; i < 2; i++) {
        double p = pow(0.69, (i == 0 ? 7 : M) / 12.0), q = p * p;
        theory_hold_normal("still in the town", (double)(i == 0 ? early : late),
                           R * (LOCAL * p + OUTSIDE * q),
                           R * (LOCAL * p * (1 - p) + OUTSIDE * q * (1 - q)), N_CHECKS);
    }
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_secondees_keep_littles_law),
        cmocka_unit_test(test_openings_above_are_a_thinned_poisson_process),
        cmocka_unit_test(test_wishes_are_granted_where_there_is_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
