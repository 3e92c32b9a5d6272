/* Shortest time in a level (shortest_time.yaml, shortest_time_wider.yaml). A seat that falls vacant before
   month 19 stays vacant until then, so that the vacant seats of month t < 19 are Binomial(35, 1 -
   (1 - p)^t) and equal the exits so far; in month 19 and after none is vacant while fewer people have
   left a unit than wait in it. Each opening rejects everybody whom it looks at, once: the 25 who wait
   in its unit, or the 175 of the county, on account of the time in level alone. */
#include "theory.h"

enum {
    N_SEATS = 35,
    N_WAITING = 25,
    N_UNITS = 7,
    MONTHS = 31,
    REACHED = 19, /* the month in which everybody has the time */
    N_REPLICATIONS = 2000,
    N_CHECKS = 4 /* the calls of theory_hold...() in this file */
};
static const double p_exit = 0.0361;

/** What is summed over replications. */
struct tally {
    int64_t exits_early;        /* months 1 ... 18 */
    double vacant[N_SEATS + 1]; /* replications with so many vacant seats in month 18 */
};

static int64_t rejected(const struct theory_model *model, int month, int clause)
{
    assert_int_equal(theory_county(model, month, ECH_M_rejections_CLAUSE, clause),
                     theory_county(model, month, ECH_M_rejections_only_CLAUSE, clause));
    return theory_county(model, month, ECH_M_rejections_CLAUSE, clause);
}

static void add_replication(struct tally *tally, struct theory_model *model, int replication,
                            int looked_at)
{
    int64_t exits = 0;
    theory_run(model, replication, NULL);
    for (int month = 1; month <= MONTHS; month++) {
        int64_t now = theory_county(model, month, ECH_M_exits_NONE, 0);
        exits += now;
        assert_int_equal(theory_county(model, month, ECH_M_posts_vacant_NONE, 0),
                         month < REACHED ? exits : 0);
        assert_int_equal(rejected(model, month, ECH_CLAUSE_LEVEL_TIME),
                         month < REACHED ? looked_at * now : 0);
        if (month == REACHED - 1) {
            tally->exits_early += exits;
            tally->vacant[exits]++;
        }
    }
    for (int u = 0; u < N_UNITS; u++) { /* else a seat could stay vacant for want of people */
        assert_true(theory_unit(model, MONTHS, u, ECH_M_heads_NONE, 0) > 5);
    }
}

static void hold(const char *path, int looked_at)
{
    struct theory_model model = {0};
    struct tally tally = {0};
    double expected[N_SEATS + 1];
    double p = 1 - pow(1 - p_exit, REACHED - 1);
    theory_load(&model, path);
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        add_replication(&tally, &model, r, looked_at);
    }
    for (unsigned n = 0; n <= N_SEATS; n++) {
        expected[n] = N_REPLICATIONS * gsl_ran_binomial_pdf(n, p, N_SEATS);
    }
    theory_hold_binomial("seats vacated in 18 months", tally.exits_early,
                         (int64_t)N_SEATS * N_REPLICATIONS, p, N_CHECKS);
    theory_hold_cells("vacant seats in month 18", tally.vacant, expected, N_SEATS + 1, N_CHECKS);
    theory_free(&model);
}

static void test_nobody_is_promoted_before_the_time(void **state)
{
    hold("tests/verify/shortest_time.yaml", N_WAITING);
}

static void test_a_wider_circle_finds_nobody_sooner(void **state)
{
    hold("tests/verify/shortest_time_wider.yaml", N_WAITING * N_UNITS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nobody_is_promoted_before_the_time),
        cmocka_unit_test(test_a_wider_circle_finds_nobody_sooner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
