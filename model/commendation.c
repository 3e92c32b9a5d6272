/* Commendation (表彰): recognition that relieves strain, for a share of the people once a year. */
#include "model/steps.h"
#include "model/strain.h"

/* By a number of the person and the month; nobody under a block, nobody who came this month. */
static bool is_commended(const struct ech_run *run, const struct ech_person *person)
{
    double share = ech_policy_unit(run, person->unit)->commendation_share;
    return person->presence == ECH_SERVING && person->track == ECH_ADMIN && share > 0 &&
           person->joined_month < run->month && person->blocked_until <= run->month &&
           ech_chance_uniform(&run->chance, person->key, run->month, ECH_FOR_COMMENDATION) < share;
}

void ech_commendation_step(struct ech_run *run)
{
    const struct ech_params *policy = ech_policy_county(run);
    if (ech_calendar_month(run) != policy->commendation_month) {
        return;
    }
    for (ech_id id = 0; id < run->n_people; id++) {
        const struct ech_person *person = &run->people[id];
        if (is_commended(run, person)) {
            ech_strain_relieve(run, id, policy->commendation_relief);
            ech_count(run, ECH_M_commendations_NONE, 0, person->unit, 1);
            ech_count(run, ECH_M_cost_commendation_NONE, 0, person->unit,
                      ech_micro(policy->commendation_cost));
        }
    }
}
