/* Survival of a cohort that nobody follows (cohort_survival.yaml, cohort_age.yaml,
   cohort_bond.yaml): the members are independent, so survivors at the end of month t are
   Binomial(n, S(t)). */
#include "theory.h"

enum {
    N_PEOPLE = 360,
    N_MONTHS = 61,
    N_REPLICATIONS = 250,
    N_CHECKS = 14 /* the calls of theory_hold...() in this file */
};

/** What is summed over replications. */
struct tally {
    int64_t alive[N_MONTHS + 1];
    double exits[N_MONTHS + 2];        /* by month; the last cell holds the survivors */
    double alive_each[N_REPLICATIONS]; /* at the end of month `middle` */
};
static const int middle = 31;

static void add_replication(struct tally *tally, struct theory_model *model, int replication)
{
    theory_run(model, replication, NULL);
    assert_int_equal(theory_county(model, 0, ECH_M_heads_NONE, 0), N_PEOPLE);
    for (int month = 1; month <= N_MONTHS; month++) {
        int64_t heads = theory_county(model, month, ECH_M_heads_NONE, 0);
        int64_t exits = theory_county(model, month, ECH_M_exits_NONE, 0);
        assert_int_equal(heads + exits, theory_county(model, month - 1, ECH_M_heads_NONE, 0));
        assert_int_equal(theory_county(model, month, ECH_M_entries_NONE, 0), 0);
        assert_int_equal(theory_county(model, month, ECH_M_posts_vacant_VACANCY, ECH_VACANT_NOBODY),
                         N_PEOPLE - heads);
        assert_int_equal(theory_county(model, month, ECH_M_leaders_post_months_NONE, 0),
                         heads * month);
        tally->alive[month] += heads;
        tally->exits[month] += (double)exits;
    }
    tally->exits[N_MONTHS + 1] += (double)theory_county(model, N_MONTHS, ECH_M_heads_NONE, 0);
    tally->alive_each[replication - 1] = (double)theory_county(model, middle, ECH_M_heads_NONE, 0);
}

static void run_all(struct tally *tally, const char *path)
{
    struct theory_model model = {0};
    theory_load(&model, path);
    assert_int_equal(model.scenario.n_months, N_MONTHS);
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        add_replication(tally, &model, r);
    }
    theory_free(&model);
}

/* The month of leaving over all replications is multinomial with f(t) = S(t - 1) - S(t). */
static void hold_months(const struct tally *tally, const double *survival)
{
    double expected[N_MONTHS + 2] = {0};
    double n = (double)N_PEOPLE * N_REPLICATIONS;
    for (int t = 1; t <= N_MONTHS; t++) {
        expected[t] = n * (survival[t - 1] - survival[t]);
    }
    expected[N_MONTHS + 1] = n * survival[N_MONTHS];
    theory_hold_cells("month of leaving", tally->exits, expected, N_MONTHS + 2, N_CHECKS);
}

/* The variance between replications is binomial too: sum of squares / variance is chi-square. */
static void hold_spread(const struct tally *tally, const double *survival)
{
    double mean = N_PEOPLE * survival[middle], sum = 0;
    for (int r = 0; r < N_REPLICATIONS; r++) {
        sum += gsl_pow_2(tally->alive_each[r] - mean) / (mean * (1 - survival[middle]));
    }
    double high = gsl_cdf_chisq_Q(sum, N_REPLICATIONS);
    theory_hold("survivors, spread between replications", 2 * GSL_MIN(high, 1 - high), N_CHECKS);
}

static void hold_survivors(const struct tally *tally, const double *survival, const int *months,
                           int n_months)
{
    char what[80];
    for (int i = 0; i < n_months; i++) {
        snprintf(what, sizeof what, "survivors at the end of month %d", months[i]);
        theory_hold_binomial(what, tally->alive[months[i]], (int64_t)N_PEOPLE * N_REPLICATIONS,
                             survival[months[i]], N_CHECKS);
    }
}

/* Draw t stands at t completed months of service: bands [0, 24) and [24, ...) give 23 and t - 23
   draws at the two probabilities. Months 23 and 24 tell whether the band begins in the right
   month. */
static void test_survivors_follow_bands_of_service(void **state)
{
    static const int months[] = {1, 23, 24, 61};
    struct tally tally = {0};
    double survival[N_MONTHS + 1] = {1};
    for (int t = 1; t <= N_MONTHS; t++) {
        survival[t] = survival[t - 1] * (1 - (t < 24 ? 0.031 : 0.0123));
    }
    run_all(&tally, "tests/verify/cohort_survival.yaml");
    hold_survivors(&tally, survival, months, 4);
    hold_months(&tally, survival);
    hold_spread(&tally, survival);
}

/* Completed age 30 at the start is 360 + b months, b = 0 ... 11 equally likely, and 360 + b + t at
   draw t: the mean over the twelve birth months. */
static void test_survivors_follow_bands_of_age(void **state)
{
    static const int months[] = {13, 61};
    struct tally tally = {0};
    double survival[N_MONTHS + 1] = {1};
    for (int b = 0; b < 12; b++) {
        double one = 1;
        for (int t = 1; t <= N_MONTHS; t++) {
            one *= 1 - (360 + b + t < 379 ? 0.0071 : 0.0457);
            survival[t] += one / 12;
        }
    }
    run_all(&tally, "tests/verify/cohort_age.yaml");
    hold_survivors(&tally, survival, months, 2);
    hold_months(&tally, survival);
    hold_spread(&tally, survival);
}

/* A hazard h a year leaves with 1 - exp(-h / 12) a month: seven draws at (1 - 0.63) h, five at
   2.19 h, then h. */
static void test_survivors_follow_the_service_bond(void **state)
{
    static const int months[] = {7, 12};
    struct tally tally = {0};
    double survival[N_MONTHS + 1] = {1};
    for (int t = 1; t <= N_MONTHS; t++) {
        double factor = t <= 7 ? 1 - 0.63 : t <= 12 ? 2.19 : 1;
        survival[t] = survival[t - 1] * exp(-factor * 0.731 / 12);
    }
    run_all(&tally, "tests/verify/cohort_bond.yaml");
    hold_survivors(&tally, survival, months, 2);
    hold_months(&tally, survival);
    hold_spread(&tally, survival);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_survivors_follow_bands_of_service),
        cmocka_unit_test(test_survivors_follow_bands_of_age),
        cmocka_unit_test(test_survivors_follow_the_service_bond),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
