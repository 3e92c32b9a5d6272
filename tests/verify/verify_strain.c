/* Strain at constant load (strain.yaml). With s' = s + p - r s and p = k_load (load - 1) + k_acc
   (accountability - 1) - care the fixed point is s* = p / r within 0 and 1, and t months after a change of
   p strain is s* + (s_0 - s*) (1 - r)^t until it meets a bound. Everything is exact. */
#include "theory.h"

#include "model/state.h"
#include "model/strain.h"

enum { N_MONTHS = 60, CHANGE = 9 };
static const double load_gain = 0.0593, accountability_gain = 0.0271, recovery = 0.0831;

static void assert_close(double a, double b, double by)
{
    if (!(fabs(a - b) <= by)) {
        fail_msg("%.17g is not %.17g", a, b);
    }
}

/** What the hook sees at the end of each month: strain of the people of each type. */
struct seen {
    double strain[4][N_MONTHS + 1];
    double load[4][N_MONTHS + 1];
    int heads[4][N_MONTHS + 1];
};

static void look(const struct ech_run *run, const char *process, void *context)
{
    struct seen *seen = context;
    if (strcmp(process, "record") != 0 && strcmp(process, "start") != 0) {
        return;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        int type = run->scenario->units[person->unit].type;
        if (person->presence != ECH_SERVING) {
            continue;
        }
        double before = seen->strain[type][run->month];
        assert_true(seen->heads[type][run->month]++ == 0 || before == ech_strain_of(run, id));
        seen->strain[type][run->month] = ech_strain_of(run, id);
        seen->load[type][run->month] = run->units[person->unit].load;
    }
}

static struct seen run_and_look(struct theory_model *model)
{
    struct seen seen = {0};
    theory_load(model, "tests/verify/strain.yaml");
    assert_int_equal(model->scenario.n_months, N_MONTHS);
    ech_run_set_check(model->run, look, &seen);
    theory_run(model, 1, NULL);
    return seen;
}

static double pressure(double load, double accountability, double care)
{
    return load_gain * (load - 1) + accountability_gain * (accountability - 1) - care;
}

static double after(double start, double fixed, int months)
{
    return fixed + (start - fixed) * pow(1 - recovery, months);
}

static void test_strain_goes_from_one_fixed_point_to_the_next(void **state)
{
    struct theory_model model = {0};
    struct seen seen = run_and_look(&model);
    int heavy = theory_find_type(&model, "heavy");
    double first = pressure(1.31 * 40 / 32, 1.17, 0) / recovery;
    double next = pressure(1.31 * 0.81 * 40 / 32, 1.17 * 0.57, 0.0013) / recovery;
    assert_true(first > 0.4 && first < 0.6 && next > 0 && next < 0.2);
    for (int month = 0; month <= N_MONTHS; month++) {
        int since = month < CHANGE ? 0 : month - CHANGE + 1;
        assert_close(seen.strain[heavy][month], after(first, next, since), 1e-12);
        double expected = 32 * after(first, next, since) * 1e6;
        int64_t counted = theory_type(&model, month, heavy, ECH_M_strain_NONE, 0);
        assert_true(fabs((double)counted - expected) <= 16 + 1e-3); /* rounded for each person */
        double work = 1.31 * (since > 0 ? 0.81 : 1) * 40 * 1e6;
        assert_close((double)theory_type(&model, month, heavy, ECH_M_work_NONE, 0), work, 0.5);
    }
    assert_close(seen.load[heavy][CHANGE - 1], 1.31 * 40 / 32, 1e-15);
    assert_close(seen.load[heavy][CHANGE], 1.31 * 0.81 * 40 / 32, 1e-12);
    theory_free(&model);
}

/* Below the average strain stays at 0; above a load of 3 it stands at 1, and falls to 0 and no further when
   the pressure turns negative: 1 after t months is s* + (1 - s*) (1 - r)^t as long as that is positive. */
static void test_strain_stops_at_its_bounds(void **state)
{
    struct theory_model model = {0};
    struct seen seen = run_and_look(&model);
    int light = theory_find_type(&model, "light"), crushed = theory_find_type(&model, "crushed");
    double cut = 2.9 * (1 - 0.87) * 40 / 11;
    double below = pressure(cut, 1.9 * 0.4, 0.0347) / recovery;
    int positive = 0;
    assert_true(below < 0);
    for (int month = 0; month <= N_MONTHS; month++) {
        int since = month < CHANGE ? 0 : month - CHANGE + 1;
        double expected = after(1, below, since);
        positive += since > 0 && expected > 0;
        assert_true(seen.strain[light][month] == 0);
        assert_close(seen.strain[crushed][month], expected > 0 ? expected : 0, 1e-12);
        assert_true(since > 0 || seen.strain[crushed][month] == 1);
        assert_true(seen.load[crushed][month] == ECH_MOST_LOAD || since > 0);
    }
    assert_true(positive > 5 && positive < N_MONTHS - CHANGE - 5); /* both stretches are met */
    theory_free(&model);
}

/* Where people leave and nobody comes, each month's strain follows from the heads at its beginning. */
static void test_strain_follows_the_heads(void **state)
{
    struct theory_model model = {0};
    struct seen seen = run_and_look(&model);
    int type = theory_find_type(&model, "leaking");
    double strain = pressure(1.07, 1, 0) / recovery;
    for (int month = 1; month <= N_MONTHS; month++) {
        double load = fmin(3, 1.07 * 200 / seen.heads[type][month - 1]);
        double next = strain + pressure(load, 1, 0) - recovery * strain;
        strain = next > 1 ? 1 : next;
        assert_close(seen.strain[type][month], strain, 1e-12);
    }
    assert_true(seen.heads[type][N_MONTHS] < 66 && strain == 1); /* past the bounds of both */
    theory_free(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strain_goes_from_one_fixed_point_to_the_next),
        cmocka_unit_test(test_strain_stops_at_its_bounds),
        cmocka_unit_test(test_strain_follows_the_heads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
