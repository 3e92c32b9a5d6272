/* Push flows: people without a post change levels by chance (push_flows.yaml), losses of a fixed
   total are made up (push_total.yaml), a level grows at a given rate (push_growth.yaml).

   Markov chain. Everybody moves on his own, so of g people who begin in the same month with the
   same distribution d over the levels, the numbers at each level after the months with matrices
   P(s + 1) ... P(m) are multinomial: g trials with probabilities p = d P(s + 1) ... P(m), what is
   left of 1 has gone. A stock is the sum of such groups: the initial people of each level, and the
   recruits of each year. Its means, variances, covariances and fourth cumulants are sums over the
   groups, and the distribution of one stock is a convolution of binomials. */
#include "theory.h"

enum {
    N_LEVELS = 3,
    N_UNITS = 3,
    N_MONTHS = 31,
    N_REPLICATIONS = 4000,
    N_GROUPS = N_LEVELS + 2, /* recruits of month 12 and 24 */
    MAX_STOCK = 400,
    N_CHECKS = 32
};
enum { LOW, MIDDLE, HIGH };

static const int initial[N_LEVELS] = {173, 97, 41};
static const int looked_at[] = {6, 12, 24, N_MONTHS};
enum { N_LOOKS = sizeof looked_at / sizeof looked_at[0] };

/** A group of people of one beginning. */
struct group {
    int n, begin;
    double p[N_LEVELS]; /* where each of them is now */
};

/* One month: exact probabilities q with sum Q; rates r with sum R share what is left. */
static void month_matrix(int month, double to[N_LEVELS][N_LEVELS])
{
    bool year = month % 12 == 0, half = month % 6 == 0;
    double exact[N_LEVELS][N_LEVELS] = {{0}}, rate[N_LEVELS][N_LEVELS] = {{0}};
    double leave[N_LEVELS] = {0.0041, 0.0041, 0.0041};
    double leave_rate = 0.0337;
    exact[LOW][MIDDLE] = year ? 0.1373 : 0;
    exact[LOW][HIGH] = year ? 0.0177 : 0;
    exact[MIDDLE][LOW] = half ? 0.0311 : 0;
    leave[LOW] += year ? 0.0843 : 0;
    leave[HIGH] += half ? 0.0671 : 0;
    rate[LOW][MIDDLE] = 0.0719;
    rate[MIDDLE][HIGH] = 0.0923;
    for (int i = 0; i < N_LEVELS; i++) {
        double q = leave[i], r = leave_rate;
        for (int j = 0; j < N_LEVELS; j++) {
            q += exact[i][j];
            r += rate[i][j];
        }
        double by_rate = (1 - q) * -expm1(-r / 12) / r;
        to[i][i] = (1 - q) * exp(-r / 12);
        for (int j = 0; j < N_LEVELS; j++) {
            to[i][j] = i == j ? to[i][i] : exact[i][j] + by_rate * rate[i][j];
        }
    }
}

static void pass_month(struct group *groups, int month)
{
    double to[N_LEVELS][N_LEVELS];
    month_matrix(month, to);
    for (int g = 0; g < N_GROUPS; g++) {
        double next[N_LEVELS] = {0};
        for (int i = 0; i < N_LEVELS && groups[g].begin < month; i++) {
            for (int j = 0; j < N_LEVELS; j++) {
                next[j] += groups[g].p[i] * to[i][j];
            }
        }
        if (groups[g].begin < month) {
            memcpy(groups[g].p, next, sizeof next);
        }
    }
}

static void begin_groups(struct group *groups)
{
    memset(groups, 0, N_GROUPS * sizeof *groups);
    for (int i = 0; i < N_LEVELS; i++) {
        groups[i] = (struct group){.n = initial[i]};
        groups[i].p[i] = 1;
    }
    for (int y = 1; y <= 2; y++) {
        groups[N_LEVELS + y - 1] =
            (struct group){.n = 7 * N_UNITS, .begin = 12 * y, .p = {0.71, 0.29, 0}};
    }
}

/** Joint moments of the stocks of two levels. */
struct moments {
    double mean_a, mean_b, var_a, var_b, cov, k40, k22;
};

/* Fourth cumulants of one trial: k40 = m40 - 3 m20^2, k22 = m22 - m20 m02 - 2 m11^2. */
static void add_group(struct moments *m, const struct group *group, int a, int b)
{
    double n = group->n, pa = group->p[a], pb = group->p[b], none = 1 - pa - pb;
    double va = pa * (1 - pa), vb = pb * (1 - pb), cov = -pa * pb;
    double m40 = pa * gsl_pow_4(1 - pa) + (1 - pa) * gsl_pow_4(pa);
    double m22 = pa * gsl_pow_2(1 - pa) * pb * pb + pb * pa * pa * gsl_pow_2(1 - pb) +
                 none * pa * pa * pb * pb;
    m->mean_a += n * pa;
    m->mean_b += n * pb;
    m->var_a += n * va;
    m->var_b += n * vb;
    m->cov += n * cov;
    m->k40 += n * (m40 - 3 * va * va);
    m->k22 += n * (m22 - va * vb - 2 * cov * cov);
}

static struct moments moments_of(const struct group *groups, int month, int a, int b)
{
    struct moments m = {0};
    for (int g = 0; g < N_GROUPS; g++) {
        if (groups[g].begin <= month) {
            add_group(&m, &groups[g], a, b);
        }
    }
    return m;
}

/* The distribution of one stock: binomials convolved. */
static void stock_distribution(const struct group *groups, int month, int level, double *pdf)
{
    memset(pdf, 0, (MAX_STOCK + 1) * sizeof *pdf);
    pdf[0] = 1;
    for (int g = 0; g < N_GROUPS; g++) {
        double next[MAX_STOCK + 1] = {0};
        int n = groups[g].begin <= month ? groups[g].n : 0;
        for (int x = 0; x <= MAX_STOCK; x++) {
            for (int k = 0; k <= n && x + k <= MAX_STOCK; k++) {
                next[x + k] +=
                    pdf[x] * gsl_ran_binomial_pdf((unsigned)k, groups[g].p[level], (unsigned)n);
            }
        }
        memcpy(pdf, next, sizeof next);
    }
}

/** Stocks of all replications in the months that are looked at. */
static int64_t stocks[N_LOOKS][N_LEVELS][N_REPLICATIONS];

/* Stock = stock before + entries + arrivals from other levels - exits - departures. */
static void check_levels(const struct theory_model *model)
{
    for (int month = 1; month <= model->scenario.n_months; month++) {
        for (int l = 0; l < model->scenario.n_levels; l++) {
            assert_int_equal(theory_county(model, month, ECH_M_heads_LEVEL, l),
                             theory_county(model, month - 1, ECH_M_heads_LEVEL, l) +
                                 theory_county(model, month, ECH_M_entries_LEVEL, l) -
                                 theory_county(model, month, ECH_M_exits_LEVEL, l) +
                                 theory_county(model, month, ECH_M_level_in_LEVEL, l) -
                                 theory_county(model, month, ECH_M_level_out_LEVEL, l));
        }
        assert_int_equal(theory_county(model, month, ECH_M_establishment_NONE, 0),
                         theory_county(model, month, ECH_M_heads_NONE, 0));
    }
}

static void run_all(struct theory_model *model)
{
    for (int r = 0; r < N_REPLICATIONS; r++) {
        theory_run(model, r + 1, NULL);
        check_levels(model);
        for (int k = 0; k < N_LOOKS; k++) {
            for (int l = 0; l < N_LEVELS; l++) {
                stocks[k][l][r] = theory_county(model, looked_at[k], ECH_M_heads_LEVEL, l);
            }
        }
    }
}

static void hold_mean(int k, int level, const struct moments *m)
{
    double sum = 0;
    char what[64];
    snprintf(what, sizeof what, "month %d, level %d, mean", looked_at[k], level);
    for (int r = 0; r < N_REPLICATIONS; r++) {
        sum += (double)stocks[k][level][r];
    }
    theory_hold_normal(what, sum, N_REPLICATIONS * m->mean_a, N_REPLICATIONS * m->var_a, N_CHECKS);
}

/* (X - mean)(Y - mean) has mean cov and variance var var + cov^2 + k22, or 2 var^2 + k40. */
static void hold_products(int k, int a, int b, const struct moments *m)
{
    double sum = 0;
    char what[64];
    snprintf(what, sizeof what, "month %d, levels %d and %d, covariance", looked_at[k], a, b);
    for (int r = 0; r < N_REPLICATIONS; r++) {
        sum += ((double)stocks[k][a][r] - m->mean_a) * ((double)stocks[k][b][r] - m->mean_b);
    }
    double mean = a == b ? m->var_a : m->cov;
    double variance =
        a == b ? 2 * m->var_a * m->var_a + m->k40 : m->var_a * m->var_b + m->cov * m->cov + m->k22;
    theory_hold_normal(what, sum, N_REPLICATIONS * mean, N_REPLICATIONS * variance, N_CHECKS);
}

static void hold_distribution(const struct group *groups, int k, int level)
{
    double pdf[MAX_STOCK + 1], observed[MAX_STOCK + 1] = {0};
    stock_distribution(groups, looked_at[k], level, pdf);
    for (int r = 0; r < N_REPLICATIONS; r++) {
        assert_in_range(stocks[k][level][r], 0, MAX_STOCK);
        observed[stocks[k][level][r]]++;
    }
    for (int x = 0; x <= MAX_STOCK; x++) {
        pdf[x] *= N_REPLICATIONS;
    }
    theory_hold_cells("distribution of the stock", observed, pdf, MAX_STOCK + 1, N_CHECKS);
}

static void test_stocks_are_a_markov_chain_with_recruits(void **state)
{
    struct theory_model model = {0};
    struct group groups[N_GROUPS];
    theory_load(&model, "tests/verify/push_flows.yaml");
    assert_int_equal(model.scenario.n_months, N_MONTHS);
    run_all(&model);
    begin_groups(groups);
    for (int month = 1, k = 0; month <= N_MONTHS; month++) {
        pass_month(groups, month);
        for (; k < N_LOOKS && looked_at[k] == month; k++) {
            for (int a = 0; a < N_LEVELS; a++) {
                struct moments m = moments_of(groups, month, a, (a + 1) % N_LEVELS);
                hold_mean(k, a, &m);
            }
        }
    }
    for (int a = 0; a < N_LEVELS; a++) { /* at the end */
        for (int b = a; b < N_LEVELS; b++) {
            struct moments m = moments_of(groups, N_MONTHS, a, b);
            hold_products(N_LOOKS - 1, a, b, &m);
        }
        hold_distribution(groups, N_LOOKS - 1, a);
    }
    theory_free(&model);
}

static void take_woman(void *context, const struct ech_event *event)
{
    int64_t *women = context;
    *women += event->type == ECH_EV_ENTRY && strstr(event->detail, "sex=f") != NULL;
}

/* Each of N = 211 seats is filled anew in the month in which it is left: entries of month m are
   Binomial(N, u(m)) with u(m) = sum over k of f(k) u(m - k), u(0) = 1 and f the distribution of
   time in service: hazard 0.0713 up to 6 months, 0.0219 from 7. Recruits' level, channel and sex
   are independent draws. */
static void test_a_fixed_total_renews_itself(void **state)
{
    enum { N = 211, M = 29, R = 900 };
    struct theory_model model = {0};
    int64_t entries[M + 1] = {0}, all = 0, high = 0, transfer = 0, women = 0;
    const struct ech_sink sink = {take_woman, &women};
    double u[M + 1] = {1}, f[M + 1] = {0}, stays = 1;
    theory_load(&model, "tests/verify/push_total.yaml");
    assert_int_equal(model.scenario.n_months, M);
    for (int r = 1; r <= R; r++) {
        theory_run(&model, r, &sink);
        check_levels(&model);
        for (int month = 1; month <= M; month++) {
            assert_int_equal(theory_county(&model, month, ECH_M_heads_NONE, 0), N);
            entries[month] += theory_county(&model, month, ECH_M_entries_NONE, 0);
            high += theory_county(&model, month, ECH_M_entries_LEVEL, 1);
            transfer += theory_county(&model, month, ECH_M_entries_CHANNEL, ECH_CHANNEL_TRANSFER);
        }
    }
    for (int k = 1; k <= M; k++) {
        double hazard = k < 7 ? 0.0713 : 0.0219;
        f[k] = stays * hazard;
        stays *= 1 - hazard;
    }
    for (int month = 1; month <= M; month++) {
        for (int k = 1; k <= month; k++) {
            u[month] += f[k] * u[month - k];
        }
        all += entries[month];
    }
    theory_hold_binomial("entries of month 1", entries[1], (int64_t)N * R, u[1], N_CHECKS);
    theory_hold_binomial("entries of month 8", entries[8], (int64_t)N * R, u[8], N_CHECKS);
    theory_hold_binomial("entries of the last month", entries[M], (int64_t)N * R, u[M], N_CHECKS);
    theory_hold_binomial("recruits who begin higher", high, all, 0.17, N_CHECKS);
    theory_hold_binomial("recruits by transfer", transfer, all, 0.37, N_CHECKS);
    theory_hold_binomial("women among recruits", women, all, 0.43, N_CHECKS);
    theory_free(&model);
}

/* The same made up every seventh month only (push_total_every.yaml): whole again then, and whoever is gone of
   the 211 after 6 draws at 0.0713 and one at 0.0219 is made up in month 7. */
static void test_a_fixed_total_is_made_up_every_so_many_months(void **state)
{
    enum { N = 211, M = 29, R = 300, EVERY = 7 };
    struct theory_model model = {0};
    int64_t first = 0;
    theory_load(&model, "tests/verify/push_total_every.yaml");
    assert_int_equal(model.scenario.n_months, M);
    for (int r = 1; r <= R; r++) {
        theory_run(&model, r, NULL);
        for (int month = 1; month <= M; month++) {
            int64_t heads = theory_county(&model, month, ECH_M_heads_NONE, 0);
            int64_t entries = theory_county(&model, month, ECH_M_entries_NONE, 0);
            assert_true(month % EVERY == 0 ? heads == N : entries == 0);
            first += month == EVERY ? entries : 0;
        }
    }
    theory_hold_binomial("made up in month 7", first, (int64_t)N * R,
                         1 - pow(1 - 0.0713, 6) * (1 - 0.0219), N_CHECKS);
    theory_free(&model);
}

/* Every sixth month the level is 211 x 1.037^n people, rounded, unless more than that are there; in
   other months nobody comes. Losses of a half year (at least 2.2 % a month and 11.9 % every fourth)
   exceed the growth, so the target always binds. */
static void test_a_level_grows_as_planned(void **state)
{
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/push_growth.yaml");
    for (int r = 1; r <= 20; r++) {
        theory_run(&model, r, NULL);
        check_levels(&model);
        for (int month = 1; month <= model.scenario.n_months; month++) {
            int64_t target = (int64_t)floor(211 * pow(1.037, month / 6) + 0.5);
            if (month % 6 == 0) {
                assert_int_equal(theory_county(&model, month, ECH_M_heads_LEVEL, 0), target);
            } else {
                assert_int_equal(theory_county(&model, month, ECH_M_entries_NONE, 0), 0);
            }
        }
    }
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stocks_are_a_markov_chain_with_recruits),
        cmocka_unit_test(test_a_fixed_total_renews_itself),
        cmocka_unit_test(test_a_fixed_total_is_made_up_every_so_many_months),
        cmocka_unit_test(test_a_level_grows_as_planned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
