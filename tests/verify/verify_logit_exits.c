/* Exits by logit (logit_exits.yaml). Somebody of age a months and service s months resigns in a month
   with p1 = logistic(-8.37 + 0.109 a / 12 + 0.153 s / 12 + 0.47 if a woman) and goes upward with p2 =
   logistic(-4.93 - 0.211 s / 12) (nobody has a bachelor's degree); a rate of 0.0411 shares the rest. He
   stays with (1 - p1 - p2) exp(-0.0411 / 12). Ages at the start are uniform over 12 months, drawn apart
   for everybody, so the chances of staying to month m and of having gone upward by then are means over
   them, and numbers are sums of independent indicators: 157 women and 226 men. */
#include "theory.h"

enum { N_WOMEN = 157, N_MEN = 226, N_MONTHS = 43, N_REPLICATIONS = 500, N_CHECKS = 8 };

/** Chances of one person until the end of a month. */
struct fate {
    double stays, resigns, upward;
};

static double logistic(double x)
{
    return 1 / (1 + exp(-x));
}

/* Until month m, whose covariates of month t are those of t or of the start. */
static struct fate fate_of(bool woman, bool frozen, int months)
{
    struct fate mean = {0, 0, 0};
    for (int k = 0; k < 12; k++) {
        double here = 1;
        for (int t = 1; t <= months; t++) {
            double age = (34 * 12 + k + (frozen ? 0 : t)) / 12.0;
            double service = (29 + (frozen ? 0 : t)) / 12.0;
            double p1 = logistic(-8.37 + 0.109 * age + 0.153 * service + (woman ? 0.47 : 0));
            double p2 = logistic(-4.93 - 0.211 * service);
            mean.resigns += here * p1 / 12;
            mean.upward += here * p2 / 12;
            here *= (1 - p1 - p2) * exp(-0.0411 / 12);
        }
        mean.stays += here / 12;
    }
    return mean;
}

/* Holds a sum over replications of the indicators of women and men. */
static void hold(const char *what, int64_t count, double woman, double man)
{
    double mean = N_WOMEN * woman + N_MEN * man;
    double variance = N_WOMEN * woman * (1 - woman) + N_MEN * man * (1 - man);
    theory_hold_normal(what, (double)count, N_REPLICATIONS * mean, N_REPLICATIONS * variance,
                       N_CHECKS);
}

static void check_type(struct theory_model *model, const char *id, bool frozen)
{
    int type = theory_find_type(model, id);
    int64_t early = 0, late = 0, resigned = 0, upward = 0;
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(model, r, NULL);
        early += theory_type(model, 9, type, ECH_M_heads_NONE, 0);
        late += theory_type(model, N_MONTHS, type, ECH_M_heads_NONE, 0);
        for (int month = 1; month <= N_MONTHS; month++) {
            resigned += theory_type(model, month, type, ECH_M_exits_CAUSE, ECH_CAUSE_RESIGN);
            upward += theory_type(model, month, type, ECH_M_exits_CAUSE, ECH_CAUSE_UPWARD);
        }
    }
    struct fate women = fate_of(true, frozen, N_MONTHS), men = fate_of(false, frozen, N_MONTHS);
    hold("still there after 9 months", early, fate_of(true, frozen, 9).stays,
         fate_of(false, frozen, 9).stays);
    hold("still there at the end", late, women.stays, men.stays);
    hold("resigned", resigned, women.resigns, men.resigns);
    hold("gone upward", upward, women.upward, men.upward);
}

static void test_present_covariates_move_the_chance(void **state)
{
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/logit_exits.yaml");
    assert_int_equal(model.scenario.n_months, N_MONTHS);
    check_type(&model, "present", false);
    theory_free(&model);
}

static void test_frozen_covariates_are_those_of_the_start(void **state)
{
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/logit_exits.yaml");
    check_type(&model, "frozen", true);
    theory_free(&model);
}

/* The two readings differ enough for the checks above to tell them apart. */
static void test_the_readings_differ(void **state)
{
    double present = fate_of(false, false, N_MONTHS).stays;
    double frozen = fate_of(false, true, N_MONTHS).stays;
    double sd = sqrt(present * (1 - present) / ((N_WOMEN + N_MEN) * (double)N_REPLICATIONS));
    assert_true(fabs(present - frozen) > 20 * sd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_present_covariates_move_the_chance),
        cmocka_unit_test(test_frozen_covariates_are_those_of_the_start),
        cmocka_unit_test(test_the_readings_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
