/* What moves people to leave, against closed forms: a lasting taste (taste.yaml), rate ratios of load,
   accountability, strain and stagnation (ratios.yaml), lots for places above (slots.yaml), and retirement
   by choice (retirement_early.yaml, retirement_service.yaml, retirement_late.yaml). */
#include <gsl/gsl_integration.h>

#include "theory.h"

#include "model/state.h"

enum {
    N_MONTHS = 61,
    N_TASTE = 360,
    N_CHECKS = 24 /* the calls of theory_hold...() in this file */
};

/* Taste: a hazard h exp(t) with t ~ N(-sigma^2 / 2, sigma) leaves S(m) = E exp(-h m exp(t) / 12), an
   integral over the normal density that is worked out numerically. */

static const double taste_rate = 0.437, sigma = 0.83, threshold = 0.231;

static double taste_survival_at(double z, void *months)
{
    double factor = exp(-sigma * sigma / 2 + sigma * z);
    return gsl_ran_ugaussian_pdf(z) * exp(-taste_rate * *(double *)months / 12 * factor);
}

static double taste_survival(double months)
{
    double integral = 0, error = 0;
    gsl_function f = {.function = taste_survival_at, .params = &months};
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(200);
    assert_int_equal(
        gsl_integration_qag(&f, -9, 9, 0, 1e-10, 200, GSL_INTEG_GAUSS61, space, &integral, &error),
        0);
    gsl_integration_workspace_free(space);
    return integral;
}

static void test_survival_follows_the_taste(void **state)
{
    enum { N_REPLICATIONS = 300 };
    static const int months[] = {1, 12, 37, 61};
    int64_t alive[4] = {0}, wanting = 0;
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/taste.yaml");
    assert_int_equal(model.scenario.n_months, N_MONTHS);
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int i = 0; i < 4; i++) {
            alive[i] += theory_county(&model, months[i], ECH_M_heads_NONE, 0);
        }
        wanting += theory_county(&model, 0, ECH_M_leaders_wanting_NONE, 0);
    }
    int64_t n = (int64_t)N_TASTE * N_REPLICATIONS;
    for (int i = 0; i < 4; i++) {
        char what[80];
        snprintf(what, sizeof what, "people who differ, there after %d months", months[i]);
        theory_hold_binomial(what, alive[i], n, taste_survival(months[i]), N_CHECKS);
    }
    double wants = gsl_cdf_ugaussian_Q((threshold + sigma * sigma / 2) / sigma);
    theory_hold_binomial("leaders who want to leave at month 0", wanting, n, wants, N_CHECKS);
    /* Far from what people without differences would do: the check above sees the taste. */
    double alike = exp(-taste_rate * 61 / 12);
    assert_true(taste_survival(61) - alike > 20 * sqrt(alike * (1 - alike) / (double)n));
    theory_free(&model);
}

/* Rate ratios: strain stands at 0.0347 (accountability - 1) / 0.0831; a person's factor is the product of
   RR^(x - centre), and after m months m - 7 make whole years of stagnation, at most 3. */

static double factor_of(double load, double accountability, int month)
{
    double strain = fmin(fmax(0.0347 * (accountability - 1) / 0.0831, 0), 1);
    int years = month < 7 ? 0 : (month - 7) / 12;
    return pow(1.83, fmax(load - 1, 0) - 0.17) * pow(1.47, accountability - 1.13) *
           pow(4.3, strain - 0.23) * pow(1.19, (years < 3 ? years : 3) - 1.7);
}

static double ratio_survival(double load, double accountability, int months)
{
    double sum = 0;
    for (int month = 1; month <= months; month++) {
        sum += factor_of(load, accountability, month) * (0.113 + 0.079) / 12;
    }
    return exp(-sum);
}

static void hold_type(const char *what, const int64_t *alive, int64_t upward, int64_t left,
                      double load, double accountability)
{
    enum { N = 240 * 200 };
    char text[80];
    snprintf(text, sizeof text, "%s, there after 18 months", what);
    theory_hold_binomial(text, alive[0], N, ratio_survival(load, accountability, 18), N_CHECKS);
    snprintf(text, sizeof text, "%s, there at the end", what);
    theory_hold_binomial(text, alive[1], N, ratio_survival(load, accountability, N_MONTHS),
                         N_CHECKS);
    snprintf(text, sizeof text, "%s, upward among those who left", what);
    theory_hold_binomial(text, upward, left, 0.113 / (0.113 + 0.079), N_CHECKS);
}

static void test_rate_ratios_multiply(void **state)
{
    static const char *const ids[] = {"plain", "loaded", "blamed", "strained"};
    static const double loads[] = {1, 1.37, 1, 0.91}, accountabilities[] = {1, 1, 1.61, 2.3};
    int64_t alive[4][2] = {{0}}, upward[4] = {0}, left[4] = {0};
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/ratios.yaml");
    assert_int_equal(model.scenario.n_months, N_MONTHS);
    for (int r = 1; r <= 200; r++) {
        theory_run(&model, r, NULL);
        for (int i = 0; i < 4; i++) {
            int type = theory_find_type(&model, ids[i]);
            alive[i][0] += theory_type(&model, 18, type, ECH_M_heads_NONE, 0);
            alive[i][1] += theory_type(&model, N_MONTHS, type, ECH_M_heads_NONE, 0);
            for (int month = 1; month <= N_MONTHS; month++) {
                upward[i] += theory_type(&model, month, type, ECH_M_exits_CAUSE, ECH_CAUSE_UPWARD);
                left[i] += theory_type(&model, month, type, ECH_M_exits_NONE, 0);
            }
        }
    }
    for (int i = 0; i < 4; i++) {
        hold_type(ids[i], alive[i], upward[i], left[i], loads[i], accountabilities[i]);
    }
    theory_free(&model);
}

/* Lots: with wishes to spare exactly ceil(17 m / 12) have gone by month m of each year of the run, and the
   lots fall on the types as the wishes do: of the winners of a month a share that is, given those who are
   there, binomial up to what the others take away, which is below a thousandth here. */
static void test_slots_bind_exactly(void **state)
{
    int64_t few = 0, all = 0;
    double expected = 0;
    struct theory_model model = {0};
    theory_load(&model, "tests/verify/slots.yaml");
    int type = theory_find_type(&model, "few");
    for (int r = 1; r <= 40; r++) {
        int64_t gone = 0;
        theory_run(&model, r, NULL);
        for (int month = 1; month <= model.scenario.n_months; month++) {
            int64_t now = theory_county(&model, month, ECH_M_exits_CAUSE, ECH_CAUSE_UPWARD);
            int64_t before = theory_type(&model, month - 1, type, ECH_M_heads_NONE, 0);
            gone = month % 12 == 1 ? now : gone + now;
            assert_int_equal(gone, (17 * ((month - 1) % 12 + 1) + 11) / 12);
            assert_true(theory_county(&model, month, ECH_M_upward_refused_NONE, 0) > 100);
            few += theory_type(&model, month, type, ECH_M_exits_CAUSE, ECH_CAUSE_UPWARD);
            expected += (double)now * (double)before /
                        (double)theory_county(&model, month - 1, ECH_M_heads_NONE, 0);
            all += now;
        }
    }
    theory_hold_binomial("lots that fall on the smaller type", few, all, expected / (double)all,
                         N_CHECKS);
    theory_free(&model);
}

/* Retirement by choice: everybody's month is read at the start and met to the month. */

enum option { OPTION_EARLY, OPTION_SERVICE, OPTION_LATE };

struct plans {
    enum option option;
    int n, chose;        /* people, and those whose month is not that of the age */
    double spread;       /* sum over those who chose of how far within their window, 0 to 1 */
    double variance;     /* of that sum, if each month of a window is as likely */
    int n_people, n_met; /* at the start; of these, who left in their month */
    ech_key key[1200];
    int month[1200];
};

/* First and last month that somebody may choose. */
static void window_of(const struct ech_person *p, enum option option, int age, int *first,
                      int *last)
{
    int old = p->birth_month + (p->sex == ECH_FEMALE ? 55 : 60) * 12;
    int near = GSL_MAX(age - 53, p->entry_month + 251);
    *first = option == OPTION_EARLY     ? GSL_MAX(age - 31, old)
             : option == OPTION_SERVICE ? GSL_MIN(p->entry_month + 347, near)
                                        : age + 1;
    *last = option == OPTION_LATE ? age + 23 : age - 1;
}

static void read_plan(struct plans *plans, const struct ech_person *p, int age)
{
    int first, last;
    window_of(p, plans->option, age, &first, &last);
    if (first < 1 || first > last) { /* part of his window lay before the start: it proves little */
        assert_in_range(p->retire_month, 1, age);
        return;
    }
    plans->n++;
    if (p->retire_month != age) {
        double n = last - first + 1;
        assert_in_range(p->retire_month, first, last);
        plans->chose++;
        plans->spread += (p->retire_month - first + 0.5) / n;
        plans->variance += (1 - 1 / (n * n)) / 12;
    }
}

static void read_plans(const struct ech_run *run, const char *process, void *context)
{
    struct plans *plans = context;
    for (ech_id id = 0; id < run->n_people && run->month == 0; id++) {
        const struct ech_person *p = &run->people[id];
        int age = ech_scenario_retirement_age(run->scenario, ech_policy_person(run, p),
                                              (enum ech_sex)p->sex, p->birth_month);
        plans->key[plans->n_people] = p->key;
        plans->month[plans->n_people++] = p->retire_month;
        read_plan(plans, p, p->birth_month + age);
    }
}

static void meet_plan(void *context, const struct ech_event *event)
{
    struct plans *plans = context;
    for (int i = 0; i < plans->n_people && event->type == ECH_EV_EXIT; i++) {
        if (plans->key[i] == event->person) {
            assert_string_equal(event->cause, "retire");
            assert_int_equal(plans->month[i], event->month);
            plans->n_met++;
        }
    }
}

static void hold_option(enum option option, const char *path, double share)
{
    static struct plans plans;
    struct theory_model model = {0};
    struct ech_sink sink = {.take = meet_plan, .context = &plans};
    plans = (struct plans){.option = option};
    theory_load(&model, path);
    ech_run_set_check(model.run, read_plans, &plans);
    theory_run(&model, 1, &sink);
    assert_true(plans.n_people == 1200 && plans.n_met == 1200 && plans.n > 500);
    theory_hold_binomial(path, plans.chose, plans.n, share, N_CHECKS);
    theory_hold_normal(path, plans.spread, plans.chose / 2.0, plans.variance, N_CHECKS);
    theory_free(&model);
}

static void test_retirement_by_choice_keeps_to_its_window(void **state)
{
    hold_option(OPTION_EARLY, "tests/verify/retirement_early.yaml", 0.37);
    hold_option(OPTION_SERVICE, "tests/verify/retirement_service.yaml", 0.43);
    hold_option(OPTION_LATE, "tests/verify/retirement_late.yaml", 0.29);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_survival_follows_the_taste),
        cmocka_unit_test(test_rate_ratios_multiply),
        cmocka_unit_test(test_slots_bind_exactly),
        cmocka_unit_test(test_retirement_by_choice_keeps_to_its_window),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
