/* Applicants (hiring_applicants.yaml). A place of the plan fails with p = P(N < 3), N Poisson with the
   mean 4.3 near, 4.3 x 0.37^0.73 far away. All places are planned in the first exam, those that failed
   again in the second and third, with new applicants: after k exams a place is free with probability
   p^k, independently of the others, so that the free places are binomial. Recruits decided in an exam
   report four months later. Applicants of the first exam sum to a Poisson number. */
#include "theory.h"

enum {
    N_EXAMS = 3,
    N_REPLICATIONS = 1500,
    N_CHECKS = 8 /* the calls of theory_hold...() in this file, as often as they are made */
};
static const struct {
    const char *id;
    int n_places;
    double remoteness;
} types[] = {{"near", 40, 0}, {"far", 30, 0.73}};
enum { N_TYPES = sizeof types / sizeof types[0] };
static const int exam_months[N_EXAMS] = {8, 20, 32}; /* April */

/** What is counted over replications. */
struct tally {
    int64_t failed[N_EXAMS];
    int64_t applicants;
};

static void add_exam(struct tally *tally, const struct theory_model *model, int type, int exam,
                     int64_t free_before)
{
    int row = theory_find_type(model, types[type].id);
    int month = exam_months[exam];
    int64_t failed = theory_type(model, month, row, ECH_M_hiring_failed_NONE, 0);
    int64_t filled = theory_type(model, month, row, ECH_M_hiring_filled_NONE, 0);
    assert_int_equal(theory_type(model, month, row, ECH_M_hiring_planned_NONE, 0), free_before);
    assert_int_equal(theory_type(model, month + 4, row, ECH_M_entries_NONE, 0), filled);
    assert_int_equal(theory_type(model, month, row, ECH_M_cost_hiring_NONE, 0),
                     filled * 2385 * 1000000);
    tally->failed[exam] += failed;
    tally->applicants +=
        exam == 0 ? theory_type(model, month, row, ECH_M_hiring_applicants_NONE, 0) : 0;
}

static void test_plans_fail_for_want_of_applicants(void **state)
{
    struct theory_model model = {0};
    struct tally tallies[N_TYPES] = {{.applicants = 0}};
    theory_load(&model, "tests/verify/hiring_applicants.yaml");
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int type = 0; type < N_TYPES; type++) {
            int64_t free_places = types[type].n_places;
            int row = theory_find_type(&model, types[type].id);
            for (int exam = 0; exam < N_EXAMS; exam++) {
                add_exam(&tallies[type], &model, type, exam, free_places);
                free_places =
                    theory_type(&model, exam_months[exam], row, ECH_M_hiring_failed_NONE, 0);
            }
        }
    }
    for (int type = 0; type < N_TYPES; type++) {
        double mean = 4.3 * pow(0.37, types[type].remoteness);
        double p = gsl_cdf_poisson_P(2, mean);
        int64_t n = (int64_t)types[type].n_places * N_REPLICATIONS;
        for (int exam = 0; exam < N_EXAMS; exam++) {
            char what[64];
            snprintf(what, sizeof what, "%s: free after %d exams", types[type].id, exam + 1);
            theory_hold_binomial(what, tallies[type].failed[exam], n, pow(p, exam + 1), N_CHECKS);
        }
        theory_hold_normal(types[type].id, (double)tallies[type].applicants, (double)n * mean,
                           (double)n * mean, N_CHECKS);
    }
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plans_fail_for_want_of_applicants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
