/* From choice to office: declining, the months of a procedure, probation, the cap on nominations. */
#include "theory.h"

#include "model/state.h"

/* Declining (declining.yaml). Whoever is asked declines with p = share x remoteness, by a number of his
   own, and the next one is asked: of the people asked a thinned sequence is left. Before somebody of n
   accepts, K decline: P(K = k) = p^k (1 - p) for k < n, p^n for k = n. Nobody is asked twice. */
enum { N_DECLINING = 5, DECLINING_REPLICATIONS = 9000 };

static void test_declining_thins_the_candidates(void **state)
{
    const double p = 0.59 * 0.73;
    struct theory_model model = {0};
    double observed[N_DECLINING + 1] = {0}, expected[N_DECLINING + 1];
    theory_load(&model, "tests/verify/declining.yaml");
    for (int r = 1; r <= DECLINING_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        int64_t k = theory_county(&model, 1, ECH_M_declines_NONE, 0);
        observed[k]++;
        assert_int_equal(theory_county(&model, 1, ECH_M_appointments_NONE, 0), k < N_DECLINING);
        assert_int_equal(theory_county(&model, 2, ECH_M_declines_NONE, 0), 0);
        assert_int_equal(theory_county(&model, 3, ECH_M_appointments_NONE, 0), 0);
    }
    for (int k = 0; k <= N_DECLINING; k++) {
        expected[k] = DECLINING_REPLICATIONS * pow(p, k) * (k < N_DECLINING ? 1 - p : 1);
    }
    theory_hold_cells("declined before somebody accepts", observed, expected, N_DECLINING + 1, 1);
    theory_free(&model);
}

/* Procedures (procedure_shapes.yaml). Nominated in month 1, D months later in office: D is uniform on
   2 ... 8, or geometric with the mean 4, P(D = k) = (1/5) (4/5)^k. Little's law holds path by path:
   a post that takes office in month 1 + D has been vacant at the ends of months 0 ... D, so the stocks
   sum to the months to fill. The geometric tail beyond the horizon has (4/5)^180 = 4e-18. */
enum { N_SHAPES = 40, SHAPES_REPLICATIONS = 250, MOST_MONTHS = 60 };

static void hold_months(struct theory_model *model, const char *name, const double *pmf)
{
    double observed[MOST_MONTHS + 1] = {0}, expected[MOST_MONTHS + 1];
    int type = theory_find_type(model, name);
    for (int r = 1; r <= SHAPES_REPLICATIONS; r++) {
        int64_t vacant, months = 0;
        theory_run(model, r, NULL);
        vacant = theory_type(model, 0, type, ECH_M_posts_vacant_NONE, 0);
        for (int month = 1; month <= model->scenario.n_months; month++) {
            int k = GSL_MIN(month - 1, MOST_MONTHS);
            observed[k] += (double)theory_type(model, month, type, ECH_M_appointments_NONE, 0);
            vacant += theory_type(model, month, type, ECH_M_posts_vacant_NONE, 0);
            months += theory_type(model, month, type, ECH_M_fill_months_NONE, 0);
        }
        assert_int_equal(vacant, months);
    }
    for (int k = 0; k <= MOST_MONTHS; k++) {
        expected[k] = pmf[k] * N_SHAPES * SHAPES_REPLICATIONS;
    }
    theory_hold_cells(name, observed, expected, MOST_MONTHS + 1, 2);
}

static void test_procedures_have_their_shapes(void **state)
{
    struct theory_model model = {0};
    double uniform[MOST_MONTHS + 1] = {0}, geometric[MOST_MONTHS + 1], rest = 1;
    theory_load(&model, "tests/verify/procedure_shapes.yaml");
    for (int k = 0; k <= MOST_MONTHS; k++) {
        uniform[k] = k >= 2 && k <= 8 ? 1.0 / 7 : 0;
        geometric[k] = k < MOST_MONTHS ? rest * 0.2 : rest;
        rest *= 0.8;
    }
    hold_months(&model, "uniform", uniform);
    hold_months(&model, "geometric", geometric);
    theory_free(&model);
}

/* Probation (probation.yaml). Of n people each fails with q, so Binomial(n, q) lose the post in month 8;
   each of them is blocked until month 13 and then the only candidate for his old post, which considers
   him with the chance w: Binomial(n, q w) are up again in month 13, and nobody in another month. */
enum { N_PROBATIONS = 300, PROBATION_REPLICATIONS = 60 };

static void test_failures_and_returns_are_binomial(void **state)
{
    struct theory_model model = {0};
    int64_t failures = 0, up = 0, n = N_PROBATIONS * PROBATION_REPLICATIONS;
    theory_load(&model, "tests/verify/probation.yaml");
    for (int r = 1; r <= PROBATION_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int month = 1; month <= model.scenario.n_months; month++) {
            int64_t failed = theory_county(&model, month, ECH_M_probation_failures_NONE, 0);
            int64_t again = theory_county(&model, month, ECH_M_up_again_NONE, 0);
            assert_true(failed == 0 || month == 8);
            assert_true(again == 0 || month == 13);
            failures += failed;
            up += again;
        }
        assert_int_equal(theory_county(&model, 8, ECH_M_probations_ended_NONE, 0), N_PROBATIONS);
    }
    theory_hold_binomial("probations failed", failures, n, 0.237, 2);
    theory_hold_binomial("up again", up, n, 0.237 * 0.61, 2);
    theory_free(&model);
}

/* With odds (probation_merit.yaml): the only candidate of a unit is chosen whatever his merit m, which is
   standard normal, and fails with p(m) = logistic(logit q - m ln(odds)): failures of month 8 are
   Binomial(n, E p(M)), E by the trapezoid rule over -9 ... 9, whose error for a smooth integrand that
   vanishes at the ends is far below the last digit. With the odds the other way round E p is the same,
   so the sign is held too: who stays has more merit than who came. E[M p(M)] / E p(M) is the mean merit
   of those who fail, and the sum over k of them has the variance k Var(M | fails). */
static double moment_of_failing(double q, double odds, int power)
{
    enum { STEPS = 4000 };
    double sum = 0;
    for (int i = 0; i <= STEPS; i++) {
        double m = -9 + 18.0 * i / STEPS;
        double p = 1 / (1 + (1 - q) / q * pow(odds, m));
        sum += pow(m, power) * p * exp(-m * m / 2) / sqrt(2 * M_PI);
    }
    return sum * 18.0 / STEPS;
}

static double merit_of_leaders(const struct theory_model *model, int month)
{
    return (double)theory_county(model, month, ECH_M_leaders_merit_NONE, 0) / 1e6;
}

static void test_who_has_less_merit_fails_more_often(void **state)
{
    struct theory_model model = {0};
    int64_t failures = 0;
    double lost = 0;
    double p = moment_of_failing(0.237, 3.7, 0);
    theory_load(&model, "tests/verify/probation_merit.yaml");
    for (int r = 1; r <= PROBATION_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        failures += theory_county(&model, 8, ECH_M_probation_failures_NONE, 0);
        lost += merit_of_leaders(&model, 7) - merit_of_leaders(&model, 8);
    }
    theory_hold_binomial("probations failed by merit", failures,
                         (int64_t)N_PROBATIONS * PROBATION_REPLICATIONS, p, 2);
    double mean = moment_of_failing(0.237, 3.7, 1) / p;
    double variance = moment_of_failing(0.237, 3.7, 2) / p - mean * mean;
    theory_hold_normal("merit of those who failed", lost, (double)failures * mean,
                       (double)failures * variance, 2);
    theory_free(&model);
}

/* The cap (appointment_cap.yaml). Openings queue for c decisions a month: with X_t openings of month t
   the queue is Q_t = max(0, Q_(t-1) + X_t - c), exactly, and all that wait count as under procedure.
   The longest vacant are decided first: whatever is filled opened no later than what still waits. */
enum { CAP = 2, CAP_REPLICATIONS = 40 };

static void check_order(const struct ech_run *run, const char *process, void *context)
{
    int filled = INT_MIN, *n_waiting = context;
    for (ech_id post = 0; post < run->scenario->n_posts; post++) {
        const struct ech_post_state *s = &run->posts[post];
        bool now = s->holder != ECH_NONE && run->people[s->holder].post_month == run->month &&
                   run->month > 0;
        filled = now ? GSL_MAX(filled, s->vacant_since) : filled;
    }
    for (ech_id post = 0; post < run->scenario->n_posts && strcmp(process, "filling") == 0;
         post++) {
        const struct ech_post_state *s = &run->posts[post];
        if (s->holder == ECH_NONE) {
            assert_true(s->vacant_since >= filled);
            *n_waiting += s->vacant_since < run->month;
        }
    }
}

static void test_nominations_queue_for_their_decision(void **state)
{
    struct theory_model model = {0};
    int n_waiting = 0;
    theory_load(&model, "tests/verify/appointment_cap.yaml");
    ech_run_set_check(model.run, check_order, &n_waiting);
    for (int r = 1; r <= CAP_REPLICATIONS; r++) {
        int64_t queue = 0;
        theory_run(&model, r, NULL);
        for (int month = 1; month <= model.scenario.n_months; month++) {
            queue += theory_county(&model, month, ECH_M_openings_NONE, 0);
            int64_t decided = GSL_MIN(queue, CAP);
            queue -= decided;
            assert_int_equal(theory_county(&model, month, ECH_M_nominations_NONE, 0), decided);
            assert_int_equal(theory_county(&model, month, ECH_M_posts_vacant_NONE, 0), queue);
            assert_int_equal(
                theory_county(&model, month, ECH_M_posts_vacant_VACANCY, ECH_VACANT_PROCEDURE),
                queue);
        }
    }
    assert_true(n_waiting > 100);
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_declining_thins_the_candidates),
        cmocka_unit_test(test_procedures_have_their_shapes),
        cmocka_unit_test(test_failures_and_returns_are_binomial),
        cmocka_unit_test(test_who_has_less_merit_fails_more_often),
        cmocka_unit_test(test_nominations_queue_for_their_decision),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
