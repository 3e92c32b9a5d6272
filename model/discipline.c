#include "model/discipline.h"

#include <math.h>

#include "model/assessment.h"
#include "model/careers.h"
#include "model/events.h"
#include "model/exits.h"
#include "model/grades.h"

struct ech_discipline_covariates ech_discipline_covariates_of(const struct ech_run *run,
                                                              const struct ech_person *person)
{
    struct ech_discipline_covariates x = {0, 0};
    if (person->post != ECH_NONE) {
        int cap = ech_policy_county(run)->discipline_tenure_cap;
        int months = run->month - person->post_month;
        x.tenure = (months < cap ? months : cap) / 12.0;
        x.chief = ech_is_chief(ech_kind_of(run, person->post)->role);
    }
    return x;
}

static double ratio_factor(const struct ech_params *policy, struct ech_discipline_covariates x)
{
    return pow(policy->discipline_ratio_tenure, x.tenure - policy->discipline_centre_tenure) *
           pow(policy->discipline_ratio_chief, x.chief - policy->discipline_centre_chief);
}

/* What audits of leaders and talks with everybody leave of the hazard. */
static double supervision_factor(const struct ech_params *policy, bool leads)
{
    double audits = leads ? policy->supervision_audits : 0;
    return (1 - audits * policy->supervision_audit_effect) *
           (1 - policy->supervision_talks * policy->supervision_talk_effect);
}

double ech_discipline_probability(const struct ech_run *run, const struct ech_person *person)
{
    const struct ech_params *policy = ech_policy_person(run, person);
    bool is_probability;
    double rate = ech_rate_for(run, person, &policy->discipline_rate, &is_probability);
    if (!is_probability) {
        rate *= ratio_factor(policy, ech_discipline_covariates_of(run, person)) *
                supervision_factor(policy, person->post != ECH_NONE);
    }
    return ech_rate_monthly(rate, is_probability);
}

/** The largest of what rates give: hazards, which factors multiply, and exact probabilities. */
struct most {
    double hazard;
    double probability;
};

static void raise_most(struct most *most, const struct ech_rate *rate)
{
    if (rate->by == ECH_BY_LOGIT) {
        most->probability = 1;
        return;
    }
    for (int band = 0; band < rate->n_bands; band++) {
        double *mine = rate->is_probability[band] ? &most->probability : &most->hazard;
        *mine = rate->value[band] > *mine ? rate->value[band] : *mine;
    }
}

static struct most most_of_county(const struct ech_run *run)
{
    const struct ech_scenario *scenario = run->scenario;
    const struct ech_county *county = run->county;
    int n_rows = scenario->epochs[run->epoch].n_cohorts * scenario->n_columns;
    struct most most = {0, 0};
    for (ech_id unit = county->first_unit; unit < county->first_unit + county->n_units; unit++) {
        for (int i = 0; i < n_rows; i++) {
            const struct ech_params *here = ech_scenario_cohort_params(
                scenario, run->epoch, i / scenario->n_columns, unit, i % scenario->n_columns);
            raise_most(&most, &here->discipline_rate);
        }
    }
    return most;
}

static uint64_t bound_of(const struct most *most, double factor)
{
    double by_hazard = ech_rate_monthly(most->hazard * factor, false);
    double p = by_hazard > most->probability ? by_hazard : most->probability;
    /* a margin for rounding: above the bound nobody is looked at, below it exactly */
    return ech_chance_threshold(p > 0.999 ? 1 : p * 1.001);
}

void ech_discipline_prepare(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    const struct most most = most_of_county(run);
    double cap = policy->discipline_tenure_cap / 12.0;
    run->discipline_staff_bound =
        bound_of(&most, ratio_factor(policy, (struct ech_discipline_covariates){0, 0}));
    run->discipline_bound = run->discipline_staff_bound;
    for (int years = 0; years < ECH_DISCIPLINE_YEARS; years++) {
        for (int chief = 0; chief < 2; chief++) { /* the ratios are at least 1 */
            struct ech_discipline_covariates x = {years + 1 < cap ? years + 1 : cap, chief};
            uint64_t bound = bound_of(&most, ratio_factor(policy, x));
            run->discipline_bounds[chief][years] = bound;
            run->discipline_bound = bound > run->discipline_bound ? bound : run->discipline_bound;
        }
    }
}

uint64_t ech_discipline_bound(const struct ech_run *run, const struct ech_person *person)
{
    if (person->post == ECH_NONE) {
        return run->discipline_staff_bound;
    }
    int years = (run->month - person->post_month) / 12;
    int chief = ech_is_chief(ech_kind_of(run, person->post)->role);
    return run
        ->discipline_bounds[chief][years < ECH_DISCIPLINE_YEARS ? years : ECH_DISCIPLINE_YEARS - 1];
}

/* What v in (0, 1) falls to, outcomes in order with their shares. */
static enum ech_sanction sanction_of(const struct ech_params *policy, double v)
{
    const double shares[ECH_N_SANCTIONS] = {
        policy->discipline_share_warning,         policy->discipline_share_demerit,
        policy->discipline_share_serious_demerit, policy->discipline_share_demotion,
        policy->discipline_share_removal,         policy->discipline_share_dismissal};
    int last = ECH_SANCTION_WARNING;
    for (int outcome = 0; outcome < ECH_N_SANCTIONS && v >= 0; outcome++) {
        if (shares[outcome] > 0) {
            last = outcome;
            v -= shares[outcome];
        }
    }
    return (enum ech_sanction)last;
}

static int block_of(const struct ech_params *policy, enum ech_sanction sanction)
{
    const int months[ECH_N_SANCTIONS] = {
        policy->discipline_block_warning,         policy->discipline_block_demerit,
        policy->discipline_block_serious_demerit, policy->discipline_block_demotion,
        policy->discipline_block_removal,         0};
    return months[sanction];
}

/* What the assessments to come make of a sanction. */
static void touch_ratings(struct ech_run *run, ech_id id, enum ech_sanction sanction)
{
    const struct ech_params *policy = ech_policy_county(run);
    switch (sanction) {
    case ECH_SANCTION_WARNING:
        ech_assessment_withhold_excellent(run, id, policy->assessment_plain_warning);
        break;
    case ECH_SANCTION_DEMERIT:
        ech_assessment_suspend(run, id, policy->assessment_unrated_demerit);
        break;
    case ECH_SANCTION_SERIOUS_DEMERIT:
    case ECH_SANCTION_DEMOTION:
    case ECH_SANCTION_REMOVAL:
        ech_assessment_suspend(run, id, policy->assessment_unrated_grave);
        break;
    case ECH_SANCTION_DISMISSAL:
    case ECH_N_SANCTIONS:
        break;
    }
}

/* Demoted or removed: a level and a grade down, and without the post; of the lowest nobody falls. */
static void lower(struct ech_run *run, ech_id id, enum ech_sanction sanction, int until)
{
    struct ech_person *person = &run->people[id];
    ech_id level = person->level > 0 ? person->level - 1 : 0;
    bool leads = person->post != ECH_NONE;
    ech_emit_sanction(run, person, ech_sanction_names[sanction], "discipline",
                      leads ? person->level : level);
    if (leads) {
        ech_count(run, ECH_M_posts_lost_NONE, 0, person->unit, 1);
        ech_fall(run, id, ech_sanction_names[sanction], level, until);
    } else {
        if (level != person->level) {
            ech_set_level(run, person, level);
            ech_refresh(run, id);
        }
        ech_block(run, id, until);
    }
    ech_grade_lower(run, id, ech_sanction_names[sanction]);
}

static void impose(struct ech_run *run, ech_id id, enum ech_sanction sanction)
{
    const struct ech_person *person = &run->people[id];
    int until = run->month + block_of(ech_policy_county(run), sanction);
    ech_count(run, ECH_M_sanctions_NONE, 0, person->unit, 1);
    ech_count(run, ECH_M_sanctions_SANCTION, (int)sanction, person->unit, 1);
    touch_ratings(run, id, sanction);
    if (sanction == ECH_SANCTION_DEMOTION || sanction == ECH_SANCTION_REMOVAL) {
        lower(run, id, sanction, until);
        return;
    }
    ech_emit_sanction(run, person, ech_sanction_names[sanction], "discipline", person->level);
    if (sanction == ECH_SANCTION_DISMISSAL) {
        ech_leave(run, id, ECH_CAUSE_DISMISSED);
    } else {
        ech_block(run, id, until);
    }
}

/* A case ends with a sanction, or with the person cleared (澄清), which leaves no trace. */
static void judge(struct ech_run *run, ech_id id)
{
    const struct ech_person *person = &run->people[id];
    const struct ech_params *policy = ech_policy_county(run);
    if (ech_chance_uniform(&run->chance, person->key, run->month, ECH_FOR_CLEARED) <
        policy->discipline_cleared) {
        ech_count(run, ECH_M_cases_cleared_NONE, 0, person->unit, 1);
        ech_emit_sanction(run, person, "cleared", "discipline", person->level);
        return;
    }
    double v = ech_chance_uniform(&run->chance, person->key, run->month, ECH_FOR_SANCTION);
    impose(run, id, sanction_of(policy, v));
}

static bool is_case(const struct ech_run *run, const struct ech_person *person)
{
    uint64_t word = ech_chance_bits(&run->chance, person->key, run->month, ECH_FOR_DISCIPLINE);
    return word < ech_discipline_bound(run, person) &&
           word < ech_chance_threshold(ech_discipline_probability(run, person));
}

/* Who serves on the administrative track and did so at the end of last month faces one draw; only those
   below the bound of all are looked at. */
void ech_discipline_step(struct ech_run *run)
{
    int n = run->discipline_bound > 0
                ? ech_chance_hits_below(&run->chance, run->month, ECH_FOR_DISCIPLINE, run->exit_key,
                                        run->discipline_bound, run->n_people, run->lively)
                : 0;
    for (int i = 0; i < n; i++) {
        const struct ech_person *person = &run->people[run->lively[i]];
        if (person->presence == ECH_SERVING && person->track == ECH_ADMIN &&
            person->joined_month < run->month && is_case(run, person)) {
            judge(run, run->lively[i]);
        }
    }
}
