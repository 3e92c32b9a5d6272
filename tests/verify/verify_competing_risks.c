/* Competing risks (competing_risks.yaml): resigning has the exact monthly probability a; upward
   and outward are hazards u and o a year, raised by rate ratios, that share what is left. With
   the sum r = (u + o) x ratios: P(upward) = (1 - a)(1 - exp(-r / 12)) u / (u + o), outward
   likewise. Posts are refilled in the same month, so all draws are independent and counts are
   multinomial. */
#include "theory.h"

enum {
    N_MONTHS = 31,
    N_REPLICATIONS = 700,
    N_CAUSES = 3,
    N_CHECKS = 10 /* the calls of theory_hold...() in this file */
};
static const enum ech_cause causes[N_CAUSES] = {ECH_CAUSE_RESIGN, ECH_CAUSE_UPWARD,
                                                ECH_CAUSE_OUTWARD};

/** Exits of one type of units over all months and replications. */
struct tally {
    int type;
    int64_t n_draws;
    int64_t exits[N_CAUSES];
};

static void add_month(struct tally *tally, const struct theory_model *model, int month)
{
    int64_t sum = 0;
    for (int k = 0; k < N_CAUSES; k++) {
        int64_t exits = theory_type(model, month, tally->type, ECH_M_exits_CAUSE, (int)causes[k]);
        tally->exits[k] += exits;
        sum += exits;
    }
    assert_int_equal(sum, theory_type(model, month, tally->type, ECH_M_exits_NONE, 0));
    tally->n_draws += theory_type(model, month - 1, tally->type, ECH_M_heads_NONE, 0);
}

static void run_all(struct tally *near, struct tally *far)
{
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/competing_risks.yaml");
    assert_int_equal(model.scenario.n_months, N_MONTHS);
    near->type = theory_find_type(&model, "near");
    far->type = theory_find_type(&model, "far");
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int month = 1; month <= N_MONTHS; month++) {
            add_month(near, &model, month);
            add_month(far, &model, month);
        }
    }
    theory_free(&model);
}

/* Ratios are raised to covariate minus centre; the pay gap is 1 - allowance / (reference x
   remoteness), 0 without remoteness; everybody is under 35. */
static void probabilities(double remoteness, double *p)
{
    const double exact = 0.0137, upward = -log(1 - 0.173), outward = 0.083;
    double gap = remoteness > 0 ? 1 - 217 / (930 * remoteness) : 0;
    double ratio = pow(2.3, remoteness - 0.31) * pow(1.7, gap - 0.23) * pow(1.9, 1 - 0.41);
    double shared = (1 - exact) * (1 - exp(-(upward + outward) * ratio / 12));
    p[0] = exact;
    p[1] = shared * upward / (upward + outward);
    p[2] = shared * outward / (upward + outward);
}

static void hold(const char *where, const struct tally *tally, double remoteness)
{
    double p[N_CAUSES], observed[N_CAUSES + 1], expected[N_CAUSES + 1];
    char what[80];
    probabilities(remoteness, p);
    observed[N_CAUSES] = expected[N_CAUSES] = (double)tally->n_draws;
    for (int k = 0; k < N_CAUSES; k++) {
        snprintf(what, sizeof what, "%s, %s", where, ech_cause_names[causes[k]]);
        theory_hold_binomial(what, tally->exits[k], tally->n_draws, p[k], N_CHECKS);
        observed[k] = (double)tally->exits[k];
        expected[k] = (double)tally->n_draws * p[k];
        observed[N_CAUSES] -= observed[k];
        expected[N_CAUSES] -= expected[k];
    }
    snprintf(what, sizeof what, "%s, all causes together", where);
    theory_hold_cells(what, observed, expected, N_CAUSES + 1, N_CHECKS);
    snprintf(what, sizeof what, "%s, upward among the two hazards", where);
    theory_hold_binomial(what, tally->exits[1], tally->exits[1] + tally->exits[2],
                         p[1] / (p[1] + p[2]), N_CHECKS);
}

static void test_causes_come_in_proportion_to_their_rates(void **state)
{
    struct tally near = {0}, far = {0};
    run_all(&near, &far);
    assert_int_equal(near.n_draws, (int64_t)23 * 7 * N_MONTHS * N_REPLICATIONS);
    assert_int_equal(far.n_draws, (int64_t)17 * 7 * N_MONTHS * N_REPLICATIONS);
    hold("near", &near, 0);
    hold("far", &far, 0.7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_causes_come_in_proportion_to_their_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
