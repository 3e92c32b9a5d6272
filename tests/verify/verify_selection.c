/* How often the best of seven is chosen, by rule and in stages (tests/verify/selection_rules.yaml).

   One stage is known by the correlation of what the rule sees with merit (best_of.h).
   The correlations: a score r, an exam q; votes are the sum of two views a p + noise of a popularity p
   that is correlated c with broad merit, which is correlated b = sqrt((1 + k) / 2) with merit when both
   dimensions of merit are correlated k, so 2 a b c / sqrt(2 + 2 a^2); a mix of parts k with weights w_k has
   sum w_k r_k / sqrt(sum w_k w_l c_kl), where parts k and l are correlated r_k r_l through merit alone.
   A lottery for m places on the shortlist, then the score: m / n times the same with only m - 1 rivals.
   In stages: the exam of the m-th of the n - 1 others is u with density
   (n-1)! / ((m-1)! (n-1-m)!) f(u) F(u)^(n-1-m) (1 - F(u))^(m-1); the best one must lie above u, and the
   m - 1 above u must score less in the inspection. All integrals are sums over fine grids. */
#include <gsl/gsl_sf_gamma.h>

#include "best_of.h"
#include "theory.h"

enum { N = 7, SHORTLIST = 3, N_UNITS = 60, N_REPLICATIONS = 170, N_CHECKS = 7 };

static const double score = 0.617, exam = 0.529, vote = 0.843, popularity = 0.373,
                    dimensions = 0.437;
/* Somebody with a merit below x: distribution and density of his exam. */
struct exam_law {
    double density, below;
};

static struct exam_law exam_law_at(double u, const double *y)
{
    struct exam_law law = {0, 0};
    for (int k = 0; k < BEST_N; k++) {
        double z = (u - exam * y[k]) / best_noise(exam);
        law.density += gsl_ran_ugaussian_pdf(z) / best_noise(exam) / BEST_N;
        law.below += gsl_cdf_ugaussian_P(z) / BEST_N;
    }
    return law;
}

/* Mean over y of the chance of an exam above u and an inspection below t. */
static double ahead_but_worse(double u, const double *inspected, const double *y)
{
    double sum = 0;
    for (int k = 0; k < BEST_N; k++) {
        sum += gsl_cdf_ugaussian_Q((u - exam * y[k]) / best_noise(exam)) * inspected[k];
    }
    return sum / BEST_N;
}

/* Given x and u: the m - 1 others above u all lose the inspection against the best one. */
static double wins_inspection(double x, double u, const double *y)
{
    double sum = 0, inspected[BEST_N];
    for (double e = -BEST_WIDE; e < BEST_WIDE; e += 4 * BEST_STEP) {
        double t = score * x + best_noise(score) * e;
        for (int k = 0; k < BEST_N; k++) {
            inspected[k] = gsl_cdf_ugaussian_P((t - score * y[k]) / best_noise(score));
        }
        sum += 4 * BEST_STEP * gsl_ran_ugaussian_pdf(e) *
               pow(ahead_but_worse(u, inspected, y), SHORTLIST - 1);
    }
    return sum;
}

static double in_stages(void)
{
    double sum = 0, y[BEST_N];
    double orders =
        gsl_sf_fact(N - 1) / gsl_sf_fact(SHORTLIST - 1) / gsl_sf_fact(N - 1 - SHORTLIST);
    for (double x = -3; x < BEST_WIDE; x += 2 * BEST_STEP) {
        double inner = 0;
        best_rivals(x, y);
        for (double u = -BEST_WIDE; u < BEST_WIDE; u += 2 * BEST_STEP) {
            struct exam_law law = exam_law_at(u, y);
            double listed = gsl_cdf_ugaussian_Q((u - exam * x) / best_noise(exam));
            double weight = law.density * pow(law.below, N - 1 - SHORTLIST) * listed;
            inner += weight < 1e-9 ? 0 : 2 * BEST_STEP * weight * wins_inspection(x, u, y);
        }
        sum += 2 * BEST_STEP * best_density(x, N) * inner;
    }
    return orders * sum;
}

static double votes_correlation(void)
{
    return 2 * vote * popularity * sqrt((1 + dimensions) / 2) / sqrt(2 + 2 * vote * vote);
}

static double mix_correlation(void)
{
    const double weight[] = {1.3, 0.7, 0.9};
    const double r[] = {score, votes_correlation(), exam};
    double with_merit = 0, variance = 0;
    for (int i = 0; i < 3; i++) {
        with_merit += weight[i] * r[i];
        for (int j = 0; j < 3; j++) {
            variance += weight[i] * weight[j] * (i == j ? 1 : r[i] * r[j]);
        }
    }
    return with_merit / sqrt(variance);
}

/* With one look of no error the formulas are known: the best is chosen, and with none one in n is. */
static void test_the_integrals_know_their_ends(void **state)
{
    assert_true(fabs(best_of(N, 1e-9) - 1.0 / N) < 1e-5);
    assert_true(fabs(best_of(N, 0.99999) - 1) < 1e-2);
    assert_true(fabs(best_of(1, score) - 1) < 1e-5);
    assert_true(in_stages() > best_of(N, exam));
    assert_true(in_stages() < best_of(N, 0.8));
}

static void test_the_best_is_chosen_as_often_as_the_rule_allows(void **state)
{
    static const char *const types[N_CHECKS] = {"lottery", "score", "votes", "exam",
                                                "mix",     "drawn", "stages"};
    const double expected[N_CHECKS] = {1.0 / N,
                                       best_of(N, score),
                                       best_of(N, votes_correlation()),
                                       best_of(N, exam),
                                       best_of(N, mix_correlation()),
                                       best_beats(N, SHORTLIST - 1, score) * SHORTLIST / N,
                                       in_stages()};
    int64_t best[N_CHECKS] = {0};
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/selection_rules.yaml");
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int t = 0; t < N_CHECKS; t++) {
            int type = theory_find_type(&model, types[t]);
            assert_int_equal(theory_type(&model, 1, type, ECH_M_nominations_NONE, 0), N_UNITS);
            best[t] += theory_type(&model, 1, type, ECH_M_nominations_best_NONE, 0);
        }
    }
    for (int t = 0; t < N_CHECKS; t++) {
        theory_hold_binomial(types[t], best[t], N_UNITS * N_REPLICATIONS, expected[t], N_CHECKS);
    }
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_integrals_know_their_ends),
        cmocka_unit_test(test_the_best_is_chosen_as_often_as_the_rule_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
