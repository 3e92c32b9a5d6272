/* Where people come from: home units, specialties and base-level experience. */
#include <gsl/gsl_cdf.h>

#include "fixture.h"

#include "model/background.h"

/* False-alarm chance of each comparison; six of them stay below 1e-4. */
#define ALARM 1e-5

/** What is counted at month 0 over replications, and what must agree afterwards. */
struct tally {
    double homes[100];
    double locals;
    double specialties[ECH_N_SPECIALTIES];
    double people;
    int last_base[2000]; /* by row: base-level months at the end of last month */
    ech_key last_key[2000];
    int n_compared;
};

static bool base(const struct ech_run *run, ech_id unit)
{
    return run->scenario->types[run->scenario->units[unit].type].base_level;
}

static void count_month_0(struct ech_run *run, struct tally *tally)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        ech_id home = ech_background_home(run, id);
        assert_int_equal(home, ech_background_home(run, id));
        assert_true(p->outsider ? home == ECH_NONE : base(run, home));
        assert_in_range(p->base_months, 0, 60);
        assert_true(p->base_months + p->entry_month <= p->unit_month);
        tally->homes[home == ECH_NONE ? 99 : home] += !p->outsider;
        tally->locals += !p->outsider;
        tally->specialties[p->specialty]++;
        tally->people++;
    }
}

/* Experience grows by one in each month that somebody ends in a unit of the base level where he was
   at the month before, and never otherwise. */
static void follow(const struct ech_run *run, const char *process, void *context)
{
    struct tally *tally = context;
    union {
        const struct ech_run *seen;
        struct ech_run *open;
    } hook = {run}; /* asking for a home draws it */
    if (strcmp(process, "start") == 0) {
        count_month_0(hook.open, tally);
    }
    for (ech_id id = 0; strcmp(process, "record") == 0 && id < run->n_people; id++) {
        const struct ech_person *p = &run->people[id];
        bool served = tally->last_key[id] == p->key && p->presence == ECH_SERVING;
        if (served && p->unit_month < run->month && run->month > 1) {
            assert_int_equal(ech_background_base_time(run, p, 0),
                             tally->last_base[id] + base(run, p->unit));
            tally->n_compared++;
        }
        tally->last_key[id] = p->key;
        tally->last_base[id] = p->presence == ECH_SERVING ? ech_background_base_time(run, p, 0) : 0;
    }
}

static void hold(double observed, double n, double p)
{
    double z = (observed - n * p) / sqrt(n * p * (1 - p));
    assert_true(2 * gsl_cdf_ugaussian_Q(fabs(z)) > ALARM);
}

static void test_homes_specialties_and_experience_follow_their_shares(void **state)
{
    (void)state;
    struct ech_scenario s = {0};
    struct tally tally = {.locals = 0};
    load_text("extends: " BASELINE "\nname: t\nyears: 3\n"
              "policy: {background.finance: 0.0739, background.law: 0.1391}\n",
              &s);
    for (int r = 1; r <= 60; r++) {
        struct table t = run_table(&s, 77, r, follow, &tally);
        free_table(&t);
        memset(tally.last_key, 0, sizeof tally.last_key);
    }
    double sum = 0;
    int n_homes = 0;
    for (ech_id unit = 0; unit < s.n_units; unit++) {
        bool is_home = s.types[s.units[unit].type].base_level;
        n_homes += is_home;
        assert_true(is_home || tally.homes[unit] == 0);
    }
    for (ech_id unit = 0; unit < s.n_units; unit++) {
        double expected = tally.locals / n_homes;
        double differ = tally.homes[unit] - expected;
        sum += s.types[s.units[unit].type].base_level ? differ * differ / expected : 0;
    }
    assert_int_equal(n_homes, 17);
    assert_true(gsl_cdf_chisq_Q(sum, n_homes - 1) > ALARM);
    hold(tally.specialties[ECH_SPECIALTY_FINANCE], tally.people, 0.0739);
    hold(tally.specialties[ECH_SPECIALTY_AUDIT], tally.people, 0.04);
    hold(tally.specialties[ECH_SPECIALTY_LAW], tally.people, 0.1391);
    hold(tally.specialties[ECH_SPECIALTY_GENERAL], tally.people,
         1 - 0.0739 - 0.04 - 0.1 - 0.1391 - 0.1);
    assert_true(tally.n_compared > 100000);
    ech_scenario_free(&s);
}

static void test_home_does_not_depend_on_when_it_is_asked_for(void **state)
{
    (void)state;
    struct ech_scenario s = {0};
    struct ech_run *run;
    ech_id first[2000];
    load_text("extends: " BASELINE "\nname: t\nmonths: 0\npolicy: {initial.redraw: false}\n", &s);
    assert_int_equal(ech_run_create(&s, &run, NULL), ECH_OK);
    assert_int_equal(ech_run_replication(run, 5, 1, NULL, NULL, NULL), ECH_OK);
    for (ech_id id = 0; id < run->n_people; id++) {
        first[id] = ech_background_home(run, id);
    }
    assert_int_equal(ech_run_replication(run, 5, 2, NULL, NULL, NULL), ECH_OK);
    for (ech_id id = run->n_people - 1; id >= 0; id--) { /* the same people, asked in reverse */
        assert_int_equal(ech_background_home(run, id), first[id]);
    }
    ech_run_free(run);
    ech_scenario_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_homes_specialties_and_experience_follow_their_shares),
        cmocka_unit_test(test_home_does_not_depend_on_when_it_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
