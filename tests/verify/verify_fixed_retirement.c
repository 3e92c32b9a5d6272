/* A fixed retirement age (fixed_retirement.yaml): everybody leaves in the very month in which he
   is 57 years old, 684 months. Birth months are even inside the bands, so that the 177 men of 53
   to 56 (636 to 683 months) leave in months 1 to 48 with 1/48 each, the 103 of 50 to 52 in
   months 49 to 84 with 1/36 each. */
#include "theory.h"

enum {
    N_POSTS = 280,
    N_OLD = 177,
    N_YOUNG = 103,
    N_MONTHS = 90,
    OLD_MONTHS = 48,
    ALL_MONTHS = 84,
    RETIREMENT_AGE = 684,
    N_REPLICATIONS = 300,
    N_CHECKS = 6 /* the calls of theory_hold...() in this file */
};

/** Reads the log: birth months from `start` and `entry`, ages at `exit`. */
struct log {
    int start_month;
    int n_people;
    ech_key person[4 * N_POSTS];
    int birth_month[4 * N_POSTS]; /* calendar: year * 12 + month - 1 */
    int n_exits;
};

static int birth_month(const char *detail)
{
    int year = 0, month = 0;
    const char *birth = strstr(detail, "birth=");
    assert_non_null(birth);
    assert_int_equal(sscanf(birth, "birth=%d-%d", &year, &month), 2);
    assert_in_range(month, 1, 12);
    return year * 12 + month - 1;
}

static int find_birth(const struct log *log, ech_key person)
{
    for (int i = 0; i < log->n_people; i++) {
        if (log->person[i] == person) {
            return log->birth_month[i];
        }
    }
    fail_msg("somebody leaves who never came");
    return 0;
}

static void take(void *context, const struct ech_event *event)
{
    struct log *log = context;
    if (event->type == ECH_EV_START || event->type == ECH_EV_ENTRY) {
        assert_in_range(log->n_people, 0, 4 * N_POSTS - 1);
        log->person[log->n_people] = event->person;
        log->birth_month[log->n_people++] = birth_month(event->detail);
    } else if (event->type == ECH_EV_EXIT) {
        assert_string_equal(event->cause, ech_cause_names[ECH_CAUSE_RETIRE]);
        int age = log->start_month + event->month - find_birth(log, event->person);
        assert_int_equal(age, RETIREMENT_AGE);
        log->n_exits++;
    }
}

static void check_counts(const struct theory_model *model, const struct log *log, double *exits)
{
    int64_t sum = 0;
    for (int month = 1; month <= N_MONTHS; month++) {
        int64_t retired = theory_county(model, month, ECH_M_exits_CAUSE, ECH_CAUSE_RETIRE);
        assert_int_equal(retired, theory_county(model, month, ECH_M_exits_NONE, 0));
        exits[month] += (double)retired;
        sum += retired;
        assert_true(month != OLD_MONTHS || sum == N_OLD);
        assert_true(month != ALL_MONTHS || sum == N_OLD + N_YOUNG);
    }
    assert_int_equal(sum, N_POSTS);
    assert_int_equal(log->n_exits, N_POSTS);
}

/* Exits of months from ... to: multinomial with equal cells. */
static void hold_even(const char *what, const double *exits, int from, int to, int n_people)
{
    double expected[N_MONTHS];
    int n = to - from + 1;
    for (int i = 0; i < n; i++) {
        expected[i] = (double)n_people * N_REPLICATIONS / n;
    }
    theory_hold_cells(what, exits + from, expected, n, N_CHECKS);
}

static void hold_month(const double *exits, int month, int n_people, double p)
{
    char what[80];
    snprintf(what, sizeof what, "retired in month %d", month);
    theory_hold_binomial(what, (int64_t)exits[month], (int64_t)n_people * N_REPLICATIONS, p,
                         N_CHECKS);
}

static void test_everybody_leaves_in_the_month_of_the_age(void **state)
{
    struct theory_model model = {0};
    struct log *log = calloc(1, sizeof *log);
    assert_non_null(log);
    double exits[N_MONTHS + 1] = {0};
    const struct ech_sink sink = {take, log};
    theory_load(&model, "tests/verify/fixed_retirement.yaml");
    assert_int_equal(model.scenario.n_months, N_MONTHS);
    for (int r = 1; r <= N_REPLICATIONS; r++) {
        *log = (struct log){.start_month = model.scenario.start_month};
        theory_run(&model, r, &sink);
        check_counts(&model, log, exits);
    }
    hold_even("months 1 to 48", exits, 1, OLD_MONTHS, N_OLD);
    hold_even("months 49 to 84", exits, OLD_MONTHS + 1, ALL_MONTHS, N_YOUNG);
    hold_month(exits, 1, N_OLD, 1.0 / 48);
    hold_month(exits, 48, N_OLD, 1.0 / 48);
    hold_month(exits, 49, N_YOUNG, 1.0 / 36);
    hold_month(exits, 84, N_YOUNG, 1.0 / 36);
    theory_free(&model);
    free(log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everybody_leaves_in_the_month_of_the_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
