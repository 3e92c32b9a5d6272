/* Constant exits with replacement (constant_exits.yaml, procedure_delay.yaml): every month each
   of n holders leaves with probability p and is replaced in the same month, or three months
   later. */
#include "theory.h"

enum {
    N_POSTS = 280,
    N_UNITS = 40,
    N_MONTHS = 37,
    N_REPLICATIONS = 600,
    N_DRAWS_BY_UNIT = 7 * N_MONTHS * N_REPLICATIONS,
    MAX_EXITS = 40,
    N_CHECKS = 11 /* the calls of theory_hold...() in this file */
};
static const double p_exit = 0.0213;

/** What is summed over replications. */
struct tally {
    int64_t exits;
    int64_t exits_of_unit[N_UNITS];
    double months_with[MAX_EXITS + 1]; /* months with so many exits */
    double neighbours;                 /* sum of products of deviations of neighbouring months */
    double tenure_half, tenure_end;    /* months in post, summed over holders */
    int64_t short_end;                 /* holders under 24 months at the end */
};

static void check_stock(const struct theory_model *model, int month)
{
    assert_int_equal(theory_county(model, month, ECH_M_heads_NONE, 0), N_POSTS);
    assert_int_equal(theory_county(model, month, ECH_M_leaders_NONE, 0), N_POSTS);
    assert_int_equal(theory_county(model, month, ECH_M_posts_vacant_NONE, 0), 0);
    assert_int_equal(theory_county(model, month, ECH_M_entries_NONE, 0),
                     theory_county(model, month, ECH_M_exits_NONE, 0));
    assert_int_equal(theory_county(model, month, ECH_M_exits_CAUSE, ECH_CAUSE_RESIGN),
                     theory_county(model, month, ECH_M_exits_NONE, 0));
    assert_int_equal(theory_county(model, month, ECH_M_appointments_outside_NONE, 0),
                     theory_county(model, month, ECH_M_exits_NONE, 0));
}

static void add_month(struct tally *tally, const struct theory_model *model, int month,
                      double *last)
{
    int64_t exits = theory_county(model, month, ECH_M_exits_NONE, 0);
    double deviation = (double)exits - N_POSTS * p_exit;
    assert_in_range(exits, 0, MAX_EXITS);
    tally->exits += exits;
    tally->months_with[exits]++;
    tally->neighbours += month > 1 ? deviation * *last : 0;
    *last = deviation;
    for (int u = 0; u < N_UNITS; u++) {
        tally->exits_of_unit[u] += theory_unit(model, month, u, ECH_M_exits_NONE, 0);
    }
}

static void add_replication(struct tally *tally, struct theory_model *model, int replication)
{
    double last = 0;
    theory_run(model, replication, NULL);
    check_stock(model, 0);
    for (int month = 1; month <= N_MONTHS; month++) {
        check_stock(model, month);
        add_month(tally, model, month, &last);
    }
    tally->tenure_half += (double)theory_county(model, 11, ECH_M_leaders_post_months_NONE, 0);
    tally->tenure_end += (double)theory_county(model, N_MONTHS, ECH_M_leaders_post_months_NONE, 0);
    tally->short_end += theory_county(model, N_MONTHS, ECH_M_leaders_short_NONE, 0);
}

/* Exits of a month are Binomial(n, p), independent between months and units. */
static void hold_exits(const struct tally *tally)
{
    int64_t n_draws = (int64_t)N_POSTS * N_MONTHS * N_REPLICATIONS;
    double expected[MAX_EXITS + 1];
    double n_months = (double)N_MONTHS * N_REPLICATIONS;
    for (unsigned k = 0; k <= MAX_EXITS; k++) {
        expected[k] = n_months * gsl_ran_binomial_pdf(k, p_exit, N_POSTS);
    }
    theory_hold_binomial("exits in all", tally->exits, n_draws, p_exit, N_CHECKS);
    theory_hold_cells("exits of a month", tally->months_with, expected, MAX_EXITS + 1, N_CHECKS);
    double variance = N_POSTS * p_exit * (1 - p_exit);
    double n_pairs = (double)(N_MONTHS - 1) * N_REPLICATIONS;
    theory_hold_normal("exits of neighbouring months, covariance", tally->neighbours, 0,
                       n_pairs * variance * variance, N_CHECKS);
}

static void hold_units(const struct tally *tally)
{
    double sum = 0;
    for (int u = 0; u < N_UNITS; u++) {
        double mean = N_DRAWS_BY_UNIT * p_exit;
        sum += gsl_pow_2((double)tally->exits_of_unit[u] - mean) / (mean * (1 - p_exit));
    }
    double high = gsl_cdf_chisq_Q(sum, N_UNITS);
    theory_hold("exits of the units, spread", 2 * GSL_MIN(high, 1 - high), N_CHECKS);
}

/* Tenure T at the end of month m is at least k with probability (1 - p)^k for k <= m, and at
   most m: E T = sum (1 - p)^k, E T^2 = sum (2 k - 1)(1 - p)^k over k = 1 ... m. Posts are
   independent. */
static void hold_tenure(const char *what, double months_in_post, int month)
{
    double mean = 0, square = 0;
    for (int k = 1; k <= month; k++) {
        mean += pow(1 - p_exit, k);
        square += (2 * k - 1) * pow(1 - p_exit, k);
    }
    double n = (double)N_POSTS * N_REPLICATIONS;
    theory_hold_normal(what, months_in_post, n * mean, n * (square - mean * mean), N_CHECKS);
}

static void test_exits_are_binomial_and_tenure_geometric(void **state)
{
    struct theory_model model = {0};
    struct tally tally = {0};
    theory_load(&model, "tests/verify/constant_exits.yaml");
    assert_int_equal(model.scenario.n_posts, N_POSTS);
    assert_int_equal(model.scenario.n_months, N_MONTHS);
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        add_replication(&tally, &model, r);
    }
    hold_exits(&tally);
    hold_units(&tally);
    hold_tenure("months in post after 11 months", tally.tenure_half, 11);
    hold_tenure("months in post at the end", tally.tenure_end, N_MONTHS);
    theory_hold_binomial("under 24 months in post at the end", tally.short_end,
                         (int64_t)N_POSTS * N_REPLICATIONS, 1 - pow(1 - p_exit, 24), N_CHECKS);
    theory_free(&model);
}

/* With a procedure of d months a post that opens in month m has a holder again at the end of m +
   d, who faces his first draw in m + d + 1. Opening probability u and occupancy o of one post:
   u(m) = p o(m), o(m + 1) = o(m) - u(m) + u(m - d), o(1) = 1; vacant at the end of m with
   probability u(m) + ... + u(m - d + 1). Posts are independent. */
static void opening_probability(double p, int delay, double *opened, int n_months)
{
    double occupied = 1;
    for (int m = 1; m <= n_months; m++) {
        opened[m] = p * occupied;
        occupied += (m > delay ? opened[m - delay] : 0) - opened[m];
    }
}

static void add_vacancies(const struct theory_model *model, int64_t *openings, int64_t *vacant)
{
    for (int month = 1; month <= N_MONTHS; month++) {
        int64_t empty = theory_county(model, month, ECH_M_posts_vacant_NONE, 0);
        assert_int_equal(
            empty, theory_county(model, month, ECH_M_posts_vacant_VACANCY, ECH_VACANT_PROCEDURE));
        assert_int_equal(empty, N_POSTS - theory_county(model, month, ECH_M_heads_NONE, 0));
        openings[month] += theory_county(model, month, ECH_M_openings_NONE, 0);
        vacant[month] += empty;
        int64_t waited = theory_county(model, month, ECH_M_fill_months_NONE, 0);
        assert_int_equal(waited, 3 * theory_county(model, month, ECH_M_appointments_NONE, 0));
    }
}

static void test_posts_under_procedure_keep_littles_law(void **state)
{
    static const int delay = 3;
    const double p = 0.0371;
    struct theory_model model = {0};
    int64_t openings[N_MONTHS + 1] = {0}, vacant[N_MONTHS + 1] = {0};
    double opened[N_MONTHS + 1] = {0};
    theory_load(&model, "tests/verify/procedure_delay.yaml");
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        add_vacancies(&model, openings, vacant);
    }
    opening_probability(p, delay, opened, N_MONTHS);
    int64_t n = (int64_t)N_POSTS * N_REPLICATIONS;
    theory_hold_binomial("openings of month 1", openings[1], n, opened[1], N_CHECKS);
    theory_hold_binomial("openings of month 5", openings[5], n, opened[5], N_CHECKS);
    theory_hold_binomial("vacant at the end of month 2", vacant[2], n, opened[1] + opened[2],
                         N_CHECKS);
    double share = opened[N_MONTHS] + opened[N_MONTHS - 1] + opened[N_MONTHS - 2];
    assert_true(fabs(share - delay * p / (1 + delay * p)) < 1e-3); /* Little's law at rest */
    theory_hold_binomial("vacant at the end", vacant[N_MONTHS], n, share, N_CHECKS);
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exits_are_binomial_and_tenure_geometric),
        cmocka_unit_test(test_posts_under_procedure_keep_littles_law),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
