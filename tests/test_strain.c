/* Load and strain: who counts as present, who starts where, and what each switch does at its ends. */
#include <math.h>

#include "fixture.h"

#include <glob.h>

#include "model/state.h"
#include "model/strain.h"
#include "model/training.h"

#define EXTENDS "extends: " ECH_SOURCE_DIR "/tests/verify/"
#define NAMES "name: x\ntitle: {en: x, zh: x}\nnote: {en: x, zh: x}\n"

static void assert_close(double a, double b, double by)
{
    if (!(fabs(a - b) <= by)) {
        fail_msg("%.17g is not %.17g", a, b);
    }
}

/** Numbers that a hook leaves behind. */
struct seen {
    int n_away;       /* months of people seconded elsewhere */
    int n_entrants;   /* people seen in the month in which they came */
    double most_load; /* of any unit in any month */
    double most, least;
};

/* Loads are counted anew, person by person, when the step has taken them. */
static void check_loads(const struct ech_run *run, const char *process, void *context)
{
    struct seen *seen = context;
    if (strcmp(process, "strain") != 0) {
        return;
    }
    for (ech_id unit = run->county->first_unit;
         unit < run->county->first_unit + run->county->n_units; unit++) {
        const struct ech_unit *facts = &run->scenario->units[unit];
        int present = 0, heads = 0;
        for (ech_id id = 0; id < run->n_people; id++) {
            const struct ech_person *p = &run->people[id];
            bool here = p->presence == ECH_SERVING && p->unit == unit && p->track == ECH_ADMIN;
            bool away = here && ech_is_away(run, p);
            heads += here;
            present += here && !away && !ech_is_in_training(run, p);
            seen->n_away += away;
        }
        double places = facts->free ? heads : facts->establishment[ECH_ADMIN];
        double load = present > 0 ? ech_unit_workload(run, unit) * places / present : 0;
        assert_close(run->units[unit].load, fmin(load, ECH_MOST_LOAD), 1e-12);
        seen->most_load = fmax(seen->most_load, run->units[unit].load);
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        if (run->people[id].presence == ECH_SERVING) {
            assert_true(ech_strain_of(run, id) >= 0 && ech_strain_of(run, id) <= 1);
        }
        if (run->people[id].presence == ECH_SERVING && run->people[id].joined_month == run->month) {
            assert_true(ech_strain_of(run, id) == 0);
            seen->n_entrants++;
        }
    }
}

static void see_text(const char *text, ech_check_fn check, struct seen *seen)
{
    struct table t = run_text(text, 7, 1, check, seen);
    free_table(&t);
}

static void test_loads_count_who_is_present(void **state)
{
    struct seen seen = {0};
    see_text(EXTENDS "everything.yaml\n" NAMES "months: 60\n"
                     "policy: {strain.load_gain: 0.31, strain.accountability_gain: 0.17, "
                     "strain.recovery: 0.07, strain.care: 0.0031}\n"
                     "by_type: {township: {incentive.workload_cut: 0.13}}\n",
             check_loads, &seen);
    assert_true(seen.n_away > 100 && seen.n_entrants > 10 && seen.most_load > 1.2);
}

static void note_extremes(const struct ech_run *run, const char *process, void *context)
{
    struct seen *seen = context;
    for (ech_id id = 0; id < run->n_people && strcmp(process, "record") == 0; id++) {
        if (run->people[id].presence == ECH_SERVING) {
            seen->most = fmax(seen->most, ech_strain_of(run, id));
            seen->least = fmin(seen->least, ech_strain_of(run, id));
        }
    }
}

/* Extremes of the heavy and the leaking unit of the exact model under a policy. */
static struct seen extremes(const char *policy)
{
    struct seen seen = {.least = 1};
    char text[1000];
    snprintf(text, sizeof text, EXTENDS "strain.yaml\n" NAMES "%s\n", policy);
    see_text(text, note_extremes, &seen);
    return seen;
}

static void test_without_gains_nobody_strains(void **state)
{
    assert_true(extremes("policy: {strain.load_gain: 0, strain.accountability_gain: 0}").most == 0);
    assert_true(extremes("policy: {strain.load_gain: 0.0593}").most == 1);
}

static void test_all_work_cut_or_full_care_leaves_no_strain(void **state)
{
    assert_true(extremes("months: 8\npolicy: {incentive.workload_cut: 1}").most == 0);
    assert_true(extremes("months: 8\npolicy: {strain.care: 1}").most == 0);
}

/* With a full recovery strain is the pressure of the month alone: there is no memory. */
static void test_full_recovery_has_no_memory(void **state)
{
    struct seen seen = extremes("policy: {strain.recovery: 1}");
    double most = 0.0593 * (ECH_MOST_LOAD - 1) + 0.0271 * 0.9; /* in the crushed unit */
    assert_close(seen.most, most, 1e-12);
}

/* Without a recovery whoever carries more than the average ends at 1. */
static void test_without_recovery_strain_stays(void **state)
{
    struct seen seen = extremes("policy: {strain.recovery: 0}");
    assert_true(seen.most == 1);
}

static double last_strain(const char *policy)
{
    struct ech_scenario s = {0};
    char text[1000];
    snprintf(text, sizeof text, EXTENDS "strain.yaml\n" NAMES "%s\n", policy);
    load_text(text, &s);
    struct table t = run_table(&s, 7, 1, NULL, NULL);
    double sum = (double)county_at(&t, s.n_months, ECH_M_strain_NONE, 0);
    double heads = (double)county_at(&t, s.n_months, ECH_M_heads_NONE, 0);
    free_table(&t);
    ech_scenario_free(&s);
    return sum / heads / 1e6;
}

/* Where only the leaking unit differs: its strain rises with who is missing, or not. */
static void test_feedback_is_what_missing_people_add(void **state)
{
    double with = last_strain("months: 30\npolicy: {strain.accountability_gain: 0}");
    double without =
        last_strain("months: 30\npolicy: {strain.accountability_gain: 0, strain.feedback: false}");
    double still = last_strain("months: 30\npolicy: {strain.accountability_gain: 0}\n"
                               "by_type: {leaking: {exit.resign.rate: 0}}");
    assert_true(with > without + 0.1);
    assert_true(still < with);
}

static void leaking_stays(const struct ech_run *run, const char *process, void *context)
{
    double *first = context;
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        if (p->presence == ECH_SERVING &&
            strcmp(run->scenario->units[p->unit].id, "leaking_one") == 0) {
            *first = run->month == 0 ? ech_strain_of(run, id) : *first;
            assert_close(ech_strain_of(run, id), *first, 1e-12);
        }
    }
}

static void test_without_feedback_strain_stays_where_people_leave(void **state)
{
    struct ech_scenario s = {0};
    double first = -1;
    load_text(EXTENDS "strain.yaml\n" NAMES "policy: {strain.feedback: false}\n", &s);
    struct table t = run_table(&s, 7, 1, leaking_stays, &first);
    assert_close(first, 0.0593 * 0.07 / 0.0831, 1e-12);
    assert_true(county_at(&t, s.n_months, ECH_M_heads_NONE, 0) < 200);
    free_table(&t);
    ech_scenario_free(&s);
}

/* Policies begin in the first month: at month 0 everybody is where the baseline has him. */
static int64_t strain_at_start(const char *path)
{
    struct ech_scenario s = {0};
    load_file(path, &s);
    s.n_months = 0;
    struct table t = run_table(&s, 2385, 1, NULL, NULL);
    int64_t strain = county_at(&t, 0, ECH_M_strain_NONE, 0);
    free_table(&t);
    ech_scenario_free(&s);
    return strain;
}

static void test_no_policy_has_eased_strain_before_it_begins(void **state)
{
    glob_t files;
    int64_t baseline = strain_at_start(BASELINE);
    assert_true(baseline > 0);
    assert_int_equal(glob(ECH_SOURCE_DIR "/scenarios/nanpiao/*.yaml", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        if (strain_at_start(files.gl_pathv[i]) != baseline) {
            fail_msg("%s acts at month 0", files.gl_pathv[i]);
        }
    }
    assert_true(files.gl_pathc > 60);
    globfree(&files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loads_count_who_is_present),
        cmocka_unit_test(test_without_gains_nobody_strains),
        cmocka_unit_test(test_all_work_cut_or_full_care_leaves_no_strain),
        cmocka_unit_test(test_full_recovery_has_no_memory),
        cmocka_unit_test(test_without_recovery_strain_stays),
        cmocka_unit_test(test_feedback_is_what_missing_people_add),
        cmocka_unit_test(test_without_feedback_strain_stays_where_people_leave),
        cmocka_unit_test(test_no_policy_has_eased_strain_before_it_begins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
