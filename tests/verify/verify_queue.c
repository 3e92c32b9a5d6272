/* Posts that wait: for a decision (appointment_queue.yaml), for the end of a procedure
   (procedure_longest.yaml), and people who wait for a post in the order of seniority (seniority.yaml).
   Months are independent, what happens in one follows from the numbers at its start, so each of them is a
   Markov chain whose law is stepped exactly. */
#include "theory.h"

#include "model/state.h"

enum {
    MOST = 400,
    N_CHECKS = 15 /* the calls of theory_hold...() in this file, as often as they are made */
};

static void hold_law(const char *what, int month, const double *observed, const double *law, int n)
{
    char name[80];
    double expected[MOST + 1], sum = 0;
    for (int i = 0; i <= n; i++) {
        sum += observed[i];
    }
    for (int i = 0; i <= n; i++) {
        expected[i] = law[i] * sum;
    }
    snprintf(name, sizeof name, "%s, month %d", what, month);
    theory_hold_cells(name, observed, expected, n + 1, N_CHECKS);
}

/* A county decides c nominations a month for n single posts; whoever holds one leaves with probability p.
   Of q that wait at the end of a month n - q may leave, X ~ Binomial(n - q, p), and
   q' = max(0, q + X - c). At most 60 x 3 people rise, and 400 and 200 stand ready. */
static void step_queue(double *law, int n, double p, int c)
{
    double next[MOST + 1] = {0};
    for (int q = 0; q <= n; q++) {
        for (int x = 0; x <= n - q && law[q] > 0; x++) {
            next[GSL_MAX(0, q + x - c)] +=
                law[q] * gsl_ran_binomial_pdf((unsigned)x, p, (unsigned)(n - q));
        }
    }
    memcpy(law, next, (size_t)(n + 1) * sizeof *next);
}

static const int queue_looks[] = {7, 23, 60};
enum {
    N_QUEUE_LOOKS = 3,
    QUEUE_MONTHS = 60,
    QUEUE_REPLICATIONS = 400,
    QUEUE_CAP = 3,
    N_COUNTIES = 2
};
static const struct {
    const char *id;
    int n_posts, n_units;
    double p_exit;
} counties[N_COUNTIES] = {{"large", 400, 500, 0.0071}, {"small", 37, 62, 0.0631}};

static int64_t in_county(const struct table *table, int county, int month, enum ech_count_id row)
{
    int n = table->layout.n;
    return table->output
        .county[(month * table->n_counties + county) * n + table->layout.first[row]];
}

static void check_stamps(const struct ech_scenario *scenario)
{
    assert_int_equal(scenario->n_counties, N_COUNTIES);
    for (int c = 0; c < N_COUNTIES; c++) {
        const struct ech_county *county = &scenario->counties[c];
        assert_string_equal(county->id, counties[c].id);
        assert_int_equal(county->n_units, counties[c].n_units);
        assert_int_equal(county->n_posts, counties[c].n_posts);
        for (ech_id u = county->first_unit; u < county->first_unit + county->n_units; u++) {
            bool desk = strcmp(scenario->types[scenario->units[u].type].id, "desk") == 0;
            assert_int_equal(scenario->units[u].n_posts, desk ? 0 : 1);
        }
    }
}

static void add_queue(const struct table *table, int county, double *observed)
{
    int64_t queue = 0;
    for (int month = 1; month <= QUEUE_MONTHS; month++) {
        int64_t wanted = queue + in_county(table, county, month, ECH_M_openings_NONE);
        int64_t decided = GSL_MIN(wanted, QUEUE_CAP);
        queue = wanted - decided;
        assert_int_equal(in_county(table, county, month, ECH_M_nominations_NONE), decided);
        assert_int_equal(in_county(table, county, month, ECH_M_posts_vacant_NONE), queue);
        for (int i = 0; i < N_QUEUE_LOOKS; i++) {
            observed[i * (MOST + 1) + queue] += month == queue_looks[i];
        }
    }
}

static void test_each_county_has_a_queue_of_its_own(void **state)
{
    static double observed[N_COUNTIES][N_QUEUE_LOOKS * (MOST + 1)];
    struct ech_scenario scenario = {0};
    load_file(ECH_SOURCE_DIR "/tests/verify/appointment_queue.yaml", &scenario);
    check_stamps(&scenario);
    for (int r = 1; r <= QUEUE_REPLICATIONS; r++) {
        struct table table = run_table(&scenario, THEORY_SEED, r, NULL, NULL);
        for (int c = 0; c < N_COUNTIES; c++) {
            add_queue(&table, c, observed[c]);
        }
        free_table(&table);
    }
    for (int c = 0; c < N_COUNTIES; c++) {
        double law[MOST + 1] = {1};
        for (int month = 1, i = 0; month <= QUEUE_MONTHS; month++) {
            step_queue(law, counties[c].n_posts, counties[c].p_exit, QUEUE_CAP);
            if (month == queue_looks[i]) {
                hold_law(counties[c].id, month, &observed[c][i++ * (MOST + 1)], law,
                         counties[c].n_posts);
            }
        }
    }
    ech_scenario_free(&scenario);
}

/* With a procedure of d months whatever opens in month m is filled in m + d, path by path: those that
   wait are the openings of the last d months. A post opens in month m with u(m) = p o(m), o(m + 1) = o(m) -
   u(m) + u(m - d), o(1) = 1 (verify_constant_exits.c); for d = 1200 u(m) = p (1 - p)^(m - 1) for ever. */
enum { LONG_POSTS = 280, LONG_MONTHS = 720, LONG_REPLICATIONS = 60 };
static const double p_long = 0.0017;

static void run_long(const char *policy, int delay, int64_t *openings)
{
    struct theory_model model = {0};
    char text[300];
    snprintf(text, sizeof text,
             "extends: " ECH_SOURCE_DIR "/tests/verify/procedure_longest.yaml\nname: long\n%s",
             policy);
    load_text(text, &model.scenario);
    assert_int_equal(ech_run_create(&model.scenario, &model.run, NULL), ECH_OK);
    model.table = make_table(&model.scenario);
    for (int r = 1; r <= LONG_REPLICATIONS; r++) {
        int64_t opened[LONG_MONTHS + 1] = {0}, waiting = 0;
        theory_run(&model, r, NULL);
        for (int month = 1; month <= LONG_MONTHS; month++) {
            opened[month] = theory_county(&model, month, ECH_M_openings_NONE, 0);
            int64_t filled = month > delay ? opened[month - delay] : 0;
            waiting += opened[month] - filled;
            openings[month] += opened[month];
            assert_int_equal(theory_county(&model, month, ECH_M_appointments_NONE, 0), filled);
            assert_int_equal(
                theory_county(&model, month, ECH_M_posts_vacant_VACANCY, ECH_VACANT_PROCEDURE),
                waiting);
            assert_int_equal(theory_county(&model, month, ECH_M_posts_vacant_NONE, 0), waiting);
        }
    }
    theory_free(&model);
}

static void test_procedures_of_a_century_and_of_half_a_run(void **state)
{
    static const struct {
        const char *policy;
        int delay;
        int month; /* that is held besides the last */
    } cases[] = {{"", 1200, 313},
                 {"policy: {procedure.months: 613}\n", 613, 613},
                 {"policy: {procedure.months: 0}\n", 0, 313}};
    for (int i = 0; i < 3; i++) {
        int64_t openings[LONG_MONTHS + 1] = {0};
        double opened[LONG_MONTHS + 1] = {0}, occupied = 1;
        int64_t n = (int64_t)LONG_POSTS * LONG_REPLICATIONS, late = 0;
        double p_late = 0;
        run_long(cases[i].policy, cases[i].delay, openings);
        for (int m = 1; m <= LONG_MONTHS; m++) {
            opened[m] = p_long * occupied;
            int back = m - cases[i].delay;
            occupied += (back > 0 ? opened[back] : 0) - opened[m];
        }
        for (int m = LONG_MONTHS; m > LONG_MONTHS - 60; m--) {
            late += openings[m];
            p_late += opened[m] / 60;
        }
        theory_hold_binomial("openings of one month", openings[cases[i].month], n,
                             opened[cases[i].month], N_CHECKS);
        if (cases[i].delay == 0) { /* draws of different months are independent */
            theory_hold_binomial("openings of the last five years", late, 60 * n, p_late, N_CHECKS);
        } else { /* at most one opening of a post in five years */
            theory_hold_binomial("posts that open in the last five years", late, n, 60 * p_late,
                                 N_CHECKS);
        }
    }
}

/* Seniority. I people of the start are in the lower level; they stand before everybody who came later. Of
   them S ~ Binomial(I, 1 - p_low) stay a month, X ~ Binomial(41, p_high) posts open above, and
   I' = max(0, S - X). Nobody who came later is ever promoted while one of them is there. */
enum { N_LOW = 157, N_HIGH = 41, SENIOR_MONTHS = 37, SENIOR_REPLICATIONS = 1500 };
static const double p_low = 0.0137, p_high = 0.0739;
static const int senior_looks[] = {9, 19, 31};
enum { N_SENIOR_LOOKS = 3 };

/** People of the start who are in the lower level, by month. */
struct seniors {
    int n[SENIOR_MONTHS + 1];
};

static void look(const struct ech_run *run, const char *process, void *context)
{
    struct seniors *seniors = context;
    if (strcmp(process, "record") != 0) {
        return;
    }
    int n = 0;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        n += person->presence == ECH_SERVING && person->level == 0 && person->post_month == 0;
    }
    seniors->n[run->month] = n;
}

static void step_seniors(double *law)
{
    double next[MOST + 1] = {0};
    for (int i = 0; i <= N_LOW; i++) {
        for (int s = 0; s <= i && law[i] > 0; s++) {
            double p = law[i] * gsl_ran_binomial_pdf((unsigned)s, 1 - p_low, (unsigned)i);
            for (int x = 0; x <= N_HIGH; x++) {
                next[GSL_MAX(0, s - x)] += p * gsl_ran_binomial_pdf((unsigned)x, p_high, N_HIGH);
            }
        }
    }
    memcpy(law, next, sizeof next);
}

static void run_seniors(double *observed)
{
    struct theory_model model = {0};
    struct seniors seniors;
    theory_load(&model, "tests/verify/seniority.yaml");
    ech_run_set_check(model.run, look, &seniors);
    for (int r = 1; r <= SENIOR_REPLICATIONS; r++) {
        theory_run(&model, r, NULL);
        for (int i = 0; i < N_SENIOR_LOOKS; i++) {
            observed[i * (MOST + 1) + seniors.n[senior_looks[i]]]++;
        }
    }
    theory_free(&model);
}

static void test_the_longest_in_level_rise_first(void **state)
{
    static double observed[N_SENIOR_LOOKS * (MOST + 1)];
    double law[MOST + 1] = {[N_LOW] = 1};
    run_seniors(observed);
    for (int month = 1, i = 0; i < N_SENIOR_LOOKS; month++) {
        step_seniors(law);
        if (month == senior_looks[i]) {
            hold_law("of the start and still below", month, &observed[i++ * (MOST + 1)], law,
                     N_LOW);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_county_has_a_queue_of_its_own),
        cmocka_unit_test(test_procedures_of_a_century_and_of_half_a_run),
        cmocka_unit_test(test_the_longest_in_level_rise_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
