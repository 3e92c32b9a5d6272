/* Training with seats (training.yaml), path by path; all comparisons are exact but for the rounding of a
   double.

   The plan of month 12 k gives floor(17.4 k) - floor(17.4 (k - 1)) seats, held in months 12 k + 1 ...
   12 k + 12, so that by month 12 k + 12 min(103, floor(17.4 k)) people have begun: everybody after
   ceil(103 / 17.4) = 6 plans. A course of two months that begins in month m is over in month m + 2;
   whoever began in m or m - 1 is absent at the end of m. The load of a month is workload x establishment /
   heads present at the end of the month before. t months after a course 0.24 x 2^(-t / 23) is left, 0.7 of
   the sum of both sides on the economic one. */
#include "theory.h"

#include "model/state.h"
#include "model/training.h"

#define assert_near(a, b) assert_true(fabs((a) - (b)) < 1e-12)

enum { N_PEOPLE = 103, MONTHS_AWAY = 2, COST = 2385 };

static int64_t begun_in(const struct theory_model *model, int month)
{
    return month < 0 ? 0
                     : theory_county(model, month, ECH_M_cost_training_NONE, 0) / COST / 1000000;
}

static void test_everybody_is_trained_after_people_over_seats_years(void **state)
{
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/training.yaml");
    theory_run(&model, 1, NULL);
    int64_t begun = 0;
    int all_begun = 0;
    int n_months_busy = 0;
    for (int month = 0; month <= model.scenario.n_months; month++) {
        int64_t now = begun_in(&model, month);
        begun += now;
        n_months_busy += now > 0;
        if (month % 12 == 0) {
            int64_t planned = month < 24 ? 0 : (int64_t)floor(17.4 * (month / 12 - 1));
            assert_int_equal(begun, planned < N_PEOPLE ? planned : N_PEOPLE);
            all_begun = all_begun == 0 && begun == N_PEOPLE ? month : all_begun;
        }
        int64_t away = now + begun_in(&model, month - 1);
        assert_int_equal(theory_county(&model, month, ECH_M_in_training_NONE, 0), away);
        assert_int_equal(theory_county(&model, month, ECH_M_heads_present_NONE, 0),
                         N_PEOPLE - away);
        assert_int_equal(theory_county(&model, month, ECH_M_trained_NONE, 0),
                         begun_in(&model, month - MONTHS_AWAY));
        assert_int_equal(theory_county(&model, month, ECH_M_trained_COURSE, ECH_COURSE_ECONOMIC),
                         begun_in(&model, month - MONTHS_AWAY));
    }
    assert_int_equal(all_begun, 12 * (int)ceil(N_PEOPLE / 17.4) + 12);
    assert_in_range(n_months_busy, 40, 6 * 12); /* spread over the years */
    theory_free(&model);
}

/** What the hook has seen. */
struct seen {
    int absent; /* at the end of the month before */
    int n_loads;
    int n_boosts;
};

static void look(const struct ech_run *run, const char *process, void *context)
{
    struct seen *seen = context;
    if (strcmp(process, "strain") == 0) {
        assert_near(run->units[0].load, 1.3 * N_PEOPLE / (N_PEOPLE - seen->absent));
        seen->n_loads += seen->absent > 0;
    }
    if (strcmp(process, "record") != 0) {
        return;
    }
    seen->absent = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        bool trained = person->trained_month > 0;
        struct ech_boost boost = ech_training_boosts(run, person);
        double left = trained ? 0.24 * exp(-M_LN2 * (run->month - person->trained_month) / 23) : 0;
        assert_near(boost.economic, 2 * 0.7 * left);
        assert_near(boost.broad, 2 * 0.3 * left);
        assert_near(ech_training_boost(run, person), left);
        seen->absent += ech_is_in_training(run, person);
        seen->n_boosts += trained;
    }
}

static void test_the_load_of_those_present_rises_and_the_boost_fades(void **state)
{
    struct theory_model model = {0};
    struct seen seen = {0};
    theory_load(&model, "tests/verify/training.yaml");
    ech_run_set_check(model.run, look, &seen);
    theory_run(&model, 1, NULL);
    assert_true(seen.n_loads > 60 && seen.n_boosts > 4000);
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everybody_is_trained_after_people_over_seats_years),
        cmocka_unit_test(test_the_load_of_those_present_rises_and_the_boost_fades),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
