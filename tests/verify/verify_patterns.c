/* The patterns of the baseline that nobody put in: moves bunch at the change of terms, tenures too long
   and too short stand side by side, remote townships stay short. No parameter names how many move, how
   many stay long or where posts stand vacant; that they do follows from the rules.

   Each pattern is a difference that has a direction. In replication r it is d_r; replications are
   independent and alike, so mean(d) / se(d) follows Student's t with N - 1 degrees of freedom if the
   expected difference is 0. A pattern holds if this exceeds the quantile that no difference would exceed
   but with THEORY_ALARM / N_CHECKS, one-sided: a model without the pattern fails. That changes of terms make
   moves bunch is held against the same replications without them, in the same months: seasons and
   waves of retirement are in both. */
#include "theory.h"

#include "results/statistics.h"

enum {
    N_REPLICATIONS = 150,
    FIRST_CHANGE = 22, /* 2021-06, counted from 2019-08 */
    TERM = 60,
    N_CHECKS = 7 /* calls of hold_pattern() */
};

/** One number of a replication. */
typedef double difference_of(const struct theory_model *model);

static void differences(const char *path, difference_of *difference, double *values)
{
    struct theory_model model = {0};
    theory_load(&model, path);
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        values[r - 1] = difference(&model);
    }
    theory_free(&model);
}

/* The differences lie above 0 by more than chance would put them there. */
static void hold_pattern(const double *values)
{
    struct ech_summary summary = ech_summarise(values, N_REPLICATIONS);
    double t = summary.mean / summary.se;
    double least = gsl_cdf_tdist_Qinv(THEORY_ALARM / N_CHECKS, N_REPLICATIONS - 1);
    print_message("    mean difference %.4g, standard error %.2g, t = %.1f, at least %.1f\n",
                  summary.mean, summary.se, t, least);
    assert_true(t > least);
}

static void pattern(const char *path, difference_of *difference)
{
    double values[N_REPLICATIONS];
    differences(path, difference, values);
    hold_pattern(values);
}

static const char baseline[] = "scenarios/nanpiao/baseline.yaml";

/* Moves bunch */

static double postings(const struct theory_model *model, const char *type, int month)
{
    int row = theory_find_type(model, type);
    return (double)theory_type(model, month, row, ECH_M_postings_NONE, 0);
}

static bool is_change(int month)
{
    return month >= FIRST_CHANGE && (month - FIRST_CHANGE) % TERM == 0;
}

/* People who take a post in a township in a month of change, less those of an average month. */
static double bunching(const struct theory_model *model)
{
    double change = 0, others = 0;
    int n_changes = 0;
    for (int month = 1; month <= model->scenario.n_months; month++) {
        *(is_change(month) ? &change : &others) += postings(model, "township", month);
        n_changes += is_change(month);
    }
    assert_int_equal(n_changes, 3);
    return change / n_changes - others / (model->scenario.n_months - n_changes);
}

static void test_moves_bunch_at_the_change_of_terms(void **state)
{
    double with[N_REPLICATIONS], without[N_REPLICATIONS];
    differences(baseline, bunching, with);
    hold_pattern(with);
    differences("scenarios/nanpiao/terms_off.yaml", bunching, without);
    for (int r = 0; r < N_REPLICATIONS; r++) {
        with[r] -= without[r];
    }
    hold_pattern(with);
}

/* What comes later changes nothing before: both are one until the first change. */
static double postings_before(const struct theory_model *model)
{
    double sum = 0;
    for (int month = 1; month < FIRST_CHANGE; month++) {
        sum = 31 * sum + postings(model, "township", month) + postings(model, "department", month);
        sum = fmod(sum, 1048573);
    }
    return sum;
}

static void test_nothing_differs_before_the_first_change(void **state)
{
    double with[N_REPLICATIONS], without[N_REPLICATIONS];
    differences(baseline, postings_before, with);
    differences("scenarios/nanpiao/terms_off.yaml", postings_before, without);
    assert_memory_equal(with, without, sizeof with);
}

/* Too long and too short */

static double share(const struct theory_model *model, const char *type, int month,
                    enum ech_count_id row)
{
    int t = theory_find_type(model, type);
    return (double)theory_type(model, month, t, row, 0) /
           (double)theory_type(model, month, t, ECH_M_leaders_NONE, 0);
}

/* Under two years in post, townships less departments, at the end of the year of a change. */
static double shorter_in_townships(const struct theory_model *model)
{
    double sum = 0;
    for (int month = 24; month <= 144; month += TERM) {
        sum += share(model, "township", month, ECH_M_leaders_short_NONE) -
               share(model, "department", month, ECH_M_leaders_short_NONE);
    }
    return sum / 3;
}

/* Over ten years in post, departments less townships, at the same dates. */
static double longer_in_departments(const struct theory_model *model)
{
    double sum = 0;
    for (int month = 24; month <= 144; month += TERM) {
        sum += share(model, "department", month, ECH_M_leaders_long_NONE) -
               share(model, "township", month, ECH_M_leaders_long_NONE);
    }
    return sum / 3;
}

/* In one and the same team of the county: the smaller of both shares, beyond one leader in twenty. */
static double both_at_once(const struct theory_model *model)
{
    double least = 1;
    for (int month = 72; month <= model->scenario.n_months; month += 12) {
        double leaders = (double)theory_county(model, month, ECH_M_leaders_NONE, 0);
        double under = (double)theory_county(model, month, ECH_M_leaders_short_NONE, 0) / leaders;
        double over = (double)theory_county(model, month, ECH_M_leaders_long_NONE, 0) / leaders;
        least = fmin(least, fmin(under, over));
    }
    return least - 0.05;
}

static void test_too_long_and_too_short_stand_side_by_side(void **state)
{
    pattern(baseline, shorter_in_townships);
    pattern(baseline, longer_in_departments);
    pattern(baseline, both_at_once);
}

/* Remote townships stay short */

/* Vacant places of the five remotest townships less those of the five nearest: months' ends, all years.
   Townships are numbered by remoteness, and units stand in the order of their ids. */
static double shorter_when_remote(const struct theory_model *model)
{
    int township = theory_find_type(model, "township");
    double sum = 0;
    int seen = 0;
    for (int u = 0; u < model->scenario.n_units; u++) {
        if (model->scenario.units[u].type != township) {
            continue;
        }
        bool remote = model->scenario.units[u].remoteness > 0.55;
        for (int month = 1; month <= model->scenario.n_months; month++) {
            double n = (double)theory_unit(model, month, u, ECH_M_establishment_vacant_NONE, 0);
            sum += remote ? n : -n;
        }
        seen += remote ? 1 : -1;
    }
    assert_int_equal(seen, 0);
    return sum / model->scenario.n_months;
}

static void test_remote_townships_stay_short(void **state)
{
    pattern(baseline, shorter_when_remote);
    pattern("scenarios/nanpiao/no_transfers.yaml", shorter_when_remote);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moves_bunch_at_the_change_of_terms),
        cmocka_unit_test(test_nothing_differs_before_the_first_change),
        cmocka_unit_test(test_too_long_and_too_short_stand_side_by_side),
        cmocka_unit_test(test_remote_townships_stay_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
