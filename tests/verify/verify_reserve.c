/* Reserve lists.

   reserve_list.yaml: each hall is a Markov chain on (seat vacant or held, people listed 0 ... 2). In a
   month, in this order: the holder leaves with probability a; each listed person drops off with
   probability d; a vacant seat with somebody listed is filled, which takes him off the list; in a
   multiple of 7 the list has two people again (sixteen on the bench are never used up: fifteen
   departures in a hall have a chance below 1e-9 over all halls and replications). A break is a
   departure after whose drop-outs nobody is listed. The chain is stepped numerically; carrying along
   whether a break has happened gives the probability of a break by each month. Halls are independent
   and alike, so that what a number of halls shows in one month is binomial.

   reserve_waiting.yaml: somebody survives t months with probability exp(-r t / 12) while t <= 11 and
   exp(-r (11 + 2.7 (t - 11)) / 12) after. */
#include "theory.h"

enum {
    MOST_LISTED = 2,
    N_HALLS = 50,
    MONTHS = 33,
    N_REPLICATIONS = 400,
    N_CHECKS = 15 /* the calls of theory_hold...() in this file, as often as they are made */
};
static const double p_leave = 0.0561;
static const double p_drop = 0.0831;

/** Months in which the chain is looked at: before and after renewals, and the last. */
static const int looked_at[] = {6, 7, 20, 33};
enum { N_LOOKS = sizeof looked_at / sizeof looked_at[0] };

/** Probability of [a break so far][seat vacant][people listed]. */
struct chain {
    double p[2][2][MOST_LISTED + 1];
};

/* One hall in one state: departure, drop-outs, filling, renewal. */
static void step_from(struct chain *next, int month, int broken, int vacant, int listed, double p)
{
    for (int leaves = 0; leaves <= !vacant; leaves++) {
        double p_seat = vacant ? 1 : leaves ? p_leave : 1 - p_leave;
        for (int left = 0; left <= listed; left++) {
            double p_list = gsl_ran_binomial_pdf((unsigned)left, 1 - p_drop, (unsigned)listed);
            bool open = vacant || leaves;
            bool filled = open && left > 0;
            int now = month % 7 == 0 ? MOST_LISTED : left - filled;
            next->p[broken || (leaves && left == 0)][open && !filled][now] += p * p_seat * p_list;
        }
    }
}

static void step(struct chain *chain, int month)
{
    struct chain next = {{{{0}}}};
    for (int broken = 0; broken < 2; broken++) {
        for (int vacant = 0; vacant < 2; vacant++) {
            for (int listed = 0; listed <= MOST_LISTED; listed++) {
                step_from(&next, month, broken, vacant, listed, chain->p[broken][vacant][listed]);
            }
        }
    }
    *chain = next;
}

/** What is counted in one month over halls and replications. */
struct tally {
    int64_t vacant;
    int64_t broken;
    double listed[MOST_LISTED + 1];
};

static void add_month(struct tally *tally, const struct theory_model *model, int month)
{
    tally->vacant += theory_county(model, month, ECH_M_posts_vacant_NONE, 0);
    tally->broken += theory_county(model, month, ECH_M_break_yet_NONE, 0);
    assert_int_equal(theory_county(model, month, ECH_M_chief_units_NONE, 0), N_HALLS);
    for (int u = 0; u < N_HALLS; u++) {
        int64_t listed = theory_unit(model, month, u, ECH_M_reserve_NONE, 0);
        assert_in_range(listed, 0, MOST_LISTED);
        tally->listed[listed]++;
    }
}

static void hold(const struct chain *chain, const struct tally *tally, int month)
{
    double vacant = 0, broken = 0;
    double expected[MOST_LISTED + 1] = {0};
    int64_t n = (int64_t)N_HALLS * N_REPLICATIONS;
    char what[64];
    for (int b = 0; b < 2; b++) {
        for (int v = 0; v < 2; v++) {
            for (int k = 0; k <= MOST_LISTED; k++) {
                vacant += v * chain->p[b][v][k];
                broken += b * chain->p[b][v][k];
                expected[k] += (double)n * chain->p[b][v][k];
            }
        }
    }
    snprintf(what, sizeof what, "vacant seats, month %d", month);
    theory_hold_binomial(what, tally->vacant, n, vacant, N_CHECKS);
    snprintf(what, sizeof what, "halls with a break so far, month %d", month);
    theory_hold_binomial(what, tally->broken, n, broken, N_CHECKS);
    snprintf(what, sizeof what, "people listed, month %d", month);
    if (month % 7 == 0) { /* just renewed */
        assert_true(tally->listed[MOST_LISTED] == (double)n);
        assert_true(fabs(expected[MOST_LISTED] - (double)n) < 1e-6);
    } else {
        theory_hold_cells(what, tally->listed, expected, MOST_LISTED + 1, N_CHECKS);
    }
}

static void test_lists_and_seats_are_markov_chains(void **state)
{
    struct theory_model model = {0};
    struct tally tallies[N_LOOKS] = {{0}};
    struct chain chain = {.p[0][0][MOST_LISTED] = 1};
    int look = 0;
    theory_load(&model, "tests/verify/reserve_list.yaml");
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int i = 0; i < N_LOOKS; i++) {
            add_month(&tallies[i], &model, looked_at[i]);
        }
    }
    for (int month = 1; month <= MONTHS; month++) {
        step(&chain, month);
        if (look < N_LOOKS && month == looked_at[look]) {
            hold(&chain, &tallies[look++], month);
        }
    }
    assert_int_equal(look, N_LOOKS);
    theory_free(&model);
}

static void test_who_waits_too_long_leaves_more_often(void **state)
{
    enum { WAITING = 200, PATIENCE = 11, RUNS = 100, END = 29 };
    static const int months[] = {5, PATIENCE, PATIENCE + 1, END};
    static const double rate = 0.239, ratio = 2.7;
    struct theory_model model = {0};
    int64_t left[4] = {0};
    theory_load(&model, "tests/verify/reserve_waiting.yaml");
    for (int r = 1; r <= RUNS; r++) {
        theory_run(&model, r, NULL);
        assert_int_equal(theory_county(&model, 0, ECH_M_reserve_NONE, 0), WAITING);
        for (int i = 0; i < 4; i++) {
            left[i] += WAITING - theory_county(&model, months[i], ECH_M_reserve_NONE, 0);
        }
    }
    for (int i = 0; i < 4; i++) {
        int beyond = months[i] > PATIENCE ? months[i] - PATIENCE : 0;
        double exposure = rate * (months[i] - beyond + ratio * beyond) / 12;
        char what[64];
        snprintf(what, sizeof what, "left within %d months", months[i]);
        theory_hold_binomial(what, left[i], (int64_t)WAITING * RUNS, -expm1(-exposure), N_CHECKS);
    }
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_and_seats_are_markov_chains),
        cmocka_unit_test(test_who_waits_too_long_leaves_more_often),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
