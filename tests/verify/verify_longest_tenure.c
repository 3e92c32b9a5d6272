/* Longest tenure with forced rotation (longest_tenure.yaml). A month begins with one draw for each
   holder: he leaves with probability p. Whoever stays and then has completed L months in his seat
   gives it up, to somebody who has reached L too and takes it in exchange, or by leaving; and every seat that
   is free is taken in the same month. So a seat forgets everything but the months a of its holder:

     v'(0) = p + (1 - p) v(L - 1),   v'(a + 1) = (1 - p) v(a)   for a + 1 < L,

   from v(a) = 1 / L at the start, where months in post are even over 0 ... L - 1. Seats are
   independent: a draw belongs to a person, and no person sits on two. In month t, of n seats those
   whose holders rotate are therefore Binomial(n, (1 - p) v_{t-1}(L - 1)), those with a holder under two
   years Binomial(n, sum of v_t below 24), those over ten years Binomial(n, sum of v_t above 120), and
   the months in post have mean n E a and variance n Var a. With L = 127 the law at month 200 is the stationary
   one but for (1 - p)^200: v(a) in proportion to (1 - p)^a. */
#include "theory.h"

enum {
    N_SEATS = 114,
    LIMIT = 127,
    MONTHS = 200,
    SHORT = 24,
    LONG = 120,
    N_REPLICATIONS = 400,
    N_LOOKS = 5,
    N_CHECKS = 4 * N_LOOKS
};
static const double p_leave = 0.0113;
static const int looks[N_LOOKS] = {1, 60, 126, 127, MONTHS};

/** The law of the months in post at the end of a month. */
struct law {
    double v[LIMIT];
    double rotates; /* in this month */
};

static void law_start(struct law *law)
{
    for (int a = 0; a < LIMIT; a++) {
        law->v[a] = 1.0 / LIMIT;
    }
    law->rotates = 0;
}

static void law_step(struct law *law)
{
    law->rotates = (1 - p_leave) * law->v[LIMIT - 1];
    for (int a = LIMIT - 1; a > 0; a--) {
        law->v[a] = (1 - p_leave) * law->v[a - 1];
    }
    law->v[0] = p_leave + law->rotates;
}

static double between(const struct law *law, int from, int to)
{
    double sum = 0;
    for (int a = from; a < to; a++) {
        sum += law->v[a];
    }
    return sum;
}

/** Counters summed over the replications in the months that are looked at. */
struct sums {
    int64_t rotations[N_LOOKS], under[N_LOOKS], over[N_LOOKS], months[N_LOOKS];
};

static void add(const struct theory_model *model, struct sums *sums)
{
    for (int i = 0; i < N_LOOKS; i++) {
        sums->rotations[i] += theory_county(model, looks[i], ECH_M_rotations_NONE, 0);
        sums->under[i] += theory_county(model, looks[i], ECH_M_leaders_short_NONE, 0);
        sums->over[i] += theory_county(model, looks[i], ECH_M_leaders_long_NONE, 0);
        sums->months[i] += theory_county(model, looks[i], ECH_M_leaders_post_months_NONE, 0);
    }
    for (int month = 1; month <= MONTHS; month++) { /* nobody waits: the limit is exact */
        assert_int_equal(theory_county(model, month, ECH_M_rotation_overdue_NONE, 0), 0);
        assert_int_equal(theory_county(model, month, ECH_M_posts_vacant_NONE, 0), 0);
    }
}

static void hold(const struct sums *sums, const struct law *law, int i)
{
    static const int64_t n = (int64_t)N_SEATS * N_REPLICATIONS;
    double mean = 0, square = 0;
    for (int a = 0; a < LIMIT; a++) {
        mean += law->v[a] * a;
        square += law->v[a] * a * a;
    }
    print_message("  month %d\n", looks[i]);
    theory_hold_binomial("rotations", sums->rotations[i], n, law->rotates, N_CHECKS);
    theory_hold_binomial("under two years", sums->under[i], n, between(law, 0, SHORT), N_CHECKS);
    theory_hold_binomial("over ten years", sums->over[i], n, between(law, LONG + 1, LIMIT),
                         N_CHECKS);
    theory_hold_normal("months in post", (double)sums->months[i], (double)n * mean,
                       (double)n * (square - mean * mean), N_CHECKS);
}

static void test_time_in_post_is_a_geometric_law_cut_at_the_limit(void **state)
{
    struct theory_model model = {0};
    struct sums sums = {0};
    struct law law;
    theory_load(&model, "tests/verify/longest_tenure.yaml");
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        add(&model, &sums);
    }
    law_start(&law);
    for (int month = 1, i = 0; month <= MONTHS; month++) {
        law_step(&law);
        if (month == looks[i]) {
            hold(&sums, &law, i++);
        }
    }
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time_in_post_is_a_geometric_law_cut_at_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
