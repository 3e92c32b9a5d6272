#include "model/strain.h"

#include "model/leaving.h"

static double within_bounds(double strain)
{
    return strain < 0 ? 0 : strain > 1 ? 1 : strain;
}

void ech_strain_relieve(struct ech_run *run, ech_id id, double by)
{
    if (run->strain != NULL) {
        run->strain[id] = within_bounds(run->strain[id] - by);
    }
}

double ech_unit_workload(const struct ech_run *run, ech_id unit)
{
    return run->scenario->units[unit].workload *
           (1 - ech_policy_unit(run, unit)->incentive_workload_cut);
}

double ech_unit_accountability(const struct ech_run *run, ech_id unit)
{
    return run->scenario->units[unit].accountability *
           (1 - ech_policy_unit(run, unit)->incentive_accountability_cut);
}

int ech_heads_present(const struct ech_run *run, ech_id unit)
{
    const struct ech_unit_state *state = &run->units[unit];
    return state->heads[ECH_ADMIN] - state->away - state->training;
}

/* People whom the work of a unit is cut out for: those of the county file, so that places which a policy
   adds bring relief once they are filled, and no work of their own. */
static int people_for_the_work(const struct ech_run *run, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    if (facts->free) {
        return run->units[unit].heads[ECH_ADMIN];
    }
    int places = facts->establishment[ECH_ADMIN];
    return places > 0 ? places : run->units[unit].places[ECH_ADMIN];
}

/* Share of the work of two that falls to one; 0 where nobody is present. */
static double crowding(const struct ech_run *run, ech_id unit)
{
    int present = ech_heads_present(run, unit);
    return present > 0 ? (double)people_for_the_work(run, unit) / present : 0;
}

static double load_at(const struct ech_run *run, ech_id unit, double people_over_present)
{
    double load = ech_unit_workload(run, unit) * people_over_present;
    return load < ECH_MOST_LOAD ? load : ECH_MOST_LOAD;
}

double ech_load_now(const struct ech_run *run, ech_id unit)
{
    return load_at(run, unit, crowding(run, unit));
}

/* Load of the unit, and what strain feels of it: without the feedback the people of month 0 are there. */
static void take_load(struct ech_run *run, ech_id unit)
{
    struct ech_unit_state *state = &run->units[unit];
    state->load = ech_load_now(run, unit);
    state->felt_load = ech_policy_county(run)->strain_feedback
                           ? state->load
                           : load_at(run, unit, state->crowding_at_start);
}

/* What the unit adds to the strain of its people in a month; where nobody is present no load acts. */
static double pressure(const struct ech_run *run, ech_id unit)
{
    const struct ech_params *policy = ech_policy_unit(run, unit);
    double load = ech_heads_present(run, unit) > 0 ? run->units[unit].felt_load : 1;
    return policy->strain_load_gain * (load - 1) +
           policy->strain_accountability_gain * (ech_unit_accountability(run, unit) - 1) -
           policy->strain_care;
}

/* Where strain stays: pressure = recovery x strain; without a recovery at the bound it drifts to. */
static double fixed_point(double pressure, double recovery)
{
    if (recovery > 0) {
        return within_bounds(pressure / recovery);
    }
    return pressure > 0 ? 1 : 0;
}

static bool rises(const struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    return policy->strain_load_gain > 0 || policy->strain_accountability_gain > 0;
}

/* Loads of this month; where the same people are present under the same policy they stay. */
static void take_loads(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        struct ech_unit_state *state = &run->units[unit];
        int present = ech_heads_present(run, unit);
        if (present != state->present || run->scenario->units[unit].free) {
            take_load(run, unit);
            state->pressure = pressure(run, unit);
            state->present = present;
            ech_leaving_take_load(run, unit);
        }
    }
}

void ech_strain_start(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    double recovery = ech_policy_county(run)->strain_recovery;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        double crowded = crowding(run, unit);
        run->units[unit].crowding_at_start = crowded > 0 ? crowded : 1;
    }
    take_loads(run);
    run->strain_on = rises(run);
    for (ech_id id = 0; id < run->n_people && run->strain != NULL; id++) {
        double pressed = run->units[run->people[id].unit].pressure;
        run->strain[id] = run->strain_on ? fixed_point(pressed, recovery) : 0;
    }
}

/* Whoever is seconded works under the pressure of the host, beyond the county under none. */
static double pressure_on(const struct ech_run *run, ech_id id)
{
    ech_id unit = run->people[id].unit;
    if (run->n_away > 0 && run->away[id].host != ECH_NONE) {
        unit = run->away[id].host;
    }
    return unit == ECH_BEYOND ? 0 : run->units[unit].pressure;
}

/* What a month adds and takes, whatever the bounds. */
static void press(struct ech_run *run, double recovery)
{
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (person->presence == ECH_SERVING && person->joined_month < run->month) {
            double strain = run->strain[id];
            run->strain[id] = strain + pressure_on(run, id) - recovery * strain;
        }
    }
}

/* A loop of its own over one array, which the compiler writes without a jump. */
static void keep_bounds(double *strain, int n)
{
    for (int i = 0; i < n; i++) {
        strain[i] = within_bounds(strain[i]);
    }
}

void ech_strain_step(struct ech_run *run)
{
    take_loads(run);
    run->strain_on |= rises(run); /* once it has risen it has to fall again */
    if (run->strain_on) {
        press(run, ech_policy_county(run)->strain_recovery);
        keep_bounds(run->strain, run->n_people);
    }
}
