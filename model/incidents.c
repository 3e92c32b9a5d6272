#include "model/incidents.h"

#include <math.h>

#include "model/assessment.h"
#include "model/careers.h"
#include "model/events.h"
#include "model/strain.h"

static double hazard_at(const struct ech_run *run, ech_id unit, double at_load)
{
    const struct ech_params *policy = ech_policy_unit(run, unit);
    return policy->incident_rate * (1 - policy->incident_veto_cut) *
           pow(policy->incident_ratio_load, at_load - 1) *
           pow(policy->incident_ratio_accountability, ech_unit_accountability(run, unit) - 1);
}

double ech_incident_hazard(const struct ech_run *run, ech_id unit)
{
    return hazard_at(run, unit, run->units[unit].load);
}

void ech_incidents_prepare(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        double p = ech_rate_monthly(hazard_at(run, unit, ECH_MOST_LOAD), false);
        /* a margin for rounding: above the bound no load is looked at, below it exactly */
        run->units[unit].incident_bound = ech_chance_threshold(p > 0.999 ? 1 : p * 1.001);
    }
}

/* The chief on whom it falls: of those in office and not away the one with the smallest number. */
static ech_id accountable(const struct ech_run *run, ech_id unit)
{
    const struct ech_unit *facts = &run->scenario->units[unit];
    struct ech_rank best = {.id = ECH_NONE};
    for (ech_id post = facts->first_post; post < facts->first_post + facts->n_posts; post++) {
        ech_id holder = run->posts[post].holder;
        if (holder == ECH_NONE || ech_class_of(run, post) != ECH_CLASS_CHIEF ||
            ech_is_away(run, &run->people[holder])) {
            continue;
        }
        ech_key key = run->people[holder].key;
        struct ech_rank rank = {
            .tie = ech_chance_bits(&run->chance, key, run->month, ECH_FOR_INCIDENT_CHIEF),
            .key = key,
            .id = holder};
        best = best.id == ECH_NONE || ech_rank_compare(&rank, &best) < 0 ? rank : best;
    }
    return best.id;
}

static double uniform(const struct ech_run *run, ech_id unit, enum ech_purpose purpose)
{
    return ech_chance_uniform(&run->chance, run->scenario->units[unit].key, run->month, purpose);
}

/* How it would end without tolerance, and whether that saves him (容错). */
static enum ech_incident outcome_of(const struct ech_run *run, ech_id unit)
{
    const struct ech_params *policy = ech_policy_county(run);
    double v = uniform(run, unit, ECH_FOR_INCIDENT_OUTCOME);
    if (v >= policy->incident_resign + policy->incident_blame) {
        return ECH_INCIDENT_NOTHING;
    }
    if (uniform(run, unit, ECH_FOR_HONEST) < policy->incident_honest &&
        uniform(run, unit, ECH_FOR_TOLERANCE) < policy->tolerance_share) {
        return ECH_INCIDENT_TOLERATED;
    }
    return v < policy->incident_resign ? ECH_INCIDENT_RESIGNATION : ECH_INCIDENT_BLAME;
}

static void answer(struct ech_run *run, ech_id id, enum ech_incident outcome)
{
    const struct ech_person *person = &run->people[id];
    const struct ech_params *policy = ech_policy_county(run);
    ech_emit_sanction(run, person, ech_incident_names[outcome], "incident", person->level);
    if (outcome == ECH_INCIDENT_RESIGNATION) {
        ech_count(run, ECH_M_posts_lost_NONE, 0, person->unit, 1);
        ech_fall(run, id, "incident", person->level, run->month + policy->incident_resign_block);
        ech_assessment_suspend(run, id, policy->assessment_unrated_demerit);
    } else {
        ech_block(run, id, run->month + policy->incident_blame_block);
    }
}

static void happen(struct ech_run *run, ech_id unit)
{
    ech_id chief = accountable(run, unit);
    enum ech_incident outcome = chief == ECH_NONE ? ECH_INCIDENT_NOTHING : outcome_of(run, unit);
    ech_count(run, ECH_M_incidents_NONE, 0, unit, 1);
    ech_count(run, ECH_M_incidents_INCIDENT, (int)outcome, unit, 1);
    if (outcome == ECH_INCIDENT_BLAME || outcome == ECH_INCIDENT_RESIGNATION) {
        answer(run, chief, outcome);
    }
}

void ech_incidents_step(struct ech_run *run)
{
    const struct ech_county *county = run->county;
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        uint64_t bound = run->units[unit].incident_bound;
        uint64_t word = bound > 0 ? ech_chance_bits(&run->chance, run->scenario->units[unit].key,
                                                    run->month, ECH_FOR_INCIDENT)
                                  : 0;
        if (word < bound &&
            word < ech_chance_threshold(ech_rate_monthly(ech_incident_hazard(run, unit), false))) {
            happen(run, unit);
        }
    }
}
