#include "model/leaving.h"

#include "model/due.h"
#include "model/reserve.h"
#include "model/strain.h"

enum { YOUNG_AGE = 35 * 12 };

static double pay_gap(const struct ech_run *run, ech_id unit)
{
    const struct ech_params *policy = ech_policy_unit(run, unit);
    double needed = policy->incentive_reference * run->scenario->units[unit].remoteness;
    if (!(needed > 0)) {
        return 0;
    }
    double gap = 1 - policy->incentive_allowance / needed;
    return gap > 0 ? gap : 0;
}

/* What is left of a covariate that help for families and schooling lowers. */
static double without_help(const struct ech_run *run, ech_id unit)
{
    return 1 - ech_policy_unit(run, unit)->incentive_family *
                   ech_policy_county(run)->incentive_family_effect;
}

static double load_beyond(const struct ech_run *run, ech_id unit)
{
    double load = run->units[unit].felt_load;
    return load > 1 ? load - 1 : 0;
}

/* Months at `month` since he last rose, by level or grade, of which the usual ones do not count. */
static int stagnant_months(const struct ech_run *run, const struct ech_person *person, int month)
{
    const struct ech_params *policy = ech_policy_county(run);
    bool counts = policy->stagnation_grades && person->grade != ECH_GRADE_NONE;
    int rose = person->level_month;
    rose = counts && person->grade_month > rose ? person->grade_month : rose;
    return month - rose - policy->stagnation_usual;
}

static int stagnant_years(const struct ech_run *run, const struct ech_person *person, int month)
{
    int months = stagnant_months(run, person, month);
    int most = ech_policy_county(run)->stagnation_most;
    int years = months > 0 ? months / 12 : 0;
    return years < most ? years : most;
}

static bool is_young(const struct ech_run *run, const struct ech_person *person)
{
    return run->month - person->birth_month < YOUNG_AGE;
}

struct ech_covariates ech_leaving_covariates(const struct ech_run *run,
                                             const struct ech_person *person)
{
    double left = without_help(run, person->unit);
    return (struct ech_covariates){
        .remote = run->scenario->units[person->unit].remoteness,
        .pay_gap = pay_gap(run, person->unit),
        .load = load_beyond(run, person->unit),
        .accountability = ech_unit_accountability(run, person->unit),
        .outsider = person->outsider * left,
        .young = is_young(run, person) * left,
        .stagnation = stagnant_years(run, person, run->month),
        .strain = ech_strain_of(run, (ech_id)(person - run->people)),
    };
}

/* Rate ratios to the power of the centred covariates; a person's factor is a product of them. */
static void prepare_unit(struct ech_run *run, ech_id unit)
{
    const struct ech_params *policy = ech_policy_county(run);
    struct ech_unit_state *state = &run->units[unit];
    double remote = run->scenario->units[unit].remoteness - policy->exit_centre_remote;
    double gap = pay_gap(run, unit) - policy->exit_centre_pay_gap;
    double blame = ech_unit_accountability(run, unit) - policy->exit_centre_accountability;
    double left = without_help(run, unit);
    state->leave_factor = pow(policy->exit_ratio_remote, remote) *
                          pow(policy->exit_ratio_pay_gap, gap) *
                          pow(policy->exit_ratio_accountability, blame);
    state->present = ECH_NONE;
    state->load_factor = 1;
    state->load_logarithm = 0;
    for (int x = 0; x < 2; x++) {
        state->outsider_factor[x] =
            pow(policy->exit_ratio_outsider, x * left - policy->exit_centre_outsider);
        state->young_factor[x] =
            pow(policy->exit_ratio_young, x * left - policy->exit_centre_young);
    }
}

void ech_leaving_prepare(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct ech_county *county = run->county;
    double strain_ratio = policy->exit_ratio_strain;
    double load_ratio = policy->exit_ratio_load;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        prepare_unit(run, unit);
    }
    for (int years = 0; years <= policy->stagnation_most; years++) {
        run->stagnation_factor[years] =
            pow(policy->exit_ratio_stagnation, years - policy->exit_centre_stagnation);
    }
    for (ech_id id = 0; id < run->n_people && run->taste != NULL; id++) {
        run->taste[id] = 0; /* sigma may have changed */
    }
    run->leaving_moves = strain_ratio > 1 || load_ratio > 1;
    run->strain_logarithm = log(strain_ratio);
    run->strain_centre = policy->exit_centre_strain;
    run->wants_threshold = policy->wants_threshold;
    run->leaving_bound = pow(strain_ratio, 1 - policy->exit_centre_strain) *
                         pow(load_ratio, ECH_MOST_LOAD - 1 - policy->exit_centre_load);
}

void ech_leaving_take_load(struct ech_run *run, ech_id unit)
{
    const struct ech_params *policy = ech_policy_county(run);
    if (policy->exit_ratio_load > 1) {
        double beyond = load_beyond(run, unit) - policy->exit_centre_load;
        run->units[unit].load_factor = pow(policy->exit_ratio_load, beyond);
        run->units[unit].load_logarithm = log(policy->exit_ratio_load) * beyond;
    }
}

/* exp(t), t lasting and normal with mean -sigma^2 / 2, so that its mean over entrants is 1. */
static double taste(const struct ech_run *run, const struct ech_person *person)
{
    double sigma = ech_policy_county(run)->taste_sigma;
    if (!(sigma > 0)) {
        return 1;
    }
    double *known = &run->taste[person - run->people];
    if (!(*known > 0)) {
        bool initial = person->joined_month == 0;
        *known = exp(-sigma * sigma / 2 +
                     sigma * ech_chance_normal(initial ? &run->initial_chance : &run->chance,
                                               person->key, 0, ECH_FOR_TASTE));
    }
    return *known;
}

/* All but bond, load and strain, with this factor of stagnation. */
static double factor_with(const struct ech_run *run, const struct ech_person *person,
                          double stagnation)
{
    const struct ech_unit_state *unit = &run->units[person->unit];
    return unit->leave_factor * unit->outsider_factor[person->outsider] *
           unit->young_factor[is_young(run, person)] * ech_reserve_impatience(run, person) *
           stagnation * taste(run, person);
}

static double stagnation_at(const struct ech_run *run, const struct ech_person *person, int month)
{
    return run->stagnation_factor[stagnant_years(run, person, month)];
}

/* Changes by events and in months known before. */
static double steady_factor(const struct ech_run *run, const struct ech_person *person)
{
    return factor_with(run, person, stagnation_at(run, person, run->month));
}

/* Load and strain: changes every month. */
static double moving_factor(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    double strain = ech_strain_of(run, (ech_id)(person - run->people));
    return run->units[person->unit].load_factor *
           pow(policy->exit_ratio_strain, strain - policy->exit_centre_strain);
}

/* A bond lowers voluntary exits while it lasts; afterwards they are pent up for a while. */
static double bond_factor(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_person(run, person);
    if (run->month <= person->bond_end) {
        return 1 - policy->bond_enforcement;
    }
    return run->month <= person->bond_end + policy->bond_pent_up_months ? policy->bond_pent_up : 1;
}

double ech_leaving_factor(const struct ech_run *run, const struct ech_person *person)
{
    double factor = steady_factor(run, person) * bond_factor(run, person);
    return run->leaving_moves ? factor * moving_factor(run, person) : factor;
}

double ech_leaving_bound(const struct ech_run *run, const struct ech_person *person)
{
    /* its ratio is at least 1: most stagnant is who waited longest */
    double stagnation = stagnation_at(run, person, run->month + ECH_BOUND_MONTHS);
    double factor = factor_with(run, person, stagnation) * bond_factor(run, person);
    return run->leaving_moves ? factor * run->leaving_bound : factor;
}

int ech_leaving_change(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_county(run);
    int now = run->month;
    int next = now + ECH_BOUND_MONTHS;
    int end = person->bond_end;
    ech_due_bring_forward(&next, person->birth_month + YOUNG_AGE, now);
    ech_due_bring_forward(&next, end + 1, now);
    ech_due_bring_forward(&next, end + ech_policy_person(run, person)->bond_pent_up_months + 1,
                          now);
    ech_due_bring_forward(&next, ech_reserve_impatient_from(run, person), now);
    if (person->post != ECH_NONE && policy->exit_ratio_stagnation > 1) {
        int years = stagnant_years(run, person, now);
        int changes = now - stagnant_months(run, person, now) + 12 * (years + 1);
        ech_due_bring_forward(&next, years < policy->stagnation_most ? changes : next, now);
    }
    return next;
}

double ech_leaving_wish(const struct ech_run *run, const struct ech_person *person)
{
    return log(steady_factor(run, person));
}

double ech_leaving_ratio(const struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    return ech_leaving_ratio_in(run, &run->performers[person->post], person->unit);
}

bool ech_leaving_wants(const struct ech_run *run, ech_id id)
{
    return ech_leaving_ratio(run, id) > run->wants_threshold;
}
